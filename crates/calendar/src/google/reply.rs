//! What Google's refusals mean (<https://developers.google.com/workspace/calendar/api/guides/errors>).

use std::time::Duration;

use chrono::DateTime;
use google_calendar3::common::{self, Delegate, Retry};
use google_calendar3::hyper::{self, HeaderMap};
use serde_json::Value;

use crate::{Error, Result};

/// Sees `Retry-After` on an answer in JSON, which the hub's error no longer has.
#[derive(Debug, Default)]
pub(super) struct Watch {
    status: Option<u16>,
    retry_after: Option<Duration>,
}

impl Delegate for Watch {
    fn http_failure(&mut self, response: &common::Response, _: Option<&Value>) -> Retry {
        self.status = Some(response.status().as_u16());
        self.retry_after = retry_after(response.headers());
        Retry::Abort
    }
}

impl Watch {
    /// What an error of the hub is to us. Its own text may hold the answer, so nothing of it is passed on.
    pub fn told(&self, error: common::Error) -> Error {
        match error {
            common::Error::HttpError(_) | common::Error::Io(_) => Error::Offline,
            common::Error::BadRequest(body) => {
                let code = body["error"]["code"].as_u64().and_then(|code| u16::try_from(code).ok());
                let status = self.status.or(code).unwrap_or(400);
                match reason(&body) {
                    Some(reason) if is_quota(reason) => Error::Quota { retry_after: self.retry_after },
                    Some(reason) if (400..500).contains(&status) => match of_status(status, self.retry_after) {
                        Error::Refused { status, .. } => Error::Refused { status, reason: word(reason) },
                        other => other,
                    },
                    _ => of_status(status, self.retry_after),
                }
            }
            common::Error::Failure(response) => of_status(response.status().as_u16(), retry_after(response.headers())),
            common::Error::MissingToken(error) => match error.downcast::<Error>() {
                Ok(error) => *error,
                Err(_) => Error::NeedsSignIn,
            },
            common::Error::Cancelled => Error::Cancelled,
            _ => Error::Server { status: None, retry_after: None },
        }
    }
}

fn reason(body: &Value) -> Option<&str> {
    let error = &body["error"];
    error["errors"][0]["reason"]
        .as_str()
        .or_else(|| error["details"][0]["reason"].as_str())
        .or_else(|| error["status"].as_str())
}

fn is_quota(reason: &str) -> bool {
    ["rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded", "RESOURCE_EXHAUSTED"]
        .contains(&reason)
}

/// What a status alone says.
pub(super) fn of_status(status: u16, retry_after: Option<Duration>) -> Error {
    match status {
        401 => Error::NeedsSignIn,
        404 => Error::NotFound,
        408 => Error::TimedOut,
        410 => Error::StaleToken,
        429 => Error::Quota { retry_after },
        400..=499 => Error::Refused { status, reason: "no reason given".to_owned() },
        _ => Error::Server { status: Some(status), retry_after },
    }
}

/// A provider's word for something, without anything it might have mixed in.
pub(super) fn word(text: &str) -> String {
    let word: String = text.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).take(60).collect();
    if word.is_empty() { "no reason given".to_owned() } else { word }
}

/// `Retry-After` (RFC 9110 §10.2.3): seconds, or a date, which is taken against the server's own clock.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(hyper::header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = DateTime::parse_from_rfc2822(text).ok()?;
    let now = DateTime::parse_from_rfc2822(headers.get(hyper::header::DATE)?.to_str().ok()?).ok()?;
    Some((at - now).to_std().unwrap_or_default())
}

/// A body of at most so many bytes.
pub(super) async fn bounded(
    mut body: impl hyper::body::Body<Data = hyper::body::Bytes> + Unpin,
    limit: usize,
) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let frame = std::future::poll_fn(|context| std::pin::Pin::new(&mut body).poll_frame(context)).await;
        match frame {
            None => return Ok(bytes),
            Some(Err(_)) => return Err(Error::Offline),
            Some(Ok(frame)) => {
                let data = frame.into_data().unwrap_or_default();
                if bytes.len() + data.len() > limit {
                    return Err(Error::TooLarge { limit });
                }
                bytes.extend_from_slice(&data);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(status: u16, body: Value, expected: &Error) {
        let watch = Watch { status: Some(status), retry_after: Some(Duration::from_secs(2)) };
        assert_eq!(watch.told(common::Error::BadRequest(body.clone())), *expected, "{status} {body}");
    }

    #[test]
    fn refusals_are_told_apart_by_status_and_reason() {
        let error = |code: u16, reason: &str| json!({"error": {"code": code, "errors": [{"reason": reason}]}});
        let after = Some(Duration::from_secs(2));
        let quota = Error::Quota { retry_after: after };
        check(403, error(403, "rateLimitExceeded"), &quota);
        check(403, error(403, "userRateLimitExceeded"), &quota);
        check(429, error(429, "rateLimitExceeded"), &quota);
        check(429, json!({}), &quota);
        check(401, error(401, "authError"), &Error::NeedsSignIn);
        check(404, error(404, "notFound"), &Error::NotFound);
        check(410, error(410, "fullSyncRequired"), &Error::StaleToken);
        check(500, error(500, "backendError"), &Error::Server { status: Some(500), retry_after: after });
        let reason = "insufficientPermissions".to_owned();
        check(403, error(403, "insufficientPermissions"), &Error::Refused { status: 403, reason });
    }

    #[test]
    fn when_to_come_back_is_read_in_seconds_and_as_a_date() {
        let of = |pairs: &[(&'static str, &'static str)]| {
            let headers: HeaderMap =
                pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
            retry_after(&headers).map(|wait| wait.as_secs())
        };
        let date = ("date", "Sun, 22 Nov 2026 09:00:00 GMT");
        assert_eq!(of(&[("retry-after", "120")]), Some(120));
        assert_eq!(of(&[date, ("retry-after", "Sun, 22 Nov 2026 09:00:30 GMT")]), Some(30));
        assert_eq!(of(&[date, ("retry-after", "Sun, 22 Nov 2026 08:00:30 GMT")]), Some(0));
        assert_eq!(of(&[("retry-after", "soon")]), None);
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn a_reason_holds_nothing_that_was_mixed_in() {
        assert_eq!(word("access_denied\u{1b}[31m <b>"), "access_denied31mb");
        assert_eq!(word("\n"), "no reason given");
    }
}
