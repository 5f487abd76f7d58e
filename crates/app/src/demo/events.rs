//! The events of the calendar: masters, overrides and single ones.

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use throughline_core::model::resolve_local;

use super::ics::{Event, Guest, When};
use super::people::{ME, find};
use super::prng::Prng;
use super::schedule::{Occurrence, Planned, rrule};
use super::series::Call;
use super::singles::{SINGLES, Single, Span, State};
use super::today::Day;

/// Every event, series first.
pub(super) fn all(planned: &[Planned], day: &Day) -> Vec<Event> {
    let mut events: Vec<Event> = planned.iter().flat_map(|p| series(p, day)).collect();
    events.extend(SINGLES.iter().map(|s| single(s, day)));
    events
}

/// One master for each UID of the series, and an override for each occurrence that differs from it.
fn series(planned: &Planned, day: &Day) -> Vec<Event> {
    let mut uids: Vec<&str> = planned.occurrences.iter().map(|o| o.uid.as_str()).collect();
    uids.dedup();
    let mut events = Vec::new();
    for uid in &uids {
        let mine = || planned.occurrences.iter().filter(|o| o.uid == *uid);
        let excluded: Vec<NaiveDateTime> = planned.excluded.iter().filter(|e| e.0 == *uid).map(|e| e.1).collect();
        let mut starts: Vec<NaiveDateTime> = mine().map(|o| o.original).chain(excluded.iter().copied()).collect();
        starts.sort_unstable();
        let (Some(first), Some(last)) = (starts.first().copied(), starts.last().copied()) else { continue };
        let until = resolve_local(last, planned.zone);
        let dates: Vec<_> = starts.iter().map(NaiveDateTime::date).collect();
        let mut master = blank(planned, uid, first, day);
        master.rrule = Some(rrule(planned, first, until, &dates));
        master.exdates = excluded.iter().map(|at| When::Zoned(*at, planned.zone)).collect();
        master.related_to = uids.first().filter(|base| *base != uid).map(|base| (*base).to_owned());
        events.push(master);
        if let Some(from) = planned.shifted_from {
            let mut following = blank(planned, uid, from, day);
            following.sequence = 1;
            following.recurrence_id = Some((When::Zoned(from, planned.zone), true));
            let shift = Duration::minutes(planned.spec.shifted.map_or(0, |s| s.1));
            following.start = When::Zoned(from + shift, planned.zone);
            following.end = When::Zoned(from + shift + Duration::minutes(planned.spec.minutes), planned.zone);
            events.push(following);
        }
        events.extend(
            mine().filter(|o| o.moved || o.cancelled || o.declined).map(|o| single_occurrence(planned, o, day)),
        );
    }
    events
}

fn single_occurrence(planned: &Planned, o: &Occurrence, day: &Day) -> Event {
    let mut event = blank(planned, &o.uid, o.original, day);
    event.recurrence_id = Some((When::Zoned(o.original, planned.zone), false));
    event.start = When::local(o.start, planned.zone);
    event.end = When::local(o.end, planned.zone);
    event.sequence = 2;
    event.modified = day.now.min(o.start) - Duration::days(3);
    event.cancelled = o.cancelled;
    if let Some(title) = o.title {
        event.summary = title.to_owned();
    }
    if o.declined {
        for guest in event.guests.iter_mut().filter(|g| Some(g.email.as_str()) == find(ME).map(|s| s.email)) {
            guest.partstat = "DECLINED";
        }
    }
    event
}

/// The event of a series at `at` on its wall clock, as its master says.
fn blank(planned: &Planned, uid: &str, at: NaiveDateTime, day: &Day) -> Event {
    let spec = planned.spec;
    let mut event = Event {
        uid: uid.to_owned(),
        start: When::Zoned(at, planned.zone),
        end: When::Zoned(at + Duration::minutes(spec.minutes), planned.zone),
        summary: spec.title.to_owned(),
        description: spec.description.to_owned(),
        ..empty(day.now - Duration::days(60))
    };
    let people = spec.guests.iter().map(|g| (*g, "REQ-PARTICIPANT"));
    invite(&mut event, spec.organizer, people.chain(spec.optional.iter().map(|g| (*g, "OPT-PARTICIPANT"))), false);
    join(&mut event, spec.call, spec.key);
    room(&mut event, spec.room.unwrap_or_default());
    event
}

fn single(single: &Single, day: &Day) -> Event {
    let span = single.span(day);
    let (start, end, over) = match span {
        Span::Timed(start, end) => (When::local(start, day.zone), When::local(end, day.zone), end < day.now),
        Span::AllDay(start, end) => (When::Date(start), When::Date(end), end <= day.today),
    };
    let modified = match span {
        Span::Timed(at, _) => day.now.min(at) - Duration::days(5),
        Span::AllDay(..) => day.now - Duration::days(20),
    };
    let mut event = Event {
        uid: super::schedule::uid(single.key, None),
        start,
        end,
        summary: single.title.to_owned(),
        cancelled: single.state == State::Cancelled,
        tentative: single.state == State::Tentative,
        transparent: matches!(span, Span::AllDay(..)),
        ..empty(modified)
    };
    match single.state {
        State::Focus => event.categories = "FOCUS",
        State::Away => (event.categories, event.busy_status) = ("OUT-OF-OFFICE", "OOF"),
        State::Location => (event.categories, event.busy_status) = ("WORKING-LOCATION", "WORKINGELSEWHERE"),
        State::Normal | State::Declined | State::Cancelled | State::Tentative => {
            invite(&mut event, single.organizer, single.guests.iter().map(|g| (*g, "REQ-PARTICIPANT")), !over);
        }
    }
    if single.state == State::Declined {
        for guest in event.guests.iter_mut().filter(|g| Some(g.email.as_str()) == find(ME).map(|s| s.email)) {
            guest.partstat = "DECLINED";
        }
    }
    join(&mut event, single.call, single.key);
    room(&mut event, single.room);
    event
}

fn empty(modified: DateTime<Utc>) -> Event {
    Event {
        uid: String::new(),
        start: When::Utc(modified),
        end: When::Utc(modified),
        recurrence_id: None,
        rrule: None,
        exdates: Vec::new(),
        sequence: 0,
        modified,
        summary: String::new(),
        description: String::new(),
        location: String::new(),
        conference: None,
        cancelled: false,
        tentative: false,
        transparent: false,
        categories: "",
        busy_status: "",
        related_to: None,
        organizer: None,
        guests: Vec::new(),
    }
}

/// Organizer, user and guests. Of those asked to something to come, some have not answered.
fn invite(
    event: &mut Event,
    organizer: &'static str,
    guests: impl Iterator<Item = (&'static str, &'static str)>,
    to_come: bool,
) {
    let mut rng = Prng::of(&event.uid);
    event.organizer = find(organizer).map(|s| (s.name.to_owned(), s.email.to_owned()));
    let mut all = vec![(organizer, "CHAIR")];
    if organizer != ME {
        all.push((ME, "REQ-PARTICIPANT"));
    }
    all.extend(guests);
    for (handle, role) in all {
        let Some(somebody) = find(handle) else { continue };
        let partstat = match rng.below(12) {
            _ if handle == organizer || handle == ME => "ACCEPTED",
            0 | 1 if to_come => "NEEDS-ACTION",
            2 if role == "OPT-PARTICIPANT" => "DECLINED",
            3 => "TENTATIVE",
            _ => "ACCEPTED",
        };
        let (name, email) = (somebody.name.to_owned(), somebody.email.to_owned());
        event.guests.push(Guest { name, email, partstat, role, cutype: "INDIVIDUAL" });
    }
}

/// Where to join, as each service's invitations say it.
fn join(event: &mut Event, call: Call, key: &str) {
    let mut rng = Prng::of(key);
    let mut letters =
        |n: usize| (0..n).map(|_| char::from(b'a' + u8::try_from(rng.below(26)).unwrap_or(0))).collect::<String>();
    match call {
        Call::None => {}
        Call::Meet => {
            event.conference = Some(format!("https://meet.google.com/{}-{}-{}", letters(3), letters(4), letters(3)))
        }
        Call::Zoom => {
            let digits = 80_000_000_000_u64 + Prng::of(key).next() % 9_999_999_999;
            event.location = format!("https://zoom.us/j/{digits}");
        }
        Call::Teams => {
            let said = format!(
                "Microsoft Teams meeting\nJoin: https://teams.microsoft.com/l/meetup-join/19%3ameeting_{}%40thread.v2/0",
                letters(24)
            );
            event.description =
                if event.description.is_empty() { said } else { format!("{}\n\n{said}", event.description) };
        }
    }
}

/// A room is an attendee too, and no person.
fn room(event: &mut Event, name: &str) {
    if name.is_empty() {
        return;
    }
    if event.location.is_empty() {
        event.location = format!("Room {name}, 2nd floor");
    }
    event.guests.push(Guest {
        name: format!("Room {name}"),
        email: format!("room-{}@resource.meridian.example", name.to_lowercase()),
        partstat: "ACCEPTED",
        role: "NON-PARTICIPANT",
        cutype: "ROOM",
    });
}
