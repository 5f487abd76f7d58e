//! People: who they are, what there is between them and the user, merging and taking it back.

mod stretch;

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use throughline_core::cadence::cadence;
use throughline_core::graph::{Graph, Party};
use throughline_core::model::{
    Attendance, Meeting, MeetingStatus, NoteOwner, NotePart, Person, PersonId, Presence, Relation, Response,
};
use throughline_core::people::{display_name, fold, handle_for, is_handle, normalize_email};
use throughline_store::item::Start;
use throughline_store::{Connection, Kind, attendance, facts, meeting, note, person};

use crate::app::App;
use crate::notes::{self, Draft, Writer};
use crate::tell::Teller;
use crate::view::{self, When};
use crate::{Failure, Result, clean, employments, resolve, running_note, store_people};

pub(crate) use stretch::Lists;
pub use stretch::{PeopleAsk, names, places, stretch};

/// Everybody, by name; merged people are not listed.
///
/// # Errors
/// As reading the vault.
pub async fn list(app: &App) -> Result<view::People> {
    let conn = &mut *app.look().await?;
    let people = person::all(conn).await?;
    Ok(view::People { people: Teller::new(conn, *app.clock()).people(people).await? })
}

/// Everybody, by name, with when they are met and how much is open between them and the user; merged people are not
/// listed. A fixed number of queries, however many there are.
///
/// # Errors
/// As reading the vault.
pub async fn rows(app: &App) -> Result<Vec<view::PersonRow>> {
    let conn = &mut *app.look().await?;
    let people = person::all(conn).await?;
    let people = Teller::new(conn, *app.clock()).people(people).await?;
    rows_of(app, conn, people).await
}

/// These people, with when they are met and how much is open between them and the user.
async fn rows_of(app: &App, conn: &mut Connection, people: Vec<view::Person>) -> Result<Vec<view::PersonRow>> {
    let (now, zone) = (app.clock().now, app.clock().zone);
    let since = app.clock().today() - chrono::Days::new(400);
    let ids: Vec<PersonId> = people.iter().map(|person| person.id).collect();
    let mut seen = person::seen(conn, &ids, now, since).await?;
    let owed = match person::me(conn).await? {
        Some(me) => person::owed(conn, &ids, me.id).await?,
        None => std::collections::HashMap::new(),
    };
    let rows = people.into_iter().map(|person| {
        let seen = seen.remove(&person.id).unwrap_or_default();
        let (i_owe, they_owe) = owed.get(&person.id).copied().unwrap_or_default();
        view::PersonRow {
            meetings_count: seen.count,
            last_meeting: seen.last.map(|start| when(start, zone)),
            next_meeting: seen.next.map(|start| when(start, zone)),
            cadence: cadence(&seen.days),
            i_owe,
            they_owe,
            person,
        }
    });
    Ok(rows.collect())
}

pub(crate) fn when(start: Start, zone: Tz) -> When {
    match start {
        Start::At(at) => When::at(at, zone),
        Start::Date(day) => When::Date(day),
    }
}

/// Makes somebody of that name: a new person, with a handle of their own, even where others are called the same.
///
/// # Errors
/// `no_name`.
pub async fn new(app: &App, name: &str) -> Result<view::Person> {
    let name = clean::line(name);
    let name = display_name(name.trim_start_matches('@'));
    if name.is_empty() {
        return Err(Failure::usage("no_name", "A person needs a name.").hint("Type one."));
    }
    let mut writer = Writer::begin(app).await?;
    let handle = handle_for(&name, None, &|handle| writer.directory.by_handle(handle).is_some());
    let id: PersonId = app.id();
    writer.directory.insert(Person {
        id,
        handle,
        name,
        emails: Vec::new(),
        aliases: Vec::new(),
        organization_id: None,
        employments: Vec::new(),
        relation: Relation::None,
        is_me: false,
        merged_into: None,
    });
    store_people::put_changes(&mut writer.tx, &mut writer.directory).await?;
    finish(writer, id, "person new").await
}

/// The user's id, where the vault knows who that is.
///
/// # Errors
/// As reading the vault.
pub async fn me(app: &App) -> Result<Option<PersonId>> {
    Ok(person::me(&mut *app.look().await?).await?.map(|me| me.id))
}

/// A person, with what there is between them and the user.
///
/// # Errors
/// `unknown_person`, `ambiguous`.
pub async fn show(app: &App, text: &str) -> Result<view::PersonDetail> {
    let conn = &mut *app.look().await?;
    let id = resolve::person(conn, text).await?;
    let me = person::me(conn).await?.map(|me| me.id);
    let meetings = meeting::list(conn, &meeting::Filter { person: Some(id), ..meeting::Filter::default() }).await?;
    let meetings = attended(conn, meetings, &[id], me).await?;
    let graph = Graph::build(facts::around_people(conn, &[id]).await?);
    let ledger = graph.ledger(Party::Person(id), &app.view(me));
    let topics = topics(&graph, id);
    let known = person::get(conn, id).await?.ok_or_else(gone)?;
    let employments = employments::told(conn, &known).await?;
    let merged = person::merged_into(conn, id).await?;
    // What was written on those who are one with them by now stays where it was written, and is read here.
    let mut written = Vec::new();
    for id in std::iter::once(&id).chain(&merged) {
        let note = note::get(conn, NoteOwner::Person(*id), NotePart::Notes).await?;
        written.extend(note.map(|note| note.text).filter(|text| !text.is_empty()));
    }
    let merged = person::as_they_are(conn, &merged).await?;
    let mut teller = Teller::new(conn, *app.clock());
    let seen = Seen::of(&meetings, app);
    let last: Vec<_> = seen.past.iter().rev().take(10).map(|meeting| meeting.id).collect();
    Ok(view::PersonDetail {
        person: teller.people_by_ids(&[id]).await?.pop().ok_or_else(gone)?,
        first_meeting: seen.past.first().map(|meeting| When::start(&meeting.times, app.clock().zone)),
        last_meeting: seen.past.last().map(|meeting| When::start(&meeting.times, app.clock().zone)),
        next_meeting: seen.next.map(|meeting| When::start(&meeting.times, app.clock().zone)),
        meetings_count: seen.past.len(),
        cadence: cadence(&seen.past.iter().map(|meeting| meeting.times.date(app.clock().zone)).collect::<Vec<_>>()),
        meetings: teller.meetings_by_ids(&last).await?,
        i_owe: teller.items_by_ids(&ledger.i_owe).await?.actions,
        they_owe: teller.items_by_ids(&ledger.they_owe).await?.actions,
        waiting_on: teller.items_by_ids(&ledger.waiting_on).await?.questions,
        topics,
        note: (!written.is_empty()).then(|| written.join("\n\n")),
        merged: teller.people(merged).await?,
        employments,
    })
}

/// Those of the meetings that one of these people and the user did not decline and were not away from; who made a
/// meeting by hand was there without being told so.
pub(crate) async fn attended(
    conn: &mut Connection,
    meetings: Vec<Meeting>,
    people: &[PersonId],
    me: Option<PersonId>,
) -> Result<Vec<Meeting>> {
    let ids: Vec<_> = meetings.iter().map(|meeting| meeting.id).collect();
    let attendances = attendance::of_meetings(conn, &ids).await?;
    let away = |at: &&Attendance| {
        at.present == Presence::No || (at.present != Presence::Yes && at.response == Some(Response::Declined))
    };
    let without_me: HashSet<_> = attendances
        .iter()
        .filter(|at| Some(at.person_id) == me && !people.contains(&at.person_id))
        .filter(away)
        .map(|at| at.meeting_id)
        .collect();
    let theirs = attendances.iter().filter(|at| people.contains(&at.person_id) && !away(at));
    let with_them: HashSet<_> = theirs.map(|at| at.meeting_id).collect();
    let met = |meeting: &Meeting| with_them.contains(&meeting.id) && !without_me.contains(&meeting.id);
    Ok(meetings.into_iter().filter(met).collect())
}

/// The meetings somebody was at so far, and the next.
pub(crate) struct Seen<'a> {
    pub past: Vec<&'a Meeting>,
    pub next: Option<&'a Meeting>,
}

impl<'a> Seen<'a> {
    /// Of meetings by start.
    pub fn of(meetings: &'a [Meeting], app: &App) -> Self {
        let (now, zone): (DateTime<Utc>, _) = (app.clock().now, app.clock().zone);
        let takes_place = |meeting: &&Meeting| meeting.held.unwrap_or(meeting.status != MeetingStatus::Cancelled);
        Self {
            past: meetings.iter().filter(takes_place).filter(|meeting| meeting.times.start(zone) <= now).collect(),
            next: meetings.iter().filter(takes_place).find(|meeting| meeting.times.start(zone) > now),
        }
    }
}

/// What is talked about with somebody, most often first; at most twelve.
fn topics(graph: &Graph, id: PersonId) -> Vec<String> {
    let mut counts: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for meeting in graph.meetings_of(id) {
        let own = graph.meeting(meeting).map(|meeting| meeting.topics.clone()).unwrap_or_default();
        let items = graph.items_of(meeting).into_iter().filter_map(|item| graph.item(item));
        for topic in own.into_iter().chain(items.flat_map(|item| item.topics.clone())) {
            *counts.entry(topic).or_default() += 1;
        }
    }
    let mut topics: Vec<(String, usize)> = counts.into_iter().collect();
    topics.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    topics.into_iter().take(12).map(|(topic, _)| topic).collect()
}

/// Changes a person's name or relation.
///
/// # Errors
/// `unknown_person`, `ambiguous`, `no_name`.
pub async fn edit(app: &App, text: &str, name: Option<&str>, relation: Option<Relation>) -> Result<view::Person> {
    let name = name.map(clean::line);
    if name.as_deref() == Some("") {
        return Err(Failure::usage("no_name", "A person needs a name.").hint("Give one with --name."));
    }
    let mut writer = Writer::begin(app).await?;
    let id = resolve::person(&mut writer.tx, text).await?;
    writer.tx.touch(Kind::Person, id).await?;
    let mut record = person::record(&mut writer.tx, id).await?.ok_or_else(gone)?;
    if let Some(name) = name
        && name != record.name
    {
        // The name they had goes on finding them.
        if !record.aliases.iter().any(|alias| fold(alias) == fold(&record.name)) {
            record.aliases.push(record.name.clone());
        }
        record.name = name;
    }
    record.relation = relation.unwrap_or(record.relation);
    person::put(&mut writer.tx, &[record]).await?;
    finish(writer, id, "person edit").await
}

/// A person's running note.
///
/// # Errors
/// `unknown_person`, `ambiguous`.
pub async fn note(app: &App, text: &str) -> Result<view::Note> {
    let conn = &mut *app.look().await?;
    let id = resolve::person(conn, text).await?;
    notes::told(conn, NoteOwner::Person(id), NotePart::Notes, Vec::new()).await
}

/// Makes `text` a person's running note.
///
/// # Errors
/// `unknown_person`, `ambiguous`, and as writing a note.
pub async fn set_note(app: &App, person: &str, text: &str) -> Result<view::Note> {
    let mut writer = Writer::begin(app).await?;
    let owner = NoteOwner::Person(resolve::person(&mut writer.tx, person).await?);
    let warnings = writer.save(Draft { owner, part: NotePart::Notes, text, base: None }).await?;
    let told = notes::told(&mut writer.tx, owner, NotePart::Notes, warnings).await?;
    writer.commit("person note").await?;
    Ok(told)
}

/// Merges `b` into `a`: everything of theirs counts as `a`'s from now on, and their running note stands under `a`'s; ids,
/// handles and addresses of both go on working.
///
/// # Errors
/// `unknown_person`, `ambiguous`, `same_person`.
pub async fn merge(app: &App, a: &str, b: &str) -> Result<view::Person> {
    let mut writer = Writer::begin(app).await?;
    let into = resolve::person(&mut writer.tx, a).await?;
    let from = resolve::person(&mut writer.tx, b).await?;
    if into != from {
        running_note::join(&mut writer, into, from).await?;
    }
    employments::join(app, &mut writer.tx, into, from).await?;
    if !person::merge(&mut writer.tx, from, into).await? {
        return Err(Failure::new("same_person", "These are the same person already.").hint("Name two people."));
    }
    finish(writer, into, "person merge").await
}

/// Makes a merged person one of their own again. `text` is who was merged, or who they were merged into where only
/// one was.
///
/// # Errors
/// `unknown_person`, `ambiguous`, `not_merged`.
pub async fn unmerge(app: &App, text: &str) -> Result<view::Person> {
    let mut writer = Writer::begin(app).await?;
    let named = resolve::person_unmerged(&mut writer.tx, text).await?;
    let id = match person::get(&mut writer.tx, named).await? {
        Some(person) if person.merged_into.is_some() => named,
        _ => match person::merged_into(&mut writer.tx, named).await?[..] {
            [only] => only,
            [] => {
                return Err(Failure::new("not_merged", "Nobody was merged into this person.")
                    .hint("`throughline person merge A B` makes one of two; only that can be taken back."));
            }
            _ => {
                return Err(Failure::new("ambiguous", "Several people were merged into this person.")
                    .hint("Give the id of the one to take out."));
            }
        },
    };
    let left = person::resolve(&mut writer.tx, id).await?.ok_or_else(gone)?;
    person::unmerge(&mut writer.tx, id).await?;
    employments::part(&mut writer.tx, left, id).await?;
    running_note::part(&mut writer, left, id).await?;
    finish(writer, id, "person unmerge").await
}

/// Gives a person another name, e-mail address or handle to be known by.
///
/// # Errors
/// `unknown_person`, `ambiguous`, `taken`, `unreadable_alias`.
pub async fn alias(app: &App, text: &str, alias: &str) -> Result<view::Person> {
    let mut writer = Writer::begin(app).await?;
    let id = resolve::person(&mut writer.tx, text).await?;
    let alias = clean::line(alias);
    let mut record = person::record(&mut writer.tx, id).await?.ok_or_else(gone)?;
    writer.tx.touch(Kind::Person, id).await?;
    let handle = alias.strip_prefix('@').map(str::to_lowercase);
    if let Some(email) = handle.is_none().then(|| normalize_email(&alias)).flatten() {
        free(&mut writer.tx, id, &email).await?;
        if !record.emails.contains(&email) {
            record.emails.push(email.clone());
        }
        if record.organization_id.is_none() {
            record.organization_id = writer.directory.organization_of(&email, &mut || app.id());
            store_people::put_changes(&mut writer.tx, &mut writer.directory).await?;
        }
    } else {
        let name = handle.clone().unwrap_or(alias);
        if name.is_empty() || handle.as_deref().is_some_and(|handle| !is_handle(handle)) {
            return Err(Failure::usage("unreadable_alias", "That is no name, address or handle.")
                .hint("A handle is made of letters, digits, dots and dashes."));
        }
        if handle.is_some() {
            free(&mut writer.tx, id, &format!("@{name}")).await?;
        }
        if record.name != name && record.handle != name && !record.aliases.contains(&name) {
            record.aliases.push(name);
        }
    }
    person::put(&mut writer.tx, &[record]).await?;
    finish(writer, id, "person alias").await
}

async fn free(conn: &mut Connection, id: PersonId, text: &str) -> Result<()> {
    let others: Vec<_> = person::find(conn, text).await?.into_iter().filter(|other| *other != id).collect();
    if others.is_empty() {
        return Ok(());
    }
    Err(Failure::new("taken", "That belongs to somebody else.")
        .hint("If they are the same person, `throughline person merge` makes one of them."))
}

pub(crate) async fn finish(mut writer: Writer<'_>, id: PersonId, command: &str) -> Result<view::Person> {
    let app = writer.app;
    let told = Teller::new(&mut writer.tx, *app.clock()).people_by_ids(&[id]).await?.pop().ok_or_else(gone)?;
    writer.commit(command).await?;
    Ok(told)
}

pub(crate) fn gone() -> Failure {
    Failure::new("unknown_person", "The person is not there any more.")
}
