//! A world as text: one thing a line, named by words of at most 16 letters, which are its id as well.
//!
//! ```text
//! org acme: ana ben
//! meeting m1 2026-03-02 series=weekly topics=client/acme with me ana +ben -cid ?dan !eve
//! action a1 in m1 by ana names ben due=2026-03-05
//! decision d1 in m1 supersedes=d0
//! ```
//!
//! `+` was present, `!` was absent, `-` declined, `?` may come, `*` organizes. Meetings last from 10 to 11 UTC; it is
//! nine in the morning of 10 March 2026; the user is `me`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use crate::graph::{Fact, Graph, MeetingFact, SeriesFact, View};
use crate::model::*;

pub(in crate::graph) struct World {
    pub(in crate::graph) facts: Vec<Fact>,
    pub(in crate::graph) graph: Graph,
    pub(in crate::graph) view: View,
}

pub(in crate::graph) fn world(text: &str) -> World {
    let mut people: BTreeMap<&str, Option<&str>> = BTreeMap::from([("me", None)]);
    let (mut facts, mut series, mut line) = (Vec::new(), BTreeSet::new(), 0);
    for words in text.lines().map(|text| text.split_whitespace().collect::<Vec<_>>()).filter(|words| !words.is_empty())
    {
        line += 1;
        match words[0] {
            "org" => {
                let name = words[1].trim_end_matches(':');
                people.extend(words[2..].iter().map(|who| (*who, Some(name))));
                facts.push(Fact::Organization(Organization {
                    id: id(name).into(),
                    name: name.into(),
                    domains: vec![],
                }));
            }
            "meeting" => {
                let meeting = meeting(&words);
                let there = words.iter().skip_while(|word| **word != "with").skip(1);
                for who in there.map(|word| word.trim_start_matches(MARKS)) {
                    people.entry(who).or_default();
                }
                if let Some(id) = meeting.series_id
                    && series.insert(id)
                {
                    facts.push(Fact::Series(SeriesFact { id, title: name(id) }));
                }
                facts.push(Fact::Meeting(meeting));
            }
            _ => facts.push(Fact::Item(item(&words, line))),
        }
    }
    facts.extend(people.into_iter().map(|(who, organization)| person(who, organization)));
    World { graph: Graph::build(facts.clone()), facts, view: view("2026-03-10T09:00:00Z") }
}

const MARKS: [char; 5] = ['+', '!', '-', '?', '*'];

pub(super) fn id(name: &str) -> Uuid {
    let mut bytes = [0; 16];
    bytes[..name.len()].copy_from_slice(name.as_bytes());
    Uuid::from_bytes(bytes)
}

pub(in crate::graph) fn name(id: impl Into<Uuid>) -> String {
    let id: Uuid = id.into();
    String::from_utf8_lossy(id.as_bytes()).trim_end_matches('\0').to_owned()
}

/// Names in the order given, for comparing with a line of text.
pub(super) fn names<T: Into<Uuid>>(ids: impl IntoIterator<Item = T>) -> String {
    ids.into_iter().map(name).collect::<Vec<_>>().join(" ")
}

pub(in crate::graph) fn view(now: &str) -> View {
    View { now: now.parse().unwrap(), zone: Tz::UTC, me: Some(id("me").into()) }
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str, hour: u32) -> DateTime<Utc> {
    date(text).and_hms_opt(hour, 0, 0).unwrap().and_utc()
}

fn option<'a>(words: &[&'a str], key: &str) -> Option<&'a str> {
    words.iter().find_map(|word| word.strip_prefix(key)?.strip_prefix('='))
}

fn list<'a>(words: &[&'a str], key: &str) -> Vec<&'a str> {
    option(words, key).map(|value| value.split(',').collect()).unwrap_or_default()
}

fn after<'a>(words: &[&'a str], key: &str) -> Vec<&'a str> {
    let at = words.iter().position(|word| *word == key);
    at.map(|at| words[at + 1].split(',').collect()).unwrap_or_default()
}

fn person(who: &str, organization: Option<&str>) -> Fact {
    Fact::Person(Person {
        id: id(who).into(),
        handle: who.into(),
        name: who.into(),
        emails: vec![],
        aliases: vec![],
        organization_id: organization.map(|name| id(name).into()),
        employments: Vec::new(),
        relation: Relation::None,
        is_me: who == "me",
        merged_into: None,
    })
}

fn meeting(words: &[&str]) -> MeetingFact {
    let meeting_id: MeetingId = id(words[1]).into();
    let attendances = words.iter().skip_while(|word| **word != "with").skip(1).map(|word| Attendance {
        meeting_id,
        person_id: id(word.trim_start_matches(MARKS)).into(),
        role: match word.chars().next() {
            Some('?') => Role::Optional,
            Some('*') => Role::Organizer,
            _ => Role::Required,
        },
        response: word.starts_with('-').then_some(Response::Declined),
        present: match word.chars().next() {
            Some('+') => Presence::Yes,
            Some('!') => Presence::No,
            _ => Presence::Unknown,
        },
    });
    MeetingFact {
        id: meeting_id,
        series_id: option(words, "series").map(|name| id(name).into()),
        title: words[1].into(),
        times: Times::Timed { start: at(words[2], 10), end: at(words[2], 11), zone: Tz::UTC },
        status: if words.contains(&"cancelled") { MeetingStatus::Cancelled } else { MeetingStatus::Confirmed },
        kind: if words.contains(&"focus") { MeetingKind::Focus } else { MeetingKind::Meeting },
        held: option(words, "held").map(|held| held == "yes"),
        has_notes: false,
        has_purpose: false,
        attendances: attendances.collect(),
        unnamed: 0,
        implied: None,
        own: false,
        mentions: list(words, "names").into_iter().map(|who| id(who).into()).collect(),
        topics: list(words, "topics").into_iter().map(str::to_owned).collect(),
    }
}

fn item(words: &[&str], line: u32) -> Item {
    let kind: ItemKind = words[0].parse().unwrap();
    let link = |key: &str, kind: LinkKind| {
        list(words, key).into_iter().map(move |to| ItemLink { kind, target: id(to).into() }).collect::<Vec<_>>()
    };
    let owner = |who: &str| ItemOwner { person_id: id(who).into(), inferred: false, written: format!("@{who}") };
    Item {
        id: id(words[1]).into(),
        kind,
        anchor: words[1].into(),
        note_id: id("note").into(),
        meeting_id: after(words, "in").first().map(|name| id(name).into()),
        part: option(words, "part").map_or(NotePart::Notes, |part| part.parse().unwrap()),
        line,
        text: words[1].into(),
        status: option(words, "status").map_or(ActionStatus::Open, |status| status.parse().unwrap()),
        owners: after(words, "by").into_iter().map(owner).collect(),
        due: option(words, "due").map(date),
        slips: 0,
        snoozed_until: option(words, "snoozed").map(date),
        kept_until: None,
        topics: list(words, "topics").into_iter().map(str::to_owned).collect(),
        mentions: after(words, "names").into_iter().map(|who| id(who).into()).collect(),
        links: [
            link("supersedes", LinkKind::Supersedes),
            link("after", LinkKind::BlockedBy),
            link("answers", LinkKind::Answers),
        ]
        .concat(),
        rationale: None,
        alternatives: None,
        revisit: option(words, "revisit").map(date),
        proposed: words.contains(&"proposed"),
        created_at: at(option(words, "created").unwrap_or("2026-03-01"), 12),
        done_at: option(words, "done").map(|day| at(day, 12)),
        archived: words.contains(&"archived"),
        superseded_unseen: option(words, "unseen").map(date),
    }
}
