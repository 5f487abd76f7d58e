//! Google Calendar, read only: sign-in, tokens, calendars and events.
//!
//! Written against Google's reference (<https://developers.google.com/workspace/calendar/api/v3/reference>), over the
//! hub of google-calendar3 for what it does well: addresses, parameters, models.

mod client_file;
mod event;
mod http;
mod item;
mod loopback;
mod page;
mod reply;
mod session;
mod sign_in;

use std::sync::Arc;

use chrono_tz::Tz;
use google_calendar3::{CalendarHub, api, common};
use throughline_core::calendar::Limits;

use crate::{Access, Answer, CalendarList, Cursor, Error, Known, Patience, RemoteCalendar, Result, retrying};
pub use client_file::{ClientFileError, OAuthClient};
use event::Reading;
use item::Loose;
use page::Pages;
use reply::Watch;
pub use session::Session;
use session::Tokens;
pub use sign_in::{SignIn, SignInError};

/// Google's own.
const ROOT: &str = "https://www.googleapis.com";
const PATH: &str = "calendar/v3/";

/// How much a page holds (`maxResults`). Google would give 2,500 events; but a page has to come through a slow line within
/// the time of one call, and a thousand are a megabyte or two.
const EVENTS: i32 = 1_000;
const CALENDARS: i32 = 250;

/// The hub asks for a scope with every call; our sessions do not look at it.
const SCOPE: api::Scope = api::Scope::EventReadonly;

/// One account's calendars, to be asked for.
pub struct Client {
    hub: CalendarHub<http::Connector>,
    session: Arc<Session>,
    patience: Patience,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("session", &self.session).finish_non_exhaustive()
    }
}

/// What is asked about one calendar.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The calendar's id.
    pub calendar: &'a str,
    /// Whether it is the user's first: only there is `self` the user.
    pub primary: bool,
    /// The user's address.
    pub user: &'a str,
    /// The sync token of the last answer; without one, everything.
    pub token: Option<&'a str>,
}

impl Client {
    /// Asks Google, or what stands at another root of the API.
    ///
    /// # Errors
    /// [`Error::Address`].
    pub fn new(session: Arc<Session>, root: Option<&str>, patience: Patience) -> Result<Self> {
        let root = http::address(root.unwrap_or(ROOT))?;
        let root = root.as_str().trim_end_matches('/').trim_end_matches("/calendar/v3").to_owned();
        let mut hub = CalendarHub::new(session.http().clone(), Tokens(Arc::clone(&session)));
        hub.base_url(format!("{root}/{PATH}"));
        hub.root_url(format!("{root}/"));
        hub.user_agent(concat!("throughline/", env!("CARGO_PKG_VERSION")).to_owned());
        Ok(Self { hub, session, patience })
    }

    /// The account's session.
    #[must_use]
    pub fn session(&self) -> &Arc<Session> {
        &self.session
    }

    /// The account's calendars, hidden ones too; or those that changed since the answer that gave `token`.
    ///
    /// # Errors
    /// [`Error::StaleToken`] where everything is to be asked for again.
    pub async fn calendars(&self, token: Option<&str>) -> Result<CalendarList> {
        let mut list = CalendarList { complete: token.is_none(), ..CalendarList::default() };
        let mut page: Option<String> = None;
        loop {
            let answer: api::CalendarList = self
                .ask(async |watch| {
                    let mut call = self.hub.calendar_list().list().add_scope(SCOPE).delegate(watch);
                    call = call.max_results(CALENDARS).show_hidden(true);
                    if let Some(token) = token {
                        call = call.sync_token(token);
                    }
                    if let Some(page) = &page {
                        call = call.page_token(page);
                    }
                    Ok(call.doit().await?.1)
                })
                .await
                .map_err(|error| stale(error, token))?;
            for entry in answer.items.unwrap_or_default() {
                match (entry.id.clone(), entry.deleted) {
                    (Some(id), Some(true)) => list.removed.push(id),
                    (Some(id), _) => list.calendars.push(calendar(id, entry)),
                    (None, _) => {}
                }
            }
            page = next(answer.next_page_token, page.as_deref())?;
            if page.is_none() {
                list.token = answer.next_sync_token;
                break;
            }
        }
        // Everybody has at least one: an answer without any is not to take all calendars away.
        if list.complete && list.calendars.is_empty() {
            return Err(Error::Server { status: None, retry_after: None });
        }
        Ok(list)
    }

    /// What a calendar has, or what changed in it since the answer that gave the token: masters and exceptions of any
    /// date, to the last page.
    ///
    /// # Errors
    /// [`Error::StaleToken`] where everything is to be asked for again.
    pub async fn events(
        &self,
        wanted: &Wanted<'_>,
        known: &Known,
        count: &(dyn Fn(u64) + Send + Sync),
    ) -> Result<Answer> {
        // In a path the hub puts an id as it is, and `#` would end the address there.
        let calendar = percent(wanted.calendar);
        let mut pages = Pages::default();
        let mut page: Option<String> = None;
        let mut zone: Option<Tz> = None;
        let mut is_list = true;
        let token = loop {
            let answer = self
                .ask(async |watch| {
                    // No bounds of time and no `singleEvents`: so the token stands for everything there is, and one
                    // changed series is one item. What is asked must be the same with the token as without.
                    let mut call = self.hub.events().list(&calendar).add_scope(SCOPE).delegate(watch);
                    call = call.max_results(EVENTS).single_events(false);
                    if let Some(token) = wanted.token {
                        call = call.sync_token(token);
                    }
                    if let Some(page) = &page {
                        call = call.page_token(page);
                    }
                    match call.doit().await {
                        Ok((_, events)) => Ok(Page::Strict(Box::new(events))),
                        // One date without an offset, and the models refuse the whole page: then item by item.
                        Err(common::Error::JsonDecodeError(text, error)) => match serde_json::from_str(&text) {
                            Ok(loose) => Ok(Page::Loose(loose)),
                            Err(_) => Err(common::Error::JsonDecodeError(text, error)),
                        },
                        Err(error) => Err(error),
                    }
                })
                .await
                .map_err(|error| stale(error, wanted.token))?;
            is_list &= answer.is_list();
            let (read, named, next_page, next_token) = answer.take(&mut pages, zone);
            zone = zone.or(named);
            count(read);
            page = next(next_page, page.as_deref())?;
            if page.is_none() {
                break next_token;
            }
        };
        let reading = Reading { zone, user: wanted.user, primary: wanted.primary, limits: Limits::default() };
        // What does not say that it is the list of events is not believed where it says that there are none.
        let complete = wanted.token.is_none() && (is_list || token.is_some());
        let changes = pages.changes(complete, known, &reading);
        let token = token.or_else(|| wanted.token.map(str::to_owned));
        Ok(Answer { changes, cursor: Cursor { token, ..Cursor::default() } })
    }

    /// One call, patiently; where the access token is refused, once more with a fresh one.
    async fn ask<T>(&self, mut call: impl AsyncFnMut(&mut Watch) -> common::Result<T>) -> Result<T> {
        retrying(&self.patience, async || {
            let mut watch = Watch::default();
            match call(&mut watch).await {
                Ok(answer) => return Ok(answer),
                // Of the token endpoint: then a fresh token is just what cannot be had.
                Err(error @ common::Error::MissingToken(_)) => return Err(watch.told(error)),
                Err(error) => match watch.told(error) {
                    Error::NeedsSignIn => self.session.refused().await,
                    other => return Err(other),
                },
            }
            let mut watch = Watch::default();
            call(&mut watch).await.map_err(|error| watch.told(error))
        })
        .await
    }
}

/// A page of events, as the hub read it or still to be read.
enum Page {
    Strict(Box<api::Events>),
    Loose(Loose),
}

impl Page {
    fn is_list(&self) -> bool {
        let kind = match self {
            Self::Strict(events) => events.kind.as_deref(),
            Self::Loose(loose) => loose.kind.as_deref(),
        };
        kind == Some("calendar#events")
    }

    /// How many items, the calendar's zone, the next page, the sync token.
    fn take(self, pages: &mut Pages, zone: Option<Tz>) -> (u64, Option<Tz>, Option<String>, Option<String>) {
        let parse = |name: Option<String>| name.and_then(|name| name.parse::<Tz>().ok());
        match self {
            Self::Strict(events) => {
                let items = events.items.unwrap_or_default();
                let count = items.len() as u64;
                items.into_iter().for_each(|item| pages.take(Ok(item)));
                (count, parse(events.time_zone), events.next_page_token, events.next_sync_token)
            }
            Self::Loose(loose) => {
                let named = parse(loose.time_zone);
                let count = loose.items.len() as u64;
                loose.items.into_iter().for_each(|item| pages.take(item::read(item, zone.or(named))));
                (count, named, loose.next_page_token, loose.next_sync_token)
            }
        }
    }
}

/// A server that names the same page again would be asked for ever.
fn next(next: Option<String>, this: Option<&str>) -> Result<Option<String>> {
    match next.filter(|next| !next.is_empty()) {
        Some(next) if Some(next.as_str()) == this => Err(Error::Server { status: None, retry_after: None }),
        other => Ok(other),
    }
}

/// A token that is no token is refused as a parameter; everything is then asked for as with one that is too old.
fn stale(error: Error, token: Option<&str>) -> Error {
    match error {
        Error::Refused { status: 400, .. } if token.is_some() => Error::StaleToken,
        other => other,
    }
}

fn calendar(id: String, entry: api::CalendarListEntry) -> RemoteCalendar {
    let name = entry.summary_override.or(entry.summary).filter(|name| !name.trim().is_empty());
    let color = entry.background_color.filter(|color| {
        color.len() == 7 && color.strip_prefix('#').is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
    });
    RemoteCalendar {
        name: name.unwrap_or_else(|| id.clone()),
        color,
        access: match entry.access_role.as_deref() {
            Some("owner") => Access::Owner,
            Some("writer") => Access::Writer,
            Some("freeBusyReader") => Access::FreeBusy,
            _ => Access::Reader,
        },
        primary: entry.primary == Some(true),
        url: None,
        id,
    }
}

fn percent(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'@' => {
                encoded.push(char::from(byte))
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}
