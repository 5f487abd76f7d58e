//! What an editor offers while one types.

use std::cmp::Reverse;
use std::collections::HashSet;

use throughline_core::model::{ActionStatus, ItemId, ItemKind, Person, PersonId};
use throughline_core::people::fold;
use throughline_store::{Connection, attendance, item, organization, person, search};

use crate::app::App;
use crate::tell::Teller;
use crate::view::{Completion, CompletionKind, DecisionStatus, QuestionStatus, TracedItem};
use crate::{Result, actions, clean, resolve, settings};

/// At most so many of each.
const MOST: usize = 12;

/// What may stand in place of what was typed behind `@`, `#`, `^` or `/`; `meeting` is the one at whose note.
///
/// # Errors
/// `unknown_meeting`, `ambiguous`.
pub async fn complete(app: &App, kind: CompletionKind, query: &str, meeting: Option<&str>) -> Result<Vec<Completion>> {
    let query = clean::line(query);
    match kind {
        CompletionKind::Person => people(app, &query, meeting, false).await,
        CompletionKind::Others => people(app, &query, meeting, true).await,
        CompletionKind::Topic => topics(app, &query).await,
        CompletionKind::Item => items(app, &query).await,
        CompletionKind::Template => templates(app, &query).await,
    }
}

/// Attendees first, or not at all where others are asked for; then everyone, then somebody new.
async fn people(app: &App, query: &str, meeting: Option<&str>, others: bool) -> Result<Vec<Completion>> {
    let query = query.trim_start_matches('@');
    let conn = &mut *app.look().await?;
    let here: HashSet<PersonId> = match meeting {
        Some(meeting) => {
            let id = resolve::meeting(conn, meeting).await?;
            attendance::of_meetings(conn, &[id]).await?.into_iter().map(|at| at.person_id).collect()
        }
        None => HashSet::new(),
    };
    let wanted = fold(query);
    let mut found: Vec<(bool, u8, String, Person)> = Vec::new();
    for person in person::all(conn).await?.into_iter().filter(|person| person.merged_into.is_none()) {
        let is_here = here.contains(&person.id);
        if let Some(rank) = rank(&person, &wanted).filter(|_| !(others && is_here)) {
            found.push((!is_here, rank, fold(&person.name), person));
        }
    }
    found.sort_by(|a, b| (a.0, a.1, &a.2, a.3.id).cmp(&(b.0, b.1, &b.2, b.3.id)));
    found.truncate(MOST);
    let known = found.iter().any(|(.., person)| fold(&person.name) == wanted || person.handle == wanted);
    let organizations = organization::all(conn).await?;
    let named = |person: &Person| {
        let of = organizations.iter().find(|found| Some(found.id) == person.organization_id);
        of.map(|found| found.name.clone())
    };
    let mut told: Vec<Completion> = found
        .into_iter()
        .map(|(away, _, _, person)| Completion {
            detail: named(&person),
            insert: format!("@{}", person.handle),
            person_id: Some(person.id),
            group: Some(if away { "known" } else { "here" }.to_owned()),
            label: person.name,
        })
        .collect();
    if !known && query.chars().any(char::is_alphabetic) {
        told.push(Completion {
            label: format!("New person “{query}”"),
            detail: None,
            insert: query.to_owned(),
            person_id: None,
            group: Some("new".to_owned()),
        });
    }
    Ok(told)
}

/// How well a person fits, best 0; none where not at all.
fn rank(person: &Person, wanted: &str) -> Option<u8> {
    let name = fold(&person.name);
    if name.starts_with(wanted) || person.handle.starts_with(wanted) {
        return Some(0);
    }
    if name.split([' ', '-']).any(|word| word.starts_with(wanted)) {
        return Some(1);
    }
    let other = |text: &String| fold(text).split(' ').any(|word| word.starts_with(wanted));
    (person.aliases.iter().any(other) || person.emails.iter().any(other)).then_some(2)
}

/// Those used most first.
async fn topics(app: &App, query: &str) -> Result<Vec<Completion>> {
    let wanted = fold(&actions::topic(query));
    let mut found = item::topics(&mut *app.look().await?).await?;
    found.retain(|(topic, _)| {
        let topic = fold(topic);
        topic.starts_with(&wanted) || topic.split('/').any(|part| part.starts_with(&wanted))
    });
    found.sort_by(|a, b| (Reverse(a.1), &a.0).cmp(&(Reverse(b.1), &b.0)));
    let told = found.into_iter().take(MOST).map(|(topic, count)| Completion {
        label: format!("#{topic}"),
        detail: Some(format!("{count} ×")),
        insert: format!("#{topic}"),
        person_id: None,
        group: None,
    });
    Ok(told.collect())
}

/// Open actions, decisions that hold and questions without an answer, by their words; the latest where there are none.
async fn items(app: &App, query: &str) -> Result<Vec<Completion>> {
    let conn = &mut *app.look().await?;
    let query = query.trim_start_matches('^');
    let mut ids: Vec<ItemId> = Vec::new();
    if query.len() <= 6 {
        ids.extend(item::by_anchors(conn, &[query.to_owned()]).await?.into_iter().map(|item| item.id));
    }
    ids.extend(by_words(app, conn, query).await?);
    let mut seen = HashSet::new();
    ids.retain(|id| seen.insert(*id));
    let told = Teller::new(conn, *app.clock()).items_by_ids(&ids).await?;
    let place = |id: ItemId| ids.iter().position(|other| *other == id);
    let mut open: Vec<(Option<usize>, TracedItem)> = Vec::new();
    open.extend(
        told.actions
            .into_iter()
            .filter(|item| item.status == ActionStatus::Open)
            .map(|item| (place(item.id), TracedItem::Action(item))),
    );
    open.extend(
        told.decisions
            .into_iter()
            .filter(|item| item.status == DecisionStatus::Holds)
            .map(|item| (place(item.id), TracedItem::Decision(item))),
    );
    open.extend(
        told.questions
            .into_iter()
            .filter(|item| item.status == QuestionStatus::Open)
            .map(|item| (place(item.id), TracedItem::Question(item))),
    );
    open.sort_by_key(|(place, _)| *place);
    Ok(open.into_iter().take(MOST).map(|(_, item)| completion(item)).collect())
}

/// More than are shown, for some of them are done.
const LOOKED_AT: u32 = 60;

async fn by_words(app: &App, conn: &mut Connection, query: &str) -> Result<Vec<ItemId>> {
    let kinds = [ItemKind::Action, ItemKind::Decision, ItemKind::Question];
    let filter = search::Filter {
        kinds: kinds.iter().map(|kind| kind.as_str().to_owned()).collect(),
        today: Some(app.clock().today()),
        without_private: app.lens().is_some(),
        ..search::Filter::default()
    };
    let hits = search::query(conn, query, &filter, LOOKED_AT).await?;
    Ok(hits.iter().filter_map(|hit| hit.id.parse().ok().map(ItemId)).collect())
}

fn completion(item: TracedItem) -> Completion {
    let (kind, text, anchor, title, date) = match item {
        TracedItem::Action(item) => ("action", item.text, item.anchor, item.meeting_title, item.meeting_date),
        TracedItem::Decision(item) => ("decision", item.text, item.anchor, item.meeting_title, item.meeting_date),
        TracedItem::Question(item) => ("question", item.text, item.anchor, item.meeting_title, item.meeting_date),
    };
    let place: Vec<String> = title.into_iter().chain(date.map(|date| date.to_string())).collect();
    Completion {
        label: text,
        detail: (!place.is_empty()).then(|| place.join(" · ")),
        insert: format!("^{anchor}"),
        person_id: None,
        group: Some(kind.to_owned()),
    }
}

async fn templates(app: &App, query: &str) -> Result<Vec<Completion>> {
    let wanted = fold(query.trim_start_matches('/'));
    let templates = settings::show(app).await?.templates;
    let found = templates.into_iter().filter(|template| fold(&template.name).contains(&wanted));
    let told = found.map(|template| Completion {
        label: template.name,
        detail: None,
        insert: template.text,
        person_id: None,
        group: None,
    });
    Ok(told.collect())
}
