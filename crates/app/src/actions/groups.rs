//! In which groups and order a list of actions is read.

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta, Weekday};
use chrono_tz::Tz;
use throughline_core::model::{ActionStatus, ItemId, MeetingId, PersonId};
use throughline_core::people::fold;
use throughline_core::review::week_of;
use throughline_store::item::Line;

use super::stretch::{GroupBy, Stayed};
use crate::stretch::Group;

/// What a grouping has to know besides the lines.
pub(super) struct Reading<'a> {
    pub today: NaiveDate,
    pub zone: Tz,
    pub week_begins: Weekday,
    pub me: Option<PersonId>,
    pub headings: &'a Headings,
    /// Ticked a moment ago: they stand where they stood.
    pub stay: &'a [Stayed],
}

/// What headings are made of that are no dates: read where they are asked for.
#[derive(Debug, Default)]
pub(super) struct Headings {
    /// Who is named first of those whose an action is, and what people are called.
    pub owners: HashMap<ItemId, PersonId>,
    pub names: HashMap<PersonId, String>,
    /// An action's meeting, and what meetings are called, with their days.
    pub meetings: HashMap<ItemId, MeetingId>,
    pub titles: HashMap<MeetingId, (String, NaiveDate)>,
}

/// The lines in groups, each group and each line once, in reading order: by date, the late first and the undated last; by
/// person, the user first, then by name, the unowned last; by meeting, the newest first. What is snoozed comes last of
/// all, whatever the grouping, the soonest back first; and after it, where the list is one of open ones, what is closed.
pub(super) fn group(lines: &[Line], at: Vec<usize>, by: GroupBy, of_open: bool, reading: &Reading<'_>) -> Vec<Group> {
    let (mut awake, mut asleep, mut over) = (Vec::new(), Vec::new(), Vec::new());
    for at in at {
        let line = &lines[at];
        let stays = reading.stay.iter().any(|one| one.id == line.id);
        if of_open && line.status != ActionStatus::Open && !stays {
            over.push(at);
        } else if line.status == ActionStatus::Open && line.snoozed_until.is_some_and(|until| until > reading.today) {
            asleep.push(at);
        } else {
            awake.push(at);
        }
    }
    let mut groups = match by {
        GroupBy::Date => by_date(lines, awake, reading),
        GroupBy::Person => by_person(lines, awake, reading),
        GroupBy::Meeting => by_meeting(lines, awake, reading),
    };
    if !asleep.is_empty() {
        asleep.sort_by_key(|&at| (lines[at].snoozed_until, by_due(&lines[at])));
        groups.push(Group { key: "snoozed".to_owned(), title: "Snoozed".to_owned(), at: asleep });
    }
    if !over.is_empty() {
        over.sort_by_key(|&at| newest_closed(&lines[at], reading));
        groups.push(Group { key: "closed".to_owned(), title: "Done and dropped".to_owned(), at: over });
    }
    groups
}

/// Done and dropped ones as a log: the newest first, by the day they were closed.
pub(super) fn closed(lines: &[Line], at: Vec<usize>, reading: &Reading<'_>) -> Vec<Group> {
    let week = week_of(reading.today, reading.week_begins);
    let names = [
        ("today", "Today", reading.today),
        ("week", "This week", week),
        ("last", "Last week", week - TimeDelta::weeks(1)),
        ("older", "Earlier", NaiveDate::MIN),
    ];
    let day = |line: &Line| {
        let at = done_at(line, reading).unwrap_or(line.created_at);
        at.with_timezone(&reading.zone).date_naive()
    };
    let mut groups = named(&names.map(|(key, title, _)| (key, title)), at, |at| {
        let day = day(&lines[at]);
        names.iter().position(|(_, _, from)| day >= *from).unwrap_or(names.len() - 1)
    });
    for group in &mut groups {
        group.at.sort_by_key(|&at| newest_closed(&lines[at], reading));
    }
    groups
}

fn by_date(lines: &[Line], at: Vec<usize>, reading: &Reading<'_>) -> Vec<Group> {
    let names =
        [("late", "Late"), ("today", "Today"), ("week", "This week"), ("later", "Later"), ("undated", "No date")];
    let today = reading.today;
    let ends = week_of(today, reading.week_begins) + TimeDelta::days(6);
    let place = |at: usize| match lines[at].due {
        None => 4,
        Some(due) if due < today => 0,
        Some(due) if due == today => 1,
        Some(due) if due <= ends => 2,
        Some(_) => 3,
    };
    sorted(lines, named(&names, at, place))
}

/// An action of two owners stands with the first: it is one action, and one row.
fn by_person(lines: &[Line], at: Vec<usize>, reading: &Reading<'_>) -> Vec<Group> {
    let mut owned: HashMap<Option<PersonId>, Vec<usize>> = HashMap::new();
    for at in at {
        owned.entry(reading.headings.owners.get(&lines[at].id).copied()).or_default().push(at);
    }
    let name = |id: PersonId| reading.headings.names.get(&id).cloned().unwrap_or_default();
    let mut groups: Vec<_> = owned
        .into_iter()
        .map(|(owner, at)| match owner {
            Some(id) if Some(id) == reading.me => (0, String::new(), group_of(id.to_string(), "You".to_owned(), at)),
            Some(id) => (1, fold(&name(id)), group_of(id.to_string(), name(id), at)),
            None => (2, String::new(), group_of("unowned".to_owned(), "Nobody yet".to_owned(), at)),
        })
        .collect();
    groups.sort_by(|(a, b, one), (c, d, other)| (a, b, &one.key).cmp(&(c, d, &other.key)));
    sorted(lines, groups.into_iter().map(|(.., group)| group))
}

fn by_meeting(lines: &[Line], at: Vec<usize>, reading: &Reading<'_>) -> Vec<Group> {
    let Headings { meetings, titles, .. } = reading.headings;
    let mut said: HashMap<_, Vec<usize>> = HashMap::new();
    for at in at {
        said.entry(meetings.get(&lines[at].id).copied()).or_default().push(at);
    }
    let mut groups: Vec<_> = said
        .into_iter()
        .map(|(id, at)| {
            let meeting = id.and_then(|id| titles.get(&id));
            let title = meeting.map_or("Outside meetings", |(title, _)| title).to_owned();
            let key = id.map_or_else(|| "none".to_owned(), |id| id.to_string());
            (Reverse(meeting.map(|(_, date)| *date)), fold(&title), group_of(key, title, at))
        })
        .collect();
    groups.sort_by(|(a, b, one), (c, d, other)| (a, b, &one.key).cmp(&(c, d, &other.key)));
    sorted(lines, groups.into_iter().map(|(.., group)| group))
}

/// Groups of these names that hold something, each line in the one that `place` says.
fn named(names: &[(&str, &str)], at: Vec<usize>, place: impl Fn(usize) -> usize) -> Vec<Group> {
    let mut groups: Vec<Group> =
        names.iter().map(|(key, title)| group_of((*key).to_owned(), (*title).to_owned(), Vec::new())).collect();
    for at in at {
        groups[place(at)].at.push(at);
    }
    groups.retain(|group| !group.at.is_empty());
    groups
}

fn group_of(key: String, title: String, at: Vec<usize>) -> Group {
    Group { key, title, at }
}

fn sorted(lines: &[Line], groups: impl IntoIterator<Item = Group>) -> Vec<Group> {
    let mut groups: Vec<Group> = groups.into_iter().collect();
    for group in &mut groups {
        group.at.sort_by_key(|&at| by_due(&lines[at]));
    }
    groups
}

/// The soonest due first, the undated last, and among equals the oldest first.
fn by_due(line: &Line) -> impl Ord + use<> {
    (line.due.is_none(), line.due, line.created_at, line.id)
}

fn newest_closed(line: &Line, reading: &Reading<'_>) -> impl Ord + use<> {
    (Reverse(done_at(line, reading)), line.id)
}

/// When it was closed; of one that was opened again a moment ago, when it had been.
fn done_at(line: &Line, reading: &Reading<'_>) -> Option<chrono::DateTime<chrono::Utc>> {
    let stayed = reading.stay.iter().find(|one| one.id == line.id);
    stayed.map_or(line.done_at, |stayed| stayed.done_at)
}
