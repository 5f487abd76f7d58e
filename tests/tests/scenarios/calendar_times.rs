//! Hard calendars: zones, gaps, folds, whole days, and rules with exceptions. A table each.

use serde_json::{Value, json};
use throughline_tests::{Vault, all, calendar, event, lines};

/// The starts of the meetings a file makes in November and December, and the warnings.
fn starts(events: &[String]) -> (Vec<String>, Value) {
    starts_of(&calendar(events), "2026-11-01", "2026-12-31")
}

fn starts_of(content: &str, from: &str, to: &str) -> (Vec<String>, Value) {
    let vault = Vault::new();
    let path = vault.file("c.ics", content);
    let synced = vault.subscribe(&path);
    (all(&vault.meetings(from, to), "start"), synced["warnings"].clone())
}

fn check(rest: &str, expected: &[&str]) {
    let (found, warnings) = starts(&[event("u@x", "M", rest)]);
    assert_eq!(found, expected, "{rest}\n{warnings}");
}

#[test]
fn a_time_is_read_in_the_zone_it_names() {
    for (start, expected) in [
        ("DTSTART:20261124T090000Z", "2026-11-24T10:00:00+01:00"),
        ("DTSTART:20261124T090000", "2026-11-24T09:00:00+01:00"),
        ("DTSTART;TZID=America/New_York:20261124T090000", "2026-11-24T15:00:00+01:00"),
        ("DTSTART;TZID=W. Europe Standard Time:20261124T090000", "2026-11-24T09:00:00+01:00"),
        ("DTSTART;TZID=\"Pacific Standard Time\":20261124T090000", "2026-11-24T18:00:00+01:00"),
        ("DTSTART;TZID=India Standard Time:20261124T090000", "2026-11-24T04:30:00+01:00"),
        ("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Lisbon:20261124T090000", "2026-11-24T10:00:00+01:00"),
        ("DTSTART;TZID=/mozilla.org/20070129_1/America/New_York:20261124T090000", "2026-11-24T15:00:00+01:00"),
        ("DTSTART;VALUE=DATE:20261124", "2026-11-24"),
    ] {
        check(start, &[expected]);
    }
}

#[test]
fn floating_times_are_in_the_zone_of_the_user() {
    let vault = Vault::new().in_zone("America/New_York");
    let path = vault.file("c.ics", calendar(&[event("u@x", "M", "DTSTART:20261124T090000\nDTEND:20261124T100000")]));
    vault.subscribe(&path);
    assert_eq!(vault.on("2026-11-24", "M")["start"], "2026-11-24T09:00:00-05:00");
}

#[test]
fn an_unknown_zone_is_a_warning_and_not_a_silence() {
    let (found, warnings) = starts(&[event("u@x", "M", "DTSTART;TZID=Moon/Crater:20261124T090000")]);
    assert_eq!(found.len(), 1);
    assert!(warnings.to_string().contains("Moon/Crater") || warnings[0]["uid"] == "u@x", "{warnings}");
}

#[test]
fn a_file_may_bring_a_zone_of_its_own() {
    let zone = lines(
        "BEGIN:VTIMEZONE
        TZID:Customized Time Zone
        BEGIN:STANDARD
        DTSTART:16010101T030000
        TZOFFSETFROM:+0400
        TZOFFSETTO:+0300
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:16010101T020000
        TZOFFSETFROM:+0300
        TZOFFSETTO:+0400
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
        END:DAYLIGHT
        END:VTIMEZONE",
    );
    let rest = "DTSTART;TZID=Customized Time Zone:20261020T120000
        DTEND;TZID=Customized Time Zone:20261020T130000\nRRULE:FREQ=WEEKLY;COUNT=2";
    let (found, warnings) = starts_of(&calendar(&[zone, event("u@x", "M", rest)]), "2026-10-01", "2026-11-30");
    assert_eq!(found, ["2026-10-20T10:00:00+02:00", "2026-10-27T10:00:00+01:00"], "{warnings}");
}

#[test]
fn a_gap_moves_forward_and_a_fold_takes_the_first() {
    // In Berlin clocks skip 02:00–03:00 on 29 March 2026 and repeat it on 25 October.
    let rest = "DTSTART;TZID=Europe/Berlin:20260328T023000\nDTEND;TZID=Europe/Berlin:20260328T024500\nRRULE:FREQ=DAILY;COUNT=3";
    let (found, _) = starts_of(&calendar(&[event("u@x", "M", rest)]), "2026-03-01", "2026-04-30");
    assert_eq!(found, ["2026-03-28T02:30:00+01:00", "2026-03-29T03:30:00+02:00", "2026-03-30T02:30:00+02:00"]);
    let rest = rest.replace("20260328", "20261024");
    let (found, _) = starts_of(&calendar(&[event("u@x", "M", &rest)]), "2026-10-01", "2026-10-31");
    assert_eq!(found, ["2026-10-24T02:30:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"]);
}

#[test]
fn a_rule_keeps_its_hour_across_the_change_of_the_clocks() {
    let rest = "DTSTART;TZID=America/New_York:20261020T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=4";
    let (found, _) = starts_of(&calendar(&[event("u@x", "M", rest)]), "2026-10-01", "2026-11-30");
    // Berlin changes on 25 October, New York on 1 November.
    let expected = ["10-20T15:00:00+02:00", "10-27T14:00:00+01:00", "11-03T15:00:00+01:00", "11-10T15:00:00+01:00"];
    assert_eq!(found.iter().map(|start| &start[5..]).collect::<Vec<_>>(), expected);
}

#[test]
fn rules_end_where_the_standard_says() {
    let daily = "DTSTART;TZID=Europe/Berlin:20261124T230000\nDURATION:PT30M\nRRULE:FREQ=DAILY;";
    check(
        &format!("{daily}UNTIL=20261126"),
        &["2026-11-24T23:00:00+01:00", "2026-11-25T23:00:00+01:00", "2026-11-26T23:00:00+01:00"],
    );
    check(&format!("{daily}UNTIL=20261125T220000Z"), &["2026-11-24T23:00:00+01:00", "2026-11-25T23:00:00+01:00"]);
    check(&format!("{daily}COUNT=1"), &["2026-11-24T23:00:00+01:00"]);
    check("DTSTART;VALUE=DATE:20261130\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", &["2026-11-30", "2026-12-31"]);
    check(
        "DTSTART;TZID=Europe/Berlin:20261124T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2",
        &["2026-11-24T09:00:00+01:00", "2026-11-30T09:00:00+01:00", "2026-12-07T09:00:00+01:00"],
    );
}

#[test]
fn dates_are_added_and_taken_away() {
    let weekly = "DTSTART;TZID=Europe/Berlin:20261124T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3\n";
    check(
        &format!("{weekly}EXDATE;TZID=Europe/Berlin:20261201T090000"),
        &["2026-11-24T09:00:00+01:00", "2026-12-08T09:00:00+01:00"],
    );
    check(&format!("{weekly}EXDATE:20261201T080000Z,20261208T080000Z"), &["2026-11-24T09:00:00+01:00"]);
    check(
        "DTSTART:20261124T090000Z\nDTEND:20261124T100000Z\nRDATE;VALUE=PERIOD:20261125T090000Z/20261125T093000Z,20261126T090000Z/PT2H",
        &["2026-11-24T10:00:00+01:00", "2026-11-25T10:00:00+01:00", "2026-11-26T10:00:00+01:00"],
    );
    check(
        "DTSTART;VALUE=DATE:20261124\nRDATE;VALUE=DATE:20261127\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE;VALUE=DATE:20261125",
        &["2026-11-24", "2026-11-27"],
    );
}

#[test]
fn a_period_has_its_own_length_and_a_duration_its_end() {
    let vault = Vault::new();
    let rest = "DTSTART:20261124T090000Z\nDURATION:PT45M\nRDATE;VALUE=PERIOD:20261126T090000Z/PT2H";
    let path =
        vault.file("c.ics", calendar(&[event("u@x", "M", rest), event("d@x", "Day", "DTSTART;VALUE=DATE:20261128")]));
    vault.subscribe(&path);
    assert_eq!(vault.on("2026-11-24", "M")["end"], "2026-11-24T10:45:00+01:00");
    assert_eq!(vault.on("2026-11-26", "M")["end"], "2026-11-26T12:00:00+01:00");
    assert_eq!(vault.on("2026-11-28", "Day")["end"], "2026-11-29", "a day without an end is one day");
}

#[test]
fn an_override_with_another_sequence_comes_out_once() {
    let (found, _) = starts(&[
        event(
            "u@x",
            "M",
            "DTSTART;TZID=Europe/Berlin:20261124T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nSEQUENCE:2",
        ),
        event(
            "u@x",
            "M",
            "RECURRENCE-ID;TZID=Europe/Berlin:20261125T090000\nDTSTART;TZID=Europe/Berlin:20261125T170000\nDURATION:PT1H\nSEQUENCE:7",
        ),
    ]);
    assert_eq!(found, ["2026-11-24T09:00:00+01:00", "2026-11-25T17:00:00+01:00", "2026-11-26T09:00:00+01:00"]);
}

#[test]
fn overrides_of_two_uids_in_one_file_stay_apart_and_an_id_in_utc_is_the_same_instant() {
    let daily = "DTSTART;TZID=Europe/Berlin:20261124T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2";
    let vault = Vault::new();
    let path = vault.file(
        "c.ics",
        calendar(&[
            event("a@x", "A", daily),
            event(
                "b@x",
                "B",
                "RECURRENCE-ID:20261125T080000Z\nDTSTART;TZID=Europe/Berlin:20261125T150000\nDURATION:PT1H",
            ),
            event("b@x", "B", daily),
        ]),
    );
    vault.subscribe(&path);
    assert_eq!(vault.on("2026-11-25", "A")["start"], "2026-11-25T09:00:00+01:00");
    assert_eq!(vault.on("2026-11-25", "B")["start"], "2026-11-25T15:00:00+01:00");
    assert_eq!(vault.meetings("2026-11-24", "2026-11-25").len(), 4);
}

#[test]
fn single_events_of_any_date_are_meetings_and_rules_have_a_window() {
    let vault = Vault::new();
    let path = vault.file(
        "c.ics",
        calendar(&[
            event("old@x", "Old", "DTSTART:20010911T120000Z\nDTEND:20010911T130000Z"),
            event("far@x", "Far", "DTSTART:20450101T120000Z\nDTEND:20450101T130000Z"),
            event("birthday@x", "Birthday", "DTSTART;VALUE=DATE:20000229\nRRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1"),
        ]),
    );
    vault.subscribe(&path);
    assert_eq!(vault.on("2001-09-11", "Old")["source"], "ics");
    assert_eq!(vault.on("2045-01-01", "Far")["source"], "ics");
    assert_eq!(vault.meetings("2024-12-01", "2027-10-31").iter().filter(|m| m["title"] == "Birthday").count(), 3);
}

#[test]
fn a_span_takes_in_what_overlaps_it() {
    let vault = Vault::new();
    let path = vault.file(
        "c.ics",
        calendar(&[
            event("trip@x", "Trip", "DTSTART;VALUE=DATE:20261122\nDTEND;VALUE=DATE:20261126"),
            event(
                "night@x",
                "Night",
                "DTSTART;TZID=Europe/Berlin:20261124T230000\nDTEND;TZID=Europe/Berlin:20261125T010000",
            ),
            event(
                "ends@x",
                "Ends at midnight",
                "DTSTART;TZID=Europe/Berlin:20261123T230000\nDTEND;TZID=Europe/Berlin:20261124T000000",
            ),
        ]),
    );
    vault.subscribe(&path);
    let on = |day: &str| {
        let mut titles = all(&vault.meetings(day, day), "title");
        titles.sort();
        titles
    };
    assert_eq!(on("2026-11-25"), ["Night", "Trip"]);
    assert_eq!(on("2026-11-26"), [""; 0]);
    assert_eq!(on("2026-11-24"), ["Night", "Trip"]);
    assert_eq!(on("2026-11-23"), ["Ends at midnight", "Trip"]);
    assert_eq!(on("today+1"), ["Night", "Trip"]);
}

#[test]
fn folded_and_escaped_lines_are_read_as_meant() {
    let vault = Vault::new();
    let path = vault.file(
        "c.ics",
        calendar(&[event(
            "u@x",
            "Plan\\, part 1\\; über\n  alles",
            "DTSTART:20261124T090000Z\nDTEND:20261124T100000Z",
        )]),
    );
    vault.subscribe(&path);
    let titles = all(&vault.meetings("2026-11-24", "2026-11-24"), "title");
    assert_eq!(titles, ["Plan, part 1; über alles"]);
    assert_eq!(vault.sync()["changed"], json!(0));
}
