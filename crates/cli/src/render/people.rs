//! People and organizations.

use throughline_app::model::Relation;
use throughline_app::view::{
    Duplicates, Employment, Organization, OrganizationDetail, Organizations, People, Person, PersonDetail,
};

use super::answer::owed;
use super::item::decision_row;
use super::page::{Page, Row};
use super::span::Span;
use super::{Show, short};
use crate::words;

fn relation(person: &Person) -> Option<&'static str> {
    match person.relation {
        _ if person.is_me => Some("you"),
        Relation::Report => Some("reports to you"),
        Relation::Manager => Some("your manager"),
        Relation::Peer => Some("peer"),
        Relation::Client => Some("client"),
        Relation::None => None,
    }
}

fn person_row(page: &mut Page<'_>, person: &Person, with_organization: bool) {
    let organization = person.organization.as_deref().filter(|_| with_organization);
    let about: Vec<_> = [relation(person), organization].into_iter().flatten().collect();
    let lead = vec![Span::plain_raw("  ")];
    page.row(Row {
        hang: lead.clone(),
        lead,
        body: vec![Span::plain(&person.name), Span::quiet_raw(" "), Span::quiet(format!("@{}", person.handle))],
        right: vec![Span::quiet(about.join(" · ")), Span::quiet_raw(format!("  {}", short(person.id)))],
    });
}

impl Show for People {
    fn show(&self, page: &mut Page<'_>) {
        let mut organizations: Vec<Option<&str>> = Vec::new();
        for person in &self.people {
            let organization = person.organization.as_deref();
            if !organizations.contains(&organization) {
                organizations.push(organization);
            }
        }
        organizations.sort_by_key(|name| (name.is_none(), name.map(str::to_lowercase)));
        for organization in organizations {
            let people = self.people.iter().filter(|person| person.organization.as_deref() == organization);
            let people: Vec<_> = people.collect();
            page.heading(organization.unwrap_or("No organization"), people.len());
            people.into_iter().for_each(|person| person_row(page, person, false));
        }
        if self.people.is_empty() {
            page.say("Nobody yet.");
            page.aside("People come with the meetings they attend, and with the notes that name them.");
        }
    }
}

impl Show for Duplicates {
    fn show(&self, page: &mut Page<'_>) {
        for pair in &self.duplicates {
            page.gap();
            page.say(&format!("{} and {} may be one person.", pair.a.name, pair.b.name));
            person_row(page, &pair.a, true);
            person_row(page, &pair.b, true);
            pair.evidence.iter().for_each(|sentence| page.aside(&format!("  {sentence}")));
        }
        if self.duplicates.is_empty() {
            page.say("Nobody seems to be there twice.");
        } else {
            page.gap();
            page.aside(
                "`throughline person merge A B` makes one of two; `person distinct A B` says that they are two.",
            );
        }
    }
}

impl Show for Person {
    fn show(&self, page: &mut Page<'_>) {
        page.title(
            &self.name,
            [Span::quiet(format!("@{}", self.handle)), Span::quiet_raw(format!("  {}", short(self.id)))],
        );
        let about: Vec<_> = [relation(self), self.organization.as_deref()].into_iter().flatten().collect();
        if !about.is_empty() {
            page.aside(&about.join(" · "));
        }
        if self.emails.is_empty() && self.aliases.is_empty() {
            return;
        }
        page.gap();
        page.field("E-mail", (!self.emails.is_empty()).then(|| self.emails.join(", ")));
        page.field("Also", (!self.aliases.is_empty()).then(|| self.aliases.join(", ")));
    }
}

impl Show for PersonDetail {
    fn show(&self, page: &mut Page<'_>) {
        self.person.show(page);
        let look = page.look;
        page.field("Met", (self.meetings_count > 0).then(|| words::count(self.meetings_count, "time")));
        page.field("First", self.first_meeting.map(|when| words::day(when.date(), look.today())));
        page.field("Last", self.last_meeting.map(|when| words::moment(when, look)));
        page.field("Next", self.next_meeting.map(|when| words::moment(when, look)));
        page.field("Usually", self.cadence.as_deref());
        if self.employments.len() > 1 {
            page.field("Worked", Some(worked(&self.employments, look.today())));
        }
        page.field("Topics", (!self.topics.is_empty()).then(|| format!("#{}", self.topics.join(" #"))));
        owed(page, words::first_name(&self.person.name), &self.i_owe, &self.they_owe, &self.waiting_on);
        if let Some(note) = self.note.as_deref().filter(|note| !note.trim().is_empty()) {
            page.heading("Running note", "");
            page.block("│ ", &crate::text::clean_lines(note));
        }
        dated_meetings(page, &self.meetings);
    }
}

fn worked(employments: &[Employment], today: chrono::NaiveDate) -> String {
    let one = |employment: &Employment| {
        let name = employment.organization.as_deref().unwrap_or("nowhere known");
        match employment.from {
            Some(from) => format!("{name} since {}", words::far_day(from, today)),
            None => name.to_owned(),
        }
    };
    employments.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn dated_meetings(page: &mut Page<'_>, meetings: &[throughline_app::view::Meeting]) {
    if meetings.is_empty() {
        return;
    }
    page.heading("Last meetings", "");
    for meeting in meetings {
        let day = words::day(meeting.start.date(), page.look.today());
        let lead = vec![Span::quiet("• ")];
        let body = vec![super::meeting::title(meeting, page.look).regular()];
        let right = vec![Span::quiet(day), Span::quiet_raw(format!("  {}", short(meeting.id)))];
        page.row(Row { lead, hang: vec![Span::plain_raw("  ")], body, right });
    }
}

fn organization_row(page: &mut Page<'_>, organization: &Organization) {
    let last = organization.last_meeting.map(|when| words::day(when.date(), page.look.today()));
    let people = words::count(organization.people_count, "person");
    let about: Vec<_> = [Some(people), last.map(|day| format!("last met {day}"))].into_iter().flatten().collect();
    let lead = vec![Span::plain_raw("  ")];
    page.row(Row {
        hang: lead.clone(),
        lead,
        body: vec![Span::plain(&organization.name), Span::quiet_raw(" "), Span::quiet(organization.domains.join(", "))],
        right: vec![Span::quiet(about.join(" · ")), Span::quiet_raw(format!("  {}", short(organization.id)))],
    });
}

impl Show for Organizations {
    fn show(&self, page: &mut Page<'_>) {
        if self.organizations.is_empty() {
            page.say("No organizations yet.");
            page.aside("They come from the e-mail addresses of the people you meet; free-mail addresses make none.");
            return;
        }
        page.heading("Organizations", self.organizations.len());
        self.organizations.iter().for_each(|organization| organization_row(page, organization));
    }
}

impl Show for OrganizationDetail {
    fn show(&self, page: &mut Page<'_>) {
        let Self { organization, people, meetings, i_owe, they_owe, waiting_on, decisions, .. } = self;
        let look = page.look;
        page.title(&organization.name, [Span::quiet_raw(short(organization.id))]);
        page.aside(&organization.domains.join(", "));
        page.field("Met", (self.meetings_count > 0).then(|| words::count(self.meetings_count, "time")));
        page.field("First", self.first_meeting.map(|when| words::day(when.date(), look.today())));
        page.field("Last", organization.last_meeting.map(|when| words::day(when.date(), look.today())));
        page.field("Next", self.next_meeting.map(|when| words::day(when.date(), look.today())));
        page.field("Usually", self.cadence.as_deref());
        if !people.is_empty() {
            page.heading("People", people.len());
            people.iter().for_each(|person| person_row(page, person, false));
        }
        owed(page, &organization.name, i_owe, they_owe, waiting_on);
        if !decisions.is_empty() {
            page.heading("Decisions", decisions.len());
            decisions.iter().for_each(|decision| decision_row(page, decision, false));
        }
        dated_meetings(page, meetings);
    }
}
