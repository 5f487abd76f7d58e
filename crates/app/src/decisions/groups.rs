//! In which groups and order decisions are read.

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use throughline_core::model::ItemId;
use throughline_core::people::fold;

use super::stretch::Listing;
use crate::stretch::Group;

/// By topic, each once: under the first of its topics that lies within the one asked for, else under its first. Topics by
/// name, those without one last; within a topic the newest first.
pub(super) fn by_topic(
    lines: &[Listing],
    of: &HashMap<ItemId, Vec<String>>,
    at: Vec<usize>,
    asked: Option<&str>,
) -> Vec<Group> {
    let mut topics: HashMap<&str, Vec<usize>> = HashMap::new();
    for at in at {
        let own = of.get(&lines[at].line.id).map_or(&[][..], Vec::as_slice);
        let within = asked.and_then(|asked| own.iter().find(|topic| is_within(topic, asked)));
        topics.entry(within.or(own.first()).map_or("", String::as_str)).or_default().push(at);
    }
    let mut topics: Vec<_> = topics.into_iter().collect();
    topics.sort_by_cached_key(|(topic, _)| (topic.is_empty(), fold(topic), (*topic).to_owned()));
    let group = |(topic, at): (&str, Vec<usize>)| {
        let (key, title) = match topic {
            "" => ("none".to_owned(), "No topic".to_owned()),
            topic => (topic.to_owned(), format!("#{topic}")),
        };
        Group { key, title, at: newest_first(lines, at) }
    };
    topics.into_iter().map(group).collect()
}

/// By month, the newest first, those without a date last: "November", and "November 2025" of another year than this.
pub(super) fn by_month(lines: &[Listing], at: Vec<usize>, today: NaiveDate) -> Vec<Group> {
    let month = |at: usize| lines[at].date.map(|date| (date.year(), date.month()));
    let mut groups: Vec<(Option<(i32, u32)>, Group)> = Vec::new();
    for at in newest_first(lines, at) {
        match groups.last_mut().filter(|(known, _)| *known == month(at)) {
            Some((_, group)) => group.at.push(at),
            None => {
                let key = lines[at].date.map_or_else(|| "none".to_owned(), |date| date.format("%Y-%m").to_string());
                let form = |date: NaiveDate| if date.year() == today.year() { "%B" } else { "%B %Y" };
                let title = lines[at].date.map(|date| date.format(form(date)).to_string());
                let title = title.unwrap_or_else(|| "No date".to_owned());
                groups.push((month(at), Group { key, title, at: vec![at] }));
            }
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// The later made first where they are of one day.
pub(super) fn newest_first(lines: &[Listing], mut at: Vec<usize>) -> Vec<usize> {
    at.sort_by_key(|&at| Reverse((lines[at].date, lines[at].line.id)));
    at
}

/// `client/acme` lies within `client`, and within itself.
fn is_within(topic: &str, parent: &str) -> bool {
    topic.strip_prefix(parent).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
