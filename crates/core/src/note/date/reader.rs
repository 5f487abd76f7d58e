//! A reader over the tokens of a phrase, and the order in which kinds of phrases are tried.

use chrono::NaiveDate;

use super::Phrase;

#[derive(Debug, Clone)]
pub(super) struct Token<'a> {
    pub text: &'a str,
    pub lower: String,
    pub end: usize,
    /// Blanks stand before it.
    pub apart: bool,
}

/// Enough for the longest phrase.
const MOST_TOKENS: usize = 14;

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut apart = false;
    while let Some((at, c)) = chars.next() {
        if c.is_whitespace() {
            apart = true;
            continue;
        }
        let mut end = at + c.len_utf8();
        let class = |c: char| {
            if c.is_ascii_digit() {
                1
            } else if c.is_alphabetic() {
                2
            } else {
                0
            }
        };
        while class(c) > 0 && chars.peek().is_some_and(|(_, next)| class(*next) == class(c)) {
            if let Some((next_at, next)) = chars.next() {
                end = next_at + next.len_utf8();
            }
        }
        let word = &text[at..end];
        out.push(Token { text: word, lower: word.to_lowercase(), end, apart });
        apart = false;
        if out.len() == MOST_TOKENS {
            break;
        }
    }
    out
}

pub(super) struct Reader<'a> {
    pub tokens: Vec<Token<'a>>,
    pub at: usize,
    pub reference: Option<NaiveDate>,
    pub only_month: bool,
}

/// A phrase was read; what it means may still be nothing.
pub(super) type Read = Option<NaiveDate>;

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, reference: Option<NaiveDate>) -> Self {
        Self { tokens: tokens(text), at: 0, reference, only_month: false }
    }

    pub(super) fn done(&self, date: Read) -> Phrase {
        let len = self.at.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(0, |t| t.end);
        Phrase { len, date, only_month: self.only_month }
    }

    pub(super) fn phrase(&mut self) -> Option<Phrase> {
        let read = self.date()?;
        // "by Friday next week", "by Friday EOD": what follows narrows or repeats.
        Some(self.done(read))
    }

    pub(super) fn date(&mut self) -> Option<Read> {
        self.attempt(Self::time_of_day)
            .or_else(|| self.attempt(Self::edge))
            .or_else(|| self.attempt(Self::near))
            .or_else(|| self.attempt(Self::next_or_this))
            .or_else(|| self.attempt(Self::numeric))
            .or_else(|| self.attempt(Self::weekday_phrase))
            .or_else(|| self.attempt(Self::day_month))
            .or_else(|| self.attempt(Self::month_phrase))
            .or_else(|| self.attempt(Self::quarter))
            .or_else(|| self.attempt(Self::day_of_month))
            .or_else(|| self.attempt(Self::counted))
    }

    pub(super) fn word(&self, ahead: usize) -> &str {
        self.tokens.get(self.at + ahead).map_or("", |t| t.lower.as_str())
    }

    /// Takes these words where they come next.
    pub(super) fn take(&mut self, words: &str) -> bool {
        let mut n = 0;
        for word in words.split(' ') {
            if self.word(n) != word {
                return false;
            }
            n += 1;
        }
        self.at += n;
        true
    }

    pub(super) fn take_any(&mut self, all: &[&str]) -> bool {
        all.iter().any(|words| self.take(words))
    }

    /// Runs `read`; where it finds nothing, nothing is taken.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let at = self.at;
        let found = read(self);
        if found.is_none() {
            self.at = at;
        }
        found
    }

    pub(super) fn apart(&self) -> bool {
        self.tokens.get(self.at).is_some_and(|t| t.apart)
    }
}
