//! Syncing by itself, for as long as a program is open: on start, every few minutes, on demand, and after a sleep.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use throughline_core::model::{Account, AccountId, AccountState, Provider};
use throughline_store::account;
use tokio::sync::Notify;

use super::{Cancel, Options, run, status};
use crate::accounts::subscription;
use crate::app::App;
use crate::clock::Clock;
use crate::progress::NoProgress;
use crate::{Failure, Result, entropy, view};

/// How often the clock is looked at: a machine that slept is noticed within this time of waking.
const TICK: Duration = Duration::from_secs(15);
/// By how much the clock on the wall must have run ahead for a sleep.
const SLEPT: Duration = Duration::from_secs(60);
/// How often a sync under way is told about.
const FRAME: Duration = Duration::from_millis(300);
/// Nobody who failed is left alone for longer.
const LONGEST: Duration = Duration::from_secs(3_600);
/// A provider that asks for more is left alone as long as it asks, up to this.
const LONGEST_ASKED: Duration = Duration::from_secs(86_400);
/// Whoever could not be reached is tried again after this, and then ever later.
const RECONNECT: Duration = Duration::from_secs(60);

/// What syncing by itself needs from the program it runs in.
pub struct Surface {
    /// The time now, in the user's zone.
    pub clock: Box<dyn Fn() -> Clock + Send + Sync>,
    /// Minutes between two syncs; 0 for none but on demand.
    pub minutes: Box<dyn Fn() -> u32 + Send + Sync>,
    /// Told whenever the status is another than was told last.
    pub tell: Box<dyn Fn(&view::SyncStatus) + Send + Sync>,
    /// What the user can give up a sync with that begins now; the next one is not concerned.
    pub cancel: Box<dyn Fn() -> Cancel + Send + Sync>,
}

/// Syncs by itself. Clones are one: a window holds one to ask for a sync, another runs.
#[derive(Clone)]
pub struct Background(Arc<State>);

struct State {
    app: App,
    surface: Surface,
    wanted: Mutex<Wanted>,
    woken: Notify,
    stop: Cancel,
}

#[derive(Default)]
struct Wanted {
    all: bool,
    accounts: Vec<AccountId>,
}

impl fmt::Debug for Background {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Background").field("app", &self.0.app).finish_non_exhaustive()
    }
}

impl Background {
    /// Ready to [`Background::run`].
    #[must_use]
    pub fn new(app: App, surface: Surface) -> Self {
        let (wanted, woken, stop) = (Mutex::default(), Notify::new(), Cancel::default());
        Self(Arc::new(State { app, surface, wanted, woken, stop }))
    }

    /// Asks for a sync now: of one account or, without one, of all, those that need a sign-in too.
    pub fn sync_now(&self, account: Option<AccountId>) {
        let mut wanted = self.0.wanted.lock().unwrap_or_else(PoisonError::into_inner);
        match account {
            Some(id) => wanted.accounts.push(id),
            None => wanted.all = true,
        }
        drop(wanted);
        self.0.woken.notify_one();
    }

    /// Says that an account was added, or a setting changed: what is due is worked out anew.
    pub fn look_again(&self) {
        self.0.woken.notify_one();
    }

    /// Ends [`Background::run`], giving up the sync under way.
    pub fn stop(&self) {
        self.0.stop.cancel();
        self.0.woken.notify_one();
    }

    /// Syncs until it is stopped. To be spawned by the program, once.
    pub async fn run(&self) {
        let state = &*self.0;
        let mut plan = Timetable::default();
        let mut told = None;
        let mut seen = (Instant::now(), state.now());
        while !state.stop.is_cancelled() {
            // A vault that is busy or gone for a moment is looked at again at the next tick.
            let _ = state.round(&mut plan, &mut told).await;
            tokio::select! {
                () = tokio::time::sleep(TICK) => {}
                () = state.woken.notified() => {}
                () = state.stop.cancelled() => break,
            }
            let now = (Instant::now(), state.now());
            if slept(seen, now) {
                plan.forget();
            }
            seen = now;
        }
    }
}

/// Whether the machine slept: the clock on the wall went on and the other did not.
fn slept(before: (Instant, DateTime<Utc>), now: (Instant, DateTime<Utc>)) -> bool {
    let wall = (now.1 - before.1).to_std().unwrap_or_default();
    wall > now.0.duration_since(before.0) + SLEPT
}

impl State {
    fn now(&self) -> DateTime<Utc> {
        (self.surface.clock)().now
    }

    fn app(&self) -> App {
        self.app.at((self.surface.clock)())
    }

    /// Syncs what is due, one account after the other.
    async fn round(&self, plan: &mut Timetable, told: &mut Option<view::SyncStatus>) -> Result<()> {
        let every = (self.surface.minutes)();
        let accounts = account::all(&mut *self.app().read().await?).await?;
        // Only now: what was asked for while nothing could be read is still wanted.
        let wanted = std::mem::take(&mut *self.wanted.lock().unwrap_or_else(PoisonError::into_inner));
        for account in accounts {
            let asked = wanted.all || wanted.accounts.contains(&account.id);
            let asks = subscription::refresh_of(&self.app(), account.id).await?;
            let every = left_alone(&account, asks, every);
            if self.stop.is_cancelled() || !(asked || plan.is_due(&account, every, Instant::now())) {
                continue;
            }
            // One that fails, whatever of, holds up no other.
            let failed = self.one(&account, !asked, told).await.unwrap_or_else(Some);
            plan.done(&account, failed.as_ref(), every, Instant::now(), entropy::fraction());
        }
        self.tell(told).await
    }

    /// Syncs one account, telling how far it is, and then what went wrong.
    async fn one(
        &self,
        account: &Account,
        by_itself: bool,
        told: &mut Option<view::SyncStatus>,
    ) -> Result<Option<Failure>> {
        let app = self.app();
        let (given_up, cancel) = ((self.surface.cancel)(), Cancel::default());
        let account = Some(account.id.to_string());
        let options = Options { account, by_itself, cancel: cancel.clone(), ..Options::default() };
        let sync = run(&app, &options, &NoProgress);
        tokio::pin!(sync);
        let synced = loop {
            tokio::select! {
                synced = &mut sync => break synced,
                () = self.stop.cancelled(), if !cancel.is_cancelled() => cancel.cancel(),
                () = given_up.cancelled(), if !cancel.is_cancelled() => cancel.cancel(),
                // How far it is can wait; that it ends cannot.
                () = tokio::time::sleep(FRAME) => drop(self.tell(told).await),
            }
        };
        let _ = self.tell(told).await;
        Ok(synced?.accounts.into_iter().find_map(|account| account.error))
    }

    async fn tell(&self, told: &mut Option<view::SyncStatus>) -> Result<()> {
        let now = status(&self.app()).await?;
        if told.as_ref() != Some(&now) {
            (self.surface.tell)(&now);
            *told = Some(now);
        }
        Ok(())
    }
}

/// Minutes between two looks at a published calendar that does not say how often it changes.
const SELDOM: u64 = 60;

/// Minutes between two syncs of an account: a published calendar says itself how long it wants to be left alone, in
/// seconds, and comes as a whole each time it changed.
fn left_alone(account: &Account, asks: Option<u64>, every: u32) -> u32 {
    let published = account.provider == Provider::Ics && account.address.contains("://");
    if every == 0 || !published {
        return every;
    }
    every.max(u32::try_from(asks.map_or(SELDOM, |seconds| seconds.div_ceil(60))).unwrap_or(u32::MAX))
}

/// When each account is to be synced next.
#[derive(Debug, Default)]
struct Timetable(HashMap<AccountId, Turn>);

#[derive(Debug)]
struct Turn {
    failures: u32,
    /// None: not by itself, before somebody signed in.
    next: Option<Instant>,
}

impl Timetable {
    /// One never seen before is due at once, save where the user has to sign in first.
    fn is_due(&self, account: &Account, every: u32, now: Instant) -> bool {
        let signed_out = account.state == AccountState::NeedsSignIn;
        match self.0.get(&account.id) {
            _ if every == 0 || signed_out => false,
            None => true,
            // It needed a sign-in, and has had it since: of this or another program.
            Some(Turn { next: None, .. }) => true,
            Some(Turn { next: Some(next), .. }) => *next <= now,
        }
    }

    fn done(&mut self, account: &Account, failed: Option<&Failure>, every: u32, now: Instant, jitter: f64) {
        let turn = self.0.entry(account.id).or_insert(Turn { failures: 0, next: None });
        let every = Duration::from_secs(u64::from(every.max(1)) * 60);
        let later = |base: Duration, failures: u32| base.saturating_mul(1 << failures.min(6));
        let wait = match failed.map(|failure| failure.code) {
            None => {
                turn.failures = 0;
                Some(every)
            }
            Some("needs_sign_in") => None,
            // Another program is at it; or a question only the user can answer, which asking again does not answer.
            Some("sync_running" | "mass_deletion" | "cancelled") => Some(every),
            Some("offline" | "timed_out" | "vault_busy") => {
                turn.failures += 1;
                Some(later(RECONNECT, turn.failures - 1).min(every))
            }
            Some(_) => {
                turn.failures += 1;
                Some(later(every, turn.failures).min(LONGEST.max(every)))
            }
        };
        let asked = failed.and_then(|failure| failure.retry_after).unwrap_or_default().min(LONGEST_ASKED);
        turn.next = wait.map(|wait| now + wait.max(asked).mul_f64(1.0 + 0.1 * jitter));
    }

    /// Everything is due: the machine slept, and who knows what happened meanwhile.
    fn forget(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(state: AccountState) -> Account {
        Account {
            id: AccountId(uuid::Uuid::from_u128(1)),
            provider: Provider::Google,
            name: String::new(),
            address: String::new(),
            state,
            last_sync: None,
            error: None,
        }
    }

    #[test]
    fn a_published_calendar_is_left_alone_for_as_long_as_it_asks() {
        for (provider, address, asks, every, expected) in [
            (Provider::Ics, "https://example.org/", None, 5, 60),
            (Provider::Ics, "https://example.org/", None, 90, 90),
            (Provider::Ics, "https://example.org/", Some(7_200), 5, 120),
            (Provider::Ics, "https://example.org/", Some(900), 5, 15),
            (Provider::Ics, "https://example.org/", Some(900), 0, 0),
            (Provider::Ics, "calendar.ics", None, 5, 5),
            (Provider::Caldav, "https://example.org/ max", None, 5, 5),
        ] {
            let account = Account { provider, address: address.to_owned(), ..account(AccountState::Ok) };
            assert_eq!(left_alone(&account, asks, every), expected, "{address} {asks:?} {every}");
        }
    }

    fn failure(code: &'static str) -> Failure {
        Failure::new(code, "It failed.")
    }

    /// After so many minutes the account is due again, and not a minute before.
    fn check(plan: &Timetable, now: Instant, minutes: u64) {
        let at = |minutes: u64| now + Duration::from_secs(minutes * 60);
        let account = account(AccountState::Ok);
        assert!(plan.is_due(&account, 5, at(minutes)), "{minutes}: {plan:?}");
        assert!(!plan.is_due(&account, 5, at(minutes - 1)), "{minutes}: {plan:?}");
    }

    #[test]
    fn an_account_that_fails_is_left_alone_for_ever_longer_and_one_offline_is_tried_soon() {
        let (mut plan, now) = (Timetable::default(), Instant::now());
        let ok = account(AccountState::Ok);
        assert!(plan.is_due(&ok, 5, now), "at first it is due at once");
        let mut done = |failed: Option<&'static str>, minutes| {
            plan.done(&ok, failed.map(failure).as_ref(), 5, now, 0.0);
            check(&plan, now, minutes);
        };
        done(None, 5);
        done(Some("quota"), 10);
        done(Some("server_error"), 20);
        done(Some("quota"), 40);
        done(Some("quota"), 60);
        done(None, 5);
        done(Some("offline"), 1);
        done(Some("offline"), 2);
        done(Some("timed_out"), 4);
        done(Some("offline"), 5);
        done(Some("mass_deletion"), 5);
    }

    #[test]
    fn a_provider_that_asks_to_be_left_alone_is_left_alone_for_that_long() {
        let (mut plan, now) = (Timetable::default(), Instant::now());
        let ok = account(AccountState::Ok);
        for (asked, minutes) in [(30, 10), (40 * 60, 40), (3 * 3_600, 180), (30 * 86_400, 24 * 60)] {
            let quota = Failure { retry_after: Some(Duration::from_secs(asked)), ..failure("quota") };
            plan.done(&ok, Some(&quota), 5, now, 0.0);
            check(&plan, now, minutes);
            plan.forget();
        }
    }

    #[test]
    fn whoever_has_to_sign_in_is_asked_for_only_afterwards() {
        let (mut plan, now) = (Timetable::default(), Instant::now());
        let (out, back) = (account(AccountState::NeedsSignIn), account(AccountState::Ok));
        assert!(!plan.is_due(&out, 5, now));
        plan.done(&out, Some(&failure("needs_sign_in")), 5, now, 0.0);
        assert!(!plan.is_due(&out, 5, now + LONGEST * 100));
        assert!(plan.is_due(&back, 5, now));
    }

    #[test]
    fn nothing_is_due_by_itself_where_that_is_turned_off() {
        assert!(!Timetable::default().is_due(&account(AccountState::Ok), 0, Instant::now()));
    }

    #[test]
    fn a_sleep_is_seen_by_the_clock_on_the_wall() {
        let (instant, wall) = (Instant::now(), "2026-11-22T09:00:00Z".parse::<DateTime<Utc>>().unwrap());
        let after = |seconds: u64, wall_seconds: i64| {
            (instant + Duration::from_secs(seconds), wall + chrono::Duration::seconds(wall_seconds))
        };
        assert!(!slept((instant, wall), after(15, 15)));
        assert!(!slept((instant, wall), after(15, -3_600)), "a clock set back is no sleep");
        assert!(slept((instant, wall), after(15, 3_600)));
    }
}
