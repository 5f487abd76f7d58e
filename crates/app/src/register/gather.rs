//! What belongs in a register.

use std::collections::{BTreeMap, HashMap, HashSet};

use throughline_core::graph::{DecisionStatus, Fact, Graph};
use throughline_core::model::{
    Attendance, Item, ItemId, ItemKind, LinkKind, Meeting, MeetingId, MeetingStatus, NotePart, OrganizationId,
};
use throughline_store::{Connection, attendance, change, confirmation, item, lens, meeting, organization};

use super::entry::{Names, Room, confirmed_before, history, room, shown};
use super::{Ask, third};
use crate::app::App;
use crate::clock::span;
use crate::tell::Teller;
use crate::view::{self, Register, RegisterCalledOff, RegisterEntry, Said, When};
use crate::{Failure, Result, resolve};

pub(super) async fn gather(app: &App, text: &str, ask: &Ask) -> Result<Register> {
    span(ask.from, ask.to)?;
    let conn = &mut *app.read().await?;
    let id = resolve::organization(conn, text).await?;
    let found = organization::get(conn, id).await?;
    let found = found.ok_or_else(|| Failure::new("unknown_organization", "The organization is not there any more."))?;
    let scope = lens::scope(conn, id).await?;
    let (items, called_off) = items(app, conn, id, &scope, ask).await?;
    let names = Names::load(conn, &items).await?;
    let (_, head) = change::head(conn).await?;
    let gathered = Gathered::load(app, conn, items).await?;
    let named = gathered.named(app);
    let entries = gathered.entries(app, conn, &names, ask.rationale).await?;
    let third_parties = third::parties(conn, &found, &entries, &named).await?;
    let holding = entries.iter().filter(|entry| entry.kind == "decision" && entry.status == "holds");
    let holding: Vec<ItemId> = holding.map(|entry| entry.id).collect();
    let decisions = Teller::new(conn, *app.clock()).items_by_ids(&holding).await?.decisions;
    let superseded = decisions.iter().filter(|decision| decision.status == view::DecisionStatus::Superseded);
    let mut superseded_outside: Vec<String> = superseded.map(|decision| decision.anchor.clone()).collect();
    superseded_outside.sort();
    Ok(Register {
        organization: shown(&found.name),
        organization_id: id,
        from: ask.from,
        to: ask.to,
        rationale: ask.rationale,
        zone: app.clock().zone.name().to_owned(),
        generated_at: When::at(app.clock().now, app.clock().zone),
        head: hex(&head),
        entries,
        third_parties,
        superseded_outside,
        called_off,
    })
}

/// A hash as it is printed.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Decisions that were made and actions that were given out, in the notes of meetings the organization was at that have
/// begun and were not called off; and those meetings that were called off with such things in their notes, for which
/// nobody said whether they were held.
async fn items(
    app: &App,
    conn: &mut Connection,
    organization: OrganizationId,
    scope: &lens::Scope,
    ask: &Ask,
) -> Result<(Vec<(Item, Meeting)>, Vec<RegisterCalledOff>)> {
    let filter = item::Filter { organization: Some(organization), without_private: true, ..item::Filter::default() };
    let mut items = item::list(conn, &filter).await?;
    items.retain(|item| {
        item.part == NotePart::Notes
            && !item.proposed
            && item.kind != ItemKind::Question
            && item.meeting_id.is_some_and(|id| scope.meetings.contains(&id))
    });
    let ids: HashSet<MeetingId> = items.iter().filter_map(|item| item.meeting_id).collect();
    let ids: Vec<MeetingId> = ids.into_iter().collect();
    let zone = app.clock().zone;
    let meetings = meeting::by_ids(conn, &ids)
        .await?
        .into_iter()
        .filter(|meeting| meeting.held != Some(false) && meeting.times.start(zone) <= app.clock().now)
        .filter(|meeting| {
            let date = meeting.times.date(zone);
            ask.from.is_none_or(|from| date >= from) && ask.to.is_none_or(|to| date <= to)
        })
        .map(|meeting| (meeting.id, meeting));
    let is_off = |meeting: &Meeting| meeting.held.is_none() && meeting.status == MeetingStatus::Cancelled;
    let (off, meetings): (HashMap<_, _>, HashMap<_, _>) = meetings.partition(|(_, meeting)| is_off(meeting));
    let of = |id: MeetingId| items.iter().filter(|item| item.meeting_id == Some(id)).count();
    let called_off = off.into_values().map(|meeting| RegisterCalledOff {
        meeting_id: meeting.id,
        meeting_title: shown(&meeting.title),
        date: meeting.times.date(zone),
        entries: of(meeting.id),
    });
    let mut called_off: Vec<RegisterCalledOff> = called_off.collect();
    called_off.sort_by_key(|off| (off.date, off.meeting_id));
    let mut found: Vec<(Item, Meeting)> = items
        .into_iter()
        .filter_map(|item| {
            let meeting = meetings.get(&item.meeting_id?)?.clone();
            Some((item, meeting))
        })
        .collect();
    found.sort_by_key(|(item, meeting)| (meeting.times.start(zone), meeting.id, item.line, item.id));
    Ok((found, called_off))
}

/// Items of one kind of shape, with what the vault says around them.
pub(super) struct Gathered {
    items: Vec<(Item, Meeting)>,
    rooms: HashMap<MeetingId, Vec<Attendance>>,
    recaps: HashMap<MeetingId, Vec<view::RecapSent>>,
    confirmed: HashMap<ItemId, Vec<confirmation::Confirmation>>,
    graph: Graph,
}

impl Gathered {
    pub(super) async fn load(app: &App, conn: &mut Connection, items: Vec<(Item, Meeting)>) -> Result<Self> {
        let zone = app.clock().zone;
        let meetings: BTreeMap<MeetingId, ()> = items.iter().map(|(_, meeting)| (meeting.id, ())).collect();
        let meetings: Vec<MeetingId> = meetings.into_keys().collect();
        let mut rooms: HashMap<MeetingId, Vec<Attendance>> = HashMap::new();
        for at in attendance::of_meetings(conn, &meetings).await? {
            rooms.entry(at.meeting_id).or_default().push(at);
        }
        let mut recaps = HashMap::new();
        for id in &meetings {
            let sent = meeting::recaps(conn, *id).await?.into_iter();
            let sent = sent.map(|sent| view::RecapSent { to: shown(&sent.recipient), at: When::at(sent.at, zone) });
            recaps.insert(*id, sent.collect());
        }
        let ids: Vec<ItemId> = items.iter().map(|(item, _)| item.id).collect();
        let mut confirmed: HashMap<ItemId, Vec<confirmation::Confirmation>> = HashMap::new();
        for one in confirmation::of_items(conn, &ids).await? {
            confirmed.entry(one.item_id).or_default().push(one);
        }
        // Only links between entries count, and an entry is as old as its meeting; all their meetings have begun.
        let facts = items.iter().map(|(item, meeting)| {
            let created_at = meeting.times.start(chrono_tz::UTC);
            Fact::Item(Item { created_at, meeting_id: None, ..item.clone() })
        });
        let graph = Graph::build(facts);
        Ok(Self { items, rooms, recaps, confirmed, graph })
    }

    pub(super) async fn entries(
        self,
        app: &App,
        conn: &mut Connection,
        names: &Names,
        rationale: bool,
    ) -> Result<Vec<RegisterEntry>> {
        let zone = app.clock().zone;
        let anchors: HashMap<ItemId, String> =
            self.items.iter().map(|(item, _)| (item.id, item.anchor.clone())).collect();
        let anchor = |id: Option<ItemId>| id.and_then(|id| anchors.get(&id).cloned());
        let mut entries = Vec::with_capacity(self.items.len());
        for (item, meeting) in &self.items {
            let room = self.room(meeting.id);
            let changed = history(conn, item.id, rationale).await?;
            let confirmed = self.confirmed(item.id);
            let said: Vec<_> = confirmed.iter().map(|one| one.at).collect();
            let before = confirmed_before(conn, item.id, changed, &said).await?;
            let confirmed = confirmed.iter().map(|one| Said {
                by: names.of(one.person_id),
                at: When::at(one.at, zone),
                before_change: before.contains(&one.at),
            });
            let owners: Vec<String> = item.owners.iter().map(|owner| names.of(owner.person_id)).collect();
            let is_decision = item.kind == ItemKind::Decision;
            let (decided_by, owners) = if is_decision { (owners, Vec::new()) } else { (Vec::new(), owners) };
            let supersedes = item.links.iter().filter(|link| link.kind == LinkKind::Supersedes).map(|link| link.target);
            entries.push(RegisterEntry {
                id: item.id,
                anchor: item.anchor.clone(),
                kind: if is_decision { "decision" } else { "commitment" }.to_owned(),
                text: names.said(item),
                status: match self.graph.decision_status(item.id, None) {
                    Some(DecisionStatus::Superseded) => "superseded".to_owned(),
                    Some(_) => "holds".to_owned(),
                    None => item.status.to_string(),
                },
                date: meeting.times.date(zone),
                meeting_title: shown(&meeting.title),
                decided_by,
                present: names.all(&room.there),
                present_known: room.known,
                invited: names.all(&room.invited),
                owners,
                due: item.due,
                first_written: When::at(item.created_at, zone),
                changed_since: changed.is_some(),
                changed_at: changed.map(|(at, _)| When::at(at, zone)),
                confirmed: confirmed.collect(),
                recap_sent: self.recaps.get(&meeting.id).cloned().unwrap_or_default(),
                rationale: rationale.then(|| names.reasons(item)).flatten(),
                supersedes: supersedes.into_iter().find_map(|id| anchor(Some(id))).filter(|_| is_decision),
                superseded_by: anchor(self.graph.superseded_by(item.id, None)).filter(|_| is_decision),
            });
        }
        Ok(entries)
    }

    /// Whom an entry names, where in it, and on which day: who they belonged to then is what counts.
    fn named(&self, app: &App) -> third::Named {
        let zone = app.clock().zone;
        let named = self.items.iter().map(|(item, meeting)| {
            let day = meeting.times.own_date();
            let role = if item.kind == ItemKind::Decision { "decided_by" } else { "owners" };
            let room = self.room(meeting.id);
            let owners = item.owners.iter().map(|owner| (owner.person_id, role, day));
            let there = room.there.into_iter().chain(room.invited).map(|id| (id, "present", day));
            let said = |one: &confirmation::Confirmation| {
                (one.person_id, "confirmed", one.at.with_timezone(&zone).date_naive())
            };
            let confirmed = self.confirmed(item.id).iter().map(said);
            (item.id, owners.chain(there).chain(confirmed).collect())
        });
        named.collect()
    }

    fn confirmed(&self, id: ItemId) -> &[confirmation::Confirmation] {
        self.confirmed.get(&id).map_or(&[][..], Vec::as_slice)
    }

    fn room(&self, meeting: MeetingId) -> Room {
        room(self.rooms.get(&meeting).map_or(&[][..], Vec::as_slice))
    }
}
