//! The grammar against real minutes. The corpora are no part of the repository: without them these tests pass and say so.

#![allow(clippy::print_stdout, reason = "what was measured is worth seeing")]

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use throughline_core::model::{ItemKind, NotePart, PersonId};
use throughline_core::note::{Candidate, Context, ParsedItem, PeopleIndex, WrittenOwner, parse, parse_date};
use uuid::Uuid;

fn corpora() -> Option<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora");
    if !dir.is_dir() {
        println!("skipped: no corpora beside the workspace");
        return None;
    }
    Some(dir)
}

fn attendees(meeting: &serde_json::Value) -> Vec<Candidate> {
    let list = meeting["attendees"].as_array().expect("attendees");
    list.iter()
        .enumerate()
        .map(|(nth, person)| Candidate {
            person_id: PersonId(Uuid::from_u128(nth as u128 + 1)),
            name: person["name"].as_str().expect("name").to_owned(),
            handles: person["handle"].as_str().map(str::to_lowercase).into_iter().collect(),
            aliases: Vec::new(),
        })
        .collect()
}

#[derive(Default)]
struct Score {
    expected: usize,
    found: usize,
    /// Found and expected.
    right: usize,
    /// Found by another marker than those the lists were made by.
    unlisted: Vec<String>,
    wrong: Vec<String>,
    missed: Vec<String>,
    owners: usize,
    owners_right: usize,
    owner_misses: Vec<String>,
}

impl Score {
    fn recall(&self) -> f64 {
        self.right as f64 / self.expected as f64
    }
    fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong.len()) as f64
    }
}

fn score(dir: &Path, source: &str, score: &mut Score) {
    let list = std::fs::read_to_string(dir.join(format!("minutes/{source}.expected.json"))).expect("expected list");
    let list: serde_json::Value = serde_json::from_str(&list).expect("JSON");
    for meeting in list.as_array().expect("list") {
        let file = meeting["file"].as_str().expect("file");
        let text = std::fs::read_to_string(dir.join("minutes").join(file)).expect("minutes");
        let people = attendees(meeting);
        let index = PeopleIndex::new(&people);
        let cx = Context {
            part: NotePart::Notes,
            date: meeting["date"].as_str().and_then(|d| d.parse().ok()),
            attendees: &people,
            people: &index,
            me: None,
            imported: true,
        };
        let parsed = parse(&text, &cx);
        let lines: Vec<&str> = text.lines().collect();
        for (list, kind) in [("actions", ItemKind::Action), ("decisions", ItemKind::Decision)] {
            let wanted: Vec<(u64, &serde_json::Value)> = meeting[list]
                .as_array()
                .map(|l| l.iter().map(|a| (a["line"].as_u64().expect("line"), a)).collect())
                .unwrap_or_default();
            score.expected += wanted.len();
            let found: Vec<&ParsedItem> = parsed.items.iter().filter(|i| i.kind == kind).collect();
            for (line, wanted) in &wanted {
                let stands = |l: u32| u64::from(l) == *line;
                let item = found.iter().find(|i| stands(i.line) || i.repeats.iter().any(|r| stands(*r)));
                let Some(item) = item else {
                    score.missed.push(format!("{file}:{line} {}", lines[*line as usize - 1]));
                    continue;
                };
                score.right += 1;
                owners(score, item, wanted, &people, &format!("{file}:{line}"));
            }
            for item in &found {
                score.found += 1;
                let listed = |line: u32| wanted.iter().any(|(l, _)| *l == u64::from(line));
                if listed(item.line) || item.repeats.iter().any(|line| listed(*line)) {
                    continue;
                }
                let line = lines[item.line as usize - 1];
                let told = format!("{file}:{} {line}", item.line);
                let marked = ["ACTION", "Action:", "DECISION", "RESOL"].iter().any(|m| line.contains(m));
                if marked { score.wrong.push(told) } else { score.unlisted.push(told) }
            }
        }
    }
}

fn owners(score: &mut Score, item: &ParsedItem, wanted: &serde_json::Value, people: &[Candidate], at: &str) {
    let Some(names) = wanted["owner_names"].as_array() else { return };
    let mut names: Vec<&str> = names.iter().filter_map(|n| n.as_str()).collect();
    let mut found: Vec<&str> = item
        .owners
        .iter()
        .filter_map(|owner| match owner {
            WrittenOwner::Person { id, .. } => people.iter().find(|p| p.person_id == *id).map(|p| p.name.as_str()),
            _ => None,
        })
        .collect();
    names.sort_unstable();
    found.sort_unstable();
    score.owners += 1;
    if names == found {
        score.owners_right += 1;
    } else {
        score.owner_misses.push(format!("{at} {:?}: {found:?}, expected {names:?}", item.text));
    }
}

#[test]
fn marked_actions_and_decisions_of_real_minutes_are_found() {
    let Some(dir) = corpora() else { return };
    let mut all = Score::default();
    score(&dir, "solid", &mut all);
    score(&dir, "openjs-cpc", &mut all);
    println!("expected {}, found {}, right {}", all.expected, all.found, all.right);
    println!("owners {} of {}", all.owners_right, all.owners);
    let lists = [
        ("missed", &all.missed),
        ("wrong", &all.wrong),
        ("not in the lists", &all.unlisted),
        ("owners", &all.owner_misses),
    ];
    for (what, list) in lists {
        for line in list {
            println!("{what}: {line}");
        }
    }
    assert!(all.expected > 70, "the lists are not empty");
    assert!(all.recall() >= 0.98, "recall {}", all.recall());
    assert!(all.precision() >= 0.98, "precision {}", all.precision());
    // What stands under a heading of the kind without a marker is not in the lists, and no error; but it stays rare.
    let strict = all.right as f64 / all.found as f64;
    assert!(strict >= 0.92, "strict precision {strict}");
    assert!(all.owners_right as f64 / all.owners as f64 >= 0.9, "owners {} of {}", all.owners_right, all.owners);
}

#[test]
fn due_phrases_of_another_parser_mean_the_same() {
    let Some(dir) = corpora() else { return };
    let list = std::fs::read_to_string(dir.join("dates/due_phrases.json")).expect("phrases");
    let list: serde_json::Value = serde_json::from_str(&list).expect("JSON");
    let (mut same, mut told) = (0, 0);
    for entry in list.as_array().expect("list") {
        let phrase = entry["match"].as_str().expect("match");
        let reference: NaiveDate = entry["ref"].as_str().expect("ref")[..10].parse().expect("date");
        let Some(expected) = entry["expected_date"].as_str() else { continue };
        let expected: NaiveDate = expected.parse().expect("date");
        // Ranges, past meanings and clock times are no due dates.
        let Some(found) = parse_date(phrase, reference) else { continue };
        told += 1;
        if found == expected {
            same += 1;
        } else {
            println!("{phrase:?} on {reference}: {found}, there {expected}");
        }
    }
    println!("{same} of {told} read alike, of {}", list.as_array().map_or(0, Vec::len));
    assert!(told >= 30 && same + 4 >= told, "{same} of {told}");
}
