//! What the scenario tests stand on: a vault in a temporary folder, driven by the `throughline` command as a person
//! would drive it. The tests are in `tests/tests`.

pub mod dav;
pub mod deeds;
#[cfg(target_os = "linux")]
pub mod desktop;
pub mod fake;
pub mod google;
mod ics;
pub mod provider;
mod radicale;
mod shape;
#[expect(missing_docs, reason = "the names are those of the contract")]
pub mod shapes;
mod xandikos;

pub use ics::{calendar, event, lines};
pub use radicale::{radicale, radicale_over_tls};
pub use shape::{Field, check_list, check_shape};
pub use xandikos::xandikos;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use serde_json::Value;
use tempfile::TempDir;

/// Tuesday morning; the moment the tests take place, unless they say another.
pub const NOW: &str = "2026-11-24T09:00:00+01:00";

/// The zone of the tests, unless they say another.
pub const ZONE: &str = "Europe/Berlin";

/// A vault in a temporary folder, a moment and a zone. Clones share the folder, which goes with the last of them.
#[derive(Debug, Clone)]
pub struct Vault {
    home: Arc<TempDir>,
    now: String,
    zone: String,
    env: Vec<(String, String)>,
}

/// What a command left behind.
#[derive(Debug)]
pub struct Ran {
    /// The exit code; -1 where a signal ended it.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Vault {
    /// A new vault, of "Max Muster", `max@example.org`.
    #[must_use]
    pub fn new() -> Self {
        let vault = Self::nowhere();
        vault.json(&["init", "--name", "Max Muster", "--email", "max@example.org"]);
        vault
    }

    /// A folder in which no vault has been made.
    #[must_use]
    pub fn nowhere() -> Self {
        let home = Arc::new(TempDir::new().expect("a temporary folder"));
        Self { home, now: NOW.to_owned(), zone: ZONE.to_owned(), env: Vec::new() }
    }

    /// The same vault at another moment (RFC 3339).
    #[must_use]
    pub fn at(&self, now: &str) -> Self {
        Self { now: now.to_owned(), ..self.clone() }
    }

    /// The same vault seen from another zone (IANA).
    #[must_use]
    pub fn in_zone(&self, zone: &str) -> Self {
        Self { zone: zone.to_owned(), ..self.clone() }
    }

    /// The same vault where nobody keeps a keyring: what is secret goes into a file that this passphrase opens.
    #[must_use]
    pub fn with_passphrase(&self, passphrase: &str) -> Self {
        self.env("THROUGHLINE_PASSPHRASE", passphrase)
    }

    /// The same vault, run with a variable of the environment.
    #[must_use]
    pub fn env(&self, name: &str, value: &str) -> Self {
        let mut vault = self.clone();
        vault.env.retain(|(other, _)| other != name);
        vault.env.push((name.to_owned(), value.to_owned()));
        vault
    }

    /// The folder around the vault, for the files of a test.
    #[must_use]
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The vault's own folder.
    #[must_use]
    pub fn dir(&self) -> PathBuf {
        self.home.path().join("vault")
    }

    /// Writes a file beside the vault, with the folders it needs, and tells its path.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.home.path().join(name);
        let parent = path.parent().expect("a path below the home");
        std::fs::create_dir_all(parent).expect("a folder beside the vault");
        std::fs::write(&path, content).expect("a file beside the vault");
        path.to_str().expect("a path in UTF-8").to_owned()
    }

    /// The command, ready to run on this vault.
    #[must_use]
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = throughline(self.home.path());
        command.arg("--vault").arg(self.dir()).args(["--now", &self.now, "--tz", &self.zone]).args(args);
        command.envs(self.env.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs the command to its end.
    pub fn run(&self, args: &[&str]) -> Ran {
        run(self.command(args), b"")
    }

    /// Runs the command with something on its standard input.
    pub fn run_with(&self, args: &[&str], input: &[u8]) -> Ran {
        run(self.command(args), input)
    }

    /// Starts the command and lets it run.
    #[must_use]
    pub fn start(&self, args: &[&str]) -> Child {
        let mut command = self.command(args);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().expect("the command starts")
    }

    /// What the command prints with `--json`; it has to succeed, quietly.
    pub fn json(&self, args: &[&str]) -> Value {
        self.json_with(args, b"")
    }

    /// [`Vault::json`] with something on its standard input.
    pub fn json_with(&self, args: &[&str], input: &[u8]) -> Value {
        let ran = self.run_with(&with_json(args), input);
        assert_eq!(ran.code, 0, "{args:?} fails: {}{}", ran.stdout, ran.stderr);
        parse(&ran.stdout, args)
    }

    /// What the command prints for people; it has to succeed.
    pub fn ok(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!(ran.code, 0, "{args:?} fails: {}{}", ran.stdout, ran.stderr);
        ran.stdout
    }

    /// The exit code and the error of a command that has to fail: the object in `{"error": …}` on standard error.
    pub fn fails(&self, args: &[&str]) -> (i32, Value) {
        self.fails_with(args, b"")
    }

    /// [`Vault::fails`] with something on its standard input.
    pub fn fails_with(&self, args: &[&str], input: &[u8]) -> (i32, Value) {
        let ran = self.run_with(&with_json(args), input);
        assert_ne!(ran.code, 0, "{args:?} succeeds: {}", ran.stdout);
        let error = parse(&ran.stderr, args)["error"].clone();
        check_shape("error", &error, &[("code", Field::Text), ("message", Field::Text), ("hint", Field::MaybeText)]);
        (ran.code, error)
    }

    /// Makes a meeting of an hour and tells its id. `start` is local time.
    pub fn meeting(&self, title: &str, start: &str, attendees: &[&str]) -> String {
        let mut args = vec!["meeting", "new", "--title", title, "--start", start];
        args.extend(attendees.iter().flat_map(|email| ["--attendee", email]));
        text(&self.json(&args)["id"])
    }

    /// Sets a meeting's notes and tells what the command says of them.
    pub fn write(&self, meeting: &str, note: &str) -> Value {
        self.write_part(meeting, "notes", note)
    }

    /// Sets a part of a meeting's note.
    pub fn write_part(&self, meeting: &str, part: &str, note: &str) -> Value {
        self.json_with(&["note", "set", meeting, "-", "--part", part], note.as_bytes())
    }

    /// The raw text of a meeting's notes.
    pub fn read(&self, meeting: &str) -> String {
        text(&self.json(&["note", "show", meeting])["text"])
    }

    /// The list a command prints: the array under `key`.
    pub fn list(&self, args: &[&str], key: &str) -> Vec<Value> {
        let printed = self.json(args);
        printed[key].as_array().unwrap_or_else(|| panic!("{args:?} prints no list {key:?}: {printed}")).clone()
    }

    /// The one thing in the list a command prints whose `field` is `is`.
    pub fn the(&self, args: &[&str], key: &str, field: &str, is: &str) -> Value {
        let list = self.list(args, key);
        let mut found = list.iter().filter(|value| value[field] == is);
        match (found.next(), found.next()) {
            (Some(one), None) => one.clone(),
            (None, _) => panic!("{args:?} has none with {field} {is:?}: {list:#?}"),
            _ => panic!("{args:?} has several with {field} {is:?}: {list:#?}"),
        }
    }

    /// Adds an ICS file as an account, syncs, and tells what the sync did to its calendar.
    pub fn subscribe(&self, path: &str) -> Value {
        self.json(&["account", "add", "ics", path]);
        self.sync()
    }

    /// Syncs everything, which has to succeed, and tells what became of the last calendar.
    pub fn sync(&self) -> Value {
        let synced = self.json(&["sync"]);
        let accounts = synced["accounts"].as_array().expect("accounts");
        for account in accounts {
            assert_eq!(account["error"], Value::Null, "{synced:#}");
        }
        accounts.last().expect("an account")["calendars"][0].clone()
    }

    /// Meetings between two dates, in the order told.
    pub fn meetings(&self, from: &str, to: &str) -> Vec<Value> {
        self.list(&["meetings", "--from", from, "--to", to], "meetings")
    }

    /// The items of a meeting, by line: kind, line, and the item as told.
    pub fn items(&self, meeting: &str) -> Vec<(&'static str, u64, Value)> {
        let kinds = [("action", "actions"), ("decision", "decisions"), ("question", "questions")];
        let listed = kinds.into_iter().flat_map(|(kind, list)| {
            let of = self.list(&[list], list);
            of.into_iter().filter(|item| item["meeting_id"] == meeting).map(move |item| (kind, item))
        });
        let line = |item: &Value| item["line"].as_u64().expect("a line");
        let mut items: Vec<_> = listed.map(|(kind, item)| (kind, line(&item), item)).collect();
        items.sort_by_key(|(_, line, _)| *line);
        items
    }

    /// The one meeting of this title on this date.
    pub fn on(&self, date: &str, title: &str) -> Value {
        self.the(&["meetings", "--from", date, "--to", date], "meetings", "title", title)
    }

    /// The id of [`Vault::on`].
    pub fn id_on(&self, date: &str, title: &str) -> String {
        text(&self.on(date, title)["id"])
    }

    /// Whether `doctor` finds nothing wrong.
    pub fn is_sound(&self) -> bool {
        self.json(&["doctor"])["ok"] == true
    }
}

impl Default for Vault {
    fn default() -> Self {
        Self::new()
    }
}

/// The built command, apart from the vault, the zone and the colours of whoever runs the tests.
#[must_use]
pub fn throughline(home: &Path) -> Command {
    program("throughline", home)
}

/// A built program of this workspace, as [`throughline`].
#[must_use]
pub fn program(name: &str, home: &Path) -> Command {
    let mut command = Command::new(built(name));
    at_home(&mut command, home);
    command
}

/// Where a program of this workspace was built to.
fn built(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("the path of this test");
    let folder = test.ancestors().nth(2).expect("tests are built into a folder below the programs'");
    let program = folder.join(name).with_extension(std::env::consts::EXE_EXTENSION);
    assert!(program.is_file(), "{} is not built: cargo build --workspace --bins", program.display());
    program
}

/// Has a program live in a home of its own.
fn at_home(command: &mut Command, home: &Path) {
    for name in [
        "THROUGHLINE_VAULT",
        "THROUGHLINE_PASSPHRASE",
        "NO_COLOR",
        "CLICOLOR_FORCE",
        "CLICOLOR",
        "TZ",
        "THROUGHLINE_GOOGLE_API",
        "THROUGHLINE_CALDAV_PASSWORD",
    ] {
        command.env_remove(name);
    }
    // No test is to touch the keyring of whoever runs it.
    command.env("THROUGHLINE_KEYRING", "off");
    command.env("HOME", home).env("XDG_DATA_HOME", home.join("data")).env("APPDATA", home.join("data"));
    command.env("LOCALAPPDATA", home.join("data")).current_dir(home);
}

/// Runs a command to its end with `input` on its standard input.
pub fn run(mut command: Command, input: &[u8]) -> Ran {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command starts");
    // A command that does not read its input may be gone by now; that is its own affair.
    let mut stdin = child.stdin.take().expect("a pipe");
    let _ = stdin.write_all(input);
    drop(stdin);
    finish(child)
}

/// Waits for a command that was started.
#[must_use]
pub fn finish(child: Child) -> Ran {
    let output = child.wait_with_output().expect("the command ends");
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).expect("output in UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("errors in UTF-8"),
    }
}

/// A JSON string as text.
#[must_use]
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is not a string")).to_owned()
}

/// One field of each, as text; `null` where it is not a string.
#[must_use]
pub fn all(values: &[Value], field: &str) -> Vec<String> {
    values.iter().map(|value| value[field].as_str().unwrap_or("null").to_owned()).collect()
}

/// The names in a list of people or owners.
#[must_use]
pub fn names(people: &Value) -> Vec<String> {
    all(people.as_array().unwrap_or_else(|| panic!("{people} is not a list")), "name")
}

/// A note without the anchors at the ends of its lines: what the person wrote.
#[must_use]
pub fn without_anchors(note: &str) -> String {
    note.split_inclusive('\n').map(without_anchor).collect()
}

fn without_anchor(line: &str) -> String {
    let anchored = |at: usize| {
        let anchor = line.as_bytes().get(at + 2..at + 8)?;
        let ends = line.as_bytes().get(at + 8).is_none_or(|byte| byte.is_ascii_whitespace() || *byte == b'|');
        (ends && anchor.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())).then_some(at)
    };
    match line.rfind(" ^").and_then(anchored) {
        Some(at) => format!("{}{}", &line[..at], &line[at + 8..]),
        None => line.to_owned(),
    }
}

fn with_json<'a>(args: &[&'a str]) -> Vec<&'a str> {
    // What follows `--` is no option any more.
    [&["--json"], args].concat()
}

fn parse(printed: &str, args: &[&str]) -> Value {
    serde_json::from_str(printed).unwrap_or_else(|error| panic!("{args:?} prints no JSON ({error}): {printed}"))
}
