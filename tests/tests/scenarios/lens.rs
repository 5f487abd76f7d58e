//! A client's lens: one organization over everything that is shown, and nothing of anybody else's through it.

use serde_json::Value;
use throughline_tests::{Vault, text};

/// A vault of two clients and of meetings of the user's own. What is not Acme's says SECRET.
fn world() -> (Vault, String, String) {
    let vault = Vault::new();
    let acme = vault.meeting("Acme kick-off", "2026-11-10T10:00", &["ana.silva@acme.example", "max@example.org"]);
    vault.write(
        &acme,
        "Harmless talk about rollout.\n\n=> @ana: rollout in spring #rollout ^roll01\n!! @ana send the contract ^send01\n\
         !! @max draft the rollout plan for Ana by 2026-11-20 ^plan01\n?? who signs the rollout\n",
    );
    vault.write_part(&acme, "private", "rollout SECRETDOUBT\n!! @max rollout SECRETTODO #secretpriv\n");
    let next = vault.meeting("Acme review", "2026-11-24T15:00", &["ana.silva@acme.example", "max@example.org"]);
    let globex = vault.meeting("SECRET Globex", "2026-11-12T10:00", &["zoe.secret@globex.example", "max@example.org"]);
    vault.write(
        &globex,
        "rollout SECRETTALK\n=> rollout SECRETLY in autumn #rollout #secrettopic supersedes ^roll01 ^glob01\n\
         !! @max SECRETACTION for rollout by 2026-11-18 ^glob02\n?? SECRETQUESTION\n",
    );
    let inside = vault.meeting("SECRET staff", "2026-11-24T11:00", &["max@example.org", "ben.secret@example.org"]);
    vault.write(&inside, "!! @max ask SECRETBEN after ^send01\n=> SECRETRULE #rollout\n");
    (vault, next, globex)
}

#[test]
fn through_the_lens_nothing_is_seen_that_the_clients_meetings_do_not_hold() {
    let (vault, next, globex) = world();
    let shown: [&[&str]; 24] = [
        &["today"],
        &["today", "--date", "2026-11-12"],
        &["brief", &next],
        &["ledger", "acme"],
        &["ledger", "ana.silva@acme.example"],
        &["meetings"],
        &["meeting", "show", &next],
        &["actions"],
        &["actions", "--overdue"],
        &["decisions"],
        &["decisions", "--holding"],
        &["decisions", "--as-of", "2026-11-23"],
        &["decisions", "--contradictions"],
        &["decision", "show", "^roll01"],
        &["questions"],
        &["people"],
        &["person", "show", "me"],
        &["person", "show", "ana.silva@acme.example"],
        &["orgs"],
        &["org", "show", "acme"],
        &["central"],
        &["search", "rollout"],
        &["search", "secret"],
        &["query", "run", "actions owner:me"],
    ];
    for args in shown {
        let told = vault.json(&[&["--lens", "acme"], args].concat()).to_string();
        assert!(!told.to_lowercase().contains("secret"), "{args:?}: {told}");
        assert!(!told.to_lowercase().contains("globex"), "{args:?}: {told}");
        let printed = vault.ok(&[&["--lens", "acme"], args].concat());
        assert!(!printed.contains("SECRET"), "{args:?}: {printed}");
    }
    // And without it all is there.
    assert!(vault.json(&["search", "rollout"]).to_string().contains("SECRETTALK"));
    for args in [
        &["meeting", "show", &globex][..],
        &["brief", &globex],
        &["note", "show", &globex],
        &["decision", "show", "^glob01"],
        &["trace", "^glob02"],
        &["person", "show", "zoe.secret@globex.example"],
        &["ledger", "globex"],
        &["path", "ana.silva@acme.example", "zoe.secret@globex.example"],
    ] {
        let ran = vault.run(&[&["--lens", "acme", "--json"], args].concat());
        assert_eq!(ran.code, 1, "{args:?}: {}", ran.stdout);
        assert!(ran.stderr.contains("unknown_") && !ran.stderr.contains("SECRET"), "{args:?}: {}", ran.stderr);
    }
    let private = vault.json(&[
        "note",
        "show",
        &vault.id_on("2026-11-10", "Acme kick-off"),
        "--part",
        "private",
        "--lens",
        "acme",
    ]);
    assert_eq!(private["text"], "");
}

#[test]
fn the_lens_shows_all_that_the_clients_meetings_hold() {
    let (vault, next, _) = world();
    let list =
        |args: &[&str], key: &str| -> Vec<Value> { vault.list(&[args, &["--lens", "acme.example"]].concat(), key) };
    let titles: Vec<String> = list(&["meetings"], "meetings").iter().map(|meeting| text(&meeting["title"])).collect();
    assert_eq!(titles, ["Acme kick-off", "Acme review"]);
    let mut anchors: Vec<String> = list(&["actions"], "actions").iter().map(|item| text(&item["anchor"])).collect();
    anchors.sort();
    assert_eq!(anchors, ["plan01", "send01"]);
    // What took a decision's place elsewhere is not seen; that it no longer holds is.
    let decisions = list(&["decisions"], "decisions");
    let told = |key: &str| decisions[0][key].clone();
    assert_eq!((decisions.len(), told("anchor")), (1, "roll01".into()));
    assert_eq!((told("status"), told("superseded_by")), ("superseded".into(), Value::Null));
    assert_eq!(list(&["decisions", "--holding"], "decisions"), Vec::<Value>::new());
    let held = list(&["decisions", "--as-of", "2026-11-11"], "decisions");
    assert_eq!(held.len(), 1, "it held until the 12th");
    assert_eq!(list(&["decisions", "--as-of", "2026-11-12"], "decisions"), Vec::<Value>::new());
    let holding = vault.list(&["--lens", "acme", "query", "run", "decisions status:holds"], "rows");
    assert_eq!(holding, Vec::<Value>::new());
    assert_eq!(vault.json(&["brief", &next, "--lens", "acme"])["decisions"], serde_json::json!([]));
    let people: Vec<String> = list(&["people"], "people").iter().map(|person| text(&person["name"])).collect();
    assert_eq!(people, ["Ana Silva", "Max Muster"]);
    let brief = vault.json(&["brief", &next, "--lens", "acme"]);
    assert_eq!(brief["mine"][0]["anchor"], "plan01", "{brief:#}");
    assert_eq!(brief["theirs"][0]["anchor"], "send01", "{brief:#}");
    let hits = list(&["search", "rollout"], "hits");
    assert!(
        hits.iter().any(|hit| hit["kind"] == "decision") && hits.iter().any(|hit| hit["kind"] == "note"),
        "{hits:#?}"
    );
    assert_eq!(list(&["search", "secret"], "hits"), Vec::<Value>::new());
}

/// What nobody else is to know of takes no decision's place in front of them.
#[test]
fn a_private_line_takes_no_decisions_place_through_the_lens() {
    let vault = Vault::new();
    let acme = vault.meeting("Acme kick-off", "2026-11-10T10:00", &["ana.silva@acme.example"]);
    vault.write(&acme, "=> rollout in spring ^roll01\n");
    let own = vault.meeting("Thoughts", "2026-11-12T10:00", &[]);
    vault.write_part(&own, "private", "=> never mind the rollout supersedes ^roll01\n");
    let held = vault.list(&["decisions", "--holding", "--lens", "acme"], "decisions");
    assert_eq!(held.len(), 1, "{held:#?}");
}

#[test]
fn what_does_more_than_show_refuses_the_lens() {
    let (vault, ..) = world();
    let file = vault.home().join("all.json");
    for args in [
        &["action", "done", "^send01"][..],
        &["export", "json", file.to_str().expect("UTF-8")],
        &["undo"],
        &["doctor"],
        &["register", "acme"],
        &["query", "list"],
    ] {
        let ran = vault.run(&[&["--lens", "acme", "--json"], args].concat());
        assert_eq!(ran.code, 2, "{args:?}");
        assert!(ran.stderr.contains("lens_only_shows"), "{args:?}: {}", ran.stderr);
    }
    let ran = vault.run(&["meetings", "--lens", "nobody", "--json"]);
    assert!(ran.code == 1 && ran.stderr.contains("unknown_organization"), "{}", ran.stderr);
}

#[test]
fn saved_queries_that_name_others_are_out_of_sight() {
    let (vault, ..) = world();
    for (name, expression) in [
        ("Ana's rollout", "actions person:ana topic:rollout"),
        ("Late ones", "actions status:overdue"),
        ("With them", "decisions org:globex"),
        ("Zoe waits", "actions status:open"),
        ("Globex, stale", "decisions revisited>6m"),
        ("Their topic", "decisions topic:globex/price"),
        ("Reports to see", "people relation:report last-1:1>3w"),
    ] {
        vault.json(&["query", "save", name, expression]);
    }
    assert_eq!(vault.list(&["query", "list"], "queries").len(), 7);
    assert_eq!(vault.json(&["--lens", "acme", "query", "run", "Late ones"])["rows"].as_array().map(Vec::len), Some(1));
    assert_eq!(vault.json(&["--lens", "acme", "query", "run", "Ana's rollout"])["name"], "Ana's rollout");
    for hidden in ["With them", "Zoe waits", "Globex, stale", "Their topic", "Reports to see"] {
        let (_, failure) = vault.fails(&["--lens", "acme", "query", "run", hidden]);
        assert_eq!(failure["code"], "unreadable_query", "{hidden}: as if nothing were saved so: {failure}");
    }
    assert!(!vault.json(&["query", "run", "Zoe waits"])["rows"].as_array().expect("rows").is_empty());
}
