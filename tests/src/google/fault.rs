//! What goes wrong, on demand.

use std::time::{Duration, SystemTime};

use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// How a request goes wrong.
#[derive(Debug, Clone)]
pub enum Fault {
    /// Not at all.
    None,
    /// An error as Google tells it: a status and a reason.
    Error(u16, &'static str),
    /// The same, with `Retry-After` in seconds.
    Later(u16, &'static str, u64),
    /// The same, as a date of HTTP.
    LaterAt(u16, &'static str, u64),
    /// A page of a proxy, in HTML.
    Html(u16),
    /// No answer, ever.
    Hang,
    /// An answer that breaks off.
    Cut,
    /// An answer in something like JSON.
    Garbled,
    /// An answer with nothing in it.
    Empty,
}

impl Fault {
    pub(super) async fn answer(self) -> Response<Body> {
        match self {
            Self::None => answer(500, "text/plain", String::new()),
            Self::Error(status, reason) => refused(status, reason),
            Self::Later(status, reason, seconds) => {
                let mut answer = refused(status, reason);
                answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
                answer
            }
            Self::LaterAt(status, reason, seconds) => {
                #[expect(clippy::disallowed_methods, reason = "a server goes by the clock on the wall")]
                let now = SystemTime::now();
                let at = DateTime::<Utc>::from(now + Duration::from_secs(seconds));
                let at = at.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
                let mut answer = refused(status, reason);
                answer.headers_mut().insert(header::RETRY_AFTER, at.parse().expect("a date"));
                answer
            }
            Self::Html(status) => answer(status, "text/html", "<html><body><h1>Error</h1></body></html>".to_owned()),
            Self::Hang => {
                tokio::time::sleep(Duration::from_secs(3_600)).await;
                answer(500, "text/plain", String::new())
            }
            Self::Cut => {
                let mut answer = answer(200, "application/json", "{\"items\": [{\"id\": \"abc".to_owned());
                // More is promised than comes: the line is closed.
                answer.headers_mut().insert(header::CONTENT_LENGTH, 4_096.into());
                answer
            }
            Self::Garbled => answer(200, "application/json", "{\"items\": [}".to_owned()),
            Self::Empty => answer(200, "application/json", "{}".to_owned()),
        }
    }
}

pub(super) fn answer(status: u16, kind: &'static str, body: String) -> Response<Body> {
    let mut answer = Response::new(Body::from(body));
    *answer.status_mut() = StatusCode::from_u16(status).expect("a status");
    answer.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
    answer
}

pub(super) fn json_answer(status: u16, body: &Value) -> Response<Body> {
    answer(status, "application/json; charset=UTF-8", body.to_string())
}

/// <https://developers.google.com/workspace/calendar/api/guides/errors>
pub(super) fn refused(status: u16, reason: &str) -> Response<Body> {
    let errors = json!([{"domain": "calendar", "reason": reason, "message": "Refused"}]);
    json_answer(status, &json!({"error": {"errors": errors, "code": status, "message": "Refused"}}))
}
