//! Minutes as different houses write them: who was there, what was decided and promised.

use serde_json::{Value, json};
use throughline_tests::{Vault, all, names, text};

/// Imports one file and tells what became of it, with its items.
struct Read {
    file: Value,
    meeting: Value,
    items: Vec<(&'static str, u64, Value)>,
}

fn read(path: &str, content: &str) -> Read {
    let vault = Vault::new();
    vault.file(&format!("m/{path}"), content);
    let folder = vault.home().join("m").to_str().expect("UTF-8").to_owned();
    let file = vault.json(&["import", "minutes", &folder])["files"][0].clone();
    let id = text(&file["meeting_id"]);
    Read { meeting: vault.json(&["meeting", "show", &id]), items: vault.items(&id), file }
}

impl Read {
    /// Who was there, or was not, by name.
    fn people(&self, present: &str) -> Vec<String> {
        let attendees = self.file["attendees"].as_array().expect("attendees");
        let mut names: Vec<_> =
            attendees.iter().filter(|one| one["present"] == present).map(|one| text(&one["name"])).collect();
        names.sort();
        names
    }

    fn date(&self) -> String {
        text(&self.meeting["start"])[..10].to_owned()
    }

    fn lines(&self) -> Vec<(&'static str, u64)> {
        self.items.iter().map(|(kind, line, _)| (*kind, *line)).collect()
    }

    fn owners(&self, line: u64) -> Vec<String> {
        let (.., item) =
            self.items.iter().find(|(_, at, _)| *at == line).unwrap_or_else(|| panic!("no item at {line}"));
        names(&item["owners"])
    }
}

#[test]
fn a_steering_committees() {
    let read = read(
        "2026-03-06.md",
        "# Technical Steering Committee (TSC) Meeting 2026-03-06\n\n## Links\n\n- **Recording**: <https://example.org/x>\n\n## Present\n\n\
         - Antoine du Hamel @aduh95 (voting member)\n- Joe Sepi @joesepi (Guest: IBM)\n- Ana Silva (AS)\n\n## Agenda\n\n### Announcements\n\n- none\n\n### Builds\n\n\
         - Discuss v26\n  - Antoine: we should ship\n  - **Action**: @aduh95 to open a PR\n  - AI: AS to close it\n  - Consensus: ship it.\n",
    );
    assert_eq!(read.people("yes"), ["Ana Silva", "Antoine du Hamel", "Joe Sepi"]);
    assert_eq!(
        (read.date().as_str(), read.lines()),
        ("2026-03-06", vec![("action", 23), ("action", 24), ("decision", 25)])
    );
    assert_eq!((read.owners(23), read.owners(24)), (vec!["Antoine du Hamel".to_owned()], vec!["Ana Silva".to_owned()]));
}

#[test]
fn a_working_groups_with_definition_lists() {
    let read = read(
        "wg.md",
        "# Web Group\n\n04 March 2026\n\n## Attendees\n\nPresent\n: Tony Nadalin, Jeff Hodges, Adam Langley\n\nRegrets\n: Nina Nolan\n\nChair\n: Tony\n\nScribe\n: Jeff\n\n## Contents\n\n\
         > *RESOLUTION: Accept PR 1234*\n\n**ACTION:** Adam to write the explainer\n\nACTION: Jeff to ping them by 2026-03-11\n",
    );
    assert_eq!(read.date(), "2026-03-04");
    assert_eq!(read.people("yes"), ["Adam Langley", "Jeff Hodges", "Tony Nadalin"]);
    assert_eq!(read.people("no"), ["Nina Nolan"]);
    let kinds: Vec<_> = read.items.iter().map(|(kind, ..)| *kind).collect();
    assert_eq!(kinds, ["decision", "action", "action"]);
    assert_eq!(read.items[2].2["due"], "2026-03-11");
}

#[test]
fn a_shared_documents() {
    let read = read(
        "sync.md",
        "# Notes: Product sync\n\n**Date:** Mar 5, 2026\n**Attendees:** [Ana Silva](mailto:ana@acme.com), [Ben Okoro](mailto:ben@acme.com)\n\n## Notes\n\n* Launch slips\n\n\
         ## Action items\n\n- [ ] Ana to draft the mail\n- [x] Ben will send the numbers\n\n## Decisions\n\n1. Launch on 20 March\n",
    );
    assert_eq!(read.date(), "2026-03-05");
    assert_eq!(read.people("yes"), ["Ana Silva", "Ben Okoro"]);
    let mut emails = all(read.file["attendees"].as_array().expect("attendees"), "email");
    emails.sort();
    assert_eq!(emails, ["ana@acme.com", "ben@acme.com"]);
    assert_eq!(read.lines(), [("action", 12), ("action", 13), ("decision", 17)]);
    assert_eq!(read.owners(13), ["Ben Okoro"]);
}

#[test]
fn a_vaults_with_front_matter_and_a_table_of_actions() {
    let read = read(
        "vendor.md",
        "---\ntitle: Vendor review\ndate: 2026-03-11T14:00\nparticipants: [Ana Silva, \"Dan Dorn\"]\nabsent: [Eva Ek]\n---\n\n\
         | # | Action | Responsible | Deadline |\n|---|---|---|---|\n| 1 | Sign the contract | Ana Silva | 2026-03-20 |\n| 2 | Check the invoice | Dan | 2026-03-25 |\n",
    );
    assert_eq!(
        (&read.meeting["title"], &read.meeting["start"]),
        (&json!("Vendor review"), &json!("2026-03-11T14:00:00+01:00"))
    );
    assert_eq!(
        (read.people("yes"), read.people("no")),
        (vec!["Ana Silva".to_owned(), "Dan Dorn".to_owned()], vec!["Eva Ek".to_owned()])
    );
    assert_eq!(read.lines(), [("action", 10), ("action", 11)]);
    assert_eq!((read.owners(10), read.owners(11)), (vec!["Ana Silva".to_owned()], vec!["Dan Dorn".to_owned()]));
}

#[test]
fn a_letters_with_lists_in_a_line() {
    let read = read(
        "letter.md",
        "# Minutes 2026-03-13\n\nIn attendance: Ana Silva (AS), Ben Okoro (BO); Cleo Duarte (CD, Acme)\nApologies: Dora Dunn\n\n\
         * AS presented the numbers.\n* **Action (BO):** call the bank by Friday\n* **Decision:** spend less\n* ACTION: CD to sign\n",
    );
    assert_eq!(read.people("yes"), ["Ana Silva", "Ben Okoro", "Cleo Duarte"]);
    assert_eq!(read.people("no"), ["Dora Dunn"]);
    assert_eq!(read.lines(), [("action", 7), ("decision", 8), ("action", 9)]);
    assert_eq!((read.owners(7), read.owners(9)), (vec!["Ben Okoro".to_owned()], vec!["Cleo Duarte".to_owned()]));
    assert_eq!(read.items[0].2["due"], "2026-03-20");
}

#[test]
fn a_person_written_with_and_without_an_address_is_one() {
    let vault = Vault::new();
    vault.file("m/2026-03-01.md", "# Council\n\nAttendees: Ana Silva, Ben Okoro\n");
    vault.file("m/2026-03-02.md", "# Council\n\nAttendees: Ana Silva <ana@acme.com>, Ben Okoro (@benok)\n");
    vault.file("m/2026-03-03.md", "# Council\n\nAttendees: Ana Silva, Ben Okoro\n");
    let folder = vault.home().join("m").to_str().expect("UTF-8").to_owned();
    vault.json(&["import", "minutes", &folder]);
    let mut known = all(&vault.list(&["people"], "people"), "name");
    known.sort();
    assert_eq!(known, ["Ana Silva", "Ben Okoro", "Max Muster"]);
}

#[test]
fn what_has_no_date_is_told_and_not_guessed() {
    let vault = Vault::new();
    vault.file("m/idea.md", "# An idea\n\n- [ ] try it\n");
    vault.file("m/2026-02-30.md", "# Impossible\n\n- [ ] try it\n");
    let folder = vault.home().join("m").to_str().expect("UTF-8").to_owned();
    let imported = vault.json(&["import", "minutes", &folder]);
    for file in imported["files"].as_array().expect("files") {
        assert_eq!(file["meeting_id"], Value::Null, "{file:#}");
        assert!(!file["warnings"].as_array().expect("warnings").is_empty(), "{file:#}");
    }
    assert!(vault.list(&["actions"], "actions").is_empty());
}
