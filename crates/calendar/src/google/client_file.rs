//! Who we are to Google: an OAuth client, as its console hands it out.

use oauth2::{AuthUrl, ClientId, ClientSecret, TokenUrl};
use serde_json::Value;
use url::Url;
use yup_oauth2::{ApplicationSecret, ConsoleApplicationSecret};

use super::http::address;
use crate::{Error, Result};

const AUTH: &str = "https://accounts.google.com/o/oauth2/v2/auth";
const TOKEN: &str = "https://oauth2.googleapis.com/token";

/// An OAuth client of the type "Desktop app". Shows no secret when printed.
#[derive(Debug, Clone)]
pub struct OAuthClient {
    id: ClientId,
    secret: Option<ClientSecret>,
    auth: AuthUrl,
    token: TokenUrl,
    revoke: Url,
}

/// Why a file is no client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClientFileError {
    /// No JSON, or not of Google's console.
    #[error("it is not a client file of Google's console")]
    NotOne,
    /// For a web site, which may not send people back to this machine.
    #[error("it is the client of a web site")]
    Web,
    /// Its addresses cannot be used.
    #[error("its addresses cannot be used")]
    Address,
}

impl OAuthClient {
    /// Reads the JSON that Google's console hands out for a desktop app: `{"installed": {…}}`.
    ///
    /// # Errors
    /// Where it is none.
    pub fn read(json: &str) -> Result<Self, ClientFileError> {
        let mut file: Value = serde_json::from_str(json).map_err(|_| ClientFileError::NotOne)?;
        // What we can do without must not make a file unreadable.
        if let Some(installed) = file.get_mut("installed").and_then(Value::as_object_mut) {
            for (key, value) in [
                ("client_secret", Value::from("")),
                ("redirect_uris", Value::Array(Vec::new())),
                ("auth_uri", Value::from(AUTH)),
                ("token_uri", Value::from(TOKEN)),
            ] {
                installed.entry(key).or_insert(value);
            }
        }
        let web = file.get("web").is_some();
        let read: ConsoleApplicationSecret = serde_json::from_value(file).map_err(|_| ClientFileError::NotOne)?;
        match read.installed {
            Some(found) => Self::of(&found).map_err(|_| ClientFileError::Address),
            None if web => Err(ClientFileError::Web),
            None => Err(ClientFileError::NotOne),
        }
    }

    fn of(found: &ApplicationSecret) -> Result<Self> {
        Self::new(&found.client_id, &found.client_secret, &found.auth_uri, &found.token_uri)
    }

    /// A client put together again from what [`OAuthClient::parts`] and [`OAuthClient::secret`] gave.
    ///
    /// # Errors
    /// [`Error::Address`].
    pub fn new(id: &str, secret: &str, auth: &str, token: &str) -> Result<Self> {
        let token_url = address(token)?;
        Ok(Self {
            id: ClientId::new(id.to_owned()),
            secret: (!secret.is_empty()).then(|| ClientSecret::new(secret.to_owned())),
            auth: AuthUrl::from_url(address(auth)?),
            // Google's own is https://oauth2.googleapis.com/revoke, beside /token.
            revoke: token_url.join("revoke").map_err(|_| Error::Address("it is not one"))?,
            token: TokenUrl::from_url(token_url),
        })
    }

    /// What is no secret: the id, and where to sign in and to ask for tokens.
    #[must_use]
    pub fn parts(&self) -> [&str; 3] {
        [self.id.as_str(), self.auth.as_str(), self.token.as_str()]
    }

    /// What Google calls the client's secret, though every copy of a program carries it; empty where there is none.
    #[must_use]
    pub fn secret(&self) -> &str {
        self.secret.as_ref().map_or("", |secret| secret.secret())
    }

    pub(super) fn revoke_url(&self) -> &Url {
        &self.revoke
    }

    pub(super) fn oauth(&self) -> Ready {
        let client = oauth2::basic::BasicClient::new(self.id.clone())
            .set_auth_uri(self.auth.clone())
            .set_token_uri(self.token.clone())
            .set_auth_type(oauth2::AuthType::RequestBody);
        match &self.secret {
            Some(secret) => client.set_client_secret(secret.clone()),
            None => client,
        }
    }
}

/// A client that knows where to sign in and where to ask for tokens.
pub(super) type Ready = oauth2::basic::BasicClient<
    oauth2::EndpointSet,
    oauth2::EndpointNotSet,
    oauth2::EndpointNotSet,
    oauth2::EndpointNotSet,
    oauth2::EndpointSet,
>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_desktop_client_is_read_with_its_own_addresses() {
        let json = r#"{"installed":{"client_id":"c1","project_id":"p","auth_uri":"http://127.0.0.1:9/auth",
            "token_uri":"http://127.0.0.1:9/oauth/token","auth_provider_x509_cert_url":"https://x.example",
            "client_secret":"hush","redirect_uris":["http://localhost"]}}"#;
        let client = OAuthClient::read(json).unwrap();
        assert_eq!(client.parts(), ["c1", "http://127.0.0.1:9/auth", "http://127.0.0.1:9/oauth/token"]);
        assert_eq!(client.revoke_url().as_str(), "http://127.0.0.1:9/oauth/revoke");
        assert!(!format!("{client:?}").contains("hush"));
    }

    #[test]
    fn what_a_file_does_not_say_is_googles() {
        let client = OAuthClient::read(r#"{"installed":{"client_id":"c1"}}"#).unwrap();
        assert_eq!(client.parts(), ["c1", AUTH, TOKEN]);
        assert_eq!(client.revoke_url().as_str(), "https://oauth2.googleapis.com/revoke");
    }

    #[test]
    fn other_files_are_told_apart() {
        for (json, error) in [
            ("", ClientFileError::NotOne),
            ("[]", ClientFileError::NotOne),
            (r#"{"type":"service_account"}"#, ClientFileError::NotOne),
            (r#"{"installed":{}}"#, ClientFileError::NotOne),
            (
                r#"{"web":{"client_id":"c","client_secret":"s","auth_uri":"https://a.example",
                    "token_uri":"https://t.example","redirect_uris":[]}}"#,
                ClientFileError::Web,
            ),
            (r#"{"installed":{"client_id":"c","token_uri":"http://t.example"}}"#, ClientFileError::Address),
        ] {
            assert_eq!(OAuthClient::read(json).err(), Some(error), "{json}");
        }
    }
}
