//! What every calendar on the web is asked through: one client with bounds on time, size and redirects, which keeps a
//! credential where it belongs.

mod redirect;

use std::fmt;
use std::sync::Once;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{Method, StatusCode};
use url::Url;

pub use redirect::same_site;

/// How long and how much.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// For a connection to stand.
    pub connect: Duration,
    /// Between two pieces of an answer.
    pub read: Duration,
    /// For one answer as a whole.
    pub total: Duration,
    /// Bytes of one answer, unpacked.
    pub bytes: usize,
    /// Times a server may send us on.
    pub redirects: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { connect: seconds(10), read: seconds(30), total: seconds(120), bytes: 64 << 20, redirects: 5 }
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

/// Why an address could not be asked. None of them holds the address, which may be a secret itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WebError {
    /// It is no address that can be asked.
    #[error("this is not an address on the web")]
    BadAddress,
    /// Nobody answers there, or there is no way to them.
    #[error("the server cannot be reached")]
    Unreachable,
    /// The server's certificate is not one to trust.
    #[error("the server's certificate cannot be trusted")]
    Certificate,
    /// No answer in time.
    #[error("the server took too long to answer")]
    TimedOut,
    /// The answer broke off.
    #[error("the server's answer broke off")]
    BrokenOff,
    /// More than is taken.
    #[error("the server's answer is larger than {limit} bytes")]
    TooLarge {
        /// What is taken.
        limit: usize,
    },
    /// Who we are was not accepted.
    #[error("the server does not accept the user name and password")]
    Unauthorized,
    /// Not for us.
    #[error("the server refuses access")]
    Forbidden,
    /// Nothing there (any more).
    #[error("there is no calendar at this address")]
    NotFound,
    /// Too many questions.
    #[error("the server asks to be asked less often")]
    TooMany {
        /// When it may be asked again, where it says so.
        after: Option<Duration>,
    },
    /// The server is not well.
    #[error("the server has a problem of its own ({status})")]
    Server {
        /// The HTTP status.
        status: u16,
        /// When it may be asked again, where it says so.
        after: Option<Duration>,
    },
    /// Sent on more often than is followed, or in a circle.
    #[error("the server sends us from one address to the next")]
    TooManyRedirects,
    /// Sent on to another site, which is not to see the password.
    #[error("the server sends us on to {host}, another site, which was not given the password")]
    OtherSite {
        /// The site's host.
        host: String,
    },
    /// Sent on from an encrypted address to one that is not.
    #[error("the server sends us on to an address that is not encrypted")]
    Downgrade,
    /// An answer that is none.
    #[error("the server's answer is not one of a calendar server")]
    BadAnswer,
    /// A web page where a calendar should be.
    #[error("the server answers with a web page and not with a calendar; perhaps one has to sign in there first")]
    WebPage,
    /// Any other refusal.
    #[error("the server refused ({status})")]
    Refused {
        /// The HTTP status.
        status: u16,
    },
}

impl WebError {
    /// Whether asking again soon may help.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Unreachable | Self::TimedOut | Self::BrokenOff | Self::TooMany { .. } | Self::Server { .. }
        )
    }
}

/// A client for one account.
#[derive(Debug, Clone)]
pub struct Client {
    inner: reqwest::Client,
    bounds: Bounds,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
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

impl Answer {
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

    /// What a status that is no success means.
    #[must_use]
    pub fn error(&self) -> WebError {
        let after = self.header("retry-after").and_then(|text| text.trim().parse().ok()).map(Duration::from_secs);
        match self.status {
            401 => WebError::Unauthorized,
            403 => WebError::Forbidden,
            404 | 410 => WebError::NotFound,
            429 => WebError::TooMany { after },
            500.. => WebError::Server { status: self.status, after },
            status => WebError::Refused { status },
        }
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
    /// A client; `any_certificate` takes a server at its word, whoever it is.
    ///
    /// # Errors
    /// [`WebError::Certificate`] where this system has no certificates to trust.
    pub fn new(bounds: Bounds, any_certificate: bool) -> Result<Self, WebError> {
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
            .timeout(bounds.total)
            .tls_danger_accept_invalid_certs(any_certificate)
            .build()
            .map_err(|_| WebError::Certificate)?;
        Ok(Self { inner, bounds })
    }

    /// Asks, and follows where the server sends us on.
    ///
    /// # Errors
    /// Where there is no answer, or one that is not to be followed. A status that is no success is an answer.
    pub async fn ask(&self, question: &Question<'_>) -> Result<Answer, WebError> {
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

    async fn read(&self, mut response: reqwest::Response, way: redirect::Way) -> Result<Answer, WebError> {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let limit = self.bounds.bytes;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| failed(&error))? {
            if body.len() + chunk.len() > limit {
                return Err(WebError::TooLarge { limit });
            }
            body.extend_from_slice(&chunk);
        }
        let (url, moved_to) = way.end();
        Ok(Answer { status, headers, body, url, moved_to })
    }
}

/// A header's value; `None` where it cannot be one.
pub(crate) fn header(text: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(text).ok()
}

fn failed(error: &reqwest::Error) -> WebError {
    if error.is_timeout() {
        return WebError::TimedOut;
    }
    if error.is_builder() {
        return WebError::BadAddress;
    }
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        // Inside an I/O error stands the one of TLS.
        let tls = inner.downcast_ref::<rustls::Error>().or_else(|| {
            inner.downcast_ref::<std::io::Error>()?.get_ref()?.downcast_ref::<rustls::Error>()
        });
        if matches!(tls, Some(rustls::Error::InvalidCertificate(_))) {
            return WebError::Certificate;
        }
        cause = inner.source();
    }
    if error.is_connect() { WebError::Unreachable } else { WebError::BrokenOff }
}

/// Whether a status asks to look elsewhere.
fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}
