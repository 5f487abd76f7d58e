//! What a command line means, and which are wrong.

use clap::{CommandFactory, Parser};
use throughline_app::model::{MyRole, NotePart, Relation};

use super::calendar::CaldavArgs;
use super::item::{ActionsArgs, DecisionsArgs};
use super::meeting::{EditMeeting, MeetingsArgs, NewMeeting};
use super::note::Part;
use super::people::EditPerson;
use super::*;

fn parse(line: &str) -> Result<Cli, clap::Error> {
    let words = line.split_whitespace().map(|word| word.replace('~', " "));
    let line = std::iter::once("throughline".to_owned()).chain(words).map(Into::into).collect();
    Cli::try_parse_from(options_first(line))
}

fn command(line: &str) -> Command {
    parse(line).unwrap_or_else(|error| panic!("{line}: {error}")).command
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn the_definition_holds_together() {
    Cli::command().debug_assert();
}

#[test]
fn global_options_stand_before_or_after_any_command() {
    let expected = Global {
        vault: Some("v".into()),
        json: true,
        now: Some("2026-11-22T08:00:00Z".parse().unwrap()),
        tz: Some(Tz::Europe__Lisbon),
        lens: Some("acme".into()),
        no_color: true,
    };
    let options = "--vault v --json --now 2026-11-22T09:00:00+01:00 --tz Europe/Lisbon --lens acme --no-color";
    for (before, after) in [
        ("today", ""),
        ("note", "show m"),
        ("meeting attendee", "add m e"),
        ("queue", "keep m"),
        ("query", "run people -topic:atlas"),
    ] {
        for line in [
            format!("{options} {before} {after}"),
            format!("{before} {after} {options}"),
            format!("{before} {options} {after}"),
            format!(
                "--vault v {before} --json {after} --now=2026-11-22T09:00:00+01:00 --tz=Europe/Lisbon --lens=acme --no-color"
            ),
        ] {
            assert_eq!(parse(&line).unwrap_or_else(|error| panic!("{line}: {error}")).global, expected, "{line}");
        }
    }
}

#[test]
fn every_line_of_the_reference_is_understood() {
    let meeting = "a1b2";
    let notes = || Part { part: NotePart::Notes };
    let of = |id: &str| id.to_owned();
    for (line, expected) in [
        (
            "init --name Ana~Silva --email ana@x.com",
            Command::Vault(VaultCommand::Init { name: some("Ana Silva"), email: some("ana@x.com") }),
        ),
        ("demo", Command::Vault(VaultCommand::Demo { large: false })),
        ("demo --large", Command::Vault(VaultCommand::Demo { large: true })),
        (
            "account add ics work.ics",
            Command::Calendars(CalendarsCommand::Account(AccountCommand::Add(AccountAdd::Ics {
                source: of("work.ics"),
                name: None,
            }))),
        ),
        (
            "account add caldav https://x.org --user ana --password-stdin --accept-invalid-certificate",
            Command::Calendars(CalendarsCommand::Account(AccountCommand::Add(AccountAdd::Caldav(CaldavArgs {
                server: of("https://x.org"),
                user: some("ana"),
                password_stdin: true,
                accept_invalid_certificate: true,
                ..CaldavArgs::default()
            })))),
        ),
        ("account list", Command::Calendars(CalendarsCommand::Account(AccountCommand::List))),
        ("account remove x", Command::Calendars(CalendarsCommand::Account(AccountCommand::Remove { id: of("x") }))),
        ("calendar list", Command::Calendars(CalendarsCommand::Calendar(CalendarCommand::List))),
        ("calendar enable x", Command::Calendars(CalendarsCommand::Calendar(CalendarCommand::Enable { id: of("x") }))),
        (
            "calendar disable x",
            Command::Calendars(CalendarsCommand::Calendar(CalendarCommand::Disable { id: of("x") })),
        ),
        (
            "sync --account x --full --dry-run --accept-deletions --from today-30 --to 2027-01-01",
            Command::Calendars(CalendarsCommand::Sync(SyncArgs {
                account: some("x"),
                full: true,
                dry_run: true,
                accept_deletions: true,
                from: some("today-30"),
                to: some("2027-01-01"),
            })),
        ),
        (
            "meetings --from today --to today+7 --person ana --series s --with-notes",
            Command::Meetings(MeetingsCommand::Meetings(MeetingsArgs {
                from: some("today"),
                to: some("today+7"),
                person: some("ana"),
                series: some("s"),
                with_notes: true,
            })),
        ),
        (
            "meeting new --title -~1:1 --start 2026-11-22T09:00 --end 2026-11-22T10:00 --attendee a@x.com --attendee Ben",
            Command::Meetings(MeetingsCommand::Meeting(MeetingCommand::New(NewMeeting {
                title: of("- 1:1"),
                start: of("2026-11-22T09:00"),
                end: some("2026-11-22T10:00"),
                attendees: vec![of("a@x.com"), of("Ben")],
            }))),
        ),
        ("meeting show a1b2", Command::Meetings(MeetingsCommand::Meeting(MeetingCommand::Show { id: of(meeting) }))),
        (
            "meeting edit a1b2 --title T --role decision-maker --held no --purpose -",
            Command::Meetings(MeetingsCommand::Meeting(MeetingCommand::Edit(EditMeeting {
                id: of(meeting),
                title: some("T"),
                role: Some(MyRole::DecisionMaker),
                held: Some(false),
                purpose: some("-"),
                ..EditMeeting::default()
            }))),
        ),
        (
            "meeting edit a1b2 --role decision_maker",
            Command::Meetings(MeetingsCommand::Meeting(MeetingCommand::Edit(EditMeeting {
                id: of(meeting),
                role: Some(MyRole::DecisionMaker),
                ..EditMeeting::default()
            }))),
        ),
        (
            "meeting attendee add a1b2 ben@x.com --series",
            Command::Meetings(MeetingsCommand::Meeting(MeetingCommand::Attendee(AttendeeCommand::Add {
                id: of(meeting),
                email: of("ben@x.com"),
                series: true,
            }))),
        ),
        (
            "meeting present a1b2 @ana yes",
            Command::Meetings(MeetingsCommand::Meeting(MeetingCommand::Present {
                id: of(meeting),
                person: of("@ana"),
                present: true,
            })),
        ),
        (
            "meeting delete a1b2",
            Command::Meetings(MeetingsCommand::Meeting(MeetingCommand::Delete { id: of(meeting) })),
        ),
        (
            "meeting relink a1b2 c3d4",
            Command::Meetings(MeetingsCommand::Meeting(MeetingCommand::Relink { id: of(meeting), to: of("c3d4") })),
        ),
        ("queue", Command::Calendars(CalendarsCommand::Queue { command: None })),
        (
            "queue keep x",
            Command::Calendars(CalendarsCommand::Queue { command: Some(QueueCommand::Keep { id: of("x") }) }),
        ),
        ("today", Command::Answer(AnswerCommand::Today { date: None })),
        ("today --date today-1", Command::Answer(AnswerCommand::Today { date: some("today-1") })),
        ("brief a1b2", Command::Answer(AnswerCommand::Brief { meeting: of(meeting) })),
        (
            "note show a1b2 --part private",
            Command::Notes(NotesCommand::Note(NoteCommand::Show {
                meeting: of(meeting),
                part: Part { part: NotePart::Private },
            })),
        ),
        (
            "note set a1b2 -",
            Command::Notes(NotesCommand::Note(NoteCommand::Set {
                meeting: of(meeting),
                file: "-".into(),
                part: notes(),
                base: None,
            })),
        ),
        (
            "note set --part prep a1b2 n.md",
            Command::Notes(NotesCommand::Note(NoteCommand::Set {
                meeting: of(meeting),
                file: "n.md".into(),
                part: Part { part: NotePart::Prep },
                base: None,
            })),
        ),
        (
            "note append a1b2 -~[~]~call~Ben",
            Command::Notes(NotesCommand::Note(NoteCommand::Append {
                meeting: of(meeting),
                text: of("- [ ] call Ben"),
                part: notes(),
            })),
        ),
        (
            "note append a1b2 ---~ --part prep --json",
            Command::Notes(NotesCommand::Note(NoteCommand::Append {
                meeting: of(meeting),
                text: of("--- "),
                part: Part { part: NotePart::Prep },
            })),
        ),
        (
            "note append a1b2 -x",
            Command::Notes(NotesCommand::Note(NoteCommand::Append {
                meeting: of(meeting),
                text: of("-x"),
                part: notes(),
            })),
        ),
        (
            "note append a1b2 !!~Ana:~send~it",
            Command::Notes(NotesCommand::Note(NoteCommand::Append {
                meeting: of(meeting),
                text: of("!! Ana: send it"),
                part: notes(),
            })),
        ),
        (
            "note history a1b2",
            Command::Notes(NotesCommand::Note(NoteCommand::History { meeting: of(meeting), part: notes() })),
        ),
        ("note drafts", Command::Notes(NotesCommand::Note(NoteCommand::Drafts))),
        (
            "note restore a1b2 3",
            Command::Notes(NotesCommand::Note(NoteCommand::Restore {
                meeting: of(meeting),
                revision: 3,
                part: notes(),
            })),
        ),
        (
            "import minutes a b/c.md",
            Command::Notes(NotesCommand::Import(ImportCommand::Minutes { paths: vec!["a".into(), "b/c.md".into()] })),
        ),
        (
            "actions --owner me --open --overdue --person p --org o --topic client/acme",
            Command::Items(ItemCommand::Actions(ActionsArgs {
                owner: some("me"),
                open: true,
                overdue: true,
                person: some("p"),
                org: some("o"),
                topic: some("client/acme"),
                ..ActionsArgs::default()
            })),
        ),
        (
            "actions --done --dropped",
            Command::Items(ItemCommand::Actions(ActionsArgs { done: true, dropped: true, ..ActionsArgs::default() })),
        ),
        (
            "action done ^k7m2xq c3d4",
            Command::Items(ItemCommand::Action(ActionCommand::Done { ids: vec![of("^k7m2xq"), of("c3d4")] })),
        ),
        ("action reopen x", Command::Items(ItemCommand::Action(ActionCommand::Reopen { ids: vec![of("x")] }))),
        ("action drop x", Command::Items(ItemCommand::Action(ActionCommand::Drop { ids: vec![of("x")] }))),
        (
            "action due x today+3",
            Command::Items(ItemCommand::Action(ActionCommand::Due { ids: vec![of("x")], day: of("today+3") })),
        ),
        (
            "action assign x ana",
            Command::Items(ItemCommand::Action(ActionCommand::Assign { ids: vec![of("x")], person: of("ana") })),
        ),
        (
            "action snooze x 2026-12-01",
            Command::Items(ItemCommand::Action(ActionCommand::Snooze { ids: vec![of("x")], day: of("2026-12-01") })),
        ),
        (
            "decisions --topic t --person p --org o --since today-90 --as-of today-7 --holding",
            Command::Items(ItemCommand::Decisions(DecisionsArgs {
                topic: some("t"),
                person: some("p"),
                org: some("o"),
                since: some("today-90"),
                as_of: some("today-7"),
                holding: true,
                contradictions: false,
            })),
        ),
        ("decision show x", Command::Items(ItemCommand::Decision(DecisionCommand::Show { id: of("x") }))),
        (
            "decision supersede x y",
            Command::Items(ItemCommand::Decision(DecisionCommand::Supersede { old: of("x"), new: of("y") })),
        ),
        ("questions --open", Command::Items(ItemCommand::Questions { open: true })),
        ("people", Command::People(PeopleCommand::People { duplicates: false })),
        ("person show ana", Command::People(PeopleCommand::Person(PersonCommand::Show { person: of("ana") }))),
        (
            "person edit ana --name Ana --relation report",
            Command::People(PeopleCommand::Person(PersonCommand::Edit(EditPerson {
                person: of("ana"),
                name: some("Ana"),
                relation: Some(Relation::Report),
            }))),
        ),
        (
            "person note ana",
            Command::People(PeopleCommand::Person(PersonCommand::Note { person: of("ana"), file: None })),
        ),
        (
            "person note ana -",
            Command::People(PeopleCommand::Person(PersonCommand::Note { person: of("ana"), file: Some("-".into()) })),
        ),
        ("person merge a b", Command::People(PeopleCommand::Person(PersonCommand::Merge { a: of("a"), b: of("b") }))),
        ("person unmerge b", Command::People(PeopleCommand::Person(PersonCommand::Unmerge { person: of("b") }))),
        (
            "person alias a Annie",
            Command::People(PeopleCommand::Person(PersonCommand::Alias { person: of("a"), alias: of("Annie") })),
        ),
        ("orgs", Command::People(PeopleCommand::Orgs)),
        ("org show acme", Command::People(PeopleCommand::Org(OrgCommand::Show { org: of("acme") }))),
        ("ledger acme", Command::Answer(AnswerCommand::Ledger { who: of("acme") })),
        ("path a b", Command::Answer(AnswerCommand::Path { a: of("a"), b: of("b") })),
        ("trace ^k7m2xq", Command::Answer(AnswerCommand::Trace { id: of("^k7m2xq") })),
        (
            "central --topic t --from 2026-01-01",
            Command::Answer(AnswerCommand::Central { topic: some("t"), from: some("2026-01-01"), to: None }),
        ),
        (
            "search flat fee --kind decision --from 2026-01-01",
            Command::Answer(AnswerCommand::Search {
                text: vec![of("flat"), of("fee")],
                kind: some("decision"),
                person: None,
                from: some("2026-01-01"),
            }),
        ),
        (
            "recap a1b2 --format email --sent ana@x.com",
            Command::Notes(NotesCommand::Recap { meeting: of(meeting), format: of("email"), sent: some("ana@x.com") }),
        ),
        (
            "export csv out",
            Command::Vault(VaultCommand::Export { format: of("csv"), target: "out".into(), private: false }),
        ),
        (
            "export json out.json --private",
            Command::Vault(VaultCommand::Export { format: of("json"), target: "out.json".into(), private: true }),
        ),
        ("undo", Command::Vault(VaultCommand::Undo { sync: false })),
        ("undo --sync", Command::Vault(VaultCommand::Undo { sync: true })),
        ("backup b.db", Command::Vault(VaultCommand::Backup { file: "b.db".into() })),
        ("restore b.db", Command::Vault(VaultCommand::Restore { file: "b.db".into() })),
        ("doctor --repair --head ab12", Command::Vault(VaultCommand::Doctor { repair: true, head: some("ab12") })),
        ("completions fish", Command::Vault(VaultCommand::Completions { shell: clap_complete::Shell::Fish })),
        ("man", Command::Vault(VaultCommand::Man)),
    ] {
        assert_eq!(command(line), expected, "{line}");
    }
}

#[test]
fn what_cannot_be_read_is_wrong_usage_in_one_sentence_with_a_hint() {
    for (line, message, hint) in [
        ("todays", "Unrecognized subcommand 'todays'.", "A similar subcommand exists: 'today'."),
        ("today --dat x", "Unexpected argument '--dat' found.", "'--date'"),
        ("meetings --form today", "Unexpected argument '--form' found.", "'--from'"),
        (
            "note show",
            "The following required arguments were not provided: <MEETING>.",
            "Usage: throughline note show <MEETING>",
        ),
        ("meeting new --title T", "The following required arguments were not provided: --start <TIME>.", "Usage:"),
        ("meeting edit x", "The following required arguments were not provided:", "Usage:"),
        (
            "meeting edit x --held perhaps",
            "Invalid value 'perhaps' for '--held <yes|no>' [possible values: yes, no].",
            "",
        ),
        ("meeting present x p maybe", "Invalid value 'maybe' for '<yes|no>' [possible values: yes, no].", ""),
        (
            "note show x --part middle",
            "Invalid value 'middle' for '--part <PART>' [possible values: prep, notes, private].",
            "",
        ),
        ("note restore x three", "Invalid value 'three' for '<REVISION>': invalid digit found in string.", ""),
        (
            "today --now yesterday",
            "Invalid value 'yesterday' for '--now <TIME>': a time with its offset is needed, as 2026-11-22T09:00:00+01:00.",
            "",
        ),
        (
            "today --now 2026-11-22T09:00:00",
            "Invalid value '2026-11-22T09:00:00' for '--now <TIME>': a time with its offset",
            "",
        ),
        ("today --tz Mars/Base", "Invalid value 'Mars/Base' for '--tz <ZONE>': no such time zone", ""),
        ("recap x --format pdf", "Invalid value 'pdf' for '--format <FORMAT>'", ""),
        ("search x --kind cat", "Invalid value 'cat' for '--kind <K>'", ""),
        ("action done", "The following required arguments were not provided: <ID>...", "Usage:"),
        ("undo now", "Unexpected argument 'now' found.", "Usage: throughline undo"),
        ("account add", "A command is needed.", ""),
        ("today --date \u{1b}[31m --x", "", ""),
    ] {
        let error = parse(line).err().unwrap_or_else(|| panic!("{line} was understood"));
        let failure = crate::failure::usage(&error);
        assert!(failure.usage);
        assert_eq!(failure.code, "usage");
        assert!(failure.message.starts_with(message), "{line}: {}", failure.message);
        assert!(!failure.message.contains(['\n', '\u{1b}']), "{line}: {}", failure.message);
        let told = failure.hint.unwrap_or_default();
        assert!(told.contains(hint) && !told.is_empty(), "{line}: {told}");
    }
}
