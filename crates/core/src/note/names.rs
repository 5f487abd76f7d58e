//! Names of people: which person a written name, handle or pair of initials stands for.

use std::collections::{HashMap, HashSet};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::model::PersonId;

/// A person whom a note may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub person_id: PersonId,
    /// Their name as shown.
    pub name: String,
    /// Their handles, lower case, without `@`.
    pub handles: Vec<String>,
    /// Further names they are known by.
    pub aliases: Vec<String>,
}

/// People by the names they answer to. Building costs time with each person; looking one up does not.
#[derive(Debug, Clone, Default)]
pub struct PeopleIndex {
    names: HashMap<String, Vec<PersonId>>,
    surnames: HashMap<String, Vec<PersonId>>,
    initials: HashMap<String, Vec<(PersonId, String)>>,
    handles: HashMap<String, PersonId>,
}

/// Whom a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    Nobody,
    One(PersonId),
    Several(Vec<PersonId>),
}

impl PeopleIndex {
    /// Indexes these people by full name, first name, last name, initials, further names and handles.
    #[must_use]
    pub fn new(people: &[Candidate]) -> Self {
        let mut index = Self::default();
        for person in people {
            let id = person.person_id;
            for handle in &person.handles {
                index.handles.entry(handle.to_lowercase()).or_insert(id);
            }
            for (nth, name) in std::iter::once(&person.name).chain(&person.aliases).enumerate() {
                index.put(id, name, nth == 0);
            }
        }
        index
    }

    fn put(&mut self, id: PersonId, name: &str, own: bool) {
        if name.contains('@') {
            return;
        }
        let bare = without_brackets(name);
        let words: Vec<&str> = bare.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        add(&mut self.names, fold(&words.join(" ")), id);
        if words.len() == 1 {
            return;
        }
        add(&mut self.names, fold(first), id);
        add(&mut self.names, fold(&format!("{first} {last}")), id);
        if let Some(letter) = last.chars().next() {
            add(&mut self.names, fold(&format!("{first} {letter}")), id);
        }
        add(&mut self.surnames, fold(last), id);
        if own {
            let all: String = words.iter().flat_map(|w| w.split('-')).filter_map(|w| w.chars().next()).collect();
            let ends: String = [first, last].iter().filter_map(|w| w.chars().next()).collect();
            let each: String = words.iter().filter_map(|w| w.chars().next()).collect();
            for natural in HashSet::from([all, ends, each]) {
                self.initials.entry(fold(&natural)).or_default().push((id, natural));
            }
        }
    }

    /// Whom a full name, a first name or a further name stands for, in any case.
    pub(super) fn by_name(&self, written: &str) -> Found {
        found(self.names.get(&fold(written)))
    }

    /// Whom a last name stands for.
    pub(super) fn by_surname(&self, written: &str) -> Found {
        found(self.surnames.get(&fold(written)))
    }

    /// Whom initials stand for: capitals, or as the name writes them ("eP", "MdJ"). Only where they are unique.
    pub(super) fn by_initials(&self, written: &str) -> Found {
        let Some(hits) = self.initials.get(&fold(written)) else { return Found::Nobody };
        let capitals = written.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
        let mut ids: Vec<PersonId> =
            hits.iter().filter(|(_, natural)| capitals || natural == written).map(|(id, _)| *id).collect();
        ids.dedup();
        if let [one] = ids[..] { Found::One(one) } else { Found::Nobody }
    }

    /// Whose handle this is.
    pub(super) fn by_handle(&self, handle: &str) -> Option<PersonId> {
        self.handles.get(handle).copied()
    }
}

fn add(map: &mut HashMap<String, Vec<PersonId>>, key: String, id: PersonId) {
    let ids = map.entry(key).or_default();
    if !ids.contains(&id) {
        ids.push(id);
    }
}

fn found(ids: Option<&Vec<PersonId>>) -> Found {
    match ids.map(Vec::as_slice) {
        None | Some([]) => Found::Nobody,
        Some([one]) => Found::One(*one),
        Some(several) => Found::Several(several.to_vec()),
    }
}

/// "Ana Silva (she/her) [Acme]" without what stands in brackets.
fn without_brackets(name: &str) -> String {
    let mut depth = 0_i32;
    name.chars()
        .filter(|c| {
            match c {
                '(' | '[' | '<' => depth += 1,
                ')' | ']' | '>' => {
                    depth -= 1;
                    return false;
                }
                _ => {}
            }
            depth <= 0
        })
        .collect()
}

/// Case and diacritics away, blanks made one, a full stop after an initial dropped.
pub(super) fn fold(written: &str) -> String {
    let mut out = String::with_capacity(written.len());
    for word in written.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        let word = word.trim_end_matches('.');
        if word.is_ascii() {
            out.extend(word.chars().map(|c| c.to_ascii_lowercase()));
        } else {
            out.extend(word.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase));
        }
    }
    out
}
