//! CalDAV (RFC 4791): where a user's calendars are, what they are called, and what changed in one.
//!
//! `libdav` writes the questions, names the properties and looks up the DNS records; the answers are asked for through
//! [`web`](crate::web) and read leniently, for servers differ.

mod discover;
mod fetch;
mod multistatus;

use libdav::Depth;
use libdav::dav::Propfind;
use libdav::requests::DavRequest;
use serde::{Deserialize, Serialize};
use url::Url;

pub use discover::discover;
pub use fetch::{Wanted, fetch};

use crate::web::{Client, Credential, Question, Reply, same_site};
use crate::{Access, CalendarList, Error, RemoteCalendar, Result};
use multistatus::{Multistatus, WANTED};

/// Where a user's calendars are, as discovered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Where the server was found: credentials are shown to its site alone.
    pub site: Url,
    /// Collections that hold the calendars; empty where one calendar was named.
    #[serde(default)]
    pub homes: Vec<Url>,
    /// The one calendar that was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Url>,
    /// Who the user is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub principal: Option<Url>,
    /// The addresses at which the user is invited (`calendar-user-address-set`, RFC 6638 §2.4.1), lower case.
    #[serde(default)]
    pub addresses: Vec<String>,
}

/// What is neither a refusal nor an answer.
const NO_ANSWER: Error = Error::Server { status: None, retry_after: None };

/// One account's way to its server.
#[derive(Debug, Clone)]
pub struct Session {
    client: Client,
    credential: Credential,
    site: Url,
}

impl Session {
    /// A way to the server at `site`; the credential is shown to that site alone.
    #[must_use]
    pub fn new(client: Client, credential: Credential, site: Url) -> Self {
        Self { client, credential, site }
    }

    /// Asks for something, in the words of `libdav`.
    async fn send(&self, request: &impl DavRequest, url: &Url) -> Result<Reply> {
        if !same_site(&self.site, url) {
            return Err(Error::OtherSite { host: url.host_str().unwrap_or_default().to_owned() });
        }
        ask(&self.client, request, url, Some(&self.credential)).await
    }

    /// The answer, where it is a multistatus.
    async fn multistatus(&self, request: &impl DavRequest, url: &Url) -> Result<Multistatus> {
        let answer = self.send(request, url).await?;
        if answer.status != 207 {
            return Err(answer.error());
        }
        multistatus::read(&answer.body, &answer.url)
    }

    async fn properties(&self, url: &Url, depth: Depth) -> Result<Multistatus> {
        self.multistatus(&Propfind::new("/").with_properties(WANTED).with_depth(depth), url).await
    }
}

async fn ask(client: &Client, request: &impl DavRequest, url: &Url, credential: Option<&Credential>) -> Result<Reply> {
    // The path is ours to set: an href goes back to the server as it wrote it.
    let refused = Error::Address("it cannot be asked");
    let Ok(base) = "http://localhost/".parse() else { return Err(refused) };
    let Ok(written) = request.prepare_request(base) else { return Err(refused) };
    let (method, headers) = (written.method().clone(), written.headers().clone());
    let question = Question { method, url, headers, body: written.into_body(), credential };
    client.ask(&question).await
}

/// The calendars of an account that hold events. Where the server does not give one out for a moment, the list is not
/// complete: nothing missing from it is gone.
///
/// # Errors
/// Where the server does not answer as one.
pub async fn calendars(session: &Session, place: &Place) -> Result<CalendarList> {
    let mut found: Vec<RemoteCalendar> = Vec::new();
    let mut complete = true;
    let places = place.only.iter().map(|url| (url, Depth::Zero));
    for (url, depth) in places.chain(place.homes.iter().map(|url| (url, Depth::One))) {
        for response in session.properties(url, depth).await?.responses {
            complete &= matches!(response.status, 200 | 404 | 410);
            let props = response.props;
            let events = props.components.as_ref().is_none_or(|kinds| kinds.iter().any(|kind| kind == "VEVENT"));
            let id = response.url.path().to_owned();
            if response.status != 200 || !props.is_calendar || !events || found.iter().any(|other| other.id == id) {
                continue;
            }
            let another = |owner: &Url| place.principal.as_ref().is_some_and(|me| path(me) != path(owner));
            found.push(RemoteCalendar {
                id,
                name: props.name.unwrap_or_else(|| last_part(&response.url)),
                color: props.color,
                access: if props.owner.as_ref().is_some_and(another) { Access::Reader } else { Access::Owner },
                primary: false,
                url: Some(response.url.into()),
            });
        }
    }
    Ok(CalendarList { complete, calendars: found, removed: Vec::new(), token: None })
}

fn path(url: &Url) -> &str {
    url.path().trim_end_matches('/')
}

fn last_part(url: &Url) -> String {
    let path = libdav::encoding::normalise_percent_encoded(url.path()).unwrap_or_else(|_| url.path().into());
    path.trim_end_matches('/').rsplit('/').next().filter(|part| !part.is_empty()).unwrap_or("Calendar").to_owned()
}
