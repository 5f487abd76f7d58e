//! Reading owners off a text: what joins them, what verbs follow them, where they may stand.

use std::ops::Range;

use super::{Names, Owners, Place};
use crate::note::WrittenOwner;
use crate::note::inline::BLOT;
use crate::note::names::Found;

pub(super) struct Front {
    pub who: Vec<Place>,
    pub range: Range<usize>,
    pub will: bool,
}

pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub handles: &'a [(Range<usize>, String)],
    pub names: &'a Names<'a>,
    /// It is what somebody does: "I call them" is the user's.
    pub acts: bool,
}

/// One name or handle.
pub(super) struct One {
    pub who: Option<WrittenOwner>,
    pub end: usize,
    handle: bool,
}

/// Words that say that a name before them is an owner's.
const VERBS: [&str; 10] =
    ["to", "will", "shall", "needs to", "is to", "has to", "is going to", "agreed to", "offered to", "volunteered to"];
/// "I" in front of these says what the user thinks, and not what they do.
const MUSINGS: [&str; 9] = ["think", "wonder", "guess", "hope", "believe", "suppose", "doubt", "feel", "know"];
const PLURAL_VERBS: [&str; 5] = ["need to", "are to", "have to", "are going to", "both to"];

impl Reader<'_> {
    /// "@ana …", "Ana to …", "Ana: …", "Ana will …", "Ana and Ben to …"; or names and nothing else.
    pub(super) fn front(&self, start: usize) -> Option<Front> {
        let mut at = start;
        let mut who = Vec::new();
        let (mut handles_end, mut names, mut unknown) = (None, false, false);
        for _ in 0..8 {
            let Some(one) = self.one(at) else { break };
            let place = at..one.end;
            at = one.end;
            names |= !one.handle;
            match one.who {
                Some(w) => who.push((place, w)),
                None => unknown = true,
            }
            if one.handle && !names {
                handles_end = Some(at);
            }
            if names && !one.handle && self.will_follows(at) {
                break;
            }
            let Some(next) = self.separator(at, one.handle && !names) else { break };
            // A separator that leads nowhere belongs to the sentence.
            if self.one(next).is_none() {
                break;
            }
            at = next;
        }
        let done = |end: usize, will: bool, who: Vec<Place>| {
            let who: Vec<Place> = who.into_iter().filter(|(at, _)| at.end <= end).collect();
            (!who.is_empty()).then_some(Front { who, range: start..end, will })
        };
        if names {
            if let Some(verb) = self.verb(at, who.len() + usize::from(unknown) > 1) {
                return done(verb.0, verb.1, who);
            }
            if self.i_do(start, at) {
                return done(at, false, who);
            }
            let rest = self.text[at..].trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '!' | ';'));
            if rest.is_empty() && !unknown {
                return done(at, false, who);
            }
        }
        done(handles_end?, false, who)
    }

    /// "I call them": in an action whatever verb follows "I" says that it is the user's.
    fn i_do(&self, start: usize, end: usize) -> bool {
        let rest = self.text[end..].strip_prefix(' ').map(str::trim_start).unwrap_or_default();
        let does = rest.starts_with(char::is_lowercase) && !MUSINGS.iter().any(|verb| is_word(rest, verb));
        self.acts && &self.text[start..end] == "I" && does
    }

    /// "'ll" behind a name.
    fn will_follows(&self, at: usize) -> bool {
        self.text[at..].starts_with("'ll ") || self.text[at..].starts_with("’ll ")
    }

    /// Where the owners end, when a verb or a colon says that they are owners; and whether the verb is part of them.
    fn verb(&self, at: usize, several: bool) -> Option<(usize, bool)> {
        let rest = &self.text[at..];
        if self.will_follows(at) {
            return Some((at + rest.find(' ').unwrap_or(0), true));
        }
        let bare = rest.trim_start_matches([' ', '\t']);
        if let Some(after) = bare.strip_prefix([':', '：']) {
            return (!after.starts_with("//")).then_some((at, false));
        }
        if bare.len() == rest.len() {
            return None;
        }
        let verbs = VERBS.iter().chain(if several { PLURAL_VERBS.iter() } else { [].iter() });
        verbs.into_iter().any(|verb| is_word(bare, verb)).then_some((at, false))
    }

    /// What joins two owners, and where the next begins.
    fn separator(&self, at: usize, blank: bool) -> Option<usize> {
        let rest = &self.text[at..];
        let bare = rest.trim_start_matches([' ', '\t']);
        let apart = bare.len() < rest.len();
        let joined = if let Some(after) = bare.strip_prefix(',') {
            let after = after.trim_start();
            ["and ", "& "].iter().find_map(|w| after.strip_prefix(w)).unwrap_or(after)
        } else if let Some(after) = bare.strip_prefix(['&', '/', '+']) {
            after
        } else if apart && (is_word(bare, "and") || is_word(bare, "And")) {
            &bare[3..]
        } else if blank && apart && bare.starts_with('@') {
            bare
        } else {
            return None;
        };
        Some(self.text.len() - joined.trim_start_matches([' ', '\t']).len())
    }

    /// A handle or a name at `at`. An unknown name is taken along where it is one capitalised word.
    pub(super) fn one(&self, at: usize) -> Option<One> {
        if let Ok(nth) = self.handles.binary_search_by_key(&at, |(range, _)| range.start) {
            let (range, handle) = &self.handles[nth];
            let who = match (handle.as_str(), self.names.cx.me) {
                ("me", Some(id)) if self.names.person_of("me").is_none() => {
                    WrittenOwner::Person { id, written: "@me".to_owned() }
                }
                _ => WrittenOwner::Handle(handle.clone()),
            };
            return Some(One { who: Some(who), end: range.end, handle: true });
        }
        let rest = &self.text[at..];
        let mut ends = Vec::with_capacity(4);
        let mut end = at;
        for _ in 0..4 {
            let lead = if ends.is_empty() { 0 } else { 1 };
            if lead == 1 && !self.text[end..].starts_with(' ') {
                break;
            }
            let word = word(&self.text[end + lead..]);
            if word == 0 {
                break;
            }
            end += lead + word;
            ends.push(end);
        }
        for end in ends.iter().rev() {
            let written = &self.text[at..*end];
            match self.names.find(written) {
                Found::One(id) => {
                    let who = WrittenOwner::Person { id, written: written.to_owned() };
                    return Some(One { who: Some(who), end: *end, handle: false });
                }
                Found::Several(candidates) => {
                    let who = WrittenOwner::Ambiguous { written: written.to_owned(), candidates };
                    return Some(One { who: Some(who), end: *end, handle: false });
                }
                Found::Nobody => {}
            }
        }
        let end = *ends.first()?;
        rest.starts_with(char::is_uppercase).then_some(One { who: None, end, handle: false })
    }

    /// A stretch that is owners from end to end.
    pub(super) fn whole(&self, range: Range<usize>) -> Option<Vec<Place>> {
        let text = &self.text[range.clone()];
        let mut at = range.start + (text.len() - text.trim_start().len());
        for lead in ["owner:", "owners:", "assignee:", "assigned to:", "assigned to ", "action:", "who:"] {
            if self.text[at..range.end].get(..lead.len()).is_some_and(|t| t.eq_ignore_ascii_case(lead)) {
                at += lead.len();
                at += self.text[at..].len() - self.text[at..].trim_start().len();
                break;
            }
        }
        let mut who = Vec::new();
        loop {
            let one = self.one(at).filter(|one| one.end <= range.end)?;
            who.push((at..one.end, one.who?));
            at = one.end;
            if self.text[at..range.end].trim().is_empty() {
                return Some(who);
            }
            at = self.separator(at, one.handle)?;
        }
    }

    /// "(@ana, @ben)" anywhere; "(Ana)" at the end.
    pub(super) fn brackets(&self, from: usize, owners: &mut Owners, taken: &[Range<usize>]) {
        let mut inners = Vec::new();
        let mut at = from;
        while let Some(open) = self.text[at..].find(['(', '[']).map(|p| at + p) {
            at = open + 1;
            let Some(len) = self.text[at..].find(['(', '[', ')', ']']) else { break };
            if self.text[at + len..].starts_with([')', ']']) {
                inners.push(at..at + len);
                at += len;
            }
        }
        let mut covered: Vec<Range<usize>> =
            taken.iter().chain(self.handles.iter().map(|(range, _)| range)).cloned().collect();
        covered.sort_unstable_by_key(|range| range.end);
        // Behind this come only due date, topics, links, handles, owners in brackets and signs.
        let mut tail = self.before_taken(self.text.len(), from, &covered);
        let mut found = Vec::new();
        for inner in inners.into_iter().rev().take(MOST_OWNERS) {
            let nth = self.handles.partition_point(|(range, _)| range.start < inner.start);
            let handle = self.handles.get(nth).is_some_and(|(range, _)| range.end <= inner.end);
            let last = tail <= inner.end + 1;
            if !handle && !last {
                continue;
            }
            let Some(who) = self.whole(inner.clone()) else { continue };
            if last || who.iter().all(|(_, w)| matches!(w, WrittenOwner::Handle(_))) {
                if last {
                    tail = self.before_taken(inner.start, from, &covered);
                }
                found.push((who, inner));
            }
        }
        for (who, inner) in found.into_iter().rev() {
            owners.put(who, inner, false, self.names);
        }
    }

    /// Goes back from `end` over signs, blanks and what is covered; `covered` is in order of its ends.
    fn before_taken(&self, mut end: usize, from: usize, covered: &[Range<usize>]) -> usize {
        let silent = |c: char| !c.is_alphanumeric() && c != BLOT as char;
        while end > from {
            let nth = covered.partition_point(|range| range.end < end);
            if let Some(range) = covered.get(nth).filter(|range| range.end == end && range.start < end) {
                end = range.start;
                continue;
            }
            match self.text[..end].chars().next_back().filter(|c| silent(*c)) {
                Some(c) => end -= c.len_utf8(),
                None => break,
            }
        }
        end
    }

    /// Handles at the end, before or after due date, topics and links. Where the front says who, one behind a
    /// preposition is whom it is about: "Ana to call @ben".
    pub(super) fn end(&self, from: usize, taken: &[Range<usize>], owners: &mut Owners, led: bool) {
        let mut end = self.text.len();
        for _ in 0..MOST_OWNERS {
            let text = &self.text[from..end];
            let bare = from
                + text
                    .trim_end_matches(|c: char| {
                        c.is_whitespace() || matches!(c, '.' | ',' | ';' | '!' | '|' | '(' | ')' | '-' | '–' | '—')
                    })
                    .len();
            if let Some(range) = taken.iter().find(|range| range.end == bare && range.start >= from) {
                end = range.start;
                continue;
            }
            if let Some(span) = owners.spans.iter().find(|s| s.range.end == bare && s.range.start > from) {
                if self.text[..span.range.start].trim_end().ends_with(['(', '[']) {
                    end = span.range.start.saturating_sub(1).max(from);
                    continue;
                }
                return;
            }
            if self.text[..bare].ends_with([']']) {
                end = bare - 1;
                continue;
            }
            let Ok(nth) = self.handles.binary_search_by_key(&bare, |(range, _)| range.end) else {
                return;
            };
            let mut start = self.handles[nth].0.start;
            let mut first = nth;
            while first > 0 {
                let (before, _) = &self.handles[first - 1];
                let joint = self.text[before.end..start].trim();
                if !matches!(joint, "" | "," | "&" | "and" | "/" | "+" | ", and") {
                    break;
                }
                first -= 1;
                start = before.start;
            }
            let word = self.text[from..start].trim_end();
            let word = word.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default().to_lowercase();
            if led && PREPOSITIONS.contains(&word.as_str()) {
                return;
            }
            if let Some(who) = self.whole(start..bare) {
                owners.put(who, start..bare, false, self.names);
            }
            end = start;
            if end <= from {
                return;
            }
        }
    }
}

/// More owners than this are not looked for on one line.
pub(super) const MOST_OWNERS: usize = 64;

const PREPOSITIONS: [&str; 24] = [
    "to", "with", "from", "for", "of", "about", "at", "and", "or", "via", "on", "ask", "tell", "email", "call", "ping",
    "help", "meet", "remind", "cc", "by", "than", "like", "thank",
];

fn is_word(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|t| t.eq_ignore_ascii_case(word))
        && !text[word.len()..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '_'))
}

/// The length of the word at the front: letters with what stands inside of names.
pub(super) fn word(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let inner = end > 0
            && match c {
                '-' => next.is_some_and(char::is_alphabetic),
                '\'' | '’' => next.is_some_and(char::is_alphabetic) && !text[at + c.len_utf8()..].starts_with("ll "),
                '.' => next.is_none_or(|n| n == ' ') && at <= 2 || next.is_some_and(|n| n.is_alphabetic()),
                c => c.is_numeric(),
            };
        if !(c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c) || inner) {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}
