//! What a window needs of a sync: to give up, to wait no longer than it wants, to be told how far it is.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::json;
use throughline_app::secrets::{self, Secret};
use throughline_app::sync::{self, Background, Cancel, Options, Surface};
use throughline_app::{App, Clock, NoProgress, Surroundings, view};
use throughline_tests::google::{Fault, Google, event};
use throughline_tests::{NOW, Vault};

const MAX: &str = "max@example.org";
const EVENTS: &str = "/calendar/v3/calendars";

fn clock() -> Clock {
    Clock { now: NOW.parse().expect("a time"), zone: chrono_tz::Europe::Berlin }
}

/// A signed-in vault, opened as a window would, with little patience.
async fn opened(google: &Google) -> (Vault, App) {
    let vault = google.signed_in(MAX);
    let mut surroundings = Surroundings {
        google_api: Some(google.root()),
        keyring: false,
        passphrase: Some(Secret::new("correct horse")),
        ..Surroundings::default()
    };
    surroundings.patience.call = Duration::from_millis(300);
    surroundings.patience.first = Duration::from_millis(1);
    surroundings.patience.longest = Duration::from_millis(10);
    let dir: PathBuf = vault.dir();
    let app = App::open(&dir, clock()).await.expect("the vault").within(surroundings);
    (vault, app)
}

fn put(google: &Google, id: &str) {
    google.world().put(MAX, event(id, "Review", "2026-11-25T10:00", "2026-11-25T11:00", json!({})));
}

async fn code(app: &App, options: &Options) -> Option<&'static str> {
    let synced = sync::run(app, options, &NoProgress).await.expect("an answer");
    synced.accounts.into_iter().find_map(|account| account.error).map(|error| error.code)
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_waits_for_ever_for_an_answer() {
    let google = Google::with(MAX);
    let (_vault, app) = opened(&google).await;
    google.world().fail_times(10, EVENTS, &Fault::Hang);
    let began = Instant::now();
    assert_eq!(code(&app, &Options::default()).await, Some("timed_out"));
    assert!(began.elapsed() < Duration::from_secs(20));
    google.world().mend();
    assert_eq!(code(&app, &Options::default()).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn tries_are_counted_and_come_to_an_end() {
    let google = Google::with(MAX);
    let (_vault, app) = opened(&google).await;
    google.world().fail_times(50, EVENTS, &Fault::Error(403, "rateLimitExceeded"));
    google.world().drain_asked(EVENTS);
    assert_eq!(code(&app, &Options::default()).await, Some("quota"));
    assert_eq!(google.world().drain_asked(EVENTS).len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_given_up_leaves_what_was_and_says_nothing_is_wrong() {
    let google = Google::with(MAX);
    put(&google, "a");
    let (_vault, app) = opened(&google).await;
    assert_eq!(code(&app, &Options::default()).await, None);
    put(&google, "b");
    google.world().fail(EVENTS, Fault::Hang);
    let cancel = Cancel::default();
    let options = Options { cancel: cancel.clone(), ..Options::default() };
    let (told, ()) = tokio::join!(code(&app, &options), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        cancel.cancel();
    });
    assert_eq!(told, Some("cancelled"));
    let status = sync::status(&app).await.expect("a status");
    assert_eq!((status.accounts[0].code.as_deref(), status.accounts[0].account.error.as_deref()), (None, None));
    assert!(status.accounts[0].running.is_none());
    assert_eq!(code(&app, &Options::default()).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_status_says_since_when_something_is_wrong_and_what_to_do() {
    let google = Google::with(MAX);
    let (_vault, mut app) = opened(&google).await;
    google.world().take_back();
    assert_eq!(code(&app, &Options::default()).await, Some("needs_sign_in"));
    let first = sync::status(&app).await.expect("a status").accounts.remove(0);
    assert!(first.hint.is_some() && first.since.is_some() && first.account.error.is_some(), "{first:?}");
    app.set_clock(Clock { now: clock().now + chrono::Duration::hours(5), ..clock() });
    assert_eq!(code(&app, &Options::default()).await, Some("needs_sign_in"));
    let later = sync::status(&app).await.expect("a status").accounts.remove(0);
    assert_eq!(later.since, first.since);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_keeps_its_access_token_and_asks_for_one_at_a_time() {
    let google = Google::with(MAX);
    let (_vault, app) = opened(&google).await;
    google.world().tokens_given = 0;
    for _ in 0..3 {
        assert_eq!(code(&app, &Options::default()).await, None);
    }
    assert_eq!(google.world().tokens_given, 1);
    google.world().expire_access();
    assert_eq!(code(&app, &Options::default()).await, None);
    assert_eq!(google.world().tokens_given, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_about_to_end_is_renewed_before_it_is_used() {
    let google = Google::with(MAX);
    google.world().access_lasts = 1;
    let (_vault, app) = opened(&google).await;
    assert_eq!(code(&app, &Options::default()).await, None);
    tokio::time::sleep(Duration::from_millis(700)).await;
    google.world().tokens_given = 0;
    google.world().refused = 0;
    assert_eq!(code(&app, &Options::default()).await, None);
    let world = google.world();
    assert_eq!((world.tokens_given, world.refused), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn syncing_by_itself_begins_at_once_and_goes_on_when_asked() {
    let google = Google::with(MAX);
    put(&google, "a");
    let (vault, app) = opened(&google).await;
    let told: Arc<Mutex<Vec<view::SyncStatus>>> = Arc::default();
    let seen = Arc::clone(&told);
    let background = Background::new(
        app,
        Surface {
            clock: Box::new(clock),
            minutes: Box::new(|| 5),
            tell: Box::new(move |status| seen.lock().expect("a lock").push(status.clone())),
            cancel: Box::new(Cancel::default),
        },
    );
    let running = background.clone();
    let here = tokio::runtime::Handle::current();
    let task = tokio::task::spawn_blocking(move || here.block_on(running.run()));
    wait_for(|| {
        told.lock().expect("a lock").last().is_some_and(|status| status.accounts[0].account.last_sync.is_some())
    })
    .await;
    assert_eq!(vault.meetings("2026-11-25", "2026-11-25").len(), 1);
    put(&google, "b");
    background.sync_now(None);
    wait_for(|| google.world().drain_asked(EVENTS).iter().any(|asked| asked.get("syncToken").is_some())).await;
    // What was asked for is there once it is stored, and not before.
    wait_for(|| vault.meetings("2026-11-25", "2026-11-25").len() == 2).await;
    background.stop();
    tokio::time::timeout(Duration::from_secs(10), task).await.expect("it ends").expect("it ends well");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_in_the_background_can_be_given_up_and_holds_up_no_other_account() {
    let google = Google::with(MAX);
    google.world().add_user("zoe@example.org");
    put(&google, "a");
    let (vault, mut app) = opened(&google).await;
    // Whose turn comes first is as it is: hers may be over when his hangs.
    google.sign_in(&vault, "zoe@example.org");
    google.world().put("zoe@example.org", event("e", "Lunch", "2026-11-25T12:00", "2026-11-25T13:00", json!({})));
    let surroundings = Surroundings {
        google_api: Some(google.root()),
        keyring: false,
        passphrase: Some(Secret::new("correct horse")),
        ..Surroundings::default()
    };
    app = app.within(surroundings);
    google.world().fail("/calendar/v3/calendars/max", Fault::Hang);
    google.world().drain_asked(EVENTS);
    // As the window's button does it: those that begin later are not concerned.
    let button: Arc<Mutex<Cancel>> = Arc::default();
    let shown = Arc::clone(&button);
    let background = Background::new(
        app.clone(),
        Surface {
            clock: Box::new(clock),
            minutes: Box::new(|| 5),
            tell: Box::new(|_| {}),
            cancel: Box::new(move || shown.lock().expect("a lock").clone()),
        },
    );
    let running = background.clone();
    let here = tokio::runtime::Handle::current();
    let task = tokio::task::spawn_blocking(move || here.block_on(running.run()));
    let asked = |path: &str| google.world().asked.iter().any(|asked| asked.path.contains(path));
    wait_for(|| asked("/calendars/max")).await;
    assert!(sync::status(&app).await.expect("a status").accounts.iter().any(|account| account.running.is_some()));
    std::mem::take(&mut *button.lock().expect("a lock")).cancel();
    wait_for(|| asked("/calendars/zoe")).await;
    background.stop();
    tokio::time::timeout(Duration::from_secs(10), task).await.expect("it ends").expect("it ends well");
    let status = sync::status(&app).await.expect("a status");
    assert!(status.accounts.iter().all(|account| account.code.is_none()), "{status:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keyring_a_passphrase_typed_in_the_window_opens_the_file() {
    let google = Google::with(MAX);
    put(&google, "a");
    let (_vault, app) = opened(&google).await;
    let bare = Surroundings { google_api: Some(google.root()), keyring: false, ..Surroundings::default() };
    let app = app.within(bare);
    assert_eq!(code(&app, &Options::default()).await, Some("no_keyring"));
    let kept = secrets::kept(&app).await.expect("an answer");
    assert_eq!((kept.keyring, kept.file), (false, true));
    let refused = |passphrase: &'static str| {
        let app = app.clone();
        async move { secrets::unlock(&app, Secret::new(passphrase)).await.expect_err("a refusal").code }
    };
    assert_eq!(refused(" ").await, "no_passphrase");
    assert_eq!(refused("battery staple").await, "wrong_passphrase");
    assert_eq!(code(&app, &Options::default()).await, Some("no_keyring"), "a wrong one is not kept");
    secrets::unlock(&app, Secret::new("correct horse")).await.expect("it opens");
    assert_eq!(code(&app, &Options::default()).await, None);
}

/// A passphrase takes long to try on purpose, and longer on a busy machine.
async fn wait_for(mut what: impl FnMut() -> bool) {
    for _ in 0..1_000 {
        if what() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it did not come");
}
