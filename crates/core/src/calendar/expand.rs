//! From events to occurrences: recurrence expanded on wall-clock time, overrides applied, zones resolved last.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use chrono_tz::Tz;

use super::{Event, EventGroup, EventTime, Frequency, Rdate, Rule, Until, Warning, ZoneTable};
use crate::model::{MeetingStatus, OriginalStart, Times, resolve_local};

mod clock;
mod exceptions;
mod length;
mod written;

use exceptions::Overrides;
use length::Length;

/// The span over which rules are expanded: occurrences whose original start lies in `from..to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First instant.
    pub from: DateTime<Utc>,
    /// The instant after the last.
    pub to: DateTime<Utc>,
}

impl Window {
    /// Whether an original start lies in it; floating ones and dates are read in `zone`.
    #[must_use]
    pub fn holds(&self, original: &OriginalStart, zone: Tz) -> bool {
        let at = instant_of(original, zone);
        self.from <= at && at < self.to
    }
}

/// The instant of an original start; floating ones and dates are read in `zone`.
pub(crate) fn instant_of(original: &OriginalStart, zone: Tz) -> DateTime<Utc> {
    match original {
        OriginalStart::Date(date) => crate::model::midnight(*date, zone),
        OriginalStart::Floating(local) => resolve_local(*local, zone),
        OriginalStart::Instant(at) => *at,
    }
}

/// What a hostile calendar is held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one calendar file.
    pub bytes: usize,
    /// Components inside components.
    pub nesting: usize,
    /// Events of one calendar file.
    pub events: usize,
    /// Attendees of one event; more are left out, and the event says so.
    pub attendees: usize,
    /// Bytes of one text: a title, a description.
    pub text: usize,
    /// Occurrences of one rule in the window, and dates of one EXDATE or RDATE list; of a rule that has more, only
    /// the first that many of all it has are taken.
    pub occurrences: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 64 << 20, nesting: 8, events: 200_000, attendees: 1_000, text: 256 << 10, occurrences: 4_000 }
    }
}

/// One time an event takes place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence<'a> {
    /// The start it had before anyone moved it; none of a single event.
    pub original_start: Option<OriginalStart>,
    /// The event that says what it is: the master or an override. Its start is not this occurrence's.
    pub event: &'a Event,
    /// Whether `event` speaks of this occurrence alone.
    pub alone: bool,
    /// Whether it takes place.
    pub status: MeetingStatus,
    /// When it is.
    pub times: Times,
}

/// The occurrences of a group, by original start: single events and overrides of any date, rules over the window.
/// Cancelled occurrences are among them, with their status. Floating times and dates are in `user_zone`.
#[must_use]
pub fn expand<'a>(
    group: &'a EventGroup,
    window: Window,
    user_zone: Tz,
    limits: &Limits,
) -> (Vec<Occurrence<'a>>, Vec<Warning>) {
    Expander::new(user_zone, limits.occurrences).expand(group, window)
}

/// Expands many groups, remembering the zones it met.
pub(crate) struct Expander {
    zones: ZoneTable,
    user_zone: Tz,
    max: usize,
    /// How many rules gave too much so far.
    bombs: usize,
}

/// Steps of a rule's iterator: what a rule may cost that has a count or gives little.
const MAX_STEPS: usize = 100_000;

/// A calendar with more rules than this that give too much is hostile: the others then get less time.
const MAX_BOMBS: usize = 20;

impl Expander {
    pub(crate) fn new(user_zone: Tz, max: usize) -> Self {
        Self { zones: ZoneTable::default(), user_zone, max, bombs: 0 }
    }

    pub(crate) fn expand<'a>(&mut self, group: &'a EventGroup, window: Window) -> (Vec<Occurrence<'a>>, Vec<Warning>) {
        let mut warnings = Vec::new();
        let found = self.all(group, window, &mut warnings);
        (written::within_years(found, &mut warnings), warnings)
    }

    fn all<'a>(&mut self, group: &'a EventGroup, window: Window, warnings: &mut Vec<Warning>) -> Vec<Occurrence<'a>> {
        let Some(master) = group.master() else {
            return self.orphans(group, warnings);
        };
        let overrides = self.overrides(group, Some(master));
        if !master.recurs() && overrides.is_empty() {
            let length = Length::of(self, master, warnings);
            let times = self.times(&master.start, length);
            return vec![Occurrence { original_start: None, event: master, alone: true, status: master.status, times }];
        }
        self.series(master, overrides, window, warnings)
    }

    fn series<'a>(
        &mut self,
        master: &'a Event,
        mut overrides: Overrides<'a>,
        window: Window,
        warnings: &mut Vec<Warning>,
    ) -> Vec<Occurrence<'a>> {
        let mut found: BTreeMap<OriginalStart, Occurrence<'a>> = BTreeMap::new();
        let length = Length::of(self, master, warnings);
        let excluded = self.excluded(master);
        for (local, rdate) in self.starts(master, window, warnings) {
            let key = self.key(&master.start, local);
            if !window.holds(&key, self.user_zone) || found.contains_key(&key) {
                continue;
            }
            let own = overrides.alone.remove(&key).or_else(|| overrides.on_day.remove(&local.date()));
            let occurrence = match (own, overrides.later.range(..=key).next_back()) {
                (Some(event), _) => self.overridden(key, event, master, warnings),
                _ if excluded.holds(&key, local) => continue,
                (None, Some((_, event))) => self.shifted(key, local, event, master, warnings),
                (None, None) => {
                    let length = rdate.and_then(|rdate| Length::of_period(self, rdate)).unwrap_or(length);
                    let times = self.times(&master.start.with_local(local), length);
                    let status = master.status;
                    Occurrence { original_start: Some(key), event: master, alone: false, status, times }
                }
            };
            found.insert(key, occurrence);
        }
        // Overrides are of any date, and count even where the rule has moved on from under them.
        for (date, event) in std::mem::take(&mut overrides.on_day) {
            let local = date.and_time(master.start.local().time());
            overrides.alone.entry(self.key(&master.start, local)).or_insert(event);
        }
        for (key, event) in overrides.alone {
            found.entry(key).or_insert_with(|| self.overridden(key, event, master, warnings));
        }
        for (key, event) in overrides.later {
            found.entry(key).or_insert_with(|| self.overridden(key, event, master, warnings));
        }
        found.into_values().collect()
    }

    fn orphans<'a>(&mut self, group: &'a EventGroup, warnings: &mut Vec<Warning>) -> Vec<Occurrence<'a>> {
        let overrides = self.overrides(group, None);
        let mut found: BTreeMap<OriginalStart, &Event> = overrides.later;
        found.extend(overrides.alone);
        found.into_iter().map(|(key, event)| self.overridden(key, event, event, warnings)).collect()
    }

    /// The occurrence an override stands for.
    fn overridden<'a>(
        &mut self,
        key: OriginalStart,
        event: &'a Event,
        master: &Event,
        warnings: &mut Vec<Warning>,
    ) -> Occurrence<'a> {
        let length = Length::of(self, event, warnings);
        let times = self.times(&event.start, length);
        Occurrence { original_start: Some(key), event, alone: true, status: status(event, master), times }
    }

    /// A later occurrence under an override of "this and all future": moved by as much as the first one was.
    fn shifted<'a>(
        &mut self,
        key: OriginalStart,
        local: NaiveDateTime,
        event: &'a Event,
        master: &Event,
        warnings: &mut Vec<Warning>,
    ) -> Occurrence<'a> {
        let first = event.recurrence_id.as_ref().map_or(local, |id| self.local_in(&master.start, id));
        let (first, local) = match (&event.start, &master.start) {
            (EventTime::Zoned { zone: to, .. }, EventTime::Zoned { zone: from, .. }) if to != from => {
                let mut there = |local| {
                    let at = self.zones.instant(from, local);
                    self.zones.local(to, at)
                };
                (there(first), there(local))
            }
            _ => (first, local),
        };
        let start = local.checked_add_signed(event.start.local() - first).unwrap_or(local);
        let length = Length::of(self, event, warnings);
        let times = self.times(&event.start.with_local(start), length);
        Occurrence { original_start: Some(key), event, alone: false, status: status(event, master), times }
    }

    /// The starts a master has in about the window, on its own clock: its first, its rules', its further dates.
    fn starts<'a>(
        &mut self,
        master: &'a Event,
        window: Window,
        warnings: &mut Vec<Warning>,
    ) -> BTreeMap<NaiveDateTime, Option<&'a Rdate>> {
        let mut starts = BTreeMap::from([(master.start.local(), None)]);
        for text in &master.rrules {
            match self.rule(master, text, window) {
                Ok((found, whole)) => {
                    starts.extend(found.into_iter().map(|local| (local, None)));
                    if !whole {
                        let what = format!("it repeats too often; only its first {} occurrences were taken", self.max);
                        warnings.push(Warning::about(master, what));
                    }
                }
                Err(error) => warnings.push(Warning::about(master, error)),
            }
        }
        for text in &master.exrules {
            match self.rule(master, text, window) {
                Ok((found, _)) => found.iter().for_each(|local| _ = starts.remove(local)),
                Err(error) => warnings.push(Warning::about(master, error)),
            }
        }
        for rdate in master.rdates.iter().take(self.max) {
            starts.insert(self.local_in(&master.start, &rdate.start), Some(rdate));
        }
        starts
    }

    /// A rule's instances in about the window, and whether these are all.
    fn rule(
        &mut self,
        master: &Event,
        text: &str,
        window: Window,
    ) -> Result<(Vec<NaiveDateTime>, bool), super::RuleError> {
        let rule: Rule = text.parse()?;
        let start = master.start.local();
        let margin = Duration::days(2);
        let (from, to) = (window.from.naive_utc() - margin, window.to.naive_utc() + margin);
        let last = self.until(&master.start, rule.until);
        let steps = match rule.freq {
            _ if self.bombs < MAX_BOMBS => MAX_STEPS,
            Frequency::Secondly | Frequency::Minutely | Frequency::Hourly => 200,
            _ => self.max,
        };
        let mut found = Vec::new();
        for (step, local) in rule.instances_from(start, from)?.enumerate() {
            if local > to || last.is_some_and(|last| local > last) {
                return Ok((found, true));
            }
            if step >= steps || found.len() >= self.max {
                self.bombs += 1;
                if self.bombs > MAX_BOMBS {
                    return Ok((Vec::new(), false));
                }
                let first = rule.instances(start)?.take(self.max);
                return Ok((first.filter(|at| *at <= to && last.is_none_or(|last| *at <= last)).collect(), false));
            }
            if local >= from {
                found.push(local);
            }
        }
        Ok((found, true))
    }

    /// The last start a rule may give, on the clock of `start`.
    pub(crate) fn until(&mut self, start: &EventTime, until: Option<Until>) -> Option<NaiveDateTime> {
        match (until?, start) {
            (Until::Date(date), _) => date.and_hms_opt(23, 59, 59),
            (Until::Local(local), EventTime::Date(_)) => local.date().and_hms_opt(23, 59, 59),
            (Until::Utc(at), EventTime::Date(_)) => at.date_naive().and_hms_opt(23, 59, 59),
            (Until::Local(local), _) => Some(local),
            (Until::Utc(at), EventTime::Zoned { zone, .. }) => Some(self.zones.local(zone, at)),
            // A floating event's end must not depend on who reads it.
            (Until::Utc(at), EventTime::Floating(_) | EventTime::Utc(_)) => Some(at.naive_utc()),
        }
    }

    pub(crate) fn set_max(&mut self, max: usize) {
        self.max = max;
    }

    /// Whether a master leaves out the occurrence with this original start.
    pub(crate) fn leaves_out(&mut self, master: &Event, original: &OriginalStart) -> bool {
        let excluded = self.excluded(master);
        excluded.starts.contains(original) || excluded.days.contains(&self.day(master, original))
    }
}

/// A master called off takes its older overrides with it.
fn status(event: &Event, master: &Event) -> MeetingStatus {
    if master.status == MeetingStatus::Cancelled && event.sequence <= master.sequence {
        return MeetingStatus::Cancelled;
    }
    event.status
}

#[cfg(test)]
mod tests;
