//! Pieces of an entry: names, words, and what the change log says of it.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde_json::Value;
use throughline_core::model::{Attendance, Item, ItemId, Meeting, PersonId, Presence, Response};
use throughline_core::note::{said, sentence};
use throughline_store::change::Change;
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

    /// In order of name; two people may have the same.
    pub(super) fn all(&self, ids: &[PersonId]) -> Vec<String> {
        let once: BTreeSet<&PersonId> = ids.iter().collect();
        let mut names: Vec<String> = once.into_iter().map(|id| self.of(*id)).filter(|name| !name.is_empty()).collect();
        names.sort();
        names
    }

    pub(super) fn of(&self, id: PersonId) -> String {
        self.by_id.get(&id).cloned().unwrap_or_default()
    }

    /// The words of an item, without what only the vault can follow.
    pub(super) fn said(&self, item: &Item) -> String {
        let words = self.line(item, &item.text);
        if words.is_empty() { "(no words)".to_owned() } else { sentence(&words) }
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

/// Who was at a meeting.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// Who was there, where anybody said so of anybody; else who was invited and neither declined nor is known to have
    /// been away.
    pub there: Vec<PersonId>,
    /// Whether anybody said so.
    pub known: bool,
    /// Where that is known of some: the others who were invited, neither declined, and of whom nobody said anything.
    pub invited: Vec<PersonId>,
}

pub(super) fn room(attendances: &[Attendance]) -> Room {
    let known = attendances.iter().any(|at| at.present == Presence::Yes);
    let mut room = Room { known, ..Room::default() };
    for at in attendances {
        match at.present {
            Presence::Yes => room.there.push(at.person_id),
            Presence::Unknown if at.response != Some(Response::Declined) => {
                if known { &mut room.invited } else { &mut room.there }.push(at.person_id);
            }
            Presence::Unknown | Presence::No => {}
        }
    }
    room
}

/// Where in the change log something stands: when, and after what.
pub(crate) type Place = (DateTime<Utc>, i64);

/// When the words of an item, its people or its due date were last changed after it was first written, or it was moved to
/// another meeting; none where that never was, or was taken back.
pub(crate) async fn history(conn: &mut Connection, id: ItemId, rationale: bool) -> Result<Option<Place>> {
    let entries = change::history(conn, Kind::Item, &id.to_string()).await?;
    Ok(changed(&entries, id, rationale))
}

/// The same by the entries up to some moment. A line that was taken out and came back, in the same note or in another, is
/// compared with what it was before: its anchor says that it is the same.
pub(super) fn changed(entries: &[Change], id: ItemId, rationale: bool) -> Option<Place> {
    let undone: HashSet<i64> = entries.iter().filter_map(|entry| entry.undoes).collect();
    let id = id.to_string();
    let there = |image: &&Value| image["archived"] != true;
    let (mut stood, mut changed): (Option<&Value>, _) = (None, None);
    for entry in entries.iter().filter(|entry| entry.undoes.is_none() && !undone.contains(&entry.seq)) {
        let (mut before, mut after) = (None, None);
        // Moved from one note to another it goes from the one and comes to the other.
        for delta in entry.content.iter().flat_map(|content| &content.deltas) {
            let sides: [Option<&Value>; 2] = match delta.kind {
                Kind::Note => feed::items(delta).remove(id.as_str()).unwrap_or_default(),
                Kind::Item if delta.id == id => [delta.before.as_ref(), delta.after.as_ref()],
                _ => continue,
            };
            before = before.or(sides[0]);
            after = after.or(sides[1]);
        }
        stood = before.filter(there).or(stood);
        if let Some(after) = after.filter(there) {
            if stood.is_some_and(|before| differs(before, after, rationale)) {
                changed = Some((entry.at, entry.seq));
            }
            stood = Some(after);
        }
    }
    changed
}

/// Which of the moments at which a decision was confirmed come before it was changed: who said so then, said so of other
/// words.
pub(crate) async fn confirmed_before(
    conn: &mut Connection,
    id: ItemId,
    changed: Option<Place>,
    said: &[DateTime<Utc>],
) -> Result<HashSet<DateTime<Utc>>> {
    let Some(changed) = changed.filter(|_| !said.is_empty()) else { return Ok(HashSet::new()) };
    let entries = change::history(conn, Kind::Confirmation, &id.to_string()).await?;
    let place = |at: &DateTime<Utc>| {
        let seq = entries.iter().filter(|entry| entry.at == *at && entry.undoes.is_none()).map(|entry| entry.seq).max();
        (*at, seq.unwrap_or_default())
    };
    Ok(said.iter().filter(|at| place(at) < changed).copied().collect())
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
        || (before["note_id"] != after["note_id"] && before["meeting_id"] != after["meeting_id"])
        || (rationale && before["rationale"] != after["rationale"])
}
