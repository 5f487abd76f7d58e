//! What a sync is to change: the calendar as fetched against the meetings as known.
//!
//! A meeting's identity is (series, original start). Which calendar's details win where a meeting lies in several:
//! **the calendar that first had it leads, until it no longer has it.** The others only say that they have it too.

mod counterpart;
mod details;
mod identity;
mod lineage;
mod listing;
pub mod memory;
mod outcome;
mod types;

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;

use crate::calendar::Expander;
use crate::model::{CalendarId, MeetingId, MeetingStatus, SeriesId};
use listing::Listing;
pub use types::*;

/// What to change so that the vault says what the calendar says, and no note is lost. Planning again after the plan
/// was applied gives an empty one.
///
/// `ids` gives fresh ids for new series and meetings.
#[must_use]
pub fn plan(state: &State, fetched: &Fetched, options: &Options, ids: &mut dyn FnMut() -> Uuid) -> Plan {
    let mut plan = Plan { warnings: fetched.warnings.clone(), ..Plan::default() };
    let mut expander = Expander::new(options.zone, options.limits.occurrences);
    let listing = Listing::of(state, fetched, options, &mut expander);
    plan.brake = listing::brake(state, &listing, options);
    if plan.brake.is_some() {
        return plan;
    }
    plan.remove_events = listing.gone.iter().map(|uid| (*uid).to_owned()).collect();
    plan.put_events = listing.changed().map(listing::Listed::stored).collect();

    let series_of = lineage::assign(state, &listing, &mut expander, &mut plan, ids);
    let mut by_series: BTreeMap<SeriesId, identity::Series<'_>> = BTreeMap::new();
    for (uid, listed) in &listing.groups {
        if let Some(series) = series_of.get(uid) {
            by_series.entry(*series).or_default().listed.push(listed);
        }
    }
    for meeting in &state.meetings {
        let Some(series) = meeting.series_id else { continue };
        if by_series.contains_key(&series) || meeting.calendars.contains(&state.calendar) {
            by_series.entry(series).or_default().known.push(meeting);
        }
    }
    let rhythms: HashMap<&str, identity::Rhythm> = state
        .stored
        .iter()
        .filter_map(|stored| Some((stored.uid.as_str(), identity::rhythm(&stored.group)?)))
        .collect();
    let mut planner = Planner {
        calendar: state.calendar,
        options,
        listing: &listing,
        rhythms,
        expander,
        details: details::Details::default(),
        ids,
        plan,
    };
    for (id, series) in by_series {
        planner.series(id, series);
    }
    planner.plan
}

/// What planning one series after the other shares.
struct Planner<'a, 'i> {
    calendar: CalendarId,
    options: &'a Options,
    listing: &'a Listing<'a>,
    /// By UID, as it was at the last sync.
    rhythms: HashMap<&'a str, identity::Rhythm>,
    expander: Expander,
    details: details::Details,
    ids: &'i mut dyn FnMut() -> Uuid,
    plan: Plan,
}

impl Planner<'_, '_> {
    fn new_meeting(&mut self) -> MeetingId {
        MeetingId((self.ids)())
    }

    fn has(&self, known: &KnownMeeting) -> bool {
        known.calendars.contains(&self.calendar)
    }

    /// Whether this calendar's details are the meeting's: it first had it, or whoever did no longer has.
    fn leads(&self, known: &KnownMeeting) -> bool {
        known.calendars.first().is_none_or(|first| *first == self.calendar) || known.status == MeetingStatus::Cancelled
    }

    fn elsewhere(&self, known: &KnownMeeting) -> bool {
        known.calendars.iter().any(|calendar| *calendar != self.calendar)
    }
}

#[cfg(test)]
mod tests;
