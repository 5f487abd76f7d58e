//! Where in a file people are listed.

use super::entry::is_full_name;
use super::label::{Group, divides, group, is_body, is_head};
use super::line::{Kind, Line};
use super::plain::plain;
use super::split::{Raw, pieces, several};
use super::table::Table;
use super::{date, irc};

/// A labelled line: "**Date:** 3 Dec 2024".
pub(super) struct Labelled<'a> {
    pub label: String,
    pub value: &'a str,
}

/// The label of a line and what follows it; `None` for a line without one.
pub(super) fn labelled(line: &Line) -> Option<Labelled<'_>> {
    let text = line.text.as_str();
    let colon = text.find([':', '：']);
    let at = colon.filter(|at| *at <= 60)?;
    let label = text[..at].trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`' | '#'));
    if label.contains("//") || label.contains(['@', ']']) && !label.contains('[') {
        return None;
    }
    let value = text[at..].trim_start_matches([':', '：', '*', '_']).trim();
    (!label.is_empty()).then(|| Labelled { label: plain(label), value })
}

/// Everything that lists people, in the order of the file; `end` is the line at which another meeting begins.
pub(super) fn find(lines: &[Line]) -> Vec<Raw> {
    let mut raws: Vec<Raw> = Vec::new();
    // The first heading is the title.
    let (mut head, mut first) = (true, true);
    // Whether anybody is listed so far; "Attendees: 3" lists nobody.
    let mut known = false;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let before = raws.len();
        let next = match line.kind {
            Kind::Heading(level) => heading(lines, at, level, head, &mut raws),
            Kind::Row => {
                let end = rows_end(lines, at);
                table(&lines[at..end], head && !known, head, &mut raws);
                Some(end)
            }
            Kind::Plain | Kind::Bullet => {
                label(lines, at, head, known, &mut raws).or_else(|| irc::read(line, &mut raws).then_some(at + 1))
            }
            Kind::Blank | Kind::Rule => None,
        };
        known |= raws[before..].iter().any(|raw| !raw.group.office && super::entry::read(&raw.text).is_some());
        if matches!(line.kind, Kind::Heading(1..=6)) {
            let ends = next.is_none() && raws.len() == before && !first && !is_head(&line.text);
            if ends && date::find(&line.text, None).is_none() {
                head = false;
            }
            first = false;
        }
        at = next.unwrap_or(at + 1).max(at + 1);
    }
    raws
}

/// A heading that names a list, and the list under it.
fn heading(lines: &[Line], at: usize, level: u8, head: bool, raws: &mut Vec<Raw>) -> Option<usize> {
    let text = plain(&lines[at].text);
    let Some(group) = group(&text) else {
        // "## Present: Ana, Ben", "**Present:** Ana" reads as a label.
        return label(lines, at, head, false, raws);
    };
    if group.office && !head && !scribes(&text) {
        return None;
    }
    let mut end = at + 1;
    while let Some(line) = lines.get(end) {
        let stops = match line.kind {
            Kind::Heading(deeper) => {
                deeper <= level
                    || super::label::group(&line.text).is_some()
                    || !(divides(&line.text) || level < 7 && lists_only(lines, end))
            }
            Kind::Rule => lines[at + 1..end].iter().any(|line| line.kind != Kind::Blank),
            // Under a line in bold, a paragraph after the list is something else.
            Kind::Plain => {
                labelled(line).is_some_and(|found| is_other_label(&found))
                    && lines[at + 1..end].iter().any(|line| line.kind == Kind::Bullet)
            }
            _ => false,
        };
        if stops || level == 7 && end > at + 1 && line.kind == Kind::Blank && ends_block(lines, at + 1, end) {
            break;
        }
        end += 1;
    }
    let body = &lines[at + 1..end];
    let found = block(body, group);
    raws.extend(found);
    Some(end)
}

fn scribes(heading: &str) -> bool {
    group(heading).is_some_and(|group| group.office && group.role == crate::model::Role::Required)
}

/// Whether a blank line ends the list under a bold line: it does where no bullet follows.
fn ends_block(lines: &[Line], start: usize, at: usize) -> bool {
    let any = lines[start..at].iter().any(|line| matches!(line.kind, Kind::Bullet | Kind::Plain | Kind::Row));
    let next = lines[at..].iter().find(|line| line.kind != Kind::Blank);
    any && next.is_none_or(|next| next.kind != Kind::Bullet)
}

/// Whether what stands under a subheading is a list of full names and nothing else: "### Acme".
fn lists_only(lines: &[Line], at: usize) -> bool {
    if is_body(&lines[at].text) {
        return false;
    }
    let body = lines[at + 1..]
        .iter()
        .take_while(|line| !matches!(line.kind, Kind::Heading(_) | Kind::Rule))
        .filter(|line| line.kind != Kind::Blank);
    let mut any = false;
    for line in body {
        any = true;
        if line.kind != Kind::Bullet || !is_full_name(&line.text) {
            return false;
        }
    }
    any
}

fn is_other_label(found: &Labelled<'_>) -> bool {
    group(&found.label).is_none() && found.label.split(' ').count() <= 4
}

/// The entries of a list's lines: bullets where there are any, else lines, else rows.
fn block(body: &[Line], group: Group) -> Vec<Raw> {
    let rows: Vec<Line> = body.iter().filter(|line| line.kind == Kind::Row).cloned().collect();
    if rows.len() > 1 {
        let mut found = Table::of(&rows).people(Some(group));
        if !found.is_empty() {
            found.extend(body.iter().filter(|line| is_list(line)).map(|line| raw(line, group, true)));
            return found;
        }
    }
    let bullets = body.iter().any(|line| line.kind == Kind::Bullet);
    let mut raws = Vec::new();
    if bullets {
        let mut at = 0;
        while let Some(line) = body.get(at) {
            at += 1;
            match line.kind {
                Kind::Bullet => {
                    let children = body[at..]
                        .iter()
                        .take_while(|next| {
                            next.kind == Kind::Blank || next.kind == Kind::Bullet && next.indent > line.indent
                        })
                        .count();
                    let (end, below) = (at + children, &body[at..at + children]);
                    let mut below: Vec<&Line> = below.iter().filter(|line| line.kind == Kind::Bullet).collect();
                    below.retain(|line| !line.text.is_empty());
                    at = end;
                    if below.is_empty() {
                        raws.push(raw(line, group, true));
                    } else {
                        nested(line, &below, group, &mut raws);
                    }
                }
                Kind::Plain if is_list(line) => raws.push(raw(line, group, true)),
                _ => {}
            }
        }
        return raws;
    }
    let plain: Vec<&Line> = body.iter().filter(|line| line.kind == Kind::Plain).collect();
    // "Regrets: Carol" begins another list.
    for lines in plain.chunk_by(|_, next| !is_list(next)) {
        paragraph(lines, plain.len() == 1, group, &mut raws);
    }
    raws
}

/// One paragraph, perhaps wrapped, or a line for each.
fn paragraph(lines: &[&Line], alone: bool, group: Group, raws: &mut Vec<Raw>) {
    let open = |line: &&Line| line.text.trim_end().ends_with([',', ';']) || line.text.ends_with(" and");
    let Some((first, (_, before))) = lines.first().zip(lines.split_last()) else { return };
    if alone || before.iter().any(open) {
        let joined = lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
        raws.push(Raw { text: joined, single: false, ..raw(first, group, false) });
    } else {
        raws.extend(lines.iter().map(|line| raw(line, group, true)));
    }
}

/// Whether a line is "Present: Ana, Ben" or the like.
fn is_list(line: &Line) -> bool {
    line.kind == Kind::Plain && labelled(line).is_some_and(|found| group(&found.label).is_some())
}

/// A bullet with bullets under it: an organization and its people, or a person and remarks.
fn nested(parent: &Line, children: &[&Line], group: Group, raws: &mut Vec<Raw>) {
    let label = plain(&parent.text);
    let label = label.trim_end_matches(':').trim();
    if let Some(group) = super::label::group(label) {
        raws.extend(children.iter().map(|line| raw(line, group, true)));
    } else if divides(label)
        || (parent.text.ends_with(':') || !is_full_name(label)) && children.iter().any(|line| is_full_name(&line.text))
    {
        let organization = (!divides(label)).then(|| label.to_owned());
        raws.extend(children.iter().map(|line| Raw { organization: organization.clone(), ..raw(line, group, true) }));
    } else if !parent.text.is_empty() {
        raws.push(raw(parent, group, true));
        if children.iter().all(|line| is_full_name(&line.text)) {
            raws.extend(children.iter().map(|line| raw(line, group, true)));
        }
    } else {
        raws.extend(children.iter().map(|line| raw(line, group, true)));
    }
}

/// A line "Present: Ana, Ben", or "Present:" with the list below.
fn label(lines: &[Line], at: usize, head: bool, known: bool, raws: &mut Vec<Raw>) -> Option<usize> {
    let line = &lines[at];
    // "Who" counts in the head alone: in the body it names an owner.
    let who = |label: &str| label.eq_ignore_ascii_case("who") && head && !known;
    let found = labelled(line).filter(|found| {
        group(&found.label).is_some() || who(&found.label) && (found.value.is_empty() || strict(found.value))
    });
    let (label, value) = match &found {
        Some(found) => (found.label.clone(), found.value),
        None => bare(lines, at)?,
    };
    let group = group(&label).or(who(&label).then_some(Group::PRESENT))?;
    // Further down "Chair: let us go on" is somebody speaking.
    if !head && (group.office || known && !strict(value)) {
        return None;
    }
    if !value.is_empty() {
        if group.office && !may_be_people(value) || !group.office && !head && !strict(value) {
            return None;
        }
        let (text, mut end) = wrapped(lines, at, value);
        for (group, text) in several(&text, group) {
            raws.push(Raw { text, single: false, ..raw(line, group, false) });
        }
        while let Some(child) = lines
            .get(end)
            .filter(|child| line.kind == Kind::Bullet && child.kind == Kind::Bullet && child.indent > line.indent)
        {
            raws.push(raw(child, group, true));
            end += 1;
        }
        return Some(end);
    }
    let mut end = at + 1;
    while lines.get(end).is_some_and(|line| line.kind == Kind::Blank) && end <= at + 2 {
        end += 1;
    }
    let start = end;
    let first = lines.get(start)?;
    let belongs = |line: &Line| match first.kind {
        Kind::Bullet => line.kind == Kind::Bullet && (lines[at].kind != Kind::Bullet || line.indent > lines[at].indent),
        Kind::Plain => {
            line.kind == Kind::Plain
                && !line.text.ends_with(':')
                && (start == at + 1 || line.indent > lines[at].indent)
                && labelled(line).is_none_or(|found| super::label::group(&found.label).is_none())
                && bare_label(line).is_none()
        }
        Kind::Row => line.kind == Kind::Row,
        _ => false,
    };
    while let Some(line) = lines.get(end).filter(|line| belongs(line)) {
        let _ = line;
        end += 1;
        // A loose list has blank lines between its bullets.
        if first.kind == Kind::Bullet
            && lines.get(end).is_some_and(|line| line.kind == Kind::Blank)
            && lines
                .get(end + 1)
                .is_some_and(|line| belongs(line) && line.indent >= first.indent && lines[at].kind != Kind::Bullet)
        {
            end += 1;
        }
    }
    raws.extend(block(&lines[start..end], group));
    Some(end.max(at + 1))
}

/// A label without a colon: "**Present** Ana, Ben" is one by its dash, "Present" alone by the indented lines under it.
fn bare(lines: &[Line], at: usize) -> Option<(String, &str)> {
    let line = &lines[at];
    if let Some((label, value)) = [" - ", " – ", " — ", "\t"].iter().find_map(|dash| line.text.split_once(*dash))
        && group(label).is_some()
        && line.kind != Kind::Heading(1)
    {
        return Some((plain(label), value.trim()));
    }
    let label = bare_label(line)?;
    let next = lines.get(at + 1).filter(|next| matches!(next.kind, Kind::Plain | Kind::Bullet))?;
    (next.indent > line.indent || next.kind == Kind::Bullet && line.kind == Kind::Plain).then_some((label, ""))
}

fn bare_label(line: &Line) -> Option<String> {
    (matches!(line.kind, Kind::Plain | Kind::Bullet) && line.text.len() <= 40 && group(&line.text).is_some())
        .then(|| plain(&line.text))
}

/// The value with the lines it goes on in.
fn wrapped(lines: &[Line], at: usize, value: &str) -> (String, usize) {
    let mut text = value.to_owned();
    let mut end = at + 1;
    while let Some(next) = lines.get(end).filter(|next| next.kind == Kind::Plain) {
        let open = text.trim_end().ends_with([',', ';', '&']) || text.trim_end().ends_with(" and");
        let deeper = next.indent >= lines[at].indent + 2;
        let lists = next.text.starts_with(',') || strict(&next.text) && pieces(&next.text, &[","]).len() > 1;
        if labelled(next).is_some_and(|found| found.label.split(' ').count() <= 3 && !open)
            || !(open || deeper && lists)
        {
            break;
        }
        text.push(' ');
        text.push_str(&next.text);
        end += 1;
    }
    (text, end)
}

/// Whether all of a value reads as names.
fn strict(value: &str) -> bool {
    let parts = pieces(&plain(value), &[",", ";", " and ", " & "]);
    parts.iter().filter(|part| !part.is_empty()).all(|part| {
        super::entry::read(part).is_some_and(|person| {
            let words = person.name.split(' ').count();
            words <= 4 && (words <= 1 || is_full_name(&person.name)) && person.name.chars().count() <= 40
        })
    })
}

/// Whether the value of an office may be people at all: short, and no sentence.
fn may_be_people(value: &str) -> bool {
    let parts = pieces(&plain(value), &[",", ";", " and ", " & ", " / "]);
    parts.iter().any(|part| super::entry::read(part).is_some()) && parts.iter().all(|part| part.split(' ').count() <= 6)
}

fn table(rows: &[Line], may_list: bool, head: bool, raws: &mut Vec<Raw>) {
    let table = Table::of(rows);
    let mut any = false;
    if head {
        for (line, label, value) in table.pairs() {
            if let Some(group) =
                group(&label).filter(|_| !value.is_empty() && group(&plain(value)).is_none() && strict_cell(value))
            {
                any = true;
                raws.push(Raw {
                    text: value.to_owned(),
                    line,
                    checked: None,
                    single: false,
                    group,
                    organization: None,
                });
            }
        }
    }
    if !any && may_list {
        raws.extend(table.people(None));
    }
}

fn strict_cell(value: &str) -> bool {
    let value = value.replace("<br>", ", ").replace("<br/>", ", ").replace("<br />", ", ");
    pieces(&plain(&value), &[",", ";", " and "]).iter().any(|part| super::entry::read(part).is_some())
        && !matches!(value.trim(), "x" | "X" | "yes" | "Yes" | "no" | "No")
}

fn rows_end(lines: &[Line], at: usize) -> usize {
    at + lines[at..].iter().take_while(|line| line.kind == Kind::Row).count()
}

pub(super) fn raw(line: &Line, group: Group, single: bool) -> Raw {
    Raw { text: line.text.clone(), line: line.number, checked: line.checked, single, group, organization: None }
}
