//! Title, date and times.

use super::*;

/// Title, date, times and zone.
fn check_head(text: &str, path: &str, expected: &str) {
    let minutes = read(text, path);
    let time = |time: Option<NaiveTime>| time.map_or("-".to_owned(), |time| time.format("%H:%M").to_string());
    let shown = format!(
        "{} | {} | {} {} {}",
        minutes.title.as_deref().unwrap_or("-"),
        minutes.date.map_or("-".to_owned(), |date| date.to_string()),
        time(minutes.start),
        time(minutes.end),
        minutes.zone.map_or("-", |zone| zone.name())
    );
    assert_eq!(shown, expected, "\n{path}\n{text}");
}

#[test]
fn title_date_and_times() {
    for (text, path, expected) in [
        ("# Solid CG: Weekly\n\n* Date: 2023-09-11T15:00:00Z\n", "x.md", "Solid CG: Weekly | 2023-09-11 | 15:00 - UTC"),
        ("# Weekly\n\n* Date: 2025-09-10:00:00Z\n", "x.md", "Weekly | 2025-09-10 | - - -"),
        ("# OpenJS Meeting 2018-11-25\n", "meetings/2018/2018-11-26.md", "OpenJS Meeting | 2018-11-26 | - - -"),
        ("# Weekly\nDate: 3 Dec 2024\nTime: 13:00 UTC\n", "x.md", "Weekly | 2024-12-03 | 13:00 - UTC"),
        (
            "# Weekly\n**Date:** December 3, 2024, 15:00-16:00 CET\n",
            "x.md",
            "Weekly | 2024-12-03 | 15:00 16:00 Europe/Berlin",
        ),
        (
            "# Weekly\n**When:** Tue Dec 3, 3-4pm ET\n",
            "2024/dec.md",
            "Weekly | 2024-12-03 | 15:00 16:00 America/New_York",
        ),
        ("# Weekly sync - 2024-12-03\n", "x.md", "Weekly sync | 2024-12-03 | - - -"),
        ("# 2024-12-03\n", "acme/2024-12-03.md", "acme | 2024-12-03 | - - -"),
        (
            "no heading here, just a long line of prose.\n",
            "2024-12-03-acme-kickoff.md",
            "acme kickoff | 2024-12-03 | - - -",
        ),
        ("", "2024/12/03-topic.md", "topic | 2024-12-03 | - - -"),
        ("", "20241203.md", "- | 2024-12-03 | - - -"),
        (
            "---\ntitle: Acme kickoff\ndate: 2024-12-03\nstart: 15:00\nend: 16:30\ntimezone: Europe/Berlin\n---\n# Something else\n",
            "x.md",
            "Acme kickoff | 2024-12-03 | 15:00 16:30 Europe/Berlin",
        ),
        ("---\ndate: 2024-12-03T15:00:00+02:00\n---\n# Kickoff\n", "x.md", "Kickoff | 2024-12-03 | 15:00 - Etc/GMT-2"),
        ("| Date | 3 December 2024 |\n|---|---|\n| Time | 10:00 - 11:00 |\n", "x.md", "x | 2024-12-03 | 10:00 11:00 -"),
        ("Weekly sync\n===========\n\nTuesday, December 3rd, 2024\n", "x.md", "Weekly sync | 2024-12-03 | - - -"),
        ("**Weekly sync**\n\nDate: 03.12.2024\n", "x.md", "Weekly sync | 2024-12-03 | - - -"),
        ("# Weekly\nDate: 03/12/2024\nTime: 3 pm EST\n", "x.md", "Weekly | 2024-03-12 | 15:00 - America/New_York"),
        ("# Weekly\nDate: 12/03/2024\n", "2024-12-03.md", "Weekly | 2024-12-03 | - - -"),
        ("# Weekly\nDate: 2024-12-03\nNext meeting: 2024-12-10\n", "x.md", "Weekly | 2024-12-03 | - - -"),
        ("# Weekly\nNext meeting date: 2024-12-10\n", "2024-12-03.md", "Weekly | 2024-12-03 | - - -"),
        ("# Weekly\n## Date\n2024-12-03 15:00\n", "x.md", "Weekly | 2024-12-03 | 15:00 - -"),
        (
            "# Board\nDate: 2024-12-03\n\nThe meeting was called to order at 10:02 am UTC.\n\nx\n\nAdjourned at 11:30 am.\n",
            "x.md",
            "Board | 2024-12-03 | 10:02 11:30 UTC",
        ),
        ("# Weekly\nStart: 10:00\nEnd: 11:00\nDate: 2024-12-03\n", "x.md", "Weekly | 2024-12-03 | 10:00 11:00 -"),
        ("Meeting: Acme kickoff\nDate: 2024-12-03\n", "x.md", "Acme kickoff | 2024-12-03 | - - -"),
        ("Date: 2024-02-30\n", "x.md", "x | - | - - -"),
        ("## Attendees\n- Ana\n", "meetings/2024-12-03/notes.md", "- | 2024-12-03 | - - -"),
        ("\u{feff}# Weekly\r\nDate: 2024-12-03\r\nAttendees: Ana\r\n", "x.md", "Weekly | 2024-12-03 | - - -"),
        (
            "---\ndate: 2025-04-10 00:00:00\ntitle: 2025-04-10 Minutes of the Server WG\n---\n",
            "x.md",
            "Minutes of the Server WG | 2025-04-10 | - - -",
        ),
        ("# 21-11-2023 TSC Meeting Minutes\n", "x.md", "TSC Meeting Minutes | 2023-11-21 | - - -"),
        (
            "# Weekly\n**Date:** 3 Dec 2024 | **Time:** 10:00–11:00 UTC\n",
            "x.md",
            "Weekly | 2024-12-03 | 10:00 11:00 UTC",
        ),
        ("", "", "- | - | - - -"),
    ] {
        check_head(text, path, expected);
    }
}

#[test]
fn what_is_doubtful_is_said() {
    let warnings = |text: &str, path: &str| read(text, path).warnings.join(" ");
    assert!(warnings("Date: 03/12/2024\nAttendees: Ana\n", "x.md").contains("2024-03-12"));
    assert!(warnings("Date: 2024-12-03\nAttendees: Ana\n", "2024-12-04.md").contains("2024-12-04"));
    assert!(warnings("Attendees: Ana\n", "x.md").contains("No date"));
    assert!(warnings("Date: 2024-12-03\n", "x.md").contains("No list of attendees"));
    assert_eq!(warnings("Date: 2024-12-03\nAttendees: Ana\n", "2024-12-03.md"), "");
}

#[test]
fn a_line_is_where_a_person_stands_first() {
    let minutes = read("---\ntitle: x\n---\n\n## Present\n\n- Ana Silva\n- Ben Ode\n- Ana Silva\n", "x.md");
    let lines: Vec<u32> = minutes.attendees.iter().map(|attendee| attendee.line).collect();
    assert_eq!(lines, [7, 8]);
}
