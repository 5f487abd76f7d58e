//! Decisions that hold and may not go together: offered for a look, never judged.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::{DecisionStatus, Graph, View};
use crate::model::{Item, ItemId, ItemKind};
use crate::people::fold;

/// Of a topic at most so many are compared, the latest.
const LATEST: usize = 200;
/// So many words at least must be common to two decisions, numbers and words of yes and no not counted.
const COMMON: usize = 2;

/// Words that say nothing of what a decision is about.
const EMPTY: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "been", "by", "for", "from", "go", "has", "have", "he", "her", "his",
    "in", "is", "it", "its", "of", "on", "or", "our", "she", "shall", "so", "that", "the", "their", "them", "then",
    "there", "they", "this", "to", "us", "was", "we", "were", "will", "with", "would", "you", "your", "now", "all",
    "revisit",
];

/// Words that turn a sentence round.
const NOT: &[&str] = &[
    "not", "no", "never", "without", "cannot", "cant", "dont", "wont", "doesnt", "isnt", "neither", "none", "refuse",
    "against", "nobody",
];

/// Words of which one decision says one side and another the other.
const OPPOSITES: &[(&[&str], &[&str])] = &[
    (
        &["start", "begin", "resume", "continue", "keep", "stay", "retain"],
        &["stop", "end", "pause", "drop", "cancel", "discontinue", "abandon", "retire", "remove", "replace"],
    ),
    (&["increase", "raise", "more", "higher"], &["decrease", "reduce", "lower", "cut", "less", "fewer"]),
    (
        &["allow", "permit", "accept", "approve", "include"],
        &["forbid", "deny", "reject", "refuse", "decline", "exclude"],
    ),
    (&["before"], &["after"]),
    (&["internal", "internally", "inhouse"], &["external", "externally", "outsource", "outsourced"]),
    (&["daily"], &["weekly", "monthly", "quarterly", "yearly"]),
    (&["weekly"], &["monthly", "quarterly", "yearly", "fortnightly"]),
    (&["monthly"], &["quarterly", "yearly"]),
    (&["buy"], &["build", "rent"]),
    (&["fixed"], &["hourly", "variable"]),
    (&["public"], &["private"]),
    (&["mandatory", "required"], &["optional", "voluntary"]),
    (&["enable", "on"], &["disable", "off"]),
    (&["yes"], &["no"]),
];

/// Two decisions that hold and may not go together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// A topic of both.
    pub topic: String,
    /// The older.
    pub a: ItemId,
    /// The newer.
    pub b: ItemId,
    /// What makes them look so, as a sentence.
    pub why: String,
}

impl Graph {
    /// Pairs of decisions on one topic that both hold today and look as if they did not go together, the newest first.
    ///
    /// The rule: both hold, stand in no private part, and share a topic as written. They are about the same matter: at
    /// least two words, and at least half of the words of the shorter, are common to them, words that say nothing left
    /// out. And one of these: one says *not* and the other does not; one has a word of which the other has the opposite
    /// ("keep" and "stop", "weekly" and "monthly"); or the words are otherwise those of the other but for a number, an
    /// amount or a date. What supersedes the other is no contradiction: then only one of them holds. Of a topic the
    /// latest 200 are compared.
    #[must_use]
    pub fn contradictions(&self, view: &View) -> Vec<Contradiction> {
        let mut found: BTreeMap<(ItemId, ItemId), Contradiction> = BTreeMap::new();
        let mut known = HashMap::new();
        for (topic, items) in self.held_by_topic(view) {
            let read: Vec<(&Item, Words)> =
                items.into_iter().map(|item| (item, Words::of(&item.text, &mut known))).collect();
            for (nth, (newer, said)) in read.iter().enumerate() {
                for (older, before) in &read[nth + 1..] {
                    let why = before.against(said);
                    if let Some(why) = why {
                        let pair = Contradiction { topic: topic.to_owned(), a: older.id, b: newer.id, why };
                        found.entry((older.id, newer.id)).or_insert(pair);
                    }
                }
            }
        }
        let mut found: Vec<Contradiction> = found.into_values().collect();
        let when = |id: ItemId| self.item(id).map(|item| self.when(item));
        found.sort_by_key(|pair| std::cmp::Reverse((when(pair.b), pair.b, when(pair.a), pair.a)));
        found
    }

    /// The decisions that hold of each topic, latest first.
    fn held_by_topic(&self, view: &View) -> BTreeMap<&str, Vec<&Item>> {
        let mut topics: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
        let today = Some(view.as_of_today());
        for at in self.topics.values() {
            let Some(crate::graph::NodeRef::Topic(topic)) = self.net.node_weight(*at).map(|node| &node.key) else {
                continue;
            };
            let held = self.items_to(*at, super::EdgeKind::About).filter(|item| {
                item.kind == ItemKind::Decision
                    && super::read::is_open_to_all(item)
                    && self.status_as_of(item, today) == DecisionStatus::Holds
            });
            let mut held: Vec<&Item> = held.collect();
            held.sort_by_key(|item| std::cmp::Reverse((self.when(item), item.id)));
            held.truncate(LATEST);
            topics.insert(topic, held);
        }
        topics
    }
}

/// A decision's words, sorted by what they are good for: each is looked at once, for a decision is compared with hundreds.
#[derive(Debug)]
struct Words {
    /// By their numbers among those known, in order.
    matter: Vec<usize>,
    numbers: BTreeSet<String>,
    not: bool,
    /// Of each pair of opposites, in their order, what is said of either side.
    sides: Vec<[Option<Side>; 2]>,
}

/// A word of which there is an opposite.
#[derive(Debug, Clone, Copy)]
struct Side {
    word: &'static str,
    /// Whether it counts among the words of the matter.
    counts: bool,
}

static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"#[\pL\pN/_-]+|@[\pL\pN._-]+|[0-9]+(?:[.,:/-][0-9]+)*\s?(?:%|€|\$|£|k\b)?|\pL[\pL'’]*").ok()
});

impl Words {
    fn of(text: &str, known: &mut HashMap<String, usize>) -> Self {
        let mut words = Self { matter: Vec::new(), numbers: BTreeSet::new(), not: false, sides: Vec::new() };
        let Some(re) = WORD.as_ref() else { return words };
        let mut said: HashSet<String> = HashSet::new();
        for found in re.find_iter(text) {
            let word = found.as_str();
            if word.starts_with(['#', '@']) {
                continue;
            }
            if word.starts_with(|c: char| c.is_ascii_digit()) {
                words.numbers.insert(word.split_whitespace().collect());
                continue;
            }
            let word = fold(word).replace('\'', "");
            words.not |= NOT.contains(&word.as_str());
            let told = EMPTY.contains(&word.as_str()) || NOT.contains(&word.as_str());
            let stem = stem(&word);
            if !told {
                let next = known.len();
                words.matter.push(*known.entry(stem.clone()).or_insert(next));
            }
            said.insert(stem);
        }
        words.matter.sort_unstable();
        words.matter.dedup();
        let has = |side: &[&'static str]| {
            let word = side.iter().find(|word| said.contains(&stem(word)))?;
            let counts = known.get(&stem(word)).is_some_and(|at| words.matter.binary_search(at).is_ok());
            Some(Side { word, counts })
        };
        words.sides = OPPOSITES.iter().map(|(one, two)| [has(one), has(two)]).collect();
        words
    }

    /// Why this and a later one look as if they did not go together; none where they do not.
    fn against(&self, newer: &Self) -> Option<String> {
        let shared = common(&self.matter, &newer.matter);
        if shared < COMMON {
            return None;
        }
        let opposite = self.opposite(newer);
        // The opposites are left out; neither says both, so that none of them is shared.
        let left_out = opposite.map_or((0, 0), |(was, is)| (usize::from(was.counts), usize::from(is.counts)));
        let (a, b) = (self.matter.len() - left_out.0, newer.matter.len() - left_out.1);
        if shared * 2 < a.min(b) {
            return None;
        }
        if self.not != newer.not {
            let (says, other) = if newer.not { ("newer", "older") } else { ("older", "newer") };
            return Some(format!("The {says} one says “not”, the {other} one does not."));
        }
        if let Some((was, is)) = opposite {
            return Some(format!("The older one says “{}”, the newer one “{}”.", was.word, is.word));
        }
        let other = self.numbers != newer.numbers;
        let same_words = shared * 4 >= a.max(b) * 3;
        if same_words && other && !self.numbers.is_empty() && !newer.numbers.is_empty() {
            let list = |words: &Self, other: &Self| -> String {
                words.numbers.difference(&other.numbers).cloned().collect::<Vec<_>>().join(", ")
            };
            let (was, is) = (list(self, newer), list(newer, self));
            return (!was.is_empty() && !is.is_empty())
                .then(|| format!("The older one says “{was}”, the newer one “{is}”."));
        }
        None
    }

    /// A word of this of which the other has the opposite, and neither has both.
    fn opposite(&self, other: &Self) -> Option<(Side, Side)> {
        self.sides.iter().zip(&other.sides).find_map(|pair| match pair {
            ([Some(was), None], [None, Some(is)]) | ([None, Some(was)], [Some(is), None]) => Some((*was, *is)),
            _ => None,
        })
    }
}

/// How many two lists in order have in common.
fn common(a: &[usize], b: &[usize]) -> usize {
    let (mut at, mut count) = (0, 0);
    for word in a {
        while b.get(at).is_some_and(|other| other < word) {
            at += 1;
        }
        count += usize::from(b.get(at) == Some(word));
    }
    count
}

/// The word without the endings of number and time: enough to see that two words are one.
fn stem(word: &str) -> String {
    for ending in ["ing", "ies", "ed", "es", "s"] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.chars().count() > 2
        {
            return stem.trim_end_matches('e').to_owned();
        }
    }
    word.trim_end_matches('e').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(older: &str, newer: &str) -> Option<String> {
        let mut known = HashMap::new();
        Words::of(older, &mut known).against(&Words::of(newer, &mut known))
    }

    #[test]
    fn decisions_on_one_matter_that_say_otherwise_are_offered() {
        for (older, newer, expected) in [
            ("We host the portal in Frankfurt", "We do not host the portal in Frankfurt", "“not”"),
            ("We don't ship the beta to clients", "We ship the beta to clients in March", "“not”"),
            ("Keep the weekly status report", "Stop the weekly status report", "“keep”, the newer one “stop”"),
            ("Status report goes out weekly", "The status report goes out monthly", "“weekly”"),
            (
                "Seat price is 12 € a month #pricing",
                "Seat price is 15 € a month #pricing",
                "“12€”, the newer one “15€”",
            ),
            ("Raise the support budget", "We reduce the budget of support", "“raise”"),
            ("Launch date is 2026-03-01", "Launch date is 2026-04-15", "2026-04-15"),
        ] {
            let why = why(older, newer);
            assert!(why.as_ref().is_some_and(|why| why.contains(expected)), "{older} | {newer}: {why:?}");
        }
    }

    #[test]
    fn decisions_on_other_matters_or_that_go_together_are_not() {
        for (older, newer) in [
            ("We host the portal in Frankfurt", "We do not hire before summer"),
            ("We host the portal in Frankfurt", "We host the portal in Frankfurt from May"),
            ("Price is 12 €", "Price is 15 €"),
            ("Seat price is 12 € a month", "Seat price for large clients is 15 € a month under contract with discount"),
            ("Seat price is 12 € a month", "Seat price is 12 € a month, tax added"),
            ("Keep the report and stop the meeting", "Keep the meeting and stop the report"),
            ("", ""),
        ] {
            assert_eq!(why(older, newer), None, "{older} | {newer}");
        }
    }
}
