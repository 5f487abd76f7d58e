//! One person under two addresses, two people of one name, and people who change jobs.

use serde_json::{Value, json};
use throughline_tests::shapes::{DUPLICATE, EMPLOYMENT};
use throughline_tests::{Vault, all, calendar, check_list, event, names, text};

fn meeting(uid: &str, title: &str, day: &str, people: &[&str]) -> String {
    let people: String = people
        .iter()
        .map(|who| match who.split_once(' ') {
            Some((email, name)) => format!("ATTENDEE;CN={name}:mailto:{email}\n"),
            None => format!("ATTENDEE:mailto:{who}\n"),
        })
        .collect();
    event(uid, title, &format!("DTSTART:{day}T090000Z\nDURATION:PT1H\n{people}"))
}

const OLD: &str = "ana.silva@acme.com Ana Silva";
const NEW: &str = "asilva@globex.com Ana Silva";
const BEN: &str = "ben@acme.com Ben Ode";

/// Ana was met at Acme in spring and at Globex in autumn; something was promised at both.
fn moved_on() -> (Vault, String, String) {
    let vault = Vault::new();
    let held = [
        meeting("a@x", "Kick-off", "20260302", &["max@example.org", OLD, BEN]),
        meeting("b@x", "Review", "20260406", &["max@example.org", OLD]),
        meeting("c@x", "Hello again", "20260907", &["max@example.org", NEW]),
        meeting("d@x", "Plan", "20261102", &["max@example.org", NEW, "kim@globex.com"]),
    ];
    let path = vault.file("c.ics", calendar(&held));
    vault.subscribe(&path);
    vault.write(&vault.id_on("2026-04-06", "Review"), "!! @me send the old offer\n=> Buy from Acme\n");
    vault.write(&vault.id_on("2026-09-07", "Hello again"), "!! @me send the new offer\n=> Buy from Globex\n");
    let of = |email: &str| text(&vault.json(&["person", "show", email])["id"]);
    let (old, new) = (of("ana.silva@acme.com"), of("asilva@globex.com"));
    (vault, old, new)
}

fn said(items: &Value) -> Vec<String> {
    all(items.as_array().expect("items"), "text")
}

#[test]
fn who_may_be_one_person_is_offered_with_what_speaks_for_it_and_told_apart_for_good() {
    let (vault, old, new) = moved_on();
    let found = vault.list(&["people", "--duplicates"], "duplicates");
    assert_eq!(found.len(), 1, "{found:#?}");
    check_list("duplicates", &vault.json(&["people", "--duplicates"]), "duplicates", DUPLICATE);
    let pair = [text(&found[0]["a"]["id"]), text(&found[0]["b"]["id"])];
    assert!(pair.contains(&old) && pair.contains(&new));
    let evidence: Vec<String> = found[0]["evidence"].as_array().expect("sentences").iter().map(text).collect();
    assert!(evidence.contains(&"Both are called Ana Silva.".to_owned()), "{evidence:?}");
    assert!(evidence.iter().any(|sentence| sentence.contains("perhaps a new job")), "{evidence:?}");
    assert!(found[0]["score"].as_f64().is_some_and(|score| score > 0.5 && score <= 1.0));
    assert!(vault.ok(&["people", "--duplicates"]).contains("may be one person"));

    let told = vault.json(&["person", "distinct", &new, &old]);
    assert_eq!(told["people"].as_array().map(Vec::len), Some(2));
    assert_eq!(vault.json(&["people", "--duplicates"]), json!({"duplicates": []}));
    vault.sync();
    assert_eq!(vault.json(&["people", "--duplicates"]), json!({"duplicates": []}));
    vault.json(&["undo"]);
    assert_eq!(vault.list(&["people", "--duplicates"], "duplicates").len(), 1);
}

#[test]
fn whoever_changed_jobs_is_one_person_and_old_meetings_keep_the_old_organization() {
    let (vault, old, new) = moved_on();
    vault.json(&["person", "merge", &old, &new]);
    let ana = vault.json(&["person", "show", &new]);
    assert_eq!((&ana["id"], &ana["organization"]), (&json!(old), &json!("Globex")));
    check_list("employments", &ana, "employments", EMPLOYMENT);
    let worked: Vec<_> = ana["employments"].as_array().expect("employments").iter().collect();
    assert_eq!(worked.len(), 2, "{worked:#?}");
    assert_eq!(
        json!([worked[0]["organization"], worked[0]["from"], worked[0]["to"]]),
        json!(["Acme", null, "2026-09-06"])
    );
    assert_eq!(
        json!([worked[1]["organization"], worked[1]["from"], worked[1]["to"]]),
        json!(["Globex", "2026-09-07", null])
    );

    let acme = vault.json(&["org", "show", "acme.com"]);
    let globex = vault.json(&["org", "show", "globex.com"]);
    assert_eq!(all(acme["meetings"].as_array().expect("meetings"), "title"), ["Review", "Kick-off"]);
    assert_eq!(all(globex["meetings"].as_array().expect("meetings"), "title"), ["Plan", "Hello again"]);
    assert_eq!(names(&acme["people"]), ["Ben Ode"]);
    assert!(names(&globex["people"]).contains(&"Ana Silva".to_owned()), "{globex:#}");
    for (org, offer, decision) in
        [("acme.com", "send the old offer", "Buy from Acme"), ("globex.com", "send the new offer", "Buy from Globex")]
    {
        let ledger = vault.json(&["ledger", org]);
        assert!(said(&ledger["i_owe"]).iter().all(|text| text.contains(offer)), "{org}: {ledger:#}");
        assert_eq!(said(&ledger["i_owe"]).len(), 1, "{org}");
        assert!(
            said(&vault.json(&["actions", "--org", org])["actions"]).iter().all(|text| text.contains(offer)),
            "{org}"
        );
        for how in [&["decisions", "--org", org][..], &["decisions", "--org", org, "--holding"]] {
            assert_eq!(said(&vault.json(how)["decisions"]), [decision], "{how:?}");
        }
    }

    // What the next syncs bring is hers, too; taken apart, each has what was theirs.
    let path = vault.home().join("c.ics");
    let held = std::fs::read_to_string(&path).expect("the calendar").replace("END:VCALENDAR\r\n", "");
    let more = meeting("e@x", "Later", "20261130", &["max@example.org", NEW]).replace('\n', "\r\n");
    std::fs::write(&path, format!("{held}{more}END:VCALENDAR\r\n")).expect("a file");
    vault.sync();
    assert_eq!(
        vault.on("2026-11-30", "Later")["attendees"]
            .as_array()
            .expect("attendees")
            .iter()
            .filter(|at| at["person_id"] == json!(old))
            .count(),
        1
    );
    vault.json(&["person", "unmerge", &new]);
    for (id, organization, title) in [(&old, "Acme", "Review"), (&new, "Globex", "Plan")] {
        let person = vault.json(&["person", "show", id]);
        assert_eq!(
            (&person["organization"], person["employments"].as_array().map(Vec::len)),
            (&json!(organization), Some(1))
        );
        let met = vault.list(&["meetings", "--from", "2026-01-01", "--to", "2026-12-31", "--person", id], "meetings");
        assert!(all(&met, "title").contains(&title.to_owned()));
        assert_eq!(met.len(), if title == "Review" { 2 } else { 3 }, "what a later sync brought, too: {met:#?}");
    }
    vault.json(&["undo"]);
    assert_eq!(vault.json(&["person", "show", &new])["employments"].as_array().map(Vec::len), Some(2));
    vault.json(&["undo"]);
    assert_eq!(vault.json(&["person", "show", &old])["organization"], "Acme");
    assert!(vault.is_sound());
}

#[test]
fn a_new_job_is_said_with_its_first_day_and_taken_back() {
    let (vault, old, _) = moved_on();
    let told = vault.json(&["person", "job", &old, "initech.com", "--since", "2026-04-01"]);
    assert_eq!(told["organization"], "Initech");
    let ledger = vault.json(&["ledger", "initech.com"]);
    assert_eq!(said(&ledger["i_owe"]).len(), 1, "the review was after the first day: {ledger:#}");
    assert_eq!(
        all(vault.json(&["org", "show", "acme.com"])["meetings"].as_array().expect("meetings"), "title"),
        ["Kick-off"]
    );
    assert!(vault.ok(&["person", "show", &old]).contains("Initech since 1 Apr"));
    vault.json(&["person", "job", &old, "none", "--since", "2026-10-01"]);
    let worked = vault.json(&["person", "show", &old])["employments"].clone();
    assert_eq!(all(worked.as_array().expect("employments"), "to")[..2], ["2026-03-31", "2026-09-30"]);
    vault.json(&["undo"]);
    vault.json(&["undo"]);
    assert_eq!(vault.json(&["person", "show", &old])["organization"], "Acme");
    assert_eq!(vault.fails(&["person", "job", &old, "Nowhere Ltd"]).1["code"], "unknown_organization");
    assert!(vault.is_sound());
}

#[test]
fn a_first_name_that_two_have_is_nobodys_even_where_it_is_ones_handle() {
    let vault = Vault::new();
    vault.meeting("Review", "2026-11-25T10:00", &["ana@acme.com", "Ana Costa <ana.costa@acme.com>"]);
    vault.json(&["person", "edit", "ana@acme.com", "--name", "Ana Silva"]);
    let (code, failed) = vault.fails(&["person", "show", "Ana"]);
    assert_eq!((code, &failed["code"]), (1, &json!("ambiguous")));
    let hint = text(&failed["hint"]);
    assert!(hint.contains("@ana and @ana.costa") || hint.contains("@ana.costa and @ana"), "{hint}");
    assert_eq!(vault.json(&["person", "show", "@ana"])["name"], "Ana Silva");
    assert_eq!(vault.json(&["person", "show", "Ana Costa"])["handle"], "ana.costa");
}

#[test]
fn an_organization_tells_all_its_meetings_though_it_lists_the_last() {
    let vault = Vault::new();
    for week in 1..=12 {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 8, 24).expect("a day") + chrono::TimeDelta::weeks(week);
        vault.meeting("Steering", &format!("{day}T10:00"), &["lena@acme.example"]);
    }
    let told = vault.json(&["org", "show", "acme"]);
    assert_eq!(told["meetings"].as_array().map(Vec::len), Some(10), "{told}");
    assert_eq!((&told["meetings_count"], &told["cadence"]), (&12.into(), &"every week".into()), "{told}");
    assert!(told["first_meeting"].as_str().is_some_and(|when| when.starts_with("2026-08-31")), "{told}");
    assert!(vault.ok(&["org", "show", "acme"]).contains("every week"));
}
