//! One account's provider, ready to be asked.

use std::path::Path;

use throughline_calendar::{Answer, CalendarList, Cursor, Error, Known};
use throughline_core::calendar::{Changes, Item, Limits};
use throughline_core::model::{Account, Calendar, Provider};

use super::stop::Stop;
use crate::accounts::{not_a_calendar, read_file};
use crate::app::App;
use crate::{Failure, Result};

/// One account's provider, ready to be asked. The only place that tells providers apart.
pub(super) enum Source {
    /// An `.ics` file on this machine.
    File(String),
}

/// What is asked of a provider about one calendar.
#[allow(dead_code, reason = "read by providers on the network")]
pub(super) struct Ask<'a> {
    pub calendar: &'a Calendar,
    /// What the vault remembers of the calendar for its provider.
    pub link: &'a throughline_store::calendar::Link,
    /// Up to where it was fetched; empty asks for everything.
    pub cursor: &'a Cursor,
    /// What the vault has of it.
    pub known: &'a Known,
    /// To be told how many events came, as they come.
    pub count: &'a (dyn Fn(u64) + Send + Sync),
}

impl Source {
    /// Reads what the account needs, its secret among it; asks nobody yet.
    pub async fn open(_app: &App, account: &Account) -> Result<Self, Stop> {
        match account.provider {
            Provider::Ics if !account.address.contains("://") => Ok(Self::File(account.address.clone())),
            _ => Err(Failure::new("unsupported_provider", "This account's provider cannot be synced yet.").into()),
        }
    }

    /// The account's calendars, or what changed since `token`; none where they are what the vault has.
    pub async fn calendars(&mut self, _token: Option<&str>) -> Result<Option<CalendarList>, Error> {
        match self {
            Self::File(_) => Ok(None),
        }
    }

    /// What a calendar has, or what changed in it.
    pub async fn fetch(&mut self, ask: &Ask<'_>) -> Result<Answer, Stop> {
        match self {
            Self::File(path) => {
                let feed = throughline_calendar::ics::read(&read_file(Path::new(path)).await?, &Limits::default())
                    .map_err(not_a_calendar)?;
                (ask.count)(feed.groups.len() as u64);
                let items = feed
                    .groups
                    .into_iter()
                    .map(|group| Item { id: group.uid, etag: None, events: group.events })
                    .collect();
                let changes = Changes { complete: feed.complete, items, warnings: feed.warnings, ..Changes::default() };
                Ok(Answer { changes, cursor: Cursor::default() })
            }
        }
    }
}
