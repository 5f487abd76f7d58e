//! The demo vault: what somebody who read its notes would answer, asked through the command.

use serde_json::{Value, json};
use throughline_tests::{Vault, all, text};

const DEMO: &str = "2026-11-19T10:18:00Z";

fn demo() -> Vault {
    let vault = Vault::nowhere().at(DEMO);
    vault.json(&["demo"]);
    vault
}

fn anchored(list: &Value, anchor: &str) -> Value {
    let found = list.as_array().expect("a list").iter().find(|one| one["anchor"] == anchor);
    found.unwrap_or_else(|| panic!("no ^{anchor} among {:?}", all(list.as_array().expect("a list"), "anchor"))).clone()
}

fn chain(vault: &Vault, anchor: &str) -> Vec<String> {
    let shown = vault.json(&["decision", "show", &format!("^{anchor}")]);
    all(shown["chain"].as_array().expect("a chain"), "anchor")
}

/// One test, for the vault takes its time to fill.
#[test]
fn the_demo_answers_what_its_notes_say() {
    let vault = demo();
    the_year_is_as_large_as_promised(&vault);
    decisions_hold_at_the_heads_of_their_chains(&vault);
    promises_stand_with_those_who_made_them(&vault);
    the_day_is_full(&vault);
    assert!(vault.is_sound());
    let again = demo();
    for args in [&["actions"][..], &["decisions"], &["people"], &["meetings"]] {
        assert_eq!(vault.json(args), again.json(args), "{args:?}: the same moment gives the same vault");
    }
}

fn the_year_is_as_large_as_promised(vault: &Vault) {
    let meetings = vault.list(&["meetings"], "meetings");
    assert!((860..=940).contains(&meetings.len()), "{} meetings", meetings.len());
    let people = vault.list(&["people"], "people").len();
    assert!((43..=48).contains(&people), "{people} people");
    assert_eq!(vault.list(&["orgs"], "organizations").len(), 7);
    let synced = vault.sync();
    assert_eq!(json!([synced["added"], synced["changed"], synced["removed"]]), json!([0, 0, 0]), "{synced}");
    assert_eq!(vault.json(&["queue"])["queue"], json!([]));
}

fn decisions_hold_at_the_heads_of_their_chains(vault: &Vault) {
    let holding = vault.json(&["decisions", "--holding"])["decisions"].clone();
    let cap = anchored(&holding, "acmcap");
    assert_eq!(all(cap["decided_by"].as_array().expect("people"), "name").len(), 2, "{cap:#}");
    assert_eq!(cap["revisit"], "2027-02-05");
    assert_eq!(chain(vault, "acmcap"), ["acmuse", "acmus2", "acmflt", "acmcap"]);
    assert_eq!(chain(vault, "stfat3"), ["stfat1", "stfat2", "stfat3"]);
    assert_eq!(chain(vault, "retfr3"), ["retfri", "retfr2", "retfr3"]);
    for head in ["stfat3", "acdfra", "nwterm", "nwcap1", "retfr3", "prifri"] {
        anchored(&holding, head);
    }
    let old = ["acmuse", "acmus2", "acmflt", "stfat1", "stfat2", "nw24mo", "retfri", "retfr2"];
    let heads = all(holding.as_array().expect("a list"), "anchor");
    assert!(old.iter().all(|old| !heads.contains(&(*old).to_owned())), "what was superseded holds no more");
    let revisit = anchored(&vault.json(&["decisions"])["decisions"], "acdfra");
    assert_eq!(revisit["revisit"], "2026-11-24");
    assert_eq!(anchored(&vault.json(&["questions", "--open"])["questions"], "acmlog")["status"], "open");
}

fn promises_stand_with_those_who_made_them(vault: &Vault) {
    let priya = vault.json(&["ledger", "@priya"]);
    let headcount = anchored(&priya["i_owe"], "prihc2");
    assert_eq!(json!([headcount["due"], headcount["slips"], headcount["overdue"]]), json!(["2026-11-10", 2, true]));
    assert_eq!(anchored(&priya["i_owe"], "pripag")["due"], Value::Null);
    assert_eq!(anchored(&priya["they_owe"], "pridft")["due"], "2026-11-19");
    anchored(&priya["waiting_on"], "prilea");
    let acme = vault.json(&["ledger", "acme.example"]);
    let contact = anchored(&acme["they_owe"], "acmdpc");
    assert_eq!(json!([contact["due"], contact["slips"]]), json!(["2026-11-14", 2]));
    assert_eq!(all(contact["owners"].as_array().expect("owners"), "handle"), ["jo"]);
    let actions = vault.json(&["actions"])["actions"].clone();
    let blocked = anchored(&actions, "acmmon");
    assert_eq!(blocked["blocked_by"], json!([anchored(&actions, "acmusr")["id"]]));
    assert_eq!(anchored(&actions, "nwleg1")["snoozed_until"], "2026-11-28");
    assert_eq!(anchored(&actions, "samres")["status"], "open", "done, and opened again");
    let rotated = anchored(&actions, "prikey");
    assert_eq!(json!([rotated["status"], rotated["slips"]]), json!(["done", 1]));
}

fn the_day_is_full(vault: &Vault) {
    let today = vault.json(&["today"]);
    let meetings = today["meetings"].as_array().expect("meetings");
    let titles: Vec<String> = meetings.iter().map(|entry| text(&entry["meeting"]["title"])).collect();
    for title in ["Release freeze", "Staff", "1:1 with Priya", "Acme steering committee"] {
        assert!(titles.contains(&title.to_owned()), "{titles:?}");
    }
    let priya = meetings.iter().find(|entry| entry["meeting"]["title"] == "1:1 with Priya").expect("the 1:1");
    anchored(&priya["brief"]["mine"], "prihc2");
    anchored(&priya["brief"]["theirs"], "pridft");
    assert_eq!(priya["brief"]["last_meetings"][0]["title"], "1:1 with Priya");
    let overdue = all(today["overdue"].as_array().expect("actions"), "anchor");
    assert!(overdue.contains(&"prihc2".to_owned()), "{overdue:?}");
    let kinds = all(&vault.list(&["meetings"], "meetings"), "kind");
    for kind in ["meeting", "focus", "out_of_office", "working_location"] {
        assert!(kinds.contains(&kind.to_owned()), "{kind}");
    }
}
