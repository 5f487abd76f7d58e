//! Which meeting of the calendar minutes belong to.

use chrono::NaiveDateTime;
use chrono_tz::Tz;

use super::{MatchCandidate, Minutes};
use crate::model::{MeetingId, Presence, Times};
use crate::people::{fold, name_matches};

/// The meeting minutes belong to, where that is certain: on the same day, and with a title, people or a start that say
/// so. Two that are equally good are none, for attaching notes wrongly is worse than asking.
#[must_use]
pub fn best_match(minutes: &Minutes, candidates: &[MatchCandidate]) -> Option<MeetingId> {
    let mut scores: Vec<(f64, MeetingId)> = candidates
        .iter()
        .filter_map(|candidate| score(minutes, candidate).map(|score| (score, candidate.id)))
        .collect();
    scores.sort_by(|a, b| b.0.total_cmp(&a.0));
    match scores.as_slice() {
        [(_, id)] => Some(*id),
        [(best, id), (second, _), ..] if best - second >= 0.15 => Some(*id),
        _ => None,
    }
}

/// How well a candidate fits, from 0 to 1; `None` where it may be another meeting.
fn score(minutes: &Minutes, candidate: &MatchCandidate) -> Option<f64> {
    let date = minutes.date?;
    let (own, start) = local(&candidate.times, minutes.zone);
    if own.date() != date {
        return None;
    }
    let title = minutes.title.as_deref().map_or(0.0, |title| likeness(title, &candidate.title));
    let nothing_said = minutes.title.as_deref().is_none_or(|title| words(title).is_empty());
    let (shared, people) = shared_people(minutes, candidate);
    let minutes_apart = match (minutes.start, start) {
        (Some(said), true) => Some((said - own.time()).num_minutes().abs()),
        _ => None,
    };
    let on_time = minutes_apart.is_some_and(|apart| apart <= 10);
    let elsewhen = minutes_apart.is_some_and(|apart| apart > 90) && minutes.zone.is_some();
    let certain = title >= 0.8 && !elsewhen
        || title >= 0.5 && (on_time || shared >= 1 && people >= 0.3)
        || on_time && shared >= 1 && (people >= 0.3 || title >= 0.3)
        || shared >= 2 && people >= 0.6 && !elsewhen && (title >= 0.25 || nothing_said)
        || title >= 0.3 && shared >= 3 && people >= 0.5;
    certain.then_some(0.5 * title + 0.3 * people + if on_time { 0.2 } else { 0.0 })
}

/// A candidate's start as a wall clock shows it, and whether it has a time at all.
fn local(times: &Times, zone: Option<Tz>) -> (NaiveDateTime, bool) {
    match times {
        Times::AllDay { start, .. } => (start.and_time(chrono::NaiveTime::MIN), false),
        Times::Timed { start, zone: own, .. } => (start.with_timezone(&zone.unwrap_or(*own)).naive_local(), true),
    }
}

/// How many people are in both, and what share of the shorter list that is.
fn shared_people(minutes: &Minutes, candidate: &MatchCandidate) -> (usize, f64) {
    let there: Vec<_> = minutes.attendees.iter().filter(|attendee| attendee.present != Presence::No).collect();
    let invited = candidate.people.len().max(candidate.emails.len());
    if there.is_empty() || invited == 0 {
        return (0, 0.0);
    }
    let is_invited = |attendee: &&&super::MinutesAttendee| {
        attendee.email.as_ref().is_some_and(|email| candidate.emails.contains(email))
            || candidate
                .people
                .iter()
                .any(|name| name_matches(&attendee.name, name) || name_matches(name, &attendee.name))
            || candidate.emails.iter().any(|email| name_matches(&attendee.name, &crate::people::name_from_email(email)))
    };
    let shared = there.iter().filter(is_invited).count();
    #[expect(clippy::cast_precision_loss, reason = "a meeting has fewer than 2^52 people")]
    let share = shared as f64 / there.len().min(invited) as f64;
    (shared, share.min(1.0))
}

/// How alike two titles are, from 0 to 1. One that holds the whole of the other is nearly the same ("Cross Project
/// Council" and "OpenJS Foundation Cross Project Council Meeting"), unless that is a single word.
fn likeness(a: &str, b: &str) -> f64 {
    let (a, b) = (words(a), words(b));
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    if a == b {
        return 1.0;
    }
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let mut common = 0.0;
    for word in short {
        if long.contains(word) {
            common += 1.0;
        } else if is_acronym_in(word, long) {
            // "CPC" stands for three words.
            common += 1.0;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a title has fewer than 2^52 words")]
    let (short_len, long_len) = (short.len() as f64, long.len() as f64);
    let acronym = short.iter().any(|word| is_acronym_in(word, long));
    if common >= short_len && (short.len() >= 2 || acronym) {
        return if acronym { 0.85 } else { 0.8 + 0.15 * short_len / long_len };
    }
    let dice = 2.0 * common / (short_len + long_len);
    if common >= short_len { dice.max(0.5) } else { dice }
}

fn is_acronym_in(word: &str, words: &[String]) -> bool {
    let letters: Vec<char> = word.chars().collect();
    letters.len() >= 2
        && words
            .windows(letters.len())
            .any(|window| window.iter().zip(&letters).all(|(word, letter)| word.starts_with(*letter)))
}

/// The words of a title that tell it from others.
fn words(title: &str) -> Vec<String> {
    const GENERIC: &[&str] = &[
        "meeting", "minutes", "notes", "note", "the", "of", "a", "an", "and", "for", "with", "on", "at", "in", "to",
        "call", "agenda", "re", "fwd", "mtg", "x", "vs",
    ];
    fold(title)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !GENERIC.contains(word))
        .filter(|word| !(word.len() == 4 && word.parse::<i32>().is_ok_and(|year| (2000..2100).contains(&year))))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests;
