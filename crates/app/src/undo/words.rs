//! What an entry of the change log did, in words a person knows it by.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use serde_json::Value;
use throughline_core::model::{ItemId, LinkKind, MeetingId, NoteOwner, PersonId};
use throughline_core::note::said as said_aloud;
use throughline_store::change::{self, Change, Delta};
use throughline_store::{Connection, Kind, item, meeting, person};

use crate::Result;
use crate::app::App;

/// A name is told up to this length.
const LONGEST: usize = 60;

/// What the things an entry touched are called, in the order of the entry.
#[derive(Default)]
pub(super) struct Names {
    /// Items that are not as they were.
    items: Vec<String>,
    /// Meetings, and those whose notes it touched.
    meetings: Vec<String>,
    people: Vec<String>,
    queries: Vec<String>,
    /// Decisions whose place another took.
    superseded: Vec<String>,
    known: BTreeSet<(Kind, String)>,
}

impl Names {
    /// Looks up those there are now, beside those known already.
    pub async fn learn(&mut self, app: &App, conn: &mut Connection, change: &Change) -> Result<()> {
        let Some(content) = &change.content else { return Ok(()) };
        for delta in &content.deltas {
            self.learn_one(app, conn, delta).await?;
        }
        if change.command == "decision supersede" && self.superseded.is_empty() {
            let old = content.deltas.iter().flat_map(superseded).collect::<Vec<_>>();
            let old = item::by_ids(conn, &old).await?;
            self.superseded.extend(old.iter().map(|old| quoted(&old.text)));
        }
        Ok(())
    }

    async fn learn_one(&mut self, app: &App, conn: &mut Connection, delta: &Delta) -> Result<()> {
        match delta.kind {
            Kind::Meeting | Kind::Attendance | Kind::Queue | Kind::Occurrence => {
                if let Ok(id) = delta.id.parse() {
                    self.meeting(app, conn, MeetingId(id)).await?;
                }
            }
            Kind::Note => {
                changed_items(delta).into_iter().for_each(|(id, text)| self.item(id, &text));
                match owner(delta) {
                    Some(NoteOwner::Meeting(id)) => self.meeting(app, conn, id).await?,
                    Some(NoteOwner::Person(id)) => self.person(conn, id).await?,
                    None => {}
                }
            }
            Kind::Person => {
                if let Ok(id) = delta.id.parse() {
                    self.person(conn, PersonId(id)).await?;
                }
            }
            Kind::Item => {
                let text = image(delta).and_then(|image| image.get("text")).and_then(Value::as_str);
                self.item(delta.id.clone(), text.unwrap_or_default());
            }
            Kind::Confirmation => {
                let id = delta.id.parse().ok().map(ItemId);
                if let Some(found) = item::by_ids(conn, &id.into_iter().collect::<Vec<_>>()).await?.pop() {
                    self.item(delta.id.clone(), &found.text);
                }
            }
            Kind::Query if self.known.insert((delta.kind, delta.id.clone())) => {
                self.queries.push(format!("“{}”", short(&delta.id)));
            }
            _ => {}
        }
        Ok(())
    }

    fn item(&mut self, id: String, text: &str) {
        if self.known.insert((Kind::Item, id)) {
            self.items.push(quoted(text));
        }
    }

    async fn meeting(&mut self, app: &App, conn: &mut Connection, id: MeetingId) -> Result<()> {
        let Some(found) = meeting::get(conn, id).await? else { return Ok(()) };
        if self.known.insert((Kind::Meeting, id.to_string())) {
            let date = found.times.date(app.clock().zone);
            let form = if date.year() == app.clock().today().year() { "%-d %b" } else { "%-d %b %Y" };
            self.meetings.push(format!("“{}” of {}", short(&found.title), date.format(form)));
        }
        Ok(())
    }

    async fn person(&mut self, conn: &mut Connection, id: PersonId) -> Result<()> {
        let Some(found) = person::as_they_are(conn, &[id]).await?.pop() else { return Ok(()) };
        if self.known.insert((Kind::Person, id.to_string())) {
            self.people.push(short(&found.name));
        }
        Ok(())
    }
}

/// A phrase such as "ticked “Send the draft”"; none where the command alone says more.
pub(super) fn said(change: &Change, names: &Names) -> Option<String> {
    let items = || listed(&names.items);
    let meetings = || listed(&names.meetings);
    let people = || listed(&names.people);
    let queries = || listed(&names.queries);
    let (verb, what) = match change.command.as_str() {
        "action done" => ("ticked", items()),
        "action reopen" => ("reopened", items()),
        "action drop" => ("dropped", items()),
        "action due" => ("dated", items()),
        "action assign" => ("assigned", items()),
        "action snooze" => ("snoozed", items()),
        "action keep" => ("put aside", items()),
        "decision supersede" => ("superseded", listed(&names.superseded)),
        "decision confirm" => ("confirmed", items()),
        "note" | "note set" | "note append" | "note recover" => ("wrote the notes of", meetings().or_else(people)),
        "note restore" => ("went back in the notes of", meetings()),
        "import minutes" => ("imported minutes of", meetings()),
        "meeting new" => ("made", meetings()),
        "meeting edit" => ("changed", meetings()),
        "meeting delete" => ("deleted", meetings()),
        "meeting relink" => ("attached the notes of", meetings()),
        "meeting attendee add" => ("added to", meetings()),
        "meeting present" => ("said who was at", meetings()),
        "queue keep" => ("kept the notes of", meetings()),
        "recap" => ("sent a recap of", meetings()),
        "person new" => ("made", people()),
        "person note" => ("wrote the note of", people()),
        "person merge" => ("merged", people()),
        "person unmerge" => ("took apart", people()),
        "person edit" => return renamed_person(change).or_else(|| people().map(|who| format!("changed {who}"))),
        "person alias" | "person job" => ("changed", people()),
        "query save" => ("saved the query", queries()),
        "query delete" => ("deleted the query", queries()),
        "query rename" => return renamed(change),
        "org edit" => return organization(change),
        "settings" => return settings(change),
        "decision compatible" => return Some("said that two decisions go together".to_owned()),
        "person distinct" => return Some("said that two people are two".to_owned()),
        command if change::SYNCS.contains(&command) => {
            return meetings().map(|what| format!("moved {what} with its series"));
        }
        _ => return None,
    };
    what.map(|what| format!("{verb} {what}"))
}

/// One or two by name, the rest as a number.
fn listed(names: &[String]) -> Option<String> {
    match names {
        [] => None,
        [one] => Some(one.clone()),
        [one, other] => Some(format!("{one} and {other}")),
        [one, rest @ ..] => Some(format!("{one} and {} more", rest.len())),
    }
}

/// What it is now, else what it was.
fn image(delta: &Delta) -> Option<&Value> {
    delta.after.as_ref().or(delta.before.as_ref())
}

fn owner(delta: &Delta) -> Option<NoteOwner> {
    serde_json::from_value(image(delta)?.get("owner")?.clone()).ok()
}

/// The items of a note that say or are something else than before; that a line moved does not count.
fn changed_items(delta: &Delta) -> Vec<(String, String)> {
    let items = |image: &Option<Value>| -> BTreeMap<String, Value> {
        let items = image.as_ref().and_then(|image| image.get("items")).and_then(Value::as_array);
        let keyed = items.into_iter().flatten().filter_map(|item| {
            let mut item = item.clone();
            let id = item.get("id")?.as_str()?.to_owned();
            item.as_object_mut()?.remove("line");
            Some((id, item))
        });
        keyed.collect()
    };
    let (before, after) = (items(&delta.before), items(&delta.after));
    let ids: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changed = ids.into_iter().filter(|id| before.get(*id) != after.get(*id));
    let text = |id: &String| {
        let item = after.get(id).or_else(|| before.get(id))?;
        Some((id.clone(), item.get("text")?.as_str()?.to_owned()))
    };
    changed.filter_map(text).collect()
}

/// A renamed query by the name it had.
fn renamed(change: &Change) -> Option<String> {
    let gone = |delta: &&Delta| delta.kind == Kind::Query && delta.after.is_none();
    let old = change.content.as_ref()?.deltas.iter().find(gone)?;
    Some(format!("renamed the query “{}”", short(&old.id)))
}

/// An organization by the name it had.
fn organization(change: &Change) -> Option<String> {
    let delta = change.content.as_ref()?.deltas.iter().find(|delta| delta.kind == Kind::Organization)?;
    Some(format!("renamed {}", short(delta.before.as_ref()?["name"].as_str()?)))
}

/// A renamed person by the name they had; none where the name stayed.
fn renamed_person(change: &Change) -> Option<String> {
    let delta = change.content.as_ref()?.deltas.iter().find(|delta| delta.kind == Kind::Person)?;
    let (before, after) = (&delta.before.as_ref()?["name"], &delta.after.as_ref()?["name"]);
    if before == after {
        return None;
    }
    Some(format!("renamed {}", short(before.as_str()?)))
}

/// What a change of the settings was: templates by their names, the rest as what it is.
fn settings(change: &Change) -> Option<String> {
    let delta = change.content.as_ref()?.deltas.iter().find(|delta| delta.kind == Kind::Setting)?;
    let templates = |image: &Option<Value>| -> Vec<(String, Value)> {
        let listed = image.as_ref().and_then(|image| image["templates"].as_array()).cloned().unwrap_or_default();
        let named = |one: Value| Some((one["name"].as_str()?.to_owned(), one));
        listed.into_iter().filter_map(named).collect()
    };
    let (before, after) = (templates(&delta.before), templates(&delta.after));
    let names = |these: &[(String, Value)], those: &[(String, Value)]| -> Vec<String> {
        let other = these.iter().filter(|one| !those.contains(one));
        other.map(|(name, _)| format!("“{}”", short(name))).collect()
    };
    let (gone, new) = (names(&before, &after), names(&after, &before));
    let many = |names: &[String]| if names.len() == 1 { "template" } else { "templates" };
    Some(match (gone.as_slice(), new.as_slice()) {
        ([], []) => "changed the settings".to_owned(),
        // A vault whose settings were never saved has the templates it began with.
        _ if delta.before.is_none() => "changed the settings".to_owned(),
        ([], new) => format!("made the {} {}", many(new), listed(new)?),
        (gone, []) => format!("deleted the {} {}", many(gone), listed(gone)?),
        (_, new) => format!("changed the {} {}", many(new), listed(new)?),
    })
}

/// The decisions that an entry's links say were superseded, and that they did not say before.
fn superseded(delta: &Delta) -> Vec<ItemId> {
    let links = |image: &Option<Value>| -> BTreeSet<String> {
        let items = image.as_ref().and_then(|image| image.get("items")).and_then(Value::as_array);
        let links = items.into_iter().flatten().filter_map(|item| item.get("links")?.as_array()).flatten();
        let supersedes = links.filter(|link| link["kind"] == LinkKind::Supersedes.as_str());
        supersedes.filter_map(|link| Some(link["target"].as_str()?.to_owned())).collect()
    };
    let (before, after) = (links(&delta.before), links(&delta.after));
    after.difference(&before).filter_map(|id| id.parse().ok().map(ItemId)).collect()
}

fn quoted(text: &str) -> String {
    format!("“{}”", short(&said_aloud(text, |_| true, |_| None)))
}

fn short(text: &str) -> String {
    let line = crate::clean::line(text);
    if line.chars().count() <= LONGEST {
        return line;
    }
    line.chars().take(LONGEST - 1).chain(['…']).collect()
}
