//! Google accounts: signing in, and the session an account is asked with.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use throughline_calendar::google::{Client, ClientFileError, OAuthClient, Session, SignIn, SignInError};
use throughline_calendar::{Access, Error, RemoteCalendar};
use throughline_core::model::{Account, AccountId, AccountState, Calendar, CalendarId, Provider};
use throughline_core::people::normalize_email;
use throughline_store::{Kind, Write, account, calendar, person};

use crate::accounts::{self, read_file};
use crate::app::App;
use crate::secrets::{self, Secret};
use crate::sync::Cancel;
use crate::sync::stop::{cancelled, needs_sign_in};
use crate::{Failure, Result, clean, view};

/// The client a build carries, as the JSON of Google's console; set at build time.
const BUILT_IN: Option<&str> = option_env!("THROUGHLINE_GOOGLE_CLIENT");

/// How long a person may take in the browser.
const PATIENCE: Duration = Duration::from_secs(300);

/// Whether this build carries a client of its own, so that nobody has to make one.
#[must_use]
pub fn has_client() -> bool {
    BUILT_IN.is_some_and(|json| !json.trim().is_empty())
}

/// A sign-in that waits for the browser: somebody is to open [`Waiting::url`], then [`Waiting::finish`].
#[derive(Debug)]
pub struct Waiting(SignIn);

/// Begins to sign in with the client in `file`, or with the one this build carries.
///
/// # Errors
/// `no_client`, `file_unreadable`, `not_a_client`, `no_keyring`, `wrong_passphrase`, `no_port`.
pub async fn sign_in(app: &App, file: Option<&str>) -> Result<Waiting> {
    let json = match (file, BUILT_IN) {
        (Some(file), _) => String::from_utf8(read_file(Path::new(file)).await?).unwrap_or_default(),
        (None, Some(json)) if has_client() => json.to_owned(),
        _ => {
            return Err(Failure::new("no_client", "This build carries no client to sign in to Google with.")
                .hint("Make one as the README says and name its file with --client, or use the calendar's secret address in iCal format: `throughline account add ics URL`."));
        }
    };
    let client = OAuthClient::read(&json).map_err(not_a_client)?;
    // Before anybody goes to the trouble of a sign-in that could not be kept.
    secrets::place(app).await?;
    Ok(Waiting(SignIn::begin(client, None).await.map_err(told)?))
}

impl Waiting {
    /// The address for the browser.
    #[must_use]
    pub fn url(&self) -> &str {
        self.0.url()
    }

    /// Waits for the browser, keeps the sign-in, and makes the account, or renews the one of the same user. Nothing is
    /// synced.
    ///
    /// # Errors
    /// `sign_in_denied`, `wrong_state`, `sign_in_timed_out`, `scope_missing`, `cancelled`, and as asking the provider.
    pub async fn finish(self, app: &App, cancel: &Cancel) -> Result<view::Added> {
        let work = async {
            let patience = app.surroundings().patience;
            let session = self.0.finish(PATIENCE, patience.call).await.map_err(told)?;
            let kept = keep(app, Arc::clone(&session)).await;
            if kept.is_err() {
                // What cannot be kept is not left lying about at Google.
                let _ = tokio::time::timeout(Duration::from_secs(5), session.revoke()).await;
            }
            kept
        };
        tokio::select! {
            () = cancel.cancelled() => Err(cancelled()),
            done = work => done,
        }
    }
}

async fn keep(app: &App, session: Arc<Session>) -> Result<view::Added> {
    let client = client(app, Arc::clone(&session))?;
    let calendars = client.calendars(None).await.map_err(unpermitted)?.calendars;
    let address = whose(&calendars).ok_or_else(|| {
        Failure::new("no_primary", "Google names no calendar of this user's own.")
            .hint("Open Google Calendar with this user once, then try again.")
    })?;
    let found = account::at_address(&mut *app.read().await?, Provider::Google, &address).await?;
    let id: AccountId = found.map_or_else(|| app.id(), |account| account.id);
    // First the secret: an account without one would ask for a sign-in that was just made.
    let place = secrets::put(app, id, &secret(&session).await?).await?;
    let mut tx = app.write().await?;
    put(app, &mut tx, id, &address, &session, &calendars).await?;
    introduce(&mut tx, &address).await?;
    let account = account::get(&mut tx, id).await?.ok_or_else(accounts::gone)?;
    app.commit(tx, "account add").await?;
    app.sessions().put(id, session);
    Ok(view::Added { account: accounts::told(app, account), secret_in: Some(place.as_str()) })
}

/// The address of the user these calendars are listed for: what the primary one is called by. A stand-in for Google may
/// say it in the name alone, or mark none as primary: then it is that of their own which is called by an address, and by
/// no group's.
fn whose(calendars: &[RemoteCalendar]) -> Option<String> {
    let is_person = |id: &str| normalize_email(id).is_some() && !id.ends_with(".calendar.google.com");
    match calendars.iter().find(|calendar| calendar.primary) {
        Some(primary) => {
            let named = normalize_email(&primary.name).filter(|_| !primary.id.contains('@'));
            Some(named.unwrap_or_else(|| primary.id.clone()))
        }
        None => calendars
            .iter()
            .find(|calendar| calendar.access == Access::Owner && is_person(&calendar.id))
            .map(|own| own.id.clone()),
    }
}

/// Right after a consent, a lack of permission is a box that was left unticked.
fn unpermitted(error: Error) -> Failure {
    match &error {
        Error::Refused { status: 403, reason } if LACKING.contains(&reason.as_str()) => told(SignInError::Partial),
        _ => error.into(),
    }
}

/// How Google calls a permission that does not go so far.
const LACKING: [&str; 2] = ["insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"];

async fn put(
    app: &App,
    tx: &mut Write,
    id: AccountId,
    address: &str,
    session: &Session,
    listed: &[RemoteCalendar],
) -> Result<()> {
    let before = account::get(tx, id).await?;
    match &before {
        Some(_) => tx.touch(Kind::Account, id).await?,
        None => tx.touch_new(Kind::Account, id),
    }
    let name = before.as_ref().map_or_else(|| clean::line(address), |account| account.name.clone());
    let last_sync = before.and_then(|account| account.last_sync);
    account::put(
        tx,
        &Account {
            id,
            provider: Provider::Google,
            name,
            address: address.to_owned(),
            state: AccountState::Ok,
            last_sync,
            error: None,
        },
    )
    .await?;
    account::set_trouble(tx, id, None).await?;
    let [client_id, auth_uri, token_uri] = session.client().parts().map(str::to_owned);
    let settings = serde_json::to_string(&Settings { client_id, auth_uri, token_uri });
    let settings = settings.map_err(|_| Failure::new("internal", "The account could not be stored."))?;
    account::set_settings(tx, id, Some(&settings)).await?;
    tx.feed(Kind::Account, id);
    let known = calendar::of_account(tx, id).await?;
    for remote in listed.iter().filter(|remote| !known.iter().any(|known| known.remote_id == remote.id)) {
        let made = made(app, id, remote);
        calendar::put(tx, &made).await?;
        calendar::set_place(tx, made.id, None, Some(remote.access.as_str()), remote.primary).await?;
        tx.feed(Kind::Calendar, made.id);
    }
    Ok(())
}

/// A calendar heard of for the first time. Enabled: the primary one and those the user owns; others are offered.
pub(crate) fn made(app: &App, account: AccountId, remote: &RemoteCalendar) -> Calendar {
    let id: CalendarId = app.id();
    let own = remote.primary || remote.access == Access::Owner;
    let name = clean::line(&remote.name);
    Calendar {
        id,
        account_id: account,
        remote_id: remote.id.clone(),
        name: if name.is_empty() { remote.id.clone() } else { name },
        enabled: own,
        color: remote.color.clone(),
        owned: own,
        sync_token: None,
    }
}

/// The address somebody signs in with is theirs: else they would meet themselves in their own meetings.
async fn introduce(tx: &mut Write, address: &str) -> Result<()> {
    let Some(email) = normalize_email(address) else { return Ok(()) };
    let everybody = person::all(tx).await?;
    if everybody.iter().any(|person| person.emails.contains(&email)) {
        return Ok(());
    }
    let Some(me) = everybody.iter().find(|person| person.is_me && person.merged_into.is_none()) else { return Ok(()) };
    tx.touch(Kind::Person, me.id).await?;
    if let Some(mut record) = person::record(tx, me.id).await? {
        record.emails.push(email);
        person::put(tx, &[record]).await?;
    }
    Ok(())
}

/// What is stored of an account for Google; none of it is secret.
#[derive(Serialize, Deserialize)]
struct Settings {
    client_id: String,
    auth_uri: String,
    token_uri: String,
}

/// What is kept in the keyring.
#[derive(Serialize, Deserialize)]
struct Kept {
    refresh_token: String,
    client_secret: String,
}

async fn secret(session: &Session) -> Result<Secret> {
    let kept =
        Kept { refresh_token: session.refresh_token().await, client_secret: session.client().secret().to_owned() };
    let kept = serde_json::to_string(&kept).map_err(|_| Failure::new("internal", "The sign-in could not be kept."))?;
    Ok(Secret::new(kept))
}

/// The account, ready to be asked.
pub(crate) async fn open(app: &App, account: &Account) -> Result<Client> {
    if let Some(session) = app.sessions().get(account.id) {
        return client(app, session);
    }
    let session = Arc::new(read(app, account).await?);
    app.sessions().put(account.id, Arc::clone(&session));
    client(app, session)
}

fn client(app: &App, session: Arc<Session>) -> Result<Client> {
    let surroundings = app.surroundings();
    Ok(Client::new(session, surroundings.google_api.as_deref(), surroundings.patience)?)
}

async fn read(app: &App, account: &Account) -> Result<Session> {
    let link = account::link(&mut *app.read().await?, account.id).await?;
    let settings = link.settings.and_then(|json| serde_json::from_str::<Settings>(&json).ok());
    let kept = secrets::get(app, account.id).await?;
    let kept = kept.and_then(|secret| serde_json::from_str::<Kept>(secret.expose()).ok());
    let (Some(settings), Some(kept)) = (settings, kept) else { return Err(needs_sign_in()) };
    let client = OAuthClient::new(&settings.client_id, &kept.client_secret, &settings.auth_uri, &settings.token_uri)?;
    Ok(Session::new(client, &kept.refresh_token))
}

/// Keeps another refresh token, where the provider gave one.
pub(crate) async fn settle(app: &App, account: AccountId, session: &Session) -> Result<()> {
    if session.rotated().await.is_some() {
        secrets::put(app, account, &secret(session).await?).await?;
    }
    Ok(())
}

/// Takes an account's session away from this program, to be given back with [`leave`] once the account is gone.
pub(crate) async fn take(app: &App, account: &Account) -> Option<Arc<Session>> {
    match app.sessions().take(account.id) {
        Some(session) => Some(session),
        None => read(app, account).await.ok().map(Arc::new),
    }
}

/// Gives the permission back, as far as Google can be reached.
pub(crate) async fn leave(app: &App, session: &Session) {
    let wait = app.surroundings().patience.call.min(Duration::from_secs(10));
    let _ = tokio::time::timeout(wait, session.revoke()).await;
}

/// The sessions of this program: each with an access token in memory, and one refresh at a time.
#[derive(Debug, Default)]
pub(crate) struct Sessions(Mutex<HashMap<AccountId, Arc<Session>>>);

impl Sessions {
    fn get(&self, account: AccountId) -> Option<Arc<Session>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&account).cloned()
    }

    fn put(&self, account: AccountId, session: Arc<Session>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(account, session);
    }

    /// Forgets a session that is of no more use: another sign-in, perhaps of another program, is then read anew.
    pub fn take(&self, account: AccountId) -> Option<Arc<Session>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&account)
    }
}

fn not_a_client(error: ClientFileError) -> Failure {
    let hint = match error {
        ClientFileError::Web => "Make a client of the type “Desktop app” and download its JSON.",
        ClientFileError::Address => "Its auth_uri and token_uri have to begin with https.",
        ClientFileError::NotOne => "Download the JSON of a client of the type “Desktop app” from Google's console.",
    };
    Failure::new("not_a_client", format!("The client file cannot be used: {error}.")).hint(hint)
}

fn told(error: SignInError) -> Failure {
    match error {
        SignInError::NoPort => Failure::new("no_port", "No port of this machine could be opened for the sign-in."),
        SignInError::Denied => Failure::new("sign_in_denied", "The permission was not given; nothing was changed.")
            .hint("Add the account again when you want to give it."),
        SignInError::WrongState => Failure::new(
            "wrong_state",
            "The browser came back from another sign-in than this one; nothing was changed.",
        )
        .hint("Close its old pages and add the account again."),
        SignInError::TimedOut => {
            Failure::new("sign_in_timed_out", "Nobody came back from the browser; nothing was changed.")
                .hint("Add the account again.")
        }
        SignInError::Partial => Failure::new("scope_missing", "Part of the permission was left out.")
            .hint("Add the account again and tick both boxes: seeing the events, and seeing the list of calendars."),
        SignInError::NoRefreshToken => {
            Failure::new("no_refresh_token", "Google gave no lasting permission; nothing was changed.")
                .hint("Remove Throughline from the connections of your Google account, then add the account again.")
        }
        SignInError::Provider(error) => error.into(),
    }
}
