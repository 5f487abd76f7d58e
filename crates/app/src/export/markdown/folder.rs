//! Which file holds what.

use std::collections::BTreeMap;

use throughline_core::graph::{Fact, NodeRef};
use throughline_core::model::{MeetingId, PersonId, SeriesId};

use super::super::file_name::{Taken, sound};
use super::super::{Exported, one_line};
use crate::view::{Meeting, Note, Person};

/// The files of the folder, named before any is written so that they can link to each other.
pub(super) struct Folder<'a> {
    pub(super) exported: &'a Exported,
    /// Meetings with notes, in order of time.
    pages: Vec<(&'a Meeting, Vec<&'a Note>, String)>,
    meetings: BTreeMap<MeetingId, usize>,
    /// People in order of name.
    people: Vec<(&'a Person, String)>,
    person_paths: BTreeMap<PersonId, usize>,
    running: BTreeMap<PersonId, &'a str>,
    /// Whose running note an anchor stands in.
    anchors: BTreeMap<&'a str, PersonId>,
    series: BTreeMap<SeriesId, &'a str>,
}

/// A meeting that has a file.
pub(super) struct Page<'f> {
    pub(super) meeting: &'f Meeting,
    /// Its parts that say something, in the order prep, notes, private.
    pub(super) notes: &'f [&'f Note],
    pub(super) path: &'f str,
}

impl<'a> Folder<'a> {
    pub(super) fn lay_out(exported: &'a Exported) -> Self {
        let mut taken = Taken::default();
        let pages = pages(exported, &mut taken);
        let people = people(exported, &mut taken);
        let running: BTreeMap<_, _> = exported.running_notes.iter().map(|(id, text)| (*id, text.as_str())).collect();
        let anchors = running.iter().flat_map(|(id, text)| anchors(text).map(|anchor| (anchor, *id))).collect();
        let series = exported.graph.nodes.iter().filter_map(|node| match node {
            (NodeRef::Series(id), Some(Fact::Series(series))) => Some((*id, series.title.as_str())),
            _ => None,
        });
        Self {
            exported,
            meetings: pages.iter().enumerate().map(|(at, (meeting, ..))| (meeting.id, at)).collect(),
            pages,
            person_paths: people.iter().enumerate().map(|(at, (person, _))| (person.id, at)).collect(),
            people,
            running,
            anchors,
            series: series.collect(),
        }
    }

    /// Meetings that have a file, oldest first.
    pub(super) fn meetings(&self) -> impl DoubleEndedIterator<Item = Page<'_>> {
        self.pages.iter().map(|(meeting, notes, path)| Page { meeting, notes, path })
    }

    /// Everybody, by name.
    pub(super) fn people(&self) -> impl Iterator<Item = (&'a Person, &str)> {
        self.people.iter().map(|(person, path)| (*person, path.as_str()))
    }

    /// What stands in a person's running note.
    pub(super) fn running_note(&self, person: PersonId) -> Option<&'a str> {
        self.running.get(&person).copied().filter(|text| !text.trim().is_empty())
    }

    pub(super) fn series_title(&self, series: SeriesId) -> Option<&'a str> {
        self.series.get(&series).copied()
    }

    pub(super) fn meeting_path(&self, meeting: MeetingId) -> Option<&str> {
        self.meetings.get(&meeting).map(|at| self.pages[*at].2.as_str())
    }

    pub(super) fn person_path(&self, person: PersonId) -> Option<&str> {
        self.person_paths.get(&person).map(|at| self.people[*at].1.as_str())
    }

    /// The file an item stands in.
    pub(super) fn item_path(&self, meeting: Option<MeetingId>, anchor: &str) -> Option<&str> {
        match meeting {
            Some(meeting) => self.meeting_path(meeting),
            None => self.person_path(*self.anchors.get(anchor)?),
        }
    }
}

fn pages<'a>(exported: &'a Exported, taken: &mut Taken) -> Vec<(&'a Meeting, Vec<&'a Note>, String)> {
    let mut notes: BTreeMap<MeetingId, Vec<&Note>> = BTreeMap::new();
    for note in exported.notes.iter().filter(|note| !note.text.trim().is_empty()) {
        if let Some(meeting) = note.meeting_id {
            notes.entry(meeting).or_default().push(note);
        }
    }
    let mut meetings: Vec<_> = exported.meetings.iter().filter(|meeting| notes.contains_key(&meeting.id)).collect();
    meetings.sort_by_key(|meeting| (meeting.start.date(), meeting.start, meeting.id));
    let pages = meetings.into_iter().map(|meeting| {
        let mut parts = notes.remove(&meeting.id).unwrap_or_default();
        parts.sort_by_key(|note| note.part);
        let date = meeting.start.date();
        let name =
            sound(&format!("{date} {}", if one_line(&meeting.title).is_empty() { "Untitled" } else { &meeting.title }));
        let path = taken.path(&date.format("%Y").to_string(), &name);
        (meeting, parts, path)
    });
    pages.collect()
}

fn people<'a>(exported: &'a Exported, taken: &mut Taken) -> Vec<(&'a Person, String)> {
    let mut people: Vec<_> = exported.people.iter().collect();
    people.sort_by_key(|person| (person.name.to_lowercase(), person.id));
    let named = people.into_iter().map(|person| {
        let names = [&person.name, &person.handle].map(|name| sound(name));
        let name = names.into_iter().find(|name| !name.is_empty()).unwrap_or_else(|| "Unnamed".to_owned());
        (person, taken.path("people", &name))
    });
    named.collect()
}

/// The anchors at the ends of a text's lines.
fn anchors(text: &str) -> impl Iterator<Item = &str> {
    let tails = text.lines().filter_map(|line| Some(line.trim_end_matches(['|', ' ', '\t', '\r']).rsplit_once('^')?.1));
    tails.filter(|tail| tail.len() == 6 && tail.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()))
}
