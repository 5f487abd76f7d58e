//! One place that says of each account: in step since when, or what is wrong and what to do.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::TimeDelta;
use throughline_core::model::AccountId;
use throughline_store::{account, calendar, queue};

use crate::app::App;
use crate::view::{self, When};
use crate::{Result, accounts, undo};

/// Every account with its calendars, and the syncs under way in this program.
///
/// # Errors
/// As reading the vault.
pub async fn status(app: &App) -> Result<view::SyncStatus> {
    let conn = &mut *app.read().await?;
    let mut calendars = calendar::all(conn).await?;
    let mut troubles: HashMap<AccountId, account::Trouble> = account::troubles(conn).await?.into_iter().collect();
    let mut told = Vec::new();
    for account in account::all(conn).await? {
        let id = account.id;
        let own = calendars.extract_if(.., |calendar| calendar.account_id == id);
        let own = own.map(accounts::told_calendar).collect();
        let trouble = troubles.remove(&id);
        told.push(view::AccountStatus {
            account: accounts::told(app, account),
            calendars: own,
            running: app.board().of(id),
            code: trouble.as_ref().map(|trouble| trouble.code.clone()),
            since: trouble.as_ref().map(|trouble| When::at(trouble.since, app.clock().zone)),
            hint: trouble.and_then(|trouble| trouble.hint),
        });
    }
    let queue = u32::try_from(queue::open(conn).await?.len()).unwrap_or(u32::MAX);
    let moved = undo::unseen_moves(app, conn, TimeDelta::days(1)).await?;
    Ok(view::SyncStatus { accounts: told, queue, moved: u32::try_from(moved).unwrap_or(u32::MAX) })
}

/// Which syncs are under way in this program.
#[derive(Debug, Default)]
pub(crate) struct Board(Mutex<HashMap<AccountId, view::Running>>);

impl Board {
    fn of(&self, account: AccountId) -> Option<view::Running> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&account).cloned()
    }

    fn change(&self, edit: impl FnOnce(&mut HashMap<AccountId, view::Running>)) {
        edit(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// A sync under way, shown on the board for as long as it lives.
pub(super) struct Shown {
    board: Arc<Board>,
    account: AccountId,
}

impl Shown {
    pub fn begin(app: &App, account: AccountId) -> Self {
        let running = view::Running { phase: "Waiting".to_owned(), count: 0 };
        app.board().change(|board| _ = board.insert(account, running));
        Self { board: Arc::clone(app.board()), account }
    }

    pub fn phase(&self, phase: &str) {
        self.edit(|running| phase.clone_into(&mut running.phase));
    }

    pub fn count(&self, events: u64) {
        let events = u32::try_from(events).unwrap_or(u32::MAX);
        self.edit(|running| running.count = running.count.saturating_add(events));
    }

    fn edit(&self, edit: impl FnOnce(&mut view::Running)) {
        self.board.change(|board| {
            if let Some(running) = board.get_mut(&self.account) {
                edit(running);
            }
        });
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.board.change(|board| _ = board.remove(&self.account));
    }
}
