//! A sign-in kept in a real keyring. It runs where there are `dbus-run-session` and `gnome-keyring-daemon`, and skips
//! itself, saying so, where not.

#![cfg(target_os = "linux")]
#![expect(clippy::print_stdout, reason = "what is skipped is told")]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::json;
use throughline_tests::Vault;
use throughline_tests::google::Google;

const MAX: &str = "max@example.org";

/// A session bus of its own with an unlocked keyring, for as long as it lives.
struct Keyring {
    session: Child,
    address: String,
}

impl Keyring {
    fn open(vault: &Vault) -> Option<Self> {
        let script = "command -v gnome-keyring-daemon >/dev/null || exit 0
            printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
            echo \"$DBUS_SESSION_BUS_ADDRESS\"; cat >/dev/null";
        let session = Command::new("dbus-run-session")
            .args(["--", "sh", "-c", script])
            .env("HOME", vault.home())
            .env_remove("XDG_DATA_HOME")
            .env("XDG_RUNTIME_DIR", vault.home())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut session) = session else {
            println!("skipped: there is no dbus-run-session");
            return None;
        };
        let mut address = String::new();
        let out = session.stdout.as_mut().expect("a pipe");
        BufReader::new(out).read_line(&mut address).expect("a line");
        if address.trim().is_empty() {
            println!("skipped: there is no gnome-keyring-daemon");
            let _ = session.wait();
            return None;
        }
        Some(Self { session, address: address.trim().to_owned() })
    }
}

impl Drop for Keyring {
    fn drop(&mut self) {
        // Its end is that of its standard input.
        drop(self.session.stdin.take());
        let _ = self.session.wait();
    }
}

#[test]
fn where_there_is_a_keyring_the_sign_in_is_kept_there_and_nowhere_else() {
    let google = Google::with(MAX);
    let vault = Vault::new();
    let Some(keyring) = Keyring::open(&vault) else { return };
    let vault = google
        .vault(&vault)
        .env("THROUGHLINE_PASSPHRASE", "")
        .env("THROUGHLINE_KEYRING", "on")
        .env("DBUS_SESSION_BUS_ADDRESS", &keyring.address);
    let account = google.sign_in(&vault, MAX);
    assert_eq!(account["secret_in"], "keyring");
    assert!(!vault.dir().join("secrets.age").exists());
    vault.sync();
    // On another line to the machine there is no keyring: the sign-in is out of reach, and not gone.
    let elsewhere = vault.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
    let (_, error) = elsewhere.fails(&["sync"]);
    assert_eq!(error["code"], "no_keyring");
    assert_eq!(vault.list(&["account", "list"], "accounts")[0]["state"], "error");
    vault.sync();
    let id = account["id"].as_str().expect("an id");
    vault.json(&["account", "remove", id]);
    assert_eq!(vault.json(&["account", "list"]), json!({"accounts": []}));
    assert!(google.world().refresh_tokens().is_empty());
}
