//! What a provider answered, put together with what the calendar had: whole groups for the planner.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{Event, EventGroup, Fetched, StoredGroup, Warning};

/// One thing a provider stores under an id of its own: at Google a single event, a master or one override; on a CalDAV
/// server a resource with a master and all its overrides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What the provider calls it; unique in its calendar. Where a provider has no such ids, the UID.
    pub id: String,
    /// The version of it (RFC 9110 §8.8.3), where the provider says one.
    pub etag: Option<String>,
    /// Its components; none where it is nothing that can be a meeting.
    pub events: Vec<Event>,
}

/// What a provider said of one calendar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Whether `items` is all the calendar has; else it is what changed, and `removed` what went.
    pub complete: bool,
    /// Each in place of whatever the calendar had under its id.
    pub items: Vec<Item>,
    /// Ids that are gone. With a master its overrides go, save those in `items`.
    pub removed: Vec<String>,
    /// Ids that are there and could not be read: what the calendar had under them stays.
    pub unreadable: Vec<String>,
    /// What the user should know.
    pub warnings: Vec<Warning>,
}

/// What the planner is to be told: of a complete answer everything there is, else of every UID that the answer speaks of, the whole group as it is now.
#[must_use]
pub fn merge(stored: &[StoredGroup], changes: Changes) -> Fetched {
    let Changes { complete, items, removed, unreadable, warnings } = changes;
    let unreadable: HashSet<&str> = unreadable.iter().map(String::as_str).collect();
    let removed: HashSet<&str> = removed.iter().map(String::as_str).collect();
    let replaced: HashSet<String> = items.iter().map(|item| item.id.clone()).collect();
    let mut arrived: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    for item in items {
        for mut event in item.events {
            event.remote_id = Some(item.id.clone());
            arrived.entry(event.uid.clone()).or_default().push(event);
        }
    }
    let known: BTreeMap<&str, &EventGroup> = stored.iter().map(|stored| (stored.uid.as_str(), &stored.group)).collect();
    let names = |event: &Event| match event.remote_id.as_deref() {
        Some(id) => removed.contains(id) || replaced.contains(id),
        None => false,
    };
    let touched: BTreeSet<String> = arrived
        .keys()
        .cloned()
        .chain(stored.iter().filter(|s| complete || s.group.events.iter().any(names)).map(|s| s.uid.clone()))
        .collect();
    let mut groups = Vec::with_capacity(touched.len());
    let mut deleted_uids = Vec::new();
    for uid in touched {
        let before = known.get(uid.as_str()).map(|group| group.events.as_slice()).unwrap_or_default();
        let is = |event: &Event, ids: &HashSet<&str>| event.remote_id.as_deref().is_some_and(|id| ids.contains(id));
        let without_master = before.iter().any(|event| event.recurrence_id.is_none() && is(event, &removed));
        let stays = |event: &&Event| match event.remote_id.as_deref() {
            Some(id) if unreadable.contains(id) => true,
            _ if complete || without_master => false,
            Some(id) => !removed.contains(id) && !replaced.contains(id),
            None => !arrived.contains_key(&uid),
        };
        let mut events: Vec<Event> = before.iter().filter(stays).cloned().collect();
        events.extend(arrived.get(&uid).into_iter().flatten().cloned());
        if !events.is_empty() {
            groups.push(EventGroup { uid, events });
        } else if !complete && !before.is_empty() {
            deleted_uids.push(uid);
        }
    }
    Fetched { complete, groups, deleted_uids, warnings }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::fingerprint;
    use crate::calendar::samples::{change, event, series};

    fn named(id: &str, event: Event) -> Event {
        Event { remote_id: Some(id.to_owned()), ..event }
    }

    fn item(id: &str, events: Vec<Event>) -> Item {
        Item { id: id.to_owned(), etag: None, events }
    }

    /// A series `s` with an override, whose ids are `m` and `m_1`, and a single event `a`.
    fn stored() -> Vec<StoredGroup> {
        let master = named("m", series("s", "2026-01-05T10:00Z", "FREQ=WEEKLY"));
        let moved = named("m_1", change("s", "2026-01-12T10:00Z", "2026-01-12T11:00Z"));
        [("a", vec![named("a", event("a", "2026-01-05T10:00Z"))]), ("s", vec![master, moved])]
            .into_iter()
            .map(|(uid, events)| {
                let group = EventGroup { uid: uid.to_owned(), events };
                StoredGroup { uid: uid.to_owned(), fingerprint: fingerprint(&group), group }
            })
            .collect()
    }

    /// The ids left under each UID the answer speaks of, and the UIDs deleted.
    fn check(changes: Changes, groups: &[(&str, &[&str])], deleted: &[&str]) {
        let fetched = merge(&stored(), changes);
        let ids = |group: &EventGroup| -> Vec<String> {
            group.events.iter().filter_map(|event| event.remote_id.clone()).collect()
        };
        let found: Vec<(String, Vec<String>)> =
            fetched.groups.iter().map(|group| (group.uid.clone(), ids(group))).collect();
        let expected: Vec<(String, Vec<String>)> = groups
            .iter()
            .map(|(uid, ids)| ((*uid).to_owned(), ids.iter().map(|id| (*id).to_owned()).collect()))
            .collect();
        assert_eq!((found, fetched.deleted_uids), (expected, deleted.iter().map(|uid| (*uid).to_owned()).collect()));
    }

    #[test]
    fn what_an_answer_does_not_speak_of_is_left_alone() {
        check(Changes::default(), &[], &[]);
    }

    #[test]
    fn an_override_that_arrives_alone_joins_its_series() {
        let other = change("s", "2026-01-19T10:00Z", "2026-01-20T10:00Z");
        let changes = Changes { items: vec![item("m_2", vec![other])], ..Changes::default() };
        check(changes, &[("s", &["m", "m_1", "m_2"])], &[]);
    }

    #[test]
    fn an_item_takes_the_place_of_what_had_its_id_under_another_uid_too() {
        let changes = Changes { items: vec![item("a", vec![event("b", "2026-01-06")])], ..Changes::default() };
        check(changes, &[("b", &["a"])], &["a"]);
    }

    #[test]
    fn with_a_master_its_overrides_go_and_without_it_only_what_is_named() {
        let removed =
            |ids: &[&str]| Changes { removed: ids.iter().map(|id| (*id).to_owned()).collect(), ..Changes::default() };
        check(removed(&["m"]), &[], &["s"]);
        check(removed(&["m_1"]), &[("s", &["m"])], &[]);
        check(removed(&["nothing"]), &[], &[]);
        let alone = change("s", "2026-01-19T10:00Z", "2026-01-20T10:00Z");
        let changes = Changes { items: vec![item("m_2", vec![alone])], ..removed(&["m"]) };
        check(changes, &[("s", &["m_2"])], &[]);
    }

    #[test]
    fn a_complete_answer_is_all_there_is_but_for_what_could_not_be_read() {
        let all = |unreadable: &[&str]| Changes {
            complete: true,
            items: vec![item("m", vec![series("s", "2026-01-05T10:00Z", "FREQ=WEEKLY")])],
            unreadable: unreadable.iter().map(|id| (*id).to_owned()).collect(),
            ..Changes::default()
        };
        check(all(&[]), &[("s", &["m"])], &[]);
        check(all(&["m_1", "a"]), &[("a", &["a"]), ("s", &["m_1", "m"])], &[]);
    }
}
