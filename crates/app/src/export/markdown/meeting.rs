//! The file of a meeting.

use throughline_core::model::{MeetingStatus, NotePart, PersonId, Presence};

use super::folder::{Folder, Page};
use super::syntax::{FrontMatter, heading, wiki_link};
use crate::view::{Meeting, When};

/// Front matter, the title, and each part as it is under a heading of its own.
pub(super) fn write(folder: &Folder<'_>, page: &Page<'_>) -> String {
    let mut text = front_matter(folder, page.meeting);
    text.push_str(&heading(1, title(page.meeting)));
    for note in page.notes {
        let part = match note.part {
            NotePart::Prep => "Prep",
            NotePart::Notes => "Notes",
            NotePart::Private => "Private",
        };
        text.push('\n');
        text.push_str(&heading(2, part));
        text.push('\n');
        text.push_str(&note.text);
        if !note.text.ends_with('\n') {
            text.push('\n');
        }
    }
    text
}

pub(super) fn title(meeting: &Meeting) -> &str {
    if meeting.title.trim().is_empty() { "Untitled" } else { &meeting.title }
}

fn front_matter(folder: &Folder<'_>, meeting: &Meeting) -> String {
    let mut matter = FrontMatter::new();
    matter.text("id", &meeting.id.to_string());
    matter.text("title", title(meeting));
    matter.plain("date", meeting.start.date());
    matter.plain("start", meeting.start);
    matter.plain("end", meeting.end);
    if let (When::At(_), Some(zone)) = (meeting.start, &meeting.zone) {
        matter.text("zone", zone);
    }
    if meeting.status != MeetingStatus::Confirmed {
        matter.plain("status", meeting.status);
    }
    if let Some(series) = meeting.series_id {
        matter.text("series", folder.series_title(series).unwrap_or_default());
        matter.text("series_id", &series.to_string());
    }
    let named = |id: PersonId, name: &str| match folder.person_path(id) {
        Some(path) => wiki_link(name, path),
        None => name.to_owned(),
    };
    if let Some(organizer) = &meeting.organizer {
        matter.text("organizer", &named(organizer.person_id, &organizer.name));
    }
    let attendees = meeting.attendees.iter();
    let present = attendees.clone().filter(|attendee| attendee.present == Presence::Yes);
    matter.list("attendees", &attendees.map(|person| named(person.person_id, &person.name)).collect::<Vec<_>>());
    matter.list("present", &present.map(|person| named(person.person_id, &person.name)).collect::<Vec<_>>());
    matter.text("purpose", meeting.purpose.as_deref().unwrap_or_default());
    matter.text("location", meeting.location.as_deref().unwrap_or_default());
    matter.text("call_url", meeting.call_url.as_deref().unwrap_or_default());
    matter.end()
}
