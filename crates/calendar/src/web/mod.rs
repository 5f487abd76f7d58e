//! What every calendar on the web is asked through: one client with bounds on time, size and redirects, which keeps a
//! credential where it belongs.

mod redirect;

use std::fmt;
use std::sync::Once;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{Method, StatusCode};
use url::Url;

use crate::ics::IcsError;
use crate::{Error, Patience, Result, retrying};

pub use redirect::same_site;

/// How long and how much.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// For a connection to stand.
    pub connect: Duration,
    /// Between two pieces of an answer.
    pub read: Duration,
    /// Bytes of one answer, unpacked.
    pub bytes: usize,
    /// Times a server may send us on.
    pub redirects: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { connect: seconds(10), read: seconds(30), bytes: 64 << 20, redirects: 5 }
    }
}

/// What a server is shown so that it answers.
#[derive(Clone, PartialEq, Eq)]
pub enum Credential {
    /// Basic authentication (RFC 7617).
    Password {
        /// The user's name there.
        user: String,
        /// Their password.
        password: String,
    },
    /// A bearer token (RFC 6750).
    Bearer(String),
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Password { .. } => "Password(…)",
            Self::Bearer(_) => "Bearer(…)",
        })
    }
}

/// A client for one account.
#[derive(Debug, Clone)]
pub struct Client {
    inner: reqwest::Client,
    bounds: Bounds,
    patience: Patience,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, unpacked.
    pub body: Vec<u8>,
    /// Where it came from, in the end.
    pub url: Url,
    /// Where to ask from now on, where every redirect on the way was a permanent one.
    pub moved_to: Option<Url>,
}

impl Reply {
    /// A header as text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Whether it says that it is a web page, or is one.
    #[must_use]
    pub fn is_web_page(&self) -> bool {
        let said = self.header("content-type").is_some_and(|kind| kind.trim_start().starts_with("text/html"));
        let head: Vec<u8> = self.body.iter().take(1_000).map(u8::to_ascii_lowercase).collect();
        let head = String::from_utf8_lossy(&head);
        let looks = head.trim_start().starts_with("<!doctype html") || head.contains("<html");
        looks || (said && !head.contains("begin:vcalendar") && !head.contains("multistatus"))
    }

    /// What an answer that cannot be used means.
    #[must_use]
    pub fn error(&self) -> Error {
        let after = self.header("retry-after").and_then(|text| text.trim().parse().ok());
        let retry_after = after.map(Duration::from_secs);
        match self.status {
            200..=299 if self.is_web_page() => Error::NotACalendar(IcsError::Html),
            200..=299 => Error::Server { status: None, retry_after },
            401 => Error::NeedsSignIn,
            404 | 410 => Error::NotFound,
            429 => Error::Quota { retry_after },
            500.. => Error::Server { status: Some(self.status), retry_after },
            status => Error::Refused { status, reason: "http".to_owned() },
        }
    }

    /// Whether asking again as it is may bring another answer. That the server cannot or that there is no room for it
    /// will not change.
    fn passes(&self) -> bool {
        matches!(self.status, 429 | 500 | 502..=506 | 508..)
    }
}

/// A question.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// GET, PROPFIND, REPORT.
    pub method: Method,
    /// Whom.
    pub url: &'a Url,
    /// Beside those of every question.
    pub headers: HeaderMap,
    /// What is sent along.
    pub body: String,
    /// Shown to the site of `url`, and to no other.
    pub credential: Option<&'a Credential>,
}

impl Client {
    /// A client; with `any_certificate` it takes a server at its word, whoever it is.
    ///
    /// # Errors
    /// [`Error::Certificate`] where this system has no certificates to trust.
    pub fn new(bounds: Bounds, patience: Patience, any_certificate: bool) -> Result<Self> {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            // Another part of the process may have chosen already, and that is as good.
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let inner = reqwest::Client::builder()
            .user_agent(concat!("Throughline/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .connect_timeout(bounds.connect)
            .read_timeout(bounds.read)
            .tls_danger_accept_invalid_certs(any_certificate)
            .build()
            .map_err(|_| Error::Certificate)?;
        Ok(Self { inner, bounds, patience })
    }

    /// Asks, follows where the server sends us on, and asks again what may pass.
    ///
    /// # Errors
    /// Where there is no answer, or one that is not to be followed. A status that is no success is an answer, unless it
    /// is one that passes.
    pub async fn ask(&self, question: &Question<'_>) -> Result<Reply> {
        let answered = async || {
            let reply = self.once(question).await?;
            if reply.passes() { Err(reply.error()) } else { Ok(reply) }
        };
        retrying(&self.patience, answered).await
    }

    async fn once(&self, question: &Question<'_>) -> Result<Reply> {
        let mut way = redirect::Way::from(question.url)?;
        loop {
            let mut request =
                self.inner.request(question.method.clone(), way.at().clone()).headers(question.headers.clone());
            if !question.body.is_empty() {
                request = request.body(question.body.clone());
            }
            request = match question.credential {
                Some(Credential::Password { user, password }) => request.basic_auth(user, Some(password)),
                Some(Credential::Bearer(token)) => request.bearer_auth(token),
                None => request,
            };
            let response = request.send().await.map_err(|error| failed(&error))?;
            let status = response.status();
            if let Some(next) = redirect::target(&response) {
                way.follow(&next, status, question.credential.is_some(), self.bounds.redirects)?;
                continue;
            }
            return self.read(response, way).await;
        }
    }

    async fn read(&self, mut response: reqwest::Response, way: redirect::Way) -> Result<Reply> {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let limit = self.bounds.bytes;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| failed(&error))? {
            if body.len() + chunk.len() > limit {
                return Err(Error::TooLarge { limit });
            }
            body.extend_from_slice(&chunk);
        }
        let (url, moved_to) = way.end();
        Ok(Reply { status, headers, body, url, moved_to })
    }
}

/// A header's value; `None` where it cannot be one.
pub(crate) fn header(text: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(text).ok()
}

fn failed(error: &reqwest::Error) -> Error {
    if error.is_timeout() {
        return Error::TimedOut;
    }
    if error.is_builder() {
        return Error::Address("it is not one of the web");
    }
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        // Inside an I/O error stands the one of TLS.
        let tls = inner
            .downcast_ref::<rustls::Error>()
            .or_else(|| inner.downcast_ref::<std::io::Error>()?.get_ref()?.downcast_ref::<rustls::Error>());
        if matches!(tls, Some(rustls::Error::InvalidCertificate(_))) {
            return Error::Certificate;
        }
        cause = inner.source();
    }
    Error::Offline
}

/// Whether a status asks to look elsewhere.
fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}
