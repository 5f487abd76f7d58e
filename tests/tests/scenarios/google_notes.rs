//! Whatever happens to an event at Google, its notes are not lost: a line of the design's table each.

use serde_json::{Value, json};
use throughline_tests::google::{Google, at, event};
use throughline_tests::{Vault, all, calendar, text};

const MAX: &str = "max@example.org";

fn weekly(start: &str, end: &str, rule: &str) -> Value {
    event(
        "w",
        "Weekly",
        start,
        end,
        json!({"recurrence": [format!("RRULE:{rule}")],
        "attendees": [{"email": MAX, "self": true}, {"email": "ana@acme.com"}]}),
    )
}

/// A series on Mondays at ten from 2 November on, with notes on the occurrence of 30 November.
fn with_notes() -> (Google, Vault, String) {
    let google = Google::with(MAX);
    google.world().put(MAX, weekly("2026-11-02T10:00", "2026-11-02T11:00", "FREQ=WEEKLY"));
    let vault = google.signed_in(MAX);
    vault.sync();
    let id = vault.id_on("2026-11-30", "Weekly");
    vault.write(&id, "=> we ship\n");
    (google, vault, id)
}

fn shown(vault: &Vault, id: &str) -> Value {
    vault.json(&["meeting", "show", id])
}

fn has_its_note(vault: &Vault, id: &str) {
    assert!(vault.read(id).starts_with("=> we ship"), "{}", vault.read(id));
    assert!(vault.is_sound());
}

#[test]
fn an_occurrence_moved_renamed_and_shortened_is_the_same_meeting() {
    let (google, vault, id) = with_notes();
    google.world().put(
        MAX,
        event(
            "w_20261130T090000Z",
            "Weekly in Lisbon",
            "2026-12-01T15:00",
            "2026-12-01T15:15",
            json!({"recurringEventId": "w", "originalStartTime": at("2026-11-30T10:00")}),
        ),
    );
    vault.sync();
    assert_eq!(vault.id_on("2026-12-01", "Weekly in Lisbon"), id);
    has_its_note(&vault, &id);
}

#[test]
fn a_series_moved_to_another_time_takes_its_notes_along() {
    let (google, vault, id) = with_notes();
    google.world().put(MAX, weekly("2026-11-02T14:00", "2026-11-02T15:00", "FREQ=WEEKLY"));
    let synced = vault.sync();
    assert_eq!(shown(&vault, &id)["start"], "2026-11-30T14:00:00+01:00");
    assert_eq!(synced["moved"][0]["meeting_id"], id.as_str());
    has_its_note(&vault, &id);
}

#[test]
fn a_series_moved_to_another_day_takes_its_notes_to_the_nearest() {
    let (google, vault, id) = with_notes();
    google.world().put(MAX, weekly("2026-11-03T10:00", "2026-11-03T11:00", "FREQ=WEEKLY"));
    vault.sync();
    assert_eq!(shown(&vault, &id)["start"], "2026-12-01T10:00:00+01:00");
    has_its_note(&vault, &id);
}

#[test]
fn a_series_with_another_rule_offers_in_the_queue_what_has_no_counterpart() {
    let (google, vault, id) = with_notes();
    google.world().put(MAX, weekly("2026-11-03T10:00", "2026-11-03T11:00", "FREQ=MONTHLY"));
    vault.sync();
    let queue = vault.list(&["queue"], "queue");
    assert_eq!(queue.len(), 1, "{queue:#?}");
    assert_eq!(queue[0]["meeting"]["id"], id.as_str());
    has_its_note(&vault, &id);
}

#[test]
fn a_split_series_is_one_series_and_its_meetings_keep_their_ids() {
    let (google, vault, id) = with_notes();
    let before = shown(&vault, &id);
    let later = vault.id_on("2026-12-07", "Weekly");
    // "This and following" from 30 November on: the old half ends, the new one is called after its start.
    google.world().put(MAX, weekly("2026-11-02T10:00", "2026-11-02T11:00", "FREQ=WEEKLY;UNTIL=20261130T085959Z"));
    google.world().put(
        MAX,
        event(
            "w_R20261130T090000",
            "Weekly, reborn",
            "2026-11-30T10:00",
            "2026-11-30T10:45",
            json!({"recurrence": ["RRULE:FREQ=WEEKLY"], "iCalUID": "w_R20261130T090000@google.com",
                "attendees": [{"email": MAX, "self": true}, {"email": "ana@acme.com"}]}),
        ),
    );
    vault.sync();
    let after = shown(&vault, &id);
    assert_eq!((&after["series_id"], &after["title"]), (&before["series_id"], &json!("Weekly, reborn")));
    assert_eq!(vault.id_on("2026-12-07", "Weekly, reborn"), later);
    assert_eq!(vault.on("2026-11-23", "Weekly")["series_id"], before["series_id"]);
    has_its_note(&vault, &id);
}

#[test]
fn a_single_event_made_recurring_is_the_first_occurrence() {
    let google = Google::with(MAX);
    google.world().put(MAX, event("w", "Weekly", "2026-11-30T10:00", "2026-11-30T11:00", json!({})));
    let vault = google.signed_in(MAX);
    vault.sync();
    let id = vault.id_on("2026-11-30", "Weekly");
    vault.write(&id, "=> we ship\n");
    google.world().put(MAX, weekly("2026-11-30T10:00", "2026-11-30T11:00", "FREQ=WEEKLY;COUNT=3"));
    vault.sync();
    assert_eq!(vault.id_on("2026-11-30", "Weekly"), id);
    assert_eq!(vault.meetings("2026-11-01", "2026-12-31").len(), 3);
    has_its_note(&vault, &id);
}

#[test]
fn a_deleted_event_stays_for_its_notes_and_is_offered_to_one_made_anew() {
    let google = Google::with(MAX);
    let review = |id: &str| {
        event(id, "Review", "2026-11-30T10:00", "2026-11-30T11:00", json!({"attendees": [{"email": "ana@acme.com"}]}))
    };
    google.world().put(MAX, review("a"));
    let vault = google.signed_in(MAX);
    vault.sync();
    let id = vault.id_on("2026-11-30", "Review");
    vault.write(&id, "=> we ship\n");
    google.world().delete(MAX, "a");
    google.world().put(MAX, review("z"));
    vault.sync();
    assert_eq!(shown(&vault, &id)["status"], "cancelled");
    let queue = vault.list(&["queue"], "queue");
    let best = text(&queue[0]["candidates"][0]["meeting_id"]);
    vault.json(&["meeting", "relink", &id, &best]);
    has_its_note(&vault, &best);
    assert!(vault.list(&["queue"], "queue").is_empty());
}

#[test]
fn prep_of_an_occurrence_called_off_is_offered_to_the_next() {
    let (google, vault, _) = with_notes();
    let id = vault.id_on("2026-12-07", "Weekly");
    vault.write_part(&id, "prep", "ask about the budget\n");
    google.world().leave_out(MAX, "w", "w_20261207T090000Z", at("2026-12-07T10:00"));
    vault.sync();
    assert_eq!(shown(&vault, &id)["status"], "cancelled");
    let queue = vault.list(&["queue"], "queue");
    assert!(queue.iter().any(|queued| queued["meeting"]["id"] == id.as_str()), "{queue:#?}");
}

#[test]
fn an_occurrence_called_off_and_back_again_is_the_same() {
    let (google, vault, id) = with_notes();
    google.world().leave_out(MAX, "w", "w_20261130T090000Z", at("2026-11-30T10:00"));
    vault.sync();
    assert_eq!(shown(&vault, &id)["status"], "cancelled");
    google.world().put(
        MAX,
        event(
            "w_20261130T090000Z",
            "Weekly",
            "2026-11-30T10:00",
            "2026-11-30T11:00",
            json!({"recurringEventId": "w", "originalStartTime": at("2026-11-30T10:00")}),
        ),
    );
    vault.sync();
    assert_eq!(shown(&vault, &id)["status"], "confirmed");
    assert_eq!(vault.id_on("2026-11-30", "Weekly"), id);
    has_its_note(&vault, &id);
}

#[test]
fn a_meeting_that_was_held_keeps_the_time_at_which_it_was() {
    let google = Google::with(MAX);
    google.world().put(MAX, weekly("2026-11-02T10:00", "2026-11-02T11:00", "FREQ=WEEKLY"));
    let vault = google.signed_in(MAX);
    vault.sync();
    let id = vault.id_on("2026-11-09", "Weekly");
    vault.write(&id, "=> we ship\n");
    google.world().put(MAX, weekly("2026-11-02T14:00", "2026-11-02T15:00", "FREQ=WEEKLY"));
    vault.sync();
    assert_eq!(shown(&vault, &id)["start"], "2026-11-09T10:00:00+01:00");
    has_its_note(&vault, &id);
}

#[test]
fn a_calendar_that_moves_to_google_with_its_uids_is_attached_by_itself() {
    let vault = Vault::new();
    let path = vault.file(
        "old.ics",
        calendar(&[throughline_tests::event(
            "u1@old.example",
            "Review",
            "DTSTART:20261130T090000Z\nDTEND:20261130T100000Z",
        )]),
    );
    vault.subscribe(&path);
    let id = vault.id_on("2026-11-30", "Review");
    vault.write(&id, "=> we ship\n");
    let old = text(&vault.list(&["account", "list"], "accounts")[0]["id"]);
    vault.json(&["account", "remove", &old]);
    let google = Google::with(MAX);
    google
        .world()
        .put(MAX, event("g1", "Review", "2026-11-30T10:00", "2026-11-30T11:00", json!({"iCalUID": "u1@old.example"})));
    let vault = google.vault(&vault);
    google.sign_in(&vault, MAX);
    vault.sync();
    assert_eq!(vault.id_on("2026-11-30", "Review"), id);
    assert_eq!(shown(&vault, &id)["source"], "google");
    has_its_note(&vault, &id);
}

#[test]
fn a_year_away_and_the_series_is_where_it_should_be() {
    let (google, vault, id) = with_notes();
    google.world().forget_changes();
    google.world().put(MAX, weekly("2026-11-02T10:00", "2026-11-02T11:00", "FREQ=WEEKLY;UNTIL=20270930T000000Z"));
    let later = vault.at("2027-11-30T09:00:00+01:00");
    later.sync();
    has_its_note(&later, &id);
    assert_eq!(shown(&later, &id)["start"], "2026-11-30T10:00:00+01:00");
    assert!(later.meetings("2027-10-01", "2028-06-01").is_empty());
    let titles = all(&later.meetings("2027-09-20", "2027-09-30"), "title");
    assert_eq!(titles, ["Weekly", "Weekly"]);
}
