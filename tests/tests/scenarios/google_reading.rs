//! What Google's events say, and what of it is kept.

use serde_json::{Value, json};
use throughline_tests::google::{Google, counts, event, hour, titles};
use throughline_tests::{names, text};

const MAX: &str = "max@example.org";

#[test]
fn one_event_that_cannot_be_read_costs_itself_and_a_warning() {
    let google = Google::with(MAX);
    google.world().put(MAX, hour("a", "Good", "2026-11-25"));
    google.world().put(MAX, hour("b", "Soon broken", "2026-11-26"));
    let vault = google.signed_in(MAX);
    vault.sync();
    google.world().put(MAX, json!({"id": "b", "summary": "Broken", "start": {"dateTime": "not a time"}, "end": {"dateTime": "2026-11-26T11:00:00"}}));
    google.world().put(MAX, json!({"id": "n", "summary": "Never whole", "start": {"dateTime": 7}}));
    google.world().put_bare(MAX, json!("nothing like an event"));
    google.world().put(MAX, hour("c", "Better", "2026-11-27"));
    google.world().put(
        MAX,
        json!({"id": "d", "summary": "Local", "start": {"dateTime": "2026-11-28T10:00:00", "timeZone": "Europe/Berlin"},
        "end": {"dateTime": "2026-11-28T11:00:00", "timeZone": "Europe/Berlin"}}),
    );
    let synced = vault.sync();
    assert_eq!(counts(&synced), [2, 0, 0, 0]);
    assert_eq!(titles(&vault, "2026-11-24", "2026-11-29"), ["Good", "Soon broken", "Better", "Local"]);
    assert_eq!(vault.on("2026-11-28", "Local")["start"], "2026-11-28T10:00:00+01:00");
    let warnings = synced["warnings"].as_array().expect("warnings");
    assert_eq!(warnings.len(), 3, "{synced:#}");
    assert!(
        warnings.iter().any(|w| w["uid"] == "b@google.com" && text(&w["message"]).contains("Broken")),
        "{synced:#}"
    );
    vault.json(&["sync", "--full"]);
    assert_eq!(titles(&vault, "2026-11-26", "2026-11-26"), ["Soon broken"], "what cannot be read has not been deleted");
}

#[test]
fn people_answers_calls_and_files_are_read_as_google_says_them() {
    let google = Google::with(MAX);
    google.world().put(
        MAX,
        event("a", "Planning", "2026-11-25T10:00", "2026-11-25T11:00", json!({
            "organizer": {"email": "Ana.Silva@acme.com", "displayName": "Ana Silva"},
            "attendees": [
                {"email": "ana.silva@acme.com", "displayName": "Ana Silva", "organizer": true, "responseStatus": "accepted"},
                {"email": MAX, "self": true, "responseStatus": "tentative"},
                {"email": "li@acme.com", "optional": true, "responseStatus": "needsAction", "additionalGuests": 2},
                {"email": "c_1@resource.calendar.google.com", "displayName": "Room 1", "resource": true, "responseStatus": "accepted"},
                {"email": "kim.beam@acme.com", "displayName": "Beamer", "resource": true},
            ],
            "description": "<b>Agenda</b><script>alert(1)</script>", "location": "Room 1",
            "hangoutLink": "https://meet.google.com/aaa-bbbb-ccc",
            "conferenceData": {"entryPoints": [
                {"entryPointType": "phone", "uri": "tel:+49-30-1"},
                {"entryPointType": "video", "uri": "https://acme.zoom.us/j/1?pwd=x", "label": "acme.zoom.us/j/1"},
            ]},
            "attachments": [{"fileUrl": "https://docs.google.com/document/d/1", "title": "Agenda", "mimeType": "application/pdf"},
                {"fileUrl": "javascript:alert(1)", "title": "No"}],
        })),
    );
    google.world().put(
        MAX,
        event(
            "b",
            "Only a link",
            "2026-11-26T10:00",
            "2026-11-26T11:00",
            json!({"hangoutLink": "https://meet.google.com/aaa-bbbb-ccc"}),
        ),
    );
    let vault = google.signed_in(MAX);
    vault.sync();
    let meeting = vault.on("2026-11-25", "Planning");
    assert_eq!(meeting["call_url"], "https://acme.zoom.us/j/1?pwd=x");
    assert_eq!(
        meeting["organizer"]["name"].as_str().or(meeting["organizer"].as_str()),
        Some("Ana Silva"),
        "{meeting:#}"
    );
    assert_eq!(names(&meeting["attendees"]).len(), 3, "{meeting:#}");
    let attendees = meeting["attendees"].as_array().expect("attendees");
    let of =
        |email: &str| attendees.iter().find(|a| a["email"] == email).unwrap_or_else(|| panic!("{email}: {meeting:#}"));
    assert_eq!(
        (&of("ana.silva@acme.com")["role"], &of("ana.silva@acme.com")["response"]),
        (&json!("organizer"), &json!("accepted"))
    );
    assert_eq!(
        (&of("li@acme.com")["role"], &of("li@acme.com")["response"]),
        (&json!("optional"), &json!("needs_action"))
    );
    assert_eq!(of(MAX)["response"], "tentative");
    let detail = vault.json(&["meeting", "show", &text(&meeting["id"])]);
    assert_eq!(detail["attachments"], json!([{"title": "Agenda", "url": "https://docs.google.com/document/d/1"}]));
    assert!(!text(&detail["description"]).contains("script"), "{detail:#}");
    assert_eq!(vault.on("2026-11-26", "Only a link")["call_url"], "https://meet.google.com/aaa-bbbb-ccc");
}

#[test]
fn in_a_calendar_of_somebody_else_self_is_not_the_user() {
    let google = Google::with(MAX);
    google.world().add_calendar(MAX, "boss@example.org", json!({"summary": "Boss"}));
    let attendees = json!([{"email": "boss@example.org", "self": true, "responseStatus": "declined"}, {"email": MAX, "responseStatus": "accepted"}]);
    google.world().put(
        "boss@example.org",
        event("a", "Budget", "2026-11-25T10:00", "2026-11-25T11:00", json!({"attendees": attendees})),
    );
    let vault = google.signed_in(MAX);
    let boss = vault.the(&["calendar", "list"], "calendars", "name", "Boss");
    assert_eq!(boss["enabled"], false);
    vault.json(&["calendar", "enable", &text(&boss["id"])]);
    vault.sync();
    let meeting = vault.on("2026-11-25", "Budget");
    let me = meeting["attendees"].as_array().expect("attendees").iter().find(|a| a["email"] == MAX).cloned();
    assert_eq!(me.expect("me")["response"], "accepted");
    let row = vault.json(&["today", "--date", "2026-11-25"]);
    assert!(!row.to_string().contains("\"my_response\":\"declined\""), "{row:#}");
}

#[test]
fn time_for_oneself_is_shown_as_what_it_is() {
    let google = Google::with(MAX);
    for (id, kind) in [
        ("f", "focusTime"),
        ("o", "outOfOffice"),
        ("w", "workingLocation"),
        ("b", "birthday"),
        ("g", "fromGmail"),
        ("x", "somethingNew"),
    ] {
        google.world().put(MAX, event(id, kind, "2026-11-25T10:00", "2026-11-25T11:00", json!({"eventType": kind})));
    }
    let vault = google.signed_in(MAX);
    vault.sync();
    for (title, kind) in [
        ("focusTime", "focus"),
        ("outOfOffice", "out_of_office"),
        ("workingLocation", "working_location"),
        ("birthday", "meeting"),
        ("fromGmail", "meeting"),
        ("somethingNew", "meeting"),
    ] {
        assert_eq!(vault.on("2026-11-25", title)["kind"], kind);
    }
}

#[test]
fn days_and_zones_are_kept() {
    let google = Google::with(MAX);
    google.world().put(MAX, event("a", "Fair", "2026-11-25", "2026-11-28", json!({})));
    google.world().put(MAX, json!({"id": "b", "summary": "Call", "start": {"dateTime": "2026-11-25T09:00:00-05:00", "timeZone": "America/New_York"},
        "end": {"dateTime": "2026-11-25T10:00:00-05:00", "timeZone": "America/New_York"}}));
    google.world().put(MAX, json!({"id": "c", "summary": "Series abroad", "start": {"dateTime": "2026-10-28T09:00:00-04:00", "timeZone": "America/New_York"},
        "end": {"dateTime": "2026-10-28T10:00:00-04:00", "timeZone": "America/New_York"}, "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=3"]}));
    google.world().put(MAX, json!({"id": "e", "summary": "No zone of its own", "start": {"dateTime": "2026-11-25T12:00:00Z"}, "end": {"dateTime": "2026-11-25T13:00:00Z"}}));
    let vault = google.signed_in(MAX);
    vault.sync();
    let fair = vault.on("2026-11-26", "Fair");
    assert_eq!(
        (&fair["start"], &fair["end"], &fair["all_day"]),
        (&json!("2026-11-25"), &json!("2026-11-28"), &json!(true))
    );
    let call = vault.on("2026-11-25", "Call");
    assert_eq!((&call["start"], &call["zone"]), (&json!("2026-11-25T15:00:00+01:00"), &json!("America/New_York")));
    let abroad = vault.meetings("2026-10-28", "2026-11-12");
    let starts: Vec<_> = abroad.iter().filter(|m| m["title"] == "Series abroad").map(|m| text(&m["start"])).collect();
    assert_eq!(starts, ["2026-10-28T14:00:00+01:00", "2026-11-04T15:00:00+01:00", "2026-11-11T15:00:00+01:00"]);
    assert_eq!(vault.on("2026-11-25", "No zone of its own")["start"], "2026-11-25T13:00:00+01:00");
}

#[test]
fn a_guest_list_cut_short_by_google_is_no_fault() {
    let google = Google::with(MAX);
    let crowd: Vec<Value> = (0..400).map(|n| json!({"email": format!("guest{n}@example.com")})).collect();
    google
        .world()
        .put(MAX, event("a", "All hands", "2026-11-25T10:00", "2026-11-25T11:00", json!({"attendees": crowd})));
    google.world().put(MAX, event("b", "Town hall", "2026-11-26T10:00", "2026-11-26T11:00",
        json!({"attendeesOmitted": true, "attendees": [{"email": MAX, "self": true, "responseStatus": "accepted"}]})));
    let vault = google.signed_in(MAX);
    assert_eq!(counts(&vault.sync()), [2, 0, 0, 0]);
    assert_eq!(names(&vault.on("2026-11-25", "All hands")["attendees"]).len(), 400);
    assert_eq!(names(&vault.on("2026-11-26", "Town hall")["attendees"]), ["Max Muster"]);
}
