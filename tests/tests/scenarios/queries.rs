//! Asking the network in one line, and keeping what one asks.

use serde_json::json;
use throughline_tests::{Vault, all, text};

/// A report met alone long ago, one met last week, and a series that yields nothing.
fn asked() -> Vault {
    let vault = Vault::new();
    let old = vault.meeting("Old 1:1", "2026-09-01T10:00", &["rae@example.org"]);
    let new = vault.meeting("New 1:1", "2026-11-12T10:00", &["sol@example.org"]);
    for who in ["rae@example.org", "sol@example.org"] {
        vault.json(&["person", "edit", who, "--relation", "report"]);
    }
    vault.write(&old, "!! @rae write the plan #client/acme\n=> We go with the flat fee #client/acme/pricing\n");
    vault.write(&new, "!! @sol call them by 2026-11-14\n?? Who signs\n");
    vault
}

#[test]
fn a_query_finds_what_it_says_and_shows_the_meetings_behind_it() {
    let vault = asked();
    let found = vault.json(&["query", "run", "people relation:report last-1:1>3w"]);
    assert_eq!(all(found["rows"].as_array().expect("rows"), "title"), ["Rae"]);
    assert_eq!(found["kind"], "people");
    assert_eq!(found["value"], "last-1:1");
    let row = &found["rows"][0];
    assert!(row["value"].as_i64().expect("days") > 60, "{row}");
    assert_eq!(row["evidence"][0]["title"], "Old 1:1");
    assert_eq!(row["evidence"][0]["meeting_id"], row["evidence"][0]["id"]);
    assert!(text(&row["told"]).ends_with(" days ago"), "{row}");
    // What was counted proves it, down to its line: not only that they met.
    let busy = vault.json(&["query", "run", "people open>0"])["rows"].clone();
    let rae = busy.as_array().expect("rows").iter().find(|row| row["title"] == "Rae").expect("a row").clone();
    assert_eq!(rae["evidence"][0]["sentence"], "@rae write the plan #client/acme");
    assert_eq!((&rae["evidence"][0]["title"], &rae["evidence"][0]["kind"]), (&json!("Old 1:1"), &json!("meeting")));
    let write = vault.json(&["actions", "--owner", "rae"])["actions"][0]["id"].clone();
    assert_eq!(rae["evidence"][0]["item_id"], write);
    let about = vault.json(&["query", "run", "people topic:client/acme/pricing"]);
    assert_eq!(about["rows"], json!([]), "nobody is said to have decided it");
    let series = vault.json(&["query", "run", "meetings outcomes>1 title:old"])["rows"][0].clone();
    let sentences = all(series["evidence"].as_array().expect("evidence"), "sentence");
    assert_eq!(sentences.len(), 2, "{series}");
    let late = vault.json(&["query", "run", "actions status:overdue"])["rows"][0].clone();
    assert_eq!(late["evidence"][0]["sentence"], "@sol call them by 2026-11-14");
    assert!(text(&found["explained"]).contains("more than 3 weeks ago"), "{found}");
    let table = [
        ("actions topic:client", vec!["@rae write the plan #client/acme"]),
        ("decisions topic:client/acme status:holds", vec!["We go with the flat fee #client/acme/pricing"]),
        ("actions status:overdue", vec!["@sol call them by 2026-11-14"]),
        ("questions status:open", vec!["Who signs"]),
        ("meetings purpose:none outcomes>0", vec!["New 1:1", "Old 1:1"]),
        ("meetings purpose:any", vec![]),
    ];
    for (query, titles) in table {
        let found = vault.json(&["query", "run", query]);
        let told = all(found["rows"].as_array().expect("rows"), "title");
        assert_eq!(told.len(), titles.len(), "{query}: {told:?}");
        for (told, title) in told.iter().zip(titles) {
            assert!(title.contains(told.as_str()) || told.contains(title), "{query}: {told}");
        }
    }
}

#[test]
fn queries_are_kept_by_name_and_undo_brings_one_back() {
    let vault = asked();
    let expression = "people relation:report last-1:1>3w";
    let saved = vault.json(&["query", "save", "Reports without a 1:1", expression]);
    assert_eq!(saved["expression"], expression);
    assert_eq!(vault.json(&["query", "run", "Reports without a 1:1"])["name"], "Reports without a 1:1");
    vault.json(&["query", "save", "Reports without a 1:1", "people relation:report"]);
    assert_eq!(vault.json(&["query", "run", "Reports without a 1:1"])["rows"].as_array().expect("rows").len(), 2);
    vault.json(&["undo"]);
    assert_eq!(vault.list(&["query", "list"], "queries")[0]["expression"], expression);
    vault.json(&["query", "delete", "Reports without a 1:1"]);
    assert!(vault.list(&["query", "list"], "queries").is_empty());
    vault.json(&["undo"]);
    assert_eq!(vault.list(&["query", "list"], "queries").len(), 1);
    assert!(vault.is_sound());
}

#[test]
fn what_cannot_be_asked_is_refused_with_what_can() {
    let vault = asked();
    let table = [
        ("people colour:red", 2, "unreadable_query", "relation"),
        ("actions owner:nobody-of-that-name", 1, "unknown_person", "people"),
        ("people org:nowhere", 1, "unknown_organization", "orgs"),
        ("never-saved", 1, "unknown_query", "query list"),
    ];
    for (query, exit, code, hint) in table {
        let (code_got, failure) = vault.fails(&["query", "run", query]);
        assert_eq!(code_got, exit, "{query}");
        assert_eq!(failure["code"], code, "{query}");
        assert!(text(&failure["hint"]).contains(hint), "{query}: {failure}");
    }
    assert_eq!(vault.fails(&["query", "save", "x", "cats and dogs"]).1["code"], "unreadable_query");
    assert_eq!(vault.list(&["query", "list"], "queries"), Vec::<serde_json::Value>::new());
}

#[test]
fn the_reference_names_every_key_and_no_other() {
    let reference = include_str!("../../../docs/queries.md");
    let kinds = Vault::new().json(&["query", "keys"])["kinds"].clone();
    for kind in kinds.as_array().expect("kinds") {
        let name = text(&kind["kind"]);
        let section = reference.split(&format!("\n### {name}\n")).nth(1).unwrap_or_else(|| panic!("{name} is missing"));
        let section = section.split("\n## ").next().and_then(|rest| rest.split("\n### ").next()).unwrap_or_default();
        let told: Vec<_> =
            section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).map(str::to_owned).collect();
        let keys: Vec<_> = kind["keys"].as_array().expect("keys").iter().map(|key| text(&key["name"])).collect();
        assert_eq!(told, keys, "{name}");
    }
    assert_eq!(json!(7), kinds.as_array().map(Vec::len).map_or(json!(null), |n| json!(n)));
}

#[test]
fn what_is_to_come_is_not_some_time_ago() {
    let vault = Vault::new();
    vault.meeting("Last", "2026-11-20T10:00", &["rae@example.org"]);
    vault.meeting("Next", "2027-04-02T10:00", &["rae@example.org"]);
    let titles = |query: &str| all(&vault.list(&["query", "run", query], "rows"), "title");
    assert_eq!(titles("meetings age<1w"), ["Last"]);
    assert_eq!(titles("meetings -age<1w"), ["Next"]);
    assert_eq!(titles("meetings from:today-28 to:today"), ["Last"]);
}

#[test]
fn days_are_those_of_where_the_user_is() {
    let vault = Vault::new();
    // 31 October in New York, 1 November here.
    let late = "DTSTART;TZID=America/New_York:20261031T233000\nDURATION:PT30M\n\
                ATTENDEE:mailto:rae@else.example\nATTENDEE:mailto:max@example.org";
    let path = vault.file("c.ics", throughline_tests::calendar(&[throughline_tests::event("l@x", "Late", late)]));
    vault.subscribe(&path);
    vault.write(&vault.id_on("2026-11-01", "Late"), "=> we go\n");
    for (query, found) in [
        ("meetings from:2026-10-31 to:2026-10-31", 0),
        ("meetings from:2026-11-01 to:2026-11-01", 1),
        ("decisions from:2026-11-01 to:2026-11-01", 1),
        ("people meetings>0 from:2026-11-01 to:2026-11-01", 1),
        ("people meetings>0 from:2026-10-31 to:2026-10-31", 0),
    ] {
        assert_eq!(vault.list(&["query", "run", query], "rows").len(), found, "{query}");
    }
    assert_eq!(vault.list(&["query", "run", "decisions age>1d"], "rows")[0]["date"], "2026-11-01");
    let central = |day: &str| vault.list(&["central", "--from", day, "--to", day], "people").len();
    assert_eq!((central("2026-10-31"), central("2026-11-01")), (0, 1));
}

#[test]
fn rows_tell_how_an_item_stands_and_count_in_words() {
    let vault = Vault::new();
    let meeting = vault.meeting("Talk", "2026-11-20T10:00", &["Rae <rae@acme.example>"]);
    vault.write(
        &meeting,
        "=> flat fee ^flat01\n=> fee by the hour supersedes ^flat01 ^hour01\n- [x] @rae call ^call01\n!! @rae write ^writ01\n",
    );
    let standing = |query: &str| {
        let mut found: Vec<String> = all(&vault.list(&["query", "run", query], "rows"), "status");
        found.sort();
        found
    };
    assert_eq!(standing("decisions text:fee"), ["holds", "superseded"]);
    assert_eq!(standing("actions owner:rae"), ["done", "open"]);
    assert_eq!(vault.list(&["query", "run", "people open>0"], "rows")[0]["status"], json!(null));
    for printed in [vault.ok(&["query", "run", "decisions status:superseded"]), vault.ok(&["search", "flat fee"])] {
        assert!(printed.contains("◇ flat fee") && !printed.contains("◆ flat fee"), "{printed}");
    }
    assert!(vault.ok(&["search", "call", "--kind", "action"]).contains("● "));
    assert!(
        vault.ok(&["query", "run", "people meetings>0"]).contains("1 meeting\n") || {
            let printed = vault.ok(&["query", "run", "people meetings>0"]);
            printed.contains("1 meeting") && !printed.contains("1 meetings")
        }
    );
    // Kinds, keys and values are understood in any case, and a word that is none of them is told what there is.
    assert_eq!(vault.list(&["query", "run", "ACTIONS Owner:RAE Status:OPEN"], "rows").len(), 1);
    assert!(text(&vault.fails(&["query", "run", "things"]).1["hint"]).contains("people, organizations"));
}

#[test]
fn a_meeting_under_way_counts_as_met_wherever_it_is_told() {
    let vault = Vault::new();
    vault.meeting("Before", "2026-11-20T10:00", &["Rae <rae@acme.example>"]);
    let now = vault.meeting("Now", "2026-11-24T08:30", &["Rae <rae@acme.example>"]);
    let vault = vault.at("2026-11-24T08:45:00+01:00");
    assert_eq!(vault.json(&["meeting", "show", &now])["held"], false);
    assert_eq!(vault.json(&["person", "show", "rae"])["meetings_count"], 2);
    assert_eq!(vault.list(&["query", "run", "people meetings>0 name:rae"], "rows")[0]["value"], 2);
}

#[test]
fn an_organization_has_as_many_people_as_its_list_says() {
    let vault = Vault::new();
    vault.meeting("Talk", "2026-11-20T10:00", &["tom@acme.example", "max@example.org"]);
    vault.json(&["person", "edit", "me", "--relation", "none"]);
    let told: Vec<(String, i64)> = vault
        .list(&["query", "run", "organizations people>=0"], "rows")
        .iter()
        .map(|row| (text(&row["title"]), row["value"].as_i64().expect("a number")))
        .collect();
    for organization in vault.list(&["orgs"], "organizations") {
        let found = told.iter().find(|(name, _)| *name == organization["name"]).expect("a row");
        assert_eq!(organization["people_count"], found.1, "{organization}");
    }
}
