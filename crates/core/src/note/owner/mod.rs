//! Who owns an item: handles at the front, at the end or in brackets, names at the front or in brackets at the end.

mod reader;

use std::ops::Range;

use chrono::NaiveDate;

use super::names::{Found, PeopleIndex, fold};
use super::{Context, WrittenOwner};
use crate::model::{ItemKind, PersonId};
use reader::{MOST_OWNERS, Reader, word};

/// Names as a note's readers know them: those in the room first.
pub(super) struct Names<'a> {
    attendees: PeopleIndex,
    cx: &'a Context<'a>,
}

/// Where a stretch of owners stands, and what is written there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    /// The names or handles with what joins them, without brackets.
    pub range: Range<usize>,
    /// "I'll" holds its verb.
    pub will: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Owners {
    pub written: Vec<WrittenOwner>,
    pub spans: Vec<Span>,
    /// Each name or handle, and where it stands.
    pub places: Vec<(Range<usize>, WrittenOwner)>,
}

impl<'a> Names<'a> {
    pub fn new(cx: &'a Context<'a>) -> Self {
        Self { attendees: PeopleIndex::new(cx.attendees), cx }
    }

    pub fn date(&self) -> Option<NaiveDate> {
        self.cx.date
    }

    /// Whether somebody in the room answers to this word.
    pub fn is_attendee(&self, word: &str) -> bool {
        self.attendees.by_name(word) != Found::Nobody
    }

    /// Whether somebody in the room has these initials.
    pub fn has_initials(&self, initials: &str) -> bool {
        self.attendees.by_initials(initials) != Found::Nobody
    }

    fn find(&self, written: &str) -> Found {
        if matches!(written, "I" | "me" | "Me" | "ME" | "myself") {
            return self.cx.me.map_or(Found::Nobody, Found::One);
        }
        let lower = !written.starts_with(char::is_uppercase);
        let single = !written.contains(' ');
        if lower && single && ORDINARY.split(' ').any(|word| word == fold(written)) {
            return Found::Nobody;
        }
        let found = self.attendees.by_name(written);
        if found != Found::Nobody {
            return found;
        }
        if single {
            let letters = written.chars().filter(|c| c.is_alphabetic()).count();
            if (2..=5).contains(&letters) && written.chars().any(char::is_uppercase) {
                let found = self.attendees.by_initials(written);
                if found != Found::Nobody {
                    return found;
                }
            }
            if !lower {
                let found = self.attendees.by_surname(written);
                if found != Found::Nobody {
                    return found;
                }
            }
        }
        self.cx.people.by_name(written)
    }

    fn person_of(&self, handle: &str) -> Option<PersonId> {
        self.attendees.by_handle(handle).or_else(|| self.cx.people.by_handle(handle))
    }
}

/// Names that are words: in lower case they name nobody.
const ORDINARY: &str = "will mark bill may art grace hope faith joy drew rob sue chase pat rich dean guy miles ray rose \
    dawn page lane case grant frank jack gene max penny april june august summer wade skip chip cliff earl king major \
    norm victor stone wood trip angel christian sandy sunny star sky young long an do so see in on";

/// Finds the owners in `masked` from `from` on. `taken` are due phrase, topics and links; `label` what a label addresses.
pub(super) fn find(
    masked: &str,
    from: usize,
    kind: ItemKind,
    handles: &[(Range<usize>, String)],
    taken: &[Range<usize>],
    label: Option<(Range<usize>, String)>,
    names: &Names,
) -> Owners {
    let mut owners = Owners::default();
    let acts = kind == ItemKind::Action;
    let reader = Reader { text: masked, handles, names, acts };
    if let Some((range, text)) = label {
        let handles: Vec<_> = super::tokens::handles(&text);
        let inner = Reader { text: &text, handles: &handles, names, acts };
        if let Some(found) = inner.whole(0..text.len()) {
            let moved = |(at, who): Place| (at.start + range.start..at.end + range.start, who);
            owners.put(found.into_iter().map(moved).collect(), range.clone(), false, names);
        }
    }
    let start = begins(masked, from, taken);
    let front = reader.front(start);
    let led = front.is_some();
    if let Some(front) = front {
        owners.put(front.who, front.range, front.will, names);
    }
    reader.brackets(from, &mut owners, taken);
    reader.end(from, taken, &mut owners, led);
    owners
}

/// Where the text begins, behind a due date, topics and links at its front.
fn begins(masked: &str, from: usize, taken: &[Range<usize>]) -> usize {
    let mut at = from;
    for _ in 0..MOST_OWNERS {
        let rest = &masked[at..];
        let bare = rest.trim_start_matches(|c: char| c.is_whitespace() || (at > from && matches!(c, ',' | ';' | ':')));
        at = masked.len() - bare.len();
        match taken.iter().find(|range| range.start == at && !range.is_empty()) {
            Some(range) => at = range.end,
            None => break,
        }
    }
    at
}

/// A name or handle, and where it stands.
pub(super) type Place = (Range<usize>, WrittenOwner);

impl Owners {
    fn put(&mut self, who: Vec<Place>, range: Range<usize>, will: bool, names: &Names) {
        if self.spans.iter().any(|span| span.range.start < range.end && range.start < span.range.end) {
            return;
        }
        for (at, one) in who {
            self.places.push((at, one.clone()));
            let same = |other: &WrittenOwner| match (other, &one) {
                (WrittenOwner::Handle(h), WrittenOwner::Person { id, .. })
                | (WrittenOwner::Person { id, .. }, WrittenOwner::Handle(h)) => names.person_of(h) == Some(*id),
                (WrittenOwner::Person { id: a, .. }, WrittenOwner::Person { id: b, .. }) => a == b,
                (a, b) => a == b,
            };
            match self.written.iter().position(same) {
                // A handle says it for sure.
                Some(at) if matches!(one, WrittenOwner::Handle(_)) => self.written[at] = one,
                Some(_) => {}
                None => self.written.push(one),
            }
        }
        self.spans.push(Span { range, will });
    }
}

/// The owners in an owner cell of a table: names and handles, joined as anywhere.
pub(super) fn cell(masked: &str, names: &Names) -> Vec<Place> {
    let handles = super::tokens::handles(masked);
    let reader = Reader { text: masked, handles: &handles, names, acts: false };
    let mut who = Vec::new();
    let mut at = 0;
    while at < masked.len() {
        let rest = &masked[at..];
        let bare = rest
            .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '&' | '/' | '+' | '(' | ')'));
        at = masked.len() - bare.len();
        match reader.one(at) {
            Some(one) => {
                who.extend(one.who.map(|who| (at..one.end, who)));
                at = one.end;
            }
            None => {
                let skip = word(bare).max(bare.chars().next().map_or(1, char::len_utf8));
                at += skip;
            }
        }
    }
    who
}

impl Owners {
    /// Adds owners that stand elsewhere, in a cell of their own.
    pub fn add(&mut self, who: Vec<Place>, names: &Names) {
        let (spans, places) = (std::mem::take(&mut self.spans), self.places.len());
        self.put(who, usize::MAX - 1..usize::MAX, false, names);
        self.spans = spans;
        self.places.truncate(places);
    }
}
