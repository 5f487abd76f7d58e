//! What became of an action, in words.

use std::collections::HashMap;

use throughline_core::model::{ActionStatus, Item, ItemId, PersonId};
use throughline_store::change::{ItemPast, of_items};
use throughline_store::{Connection, meeting, person};

use crate::Result;
use crate::app::App;
use crate::view::{Past, When};

/// What became of each, oldest first, from when it was written down.
pub(super) async fn of(app: &App, conn: &mut Connection, items: &[&Item]) -> Result<HashMap<ItemId, Vec<Past>>> {
    let zone = app.clock().zone;
    let meetings: Vec<_> = items.iter().filter_map(|item| item.meeting_id).collect();
    let titles: HashMap<_, _> =
        meeting::by_ids(conn, &meetings).await?.into_iter().map(|meeting| (meeting.id, meeting.title)).collect();
    let mut past: HashMap<ItemId, Vec<Past>> = HashMap::with_capacity(items.len());
    for item in items {
        let title = item.meeting_id.and_then(|id| titles.get(&id)).filter(|title| !title.is_empty());
        let what = title.map_or_else(|| "written down".to_owned(), |title| format!("written down in “{title}”"));
        past.insert(item.id, vec![Past { at: When::at(item.created_at, zone), what }]);
    }
    let ids: Vec<ItemId> = items.iter().map(|item| item.id).collect();
    let changes = of_items(conn, &ids).await?;
    let names = names(conn, &changes).await?;
    for change in &changes {
        let at = When::at(change.at, zone);
        let told = past.entry(change.item).or_default();
        told.extend(words(change, &names).into_iter().map(|what| Past { at, what }));
    }
    Ok(past)
}

async fn names(conn: &mut Connection, changes: &[ItemPast]) -> Result<HashMap<PersonId, String>> {
    let owners = changes.iter().flat_map(|change| change.before.owners.iter().chain(&change.after.owners));
    let ids: Vec<PersonId> = owners.map(|owner| owner.person_id).collect();
    let mut names = HashMap::new();
    if !ids.is_empty() {
        let resolved = person::resolve_all(conn, &ids).await?;
        let known: HashMap<_, _> =
            person::by_ids(conn, &ids).await?.into_iter().map(|person| (person.id, person.name)).collect();
        for (id, to) in resolved {
            names.insert(id, known.get(&to).cloned().unwrap_or_default());
        }
    }
    Ok(names)
}

/// What one entry did, a sentence for each thing.
fn words(change: &ItemPast, names: &HashMap<PersonId, String>) -> Vec<String> {
    let (before, after) = (&change.before, &change.after);
    let mut said = Vec::new();
    if before.status != after.status {
        said.push(
            match after.status {
                ActionStatus::Open => "re-opened",
                ActionStatus::Done => "done",
                ActionStatus::Dropped => "dropped",
            }
            .to_owned(),
        );
    }
    match (before.due, after.due) {
        (Some(from), Some(to)) if from != to => said.push(format!("due moved from {from} to {to}")),
        (None, Some(to)) => said.push(format!("due set to {to}")),
        (Some(from), None) => said.push(format!("due {from} taken away")),
        _ => {}
    }
    let who = |item: &Item| {
        let names: Vec<_> = item.owners.iter().filter_map(|owner| names.get(&owner.person_id)).cloned().collect();
        names.join(", ")
    };
    let (from, to) = (who(before), who(after));
    match (from.is_empty(), to.is_empty()) {
        _ if from == to => {}
        (true, false) => said.push(format!("given to {to}")),
        (false, true) => said.push(format!("taken from {from}")),
        _ => said.push(format!("handed from {from} to {to}")),
    }
    if let Some(until) = after.snoozed_until.filter(|_| before.snoozed_until != after.snoozed_until) {
        said.push(format!("snoozed until {until}"));
    }
    if after.kept_until.is_some() && before.kept_until != after.kept_until {
        said.push("looked at and kept".to_owned());
    }
    if before.archived != after.archived {
        said.push(if after.archived { "its line was deleted" } else { "its line came back" }.to_owned());
    }
    // What says something above stands in the text as well.
    if said.is_empty() && before.text != after.text {
        said.push(format!("reworded from “{}”", before.text));
    }
    said
}
