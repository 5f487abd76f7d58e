//! How well a meeting of a calendar fits notes that have none: those whose event is gone, and those of a meeting made by
//! hand that a calendar brings later.

use std::collections::BTreeSet;

use chrono::Duration;
use chrono_tz::Tz;

use crate::model::{PersonId, Times};
use crate::people::fold;

/// A meeting, as far as fitting looks at it.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Its title.
    pub title: &'a str,
    /// When it is.
    pub times: &'a Times,
    /// Who is at it.
    pub people: &'a BTreeSet<PersonId>,
}

/// How well a meeting fits notes that lost theirs: title 40 %, people 35 %, time 25 %; without people on either side
/// their share goes to the other two.
#[derive(Debug, Clone)]
pub struct Fit {
    title: f64,
    people: Option<f64>,
    shared: usize,
    /// 1 at the same start, half a week away.
    time: f64,
    days: i64,
    same_start: bool,
    /// Whether both take place at the same time, for a while at least.
    pub overlap: bool,
    /// Whether it is the occurrence after the one that is gone.
    pub next: bool,
    /// Whether the notes are of a meeting made by hand.
    pub by_hand: bool,
}

impl Fit {
    /// How well `other` fits the notes of `gone`, on dates in `zone`.
    #[must_use]
    pub fn of(gone: Side<'_>, other: Side<'_>, zone: Tz) -> Self {
        let (room, people) = (gone.people, other.people);
        let shared = room.intersection(people).count();
        let all = room.union(people).count();
        let (here, there) = (gone.times.start(zone), other.times.start(zone));
        let hours = (here - there).num_minutes().unsigned_abs() as f64 / 60.0;
        Self {
            title: alike(gone.title, other.title),
            people: (!room.is_empty() && !people.is_empty()).then(|| shared as f64 / all as f64),
            shared,
            time: 1.0 / (1.0 + hours / (7.0 * 24.0)),
            days: (other.times.date(zone) - gone.times.date(zone)).num_days(),
            same_start: here == there,
            overlap: overlap(gone.times, other.times, zone, Duration::zero()),
            next: false,
            by_hand: false,
        }
    }

    /// 0 to 1.
    #[must_use]
    pub fn score(&self) -> f64 {
        let score = match self.people {
            Some(people) => 0.40 * self.title + 0.35 * people + 0.25 * self.time,
            None => 0.62 * self.title + 0.38 * self.time,
        };
        if self.next || (self.by_hand && self.overlap) { score.max(0.9) } else { score }
    }

    /// The reasons, in words.
    #[must_use]
    pub fn why(&self) -> String {
        let mut reasons = Vec::new();
        if self.next {
            reasons.push("next of the series".to_owned());
        }
        if self.title >= 0.999 {
            reasons.push("same title".to_owned());
        } else if self.title >= 0.5 {
            reasons.push("similar title".to_owned());
        }
        match self.shared {
            0 => {}
            1 => reasons.push("1 person in common".to_owned()),
            shared => reasons.push(format!("{shared} people in common")),
        }
        reasons.push(match (self.same_start, self.days) {
            (true, _) => "same time".to_owned(),
            (false, 0) if self.overlap => "overlapping".to_owned(),
            (false, 0) => "same day".to_owned(),
            (false, 1) => "a day later".to_owned(),
            (false, -1) => "a day earlier".to_owned(),
            (false, days) if days > 0 => format!("{days} days later"),
            (false, days) => format!("{} days earlier", -days),
        });
        reasons.join(", ")
    }
}

/// A meeting made by hand may begin this long before or after the event that turns out to be it.
const LATE: Duration = Duration::minutes(15);

/// Whether an event may be the meeting that somebody made by hand before it was in the calendar: at the same time of the
/// same day, and sharing a person besides the user, a word of the title, or a name; or the one made by hand says
/// neither whom it is with nor what it is about. `names` are what the people at the event are called.
#[must_use]
pub fn adopts(by_hand: Side<'_>, event: Side<'_>, names: &[&str], me: Option<PersonId>, zone: Tz) -> bool {
    if matches!(by_hand.times, Times::AllDay { .. }) != matches!(event.times, Times::AllDay { .. })
        || !overlap(by_hand.times, event.times, zone, LATE)
    {
        return false;
    }
    let mut with = by_hand.people.iter().filter(|id| Some(**id) != me).peekable();
    let about = telling(by_hand.title);
    let says_nothing = with.peek().is_none() && about.is_empty();
    let there: BTreeSet<String> =
        telling(event.title).into_iter().chain(names.iter().flat_map(|name| words(name))).collect();
    says_nothing || with.any(|id| event.people.contains(id)) || !about.is_disjoint(&there)
}

fn overlap(a: &Times, b: &Times, zone: Tz, slack: Duration) -> bool {
    let starts = (a.start(zone) - b.start(zone)).abs();
    starts <= slack || (a.start(zone) < b.end(zone) && b.start(zone) < a.end(zone))
}

/// Words that half of all titles have.
const COMMON: &[&str] = &["and", "call", "for", "meeting", "note", "notes", "sync", "the", "weekly", "with"];

/// The words of a title that say what it is about; none of a title that only says that it is a note, and of when.
fn telling(title: &str) -> BTreeSet<String> {
    if title.starts_with("Note, ") {
        return BTreeSet::new();
    }
    words(title).into_iter().filter(|word| word.chars().count() > 2 && !COMMON.contains(&word.as_str())).collect()
}

fn words(text: &str) -> BTreeSet<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The share of words two titles have in common.
#[must_use]
pub fn alike(a: &str, b: &str) -> f64 {
    let (a, b) = (words(a), words(b));
    let all = a.union(&b).count();
    if all == 0 { 0.0 } else { a.intersection(&b).count() as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn titles_are_alike_by_the_words_they_share() {
        for (a, b, expected) in [
            ("Weekly sync", "weekly SYNC!", 1.0),
            ("Weekly sync", "Weekly sync with Acme", 0.5),
            ("Café", "cafe", 1.0),
            ("", "", 0.0),
            ("Board", "Retro", 0.0),
        ] {
            assert!((alike(a, b) - expected).abs() < 1e-9, "{a:?} {b:?}");
        }
    }

    fn at(from: &str, to: &str) -> Times {
        let instant = |time: &str| -> DateTime<Utc> { format!("2026-12-01T{time}:00Z").parse().expect("an instant") };
        Times::Timed { start: instant(from), end: instant(to), zone: Tz::UTC }
    }

    fn people(ids: &[u128]) -> BTreeSet<PersonId> {
        ids.iter().map(|id| PersonId(Uuid::from_u128(*id))).collect()
    }

    #[test]
    fn an_event_takes_up_what_was_made_by_hand_at_its_time_and_with_something_in_common() {
        let me = Some(PersonId(Uuid::from_u128(1)));
        for (title, from, to, with, expected) in [
            ("Call with Ana", "10:02", "10:32", &[1][..], true),
            ("Budget talk", "10:00", "10:30", &[], true),
            ("With Ben", "10:10", "10:40", &[2], true),
            ("With Ben", "10:10", "10:40", &[1, 3], false),
            ("Note, Tue 1 Dec", "10:25", "10:55", &[], true),
            ("Note, Tue 1 Dec", "12:00", "12:30", &[], false),
            ("Note, Tue 1 Dec", "09:50", "09:55", &[1], true),
            ("Dentist", "10:00", "11:00", &[], false),
            ("Weekly sync", "10:00", "11:00", &[3], false),
        ] {
            let (hand, event) = (at(from, to), at("10:00", "11:00"));
            let by_hand = Side { title, times: &hand, people: &people(with) };
            let event = Side { title: "Weekly sync: budget", times: &event, people: &people(&[1, 2]) };
            let found = adopts(by_hand, event, &["Max Muster", "Ana Silva"], me, Tz::UTC);
            assert_eq!(found, expected, "{title} {from} {with:?}");
        }
    }
}
