//! One VEVENT.

use calcard::icalendar::{
    ICalendarComponent, ICalendarEntry, ICalendarParameterName as Parameter, ICalendarProperty as Property,
    ICalendarValue as Value,
};
use throughline_core::calendar::{Event, EventTime, Limits, Participant, Rdate, Warning, Zone, derived_uid};
use throughline_core::model::{MeetingKind, MeetingStatus, Response, Role};

use super::zones::Zones;
use super::{first_text, time, values};
use crate::call;

/// What became of a VEVENT.
pub(super) struct Read {
    pub event: Option<Event>,
    pub warnings: Vec<Warning>,
}

/// Reads a VEVENT; one without a start that can be read is no event.
pub(super) fn read(component: &ICalendarComponent, zones: &mut Zones, limits: &Limits) -> Read {
    let text = |name: &str| first_text(component, name).map(|text| shortened(text, limits.text));
    let title = text("SUMMARY").unwrap_or_default();
    let uid = uid(component, limits);
    let mut notes = Vec::new();
    let mut one = |property: &Property| {
        let entry = component.entries.iter().find(|entry| entry.name == *property)?;
        let mut times = time::times(entry, zones);
        if times.broken > 0 {
            notes.push(format!("its {} cannot be read", property.as_str()));
        }
        unknown_zone(&mut notes, times.unknown_zone.take());
        (!times.found.is_empty()).then(|| times.found.swap_remove(0).start)
    };
    let start = one(&Property::Dtstart);
    let end = one(&Property::Dtend);
    let recurrence_id = one(&Property::RecurrenceId);
    let modified = one(&Property::LastModified).or_else(|| one(&Property::Dtstamp));
    let Some(start) = start else {
        let message = format!("“{}” has no start that can be read and was left out.", name(component, limits));
        return Read { event: None, warnings: vec![Warning { uid, message }] };
    };
    let unreadable_id = component.has_property(&Property::RecurrenceId) && recurrence_id.is_none();
    if unreadable_id {
        let message = format!("A changed occurrence of “{title}” does not say which one it is and was left out.");
        return Read { event: None, warnings: vec![Warning { uid, message }] };
    }
    let uid = uid.unwrap_or_else(|| {
        notes.push("it has no UID; it is known by its title and start".to_owned());
        derived_uid(&title, &start)
    });
    let mut event = Event::new(uid, in_own_zone(start, component, zones), title);
    event.end = end;
    event.recurrence_id = recurrence_id;
    event.modified = modified.and_then(|modified| match modified {
        EventTime::Utc(at) => Some(at),
        EventTime::Floating(local) | EventTime::Zoned { local, .. } => Some(local.and_utc()),
        EventTime::Date(_) => None,
    });
    event.this_and_future = component
        .entries
        .iter()
        .any(|entry| entry.name == Property::RecurrenceId && entry.has_parameter(&Parameter::Range));
    event.sequence = values(component, &Property::Sequence).find_map(Value::as_integer).unwrap_or(0);
    event.duration = values(component, &Property::Duration).find_map(|value| match value {
        Value::Duration(duration) => Some(time::length(duration)),
        _ => None,
    });
    recurrence(&mut event, component, zones, &mut notes, limits);
    event.description = text("DESCRIPTION").or_else(|| text("X-ALT-DESC")).filter(|text| !text.trim().is_empty());
    event.location = text("LOCATION").filter(|text| !text.trim().is_empty());
    event.url = text("URL").filter(|text| !text.trim().is_empty());
    event.call_url = call_url(component, &event);
    event.status = match text("STATUS").map(|word| word.to_ascii_uppercase()).as_deref() {
        Some("CANCELLED" | "CANCELED") => MeetingStatus::Cancelled,
        Some("TENTATIVE") => MeetingStatus::Tentative,
        _ => MeetingStatus::Confirmed,
    };
    event.transparent = text("TRANSP").is_some_and(|word| word.eq_ignore_ascii_case("TRANSPARENT"));
    people(&mut event, component, limits);
    if event.attendees_omitted {
        notes.push(format!("it has more than {} attendees; the others were left out", limits.attendees));
    }
    event.kind = match text("X-MICROSOFT-CDO-BUSYSTATUS").map(|word| word.to_ascii_uppercase()).as_deref() {
        Some("OOF") => MeetingKind::OutOfOffice,
        Some("WORKINGELSEWHERE") => MeetingKind::WorkingLocation,
        _ if is_focus_time(component, &event) => MeetingKind::Focus,
        _ => MeetingKind::Meeting,
    };
    let warnings = notes.into_iter().map(|note| Warning::about(&event, note)).collect();
    Read { event: Some(event), warnings }
}

pub(super) fn uid(component: &ICalendarComponent, limits: &Limits) -> Option<String> {
    let uid = first_text(component, "UID").map(|uid| shortened(uid, limits.text));
    uid.map(|uid| uid.trim().to_owned()).filter(|uid| !uid.is_empty())
}

/// What a warning calls an event that is left out: its title, else its UID.
pub(super) fn name(component: &ICalendarComponent, limits: &Limits) -> String {
    let title = first_text(component, "SUMMARY").filter(|title| !title.trim().is_empty());
    let name = title.or_else(|| uid(component, limits)).unwrap_or_else(|| "an event without a title".to_owned());
    shortened(name, limits.text)
}

/// Time kept free for oneself: a category that says so, and nobody invited.
fn is_focus_time(component: &ICalendarComponent, event: &Event) -> bool {
    let says_so = |value: &Value| {
        value.as_text().is_some_and(|word| {
            ["focus", "focus time", "focustime"].iter().any(|name| word.trim().eq_ignore_ascii_case(name))
        })
    };
    event.attendees.is_empty()
        && component.properties(&Property::Categories).any(|entry| entry.values.iter().any(says_so))
}

/// A calendar that publishes instants but says its zone means its own clock, unless a rule runs on the instants.
fn in_own_zone(start: EventTime, component: &ICalendarComponent, zones: &Zones) -> EventTime {
    let recurs = [Property::Rrule, Property::Rdate, Property::RecurrenceId];
    let EventTime::Utc(at) = start else { return start };
    if recurs.iter().any(|property| component.has_property(property)) {
        return start;
    }
    match zones.default_zone() {
        Some(Zone::Iana(tz)) => {
            let local = at.with_timezone(&tz).naive_local();
            let same = throughline_core::model::resolve_local(local, tz) == at;
            if same { EventTime::Zoned { local, zone: Zone::Iana(tz) } } else { start }
        }
        _ => start,
    }
}

fn recurrence(
    event: &mut Event,
    component: &ICalendarComponent,
    zones: &mut Zones,
    notes: &mut Vec<String>,
    limits: &Limits,
) {
    let rules = |property: &Property| -> Vec<String> {
        values(component, property)
            .take(20)
            .filter_map(|value| match value {
                Value::RecurrenceRule(rule) => Some(rule.to_string()),
                Value::Text(text) => Some(shortened(text.clone(), 1_000)),
                _ => None,
            })
            .collect()
    };
    event.rrules = rules(&Property::Rrule);
    event.exrules = rules(&Property::Exrule);
    let mut dates = |property: &Property| -> Vec<Rdate> {
        let mut found = Vec::new();
        for entry in component.entries.iter().filter(|entry| entry.name == *property) {
            let times = time::times(entry, zones);
            if times.broken > 0 {
                notes.push(format!("{} of its {} cannot be read", times.broken, property.as_str()));
            }
            unknown_zone(notes, times.unknown_zone);
            found.extend(times.found);
        }
        if found.len() > limits.occurrences {
            notes.push(format!("it has more than {} {}; the rest was left out", limits.occurrences, property.as_str()));
            found.truncate(limits.occurrences);
        }
        found
    };
    event.rdates = dates(&Property::Rdate);
    event.exdates = dates(&Property::Exdate).into_iter().map(|date| date.start).collect();
}

fn unknown_zone(notes: &mut Vec<String>, tzid: Option<String>) {
    if let Some(tzid) = tzid {
        let note = format!("its time zone “{}” is not known; its times are read in yours", shortened(tzid, 100));
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
}

fn call_url(component: &ICalendarComponent, event: &Event) -> Option<String> {
    let stated = ["CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL"];
    let stated = stated.iter().filter_map(|name| first_text(component, name)).find_map(|text| call::stated(&text));
    stated.or_else(|| {
        [&event.url, &event.location, &event.description].into_iter().flatten().find_map(|text| call::find(text))
    })
}

fn people(event: &mut Event, component: &ICalendarComponent, limits: &Limits) {
    let of = |property: Property| component.entries.iter().filter(move |entry| entry.name == property);
    event.organizer = of(Property::Organizer)
        .next()
        .map(|entry| Participant { role: Role::Organizer, response: None, ..participant(entry) })
        .filter(|organizer| organizer.email.is_some() || organizer.name.is_some());
    let mut attendees: Vec<Participant> = of(Property::Attendee)
        .map(participant)
        .filter(|attendee| attendee.email.is_some() || attendee.name.is_some())
        .take(limits.attendees + 1)
        .collect();
    event.attendees_omitted = attendees.len() > limits.attendees;
    attendees.truncate(limits.attendees);
    event.attendees = attendees;
}

fn participant(entry: &ICalendarEntry) -> Participant {
    let parameter = |name: &Parameter| entry.parameter(name).and_then(|value| value.as_text()).map(str::to_owned);
    let upper = |name: &Parameter| parameter(name).map(|word| word.to_ascii_uppercase());
    let address = entry.values.first().and_then(Value::as_text).unwrap_or_default().trim();
    let email = match address.split_at_checked(7) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto:") => Some(rest.to_owned()),
        _ if address.contains('@') && !address.contains([':', '/']) => Some(address.to_owned()),
        _ => None,
    };
    let email = email
        .filter(|email| email.contains('@'))
        .or_else(|| parameter(&Parameter::Email))
        .map(|email| email.trim().to_lowercase())
        .filter(|email| email.contains('@') && email.len() <= 320);
    let cutype = upper(&Parameter::Cutype);
    Participant {
        name: parameter(&Parameter::Cn).map(|name| shortened(name.trim().to_owned(), 300)).filter(|n| !n.is_empty()),
        email,
        resource: matches!(cutype.as_deref(), Some("ROOM" | "RESOURCE")),
        cutype,
        role: match upper(&Parameter::Role).as_deref() {
            Some("OPT-PARTICIPANT" | "NON-PARTICIPANT") => Role::Optional,
            _ => Role::Required,
        },
        response: match upper(&Parameter::Partstat).as_deref() {
            Some("ACCEPTED") => Some(Response::Accepted),
            Some("DECLINED") => Some(Response::Declined),
            Some("TENTATIVE") => Some(Response::Tentative),
            Some("NEEDS-ACTION") => Some(Response::NeedsAction),
            _ => None,
        },
        is_self: false,
    }
}

fn shortened(mut text: String, max: usize) -> String {
    if text.len() > max {
        text.truncate(text.floor_char_boundary(max));
    }
    text
}
