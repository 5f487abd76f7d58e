//! A message that asks an action's owner how it stands.

use std::cell::RefCell;

use chrono::NaiveDate;
use throughline_core::model::{ActionStatus, Item, ItemKind, NotePart, PersonId};
use throughline_core::note::{said, sentence};
use throughline_store::{Connection, attendance, item, meeting, person};

use super::is_action;
use crate::app::App;
use crate::view::Ask;
use crate::{Failure, Result, answers, resolve};

/// Drafts a message that asks who owns an action how it stands; nobody is written to. Says nothing that the owner cannot
/// know: no private action at all, and the meeting only to who was invited to it. Where nobody owns it, it asks who will.
///
/// # Errors
/// `unknown_action`, `ambiguous`, `private_action`, `own_action`.
pub async fn ask(app: &App, id: &str) -> Result<Ask> {
    let conn = &mut *app.look().await?;
    let id = resolve::item(conn, Some(ItemKind::Action), id).await?;
    let found = item::get(conn, id).await?.filter(is_action);
    let item = found.ok_or_else(|| Failure::new("unknown_action", "The action is not there any more."))?;
    if item.part == NotePart::Private {
        return Err(Failure::new("private_action", "That action stands in a private part: nobody else knows of it.")
            .hint("Move its line to the notes, or write to them yourself."));
    }
    let me = answers::me(conn).await?;
    let others: Vec<PersonId> = item.owners.iter().map(|o| o.person_id).filter(|id| Some(*id) != me).collect();
    if others.is_empty() && !item.owners.is_empty() {
        return Err(Failure::new("own_action", "That action is yours: there is nobody to ask.")
            .hint("`throughline action assign ID P` hands it to somebody else."));
    }
    let people = person::by_ids(conn, &others).await?;
    let to: Vec<&str> = people.iter().filter_map(|person| person.emails.first()).map(String::as_str).collect();
    let names: Vec<&str> = people.iter().map(|person| person.name.split(' ').next().unwrap_or_default()).collect();
    let said = where_said(app, conn, &item, &others).await?;
    let me = match me {
        Some(me) => person::get(conn, me).await?.map(|me| me.name),
        None => None,
    };
    let what = words(conn, &item).await?;
    Ok(Ask {
        to: (!to.is_empty()).then(|| to.join(", ")),
        subject: subject(&what),
        body: body(&Letter { names, said, what, due: item.due, status: item.status, me }, app.clock().today()),
    })
}

struct Letter<'a> {
    names: Vec<&'a str>,
    said: Option<(String, NaiveDate)>,
    what: String,
    due: Option<NaiveDate>,
    status: ActionStatus,
    me: Option<String>,
}

/// The meeting it comes from, where all of them were invited to it.
async fn where_said(
    app: &App,
    conn: &mut Connection,
    item: &Item,
    owners: &[PersonId],
) -> Result<Option<(String, NaiveDate)>> {
    let Some(id) = item.meeting_id else { return Ok(None) };
    let room = attendance::of_meetings(conn, &[id]).await?;
    if owners.is_empty() || !owners.iter().all(|owner| room.iter().any(|at| at.person_id == *owner)) {
        return Ok(None);
    }
    let meeting = meeting::get(conn, id).await?;
    Ok(meeting.map(|meeting| (meeting.title.clone(), meeting.times.date(app.clock().zone))))
}

/// The sentence without what only the notes understand, as a recap says it; others' handles as their names.
async fn words(conn: &mut Connection, item: &Item) -> Result<String> {
    let handles: RefCell<Vec<String>> = RefCell::default();
    let _ = said(
        &item.text,
        |handle| {
            handles.borrow_mut().push(handle.to_owned());
            false
        },
        |_| None,
    );
    let by_handle = person::by_handles(conn, &handles.into_inner()).await?;
    let ids: Vec<PersonId> = by_handle.values().copied().collect();
    let people = person::by_ids(conn, &ids).await?;
    let own = |handle: &str| {
        let id = by_handle.get(handle);
        id.is_some_and(|id| item.owners.iter().any(|owner| owner.person_id == *id))
    };
    let name = |handle: &str| {
        let id = by_handle.get(handle)?;
        people.iter().find(|person| person.id == *id).map(|person| person.name.clone())
    };
    let words = crate::clean::line(&said(&item.text, own, name));
    Ok(if words.is_empty() { crate::clean::line(&item.text) } else { sentence(&words) })
}

fn subject(what: &str) -> String {
    let line: String = what.chars().filter(|c| !c.is_control()).take(70).collect();
    if line.len() < what.len() { format!("{}…", line.trim_end()) } else { line }
}

fn body(letter: &Letter<'_>, today: NaiveDate) -> String {
    let greeting = match letter.names.as_slice() {
        [] => "Hi all,".to_owned(),
        names => format!("Hi {},", names.join(" and ")),
    };
    let day = |day: NaiveDate| day.format("%-d %B %Y").to_string();
    let noted = match (&letter.said, letter.names.is_empty()) {
        (Some((title, date)), _) if !title.is_empty() => format!("in “{title}” on {} we noted:", day(*date)),
        (Some((_, date)), _) => format!("when we met on {} we noted:", day(*date)),
        (None, true) => "this is still without an owner:".to_owned(),
        (None, false) => "I have this noted with you:".to_owned(),
    };
    let due = match letter.due {
        Some(due) if due < today => format!("It was due on {}. ", day(due)),
        Some(due) => format!("It is due on {}. ", day(due)),
        None => String::new(),
    };
    let question = match (letter.names.is_empty(), letter.status) {
        (_, ActionStatus::Done | ActionStatus::Dropped) => "Is there anything left of it?",
        (true, _) => "Who takes it?",
        (false, _) if letter.due.is_none() => "How does it stand, and by when could it be done?",
        (false, _) => "How does it stand?",
    };
    let thanks = letter.me.as_deref().map_or_else(|| "Thanks".to_owned(), |me| format!("Thanks\n{me}"));
    format!("{greeting}\n\n{noted}\n\n  {}\n\n{due}{question}\n\n{thanks}\n", letter.what)
}
