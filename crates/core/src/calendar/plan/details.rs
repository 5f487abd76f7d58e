//! What a meeting shows, as a fingerprint: equal means there is nothing to put.

use std::collections::HashMap;

use crate::calendar::event::digest;
use crate::calendar::{Event, Occurrence};

/// Fingerprints of details, worked out once for each event.
#[derive(Default)]
pub(super) struct Details {
    /// By the event's place in memory: events outlive the plan.
    events: HashMap<*const Event, String>,
}

impl Details {
    /// Of everything a [`super::PlannedMeeting`] says of an occurrence.
    pub fn fingerprint(&mut self, occurrence: &Occurrence<'_>) -> String {
        let event = occurrence.event;
        let of_event = self.events.entry(std::ptr::from_ref(event)).or_insert_with(|| {
            let texts = (&event.uid, &event.title, &event.location, &event.call_url, &event.description);
            let people = (&event.organizer, &event.attendees, event.attendees_omitted, event.my_response);
            let shown = serde_json::to_string(&(texts, people, event.kind, event.transparent));
            digest(std::iter::once(shown.unwrap_or_default().as_str()))
        });
        let own = serde_json::to_string(&(occurrence.original_start, &occurrence.times, occurrence.status));
        digest([of_event.as_str(), own.unwrap_or_default().as_str()].into_iter())
    }
}
