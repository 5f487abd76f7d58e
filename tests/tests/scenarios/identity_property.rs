//! Whatever people do to a calendar, whichever provider it is with: no note is ever without a meeting or a place in the
//! queue, none is on two, and syncing again changes nothing. `PROPTEST_CASES` asks for more.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use tempfile::TempDir;
use throughline_app::model::NotePart;
use throughline_app::{App, Clock, Failure, NoProgress, accounts, meetings, notes, queue, sync, undo, vault};
use throughline_tests::deeds::{Calendar, Deed};
use throughline_tests::provider::Provider;
use throughline_tests::{NOW, Vault, calendar, text};

fn deed() -> impl Strategy<Value = Deed> {
    let (day, hour, n) = (1u8..28, 8u8..18, any::<u8>());
    prop_oneof![
        4 => (0u8..4, day.clone(), hour.clone(), n).prop_map(|(title, day, hour, rule)| Deed::Create { title, day, hour, rule }),
        2 => (n, 0u8..9, hour.clone()).prop_map(|(which, days, hour)| Deed::Move { which, days, hour }),
        2 => (n, n, 0u8..16, hour.clone()).prop_map(|(which, nth, days, hour)| Deed::MoveOne { which, nth, days, hour }),
        1 => (n, 0u8..4).prop_map(|(which, title)| Deed::Rename { which, title }),
        2 => (n, n, hour, any::<bool>()).prop_map(|(which, nth, hour, stranger)| Deed::Split { which, nth, hour, stranger }),
        2 => (n, n, any::<bool>()).prop_map(|(which, nth, left_out)| Deed::CancelOne { which, nth, left_out }),
        1 => n.prop_map(|which| Deed::Uncancel { which }),
        1 => n.prop_map(|which| Deed::Delete { which }),
        1 => n.prop_map(|which| Deed::Recreate { which }),
        1 => (any::<bool>(), any::<bool>()).prop_map(|(same, old_first)| Deed::Migrate { same, old_first }),
        5 => n.prop_map(|which| Deed::Note { which }),
        1 => Just(Deed::Attach),
        5 => Just(Deed::Sync),
        1 => Just(Deed::Undo),
    ]
}

/// A vault with one account, in the hands of somebody who uses it.
trait Hands {
    fn hold(&mut self, events: &[String]);
    fn migrate(&mut self, events: &[String], old_first: bool);
    fn sync(&mut self) -> Value;
    fn meetings(&mut self) -> Vec<Value>;
    fn queue(&mut self) -> Vec<Value>;
    fn read(&mut self, meeting: &str) -> String;
    fn append(&mut self, meeting: &str, line: &str);
    fn relink(&mut self, from: &str, to: &str);
    fn undo(&mut self) -> Value;
}

/// What is said along the way, and what was seen of it.
struct Story<'a> {
    hands: &'a mut dyn Hands,
    calendar: Calendar,
    said: Vec<String>,
    split: bool,
}

impl Story<'_> {
    fn tell(&mut self, deeds: &[Deed]) {
        let mut moved = false;
        for deed in deeds.iter().chain([&Deed::Sync]) {
            self.calendar.act(deed);
            match deed {
                Deed::Note { which } => {
                    let all = self.hands.meetings();
                    let Some(at) = usize::from(*which).checked_rem(all.len()) else { continue };
                    let line = format!("Said {}.", self.said.len());
                    self.hands.append(&text(&all[at]["id"]), &line);
                    self.said.push(line);
                    moved = false;
                }
                Deed::Attach => {
                    let queue = self.hands.queue();
                    let Some(first) = queue.iter().find(|queued| queued["candidates"] != json!([])) else { continue };
                    self.hands.relink(&text(&first["meeting"]["id"]), &text(&first["candidates"][0]["meeting_id"]));
                    self.check(deed);
                    moved = false;
                }
                Deed::Migrate { old_first, .. } => {
                    self.hands.migrate(&self.calendar.held(), *old_first);
                    self.check(deed);
                    self.again(deed);
                    moved = false;
                }
                Deed::Sync => {
                    self.hands.hold(&self.calendar.held());
                    let synced = self.hands.sync();
                    moved = of_calendars(&synced).any(|calendar| calendar["moved"] != json!([]));
                    self.check(deed);
                    self.again(deed);
                }
                Deed::Undo if moved => {
                    let undone = self.hands.undo();
                    assert_eq!(undone["command"], "sync", "{undone:#}");
                    self.check(deed);
                    self.again(deed);
                    moved = false;
                }
                Deed::Split { .. } => self.split = true,
                _ => {}
            }
        }
    }

    fn check(&mut self, deed: &Deed) {
        let meetings = self.hands.meetings();
        let queued: BTreeSet<String> = self.hands.queue().iter().map(|queued| text(&queued["meeting"]["id"])).collect();
        let mut on: BTreeMap<&str, usize> = BTreeMap::new();
        let mut places = BTreeSet::new();
        let mut live = Vec::new();
        for meeting in &meetings {
            let id = text(&meeting["id"]);
            let cancelled = meeting["status"] == "cancelled";
            let listed = meeting["calendars"] != json!([]);
            if meeting["has_notes"] == true {
                let note = self.hands.read(&id);
                for said in self.said.iter().filter(|said| note.contains(said.as_str())) {
                    *on.entry(said).or_default() += 1;
                }
                let called_off = meeting["original_start"].as_str().and_then(|at| at.get(..13));
                let called_off = called_off.is_some_and(|at| self.calendar.called_off.contains(at));
                let placed = !cancelled || called_off || queued.contains(&id);
                assert!(placed, "after {deed:?} a note has no meeting: {meeting:#}");
            } else {
                assert!(!cancelled, "after {deed:?} there is a cancelled meeting without a note: {meeting:#}");
            }
            if listed && !cancelled {
                let place = (text(&meeting["series_id"]), meeting["original_start"].to_string());
                assert!(places.insert(place), "after {deed:?} a meeting is there twice: {meeting:#}");
                live.push(format!("{} {}", &text(&meeting["start"])[..13], text(&meeting["title"])));
            }
        }
        let lost: Vec<_> = self.said.iter().filter(|said| on.get(said.as_str()) != Some(&1)).collect();
        assert!(lost.is_empty(), "after {deed:?}, {lost:?} is on {on:?}");
        let planned = self.calendar.takes_place();
        let planned: Vec<String> =
            planned.into_iter().map(|(day, hour, title)| format!("{day}T{hour:02} {title}")).collect();
        live.sort_unstable();
        if !self.split && !matches!(deed, Deed::Attach) {
            let mut planned = planned.clone();
            planned.sort_unstable();
            assert_eq!(live, planned, "after {deed:?} the calendar is shown as it is");
        }
    }

    fn again(&mut self, deed: &Deed) {
        let before = (self.hands.meetings(), self.hands.queue());
        let again = self.hands.sync();
        for calendar in of_calendars(&again) {
            let counts = ["added", "changed", "removed", "kept"].map(|count| calendar[count].as_u64());
            assert_eq!((counts, &calendar["moved"]), ([Some(0); 4], &json!([])), "again after {deed:?}: {again:#}");
        }
        assert_eq!(
            (self.hands.meetings(), self.hands.queue()),
            before,
            "after {deed:?} a second sync changes something"
        );
    }
}

fn of_calendars(synced: &Value) -> impl Iterator<Item = &Value> {
    let accounts = synced["accounts"].as_array().into_iter().flatten();
    accounts.flat_map(|account| account["calendars"].as_array().into_iter().flatten())
}

/// A vault in this process, over files: the fewest things that can be slow.
struct Here {
    home: TempDir,
    runtime: tokio::runtime::Runtime,
    app: App,
    file: u32,
}

impl Here {
    fn new() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let clock = Clock { now: NOW.parse().expect("a time"), zone: chrono_tz::Europe::Berlin };
        let dir = home.path().join("vault");
        let app = runtime.block_on(async {
            vault::init(&dir, clock, Some("Max"), Some("max@example.org")).await.expect("a vault");
            App::open(&dir, clock).await.expect("the vault opens")
        });
        let mut here = Self { home, runtime, app, file: 0 };
        here.hold(&[]);
        here.add();
        here
    }

    fn path(&self) -> String {
        self.home.path().join(format!("{}.ics", self.file)).display().to_string()
    }

    fn add(&mut self) {
        let path = self.path();
        self.does(accounts::add_ics(&self.app, &path, None));
    }

    fn does<T: serde::Serialize>(&self, work: impl Future<Output = Result<T, Failure>>) -> Value {
        let told = self.runtime.block_on(work).unwrap_or_else(|failure| panic!("{failure:?}"));
        serde_json::to_value(told).expect("JSON")
    }
}

impl Hands for Here {
    fn hold(&mut self, events: &[String]) {
        std::fs::write(self.path(), calendar(events)).expect("a file");
    }

    fn migrate(&mut self, events: &[String], old_first: bool) {
        let old = text(&self.does(accounts::list(&self.app))["accounts"][0]["id"]);
        if old_first {
            self.does(accounts::remove(&self.app, &old));
        }
        self.file += 1;
        self.hold(events);
        self.add();
        self.sync();
        if !old_first {
            self.does(accounts::remove(&self.app, &old));
        }
    }

    fn sync(&mut self) -> Value {
        let options = sync::Options { accept_deletions: true, ..sync::Options::default() };
        self.does(sync::run(&self.app, &options, &NoProgress))
    }

    fn meetings(&mut self) -> Vec<Value> {
        let all = self.does(meetings::list(&self.app, &meetings::Filter::default()));
        all["meetings"].as_array().cloned().unwrap_or_default()
    }

    fn queue(&mut self) -> Vec<Value> {
        self.does(queue::list(&self.app))["queue"].as_array().cloned().unwrap_or_default()
    }

    fn read(&mut self, meeting: &str) -> String {
        text(&self.does(notes::show(&self.app, meeting, NotePart::Notes))["text"])
    }

    fn append(&mut self, meeting: &str, line: &str) {
        self.does(notes::append(&self.app, meeting, NotePart::Notes, line));
    }

    fn relink(&mut self, from: &str, to: &str) {
        self.does(meetings::relink(&self.app, from, to));
    }

    fn undo(&mut self) -> Value {
        self.does(undo::last(&self.app))
    }
}

/// A vault worked by the command, over servers; a move goes to the next of them.
struct There {
    vault: Vault,
    /// The first is the one in use.
    providers: Vec<Provider>,
}

impl There {
    fn new(providers: Vec<Provider>) -> Self {
        let vault = providers.iter().fold(Vault::new(), |vault, provider| provider.vault(&vault));
        let mut there = Self { vault, providers };
        there.hold(&[]);
        there.providers[0].connect(&there.vault);
        there
    }
}

impl Hands for There {
    fn hold(&mut self, events: &[String]) {
        self.providers[0].hold(&self.vault, events);
    }

    fn migrate(&mut self, events: &[String], old_first: bool) {
        let old = text(&self.vault.list(&["account", "list"], "accounts")[0]["id"]);
        let remove = || _ = self.vault.json(&["account", "remove", &old]);
        if old_first {
            remove();
        }
        let next = &self.providers[1];
        next.hold(&self.vault, events);
        next.connect(&self.vault);
        if !old_first {
            remove();
        }
        self.providers.rotate_left(1);
    }

    fn sync(&mut self) -> Value {
        self.vault.json(&["sync", "--accept-deletions"])
    }

    fn meetings(&mut self) -> Vec<Value> {
        self.vault.list(&["meetings"], "meetings")
    }

    fn queue(&mut self) -> Vec<Value> {
        self.vault.list(&["queue"], "queue")
    }

    fn read(&mut self, meeting: &str) -> String {
        self.vault.read(meeting)
    }

    fn append(&mut self, meeting: &str, line: &str) {
        self.vault.json(&["note", "append", meeting, line]);
    }

    fn relink(&mut self, from: &str, to: &str) {
        self.vault.json(&["meeting", "relink", from, to]);
    }

    fn undo(&mut self) -> Value {
        self.vault.json(&["undo"])
    }
}

fn story(hands: &mut dyn Hands, deeds: &[Deed]) {
    let calendar = Calendar::new("2026-11-24".parse().expect("a date"));
    Story { hands, calendar, said: Vec::new(), split: false }.tell(deeds);
}

/// So many cases, unless the environment asks for another number.
fn config(cases: u32) -> Config {
    let ordinary = Config::default();
    let cases = if ordinary.cases == 256 { cases } else { ordinary.cases };
    Config { cases, max_shrink_iters: 300, failure_persistence: None, ..ordinary }
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn whatever_becomes_of_a_calendar_every_note_has_its_place(deeds in prop::collection::vec(deed(), 4..28)) {
        story(&mut Here::new(), &deeds);
    }
}

/// The same few stories every time: servers are slow, and a test that fails must fail again.
#[test]
fn whatever_becomes_of_a_calendar_on_a_server_every_note_has_its_place() {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config { failure_persistence: None, ..Config::default() }, rng);
    let all = Provider::all().len();
    // Twice with each of them first; `PROPTEST_CASES` asks for more.
    let stories = config(u32::try_from(2 * all).unwrap_or(u32::MAX)).cases;
    for first in 0..stories as usize {
        let deeds = prop::collection::vec(deed(), 12..20).new_tree(&mut runner).expect("deeds").current();
        let mut providers = Provider::all();
        providers.rotate_left(first % all);
        println!("through {providers:?}: {deeds:?}");
        story(&mut There::new(providers), &deeds);
    }
}
