//! A vault, what a user may do with it, and what is to be seen of it.

use std::path::PathBuf;

use chrono::{Duration, NaiveDate};
use proptest::prelude::*;
use serde_json::Value;
use tempfile::TempDir;
use throughline_app::meetings::{Filter, MeetingEdit, NewMeeting};
use throughline_app::model::{ActionStatus, NotePart, Relation};
use throughline_app::{
    App, Clock, Failure, NoProgress, accounts, actions, decisions, export, import, maintenance, meetings, notes,
    people, questions, queue, sync, undo, vault,
};
use throughline_core::graph::View;

use crate::calendars::{self, Event, calendar, shifted};
use crate::words::{EMAILS, Line, PEOPLE, line, text};

/// Something a user does. Numbers choose among what there is.
#[derive(Debug, Clone)]
pub enum Op {
    New { title: u8, day: i64, all_day: bool, who: u8 },
    Edit { meeting: u8, what: u8, day: i64 },
    Delete(u8),
    Relink(u8, u8),
    Present(u8, u8, bool),
    Attendee { meeting: u8, who: u8, series: bool },
    Set { meeting: u8, part: u8, lines: Vec<Line> },
    Append { meeting: u8, part: u8, line: Line },
    Rearrange { meeting: u8, part: u8, how: u8, at: u8 },
    Paste { from: u8, to: u8, at: u8, cut: bool },
    Restore { meeting: u8, part: u8, revision: u8 },
    PersonNote { person: u8, lines: Vec<Line> },
    Status(u8, u8),
    Due(u8, i64),
    Assign(u8, u8),
    Snooze(u8, i64),
    Supersede(u8, u8),
    Merge(u8, u8),
    Unmerge(u8),
    Alias(u8, u8),
    EditPerson(u8, u8),
    Keep(u8),
    Import { name: u8, day: i64, who: u8, lines: Vec<Line> },
    Undo,
    Sync { file: u8, events: Vec<Event> },
    RemoveAccount(u8),
    Enable(u8, bool),
    LookFar,
}

/// What undo takes back.
pub fn command() -> impl Strategy<Value = Op> {
    let days = -15i64..30;
    let lines = || prop::collection::vec(line(), 0..7);
    let meetings = prop_oneof![
        3 => (0u8..4, -10i64..10, prop::bool::weighted(0.2), any::<u8>())
            .prop_map(|(title, day, all_day, who)| Op::New { title, day, all_day, who }),
        2 => (any::<u8>(), 0u8..7, -10i64..10).prop_map(|(meeting, what, day)| Op::Edit { meeting, what, day }),
        1 => any::<u8>().prop_map(Op::Delete),
        2 => (any::<u8>(), any::<u8>()).prop_map(|(from, to)| Op::Relink(from, to)),
        1 => (any::<u8>(), any::<u8>(), any::<bool>()).prop_map(|(meeting, who, is)| Op::Present(meeting, who, is)),
        2 => (any::<u8>(), 0u8..9, any::<bool>())
            .prop_map(|(meeting, who, series)| Op::Attendee { meeting, who, series }),
    ];
    let writing = prop_oneof![
        5 => (any::<u8>(), 0u8..4, lines()).prop_map(|(meeting, part, lines)| Op::Set { meeting, part, lines }),
        2 => (any::<u8>(), 0u8..4, line()).prop_map(|(meeting, part, line)| Op::Append { meeting, part, line }),
        4 => (any::<u8>(), 0u8..4, 0u8..7, any::<u8>())
            .prop_map(|(meeting, part, how, at)| Op::Rearrange { meeting, part, how, at }),
        2 => (any::<u8>(), any::<u8>(), any::<u8>(), any::<bool>())
            .prop_map(|(from, to, at, cut)| Op::Paste { from, to, at, cut }),
        1 => (any::<u8>(), 0u8..4, 1u8..4)
            .prop_map(|(meeting, part, revision)| Op::Restore { meeting, part, revision }),
        1 => (any::<u8>(), lines()).prop_map(|(person, lines)| Op::PersonNote { person, lines }),
        1 => (0u8..3, -10i64..10, any::<u8>(), lines())
            .prop_map(|(name, day, who, lines)| Op::Import { name, day, who, lines }),
    ];
    let items = prop_oneof![
        3 => (any::<u8>(), 0u8..3).prop_map(|(item, status)| Op::Status(item, status)),
        2 => (any::<u8>(), days.clone()).prop_map(|(item, day)| Op::Due(item, day)),
        2 => (any::<u8>(), any::<u8>()).prop_map(|(item, who)| Op::Assign(item, who)),
        1 => (any::<u8>(), days).prop_map(|(item, day)| Op::Snooze(item, day)),
        2 => (any::<u8>(), any::<u8>()).prop_map(|(old, new)| Op::Supersede(old, new)),
    ];
    let people = prop_oneof![
        3 => (any::<u8>(), any::<u8>()).prop_map(|(a, b)| Op::Merge(a, b)),
        2 => any::<u8>().prop_map(Op::Unmerge),
        1 => (any::<u8>(), 0u8..9).prop_map(|(who, alias)| Op::Alias(who, alias)),
        1 => (any::<u8>(), 0u8..6).prop_map(|(who, what)| Op::EditPerson(who, what)),
        1 => any::<u8>().prop_map(Op::Keep),
    ];
    prop_oneof![3 => meetings, 6 => writing, 3 => items, 3 => people]
}

/// A calendar file written anew, and synced.
pub fn synced() -> impl Strategy<Value = Op> {
    (0u8..2, calendar()).prop_map(|(file, events)| Op::Sync { file, events })
}

/// Whatever a user does.
pub fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        14 => command(),
        4 => synced(),
        2 => Just(Op::Undo),
        1 => any::<u8>().prop_map(Op::RemoveAccount),
        1 => (any::<u8>(), any::<bool>()).prop_map(|(calendar, enabled)| Op::Enable(calendar, enabled)),
        1 => Just(Op::LookFar),
    ]
}

/// A folder with a vault and the files it reads.
pub struct World {
    home: TempDir,
    /// How often the clock went on.
    pub steps: i64,
}

/// The body of a test; a runtime for each case.
pub fn run<T>(body: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(body)
}

fn pick<T>(list: &[T], at: u8) -> Option<&T> {
    list.get(usize::from(at).checked_rem(list.len())?)
}

fn part(number: u8) -> NotePart {
    [NotePart::Notes, NotePart::Prep, NotePart::Private, NotePart::Notes][usize::from(number)]
}

impl World {
    /// A new vault whose user is Max.
    pub async fn new() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let world = Self { home, steps: 0 };
        vault::init(&world.vault(), world.clock(), Some("Max Moser"), Some(EMAILS[5])).await.expect("a vault");
        world
    }

    /// A vault in which all this was done, open, and who asks there and when.
    pub async fn after(ops: &[Op]) -> (Self, App, View) {
        let mut world = Self::new().await;
        let mut app = world.open().await;
        for op in ops {
            world.apply(&mut app, op).await;
        }
        let me = people::me(&app).await.expect("the user");
        let view = View { now: app.clock().now, zone: app.clock().zone, me };
        (world, app, view)
    }

    fn vault(&self) -> PathBuf {
        self.home.path().join("vault")
    }

    fn clock(&self) -> Clock {
        let start: chrono::DateTime<chrono::Utc> = "2026-11-22T09:00:00Z".parse().expect("an instant");
        Clock { now: start + Duration::seconds(self.steps), zone: chrono_tz::Europe::Berlin }
    }

    fn today(&self) -> NaiveDate {
        self.clock().today()
    }

    /// The vault, opened once more.
    pub async fn open(&self) -> App {
        App::open(&self.vault(), self.clock()).await.expect("the vault opens")
    }

    /// Does it a little later than what was done before. What a user is refused is no failure of the product.
    pub async fn apply(&mut self, app: &mut App, op: &Op) {
        self.steps += 1;
        app.set_clock(self.clock());
        if let Err(failure) = self.attempt(app, op).await {
            let surprising = ["internal", "vault_", "line_not_found", "file_", "disk_", "sync_running"];
            assert!(!surprising.iter().any(|code| failure.code.starts_with(code)), "{op:?}: {failure:?}");
        }
    }

    async fn attempt(&self, app: &App, op: &Op) -> Result<(), Failure> {
        match op {
            Op::New { .. }
            | Op::Edit { .. }
            | Op::Delete(_)
            | Op::Relink(..)
            | Op::Present(..)
            | Op::Attendee { .. } => self.meeting_op(app, op).await,
            Op::Status(..) | Op::Due(..) | Op::Assign(..) | Op::Snooze(..) | Op::Supersede(..) => {
                self.item_op(app, op).await
            }
            Op::Merge(..) | Op::Unmerge(_) | Op::Alias(..) | Op::EditPerson(..) | Op::PersonNote { .. } => {
                self.person_op(app, op).await
            }
            Op::Sync { .. } | Op::RemoveAccount(_) | Op::Enable(..) | Op::LookFar | Op::Import { .. } => {
                self.outside_op(app, op).await
            }
            Op::Undo => undo::last(app).await.map(drop),
            Op::Keep(at) => {
                let queue = queue::list(app).await?.queue;
                let Some(queued) = pick(&queue, *at) else { return Ok(()) };
                queue::keep(app, &queued.meeting.id.to_string()).await.map(drop)
            }
            _ => self.note_op(app, op).await,
        }
    }

    async fn meeting_op(&self, app: &App, op: &Op) -> Result<(), Failure> {
        let ids = self.meetings(app).await;
        let id = |at: u8| pick(&ids, at).cloned().unwrap_or_default();
        match op {
            Op::New { title, day, all_day, who } => {
                let day = shifted(self.today(), *day);
                let start = if *all_day { day.to_string() } else { format!("{day}T10:00") };
                let attendees = (0..6).filter(|at| who & (1 << at) != 0).map(|at| EMAILS[at].to_owned());
                let title = ["Weekly sync", "Catch-up", "1:1", "Kick-off"][usize::from(*title)].to_owned();
                let new = NewMeeting { title, start, end: None, attendees: attendees.collect() };
                meetings::new(app, &new).await.map(drop)
            }
            Op::Edit { meeting, what, day } => {
                let mut edit = MeetingEdit::default();
                match what {
                    0 => edit.title = Some(format!("Renamed {day}")),
                    1 => edit.start = Some(format!("{}T15:00", shifted(self.today(), *day))),
                    2 => edit.purpose = Some("to agree".to_owned()),
                    3 => edit.held = Some(*day > 0),
                    4 => edit.title = Some(String::new()),
                    5 => edit.purpose = Some(String::new()),
                    _ => edit.start = Some(shifted(self.today(), *day).to_string()),
                }
                meetings::edit(app, &id(*meeting), &edit).await.map(drop)
            }
            Op::Delete(meeting) => meetings::delete(app, &id(*meeting)).await.map(drop),
            Op::Relink(from, to) => meetings::relink(app, &id(*from), &id(*to)).await.map(drop),
            Op::Present(meeting, who, is) => {
                meetings::set_present(app, &id(*meeting), &self.person(app, *who).await, *is).await.map(drop)
            }
            Op::Attendee { meeting, who, series } => {
                let who = EMAILS.get(usize::from(*who)).copied().unwrap_or("Zoe Quist");
                meetings::add_attendee(app, &id(*meeting), who, *series).await.map(drop)
            }
            _ => unreachable!("another op"),
        }
    }

    async fn note_op(&self, app: &App, op: &Op) -> Result<(), Failure> {
        let ids = self.meetings(app).await;
        let anchors = self.anchors(app).await;
        let id = |at: u8| pick(&ids, at).cloned().unwrap_or_default();
        match op {
            Op::Set { meeting, part: at, lines } => {
                notes::set(app, &id(*meeting), part(*at), &text(lines, &anchors), None).await.map(drop)
            }
            Op::Append { meeting, part: at, line } => {
                notes::append(app, &id(*meeting), part(*at), &line.write(&anchors)).await.map(drop)
            }
            Op::Rearrange { meeting, part: number, how, at } => {
                let (id, part) = (id(*meeting), part(*number));
                let before = notes::show(app, &id, part).await?.text;
                notes::set(app, &id, part, &rearranged(&before, *how, *at), None).await.map(drop)
            }
            Op::Paste { from, to, at, cut } => {
                let (from, to) = (id(*from), id(*to));
                let text = notes::show(app, &from, NotePart::Notes).await?.text;
                let mut lines: Vec<&str> = text.lines().collect();
                let Some(line) = pick(&lines, *at).copied() else { return Ok(()) };
                if *cut {
                    lines.retain(|other| *other != line);
                    notes::set(app, &from, NotePart::Notes, &(lines.join("\n") + "\n"), None).await?;
                }
                notes::append(app, &to, NotePart::Notes, line).await.map(drop)
            }
            Op::Restore { meeting, part: at, revision } => {
                notes::restore(app, &id(*meeting), part(*at), i64::from(*revision)).await.map(drop)
            }
            _ => unreachable!("another op"),
        }
    }

    async fn item_op(&self, app: &App, op: &Op) -> Result<(), Failure> {
        let all: Vec<String> = actions::list(app, &actions::Filter::default())
            .await?
            .actions
            .into_iter()
            .map(|action| action.id.to_string())
            .collect();
        let id = |at: u8| pick(&all, at).cloned().unwrap_or_default();
        match op {
            Op::Status(item, status) => {
                let status = ActionStatus::ALL[usize::from(*status)];
                actions::set_status(app, &[id(*item)], status).await.map(drop)
            }
            Op::Due(item, day) => actions::set_due(app, &id(*item), shifted(self.today(), *day)).await.map(drop),
            Op::Assign(item, who) => actions::assign(app, &id(*item), &self.person(app, *who).await).await.map(drop),
            Op::Snooze(item, day) => actions::snooze(app, &id(*item), shifted(self.today(), *day)).await.map(drop),
            Op::Supersede(old, new) => {
                let all = decisions::list(app, &decisions::Filter::default()).await?.decisions;
                let (Some(old), Some(new)) = (pick(&all, *old), pick(&all, *new)) else { return Ok(()) };
                decisions::supersede(app, &old.id.to_string(), &new.id.to_string()).await.map(drop)
            }
            _ => unreachable!("another op"),
        }
    }

    async fn person_op(&self, app: &App, op: &Op) -> Result<(), Failure> {
        match op {
            Op::Merge(a, b) => {
                people::merge(app, &self.person(app, *a).await, &self.person(app, *b).await).await.map(drop)
            }
            Op::Unmerge(who) => people::unmerge(app, &self.person(app, *who).await).await.map(drop),
            Op::Alias(who, at) => {
                let alias =
                    ["@ace", "@zoe", "second@acme.com", "new@fabrikam.com", "Annie", EMAILS[2], "@ben", "Ana", "Zoe"];
                people::alias(app, &self.person(app, *who).await, alias[usize::from(*at)]).await.map(drop)
            }
            Op::EditPerson(who, what) => {
                let name = (*what < 3).then(|| PEOPLE[usize::from(*what)]);
                let relation = (*what >= 3).then(|| Relation::ALL[usize::from(*what) % Relation::ALL.len()]);
                people::edit(app, &self.person(app, *who).await, name, relation).await.map(drop)
            }
            Op::PersonNote { person, lines } => {
                let text = text(lines, &self.anchors(app).await);
                people::set_note(app, &self.person(app, *person).await, &text).await.map(drop)
            }
            _ => unreachable!("another op"),
        }
    }

    async fn outside_op(&self, app: &App, op: &Op) -> Result<(), Failure> {
        match op {
            Op::Sync { file, events } => {
                let path = self.home.path().join(format!("{file}.ics"));
                let text = calendars::ics(events, *file, "2026-11-22".parse().expect("a date"));
                std::fs::write(&path, text).expect("a file");
                accounts::add_ics(app, &path.display().to_string(), None).await?;
                self.sync(app).await;
                Ok(())
            }
            Op::RemoveAccount(at) => {
                let all = accounts::list(app).await?.accounts;
                let Some(account) = pick(&all, *at) else { return Ok(()) };
                accounts::remove(app, &account.id.to_string()).await.map(drop)
            }
            Op::Enable(at, enabled) => {
                let all = accounts::calendars(app).await?.calendars;
                let Some(calendar) = pick(&all, *at) else { return Ok(()) };
                accounts::set_enabled(app, &calendar.id.to_string(), *enabled).await.map(drop)
            }
            Op::LookFar => {
                let filter = Filter { from: Some(shifted(self.today(), -1000)), ..Filter::default() };
                meetings::list(app, &filter).await.map(drop)
            }
            Op::Import { name, day, who, lines } => {
                let day = shifted(self.today(), *day);
                let names: Vec<&str> = (0..6).filter(|at| who & (1 << at) != 0).map(|at| PEOPLE[at]).collect();
                let body = text(lines, &[]);
                let minutes = format!("# Weekly sync\n\nDate: {day}\nPresent: {}\n\n{body}", names.join(", "));
                let path = self.home.path().join(format!("minutes-{name}.md"));
                std::fs::write(&path, minutes).expect("a file");
                let told = import::minutes(app, &[path], &NoProgress).await?;
                assert!(told.files[0].meeting_id.is_some(), "{told:?}");
                Ok(())
            }
            _ => unreachable!("another op"),
        }
    }

    /// Syncs everything, and gives how many meetings were added, changed and removed.
    pub async fn sync(&self, app: &App) -> [u32; 3] {
        let options = sync::Options { accept_deletions: true, ..sync::Options::default() };
        let told = sync::run(app, &options, &NoProgress).await.expect("a sync");
        let mut counts = [0; 3];
        for account in &told.accounts {
            assert_eq!(account.error, None);
            for calendar in &account.calendars {
                assert!(calendar.warnings.is_empty(), "{:?}", calendar.warnings);
                let told = [calendar.added, calendar.changed, calendar.removed];
                counts.iter_mut().zip(told).for_each(|(sum, count)| *sum += count);
            }
        }
        counts
    }

    /// Every meeting's id.
    pub async fn meetings(&self, app: &App) -> Vec<String> {
        let all = meetings::list(app, &Filter::default()).await.expect("meetings").meetings;
        all.into_iter().map(|meeting| meeting.id.to_string()).collect()
    }

    async fn person(&self, app: &App, at: u8) -> String {
        let all = people::list(app).await.expect("people").people;
        pick(&all, at).map(|person| person.id.to_string()).unwrap_or_default()
    }

    async fn anchors(&self, app: &App) -> Vec<String> {
        let actions = actions::list(app, &actions::Filter::default()).await.expect("actions").actions;
        let decisions = decisions::list(app, &decisions::Filter::default()).await.expect("decisions").decisions;
        let questions = questions::list(app, false).await.expect("questions").questions;
        let actions = actions.into_iter().map(|action| action.anchor);
        let decisions = decisions.into_iter().map(|decision| decision.anchor);
        actions.chain(decisions).chain(questions.into_iter().map(|question| question.anchor)).collect()
    }

    /// Everything a user sees, private parts too. Revisions only ever grow, and are left out.
    pub async fn seen(&self, app: &App) -> Value {
        let file = self.home.path().join("seen.json");
        _ = std::fs::remove_file(&file);
        export::run(app, "json", &file, true).await.expect("an export");
        let bytes = std::fs::read(&file).expect("an export");
        let mut seen: Value = serde_json::from_slice(&bytes).expect("JSON");
        seen["exported_at"] = Value::Null;
        for note in seen["notes"].as_array_mut().into_iter().flatten() {
            note["revision"] = Value::Null;
        }
        seen
    }

    /// Fails where doctor finds a problem; gives the head of the change log.
    pub async fn sound(&self, app: &App) -> Option<String> {
        let told = maintenance::doctor(app, false, None).await.expect("a doctor");
        assert!(told.ok, "{:?}", told.problems);
        told.head
    }
}

fn rearranged(text: &str, how: u8, at: u8) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        return "!! something new\n".to_owned();
    }
    let at = usize::from(at) % lines.len();
    match how {
        0 => _ = lines.remove(at),
        1 => lines.reverse(),
        2 => lines.rotate_left(at),
        3 => lines.insert(0, lines[at].clone()),
        4 => lines[at].insert_str(0, "  "),
        5 => lines.insert(at, "```".to_owned()),
        _ => lines[at] = format!("- {}", lines[at]),
    }
    lines.join("\n") + "\n"
}

/// The first places where two views differ.
pub fn differences(before: &Value, after: &Value) -> Vec<String> {
    let mut found = Vec::new();
    differ("", before, after, &mut found);
    found.truncate(12);
    found
}

fn differ(path: &str, before: &Value, after: &Value, found: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(a), Value::Object(b)) => {
            for key in a.keys().chain(b.keys().filter(|key| !a.contains_key(*key))) {
                let none = Value::Null;
                differ(&format!("{path}/{key}"), a.get(key).unwrap_or(&none), b.get(key).unwrap_or(&none), found);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (at, (a, b)) in a.iter().zip(b).enumerate() {
                differ(&format!("{path}/{at}"), a, b, found);
            }
        }
        _ if before != after => found.push(format!("{path}: {before} and then {after}")),
        _ => {}
    }
}
