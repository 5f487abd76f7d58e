//! Which row a parsed item is: by anchor first, then by nearest text.

use std::collections::{HashMap, HashSet, VecDeque};

use similar::TextDiff;

use super::ParsedItem;
use super::repeat::key;
use crate::model::{ItemId, ItemKind};

/// An item as it was last saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownItem {
    /// Its id.
    pub id: ItemId,
    /// What it was.
    pub kind: ItemKind,
    /// Its anchor.
    pub anchor: String,
    /// Its text.
    pub text: String,
    /// Its line.
    pub line: u32,
    /// Its line had been deleted: only its anchor brings it back.
    pub archived: bool,
}

/// How like two texts must be (0 to 1) to be one item reworded.
const ALIKE: f32 = 0.6;
/// The same between the same neighbours, where only one item is missing and only one is new.
const ALIKE_IN_PLACE: f32 = 0.3;
/// How many rows are compared with one item: it keeps the work linear in the number of items.
const MOST_COMPARED: usize = 6;
/// A word that more rows than this share says little.
const COMMON_WORD: usize = 40;
/// Longer texts are compared by their beginning.
const MOST_CHARS: usize = 300;

/// For each parsed item the row it is, none for a new one; each row once. Of two lines with one anchor the row is the
/// one that stands where the row's line was, else the first.
#[must_use]
pub fn reconcile(known: &[KnownItem], parsed: &[ParsedItem]) -> Vec<Option<ItemId>> {
    let mut matching = Matching { known, parsed, of: vec![None; parsed.len()], used: vec![false; known.len()] };
    matching.by_anchor();
    matching.by_equal_text();
    matching.by_like_text();
    matching.by_place();
    matching.of.iter().map(|at| at.map(|at| known[at].id)).collect()
}

struct Matching<'a> {
    known: &'a [KnownItem],
    parsed: &'a [ParsedItem],
    of: Vec<Option<usize>>,
    used: Vec<bool>,
}

impl Matching<'_> {
    fn pair(&mut self, item: usize, row: usize) {
        self.of[item] = Some(row);
        self.used[row] = true;
    }

    fn by_anchor(&mut self) {
        let mut rows: HashMap<&str, usize> = HashMap::new();
        for (at, row) in self.known.iter().enumerate() {
            rows.entry(row.anchor.as_str()).or_insert(at);
        }
        let mut best: HashMap<usize, usize> = HashMap::new();
        for (at, item) in self.parsed.iter().enumerate() {
            let Some(&row) = item.anchor.as_deref().and_then(|a| rows.get(a)) else { continue };
            let in_place = item.line == self.known[row].line && item.text == self.known[row].text;
            let other = best.entry(row).or_insert(at);
            if in_place {
                *other = at;
            }
        }
        let mut pairs: Vec<(usize, usize)> = best.into_iter().map(|(row, item)| (item, row)).collect();
        pairs.sort_unstable();
        for (item, row) in pairs {
            self.pair(item, row);
        }
    }

    /// Items that may still be a row: those without an anchor, or with one that nobody knows. A second line with a known
    /// anchor is a paste, and new.
    fn free_items(&self) -> Vec<usize> {
        let anchors: HashSet<&str> = self.known.iter().map(|row| row.anchor.as_str()).collect();
        (0..self.parsed.len())
            .filter(|at| self.of[*at].is_none())
            .filter(|at| self.parsed[*at].anchor.as_deref().is_none_or(|a| !anchors.contains(a)))
            .collect()
    }

    fn free_rows(&self) -> Vec<usize> {
        let mut rows: Vec<usize> =
            (0..self.known.len()).filter(|at| !self.used[*at] && !self.known[*at].archived).collect();
        rows.sort_by_key(|at| self.known[*at].line);
        rows
    }

    fn by_equal_text(&mut self) {
        let mut rows: HashMap<(ItemKind, String), VecDeque<usize>> = HashMap::new();
        for at in self.free_rows() {
            rows.entry((self.known[at].kind, key(&self.known[at].text))).or_default().push_back(at);
        }
        for item in self.free_items() {
            let Some(equal) = rows.get_mut(&(self.parsed[item].kind, key(&self.parsed[item].text))) else { continue };
            // The one on the same line, else the first.
            let nth = equal.iter().position(|at| self.known[*at].line == self.parsed[item].line).unwrap_or(0);
            if let Some(row) = equal.remove(nth) {
                self.pair(item, row);
            }
        }
    }

    fn by_like_text(&mut self) {
        let (items, rows) = (self.free_items(), self.free_rows());
        if items.is_empty() || rows.is_empty() {
            return;
        }
        let mut having: HashMap<String, Vec<usize>> = HashMap::new();
        for row in &rows {
            for word in words(&self.known[*row].text) {
                having.entry(word).or_default().push(*row);
            }
        }
        let mut scored: Vec<(f32, usize, usize)> = Vec::new();
        for item in items {
            let mut shared: HashMap<usize, usize> = HashMap::new();
            for word in words(&self.parsed[item].text) {
                let with = having.get(&word).map_or(&[][..], Vec::as_slice);
                for row in with.iter().take(COMMON_WORD) {
                    *shared.entry(*row).or_default() += COMMON_WORD / with.len().min(COMMON_WORD) + 1;
                }
            }
            let mut close: Vec<(usize, usize)> = shared.into_iter().map(|(row, n)| (n, row)).collect();
            close.sort_unstable_by_key(|(n, row)| (std::cmp::Reverse(*n), *row));
            for (_, row) in close.into_iter().take(MOST_COMPARED) {
                let score = self.likeness(item, row);
                if score >= ALIKE {
                    scored.push((score, item, row));
                }
            }
        }
        scored.sort_by(|a, b| {
            let apart = |pair: &(f32, usize, usize)| self.parsed[pair.1].line.abs_diff(self.known[pair.2].line);
            b.0.total_cmp(&a.0).then_with(|| apart(a).cmp(&apart(b))).then_with(|| (a.1, a.2).cmp(&(b.1, b.2)))
        });
        for (_, item, row) in scored {
            if self.of[item].is_none() && !self.used[row] {
                self.pair(item, row);
            }
        }
    }

    /// A line reworded past likeness, but where it was: between the same neighbours, one gone and one new.
    fn by_place(&mut self) {
        let free_items: HashSet<usize> = self.free_items().into_iter().collect();
        let order = self.ordered_rows();
        let mut nth_of: HashMap<usize, usize> = HashMap::new();
        for (nth, row) in order.iter().enumerate() {
            nth_of.insert(*row, nth);
        }
        let mut at = 0;
        let mut found = Vec::new();
        while at < self.parsed.len() {
            if !free_items.contains(&at) {
                at += 1;
                continue;
            }
            let mut end = at;
            while end < self.parsed.len() && free_items.contains(&end) {
                end += 1;
            }
            let before = at.checked_sub(1).map(|b| self.of[b].and_then(|row| nth_of.get(&row).copied()));
            let after = self.of.get(end).map(|a| a.and_then(|row| nth_of.get(&row).copied()));
            let (from, to) = (before.map_or(Some(0), |b| b.map(|b| b + 1)), after.unwrap_or(Some(order.len())));
            if let (Some(from), Some(to)) = (from, to)
                && from <= to
            {
                let gone: Vec<usize> = order[from..to].iter().copied().filter(|row| !self.used[*row]).collect();
                if let ([row], 1) = (&gone[..], end - at)
                    && self.likeness(at, *row) >= ALIKE_IN_PLACE
                {
                    found.push((at, *row));
                }
            }
            at = end;
        }
        for (item, row) in found {
            if !self.used[row] {
                self.pair(item, row);
            }
        }
    }

    fn ordered_rows(&self) -> Vec<usize> {
        let mut rows: Vec<usize> =
            (0..self.known.len()).filter(|at| !self.known[*at].archived || self.used[*at]).collect();
        rows.sort_by_key(|at| (self.known[*at].line, *at));
        rows
    }

    fn likeness(&self, item: usize, row: usize) -> f32 {
        let (item, row) = (&self.parsed[item], &self.known[row]);
        if item.kind != row.kind {
            return 0.0;
        }
        let (a, b) = (beginning(&item.text), beginning(&row.text));
        let by_word = TextDiff::from_words(a.as_str(), b.as_str()).ratio();
        if by_word >= ALIKE { by_word } else { by_word.max(TextDiff::from_chars(a.as_str(), b.as_str()).ratio()) }
    }
}

fn beginning(text: &str) -> String {
    key(&text.chars().take(MOST_CHARS).collect::<String>())
}

fn words(text: &str) -> HashSet<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(60).map(str::to_lowercase).collect()
}
