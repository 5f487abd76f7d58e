//! Calendars published at an address.

use serde::{Deserialize, Serialize};
use throughline_calendar::subscription::{self, REFRESH};
use throughline_calendar::web::{Bounds, Client};
use throughline_calendar::{Answer, Cursor, Error, Patience};
use throughline_core::calendar::{Changes, Item, Limits, Warning};
use throughline_core::model::{Account, AccountId, Provider};
use throughline_store::{Durability, Kind, account};
use url::Url;

use super::{add as add_account, gone, told};
use crate::app::App;
use crate::secrets::{self, Secret};
use crate::sync::stop::Stop;
use crate::{Failure, Result, clean, view};

/// What is remembered of a subscription, beside its address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Settings {
    /// Whether the address opens the calendar to whoever knows it: then it is kept where passwords are.
    secret: bool,
    /// How long the calendar asks to be left alone, in seconds, within bounds.
    refresh: Option<u64>,
}

/// Whether it is the address of a published calendar, and not a file.
pub(super) fn is_address(text: &str) -> bool {
    let scheme = text.split(':').next().unwrap_or_default().to_ascii_lowercase();
    text.contains("://") || matches!(scheme.as_str(), "webcal" | "webcals")
}

/// Adds a published calendar, once it has been seen to be one.
pub(super) async fn add(app: &App, text: &str, name: Option<&str>) -> Result<view::Account> {
    let url = subscription::address(text).map_err(|_| {
        Failure::new("unsupported_address", "This is not the address of a calendar on the web.")
            .hint("It begins with https:// or webcal://.")
    })?;
    let (client, nothing, limits) = (client(app)?, Cursor::default(), Limits::default());
    let found = subscription::fetch(&client, &url, &nothing, &limits).await.map_err(failed)?;
    let url = found.moved_to.unwrap_or(url);
    let (name_there, refresh_there) = found.feed.map(|feed| (feed.name, feed.refresh)).unwrap_or_default();
    let named = name.map(str::to_owned).or(name_there).unwrap_or_else(|| host(&url).to_owned());
    let settings = Settings { secret: subscription::is_secret(&url), refresh: refresh(refresh_there) };
    let known = known(app, &url).await?;
    let mut tx = app.write().await?;
    let id = match known {
        Some(id) => id,
        None => add_account(app, &mut tx, &clean::line(&named), &shown(&url), "url").await?,
    };
    if settings.secret {
        secrets::put(app, id, &Secret::new(url.as_str())).await?;
    }
    account::set_settings(&mut tx, id, Some(&json(&settings)?)).await?;
    let account = account::get(&mut tx, id).await?.ok_or_else(gone)?;
    app.commit(tx, "account add").await?;
    Ok(told(app, account))
}

/// The subscription to the same address, where there is one.
async fn known(app: &App, url: &Url) -> Result<Option<AccountId>> {
    let accounts = account::all(&mut *app.read().await?).await?;
    for account in accounts.into_iter().filter(|account| account.provider == Provider::Ics) {
        if account.address == shown(url) && address(app, &account).await?.as_ref() == Some(url) {
            return Ok(Some(account.id));
        }
    }
    Ok(None)
}

/// What may be seen of an address: all of it, or where it leads.
fn shown(url: &Url) -> String {
    if subscription::is_secret(url) { format!("{}://{}/…", url.scheme(), host(url)) } else { url.to_string() }
}

fn host(url: &Url) -> &str {
    url.host_str().unwrap_or("Calendar")
}

async fn settings(app: &App, account: AccountId) -> Result<Settings> {
    let link = account::link(&mut *app.read().await?, account).await?;
    Ok(link.settings.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// Where the calendar is; `None` where the address was a secret and is lost.
async fn address(app: &App, account: &Account) -> Result<Option<Url>> {
    let text = if settings(app, account.id).await?.secret {
        secrets::get(app, account.id).await?.map(|secret| secret.expose().to_owned())
    } else {
        Some(account.address.clone())
    };
    Ok(text.and_then(|text| Url::parse(&text).ok()))
}

/// A published calendar, ready to be asked for.
pub(crate) struct Subscription {
    app: App,
    id: AccountId,
    client: Client,
    url: Url,
}

impl Subscription {
    pub async fn open(app: &App, account: &Account) -> Result<Self> {
        let url = address(app, account).await?.ok_or_else(|| {
            Failure::new("needs_sign_in", "The address of this calendar is not in the keyring any more.")
                .hint("Add it again with its address; everything that was fetched stays readable.")
        })?;
        Ok(Self { app: app.clone(), id: account.id, client: client(app)?, url })
    }

    /// Everything in it, or nothing where it is as it was.
    pub async fn fetch(&self, since: &Cursor, keep: bool, count: &(dyn Fn(u64) + Send + Sync)) -> Result<Answer, Stop> {
        let limits = Limits::default();
        let found = subscription::fetch(&self.client, &self.url, since, &limits).await;
        let found = found.map_err(|error| match error {
            Error::NotACalendar(_) => Stop::from(failed(error)),
            other => other.into(),
        })?;
        let mut changes = Changes::default();
        if let Some(feed) = found.feed {
            count(feed.groups.len() as u64);
            if keep {
                self.remember(refresh(feed.refresh)).await?;
            }
            let item = |group: throughline_core::calendar::EventGroup| Item {
                id: group.uid,
                etag: None,
                events: group.events,
            };
            changes.complete = feed.complete;
            changes.items = feed.groups.into_iter().map(item).collect();
            changes.warnings = feed.warnings;
        }
        if found.moved_to.is_some() {
            let message =
                "The calendar has moved for good, and was found. Add it again with its new address.".to_owned();
            changes.warnings.push(Warning { uid: None, message });
        }
        Ok(Answer { changes, cursor: found.cursor })
    }

    async fn remember(&self, refresh: Option<u64>) -> Result<()> {
        let before = settings(&self.app, self.id).await?;
        if before.refresh != refresh {
            let mut tx = self.app.vault().write(Durability::Normal).await?;
            account::set_settings(&mut tx, self.id, Some(&json(&Settings { refresh, ..before })?)).await?;
            tx.feed(Kind::Account, self.id);
            tx.commit(None).await?;
        }
        Ok(())
    }
}

/// How long an account asks to be left alone, in seconds; `None` where it does not say.
pub(crate) async fn refresh_of(app: &App, account: AccountId) -> Result<Option<u64>> {
    Ok(settings(app, account).await?.refresh)
}

fn refresh(asked: Option<u64>) -> Option<u64> {
    asked.map(|seconds| seconds.clamp(REFRESH.0.as_secs(), REFRESH.1.as_secs()))
}

fn client(app: &App) -> Result<Client> {
    let patience = app.surroundings().patience;
    // A whole calendar comes in one piece.
    let patience = Patience { call: patience.call * 3, ..patience };
    Ok(Client::new(Bounds::default(), patience, false)?)
}

fn json(settings: &Settings) -> Result<String> {
    serde_json::to_string(settings).map_err(|_| Failure::new("internal", "An account could not be stored."))
}

/// Never with the address.
fn failed(error: Error) -> Failure {
    match error {
        Error::NotACalendar(throughline_calendar::ics::IcsError::Html) => {
            Failure::new("not_a_calendar", "The address leads to a web page and not to a calendar.").hint(
                "Perhaps one has to sign in there. Look in the calendar's settings for its address in iCal format.",
            )
        }
        Error::NotACalendar(error) => Failure::new("not_a_calendar", format!("This is no calendar: {error}."))
            .hint("Look in the calendar's settings for its address in iCal format."),
        Error::NotFound => Failure::new("calendar_gone", "There is no calendar at this address.")
            .hint("Look in the calendar's settings for its address in iCal format."),
        Error::NeedsSignIn => {
            Failure::new("needs_sign_in", "The server asks who we are before it shows this calendar.")
                .hint("Use the calendar's secret address, or add the account with `account add caldav`.")
        }
        other => other.into(),
    }
}
