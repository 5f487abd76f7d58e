//! From events to occurrences: recurrence expanded on wall-clock time, overrides applied, zones resolved last.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;

use super::event::version;
use super::{Event, EventGroup, EventTime, Rdate, Rule, Until, Warning, Zone, ZoneTable};
use crate::model::{MeetingStatus, OriginalStart, Times, resolve_local};

mod length;
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
}

/// Steps of a rule's iterator: what a rule may cost that has a count or gives little.
const MAX_STEPS: usize = 200_000;

impl Expander {
    pub(crate) fn new(user_zone: Tz, max: usize) -> Self {
        Self { zones: ZoneTable::default(), user_zone, max }
    }

    pub(crate) fn expand<'a>(&mut self, group: &'a EventGroup, window: Window) -> (Vec<Occurrence<'a>>, Vec<Warning>) {
        let mut warnings = Vec::new();
        let Some(master) = group.master() else {
            return (self.orphans(group, &mut warnings), warnings);
        };
        let overrides = self.overrides(group, Some(master));
        if !master.recurs() && overrides.is_empty() {
            let length = Length::of(self, master, &mut warnings);
            let times = self.times(&master.start, length);
            let single = Occurrence { original_start: None, event: master, alone: true, status: master.status, times };
            return (vec![single], warnings);
        }
        (self.series(master, overrides, window, &mut warnings), warnings)
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
        let mut found = Vec::new();
        for (step, local) in rule.instances_from(start, from)?.enumerate() {
            if local > to || last.is_some_and(|last| local > last) {
                return Ok((found, true));
            }
            if step >= MAX_STEPS || found.len() >= self.max {
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

    fn excluded(&mut self, master: &Event) -> Excluded {
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

    fn overrides<'a>(&mut self, group: &'a EventGroup, master: Option<&Event>) -> Overrides<'a> {
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

    /// What the clock of `frame` shows at `time`.
    fn local_in(&mut self, frame: &EventTime, time: &EventTime) -> NaiveDateTime {
        match (frame, time) {
            (EventTime::Date(_), _) => time.local().date().and_time(chrono::NaiveTime::MIN),
            (EventTime::Zoned { zone, .. }, EventTime::Zoned { zone: other, local }) if zone != other => {
                let at = self.zones.instant(other, *local);
                self.zones.local(zone, at)
            }
            (EventTime::Zoned { zone, .. }, EventTime::Utc(at)) => self.zones.local(zone, *at),
            (EventTime::Utc(_), EventTime::Zoned { zone, local }) => self.zones.instant(zone, *local).naive_utc(),
            (EventTime::Floating(_), EventTime::Utc(at)) => at.with_timezone(&self.user_zone).naive_local(),
            _ => time.local(),
        }
    }

    /// The identity of the occurrence that starts at `local` on the clock of `frame`.
    pub(crate) fn key(&mut self, frame: &EventTime, local: NaiveDateTime) -> OriginalStart {
        match frame {
            EventTime::Date(_) => OriginalStart::Date(local.date()),
            EventTime::Floating(_) => OriginalStart::Floating(local),
            EventTime::Zoned { zone, .. } => OriginalStart::Instant(self.zones.instant(zone, local)),
            EventTime::Utc(_) => OriginalStart::Instant(local.and_utc()),
        }
    }

    /// The instant of a time; a date is its first midnight.
    fn instant(&mut self, time: &EventTime) -> DateTime<Utc> {
        match time {
            EventTime::Date(date) => crate::model::midnight(*date, self.user_zone),
            EventTime::Floating(local) => resolve_local(*local, self.user_zone),
            EventTime::Zoned { local, zone } => self.zones.instant(zone, *local),
            EventTime::Utc(at) => *at,
        }
    }

    /// When something is that starts at `start`.
    pub(crate) fn times(&mut self, start: &EventTime, length: Length) -> Times {
        if let EventTime::Date(date) = start {
            let end = date.checked_add_signed(Duration::days(length.whole_days())).unwrap_or(*date);
            return Times::AllDay { start: *date, end };
        }
        let at = self.instant(start);
        let end = match length {
            Length::Exact(length) => at.checked_add_signed(length),
            Length::Nominal { days, rest } => start
                .local()
                .checked_add_signed(days)
                .map(|local| self.instant(&start.with_local(local)))
                .and_then(|day| day.checked_add_signed(rest)),
        };
        let zone = match start {
            EventTime::Zoned { zone, .. } => self.zones.iana(zone, at, self.user_zone),
            EventTime::Utc(_) => Tz::UTC,
            _ => self.user_zone,
        };
        Times::Timed { start: at, end: end.unwrap_or(at).max(at), zone }
    }

    pub(crate) fn set_max(&mut self, max: usize) {
        self.max = max;
    }

    /// Whether a master leaves out the occurrence with this original start.
    pub(crate) fn leaves_out(&mut self, master: &Event, original: &OriginalStart) -> bool {
        let excluded = self.excluded(master);
        excluded.starts.contains(original) || excluded.days.contains(&self.day(master, original))
    }

    /// The day an original start of `event` lies on, on the event's own clock.
    pub(crate) fn day(&mut self, event: &Event, original: &OriginalStart) -> NaiveDate {
        match (original, &event.start) {
            (OriginalStart::Date(date), _) => *date,
            (OriginalStart::Floating(local), _) => local.date(),
            (OriginalStart::Instant(at), EventTime::Zoned { zone, .. }) => {
                let zone: &Zone = zone;
                self.zones.local(zone, *at).date()
            }
            (OriginalStart::Instant(at), _) => at.date_naive(),
        }
    }
}

/// A master called off takes its older overrides with it.
fn status(event: &Event, master: &Event) -> MeetingStatus {
    if master.status == MeetingStatus::Cancelled && event.sequence <= master.sequence {
        return MeetingStatus::Cancelled;
    }
    event.status
}

/// The newest override of each occurrence.
#[derive(Default)]
struct Overrides<'a> {
    alone: BTreeMap<OriginalStart, &'a Event>,
    later: BTreeMap<OriginalStart, &'a Event>,
    /// A date on a timed event means that day's occurrence.
    on_day: BTreeMap<NaiveDate, &'a Event>,
}

impl Overrides<'_> {
    fn is_empty(&self) -> bool {
        self.alone.is_empty() && self.later.is_empty() && self.on_day.is_empty()
    }
}

#[derive(Default)]
struct Excluded {
    starts: HashSet<OriginalStart>,
    days: HashSet<NaiveDate>,
}

impl Excluded {
    fn holds(&self, key: &OriginalStart, local: NaiveDateTime) -> bool {
        self.starts.contains(key) || self.days.contains(&local.date())
    }
}

#[cfg(test)]
mod tests;
