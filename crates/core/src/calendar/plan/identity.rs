//! Which known meeting each occurrence of a series is.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::counterpart::{Point, pair};
use super::listing::Listed;
use super::{KnownMeeting, MovedWhy, Planner};
use crate::calendar::expand::instant_of;
use crate::calendar::{EventGroup, Frequency, Occurrence, Rule, Window};
use crate::model::{MeetingStatus, OriginalStart, SeriesId, Times};

/// How a rule repeats, as far as "the same frequency and interval" goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rhythm {
    freq: Frequency,
    interval: u16,
    seconds: i64,
}

impl Rhythm {
    pub fn length(self) -> Duration {
        Duration::seconds(self.seconds)
    }
}

/// The rhythm of a group's first rule.
pub(super) fn rhythm(group: &EventGroup) -> Option<Rhythm> {
    let rule: Rule = group.master()?.rrules.first()?.parse().ok()?;
    Some(Rhythm { freq: rule.freq, interval: rule.interval, seconds: rule.interval_length().num_seconds() })
}

/// A series before its planning: what the calendar lists of it, and what is known of it in any calendar.
#[derive(Default)]
pub(super) struct Series<'a> {
    pub listed: Vec<&'a Listed<'a>>,
    pub known: Vec<&'a KnownMeeting>,
}

/// The second half of a meeting's identity.
pub(super) type Key = Option<OriginalStart>;

/// An occurrence the calendar has.
pub(super) struct Found<'a> {
    pub occurrence: Occurrence<'a>,
    pub listed: &'a Listed<'a>,
}

/// A known meeting, and the occurrence it is.
pub(super) struct Match {
    pub known: usize,
    pub key: Key,
    /// Set where the meeting's identity changes.
    pub why: Option<MovedWhy>,
}

/// A series expanded and matched.
pub(super) struct Matched<'a> {
    pub id: SeriesId,
    pub listed: Vec<&'a Listed<'a>>,
    pub known: Vec<&'a KnownMeeting>,
    /// Whether the calendar says something else of it than at the last sync.
    pub changed: bool,
    /// What takes place.
    pub live: BTreeMap<Key, Found<'a>>,
    /// What is listed as cancelled.
    pub off: HashSet<Key>,
    pub matches: Vec<Match>,
}

impl<'a> Planner<'a, '_> {
    /// Plans one series.
    pub(super) fn series(&mut self, id: SeriesId, series: Series<'a>) {
        let Series { mut listed, known } = series;
        listed.sort_by_key(|listed| listed.group.head().map(|event| event.start.local()));
        let gone = |known: &&KnownMeeting| {
            known.uid.as_deref().is_some_and(|uid| self.listing.gone.binary_search(&uid).is_ok())
        };
        let changed = listed.iter().any(|listed| listed.changed()) || known.iter().any(gone);
        let mut matched =
            Matched { id, listed, known, changed, live: BTreeMap::new(), off: HashSet::new(), matches: Vec::new() };
        self.expand(&mut matched);
        self.match_up(&mut matched);
        self.settle(matched);
    }

    /// Of two UIDs that give the same original start an override counts, which is there in every window; else the
    /// later UID: the half that a split made.
    fn expand(&mut self, series: &mut Matched<'a>) {
        let window = self.window(series);
        let whole = (window.to - window.from).num_seconds();
        let usual = (self.options.window.to - self.options.window.from).num_seconds().max(1);
        let factor = usize::try_from(whole / usual + 1).unwrap_or(1).clamp(1, 10);
        self.expander.set_max(self.options.limits.occurrences * factor);
        for listed in series.listed.clone() {
            let (occurrences, warnings) = self.expander.expand(listed.group, window);
            self.plan.warnings.extend(warnings);
            for occurrence in occurrences {
                let key = occurrence.original_start;
                if occurrence.status == MeetingStatus::Cancelled {
                    series.off.insert(key);
                } else if occurrence.alone || series.live.get(&key).is_none_or(|found| !found.occurrence.alone) {
                    series.live.insert(key, Found { occurrence, listed });
                }
            }
        }
        series.off.retain(|key| !series.live.contains_key(key));
    }

    /// The window, wide enough where the series changed to tell for each of its meetings whether it is still there.
    fn window(&self, series: &Matched<'a>) -> Window {
        let mut window = self.options.window;
        // Halves of a split can overlap; what one calls off and the other has must not depend on what the window shows.
        if !series.changed && series.listed.len() < 2 {
            return window;
        }
        let zone = self.options.zone;
        let known = series.known.iter().filter(|known| self.has(known) && known.status != MeetingStatus::Cancelled);
        let mut reach = |at: DateTime<Utc>| {
            window.from = window.from.min(at - Duration::days(1));
            window.to = window.to.max(at + Duration::days(1));
        };
        let mut single = false;
        for known in known {
            match &known.original_start {
                Some(original) => reach(instant_of(original, zone)),
                None => {
                    single = true;
                    reach(known.times.start(zone));
                }
            }
        }
        if single {
            for master in series.listed.iter().filter_map(|listed| listed.group.master()) {
                reach(master.start.local().and_utc());
            }
        }
        window
    }

    fn match_up(&mut self, series: &mut Matched<'a>) {
        let mut free: HashSet<usize> = (0..series.known.len()).collect();
        let mut by_key: HashMap<Key, Vec<usize>> = HashMap::new();
        for (index, known) in series.known.iter().enumerate() {
            by_key.entry(known.original_start).or_default().push(index);
        }
        let mut open = Vec::new();
        for key in series.live.keys().copied() {
            let best = by_key.get(&key).into_iter().flatten().copied().max_by_key(|index| {
                let known = series.known[*index];
                (self.has(known), known.has_notes, std::cmp::Reverse(known.id))
            });
            match best {
                Some(known) => {
                    free.remove(&known);
                    series.matches.push(Match { known, key, why: None });
                }
                None => open.push(key),
            }
        }
        if let Some((known, key, why)) = self.across_kinds(series, &free, &open) {
            free.remove(&known);
            open.retain(|other| *other != key);
            series.matches.push(Match { known, key, why: Some(why) });
        }
        self.counterparts(series, &free, &open);
    }

    /// A single event made recurring is its first occurrence; of a recurring one made single that occurrence stays
    /// which the event now is.
    fn across_kinds(
        &mut self,
        series: &Matched<'a>,
        free: &HashSet<usize>,
        open: &[Key],
    ) -> Option<(usize, Key, MovedWhy)> {
        let master = series.listed.first().and_then(|listed| listed.group.master())?;
        let first = self.expander.key(&master.start, master.start.local());
        if open.contains(&None) {
            let day = self.expander.day(master, &first);
            let before = series.listed.first().and_then(|listed| listed.before?.group.master());
            let was_first = before.map(|before| self.expander.key(&before.start, before.start.local()));
            let rank = |index: &usize| {
                let known = series.known[*index];
                let original = known.original_start?;
                Some(if original == first {
                    3
                } else if day_of(known) == day {
                    2
                } else if Some(original) == was_first {
                    1
                } else {
                    return None;
                })
            };
            let best = free.iter().filter(|index| rank(index).is_some()).max_by_key(|index| (rank(index), *index))?;
            return Some((*best, None, MovedWhy::OnlyOne));
        }
        let single = *free.iter().find(|index| series.known[**index].original_start.is_none())?;
        open.contains(&Some(first)).then_some((single, Some(first), MovedWhy::First))
    }

    fn counterparts(&mut self, series: &mut Matched<'a>, free: &HashSet<usize>, open: &[Key]) {
        if open.is_empty() || free.is_empty() {
            return;
        }
        let zone = self.options.zone;
        let mut candidates: Vec<usize> = free
            .iter()
            .copied()
            .filter(|index| {
                let known = series.known[*index];
                // A series may have moved while its calendar moved to another account.
                (self.has(known) || known.calendars.is_empty())
                    && known.status != MeetingStatus::Cancelled
                    && !series.off.contains(&known.original_start)
                    && (series.changed || self.in_window(known))
            })
            .collect();
        candidates.sort_unstable();
        let known: Vec<Point> = candidates
            .iter()
            .map(|index| {
                let known = series.known[*index];
                Point {
                    day: day_of(known),
                    at: known.original_start.map_or_else(|| known.times.start(zone), |key| instant_of(&key, zone)),
                    notes: known.has_notes,
                    rhythm: known.uid.as_deref().and_then(|uid| self.rhythms.get(uid)).copied(),
                }
            })
            .collect();
        let new: Vec<Point> = open
            .iter()
            .map(|key| {
                let found = &series.live[key];
                let frame = found.listed.group.master().unwrap_or(found.occurrence.event);
                let (day, at) = match key {
                    Some(key) => (self.expander.day(frame, key), instant_of(key, zone)),
                    None => (found.occurrence.times.own_date(), found.occurrence.times.start(zone)),
                };
                Point { day, at, notes: false, rhythm: rhythm(found.listed.group) }
            })
            .collect();
        for (k, n, why) in pair(&known, &new) {
            series.matches.push(Match { known: candidates[k], key: open[n], why: Some(why) });
        }
    }

    /// Whether the window says anything about a meeting: rules are not expanded beyond it.
    pub(super) fn in_window(&self, known: &KnownMeeting) -> bool {
        known.original_start.is_none_or(|original| self.options.window.holds(&original, self.options.zone))
    }
}

/// The local date of a meeting's original start.
fn day_of(known: &KnownMeeting) -> NaiveDate {
    match (known.original_start, &known.times) {
        (Some(OriginalStart::Date(date)), _) => date,
        (Some(OriginalStart::Floating(local)), _) => local.date(),
        (Some(OriginalStart::Instant(at)), Times::Timed { zone, .. }) => at.with_timezone(zone).date_naive(),
        (Some(OriginalStart::Instant(at)), Times::AllDay { .. }) => at.date_naive(),
        (None, times) => times.own_date(),
    }
}
