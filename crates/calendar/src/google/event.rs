//! From Google's event to ours (<https://developers.google.com/workspace/calendar/api/v3/reference/events>).

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use google_calendar3::api;
use throughline_core::calendar::{Attachment, Event, EventTime, Limits, Participant, Warning, Zone};
use throughline_core::model::{MeetingKind, MeetingStatus, Response, Role, resolve_local};

use crate::{call, ics};

/// What an event is read with.
pub(super) struct Reading<'a> {
    /// The calendar's own zone.
    pub zone: Option<Tz>,
    /// Whose calendar it is: in anybody else's, `self` is not the user.
    pub user: &'a str,
    /// Whether it is the user's first calendar.
    pub primary: bool,
    pub limits: Limits,
}

/// An event with a start. `uid` is what it shares with its master and other calendars.
pub(super) fn read(item: api::Event, uid: String, reading: &Reading<'_>) -> Option<(Event, Vec<Warning>)> {
    let mut warnings = Vec::new();
    let start = time(item.start.as_ref()?, reading)?;
    let title = shortened(item.summary.unwrap_or_default(), reading.limits.text);
    let mut event = Event::new(uid, start, title);
    event.end = item.end.as_ref().and_then(|end| time(end, reading));
    event.sequence = item.sequence.unwrap_or(0).into();
    event.modified = item.updated;
    event.status = match item.status.as_deref() {
        Some("tentative") => MeetingStatus::Tentative,
        Some("cancelled") => MeetingStatus::Cancelled,
        _ => MeetingStatus::Confirmed,
    };
    event.kind = match item.event_type.as_deref() {
        Some("focusTime") => MeetingKind::Focus,
        Some("outOfOffice") => MeetingKind::OutOfOffice,
        Some("workingLocation") => MeetingKind::WorkingLocation,
        _ => MeetingKind::Meeting,
    };
    event.transparent = item.transparency.as_deref() == Some("transparent");
    event.description = text(item.description, reading.limits.text);
    event.location = text(item.location, reading.limits.text);
    event.url = item.html_link.filter(|link| link.starts_with("https://"));
    let conference = item.conference_data.and_then(|data| data.entry_points).unwrap_or_default();
    event.call_url = call_url(&conference, item.hangout_link.as_deref(), &event);
    event.attachments = item.attachments.into_iter().flatten().filter_map(attachment).take(100).collect();
    if item.recurring_event_id.is_some() {
        let id = item.id.as_deref().unwrap_or_default();
        let original = item.original_start_time.as_ref().and_then(|time| self::time(time, reading));
        event.recurrence_id = Some(original.or_else(|| original_in(id)).unwrap_or_else(|| event.start.clone()));
    } else if let Some(lines) = item.recurrence {
        warnings = ics::read_recurrence(lines.iter().map(String::as_str), &mut event, &reading.limits);
    }
    event.organizer = item.organizer.map(|organizer| Participant {
        name: organizer.display_name.and_then(name),
        email: organizer.email.and_then(email),
        role: Role::Organizer,
        is_self: is_user(organizer.self_, reading),
        ..Participant::default()
    });
    event.organizer = event.organizer.filter(|organizer| organizer.name.is_some() || organizer.email.is_some());
    people(&mut event, item.attendees.unwrap_or_default(), reading);
    event.attendees_omitted |= item.attendees_omitted == Some(true);
    Some((event, warnings))
}

/// An occurrence that its series leaves out; it has only what the reference promises of it.
pub(super) fn left_out(item: &api::Event, uid: String, reading: &Reading<'_>) -> Option<Event> {
    let id = item.id.as_deref().unwrap_or_default();
    let original = item.original_start_time.as_ref().and_then(|original| time(original, reading));
    let original = original.or_else(|| original_in(id))?;
    let mut event = Event::new(uid, original.clone(), item.summary.clone().unwrap_or_default());
    event.recurrence_id = Some(original);
    event.status = MeetingStatus::Cancelled;
    event.sequence = item.sequence.unwrap_or(0).into();
    Some(event)
}

/// A day, or a wall-clock time in its zone: the hub gives an instant and the zone's name.
fn time(given: &api::EventDateTime, reading: &Reading<'_>) -> Option<EventTime> {
    if let Some(date) = given.date {
        return Some(EventTime::Date(date));
    }
    let at = given.date_time?;
    let zone = given.time_zone.as_deref().and_then(|name| name.parse().ok()).or(reading.zone);
    let Some(zone): Option<Tz> = zone else { return Some(EventTime::Utc(at)) };
    let local = at.with_timezone(&zone).naive_local();
    // In the hour that comes twice a wall-clock time means the first; the second is said as an instant.
    let same = resolve_local(local, zone) == at;
    Some(if same { EventTime::Zoned { local, zone: Zone::Iana(zone) } } else { EventTime::Utc(at) })
}

/// The original start in an instance's id: `abc_20260105T090000Z`, `abc_20260105`.
pub(super) fn original_in(id: &str) -> Option<EventTime> {
    let stamp = id.rsplit_once('_')?.1;
    if let Some(utc) = stamp.strip_suffix('Z') {
        return Some(EventTime::Utc(NaiveDateTime::parse_from_str(utc, "%Y%m%dT%H%M%S").ok()?.and_utc()));
    }
    (stamp.len() == 8).then(|| NaiveDate::parse_from_str(stamp, "%Y%m%d").ok().map(EventTime::Date))?
}

fn call_url(entries: &[api::EntryPoint], hangout: Option<&str>, event: &Event) -> Option<String> {
    let of = |kind: &str| {
        let mut entries = entries.iter().filter(|entry| entry.entry_point_type.as_deref() == Some(kind));
        entries.find_map(|entry| entry.uri.as_deref().and_then(call::stated))
    };
    of("video")
        .or_else(|| hangout.and_then(call::stated))
        .or_else(|| [&event.location, &event.description].into_iter().flatten().find_map(|text| call::find(text)))
        .or_else(|| of("more"))
}

fn attachment(given: api::EventAttachment) -> Option<Attachment> {
    let url = call::stated(&given.file_url?)?;
    Some(Attachment { title: given.title.and_then(name).unwrap_or_default(), url })
}

fn people(event: &mut Event, attendees: Vec<api::EventAttendee>, reading: &Reading<'_>) {
    let most = reading.limits.attendees;
    event.attendees_omitted = attendees.len() > most;
    event.attendees = attendees.into_iter().take(most).filter_map(|attendee| participant(attendee, reading)).collect();
    event.my_response = event.attendees.iter().find(|attendee| attendee.is_self).and_then(|attendee| attendee.response);
}

fn participant(given: api::EventAttendee, reading: &Reading<'_>) -> Option<Participant> {
    let email = given.email.and_then(email);
    let is_self =
        is_user(given.self_, reading) || email.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(reading.user));
    let found = Participant {
        name: given.display_name.and_then(name),
        email,
        cutype: None,
        role: match (given.organizer, given.optional) {
            (Some(true), _) => Role::Organizer,
            (_, Some(true)) => Role::Optional,
            _ => Role::Required,
        },
        response: match given.response_status.as_deref() {
            Some("accepted") => Some(Response::Accepted),
            Some("declined") => Some(Response::Declined),
            Some("tentative") => Some(Response::Tentative),
            Some("needsAction") => Some(Response::NeedsAction),
            _ => None,
        },
        is_self,
        resource: given.resource == Some(true),
    };
    (found.name.is_some() || found.email.is_some()).then_some(found)
}

/// `self` says whose calendar this copy is in; only in the user's own is that the user.
fn is_user(flag: Option<bool>, reading: &Reading<'_>) -> bool {
    flag == Some(true) && reading.primary
}

fn email(text: String) -> Option<String> {
    let email = text.trim().to_lowercase();
    (email.contains('@') && email.len() <= 320).then_some(email)
}

fn name(text: String) -> Option<String> {
    let name = shortened(text.trim().to_owned(), 300);
    (!name.is_empty()).then_some(name)
}

fn text(text: Option<String>, max: usize) -> Option<String> {
    text.filter(|text| !text.trim().is_empty()).map(|text| shortened(text, max))
}

fn shortened(mut text: String, max: usize) -> String {
    text.truncate(text.floor_char_boundary(max));
    text
}
