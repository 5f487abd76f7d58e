//! What the calendar has now, what it had, and whether too much of that would go.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Brake, Fetched, Options, State, StoredGroup};
use crate::calendar::{Event, EventGroup, Expander, Window, fingerprint};
use crate::model::MeetingStatus;

/// A group the calendar has now.
pub(super) struct Listed<'a> {
    pub group: &'a EventGroup,
    /// The group as it was at the last sync.
    pub before: Option<&'a StoredGroup>,
    fingerprint: Cow<'a, str>,
}

impl Listed<'_> {
    /// Whether it says something else than at the last sync.
    pub fn changed(&self) -> bool {
        self.before.is_none_or(|before| before.fingerprint != self.fingerprint)
    }

    pub fn stored(&self) -> StoredGroup {
        StoredGroup {
            uid: self.group.uid.clone(),
            fingerprint: self.fingerprint.clone().into_owned(),
            group: self.group.clone(),
        }
    }
}

pub(super) struct Listing<'a> {
    /// By UID.
    pub groups: BTreeMap<&'a str, Listed<'a>>,
    /// UIDs that were stored and are no longer there.
    pub gone: Vec<&'a str>,
}

impl<'a> Listing<'a> {
    pub fn of(state: &'a State, fetched: &'a Fetched, options: &Options, expander: &mut Expander) -> Self {
        let stored: HashMap<&str, &StoredGroup> = state.stored.iter().map(|s| (s.uid.as_str(), s)).collect();
        let mut groups = BTreeMap::new();
        for group in &fetched.groups {
            if group.events.is_empty() {
                continue;
            }
            let before = stored.get(group.uid.as_str()).copied();
            let same = before.filter(|before| before.group == *group);
            let fingerprint = match same {
                Some(before) => Cow::Borrowed(before.fingerprint.as_str()),
                None => Cow::Owned(fingerprint(group)),
            };
            groups.insert(group.uid.as_str(), Listed { group, before, fingerprint });
        }
        let unreadable: HashSet<&str> = fetched.warnings.iter().filter_map(|warning| warning.uid.as_deref()).collect();
        let emptied = fetched.groups.iter().filter(|group| group.events.is_empty()).map(|group| group.uid.as_str());
        let deleted: HashSet<&str> = fetched.deleted_uids.iter().map(String::as_str).chain(emptied).collect();
        let mut gone = Vec::new();
        for before in &state.stored {
            let uid = before.uid.as_str();
            if groups.contains_key(uid) {
                continue;
            }
            let missing = deleted.contains(uid) || (fetched.complete && !unreadable.contains(uid));
            if missing && !(options.subscription && is_over(&before.group, options, expander)) {
                gone.push(uid);
            } else {
                let fingerprint = Cow::Borrowed(before.fingerprint.as_str());
                groups.insert(uid, Listed { group: &before.group, before: Some(before), fingerprint });
            }
        }
        gone.sort_unstable();
        Self { groups, gone }
    }

    pub fn changed(&self) -> impl Iterator<Item = &Listed<'a>> {
        self.groups.values().filter(|listed| listed.changed())
    }
}

/// Whether none of its occurrences is still to end.
fn is_over(group: &EventGroup, options: &Options, expander: &mut Expander) -> bool {
    let year = chrono::Duration::days(366);
    let window = Window {
        from: options.now - year,
        to: options.window.to.max(options.now.checked_add_signed(year).unwrap_or(options.now)),
    };
    let (occurrences, _) = expander.expand(group, window);
    occurrences.iter().all(|occurrence| occurrence.times.end(options.zone) <= options.now)
}

/// Of fewer events than this, most may well go at once.
const SMALL: usize = 10;

/// Whether more than half of the events, where there are ten at least, would go at once; what only changed its UID or
/// its calendar is paired off first.
pub(super) fn brake(state: &State, listing: &Listing<'_>, options: &Options) -> Option<Brake> {
    if options.accept_deletions {
        return None;
    }
    let live: Vec<&StoredGroup> = state.stored.iter().filter(|stored| !called_off(&stored.group)).collect();
    let of = live.len();
    let elsewhere: HashSet<&str> = state
        .meetings
        .iter()
        .filter(|known| {
            known.status != MeetingStatus::Cancelled && known.calendars.iter().any(|id| *id != state.calendar)
        })
        .filter_map(|known| known.uid.as_deref())
        .collect();
    let missing: HashSet<&str> = listing.gone.iter().copied().collect();
    let going: Vec<&StoredGroup> = live
        .into_iter()
        .filter(|stored| {
            let uid = stored.uid.as_str();
            missing.contains(uid) || listing.groups.get(uid).is_some_and(|listed| called_off(listed.group))
        })
        .filter(|stored| !elsewhere.contains(stored.uid.as_str()))
        .collect();
    let mut arrivals: HashMap<String, usize> = HashMap::new();
    for listed in listing.groups.values().filter(|listed| listed.before.is_none() && !called_off(listed.group)) {
        for mark in listed.group.head().map(marks).into_iter().flatten().take(1) {
            *arrivals.entry(mark).or_default() += 1;
        }
    }
    let mut take = |mark: &String| match arrivals.get_mut(mark) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        _ => false,
    };
    let gone = going
        .iter()
        .filter(|stored| {
            let mark = stored.group.head().map(marks).into_iter().flatten().next();
            !mark.is_some_and(|mark| take(&mark))
        })
        .count();
    (of >= SMALL && gone * 2 > of).then_some(Brake { gone, of })
}

/// By what an event under another UID is taken for the same one: title and start.
fn marks(event: &Event) -> Option<String> {
    Some(format!("{}\u{0}{}", event.title.trim().to_lowercase(), event.start.local()))
}

fn called_off(group: &EventGroup) -> bool {
    match group.master() {
        Some(master) => master.status == MeetingStatus::Cancelled,
        None => group.events.iter().all(|event| event.status == MeetingStatus::Cancelled),
    }
}
