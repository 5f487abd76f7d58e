//! What is handed to a client: their register, whole and nothing beside it, and whether an older one still stands.

use serde_json::Value;
use throughline_tests::{Vault, all, calendar, event, text};

const FORMATS: [&str; 3] = ["markdown", "csv", "html"];

/// A vault with meetings of Acme and of others, and what must never reach Acme.
fn world() -> (Vault, String) {
    let vault = Vault::new();
    let kickoff = vault.meeting("Acme kick-off", "2026-11-10T10:00", &["ana.silva@acme.example", "max@example.org"]);
    vault.write(
        &kickoff,
        "Small talk.\n\n=> @ana: a seat costs 12 € a month #pricing ^price1\n  - as Zoe Quist has it\n\
         !! @ana send the contract by 2026-11-20 ^send01\n- [x] @max book the room ^book01\n\
         => <script>alert(1)</script> & \"quotes\" | *stars* ^html01\n=> =HYPERLINK(\"http://x.example\") ^calc01\n\
         ?? who signs\n",
    );
    vault.write_part(&kickoff, "private", "=> we would go down to 9 SECRETFLOOR ^priv01\n!! @max SECRETPLAN\n");
    vault.write_part(&kickoff, "prep", "- [ ] SECRETPREP slides\n");
    let inside = vault.meeting("Internal", "2026-11-12T10:00", &["max@example.org", "ben@example.org"]);
    vault.write(
        &inside,
        "=> the price may move SECRETINSIDE supersedes ^price1 ^insid1\n!! @ben SECRETTASK after ^send01\n",
    );
    let other = vault.meeting("Globex", "2026-11-13T10:00", &["zoe.quist@globex.example", "max@example.org"]);
    vault.write(&other, "=> Globex pays SECRETGLOBEX #pricing ^globx1\n");
    (vault, kickoff)
}

fn entry<'v>(register: &'v Value, anchor: &str) -> &'v Value {
    let entries = register["entries"].as_array().expect("entries");
    entries.iter().find(|entry| entry["anchor"] == anchor).unwrap_or_else(|| panic!("no {anchor}: {register:#}"))
}

fn written(vault: &Vault, format: &str, args: &[&str]) -> (String, String) {
    let text = vault.ok(&[&["register", "acme", "--format", format], args].concat());
    let path = vault.file(&format!("register.{format}"), &text);
    (text, path)
}

#[test]
fn an_entry_that_was_moved_or_written_anew_is_told_as_changed() {
    let (vault, kickoff) = world();
    let later = vault.meeting("Acme review", "2026-11-17T10:00", &["ana.silva@acme.example"]);
    let note = vault.read(&kickoff);
    let line = |anchor: &str| note.lines().find(|line| line.ends_with(anchor)).expect("a line").to_owned();
    vault.write(&kickoff, &note.replace(&line("^send01"), "").replace(&line("^html01"), ""));
    vault.write(&later, &format!("{}\n", line("^send01")));
    let anew = line("^html01").replace("*stars*", "*moons*");
    vault.write(&kickoff, &format!("{}{anew}\n", vault.read(&kickoff)));
    let register = vault.json(&["register", "acme"]);
    let send = entry(&register, "send01");
    assert_eq!((&send["meeting_title"], &send["changed_since"]), (&"Acme review".into(), &true.into()), "moved");
    assert_eq!(entry(&register, "html01")["changed_since"], true, "taken out, and written anew in other words");
    let steps = vault.list(&["trace", "^send01"], "steps");
    let meetings: Vec<&str> = steps
        .iter()
        .filter(|step| step["kind"] == "meeting")
        .map(|step| step["title"].as_str().expect("a title"))
        .collect();
    let ends = (meetings.first().copied(), meetings.last().copied());
    assert_eq!(ends, (Some("Acme kick-off"), Some("Acme review")), "where it was first raised, and where it stands");
    let still = vault.list(&["trace", "^html01"], "steps");
    assert!(!still.iter().any(|step| step["title"] == "Acme review"), "it went nowhere: {still:?}");
    assert_eq!(entry(&register, "price1")["changed_since"], false);
    for format in FORMATS {
        let (_, path) = written(&vault, format, &[]);
        assert_eq!(vault.json(&["register", "verify", &path])["ok"], true, "{format}");
    }
}

#[test]
fn a_register_holds_the_clients_meetings_and_nothing_else() {
    let (vault, _) = world();
    let register = vault.json(&["register", "acme"]);
    let anchors: Vec<&str> = register["entries"]
        .as_array()
        .expect("entries")
        .iter()
        .map(|entry| entry["anchor"].as_str().expect("an anchor"))
        .collect();
    assert_eq!(anchors, ["price1", "send01", "book01", "html01", "calc01"]);
    let price = entry(&register, "price1");
    assert_eq!(price["kind"], "decision");
    assert_eq!(price["text"], "A seat costs 12 € a month");
    // What took its place was decided without them: it is told beside the register, and not in it.
    assert_eq!((&price["status"], &price["superseded_by"]), (&"holds".into(), &Value::Null));
    assert_eq!(register["superseded_outside"], serde_json::json!(["price1"]));
    assert_eq!(price["decided_by"], serde_json::json!(["Ana Silva"]));
    assert_eq!((&price["date"], &price["meeting_title"]), (&"2026-11-10".into(), &"Acme kick-off".into()));
    assert_eq!(price["present_known"], false);
    assert_eq!(price["rationale"], Value::Null);
    let send = entry(&register, "send01");
    assert_eq!(
        (&send["kind"], &send["status"], &send["due"]),
        (&"commitment".into(), &"open".into(), &"2026-11-20".into())
    );
    assert_eq!(send["owners"], serde_json::json!(["Ana Silva"]));
    assert_eq!(entry(&register, "book01")["status"], "done");
    for format in FORMATS {
        let (text, _) = written(&vault, format, &["--rationale"]);
        assert!(text.contains("A seat costs 12"), "{format}: {text}");
        assert!(text.contains(register["head"].as_str().expect("a head")), "{format}: {text}");
        assert!(!text.contains("SECRET") && !text.contains("insid1") && !text.contains("#pricing"), "{format}: {text}");
        assert!(text.contains("invited") || text.contains("Invited"), "{format}: {text}");
    }
}

#[test]
fn reasons_are_told_only_when_asked_for_and_names_of_others_are_flagged() {
    let (vault, _) = world();
    for format in FORMATS {
        assert!(!written(&vault, format, &[]).0.contains("Zoe"), "{format}");
        assert!(written(&vault, format, &["--rationale"]).0.contains("as Zoe Quist has it"), "{format}");
    }
    let parties = |args: &[&str]| vault.list(&[&["register", "acme"], args].concat(), "third_parties");
    assert_eq!(parties(&[]), Vec::<Value>::new());
    let flagged = parties(&["--rationale"]);
    assert_eq!(flagged, [serde_json::json!({"name": "Zoe Quist", "entry": "price1", "where": "rationale"})]);
    let ran = vault.run(&["register", "acme", "--rationale", "--format", "html"]);
    assert!(ran.stderr.contains("Zoe Quist") && !ran.stdout.contains("Look at this"), "{}", ran.stderr);
}

#[test]
fn a_range_and_presence_and_recaps_and_confirmations_are_told() {
    let (vault, kickoff) = world();
    assert_eq!(vault.list(&["register", "acme", "--from", "2026-11-11"], "entries"), Vec::<Value>::new());
    assert_eq!(vault.list(&["register", "acme", "--to", "2026-11-10"], "entries").len(), 5);
    vault.json(&["meeting", "present", &kickoff, "ana.silva@acme.example", "yes"]);
    vault.json(&["recap", &kickoff, "--sent", "ana.silva@acme.example"]);
    let confirmed = vault.json(&["decision", "confirm", "^price1", "ana.silva@acme.example"]);
    assert_eq!(confirmed["confirmed"][0]["by"]["name"], "Ana Silva");
    let register = vault.json(&["register", "acme"]);
    let price = entry(&register, "price1");
    assert_eq!((&price["present"], &price["present_known"]), (&serde_json::json!(["Ana Silva"]), &true.into()));
    assert_eq!(price["recap_sent"][0]["to"], "ana.silva@acme.example");
    assert_eq!(price["confirmed"][0]["by"], "Ana Silva");
    for format in FORMATS {
        let (text, _) = written(&vault, format, &[]);
        assert!(text.to_lowercase().contains("confirmed"), "{format}: {text}");
    }
    assert!(vault.ok(&["decision", "show", "^price1"]).contains("Confirmed"));
    // Who confirms again did so before; undo takes it back.
    vault.json(&["decision", "confirm", "^price1", "ana.silva@acme.example"]);
    vault.json(&["undo"]);
    assert_eq!(vault.json(&["decision", "show", "^price1"])["confirmed"], serde_json::json!([]));
    assert!(vault.is_sound());
}

#[test]
fn hostile_text_stays_text_in_every_format() {
    let (vault, _) = world();
    let (html, _) = written(&vault, "html", &[]);
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && !html.contains("<script"), "{html}");
    assert!(!html.contains("http-equiv=\"refresh\"") && !html.contains("src="), "{html}");
    let (csv, _) = written(&vault, "csv", &[]);
    assert!(csv.contains("\"'=HYPERLINK") || csv.contains("'=HYPERLINK"), "{csv}");
    for line in csv.lines() {
        assert!(!line.split(',').any(|cell| cell.trim_matches('"').starts_with('=')), "{line}");
    }
    let (markdown, _) = written(&vault, "markdown", &[]);
    assert!(markdown.contains("\\<script>") && markdown.contains("\\| stars"), "{markdown}");
}

#[test]
fn an_older_register_is_checked_against_the_vault() {
    let (vault, kickoff) = world();
    let paths: Vec<String> = FORMATS.iter().map(|format| written(&vault, format, &["--rationale"]).1).collect();
    for path in &paths {
        let check = vault.json(&["register", "verify", path]);
        assert_eq!((&check["ok"], &check["head_found"]), (&true.into(), &true.into()), "{check:#}");
        assert_eq!(check["entries"].as_array().map(Vec::len), Some(5));
    }
    // Ticking an item, and the passing of time, change no word.
    let later = vault.at("2026-12-24T09:00:00+01:00");
    later.json(&["action", "done", "^send01"]);
    for path in &paths {
        let check = later.in_zone("Pacific/Auckland").json(&["register", "verify", path]);
        assert_eq!(check["ok"], true, "{check:#}");
        assert_eq!(entry(&check, "send01")["status_is"], "done");
    }
    let note = later.read(&kickoff).replace("12 €", "13 €");
    let note: String = note.lines().filter(|line| !line.contains("^book01")).map(|line| format!("{line}\n")).collect();
    later.write(&kickoff, &note);
    for path in &paths {
        let ran = later.run(&["register", "verify", path, "--json"]);
        let check: Value = serde_json::from_str(&ran.stdout).expect("JSON");
        assert_eq!((ran.code, &check["ok"], &check["head_found"]), (1, &false.into(), &true.into()), "{check:#}");
        let price = entry(&check, "price1");
        assert_eq!((&price["state"], &price["differs"]), (&"changed".into(), &serde_json::json!(["text"])));
        assert_eq!(
            (&price["was"], &price["is"]),
            (&"A seat costs 12 € a month".into(), &"A seat costs 13 € a month".into())
        );
        assert_eq!(entry(&check, "book01")["state"], "missing");
        assert_eq!(entry(&check, "html01")["state"], "unchanged");
    }
    let register = later.json(&["register", "acme"]);
    assert_eq!(entry(&register, "price1")["changed_since"], true);
    assert_eq!(entry(&register, "html01")["changed_since"], false);
    assert_eq!(entry(&register, "send01")["changed_since"], false);
}

#[test]
fn a_register_that_was_altered_by_hand_or_comes_from_elsewhere_is_told() {
    let (vault, _) = world();
    for format in FORMATS {
        let (text, _) = written(&vault, format, &[]);
        let forged = vault.file(&format!("forged.{format}"), text.replace("12 €", "10 €"));
        let ran = vault.run(&["register", "verify", &forged, "--json"]);
        let check: Value = serde_json::from_str(&ran.stdout).expect("JSON");
        assert_eq!((ran.code, &entry(&check, "price1")["state"]), (1, &"changed".into()), "{format}: {check:#}");
        let (elsewhere, _) = world();
        let ran = elsewhere.run(&["register", "verify", &forged, "--json"]);
        let check: Value = serde_json::from_str(&ran.stdout).expect("JSON");
        assert_eq!((ran.code, &check["head_found"]), (1, &false.into()), "{format}");
    }
    for junk in ["", "# Notes\n", "<html></html>", "a,b\n1,2\n", "kind;anchor\n"] {
        let path = vault.file("junk", junk);
        let ran = vault.run(&["register", "verify", &path, "--json"]);
        assert!(ran.code == 1 && ran.stderr.contains("unreadable_register"), "{junk}: {} {}", ran.stdout, ran.stderr);
    }
    let ran = vault.run(&["register", "verify", "/nowhere/register.html"]);
    assert!(ran.code == 1 && ran.stderr.contains("cannot be read"), "{}", ran.stderr);
}

/// Whoever was handed a register may hand back another: with an entry less, somebody more in the room, an older date.
#[test]
fn what_was_taken_out_of_a_register_or_put_into_it_is_told() {
    let (vault, kickoff) = world();
    vault.json(&["meeting", "present", &kickoff, "ana.silva@acme.example", "yes"]);
    vault.json(&["decision", "confirm", "^price1", "ana.silva@acme.example"]);
    let vault = vault.at("2026-11-30T09:00:00+01:00");
    let check = |name: &str, text: &str| -> Value {
        let path = vault.file(name, text);
        serde_json::from_str(&vault.run(&["register", "verify", &path, "--json"]).stdout).expect("JSON")
    };
    for format in &FORMATS {
        let (text, _) = written(&vault, format, &[]);
        let whole = check("whole", &text);
        assert_eq!((&whole["ok"], &whole["left_out"]), (&true.into(), &serde_json::json!([])), "{format}: {whole:#}");
        assert_eq!(whole["entries_told"], whole["entries"].as_array().map_or(0, Vec::len), "{format}");

        let shorter = without_entry(&text, format, "price1");
        let found = check("shorter", &shorter);
        assert_eq!(found["ok"], false, "{format}: {found:#}");
        assert_eq!(all(found["left_out"].as_array().expect("a list"), "anchor"), ["price1"], "{format}");
        assert_ne!(found["entries_told"], found["entries"].as_array().map_or(0, Vec::len), "{format}");

        let crowded = match *format {
            "csv" => text.replace(",Ana Silva; invited: ", ",Ana Silva and Zoe Wu; invited: "),
            _ => text.replacen("Ana Silva", "Ana Silva, Zoe Wu", 1),
        };
        assert_eq!(entry(&check("crowded", &crowded), "price1")["differs"], serde_json::json!(["present"]), "{format}");
        let year = if *format == "csv" { ("2026-11-2", "2025-11-2") } else { (" November 2026, ", " November 2025, ") };
        let older = text.replace(year.0, year.1);
        let found = check("older", &older);
        assert!(entry(&found, "price1")["differs"].to_string().contains("first_written"), "{format}: {found:#}");
    }
}

/// The document with one entry taken out, whatever else it says.
fn without_entry(text: &str, format: &str, anchor: &str) -> String {
    let (begin, end) = match format {
        "csv" => {
            let kept = text.split_inclusive("\r\n").filter(|row| !row.contains(&format!("^{anchor},")));
            return kept.collect();
        }
        "html" => (text.find(&format!("<article id=\"{anchor}\"")).expect("an article"), "</article>\n"),
        _ => (text.find(&format!("### Decision ^{anchor}")).expect("an entry"), "\n###"),
    };
    let rest = &text[begin..];
    let length = rest.find(end).map_or(rest.len(), |at| if format == "html" { at + end.len() } else { at + 1 });
    format!("{}{}", &text[..begin], &rest[length..])
}

#[test]
fn decisions_that_look_contradictory_are_offered_with_a_why_until_one_takes_the_others_place() {
    let (vault, _) = world();
    assert_eq!(vault.list(&["decisions", "--contradictions"], "pairs"), Vec::<Value>::new());
    let later = vault.meeting("Acme follow-up", "2026-11-17T10:00", &["ana.silva@acme.example", "max@example.org"]);
    vault.write(&later, "=> reports go out weekly to Acme #reporting ^week01\n");
    let last = vault.meeting("Acme review", "2026-11-20T10:00", &["ana.silva@acme.example", "max@example.org"]);
    vault.write(&last, "=> the reports go out monthly #reporting ^month1\n");
    let pairs = vault.list(&["decisions", "--contradictions"], "pairs");
    let [pair] = pairs.as_slice() else { panic!("{pairs:#?}") };
    assert_eq!((&pair["a"]["anchor"], &pair["b"]["anchor"]), (&"week01".into(), &"month1".into()));
    assert_eq!(pair["topic"], "reporting");
    assert!(text(&pair["why"]).contains("weekly"), "{pair:#}");
    assert!(vault.ok(&["decisions", "--contradictions"]).contains("monthly"));
    vault.json(&["decision", "supersede", "^week01", "^month1"]);
    assert_eq!(vault.list(&["decisions", "--contradictions"], "pairs"), Vec::<Value>::new());
    let register = vault.json(&["register", "acme"]);
    assert_eq!(entry(&register, "week01")["superseded_by"], "month1");
    assert_eq!(entry(&register, "month1")["supersedes"], "week01");
}

#[test]
fn who_counts_as_a_third_party_is_told_by_where_they_worked_on_the_day() {
    let vault = Vault::new();
    let room = ["Tom Marsh <tom@acme.example>", "Li Ming <li@acme.example>", "Tom Marsh <tom@zcorp.example>"];
    let before = vault.meeting("Before", "2026-10-20T10:00", &room[..2]);
    vault.write(&before, "=> Li Ming decides alone ^befor1\n");
    let after = vault.meeting("After", "2026-11-10T10:00", &room);
    vault.write(&after, "=> Li Ming decided ^after1\n!! @li do it ^after2\n");
    vault.json(&["person", "job", "li@acme.example", "zcorp.example", "--since", "2026-11-01"]);
    let register = vault.json(&["register", "acme"]);
    assert_eq!(entry(&register, "after1")["present"], serde_json::json!(["Li Ming", "Tom Marsh", "Tom Marsh"]));
    let flagged: Vec<[String; 3]> = register["third_parties"]
        .as_array()
        .expect("flags")
        .iter()
        .map(|flag| ["entry", "name", "where"].map(|key| text(&flag[key])))
        .collect();
    let expected = [
        ["after1", "Li Ming", "present"],
        ["after1", "Tom Marsh", "present"],
        ["after1", "Li Ming", "text"],
        ["after2", "Li Ming", "owners"],
        ["after2", "Li Ming", "present"],
        ["after2", "Tom Marsh", "present"],
    ];
    assert_eq!(flagged, expected.map(|flag| flag.map(str::to_owned)), "{register:#}");
}

#[test]
fn those_of_whom_nobody_said_whether_they_were_there_stay_among_the_invited() {
    let vault = Vault::new();
    let room = ["Ana Silva <ana@acme.example>", "Bo Li <bo@acme.example>", "max@example.org"];
    let meeting = vault.meeting("Review", "2026-11-10T10:00", &room);
    vault.write(&meeting, "=> we go ^going1\n");
    vault.json(&["meeting", "present", &meeting, "max@example.org", "yes"]);
    let register = vault.json(&["register", "acme"]);
    let going = entry(&register, "going1");
    assert_eq!(
        (&going["present"], &going["invited"]),
        (&serde_json::json!(["Max Muster"]), &serde_json::json!(["Ana Silva", "Bo Li"]))
    );
    let documents: Vec<(String, String)> = FORMATS.iter().map(|format| written(&vault, format, &[])).collect();
    for (document, _) in &documents {
        assert!(document.contains("Max Muster; invited: Ana Silva, Bo Li"), "{document}");
        assert!(!document.contains("both sides were at"), "somebody may have declined: {document}");
    }
    // That one of them is known to have been there since is no change; that one was, who was not asked, is one.
    vault.json(&["meeting", "present", &meeting, "ana@acme.example", "yes"]);
    for (_, path) in &documents {
        assert_eq!(vault.json(&["register", "verify", path])["ok"], true, "{path}");
    }
    vault.json(&["meeting", "present", &meeting, "max@example.org", "no"]);
    for (_, path) in &documents {
        let ran = vault.run(&["register", "verify", path, "--json"]);
        let check: Value = serde_json::from_str(&ran.stdout).expect("JSON");
        assert_eq!(entry(&check, "going1")["differs"], serde_json::json!(["present"]), "{path}");
    }
}

#[test]
fn what_a_called_off_meeting_would_bring_is_told_before_the_register_goes_out() {
    let vault = Vault::new();
    let time = "DTSTART;TZID=Europe/Berlin:20261105T140000\nDURATION:PT1H\n\
                ATTENDEE:mailto:ana@acme.example\nATTENDEE:mailto:max@example.org";
    let file = |rest: &str| {
        let events = calendar(&[event("talk@x", "Talk", &format!("{time}{rest}"))]);
        vault.file("c.ics", events)
    };
    vault.subscribe(&file(""));
    let meeting = vault.id_on("2026-11-05", "Talk");
    // Before it began: what is written at a meeting says that it took place.
    let before = vault.at("2026-11-05T09:00:00+01:00");
    before.write(&meeting, "=> we pay in 30 days ^pay001\n!! @ana send it ^send01\n");
    assert_eq!(vault.json(&["register", "acme"])["called_off"], serde_json::json!([]));
    file("\nSTATUS:CANCELLED");
    vault.sync();
    let register = vault.json(&["register", "acme"]);
    assert_eq!(register["entries"], serde_json::json!([]));
    assert_eq!(
        register["called_off"],
        serde_json::json!([{"meeting_id": meeting, "meeting_title": "Talk", "date": "2026-11-05", "entries": 2}])
    );
    let printed = vault.ok(&["register", "acme"]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(printed.contains("2 entries of “Talk” of 5 Nov left out") && printed.contains("--held yes"), "{printed}");
    assert!(vault.run(&["register", "acme", "--format", "csv"]).stderr.contains("left out"));
    vault.json(&["meeting", "edit", &meeting, "--held", "yes"]);
    let register = vault.json(&["register", "acme"]);
    assert_eq!(
        (register["entries"].as_array().map(Vec::len), &register["called_off"]),
        (Some(2), &serde_json::json!([]))
    );
}

#[test]
fn who_confirmed_a_decision_before_it_was_changed_confirmed_other_words() {
    let (vault, kickoff) = world();
    let confirm = || vault.json(&["decision", "confirm", "^price1", "ana.silva@acme.example"]);
    assert_eq!(confirm()["confirmed"][0]["before_change"], false);
    let note = vault.read(&kickoff).replace("12 €", "14 €");
    vault.write(&kickoff, &note);
    assert_eq!(vault.json(&["decision", "show", "^price1"])["confirmed"][0]["before_change"], true);
    assert!(vault.ok(&["decision", "show", "^price1"]).contains("before it was changed"));
    for format in FORMATS {
        let (text, path) = written(&vault, format, &[]);
        assert!(text.contains(", before it was changed"), "{format}: {text}");
        assert_eq!(vault.json(&["register", "verify", &path])["ok"], true, "{format}");
    }
    // What they say later, they say of these words.
    let later = vault.at("2026-11-25T09:00:00+01:00");
    let confirmed = later.json(&["decision", "confirm", "^price1", "ana.silva@acme.example"])["confirmed"].clone();
    assert_eq!((confirmed.as_array().map(Vec::len), &confirmed[0]["before_change"]), (Some(1), &false.into()));
    assert!(vault.is_sound());
}

#[test]
fn an_open_span_says_from_when_or_until_when() {
    let (vault, _) = world();
    assert!(vault.ok(&["register", "acme", "--from", "2026-01-01"]).contains("since 1 Jan"));
    assert!(vault.ok(&["register", "acme", "--to", "2026-11-11"]).contains("up to 11 Nov"));
}

/// A vault whose register has every part that one can have, and the documents of it.
fn full() -> (Vault, String, Vec<(&'static str, String)>) {
    let vault = Vault::new();
    let room = ["Tom Marsh <tom@acme.example>", "Lena Kurz <lena@acme.example>", "max@example.org"];
    let kick = vault.meeting("Kick-off", "2026-10-05T10:00", &room);
    vault.write(
        &kick,
        "=> Pay in 45 days @tom ^pay001\n  because cash is short\n=> Other one ^oth001\n!! @tom send the order by 2026-10-20 ^order1\n\
         !! @max write the draft ^draft1\n=> -5 % on all prices | _all_ * <b> & 'x' ^minus1\n",
    );
    vault.json(&["meeting", "present", &kick, "tom@acme.example", "yes"]);
    vault.json(&["decision", "confirm", "^pay001", "tom@acme.example"]);
    vault.json(&["recap", &kick, "--sent", "tom@acme.example"]);
    let next = vault.meeting("Second", "2026-10-12T10:00", &room);
    vault.write(&next, "=> Other one, but monthly supersedes ^oth001 ^new001\n");
    let documents = FORMATS.map(|format| (format, written(&vault, format, &["--rationale"]).0));
    (vault, kick, documents.to_vec())
}

fn verified(vault: &Vault, text: &str) -> (i32, Value) {
    let path = vault.file("document", text);
    let ran = vault.run(&["register", "verify", &path, "--json"]);
    (ran.code, serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}{}", ran.stdout, ran.stderr)))
}

/// Every single thing a document says, said otherwise in it.
#[test]
fn no_forgery_of_a_single_field_passes() {
    let (vault, _, documents) = full();
    for (format, text) in &documents {
        let (code, check) = verified(&vault, text);
        assert_eq!((code, &check["ok"]), (0, &true.into()), "{format}: {check:#}\n{text}");
        let csv = *format == "csv";
        let day = |iso: &'static str, letter: &'static str| if csv { iso } else { letter };
        let head = text.split(|c: char| !c.is_ascii_hexdigit()).find(|word| word.len() == 64).expect("a head");
        let none = "0".repeat(64);
        let forgeries = [
            ("Pay in 45 days", "Pay in 60 days"),
            ("because cash", "because love"),
            ("holds", "superseded"),
            ("superseded", "holds"),
            ("open", "done"),
            ("Tom Marsh", "Tim Marsh"),
            ("pay001", "pay002"),
            ("^oth001", "^pay001"),
            (day("2026-10-20", "20 October 2026"), day("2026-10-21", "21 October 2026")),
            (day("2026-10-05", "5 October 2026"), day("2026-10-06", "6 October 2026")),
            ("Kick-off", "Kick off"),
            ("Acme", "Apex"),
            ("All meetings", "Meetings since 6 October 2026"),
            ("All meetings", "Every meeting"),
            ("3 decisions", "4 decisions"),
            ("4 decisions, 2 commitments", "3 decisions, 3 commitments"),
            ("Europe/Berlin", "Asia/Tokyo"),
            (head, none.as_str()),
            ("unchanged", "changed"),
            ("tom@acme.example", "nobody@acme.example"),
            (day("commitment", "Commitment"), day("decision", "Decision")),
        ];
        for (was, forged) in forgeries {
            let places: Vec<usize> = text.match_indices(was).map(|(at, _)| at).collect();
            for at in places {
                let other = format!("{}{forged}{}", &text[..at], &text[at + was.len()..]);
                let (code, check) = verified(&vault, &other);
                assert_eq!((code, &check["ok"]), (1, &false.into()), "{format}: {was} → {forged} at {at}: {check:#}");
            }
        }
    }
}

/// What a reader sees in a document and no register holds.
#[test]
fn nothing_can_be_put_into_a_register_beside_what_it_says() {
    let (vault, _, documents) = full();
    let document = |format: &str| &documents.iter().find(|(one, _)| *one == format).expect("a document").1;
    let (markdown, html, csv) = (document("markdown"), document("html"), document("csv"));
    let text = "<p class=\"words said\" data-is=\"text\">Pay in 45 days</p>";
    assert!(html.contains(text) && markdown.contains("> Pay in 45 days\n"), "{html}{markdown}");
    let hidden = "<p class=\"words said\">Pay in 90 days</p><p hidden data-is=\"text\">Pay in 45 days</p>";
    let article = "<article class=\"decision\"><p class=\"words\">Acme pays 1M</p></article></section>";
    let row = "note,,,,Acme pays 1M,,,,,,,,,,,,,,,,,,,,\r\n";
    for forged in [
        html.replace(text, hidden),
        html.replace(text, &format!("{text}<p class=\"words said\">and 1M up front</p>")),
        html.replacen("</section>", article, 1),
        html.replace("<span class=\"mark\">^pay001</span>", "<span class=\"mark\">^pay009</span>"),
        html.replace("</style>", ".said{display:none}</style>"),
        html.replace("</style>", "<!-- .said{display:none} --></style>"),
        html.replace("</main>", "<!-- x --></main>"),
        html.replace("<main>", "<main hidden>"),
        html.replace("Recap sent", "Recap read"),
        format!("{html}<p>Acme pays 1M</p>"),
        markdown.replace("> Pay in 45 days\n", "> Pay in 45 days\n\nAcme also pays 1M.\n"),
        markdown.replace("> Pay in 45 days\n", "> Pay in 45 days\n> and 1M up front\n"),
        markdown.replace("> Pay in 45 days\n", "> Pay in 90 days\n> Pay in 45 days\n"),
        format!("{markdown}\n### Agreement\n\n> Acme pays 1M\n"),
        format!("{markdown}\n## 6 October 2026 · Call\n"),
        format!("{csv}{row}"),
        csv.replace("\r\n", ",Acme pays 1M\r\n"),
    ] {
        let (code, check) = verified(&vault, &forged);
        assert_eq!((code, &check["ok"]), (1, &false.into()), "{check:#}\n{forged}");
        assert!(check["strange"]["line"].as_u64().is_some_and(|line| line > 0), "{check:#}\n{forged}");
        let printed = vault.run(&["register", "verify", &vault.file("document", &forged)]).stdout;
        assert!(printed.contains("more, or other, than a register"), "{printed}");
    }
}

/// What mail, editors, browsers and spreadsheets do to a document on its way.
#[test]
fn a_register_is_known_again_after_its_way_through_other_programs() {
    let (vault, _, documents) = full();
    for (format, text) in &documents {
        let lines = text.replace("\r\n", "\n");
        let mut copies =
            vec![lines.clone(), lines.replace('\n', "\r\n"), format!("\u{feff}{text}"), format!("{text}\r\n")];
        if *format == "html" {
            let from = "<!DOCTYPE html>\n<!-- saved from url=(0040)file:///register.html -->\n";
            let saved = text.replace("<!DOCTYPE html>\n", from).replace("&#39;", "'").replace(
                "<meta charset=\"utf-8\">",
                "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=UTF-8\">",
            );
            copies.push(saved);
        }
        if *format == "csv" {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
            let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
            reader.records().for_each(|row| writer.write_record(&row.expect("a row")).expect("written"));
            copies.push(String::from_utf8(writer.into_inner().expect("rows")).expect("text"));
        }
        for copy in copies {
            let (code, check) = verified(&vault, &copy);
            assert_eq!((code, &check["ok"]), (0, &true.into()), "{format}: {check:#}\n{copy}");
        }
    }
}

#[test]
fn what_became_of_entries_since_is_told_and_is_no_failure() {
    let (vault, _, documents) = full();
    let vault = vault.at("2026-11-25T09:00:00+01:00");
    vault.json(&["action", "done", "^order1"]);
    let third = vault.meeting("Third", "2026-11-24T10:00", &["tom@acme.example", "max@example.org"]);
    vault.write(&third, "=> Pay in 30 days supersedes ^pay001 ^pay030\n");
    for (format, text) in &documents {
        let (code, check) = verified(&vault, text);
        assert_eq!((code, &check["ok"]), (0, &true.into()), "{format}: {check:#}");
        assert_eq!(entry(&check, "pay001")["superseded_by"]["anchor"], "pay030", "{format}: {check:#}");
        let printed = vault.ok(&["register", "verify", &vault.file("document", text)]);
        assert!(printed.contains("held then, superseded now by ^pay030 of 24 Nov"), "{printed}");
        assert!(printed.contains("open then, done now on 25 Nov"), "{printed}");
        // It was open then: a document of then that says otherwise was altered, though it is done now.
        let forged = match *format {
            "markdown" => text.replace("**Status:** open", "**Status:** done"),
            "html" => text.replace(">open<", ">done<"),
            _ => text.replace(",open,", ",done,"),
        };
        let (code, check) = verified(&vault, &forged);
        assert_eq!((code, &entry(&check, "order1")["differs"]), (1, &serde_json::json!(["status"])), "{check:#}");
    }
}

/// The table of an earlier version had what is of the register itself in the columns of the entries.
#[test]
fn a_table_of_an_earlier_version_is_still_read() {
    let (vault, _, documents) = full();
    let text = &documents.iter().find(|(format, _)| *format == "csv").expect("a table").1;
    let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let rows: Vec<Vec<String>> =
        rows.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for (at, row) in rows.iter().enumerate() {
        let mut earlier: Vec<String> = row[..19].iter().chain(&row[23..]).cloned().collect();
        if at == 1 {
            let [organization, range, entries, made] = [19, 20, 21, 22].map(|at| row[at].clone());
            earlier[2] = made[..10].to_owned();
            earlier[4] = format!("Decisions and commitments with {organization}. {range}");
            (earlier[3], earlier[5], earlier[9], earlier[11]) = (organization, entries, range, made);
        }
        writer.write_record(&earlier).expect("written");
    }
    let earlier = String::from_utf8(writer.into_inner().expect("rows")).expect("text");
    let (code, check) = verified(&vault, &earlier);
    assert_eq!((code, &check["ok"]), (0, &true.into()), "{check:#}\n{earlier}");
    // The range and the numbers are not among what is of the entries.
    assert!(rows[1][..19].iter().skip(1).all(String::is_empty), "{:?}", rows[1]);
    let nameless = text.replace("^pay001", "");
    let printed = vault.run(&["register", "verify", &vault.file("document", &nameless)]).stdout;
    assert!(printed.contains("missing  without a mark"), "{printed}");
}
