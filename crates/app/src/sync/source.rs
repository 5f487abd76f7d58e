//! One account's provider, ready to be asked.

use std::path::Path;

use throughline_calendar::{Answer, CalendarList, Cursor, Error, Known, google};
use throughline_core::calendar::{Changes, Item, Limits};
use throughline_core::model::{Account, Calendar, Provider};

use super::stop::Stop;
use crate::Result;
use crate::accounts::caldav::Server;
use crate::accounts::subscription::Subscription;
use crate::accounts::{not_a_calendar, read_file};
use crate::app::App;

/// One account's provider, ready to be asked. The only place that tells providers apart.
pub(super) enum Source {
    /// An `.ics` file on this machine.
    File(String),
    /// A published calendar.
    Subscription(Box<Subscription>),
    /// A CalDAV server.
    Caldav(Box<Server>),
    /// Google Calendar, asked for a user of this address.
    Google(Box<google::Client>, String),
}

/// What is asked of a provider about one calendar.
pub(super) struct Ask<'a> {
    pub calendar: &'a Calendar,
    /// What the vault remembers of the calendar for its provider.
    pub link: &'a throughline_store::calendar::Link,
    /// Up to where it was fetched; empty asks for everything.
    pub cursor: &'a Cursor,
    /// What the vault has of it.
    pub known: &'a Known,
    /// Whether everything is to be fetched again, whatever is known.
    pub full: bool,
    /// Whether what is learned is kept.
    pub keep: bool,
    /// To be told how many events came, as they come.
    pub count: &'a (dyn Fn(u64) + Send + Sync),
}

impl Source {
    /// Reads what the account needs, its secret among it; asks nobody yet.
    pub async fn open(app: &App, account: &Account) -> Result<Self, Stop> {
        match account.provider {
            Provider::Google => {
                let client = crate::google::open(app, account).await?;
                Ok(Self::Google(Box::new(client), account.address.clone()))
            }
            Provider::Ics if !account.address.contains("://") => Ok(Self::File(account.address.clone())),
            Provider::Ics => Ok(Self::Subscription(Box::new(Subscription::open(app, account).await?))),
            Provider::Caldav => Ok(Self::Caldav(Box::new(Server::open(app, account).await?))),
        }
    }

    /// The account's calendars, or what changed since `token`; none where they are what the vault has.
    pub async fn calendars(&mut self, token: Option<&str>) -> Result<Option<CalendarList>, Error> {
        match self {
            Self::File(_) | Self::Subscription(_) => Ok(None),
            Self::Caldav(server) => server.calendars().await.map(Some),
            Self::Google(client, _) => client.calendars(token).await.map(Some),
        }
    }

    /// What a calendar has, or what changed in it.
    pub async fn fetch(&mut self, ask: &Ask<'_>) -> Result<Answer, Stop> {
        match self {
            Self::Subscription(subscription) => subscription.fetch(ask.cursor, ask.keep, ask.count).await,
            Self::Caldav(server) => {
                let answer = server.fetch(ask.link.url.as_deref(), ask.cursor, ask.known, ask.full).await?;
                (ask.count)(answer.changes.items.len() as u64);
                Ok(answer)
            }
            Self::Google(client, user) => {
                let wanted = google::Wanted {
                    calendar: &ask.calendar.remote_id,
                    primary: ask.link.primary,
                    user,
                    token: ask.cursor.token.as_deref(),
                };
                Ok(client.events(&wanted, ask.known, ask.count).await?)
            }
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

    /// Keeps another refresh token as soon as there is one: the old one is good no more, and a program may be killed.
    pub async fn settle(&self, app: &App, account: &Account) -> Result<()> {
        let Self::Google(client, _) = self else { return Ok(()) };
        crate::google::settle(app, account.id, client.session()).await
    }

    /// What is left to be kept once nobody is asked any more, however that went.
    pub async fn close(self, app: &App, account: &Account, needs_sign_in: bool) -> Result<()> {
        if needs_sign_in {
            // Another program may have signed in meanwhile: next time its sign-in is read.
            app.sessions().take(account.id);
            return Ok(());
        }
        self.settle(app, account).await
    }
}
