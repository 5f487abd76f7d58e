//! Three-way merge by line, for a note that moved on under an open editor.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use similar::{Algorithm, DiffOp, TextDiff, capture_diff_slices};

use super::anchor;
use super::layout::line_starts;

/// What came of a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The merged text.
    pub text: String,
    /// How many stretches both sides changed, differently: both versions stand there, ours before theirs.
    pub conflicts: u32,
}

/// Merges two texts that come from `base`. What only one side changed is taken, a change that both made is made once,
/// and of lines that both changed both versions stay. An anchor that would then stand on two lines stays on the first.
#[must_use]
pub fn merge(base: &str, ours: &str, theirs: &str) -> Merged {
    let done = |text: &str| Merged { text: text.to_owned(), conflicts: 0 };
    if theirs == base || ours == theirs {
        return done(ours);
    }
    if ours == base {
        return done(theirs);
    }
    let mut words = HashMap::new();
    let (base, ours, theirs) =
        (Lines::new(base, &mut words), Lines::new(ours, &mut words), Lines::new(theirs, &mut words));
    let mut sweep =
        Sweep { base: &base, ours: &ours, theirs: &theirs, out: Out::new([&ours, &base, &theirs]), conflicts: 0 };
    sweep.run(&hunks(&base, &ours), &hunks(&base, &theirs));
    let conflicts = sweep.conflicts;
    let mut seen = HashSet::new();
    let text = anchor::strip(&sweep.out.text, |anchor| !seen.insert(anchor.to_owned()));
    Merged { text, conflicts }
}

/// A text as lines, each with its ending apart, and a number for each content.
struct Lines<'a> {
    lines: Vec<(&'a str, &'a str)>,
    ids: Vec<u32>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str, words: &mut HashMap<&'a str, u32>) -> Self {
        let starts = if text.is_empty() { Vec::new() } else { line_starts(text) };
        let mut lines = Vec::with_capacity(starts.len());
        let mut ids = Vec::with_capacity(starts.len());
        for (nth, start) in starts.iter().enumerate() {
            let line = &text[*start..starts.get(nth + 1).copied().unwrap_or(text.len())];
            let content = line.trim_end_matches(['\n', '\r']);
            lines.push((content, &line[content.len()..]));
            let next = u32::try_from(words.len()).unwrap_or(u32::MAX);
            ids.push(*words.entry(content).or_insert(next));
        }
        Self { lines, ids }
    }
}

/// A stretch of the base, and the lines that take its place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hunk {
    base: Range<usize>,
    new: Range<usize>,
}

/// Longer stretches are not looked at line by line.
const MOST_PAIRED: usize = 2_500;
/// How like a line must be to one of the base to be that line, changed.
const ALIKE: f32 = 0.5;

fn hunks(base: &Lines, side: &Lines) -> Vec<Hunk> {
    let mut hunks = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &base.ids, &side.ids) {
        let (old, new) = match op {
            DiffOp::Equal { .. } => continue,
            DiffOp::Delete { old_index, old_len, new_index } => (old_index..old_index + old_len, new_index..new_index),
            DiffOp::Insert { old_index, new_index, new_len } => (old_index..old_index, new_index..new_index + new_len),
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                (old_index..old_index + old_len, new_index..new_index + new_len)
            }
        };
        split(base, side, old, new, &mut hunks);
    }
    hunks
}

/// Splits a replaced stretch into the lines that were changed and those that came or went, so that changes to
/// neighbouring lines do not meet.
fn split(base: &Lines, side: &Lines, old: Range<usize>, new: Range<usize>, out: &mut Vec<Hunk>) {
    let (mut from_old, mut from_new) = (old.start, new.start);
    if !old.is_empty() && !new.is_empty() && old.len() * new.len() <= MOST_PAIRED {
        for at in old.clone() {
            let alike =
                (from_new..new.end).find(|n| TextDiff::from_chars(base.lines[at].0, side.lines[*n].0).ratio() >= ALIKE);
            if let Some(with) = alike {
                rest(from_old..at, from_new..with, out);
                out.push(Hunk { base: at..at + 1, new: with..with + 1 });
                (from_old, from_new) = (at + 1, with + 1);
            }
        }
    }
    rest(from_old..old.end, from_new..new.end, out);
}

/// What is not alike: as many lines as before are taken one by one.
fn rest(old: Range<usize>, new: Range<usize>, out: &mut Vec<Hunk>) {
    if old.is_empty() && new.is_empty() {
        return;
    }
    if old.len() == new.len() {
        out.extend(old.zip(new).map(|(o, n)| Hunk { base: o..o + 1, new: n..n + 1 }));
    } else {
        out.push(Hunk { base: old, new });
    }
}

struct Sweep<'a> {
    base: &'a Lines<'a>,
    ours: &'a Lines<'a>,
    theirs: &'a Lines<'a>,
    out: Out<'a>,
    conflicts: u32,
}

impl Sweep<'_> {
    fn run(&mut self, ours: &[Hunk], theirs: &[Hunk]) {
        let (mut i, mut j, mut at) = (0, 0, 0);
        // How far each side is ahead of the base.
        let (mut our_at, mut their_at) = (0_usize, 0_usize);
        loop {
            let first = match (ours.get(i), theirs.get(j)) {
                (None, None) => break,
                (Some(a), None) => a,
                (None, Some(b)) => b,
                (Some(a), Some(b)) if (b.base.start, b.base.end) < (a.base.start, a.base.end) => b,
                (Some(a), Some(_)) => a,
            };
            let mut span = first.base.clone();
            let (i0, j0) = (i, j);
            loop {
                let before = (i, j);
                i += usize::from(ours.get(i).is_some_and(|h| meets(&span, &h.base)));
                if i > before.0 {
                    span = span.start.min(ours[i - 1].base.start)..span.end.max(ours[i - 1].base.end);
                }
                j += usize::from(theirs.get(j).is_some_and(|h| meets(&span, &h.base)));
                if j > before.1 {
                    span = span.start.min(theirs[j - 1].base.start)..span.end.max(theirs[j - 1].base.end);
                }
                if (i, j) == before {
                    break;
                }
            }
            while at < span.start {
                self.stable(at, our_at, their_at);
                (at, our_at, their_at) = (at + 1, our_at + 1, their_at + 1);
            }
            self.changed(&span, &ours[i0..i], &theirs[j0..j]);
            at = span.end;
            let ahead = |hunks: &[Hunk], side: usize| {
                let gone: usize = hunks.iter().map(|h| h.base.len()).sum();
                let come: usize = hunks.iter().map(|h| h.new.len()).sum();
                side + span.len() + come - gone
            };
            our_at = ahead(&ours[i0..i], our_at);
            their_at = ahead(&theirs[j0..j], their_at);
        }
        while at < self.base.lines.len() {
            self.stable(at, our_at, their_at);
            (at, our_at, their_at) = (at + 1, our_at + 1, their_at + 1);
        }
    }

    /// A line that all three have; its ending may have changed.
    fn stable(&mut self, at: usize, our_at: usize, their_at: usize) {
        let (line, end) = self.base.lines[at];
        let of = |side: &Lines, at: usize| side.lines.get(at).map_or("", |l| l.1).to_owned();
        let (our_end, their_end) = (of(self.ours, our_at), of(self.theirs, their_at));
        self.out.put(line, if our_end == end { &their_end } else { &our_end });
    }

    fn changed(&mut self, span: &Range<usize>, ours: &[Hunk], theirs: &[Hunk]) {
        let lines = |hunks: &[Hunk]| -> Vec<usize> { hunks.iter().flat_map(|h| h.new.clone()).collect() };
        let (our_lines, their_lines) = (lines(ours), lines(theirs));
        let our_ids: Vec<u32> = our_lines.iter().map(|at| self.ours.ids[*at]).collect();
        let their_ids: Vec<u32> = their_lines.iter().map(|at| self.theirs.ids[*at]).collect();
        if !ours.is_empty() && !theirs.is_empty() && our_ids != their_ids && !span.is_empty() {
            self.conflicts += 1;
        }
        let (our_side, their_side) = (self.ours, self.theirs);
        let our = |at: usize| our_side.lines[our_lines[at]];
        let their = |at: usize| their_side.lines[their_lines[at]];
        for op in capture_diff_slices(Algorithm::Myers, &our_ids, &their_ids) {
            let (old, new) = (op.old_range(), op.new_range());
            for at in old {
                self.out.put(our(at).0, our(at).1);
            }
            if !matches!(op, DiffOp::Equal { .. }) {
                for at in new {
                    self.out.put(their(at).0, their(at).1);
                }
            }
        }
    }
}

/// Whether two stretches of the base overlap; lines put in at one place do, side by side stretches do not.
fn meets(a: &Range<usize>, b: &Range<usize>) -> bool {
    match (a.is_empty(), b.is_empty()) {
        (true, true) => a.start == b.start,
        (true, false) => b.start < a.start && a.start < b.end,
        (false, true) => a.start < b.start && b.start < a.end,
        (false, false) => a.start < b.end && b.start < a.end,
    }
}

/// The text that comes out: every line but the last has an ending.
struct Out<'a> {
    text: String,
    ending: &'a str,
    open: bool,
}

impl<'a> Out<'a> {
    fn new(sides: [&Lines<'a>; 3]) -> Self {
        let mut endings = sides.iter().flat_map(|side| &side.lines).map(|line| line.1);
        let ending = endings.find(|end| !end.is_empty()).unwrap_or("\n");
        Self { text: String::new(), ending, open: false }
    }

    fn put(&mut self, line: &str, end: &str) {
        if self.open {
            self.text.push_str(self.ending);
        }
        self.text.push_str(line);
        self.text.push_str(end);
        self.open = end.is_empty();
    }
}
