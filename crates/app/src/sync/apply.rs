//! Carrying out a plan, in one transaction.

use std::collections::HashMap;

use throughline_core::calendar::{Participant, Plan, PlannedMeeting};
use throughline_core::graph::SeriesFact;
use throughline_core::model::{Account, Calendar, MeetingId, MeetingStatus, PersonId, Role, Times};
use throughline_core::people::{ParticipantKind, classify, normalize_email};
use throughline_store::attendance::Invited;
use throughline_store::event::Event;
use throughline_store::meeting::{Base, Overlay};
use throughline_store::{Kind, Write, attendance, event, meeting, person, queue, series};

use crate::app::{App, directory};
use crate::directory::{Described, Directory};
use crate::{Failure, Result, store_people};

/// Does what a plan says.
pub(super) async fn apply(
    app: &App,
    tx: &mut Write,
    account: &Account,
    calendar: &Calendar,
    plan: &Plan,
) -> Result<()> {
    for moved in &plan.moved {
        tx.touch(Kind::Occurrence, moved.meeting).await?;
    }
    put_events(tx, calendar, plan).await?;
    let made: Vec<SeriesFact> =
        plan.new_series.iter().map(|(id, title)| SeriesFact { id: *id, title: title.clone() }).collect();
    for series in &made {
        tx.feed(Kind::Series, series.id);
    }
    series::put(tx, &made).await?;
    series::put_uids(tx, &plan.series_uids).await?;
    if !plan.put.is_empty() {
        put_meetings(app, tx, account, calendar, &plan.put).await?;
    }
    meeting::link(tx, calendar.id, &plan.link).await?;
    meeting::unlink(tx, calendar.id, &plan.unlink).await?;
    cancel(app, tx, &plan.cancel).await?;
    for queued in &plan.queue {
        queue::put(tx, queued.meeting, app.clock().now).await?;
        tx.feed(Kind::Queue, queued.meeting);
    }
    // Prep that was never used is offered to the next occurrence.
    for id in meeting::only_prep(tx, &plan.cancel).await? {
        queue::put(tx, id, app.clock().now).await?;
        tx.feed(Kind::Queue, id);
    }
    let came: Vec<&Times> = plan.put.iter().map(|put| &put.times).collect();
    crate::queue::offer(app, tx, &came).await?;
    queue::remove(tx, &plan.unqueue).await?;
    meeting::delete(tx, &plan.remove).await?;
    if !(plan.put.is_empty() && plan.unlink.is_empty() && plan.cancel.is_empty() && plan.remove.is_empty()) {
        crate::queue::withdraw(app, tx).await?;
    }
    let touched = plan.link.iter().chain(&plan.unlink).chain(&plan.cancel).chain(&plan.remove).chain(&plan.unqueue);
    for id in touched {
        tx.feed(Kind::Meeting, id);
    }
    if !plan.remove.is_empty() {
        for series in series::prune(tx).await? {
            tx.feed(Kind::Series, series);
        }
    }
    Ok(())
}

async fn put_events(tx: &mut Write, calendar: &Calendar, plan: &Plan) -> Result<()> {
    let mut events = Vec::with_capacity(plan.put_events.len());
    for stored in &plan.put_events {
        let payload = serde_json::to_string(&stored.group)
            .map_err(|_| Failure::new("internal", "An event could not be stored."))?;
        events.push(Event { uid: stored.uid.clone(), fingerprint: stored.fingerprint.clone(), payload });
    }
    event::put(tx, calendar.id, &events).await?;
    event::remove(tx, calendar.id, &plan.remove_events).await?;
    Ok(())
}

/// Calls meetings off. One in whose notes something was written since it began took place, whatever its calendar says
/// of it later: a series is ended by deleting it, and whoever leaves a firm takes their events along.
async fn cancel(app: &App, tx: &mut Write, ids: &[MeetingId]) -> Result<()> {
    let (now, zone) = (app.clock().now, app.clock().zone);
    let written = meeting::written_at(tx, ids).await?;
    let mut cancelled = Vec::with_capacity(ids.len());
    for (base, overlay) in meeting::stored(tx, ids).await? {
        let start = overlay.times.as_ref().unwrap_or(&base.times).start(zone);
        if overlay.held.is_none() && start <= now && written.get(&base.id).is_some_and(|at| *at >= start) {
            tx.touch(Kind::Meeting, base.id).await?;
            meeting::set(tx, base.id, &Overlay { held: Some(true), ..overlay }).await?;
        }
        cancelled.push(Base { status: MeetingStatus::Cancelled, ..base });
    }
    Ok(meeting::put(tx, &cancelled).await?)
}

async fn put_meetings(
    app: &App,
    tx: &mut Write,
    account: &Account,
    calendar: &Calendar,
    planned: &[PlannedMeeting],
) -> Result<()> {
    let mut people = Known { directory: directory(tx).await?, merged: person::merged_addresses(tx).await? };
    let mut invited = Vec::new();
    let mut bases = Vec::with_capacity(planned.len());
    let mut rooms = Vec::with_capacity(planned.len());
    for meeting in planned {
        let organizer = meeting.organizer.as_ref().and_then(|organizer| people.person(app, organizer));
        rooms.push(room(app, &mut people, meeting, organizer));
        bases.push(base(account, meeting, organizer));
    }
    store_people::put_synced(tx, &mut people.directory).await?;
    meeting::put(tx, &bases).await?;
    let ids: Vec<MeetingId> = planned.iter().map(|meeting| meeting.id).collect();
    for (meeting, room) in planned.iter().zip(rooms) {
        invited.extend(room.into_iter().map(|(person, role, response)| Invited {
            meeting: meeting.id,
            person,
            role,
            response,
        }));
        tx.feed(Kind::Meeting, meeting.id);
    }
    meeting::link(tx, calendar.id, &ids).await?;
    attendance::put_invited(tx, &ids, &invited).await?;
    Ok(())
}

type Seat = (PersonId, Role, Option<throughline_core::model::Response>);

/// Who is invited, nobody twice; whoever called the meeting is at it.
fn room(app: &App, people: &mut Known, meeting: &PlannedMeeting, organizer: Option<PersonId>) -> Vec<Seat> {
    let mut room: Vec<Seat> = Vec::with_capacity(meeting.attendees.len() + 1);
    for attendee in &meeting.attendees {
        let Some(id) = people.person(app, attendee) else { continue };
        let role = if Some(id) == organizer { Role::Organizer } else { attendee.role };
        if !room.iter().any(|(other, ..)| *other == id) {
            room.push((id, role, attendee.response));
        }
    }
    if let Some(id) = organizer
        && !room.iter().any(|(other, ..)| *other == id)
    {
        room.push((id, Role::Organizer, None));
    }
    room
}

/// Everybody there is, and whose the addresses of merged people are by themselves.
struct Known {
    directory: Directory,
    merged: HashMap<String, PersonId>,
}

impl Known {
    /// The person somebody invited is; none for rooms, things and groups. Of merged people it is the one invited, so that
    /// taking them apart leaves each what was theirs.
    fn person(&mut self, app: &App, who: &Participant) -> Option<PersonId> {
        let (name, email) = (who.name.as_deref(), who.email.as_deref());
        if who.resource || classify(name, email, who.cutype.as_deref()) != ParticipantKind::Human {
            return None;
        }
        let found = self.directory.find_or_make(Described { name, email, handle: None }, &mut || app.id())?;
        let address = email.and_then(normalize_email);
        Some(address.and_then(|address| self.merged.get(&address).copied()).unwrap_or(found))
    }
}

fn base(account: &Account, meeting: &PlannedMeeting, organizer: Option<PersonId>) -> Base {
    Base {
        id: meeting.id,
        source: account.provider.into(),
        series_id: Some(meeting.series_id),
        uid: Some(meeting.uid.clone()),
        original_start: meeting.original_start,
        title: meeting.title.clone(),
        kind: meeting.kind,
        status: meeting.status,
        times: meeting.times.clone(),
        location: meeting.location.clone(),
        call_url: meeting.call_url.clone(),
        description: meeting.description.clone(),
        organizer,
        my_response: meeting.my_response,
        fingerprint: Some(meeting.fingerprint.clone()),
    }
}
