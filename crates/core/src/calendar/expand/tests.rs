use super::*;
use crate::calendar::samples::{change, event, group, instant, options, series, time};
use crate::calendar::{CustomZone, EventDuration, Observance, Zone};

fn shown(events: Vec<Event>) -> Vec<String> {
    shown_with(events).0
}

fn shown_with(events: Vec<Event>) -> (Vec<String>, Vec<Warning>) {
    let group = group(events);
    let (found, warnings) = expand(&group, options().window, Tz::Europe__Berlin, &Limits::default());
    let lines = found
        .iter()
        .map(|occurrence| {
            let mut line = match &occurrence.times {
                Times::AllDay { start, end } => format!("{start}/{end}"),
                Times::Timed { start, end, .. } => {
                    format!("{}+{}", start.format("%Y-%m-%dT%H:%MZ"), (*end - *start).num_minutes())
                }
            };
            if occurrence.status == MeetingStatus::Cancelled {
                line.push_str(" off");
            }
            if occurrence.event.title.starts_with('!') {
                line.push_str(&format!(" {}", occurrence.event.title));
            }
            line
        })
        .collect();
    (lines, warnings)
}

fn titled(mut event: Event, title: &str) -> Event {
    event.title = title.to_owned();
    event
}

#[test]
fn occurrences_are_those_the_calendar_means() {
    let berlin = "2026-03-23T10:00 Europe/Berlin";
    let weekly = || series("a", berlin, "FREQ=WEEKLY;COUNT=3");
    let cases: Vec<(&str, Vec<Event>, &[&str])> = vec![
        ("single", vec![event("a", berlin)], &["2026-03-23T09:00Z+60"]),
        (
            "wall-clock time holds over a change of clocks",
            vec![weekly()],
            &["2026-03-23T09:00Z+60", "2026-03-30T08:00Z+60", "2026-04-06T08:00Z+60"],
        ),
        (
            "a gap moves forward by the offset before it",
            vec![series("a", "2026-03-28T02:30 Europe/Berlin", "FREQ=DAILY;COUNT=3")],
            &["2026-03-28T01:30Z+60", "2026-03-29T01:30Z+60", "2026-03-30T00:30Z+60"],
        ),
        (
            "a fold takes the first",
            vec![series("a", "2026-10-24T02:30 Europe/Berlin", "FREQ=DAILY;COUNT=3")],
            &["2026-10-24T00:30Z+60", "2026-10-25T00:30Z+60", "2026-10-26T01:30Z+60"],
        ),
        (
            "an hour that the clocks skip is not there twice",
            vec![series("a", "2026-03-29T01:30 Europe/Berlin", "FREQ=HOURLY;COUNT=4")],
            &["2026-03-29T00:30Z+60", "2026-03-29T01:30Z+60", "2026-03-29T02:30Z+60"],
        ),
        (
            "UNTIL as a date includes that day in the event's zone",
            vec![series("a", "2026-03-23T23:30 America/Los_Angeles", "FREQ=DAILY;UNTIL=20260325")],
            &["2026-03-24T06:30Z+60", "2026-03-25T06:30Z+60", "2026-03-26T06:30Z+60"],
        ),
        (
            "UNTIL in UTC",
            vec![series("a", berlin, "FREQ=WEEKLY;UNTIL=20260330T080000Z")],
            &["2026-03-23T09:00Z+60", "2026-03-30T08:00Z+60"],
        ),
        (
            "UNTIL in UTC just before",
            vec![series("a", berlin, "FREQ=WEEKLY;UNTIL=20260330T075959Z")],
            &["2026-03-23T09:00Z+60"],
        ),
        (
            "UNTIL before the start leaves the start",
            vec![series("a", berlin, "FREQ=WEEKLY;UNTIL=20200101")],
            &["2026-03-23T09:00Z+60"],
        ),
        (
            "a start outside its own rule is added",
            vec![series("a", berlin, "FREQ=WEEKLY;BYDAY=TU;COUNT=2")],
            &["2026-03-23T09:00Z+60", "2026-03-24T09:00Z+60", "2026-03-31T08:00Z+60"],
        ),
        (
            "two rules",
            vec![Event {
                rrules: vec!["FREQ=WEEKLY;COUNT=2".into(), "FREQ=DAILY;COUNT=2".into()],
                ..event("a", berlin)
            }],
            &["2026-03-23T09:00Z+60", "2026-03-24T09:00Z+60", "2026-03-30T08:00Z+60"],
        ),
        (
            "EXRULE",
            vec![Event { exrules: vec!["FREQ=WEEKLY;INTERVAL=2".into()], ..weekly() }],
            &["2026-03-30T08:00Z+60"],
        ),
        (
            "EXDATE",
            vec![Event { exdates: vec![time("2026-03-30T10:00 Europe/Berlin")], ..weekly() }],
            &["2026-03-23T09:00Z+60", "2026-04-06T08:00Z+60"],
        ),
        (
            "EXDATE in UTC",
            vec![Event { exdates: vec![time("2026-03-30T08:00Z")], ..weekly() }],
            &["2026-03-23T09:00Z+60", "2026-04-06T08:00Z+60"],
        ),
        (
            "EXDATE in another zone",
            vec![Event { exdates: vec![time("2026-03-30T09:00 Europe/London")], ..weekly() }],
            &["2026-03-23T09:00Z+60", "2026-04-06T08:00Z+60"],
        ),
        (
            "EXDATE as a date",
            vec![Event { exdates: vec![time("2026-03-30")], ..weekly() }],
            &["2026-03-23T09:00Z+60", "2026-04-06T08:00Z+60"],
        ),
        (
            "EXDATE of the start",
            vec![Event { exdates: vec![time(berlin)], ..weekly() }],
            &["2026-03-30T08:00Z+60", "2026-04-06T08:00Z+60"],
        ),
        (
            "RDATE with PERIOD and without",
            vec![Event {
                rdates: vec![
                    Rdate { start: time("2026-05-01T07:00Z"), end: Some(time("2026-05-01T09:30Z")), duration: None },
                    Rdate {
                        start: time("2026-05-02T09:00 Europe/Berlin"),
                        end: None,
                        duration: Some(EventDuration { days: 0, seconds: 900 }),
                    },
                    Rdate { start: time("2026-05-03T09:00 Europe/Berlin"), end: None, duration: None },
                ],
                ..event("a", berlin)
            }],
            &["2026-03-23T09:00Z+60", "2026-05-01T07:00Z+150", "2026-05-02T07:00Z+15", "2026-05-03T07:00Z+60"],
        ),
        (
            "an occurrence moved",
            vec![weekly(), change("a", "2026-03-30T10:00 Europe/Berlin", "2026-03-31T15:00 Europe/Berlin")],
            &["2026-03-23T09:00Z+60", "2026-03-31T13:00Z+60", "2026-04-06T08:00Z+60"],
        ),
        (
            "an override named in UTC",
            vec![weekly(), change("a", "2026-03-30T08:00Z", "2026-03-31T13:00Z")],
            &["2026-03-23T09:00Z+60", "2026-03-31T13:00Z+60", "2026-04-06T08:00Z+60"],
        ),
        (
            "an override named by its day",
            vec![weekly(), change("a", "2026-03-30", "2026-03-31T13:00Z")],
            &["2026-03-23T09:00Z+60", "2026-03-31T13:00Z+60", "2026-04-06T08:00Z+60"],
        ),
        (
            "of overrides with other sequences the highest wins, once",
            vec![
                titled(Event { sequence: 1, ..change("a", "2026-03-30T08:00Z", "2026-03-30T13:00Z") }, "!old"),
                Event { sequence: 7, ..weekly() },
                titled(Event { sequence: 2, ..change("a", "2026-03-30T08:00Z", "2026-03-30T12:00Z") }, "!new"),
                titled(Event { sequence: 2, ..change("a", "2026-03-30T08:00Z", "2026-03-30T12:00Z") }, "!new"),
            ],
            &["2026-03-23T09:00Z+60", "2026-03-30T12:00Z+60 !new", "2026-04-06T08:00Z+60"],
        ),
        (
            "of two masters the newer counts",
            vec![weekly(), Event { sequence: 1, ..series("a", "2026-03-23T12:00Z", "FREQ=WEEKLY;COUNT=1") }],
            &["2026-03-23T12:00Z+60"],
        ),
        (
            "this and future moves all the later ones alike",
            vec![
                weekly(),
                Event {
                    this_and_future: true,
                    ..titled(change("a", "2026-03-30T08:00Z", "2026-03-30T14:00 Europe/Berlin"), "!later")
                },
            ],
            &["2026-03-23T09:00Z+60", "2026-03-30T12:00Z+60 !later", "2026-04-06T12:00Z+60 !later"],
        ),
        (
            "an override of its own beats this and future",
            vec![
                weekly(),
                Event { this_and_future: true, ..titled(change("a", "2026-03-23T09:00Z", "2026-03-23T10:00Z"), "!f") },
                titled(change("a", "2026-04-06T08:00Z", "2026-04-07T08:00Z"), "!own"),
            ],
            &["2026-03-23T10:00Z+60 !f", "2026-03-30T10:00Z+60 !f", "2026-04-07T08:00Z+60 !own"],
        ),
        (
            "this and future cancelled",
            vec![
                weekly(),
                Event {
                    this_and_future: true,
                    status: MeetingStatus::Cancelled,
                    ..change("a", "2026-03-30T08:00Z", "2026-03-30T08:00Z")
                },
            ],
            &["2026-03-23T09:00Z+60", "2026-03-30T08:00Z+60 off", "2026-04-06T08:00Z+60 off"],
        ),
        (
            "an occurrence cancelled",
            vec![
                weekly(),
                Event { status: MeetingStatus::Cancelled, ..change("a", "2026-03-30T08:00Z", "2026-03-30T08:00Z") },
            ],
            &["2026-03-23T09:00Z+60", "2026-03-30T08:00Z+60 off", "2026-04-06T08:00Z+60"],
        ),
        (
            "a master cancelled takes its overrides along",
            vec![
                Event { status: MeetingStatus::Cancelled, sequence: 3, ..weekly() },
                change("a", "2026-03-30T08:00Z", "2026-03-30T10:00Z"),
            ],
            &["2026-03-23T09:00Z+60 off", "2026-03-30T10:00Z+60 off", "2026-04-06T08:00Z+60 off"],
        ),
        (
            "overrides without a master",
            vec![
                change("a", "2026-03-30T08:00Z", "2026-03-30T10:00Z"),
                change("a", "2010-01-04T08:00Z", "2010-01-04T08:00Z"),
            ],
            &["2010-01-04T08:00Z+60", "2026-03-30T10:00Z+60"],
        ),
        (
            "an override that the rule has moved away from",
            vec![weekly(), change("a", "2026-04-01T08:00Z", "2026-04-01T10:00Z")],
            &["2026-03-23T09:00Z+60", "2026-03-30T08:00Z+60", "2026-04-01T10:00Z+60", "2026-04-06T08:00Z+60"],
        ),
        (
            "an override of any date",
            vec![
                series("a", "2001-01-01T09:00Z", "FREQ=YEARLY;COUNT=2"),
                change("a", "2002-01-01T09:00Z", "2002-01-02T09:00Z"),
            ],
            &["2002-01-02T09:00Z+60"],
        ),
        ("a single of any date", vec![event("a", "1999-12-31T23:00Z")], &["1999-12-31T23:00Z+60"]),
        ("floating is in the user's zone", vec![event("a", "2026-07-01T10:00")], &["2026-07-01T08:00Z+60"]),
        (
            "floating with a rule",
            vec![series("a", "2026-03-28T10:00", "FREQ=DAILY;COUNT=2")],
            &["2026-03-28T09:00Z+60", "2026-03-29T08:00Z+60"],
        ),
        (
            "all-day",
            vec![series("a", "2026-03-28", "FREQ=DAILY;UNTIL=20260329")],
            &["2026-03-28/2026-03-29", "2026-03-29/2026-03-30"],
        ),
        (
            "all-day with UNTIL as an instant",
            vec![series("a", "2026-03-28", "FREQ=DAILY;UNTIL=20260329T000000Z")],
            &["2026-03-28/2026-03-29", "2026-03-29/2026-03-30"],
        ),
        (
            "all-day over three days",
            vec![Event { end: Some(time("2026-03-31")), ..event("a", "2026-03-28") }],
            &["2026-03-28/2026-03-31"],
        ),
        (
            "all-day with an end on its own day",
            vec![Event { end: Some(time("2026-03-28")), ..event("a", "2026-03-28") }],
            &["2026-03-28/2026-03-29"],
        ),
        (
            "all-day with EXDATE as a time",
            vec![Event { exdates: vec![time("2026-03-29T00:00")], ..series("a", "2026-03-28", "FREQ=DAILY;COUNT=3") }],
            &["2026-03-28/2026-03-29", "2026-03-30/2026-03-31"],
        ),
        ("no time at all", vec![Event { duration: None, ..event("a", berlin) }], &["2026-03-23T09:00Z+0"]),
        (
            "a nominal day over a change of clocks",
            vec![Event {
                duration: Some(EventDuration { days: 1, seconds: 0 }),
                ..event("a", "2026-03-28T12:00 Europe/Berlin")
            }],
            &["2026-03-28T11:00Z+1380"],
        ),
        (
            "from one zone to another",
            vec![Event { duration: None, end: Some(time("2026-03-23T12:00 America/New_York")), ..event("a", berlin) }],
            &["2026-03-23T09:00Z+420"],
        ),
        (
            "the thirty-first",
            vec![series("a", "2026-01-31", "FREQ=MONTHLY;COUNT=3")],
            &["2026-01-31/2026-02-01", "2026-03-31/2026-04-01", "2026-05-31/2026-06-01"],
        ),
        (
            "a rule that began long ago",
            vec![series("a", "1970-01-01T09:00Z", "FREQ=WEEKLY;BYDAY=TH;UNTIL=20250109T100000Z")],
            &["2025-01-02T09:00Z+60", "2025-01-09T09:00Z+60"],
        ),
    ];
    for (name, events, expected) in cases {
        assert_eq!(shown(events), expected, "{name}");
    }
}

#[test]
fn what_is_broken_costs_itself_and_a_warning() {
    let at = "2026-03-23T09:00Z";
    let cases: Vec<(Event, usize, &str)> = vec![
        (series("a", at, "FREQ=SECONDLY"), 4_000, "repeats too often"),
        (series("a", "2001-01-01T00:00Z", "FREQ=SECONDLY"), 0, "repeats too often"),
        (series("a", at, "FREQ=MINUTELY;COUNT=1000000"), 4_000, "repeats too often"),
        (series("a", "1970-01-01T00:00Z", "FREQ=SECONDLY;COUNT=2000000000"), 0, "repeats too often"),
        (series("a", at, "FREQ=FORTNIGHTLY"), 1, "FORTNIGHTLY"),
        (series("a", at, "INTERVAL=2"), 1, "no frequency"),
        (series("a", at, "FREQ=DAILY;INTERVAL=0"), 1, "INTERVAL=0"),
        (series("a", at, "FREQ=WEEKLY;BYMONTHDAY=1"), 1, "cannot be followed"),
        (Event { duration: None, end: Some(time("2026-03-22T09:00Z")), ..event("a", at) }, 1, "ends before it starts"),
        (Event { end: Some(time("2026-03-22")), ..event("a", "2026-03-23") }, 1, "ends before it starts"),
    ];
    for (event, count, what) in cases {
        let text = format!("{:?}", event.rrules);
        let (found, warnings) = shown_with(vec![event]);
        assert_eq!(found.len(), count, "{text}");
        assert!(warnings.iter().any(|w| w.message.contains(what) && w.message.contains("Meeting a")), "{warnings:?}");
    }
}

#[test]
fn a_calendar_of_nothing_but_bombs_is_bounded() {
    let mut expander = Expander::new(Tz::UTC, 4_000);
    let mut count = 0;
    for _ in 0..60 {
        for rule in ["FREQ=SECONDLY", "FREQ=SECONDLY;COUNT=2000000000", "FREQ=DAILY;BYHOUR=0,6,12,18;COUNT=99999"] {
            let group = group(vec![series("a", "2025-03-01T00:00Z", rule)]);
            count += expander.expand(&group, options().window).0.len();
        }
    }
    assert!(count <= 4_000 * 20 + 180, "{count}");
}

#[test]
fn a_zone_of_the_files_own_is_followed() {
    let local = |text: &str| time(text).local();
    // Like Berlin, but the clocks change at noon on 1 April and 1 October.
    let zone = Zone::Custom(Box::new(CustomZone {
        name: "Customized Time Zone".into(),
        observances: vec![
            Observance {
                start: local("1970-10-01T12:00"),
                offset_from: 7_200,
                offset_to: 3_600,
                rrules: vec!["FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1".into()],
                rdates: vec![],
            },
            Observance {
                start: local("1970-04-01T12:00"),
                offset_from: 3_600,
                offset_to: 7_200,
                rrules: vec!["FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=1".into()],
                rdates: vec![],
            },
        ],
    }));
    let mut table = ZoneTable::default();
    for (wall, expected) in [
        ("2026-04-01T11:59", "2026-04-01T10:59Z"),
        ("2026-04-01T12:30", "2026-04-01T11:30Z"),
        ("2026-04-01T13:00", "2026-04-01T11:00Z"),
        ("2026-10-01T10:59", "2026-10-01T08:59Z"),
        ("2026-10-01T11:30", "2026-10-01T09:30Z"),
        ("2026-10-01T12:00", "2026-10-01T11:00Z"),
        ("1960-07-01T12:00", "1960-07-01T11:00Z"),
        ("2093-07-01T12:00", "2093-07-01T10:00Z"),
    ] {
        assert_eq!(table.instant(&zone, local(wall)), instant(expected), "{wall}");
    }
    for at in ["2026-04-01T10:59Z", "2026-04-01T11:00Z", "2026-10-01T11:00Z", "2026-12-01T11:00Z"] {
        let there = table.local(&zone, instant(at));
        assert_eq!(table.instant(&zone, there), instant(at), "{at}");
    }
    assert_eq!(table.iana(&zone, instant("2026-06-01T00:00Z"), Tz::Europe__Berlin), Tz::Europe__Berlin);
}

#[test]
fn what_no_date_can_say_is_left_out_and_an_endless_end_is_cut() {
    let of = |start: &str, end: &str| {
        let single = Event { end: Some(time(end)), duration: None, ..event("a", start) };
        let (lines, warnings) = shown_with(vec![single]);
        (lines.join(" "), warnings.len())
    };
    for (start, end, lines, warnings) in [
        ("9999-12-31T23:30Z", "9999-12-31T23:59Z", "", 1),
        ("9999-12-31", "9999-12-31", "", 1),
        ("0001-01-01T00:00Z", "0001-01-01T01:00Z", "", 1),
        ("1604-03-04", "1604-03-05", "1604-03-04/1604-03-05", 0),
        ("2026-07-01", "9999-12-31", "2026-07-01/9999-12-31", 0),
    ] {
        assert_eq!(of(start, end), (lines.to_owned(), warnings), "{start}");
    }
    let endless = EventDuration { days: 9_999 * 7, seconds: 0 };
    let long = Event { duration: Some(endless), ..event("a", "9990-01-01T00:00Z") };
    let long = group(vec![long]);
    let (found, warnings) = expand(&long, options().window, Tz::Europe__Berlin, &Limits::default());
    assert_eq!(found[0].times.end(Tz::UTC).to_string(), "9999-12-30 00:00:00 UTC", "{warnings:?}");
    let ids = ["9999-12-31T23:30", "2026-07-05T10:00"].map(|id| change("a", id, "2026-07-02T08:00"));
    let moved = [series("a", "2026-07-01T10:00", "FREQ=DAILY;COUNT=2")].into_iter().chain(ids).collect();
    assert_eq!(shown_with(moved).1.len(), 1, "an occurrence that no date names costs itself");
}
