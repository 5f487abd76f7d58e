//! A word before a meeting begins.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_notification::NotificationExt;
use throughline_app::model::MeetingId;
use throughline_app::{Result, soon, view};

use crate::aside;
use crate::desk::Desk;

/// How long before its beginning a meeting is announced.
const BEFORE: TimeDelta = TimeDelta::minutes(2);
/// How often to look.
const PAUSE: Duration = Duration::from_secs(20);

/// Announces each meeting once, with its title alone; in discreet mode none.
pub fn start<R: Runtime>(app: &AppHandle<R>) {
    let app = app.clone();
    let desk = Arc::clone(app.state::<Arc<Desk>>().inner());
    aside::start(async move || {
        let mut told = HashSet::new();
        loop {
            for meeting in due(&desk, &mut told).await.unwrap_or_default() {
                if !desk.discreet() {
                    // A system that shows none is no reason to stop.
                    let _ = app.notification().builder().title(title(&meeting)).body("Begins in two minutes").show();
                }
            }
            tokio::time::sleep(PAUSE).await;
        }
    });
}

async fn due(desk: &Desk, told: &mut HashSet<(MeetingId, view::When)>) -> Result<Vec<view::Meeting>> {
    let app = desk.app().await?;
    let soon = soon::meetings(&app, BEFORE).await?;
    // A meeting that was moved is announced again.
    Ok(soon.into_iter().filter(|meeting| told.insert((meeting.id, meeting.start))).collect())
}

fn title(meeting: &view::Meeting) -> &str {
    if meeting.title.is_empty() { "Meeting" } else { &meeting.title }
}

#[cfg(test)]
mod tests {
    use throughline_app::{App, meetings, vault};

    use super::*;
    use crate::time::Time;

    #[tokio::test]
    async fn a_meeting_is_announced_once_and_again_when_it_moved() {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("vault");
        let now = "2026-11-24T09:00:00Z".parse().unwrap();
        let time = Time::new(Some(now), Some(chrono_tz::Tz::UTC));
        vault::init(&dir, time.clock(), Some("Ana"), None).await.unwrap();
        let desk = Desk::new(time, None, Some(dir.clone()));
        desk.wake(None, Some(dir.clone())).await;
        let app = App::open(&dir, time.clock()).await.unwrap();
        let new = meetings::NewMeeting {
            title: "Planning".into(),
            start: "2026-11-24T09:01:30".into(),
            end: None,
            attendees: vec![],
        };
        let id = meetings::new(&app, &new).await.unwrap().id.to_string();
        let mut told = HashSet::new();
        let mut due = async || -> Vec<String> {
            due(&desk, &mut told).await.unwrap().into_iter().map(|meeting| meeting.title).collect()
        };
        assert_eq!(due().await, ["Planning"]);
        assert!(due().await.is_empty());
        let moved = meetings::MeetingEdit { start: Some("2026-11-24T09:01:40".into()), ..Default::default() };
        meetings::edit(&app, &id, &moved).await.unwrap();
        assert_eq!(due().await, ["Planning"]);
    }
}
