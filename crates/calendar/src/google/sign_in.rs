//! Signing in: the system's browser, PKCE (RFC 7636), a state, and a redirect to this machine (RFC 8252).

use std::sync::Arc;
use std::time::Duration;

use oauth2::{AuthorizationCode, CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse};

use super::client_file::OAuthClient;
use super::loopback::Loopback;
use super::session::{Endpoint, Session, told};
use super::{http, reply};
use crate::{Error, Result};

/// Reading events, and which calendars there are: the least that does (`calendar.readonly` is more than both).
const SCOPES: [&str; 2] = [
    "https://www.googleapis.com/auth/calendar.events.readonly",
    "https://www.googleapis.com/auth/calendar.calendarlist.readonly",
];
/// Either of these has everything.
const WIDER: [&str; 2] =
    ["https://www.googleapis.com/auth/calendar.readonly", "https://www.googleapis.com/auth/calendar"];

/// A sign-in that waits for the browser to come back. Shows no secret when printed.
#[derive(Debug)]
pub struct SignIn {
    client: OAuthClient,
    loopback: Loopback,
    url: String,
    state: CsrfToken,
    verifier: PkceCodeVerifier,
}

/// Why nobody was signed in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// No port of this machine could be opened.
    #[error("no port of this machine could be opened")]
    NoPort,
    /// The person said no.
    #[error("the permission was not given")]
    Denied,
    /// The browser came back from another sign-in than this, or from nowhere good.
    #[error("the browser came back from another sign-in")]
    WrongState,
    /// The browser did not come back.
    #[error("the browser did not come back in time")]
    TimedOut,
    /// Boxes were left unticked.
    #[error("part of the permission was not given")]
    Partial,
    /// Without one there is nothing to keep.
    #[error("the provider gave nothing to stay signed in with")]
    NoRefreshToken,
    /// The provider failed or refused.
    #[error(transparent)]
    Provider(#[from] Error),
}

impl SignIn {
    /// Opens a port and makes the address for the browser. `who` is asked for first where it is known.
    ///
    /// # Errors
    /// [`SignInError::NoPort`].
    pub async fn begin(client: OAuthClient, who: Option<&str>) -> Result<Self, SignInError> {
        let loopback = Loopback::bind().await.map_err(|_| SignInError::NoPort)?;
        let redirect = redirect(&loopback)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let oauth = client.oauth().set_redirect_uri(redirect);
        let mut request = oauth
            .authorize_url(CsrfToken::new_random)
            .add_scopes(SCOPES.map(|scope| Scope::new(scope.to_owned())))
            .set_pkce_challenge(challenge)
            // A refresh token is given at a consent, and only when asked for.
            .add_extra_param("access_type", "offline")
            .add_extra_param("prompt", "consent");
        if let Some(who) = who {
            request = request.add_extra_param("login_hint", who);
        }
        let (url, state) = request.url();
        Ok(Self { client, loopback, url: url.into(), state, verifier })
    }

    /// Where the browser is to go.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Waits for the browser, and changes what it brings into a session.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn finish(self, patience: Duration, call_time: Duration) -> Result<Arc<Session>, SignInError> {
        let Self { client, loopback, state, verifier, .. } = self;
        let redirect = redirect(&loopback)?;
        let ours = |other: &Option<String>| other.as_deref() == Some(state.secret());
        let waiting = loopback.wait(|brought| brought.error.is_none() && ours(&brought.state));
        let brought = tokio::time::timeout(patience, waiting).await.map_err(|_| SignInError::TimedOut)?;
        let code = match (brought.error, brought.code) {
            // A refusal that forgot the state is still one; nothing comes of it.
            (Some(error), _) if brought.state.is_none() || ours(&brought.state) => {
                return Err(match error.as_str() {
                    "access_denied" => SignInError::Denied,
                    other => Error::Refused { status: 400, reason: reply::word(other) }.into(),
                });
            }
            (None, Some(code)) if ours(&brought.state) => code,
            _ => return Err(SignInError::WrongState),
        };
        let http = http::client();
        let oauth = client.oauth().set_redirect_uri(redirect);
        let ask = Endpoint(http.clone());
        let exchange =
            oauth.exchange_code(AuthorizationCode::new(code)).set_pkce_verifier(verifier).request_async(&ask);
        let answer = match tokio::time::timeout(call_time, exchange).await {
            Ok(answer) => answer.map_err(|error| match told(error) {
                // Of a code, not of a refresh token.
                Error::NeedsSignIn => Error::Refused { status: 400, reason: "invalid_grant".to_owned() },
                other => other,
            })?,
            Err(_) => return Err(Error::TimedOut.into()),
        };
        let refresh = answer.refresh_token().cloned();
        let given: Vec<&str> = answer.scopes().into_iter().flatten().flat_map(|scope| scope.split(' ')).collect();
        let partial = is_partial(&given);
        let access = (answer.access_token().clone(), answer.expires_in());
        let refresh = refresh.filter(|token| !token.secret().is_empty()).ok_or(SignInError::NoRefreshToken)?;
        let session = Session::with(http, client, refresh, Some(access));
        if partial {
            // Not to be left lying about at Google either.
            let _ = tokio::time::timeout(call_time, session.revoke()).await;
            return Err(SignInError::Partial);
        }
        Ok(Arc::new(session))
    }
}

fn redirect(loopback: &Loopback) -> Result<RedirectUrl, SignInError> {
    RedirectUrl::new(loopback.address().to_owned()).map_err(|_| SignInError::NoPort)
}

/// Whether one of the two boxes was ticked and the other not. Who says nothing of scopes, or names others, is believed.
fn is_partial(given: &[&str]) -> bool {
    let has = |scope: &&str| given.contains(scope);
    !WIDER.iter().any(has) && SCOPES.iter().any(has) && !SCOPES.iter().all(has)
}
