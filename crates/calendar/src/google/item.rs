//! One item of a page, as strictly as the hub's models read it or as leniently as it can be read at all.

use chrono::{DateTime, NaiveDateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use google_calendar3::api;
use serde::Deserialize;
use serde_json::{Map, Value};
use throughline_core::model::resolve_local;

/// A page whose items are still to be read.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Loose {
    #[serde(default)]
    pub items: Vec<Value>,
    #[serde(default)]
    pub next_page_token: Option<String>,
    #[serde(default)]
    pub next_sync_token: Option<String>,
    #[serde(default)]
    pub time_zone: Option<String>,
    #[serde(default)]
    pub kind: Option<String>,
}

/// An item that cannot be read, as far as it can be told which it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken {
    pub id: Option<String>,
    pub uid: Option<String>,
    pub title: Option<String>,
}

/// What is read of an event; a fault in anything else costs nothing.
const FIELDS: &[&str] = &[
    "attachments",
    "attendees",
    "attendeesOmitted",
    "conferenceData",
    "description",
    "end",
    "eventType",
    "hangoutLink",
    "htmlLink",
    "iCalUID",
    "id",
    "location",
    "organizer",
    "originalStartTime",
    "recurrence",
    "recurringEventId",
    "sequence",
    "start",
    "status",
    "summary",
    "transparency",
    "updated",
];

/// Those without which it is still the same meeting at the same time.
const DISPENSABLE: &[&str] = &["attachments", "conferenceData", "hangoutLink", "htmlLink", "sequence", "updated"];

/// An event that the page's own reading failed on, or another in its page.
pub(super) fn read(item: Value, zone: Option<Tz>) -> Result<api::Event, Broken> {
    let Value::Object(mut object) = item else { return Err(Broken { id: None, uid: None, title: None }) };
    object.retain(|key, value| FIELDS.contains(&key.as_str()) && !value.is_null());
    for key in ["start", "end", "originalStartTime"] {
        if let Some(time) = object.get_mut(key).and_then(Value::as_object_mut) {
            with_offset(time, zone);
        }
    }
    let text = |key: &str| object.get(key).and_then(Value::as_str).map(str::to_owned);
    let broken = Broken { id: text("id"), uid: text("iCalUID"), title: text("summary") };
    if let Ok(event) = serde_json::from_value(Value::Object(object.clone())) {
        return Ok(event);
    }
    object.retain(|key, _| !DISPENSABLE.contains(&key.as_str()));
    serde_json::from_value(Value::Object(object)).map_err(|_| broken)
}

/// "A time zone offset is required unless a time zone is explicitly specified in timeZone" (Events, `start.dateTime`).
fn with_offset(time: &mut Map<String, Value>, zone: Option<Tz>) {
    let Some(text) = time.get("dateTime").and_then(Value::as_str) else { return };
    let Ok(local) = text.parse::<NaiveDateTime>() else { return };
    let own = time.get("timeZone").and_then(Value::as_str).and_then(|name| name.parse().ok());
    if let Some(zone) = own.or(zone) {
        let at: DateTime<Utc> = resolve_local(local, zone);
        time.insert("dateTime".to_owned(), at.to_rfc3339_opts(SecondsFormat::Secs, true).into());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read_start(event: Value) -> Result<String, Broken> {
        read(event, Some(Tz::Europe__Berlin))
            .map(|event| event.start.and_then(|start| start.date_time).map(|at| at.to_rfc3339()).unwrap_or_default())
    }

    #[test]
    fn a_time_without_an_offset_is_read_in_its_zone_or_the_calendars() {
        for (start, expected) in [
            (json!({"dateTime": "2026-07-01T10:00:00Z"}), "2026-07-01T10:00:00+00:00"),
            (json!({"dateTime": "2026-07-01T10:00:00", "timeZone": "America/New_York"}), "2026-07-01T14:00:00+00:00"),
            (json!({"dateTime": "2026-07-01T10:00:00"}), "2026-07-01T08:00:00+00:00"),
        ] {
            assert_eq!(read_start(json!({"id": "a", "start": start})).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn faults_beside_the_point_cost_nothing_and_others_the_item() {
        let event = json!({"id": "a", "start": {"dateTime": "2026-07-01T10:00:00Z"}, "updated": "yesterday",
            "conferenceData": 7, "reminders": [], "created": false, "sequence": "x"});
        assert_eq!(read_start(event).as_deref(), Ok("2026-07-01T10:00:00+00:00"));
        let broken = json!({"id": "a", "iCalUID": "u", "summary": "Standup", "start": {"dateTime": "soon"}});
        let told = Broken { id: Some("a".into()), uid: Some("u".into()), title: Some("Standup".into()) };
        assert_eq!(read_start(broken), Err(told));
        assert_eq!(read_start(json!("text")), Err(Broken { id: None, uid: None, title: None }));
    }
}
