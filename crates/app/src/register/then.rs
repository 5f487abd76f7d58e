//! What the change log says of a document's entries as they were at the head it prints: what they said of themselves then
//! is measured by that, and not by what has become of them.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde_json::Value;
use throughline_core::graph::{DecisionStatus, Fact, Graph};
use throughline_core::model::{Item, ItemId, ItemKind, LinkKind, Meeting, MeetingId};
use throughline_store::change::{Change, Delta};
use throughline_store::{Connection, Kind, change, feed};

use super::entry::{Place, changed, shown};
use super::page::{BEFORE, PageEntry, day, moment};
use crate::Result;
use crate::view::{RegisterEntry, When};

/// The vault at an entry of the change log.
pub(super) struct Then {
    at: DateTime<Utc>,
    /// When the entry after it was made.
    next: Option<DateTime<Utc>>,
    zone: Tz,
    entries: HashMap<String, Entry>,
}

/// An entry then.
struct Entry {
    /// None where it was not there.
    item: Option<Item>,
    status: String,
    superseded_by: Option<String>,
    supersedes: Option<String>,
    /// When it was last changed; with reasons, and without.
    changed: [Option<Place>; 2],
    recaps: Vec<String>,
    /// When somebody had confirmed it, and where in the log that stands.
    confirmed: HashMap<DateTime<Utc>, Place>,
    /// When its status last changed after that.
    status_since: Option<DateTime<Utc>>,
}

/// What was at the entry `seq`, of these items; nothing is said of one whose history was erased.
pub(super) async fn then(conn: &mut Connection, seq: i64, items: &[(Item, Meeting)], zone: Tz) -> Result<Option<Then>> {
    let Some(head) = change::get(conn, seq).await? else { return Ok(None) };
    let next = change::get(conn, seq + 1).await?.map(|next| next.at);
    let mut entries = HashMap::new();
    for (item, _) in items {
        let history = change::history(conn, Kind::Item, &item.id.to_string()).await?;
        if history.iter().any(|change| change.content.is_none()) {
            continue;
        }
        let (before, after): (Vec<Change>, Vec<Change>) = history.into_iter().partition(|change| change.seq <= seq);
        let was = last(&before, item.id);
        let recaps = match was.as_ref().and_then(|was| was.meeting_id) {
            Some(meeting) => recaps(conn, meeting, seq, zone).await?,
            None => Vec::new(),
        };
        let entry = Entry {
            item: was,
            status: String::new(),
            superseded_by: None,
            supersedes: None,
            changed: [true, false].map(|why| changed(&before, item.id, why)),
            recaps,
            confirmed: confirmed(conn, item.id, seq).await?,
            status_since: status_since(&after, item.id),
        };
        entries.insert(item.anchor.clone(), entry);
    }
    let starts = items.iter().map(|(item, meeting)| (item.id, meeting.times.start(chrono_tz::UTC))).collect();
    link(&mut entries, &starts);
    Ok(Some(Then { at: head.at, next, zone, entries }))
}

impl Then {
    /// In which respects an entry says of itself what was not so.
    pub(super) fn differs(&self, was: &PageEntry, all: &[PageEntry], now: &RegisterEntry) -> Vec<&'static str> {
        let Some(then) = self.entries.get(&was.anchor) else { return Vec::new() };
        if then.item.is_none() {
            return vec!["head"];
        }
        // Of an entry that is not in the vault any more the log is not asked.
        let gone = |mark: &str| {
            let anchor = mark.trim_start_matches('^');
            !self.entries.contains_key(anchor) && all.iter().any(|entry| entry.anchor == anchor)
        };
        let by_gone = gone(&was.superseded_by);
        let mark = |anchor: &Option<String>| anchor.as_ref().map(|anchor| format!("^{anchor}")).unwrap_or_default();
        let said = was.written.split_once("; ").map_or("", |(_, said)| said);
        let changed = then.changed.iter().any(|changed| match changed {
            Some((at, _)) => said.strip_prefix("changed ").is_some_and(|said| said == moment(When::at(*at, self.zone))),
            None => said == "unchanged since",
        });
        let recaps: Vec<&str> = was.recap.split("; ").filter(|sent| !sent.is_empty()).collect();
        let parts: Vec<&str> = was.confirmed.split("; ").collect();
        let confirmed = now.confirmed.iter().all(|said| {
            let When::At(at) = said.at else { return true };
            let Some(place) = then.confirmed.get(&at.to_utc()) else { return true };
            then.changed.iter().any(|changed| {
                let before = if changed.is_some_and(|changed| *place < changed) { BEFORE } else { "" };
                parts.contains(&format!("{} on {}{before}", said.by, day(said.at.date())).as_str())
            })
        });
        let pairs = [
            ("status", by_gone || was.status == then.status),
            ("superseded_by", by_gone || was.superseded_by == mark(&then.superseded_by)),
            ("supersedes", gone(&was.supersedes) || was.supersedes == mark(&then.supersedes)),
            ("changed_since", was.written.is_empty() || changed),
            ("recap_sent", recaps == then.recaps),
            ("confirmed", confirmed),
        ];
        pairs.into_iter().filter(|(_, same)| !same).map(|(field, _)| field).collect()
    }

    /// When the status of an entry last changed since.
    pub(super) fn status_since(&self, anchor: &str) -> Option<DateTime<Utc>> {
        self.entries.get(anchor)?.status_since
    }

    /// Whether a document with this head can have been made then: its head was the last entry of the log, give or take
    /// the minute that a document tells.
    pub(super) fn may_be_made(&self, made: NaiveDateTime) -> bool {
        let local = |at: DateTime<Utc>| at.with_timezone(&self.zone).naive_local();
        let minute = TimeDelta::minutes(1);
        made + minute >= local(self.at) && self.next.is_none_or(|next| next < self.at || made <= local(next) + minute)
    }
}

/// What entries are to each other, as far as links between them say.
fn link(entries: &mut HashMap<String, Entry>, starts: &HashMap<ItemId, DateTime<Utc>>) {
    let facts = entries.values().filter_map(|entry| {
        let item = entry.item.clone()?;
        let created_at = starts.get(&item.id).copied().unwrap_or(item.created_at);
        Some(Fact::Item(Item { created_at, meeting_id: None, ..item }))
    });
    let graph = Graph::build(facts.collect::<Vec<_>>());
    let anchors: HashMap<ItemId, String> =
        entries.iter().filter_map(|(anchor, entry)| Some((entry.item.as_ref()?.id, anchor.clone()))).collect();
    for entry in entries.values_mut() {
        let Some(item) = &entry.item else { continue };
        entry.status = match graph.decision_status(item.id, None) {
            Some(DecisionStatus::Superseded) => "superseded".to_owned(),
            Some(_) => "holds".to_owned(),
            None => item.status.to_string(),
        };
        if item.kind == ItemKind::Decision {
            entry.superseded_by = graph.superseded_by(item.id, None).and_then(|id| anchors.get(&id).cloned());
            let mut older = item.links.iter().filter(|link| link.kind == LinkKind::Supersedes);
            entry.supersedes = older.find_map(|link| anchors.get(&link.target).cloned());
        }
    }
}

/// The two sides of what a delta did to an item; none where it says nothing of it.
fn sides<'a>(delta: &'a Delta, id: &str) -> Option<[Option<&'a Value>; 2]> {
    match delta.kind {
        Kind::Note => feed::items(delta).remove(id),
        Kind::Item if delta.id == id => Some([delta.before.as_ref(), delta.after.as_ref()]),
        _ => None,
    }
}

fn deltas(change: &Change) -> impl Iterator<Item = &Delta> {
    change.content.iter().flat_map(|content| &content.deltas)
}

/// The item after the last of these entries; none where it was not there, or its line was not.
fn last(history: &[Change], id: ItemId) -> Option<Item> {
    let id = id.to_string();
    let mut item = None;
    for change in history {
        // Moved from one note to another it goes from the one and comes to the other.
        let spoken: Vec<_> = deltas(change).filter_map(|delta| sides(delta, &id)).collect();
        if !spoken.is_empty() {
            item = spoken.into_iter().find_map(|[_, after]| after);
        }
    }
    let item: Item = serde_json::from_value(item?.clone()).ok()?;
    (!item.archived).then_some(item)
}

fn status_since(history: &[Change], id: ItemId) -> Option<DateTime<Utc>> {
    let id = id.to_string();
    let mut changes = history.iter().filter(|change| {
        deltas(change)
            .filter_map(|delta| sides(delta, &id))
            .any(|sides| matches!(sides, [Some(before), Some(after)] if before["status"] != after["status"]))
    });
    changes.next_back().map(|change| change.at)
}

/// The image of something after the entry `seq`.
async fn image(conn: &mut Connection, kind: Kind, id: &str, seq: i64) -> Result<Option<Value>> {
    let history = change::history(conn, kind, id).await?;
    let spoken = history.iter().filter(|change| change.seq <= seq).flat_map(deltas);
    Ok(spoken.filter(|delta| delta.kind == kind && delta.id == id).last().and_then(|delta| delta.after.clone()))
}

fn instant(value: &Value) -> Option<DateTime<Utc>> {
    Some(DateTime::parse_from_rfc3339(value.as_str()?).ok()?.to_utc())
}

async fn recaps(conn: &mut Connection, meeting: MeetingId, seq: i64, zone: Tz) -> Result<Vec<String>> {
    let image = image(conn, Kind::Meeting, &meeting.to_string(), seq).await?;
    let sent = image.iter().flat_map(|image| image["recaps"].as_array()).flatten();
    let told = sent.filter_map(|sent| {
        let to = shown(sent[1].as_str()?);
        Some(format!("{to} on {}", day(When::at(instant(&sent[0])?, zone).date())))
    });
    Ok(told.collect())
}

async fn confirmed(conn: &mut Connection, item: ItemId, seq: i64) -> Result<HashMap<DateTime<Utc>, Place>> {
    let id = item.to_string();
    let image = image(conn, Kind::Confirmation, &id, seq).await?;
    let history = change::history(conn, Kind::Confirmation, &id).await?;
    let said = image.iter().flat_map(|image| image.as_array()).flatten().filter_map(|said| instant(&said[1]));
    let place = |at: DateTime<Utc>| {
        let of = history.iter().filter(|change| change.at == at && change.undoes.is_none());
        (at, (at, of.map(|change| change.seq).max().unwrap_or_default()))
    };
    Ok(said.map(place).collect())
}
