//! Title, date and times.

use std::sync::LazyLock;

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use regex::Regex;

use super::front_matter::FrontMatter;
use super::line::{Kind, Line};
use super::plain::plain;
use super::section::labelled;
use super::table::Table;
use super::{date, regex, time};
use crate::people::fold;

/// What the head says of when and what.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub title: Option<String>,
    pub date: Option<NaiveDate>,
    pub start: Option<NaiveTime>,
    pub end: Option<NaiveTime>,
    pub zone: Option<Tz>,
    pub warnings: Vec<String>,
}

/// A labelled value of the head: its label folded.
struct Said {
    label: String,
    value: String,
}

/// What a date said in words counts for, in this order: the front matter, a labelled line, the file's path, a heading,
/// the first lines. A path stands before a heading since headings are copied from the last meeting's file.
pub(super) fn read(lines: &[Line], matter: &FrontMatter, path: &str) -> Head {
    let mut head = Head::default();
    let said = said(lines, matter);
    let path_date = date::in_path(path);
    let title_line = lines
        .iter()
        .find(|line| matches!(line.kind, Kind::Heading(1..=2)) && super::label::group(&line.text).is_none());
    let title_text = title_line.map(|line| plain(&line.text));
    let year = path_date.map(|date| chrono::Datelike::year(&date)).or_else(|| {
        let texts = said.iter().map(|said| said.value.as_str()).chain(title_text.as_deref()).chain([path]);
        texts.filter_map(date::year_in).next()
    });

    let mut found: Vec<date::Found> = Vec::new();
    for said in said.iter().filter(|said| is_date_label(&said.label)) {
        found.extend(date::find(&said.value, year));
    }
    let labelled_date = found.first().cloned();
    head.date = labelled_date.as_ref().map(|first| pick(first, path_date, &said, &mut head.warnings));
    if let (Some(date), Some(path_date)) = (head.date, path_date)
        && date != path_date
    {
        head.warnings.push(format!("The file says {date} and its name {path_date}; the file counts."));
    }
    head.date = head.date.or(path_date);
    let early: Vec<String> =
        lines.iter().filter(|line| line.kind != Kind::Blank).take(12).map(|line| plain(&line.text)).collect();
    if head.date.is_none() {
        let headings =
            lines.iter().filter(|line| matches!(line.kind, Kind::Heading(_))).take(4).map(|line| plain(&line.text));
        let first = title_text
            .iter()
            .cloned()
            .chain(headings)
            .chain(early.iter().cloned())
            .find_map(|text| date::find(&text, year));
        head.date = first.map(|first| pick(&first, path_date, &said, &mut head.warnings));
    }
    times(&mut head, &said, lines, title_text.as_deref(), &early);
    head.title = title(matter, &said, title_text.as_deref(), lines, path);
    if head.date.is_none() {
        head.warnings.push("No date was found, neither in the file nor in its name.".to_owned());
    }
    head
}

fn is_date_label(label: &str) -> bool {
    let words: Vec<&str> = label.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.len() <= 5
        && words
            .iter()
            .any(|word| matches!(*word, "date" | "when" | "datum" | "day" | "held" | "datetime" | "fecha" | "data"))
        && !words.iter().any(|word| {
            matches!(
                *word,
                "next"
                    | "due"
                    | "previous"
                    | "last"
                    | "follow"
                    | "approved"
                    | "approval"
                    | "published"
                    | "created"
                    | "modified"
                    | "updated"
                    | "deadline"
                    | "start"
                    | "end"
            )
        })
        || matches!(words.as_slice(), ["time"] | ["meeting", "time"] | ["date", ..])
}

/// The values of labels before what was said begins: of the front matter, of lines, of tables of two columns.
fn said(lines: &[Line], matter: &FrontMatter) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    for (key, values) in &matter.entries {
        said.extend(values.first().map(|value| Said { label: fold(key), value: value.text.clone() }));
    }
    let mut rows: Vec<Line> = Vec::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.kind != Kind::Blank).take(80) {
        match line.kind {
            Kind::Row => rows.push(line.clone()),
            _ => {
                if let Some(found) = labelled(line) {
                    let mut value = plain(found.value);
                    if value.is_empty() {
                        let next = lines[at + 1..].iter().find(|line| line.kind != Kind::Blank);
                        value = next
                            .filter(|next| matches!(next.kind, Kind::Plain | Kind::Bullet))
                            .map(|next| plain(&next.text))
                            .unwrap_or_default();
                    }
                    said.push(Said { label: fold(&found.label), value });
                } else if matches!(line.kind, Kind::Heading(_)) && is_date_label(&fold(&line.text)) {
                    // "## Date" with the date below.
                    let next = lines[at + 1..].iter().find(|line| line.kind != Kind::Blank);
                    said.extend(next.map(|next| Said { label: fold(&line.text), value: plain(&next.text) }));
                }
            }
        }
    }
    let table = Table::of(&rows);
    let pairs = table.pairs().map(|(_, label, value)| (label, value));
    for (label, value) in pairs.chain(table.first()) {
        said.push(Said { label: fold(label.trim_end_matches(':')), value: plain(value) });
    }
    said
}

/// Of two readings of the same figures, the one the path agrees with; else what the rest of the head suggests.
fn pick(found: &date::Found, path: Option<NaiveDate>, said: &[Said], warnings: &mut Vec<String>) -> NaiveDate {
    let Some(other) = found.other else { return found.date };
    if path == Some(other) || path == Some(found.date) {
        return path.unwrap_or(found.date);
    }
    static AMERICAN: LazyLock<Regex> =
        LazyLock::new(|| regex(r"\d\s?[AaPp]\.?[Mm]\b|\b(?:E[SD]?T|P[SD]?T|C[SD]T|M[SD]T)\b"));
    let american = said.iter().any(|said| AMERICAN.is_match(&said.value));
    let date = if american { other } else { found.date };
    warnings.push(format!("The date can be read as {} or {}; {date} was taken.", found.date, other));
    date
}

fn times(head: &mut Head, said: &[Said], lines: &[Line], title: Option<&str>, early: &[String]) {
    let is =
        |label: &str, words: &[&str]| label.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word));
    for said in said {
        let label = said.label.as_str();
        let starts = is(label, &["start", "starts", "started", "begin", "began", "opened", "beginning"]);
        let timed = is_date_label(label)
            || is(label, &["time", "times", "when", "hour", "uhrzeit", "zeit"])
                && !is(label, &["start", "end", "next"]);
        if (timed || starts) && head.start.is_none() {
            take(head, &said.value);
        } else if is(&said.label, &["end", "ends", "ended", "finish", "finished", "adjourned", "closed", "adjournment"])
            && head.end.is_none()
        {
            let found = time::find(after_date(&said.value).as_str());
            head.end = found.as_ref().map(|found| found.start);
            head.zone = head.zone.or(found.and_then(|found| found.zone));
        } else if is(&said.label, &["timezone", "zone", "tz"]) {
            head.zone = head.zone.or_else(|| time::zone(&said.value));
        }
    }
    if head.start.is_none() {
        static DATED: LazyLock<Regex> = LazyLock::new(|| {
            regex(r"(?i)called to order|(?:meeting|call) (?:was )?(?:opened|started|began|convened)|started at")
        });
        if let Some(title) = title {
            take(head, title);
        }
        let near = early.iter().filter(|text| date::find(text, Some(2000)).is_some() || DATED.is_match(text));
        let opened =
            lines.iter().take(120).filter(|line| DATED.is_match(&line.text)).map(|line| line.text.clone()).next();
        for text in near.cloned().chain(opened) {
            if head.start.is_none() {
                take(head, &text);
            }
        }
    }
    if head.end.is_none() {
        static CLOSED: LazyLock<Regex> = LazyLock::new(|| {
            regex(
                r"(?i)(?:adjourn(?:ed|ment|s)?|(?:meeting|call) (?:was )?(?:ended|closed|finished))\b.{0,20}?\bat\s+(.*)",
            )
        });
        let closed = lines.iter().rev().find_map(|line| CLOSED.captures(&line.text).map(|found| found[1].to_owned()));
        head.end = closed.and_then(|text| time::find(&text)).map(|found| found.start);
    }
}

fn take(head: &mut Head, value: &str) {
    // "2025-04-10 00:00:00" is how programs write a date.
    if let Some(found) = time::find(&after_date(value)).filter(|_| !value.ends_with(" 00:00:00")) {
        head.start = Some(found.start);
        head.end = head.end.or(found.end);
        head.zone = head.zone.or(found.zone);
    }
}

/// A text with its date taken out, so that its figures are not read as a time.
fn after_date(value: &str) -> String {
    match date::find(value, Some(2000)) {
        Some(found) => {
            let rest = value[found.range.end..].trim_start();
            // "2025-09-10:00:00Z" says no time.
            let rest = if rest.starts_with(':') { "" } else { rest };
            let rest = rest.strip_prefix(['T', 't']).unwrap_or(rest);
            format!("{} {rest}", &value[..found.range.start])
        }
        None => value.to_owned(),
    }
}

/// The title, without its date.
fn title(matter: &FrontMatter, said: &[Said], heading: Option<&str>, lines: &[Line], path: &str) -> Option<String> {
    let labels =
        ["title", "meeting", "meeting title", "subject", "topic", "meeting name", "name of meeting", "betreff"];
    let labelled = || said.iter().find(|said| labels.contains(&said.label.as_str())).map(|said| said.value.as_str());
    let bold = || {
        let first = lines.iter().find(|line| line.kind != Kind::Blank)?;
        let usable = matches!(first.kind, Kind::Heading(7) | Kind::Plain) && super::label::group(&first.text).is_none();
        (usable
            && labelled_text(first).is_none()
            && first.text.chars().count() <= 80
            && !first.text.ends_with(['.', ',']))
        .then(|| first.text.clone())
    };
    matter
        .first(&["title"])
        .and_then(without_date)
        .or_else(|| heading.and_then(without_date))
        .or_else(|| labelled().and_then(without_date))
        .or_else(|| bold().and_then(|text| without_date(&plain(&text))))
        .or_else(|| path_title(path))
}

fn labelled_text(line: &Line) -> Option<()> {
    labelled(line).map(|_| ())
}

/// The words of a file's name, or of the folder it lies in where that says what meetings they are.
fn path_title(path: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    let mut parts = path.rsplit('/');
    let name = date::stem(parts.next().unwrap_or_default());
    let plainly = |text: &str| {
        let text = without_date(text)?;
        let words: Vec<&str> = text.split(['-', '_', ' ']).filter(|word| !word.is_empty()).collect();
        // "03-topic" in a folder of the month.
        let numbers = words.iter().take_while(|word| word.chars().all(|c| c.is_ascii_digit())).count();
        let words = &words[numbers..];
        let says =
            words.iter().any(|word| word.chars().any(char::is_alphabetic) && !GENERIC.contains(&fold(word).as_str()));
        says.then(|| words.join(" "))
    };
    plainly(name).or_else(|| parts.next().and_then(plainly))
}

const GENERIC: &[&str] = &[
    "readme", "index", "minutes", "notes", "meeting", "meetings", "note", "minute", "docs", "doc", "log", "logs",
    "untitled", "md", "txt",
];

/// A title with its date, weekday and time gone; `None` where nothing else was there.
fn without_date(text: &str) -> Option<String> {
    static WEEKDAY: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)^(?:mon|tues|wednes|thurs|fri|satur|sun)day\b[,.]?|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day[,.]?$|T?\d{2}:\d{2}(?::\d{2})?Z",
        )
    });
    let mut kept: String = text.chars().take(300).collect();
    for _ in 0..4 {
        let Some(found) = date::find(&kept, Some(2000)) else { break };
        let mut rest = kept[found.range.end..].to_owned();
        if let Some(time) = time::find(&rest).filter(|time| time.range.start <= 6) {
            rest.replace_range(..time.range.end, "");
        }
        let before = kept[..found.range.start].trim_end().to_owned();
        let before = ["(", "[", "@", " on", " of", ",", "–", "-", "—", " from", ":"]
            .iter()
            .fold(before, |text, end| text.strip_suffix(end).map_or(text.clone(), |text| text.trim_end().to_owned()));
        let rest = rest.trim_start_matches([')', ']', ' ', ',', ':', '-', '–', '—', '_', '.', '/', '|']);
        let divider = if before.is_empty() || rest.is_empty() { "" } else { " " };
        kept = format!("{before}{divider}{rest}");
    }
    let kept = WEEKDAY.replace_all(kept.trim(), "");
    let kept = kept.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | ',' | '|' | '_' | '/' | '*' | '#' | '·' | '~')
    });
    let kept = kept.replace("()", "").replace("[]", "");
    let kept = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    kept.chars().any(char::is_alphabetic).then_some(kept)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_title_loses_its_date() {
        for (text, expected) in [
            ("OpenJS Foundation Meeting 2019-03-25", Some("OpenJS Foundation Meeting")),
            ("2024-12-03 Weekly sync", Some("Weekly sync")),
            ("Weekly sync — 3 Dec 2024", Some("Weekly sync")),
            ("Weekly sync (December 3, 2024)", Some("Weekly sync")),
            ("Minutes of the board, Tuesday, 3 December 2024", Some("Minutes of the board")),
            ("Weekly on 2024-12-03 15:00 UTC", Some("Weekly")),
            ("Weekly: 2024/12/03", Some("Weekly")),
            ("W3C Solid Community Group: Weekly", Some("W3C Solid Community Group: Weekly")),
            ("2024-12-03", None),
            ("Tuesday, December 3, 2024", None),
            ("Acme <> Globex", Some("Acme <> Globex")),
            ("Dec 3 planning", Some("planning")),
        ] {
            assert_eq!(super::without_date(text).as_deref(), expected, "{text}");
        }
    }
}
