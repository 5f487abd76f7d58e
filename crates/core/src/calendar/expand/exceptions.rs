//! What a calendar says of single occurrences: overrides, and what is left out.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};

use super::Expander;
use crate::calendar::event::version;
use crate::calendar::{Event, EventGroup, EventTime};
use crate::model::OriginalStart;

/// The newest override of each occurrence.
#[derive(Default)]
pub(super) struct Overrides<'a> {
    pub alone: BTreeMap<OriginalStart, &'a Event>,
    pub later: BTreeMap<OriginalStart, &'a Event>,
    /// A date on a timed event means that day's occurrence.
    pub on_day: BTreeMap<NaiveDate, &'a Event>,
}

impl Overrides<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.alone.is_empty() && self.later.is_empty() && self.on_day.is_empty()
    }
}

#[derive(Default)]
pub(super) struct Excluded {
    pub starts: HashSet<OriginalStart>,
    pub days: HashSet<NaiveDate>,
}

impl Excluded {
    pub(super) fn holds(&self, key: &OriginalStart, local: NaiveDateTime) -> bool {
        self.starts.contains(key) || self.days.contains(&local.date())
    }
}

impl Expander {
    pub(super) fn excluded(&mut self, master: &Event) -> Excluded {
        let mut excluded = Excluded::default();
        for time in master.exdates.iter().take(self.max) {
            if time.is_date() && !master.start.is_date() {
                excluded.days.insert(time.local().date());
            } else {
                let local = self.local_in(&master.start, time);
                excluded.starts.insert(self.key(&master.start, local));
            }
        }
        excluded
    }

    pub(super) fn overrides<'a>(&mut self, group: &'a EventGroup, master: Option<&Event>) -> Overrides<'a> {
        let mut newest: HashMap<(OriginalStart, bool, bool), &'a Event> = HashMap::new();
        for event in &group.events {
            let Some(id) = &event.recurrence_id else { continue };
            let frame = master.map_or(id, |master| &master.start);
            let day = id.is_date() && !frame.is_date();
            let key = if day {
                OriginalStart::Date(id.local().date())
            } else {
                let local = self.local_in(frame, id);
                match (frame, id) {
                    // Straight to the instant: in a gap the way over the clock would miss.
                    (EventTime::Zoned { .. } | EventTime::Utc(_), EventTime::Utc(at)) => OriginalStart::Instant(*at),
                    _ => self.key(frame, local),
                }
            };
            let slot = newest.entry((key, event.this_and_future, day)).or_insert(event);
            if version(event) >= version(slot) {
                *slot = event;
            }
        }
        let mut overrides = Overrides::default();
        for ((key, later, day), event) in newest {
            match (key, later, master) {
                (OriginalStart::Date(date), false, Some(_)) if day => _ = overrides.on_day.insert(date, event),
                (OriginalStart::Date(date), true, Some(master)) if day => {
                    let local = date.and_time(master.start.local().time());
                    overrides.later.insert(self.key(&master.start, local), event);
                }
                (_, true, _) => _ = overrides.later.insert(key, event),
                (_, false, _) => _ = overrides.alone.insert(key, event),
            }
        }
        overrides
    }
}
