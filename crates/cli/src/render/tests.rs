//! How the shapes look, at 80 columns and wider, without colour.

use insta::assert_snapshot;
use throughline_app::Failure;
use throughline_app::model::{AccountState, ActionStatus, NotePart, Provider, Relation};
use throughline_app::view::*;

use super::testing::*;
use super::{Look, to_text};

#[test]
fn today_is_a_column_with_now_marked_and_a_brief_under_each_meeting() {
    assert_snapshot!("today_80", shown(&today(), 80));
    assert_snapshot!("today_100", shown(&today(), 100));
    shown(&today(), 40);
}

#[test]
fn another_day_has_no_now() {
    let day = Today {
        date: date("2026-11-27"),
        meetings: vec![],
        actions: vec![],
        actions_total: 0,
        overdue: vec![],
        overdue_total: 0,
    };
    assert_snapshot!(shown(&day, 80), @r"
    Friday 27 November

    No meetings that day.

    You have no open actions.
    ");
}

#[test]
fn a_brief_is_a_page_best_first() {
    assert_snapshot!("brief_80", shown(&brief(priya(12)), 80));
    shown(&brief(priya(12)), 40);
}

#[test]
fn actions_stand_in_the_order_in_which_they_press() {
    let done = Action {
        status: ActionStatus::Done,
        done_at: Some(at("2026-11-20T10:00:00Z")),
        ..action(33, "Share the usage forecast", (1, "Maya Ortiz"), None)
    };
    let unowned = Action {
        owners: vec![],
        blocked_by: vec![id(30)],
        waits_for: vec![Waited { id: id(30), text: "the audit's date".to_owned() }],
        ..action(
            34,
            "Name a data protection contact for the whole of the Lyon office before the audit begins in earnest",
            (1, ""),
            None,
        )
    };
    let mut actions = brief(priya(12)).mine;
    actions.extend([done, unowned]);
    actions.extend(brief(priya(12)).theirs);
    assert_snapshot!("actions_80", shown(&Actions { actions }, 80));
}

#[test]
fn decisions_hang_in_their_chains_the_older_above() {
    let mut decisions = chain();
    decisions.reverse();
    decisions.push(decision(56, "Invoices quarterly, in euro", "2026-10-08"));
    assert_snapshot!("decisions_80", shown(&Decisions { decisions, as_of: None }, 80));
    let (invited, confirmed) = (vec![], vec![]);
    let line = |of: &[Decision]| of.iter().map(|decision| decision.id).collect::<Vec<_>>();
    let branches = vec![Branch { line: line(&chain()), supersedes: None, superseded_by: None }];
    let detail =
        DecisionDetail { decision: chain().remove(2), chain: chain(), branches, led_to: vec![], invited, confirmed };
    assert_snapshot!("decision_80", shown(&detail, 80));
}

#[test]
fn meetings_stand_under_their_days() {
    let meetings = today().meetings.into_iter().map(|today| today.meeting).collect();
    assert_snapshot!("meetings_80", shown(&Meetings { meetings }, 80));
}

#[test]
fn a_meeting_is_told_with_its_people_notes_and_outcomes() {
    let note = Note {
        meeting_id: Some(id(12)),
        part: NotePart::Notes,
        text: "# Headcount\n\n!! answer on the second headcount by Friday ^k7m2xq\n  - a detail that is long enough to be broken into two lines at eighty columns\n".to_owned(),
        revision: 1,
        warnings: vec![],
    };
    let detail = MeetingDetail {
        meeting: priya(12),
        description: None,
        description_html: None,
        series: None,
        topics: vec![],
        attachments: vec![],
        notes: vec![note],
        actions: brief(priya(12)).mine,
        decisions: vec![],
        questions: vec![question(40, "Does she want the tech lead role for Atlas?", "2026-10-22")],
    };
    assert_snapshot!("meeting_80", shown(&detail, 80));
}

#[test]
fn people_stand_under_their_organizations() {
    let people = vec![
        person(1, "Maya Ortiz", Some("Lumen"), Relation::None),
        person(2, "Priya Raman", Some("Lumen"), Relation::Report),
        person(4, "Tom Marsh", Some("Acme"), Relation::Client),
        person(9, "Paula Schmidt", None, Relation::None),
    ];
    assert_snapshot!("people_80", shown(&People { people }, 80));
}

#[test]
fn what_the_graph_answers_is_read_from_top_to_bottom() {
    let step = |kind: &str, n: u32, title: &str, on: Option<&str>| Step {
        kind: kind.to_owned(),
        id: id::<throughline_app::model::ItemId>(n).to_string(),
        title: title.to_owned(),
        date: on.map(date),
    };
    let steps = vec![
        step("person", 2, "Priya Raman", None),
        step("meeting", 16, "Staff", Some("2026-11-17")),
        step("person", 4, "Tom Marsh", None),
    ];
    assert_snapshot!("path_80", shown(&Path { steps: steps.clone() }, 80));
    let trace = Trace {
        item: TracedItem::Action(action(30, "Answer on the second headcount", (1, "Maya Ortiz"), Some("2026-11-13"))),
        steps: vec![
            step("meeting", 12, "1:1 with Priya", Some("2026-11-05")),
            step("meeting", 16, "Staff", Some("2026-11-17")),
        ],
        blocks: vec![step("action", 31, "Intro to Lena", None)],
        blocked_by: vec![],
    };
    assert_snapshot!("trace_80", shown(&trace, 80));
    let people = [(2, "Priya Raman", 0.125), (4, "Tom Marsh", 0.0625)];
    let people =
        people.map(|(n, name, score)| CentralPerson { person_id: id(n), name: name.to_owned(), score }).to_vec();
    let cluster =
        |names: &[(u32, &str)]| Cluster { people: names.iter().map(|(n, name)| person_ref(*n, name)).collect() };
    let clusters =
        vec![cluster(&[(3, "Tom Marsh"), (5, "Lena Kowalski"), (6, "Jo Park")]), cluster(&[(7, "Bea"), (8, "Cy")])];
    assert_snapshot!("central_80", shown(&Central { people, clusters }, 80));
    let who = Who {
        kind: "person",
        id: id::<throughline_app::model::PersonId>(2).to_string(),
        name: "Priya Raman".to_owned(),
    };
    let ledger = Ledger { who, i_owe: brief(priya(12)).mine, they_owe: brief(priya(12)).theirs, waiting_on: vec![] };
    assert_snapshot!("ledger_80", shown(&ledger, 80));
}

#[test]
fn what_was_found_stands_out() {
    let hit = Hit {
        kind: "note".to_owned(),
        id: id::<throughline_app::model::MeetingId>(12).to_string(),
        title: "1:1 with Priya".to_owned(),
        status: None,
        owners: vec![],
        snippet: "… answer on the second \u{e000}head\u{e001}count by Friday …".to_owned(),
        meeting_id: Some(id(12)),
        note_part: Some(NotePart::Notes),
        date: Some(date("2026-11-05")),
        score: 1.0,
    };
    let found = Search { hits: vec![hit], took_ms: 2.5 };
    assert_snapshot!("search_80", shown(&found, 80));
    let coloured = to_text(&found, &Look { color: true, ..look(80) });
    assert!(coloured.contains("\u{1b}[1mhead\u{1b}[0m"), "{coloured:?}");
    assert!(!coloured.contains('\u{e000}'));
}

#[test]
fn a_sync_says_what_came_and_what_failed() {
    let calendar = CalendarSync {
        id: id(800),
        name: "Work".to_owned(),
        mode: "full",
        added: 1204,
        changed: 3,
        removed: 0,
        kept: 1,
        warnings: vec![SyncWarning {
            uid: Some("abc@example.com".to_owned()),
            message: "An event has no start.".to_owned(),
        }],
        moved: vec![MovedMeeting {
            meeting_id: id(12),
            title: "1:1 with Priya".to_owned(),
            from: at("2026-11-23T11:30:00Z"),
            to: at("2026-11-24T11:30:00Z"),
            stays: false,
        }],
        attached: vec![],
        queued: vec![],
        error: None,
    };
    let ok =
        AccountSync { id: id(801), name: "work.ics".to_owned(), calendars: vec![calendar], error: None, seconds: 0.34 };
    let error = Failure::new("file_unreadable", "There is no such file any more.");
    let failed =
        AccountSync { id: id(802), name: "home.ics".to_owned(), calendars: vec![], error: Some(error), seconds: 0.0 };
    assert_snapshot!("sync_80", shown(&Sync { accounts: vec![ok, failed], dry_run: true }, 80));
    let account = Account {
        id: id(801),
        provider: Provider::Ics,
        name: "work.ics".to_owned(),
        state: AccountState::Ok,
        last_sync: Some(at("2026-11-22T10:18:00Z")),
        error: None,
    };
    assert_snapshot!(shown(&Accounts { accounts: vec![account] }, 80));
}

#[test]
fn imports_queues_and_histories_are_lists() {
    let file = |path: &str, meeting: Option<u32>, matched, warnings: &[&str]| ImportedFile {
        path: path.to_owned(),
        meeting_id: meeting.map(id),
        matched,
        unchanged: false,
        refused: false,
        attendees: vec![],
        actions: vec![id(30), id(31)],
        decisions: vec![id(50)],
        questions: vec![],
        warnings: warnings.iter().map(|warning| (*warning).to_owned()).collect(),
    };
    let files = vec![
        file("2026/2026-11-05.md", Some(11), true, &[]),
        file("2026/2026-11-12.md", Some(18), false, &["Two people are called Ana."]),
        file("README.md", None, false, &["No date was found."]),
    ];
    assert_snapshot!("import_80", shown(&Import { files }, 80));
    let candidate = Candidate {
        meeting_id: id(19),
        title: "Priya / Maya".to_owned(),
        start: at("2026-11-24T11:30:00Z"),
        score: 0.8,
        why: "same people, two days later".to_owned(),
    };
    let queue = Queue { queue: vec![Queued { meeting: priya(12), candidates: vec![candidate] }], moved: vec![] };
    assert_snapshot!("queue_80", shown(&queue, 80));
    let revision = |revision, at_: &str, bytes| NoteRevision { revision, at: at(at_), bytes };
    let revisions = vec![revision(2, "2026-11-22T10:18:00Z", 1400), revision(1, "2026-11-05T12:01:00Z", 320)];
    assert_snapshot!("history_80", shown(&NoteHistory { revisions }, 80));
}

#[test]
fn nothing_is_a_sentence() {
    assert_snapshot!(shown(&Actions { actions: vec![] }, 80), @r"
    No actions here.
    A line of a note that begins with `!! ` or `- [ ] ` becomes one.
    ");
    assert_snapshot!(shown(&Path { steps: vec![] }, 80), @"Nothing connects the two.");
    assert_snapshot!(shown(&Undo { undone: vec![], command: None, what: None }, 80), @"Nothing to undo.");
    assert_snapshot!(shown(&empty_brief(priya(12)), 80));
}

#[test]
fn nothing_from_outside_steers_the_terminal_wherever_it_stands() {
    let hostile = "\u{1b}]0;x\u{7}\u{1b}[2J\u{9b}31m\u{202e}evil\r\u{8}";
    let mut day = today();
    for TodayMeeting { meeting, brief } in &mut day.meetings {
        meeting.title = hostile.to_owned();
        meeting.location = Some(hostile.to_owned());
        meeting.call_url = Some(hostile.to_owned());
        meeting.attendees.iter_mut().for_each(|attendee| attendee.name = hostile.to_owned());
        brief.mine.iter_mut().for_each(|action| action.text = hostile.to_owned());
        brief
            .changes
            .iter_mut()
            .for_each(|change| (change.text, change.what) = (hostile.to_owned(), hostile.to_owned()));
        brief.new_people.iter_mut().for_each(|new| new.person.name = hostile.to_owned());
    }
    day.overdue.iter_mut().for_each(|action| action.meeting_title = Some(hostile.to_owned()));
    let mut detail = priya(12);
    detail.purpose = Some(hostile.to_owned());
    let note = Note {
        meeting_id: None,
        part: NotePart::Notes,
        text: format!("  {hostile}\n# {hostile}"),
        revision: 1,
        warnings: vec![hostile.to_owned()],
    };
    let detail = MeetingDetail {
        meeting: detail,
        description: Some(hostile.to_owned()),
        description_html: None,
        series: None,
        topics: vec![],
        attachments: vec![],
        notes: vec![note.clone()],
        actions: vec![],
        decisions: vec![],
        questions: vec![],
    };
    for text in [shown(&day, 80), shown(&detail, 80), shown(&note, 80)] {
        assert!(text.contains("evil") || text.contains("Saved"));
        assert!(!text.contains(|c: char| c != '\n' && crate::text::steers(c)), "{text:?}");
    }
}

#[test]
fn in_a_pipe_a_sentence_stays_on_its_line() {
    let long = "Word ".repeat(60);
    let actions = Actions { actions: vec![action(30, &long, (1, "Maya Ortiz"), Some("2026-11-27"))] };
    let text = to_text(&actions, &Look { wrap: false, ..look(80) });
    assert!(text.lines().any(|line| line.contains(long.trim())), "{text}");
}
