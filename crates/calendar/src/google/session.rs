//! Access tokens from a refresh token: in memory alone, renewed ahead of time, once at a time.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use google_calendar3::common::{self, GetToken};
use google_calendar3::hyper;
use oauth2::basic::BasicErrorResponseType;
use oauth2::{AccessToken, HttpRequest, HttpResponse, RefreshToken, RequestTokenError, TokenResponse};
use tokio::sync::Mutex;

use super::client_file::OAuthClient;
use super::http::{self, Http};
use super::reply;
use crate::{Error, Result};

/// The longest time before its end that a token is no longer used.
const AHEAD: Duration = Duration::from_secs(300);
/// What a token endpoint may send.
const LARGEST: usize = 64 << 10;

/// A person's permission to read their calendars. Shows no token when printed.
pub struct Session {
    http: Http,
    client: OAuthClient,
    state: Mutex<State>,
}

struct State {
    refresh: RefreshToken,
    /// Whether the provider gave another refresh token than the one that was brought.
    rotated: bool,
    access: Option<Held>,
}

#[derive(Clone)]
struct Held {
    token: AccessToken,
    until: Instant,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("client", &self.client).finish_non_exhaustive()
    }
}

impl Session {
    /// Takes up a session with its refresh token. Nobody is asked yet.
    #[must_use]
    pub fn new(client: OAuthClient, refresh: &str) -> Self {
        Self::with(http::client(), client, RefreshToken::new(refresh.to_owned()), None)
    }

    pub(super) fn with(
        http: Http,
        client: OAuthClient,
        refresh: RefreshToken,
        access: Option<(AccessToken, Option<Duration>)>,
    ) -> Self {
        let access = access.and_then(|(token, lasts)| held(token, lasts).ok());
        Self { http, client, state: Mutex::new(State { refresh, rotated: false, access }) }
    }

    /// Who asks.
    #[must_use]
    pub fn client(&self) -> &OAuthClient {
        &self.client
    }

    pub(super) fn http(&self) -> &Http {
        &self.http
    }

    /// The refresh token: for the keyring, and for nothing that is printed.
    pub async fn refresh_token(&self) -> String {
        self.state.lock().await.refresh.secret().clone()
    }

    /// The refresh token, where the provider gave another than was brought and nobody took it yet.
    pub async fn rotated(&self) -> Option<String> {
        let mut state = self.state.lock().await;
        std::mem::take(&mut state.rotated).then(|| state.refresh.secret().clone())
    }

    /// An access token that is still good for a while. Whoever comes while it is being renewed waits for that one.
    async fn access(&self) -> Result<AccessToken> {
        let mut state = self.state.lock().await;
        match &state.access {
            Some(held) if Instant::now() < held.until => Ok(held.token.clone()),
            _ => self.renew(&mut state).await,
        }
    }

    /// Forgets the access token that was refused, unless it has been renewed meanwhile.
    pub(super) async fn refused(&self) {
        self.state.lock().await.access = None;
    }

    async fn renew(&self, state: &mut State) -> Result<AccessToken> {
        state.access = None;
        let ask = Endpoint(self.http.clone());
        let answer = self.client.oauth().exchange_refresh_token(&state.refresh).request_async(&ask).await;
        let answer = answer.map_err(told)?;
        let fresh = held(answer.access_token().clone(), answer.expires_in())?;
        if let Some(refresh) = answer.refresh_token().filter(|other| other.secret() != state.refresh.secret()) {
            state.refresh = refresh.clone();
            state.rotated = true;
        }
        state.access = Some(fresh.clone());
        Ok(fresh.token)
    }

    /// Tells the provider that the permission is given back.
    ///
    /// # Errors
    /// Where it cannot be told; the permission then holds on until the person takes it back themselves.
    pub async fn revoke(&self) -> Result<()> {
        let refresh = self.state.lock().await.refresh.clone();
        let body: String =
            url::form_urlencoded::Serializer::new(String::new()).append_pair("token", refresh.secret()).finish();
        let request = hyper::Request::post(self.client.revoke_url().as_str())
            .header(hyper::header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body.into_bytes())
            .map_err(|_| Error::Address("it is not one"))?;
        let status = call(&self.http, request).await?.status();
        if status.is_success() { Ok(()) } else { Err(reply::of_status(status.as_u16(), None)) }
    }
}

/// A token as a header takes it: anything else would be a trick of the server's.
fn held(token: AccessToken, lasts: Option<Duration>) -> Result<Held> {
    if token.secret().is_empty() || !token.secret().bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Error::Server { status: None, retry_after: None });
    }
    let lasts = lasts.unwrap_or(Duration::from_secs(3_600)).min(Duration::from_secs(86_400));
    Ok(Held { token, until: Instant::now() + lasts - AHEAD.min(lasts / 2) })
}

/// The token endpoint, as oauth2 calls it.
pub(super) struct Endpoint(pub Http);

impl<'c> oauth2::AsyncHttpClient<'c> for Endpoint {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(call(&self.0, request))
    }
}

/// One call of the token endpoint; what passes by itself is told apart from what it answered.
async fn call(http: &Http, request: HttpRequest) -> Result<HttpResponse> {
    let (parts, body) = request.into_parts();
    let request = hyper::Request::from_parts(parts, common::to_body(Some(body)));
    let response = http.request(request).await.map_err(|_| Error::Offline)?;
    let (parts, body) = response.into_parts();
    if parts.status.is_server_error() || parts.status.as_u16() == 429 {
        return Err(reply::of_status(parts.status.as_u16(), reply::retry_after(&parts.headers)));
    }
    let bytes = reply::bounded(body, LARGEST).await?;
    Ok(HttpResponse::from_parts(parts, bytes))
}

/// Nothing of what oauth2 says of itself is passed on: it may hold the answer, and with it a token.
pub(super) fn told(error: RequestTokenError<Error, oauth2::basic::BasicErrorResponse>) -> Error {
    match error {
        RequestTokenError::Request(error) => error,
        RequestTokenError::ServerResponse(answer) => match answer.error() {
            BasicErrorResponseType::InvalidGrant => Error::NeedsSignIn,
            other => Error::Refused { status: 400, reason: reply::word(other.as_ref()) },
        },
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => Error::Server { status: None, retry_after: None },
    }
}

/// The session as the hub wants it.
#[derive(Clone)]
pub(super) struct Tokens(pub Arc<Session>);

type Given<'a> =
    Pin<Box<dyn Future<Output = Result<Option<String>, Box<dyn std::error::Error + Send + Sync>>> + Send + 'a>>;

impl GetToken for Tokens {
    fn get_token<'a>(&'a self, _scopes: &'a [&str]) -> Given<'a> {
        Box::pin(async move { Ok(Some(self.0.access().await?.secret().clone())) })
    }
}
