//! Which new occurrence takes the place of which known meeting, when a series moved under its meetings.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::MovedWhy;
use super::identity::Rhythm;

/// A known meeting or a new occurrence, as far as pairing looks at it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    /// The local date of its original start.
    pub day: NaiveDate,
    /// The instant of its original start.
    pub at: DateTime<Utc>,
    /// Whether notes hang on it: those choose first.
    pub notes: bool,
    /// How its rule repeats.
    pub rhythm: Option<Rhythm>,
}

/// New occurrences further away in order than this are not looked at.
const NEIGHBOURS: usize = 32;

/// Pairs of (known, new), one to one: the same local date first; then, where the rule has the same frequency and
/// interval, the nearest within half an interval.
pub(super) fn pair(known: &[Point], new: &[Point]) -> Vec<(usize, usize, MovedWhy)> {
    let mut pairs = Pairs { taken: (vec![false; known.len()], vec![false; new.len()]), found: Vec::new() };
    let mut by_day: HashMap<NaiveDate, Vec<usize>> = HashMap::new();
    for (index, point) in new.iter().enumerate() {
        by_day.entry(point.day).or_default().push(index);
    }
    let same_day = known
        .iter()
        .enumerate()
        .flat_map(|(k, point)| by_day.get(&point.day).into_iter().flatten().take(NEIGHBOURS).map(move |n| (k, *n)));
    pairs.choose(same_day.collect(), known, new, MovedWhy::SameDate);

    let mut order: Vec<usize> = (0..new.len()).filter(|n| !pairs.taken.1[*n]).collect();
    order.sort_by_key(|n| new[*n].at);
    let mut near = Vec::new();
    for (k, point) in known.iter().enumerate().filter(|(k, _)| !pairs.taken.0[*k]) {
        let Some(rhythm) = point.rhythm else { continue };
        let half = rhythm.length() / 2;
        let middle = order.partition_point(|n| new[*n].at < point.at);
        let around = &order[middle.saturating_sub(NEIGHBOURS)..(middle + NEIGHBOURS).min(order.len())];
        near.extend(
            around
                .iter()
                .filter(|n| new[**n].rhythm == Some(rhythm) && (new[**n].at - point.at).abs() <= half)
                .map(|n| (k, *n)),
        );
    }
    pairs.choose(near, known, new, MovedWhy::Nearest);
    pairs.found
}

struct Pairs {
    taken: (Vec<bool>, Vec<bool>),
    found: Vec<(usize, usize, MovedWhy)>,
}

impl Pairs {
    fn choose(&mut self, mut candidates: Vec<(usize, usize)>, known: &[Point], new: &[Point], why: MovedWhy) {
        candidates.sort_by_key(|(k, n)| (!known[*k].notes, (new[*n].at - known[*k].at).abs(), *k, *n));
        for (k, n) in candidates {
            if !self.taken.0[k] && !self.taken.1[n] {
                self.taken.0[k] = true;
                self.taken.1[n] = true;
                self.found.push((k, n, why));
            }
        }
    }
}
