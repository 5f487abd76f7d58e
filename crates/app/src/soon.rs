//! What is about to begin.

use chrono::{DateTime, Days, TimeDelta, Utc};
use throughline_core::model::{MeetingKind, MeetingStatus, Response};
use throughline_store::meeting::{self, Edge};

use crate::Result;
use crate::app::App;
use crate::tell::Teller;
use crate::view::{self, When};
use crate::{answers, sync};

/// The user's meetings that begin after this moment and no later than `within` from it, by start. Those of whole days, those called off and
/// those the user declined are not about to begin for them.
///
/// # Errors
/// As reading the vault.
pub async fn meetings(app: &App, within: TimeDelta) -> Result<Vec<view::Meeting>> {
    let (now, zone) = (app.clock().now, app.clock().zone);
    let last = now + within;
    let (first_day, last_day) = (day(now, app), day(last, app));
    sync::expand(app, Some(first_day), Some(last_day)).await?;
    let conn = &mut *app.look().await?;
    let span = meeting::Filter {
        from: Some(Edge::midnight(first_day, zone)),
        to: Some(Edge::midnight(last_day.checked_add_days(Days::new(1)).unwrap_or(last_day), zone)),
        kinds: vec![MeetingKind::Meeting],
        ..meeting::Filter::default()
    };
    let me = answers::me(conn).await?;
    let ids = meeting::ids(conn, &span).await?;
    let ids = meeting::of_the_user(conn, &ids, me).await?;
    let mut told = Teller::new(conn, *app.clock()).meetings_by_ids(&ids).await?;
    told.retain(|meeting| {
        let begins = matches!(meeting.start, When::At(start) if start.to_utc() > now && start.to_utc() <= last);
        let mine = |attendee: &view::Attendee| Some(attendee.person_id) == me;
        let declined = meeting.attendees.iter().any(|who| mine(who) && who.response == Some(Response::Declined));
        begins && meeting.status != MeetingStatus::Cancelled && !declined
    });
    told.sort_by_key(|meeting| (meeting.start, meeting.end, meeting.id));
    Ok(told)
}

fn day(at: DateTime<Utc>, app: &App) -> chrono::NaiveDate {
    at.with_timezone(&app.clock().zone).date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meetings::NewMeeting;
    use crate::{Clock, vault};

    #[tokio::test]
    async fn what_begins_within_the_span_is_told_by_start() {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("vault");
        let clock = Clock { now: "2026-11-24T22:58:30Z".parse().unwrap(), zone: chrono_tz::Europe::Berlin };
        vault::init(&dir, clock, Some("Ana"), Some("ana@example.org")).await.unwrap();
        let app = App::open(&dir, clock).await.unwrap();
        for (title, start) in [
            ("over midnight", "2026-11-25T00:01"),
            ("now", "2026-11-24T23:59"),
            ("begun", "2026-11-24T23:30"),
            ("later", "2026-11-25T00:30"),
            ("all day", "2026-11-25"),
        ] {
            let new = NewMeeting { title: title.into(), start: start.into(), end: None, attendees: vec![] };
            crate::meetings::new(&app, &new).await.unwrap();
        }
        let titles = async |minutes| -> Vec<String> {
            let soon = meetings(&app, TimeDelta::minutes(minutes)).await.unwrap();
            soon.into_iter().map(|meeting| meeting.title).collect()
        };
        assert_eq!(titles(2).await, ["now"]);
        assert_eq!(titles(5).await, ["now", "over midnight"]);
        assert_eq!(titles(60 * 24).await, ["now", "over midnight", "later"]);
    }
}
