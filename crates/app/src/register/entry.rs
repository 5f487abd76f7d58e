//! Pieces of an entry: names, words, and what the change log says of it.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde_json::Value;
use throughline_core::model::{Attendance, Item, ItemId, Meeting, PersonId, Presence, Response};
use throughline_core::note::said;
use throughline_store::{Connection, Kind, change, feed, person};

use crate::{Result, clean};

/// What people are called, by id and by handle.
pub(super) struct Names {
    by_id: HashMap<PersonId, String>,
    by_handle: HashMap<String, PersonId>,
}

impl Names {
    /// The names of everybody, and whose the handles in these items are.
    pub(super) async fn load(conn: &mut Connection, items: &[(Item, Meeting)]) -> Result<Self> {
        let handles: RefCell<HashSet<String>> = RefCell::default();
        for text in items.iter().flat_map(|(item, _)| [Some(&item.text), item.rationale.as_ref()]).flatten() {
            let _ = said(text, |handle| handles.borrow_mut().insert(handle.to_owned()), |_| None);
        }
        let handles: Vec<String> = handles.into_inner().into_iter().collect();
        let by_handle = person::by_handles(conn, &handles).await?;
        let by_id = person::all(conn).await?.into_iter().map(|person| (person.id, shown(&person.name)));
        Ok(Self { by_id: by_id.collect(), by_handle })
    }

    pub(super) fn of(&self, id: PersonId) -> String {
        self.by_id.get(&id).cloned().unwrap_or_default()
    }

    /// The words of an item, without what only the vault can follow.
    pub(super) fn said(&self, item: &Item) -> String {
        let words = self.line(item, &item.text);
        if words.is_empty() { "(no words)".to_owned() } else { words }
    }

    /// Why it was decided, a line for each that gives a reason.
    pub(super) fn reasons(&self, item: &Item) -> Option<String> {
        let lines = item.rationale.as_deref()?.lines().map(|line| self.line(item, line));
        let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    fn line(&self, item: &Item, text: &str) -> String {
        let own = |handle: &str| {
            let id = self.by_handle.get(handle);
            id.is_some_and(|id| item.owners.iter().any(|owner| owner.person_id == *id))
        };
        shown(&said(text, own, |handle| Some(self.of(*self.by_handle.get(handle)?))))
    }
}

/// On one line, without what turns the direction of what follows.
pub(super) fn shown(text: &str) -> String {
    clean::line(text).replace(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'), "")
}

/// Who was there, where anybody said so, and that; else who was invited and neither declined nor is known to have been
/// away.
pub(super) fn present(room: &[Attendance], names: &Names) -> (Vec<String>, bool) {
    let known = room.iter().any(|at| at.present == Presence::Yes);
    let there = room.iter().filter(|at| match at.present {
        Presence::Yes => true,
        Presence::No => false,
        Presence::Unknown => !known && at.response != Some(Response::Declined),
    });
    let mut there: Vec<String> = there.map(|at| names.of(at.person_id)).filter(|name| !name.is_empty()).collect();
    there.sort();
    there.dedup();
    (there, known)
}

/// When its words, its people or its due date were last changed after it was first written; none where they never were,
/// or where that was taken back.
pub(super) async fn history(conn: &mut Connection, id: ItemId, rationale: bool) -> Result<Option<DateTime<Utc>>> {
    let entries = change::history(conn, Kind::Item, &id.to_string()).await?;
    let undone: HashSet<i64> = entries.iter().filter_map(|entry| entry.undoes).collect();
    let id = id.to_string();
    let mut changed = None;
    for entry in entries.iter().filter(|entry| entry.undoes.is_none() && !undone.contains(&entry.seq)) {
        let deltas = entry.content.iter().flat_map(|content| &content.deltas);
        for delta in deltas {
            let sides: [Option<&Value>; 2] = match delta.kind {
                Kind::Note => feed::items(delta).remove(id.as_str()).unwrap_or_default(),
                Kind::Item if delta.id == id => [delta.before.as_ref(), delta.after.as_ref()],
                _ => continue,
            };
            if let [Some(before), Some(after)] = sides
                && before["archived"] == after["archived"]
                && differs(before, after, rationale)
            {
                changed = Some(entry.at);
            }
        }
    }
    Ok(changed)
}

fn differs(before: &Value, after: &Value, rationale: bool) -> bool {
    let people = |item: &Value| -> Vec<Value> {
        item["owners"].as_array().into_iter().flatten().map(|owner| owner["person_id"].clone()).collect()
    };
    let words = |item: &Value| said(item["text"].as_str().unwrap_or_default(), |_| true, |_| None);
    words(before) != words(after)
        || people(before) != people(after)
        || before["due"] != after["due"]
        || before["kind"] != after["kind"]
        || (rationale && before["rationale"] != after["rationale"])
}
