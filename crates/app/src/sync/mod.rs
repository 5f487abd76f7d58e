//! Syncing: fetch, plan, apply — one account after the other, each calendar in one transaction.

mod apply;
mod background;
mod cancel;
mod idle;
mod list;
mod one;
mod source;
mod state;
mod status;
pub(crate) mod stop;
mod window;

use std::time::Instant;

use chrono::NaiveDate;
use throughline_core::calendar::Window;
use throughline_core::model::{Account, AccountState};
use throughline_store::account::Trouble;
use throughline_store::{Durability, account, feed};

use crate::app::App;
use crate::progress::Progress;
use crate::view;
use crate::{Failure, Result, resolve};

pub use background::{Background, Surface};
pub use cancel::Cancel;
use source::Source;
pub(crate) use status::Board;
use status::Shown;
pub use status::status;
use stop::{Stop, cancelled};
pub(crate) use window::{expand, settle};

/// How to sync.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// This account only.
    pub account: Option<String>,
    /// Ask for everything, as if nothing had been fetched before.
    pub full: bool,
    /// Say what would change, and change nothing.
    pub dry_run: bool,
    /// Believe a calendar that lost more than half of its events.
    pub accept_deletions: bool,
    /// Expand rules from this day on, where it lies before two years ago.
    pub from: Option<NaiveDate>,
    /// Expand rules up to this day, where it lies after one year ahead.
    pub to: Option<NaiveDate>,
    /// Nobody asked for it: what it moves is not the user's last command.
    pub by_itself: bool,
    /// To give up from outside.
    pub cancel: Cancel,
}

/// Brings every account (or one) in step. What could not be synced is told beside what could.
///
/// # Errors
/// `unknown_account`, `ambiguous`, and as reading the vault. An account's failure is inside the answer.
pub async fn run(app: &App, options: &Options, progress: &dyn Progress) -> Result<view::Sync> {
    let accounts = {
        let conn = &mut *app.read().await?;
        match &options.account {
            Some(text) => {
                let id = resolve::account(conn, text).await?;
                account::get(conn, id).await?.into_iter().collect()
            }
            None => account::all(conn).await?,
        }
    };
    let window = window::window(app, options.from, options.to).await?;
    let mut told = Vec::new();
    for account in accounts {
        let began = Instant::now();
        progress.start(&format!("Syncing {}", account.name), None);
        let mut calendars = Vec::new();
        let shown = Shown::begin(app, account.id);
        let run = Run { app, account: &account, options, window, progress, shown: &shown };
        let outcome = run.account(&mut calendars).await.map_err(|stop| stop.failure);
        // What is wrong with one calendar is the account's error too: it is not in step.
        let own = || calendars.iter().find_map(|calendar| calendar.error.clone());
        let error = outcome.err().or_else(own);
        progress.finish();
        if !options.dry_run {
            remember_state(app, &account, error.as_ref()).await?;
        }
        drop(shown);
        told.push(view::AccountSync {
            id: account.id,
            name: account.name,
            calendars,
            error,
            seconds: began.elapsed().as_secs_f64(),
        });
    }
    Ok(view::Sync { accounts: told, dry_run: options.dry_run })
}

/// The sync of one account.
struct Run<'a> {
    app: &'a App,
    account: &'a Account,
    options: &'a Options,
    window: Window,
    progress: &'a dyn Progress,
    shown: &'a Shown,
}

impl Run<'_> {
    /// One sync per account at a time, across processes: another waits.
    async fn account(&self, told: &mut Vec<view::CalendarSync>) -> Result<(), Stop> {
        let name = format!("sync-{}", self.account.id);
        let alone = self.app.vault().alone(&name);
        let _alone = self
            .or_cancelled(async {
                alone.await.map_err(|error| match error {
                    throughline_store::Error::Busy => Stop::from(
                        Failure::new("sync_running", "This account is being synced by another program.")
                            .hint("Wait until it is done; there is nothing else to do."),
                    ),
                    other => other.into(),
                })
            })
            .await?;
        // As another program may have left it while this one waited.
        let account = account::get(&mut *self.app.read().await?, self.account.id).await?;
        let account = account.ok_or_else(|| Failure::new("unknown_account", "The account is not there any more."))?;
        let run = Run { account: &account, ..*self };
        run.phase("Asking");
        let mut source = run.or_cancelled(Source::open(run.app, &account)).await?;
        let outcome = run.calendars(&mut source, told).await;
        let signed_out = outcome.as_ref().is_err_and(|stop| stop.failure.code == "needs_sign_in");
        source.close(run.app, &account, signed_out).await?;
        outcome
    }

    async fn calendars(&self, source: &mut Source, told: &mut Vec<view::CalendarSync>) -> Result<(), Stop> {
        let calendars = list::refresh(self, source, told).await?;
        source.settle(self.app, self.account).await?;
        for found in calendars.into_iter().filter(|calendar| calendar.enabled) {
            self.phase("Fetching");
            let synced = one::sync(self, source, &found).await;
            source.settle(self.app, self.account).await?;
            match synced {
                Ok(synced) => told.push(synced),
                Err(stop) if stop.one_calendar => {
                    let none =
                        one::tell(self.app, &found, &throughline_core::calendar::Plan::default(), "full").await?;
                    told.push(view::CalendarSync { error: Some(stop.failure), ..none });
                }
                Err(stop) => return Err(stop),
            }
        }
        Ok(())
    }

    fn planning(&self) -> one::Planning {
        one::Planning {
            window: self.window,
            accept_deletions: self.options.accept_deletions,
            keep: !self.options.dry_run,
            by_itself: self.options.by_itself,
        }
    }

    fn phase(&self, phase: &str) {
        self.shown.phase(phase);
    }

    fn count(&self, events: u64) {
        self.shown.count(events);
        self.progress.step(events);
    }

    /// What is dropped half-way was only being fetched: nothing of it is stored yet.
    async fn or_cancelled<T>(&self, work: impl Future<Output = Result<T, Stop>>) -> Result<T, Stop> {
        tokio::select! {
            biased;
            () = self.options.cancel.cancelled() => Err(cancelled().into()),
            done = work => done,
        }
    }
}

/// So many of the latest rows of the feed stay for other processes to read on in; whoever is further behind starts anew.
const FEED: i64 = 100_000;

async fn remember_state(app: &App, account: &Account, failure: Option<&Failure>) -> Result<()> {
    // Nothing is wrong with the account where somebody else syncs it, or nobody wanted to any more.
    if failure.is_some_and(|failure| matches!(failure.code, "cancelled" | "sync_running" | "unknown_account")) {
        return Ok(());
    }
    let mut tx = app.vault().write(Durability::Normal).await?;
    let state = match failure {
        None => AccountState::Ok,
        Some(failure) if failure.code == "needs_sign_in" => AccountState::NeedsSignIn,
        Some(_) => AccountState::Error,
    };
    let now = app.clock().now;
    feed::prune(&mut tx, FEED).await?;
    let message = failure.map(|failure| failure.message.as_str());
    account::set_state(&mut tx, account.id, state, message, failure.is_none().then_some(now)).await?;
    let trouble =
        failure.map(|failure| Trouble { code: failure.code.to_owned(), hint: failure.hint.clone(), since: now });
    account::set_trouble(&mut tx, account.id, trouble.as_ref()).await?;
    tx.feed(throughline_store::Kind::Account, account.id);
    tx.commit(None).await?;
    Ok(())
}
