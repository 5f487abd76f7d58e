//! Items as told.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use throughline_core::model::{
    ActionStatus, Attendance, Item, ItemId, ItemKind, LinkKind, MeetingId, NotePart, PersonId, Presence,
};
use throughline_core::note::said;
use throughline_store::{attendance, item, meeting};

use super::Teller;
use crate::Result;
use crate::view::{self, DecisionStatus, QuestionStatus, TracedItem, When};

/// Items by kind.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub actions: Vec<view::Action>,
    pub decisions: Vec<view::Decision>,
    pub questions: Vec<view::Question>,
}

impl Told {
    /// All of one note, or of one meeting, by part and line.
    pub fn in_order(self) -> Vec<TracedItem> {
        let actions = self.actions.into_iter().map(|item| ((item.note_part, item.line), TracedItem::Action(item)));
        let decisions =
            self.decisions.into_iter().map(|item| ((item.note_part, item.line), TracedItem::Decision(item)));
        let questions =
            self.questions.into_iter().map(|item| ((item.note_part, item.line), TracedItem::Question(item)));
        let mut all: Vec<((NotePart, u32), TracedItem)> = actions.chain(decisions).chain(questions).collect();
        all.sort_by_key(|(place, _)| *place);
        all.into_iter().map(|(_, item)| item).collect()
    }
}

/// What an item's meeting and the items around it say of it.
#[derive(Default)]
struct Around {
    meetings: HashMap<MeetingId, (String, NaiveDate)>,
    present: HashMap<MeetingId, Vec<PersonId>>,
    /// Links to an item, by target and kind; the latest wins.
    incoming: HashMap<(ItemId, LinkKind), ItemId>,
    /// Items that links name and that are still there.
    there: HashSet<ItemId>,
    /// The open ones of those that an action waits for.
    awaited: HashMap<ItemId, String>,
}

impl Teller<'_> {
    /// Items by their ids, each kind in that order; archived ones are left out.
    pub async fn items_by_ids(&mut self, ids: &[ItemId]) -> Result<Told> {
        let items = item::by_ids(self.conn, ids).await?;
        self.items(items.into_iter().filter(|item| !item.archived).collect()).await
    }

    /// Items, each kind in the order given.
    pub async fn items(&mut self, items: Vec<Item>) -> Result<Told> {
        let around = self.around(&items).await?;
        self.know(items.iter().flat_map(|item| item.owners.iter().map(|owner| owner.person_id))).await?;
        self.know(around.present.values().flatten().copied()).await?;
        let mut told = Told::default();
        for item in items {
            match item.kind {
                ItemKind::Action => told.actions.push(self.action(item, &around)),
                ItemKind::Decision => told.decisions.push(self.decision(item, &around)),
                ItemKind::Question => told.questions.push(self.question(item, &around)),
            }
        }
        Ok(told)
    }

    async fn around(&mut self, items: &[Item]) -> Result<Around> {
        let mut around = Around::default();
        let ids: HashSet<MeetingId> = items.iter().filter_map(|item| item.meeting_id).collect();
        let ids: Vec<MeetingId> = ids.into_iter().collect();
        for (id, title, times) in meeting::titles(self.conn, &ids).await? {
            around.meetings.insert(id, (title, times.date(self.clock.zone)));
        }
        let deciding: HashSet<MeetingId> =
            items.iter().filter(|item| item.kind == ItemKind::Decision).filter_map(|item| item.meeting_id).collect();
        if !deciding.is_empty() {
            let deciding: Vec<MeetingId> = deciding.into_iter().collect();
            let mut rooms: HashMap<MeetingId, Vec<Attendance>> = HashMap::new();
            for attendance in attendance::of_meetings(self.conn, &deciding).await? {
                rooms.entry(attendance.meeting_id).or_default().push(attendance);
            }
            around.present = rooms.into_iter().map(|(id, room)| (id, present(&room))).collect();
        }
        let linked: Vec<ItemId> =
            items.iter().filter(|item| item.kind != ItemKind::Action).map(|item| item.id).collect();
        for (from, kind, target) in item::links_to(self.conn, &linked, Some(self.by)).await? {
            around.incoming.insert((target, kind), from);
        }
        let targets: Vec<ItemId> = items.iter().flat_map(|item| item.links.iter().map(|link| link.target)).collect();
        around.there = item::alive(self.conn, &targets).await?;
        let awaited = items.iter().flat_map(|item| &item.links).filter(|link| link.kind == LinkKind::BlockedBy);
        let awaited: Vec<ItemId> = awaited.map(|link| link.target).collect();
        if !awaited.is_empty() {
            let awaited = item::by_ids(self.conn, &awaited).await?.into_iter();
            let open = awaited.filter(|item| !item.archived && item.status == ActionStatus::Open);
            // What is said beside the action may be read by others.
            let open = open.filter(|item| item.part != NotePart::Private);
            around.awaited = open.map(|item| (item.id, words_of(&item.text))).collect();
        }
        Ok(around)
    }

    fn action(&self, item: Item, around: &Around) -> view::Action {
        let meeting = item.meeting_id.and_then(|id| around.meetings.get(&id));
        let overdue = item.status == ActionStatus::Open && item.due.is_some_and(|due| due < self.clock.today());
        let blocked_by = targets(&item, LinkKind::BlockedBy, around);
        let open = |id: &ItemId| Some(view::Waited { id: *id, text: around.awaited.get(id)?.clone() });
        view::Action {
            id: item.id,
            waits_for: blocked_by.iter().filter_map(open).collect(),
            blocked_by,
            owners: item
                .owners
                .iter()
                .map(|owner| view::Owner {
                    person_id: owner.person_id,
                    name: self.name(owner.person_id),
                    handle: self.people.get(&owner.person_id).map(|person| person.handle.clone()).unwrap_or_default(),
                    inferred: owner.inferred,
                })
                .collect(),
            anchor: item.anchor,
            text: item.text,
            status: item.status,
            due: item.due,
            overdue,
            slips: item.slips,
            age_days: self.age(meeting, item.created_at),
            snoozed_until: item.snoozed_until,
            topics: item.topics,
            meeting_id: item.meeting_id,
            meeting_title: meeting.map(|(title, _)| title.clone()),
            meeting_date: meeting.map(|(_, date)| *date),
            note_part: item.part,
            line: item.line,
            created_at: When::at(item.created_at, self.clock.zone),
            done_at: item.done_at.map(|at| When::at(at, self.clock.zone)),
        }
    }

    fn decision(&self, item: Item, around: &Around) -> view::Decision {
        let meeting = item.meeting_id.and_then(|id| around.meetings.get(&id));
        let superseded_by = around.incoming.get(&(item.id, LinkKind::Supersedes)).copied();
        let superseded = superseded_by.is_some() || item.superseded_unseen.is_some_and(|since| since <= self.by.day);
        let decided = !item.proposed && self.raised(meeting, item.created_at) <= self.by.day;
        let status = match (decided, superseded) {
            (false, _) => DecisionStatus::Proposed,
            (true, true) => DecisionStatus::Superseded,
            (true, false) => DecisionStatus::Holds,
        };
        let present = item.meeting_id.and_then(|id| around.present.get(&id)).map_or(&[][..], Vec::as_slice);
        view::Decision {
            id: item.id,
            supersedes: targets(&item, LinkKind::Supersedes, around).first().copied(),
            superseded_by,
            status,
            decided_by: item.owners.iter().map(|owner| self.person_ref(owner.person_id)).collect(),
            present: present.iter().map(|id| self.person_ref(*id)).collect(),
            anchor: item.anchor,
            text: item.text,
            rationale: item.rationale,
            alternatives: item.alternatives,
            topics: item.topics,
            meeting_id: item.meeting_id,
            meeting_title: meeting.map(|(title, _)| title.clone()),
            meeting_date: meeting.map(|(_, date)| *date),
            note_part: item.part,
            line: item.line,
            revisit: item.revisit,
            age_days: self.age(meeting, item.created_at),
        }
    }

    fn question(&self, item: Item, around: &Around) -> view::Question {
        let meeting = item.meeting_id.and_then(|id| around.meetings.get(&id));
        let answered_by = around.incoming.get(&(item.id, LinkKind::Answers)).copied();
        let answered = answered_by.is_some() || item.status != ActionStatus::Open;
        view::Question {
            id: item.id,
            status: if answered { QuestionStatus::Answered } else { QuestionStatus::Open },
            asked_by: item.owners.first().map(|owner| self.person_ref(owner.person_id)),
            anchor: item.anchor,
            text: item.text,
            topics: item.topics,
            meeting_id: item.meeting_id,
            meeting_title: meeting.map(|(title, _)| title.clone()),
            meeting_date: meeting.map(|(_, date)| *date),
            note_part: item.part,
            line: item.line,
            answered_by,
            age_days: self.age(meeting, item.created_at),
        }
    }

    /// Days since its meeting, or since it was written down; 0 where the meeting is to come.
    fn age(&self, meeting: Option<&(String, NaiveDate)>, created_at: DateTime<Utc>) -> i64 {
        (self.clock.today() - self.raised(meeting, created_at)).num_days().max(0)
    }

    /// The day of its meeting, else that on which it was written down.
    fn raised(&self, meeting: Option<&(String, NaiveDate)>, created_at: DateTime<Utc>) -> NaiveDate {
        meeting.map_or_else(|| created_at.with_timezone(&self.clock.zone).date_naive(), |(_, date)| *date)
    }
}

/// What an item says, in short: without whose it is and what it is about.
fn words_of(text: &str) -> String {
    let words = said(text, |_| true, |_| None);
    if words.is_empty() { text.to_owned() } else { words }
}

fn targets(item: &Item, kind: LinkKind, around: &Around) -> Vec<ItemId> {
    let links = item.links.iter().filter(|link| link.kind == kind && around.there.contains(&link.target));
    links.map(|link| link.target).collect()
}

/// Who was there, where anybody said so, whatever they had answered; an invitation is not presence.
fn present(room: &[Attendance]) -> Vec<PersonId> {
    let there = room.iter().filter(|attendance| attendance.present == Presence::Yes);
    there.map(|attendance| attendance.person_id).collect()
}
