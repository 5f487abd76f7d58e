//! What a sync costs beside fetching and reading the same pages: `cargo test --release --test scenarios ten_thousand -- --ignored
//! --nocapture`.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use throughline_app::secrets::Secret;
use throughline_app::{App, Clock, NoProgress, Surroundings, sync};
use throughline_calendar::google::{Client, OAuthClient, Session, Wanted};
use throughline_calendar::{Known, Patience};
use throughline_tests::NOW;
use throughline_tests::google::{Google, event};

const MAX: &str = "max@example.org";
const EVENTS: usize = 10_000;

/// A year and more of single meetings with people and a description, and every fiftieth a weekly series.
fn make(n: usize) -> Value {
    let (day, hour) = (n % 28 + 1, n % 10 + 8);
    let (year, month) = (2025 + n / 28 % 24 / 12, n / 28 % 12 + 1);
    let at = |minute: u8| format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}");
    let guests: Vec<Value> = (0..5).map(|g| json!({"email": format!("guest{}@example.com", (n + g) % 200)})).collect();
    let mut more = json!({"attendees": guests, "description": "Agenda: what we said last time. ".repeat(8)});
    if n.is_multiple_of(50) {
        more["recurrence"] = json!(["RRULE:FREQ=WEEKLY;COUNT=10"]);
    }
    event(&format!("e{n}"), &format!("Meeting {n}"), &at(0), &at(45), more)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement"]
async fn ten_thousand_events() {
    let google = Google::with(MAX);
    (0..EVENTS).for_each(|n| google.world().append(MAX, make(n)));
    let vault = google.signed_in(MAX);
    let clock = Clock { now: NOW.parse().expect("a time"), zone: chrono_tz::Europe::Berlin };
    let surroundings = Surroundings {
        google_api: Some(google.root()),
        keyring: false,
        passphrase: Some(Secret::new("correct horse")),
        ..Surroundings::default()
    };
    let app = App::open(&vault.dir(), clock).await.expect("the vault").within(surroundings);

    let client = OAuthClient::read(&google.client_file()).expect("a client");
    let refresh = google.world().refresh_tokens().remove(0);
    let patience = Patience { call: Duration::from_secs(60), ..Patience::new(|| 0.5) };
    let root = google.root();
    let client = Client::new(Arc::new(Session::new(client, &refresh)), Some(&root), patience).expect("a client");
    let wanted = Wanted { calendar: MAX, primary: true, user: MAX, token: None };
    let fetch = async || {
        let began = Instant::now();
        let answer = client.events(&wanted, &Known::new(), &|_| {}).await.expect("an answer");
        assert_eq!(answer.changes.items.len(), EVENTS);
        began.elapsed()
    };
    fetch().await;
    let fetched = fetch().await;

    let run = async || {
        let began = Instant::now();
        let synced = sync::run(&app, &sync::Options::default(), &NoProgress).await.expect("an answer");
        assert!(synced.accounts[0].error.is_none(), "{synced:?}");
        let calendar = &synced.accounts[0].calendars[0];
        (began.elapsed(), calendar.added + calendar.changed)
    };
    let (first, meetings) = run().await;
    google.world().put(MAX, make(7));
    google.world().put(
        MAX,
        json!({"id": "e7", "summary": "Changed", "start": {"date": "2026-11-25"}, "end": {"date": "2026-11-26"}}),
    );
    let (again, changed) = run().await;
    let (idle, nothing) = run().await;
    println!("{EVENTS} events, {meetings} meetings: fetched and read {fetched:?}, first sync {first:?}");
    println!("one change {again:?} ({changed}), none {idle:?} ({nothing})");
}
