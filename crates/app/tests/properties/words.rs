//! What people write in notes.

use proptest::prelude::*;

/// Names of those who are met; two are called Ana.
pub const PEOPLE: [&str; 6] = ["Ana Silva", "Ana Berg", "Ben Okoro", "Cleo Duarte", "Dee Flores", "Max Moser"];
/// Their addresses; the last is the user's.
pub const EMAILS: [&str; 6] = [
    "ana.silva@acme.com",
    "aberg@gmail.com",
    "ben@acme.com",
    "cleo@northwind.org",
    "dee@northwind.org",
    "max@moser.dev",
];
/// Handles that lines use; some are of nobody yet.
const HANDLES: [&str; 8] = ["ana", "ana.berg", "aberg", "ben", "cleo", "dee", "max", "zoe"];
const TOPICS: [&str; 4] = ["budget", "client/acme", "client", "hiring"];

/// Lines, with `{p}` for a handle, `{w}` for a first name, `{t}` for a topic, `{n}` for a number and `{l}` for a link.
const LINES: [&str; 36] = [
    "!! @{p} send draft {n} by Friday #{t}",
    "!! follow up on {n} {l}",
    "!! {w}: call {n} due:2026-12-01",
    "- [ ] {w} to prepare deck {n} by 3 Dec",
    "- [ ] write up {n} @{p} #{t}",
    "- [x] ship {n} @{p}",
    "- [-] old thing {n}",
    "  - [ ] nested {n} {l}",
    "Action: @{p} mails {n}",
    "AI({w}): budget {n}",
    "I will do {n}",
    "=> we use option {n} #{t} {l}",
    "Decision: @{p} go with {n} revisit in 3 months",
    "- Decided: plan {n}",
    "  because of {n}",
    "  over the other {n}",
    "?? who owns {n} @{p}",
    "Open question: what of {n} #{t}",
    "- [x] ?? settled {n} @{p}",
    "- [-] Question: no more {n}",
    "prose {n} with @{p} and #{t}",
    "plain prose {n}",
    "## Action items",
    "## Decisions",
    "## Notes",
    "- item {n}",
    "- @{p}: item {n}",
    "",
    "```",
    "> => quoted {n}",
    "| Action | Owner |\n|---|---|\n| table {n} | @{p} |",
    "\\!! no item {n}",
    "1. [ ] numbered {n} 📅 2026-12-0{d}",
    "**Action** bold {n}",
    "Proposed resolution: maybe {n}",
    "!! trailing {n}  ",
];

/// A line with what is to be put into it.
#[derive(Debug, Clone)]
pub struct Line {
    template: u8,
    who: u8,
    topic: u8,
    number: u8,
    link: u8,
}

/// A line.
pub fn line() -> impl Strategy<Value = Line> {
    (0..LINES.len() as u8, 0u8..8, 0u8..4, 0u8..40, any::<u8>()).prop_map(|(template, who, topic, number, link)| Line {
        template,
        who,
        topic,
        number,
        link,
    })
}

impl Line {
    /// The line, where `anchors` are those of the items there are.
    pub fn write(&self, anchors: &[String]) -> String {
        let link = match anchors.len() {
            0 => String::new(),
            len => {
                let word = ["supersedes", "after", "answers"][usize::from(self.link % 3)];
                format!("{word} ^{}", anchors[usize::from(self.link / 3) % len])
            }
        };
        LINES[usize::from(self.template)]
            .replace("{p}", HANDLES[usize::from(self.who)])
            .replace("{w}", ["Ana", "Ben", "Cleo", "Zoe", "Dee", "Max", "Ana Silva", "Ana Berg"][usize::from(self.who)])
            .replace("{t}", TOPICS[usize::from(self.topic)])
            .replace("{n}", &self.number.to_string())
            .replace("{d}", &(self.number % 9 + 1).to_string())
            .replace("{l}", &link)
    }
}

/// Lines as a text.
pub fn text(lines: &[Line], anchors: &[String]) -> String {
    lines.iter().map(|line| line.write(anchors) + "\n").collect()
}
