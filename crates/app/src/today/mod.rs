//! The day, and what to know before each meeting of it.

mod day;
mod known;
mod thread;

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use throughline_core::graph::{ChangeKind, Graph, Logged, Totals};
use throughline_core::model::{ActionStatus, Item, ItemId, ItemKind, MeetingId, MeetingKind, PersonId};
use throughline_store::meeting::Edge;
use throughline_store::{Connection, facts, item, meeting};

pub use day::{ahead, day, entries};
pub use thread::{Scope, thread};

use crate::app::App;
use crate::tell::Teller;
use crate::view;
use crate::{Failure, Result, actions, answers, resolve, sync};

/// So many of the user's actions a day tells, late ones and others each.
const ACTIONS: usize = 100;

/// So much of a brief is told beside a meeting of a day: all of it is told where the brief is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Most {
    /// Actions either way.
    pub actions: usize,
    /// Of everything else.
    pub others: usize,
    /// Meetings before.
    pub meetings: usize,
}

/// Of a brief of a day.
pub const OF_A_DAY: Most = Most { actions: 20, others: 10, meetings: 5 };

/// The day: its meetings, each with its brief ([`OF_A_DAY`]), and the first of the user's open actions.
///
/// # Errors
/// As reading the vault.
pub async fn show(app: &App, date: NaiveDate) -> Result<view::Today> {
    sync::expand(app, Some(date), Some(date)).await?;
    let conn = &mut *app.look().await?;
    let me = answers::me(conn).await?;
    let ids = of_day(app, conn, date, me).await?;
    // One neighbourhood for the whole day: its meetings share most of their people.
    let graph = Graph::build(facts::around_meetings(conn, &ids, me, app.clock().now).await?);
    let briefs = briefs_of(app, conn, &graph, &ids, me, Some(OF_A_DAY)).await?.into_iter();
    let mut meetings: Vec<_> =
        briefs.map(|brief| view::TodayMeeting { meeting: brief.meeting.clone(), brief }).collect();
    meetings.sort_by_key(|entry| (!entry.meeting.all_day, entry.meeting.start, entry.meeting.end, entry.meeting.id));
    let Mine { actions, actions_total, overdue, overdue_total } = my_actions(app, conn, me, ACTIONS).await?;
    Ok(view::Today { date, meetings, actions, actions_total, overdue, overdue_total })
}

/// The user's meetings of a day.
async fn of_day(app: &App, conn: &mut Connection, date: NaiveDate, me: Option<PersonId>) -> Result<Vec<MeetingId>> {
    let zone = app.clock().zone;
    let day = meeting::Filter {
        from: Some(Edge::midnight(date, zone)),
        to: Some(Edge::midnight(date.succ_opt().unwrap_or(date), zone)),
        ..meeting::Filter::default()
    };
    let ids = meeting::ids(conn, &day).await?;
    Ok(meeting::of_the_user(conn, &ids, me).await?)
}

/// The user's open actions, snoozed ones left out: the first of those not due before today, and of those that are.
struct Mine {
    actions: Vec<view::Action>,
    actions_total: usize,
    overdue: Vec<view::Action>,
    overdue_total: usize,
}

async fn my_actions(app: &App, conn: &mut Connection, me: Option<PersonId>, most: usize) -> Result<Mine> {
    let today = app.clock().today();
    let mine = my_open(app, conn, me).await?;
    let (overdue, actions): (Vec<_>, Vec<_>) =
        mine.into_iter().partition(|item| item.due.is_some_and(|due| due < today));
    let (actions_total, overdue_total) = (actions.len(), overdue.len());
    let first = overdue.into_iter().take(most).chain(actions.into_iter().take(most)).collect();
    let told = Teller::new(conn, *app.clock()).items(first).await?.actions;
    let (overdue, actions) = told.into_iter().partition(|action| action.overdue);
    Ok(Mine { actions, actions_total, overdue, overdue_total })
}

/// The user's open actions, snoozed ones left out, in reading order.
async fn my_open(app: &App, conn: &mut Connection, me: Option<PersonId>) -> Result<Vec<Item>> {
    let Some(me) = me else { return Ok(Vec::new()) };
    let query = item::Filter {
        kind: Some(ItemKind::Action),
        status: Some(ActionStatus::Open),
        owner: Some(me),
        ..item::Filter::default()
    };
    let mut items = item::list(conn, &query).await?;
    let today = app.clock().today();
    items.retain(|item| item.snoozed_until.is_none_or(|until| until <= today));
    actions::sort(&mut items);
    Ok(items)
}

/// What to know before a meeting.
///
/// # Errors
/// `unknown_meeting`, `ambiguous`.
pub async fn brief(app: &App, meeting: &str) -> Result<view::Brief> {
    let conn = &mut *app.look().await?;
    let id = resolve::meeting(conn, meeting).await?;
    let me = answers::me(conn).await?;
    let graph = Graph::build(facts::around_meetings(conn, &[id], me, app.clock().now).await?);
    let gone = || Failure::new("unknown_meeting", "The meeting is not there any more.");
    briefs_of(app, conn, &graph, &[id], me, None).await?.pop().ok_or_else(gone)
}

/// The briefs of these meetings, over a graph that holds the neighbourhood of all. What they tell is loaded once: the
/// meetings of a day share most of it.
async fn briefs_of(
    app: &App,
    conn: &mut Connection,
    graph: &Graph,
    ids: &[MeetingId],
    me: Option<PersonId>,
    most: Option<Most>,
) -> Result<Vec<view::Brief>> {
    let view = app.view(me);
    let last_end = |id: &MeetingId| {
        let last = graph.meeting(graph.last_time(*id, &view)?)?;
        Some(last.times.end(view.zone))
    };
    let last: Vec<_> = ids.iter().map(last_end).collect();
    let log = match last.iter().flatten().min() {
        Some(since) => crate::log::since(conn, *since).await?,
        None => Vec::new(),
    };
    let excerpts = known::excerpts(app, conn, graph, ids, &view).await?;
    let found = ids.iter().zip(last).zip(excerpts).map(|((id, last), excerpt)| {
        let own = |logged: &&Logged| last.is_some_and(|last| logged.at >= last);
        let own: Vec<Logged> = log.iter().filter(own).cloned().collect();
        let mut brief = graph.brief_with(*id, &view, &own).unwrap_or_default();
        if let Some(most) = most {
            brief.cut(most.actions, most.others);
            brief.last_meetings.truncate(most.meetings);
        }
        (*id, brief, excerpt)
    });
    let found: Vec<_> = found.collect();
    let briefs = || found.iter().map(|(_, brief, _)| brief);
    let items = briefs().flat_map(|b| [&b.mine, &b.theirs, &b.questions, &b.decisions, &b.revisit]).flatten().copied();
    let items: BTreeSet<ItemId> = items.collect();
    let meetings: BTreeSet<MeetingId> = briefs().flat_map(|b| &b.last_meetings).chain(ids).copied().collect();
    let hands = briefs().flat_map(|b| &b.changes).flat_map(|change| match &change.kind {
        ChangeKind::HandedOver { from, to } => [from.as_slice(), to.as_slice()],
        _ => [&[][..]; 2],
    });
    let people: BTreeSet<PersonId> = briefs().flat_map(|b| &b.new_people).chain(hands.flatten()).copied().collect();
    let mut teller = Teller::new(conn, *app.clock());
    let told = Known::of(&mut teller, &listed(items), &listed(meetings), &listed(people)).await?;
    let mut told_briefs = Vec::with_capacity(ids.len());
    for (id, brief, excerpt) in found {
        let meeting = told.meetings.get(&id).cloned();
        let mut one = view::Brief {
            meeting: meeting.ok_or_else(|| Failure::new("unknown_meeting", "The meeting is not there any more."))?,
            last_meetings: pick(&told.meetings, &brief.last_meetings),
            mine: pick(&told.actions, &brief.mine),
            theirs: pick(&told.actions, &brief.theirs),
            questions: pick(&told.questions, &brief.questions),
            decisions: pick(&told.decisions, &brief.decisions),
            revisit: pick(&told.decisions, &brief.revisit),
            changes: brief.changes.iter().map(|change| told_change(app, graph, change, &told.people)).collect(),
            new_people: known::through(graph, pick(&told.people, &brief.new_people), &view),
            met: known::met(app, graph, id, &view),
            excerpt,
            totals: told_totals(brief.totals),
        };
        // Focus time and the like are shown as what they are: there is nobody to prepare for.
        if one.meeting.kind != MeetingKind::Meeting {
            one.changes.clear();
            one.totals.changes = 0;
        }
        told_briefs.push(one);
    }
    Ok(told_briefs)
}

fn told_totals(totals: Totals) -> view::BriefTotals {
    let Totals { mine, theirs, questions, decisions, revisit, changes, new_people } = totals;
    view::BriefTotals { mine, theirs, questions, decisions, revisit, changes, new_people }
}

/// What several briefs tell, each thing once.
struct Known {
    meetings: HashMap<MeetingId, view::Meeting>,
    actions: HashMap<ItemId, view::Action>,
    decisions: HashMap<ItemId, view::Decision>,
    questions: HashMap<ItemId, view::Question>,
    people: HashMap<PersonId, view::Person>,
}

impl Known {
    async fn of(
        teller: &mut Teller<'_>,
        items: &[ItemId],
        meetings: &[MeetingId],
        people: &[PersonId],
    ) -> Result<Self> {
        let told = teller.items_by_ids(items).await?;
        let meetings = teller.meetings_by_ids(meetings).await?;
        let people = teller.people_by_ids(people).await?;
        Ok(Self {
            meetings: meetings.into_iter().map(|meeting| (meeting.id, meeting)).collect(),
            actions: told.actions.into_iter().map(|item| (item.id, item)).collect(),
            decisions: told.decisions.into_iter().map(|item| (item.id, item)).collect(),
            questions: told.questions.into_iter().map(|item| (item.id, item)).collect(),
            people: people.into_iter().map(|person| (person.id, person)).collect(),
        })
    }
}

fn listed<T>(set: BTreeSet<T>) -> Vec<T> {
    set.into_iter().collect()
}

/// Those that are there, in the order asked for.
fn pick<K: Eq + std::hash::Hash, T: Clone>(told: &HashMap<K, T>, ids: &[K]) -> Vec<T> {
    ids.iter().filter_map(|id| told.get(id)).cloned().collect()
}

fn told_change(
    app: &App,
    graph: &Graph,
    change: &throughline_core::graph::Change,
    people: &HashMap<PersonId, view::Person>,
) -> view::Change {
    let named = |ids: &[PersonId]| -> Vec<view::PersonRef> {
        let known = ids.iter().filter_map(|id| people.get(id));
        known.map(|person| view::PersonRef { person_id: person.id, name: person.name.clone() }).collect()
    };
    let what = match change.kind {
        ChangeKind::Done => "done",
        ChangeKind::Dropped => "dropped",
        ChangeKind::Redated { .. } => "re_dated",
        ChangeKind::HandedOver { .. } => "handed_over",
        ChangeKind::Decided => "decided",
        ChangeKind::Superseded { .. } => "superseded",
        ChangeKind::Answered { .. } => "answered",
    };
    let due = match change.kind {
        ChangeKind::Redated { to, .. } => to,
        _ => None,
    };
    let (from, to) = match &change.kind {
        ChangeKind::HandedOver { from, to } => (named(from), named(to)),
        _ => (Vec::new(), Vec::new()),
    };
    view::Change {
        what: what.to_owned(),
        kind: graph.item(change.item).map_or("item", |item| item.kind.as_str()).to_owned(),
        id: change.item,
        text: change.text.clone(),
        date: Some(change.at.with_timezone(&app.clock().zone).date_naive()),
        due,
        from,
        to,
    }
}
