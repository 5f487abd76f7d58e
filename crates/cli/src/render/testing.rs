//! Things to show, made by hand: a Sunday at 11:18 in Lisbon, with Priya, Tom and Lena.

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use throughline_app::model::{
    ActionStatus, MeetingKind, MeetingStatus, MyRole, NotePart, Presence, Relation, Response, Role, Source,
};
use throughline_app::view::*;

use super::{Look, Show, to_text};

pub fn look(width: usize) -> Look {
    Look {
        now: "2026-11-22T11:18:00Z".parse().unwrap(),
        zone: chrono_tz::Europe::Lisbon,
        width,
        wrap: true,
        color: false,
        me: Some(id(1)),
    }
}

/// The page as printed, with its right edge drawn so that a snapshot shows what stands where.
pub fn shown(shape: &impl Show, width: usize) -> String {
    let text = to_text(shape, &look(width));
    for line in text.lines() {
        assert!(crate::text::width(line) <= width, "too wide: {line:?}");
        assert_eq!(line.trim_end(), line, "spaces at the end");
    }
    text
}

pub fn id<T: DeserializeOwned>(n: u32) -> T {
    serde_json::from_value(serde_json::json!(format!("019a0000-0000-7000-8000-0000{n:08x}"))).unwrap()
}

pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn at(text: &str) -> When {
    When::At(chrono::DateTime::parse_from_rfc3339(text).unwrap())
}

pub fn attendee(n: u32, name: &str) -> Attendee {
    let handle = name.split(' ').next().unwrap_or(name).to_lowercase();
    Attendee {
        person_id: id(n),
        name: name.to_owned(),
        email: Some(format!("{handle}@example.com")),
        handle,
        role: Role::Required,
        response: Some(Response::Accepted),
        present: Presence::Unknown,
    }
}

pub fn me() -> Attendee {
    Attendee { role: Role::Organizer, ..attendee(1, "Maya Ortiz") }
}

pub fn meeting(n: u32, title: &str, start: &str, end: &str, others: &[(u32, &str)]) -> Meeting {
    let mut attendees = vec![me()];
    attendees.extend(others.iter().map(|(n, name)| attendee(*n, name)));
    Meeting {
        id: id(n),
        title: title.to_owned(),
        kind: MeetingKind::Meeting,
        purpose: None,
        my_role: None,
        held: false,
        start: at(start),
        end: at(end),
        all_day: false,
        zone: Some("Europe/Lisbon".to_owned()),
        status: MeetingStatus::Confirmed,
        series_id: Some(id(900)),
        uid: Some("uid".to_owned()),
        original_start: None,
        calendars: vec![id(800)],
        attendees,
        organizer: Some(PersonRef { person_id: id(1), name: "Maya Ortiz".to_owned() }),
        location: None,
        call_url: None,
        has_notes: false,
        source: Source::Ics,
    }
}

pub fn all_day(n: u32, title: &str, start: &str, end: &str) -> Meeting {
    let base = meeting(n, title, "2026-11-22T00:00:00Z", "2026-11-22T00:00:00Z", &[]);
    Meeting { start: When::Date(date(start)), end: When::Date(date(end)), all_day: true, zone: None, ..base }
}

pub fn priya(n: u32) -> Meeting {
    let base = meeting(n, "1:1 with Priya", "2026-11-22T11:30:00Z", "2026-11-22T12:00:00Z", &[(2, "Priya Raman")]);
    Meeting { call_url: Some("https://meet.google.com/abc-defg-hij".to_owned()), ..base }
}

pub fn action(n: u32, text: &str, owner: (u32, &str), due: Option<&str>) -> Action {
    let due = due.map(date);
    Action {
        id: id(n),
        anchor: format!("k7m2x{}", n % 10),
        text: text.to_owned(),
        status: ActionStatus::Open,
        owners: vec![Owner {
            person_id: id(owner.0),
            name: owner.1.to_owned(),
            handle: owner.1.split(' ').next().unwrap_or(owner.1).to_lowercase(),
            inferred: false,
        }],
        due,
        overdue: due.is_some_and(|due| due < date("2026-11-22")),
        slips: 0,
        snoozed_until: None,
        topics: vec![],
        meeting_id: Some(id(10)),
        meeting_title: Some("1:1 with Priya".to_owned()),
        meeting_date: Some(date("2026-11-05")),
        note_part: NotePart::Notes,
        line: 7,
        created_at: at("2026-11-05T11:50:00Z"),
        done_at: None,
        blocked_by: vec![],
        waits_for: vec![],
        age_days: 17,
    }
}

pub fn decision(n: u32, text: &str, on: &str) -> Decision {
    Decision {
        id: id(n),
        anchor: format!("d7m2x{}", n % 10),
        text: text.to_owned(),
        rationale: None,
        alternatives: None,
        status: DecisionStatus::Holds,
        decided_by: vec![person_ref(4, "Tom Marsh"), person_ref(5, "Lena Kowalski")],
        present: vec![person_ref(1, "Maya Ortiz"), person_ref(4, "Tom Marsh"), person_ref(5, "Lena Kowalski")],
        topics: vec!["acme/pricing".to_owned()],
        meeting_id: Some(id(20)),
        meeting_title: Some("Acme steering committee".to_owned()),
        meeting_date: Some(date(on)),
        note_part: NotePart::Notes,
        line: 3,
        revisit: None,
        supersedes: None,
        superseded_by: None,
        age_days: (date("2026-11-22") - date(on)).num_days(),
    }
}

/// Three decisions, each in the place of the one before.
pub fn chain() -> Vec<Decision> {
    let old = |n, text: &str, on, next| Decision {
        status: DecisionStatus::Superseded,
        superseded_by: Some(id(next)),
        ..decision(n, text, on)
    };
    vec![
        old(50, "Usage-based pricing, as in phase one", "2026-06-11", 51),
        Decision { supersedes: Some(id(50)), ..old(51, "Flat fee for the whole of phase two", "2026-09-03", 52) },
        Decision {
            supersedes: Some(id(51)),
            rationale: Some(
                "Procurement signs flat fees without the board,\nand the cap takes away their risk.".to_owned(),
            ),
            revisit: Some(date("2027-02-19")),
            ..decision(52, "Flat fee for six months, usage-based after, capped at the flat fee", "2026-11-19")
        },
    ]
}

pub fn question(n: u32, text: &str, on: &str) -> Question {
    Question {
        id: id(n),
        anchor: format!("q7m2x{}", n % 10),
        text: text.to_owned(),
        status: QuestionStatus::Open,
        asked_by: Some(person_ref(2, "Priya Raman")),
        topics: vec![],
        meeting_id: Some(id(10)),
        meeting_title: Some("1:1 with Priya".to_owned()),
        meeting_date: Some(date(on)),
        note_part: NotePart::Notes,
        line: 9,
        answered_by: None,
        age_days: (date("2026-11-22") - date(on)).num_days(),
    }
}

pub fn person_ref(n: u32, name: &str) -> PersonRef {
    PersonRef { person_id: id(n), name: name.to_owned() }
}

pub fn person(n: u32, name: &str, organization: Option<&str>, relation: Relation) -> Person {
    let handle = name.split(' ').next().unwrap_or(name).to_lowercase();
    Person {
        id: id(n),
        emails: vec![format!("{handle}@example.com")],
        handle,
        name: name.to_owned(),
        aliases: vec![],
        organization: organization.map(str::to_owned),
        organization_id: organization.map(|_| id(700)),
        relation,
        is_me: n == 1,
    }
}

pub fn brief(meeting: Meeting) -> Brief {
    let mut last = priya(11);
    last.start = at("2026-11-05T11:30:00Z");
    let late =
        Action { slips: 2, ..action(30, "Answer on the second headcount", (1, "Maya Ortiz"), Some("2026-11-13")) };
    counted(Brief {
        meeting,
        last_meetings: vec![last],
        mine: vec![late, action(31, "Intro to Lena about the on-call rota", (1, "Maya Ortiz"), Some("2026-11-27"))],
        theirs: vec![action(
            32,
            "@priya Draft of the migration plan by Sunday #atlas",
            (2, "Priya Raman"),
            Some("2026-11-22"),
        )],
        questions: vec![question(40, "Does she want the tech lead role for Atlas?", "2026-10-22")],
        decisions: vec![
            decision(53, "Priya runs the incident review from December", "2026-11-05"),
            decision(54, "No deploys on Fridays until the freeze ends", "2026-10-22"),
        ],
        revisit: vec![],
        changes: vec![
            change("superseded", "decision", "Atlas in Q4", "2026-11-17"),
            change("done", "action", "@priya rotate the signing keys", "2026-11-20"),
            Change { due: Some(date("2026-11-27")), ..change("re_dated", "action", "Name an owner", "2026-11-20") },
        ],
        new_people: vec![],
        met: Some(Met { count: 26, last: Some(date("2026-11-05")), since: Some(date("2025-11-06")) }),
        excerpt: None,
        totals: BriefTotals::default(),
    })
}

/// With nothing left out.
pub fn counted(brief: Brief) -> Brief {
    let totals = BriefTotals {
        mine: brief.mine.len(),
        theirs: brief.theirs.len(),
        questions: brief.questions.len(),
        decisions: brief.decisions.len() + brief.revisit.len(),
        revisit: brief.revisit.len(),
        changes: brief.changes.len(),
        new_people: brief.new_people.len(),
    };
    Brief { totals, ..brief }
}

pub fn change(what: &str, kind: &str, text: &str, on: &str) -> Change {
    Change {
        what: what.to_owned(),
        kind: kind.to_owned(),
        id: id(60),
        text: text.to_owned(),
        date: Some(date(on)),
        due: None,
        from: vec![],
        to: vec![],
    }
}

pub fn empty_brief(meeting: Meeting) -> Brief {
    Brief {
        meeting,
        last_meetings: vec![],
        mine: vec![],
        theirs: vec![],
        questions: vec![],
        decisions: vec![],
        revisit: vec![],
        changes: vec![],
        new_people: vec![],
        met: None,
        excerpt: None,
        totals: BriefTotals::default(),
    }
}

/// The day of the pictures: something over, something declined, something now to come.
pub fn today() -> Today {
    let of = |meeting: Meeting| TodayMeeting { brief: empty_brief(meeting.clone()), meeting };
    let everyone = [(2, "Priya Raman"), (3, "Ravi"), (4, "Tom Marsh"), (5, "Lena Kowalski"), (6, "Jo Ostrom")];
    let mut declined =
        meeting(13, "Vendor demo: Portico", "2026-11-22T10:00:00Z", "2026-11-22T10:45:00Z", &[(8, "Rep")]);
    declined.attendees[0].response = Some(Response::Declined);
    let mut steering =
        meeting(14, "Acme steering committee", "2026-11-22T13:00:00Z", "2026-11-22T14:00:00Z", &everyone);
    steering.call_url = Some("https://acme.zoom.us/j/1".to_owned());
    steering.my_role = Some(MyRole::DecisionMaker);
    let mut revisit = decision(55, "Personal data stays in Frankfurt, whatever the region of the tenant", "2026-08-01");
    revisit.revisit = Some(date("2026-11-01"));
    Today {
        date: date("2026-11-22"),
        meetings: vec![
            of(all_day(15, "Release freeze", "2026-11-20", "2026-11-27")),
            of(Meeting {
                has_notes: true,
                ..meeting(16, "Staff", "2026-11-22T09:00:00Z", "2026-11-22T09:30:00Z", &everyone)
            }),
            of(declined),
            TodayMeeting { meeting: priya(12), brief: brief(priya(12)) },
            TodayMeeting {
                brief: counted(Brief {
                    revisit: vec![revisit],
                    new_people: vec![new_person(person(9, "Paula Schmidt", None, Relation::None))],
                    ..empty_brief(steering.clone())
                }),
                meeting: steering,
            },
            of(Meeting {
                location: Some("Elm".to_owned()),
                ..meeting(
                    17,
                    "Board preparation",
                    "2026-11-22T16:30:00Z",
                    "2026-11-22T17:30:00Z",
                    &[(3, "Ravi Shah"), (7, "Dana Cole")],
                )
            }),
        ],
        actions: vec![action(31, "Intro to Lena about the on-call rota", (1, "Maya Ortiz"), Some("2026-11-27"))],
        actions_total: 1,
        overdue_total: 1,
        overdue: vec![Action {
            slips: 2,
            ..action(30, "Answer on the second headcount", (1, "Maya Ortiz"), Some("2026-11-13"))
        }],
    }
}

fn new_person(person: Person) -> NewPerson {
    NewPerson { person, through: None }
}
