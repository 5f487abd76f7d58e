//! Reading minutes: what the head of a Markdown or text file says of a meeting, and which meeting it is.

mod date;
mod entry;
mod front_matter;
mod head;
mod irc;
mod label;
mod line;
mod matching;
mod plain;
mod roster;
mod section;
mod split;
mod table;
mod time;
mod words;

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;

use crate::model::{MeetingId, Presence, Response, Role, Times};

/// What minutes say of their meeting. Whatever they do not say is `None` or empty; nothing is guessed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Minutes {
    /// The title without the date: of the front matter, the first heading, else of the file's name.
    pub title: Option<String>,
    /// The day it was held, in `zone`.
    pub date: Option<NaiveDate>,
    /// Wall-clock time in `zone`.
    pub start: Option<NaiveTime>,
    /// Wall-clock time in `zone`; before `start` when it is after midnight.
    pub end: Option<NaiveTime>,
    /// The zone the times are said to be in; `None` where none is named.
    pub zone: Option<Tz>,
    /// Each person once, in the order of the file.
    pub attendees: Vec<MinutesAttendee>,
    /// What could not be read, as sentences, without names.
    pub warnings: Vec<String>,
}

/// A person the minutes list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MinutesAttendee {
    /// As written, without what stands beside it; never empty.
    pub name: String,
    /// As written, without `@`.
    pub handle: Option<String>,
    /// Lower case.
    pub email: Option<String>,
    /// As written: "PAC".
    pub initials: Option<String>,
    /// As written: "Flemish Government".
    pub organization: Option<String>,
    /// What else the minutes call them: a nickname in brackets, an "aka".
    pub aliases: Vec<String>,
    /// Whoever chairs, facilitates or hosts counts as the organizer; guests and observers are optional.
    pub role: Role,
    /// Those listed as present or attending were; those only invited are unknown.
    pub present: Presence,
    /// Regrets, apologies and absence are a refusal.
    pub response: Option<Response>,
    /// 1-based, where they are first listed; an office ("Chair: Ana") counts only where no list has them.
    pub line: u32,
}

/// A meeting that minutes might be of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchCandidate {
    /// Which.
    pub id: MeetingId,
    /// Its title.
    pub title: String,
    /// When it is; dates are compared in the minutes' zone where they name one, else in the meeting's own.
    pub times: Times,
    /// Names of those invited, as far as known.
    pub people: Vec<String>,
    /// Their addresses, lower case.
    pub emails: Vec<String>,
}

/// Reads the head of minutes. `path_hint` is the file's relative path: dates and titles often stand in its names.
///
/// In a file that holds several meetings the first is read.
#[must_use]
pub fn read(text: &str, path_hint: &str) -> Minutes {
    let matter = front_matter::read(text);
    let mut lines = line::lines(text, matter.lines);
    first_meeting(&mut lines);
    let head = head::read(&lines, &matter, path_hint);
    let mut raws: Vec<split::Raw> = Vec::new();
    for (key, values) in &matter.entries {
        if let Some(group) = label::group(key) {
            let single = values.len() > 1;
            raws.extend(values.iter().map(|value| split::Raw {
                text: value.text.clone(),
                line: value.line,
                checked: None,
                single,
                group,
                organization: None,
            }));
        }
    }
    raws.extend(section::find(&lines));
    let mut raws = split::people(raws);
    let too_many = raws.len() > MOST_PEOPLE;
    raws.truncate(MOST_PEOPLE);
    let attendees = roster::gather(&raws);
    let head::Head { title, date, start, end, zone, mut warnings } = head;
    if too_many {
        warnings.push(format!("More than {MOST_PEOPLE} people are listed; the others were left out."));
    }
    if attendees.is_empty() {
        warnings.push("No list of attendees was found.".to_owned());
    }
    Minutes { title, date, start, end, zone, attendees, warnings }
}

/// More than any meeting has; a file that lists more is not the minutes of one.
const MOST_PEOPLE: usize = 1_000;

/// Cuts off what follows the first meeting of a file of several: a second heading with a date of its own, of a level no
/// deeper than the first's.
fn first_meeting(lines: &mut Vec<line::Line>) {
    let dated = |line: &line::Line| match line.kind {
        line::Kind::Heading(level @ 1..=3) => date::find(&line.text, None).map(|found| (level, found.date)),
        _ => None,
    };
    let mut headings =
        lines.iter().enumerate().filter_map(|(at, line)| dated(line).map(|(level, date)| (at, level, date)));
    let Some((_, level, first)) = headings.next() else { return };
    let second = headings.find(|(_, other, date)| *other <= level && *date != first);
    if let Some((at, _, _)) = second {
        // A heading such as "Next meeting: 2024-12-10" ends nothing that matters either.
        lines.truncate(at);
    }
}

pub use matching::best_match;

fn regex(pattern: &str) -> regex::Regex {
    regex::Regex::new(pattern).expect("the pattern is a constant that the tests compile")
}

#[cfg(test)]
mod tests;
