//! Google's calendars: which are synced, and how they come and go.

use serde_json::json;
use throughline_tests::google::{Google, event, hour, titles};
use throughline_tests::{all, text};

const MAX: &str = "max@example.org";
const EVENTS: &str = "/calendar/v3/calendars";
const LIST: &str = "/calendar/v3/users/me/calendarList";

#[test]
fn own_calendars_are_synced_and_others_offered() {
    let google = Google::with(MAX);
    let holidays = "en.german#holiday@group.v.calendar.google.com";
    google.world().add_calendar(
        MAX,
        "own@group.calendar.google.com",
        json!({"accessRole": "owner", "summary": "Own", "summaryOverride": "Mine", "backgroundColor": "#123456"}),
    );
    google.world().add_calendar(
        MAX,
        "team@group.calendar.google.com",
        json!({"accessRole": "writer", "summary": "Team"}),
    );
    google.world().add_calendar(MAX, holidays, json!({"summary": "Holidays"}));
    google.world().add_calendar(MAX, "hidden@group.calendar.google.com", json!({"summary": "Hidden", "hidden": true}));
    google.world().put(holidays, event("h", "Advent", "2026-11-29", "2026-11-30", json!({})));
    let vault = google.signed_in(MAX);
    vault.sync();
    let calendars = vault.list(&["calendar", "list"], "calendars");
    let enabled: Vec<_> = calendars.iter().filter(|c| c["enabled"] == true).map(|c| text(&c["name"])).collect();
    assert_eq!(enabled, ["Mine", MAX]);
    assert_eq!(calendars.len(), 5);
    assert_eq!(calendars.iter().find(|c| c["name"] == "Mine").expect("Mine")["color"], "#123456");
    assert!(titles(&vault, "2026-11-29", "2026-11-29").is_empty());
    let id = text(&calendars.iter().find(|c| c["name"] == "Holidays").expect("Holidays")["id"]);
    vault.json(&["calendar", "enable", &id]);
    vault.sync();
    assert_eq!(titles(&vault, "2026-11-29", "2026-11-29"), ["Advent"]);
    vault.json(&["calendar", "disable", &id]);
    google.world().drain_asked(EVENTS);
    vault.sync();
    assert_eq!(google.world().drain_asked(EVENTS).len(), 2);
    assert_eq!(titles(&vault, "2026-11-29", "2026-11-29"), ["Advent"], "turned off, its meetings stay");
}

#[test]
fn a_renamed_calendar_and_a_new_one_arrive_with_the_changed_list() {
    let google = Google::with(MAX);
    let vault = google.signed_in(MAX);
    vault.sync();
    google.world().drain_asked(LIST);
    google.world().add_calendar(MAX, MAX, json!({"primary": true, "accessRole": "owner", "summaryOverride": "Work"}));
    google.world().add_calendar(MAX, "own@group.calendar.google.com", json!({"accessRole": "owner", "summary": "Own"}));
    google.world().put("own@group.calendar.google.com", hour("a", "Swim", "2026-11-25"));
    vault.sync();
    assert!(google.world().drain_asked(LIST).iter().all(|asked| asked.get("syncToken").is_some()));
    assert_eq!(all(&vault.list(&["calendar", "list"], "calendars"), "name"), ["Own", "Work"]);
    assert_eq!(titles(&vault, "2026-11-25", "2026-11-25"), ["Swim"]);
}

#[test]
fn a_calendar_that_is_gone_goes_and_what_was_written_stays() {
    let google = Google::with(MAX);
    google.world().add_calendar(
        MAX,
        "club@group.calendar.google.com",
        json!({"accessRole": "owner", "summary": "Club"}),
    );
    google.world().put("club@group.calendar.google.com", hour("a", "Chess", "2026-11-25"));
    google.world().put("club@group.calendar.google.com", hour("b", "Go", "2026-11-26"));
    let vault = google.signed_in(MAX);
    vault.sync();
    vault.write(&vault.id_on("2026-11-25", "Chess"), "he opened with d4\n");
    google.world().remove_calendar(MAX, "club@group.calendar.google.com");
    vault.json(&["sync"]);
    assert_eq!(all(&vault.list(&["calendar", "list"], "calendars"), "name"), [MAX]);
    assert_eq!(titles(&vault, "2026-11-25", "2026-11-26"), ["Chess"]);
    assert!(vault.is_sound());
}

#[test]
fn two_accounts_that_share_a_meeting_share_one_note() {
    let google = Google::with(MAX);
    let other = "max@home.example";
    google.world().add_user(other);
    let shared = event(
        "a",
        "Shared",
        "2026-11-25T10:00",
        "2026-11-25T11:00",
        json!({"organizer": {"email": MAX}, "iCalUID": "shared@google.com"}),
    );
    google.world().put(MAX, shared.clone());
    let mut copy = shared;
    copy["id"] = json!("another_id");
    google.world().put(other, copy);
    let vault = google.signed_in(MAX);
    google.sign_in(&vault, other);
    vault.json(&["sync"]);
    let meeting = vault.on("2026-11-25", "Shared");
    assert_eq!(meeting["calendars"].as_array().map(Vec::len), Some(2));
    vault.write(&text(&meeting["id"]), "one note\n");
    google.world().delete(MAX, "a");
    vault.json(&["sync"]);
    let meeting = vault.on("2026-11-25", "Shared");
    assert_eq!((&meeting["status"], &meeting["has_notes"]), (&json!("confirmed"), &json!(true)));
    google.world().delete(other, "another_id");
    vault.json(&["sync"]);
    assert_eq!(vault.on("2026-11-25", "Shared")["status"], "cancelled");
}
