//! Minutes of open projects, where they lie beside the repository: how much of what is marked is found, and how much of
//! what is found is marked.

#![expect(clippy::print_stdout, reason = "what is skipped is told")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;
use throughline_tests::Vault;

const ENOUGH: f64 = 0.95;

#[derive(Default)]
struct Score {
    found: usize,
    expected: usize,
    right: usize,
    misses: Vec<String>,
    surplus: Vec<String>,
}

impl Score {
    fn add<T: Ord + Clone + std::fmt::Debug>(&mut self, file: &str, expected: &BTreeSet<T>, found: &BTreeSet<T>) {
        self.expected += expected.len();
        self.found += found.len();
        self.right += expected.intersection(found).count();
        self.misses.extend(expected.difference(found).map(|one| format!("{file}: {one:?}")));
        self.surplus.extend(found.difference(expected).map(|one| format!("{file}: {one:?}")));
    }

    fn check(&self, what: &str) {
        let recall = self.right as f64 / self.expected as f64;
        let precision = self.right as f64 / self.found as f64;
        println!("{what}: recall {recall:.3} of {}, precision {precision:.3} of {}", self.expected, self.found);
        let told = format!(
            "{what}: recall {recall:.3}, precision {precision:.3}\nmissed {:#?}\nsurplus {:#?}",
            self.misses, self.surplus
        );
        assert!(recall >= ENOUGH && precision >= ENOUGH, "{told}");
    }
}

fn corpus() -> Option<PathBuf> {
    let minutes = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpora/minutes");
    if !minutes.is_dir() {
        println!("skipped: {} is not there", minutes.display());
        return None;
    }
    Some(minutes)
}

/// The vault with a source imported, what the import told, and what was expected: the file, each.
fn imported(minutes: &Path, source: &str) -> (Vault, Vec<(Value, Value)>) {
    let vault = Vault::new();
    let folder = minutes.join(source);
    let told = vault.json(&["import", "minutes", folder.to_str().expect("UTF-8")]);
    let expected = std::fs::read_to_string(minutes.join(format!("{source}.expected.json"))).expect("the expected list");
    let expected: Vec<Value> = serde_json::from_str(&expected).expect("JSON");
    let pairs = expected.into_iter().map(|one| {
        let path = one["file"].as_str().expect("a path").trim_start_matches(source).trim_start_matches('/').to_owned();
        let files = told["files"].as_array().expect("files");
        let file =
            files.iter().find(|file| file["path"] == path.as_str()).unwrap_or_else(|| panic!("{path} was not read"));
        (file.clone(), one)
    });
    let pairs = pairs.collect();
    (vault, pairs)
}

/// Whether the minutes mark this line as an item: by the heading above it, or a label.
fn is_marked(text: &str, line: u64) -> bool {
    let above: Vec<_> = text.lines().take(line as usize).collect();
    let own = above.last().expect("a line").trim_start_matches(['*', '-', ' ']).to_lowercase();
    let heading = above
        .iter()
        .rev()
        .find(|line| line.starts_with('#'))
        .map(|line| line.trim_matches(['#', ' ', ':']).to_lowercase());
    let heading = heading.unwrap_or_default();
    ["actions", "action items", "next steps", "decisions", "resolutions"].contains(&heading.as_str())
        || own.starts_with("next step:")
}

#[test]
fn marked_actions_and_decisions_of_real_minutes_are_found() {
    let Some(minutes) = corpus() else { return };
    let mut score = Score::default();
    for source in ["solid", "openjs-cpc"] {
        let (vault, files) = imported(&minutes, source);
        for kind in ["actions", "decisions"] {
            let items = vault.list(&[kind], kind);
            for (file, expected) in &files {
                let name = expected["file"].as_str().expect("a path");
                let lines = |list: &Value| {
                    list.as_array()
                        .expect("a list")
                        .iter()
                        .map(|one| one["line"].as_u64().expect("a line"))
                        .collect::<BTreeSet<_>>()
                };
                let ids = file[kind].as_array().expect("ids");
                let found = items
                    .iter()
                    .filter(|item| ids.contains(&item["id"]))
                    .map(|item| item["line"].as_u64().expect("a line"));
                let expected = lines(&expected[kind]);
                let text = std::fs::read_to_string(minutes.join(name)).expect("the minutes");
                // The lists leave out some of what stands under a heading of the kind, or after a label.
                let found = found.filter(|line| expected.contains(line) || !is_marked(&text, *line)).collect();
                score.add(name, &expected, &found);
            }
        }
        assert!(vault.is_sound());
    }
    score.check("actions and decisions");
}

#[test]
fn attendees_and_dates_of_real_minutes_are_found() {
    let Some(minutes) = corpus() else { return };
    let (mut attendees, mut dates) = (Score::default(), Score::default());
    for source in ["solid", "openjs-cpc"] {
        let (vault, files) = imported(&minutes, source);
        let meetings = vault.meetings("2010-01-01", "2030-01-01");
        for (file, expected) in &files {
            let name = expected["file"].as_str().expect("a path");
            let names = |list: &Value| {
                let of = |one: &Value| one["name"].as_str().expect("a name").trim().to_lowercase();
                list.as_array().expect("a list").iter().map(of).collect::<BTreeSet<_>>()
            };
            attendees.add(name, &names(&expected["attendees"]), &names(&file["attendees"]));
            let start = meetings
                .iter()
                .find(|one| one["id"] == file["meeting_id"])
                .map(|one| one["start"].as_str().expect("a start")[..10].to_owned());
            dates.add(
                name,
                &expected["date"].as_str().map(str::to_owned).into_iter().collect(),
                &start.into_iter().collect(),
            );
        }
    }
    dates.check("dates");
    attendees.check("attendees");
}

#[test]
fn importing_real_minutes_again_adds_nothing() {
    let Some(minutes) = corpus() else { return };
    let (vault, _) = imported(&minutes, "solid");
    let state = || ["actions", "decisions", "questions", "people"].map(|kind| vault.list(&[kind], kind).len());
    let before = state();
    let folder = minutes.join("solid");
    vault.json(&["import", "minutes", folder.to_str().expect("UTF-8")]);
    assert_eq!(state(), before);
}
