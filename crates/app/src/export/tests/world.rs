//! Two people, three meetings, and what was said there; the word "secret" stands in private parts alone.

use chrono::{DateTime, NaiveDate, Utc};
use throughline_core::graph::{Fact, Graph, MeetingFact, SeriesFact};
use throughline_core::model::*;
use uuid::Uuid;

use crate::export::Exported;
use crate::view::{self, PersonRef, When};

pub(super) const ANA: u128 = 1;
pub(super) const BEN: u128 = 2;
pub(super) const ACME: u128 = 10;
pub(super) const WEEKLY: u128 = 20;
/// A timed meeting with notes, one of a series.
pub(super) const REVIEW: u128 = 30;
/// Another of the same day and title.
pub(super) const AGAIN: u128 = 31;
/// All day, without notes, a single event.
pub(super) const OFFSITE: u128 = 32;
pub(super) const SEND: u128 = 40;
pub(super) const HOLD: u128 = 41;
pub(super) const OLD: u128 = 42;
pub(super) const WHO: u128 = 43;
/// In a running note.
pub(super) const ASK: u128 = 44;
/// In a private part.
pub(super) const SECRET: u128 = 45;

pub(super) const NOTES: &str =
    "# Notes\r\n\n- [ ] @ana =1+1, \"quoted\" by Friday #client/acme ^send01\n=> Use *SQLite*; not <b> ^hold01";
pub(super) const RUNNING: &str = "?? Ask about\tholidays ^ask001\n";

pub(super) fn id<T: From<Uuid>>(number: u128) -> T {
    Uuid::from_u128(number).into()
}

/// The vault as it is exported, with its private parts or without.
pub(super) fn world(private: bool) -> Exported {
    let zone = chrono_tz::Europe::Lisbon;
    let mut exported = Exported {
        now: at("2026-11-22T09:00:00Z"),
        zone,
        people: vec![person(ANA, "Ana \"Ace\" Silva", "ana"), person(BEN, "=Ben; O'Dé^, Jr.", "ben")],
        organizations: vec![view::Organization {
            id: id(ACME),
            name: "Acme & <Sons>".into(),
            domains: vec!["acme.com".into()],
            people_count: 1,
            last_meeting: None,
        }],
        meetings: vec![
            meeting(REVIEW, "Review: Q4/\u{1F4C8}, \"plan\"; \\o/", "2026-11-20T10:00:00Z"),
            meeting(AGAIN, "review: Q4/\u{1F4C8}, \"plan\"; \\o/", "2026-11-20T15:00:00Z"),
            offsite(),
        ],
        notes: vec![
            note(REVIEW, NotePart::Notes, NOTES),
            note(REVIEW, NotePart::Prep, "Talk about money.\n"),
            note(AGAIN, NotePart::Notes, "Decision: use files ^old001\n?? Who pays? ^who001\n"),
        ],
        running_notes: vec![(id(BEN), RUNNING.to_owned())],
        actions: vec![action(SEND, "send01", "@ana =1+1, \"quoted\" by Friday #client/acme")],
        decisions: vec![decision(HOLD, "hold01", "Use *SQLite*; not <b>"), decision(OLD, "old001", "use files")],
        questions: vec![question(WHO, "who001", "Who pays?"), question(ASK, "ask001", "Ask about\tholidays")],
        graph: Graph::build(facts()).visible(),
    };
    exported.actions[0].blocked_by = vec![id(SECRET)];
    exported.decisions[0].supersedes = Some(id(OLD));
    exported.decisions[1].superseded_by = Some(id(HOLD));
    exported.decisions[1].status = view::DecisionStatus::Superseded;
    exported.decisions[1].meeting_id = Some(id(AGAIN));
    exported.questions[0].meeting_id = Some(id(AGAIN));
    exported.questions[0].answered_by = Some(id(SECRET));
    let running = &mut exported.questions[1];
    (running.meeting_id, running.meeting_title, running.meeting_date) = (None, None, None);
    if private {
        exported.notes.push(note(REVIEW, NotePart::Private, "!! secret talk #secret/plan ^secret"));
        let mut secret = action(SECRET, "secret", "secret talk #secret/plan");
        secret.note_part = NotePart::Private;
        exported.actions.push(secret);
    }
    exported
}

pub(super) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(super) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn meeting(number: u128, title: &str, start: &str) -> view::Meeting {
    let zone = chrono_tz::Europe::Berlin;
    let start = at(start);
    let attendee = |who: u128, name: &str, handle: &str, role, response| view::Attendee {
        person_id: id(who),
        name: name.into(),
        handle: handle.into(),
        email: (who == ANA).then(|| "ana@acme.com".to_owned()),
        role,
        response,
        present: if who == ANA { Presence::Yes } else { Presence::Unknown },
    };
    view::Meeting {
        id: id(number),
        title: title.into(),
        kind: MeetingKind::Meeting,
        purpose: Some("To decide,\nat last".into()),
        my_role: Some(MyRole::DecisionMaker),
        held: true,
        start: When::at(start, chrono_tz::Europe::Lisbon),
        end: When::at(start + chrono::Duration::hours(1), chrono_tz::Europe::Lisbon),
        all_day: false,
        zone: Some(zone.name().into()),
        status: MeetingStatus::Confirmed,
        series_id: Some(id(WEEKLY)),
        uid: Some("weekly@example.com".into()),
        original_start: Some(When::at(start, zone)),
        calendars: vec![id(50), id(51)],
        attendees: vec![
            attendee(ANA, "Ana \"Ace\" Silva", "ana", Role::Organizer, Some(Response::Accepted)),
            attendee(BEN, "=Ben; O'Dé^, Jr.", "ben", Role::Optional, None),
        ],
        organizer: Some(PersonRef { person_id: id(ANA), name: "Ana \"Ace\" Silva".into() }),
        location: Some(
            "Room 1, \u{1F3E2} first floor of the house with a very long name, far beyond seventy-five".into(),
        ),
        call_url: Some("https://meet.example.com/abc?x=1;y=2".into()),
        has_notes: true,
        source: Source::Ics,
    }
}

fn offsite() -> view::Meeting {
    view::Meeting {
        start: When::Date(date("2026-12-24")),
        end: When::Date(date("2026-12-26")),
        all_day: true,
        zone: None,
        status: MeetingStatus::Cancelled,
        series_id: None,
        uid: Some("offsite@example.com".into()),
        original_start: None,
        attendees: vec![],
        organizer: None,
        location: None,
        call_url: Some("https://meet.example.com/a b\r\nX-EVIL:1".into()),
        purpose: None,
        has_notes: false,
        ..meeting(OFFSITE, "Off-site", "2026-12-24T00:00:00Z")
    }
}

fn person(number: u128, name: &str, handle: &str) -> view::Person {
    view::Person {
        id: id(number),
        handle: handle.into(),
        name: name.into(),
        emails: if number == ANA { vec!["ana@acme.com".into(), "a@home.example".into()] } else { vec![] },
        aliases: vec![],
        organization: (number == ANA).then(|| "Acme & <Sons>".to_owned()),
        organization_id: (number == ANA).then(|| id(ACME)),
        relation: Relation::Client,
        is_me: number == BEN,
    }
}

fn note(meeting: u128, part: NotePart, text: &str) -> view::Note {
    view::Note { meeting_id: Some(id(meeting)), part, text: text.into(), revision: 1, warnings: vec![] }
}

fn action(number: u128, anchor: &str, text: &str) -> view::Action {
    view::Action {
        id: id(number),
        anchor: anchor.into(),
        text: text.into(),
        status: ActionStatus::Open,
        owners: vec![view::Owner {
            person_id: id(ANA),
            name: "Ana \"Ace\" Silva".into(),
            handle: "ana".into(),
            inferred: false,
        }],
        due: Some(date("2026-11-27")),
        overdue: false,
        slips: 0,
        snoozed_until: None,
        topics: vec!["client/acme".into()],
        meeting_id: Some(id(REVIEW)),
        meeting_title: Some("Review".into()),
        meeting_date: Some(date("2026-11-20")),
        note_part: NotePart::Notes,
        line: 3,
        created_at: When::at(at("2026-11-20T10:30:00Z"), chrono_tz::UTC),
        done_at: None,
        blocked_by: vec![],
        waits_for: vec![],
        age_days: 2,
    }
}

fn decision(number: u128, anchor: &str, text: &str) -> view::Decision {
    view::Decision {
        id: id(number),
        anchor: anchor.into(),
        text: text.into(),
        rationale: Some("+ It is small\n- It is one file".into()),
        alternatives: None,
        status: view::DecisionStatus::Holds,
        decided_by: vec![PersonRef { person_id: id(ANA), name: "Ana".into() }],
        present: vec![],
        topics: vec![],
        meeting_id: Some(id(REVIEW)),
        meeting_title: Some("Review".into()),
        meeting_date: Some(date("2026-11-20")),
        note_part: NotePart::Notes,
        line: 4,
        revisit: Some(date("2027-02-20")),
        supersedes: None,
        superseded_by: None,
        age_days: 2,
    }
}

fn question(number: u128, anchor: &str, text: &str) -> view::Question {
    view::Question {
        id: id(number),
        anchor: anchor.into(),
        text: text.into(),
        status: view::QuestionStatus::Open,
        asked_by: None,
        topics: vec![],
        meeting_id: Some(id(REVIEW)),
        meeting_title: Some("Review".into()),
        meeting_date: Some(date("2026-11-20")),
        note_part: NotePart::Notes,
        line: 2,
        answered_by: None,
        age_days: 2,
    }
}

/// The same for the graph, which always holds everything.
fn facts() -> Vec<Fact> {
    let mut facts = vec![
        Fact::Organization(Organization { id: id(ACME), name: "Acme & <Sons>".into(), domains: vec![] }),
        Fact::Series(SeriesFact { id: id(WEEKLY), title: "Weekly: \"review\"".into() }),
    ];
    for (number, name, organization) in [(ANA, "Ana \"Ace\" Silva", Some(id(ACME))), (BEN, "=Ben\u{1}\u{ffff}", None)] {
        facts.push(Fact::Person(Person {
            id: id(number),
            handle: name.to_lowercase(),
            name: name.into(),
            emails: vec![],
            aliases: vec![],
            organization_id: organization,
            employments: Vec::new(),
            relation: Relation::None,
            is_me: number == BEN,
            merged_into: None,
        }));
    }
    for (number, series) in [(REVIEW, Some(id(WEEKLY))), (AGAIN, Some(id(WEEKLY))), (OFFSITE, None)] {
        let (start, end) = (at("2026-11-20T10:00:00Z"), at("2026-11-20T11:00:00Z"));
        let attend = |who: u128, role, response| Attendance {
            meeting_id: id(number),
            person_id: id(who),
            role,
            response,
            present: Presence::Unknown,
        };
        facts.push(Fact::Meeting(MeetingFact {
            id: id(number),
            series_id: series,
            title: "Review".into(),
            times: Times::Timed { start, end, zone: chrono_tz::UTC },
            status: MeetingStatus::Confirmed,
            kind: MeetingKind::Meeting,
            held: None,
            has_notes: true,
            has_purpose: false,
            attendances: vec![
                attend(ANA, Role::Organizer, None),
                attend(BEN, Role::Required, Some(Response::Declined)),
            ],
            unnamed: 0,
            implied: None,
            own: false,
            mentions: vec![],
            topics: vec![],
        }));
    }
    for (number, kind, topic, links) in [
        (SEND, ItemKind::Action, "client/acme", vec![(LinkKind::BlockedBy, SECRET)]),
        (HOLD, ItemKind::Decision, "", vec![(LinkKind::Supersedes, OLD)]),
        (OLD, ItemKind::Decision, "", vec![]),
        (WHO, ItemKind::Question, "", vec![]),
        (SECRET, ItemKind::Action, "secret/plan", vec![(LinkKind::Answers, WHO)]),
    ] {
        facts.push(Fact::Item(item(number, kind, topic, &links)));
    }
    facts
}

fn item(number: u128, kind: ItemKind, topic: &str, links: &[(LinkKind, u128)]) -> Item {
    let text = if number == SECRET { "secret talk" } else { "said <so> & \"so\"\nhere ]]>" };
    Item {
        id: id(number),
        kind,
        anchor: "aaaaaa".into(),
        note_id: id(60),
        meeting_id: Some(id(REVIEW)),
        part: if number == SECRET { NotePart::Private } else { NotePart::Notes },
        line: 1,
        text: text.into(),
        status: ActionStatus::Open,
        owners: vec![ItemOwner { person_id: id(ANA), inferred: false, written: "ana".into() }],
        due: None,
        slips: 0,
        snoozed_until: None,
        kept_until: None,
        topics: vec![topic.into()],
        mentions: vec![],
        links: links.iter().map(|(kind, to)| ItemLink { kind: *kind, target: id(*to) }).collect(),
        rationale: None,
        alternatives: None,
        revisit: None,
        proposed: false,
        created_at: at("2026-11-20T10:30:00Z"),
        done_at: None,
        archived: false,
        superseded_unseen: None,
    }
}
