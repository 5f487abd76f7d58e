//! A Google of our own: sign-in and Calendar, written from Google's reference
//! (<https://developers.google.com/identity/protocols/oauth2/native-app>,
//! <https://developers.google.com/workspace/calendar/api/v3/reference>) and from no client's idea of it. It is stricter
//! than Google: an unknown parameter is refused, and a deleted event comes as nothing but its id.

mod api;
mod browser;
mod fault;
mod from_ics;
mod oauth;
mod world;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use axum::Router;
use axum::routing::{get, post};
use serde_json::{Value, json};
use tokio::sync::oneshot;

pub use browser::{Browser, Page};
pub use fault::Fault;
pub use from_ics::from_ics;
pub use world::{Asked, World};

use crate::{Ran, Vault, finish, text};

/// A server on a port of its own, for as long as it lives.
#[derive(Debug)]
pub struct Google {
    world: Arc<Mutex<World>>,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Google {
    /// Starts one with a user who has a calendar of their own.
    #[must_use]
    pub fn with(user: &str) -> Self {
        let google = Self::start();
        google.world().add_user(user);
        google
    }

    /// Starts one without users.
    #[must_use]
    pub fn start() -> Self {
        let world = Arc::new(Mutex::new(World::default()));
        let (stop, stopped) = oneshot::channel();
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        listener.set_nonblocking(true).expect("a listener for tokio");
        let address = listener.local_addr().expect("an address");
        let router = router(Arc::clone(&world));
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
                let serve = async { axum::serve(listener, router).await };
                // Not gracefully: a fault may hang for ever.
                tokio::select! { _ = serve => {}, _ = stopped => {} }
            });
            runtime.shutdown_background();
        });
        Self { world, address, stop: Some(stop), thread: Some(thread) }
    }

    /// What it holds, to look at and to change.
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Its root.
    #[must_use]
    pub fn root(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The client file that Google's console would hand out.
    #[must_use]
    pub fn client_file(&self) -> String {
        let root = self.root();
        json!({"installed": {
            "client_id": oauth::CLIENT, "project_id": "throughline", "auth_uri": format!("{root}/o/oauth2/auth"),
            "token_uri": format!("{root}/token"), "auth_provider_x509_cert_url": format!("{root}/certs"),
            "client_secret": oauth::SECRET, "redirect_uris": ["http://localhost"],
        }})
        .to_string()
    }

    /// The vault as it has to be run for this server to stand in for Google.
    #[must_use]
    pub fn vault(&self, vault: &Vault) -> Vault {
        vault.env("THROUGHLINE_GOOGLE_API", &self.root()).env("THROUGHLINE_PASSPHRASE", "correct horse")
    }

    /// A new vault of `user`'s, signed in.
    #[must_use]
    pub fn signed_in(&self, user: &str) -> Vault {
        let vault = self.vault(&Vault::new());
        self.sign_in(&vault, user);
        vault
    }

    /// Signs a user in, which has to succeed, and tells the account.
    pub fn sign_in(&self, vault: &Vault, user: &str) -> Value {
        let ran = self.try_sign_in(vault, |browser, url| browser.follow(&format!("{url}&as={user}")));
        assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
        let last = ran.stdout.lines().last().unwrap_or_default();
        serde_json::from_str(last).unwrap_or_else(|error| panic!("no account ({error}): {last}"))
    }

    /// Begins a sign-in, lets `person` do something with the address, and waits for the command.
    pub fn try_sign_in(&self, vault: &Vault, person: impl FnOnce(&Browser, &str) -> Page) -> Ran {
        use std::io::{BufRead, BufReader, Read};
        let file = vault.file("client.json", self.client_file());
        let args = ["--json", "account", "add", "google", "--client", &file, "--no-browser"];
        let mut child = vault.start(&args);
        let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut first = String::new();
        out.read_line(&mut first).expect("a line");
        if let Ok(line) = serde_json::from_str::<Value>(&first) {
            person(&Browser, &text(&line["auth_url"]));
        }
        let mut rest = String::new();
        out.read_to_string(&mut rest).expect("the rest");
        let ran = finish(child);
        Ran { stdout: format!("{first}{rest}"), ..ran }
    }
}

impl Drop for Google {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

type Shared = Arc<Mutex<World>>;

fn router(world: Shared) -> Router {
    Router::new()
        .route("/o/oauth2/auth", get(oauth::authorize))
        .route("/token", post(oauth::token))
        .route("/revoke", post(oauth::revoke))
        .route("/calendar/v3/users/me/calendarList", get(api::calendar_list))
        .route("/calendar/v3/calendars/{id}/events", get(api::events))
        .with_state(world)
}

/// A time in Berlin, as Google writes it: `2026-11-25T10:00` with the offset and the zone, or a day.
#[must_use]
pub fn at(local: &str) -> Value {
    if local.len() == 10 {
        return json!({"date": local});
    }
    let summer =
        ("2026-03-29".."2026-10-25").contains(&&local[..10]) || ("2027-03-28".."2027-10-31").contains(&&local[..10]);
    let offset = if summer { "+02:00" } else { "+01:00" };
    json!({"dateTime": format!("{local}:00{offset}"), "timeZone": "Europe/Berlin"})
}

/// An event with these times and whatever else it says.
#[must_use]
pub fn event(id: &str, title: &str, start: &str, end: &str, rest: Value) -> Value {
    let mut event = json!({"id": id, "summary": title, "start": at(start), "end": at(end)});
    if let (Value::Object(event), Value::Object(rest)) = (&mut event, rest) {
        event.extend(rest);
    }
    event
}

/// An hour from ten on that day.
#[must_use]
pub fn hour(id: &str, title: &str, day: &str) -> Value {
    event(id, title, &format!("{day}T10:00"), &format!("{day}T11:00"), json!({}))
}

/// What a vault's meetings between two days are called.
#[must_use]
pub fn titles(vault: &Vault, from: &str, to: &str) -> Vec<String> {
    crate::all(&vault.meetings(from, to), "title")
}

/// Meetings added, changed, removed and kept by a calendar's sync.
#[must_use]
pub fn counts(synced: &Value) -> [u64; 4] {
    ["added", "changed", "removed", "kept"].map(|key| synced[key].as_u64().expect("a count"))
}
