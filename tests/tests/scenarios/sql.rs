//! `docs/sql.md`: what it asks in SQL is what the command answers, on the demo vault.

use std::process::Command;

use serde_json::Value;
use throughline_tests::Vault;

use crate::questions::{told, words};

const SEEN: &str = "2026-11-19T10:18:00Z";

/// The words of the command, where in its answer to look, and the statement.
fn asked(page: &str) -> Vec<(Vec<String>, String, String)> {
    let blocks = page.split("```sql\n").skip(1).filter_map(|rest| rest.split("```").next());
    let read = |block: &str| {
        let (first, statement) = block.split_once('\n').expect("a statement below the command");
        let line = first.strip_prefix("-- throughline ").unwrap_or_else(|| panic!("no command: {first}"));
        let (command, path) = line.rsplit_once(" | ").expect("where to look");
        (words(command), path.to_owned(), statement.to_owned())
    };
    blocks.map(read).collect()
}

#[test]
fn what_the_views_say_is_what_the_command_says() {
    let asked = asked(include_str!("../../../docs/sql.md"));
    assert!(asked.len() >= 10, "{} statements", asked.len());
    if Command::new("sqlite3").arg("--version").output().is_err() {
        eprintln!("skipped: sqlite3 is not installed; `scripts/setup test` does that");
        return;
    }
    let vault = Vault::nowhere().at(SEEN);
    vault.json(&["demo"]);
    let database = vault.dir().join("throughline.db");
    let mut wrong = Vec::new();
    for (command, path, statement) in asked {
        let args: Vec<&str> = command.iter().map(String::as_str).collect();
        let mut answer: Vec<String> = told(&vault.json(&args), &path).into_iter().flatten().collect();
        let ran = Command::new("sqlite3").args(["-readonly", "-json"]).arg(&database).arg(&statement).output();
        let ran = ran.expect("sqlite3");
        assert!(ran.status.success(), "{statement}\n{}", String::from_utf8_lossy(&ran.stderr));
        let rows: Vec<Value> = match ran.stdout.as_slice() {
            b"" => Vec::new(),
            printed => serde_json::from_slice(printed).expect("rows"),
        };
        let first = |row: &Value| row.as_object().and_then(|row| row.values().next().cloned()).unwrap_or_default();
        let word = |value: Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let mut found: Vec<String> = rows.iter().map(|row| word(first(row))).collect();
        answer.sort();
        found.sort();
        if answer != found {
            wrong.push(format!("{args:?}\n  says {answer:?}\n{statement}  says {found:?}"));
        }
        assert!(!found.is_empty(), "nothing to compare: {statement}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
