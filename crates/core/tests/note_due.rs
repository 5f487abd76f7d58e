//! Due phrases, as a table. The meeting is on Wednesday, 2026-11-25.

use chrono::NaiveDate;
use throughline_core::model::{NotePart, PersonId};
use throughline_core::note::{Candidate, Context, PeopleIndex, parse, parse_date};
use uuid::Uuid;

fn due(text: &str, date: Option<NaiveDate>, room: &[Candidate]) -> Option<NaiveDate> {
    let index = PeopleIndex::default();
    let cx = Context { part: NotePart::Notes, date, attendees: room, people: &index, me: None, imported: false };
    let parsed = parse(&format!("!! {text}"), &cx);
    assert_eq!(parsed.items.len(), 1, "{text:?} is one item");
    assert_eq!(parsed.items[0].text, text.trim(), "the text stays as written");
    parsed.items[0].due
}

fn day(date: &str) -> NaiveDate {
    date.parse().expect("date")
}

fn check(meeting: &str, rows: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (text, expected) in rows {
        let found = due(text, Some(day(meeting)), &[]).map(|d| d.to_string()).unwrap_or_default();
        if found != *expected {
            wrong.push(format!("{text:?}: found {found:?}, expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

const WEDNESDAY: &str = "2026-11-25";

#[test]
fn a_cue_and_a_date_make_a_due_date() {
    check(
        WEDNESDAY,
        &[
            ("send it by Friday", "2026-11-27"),
            ("send it by friday.", "2026-11-27"),
            ("send it by Fri", "2026-11-27"),
            ("By Friday, send it", "2026-11-27"),
            ("send it BY FRIDAY", "2026-11-27"),
            ("send it by Wednesday", "2026-12-02"),
            ("send it by Wed", "2026-12-02"),
            ("send it by Tuesday", "2026-12-01"),
            ("send it before Monday", "2026-11-30"),
            ("wait until Thursday", "2026-11-26"),
            ("wait till Thursday", "2026-11-26"),
            ("no later than Thursday", "2026-11-26"),
            ("deadline Friday", "2026-11-27"),
            ("deadline: Friday", "2026-11-27"),
            ("the deadline is 3 Dec", "2026-12-03"),
            ("due Friday", "2026-11-27"),
            ("due on Friday", "2026-11-27"),
            ("due by Friday", "2026-11-27"),
            ("due: Friday", "2026-11-27"),
            ("due date: 2026-12-04", "2026-12-04"),
            ("send it (due Friday)", "2026-11-27"),
            ("due end of month", "2026-11-30"),
            ("due in 2 weeks", "2026-12-09"),
            ("due in May", "2027-05-01"),
            ("by this Friday", "2026-11-27"),
            ("by this Wednesday", "2026-11-25"),
            ("by next Tuesday", "2026-12-01"),
            ("by next Friday", "2026-12-04"),
            ("by Friday next week", "2026-12-04"),
            ("by next week Friday", "2026-12-04"),
            ("by Friday EOD", "2026-11-27"),
            ("by EOD Friday", "2026-11-27"),
            ("by end of day on Friday", "2026-11-27"),
            ("by 5pm Friday", "2026-11-27"),
            ("by 17:00 on Friday", "2026-11-27"),
            ("by noon tomorrow", "2026-11-26"),
            ("before Friday's call", "2026-11-27"),
            ("by today", "2026-11-25"),
            ("by tonight", "2026-11-25"),
            ("by tomorrow", "2026-11-26"),
            ("by tomorrow morning", "2026-11-26"),
            ("by the day after tomorrow", "2026-11-27"),
            ("by EOD", "2026-11-25"),
            ("by end of day", "2026-11-25"),
            ("by COB", "2026-11-25"),
            ("by EOW", "2026-11-27"),
            ("by end of week", "2026-11-27"),
            ("by the end of the week", "2026-11-27"),
            ("by the end of next week", "2026-12-04"),
            ("by this week", "2026-11-27"),
            ("by the weekend", "2026-11-28"),
            ("by next week", "2026-11-30"),
            ("by next month", "2026-12-01"),
            ("by next year", "2027-01-01"),
            ("by next quarter", "2027-01-01"),
            ("by EOM", "2026-11-30"),
            ("by month end", "2026-11-30"),
            ("by month-end", "2026-11-30"),
            ("by end of next month", "2026-12-31"),
            ("by EOY", "2026-12-31"),
            ("by year end", "2026-12-31"),
            ("by the end of 2027", "2027-12-31"),
            ("by EOQ", "2026-12-31"),
            ("by end of quarter", "2026-12-31"),
            ("by 3 Dec", "2026-12-03"),
            ("by Dec 3", "2026-12-03"),
            ("by Dec. 3", "2026-12-03"),
            ("by 3rd December", "2026-12-03"),
            ("by the 3rd of December", "2026-12-03"),
            ("by December 3rd", "2026-12-03"),
            ("by December 3rd, 2027", "2027-12-03"),
            ("by December 3, 2027", "2027-12-03"),
            ("by 3 December 2027", "2027-12-03"),
            ("by Friday 4 Dec", "2026-12-04"),
            ("by Fri, Dec 4", "2026-12-04"),
            ("by Friday the 4th", "2026-12-04"),
            ("by 24 Nov", "2027-11-24"),
            ("by 25 Nov", "2026-11-25"),
            ("by 29 Feb", "2028-02-29"),
            ("by the 3rd", "2026-12-03"),
            ("by the 25th", "2026-11-25"),
            ("by the 31st", "2026-12-31"),
            ("by May", "2027-05-01"),
            ("by November", "2027-11-01"),
            ("by December", "2026-12-01"),
            ("by May 2028", "2028-05-01"),
            ("by end of May", "2027-05-31"),
            ("by the end of May", "2027-05-31"),
            ("due end of May", "2027-05-31"),
            ("by end of November", "2026-11-30"),
            ("by end of Feb 2028", "2028-02-29"),
            ("by mid December", "2026-12-15"),
            ("by mid-December", "2026-12-15"),
            ("by early December", "2026-12-01"),
            ("by Q1", "2027-01-01"),
            ("by Q3 2027", "2027-07-01"),
            ("by end of Q4", "2026-12-31"),
            ("by the end of Q1", "2027-03-31"),
            ("by H1", "2027-01-01"),
            ("within 2 weeks", "2026-12-09"),
            ("within two weeks", "2026-12-09"),
            ("within a week", "2026-12-02"),
            ("within the next 3 days", "2026-11-28"),
            ("within 3 business days", "2026-11-30"),
            ("within 48 hours", "2026-11-27"),
            ("within a month", "2026-12-25"),
            ("within a fortnight", "2026-12-09"),
            ("within the week", "2026-11-27"),
            ("within a couple of days", "2026-11-27"),
            ("by 2026-12-01", "2026-12-01"),
            ("by 2026/12/01", "2026-12-01"),
            ("by 3.12.2026", "2026-12-03"),
            ("by 3.12.", "2026-12-03"),
            ("by 31/12", "2026-12-31"),
            ("by 12/31", "2026-12-31"),
            ("by 31/12/2026", "2026-12-31"),
            ("by 12/31/27", "2027-12-31"),
            ("by 12/12", "2026-12-12"),
            ("due:2026-12-01", "2026-12-01"),
            ("send it due:2026-12-01 to Acme", "2026-12-01"),
            ("send it 📅 2026-12-01", "2026-12-01"),
            ("📅2026-12-01 send it", "2026-12-01"),
            ("by Friday, or by 3 Dec", "2026-11-27"),
            ("by the team or by Friday", "2026-11-27"),
            ("by Friday due:2026-12-09", "2026-12-09"),
            ("due:2026-12-01 due:2026-12-09", "2026-12-09"),
        ],
    );
}

#[test]
fn what_is_no_date_or_has_no_cue_or_cannot_be_is_none() {
    check(
        WEDNESDAY,
        &[
            ("meet on Friday", ""),
            ("Friday works", ""),
            ("send it tomorrow", ""),
            ("send it 3 Dec", ""),
            ("send it in 2 weeks", ""),
            ("2026-12-01", ""),
            ("checked by the team", ""),
            ("due to the outage", ""),
            ("due to Friday's outage", ""),
            ("until we know", ""),
            ("before the call", ""),
            ("before we ship on Friday", ""),
            ("within reason", ""),
            ("within budget", ""),
            ("deadline moved", ""),
            ("grow by 10%", ""),
            ("grow by 2 people", ""),
            ("by 5pm", ""),
            ("by default", ""),
            ("by Marketing", ""),
            ("by Mayor Smith", ""),
            ("by today's standards", ""),
            ("overdue Friday", ""),
            ("nearby Friday", ""),
            ("burnt by sun", ""),
            ("by 31 Feb", ""),
            ("by Feb 30", ""),
            ("by February 30th, 2027", ""),
            ("by 2026-02-30", ""),
            ("by 2026-13-01", ""),
            ("due:2026-02-30", ""),
            ("📅 2026-02-30", ""),
            ("by 32 Dec", ""),
            ("by 0 Dec", ""),
            ("by the 32nd", ""),
            ("by 31/31", ""),
            ("by 3/12", ""),
            ("by 3/12/2026", ""),
            ("by 29 Feb 2027", ""),
            ("by Q5", ""),
            ("within 99999999999 years", ""),
            ("by next sprint", ""),
        ],
    );
}

#[test]
fn a_weekday_is_the_next_one_after_the_meeting() {
    for (meeting, text, expected) in [
        ("2026-11-27", "by Friday", "2026-12-04"),
        ("2026-11-26", "by Friday", "2026-11-27"),
        ("2026-11-28", "by Friday", "2026-12-04"),
        ("2026-11-27", "by EOW", "2026-11-27"),
        ("2026-11-28", "by EOW", "2026-12-04"),
        ("2026-11-23", "by next Tuesday", "2026-12-01"),
        ("2026-12-31", "by tomorrow", "2027-01-01"),
        ("2027-05-01", "by May", "2027-05-01"),
        ("2027-05-02", "by May", "2028-05-01"),
        ("2027-05-02", "by end of May", "2027-05-31"),
        ("2027-01-31", "within a month", "2027-02-28"),
    ] {
        assert_eq!(due(text, Some(day(meeting)), &[]), Some(day(expected)), "{text} on {meeting}");
    }
}

#[test]
fn without_a_date_of_the_meeting_only_whole_dates_are_read() {
    assert_eq!(due("by Friday", None, &[]), None);
    assert_eq!(due("by 3 Dec", None, &[]), None);
    assert_eq!(due("by 3 Dec 2026", None, &[]), Some(day("2026-12-03")));
    assert_eq!(due("by 2026-12-03", None, &[]), Some(day("2026-12-03")));
    assert_eq!(due("due:2026-12-03", None, &[]), Some(day("2026-12-03")));
}

#[test]
fn a_month_that_is_somebodys_name_is_no_date() {
    let may = Candidate {
        person_id: PersonId(Uuid::from_u128(1)),
        name: "May Chen".to_owned(),
        handles: Vec::new(),
        aliases: Vec::new(),
    };
    assert_eq!(due("reviewed by May", Some(day(WEDNESDAY)), std::slice::from_ref(&may)), None);
    assert_eq!(due("reviewed by May 3", Some(day(WEDNESDAY)), &[may]), Some(day("2027-05-03")));
}

#[test]
fn a_phrase_alone_reads_as_behind_a_cue() {
    let on = |phrase: &str| parse_date(phrase, day(WEDNESDAY));
    assert_eq!(on("Friday"), Some(day("2026-11-27")));
    assert_eq!(on("2 weeks"), Some(day("2026-12-09")));
    assert_eq!(on("end of month"), Some(day("2026-11-30")));
    assert_eq!(on("someday"), None);
    assert_eq!(on(""), None);
}

proptest::proptest! {
    #[test]
    fn any_phrase_is_read_without_harm(phrase in "(by|due|within|in|end of|next|the)? ?[0-9a-zA-Z /.,:'-]{0,30}") {
        let _ = parse_date(&phrase, day(WEDNESDAY));
    }

    #[test]
    fn every_day_written_out_is_that_day(n in 0_u64..3000) {
        let date = day("2026-01-01") + chrono::Days::new(n);
        let reference = day(WEDNESDAY);
        for format in ["%Y-%m-%d", "%-d %B %Y", "%B %-d, %Y", "%-d %b %Y", "%b %-d %Y", "%Y/%m/%d", "%-d.%-m.%Y", "%A, %-d %B %Y"] {
            let phrase = date.format(format).to_string();
            proptest::prop_assert_eq!(parse_date(&phrase, reference), Some(date), "{}", phrase);
        }
        let next = parse_date(&date.format("%-d %B").to_string(), reference);
        proptest::prop_assert!(next.is_some_and(|d| d >= reference));
    }
}
