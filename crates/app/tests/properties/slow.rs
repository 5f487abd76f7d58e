//! Ledger, brief and what holds, against versions of each that look at everything and remember nothing.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use proptest::prelude::*;
use throughline_app::view::DecisionStatus;
use throughline_app::{App, answers, decisions, people, today};
use throughline_core::graph::{AsOf, Fact, Filter, LOOKED_BACK, MeetingFact, View, attendance_weight};
use throughline_core::model::{
    ActionStatus, Attendance, Item, ItemId, ItemKind, LinkKind, MeetingId, MeetingKind, MeetingStatus, NotePart,
    PersonId, Presence, Response,
};

use crate::config;
use crate::world::{World, op, run};

proptest! {
    #![proptest_config(config(12))]

    #[test]
    fn ledger_brief_and_what_holds_are_what_going_through_everything_finds(
        ops in prop::collection::vec(op(), 10..24),
    ) {
        run(async {
            let (world, app, view) = World::after(&ops).await;
            let all = All::of(app.with_graph(|graph| graph.visible().nodes).await.expect("a graph"), view);
            for person in people::list(&app).await.expect("people").people {
                let told = answers::ledger(&app, &person.id.to_string()).await.expect("a ledger");
                let ids = |told: &[throughline_app::view::Action]| told.iter().map(|action| action.id).collect::<Vec<_>>();
                assert_eq!(ids(&told.i_owe), all.i_owe(person.id), "owed to {}", person.name);
                assert_eq!(ids(&told.they_owe), all.they_owe(person.id), "owed by {}", person.name);
                let asked: Vec<ItemId> = told.waiting_on.iter().map(|question| question.id).collect();
                assert_eq!(asked, all.waiting_on(person.id), "asked between us and {}", person.name);
            }
            for id in world.meetings(&app).await.into_iter().take(25) {
                let told = today::brief(&app, &id).await.expect("a brief");
                let meeting = &all.meetings[&MeetingId(id.parse().expect("an id"))];
                // What comes first is the ranking's own matter, and tested beside it.
                let ids = |told: &[throughline_app::view::Action]| told.iter().map(|action| action.id).collect::<BTreeSet<_>>();
                assert_eq!((ids(&told.mine), told.mine.len()), all.mine(meeting), "mine of {id}");
                assert_eq!((ids(&told.theirs), told.theirs.len()), all.theirs(meeting), "theirs of {id}");
                let asked: Vec<ItemId> = told.questions.iter().map(|question| question.id).collect();
                assert_eq!(asked, all.questions(meeting), "questions of {id}");
                let decided: Vec<ItemId> = told.decisions.iter().map(|decision| decision.id).collect();
                assert_eq!(decided, all.decisions(meeting), "decisions of {id}");
                let revisit: Vec<ItemId> = told.revisit.iter().map(|decision| decision.id).collect();
                assert_eq!(revisit, all.revisit(meeting), "decisions to revisit of {id}");
                // What the log alone knows is tested beside the brief.
                let became = told.changes.iter().filter(|change| !["dropped", "re_dated", "handed_over"].contains(&&*change.what));
                let became: Vec<(String, ItemId)> = became.map(|change| (change.what.clone(), change.id)).collect();
                let set: BTreeSet<_> = became.iter().cloned().collect();
                assert_eq!((set, became.len()), all.changes(meeting), "changes of {id}");
                let of_another: Vec<bool> = told.changes.iter().map(|c| !all.is_of_series(c.id, meeting)).collect();
                assert!(of_another.is_sorted(), "the series' own changes first in {id}: {of_another:?}");
            }
            let held = app.with_graph(|graph| graph.holding(&Filter::default())).await.expect("a graph");
            let held: BTreeSet<ItemId> = held.into_iter().map(|held| held.head).collect();
            assert_eq!(held, all.holding(None), "what holds");
            for day in [-3_i64, 0, 4] {
                let day = view.today() + chrono::TimeDelta::days(day);
                let asked = Filter { as_of: Some(AsOf { day, zone: view.zone }), ..Filter::default() };
                let held = app.with_graph(|graph| graph.holding(&asked)).await.expect("a graph");
                let held: BTreeSet<ItemId> = held.into_iter().map(|held| held.head).collect();
                assert_eq!(held, all.holding(Some(day)), "what held on {day}");
                if !all.has_circle() {
                    let filter = decisions::Filter { as_of: Some(day), ..decisions::Filter::default() };
                    assert_eq!(all.listed(&app, &filter).await, all.holding(Some(day)), "what is listed as of {day}");
                }
            }
            if !all.has_circle() {
                let filter = decisions::Filter { holding: true, ..decisions::Filter::default() };
                let today = all.holding(Some(view.today()));
                assert_eq!(all.listed(&app, &filter).await, today, "what is listed as holding");
                let shown = decisions::stretch(&app, &decisions::Ask::default(), 0, 500, &[]).await.expect("a stretch");
                let rows: BTreeSet<ItemId> = shown.rows.iter().map(|row| row.decision.id).collect();
                assert_eq!((rows, shown.counts.hold), (today.clone(), today.len()), "what the window shows as holding");
                let every = decisions::list(&app, &decisions::Filter::default()).await.expect("decisions").decisions;
                let told = every.iter().filter(|decision| decision.status == DecisionStatus::Holds);
                assert_eq!(told.map(|decision| decision.id).collect::<BTreeSet<_>>(), today, "what is told as holding");
            }
        });
    }
}

/// Everything there is.
struct All {
    meetings: BTreeMap<MeetingId, MeetingFact>,
    items: BTreeMap<ItemId, Item>,
    view: View,
}

impl All {
    fn of<K>(nodes: Vec<(K, Option<Fact>)>, view: View) -> Self {
        let mut all = Self { meetings: BTreeMap::new(), items: BTreeMap::new(), view };
        for (_, fact) in nodes {
            match fact {
                Some(Fact::Meeting(meeting)) => _ = all.meetings.insert(meeting.id, meeting),
                Some(Fact::Item(item)) => _ = all.items.insert(item.id, item),
                _ => {}
            }
        }
        all
    }

    fn meeting(&self, item: &Item) -> Option<&MeetingFact> {
        self.meetings.get(&item.meeting_id?)
    }

    fn was_at(&self, item: &Item, who: PersonId) -> bool {
        self.meeting(item).is_some_and(|meeting| there(meeting, who))
    }

    fn when(&self, item: &Item) -> DateTime<Utc> {
        self.meeting(item).map_or(item.created_at, |meeting| meeting.times.start(chrono_tz::UTC))
    }

    fn day(&self, item: &Item) -> NaiveDate {
        let written = item.created_at.with_timezone(&self.view.zone).date_naive();
        self.meeting(item).map_or(written, |meeting| meeting.times.date(self.view.zone))
    }

    async fn listed(&self, app: &App, filter: &decisions::Filter) -> BTreeSet<ItemId> {
        let listed = decisions::list(app, filter).await.expect("decisions").decisions;
        assert!(listed.iter().all(|decision| decision.status == DecisionStatus::Holds), "{listed:?}");
        listed.into_iter().map(|decision| decision.id).collect()
    }

    fn open(&self) -> impl Iterator<Item = &Item> {
        self.items.values().filter(|item| item.kind == ItemKind::Action && item.status == ActionStatus::Open)
    }

    /// Late ones first, then by due date, then the oldest.
    fn urgency(&self, item: &Item) -> (u8, NaiveDate, DateTime<Utc>, ItemId) {
        let late = match item.due {
            Some(due) if due < self.view.today() => 0,
            Some(_) => 1,
            None => 2,
        };
        (late, item.due.unwrap_or(NaiveDate::MAX), self.when(item), item.id)
    }

    fn by_urgency(&self, mut items: Vec<&Item>) -> Vec<ItemId> {
        items.sort_by_key(|item| self.urgency(item));
        items.into_iter().map(|item| item.id).collect()
    }

    /// What stands in a running note stands in the user's own.
    fn between(&self, owner: PersonId, other: PersonId, running: bool) -> Vec<ItemId> {
        if owner == other {
            return Vec::new();
        }
        let owed = self.open().filter(|item| owns(item, owner));
        self.by_urgency(
            owed.filter(|item| {
                names(item, other) || self.was_at(item, other) || (running && item.meeting_id.is_none())
            })
            .collect(),
        )
    }

    fn i_owe(&self, other: PersonId) -> Vec<ItemId> {
        self.view.me.map(|me| self.between(me, other, false)).unwrap_or_default()
    }

    fn they_owe(&self, other: PersonId) -> Vec<ItemId> {
        self.view.me.map(|me| self.between(other, me, true)).unwrap_or_default()
    }

    fn waiting_on(&self, other: PersonId) -> Vec<ItemId> {
        let Some(me) = self.view.me.filter(|me| *me != other) else { return Vec::new() };
        let answered = |id: ItemId| self.answer(id).is_some();
        let mut asked: Vec<&Item> = self
            .items
            .values()
            .filter(|item| item.kind == ItemKind::Question && item.status == ActionStatus::Open && !answered(item.id))
            .filter(|item| {
                let ours = item.owners.is_empty() || owns(item, me) || owns(item, other);
                (self.was_at(item, me) && self.was_at(item, other) && ours)
                    || (owns(item, me) && item.mentions.contains(&other))
                    || (owns(item, other) && item.mentions.contains(&me))
            })
            .collect();
        asked.sort_by_key(|item| (self.when(item), item.id));
        asked.into_iter().map(|item| item.id).collect()
    }

    /// Those who come to a meeting, and those who do not; all of them come where nobody does.
    fn room(&self, meeting: &MeetingFact) -> (BTreeSet<PersonId>, BTreeSet<PersonId>) {
        let others = meeting.attendances.iter().map(|at| at.person_id).filter(|id| Some(*id) != self.view.me);
        let (coming, away): (BTreeSet<_>, BTreeSet<_>) = others.partition(|id| there(meeting, *id));
        if coming.is_empty() { (away, BTreeSet::new()) } else { (coming, away) }
    }

    /// Through whom an item has to do with a meeting: 0 through who comes, 1 through who does not.
    fn closeness(&self, item: &Item, meeting: &MeetingFact) -> Option<u8> {
        let of = self.meeting(item);
        let same =
            |of: &MeetingFact| of.id == meeting.id || (of.series_id.is_some() && of.series_id == meeting.series_id);
        let (coming, away) = self.room(meeting);
        let met = |come: bool| {
            let others = meeting.attendances.iter().map(|at| at.person_id).filter(|id| Some(*id) != self.view.me);
            let mut these = others.filter(|id| there(meeting, *id) == come);
            of.is_some_and(|of| these.any(|id| there(of, id)))
        };
        let names = |people: &BTreeSet<PersonId>| people.iter().any(|id| names(item, *id));
        if of.is_some_and(same) || met(true) || names(&coming) {
            Some(0)
        } else {
            (met(false) || names(&away)).then_some(1)
        }
    }

    /// What may be told before a meeting: not what is said in it.
    fn shown(&self, before: &MeetingFact) -> impl Iterator<Item = &Item> {
        let (today, own) = (self.view.today(), Some(before.id));
        self.open()
            .filter(move |item| item.part != NotePart::Private && item.snoozed_until.is_none_or(|until| until <= today))
            .filter(move |item| item.meeting_id != own)
    }

    fn mine(&self, meeting: &MeetingFact) -> (BTreeSet<ItemId>, usize) {
        let Some(me) = self.view.me else { return (BTreeSet::new(), 0) };
        let mine = self.shown(meeting).filter(|item| owns(item, me));
        self.best(mine.filter_map(|item| Some((self.closeness(item, meeting)?, item))).collect())
    }

    fn theirs(&self, meeting: &MeetingFact) -> (BTreeSet<ItemId>, usize) {
        let (coming, away) = self.room(meeting);
        let with_me = |item: &&Item| {
            self.view.me.is_none_or(|me| item.meeting_id.is_none() || names(item, me) || self.was_at(item, me))
        };
        let of = |item: &Item| {
            let owned = |people: &BTreeSet<PersonId>| item.owners.iter().any(|owner| people.contains(&owner.person_id));
            if owned(&coming) { Some(0) } else { owned(&away).then_some(1) }
        };
        self.best(self.shown(meeting).filter(with_me).filter_map(|item| Some((of(item)?, item))).collect())
    }

    /// Nobody's twice; the worlds are too small for any to be left out.
    fn best(&self, mut found: Vec<(u8, &Item)>) -> (BTreeSet<ItemId>, usize) {
        found.sort_by_key(|(rank, item)| (*rank, self.urgency(item)));
        let best: BTreeSet<ItemId> = found.iter().map(|(_, item)| item.id).collect();
        (best, found.len())
    }

    fn is_of_series(&self, item: ItemId, meeting: &MeetingFact) -> bool {
        self.meeting(&self.items[&item]).is_some_and(|of| same_series(of, meeting))
    }

    fn before(&self, meeting: &MeetingFact) -> Vec<&MeetingFact> {
        let mut before: Vec<&MeetingFact> = self
            .meetings
            .values()
            .filter(|of| place(of) < place(meeting) && of.kind == MeetingKind::Meeting)
            .filter(|of| match of.held {
                Some(held) => held && of.times.start(self.view.zone) <= self.view.now,
                None => of.status != MeetingStatus::Cancelled && of.times.end(self.view.zone) <= self.view.now,
            })
            .collect();
        before.sort_by_key(|of| Reverse(place(of)));
        before
    }

    /// Those of the series, the latest first.
    fn of_series(&self, meeting: &MeetingFact) -> Vec<&MeetingFact> {
        let mut before = self.before(meeting);
        before.retain(|of| of.id != meeting.id && same_series(of, meeting));
        before
    }

    /// Those of other series, or none, with much the same people, the best first.
    fn of_people(&self, meeting: &MeetingFact) -> Vec<&MeetingFact> {
        let weights = |of: &MeetingFact| -> BTreeMap<PersonId, u32> {
            let others = of.attendances.iter().filter(|at| Some(at.person_id) != self.view.me);
            others.map(|at| (at.person_id, u32::from(attendance_weight(at)))).collect()
        };
        let here = weights(meeting);
        let mut ranked: Vec<(f64, &MeetingFact)> = Vec::new();
        for of in self.before(meeting) {
            let days = (place(meeting).0 - place(of).0).num_days();
            if same_series(of, meeting) || days > LOOKED_BACK {
                continue;
            }
            let there = weights(of);
            let shared: u32 = here.iter().filter_map(|(id, one)| there.get(id).map(|other| one.min(other))).sum();
            let whole = here.values().chain(there.values()).sum::<u32>() - shared;
            if shared > 0 && shared * 20 >= whole {
                let days = f64::from(i32::try_from(days.max(0)).unwrap_or(i32::MAX));
                ranked.push((f64::from(shared) / f64::from(whole) / (1.0 + days / 180.0), of));
            }
        }
        ranked.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(place(other).cmp(&place(one))));
        ranked.into_iter().map(|(_, of)| of).collect()
    }

    /// What stands in the notes that a brief looks into: of the series, whenever, and of these people.
    fn looked_into(&self, meeting: &MeetingFact) -> Vec<(u8, &Item)> {
        let people: BTreeSet<MeetingId> = self.of_people(meeting).iter().take(30).map(|of| of.id).collect();
        let rank = |item: &Item| match self.meeting(item) {
            Some(of) if same_series(of, meeting) => Some(0),
            Some(of) => people.contains(&of.id).then_some(1),
            None => None,
        };
        let open = self.items.values().filter(|item| item.part != NotePart::Private);
        let others = open.filter(|item| item.meeting_id != Some(meeting.id));
        others.filter_map(|item| Some((rank(item)?, item))).collect()
    }

    /// By today: what a meeting of a later day says is not said yet.
    fn answer(&self, question: ItemId) -> Option<&Item> {
        let said = self.items.values().filter(|item| !item.proposed && self.day(item) <= self.view.today());
        let answers = said.filter(|item| item.id != question && links(item, LinkKind::Answers, question));
        answers.min_by_key(|item| (self.when(item), item.id))
    }

    fn questions(&self, meeting: &MeetingFact) -> Vec<ItemId> {
        let mut open: Vec<_> = self
            .looked_into(meeting)
            .into_iter()
            .filter(|(_, item)| item.kind == ItemKind::Question && item.status == ActionStatus::Open)
            .filter(|(_, item)| self.answer(item.id).is_none())
            .filter(|(_, item)| self.meeting(item).is_some_and(|of| place(of) <= place(meeting)))
            .map(|(rank, item)| (rank, self.when(item), item.id))
            .collect();
        open.sort_unstable();
        open.into_iter().map(|(.., id)| id).collect()
    }

    /// What the notes of this meeting and of the last five of its series are about.
    fn topics(&self, meeting: &MeetingFact) -> BTreeSet<String> {
        let mut here = vec![meeting];
        here.extend(self.of_series(meeting).into_iter().take(5));
        let items = self.items.values().filter(|item| item.part != NotePart::Private);
        let said = items.filter(|item| here.iter().any(|of| Some(of.id) == item.meeting_id));
        let own = here.iter().flat_map(|of| &of.topics);
        own.chain(said.flat_map(|item| &item.topics)).cloned().collect()
    }

    fn decisions(&self, meeting: &MeetingFact) -> Vec<ItemId> {
        let holding = self.holding(Some(self.view.today()));
        let looked_into: BTreeMap<ItemId, u8> =
            self.looked_into(meeting).into_iter().map(|(rank, item)| (item.id, rank * 2)).collect();
        let topics = self.topics(meeting);
        let about = |item: &Item| {
            item.topics
                .iter()
                .any(|own| topics.iter().any(|topic| own == topic || own.starts_with(&format!("{topic}/"))))
        };
        let (coming, _) = self.room(meeting);
        let of_people = |item: &Item| {
            let recent = (place(meeting).0 - self.when(item)).num_days() <= LOOKED_BACK;
            recent && coming.iter().any(|id| owns(item, *id))
        };
        let mut live: Vec<_> = holding
            .iter()
            .map(|id| &self.items[id])
            .filter(|item| item.part != NotePart::Private && item.meeting_id != Some(meeting.id))
            .filter_map(|item| {
                let ranks =
                    [looked_into.get(&item.id).copied(), about(item).then_some(1), of_people(item).then_some(2)];
                Some((ranks.into_iter().flatten().min()?, Reverse((self.when(item), item.id))))
            })
            .collect();
        live.sort_unstable();
        live.into_iter().map(|(_, Reverse((_, id)))| id).collect()
    }

    fn revisit(&self, meeting: &MeetingFact) -> Vec<ItemId> {
        let by = self.view.today().max(meeting.times.date(self.view.zone));
        let decided = self.decisions(meeting).into_iter().map(|id| &self.items[&id]);
        let mut due: Vec<_> =
            decided.filter_map(|item| Some((item.revisit.filter(|on| *on <= by)?, item.id))).collect();
        due.sort_unstable();
        due.into_iter().map(|(_, id)| id).collect()
    }

    /// What was ticked, decided, superseded and answered since last time.
    fn changes(&self, meeting: &MeetingFact) -> (BTreeSet<(String, ItemId)>, usize) {
        let (series, people) = (self.of_series(meeting), self.of_people(meeting));
        let of_people = || people.iter().take(5).max_by_key(|of| place(of));
        let Some(last) = series.first().or_else(of_people) else { return (BTreeSet::new(), 0) };
        let mut looked_at: BTreeMap<ItemId, &Item> =
            self.looked_into(meeting).into_iter().map(|(_, item)| (item.id, item)).collect();
        let (coming, away) = self.room(meeting);
        let told = |item: &&Item| item.part != NotePart::Private && item.meeting_id != Some(meeting.id);
        for item in self.items.values().filter(|item| item.kind == ItemKind::Action).filter(told) {
            let mine = self.view.me.is_some_and(|me| owns(item, me)) && self.closeness(item, meeting).is_some();
            let with_me =
                self.view.me.is_none_or(|me| item.meeting_id.is_none() || names(item, me) || self.was_at(item, me));
            let theirs = with_me && coming.iter().chain(&away).any(|id| owns(item, *id));
            if mine || theirs {
                looked_at.insert(item.id, item);
            }
        }
        let is_news = |item: &Item| {
            let after = item.meeting_id != Some(last.id) && self.when(item) > place(last).0;
            after && self.when(item) <= self.view.now && item.part != NotePart::Private
        };
        let over = last.times.end(self.view.zone);
        let ticked = |item: &Item| {
            let at = item.done_at.filter(|at| *at > over && *at <= self.view.now);
            item.status == ActionStatus::Done && at.is_some()
        };
        let holding = self.holding(Some(self.view.today()));
        let mut became = Vec::new();
        for item in looked_at.values() {
            let what = match item.kind {
                ItemKind::Action => ticked(item).then_some("done"),
                ItemKind::Decision if item.proposed || self.day(item) > self.view.today() => None,
                ItemKind::Decision if holding.contains(&item.id) => is_news(item).then_some("decided"),
                ItemKind::Decision => self.superseder(item).is_some_and(is_news).then_some("superseded"),
                ItemKind::Question => match self.answer(item.id) {
                    Some(answer) => is_news(answer).then_some("answered"),
                    None => ticked(item).then_some("answered"),
                },
            };
            became.extend(what.map(|what| (what.to_owned(), item.id)));
        }
        let count = became.len();
        (became.into_iter().collect(), count)
    }

    /// The latest of those that took a decision's place.
    fn superseder(&self, old: &Item) -> Option<&Item> {
        let decided = self.decided(Some(self.view.today())).into_iter();
        let takes_place = |new: &&Item| {
            let later = (self.when(new), new.id) > (self.when(old), old.id);
            new.id != old.id && links(new, LinkKind::Supersedes, old.id) && (later || !self.leads(old.id, new.id))
        };
        decided.filter(takes_place).max_by_key(|new| (self.when(new), new.id))
    }

    fn decided(&self, day: Option<NaiveDate>) -> Vec<&Item> {
        let decided = self.items.values().filter(|item| item.kind == ItemKind::Decision && !item.proposed);
        decided.filter(|item| day.is_none_or(|day| self.day(item) <= day)).collect()
    }

    /// Decisions in whose place no other stands. Of two that lead to each other the later counts.
    fn holding(&self, day: Option<NaiveDate>) -> BTreeSet<ItemId> {
        let decided = self.decided(day);
        let replaced = |old: &Item| {
            decided.iter().any(|new| {
                let later = (self.when(new), new.id) > (self.when(old), old.id);
                new.id != old.id && links(new, LinkKind::Supersedes, old.id) && (later || !self.leads(old.id, new.id))
            })
        };
        decided.iter().filter(|old| !replaced(old)).map(|old| old.id).collect()
    }

    /// Whether supersede links lead from one item to another.
    fn leads(&self, from: ItemId, to: ItemId) -> bool {
        let mut seen = BTreeSet::from([from]);
        loop {
            let next: BTreeSet<ItemId> = seen
                .iter()
                .filter_map(|id| self.items.get(id))
                .flat_map(|item| item.links.iter())
                .filter(|link| link.kind == LinkKind::Supersedes && self.items.contains_key(&link.target))
                .map(|link| link.target)
                .filter(|id| !seen.contains(id))
                .collect();
            if next.contains(&to) {
                return true;
            }
            if next.is_empty() {
                return false;
            }
            seen.extend(next);
        }
    }

    /// Whether an item supersedes itself, by way of others.
    fn has_circle(&self) -> bool {
        self.items.values().any(|item| {
            let targets = item.links.iter().filter(|link| link.kind == LinkKind::Supersedes).map(|link| link.target);
            targets.into_iter().any(|target| target == item.id || self.leads(target, item.id))
        })
    }
}

fn place(meeting: &MeetingFact) -> (DateTime<Utc>, MeetingId) {
    (meeting.times.start(chrono_tz::UTC), meeting.id)
}

fn same_series(one: &MeetingFact, other: &MeetingFact) -> bool {
    one.id == other.id || (one.series_id.is_some() && one.series_id == other.series_id)
}

fn owns(item: &Item, who: PersonId) -> bool {
    item.owners.iter().any(|owner| owner.person_id == who)
}

/// As one of those it is of, or anywhere in its line.
fn names(item: &Item, who: PersonId) -> bool {
    item.mentions.contains(&who) || owns(item, who)
}

fn links(item: &Item, kind: LinkKind, to: ItemId) -> bool {
    item.links.iter().any(|link| link.kind == kind && link.target == to)
}

/// Told to have been there, or invited and neither declined nor told absent.
fn there(meeting: &MeetingFact, who: PersonId) -> bool {
    let counts = |at: &Attendance| match at.present {
        Presence::Yes => true,
        Presence::No => false,
        Presence::Unknown => at.response != Some(Response::Declined),
    };
    meeting.attendances.iter().any(|at| at.person_id == who && counts(at))
}
