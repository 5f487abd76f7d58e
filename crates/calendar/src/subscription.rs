//! A published calendar: an iCalendar file behind an address, asked for only where it changed.

use std::time::Duration;

use reqwest::Method;
use reqwest::header::{ACCEPT, HeaderMap, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use throughline_core::calendar::Limits;
use url::Url;

use crate::ics::{self, Feed};
use crate::web::{Client, Question, header};
use crate::{Cursor, Error, Result};

/// What was found at the address.
#[derive(Debug)]
pub struct Published {
    /// The calendar; `None` where it is as it was.
    pub feed: Option<Feed>,
    /// For the next time.
    pub cursor: Cursor,
    /// The address to ask from now on, where the server says that it moved for good.
    pub moved_to: Option<Url>,
}

/// The least and the most time between two looks, whatever a calendar asks for.
pub const REFRESH: (Duration, Duration) = (Duration::from_secs(15 * 60), Duration::from_secs(24 * 60 * 60));

const NOT_OF_THE_WEB: Error = Error::Address("it is not one of the web");

/// Reads the address of a published calendar; `webcal:` is `http:` by custom and asked for with encryption, as
/// `webcals:` is.
///
/// # Errors
/// [`Error::Address`] where it is none.
pub fn address(text: &str) -> Result<Url> {
    let text = text.trim();
    let (scheme, rest) = text.split_once(':').ok_or(NOT_OF_THE_WEB)?;
    let text = match scheme.to_ascii_lowercase().as_str() {
        "webcal" | "webcals" => format!("https:{rest}"),
        "http" | "https" => text.to_owned(),
        _ => return Err(NOT_OF_THE_WEB),
    };
    let mut url = Url::parse(&text).map_err(|_| NOT_OF_THE_WEB)?;
    url.set_fragment(None);
    if url.has_host() { Ok(url) } else { Err(NOT_OF_THE_WEB) }
}

/// Whether whoever knows the address can read the calendar: it names a user, asks something, or holds a word that
/// nobody would choose. Such an address is to be kept as a password is.
#[must_use]
pub fn is_secret(url: &Url) -> bool {
    let drawn = |segment: &str| {
        let by_lot = |part: &str| {
            let digits = part.bytes().filter(u8::is_ascii_digit).count();
            part.len() >= 20 || (part.len() >= 8 && digits >= 3 && digits < part.len())
        };
        segment.contains("private") || segment.contains('%') || segment.split(['.', '-', '_']).any(by_lot)
    };
    let named = !url.username().is_empty() || url.password().is_some() || url.query().is_some();
    named || url.path_segments().is_some_and(|mut segments| segments.any(drawn))
}

/// Asks for a calendar, where it is not as it was.
///
/// # Errors
/// Where there is none; none of them holds the address.
pub async fn fetch(client: &Client, url: &Url, before: &Cursor, limits: &Limits) -> Result<Published> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("text/calendar, text/plain;q=0.5, */*;q=0.1"));
    if let Some(etag) = before.etag.as_deref().and_then(header) {
        headers.insert(IF_NONE_MATCH, etag);
    }
    if let Some(modified) = before.last_modified.as_deref().and_then(header) {
        headers.insert(IF_MODIFIED_SINCE, modified);
    }
    let question = Question { method: Method::GET, url, headers, body: String::new(), credential: None };
    let reply = client.ask(&question).await?;
    let moved_to = reply.moved_to.clone();
    match reply.status {
        304 => Ok(Published { feed: None, cursor: before.clone(), moved_to }),
        200..=299 if !reply.is_web_page() => {
            let feed = ics::read(&reply.body, limits)?;
            let said = |name: &str| reply.header(name).map(str::to_owned);
            // What broke off is to be asked for again as a whole.
            let cursor = if feed.complete {
                Cursor { token: None, etag: said("etag"), last_modified: said("last-modified") }
            } else {
                Cursor::default()
            };
            Ok(Published { feed: Some(feed), cursor, moved_to })
        }
        _ => Err(reply.error()),
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
