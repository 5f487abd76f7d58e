//! A vault in memory, for tests: what applying a plan means, to the letter.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use uuid::Uuid;

use super::{Fetched, KnownMeeting, Options, Plan, State, StoredGroup, plan};
use crate::calendar::EventGroup;
use crate::model::{CalendarId, MeetingId, MeetingStatus, SeriesId, Source};

/// Everything sync keeps, without a database.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// By calendar and UID.
    pub stored: BTreeMap<(CalendarId, String), StoredGroup>,
    /// UIDs and their series.
    pub series: Vec<(String, SeriesId)>,
    /// By id.
    pub meetings: BTreeMap<MeetingId, KnownMeeting>,
    /// The re-link queue.
    pub queue: Vec<MeetingId>,
    next: u128,
}

impl Memory {
    /// The next id, ever the same in the same order.
    pub fn id(&mut self) -> Uuid {
        self.next += 1;
        Uuid::from_u128(self.next)
    }

    /// What [`plan()`] wants to know of a calendar; `now` makes past meetings held.
    #[must_use]
    pub fn state(&self, calendar: CalendarId, options: &Options) -> State {
        let held = |known: &KnownMeeting, zone: Tz| {
            known.status != MeetingStatus::Cancelled && known.times.end(zone) <= options.now
        };
        State {
            calendar,
            source: Source::Ics,
            stored: self.stored.iter().filter(|((of, _), _)| *of == calendar).map(|(_, s)| s.clone()).collect(),
            series: self.series.clone(),
            meetings: self
                .meetings
                .values()
                .map(|known| KnownMeeting { held: held(known, options.zone), ..known.clone() })
                .collect(),
        }
    }

    /// Plans and applies; gives back the plan.
    pub fn sync(&mut self, calendar: CalendarId, fetched: &Fetched, options: &Options) -> Plan {
        let state = self.state(calendar, options);
        let mut next = self.next;
        let plan = plan(&state, fetched, options, &mut || {
            next += 1;
            Uuid::from_u128(next)
        });
        self.next = next;
        self.apply(calendar, &plan);
        plan
    }

    /// Syncs a calendar that lists all it has.
    pub fn sync_all(&mut self, calendar: CalendarId, groups: &[EventGroup], options: &Options) -> Plan {
        let fetched = Fetched { complete: true, groups: groups.to_vec(), ..Fetched::default() };
        self.sync(calendar, &fetched, options)
    }

    /// Does what a plan says.
    ///
    /// # Panics
    /// Where the plan names a meeting that is not there, or removes one with notes.
    pub fn apply(&mut self, calendar: CalendarId, plan: &Plan) {
        for group in &plan.put_events {
            self.stored.insert((calendar, group.uid.clone()), group.clone());
        }
        for uid in &plan.remove_events {
            self.stored.remove(&(calendar, uid.clone()));
        }
        self.series.extend(plan.series_uids.iter().cloned());
        for put in &plan.put {
            let before = self.meetings.get(&put.id);
            assert_eq!(before.is_none(), put.is_new, "a new meeting is new, a known one known");
            let mut calendars = before.map(|known| known.calendars.clone()).unwrap_or_default();
            if !calendars.contains(&calendar) {
                calendars.push(calendar);
            }
            let organizer = put.organizer.as_ref().and_then(|organizer| organizer.email.clone());
            let known = KnownMeeting {
                id: put.id,
                series_id: Some(put.series_id),
                uid: Some(put.uid.clone()),
                original_start: put.original_start,
                times: put.times.clone(),
                title: put.title.clone(),
                status: put.status,
                calendars,
                has_notes: before.is_some_and(|known| known.has_notes),
                held: false,
                emails: put.attendees.iter().filter_map(|a| a.email.clone()).chain(organizer.clone()).collect(),
                organizer,
                fingerprint: put.fingerprint.clone(),
            };
            self.meetings.insert(put.id, known);
        }
        for id in &plan.link {
            self.known(*id).calendars.push(calendar);
        }
        for id in &plan.unlink {
            self.known(*id).calendars.retain(|of| *of != calendar);
        }
        for id in &plan.cancel {
            self.known(*id).status = MeetingStatus::Cancelled;
        }
        for id in &plan.remove {
            let removed = self.meetings.remove(id);
            assert!(removed.is_some_and(|known| !known.has_notes), "only what is there and has no notes is removed");
        }
        self.queue.retain(|id| !plan.unqueue.contains(id));
        self.queue.extend(plan.queue.iter().map(|queued| queued.meeting));
    }

    fn known(&mut self, id: MeetingId) -> &mut KnownMeeting {
        match self.meetings.get_mut(&id) {
            Some(known) => known,
            None => panic!("the plan names meeting {id}, which is not there"),
        }
    }
}
