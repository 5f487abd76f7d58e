//! All pages of one answer, put together: which item means what is known only at the end, when the masters are.

use std::collections::{HashMap, HashSet};

use google_calendar3::api;
use throughline_core::calendar::{Changes, Item, Warning};

use super::event::{self, Reading};
use super::item::Broken;
use crate::Known;

/// What the pages hold, and in which order it came.
#[derive(Debug, Default)]
pub(super) struct Pages {
    events: Vec<api::Event>,
    broken: Vec<Broken>,
}

impl Pages {
    pub fn take(&mut self, read: Result<api::Event, Broken>) {
        match read {
            Ok(event) if event.id.as_deref().is_some_and(|id| !id.is_empty()) => self.events.push(event),
            Ok(event) => self.broken.push(Broken { id: None, uid: event.i_cal_uid, title: event.summary }),
            Err(broken) => self.broken.push(broken),
        }
    }

    /// What they say, with what is `known` of the calendar already.
    pub fn changes(self, complete: bool, known: &Known, reading: &Reading<'_>) -> Changes {
        // Pages are made while the calendar goes on: of an item that comes twice the later one holds.
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut events: Vec<api::Event> = Vec::with_capacity(self.events.len());
        for event in self.events {
            let id = event.id.clone().unwrap_or_default();
            match places.get(&id) {
                Some(place) => events[*place] = event,
                None => {
                    places.insert(id, events.len());
                    events.push(event);
                }
            }
        }
        let uids = Uids::of(&events, known);
        let mut changes = Changes { complete, ..Changes::default() };
        for item in events {
            settle(item, &uids, reading, &mut changes);
        }
        let there: HashSet<&str> = changes.items.iter().map(|item| item.id.as_str()).collect();
        let broken: Vec<Broken> = self
            .broken
            .into_iter()
            .filter(|broken| !broken.id.as_deref().is_some_and(|id| there.contains(id)))
            .collect();
        for broken in broken {
            let uid = broken.uid.or_else(|| broken.id.as_deref().and_then(|id| uids.of_id(id)));
            let name = broken.title.filter(|title| !title.trim().is_empty()).or_else(|| uid.clone());
            let name = name.or_else(|| broken.id.clone()).unwrap_or_else(|| "an event without a name".to_owned());
            changes
                .warnings
                .push(Warning { uid, message: format!("“{name}” cannot be read and was left as it was.") });
            changes.unreadable.extend(broken.id);
        }
        changes
    }
}

/// UIDs by Google's ids: of what came, and of what was known.
struct Uids<'a> {
    came: HashMap<String, String>,
    called_off: HashSet<String>,
    known: &'a Known,
}

impl<'a> Uids<'a> {
    fn of(events: &[api::Event], known: &'a Known) -> Self {
        let pair = |event: &api::Event| Some((event.id.clone()?, event.i_cal_uid.clone()?));
        let called_off =
            events.iter().filter(|event| is_called_off(event)).filter_map(|event| event.id.clone()).collect();
        Self { came: events.iter().filter_map(pair).collect(), called_off, known }
    }

    fn of_id(&self, id: &str) -> Option<String> {
        self.came.get(id).or_else(|| self.known.get(id).and_then(|known| known.uid.as_ref())).cloned()
    }

    /// Of an event that says none: its master's, else what Google would have said.
    fn of_event(&self, event: &api::Event) -> String {
        let id = event.id.as_deref().unwrap_or_default();
        let master = event.recurring_event_id.as_deref();
        event
            .i_cal_uid
            .clone()
            .filter(|uid| !uid.trim().is_empty())
            .or_else(|| master.and_then(|master| self.of_id(master)))
            .or_else(|| self.of_id(id))
            .unwrap_or_else(|| format!("{}@google.com", master.unwrap_or(id)))
    }

    /// The series that an instance's id names, where it takes place: `abc` of `abc_20260105T090000Z`.
    fn living_master(&self, id: &str) -> Option<String> {
        let (master, _) = id.rsplit_once('_')?;
        if self.called_off.contains(master) || event::original_in(id).is_none() {
            return None;
        }
        self.of_id(master)
    }
}

fn is_called_off(event: &api::Event) -> bool {
    event.status.as_deref() == Some("cancelled")
}

fn settle(item: api::Event, uids: &Uids<'_>, reading: &Reading<'_>, changes: &mut Changes) {
    let id = item.id.clone().unwrap_or_default();
    if is_called_off(&item) {
        // With its series an occurrence goes by itself; of one that goes on, this occurrence is left out. Of anything
        // else that was deleted nothing but the id is promised.
        let master = item.recurring_event_id.as_deref();
        let of_series = match master {
            Some(master) => (!uids.called_off.contains(master)).then(|| uids.of_event(&item)),
            None => uids.living_master(&id),
        };
        match of_series.and_then(|uid| event::left_out(&item, uid, reading)) {
            Some(event) => changes.items.push(Item { id, etag: None, events: vec![event] }),
            None => changes.removed.push(id),
        }
        return;
    }
    let uid = uids.of_event(&item);
    let (title, of) = (item.summary.clone(), uid.clone());
    match event::read(item, uid, reading) {
        Some((event, warnings)) => {
            changes.warnings.extend(warnings);
            changes.items.push(Item { id, etag: None, events: vec![event] });
        }
        None => {
            let name = title.filter(|title| !title.trim().is_empty()).unwrap_or_else(|| of.clone());
            let message = format!("“{name}” says no start that can be read, and was left as it was.");
            changes.warnings.push(Warning { uid: Some(of), message });
            changes.unreadable.push(id);
        }
    }
}
