//! What one would ask of the demo vault, with the answers that reading its notes gives: `tests/questions/*.md`, whose
//! README says how they are written. All that go wrong are told at once.

use std::collections::BTreeMap;

use serde_json::Value;
use throughline_tests::{Vault, text, without_anchors};

const SEEN: &str = "2026-11-19T10:18:00Z";

const FILES: &[(&str, &str)] = &[
    ("boards", include_str!("../../questions/boards.md")),
    ("clients", include_str!("../../questions/clients.md")),
    ("friday", include_str!("../../questions/friday.md")),
    ("people", include_str!("../../questions/people.md")),
    ("time", include_str!("../../questions/time.md")),
];

/// A question of a file.
#[derive(Debug, Default)]
struct Question {
    asked: String,
    /// What stands in notes: a meeting's date, its title and a sentence of it, not yet told apart.
    proof: Vec<String>,
    asks: Vec<Ask>,
}

/// A command and what it is to print.
#[derive(Debug)]
struct Ask {
    command: String,
    expected: Vec<Expected>,
}

#[derive(Debug)]
struct Expected {
    path: String,
    how: How,
    lines: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    InThisOrder,
    InAnyOrder,
    BeginningWith,
    AmongOthers,
    Never,
}

#[test]
fn the_demo_answers_what_reading_its_notes_answers() {
    let world = World::new();
    let questions: Vec<(&str, Question)> =
        FILES.iter().flat_map(|(file, text)| read(text).into_iter().map(|question| (*file, question))).collect();
    assert!(questions.len() >= 40, "{} questions", questions.len());
    let mut wrong = Vec::new();
    for (file, question) in &questions {
        let found = world.check(question);
        if !found.is_empty() {
            wrong.push(format!("{file}: {}\n{}", question.asked, found.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{} of {} questions:\n\n{}", wrong.len(), questions.len(), wrong.join("\n\n"));
}

/// The demo vault, and its notes by date, title and part.
struct World {
    vault: Vault,
    ids: BTreeMap<(String, String), String>,
    notes: BTreeMap<String, String>,
}

impl World {
    fn new() -> Self {
        let vault = Vault::nowhere().at(SEEN);
        vault.json(&["demo"]);
        let file = vault.home().join("all.json");
        vault.json(&["export", "json", file.to_str().expect("UTF-8"), "--private"]);
        let all: Value = serde_json::from_slice(&std::fs::read(file).expect("the export")).expect("JSON");
        let list = |key: &str| all[key].as_array().expect("a list").clone();
        let ids = list("meetings").into_iter().map(|meeting| {
            let date = text(&meeting["start"]).chars().take(10).collect();
            ((date, text(&meeting["title"])), text(&meeting["id"]))
        });
        let mut notes: BTreeMap<String, String> = BTreeMap::new();
        for note in list("notes") {
            let told = notes.entry(text(&note["meeting_id"])).or_default();
            told.push_str(&without_anchors(&text(&note["text"])));
        }
        Self { ids: ids.collect(), notes, vault }
    }

    fn check(&self, question: &Question) -> Vec<String> {
        let mut wrong: Vec<String> = question
            .proof
            .iter()
            .filter(|line| !self.stands(line))
            .map(|line| format!("  no note says: {line}"))
            .collect();
        if question.asks.is_empty() {
            wrong.push("  nothing is asked".to_owned());
        }
        for ask in &question.asks {
            let words: Vec<String> = words(&ask.command).iter().map(|word| self.word(word)).collect();
            let args: Vec<&str> =
                [&["--json"], words.iter().map(String::as_str).collect::<Vec<_>>().as_slice()].concat();
            let ran = self.vault.run(&args);
            let Ok(printed) = serde_json::from_str::<Value>(&ran.stdout) else {
                wrong.push(format!("  {} ends with {}: {}{}", ask.command, ran.code, ran.stdout, ran.stderr));
                continue;
            };
            let found = ask.expected.iter().filter_map(|expected| expected.differs(&printed));
            wrong.extend(found.map(|found| format!("  {}\n{found}", ask.command)));
        }
        wrong
    }

    /// Whether the sentence stands in a note of the meeting.
    fn stands(&self, proof: &str) -> bool {
        let Some((date, rest)) = proof.split_once(' ') else { return false };
        self.ids.iter().filter(|((on, _), _)| on == date).any(|((_, title), id)| {
            let sentence = rest.strip_prefix(title.as_str()).and_then(|rest| rest.strip_prefix(": "));
            sentence.is_some_and(|sentence| self.notes.get(id).is_some_and(|note| note.contains(sentence)))
        })
    }

    /// A word of a command, the id of the meeting in place of its name.
    fn word(&self, word: &str) -> String {
        let Some(named) = word.strip_prefix('{').and_then(|word| word.strip_suffix('}')) else {
            return word.to_owned();
        };
        let (date, title) = named.split_once(' ').expect("a date and a title");
        self.ids.get(&(date.to_owned(), title.to_owned())).unwrap_or_else(|| panic!("no meeting {named}")).clone()
    }
}

impl Expected {
    /// What is told instead; none where it is as expected.
    fn differs(&self, printed: &Value) -> Option<String> {
        let told = told(printed, &self.path);
        let fits = |line: &String, told: &Vec<String>| {
            let parts: Vec<&str> = line.split(" · ").collect();
            parts.len() == told.len() && parts.iter().zip(told).all(|(part, told)| stands_for(part, told))
        };
        let pairs = || self.lines.iter().zip(&told).all(|(line, told)| fits(line, told));
        let each_there = || self.lines.iter().all(|line| told.iter().any(|told| fits(line, told)));
        let right = match self.how {
            How::InThisOrder => told.len() == self.lines.len() && pairs(),
            How::BeginningWith => told.len() >= self.lines.len() && pairs(),
            How::InAnyOrder => {
                let known = told.iter().all(|told| self.lines.iter().any(|line| fits(line, told)));
                told.len() == self.lines.len() && known && each_there()
            }
            How::AmongOthers => each_there(),
            How::Never => !self.lines.iter().any(|line| told.iter().any(|told| fits(line, told))),
        };
        let list = |lines: Vec<String>| lines.iter().map(|line| format!("      {line}\n")).collect::<String>();
        (!right).then(|| {
            let got = list(told.iter().map(|told| told.join(" · ")).collect());
            format!("    {} {:?}:\n{}    is:\n{got}", self.path, self.how, list(self.lines.clone()))
        })
    }
}

fn stands_for(pattern: &str, told: &str) -> bool {
    match (pattern.strip_prefix('…'), pattern.strip_suffix('…')) {
        (Some(_), Some(_)) => told.contains(pattern.trim_matches('…')),
        (Some(end), None) => told.ends_with(end),
        (None, Some(start)) => told.starts_with(start),
        (None, None) => told == pattern,
    }
}

/// What stands at a path, each as its fields.
pub fn told(printed: &Value, path: &str) -> Vec<Vec<String>> {
    if path == "*" {
        return vec![vec![printed.to_string()]];
    }
    let (way, fields) = match path.split_once(".(") {
        Some((way, fields)) => (way, Some(fields.trim_end_matches(')').split(", ").collect::<Vec<_>>())),
        None => (path, None),
    };
    let mut at = vec![printed.clone()];
    for step in way.split('.') {
        let (name, picked) = step.split_once('[').unwrap_or((step, ""));
        at = at.iter().map(|value| value[name].clone()).collect();
        if step.contains('[') {
            at = at.iter().flat_map(|value| pick(value, picked.trim_end_matches(']'))).collect();
        }
    }
    at.retain(|value| fields.is_some() || !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()));
    let of = |value: &Value| match &fields {
        Some(fields) => fields.iter().map(|field| in_words(&value[field])).collect(),
        None => vec![in_words(value)],
    };
    at.iter().map(of).collect()
}

fn pick(list: &Value, which: &str) -> Vec<Value> {
    let list = list.as_array().cloned().unwrap_or_default();
    match (which.split_once('='), which.parse::<usize>()) {
        (Some((field, is)), _) => list.into_iter().filter(|value| in_words(&value[field]) == is).collect(),
        (None, Ok(at)) => list.into_iter().nth(at).into_iter().collect(),
        (None, Err(_)) => list,
    }
}

fn in_words(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(list) if list.is_empty() => "-".to_owned(),
        Value::Array(list) => {
            let names: Vec<String> = list.iter().map(|value| in_words(value.get("name").unwrap_or(value))).collect();
            names.join(", ")
        }
        other => other.to_string(),
    }
}

/// The words of a command line, quotes taken off.
pub fn words(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let (mut quoted, mut apart) = (false, true);
    for letter in line.chars() {
        match letter {
            '\'' => quoted = !quoted,
            ' ' if !quoted => apart = true,
            letter => {
                if std::mem::take(&mut apart) {
                    words.push(String::new());
                }
                if let Some(word) = words.last_mut() {
                    word.push(letter);
                }
            }
        }
    }
    words
}

/// The questions of a file.
fn read(file: &str) -> Vec<Question> {
    let mut questions: Vec<Question> = Vec::new();
    for line in file.lines() {
        if let Some(asked) = line.strip_prefix("## ") {
            questions.push(Question { asked: asked.to_owned(), ..Question::default() });
            continue;
        }
        let Some(question) = questions.last_mut() else { continue };
        if let Some(proof) = line.strip_prefix("> ") {
            question.proof.push(proof.to_owned());
        } else if let Some(command) = line.strip_prefix("    $ throughline ") {
            question.asks.push(Ask { command: command.to_owned(), expected: Vec::new() });
        } else if let Some(ask) = question.asks.last_mut() {
            if let Some(expected) = line.strip_prefix("- `") {
                ask.expected.push(expectation(expected));
            } else if let (Some(expected), Some(line)) = (ask.expected.last_mut(), line.strip_prefix("  - ")) {
                expected.lines.push(line.to_owned());
            } else {
                assert!(line.is_empty(), "not understood: {line}");
            }
        }
    }
    questions
}

fn expectation(line: &str) -> Expected {
    let (path, rest) = line.split_once('`').expect("a path");
    let words = [
        (", in this order:", How::InThisOrder),
        (", in any order:", How::InAnyOrder),
        (", beginning with:", How::BeginningWith),
        (", among others:", How::AmongOthers),
        (", never:", How::Never),
        (" is none", How::InThisOrder),
    ];
    let path = path.to_owned();
    if let Some((_, how)) = words.iter().find(|(words, _)| *words == rest) {
        return Expected { path, how: *how, lines: Vec::new() };
    }
    let value = rest.strip_prefix(" is `").and_then(|rest| rest.strip_suffix('`'));
    let value = value.unwrap_or_else(|| panic!("not understood: {line}"));
    Expected { path, how: How::InThisOrder, lines: vec![value.to_owned()] }
}
