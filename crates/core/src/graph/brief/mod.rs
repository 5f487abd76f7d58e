//! What to know before a meeting.

mod changes;
mod room;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::network::begin;
use super::read::{brings_together, is_open_to_all, took_place};
use super::{DecisionStatus, EdgeKind, Graph, MeetingFact, NodeRef, View};
use crate::model::{ActionStatus, Item, ItemId, ItemKind, MeetingId, PersonId};
pub use changes::{Change, ChangeKind, Logged, LoggedKind};
pub use room::LOOKED_BACK;
use room::Room;

/// At most so many last meetings of the series, and as many of these people.
const MEETINGS: usize = 5;
/// At most so many other meetings of these people are looked into for questions, decisions and changes.
const LOOKED_INTO: usize = 30;
/// At most so many actions either way.
const ACTIONS: usize = 50;
/// At most so many of everything else.
const OTHERS: usize = 25;

/// What to know before a meeting. No item of a private part is in it, at any time, and none of the meeting itself: what is
/// just being said in it stands beside the brief. Each list is cut at its end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Brief {
    /// Up to five of the series, latest first, then up to five others of these people, best first. All began before
    /// this one and took place.
    pub last_meetings: Vec<MeetingId>,
    /// The user's open actions that concern this room; up to 50: those of this series and of meetings of much the same
    /// people, then the others, then those that concern only people who declined; within each most urgent first.
    /// Snoozed ones are left out.
    pub mine: Vec<ItemId>,
    /// Open actions of people in the room from meetings the user was at, or that name the user; ordered and cut like
    /// `mine`, those of people who declined last.
    pub theirs: Vec<ItemId>,
    /// Unanswered questions of the series, oldest first, then those of other meetings of these people; up to 25.
    pub questions: Vec<ItemId>,
    /// Decisions that hold: those of the series, then those about what this meeting is about, then those of these
    /// people; within each the latest first; up to 25.
    pub decisions: Vec<ItemId>,
    /// Of these decisions, the ones due to be looked at again by today or by the day of the meeting; longest due
    /// first; up to 25.
    pub revisit: Vec<ItemId>,
    /// What became of things since the last meeting of the series, else since the latest of these people: of this
    /// series' own items first, then of those of other meetings; within each latest first; up to 25.
    pub changes: Vec<Change>,
    /// Who comes and was never before at a meeting with the user or of this series; up to 25, by name.
    pub new_people: Vec<PersonId>,
    /// How many there are of each before the list is cut.
    pub totals: Totals,
}

/// How long the lists of a brief are before they are cut.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "each is that of the list of its name")]
pub struct Totals {
    pub mine: usize,
    pub theirs: usize,
    pub questions: usize,
    pub decisions: usize,
    pub revisit: usize,
    pub changes: usize,
    pub new_people: usize,
}

impl Brief {
    /// Leaves so many actions either way, and so many of everything else but meetings; the totals stay.
    pub fn cut(&mut self, actions: usize, others: usize) {
        self.mine.truncate(actions);
        self.theirs.truncate(actions);
        self.questions.truncate(others);
        self.decisions.truncate(others);
        self.revisit.truncate(others);
        self.changes.truncate(others);
        self.new_people.truncate(others);
    }
}

impl Graph {
    /// What to know before a meeting; none for one that is not there. Needs what
    /// [`super::neighbourhood::of_brief`] says.
    #[must_use]
    pub fn brief(&self, meeting: MeetingId, view: &View) -> Option<Brief> {
        self.brief_with(meeting, view, &[])
    }

    /// As [`Graph::brief`], with what the log of changes tells of items and the items themselves do not: what was
    /// dropped or handed over, and due dates moved. Entries from before [`Graph::last_time`] are not looked at.
    #[must_use]
    pub fn brief_with(&self, meeting: MeetingId, view: &View, log: &[Logged]) -> Option<Brief> {
        let at = self.at(&NodeRef::Meeting(meeting))?;
        let meeting = self.meeting_at(at)?;
        let room = Room::new(self, meeting, view);
        let series = self.series_before(meeting, view);
        let people = room.of_these_people(view);
        let scope = self.scope(meeting, &room, &people);
        let decisions = self.live_decisions(&room, &scope, &series, view);
        let horizon = view.today().max(meeting.times.date(view.zone));

        let last = series.iter().take(MEETINGS).chain(people.iter().take(MEETINGS));
        let mut revisit: Vec<_> =
            decisions.iter().filter(|item| item.revisit.is_some_and(|on| on <= horizon)).collect();
        revisit.sort_by_key(|item| (item.revisit, item.id));
        let mut brief = Brief {
            last_meetings: last.map(|meeting| meeting.id).collect(),
            mine: self.actions(self.my_actions(&room, view), view),
            theirs: self.actions(self.their_actions(&room, view), view),
            questions: self.open_questions(&room, &scope, view),
            revisit: revisit.into_iter().map(|item| item.id).collect(),
            decisions: decisions.iter().map(|item| item.id).collect(),
            changes: self.changes(&room, &scope, since(&series, &people), view, log),
            new_people: room.new_people(view),
            totals: Totals::default(),
        };
        brief.totals = Totals {
            mine: brief.mine.len(),
            theirs: brief.theirs.len(),
            questions: brief.questions.len(),
            decisions: brief.decisions.len(),
            revisit: brief.revisit.len(),
            changes: brief.changes.len(),
            new_people: brief.new_people.len(),
        };
        brief.cut(ACTIONS, OTHERS);
        Some(brief)
    }

    /// The meetings before this one that took place, latest first: those of the series, or the others of these people,
    /// as a brief ranks them. Empty for one that is not there.
    #[must_use]
    pub fn before(&self, meeting: MeetingId, of_people: bool, view: &View) -> Vec<MeetingId> {
        let Some(meeting) = self.meeting(meeting) else { return Vec::new() };
        let mut found = if of_people {
            Room::new(self, meeting, view).of_these_people(view)
        } else {
            self.series_before(meeting, view)
        };
        found.sort_by_key(|other| Reverse((begin(&other.times), other.id)));
        found.into_iter().map(|other| other.id).collect()
    }

    /// The meeting since which a brief tells what changed: the last of the series, else the latest of the best ranked
    /// of these people.
    #[must_use]
    pub fn last_time(&self, meeting: MeetingId, view: &View) -> Option<MeetingId> {
        let meeting = self.meeting(meeting)?;
        let series = self.series_before(meeting, view);
        let people = if series.is_empty() { Room::new(self, meeting, view).of_these_people(view) } else { Vec::new() };
        since(&series, &people).map(|meeting| meeting.id)
    }

    /// The meetings of the series that took place before this one, latest first.
    fn series_before(&self, meeting: &MeetingFact, view: &View) -> Vec<&MeetingFact> {
        let Some(line) = meeting.series_id.and_then(|id| self.series.get(&id)) else { return Vec::new() };
        let before = line.range(..(begin(&meeting.times), meeting.id)).rev();
        let meetings = before.filter_map(|(_, &at)| self.meeting_at(at));
        meetings.filter(|other| took_place(other, view) && brings_together(other)).collect()
    }

    /// The items of the other meetings looked into, each with 0 for those of this series and 1 for those of these people.
    fn scope<'a>(&'a self, meeting: &MeetingFact, room: &Room<'a>, people: &[&'a MeetingFact]) -> Vec<(u8, &'a Item)> {
        let line = meeting.series_id.and_then(|id| self.series.get(&id));
        let series = line.into_iter().flat_map(|line| line.values().copied());
        let others = people.iter().take(LOOKED_INTO).filter_map(|other| self.at(&NodeRef::Meeting(other.id)));
        let scope = series.map(|at| (0, at)).chain(others.map(|at| (1, at)));
        let items = scope.flat_map(|(rank, at)| self.items_in(at).map(move |item| (rank, item)));
        items.filter(|(_, item)| room.may_tell(item)).collect()
    }

    fn my_actions<'a>(&'a self, room: &Room<'a>, view: &View) -> Vec<(u8, &'a Item)> {
        let me = view.me.and_then(|me| self.person_at(me));
        let mine = me.into_iter().flat_map(|me| self.items_to(me, EdgeKind::AssignedTo));
        mine.filter(|item| room.may_tell(item)).filter_map(|item| Some((room.closeness(item)?, item))).collect()
    }

    /// In a large room only what comes from this series or from much the same people counts.
    fn their_actions<'a>(&'a self, room: &Room<'a>, view: &View) -> Vec<(u8, &'a Item)> {
        let people = room.coming.values().map(|at| (true, at)).chain(room.declined.values().map(|at| (false, at)));
        let theirs = people.filter_map(|(comes, at)| Some((comes, (*at)?)));
        theirs
            .flat_map(|(comes, at)| self.items_to(at, EdgeKind::AssignedTo).map(move |item| (comes, item)))
            .filter(|(_, item)| room.may_tell(item) && view.me.is_none_or(|me| self.concerns_me(item, me)))
            .filter_map(|(comes, item)| match room.closeness(item) {
                Some(0) if comes => Some((0, item)),
                None if room.is_large() => None,
                _ => Some((if comes { 1 } else { 2 }, item)),
            })
            .collect()
    }

    /// Open ones that are not snoozed, once each, in order.
    fn actions(&self, found: Vec<(u8, &Item)>, view: &View) -> Vec<ItemId> {
        let mut open: Vec<_> = found
            .into_iter()
            .filter(|(_, item)| item.kind == ItemKind::Action && item.status == ActionStatus::Open)
            .filter(|(_, item)| item.snoozed_until.is_none_or(|until| until <= view.today()))
            .map(|(rank, item)| (rank, self.urgency(item, view), item.id))
            .collect();
        open.sort_unstable();
        let mut seen = std::collections::HashSet::new();
        open.into_iter().map(|(_, _, id)| id).filter(|id| seen.insert(*id)).collect()
    }

    fn open_questions(&self, room: &Room<'_>, scope: &[(u8, &Item)], view: &View) -> Vec<ItemId> {
        let before = (begin(&room.meeting.times), room.meeting.id);
        let mut open: Vec<_> = scope
            .iter()
            .filter(|(_, item)| self.is_unanswered(item, Some(view.as_of_today())))
            .filter(|(_, item)| self.meeting_of(item).is_some_and(|m| (begin(&m.times), m.id) <= before))
            .map(|(rank, item)| (*rank, self.when(item), item.id))
            .collect();
        open.sort_unstable();
        open.dedup();
        open.into_iter().map(|(_, _, id)| id).collect()
    }

    fn live_decisions<'a>(
        &'a self,
        room: &Room<'a>,
        scope: &[(u8, &'a Item)],
        series: &[&MeetingFact],
        view: &View,
    ) -> Vec<&'a Item> {
        let today = Some(view.as_of_today());
        let mut found: BTreeMap<ItemId, (u8, &Item)> = BTreeMap::new();
        let mut add = |rank: u8, item: &'a Item| {
            if item.kind == ItemKind::Decision
                && room.may_tell(item)
                && self.status_as_of(item, today) == DecisionStatus::Holds
            {
                let known = found.entry(item.id).or_insert((rank, item));
                known.0 = known.0.min(rank);
            }
        };
        for (rank, item) in scope {
            add(rank * 2, item);
        }
        for topic in self.topics_here(room.meeting, series) {
            for at in self.topics_under(topic) {
                self.items_to(at, EdgeKind::About).for_each(|item| add(1, item));
            }
        }
        if !room.is_large() {
            for at in room.coming.values().flatten() {
                let decided = self.items_to(*at, EdgeKind::DecidedBy);
                decided.filter(|item| room.is_recent(self.when(item))).for_each(|item| add(2, item));
            }
        }
        let mut live: Vec<_> = found.into_values().collect();
        live.sort_by_key(|(rank, item)| (*rank, Reverse((self.when(item), item.id))));
        live.into_iter().map(|(_, item)| item).collect()
    }

    /// What this meeting is about: the topics of its notes and of those of the last five of its series, private parts
    /// left out.
    fn topics_here<'a>(&'a self, meeting: &'a MeetingFact, series: &[&'a MeetingFact]) -> Vec<&'a str> {
        let meetings = std::iter::once(&meeting).chain(series.iter().take(MEETINGS)).copied();
        let mut topics: Vec<&str> = meetings
            .flat_map(|meeting| {
                let at = self.at(&NodeRef::Meeting(meeting.id));
                let items = at.into_iter().flat_map(|at| self.items_in(at)).filter(|item| is_open_to_all(item));
                meeting.topics.iter().chain(items.flat_map(|item| &item.topics))
            })
            .map(String::as_str)
            .collect();
        topics.sort_unstable();
        topics.dedup();
        topics
    }
}

/// The last meeting of the series, else the latest of the five best of these people.
fn since<'a>(series: &[&'a MeetingFact], people: &[&'a MeetingFact]) -> Option<&'a MeetingFact> {
    let of_people = || people.iter().take(MEETINGS).max_by_key(|meeting| (begin(&meeting.times), meeting.id));
    series.first().or_else(of_people).copied()
}
