//! Sign-in, refresh and revocation against `emulate`, a Google written by others. `scripts/setup test` installs it beside
//! the calendar servers; where it is not there, they skip themselves and say so.

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use throughline_tests::dav::installed;
use throughline_tests::google::{Browser, Page};
use throughline_tests::{Vault, finish, text};

const MAX: &str = "max@example.org";

const SEED: &str = "google:
  users: [{email: max@example.org, name: Max Muster}]
  oauth_clients:
    - {client_id: one.apps.googleusercontent.com, client_secret: hush, redirect_uris: [REDIRECT]}
  calendars:
    - {id: primary, user_email: max@example.org, summary: max@example.org, primary: true, selected: true, time_zone: UTC}
  calendar_events:
    - {id: kickoff, user_email: max@example.org, calendar_id: primary, summary: Kickoff,
       start_date_time: '2026-11-25T09:00:00.000Z', end_date_time: '2026-11-25T09:30:00.000Z'}
";

/// The emulator, for as long as it lives.
struct Emulator {
    child: Child,
    root: String,
}

impl Drop for Emulator {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn emulator(vault: &Vault) -> Option<Emulator> {
    let program = installed("emulate/node_modules/emulate/dist/index.js")?;
    let node = installed("emulate/node_modules/node/bin/node")?;
    let seed = vault.file("seed.yaml", SEED.replace("REDIRECT", "http://127.0.0.1"));
    let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|free| free.local_addr()).expect("a port").port();
    let child = Command::new(node)
        .arg(program)
        .args(["--service", "google", "--seed", &seed, "--port", &port.to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the emulator starts");
    let emulator = Emulator { child, root: format!("http://127.0.0.1:{port}") };
    for _ in 0..600 {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Some(emulator);
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("the emulator does not answer");
}

/// What its page does when a person picks a user: the parameters it was given go to its callback.
fn pick(root: &str, url: &str) -> Page {
    let (_, query) = url.split_once('?').expect("parameters");
    let sent = Browser.post(&format!("{root}/o/oauth2/v2/auth/callback"), &format!("email={MAX}&{query}"));
    Browser.get(&sent.location.expect("a redirect"))
}

#[test]
fn a_google_written_by_others_signs_in_refreshes_and_lets_go() {
    let vault = Vault::new();
    let Some(emulator) = emulator(&vault) else { return };
    let root = emulator.root.clone();
    let vault = vault.env("THROUGHLINE_GOOGLE_API", &root).env("THROUGHLINE_PASSPHRASE", "correct horse");
    let client = json!({"installed": {"client_id": "one.apps.googleusercontent.com", "client_secret": "hush",
        "auth_uri": format!("{root}/o/oauth2/v2/auth"), "token_uri": format!("{root}/oauth2/token")}});
    let file = vault.file("client.json", client.to_string());
    let mut child = vault.start(&["--json", "account", "add", "google", "--client", &file, "--no-browser"]);
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines().map(|line| line.expect("a line"));
    let first: Value = serde_json::from_str(&lines.next().expect("a line")).expect("JSON");
    assert_eq!(pick(&root, &text(&first["auth_url"])).status, 200);
    let account: Value = serde_json::from_str(&lines.next().expect("an account")).expect("JSON");
    assert_eq!(finish(child).code, 0);
    assert_eq!(account["name"], MAX);
    // Each run of the command has nothing but the refresh token.
    vault.sync();
    assert_eq!(vault.on("2026-11-25", "Kickoff")["start"], "2026-11-25T10:00:00+01:00");
    // A copy of the vault has the same sign-in, until that is given back.
    let copy = Vault::new().env("THROUGHLINE_GOOGLE_API", &root).env("THROUGHLINE_PASSPHRASE", "correct horse");
    std::fs::remove_dir_all(copy.dir()).expect("its own vault gone");
    std::fs::create_dir(copy.dir()).expect("a folder");
    for entry in std::fs::read_dir(vault.dir()).expect("the vault").map(|entry| entry.expect("a file")) {
        if entry.path().is_file() {
            std::fs::copy(entry.path(), copy.dir().join(entry.file_name())).expect("a copy");
        }
    }
    copy.sync();
    vault.json(&["account", "remove", &text(&account["id"])]);
    let (_, error) = copy.fails(&["sync"]);
    assert_eq!(error["code"], "needs_sign_in");
}
