//! Where the time went, each number with the meetings behind it.

use serde_json::{Value, json};
use throughline_tests::{Vault, all, calendar, event, text};

/// A weekly hour with Ana that never yields anything, a talk of half an hour that does, and what does not count.
fn spent() -> Vault {
    let vault = Vault::new();
    let path = vault.file(
        "work.ics",
        calendar(&[
            event(
                "weekly@x",
                "Weekly",
                "DTSTART;TZID=Europe/Berlin:20261102T100000
                DTEND;TZID=Europe/Berlin:20261102T110000
                RRULE:FREQ=WEEKLY;COUNT=6
                ORGANIZER;CN=Ana Silva:mailto:ana@acme.com
                ATTENDEE;CN=Ben Ito;PARTSTAT=ACCEPTED:mailto:ben@acme.com
                ATTENDEE;CN=Max Muster;PARTSTAT=ACCEPTED:mailto:max@example.org",
            ),
            event(
                "declined@x",
                "Declined",
                "DTSTART:20261110T130000Z
                DTEND:20261110T140000Z
                ORGANIZER;CN=Cleo:mailto:cleo@else.com
                ATTENDEE;CN=Max Muster;PARTSTAT=DECLINED:mailto:max@example.org",
            ),
            event("offsite@x", "Offsite", "DTSTART;VALUE=DATE:20261112\nDTEND;VALUE=DATE:20261113"),
        ]),
    );
    vault.subscribe(&path);
    let talk = vault.meeting("Talk", "2026-11-18T10:00", &["cid@initech.com"]);
    vault.json(&["meeting", "edit", &talk, "--end", "2026-11-18T10:30", "--purpose", "the contract"]);
    vault.at("2026-11-18T12:00:00+01:00").write(
        &talk,
        "- [ ] @max send it due:2026-11-20\n- [ ] @max pay due:2026-11-21\n- [ ] @max ask due:2026-11-23\n\
         - [ ] @cid sign due:2026-11-20\n",
    );
    vault
}

fn of(list: &Value, field: &str, is: &str) -> Value {
    let found = list.as_array().expect("a list").iter().find(|one| one[field] == is);
    found.unwrap_or_else(|| panic!("no {is} in {list:#}")).clone()
}

#[test]
fn hours_are_those_of_meetings_the_user_was_at_and_lead_to_them() {
    let vault = spent();
    let told = vault.json(&["insights", "--from", "2026-11-01", "--to", "2026-11-30"]);
    // Four Mondays until the 23rd, the talk, and a day of no hours; not what was declined, nor what is to come.
    let titles = all(told["meetings"].as_array().expect("meetings"), "title");
    assert_eq!(titles, ["Weekly", "Talk", "Weekly", "Offsite", "Weekly", "Weekly"]);
    assert_eq!(told["hours"], json!(4.5));
    let ana = of(&told["people"], "name", "Ana Silva");
    assert_eq!((&ana["hours"], &ana["meetings"]), (&json!(4.0), &json!(4)));
    let ids = told["meetings"].as_array().expect("meetings").iter().filter(|m| m["title"] == "Weekly");
    assert_eq!(ana["meeting_ids"], json!(ids.map(|meeting| meeting["id"].clone()).collect::<Vec<_>>()));
    assert!(told["people"].as_array().expect("people").iter().all(|person| person["name"] != "Max Muster"));
    let acme = of(&told["organizations"], "name", &text(&vault.json(&["org", "show", "acme.com"])["name"]));
    assert_eq!(acme["meetings"], 4, "with Ana and Ben at once, counted once");
    vault.json(&["person", "job", "Ana Silva", "initech.com", "--since", "2026-11-16"]);
    let changed = vault.json(&["insights", "--from", "2026-11-01", "--to", "2026-11-30"]);
    let initech = of(&changed["organizations"], "name", &text(&vault.json(&["org", "show", "initech.com"])["name"]));
    assert_eq!(initech["meetings"], 3, "the talk, and Ana's two since she is there");
    let asked = |query: &str| vault.json(&["query", "run", query])["rows"].as_array().expect("rows").len();
    assert_eq!((asked("meetings org:initech held:yes"), asked("meetings org:acme title:weekly held:yes")), (3, 4));
    let week = of(&told["weeks"], "week", "2026-11-16");
    assert_eq!((&week["hours"], &week["meetings"]), (&json!(1.5), &json!(2)));
    assert_eq!(told["weeks"].as_array().map(Vec::len), Some(6));
    let hours: f64 = told["weeks"].as_array().expect("weeks").iter().filter_map(|week| week["hours"].as_f64()).sum();
    assert!((hours - 4.5).abs() < 1e-9);
    let less = vault.json(&["insights", "--from", "2026-11-17", "--to", "2026-11-22"]);
    assert_eq!(all(less["meetings"].as_array().expect("meetings"), "title"), ["Talk"]);
    assert_eq!(vault.fails(&["insights", "--from", "2026-11-17", "--to", "2026-11-16"]).1["code"], "unreadable_span");
}

#[test]
fn what_yields_nothing_and_is_for_nothing_is_named() {
    let vault = spent();
    let span = ["insights", "--from", "2026-11-01", "--to", "2026-11-30"];
    let told = vault.json(&span);
    assert_eq!(all(told["no_outcome_series"].as_array().expect("series"), "name"), ["Weekly"]);
    let purposeless = all(told["no_purpose"].as_array().expect("meetings"), "title");
    assert!(!purposeless.contains(&"Talk".to_owned()) && purposeless.contains(&"Weekly".to_owned()), "{purposeless:?}");
    let weekly = vault.the(&["meetings", "--from", "2026-11-09", "--to", "2026-11-09"], "meetings", "title", "Weekly");
    vault.write(&text(&weekly["id"]), "=> We stop meeting\n");
    let told = vault.json(&span);
    assert_eq!(told["no_outcome_series"], json!([]));
    assert_eq!(told["series"][0]["outcomes"], 1);
}

#[test]
fn promises_are_the_users_own_and_on_time_by_the_day_first_given() {
    let vault = spent();
    let id = |due: &str| {
        let owned = vault.list(&["actions", "--owner", "me"], "actions");
        text(&owned.iter().find(|action| action["due"] == due).expect("an action")["id"])
    };
    let (sent, paid, asked) = (id("2026-11-20"), id("2026-11-21"), id("2026-11-23"));
    vault.at("2026-11-20T09:00:00+01:00").json(&["action", "done", &sent]);
    vault.at("2026-11-20T09:00:00+01:00").json(&["action", "due", &paid, "2026-11-24"]);
    vault.at("2026-11-22T09:00:00+01:00").json(&["action", "done", &paid]);
    let told = vault.json(&["insights", "--from", "2026-11-16", "--to", "2026-11-30"])["promises"].clone();
    assert_eq!(told["kept_ids"], json!([sent]));
    assert_eq!(told["late_ids"], json!([paid, asked]));
    assert_eq!((&told["open_ids"], &told["dropped_ids"]), (&json!([]), &json!([])));
    vault.at("2026-11-24T09:00:00+01:00").json(&["action", "drop", &asked]);
    let dropped = vault.json(&["insights", "--from", "2026-11-16", "--to", "2026-11-30"])["promises"].clone();
    assert_eq!((&dropped["late_ids"], &dropped["dropped_ids"]), (&json!([paid]), &json!([asked])));
    assert_eq!(
        ["kept_on_time", "kept_late", "open", "late", "dropped"].map(|field| told[field].clone()),
        [1, 1, 0, 1, 0].map(|number| json!(number))
    );
    assert!(vault.run(&["insights"]).stdout.contains("1 on time · 1 kept late"));
}
