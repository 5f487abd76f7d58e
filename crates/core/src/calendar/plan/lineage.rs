//! Which series a UID belongs to: known ones stay, halves of a split join, strangers under the same UID part.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{Duration, NaiveDateTime};
use uuid::Uuid;

use super::listing::{Listed, Listing};
use super::{KnownMeeting, Plan, State};
use crate::calendar::{Event, EventGroup, Expander, Rule};
use crate::model::SeriesId;

/// The series of every listed UID; new ones and new ties are written into `plan`.
pub(super) fn assign<'a>(
    state: &'a State,
    listing: &'a Listing<'a>,
    expander: &mut Expander,
    plan: &mut Plan,
    ids: &mut dyn FnMut() -> Uuid,
) -> HashMap<&'a str, SeriesId> {
    let mut known: HashMap<&str, Vec<SeriesId>> = HashMap::new();
    let mut bases: HashMap<String, SeriesId> = HashMap::new();
    for (uid, series) in &state.series {
        known.entry(uid).or_default().push(*series);
        bases.entry(base(uid)).or_insert(*series);
    }
    let mut meetings: HashMap<SeriesId, Vec<&KnownMeeting>> = HashMap::new();
    for meeting in &state.meetings {
        if let Some(series) = meeting.series_id {
            meetings.entry(series).or_default().push(meeting);
        }
    }
    let mut assigned = HashMap::new();
    let mut strangers = Vec::new();
    for (uid, listed) in &listing.groups {
        let candidates = known.get(uid).map(Vec::as_slice).unwrap_or_default();
        match choose(state, uid, listed, candidates, &meetings) {
            Some(series) => _ = assigned.insert(*uid, series),
            None => strangers.push((*uid, listed)),
        }
    }
    // A split's second half starts after its first: in this order each half finds the one before.
    strangers.sort_by_key(|(uid, listed)| (listed.group.head().map(|event| event.start.local()), *uid));
    let mut ends = Ends::of(expander, &strangers, listing, &assigned);
    for (uid, listed) in strangers {
        let fresh = !known.contains_key(uid);
        let split = bases.get(&base(uid)).copied().filter(|_| fresh).or_else(|| ends.before(listed.group));
        let series = split.unwrap_or_else(|| {
            let id = SeriesId(ids());
            plan.new_series.push((id, listed.group.head().map(|event| event.title.clone()).unwrap_or_default()));
            id
        });
        plan.series_uids.push((uid.to_owned(), series));
        bases.entry(base(uid)).or_insert(series);
        ends.add(expander, listed.group, series);
        assigned.insert(uid, series);
    }
    assigned
}

/// Among the series that know a UID the one meant here: that of this calendar's own meetings, else one that is not
/// about something else.
fn choose(
    state: &State,
    uid: &str,
    listed: &Listed<'_>,
    candidates: &[SeriesId],
    meetings: &HashMap<SeriesId, Vec<&KnownMeeting>>,
) -> Option<SeriesId> {
    let of = |series: &SeriesId| meetings.get(series).map(Vec::as_slice).unwrap_or_default();
    let own = candidates.iter().find(|series| {
        of(series).iter().any(|known| known.calendars.contains(&state.calendar) && known.uid.as_deref() == Some(uid))
    });
    let alike = || {
        candidates.iter().find(|series| {
            let known = of(series);
            known.is_empty() || !known.iter().all(|known| differs(listed.group, known))
        })
    };
    own.or_else(alike).copied()
}

/// Whether organizer, people and title are all others: then the same UID means another meeting. What either does not
/// say is no difference.
fn differs(group: &EventGroup, known: &KnownMeeting) -> bool {
    let Some(event) = group.head() else { return false };
    let other_title = !event.title.trim().is_empty()
        && !known.title.trim().is_empty()
        && folded(&event.title) != folded(&known.title);
    let organizer = event.organizer.as_ref().and_then(|organizer| organizer.email.as_deref());
    let other_organizer = match (organizer, known.organizer.as_deref()) {
        (Some(one), Some(other)) => !one.eq_ignore_ascii_case(other),
        _ => false,
    };
    let people = people(event);
    let other_people = !people.is_empty()
        && !known.emails.is_empty()
        && !known.emails.iter().any(|email| people.contains(email.to_lowercase().as_str()));
    other_title && other_organizer && other_people
}

/// A UID without what Google appends to that of a split's later half: `abc_R20260105T090000@google.com`.
fn base(uid: &str) -> String {
    let (local, domain) = uid.split_once('@').unwrap_or((uid, ""));
    let cut = local.rfind("_R").filter(|at| {
        let rest = &local[at + 2..];
        rest.len() >= 8
            && rest.bytes().take(8).all(|byte| byte.is_ascii_digit())
            && rest.bytes().skip(8).all(|byte| byte.is_ascii_digit() || byte == b'T' || byte == b'Z')
    });
    match cut {
        Some(at) => format!("{}@{domain}", &local[..at]),
        None => format!("{local}@{domain}"),
    }
}

fn folded(title: &str) -> String {
    title.trim().to_lowercase()
}

fn people(event: &Event) -> BTreeSet<String> {
    event
        .attendees
        .iter()
        .chain(&event.organizer)
        .filter(|participant| !participant.resource)
        .filter_map(|participant| participant.email.as_deref())
        .map(str::to_lowercase)
        .collect()
}

/// Where rules with an end have it, by what both halves of a split share: title and people.
struct Ends {
    wanted: HashSet<Likeness>,
    by_likeness: HashMap<Likeness, Vec<End>>,
}

type Likeness = (String, BTreeSet<String>);

struct End {
    last: NaiveDateTime,
    interval: Duration,
    series: SeriesId,
}

impl Ends {
    fn of(
        expander: &mut Expander,
        strangers: &[(&str, &Listed<'_>)],
        listing: &Listing<'_>,
        assigned: &HashMap<&str, SeriesId>,
    ) -> Self {
        let wanted = strangers.iter().filter_map(|(_, listed)| likeness(listed.group)).collect();
        let mut ends = Self { wanted, by_likeness: HashMap::new() };
        for (uid, series) in assigned {
            if let Some(listed) = listing.groups.get(uid) {
                ends.add(expander, listed.group, *series);
            }
        }
        ends
    }

    fn add(&mut self, expander: &mut Expander, group: &EventGroup, series: SeriesId) {
        let Some(likeness) = likeness(group).filter(|likeness| self.wanted.contains(likeness)) else { return };
        if let Some((last, interval)) = group.master().and_then(|master| last_start(expander, master)) {
            self.by_likeness.entry(likeness).or_default().push(End { last, interval, series });
        }
    }

    /// The series that ends where this group begins.
    fn before(&self, group: &EventGroup) -> Option<SeriesId> {
        let start = group.master()?.start.local();
        self.by_likeness
            .get(&likeness(group)?)?
            .iter()
            .filter(|end| end.last < start && start <= end.last + end.interval * 2)
            .max_by_key(|end| end.last)
            .map(|end| end.series)
    }
}

fn likeness(group: &EventGroup) -> Option<Likeness> {
    let master = group.master().filter(|master| !master.rrules.is_empty())?;
    Some((folded(&master.title), people(master)))
}

/// The last start of a master whose one rule ends, and its interval.
fn last_start(expander: &mut Expander, master: &Event) -> Option<(NaiveDateTime, Duration)> {
    let [text] = master.rrules.as_slice() else { return None };
    let rule: Rule = text.parse().ok()?;
    let interval = rule.interval_length();
    let start = master.start.local();
    let last = match (rule.until, rule.count) {
        (None, None) => return None,
        (Some(until), _) => {
            let until = expander.until(&master.start, Some(until))?;
            let near = until - interval.checked_mul(2)?;
            rule.instances_from(start, near.max(start)).ok()?.take(10_000).take_while(|at| *at <= until).last()
        }
        (None, Some(_)) => rule.instances(start).ok()?.take(10_000).last(),
    };
    Some((last.unwrap_or(start), interval))
}
