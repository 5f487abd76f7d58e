//! Names of people and organizations that a text meant for others had better not hold: found, for somebody to look at.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::fold;

/// From so many people on who share a name, the name is told and not the people.
const MANY: usize = 3;

/// Names to look for, and words that are not to be taken for them.
#[derive(Debug, Default)]
pub struct Outsiders {
    names: Vec<Name>,
    /// Which names a folded word begins, or of a person is a part of.
    words: HashMap<String, Vec<usize>>,
    known: HashSet<String>,
}

#[derive(Debug)]
struct Name {
    shown: String,
    words: Vec<String>,
    /// As written; of people alone: one of them gives a person away.
    parts: Vec<String>,
}

impl Outsiders {
    /// Adds a person to look for, by their name and what else they are called.
    pub fn person(&mut self, name: &str, aliases: &[String]) {
        for called in std::iter::once(name).chain(aliases.iter().map(String::as_str)).filter(|name| !name.contains('@'))
        {
            let parts = words(called).filter(|word| word.chars().count() > 2).map(str::to_owned).collect();
            self.add(name, called, parts);
        }
    }

    /// Adds an organization to look for, by its name and domains.
    pub fn organization(&mut self, name: &str, domains: &[String]) {
        for called in std::iter::once(name).chain(domains.iter().map(String::as_str)) {
            self.add(name, called, Vec::new());
        }
    }

    /// Says that the words of this name are not to be taken for somebody else's first or last name.
    pub fn insider(&mut self, name: &str) {
        self.known.extend(words(name).map(fold));
    }

    fn add(&mut self, shown: &str, called: &str, parts: Vec<String>) {
        let folded: Vec<String> = words(called).map(fold).collect();
        let Some(first) = folded.first() else { return };
        let at = self.names.len();
        let mut keys: BTreeSet<String> = parts.iter().map(|part| fold(part)).collect();
        keys.insert(first.clone());
        for key in keys {
            self.words.entry(key).or_default().push(at);
        }
        self.names.push(Name { shown: shown.to_owned(), words: folded, parts });
    }

    /// Whose names stand in the text, in order of name: whole names in any case, and first or last names of people as
    /// they are written. Where a first or last name is that of many, or of somebody who may be told, it is no sign of
    /// anybody.
    #[must_use]
    pub fn in_text(&self, text: &str) -> BTreeSet<String> {
        let written: Vec<&str> = words(text).collect();
        let folded: Vec<String> = written.iter().map(|word| fold(word)).collect();
        let mut found = BTreeSet::new();
        for (at, word) in folded.iter().enumerate() {
            let mut parts: BTreeSet<&str> = BTreeSet::new();
            for name in self.words.get(word).into_iter().flatten().map(|at| &self.names[*at]) {
                if folded[at..].starts_with(&name.words) {
                    found.insert(name.shown.clone());
                } else if !self.known.contains(word) && name.parts.iter().any(|part| part == written[at]) {
                    parts.insert(&name.shown);
                }
            }
            // A whole name that stands here says whose the word is.
            let whole = parts.iter().any(|name| found.contains(*name));
            if parts.len() > MANY {
                found.insert(written[at].to_owned());
            } else if !whole {
                found.extend(parts.into_iter().map(str::to_owned));
            }
        }
        found
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let split = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')));
    split
        .map(|word| word.trim_matches(['\'', '’']))
        .map(|word| word.strip_suffix("'s").unwrap_or(word))
        .map(|word| word.strip_suffix("’s").unwrap_or(word))
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_others_are_found_and_those_of_the_room_are_not() {
        let mut outsiders = Outsiders::default();
        outsiders.person("Zoe Quist", &["Zo".to_owned(), "zoe@globex.example".to_owned()]);
        outsiders.person("Ana Berg", &[]);
        outsiders.person("Will Park", &[]);
        outsiders.organization("Globex", &["globex.example".to_owned()]);
        outsiders.organization("Blue Sky Partners", &[]);
        outsiders.insider("Ana Silva");
        for (text, expected) in [
            ("as agreed with Zoe", vec!["Zoe Quist"]),
            ("Quist's price", vec!["Zoe Quist"]),
            ("zoe quist pays", vec!["Zoe Quist"]),
            ("ZOE pays", vec![]),
            ("Ana pays", vec![]),
            ("Ana Berg pays", vec!["Ana Berg"]),
            ("we will do it, and park it", vec![]),
            ("the GLOBEX rate, as blue sky partners has it", vec!["Blue Sky Partners", "Globex"]),
            ("mail zoe@globex.example", vec!["Globex"]),
            ("globexes", vec![]),
            ("", vec![]),
        ] {
            let expected: BTreeSet<String> = expected.into_iter().map(str::to_owned).collect();
            assert_eq!(outsiders.in_text(text), expected, "{text}");
        }
    }

    #[test]
    fn a_name_of_many_is_told_as_it_stands() {
        let mut outsiders = Outsiders::default();
        for last in ["A", "B", "C", "D"] {
            outsiders.person(&format!("Zoe {last}"), &[]);
        }
        assert_eq!(outsiders.in_text("ask Zoe"), BTreeSet::from(["Zoe".to_owned()]));
    }
}
