//! The day, and what to know before each meeting of it.

mod day;
mod known;
mod thread;

use chrono::NaiveDate;
use throughline_core::graph::{ChangeKind, Graph};
use throughline_core::model::{ActionStatus, ItemKind, MeetingId, MeetingKind, PersonId};
use throughline_store::meeting::Edge;
use throughline_store::{Connection, facts, item, meeting};

pub use day::{day, entries};
pub use thread::{Scope, thread};

use crate::app::App;
use crate::tell::Teller;
use crate::view;
use crate::{Failure, Result, actions, answers, resolve, sync};

/// The day: its meetings, each with its brief, and the user's open actions.
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
    let mut meetings = Vec::with_capacity(ids.len());
    for told in Teller::new(conn, *app.clock()).meetings_by_ids(&ids).await? {
        let brief = brief_of(app, conn, &graph, told.id, me).await?;
        meetings.push(view::TodayMeeting { meeting: told, brief });
    }
    meetings.sort_by_key(|entry| (!entry.meeting.all_day, entry.meeting.start, entry.meeting.end, entry.meeting.id));
    let (actions, overdue) = my_actions(app, conn, me).await?;
    Ok(view::Today { date, meetings, actions, overdue })
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

/// The user's open actions, snoozed ones left out: those not due before today, and those that are.
async fn my_actions(
    app: &App,
    conn: &mut Connection,
    me: Option<PersonId>,
) -> Result<(Vec<view::Action>, Vec<view::Action>)> {
    let Some(me) = me else { return Ok((Vec::new(), Vec::new())) };
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
    let told = Teller::new(conn, *app.clock()).items(items).await?.actions;
    Ok(told.into_iter().partition(|action| !action.overdue))
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
    brief_of(app, conn, &graph, id, me).await
}

async fn brief_of(
    app: &App,
    conn: &mut Connection,
    graph: &Graph,
    id: MeetingId,
    me: Option<PersonId>,
) -> Result<view::Brief> {
    let view = app.view(me);
    let log = match graph.last_time(id, &view).and_then(|last| graph.meeting(last)) {
        Some(last) => crate::log::since(conn, last.times.end(view.zone)).await?,
        None => Vec::new(),
    };
    let brief = graph.brief_with(id, &view, &log).unwrap_or_default();
    let met = known::met(app, graph, id, &view);
    let excerpt = known::excerpt(app, conn, graph, id, &view).await?;
    let mut teller = Teller::new(conn, *app.clock());
    let meeting = teller.meeting_by_id(id).await?;
    let new_people = teller.people_by_ids(&brief.new_people).await?;
    let mut told = view::Brief {
        meeting: meeting.ok_or_else(|| Failure::new("unknown_meeting", "The meeting is not there any more."))?,
        last_meetings: teller.meetings_by_ids(&brief.last_meetings).await?,
        mine: teller.items_by_ids(&brief.mine).await?.actions,
        theirs: teller.items_by_ids(&brief.theirs).await?.actions,
        questions: teller.items_by_ids(&brief.questions).await?.questions,
        decisions: teller.items_by_ids(&brief.decisions).await?.decisions,
        revisit: teller.items_by_ids(&brief.revisit).await?.decisions,
        changes: brief.changes.iter().map(|change| told_change(app, graph, change)).collect(),
        new_people: known::through(graph, new_people, &view),
        met,
        excerpt,
    };
    // Focus time and the like are shown as what they are: there is nobody to prepare for.
    if told.meeting.kind != MeetingKind::Meeting {
        told.changes.clear();
    }
    Ok(told)
}

fn told_change(app: &App, graph: &Graph, change: &throughline_core::graph::Change) -> view::Change {
    let what = match change.kind {
        ChangeKind::Done => "done",
        ChangeKind::Dropped => "dropped",
        ChangeKind::Redated { .. } => "re_dated",
        ChangeKind::Decided => "decided",
        ChangeKind::Superseded { .. } => "superseded",
        ChangeKind::Answered { .. } => "answered",
    };
    let due = match change.kind {
        ChangeKind::Redated { to, .. } => to,
        _ => None,
    };
    view::Change {
        what: what.to_owned(),
        kind: graph.item(change.item).map_or("item", |item| item.kind.as_str()).to_owned(),
        id: change.item,
        text: change.text.clone(),
        date: Some(change.at.with_timezone(&app.clock().zone).date_naive()),
        due,
    }
}
