//! What people do to a calendar, and what it then holds.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use crate::event;

/// Something done to a calendar, or to the notes beside it. Numbers choose among what there is.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Deed {
    Create {
        title: u8,
        day: u8,
        hour: u8,
        rule: u8,
    },
    Move {
        which: u8,
        days: u8,
        hour: u8,
    },
    MoveOne {
        which: u8,
        nth: u8,
        days: u8,
        hour: u8,
    },
    Rename {
        which: u8,
        title: u8,
    },
    Split {
        which: u8,
        nth: u8,
        hour: u8,
        stranger: bool,
    },
    CancelOne {
        which: u8,
        nth: u8,
        left_out: bool,
    },
    Uncancel {
        which: u8,
    },
    Delete {
        which: u8,
    },
    Recreate {
        which: u8,
    },
    /// The calendar goes to another account, with its UIDs or under others; the old account goes first or last.
    Migrate {
        same: bool,
        old_first: bool,
    },
    Note {
        which: u8,
    },
    /// The first of the queue goes to its best candidate.
    Attach,
    Sync,
    /// What the last sync moved is taken back, where it moved anything.
    Undo,
}

/// How often an event takes place.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Rule {
    Once,
    Weekly(u8),
    Daily(u8),
}

impl Rule {
    fn step(self) -> u64 {
        if matches!(self, Self::Daily(_)) { 1 } else { 7 }
    }

    fn count(self) -> u8 {
        match self {
            Self::Once => 1,
            Self::Weekly(count) | Self::Daily(count) => count,
        }
    }
}

#[derive(Debug, Clone)]
struct Event {
    uid: String,
    title: u8,
    first: NaiveDate,
    hour: u8,
    rule: Rule,
    moved: BTreeMap<u8, (NaiveDate, u8)>,
    off: BTreeSet<u8>,
    left_out: BTreeSet<u8>,
}

/// A calendar, as whoever fills it sees it.
#[derive(Debug)]
pub struct Calendar {
    today: NaiveDate,
    events: Vec<Event>,
    made: u32,
    /// Original starts that were called off at any time, as `2026-12-01T10`.
    pub called_off: BTreeSet<String>,
}

const TITLES: [&str; 4] = ["Weekly sync", "Steering", "Budget", "1:1"];

impl Calendar {
    /// An empty one, `today`.
    #[must_use]
    pub fn new(today: NaiveDate) -> Self {
        Self { today, events: Vec::new(), made: 0, called_off: BTreeSet::new() }
    }

    /// The events, as [`crate::calendar`] takes them.
    #[must_use]
    pub fn held(&self) -> Vec<String> {
        self.events.iter().map(Event::write).collect()
    }

    /// What takes place: date, hour and title.
    #[must_use]
    pub fn takes_place(&self) -> Vec<(NaiveDate, u8, &'static str)> {
        let mut all: Vec<_> = self.events.iter().flat_map(Event::takes_place).collect();
        all.sort_unstable();
        all
    }

    /// Does what is done to a calendar; what is done elsewhere changes nothing here, but for the UIDs of one that moves.
    pub fn act(&mut self, deed: &Deed) {
        match *deed {
            Deed::Create { title, day, hour, rule } => {
                let rule = match rule % 4 {
                    0 | 1 => Rule::Weekly(3 + rule % 3),
                    2 => Rule::Daily(3),
                    _ => Rule::Once,
                };
                let (uid, first) = (self.uid(), self.today + Days::new(u64::from(day)));
                let (moved, off, left_out) = Default::default();
                self.events.push(Event { uid, title, first, hour, rule, moved, off, left_out });
            }
            Deed::Migrate { same: false, .. } => {
                for at in 0..self.events.len() {
                    self.events[at].uid = self.uid();
                }
            }
            Deed::Delete { which } => _ = self.at(which).map(|at| self.events.remove(at)),
            Deed::Recreate { which } => {
                let uid = self.uid();
                self.change(which, |event| event.uid = uid);
            }
            Deed::Split { which, nth, hour, stranger } => self.split(which, nth, hour, stranger),
            Deed::CancelOne { which, nth, left_out } => {
                let mut start = None;
                self.change(which, |event| {
                    if event.rule == Rule::Once {
                        return;
                    }
                    let nth = nth % event.rule.count();
                    start = Some(event.original(nth));
                    event.moved.remove(&nth);
                    let (to, from) = match left_out {
                        true => (&mut event.left_out, &mut event.off),
                        false => (&mut event.off, &mut event.left_out),
                    };
                    to.insert(nth);
                    from.remove(&nth);
                });
                self.called_off.extend(start);
            }
            Deed::Move { which, days, hour } => self.change(which, |event| {
                (event.first, event.hour) = (event.first + Days::new(u64::from(days)), hour);
                (event.moved, event.off, event.left_out) = Default::default();
            }),
            Deed::MoveOne { which, nth, days, hour } => self.change(which, |event| {
                let nth = nth % event.rule.count();
                if event.rule != Rule::Once && !event.off.contains(&nth) && !event.left_out.contains(&nth) {
                    event.moved.insert(nth, (event.day(nth) + Days::new(u64::from(days)), hour));
                }
            }),
            Deed::Rename { which, title } => self.change(which, |event| event.title = title),
            Deed::Uncancel { which } => self.change(which, |event| {
                event.off.clear();
                event.left_out.clear();
            }),
            Deed::Migrate { .. } | Deed::Note { .. } | Deed::Attach | Deed::Sync | Deed::Undo => {}
        }
    }

    /// This one and those after it go on as a series of their own, as calendars do it.
    fn split(&mut self, which: u8, nth: u8, hour: u8, stranger: bool) {
        let fresh = self.uid();
        let Some(at) = self.at(which) else { return };
        let head = &mut self.events[at];
        let (count, nth) = (head.rule.count(), 1 + nth % 3);
        if head.rule == Rule::Once || nth >= count {
            return;
        }
        let with = |count| if matches!(head.rule, Rule::Daily(_)) { Rule::Daily(count) } else { Rule::Weekly(count) };
        let (before, after) = (with(nth), with(count - nth));
        let first = head.day(nth);
        let (local, domain) = head.uid.split_once('@').expect("a domain");
        let base = local.split("_R").next().unwrap_or(local);
        let uid = match stranger {
            true => fresh,
            false => format!("{base}_R{}T{:02}0000@{domain}", first.format("%Y%m%d"), head.hour),
        };
        if self.events.iter().any(|event| event.uid == uid) {
            return;
        }
        let head = &mut self.events[at];
        head.rule = before;
        for gone in [&mut head.off, &mut head.left_out] {
            gone.retain(|n| *n < nth);
        }
        head.moved.retain(|n, _| *n < nth);
        let title = head.title;
        let (moved, off, left_out) = Default::default();
        self.events.push(Event { uid, title, first, hour, rule: after, moved, off, left_out });
    }

    fn uid(&mut self) -> String {
        self.made += 1;
        format!("made{}@x", self.made)
    }

    fn at(&self, which: u8) -> Option<usize> {
        usize::from(which).checked_rem(self.events.len())
    }

    fn change(&mut self, which: u8, change: impl FnOnce(&mut Event)) {
        if let Some(at) = self.at(which) {
            change(&mut self.events[at]);
        }
    }
}

impl Event {
    fn day(&self, nth: u8) -> NaiveDate {
        self.first + Days::new(u64::from(nth) * self.rule.step())
    }

    fn original(&self, nth: u8) -> String {
        format!("{}T{:02}", self.day(nth), self.hour)
    }

    fn takes_place(&self) -> Vec<(NaiveDate, u8, &'static str)> {
        let there = (0..self.rule.count()).filter(|nth| !self.off.contains(nth) && !self.left_out.contains(nth));
        let when = |nth| self.moved.get(&nth).copied().unwrap_or((self.day(nth), self.hour));
        there.map(when).map(|(day, hour)| (day, hour, self.name())).collect()
    }

    fn name(&self) -> &'static str {
        TITLES[usize::from(self.title) % TITLES.len()]
    }

    fn write(&self) -> String {
        let at = |day: NaiveDate, hour: u8| format!("{}T{hour:02}0000", day.format("%Y%m%d"));
        let times = |day: NaiveDate, hour: u8| {
            let (start, end) = (at(day, hour), at(day, hour + 1));
            format!("DTSTART;TZID=Europe/Berlin:{start}\nDTEND;TZID=Europe/Berlin:{end}\n")
        };
        let mut master = times(self.first, self.hour);
        match self.rule {
            Rule::Once => {}
            Rule::Weekly(count) => master.push_str(&format!("RRULE:FREQ=WEEKLY;COUNT={count}\n")),
            Rule::Daily(count) => master.push_str(&format!("RRULE:FREQ=DAILY;COUNT={count}\n")),
        }
        for nth in &self.left_out {
            master.push_str(&format!("EXDATE;TZID=Europe/Berlin:{}\n", at(self.day(*nth), self.hour)));
        }
        let mut text = event(&self.uid, self.name(), &master);
        let instance = |nth: u8| format!("RECURRENCE-ID;TZID=Europe/Berlin:{}\n", at(self.day(nth), self.hour));
        for (nth, (day, hour)) in &self.moved {
            text.push_str(&event(&self.uid, self.name(), &format!("{}{}", instance(*nth), times(*day, *hour))));
        }
        for nth in &self.off {
            let times = times(self.day(*nth), self.hour);
            text.push_str(&event(&self.uid, self.name(), &format!("{}{times}STATUS:CANCELLED\n", instance(*nth))));
        }
        text
    }
}
