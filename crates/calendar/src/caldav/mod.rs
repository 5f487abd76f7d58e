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
use reqwest::Method;
use serde::{Deserialize, Serialize};
use url::Url;

pub use discover::discover;
pub use fetch::{Changes, Item, Known, fetch};

use crate::web::{Answer, Client, Credential, Question, WebError, same_site};
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

/// A calendar that holds events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundCalendar {
    /// Where it is.
    pub url: Url,
    /// Its name, or the last part of its address.
    pub name: String,
    /// `#rrggbb`, where it has one.
    pub color: Option<String>,
    /// Whether it is the user's own: nobody else's by what the server says.
    pub owned: bool,
}

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
    async fn send(&self, request: &impl DavRequest, url: &Url) -> Result<Answer, WebError> {
        if !same_site(&self.site, url) {
            return Err(WebError::OtherSite { host: url.host_str().unwrap_or_default().to_owned() });
        }
        ask(&self.client, request, url, Some(&self.credential)).await
    }

    /// The answer, where it is a multistatus.
    async fn multistatus(&self, request: &impl DavRequest, url: &Url) -> Result<Multistatus, WebError> {
        let answer = self.send(request, url).await?;
        if answer.status != 207 {
            return Err(if (200..300).contains(&answer.status) { no_dav(&answer) } else { answer.error() });
        }
        multistatus::read(&answer.body, &answer.url)
    }

    async fn properties(&self, url: &Url, depth: Depth) -> Result<Multistatus, WebError> {
        self.multistatus(&Propfind::new("/").with_properties(WANTED).with_depth(depth), url).await
    }
}

fn no_dav(answer: &Answer) -> WebError {
    if answer.is_web_page() { WebError::WebPage } else { WebError::BadAnswer }
}

async fn ask(
    client: &Client,
    request: &impl DavRequest,
    url: &Url,
    credential: Option<&Credential>,
) -> Result<Answer, WebError> {
    // The path is ours to set: an href goes back to the server as it wrote it.
    let written = request.prepare_request(libdav_base()).map_err(|_| WebError::BadAddress)?;
    let method = Method::from_bytes(written.method().as_str().as_bytes()).map_err(|_| WebError::BadAddress)?;
    let headers = written.headers().clone();
    let question = Question { method, url, headers, body: written.into_body(), credential };
    client.ask(&question).await
}

/// What `libdav` writes its questions for; only their bodies and headers are taken.
fn libdav_base() -> libdav_uri::Uri {
    libdav_uri::Uri::from_static("http://localhost/")
}

/// The calendars of an account that hold events.
///
/// # Errors
/// Where the server does not answer as one.
pub async fn calendars(session: &Session, place: &Place) -> Result<Vec<FoundCalendar>, WebError> {
    let mut found: Vec<FoundCalendar> = Vec::new();
    let places = place.only.iter().map(|url| (url, Depth::Zero));
    for (url, depth) in places.chain(place.homes.iter().map(|url| (url, Depth::One))) {
        for response in session.properties(url, depth).await?.responses {
            let props = response.props;
            let events = props.components.as_ref().is_none_or(|kinds| kinds.iter().any(|kind| kind == "VEVENT"));
            let known = found.iter().any(|other| other.url == response.url);
            if response.status != 200 || !props.is_calendar || !events || known {
                continue;
            }
            let owned = match (&props.owner, &place.principal) {
                (Some(owner), Some(principal)) => owner.path().trim_end_matches('/') == principal.path().trim_end_matches('/'),
                _ => true,
            };
            let name = props.name.unwrap_or_else(|| last_part(&response.url));
            found.push(FoundCalendar { url: response.url, name, color: props.color, owned });
        }
    }
    Ok(found)
}

fn last_part(url: &Url) -> String {
    let path = libdav::encoding::normalise_percent_encoded(url.path()).unwrap_or_else(|_| url.path().into());
    path.trim_end_matches('/').rsplit('/').next().filter(|part| !part.is_empty()).unwrap_or("Calendar").to_owned()
}
