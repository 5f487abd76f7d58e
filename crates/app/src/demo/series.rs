//! The series of the demo, as a table.

use chrono_tz::Tz;

/// How one is called in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Call {
    /// In a room only.
    None,
    /// Google Meet, in `CONFERENCE`.
    Meet,
    /// Zoom, in `LOCATION`.
    Zoom,
    /// Microsoft Teams, in the description.
    Teams,
}

/// When a series meets. Days are working days after that of today's meetings, wrapping within the week, so that
/// nothing but what is meant for today falls on it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Rule {
    /// Every `every` weeks, `phase` weeks off today's, on these days.
    Weekly { every: i64, phase: i64, days: &'static [i64] },
    /// On the `nth` such day of a month.
    Monthly { nth: u8, day: i64 },
}

/// An occurrence that was moved: which (counted from today, by what the rule gives), by how many days and minutes, and
/// what it is then called.
pub(super) type Move = (i32, i64, i64, Option<&'static str>);

/// One series.
#[derive(Debug)]
pub(super) struct SeriesSpec {
    pub(super) key: &'static str,
    pub(super) title: &'static str,
    /// The zone it is meant in; none is the user's.
    pub(super) zone: Option<Tz>,
    /// Minutes after midnight.
    pub(super) at: i64,
    pub(super) minutes: i64,
    pub(super) rule: Rule,
    pub(super) organizer: &'static str,
    /// Handles, the organizer and the user aside.
    pub(super) guests: &'static [&'static str],
    pub(super) optional: &'static [&'static str],
    pub(super) room: Option<&'static str>,
    pub(super) call: Call,
    pub(super) description: &'static str,
    /// Occurrences called off, counted as in [`Move`].
    pub(super) cancelled: &'static [i32],
    pub(super) moved: &'static [Move],
    /// Occurrences the user declined.
    pub(super) declined: &'static [i32],
    /// From this occurrence on it goes by another UID.
    pub(super) split: Option<i32>,
    /// From this occurrence on it starts so many minutes later (`RANGE=THISANDFUTURE`).
    pub(super) shifted: Option<(i32, i64)>,
    /// Who of those invited was there is written down.
    pub(super) minuted: bool,
}

const PLAIN: SeriesSpec = SeriesSpec {
    key: "",
    title: "",
    zone: None,
    at: 600,
    minutes: 60,
    rule: Rule::Weekly { every: 1, phase: 0, days: &[1] },
    organizer: "alex",
    guests: &[],
    optional: &[],
    room: None,
    call: Call::None,
    description: "",
    cancelled: &[],
    moved: &[],
    declined: &[],
    split: None,
    shifted: None,
    minuted: false,
};

/// Series that meet today, in any case.
pub(super) const TODAY: [&str; 3] = ["staff", "priya", "acme"];

const fn weekly(days: &'static [i64]) -> Rule {
    Rule::Weekly { every: 1, phase: 0, days }
}

const fn fortnightly(phase: i64, days: &'static [i64]) -> Rule {
    Rule::Weekly { every: 2, phase, days }
}

pub(super) static SERIES: [SeriesSpec; 14] = [
    SeriesSpec {
        key: "staff",
        title: "Staff",
        at: 10 * 60 + 15,
        rule: weekly(&[0]),
        organizer: "dana",
        guests: &["priya", "ravi", "leo", "lucia", "greta", "theo"],
        optional: &["rita"],
        room: Some("Oak"),
        call: Call::Meet,
        description: "Leads, once a week. Add your points to the list before nine.",
        cancelled: &[-31],
        moved: &[(-17, 1, 0, None)],
        minuted: true,
        ..PLAIN
    },
    SeriesSpec {
        key: "priya",
        title: "1:1 with Priya",
        at: 11 * 60 + 30,
        minutes: 30,
        rule: fortnightly(0, &[0]),
        guests: &["priya"],
        call: Call::Meet,
        description: "Yours before mine: bring what you want to talk about.",
        cancelled: &[-13],
        moved: &[(-7, 0, 60, None)],
        ..PLAIN
    },
    SeriesSpec {
        key: "acme",
        title: "Acme steering committee",
        at: 13 * 60,
        rule: fortnightly(0, &[0]),
        guests: &["tom", "lena", "jo", "priya", "theo"],
        optional: &["paula", "henrik"],
        call: Call::Zoom,
        description: "Progress, decisions, risks. Decisions are minuted and stand unless a later one replaces them.",
        moved: &[(-4, 0, 90, Some("Acme steering committee (on site, Lyon)")), (-16, 1, 0, None)],
        minuted: true,
        ..PLAIN
    },
    SeriesSpec {
        key: "sam",
        title: "1:1 with Sam",
        at: 15 * 60,
        minutes: 30,
        rule: fortnightly(1, &[1]),
        guests: &["sam"],
        call: Call::Meet,
        cancelled: &[-9],
        moved: &[(-5, 1, 30, None)],
        ..PLAIN
    },
    SeriesSpec {
        key: "dana",
        title: "Alex / Dana",
        at: 9 * 60,
        minutes: 45,
        rule: weekly(&[3]),
        organizer: "dana",
        room: Some("Birch"),
        call: Call::Meet,
        cancelled: &[-8, -24],
        moved: &[(-12, -1, 0, None)],
        ..PLAIN
    },
    SeriesSpec {
        key: "northwind",
        title: "Northwind steering call",
        zone: Some(Tz::America__New_York),
        at: 10 * 60,
        rule: fortnightly(0, &[2]),
        organizer: "walter",
        guests: &["grace", "miguel", "theo", "kofi"],
        optional: &["erin", "devon"],
        call: Call::Teams,
        description: "Standing agenda: migration, contract, audit.",
        cancelled: &[-11],
        minuted: true,
        ..PLAIN
    },
    SeriesSpec {
        key: "straits",
        title: "Straits Logistics steering",
        zone: Some(Tz::Asia__Singapore),
        at: 16 * 60,
        minutes: 45,
        rule: fortnightly(1, &[3]),
        organizer: "wei",
        guests: &["siti", "marcus", "leo"],
        optional: &["joyce", "theo"],
        call: Call::Zoom,
        description: "Port integration, pilot, support hours.",
        moved: &[(-6, 0, 60, None)],
        minuted: true,
        ..PLAIN
    },
    SeriesSpec {
        key: "hiring",
        title: "Hiring",
        at: 11 * 60,
        minutes: 30,
        rule: weekly(&[1]),
        organizer: "greta",
        guests: &["priya", "fiona"],
        optional: &["omar", "sam"],
        call: Call::Zoom,
        description: "Pipeline, feedback owed, offers.",
        cancelled: &[-15, 6],
        declined: &[-22],
        ..PLAIN
    },
    SeriesSpec {
        key: "board",
        title: "Board meeting",
        at: 14 * 60,
        minutes: 120,
        rule: Rule::Monthly { nth: 3, day: 2 },
        organizer: "ellen",
        guests: &["dana", "rita", "victor", "ingrid"],
        room: Some("Redwood"),
        call: Call::Zoom,
        description: "Papers go out five working days before.",
        minuted: true,
        ..PLAIN
    },
    SeriesSpec {
        key: "architecture",
        title: "Architecture",
        at: 14 * 60,
        rule: weekly(&[1]),
        organizer: "leo",
        guests: &["priya", "lucia", "ben", "noor", "kofi"],
        optional: &["oskar", "mei"],
        room: Some("Elm"),
        call: Call::Meet,
        description: "One paper a week, read before. Decisions are written as => lines.",
        cancelled: &[-20],
        moved: &[(-10, 0, 30, None), (3, 1, 0, None)],
        ..PLAIN
    },
    SeriesSpec {
        key: "product",
        title: "Product review",
        at: 16 * 60,
        rule: weekly(&[4]),
        organizer: "ravi",
        guests: &["ana", "jonas", "priya", "theo"],
        optional: &["isaac", "nils"],
        room: Some("Elm"),
        call: Call::Meet,
        cancelled: &[-29],
        declined: &[-9, 3],
        split: Some(-20),
        ..PLAIN
    },
    SeriesSpec {
        key: "retro",
        title: "Platform retro",
        at: 15 * 60 + 30,
        rule: fortnightly(0, &[3]),
        organizer: "priya",
        guests: &["sam", "mei", "lucia", "ben", "oskar", "hugo"],
        room: Some("Birch"),
        call: Call::Meet,
        description: "Three columns, one hour, at most two actions.",
        cancelled: &[-12],
        shifted: Some((-8, 30)),
        ..PLAIN
    },
    SeriesSpec {
        key: "portico",
        title: "Portico vendor sync",
        at: 10 * 60,
        minutes: 30,
        rule: fortnightly(1, &[4]),
        organizer: "bruno",
        guests: &["yuki", "lucia", "rita"],
        optional: &["tessa"],
        call: Call::Teams,
        cancelled: &[-10],
        ..PLAIN
    },
    SeriesSpec {
        key: "standup",
        title: "Platform stand-up",
        at: 9 * 60 + 45,
        minutes: 15,
        rule: weekly(&[1, 2, 4]),
        organizer: "priya",
        guests: &["sam", "mei", "lucia", "ben", "oskar"],
        optional: &["hugo"],
        call: Call::Meet,
        description: "Blocked, at risk, done. Fifteen minutes, standing or not.",
        cancelled: &[-40, -77],
        ..PLAIN
    },
];
