//! Meetings: a list by days, and one alone.

use chrono::NaiveDate;
use throughline_app::model::{MeetingKind, MeetingStatus, MyRole, NotePart, Presence, Response, Role};
use throughline_app::view::{Attendee, Meeting, MeetingDetail, Meetings, When};

use super::item::{decision_line, owned_action_line, question_line};
use super::page::{Page, Row};
use super::span::{Span, Tone};
use super::{Look, Show, short};
use crate::text::{clean_lines, fit};
use crate::words;

/// The people at a meeting who are not the user.
pub fn others<'m>(meeting: &'m Meeting, look: &Look) -> Vec<&'m Attendee> {
    meeting.attendees.iter().filter(|attendee| Some(attendee.person_id) != look.me).collect()
}

/// Whether the user declined it.
pub fn declined(meeting: &Meeting, look: &Look) -> bool {
    let me = meeting.attendees.iter().find(|attendee| Some(attendee.person_id) == look.me);
    me.is_some_and(|me| me.response == Some(Response::Declined))
}

/// Its title; one that has none is told as such.
pub fn title(meeting: &Meeting, look: &Look) -> Span {
    let tone = match meeting.status {
        MeetingStatus::Cancelled => Tone::Gone,
        _ if declined(meeting, look) => Tone::Gone,
        _ if meeting.kind == MeetingKind::Meeting => Tone::Strong,
        _ => Tone::Plain,
    };
    if meeting.title.trim().is_empty() { Span::quiet("no title") } else { Span::new(&meeting.title, tone) }
}

/// What is to be known of it at a glance: cancelled, declined, tentative, away.
pub fn state(meeting: &Meeting, look: &Look) -> Option<&'static str> {
    match (meeting.status, meeting.kind) {
        (MeetingStatus::Cancelled, _) => Some("cancelled"),
        _ if declined(meeting, look) => Some("declined"),
        (_, MeetingKind::Focus) => Some("focus time"),
        (_, MeetingKind::OutOfOffice) => Some("out of office"),
        (_, MeetingKind::WorkingLocation) => Some("working location"),
        (MeetingStatus::Tentative, _) => Some("tentative"),
        _ => None,
    }
}

/// `09:00–09:30` on the user's clock; none for whole days.
pub fn hours(meeting: &Meeting, look: &Look) -> Option<String> {
    let (When::At(start), When::At(end)) = (meeting.start, meeting.end) else { return None };
    let (start, end) = (start.with_timezone(&look.zone), end.with_timezone(&look.zone));
    let days = (end.date_naive() - start.date_naive()).num_days();
    let later = if days > 0 { format!("+{days}") } else { String::new() };
    Some(format!("{}–{}{later}", words::clock(start.time()), words::clock(end.time())))
}

/// `30 min`, `1 h 15`, `3 days`
pub fn length(meeting: &Meeting) -> String {
    match (meeting.start, meeting.end) {
        (When::At(start), When::At(end)) => words::span((end - start).num_minutes()),
        (start, end) => match (end.date() - start.date()).num_days() {
            days @ 2.. => words::count(usize::try_from(days).unwrap_or(0), "day"),
            _ => "all day".to_owned(),
        },
    }
}

/// Who else is there: names where they are few, else how many.
pub fn company(meeting: &Meeting, look: &Look) -> Option<String> {
    let others = others(meeting, look);
    match others.len() {
        0 => None,
        1..=3 => Some(words::names(others.iter().map(|other| other.name.as_str()))),
        _ => Some(words::count(meeting.attendees.len(), "person")),
    }
}

/// Where it is, in few words.
pub fn place(meeting: &Meeting) -> Option<String> {
    let call = meeting.call_url.as_deref().map(|url| {
        let host = url.split("://").last().unwrap_or(url).split(['/', '?', ':']).next().unwrap_or(url);
        let known =
            [("meet.google", "Meet"), ("zoom", "Zoom"), ("teams", "Teams"), ("webex", "Webex"), ("jit.si", "Jitsi")];
        known.iter().find(|(part, _)| host.contains(part)).map_or(host.to_owned(), |(_, name)| (*name).to_owned())
    });
    let room = meeting.location.as_deref().filter(|room| !room.contains("://") && !room.trim().is_empty());
    room.map(|room| fit(room, 28)).or(call)
}

/// What the user does in it.
pub fn my_part(meeting: &Meeting) -> Option<&'static str> {
    meeting.my_role.map(|role| match role {
        MyRole::Facilitator => "you facilitate",
        MyRole::DecisionMaker => "you decide",
        MyRole::Advisor => "you advise",
        MyRole::Spectator => "you listen",
    })
}

/// The head of a page about one meeting.
pub fn heading(page: &mut Page<'_>, meeting: &Meeting, more: Option<String>) {
    let look = page.look;
    let today = look.today();
    let near = (meeting.start.date() == today).then(|| words::moment(meeting.start, look));
    page.row(Row {
        body: vec![title(meeting, look)],
        right: vec![Span::accent(near.unwrap_or_default()), Span::quiet_raw(format!("  {}", short(meeting.id)))],
        ..Row::default()
    });
    let day = words::long_day(meeting.start.date(), today);
    let state = state(meeting, look).map(str::to_owned);
    let parts = [
        Some(day),
        hours(meeting, look),
        Some(length(meeting)),
        company(meeting, look),
        place(meeting),
        my_part(meeting).map(str::to_owned),
        state,
        more,
    ];
    page.aside(&parts.into_iter().flatten().collect::<Vec<_>>().join(" · "));
    if let Some(purpose) = &meeting.purpose {
        page.say(purpose);
    }
}

/// A row of a list of meetings: when, what, with whom.
pub fn meeting_row(page: &mut Page<'_>, meeting: &Meeting) {
    let look = page.look;
    let hours = hours(meeting, look).unwrap_or_else(|| "all day".to_owned());
    let mut right = Vec::new();
    let mut say =
        |text: String| right.push(Span::quiet(format!("{}{text}", if right.is_empty() { "" } else { " · " })));
    if let Some(state) = state(meeting, look) {
        say(state.to_owned());
    }
    if meeting.has_notes {
        say("notes".to_owned());
    }
    match others(meeting, look).as_slice() {
        [] => {}
        [one] => say(fit(&one.name, 24)),
        [one, two] => say(fit(&words::names([one, two].map(|other| words::first_name(&other.name))), 24)),
        _ => say(words::count(meeting.attendees.len(), "person")),
    }
    right.push(Span::quiet_raw(format!("  {}", short(meeting.id))));
    let lead = vec![Span::quiet_raw(format!("  {hours:<13}"))];
    let body = vec![title(meeting, look).regular()];
    page.row(Row { lead, hang: vec![Span::plain_raw(" ".repeat(15))], body, right });
}

impl Show for Meetings {
    fn show(&self, page: &mut Page<'_>) {
        let today = page.look.today();
        let mut day: Option<NaiveDate> = None;
        for meeting in &self.meetings {
            let date = meeting.start.date();
            if day.replace(date) != Some(date) {
                let near = words::day(date, today);
                let near = if near.starts_with(|c: char| c.is_ascii_digit()) || near.len() == 3 { "" } else { &near };
                page.heading(&words::long_day(date, today), near);
            }
            meeting_row(page, meeting);
        }
        if self.meetings.is_empty() {
            page.say("No meetings there.");
            page.aside("`throughline account add ics FILE` and `throughline sync` bring a calendar in.");
        }
    }
}

impl Show for Meeting {
    fn show(&self, page: &mut Page<'_>) {
        heading(page, self, None);
        people(page, &self.attendees);
    }
}

fn people(page: &mut Page<'_>, attendees: &[Attendee]) {
    if attendees.is_empty() {
        return;
    }
    page.heading("People", attendees.len());
    for attendee in attendees {
        let you = if Some(attendee.person_id) == page.look.me { " (you)" } else { "" };
        let role = match attendee.role {
            Role::Organizer => Some("organizer"),
            Role::Optional => Some("optional"),
            Role::Required => None,
        };
        let response = match attendee.response {
            Some(Response::NeedsAction) | None => None,
            Some(response) => Some(response.as_str()),
        };
        let present = match attendee.present {
            Presence::Yes => Some("was there"),
            Presence::No => Some("was not there"),
            Presence::Unknown => None,
        };
        let right: Vec<_> = [role, response, present].into_iter().flatten().collect();
        page.row(Row {
            lead: vec![Span::plain_raw("  ")],
            hang: vec![Span::plain_raw("  ")],
            body: vec![
                Span::plain(format!("{}{you}", attendee.name)),
                Span::quiet_raw(" "),
                Span::quiet(format!("@{}", attendee.handle)),
            ],
            right: vec![Span::quiet(right.join(" · "))],
        });
    }
}

impl Show for MeetingDetail {
    fn show(&self, page: &mut Page<'_>) {
        heading(page, &self.meeting, None);
        if self.meeting.call_url.is_some() || self.meeting.location.is_some() || !self.attachments.is_empty() {
            page.gap();
        }
        let place = self.meeting.location.as_ref().filter(|place| self.meeting.call_url.as_ref() != Some(*place));
        page.field("Where", place);
        page.field("Call", self.meeting.call_url.as_ref());
        for link in &self.attachments {
            page.field("File", Some(&format!("{} {}", link.title, link.url)));
        }
        people(page, &self.meeting.attendees);
        if let Some(description) = self.description.as_deref().filter(|text| !text.trim().is_empty()) {
            page.heading("Invitation", "");
            page.block("  ", &clean_lines(description));
        }
        for note in self.notes.iter().filter(|note| !note.text.trim().is_empty()) {
            let name = match note.part {
                NotePart::Prep => "Prep",
                NotePart::Notes => "Notes",
                NotePart::Private => "Private",
            };
            page.heading(name, "");
            page.block("│ ", &clean_lines(&note.text));
        }
        let outcomes = self.decisions.len() + self.actions.len() + self.questions.len();
        if outcomes > 0 {
            page.heading("Outcomes", outcomes);
            self.decisions.iter().for_each(|decision| decision_line(page, "", decision));
            self.actions.iter().for_each(|action| owned_action_line(page, "", action));
            self.questions.iter().for_each(|question| question_line(page, "", question));
        }
        if self.notes.iter().all(|note| note.text.trim().is_empty()) {
            page.gap();
            page.aside("No notes yet: `throughline note append MEETING TEXT` begins them.");
        }
    }
}
