//! Where the time went, and what came of it.

use chrono::{Days, NaiveDate};
use throughline_core::graph::{Graph, Promises, Spent, WITHOUT_OUTCOME, kept};
use throughline_core::model::{ItemId, MeetingId};
use throughline_store::{facts, insights as store};

use crate::app::App;
use crate::review::week_begins;
use crate::view::{self, InsightMeeting, InsightPlace, InsightSeries, InsightWeek};
use crate::{Failure, Result, answers};

/// Longer than this nobody looks at by weeks.
const DAYS: i64 = 3_700;

/// The first day of the twelve weeks, whole ones but the last, that end on a day.
///
/// # Errors
/// As reading the vault.
pub async fn twelve_weeks_until(app: &App, to: NaiveDate) -> Result<NaiveDate> {
    Ok(to.week(week_begins(app).await?).first_day() - Days::new(7 * 11))
}

/// Hours in meetings between two days, both included, by week, person, organization and series: of meetings that took place
/// and the user was at. Series of three meetings or more that yielded nothing, meetings without a purpose, and what became
/// of the user's actions due in that time. Each number comes with what is behind it.
///
/// # Errors
/// `unreadable_span` where the last day is before the first, or ten years after it.
pub async fn show(app: &App, from: NaiveDate, to: NaiveDate) -> Result<view::Insights> {
    if to < from || (to - from).num_days() > DAYS {
        return Err(Failure::usage("unreadable_span", "That is no span of days to look at.")
            .hint("The first day comes before the last, and at most ten years."));
    }
    let begins = week_begins(app).await?;
    let conn = &mut *app.look().await?;
    let me = answers::me(conn).await?;
    let graph = Graph::build(facts::meetings_between(conn, None, Some(from), Some(to)).await?);
    let found = graph.insights(from, to, begins, &app.view(me));
    let ids: Vec<MeetingId> = found.meetings.iter().map(|(id, _)| *id).collect();
    let outcomes = store::outcomes(conn, &ids).await?;
    let promises = match me {
        Some(me) => kept(&store::promises(conn, me, from, to, app.clock().zone).await?, app.clock().today()),
        None => Promises::default(),
    };
    let place = |id: String, name: &str, spent: &Spent| InsightPlace {
        id,
        name: name.to_owned(),
        hours: hours(spent.minutes),
        meetings: spent.meetings.len(),
        meeting_ids: spent.meetings.clone(),
    };
    let people = found.people.iter();
    let organizations = found.organizations.iter();
    let yielded = |spent: &Spent| spent.meetings.iter().filter_map(|id| outcomes.get(id)).sum::<u32>();
    let series = found.series.iter().filter_map(|(id, spent)| {
        let place = place(id.to_string(), &graph.series(*id)?.title, spent);
        Some(InsightSeries { place, outcomes: yielded(spent) })
    });
    let series: Vec<InsightSeries> = series.collect();
    let title = |id: MeetingId| {
        let meeting = graph.meeting(id)?;
        Some((meeting.title.clone(), meeting.times.date(app.clock().zone)))
    };
    let meetings = found.meetings.iter().filter_map(|(id, minutes)| {
        let (title, date) = title(*id)?;
        Some(InsightMeeting { id: *id, title, date, hours: hours(*minutes) })
    });
    let no_purpose = found.no_purpose.iter().filter_map(|id| {
        let (title, date) = title(*id)?;
        Some(view::Dated { id: *id, title, date })
    });
    let weeks = found.weeks.iter().map(|(week, spent)| InsightWeek {
        week: *week,
        hours: hours(spent.minutes),
        meetings: spent.meetings.len(),
        meeting_ids: spent.meetings.clone(),
    });
    Ok(view::Insights {
        from,
        to,
        hours: hours(found.meetings.iter().map(|(_, minutes)| minutes).sum()),
        weeks: weeks.collect(),
        people: people.filter_map(|(id, spent)| Some(place(id.to_string(), &graph.person(*id)?.name, spent))).collect(),
        organizations: organizations
            .filter_map(|(id, spent)| Some(place(id.to_string(), &graph.organization(*id)?.name, spent)))
            .collect(),
        no_outcome_series: series
            .iter()
            .filter(|series| series.outcomes == 0 && series.place.meetings >= WITHOUT_OUTCOME)
            .cloned()
            .collect(),
        series,
        no_purpose: no_purpose.collect(),
        promises: told(&promises),
        meetings: meetings.collect(),
    })
}

fn told(promises: &Promises) -> view::Promises {
    let late: Vec<ItemId> = promises.kept_late.iter().chain(&promises.late).copied().collect();
    view::Promises {
        kept_on_time: promises.on_time.len(),
        kept_late: promises.kept_late.len(),
        open: promises.open.len(),
        late: promises.late.len(),
        dropped: promises.dropped.len(),
        kept_ids: promises.on_time.clone(),
        late_ids: late,
        open_ids: promises.open.clone(),
        dropped_ids: promises.dropped.clone(),
    }
}

/// Hours to a hundredth.
#[expect(clippy::cast_precision_loss, reason = "minutes of meetings, far below 2^53")]
fn hours(minutes: i64) -> f64 {
    (minutes as f64 / 60.0 * 100.0).round() / 100.0
}
