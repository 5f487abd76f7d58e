//! The network to look at: what stands around a thing, what lies between two, who matters when.

use serde_json::{Value, json};
use throughline_tests::{Vault, all, calendar, event, text};

const DEMO: &str = "2026-11-19T10:18:00Z";

/// Three weekly talks with Ana, one of them with Ben, and one of Ben's with Cid.
fn met() -> Vault {
    let vault = Vault::new();
    for (title, start, who) in [
        ("First", "2026-09-01T10:00", &["ana@acme.com"][..]),
        ("Second", "2026-10-01T10:00", &["ana@acme.com", "ben@acme.com"]),
        ("Third", "2026-11-03T10:00", &["ana@acme.com"]),
        ("Aside", "2026-11-05T10:00", &["ben@acme.com", "cid@initech.com"]),
    ] {
        let id = vault.meeting(title, start, who);
        vault.write(&id, &format!("!! @ana do what {title} says #plan\n=> {title} holds #plan/now\n"));
    }
    vault
}

fn titles(drawn: &Value, kind: &str) -> Vec<String> {
    let nodes = drawn["nodes"].as_array().expect("nodes");
    nodes.iter().filter(|node| node["kind"] == kind).map(|node| text(&node["title"])).collect()
}

#[test]
fn what_stands_around_somebody_comes_newest_first_and_bounded() {
    let vault = met();
    let drawn = vault.json(&["graph", "ana@acme.com"]);
    assert_eq!(drawn["center"], drawn["nodes"][0]["id"]);
    assert_eq!(drawn["nodes"][1]["kind"], "organization", "what has no date comes first");
    assert_eq!(titles(&drawn, "meeting"), ["Third", "Second", "First"]);
    assert_eq!(titles(&drawn, "person"), ["Ana"]);
    assert_eq!(drawn["more"], 0);
    let degree = drawn["nodes"][0]["degree"].as_u64().expect("a degree");
    assert_eq!(degree, 3 + 1 + 4, "meetings, an organization, actions: {drawn:#}");
    let few = vault.json(&["graph", "ana@acme.com", "--only", "meeting", "--limit", "2"]);
    assert_eq!(titles(&few, "meeting"), ["Third", "Second"]);
    assert_eq!(few["more"], 1);
    assert_eq!(few["nodes"][0]["degree"], json!(degree), "what is left out is counted all the same");
    let spring =
        vault.json(&["graph", "ana@acme.com", "--only", "meeting", "--from", "2026-09-01", "--to", "2026-10-01"]);
    assert_eq!(titles(&spring, "meeting"), ["Second", "First"]);
    assert_eq!(spring["more"], 0);
    let further = vault.json(&["graph", "ana@acme.com", "--only", "meeting,person", "--depth", "2"]);
    let mut people = titles(&further, "person");
    people[1..].sort();
    assert_eq!(people, ["Ana", "Ben", "Max Muster"], "from the middle outwards");
    assert_eq!(
        vault.json(&["graph", "ana@acme.com", "--depth", "3"]),
        vault.json(&["graph", "ana@acme.com", "--depth", "3"])
    );
}

#[test]
fn a_node_is_a_topic_an_item_or_a_meeting_as_well() {
    let vault = met();
    let topic = vault.json(&["graph", "#plan/now"]);
    assert_eq!(titles(&topic, "decision").len(), 4);
    assert_eq!(topic["nodes"][1]["status"], "holds");
    let third = vault.the(&["meetings"], "meetings", "title", "Third");
    let drawn = vault.json(&["graph", "--kind", "meeting", &text(&third["id"])]);
    assert_eq!((titles(&drawn, "action").len(), titles(&drawn, "decision").len()), (1, 1));
    let kinds = all(drawn["edges"].as_array().expect("edges"), "kind");
    assert!(kinds.contains(&"raised_in".to_owned()) && kinds.contains(&"attended".to_owned()), "{kinds:?}");
    let item =
        text(&drawn["nodes"].as_array().expect("nodes").iter().find(|n| n["kind"] == "action").expect("one")["id"]);
    assert_eq!(titles(&vault.json(&["graph", &item]), "topic"), ["plan"]);
    assert_eq!(vault.fails(&["graph", "nobody-and-nothing"]).1["code"], "unknown_node");
    assert_eq!(vault.fails(&["graph", "#unheard"]).1["code"], "unknown_node");
    assert_eq!(vault.fails(&["graph", "--depth", "9", "ana@acme.com"]).0, 2);
}

#[test]
fn private_items_are_not_drawn_nor_counted() {
    let vault = met();
    let before = vault.json(&["graph", "ana@acme.com"]);
    let third = vault.the(&["meetings"], "meetings", "title", "Third");
    vault.json_with(&["note", "set", &text(&third["id"]), "-", "--part", "private"], b"!! @ana talk about her pay\n");
    assert_eq!(vault.json(&["graph", "ana@acme.com"]), before);
}

#[test]
fn a_way_leads_through_meetings_and_is_the_same_near_and_far() {
    let vault = met();
    let near = vault.json(&["path", "ana@acme.com", "ben@acme.com"]);
    assert_eq!(all(near["steps"].as_array().expect("steps"), "title"), ["Ana", "Second", "Ben"]);
    let far = vault.json(&["path", "ana@acme.com", "cid@initech.com"]);
    assert_eq!(all(far["steps"].as_array().expect("steps"), "title").len(), 5, "{far}");
    let orgs = vault.json(&["path", "acme.com", "initech.com"]);
    assert_eq!(
        all(orgs["steps"].as_array().expect("steps"), "kind"),
        ["organization", "person", "meeting", "person", "organization"]
    );
    let alone = vault.json(&["person", "edit", "ana@acme.com", "--relation", "client"]);
    assert_eq!(alone["relation"], "client");
    let own = vault.json(&["path", "ana@acme.com", "ana@acme.com"]);
    assert_eq!(own["steps"].as_array().map(Vec::len), Some(1));
}

#[test]
fn who_matters_depends_on_when_and_about_what() {
    let vault = met();
    let names = |args: &[&str]| all(&vault.list(args, "people"), "name");
    let sorted = |args: &[&str]| {
        let mut names = names(args);
        names.sort();
        names
    };
    assert_eq!(sorted(&["central"]), ["Ana", "Ben", "Cid"]);
    assert!(names(&["central", "--to", "2026-09-30"]).is_empty(), "who was with nobody but the user is with nobody");
    assert_eq!(sorted(&["central", "--to", "2026-10-31"]), ["Ana", "Ben"]);
    assert_eq!(sorted(&["central", "--from", "2026-11-04"]), ["Ben", "Cid"]);
    assert_eq!(sorted(&["central", "--topic", "plan", "--to", "2026-10-31"]), ["Ana", "Ben"]);
    assert!(names(&["central", "--topic", "else"]).is_empty());
}

/// Every degree told is that of the whole graph, counted in its export without private items.
#[test]
fn degrees_are_those_of_the_whole_graph() {
    let vault = Vault::nowhere().at(DEMO);
    vault.json(&["demo"]);
    let file = vault.home().join("all.graphml");
    vault.json(&["export", "graphml", file.to_str().expect("a path")]);
    let xml = std::fs::read_to_string(&file).expect("the export");
    let mut degrees = std::collections::HashMap::<String, u64>::new();
    for edge in xml.split("<edge ").skip(1) {
        let end = |name: &str| edge.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        for end in [end("source"), end("target")].into_iter().flatten() {
            *degrees.entry(end.rsplit(':').next().unwrap_or(end).to_owned()).or_default() += 1;
        }
    }
    let drawn = vault.json(&["graph", "me", "--depth", "2", "--limit", "600"]);
    let nodes = drawn["nodes"].as_array().expect("nodes");
    assert!(nodes.len() > 500, "{}", nodes.len());
    for node in nodes {
        let id = text(&node["id"]);
        let counted = degrees.get(&id).copied().unwrap_or_default();
        assert_eq!(node["degree"].as_u64(), Some(counted), "{node:#}");
    }
}

#[test]
fn those_who_meet_each_other_belong_together() {
    let vault = Vault::new();
    for (title, start, who) in [
        ("One", "2026-09-01T10:00", &["ana@acme.com", "ben@acme.com", "cid@acme.com"][..]),
        ("Two", "2026-10-01T10:00", &["ana@acme.com", "ben@acme.com", "cid@acme.com"]),
        ("Three", "2026-10-02T10:00", &["dan@initech.com", "eve@initech.com"]),
    ] {
        vault.meeting(title, start, who);
    }
    let clusters = vault.list(&["central"], "clusters");
    let names: Vec<Vec<String>> = clusters
        .iter()
        .map(|cluster| {
            let mut names = all(cluster["people"].as_array().expect("people"), "name");
            names.sort();
            names
        })
        .collect();
    assert_eq!(names, [&["Ana", "Ben", "Cid"][..], &["Dan", "Eve"]]);
    let told = vault.run(&["central"]);
    assert!(told.stdout.contains("Who belongs together"), "{}", told.stdout);
}

#[test]
fn what_is_yet_to_come_neither_matters_nor_connects_those_who_met_otherwise() {
    let vault = Vault::new().at("2026-11-19T10:18:00Z");
    vault.meeting("With Bea", "2026-10-01T10:00", &["tom@acme.com", "bea@acme.com"]);
    vault.meeting("With Zed", "2026-10-08T10:00", &["bea@acme.com", "zed@initech.com"]);
    vault.meeting("To come", "2026-12-01T10:00", &["tom@acme.com", "zed@initech.com", "ny@initech.com"]);
    let steps = |a: &str, b: &str| all(&vault.list(&["path", a, b], "steps"), "title");
    let way = steps("tom@acme.com", "zed@initech.com");
    assert_eq!(way.len(), 5, "{way:?}");
    assert!(!way.contains(&"To come".to_owned()), "{way:?}");
    assert_eq!(steps("tom@acme.com", "ny@initech.com"), ["Tom", "To come", "Ny"], "only that connects them");
    let people = all(&vault.list(&["central"], "people"), "name");
    assert!(!people.contains(&"Ny".to_owned()), "{people:?}");
    let (code, failure) = vault.fails(&["central", "--from", "2026-12-01", "--to", "2026-01-01"]);
    assert_eq!((code, failure["code"].as_str()), (2, Some("unreadable_span")));
}

#[test]
fn the_user_is_on_the_way_through_meetings_made_by_hand() {
    let vault = Vault::new();
    vault.meeting("One", "2026-10-05T10:00", &["tom@acme.com"]);
    let me = vault.list(&["people"], "people").into_iter().find(|one| one["is_me"] == true).expect("the user");
    let steps = vault.list(&["path", "tom@acme.com", &text(&me["id"])], "steps");
    assert_eq!(all(&steps, "title"), ["Tom".to_owned(), "One".to_owned(), text(&me["name"])]);
}

#[test]
fn whoever_was_away_has_no_part_in_what_was_said() {
    let vault = Vault::new();
    let away = vault.meeting("Away", "2026-10-05T10:00", &["tom@acme.com"]);
    vault.write(&away, "=> The floor is 80 #price\n!! @max prepare the paper\n");
    let there = vault.meeting("There", "2026-10-06T10:00", &["tom@acme.com"]);
    vault.write(&there, "=> The price is 90 #price\n!! @max send the paper\n");
    vault.json(&["meeting", "present", &away, "tom@acme.com", "no"]);
    for by in [["--person", "tom@acme.com"], ["--org", "acme.com"]] {
        let of = |what: &str| all(&vault.list(&[&[what][..], &by].concat(), what), "text");
        assert_eq!(of("decisions"), ["The price is 90 #price"], "{by:?}");
        assert_eq!(of("actions").len(), 1, "{by:?}");
    }
    assert_eq!(all(&vault.list(&["search", "80", "--person", "tom@acme.com"], "hits"), "title"), [] as [String; 0]);
}

#[test]
fn nobody_attended_who_declined_or_was_told_absent() {
    let vault = Vault::new();
    let away = vault.meeting("Away", "2026-10-05T10:00", &["tom@acme.com", "bea@acme.com"]);
    vault.meeting("There", "2026-10-06T10:00", &["tom@acme.com"]);
    vault.json(&["meeting", "present", &away, "tom@acme.com", "no"]);
    let around = |who: &str| vault.json(&["graph", who, "--only", "meeting,person"]);
    assert_eq!(titles(&around("tom@acme.com"), "meeting"), ["There"]);
    assert_eq!(around("tom@acme.com")["nodes"][0]["degree"], 2, "a meeting and an organization");
    let mut there = titles(&around(&away), "person");
    there.sort();
    assert_eq!(there, ["Bea", "Max Muster"]);
    let file = vault.home().join("all.graphml");
    vault.json(&["export", "graphml", file.to_str().expect("a path")]);
    let xml = std::fs::read_to_string(&file).expect("the export");
    assert_eq!(xml.matches(">attended<").count(), 4, "{xml}");

    let calendar_file = "DTSTART:20261007T090000Z\nDURATION:PT1H\nATTENDEE;PARTSTAT=DECLINED:mailto:tom@acme.com\nATTENDEE:mailto:zed@acme.com";
    vault.subscribe(&vault.file("d.ics", calendar(&[event("d@x", "Declined", calendar_file)])));
    assert_eq!(titles(&around("tom@acme.com"), "meeting"), ["There"]);
    let declined = vault.id_on("2026-10-07", "Declined");
    vault.json(&["meeting", "present", &declined, "tom@acme.com", "yes"]);
    assert_eq!(titles(&around("tom@acme.com"), "meeting"), ["Declined", "There"], "he came after all");
}

/// It is Tuesday, 24 November.
#[test]
fn what_stands_around_somebody_begins_now_and_bears_the_day_of_its_meeting() {
    let vault = Vault::new();
    for (title, start) in [
        ("Last year", "2025-11-03T10:00"),
        ("Last week", "2026-11-17T10:00"),
        ("Next week", "2026-12-01T10:00"),
        ("Next year", "2027-11-02T10:00"),
    ] {
        let id = vault.meeting(title, start, &["tom@acme.com"]);
        vault.write(&id, &format!("!! @tom prepare {title}\n"));
    }
    let around = |limit: &str| vault.json(&["graph", "tom@acme.com", "--only", "meeting,action", "--limit", limit]);
    assert_eq!(titles(&around("8"), "meeting"), ["Last week", "Last year", "Next week", "Next year"]);
    assert_eq!(titles(&around("2"), "meeting"), ["Last week"]);
    assert_eq!(titles(&around("2"), "action").len(), 1);
    let drawn = around("8");
    let edges = drawn["edges"].as_array().expect("edges");
    let mut days: Vec<_> =
        edges.iter().filter(|edge| edge["kind"] == "assigned_to").map(|edge| text(&edge["date"])).collect();
    days.sort();
    assert_eq!(days, ["2025-11-03", "2026-11-17", "2026-12-01", "2027-11-02"], "not that of the day it was typed");
}

#[test]
fn an_organization_is_renamed_and_stays_so_whatever_comes_from_its_domain() {
    let vault = met();
    let renamed = vault.json(&["org", "edit", "initech", "--name", "Initech Holding"]);
    assert_eq!((&renamed["name"], &renamed["domains"]), (&"Initech Holding".into(), &json!(["initech.com"])));
    vault.meeting("Later", "2026-11-09T10:00", &["dan@initech.com"]);
    assert_eq!(vault.json(&["org", "show", "initech.com"])["name"], "Initech Holding");
    assert_eq!(vault.json(&["org", "show", "initech.com"])["people"].as_array().map(Vec::len), Some(2));
    assert_eq!(text(&vault.list(&["search", "holding"], "hits")[0]["title"]), "Initech Holding");
    assert!(vault.ok(&["register", "initech.com"]).contains("Initech Holding"));
    let (_, failure) = vault.fails(&["org", "edit", "initech.com", "--name", "ACME"]);
    assert_eq!(failure["code"], "name_taken");
    assert_eq!(vault.fails(&["org", "edit", "initech.com", "--name", "  "]).1["code"], "no_name");
    vault.ok(&["undo"]);
    assert_eq!(vault.json(&["undo"])["what"], "renamed Initech");
    assert_eq!(vault.json(&["org", "show", "initech.com"])["name"], "Initech");
}
