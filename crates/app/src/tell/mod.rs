//! From rows to what is told: the one place where names, offsets and statuses are put beside ids.

mod items;

use std::collections::{HashMap, HashSet};

use throughline_core::graph::AsOf;
use throughline_core::model::{
    Attendance, Meeting, MeetingId, MeetingStatus, Organization, OrganizationId, OriginalStart, Person, PersonId,
    resolve_local,
};
use throughline_store::{Connection, attendance, meeting, organization, person};

use crate::clock::Clock;
use crate::view::{self, When};
use crate::{Result, clean};

pub(crate) use items::Told;

/// Tells rows, loading what they name a batch at a time.
pub(crate) struct Teller<'c> {
    pub conn: &'c mut Connection,
    clock: Clock,
    /// By when decisions are told as taken, and as superseded.
    by: AsOf,
    people: HashMap<PersonId, Person>,
    organizations: HashMap<OrganizationId, Organization>,
}

/// How a meeting stands: what was held was not called off, whatever became of its event.
pub(crate) fn status(status: MeetingStatus, held: Option<bool>) -> MeetingStatus {
    match status {
        MeetingStatus::Cancelled if held == Some(true) => MeetingStatus::Confirmed,
        status => status,
    }
}

impl<'c> Teller<'c> {
    pub fn new(conn: &'c mut Connection, clock: Clock) -> Self {
        Self::as_of(conn, clock, clock.as_of_today())
    }

    /// Tells decisions as they stood at the end of a day.
    pub fn as_of(conn: &'c mut Connection, clock: Clock, by: AsOf) -> Self {
        Self { conn, clock, by, people: HashMap::new(), organizations: HashMap::new() }
    }

    /// Loads people who are not loaded yet.
    async fn know(&mut self, ids: impl IntoIterator<Item = PersonId>) -> Result<()> {
        let missing: HashSet<PersonId> = ids.into_iter().filter(|id| !self.people.contains_key(id)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let missing: Vec<PersonId> = missing.into_iter().collect();
        for person in person::by_ids(self.conn, &missing).await? {
            self.people.insert(person.id, person);
        }
        Ok(())
    }

    fn name(&self, id: PersonId) -> String {
        self.people.get(&id).map(|person| person.name.clone()).unwrap_or_default()
    }

    fn person_ref(&self, id: PersonId) -> view::PersonRef {
        view::PersonRef { person_id: id, name: self.name(id) }
    }

    /// People, in the order given.
    pub async fn people(&mut self, people: Vec<Person>) -> Result<Vec<view::Person>> {
        let missing: HashSet<OrganizationId> = people
            .iter()
            .filter_map(|person| person.organization_id)
            .filter(|id| !self.organizations.contains_key(id))
            .collect();
        if !missing.is_empty() {
            let missing: Vec<_> = missing.into_iter().collect();
            for found in organization::by_ids(self.conn, &missing).await? {
                self.organizations.insert(found.id, found);
            }
        }
        Ok(people.into_iter().map(|person| self.person(person)).collect())
    }

    fn person(&self, person: Person) -> view::Person {
        let organization = person.organization_id.and_then(|id| self.organizations.get(&id));
        view::Person {
            id: person.id,
            handle: person.handle,
            name: person.name,
            emails: person.emails,
            aliases: person.aliases,
            organization: organization.map(|organization| organization.name.clone()),
            organization_id: person.organization_id,
            relation: person.relation,
            is_me: person.is_me,
        }
    }

    /// People by their ids, merged ones followed.
    pub async fn people_by_ids(&mut self, ids: &[PersonId]) -> Result<Vec<view::Person>> {
        let people = person::by_ids(self.conn, ids).await?;
        self.people(people).await
    }

    /// Meetings by their ids, in that order.
    pub async fn meetings_by_ids(&mut self, ids: &[MeetingId]) -> Result<Vec<view::Meeting>> {
        let meetings = meeting::by_ids(self.conn, ids).await?;
        self.meetings(meetings).await
    }

    /// Meetings, in the order given.
    pub async fn meetings(&mut self, meetings: Vec<Meeting>) -> Result<Vec<view::Meeting>> {
        let ids: Vec<MeetingId> = meetings.iter().map(|meeting| meeting.id).collect();
        let mut attendances: HashMap<MeetingId, Vec<Attendance>> = HashMap::new();
        for attendance in attendance::of_meetings(self.conn, &ids).await? {
            attendances.entry(attendance.meeting_id).or_default().push(attendance);
        }
        self.know(attendances.values().flatten().map(|attendance| attendance.person_id)).await?;
        self.know(meetings.iter().filter_map(|meeting| meeting.organizer)).await?;
        Ok(meetings
            .into_iter()
            .map(|meeting| {
                let attendees = attendances.remove(&meeting.id).unwrap_or_default();
                self.meeting(meeting, &attendees)
            })
            .collect())
    }

    /// One meeting.
    pub async fn meeting_by_id(&mut self, id: MeetingId) -> Result<Option<view::Meeting>> {
        Ok(self.meetings_by_ids(&[id]).await?.pop())
    }

    fn meeting(&self, meeting: Meeting, attendees: &[Attendance]) -> view::Meeting {
        let zone = self.clock.zone;
        let over = meeting.times.end(zone) <= self.clock.now && meeting.status != MeetingStatus::Cancelled;
        view::Meeting {
            id: meeting.id,
            title: meeting.title,
            kind: meeting.kind,
            purpose: meeting.purpose,
            my_role: meeting.my_role,
            held: meeting.held.unwrap_or(over),
            start: When::start(&meeting.times, zone),
            end: When::end(&meeting.times, zone),
            all_day: meeting.times.is_all_day(),
            zone: match &meeting.times {
                throughline_core::model::Times::AllDay { .. } => None,
                throughline_core::model::Times::Timed { zone, .. } => Some(zone.name().to_owned()),
            },
            status: status(meeting.status, meeting.held),
            series_id: meeting.series_id,
            uid: meeting.uid,
            original_start: meeting.original_start.map(|start| match start {
                OriginalStart::Date(date) => When::Date(date),
                OriginalStart::Floating(local) => When::at(resolve_local(local, zone), zone),
                OriginalStart::Instant(at) => When::at(at, zone),
            }),
            calendars: meeting.calendars,
            attendees: self.attendees(attendees),
            organizer: meeting.organizer.map(|id| self.person_ref(id)),
            location: meeting.location.map(|text| clean::line(&text)),
            call_url: meeting.call_url,
            has_notes: meeting.has_notes,
            source: meeting.source,
        }
    }

    /// Whoever called the meeting first, then by part and name.
    fn attendees(&self, attendances: &[Attendance]) -> Vec<view::Attendee> {
        let mut told: Vec<view::Attendee> = attendances.iter().map(|attendance| self.attendee(attendance)).collect();
        told.sort_by(|a, b| (a.role, &a.name, a.person_id).cmp(&(b.role, &b.name, b.person_id)));
        told
    }

    fn attendee(&self, attendance: &Attendance) -> view::Attendee {
        let person = self.people.get(&attendance.person_id);
        view::Attendee {
            person_id: attendance.person_id,
            name: self.name(attendance.person_id),
            handle: person.map(|person| person.handle.clone()).unwrap_or_default(),
            email: person.and_then(|person| person.emails.first().cloned()),
            role: attendance.role,
            response: attendance.response,
            present: attendance.present,
        }
    }
}
