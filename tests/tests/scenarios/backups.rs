//! Backups that are taken by themselves: when, where, how many stay, and that a vault can be had back from each.

use std::path::Path;

use serde_json::{Value, json};
use throughline_tests::Vault;

fn dates(listed: &Value) -> Vec<&str> {
    listed["backups"].as_array().expect("a list").iter().filter_map(|one| one["date"].as_str()).collect()
}

/// The same vault in the morning of a day.
fn on(vault: &Vault, day: &str) -> Vault {
    vault.at(&format!("{day}T09:00:00+01:00"))
}

#[test]
fn one_is_taken_where_one_is_due_and_a_vault_can_be_had_back_from_it() {
    let vault = Vault::new();
    let meeting = vault.meeting("Budget", "2026-11-23T10:00", &["ana@example.org"]);
    vault.write(&meeting, "=> We rent the office\n");
    let none = vault.json(&["backups"]);
    assert_eq!((none["every"].as_str(), dates(&none).len(), &none["failed"]), (Some("day"), 0, &Value::Null));
    let taken = vault.json(&["backups", "--due"]);
    assert_eq!(dates(&taken), ["2026-11-24"]);
    assert_eq!(vault.json(&["backups", "--due"]), taken, "today's is there");
    assert_eq!(dates(&on(&vault, "2026-11-25").json(&["backups", "--due"])), ["2026-11-25", "2026-11-24"]);

    let written = vault.read(&meeting);
    vault.write(&meeting, "");
    vault.json(&["restore", taken["backups"][0]["path"].as_str().expect("a path")]);
    assert_eq!(vault.read(&meeting), written);
    assert!(vault.is_sound());
}

#[test]
fn older_ones_thin_out_and_nothing_else_in_the_folder_is_touched() {
    let vault = Vault::new();
    let folder = vault.home().join("stick");
    std::fs::create_dir(&folder).expect("a folder");
    let folder = folder.to_str().expect("UTF-8");
    vault.json(&["backups", "--every", "week", "--folder", folder]);
    vault.file("stick/diary.txt", "mine");
    vault.file("stick/throughline-some-day.backup", "mine too");
    for day in ["2026-08-03", "2026-08-10", "2026-08-11", "2026-08-17", "2026-08-24", "2026-08-31"] {
        on(&vault, day).json(&["backups", "--due"]);
    }
    let listed = on(&vault, "2026-08-31").json(&["backups"]);
    assert_eq!(dates(&listed), ["2026-08-31", "2026-08-24", "2026-08-17", "2026-08-10", "2026-08-03"], "once a week");
    for day in ["2026-09-07", "2026-09-14", "2026-09-21", "2026-09-28", "2026-10-05", "2026-10-12"] {
        on(&vault, day).json(&["backups", "--due"]);
    }
    let listed = vault.json(&["backups"]);
    assert_eq!(listed["folder"], json!(folder));
    assert_eq!(
        dates(&listed),
        ["2026-10-12", "2026-10-05", "2026-09-28", "2026-09-21", "2026-09-14", "2026-09-07", "2026-08-31"],
        "the newest seven, and with them August's last"
    );
    assert!(Path::new(folder).join("diary.txt").exists());
    assert!(Path::new(folder).join("throughline-some-day.backup").exists());
}

#[test]
fn one_that_cannot_be_taken_is_told_until_one_is() {
    let vault = Vault::new();
    let folder = vault.home().join("stick");
    std::fs::create_dir(&folder).expect("a folder");
    vault.json(&["backups", "--folder", folder.to_str().expect("UTF-8")]);
    std::fs::remove_dir(&folder).expect("the stick is pulled out");
    let (code, error) = vault.fails(&["backups", "--due"]);
    assert_eq!((code, &error["code"]), (1, &json!("folder_missing")));
    on(&vault, "2026-11-26").fails(&["backups", "--due"]);
    let failed = on(&vault, "2026-11-26").json(&["backups"])["failed"].clone();
    assert_eq!((&failed["code"], &failed["since"]), (&json!("folder_missing"), &json!("2026-11-24T09:00:00+01:00")));
    assert!(!folder.exists(), "where a disk would be mounted nothing is made");
    std::fs::create_dir(&folder).expect("it is back");
    assert_eq!(vault.json(&["backups", "--due"])["failed"], Value::Null);
    let (code, error) = vault.fails(&["backups", "--folder", "no/such/folder"]);
    assert_eq!((code, &error["code"]), (1, &json!("folder_missing")));
    vault.json(&["backups", "--every", "never", "--folder", "vault"]);
    assert_eq!(on(&vault, "2026-12-24").json(&["backups", "--due"])["backups"], json!([]));
}

#[test]
fn what_was_killed_in_the_midst_of_a_backup_is_none_and_does_not_stand_in_the_way() {
    let vault = Vault::new();
    vault.file("vault/backups/throughline-2026-11-24.backup.part", "half");
    vault.file("vault/backups/throughline-2026-11-24.backup.part.trial/throughline.db", "half");
    assert_eq!(vault.json(&["backups"])["backups"], json!([]));
    assert_eq!(dates(&vault.json(&["backups", "--due"])), ["2026-11-24"]);
    let left: Vec<_> = std::fs::read_dir(vault.dir().join("backups")).expect("a folder").collect();
    assert_eq!(left.len(), 1, "{left:?}");
}
