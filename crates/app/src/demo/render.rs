//! From a line of content to a line of a note: dates put in, anchors written, and what is to happen to the item later
//! taken out.
//!
//! `{+7}` is the ISO date seven days after the meeting, `{t-3}` three days before today, `{d+7}` as `3 Dec`, `{m+2}` the
//! name of the month two months from today's, `{q+1}` the quarter after today's. `{> …}` at the end of an item's line
//! holds words: `^anchor`, `open` (stays so), `done+9`, `drop+9`, `reopen+12` (days after the meeting), `due+5=+12` or
//! `due+5=t-3` (on the fifth day the due date moves), `snooze+2=t+4`. An action without such words is done some days
//! later.

use std::collections::HashSet;

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use throughline_core::model::resolve_local;

use super::prng::Prng;
use super::today::Day;
use super::{DemoChange, DemoEdit};

/// A note's text, and what becomes of its items.
pub(super) struct Rendered {
    pub(super) text: String,
    pub(super) edits: Vec<DemoEdit>,
}

/// Renders the text of a meeting that begins on `date` and whose note is written `at`. `seed` is the meeting's own; the
/// anchors given out are put into `taken`.
pub(super) fn render(
    raw: &str,
    seed: &str,
    date: NaiveDate,
    at: DateTime<Utc>,
    day: &Day,
    taken: &mut HashSet<String>,
) -> Rendered {
    let mut rng = Prng::of(seed);
    let mut out = Rendered { text: String::with_capacity(raw.len()), edits: Vec::new() };
    let mut under_actions = false;
    for line in raw.lines() {
        if line.starts_with('#') {
            let heading = line.to_lowercase();
            under_actions = ["action items", "next steps", "# actions", "to do"].iter().any(|h| heading.contains(h));
        }
        let (line, words) = split_words(line);
        let action = is_action(&line, under_actions);
        let words = match words {
            Some(words) => words,
            None if action => format!("done+{}", 2 + rng.below(13)),
            None => String::new(),
        };
        let line = dates(&line, date, day);
        let mut anchor = None;
        let mut edits = Vec::new();
        for word in words.split(' ').filter(|w| !w.is_empty() && *w != "open") {
            if let Some(named) = word.strip_prefix('^') {
                anchor = Some(named.to_owned());
            } else if let Some((after, what)) = change(word, date, day) {
                let when = moment(date + Duration::days(after), day, &mut rng);
                if when > at && when < day.now {
                    edits.push((when, what));
                }
            }
        }
        // What ends in a link gets an anchor of its own behind it, so that the link is not taken for one.
        if anchor.is_none() && (!edits.is_empty() || ends_in_link(&line)) {
            let mut fresh = rng.anchor();
            while taken.contains(&fresh) {
                fresh = rng.anchor();
            }
            anchor = Some(fresh);
        }
        match anchor {
            Some(anchor) => {
                out.text.push_str(&with_anchor(&line, &anchor));
                out.edits.extend(edits.into_iter().map(|(at, what)| DemoEdit { at, anchor: anchor.clone(), what }));
                taken.insert(anchor);
            }
            None => out.text.push_str(&line),
        }
        out.text.push('\n');
    }
    out
}

/// A text that belongs to no meeting, with the dates put in as seen from today.
pub(super) fn with_dates(raw: &str, day: &Day) -> String {
    dates(raw, day.today, day)
}

/// The line without its `{> …}`, and the words in it.
fn split_words(line: &str) -> (String, Option<String>) {
    let Some((before, rest)) = line.split_once("{>") else { return (line.to_owned(), None) };
    let Some((words, after)) = rest.split_once('}') else { return (line.to_owned(), None) };
    (format!("{}{after}", before.trim_end()), Some(words.trim().to_owned()))
}

/// At the end of the line; in a table, inside the last cell.
fn with_anchor(line: &str, anchor: &str) -> String {
    match line.strip_suffix('|') {
        Some(row) if line.starts_with('|') => format!("{} ^{anchor} |", row.trim_end()),
        _ => format!("{} ^{anchor}", line.trim_end()),
    }
}

fn ends_in_link(line: &str) -> bool {
    line.rsplit_once(" ^").is_some_and(|(before, anchor)| {
        anchor.len() == 6 && ["supersedes", "answers", "after"].iter().any(|word| before.ends_with(word))
    })
}

fn is_action(line: &str, under_actions: bool) -> bool {
    let bare = line.trim_start_matches(['>', ' ']);
    let bullet = bare.strip_prefix("- ").or_else(|| bare.strip_prefix("* "));
    let said = bullet.unwrap_or(bare);
    let said = said.strip_prefix("**").unwrap_or(said);
    ["[ ] ", "!! ", "Action:", "Action item:", "AI:", "AI(", "TODO:", "TODO(", "Next step:", "ACTION"]
        .iter()
        .any(|mark| said.starts_with(mark))
        || (under_actions && line.starts_with(['-', '*']) && !said.starts_with("[x]") && !said.starts_with("[-]"))
}

/// `done+9`, `due+5=t-3` and so on: after how many days, and what.
fn change(word: &str, date: NaiveDate, day: &Day) -> Option<(i64, DemoChange)> {
    let (name, rest) = word.split_once('+')?;
    let (after, to) = match rest.split_once('=') {
        Some((after, to)) => (after, Some(day_of(to, date, day)?)),
        None => (rest, None),
    };
    let what = match (name, to) {
        ("done", None) => DemoChange::Done,
        ("drop", None) => DemoChange::Drop,
        ("reopen", None) => DemoChange::Reopen,
        ("due", Some(to)) => DemoChange::Due(to),
        ("snooze", Some(to)) => DemoChange::Snooze(to),
        _ => return None,
    };
    Some((after.parse().ok()?, what))
}

/// `+12` from the meeting's date, `t-3` from today.
fn day_of(word: &str, date: NaiveDate, day: &Day) -> Option<NaiveDate> {
    let (base, days) = word.strip_prefix('t').map_or((date, word), |days| (day.today, days));
    Some(base + Duration::days(days.parse().ok()?))
}

/// A moment in working hours of that day.
fn moment(date: NaiveDate, day: &Day, rng: &mut Prng) -> DateTime<Utc> {
    let minute = i64::try_from(rng.below(9 * 60)).unwrap_or(0);
    resolve_local(date.and_time(chrono::NaiveTime::MIN) + Duration::minutes(8 * 60 + minute), day.zone)
}

/// Puts the dates in.
fn dates(line: &str, date: NaiveDate, day: &Day) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        match after.split_once('}').and_then(|(inside, next)| Some((written(inside, date, day)?, next))) {
            Some((text, next)) => {
                out.push_str(&text);
                rest = next;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn written(inside: &str, date: NaiveDate, day: &Day) -> Option<String> {
    if let Some(days) = inside.strip_prefix('d') {
        return Some((date + Duration::days(days.parse().ok()?)).format("%-d %b").to_string());
    }
    if let Some(months) = inside.strip_prefix('m') {
        return Some(month(day, months.parse().ok()?)?.format("%B").to_string());
    }
    if let Some(quarters) = inside.strip_prefix('q') {
        let first = month(day, quarters.parse::<i32>().ok()? * 3)?;
        return Some(format!("Q{}", first.month0() / 3 + 1));
    }
    Some(day_of(inside, date, day)?.to_string())
}

/// The first of the month so many months from today's.
fn month(day: &Day, months: i32) -> Option<NaiveDate> {
    let all = day.today.year() * 12 + i32::try_from(day.today.month0()).ok()? + months;
    NaiveDate::from_ymd_opt(all.div_euclid(12), u32::try_from(all.rem_euclid(12)).ok()? + 1, 1)
}
