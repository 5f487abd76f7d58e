//! Meetings: lists, making, editing, who was there, and giving notes a new home.

use chrono::{Duration, NaiveDate};
use throughline_core::cadence::cadence;
use throughline_core::model::{
    Meeting, MeetingId, MeetingKind, MeetingStatus, MyRole, Note, NoteOwner, Presence, Role, Source, Times,
};
use throughline_store::attendance::{Added, Origin};
use throughline_store::meeting::{Base, Edge, Overlay};
use throughline_store::{Connection, Kind, attendance, item, meeting, note};

use crate::app::App;
use crate::clock::{Moment, parse_moment};
use crate::directory::Described;
use crate::notes::Writer;
use crate::tell::Teller;
use crate::view;
use crate::{Failure, Result, clean, event_links, resolve, store_people, sync};

pub use crate::relink::relink;

/// Which meetings; without any restriction all.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Those that end on this day or later.
    pub from: Option<NaiveDate>,
    /// Those that begin on this day or before.
    pub to: Option<NaiveDate>,
    /// Those this person is at.
    pub person: Option<String>,
    /// Those of this series.
    pub series: Option<String>,
    /// Those with notes.
    pub with_notes: bool,
}

/// The meetings that the filter keeps, by start. Days beyond what rules were expanded over are expanded first.
///
/// # Errors
/// `unknown_person`, `unknown_series`, `ambiguous`.
pub async fn list(app: &App, filter: &Filter) -> Result<view::Meetings> {
    sync::expand(app, filter.from, filter.to).await?;
    let conn = &mut *app.look().await?;
    let zone = app.clock().zone;
    let mut query = meeting::Filter { with_notes: filter.with_notes, ..meeting::Filter::default() };
    query.from = filter.from.map(|day| Edge::midnight(day, zone));
    query.to = filter.to.map(|day| Edge::midnight(day.succ_opt().unwrap_or(day), zone));
    if let Some(person) = &filter.person {
        query.person = Some(resolve::person(conn, person).await?);
    }
    if let Some(series) = &filter.series {
        query.series = Some(resolve::series(conn, series).await?);
    }
    let meetings = meeting::list(conn, &query).await?;
    Ok(view::Meetings { meetings: Teller::new(conn, *app.clock()).meetings(meetings).await? })
}

/// A meeting with its notes and items.
///
/// # Errors
/// `unknown_meeting`, `ambiguous`.
pub async fn show(app: &App, id: &str) -> Result<view::MeetingDetail> {
    let conn = &mut *app.look().await?;
    let id = resolve::meeting(conn, id).await?;
    let stored = meeting::get(conn, id).await?.ok_or_else(gone)?;
    let attachments = event_links::of(conn, &stored).await?;
    let description = stored.description;
    let description_html = description.as_deref().and_then(clean::html);
    let series = series_place(conn, id).await?;
    let notes = note::of_meetings(conn, &[id]).await?;
    let items = item::of_meeting(conn, id).await?;
    let mut topics: Vec<String> = items.iter().flat_map(|item| item.topics.iter().cloned()).collect();
    topics.sort_unstable();
    topics.dedup();
    let mut teller = Teller::new(conn, *app.clock());
    let told = teller.items(items).await?;
    let meeting = teller.meeting_by_id(id).await?.ok_or_else(gone)?;
    Ok(view::MeetingDetail {
        meeting,
        description: description.map(|text| clean::plain(&text)).filter(|text| !text.is_empty()),
        description_html,
        notes: notes.into_iter().filter(|note| !note.text.is_empty()).map(told_note).collect(),
        actions: told.actions,
        decisions: told.decisions,
        questions: told.questions,
        series,
        topics,
        attachments,
    })
}

/// Where a meeting stands in its series; none where it is of none.
async fn series_place(conn: &mut Connection, id: MeetingId) -> Result<Option<view::SeriesPlace>> {
    let Some(series) = meeting::get(conn, id).await?.and_then(|meeting| meeting.series_id) else { return Ok(None) };
    let ids = meeting::ids(conn, &meeting::Filter { series: Some(series), ..meeting::Filter::default() }).await?;
    let Some(at) = ids.iter().position(|other| *other == id) else { return Ok(None) };
    let days = meeting::days_of_series(conn, &[series]).await?.remove(&series).unwrap_or_default();
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(Some(view::SeriesPlace {
        position: number(at + 1),
        count: number(ids.len()),
        previous: at.checked_sub(1).and_then(|before| ids.get(before).copied()),
        next: ids.get(at + 1).copied(),
        cadence: cadence(&days),
    }))
}

fn told_note(note: Note) -> view::Note {
    let meeting_id = match note.owner {
        NoteOwner::Meeting(id) => Some(id),
        NoteOwner::Person(_) => None,
    };
    view::Note { meeting_id, part: note.part, text: note.text, revision: note.revision, warnings: Vec::new() }
}

/// A meeting to be made by hand.
#[derive(Debug, Clone, Default)]
pub struct NewMeeting {
    /// What it is called.
    pub title: String,
    /// RFC 3339, local time, or a date for a whole day.
    pub start: String,
    /// The same, of whole days exclusive; an hour after the start, or that day, where not given.
    pub end: Option<String>,
    /// Addresses, @handles or names.
    pub attendees: Vec<String>,
}

/// Makes a meeting.
///
/// # Errors
/// `unreadable_time`, `ends_before_start`, `no_title`.
pub async fn new(app: &App, new: &NewMeeting) -> Result<view::Meeting> {
    let title = clean::line(&new.title);
    if title.is_empty() {
        return Err(Failure::usage("no_title", "A meeting needs a title.").hint("Give one with --title."));
    }
    let times = times(app, &new.start, new.end.as_deref())?;
    let mut writer = Writer::begin(app).await?;
    let id: MeetingId = app.id();
    writer.tx.touch_new(Kind::Meeting, id);
    meeting::put(&mut writer.tx, &[local(id, title, times, Source::Local)]).await?;
    let mut people: Vec<(throughline_core::model::PersonId, Role)> = Vec::new();
    for attendee in &new.attendees {
        let person = find_or_make(&mut writer, attendee).await?;
        if !people.iter().any(|(other, _)| *other == person) {
            people.push((person, Role::Required));
        }
    }
    store_people::put_changes(&mut writer.tx, &mut writer.directory).await?;
    writer.tx.touch_new(Kind::Attendance, id);
    let added: Vec<Added> = people
        .into_iter()
        .map(|(person, role)| Added {
            meeting: id,
            person,
            origin: Origin::Hand,
            role,
            response: None,
            present: Presence::Unknown,
        })
        .collect();
    attendance::add(&mut writer.tx, &added).await?;
    finish(writer, id, "meeting new").await
}

/// A meeting that no calendar has.
pub(crate) fn local(id: MeetingId, title: String, times: Times, source: Source) -> Base {
    Base {
        id,
        source,
        series_id: None,
        uid: None,
        original_start: None,
        title,
        kind: MeetingKind::Meeting,
        status: MeetingStatus::Confirmed,
        times,
        location: None,
        call_url: None,
        description: None,
        organizer: None,
        my_response: None,
        fingerprint: None,
    }
}

fn times(app: &App, start: &str, end: Option<&str>) -> Result<Times> {
    let clock = app.clock();
    let start = parse_moment(start, clock)?;
    let end = end.map(|end| parse_moment(end, clock)).transpose()?;
    times_of(app, start, end)
}

fn times_of(app: &App, start: Moment, end: Option<Moment>) -> Result<Times> {
    let times = match (start, end) {
        (Moment::Date(start), None) => Times::AllDay { start, end: start + chrono::Days::new(1) },
        (Moment::Date(start), Some(Moment::Date(end))) => {
            // Exclusive, as it is told (RFC 5545 §3.6.1); the same day again is that day.
            Times::AllDay { start, end: if end == start { end + chrono::Days::new(1) } else { end } }
        }
        (Moment::At(start), None) => Times::Timed { start, end: start + Duration::hours(1), zone: app.clock().zone },
        (Moment::At(start), Some(Moment::At(end))) => Times::Timed { start, end, zone: app.clock().zone },
        _ => {
            return Err(Failure::usage("unreadable_time", "Start and end are to be both times or both dates.")
                .hint("Write both as 2026-11-22T09:00, or both as 2026-11-22."));
        }
    };
    let backwards = match &times {
        Times::AllDay { start, end } => end <= start,
        Times::Timed { start, end, .. } => end < start,
    };
    if backwards {
        return Err(Failure::usage("ends_before_start", "The meeting would end before it starts.")
            .hint("Check --start and --end."));
    }
    Ok(times)
}

/// The person an address, handle, name or id on the command line means; an address or name nobody has makes one.
async fn find_or_make(writer: &mut Writer<'_>, text: &str) -> Result<throughline_core::model::PersonId> {
    match resolve::person_called(&mut writer.tx, text).await {
        Ok(id) => return Ok(id),
        Err(failure) if failure.code != "unknown_person" => return Err(failure),
        Err(_) => {}
    }
    let app = writer.app;
    let described = match text.trim().strip_prefix('@') {
        Some(handle) => Described { handle: Some(handle), ..Described::default() },
        None if throughline_core::people::normalize_email(text).is_some() => {
            Described { email: Some(text), name: name_beside(text), ..Described::default() }
        }
        None => Described { name: Some(text), ..Described::default() },
    };
    writer.directory.find_or_make(described, &mut || app.id()).ok_or_else(|| {
        Failure::usage("unreadable_person", format!("`{}` is not a person.", clean::line(text)))
            .hint("Give an e-mail address, an @handle or a name.")
    })
}

/// The name in `Ana Silva <ana@acme.example>`.
fn name_beside(text: &str) -> Option<&str> {
    text.split_once('<').map(|(name, _)| name.trim().trim_matches('"')).filter(|name| !name.is_empty())
}

/// What to change about a meeting.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "the fields are those of a meeting")]
pub struct MeetingEdit {
    pub title: Option<String>,
    pub start: Option<String>,
    pub end: Option<String>,
    pub purpose: Option<String>,
    pub role: Option<MyRole>,
    pub held: Option<bool>,
}

/// Changes a meeting. On one from a calendar this is laid over what the calendar says, and stays.
///
/// # Errors
/// `unknown_meeting`, `ambiguous`, `unreadable_time`, `ends_before_start`.
pub async fn edit(app: &App, id: &str, edit: &MeetingEdit) -> Result<view::Meeting> {
    let mut writer = Writer::begin(app).await?;
    let id = resolve::meeting(&mut writer.tx, id).await?;
    writer.tx.touch(Kind::Meeting, id).await?;
    let (_, mut overlay) = meeting::stored(&mut writer.tx, &[id]).await?.pop().ok_or_else(gone)?;
    let shown = meeting::get(&mut writer.tx, id).await?.ok_or_else(gone)?;
    if let Some(title) = &edit.title {
        let title = clean::line(title);
        overlay.title = (!title.is_empty()).then_some(title);
    }
    if let Some(times) = edited_times(app, &shown, edit)? {
        overlay.times = Some(times);
    }
    if let Some(purpose) = &edit.purpose {
        overlay.purpose = Some(purpose.trim().to_owned()).filter(|purpose| !purpose.is_empty());
    }
    overlay.my_role = edit.role.or(overlay.my_role);
    overlay.held = edit.held.or(overlay.held);
    set(&mut writer, id, &overlay).await?;
    finish(writer, id, "meeting edit").await
}

pub(crate) async fn set(writer: &mut Writer<'_>, id: MeetingId, overlay: &Overlay) -> Result<()> {
    Ok(meeting::set(&mut writer.tx, id, overlay).await?)
}

/// A start without an end moves the meeting; an end without a start makes it longer or shorter.
fn edited_times(app: &App, shown: &Meeting, edit: &MeetingEdit) -> Result<Option<Times>> {
    let clock = app.clock();
    let start = edit.start.as_deref().map(|start| parse_moment(start, clock)).transpose()?;
    let end = edit.end.as_deref().map(|end| parse_moment(end, clock)).transpose()?;
    if start.is_none() && end.is_none() {
        return Ok(None);
    }
    let start_or_shown = start.unwrap_or(match &shown.times {
        Times::AllDay { start, .. } => Moment::Date(*start),
        Times::Timed { start, .. } => Moment::At(*start),
    });
    let end = end.or(match (&shown.times, start_or_shown) {
        (Times::Timed { start, end, .. }, Moment::At(new)) => Some(Moment::At(new + (*end - *start))),
        (Times::AllDay { start, end }, Moment::Date(new)) => Some(Moment::Date(new + (*end - *start))),
        _ => None,
    });
    times_of(app, start_or_shown, end).map(Some)
}

/// Adds somebody to a meeting, or to every meeting of its series.
///
/// # Errors
/// `unknown_meeting`, `ambiguous`, `no_series`, `unreadable_person`.
pub async fn add_attendee(app: &App, id: &str, who: &str, series: bool) -> Result<view::Meeting> {
    let mut writer = Writer::begin(app).await?;
    let id = resolve::meeting(&mut writer.tx, id).await?;
    let person = find_or_make(&mut writer, who).await?;
    store_people::put_changes(&mut writer.tx, &mut writer.directory).await?;
    if series {
        let meeting = meeting::get(&mut writer.tx, id).await?.ok_or_else(gone)?;
        let series = meeting.series_id.ok_or_else(|| {
            Failure::new("no_series", "This meeting does not belong to a series.").hint("Leave --series out.")
        })?;
        writer.tx.touch(Kind::SeriesAttendees, series).await?;
        attendance::add_to_series(&mut writer.tx, series, person, Role::Required).await?;
    } else {
        writer.tx.touch(Kind::Attendance, id).await?;
        let (origin, present) = (Origin::Hand, Presence::Unknown);
        let added = Added { meeting: id, person, origin, role: Role::Required, response: None, present };
        attendance::add(&mut writer.tx, &[added]).await?;
    }
    finish(writer, id, "meeting attendee add").await
}

/// Says whether somebody was there.
///
/// # Errors
/// `unknown_meeting`, `unknown_person`, `ambiguous`.
pub async fn set_present(app: &App, id: &str, person: &str, present: bool) -> Result<view::Meeting> {
    let mut writer = Writer::begin(app).await?;
    let id = resolve::meeting(&mut writer.tx, id).await?;
    let person = resolve::person(&mut writer.tx, person).await?;
    writer.tx.touch(Kind::Attendance, id).await?;
    let present = if present { Presence::Yes } else { Presence::No };
    attendance::set_present(&mut writer.tx, id, person, present).await?;
    finish(writer, id, "meeting present").await
}

/// Deletes a meeting made by hand or import, with its notes; undo brings both back. A calendar's meeting is the
/// calendar's to delete.
///
/// # Errors
/// `unknown_meeting`, `ambiguous`, `not_local`.
pub async fn delete(app: &App, id: &str) -> Result<view::Meeting> {
    let mut writer = Writer::begin(app).await?;
    let id = resolve::meeting(&mut writer.tx, id).await?;
    let told = Teller::new(&mut writer.tx, *app.clock()).meeting_by_id(id).await?.ok_or_else(gone)?;
    if !told.calendars.is_empty() && told.status != MeetingStatus::Cancelled {
        return Err(Failure::new("not_local", "This meeting is in a calendar; Throughline only reads calendars.")
            .hint("Delete it in the calendar and sync."));
    }
    touch_all(&mut writer, id).await?;
    meeting::delete_with_notes(&mut writer.tx, id).await?;
    writer.commit("meeting delete").await?;
    Ok(told)
}

/// What is to come back by undo when a meeting goes.
pub(crate) async fn touch_all(writer: &mut Writer<'_>, id: MeetingId) -> Result<()> {
    writer.tx.touch(Kind::Meeting, id).await?;
    writer.tx.touch(Kind::Attendance, id).await?;
    writer.tx.touch(Kind::Queue, id).await?;
    for note in note::of_meetings(&mut writer.tx, &[id]).await? {
        writer.tx.touch(Kind::Note, note.id).await?;
    }
    Ok(())
}

pub(crate) async fn finish(mut writer: Writer<'_>, id: MeetingId, command: &str) -> Result<view::Meeting> {
    let app = writer.app;
    let told = Teller::new(&mut writer.tx, *app.clock()).meeting_by_id(id).await?.ok_or_else(gone)?;
    writer.commit(command).await?;
    Ok(told)
}

pub(crate) fn gone() -> Failure {
    Failure::new("unknown_meeting", "The meeting is not there any more.")
}
