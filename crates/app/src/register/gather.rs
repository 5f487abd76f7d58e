//! What belongs in a register.

use std::collections::{BTreeMap, HashMap, HashSet};

use throughline_core::graph::{DecisionStatus, Fact, Graph};
use throughline_core::model::{
    Attendance, Item, ItemId, ItemKind, LinkKind, Meeting, MeetingId, MeetingStatus, NotePart, OrganizationId,
};
use throughline_store::{Connection, attendance, change, confirmation, item, lens, meeting, organization};

use super::entry::{Names, history, shown};
use super::{Ask, third};
use crate::app::App;
use crate::clock::span;
use crate::tell::Teller;
use crate::view::{self, Register, RegisterEntry, Said, When};
use crate::{Failure, Result, resolve};

pub(super) async fn gather(app: &App, text: &str, ask: &Ask) -> Result<Register> {
    span(ask.from, ask.to)?;
    let conn = &mut *app.read().await?;
    let id = resolve::organization(conn, text).await?;
    let found = organization::get(conn, id).await?;
    let found = found.ok_or_else(|| Failure::new("unknown_organization", "The organization is not there any more."))?;
    let scope = lens::scope(conn, id).await?;
    let items = items(app, conn, id, &scope, ask).await?;
    let names = Names::load(conn, &items).await?;
    let (_, head) = change::head(conn).await?;
    let entries = Gathered::load(app, conn, items).await?.entries(app, conn, &names, ask.rationale).await?;
    let third_parties = third::parties(conn, &scope, &found, &entries).await?;
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
    })
}

/// A hash as it is printed.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Decisions that were made and actions that were given out, in the notes of meetings the organization was at that have
/// begun and were not called off.
async fn items(
    app: &App,
    conn: &mut Connection,
    organization: OrganizationId,
    scope: &lens::Scope,
    ask: &Ask,
) -> Result<Vec<(Item, Meeting)>> {
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
    let meetings: HashMap<MeetingId, Meeting> = meeting::by_ids(conn, &ids)
        .await?
        .into_iter()
        .filter(|meeting| meeting.held.unwrap_or(meeting.status != MeetingStatus::Cancelled))
        .filter(|meeting| meeting.times.start(zone) <= app.clock().now)
        .filter(|meeting| {
            let date = meeting.times.date(zone);
            ask.from.is_none_or(|from| date >= from) && ask.to.is_none_or(|to| date <= to)
        })
        .map(|meeting| (meeting.id, meeting))
        .collect();
    let mut found: Vec<(Item, Meeting)> = items
        .into_iter()
        .filter_map(|item| {
            let meeting = meetings.get(&item.meeting_id?)?.clone();
            Some((item, meeting))
        })
        .collect();
    found.sort_by_key(|(item, meeting)| (meeting.times.start(zone), meeting.id, item.line, item.id));
    Ok(found)
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
        // Only links between entries count, and an entry is as old as its meeting.
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
            let (present, present_known) = self.room(meeting.id, names);
            let changed = history(conn, item.id, rationale).await?;
            let confirmed = self.confirmed.get(&item.id).map_or(&[][..], Vec::as_slice).iter();
            let confirmed = confirmed.map(|one| Said { by: names.of(one.person_id), at: When::at(one.at, zone) });
            let owners: Vec<String> = item.owners.iter().map(|owner| names.of(owner.person_id)).collect();
            let is_decision = item.kind == ItemKind::Decision;
            let (decided_by, owners) = if is_decision { (owners, Vec::new()) } else { (Vec::new(), owners) };
            let supersedes = item.links.iter().filter(|link| link.kind == LinkKind::Supersedes).map(|link| link.target);
            entries.push(RegisterEntry {
                id: item.id,
                anchor: item.anchor.clone(),
                kind: if is_decision { "decision" } else { "commitment" }.to_owned(),
                text: names.said(item),
                status: match self.graph.decision_status(item.id) {
                    Some(DecisionStatus::Superseded) => "superseded".to_owned(),
                    Some(_) => "holds".to_owned(),
                    None => item.status.to_string(),
                },
                date: meeting.times.date(zone),
                meeting_title: shown(&meeting.title),
                decided_by,
                present,
                present_known,
                owners,
                due: item.due,
                first_written: When::at(item.created_at, zone),
                changed_since: changed.is_some(),
                changed_at: changed.map(|at| When::at(at, zone)),
                confirmed: confirmed.collect(),
                recap_sent: self.recaps.get(&meeting.id).cloned().unwrap_or_default(),
                rationale: rationale.then(|| names.reasons(item)).flatten(),
                supersedes: supersedes.into_iter().find_map(|id| anchor(Some(id))).filter(|_| is_decision),
                superseded_by: anchor(self.graph.superseded_by(item.id)).filter(|_| is_decision),
            });
        }
        Ok(entries)
    }

    /// Who was there, where anybody said so; else who was invited and did not decline.
    fn room(&self, meeting: MeetingId, names: &Names) -> (Vec<String>, bool) {
        super::entry::present(self.rooms.get(&meeting).map_or(&[][..], Vec::as_slice), names)
    }
}
