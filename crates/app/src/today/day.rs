//! A day and a span of days, without their briefs.

use std::collections::HashMap;

use chrono::NaiveDate;
use throughline_core::cadence::cadence;
use throughline_core::graph::Graph;
use throughline_core::model::{MeetingId, MeetingKind, MeetingStatus, PersonId, Response, SeriesId};
use throughline_store::meeting::{Beside, Edge};
use throughline_store::{Connection, attendance, facts, meeting};

use super::{Mine, my_actions, of_day};
use crate::app::App;
use crate::tell::{self, Teller};
use crate::view::{self, BriefCounts, CalendarEntry, Counts, DayMeeting, DayView, When};
use crate::{Result, answers, sync};

/// So many of the user's actions stand beside a day, late ones and others each.
const ACTIONS: usize = 24;

/// A day: its meetings with what stands beside them, and the first of the user's open actions. Briefs are asked for one at
/// a time, and what those to come would hold by [`ahead`].
///
/// # Errors
/// As reading the vault.
pub async fn day(app: &App, date: NaiveDate) -> Result<DayView> {
    sync::expand(app, Some(date), Some(date)).await?;
    let conn = &mut *app.look().await?;
    let me = answers::me(conn).await?;
    let ids = of_day(app, conn, date, me).await?;
    let mut beside = meeting::beside(conn, &ids, app.clock().as_of_today()).await?;
    let mut told = Teller::new(conn, *app.clock()).meetings_by_ids(&ids).await?;
    told.sort_by_key(|meeting| (!meeting.all_day, meeting.start, meeting.end, meeting.id));
    let series: Vec<SeriesId> = told.iter().filter_map(|meeting| meeting.series_id).collect();
    let habits = habits(conn, &series).await?;
    let meetings = told.into_iter().map(|meeting| {
        let beside = beside.remove(&meeting.id).unwrap_or_default();
        let counts = (!is_to_come(app, &meeting)).then(|| counts(&beside));
        DayMeeting {
            cadence: meeting.series_id.and_then(|id| habits.get(&id).cloned()),
            my_response: my_response(&meeting, &beside, me),
            agenda: beside.prep,
            notes_sent: beside.recap,
            color: beside.color,
            counts,
            meeting,
        }
    });
    let meetings = meetings.collect();
    let Mine { actions, actions_total, overdue, overdue_total } = my_actions(app, conn, me, ACTIONS).await?;
    let (actions_total, overdue_total) = (count(actions_total), count(overdue_total));
    Ok(DayView { date, meetings, actions, actions_total, overdue, overdue_total })
}

/// What the briefs of a day's meetings to come hold. By itself, since it is worked out over all that concerns them.
///
/// # Errors
/// As reading the vault.
pub async fn ahead(app: &App, date: NaiveDate) -> Result<Vec<BriefCounts>> {
    let conn = &mut *app.look().await?;
    let me = answers::me(conn).await?;
    let ids = of_day(app, conn, date, me).await?;
    let told = Teller::new(conn, *app.clock()).meetings_by_ids(&ids).await?;
    let coming: Vec<MeetingId> = told.iter().filter(|meeting| is_to_come(app, meeting)).map(|m| m.id).collect();
    before(app, conn, &coming, me).await
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// What a brief is worth asking for: it is not over, not called off, and people meet.
fn is_to_come(app: &App, meeting: &view::Meeting) -> bool {
    let over = match meeting.end {
        When::Date(end) => end <= app.clock().today(),
        When::At(end) => end <= app.clock().now,
    };
    !over && meeting.status != MeetingStatus::Cancelled && meeting.kind == MeetingKind::Meeting
}

fn counts(beside: &Beside) -> Counts {
    Counts {
        open: beside.open,
        late: beside.late,
        decisions: beside.decisions,
        questions: beside.questions,
        revisit: beside.revisit,
    }
}

/// What the calendar says the user answered, else what their attendance does.
fn my_response(meeting: &view::Meeting, beside: &Beside, me: Option<PersonId>) -> Option<Response> {
    let mine = || meeting.attendees.iter().find(|at| Some(at.person_id) == me).and_then(|at| at.response);
    beside.my_response.or_else(mine)
}

/// How often each series comes.
async fn habits(conn: &mut Connection, series: &[SeriesId]) -> Result<HashMap<SeriesId, String>> {
    let days = meeting::days_of_series(conn, series).await?;
    Ok(days.into_iter().filter_map(|(id, days)| Some((id, cadence(&days)?))).collect())
}

/// How much the briefs of meetings to come hold.
async fn before(app: &App, conn: &mut Connection, ids: &[MeetingId], me: Option<PersonId>) -> Result<Vec<BriefCounts>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let graph = Graph::build(facts::around_meetings(conn, ids, me, app.clock().now).await?);
    let (view, today) = (app.view(me), app.clock().today());
    let briefs = ids.iter().filter_map(|id| {
        let brief = graph.brief(*id, &view)?;
        let open = || brief.mine.iter().chain(&brief.theirs);
        let late = open().filter(|id| graph.item(**id).and_then(|item| item.due).is_some_and(|due| due < today));
        let counts = Counts {
            open: count(brief.totals.mine + brief.totals.theirs),
            late: count(late.count()),
            decisions: count(brief.totals.decisions),
            questions: count(brief.totals.questions),
            revisit: count(brief.totals.revisit),
        };
        Some(BriefCounts { meeting_id: *id, counts })
    });
    Ok(briefs.collect())
}

/// The meetings of a span of days, both included, as a calendar shows them.
///
/// # Errors
/// As reading the vault.
pub async fn entries(app: &App, from: NaiveDate, to: NaiveDate) -> Result<Vec<CalendarEntry>> {
    sync::expand(app, Some(from), Some(to)).await?;
    let conn = &mut *app.look().await?;
    let zone = app.clock().zone;
    let span = meeting::Filter {
        from: Some(Edge::midnight(from, zone)),
        to: Some(Edge::midnight(to.succ_opt().unwrap_or(to), zone)),
        ..meeting::Filter::default()
    };
    let meetings = meeting::list(conn, &span).await?;
    let ids: Vec<MeetingId> = meetings.iter().map(|meeting| meeting.id).collect();
    let mut beside = meeting::beside(conn, &ids, app.clock().as_of_today()).await?;
    let me = answers::me(conn).await?;
    let mine = attendance::of_meetings(conn, &ids).await?.into_iter().filter(|at| Some(at.person_id) == me);
    let mine: HashMap<MeetingId, Response> = mine.filter_map(|at| Some((at.meeting_id, at.response?))).collect();
    let entries = meetings.into_iter().map(|meeting| {
        let beside = beside.remove(&meeting.id).unwrap_or_default();
        CalendarEntry {
            id: meeting.id,
            title: meeting.title,
            kind: meeting.kind,
            start: When::start(&meeting.times, zone),
            end: When::end(&meeting.times, zone),
            all_day: meeting.times.is_all_day(),
            status: tell::status(meeting.status, meeting.held),
            my_response: beside.my_response.or_else(|| mine.get(&meeting.id).copied()),
            has_notes: meeting.has_notes,
            open_items: beside.open + beside.questions,
            color: beside.color,
            source: meeting.source,
        }
    });
    Ok(entries.collect())
}
