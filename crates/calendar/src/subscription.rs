//! A published calendar: an iCalendar file behind an address, asked for only where it changed.

use std::time::Duration;

use reqwest::Method;
use reqwest::header::{ACCEPT, HeaderMap, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use serde::{Deserialize, Serialize};
use throughline_core::calendar::Limits;
use url::Url;

use crate::ics::{self, Feed, IcsError};
use crate::web::{Client, Question, WebError, header};

/// What the server wants back to answer "unchanged" (RFC 9110 §13.1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// The entity tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// When it was last changed, as the server writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
}

/// What was found at the address.
#[derive(Debug)]
pub struct Published {
    /// The calendar; `None` where it is as it was.
    pub feed: Option<Feed>,
    /// For the next time.
    pub validators: Validators,
    /// The address to ask from now on, where the server says that it moved for good.
    pub moved_to: Option<Url>,
}

/// Why there is no calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubscriptionError {
    /// Nothing came that could be read.
    #[error(transparent)]
    Web(#[from] WebError),
    /// What came is no calendar.
    #[error(transparent)]
    NotACalendar(#[from] IcsError),
}

/// The least and the most time between two looks, whatever a calendar asks for.
pub const REFRESH: (Duration, Duration) = (Duration::from_secs(15 * 60), Duration::from_secs(24 * 60 * 60));

/// Reads the address of a published calendar; `webcal:` is `http:` by custom and asked for with encryption, as
/// `webcals:` is.
///
/// # Errors
/// [`WebError::BadAddress`] where it is none.
pub fn address(text: &str) -> Result<Url, WebError> {
    let text = text.trim();
    let (scheme, rest) = text.split_once(':').ok_or(WebError::BadAddress)?;
    let text = match scheme.to_ascii_lowercase().as_str() {
        "webcal" | "webcals" => format!("https:{rest}"),
        "http" | "https" => text.to_owned(),
        _ => return Err(WebError::BadAddress),
    };
    let mut url = Url::parse(&text).map_err(|_| WebError::BadAddress)?;
    url.set_fragment(None);
    if url.has_host() { Ok(url) } else { Err(WebError::BadAddress) }
}

/// Whether whoever knows the address can read the calendar: it names a user, asks something, or holds a word that
/// nobody would choose. Such an address is to be kept as a password is.
#[must_use]
pub fn is_secret(url: &Url) -> bool {
    let drawn = |segment: &str| {
        let longest = segment.split(['.', '-', '_']).map(str::len).max().unwrap_or_default();
        let digits = segment.bytes().filter(u8::is_ascii_digit).count();
        segment.contains("private") || longest >= 20 || (segment.len() >= 12 && digits >= 3) || segment.contains('%')
    };
    let named = !url.username().is_empty() || url.password().is_some() || url.query().is_some();
    named || url.path_segments().is_some_and(|mut segments| segments.any(drawn))
}

/// Asks for a calendar, where it is not as it was.
///
/// # Errors
/// Where there is none; none of them holds the address.
pub async fn fetch(
    client: &Client,
    url: &Url,
    before: &Validators,
    limits: &Limits,
) -> Result<Published, SubscriptionError> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("text/calendar, text/plain;q=0.5, */*;q=0.1"));
    if let Some(etag) = before.etag.as_deref().and_then(header) {
        headers.insert(IF_NONE_MATCH, etag);
    }
    if let Some(modified) = before.modified.as_deref().and_then(header) {
        headers.insert(IF_MODIFIED_SINCE, modified);
    }
    let question = Question { method: Method::GET, url, headers, body: String::new(), credential: None };
    let answer = client.ask(&question).await?;
    let moved_to = answer.moved_to.clone();
    let said = |name: &str| answer.header(name).map(str::to_owned);
    match answer.status {
        304 => Ok(Published { feed: None, validators: before.clone(), moved_to }),
        200..=299 if answer.is_web_page() => Err(WebError::WebPage.into()),
        200..=299 => {
            let feed = ics::read(&answer.body, limits).map_err(|error| match error {
                IcsError::Html => WebError::WebPage.into(),
                error => SubscriptionError::from(error),
            })?;
            // What broke off is to be asked for again as a whole.
            let whole = feed.complete;
            let validators = Validators { etag: said("etag"), modified: said("last-modified") };
            let validators = if whole { validators } else { Validators::default() };
            Ok(Published { feed: Some(feed), validators, moved_to })
        }
        _ => Err(answer.error().into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_of_the_web_and_webcal_is_encrypted() {
        for (text, expected) in [
            ("webcal://example.org/a.ics", Some("https://example.org/a.ics")),
            ("WEBCALS://example.org/a.ics#top", Some("https://example.org/a.ics")),
            (" http://example.org/a.ics ", Some("http://example.org/a.ics")),
            ("https://example.org/a.ics?x=1", Some("https://example.org/a.ics?x=1")),
            ("ftp://example.org/a.ics", None),
            ("file:///etc/passwd", None),
            ("webcal:", None),
            ("calendar.ics", None),
        ] {
            assert_eq!(address(text).ok().map(String::from).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn an_address_that_opens_a_calendar_is_a_secret() {
        for (text, secret) in [
            ("https://calendar.google.com/calendar/ical/ana%40example.org/private-0a1b2c3d4e5f/basic.ics", true),
            ("https://outlook.office365.com/owa/calendar/6f0c1b7a9d3e4f5a8b2c@example.org/calendar.ics", true),
            ("https://example.org/team.ics?token=1", true),
            ("https://ana:secret@example.org/team.ics", true),
            ("https://p12-caldav.icloud.com/published/2/MTIzNDU2Nzg5MDEyMzQ1Njc4OTA", true),
            ("https://example.org/holidays/germany.ics", false),
            ("https://www.example.org/calendars/school-holidays-2026.ics", false),
            ("http://127.0.0.1:8080/team.ics", false),
        ] {
            assert_eq!(is_secret(&Url::parse(text).expect("an address")), secret, "{text}");
        }
    }
}
