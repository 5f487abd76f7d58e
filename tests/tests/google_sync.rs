//! Syncing with Google: everything once, then what changed.

use serde_json::{Value, json};
use throughline_tests::google::{Google, at, event};
use throughline_tests::{Vault, all, names, text};

const MAX: &str = "max@example.org";
const EVENTS: &str = "/calendar/v3/calendars";
const LIST: &str = "/calendar/v3/users/me/calendarList";

fn hour(id: &str, title: &str, day: &str) -> Value {
    event(id, title, &format!("{day}T10:00"), &format!("{day}T11:00"), json!({}))
}

fn titles(vault: &Vault, from: &str, to: &str) -> Vec<String> {
    all(&vault.meetings(from, to), "title")
}

fn counts(synced: &Value) -> [u64; 4] {
    ["added", "changed", "removed", "kept"].map(|key| synced[key].as_u64().expect("a count"))
}

#[test]
fn the_first_sync_asks_for_everything_and_the_next_for_what_changed() {
    let google = Google::with(MAX);
    google.world().put(MAX, hour("a", "Review", "2026-11-25"));
    google.world().put(MAX, hour("b", "Ancient", "1999-01-04"));
    let vault = google.signed_in(MAX);
    google.world().asked.clear();
    let synced = vault.sync();
    assert_eq!((synced["mode"].as_str(), counts(&synced)), (Some("full"), [2, 0, 0, 0]));
    assert_eq!(titles(&vault, "1999-01-04", "1999-01-04"), ["Ancient"]);
    let asked = std::mem::take(&mut google.world().asked);
    assert!(asked.iter().all(|asked| asked.get("syncToken").is_none()), "{asked:?}");

    google.world().put(MAX, hour("a", "Review, again", "2026-11-25"));
    google.world().put(MAX, hour("c", "New", "2026-11-26"));
    google.world().delete(MAX, "b");
    let synced = vault.sync();
    assert_eq!((synced["mode"].as_str(), counts(&synced)), (Some("incremental"), [1, 1, 1, 0]));
    assert_eq!(titles(&vault, "1999-01-01", "2026-11-30"), ["Review, again", "New"]);
    let asked = std::mem::take(&mut google.world().asked);
    assert!(asked.iter().all(|asked| asked.get("syncToken").is_some()), "{asked:?}");

    assert_eq!(counts(&vault.sync()), [0, 0, 0, 0]);
}

#[test]
fn pages_are_read_to_the_end_and_only_then_anything_is_stored() {
    let google = Google::with(MAX);
    google.world().page = 2;
    for n in 1..=7 {
        google.world().put(MAX, hour(&format!("e{n}"), &format!("Number {n}"), &format!("2026-12-0{n}")));
    }
    let vault = google.signed_in(MAX);
    google.world().asked.clear();
    assert_eq!(counts(&vault.sync()), [7, 0, 0, 0]);
    let pages = google.world().drain_asked(EVENTS);
    assert_eq!(pages.len(), 4);
    let mut questions =
        pages.iter().map(|page| page.query.iter().filter(|(key, _)| key != "pageToken").cloned().collect::<Vec<_>>());
    let first = questions.next();
    assert!(questions.all(|question| Some(question) == first), "each page asks the same");
    assert_eq!(counts(&vault.sync()), [0, 0, 0, 0]);
}

#[test]
fn a_series_comes_as_its_master_and_its_exceptions() {
    let google = Google::with(MAX);
    let weekly = json!({"recurrence": ["EXDATE;TZID=Europe/Berlin:20261123T100000", "RRULE:FREQ=WEEKLY;UNTIL=20270131T225959Z"]});
    google.world().put(MAX, event("w", "Weekly", "2026-11-02T10:00", "2026-11-02T10:30", weekly));
    google.world().put(
        MAX,
        event(
            "w_20261109T090000Z",
            "Weekly, late",
            "2026-11-10T16:00",
            "2026-11-10T17:00",
            json!({"recurringEventId": "w", "originalStartTime": at("2026-11-09T10:00")}),
        ),
    );
    google.world().leave_out(MAX, "w", "w_20261116T090000Z", at("2026-11-16T10:00"));
    let vault = google.signed_in(MAX);
    vault.sync();
    let november = vault.meetings("2026-11-01", "2026-11-30");
    assert_eq!(
        all(&november, "start"),
        ["2026-11-02T10:00:00+01:00", "2026-11-10T16:00:00+01:00", "2026-11-30T10:00:00+01:00"]
    );
    assert_eq!(november[1]["original_start"], "2026-11-09T10:00:00+01:00");
    let series = text(&november[0]["series_id"]);
    assert!(november.iter().all(|meeting| meeting["series_id"] == series.as_str() && meeting["uid"] == "w@google.com"));
    assert_eq!(titles(&vault, "2027-01-25", "2027-02-28").len(), 1, "UNTIL is the last instant in UTC");
}

#[test]
fn an_occurrence_called_off_says_little_and_goes_alone() {
    let google = Google::with(MAX);
    google.world().put(
        MAX,
        event(
            "w",
            "Weekly",
            "2026-11-02T10:00",
            "2026-11-02T10:30",
            json!({"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=6"]}),
        ),
    );
    google
        .world()
        .put(MAX, event("d", "Days", "2026-11-02", "2026-11-03", json!({"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=3"]})));
    let vault = google.signed_in(MAX);
    assert_eq!(counts(&vault.sync()), [9, 0, 0, 0]);
    vault.write(&vault.id_on("2026-11-30", "Weekly"), "- [ ] ask Ana\n");
    google.world().leave_out(MAX, "w", "w_20261109T090000Z", at("2026-11-09T10:00"));
    google.world().leave_out(MAX, "w", "w_20261130T090000Z", at("2026-11-30T10:00"));
    google.world().leave_out(MAX, "d", "d_20261109", at("2026-11-09"));
    assert_eq!(counts(&vault.sync()), [0, 0, 2, 1]);
    assert!(titles(&vault, "2026-11-09", "2026-11-09").is_empty());
    assert_eq!(vault.on("2026-11-30", "Weekly")["status"], "cancelled");
    assert_eq!(counts(&vault.sync()), [0, 0, 0, 0]);
}

#[test]
fn a_deleted_series_is_named_by_its_id_alone_and_goes_with_its_exceptions() {
    let google = Google::with(MAX);
    google.world().put(
        MAX,
        event(
            "w",
            "Weekly",
            "2026-11-02T10:00",
            "2026-11-02T10:30",
            json!({"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=4"]}),
        ),
    );
    google.world().put(
        MAX,
        event(
            "w_20261109T090000Z",
            "Weekly",
            "2026-11-10T16:00",
            "2026-11-10T17:00",
            json!({"recurringEventId": "w", "originalStartTime": at("2026-11-09T10:00")}),
        ),
    );
    let vault = google.signed_in(MAX);
    vault.sync();
    vault.write(&vault.id_on("2026-11-10", "Weekly"), "what was said\n");
    google.world().delete(MAX, "w");
    assert_eq!(counts(&vault.sync()), [0, 0, 3, 1]);
    assert_eq!(titles(&vault, "2026-11-01", "2026-12-31"), ["Weekly"]);
}

#[test]
fn an_exception_that_changes_comes_without_its_series() {
    let google = Google::with(MAX);
    google.world().put(
        MAX,
        event(
            "w",
            "Weekly",
            "2026-11-02T10:00",
            "2026-11-02T10:30",
            json!({"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=4"]}),
        ),
    );
    let vault = google.signed_in(MAX);
    vault.sync();
    let id = vault.id_on("2026-11-16", "Weekly");
    google.world().put(
        MAX,
        event(
            "w_20261116T090000Z",
            "Weekly, moved",
            "2026-11-17T09:00",
            "2026-11-17T09:30",
            json!({"recurringEventId": "w", "originalStartTime": at("2026-11-16T10:00"), "iCalUID": null}),
        ),
    );
    assert_eq!(counts(&vault.sync()), [0, 1, 0, 0]);
    assert_eq!(vault.id_on("2026-11-17", "Weekly, moved"), id);
    assert_eq!(titles(&vault, "2026-11-01", "2026-11-30").len(), 4);
}

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
fn a_google_that_suddenly_has_nothing_is_not_believed_without_asking() {
    let google = Google::with(MAX);
    for n in 10..24 {
        google.world().put(MAX, hour(&format!("e{n}"), &format!("Number {n}"), &format!("2026-12-{n}")));
    }
    let vault = google.signed_in(MAX);
    vault.sync();
    (10..24).for_each(|n| google.world().delete(MAX, &format!("e{n}")));
    let (status, error) = vault.fails(&["sync"]);
    assert_eq!((status, &error["code"]), (1, &json!("mass_deletion")));
    assert_eq!(titles(&vault, "2026-12-01", "2026-12-31").len(), 14);
    let (_, error) = vault.fails(&["sync"]);
    assert_eq!(error["code"], "mass_deletion", "it asks again");
    vault.json(&["sync", "--accept-deletions"]);
    assert!(titles(&vault, "2026-12-01", "2026-12-31").is_empty());
}

#[test]
fn a_dry_run_says_what_would_come_and_changes_nothing() {
    let google = Google::with(MAX);
    google.world().put(MAX, hour("a", "Review", "2026-11-25"));
    let vault = google.signed_in(MAX);
    let told = vault.json(&["sync", "--dry-run"]);
    assert_eq!(told["accounts"][0]["calendars"][0]["added"], 1);
    assert!(titles(&vault, "2026-11-25", "2026-11-25").is_empty());
    assert_eq!(counts(&vault.sync()), [1, 0, 0, 0]);
}

#[test]
fn a_sync_token_that_is_too_old_means_everything_again_and_notes_stay() {
    let google = Google::with(MAX);
    google.world().put(MAX, hour("a", "Review", "2026-11-25"));
    google.world().put(MAX, hour("b", "Lunch", "2026-11-26"));
    let vault = google.signed_in(MAX);
    vault.sync();
    let id = vault.id_on("2026-11-25", "Review");
    vault.write(&id, "=> we ship\n");
    google.world().put(MAX, hour("a", "Review, moved", "2026-11-27"));
    google.world().delete(MAX, "b");
    google.world().forget_changes();
    let synced = vault.sync();
    assert_eq!((synced["mode"].as_str(), counts(&synced)), (Some("full"), [0, 1, 1, 0]));
    assert_eq!(vault.id_on("2026-11-27", "Review, moved"), id);
    assert_eq!(vault.read(&id).lines().count(), 1);
    assert_eq!(vault.sync()["mode"], "incremental");
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
