//! Accounts on CalDAV servers.

use serde::{Deserialize, Serialize};
use throughline_calendar::caldav::{Place, Session, Wanted, calendars, discover, fetch};
use throughline_calendar::web::{Bounds, Client, Credential};
use throughline_calendar::{Answer, CalendarList, Cursor, Error, Known, Patience};
use throughline_core::calendar::Limits;
use throughline_core::model::{Account, AccountId, AccountState, Provider};
use throughline_store::{Kind, account};
use url::Url;

use super::{gone, told};
use crate::app::App;
use crate::secrets::{self, Secret};
use crate::sync::stop::{Stop, needs_sign_in};
use crate::{Failure, Result, clean, view};

/// How to reach calendars on a CalDAV server.
#[derive(Debug, Clone)]
pub struct NewCaldav {
    /// The server's address, a calendar's own, an e-mail address or a domain.
    pub server: String,
    /// The user's name there; the e-mail address where that was given as `server`.
    pub user: Option<String>,
    /// The password, or the token.
    pub secret: Secret,
    /// Whether `secret` is a bearer token.
    pub bearer: bool,
    /// Takes the server at its word, whoever it is.
    pub accept_invalid_certificate: bool,
    /// What to call it.
    pub name: Option<String>,
}

/// What is remembered of the server; the secret is elsewhere.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Settings {
    place: Place,
    user: String,
    #[serde(default)]
    bearer: bool,
    #[serde(default)]
    accept_invalid_certificate: bool,
}

/// Adds the calendars of a user on a CalDAV server as an account, once the server has let them in; nothing is synced yet.
/// The same user again renews the account there is.
///
/// # Errors
/// `user_missing`, `sign_in_refused`, `no_calendars`, `other_site`, `untrusted_certificate`, `unsupported_address`,
/// `no_keyring`, and why the server could not be asked.
pub async fn add(app: &App, new: &NewCaldav) -> Result<view::Account> {
    let typed = new.server.trim();
    let address = typed.strip_prefix("mailto:").unwrap_or(typed);
    let own = (address.contains('@') && !address.contains('/')).then(|| address.to_owned());
    let user = new.user.clone().or(own).ok_or_else(|| {
        Failure::usage("user_missing", "A user is needed to sign in to a calendar server.").hint("Say it with --user.")
    })?;
    secrets::place(app).await?;
    let client = client(app, new.accept_invalid_certificate)?;
    let credential = credential(&user, new.bearer, &new.secret);
    let place = discover(&client, typed, &credential).await.map_err(refused)?;
    let session = Session::new(client, credential, place.site.clone());
    if calendars(&session, &place).await.map_err(refused)?.calendars.is_empty() {
        return Err(none_there());
    }
    let address = format!("{} {user}", place.principal.as_ref().or(place.only.as_ref()).unwrap_or(&place.site));
    let mut name = new.name.clone().unwrap_or_else(|| match user.contains('@') {
        true => user.clone(),
        false => format!("{user} at {}", place.site.host_str().unwrap_or_default()),
    });
    let mut tx = app.write().await?;
    let known = account::at_address(&mut tx, Provider::Caldav, &address).await?;
    let id: AccountId = known.as_ref().map_or_else(|| app.id(), |known| known.id);
    match &known {
        Some(_) => tx.touch(Kind::Account, id).await?,
        None => tx.touch_new(Kind::Account, id),
    }
    if let Some(known) = known.as_ref().filter(|_| new.name.is_none()) {
        name.clone_from(&known.name);
    }
    secrets::put(app, id, &new.secret).await?;
    let account = Account {
        id,
        provider: Provider::Caldav,
        name: clean::line(&name),
        address,
        state: AccountState::Ok,
        last_sync: known.and_then(|known| known.last_sync),
        error: None,
    };
    account::put(&mut tx, &account).await?;
    account::set_trouble(&mut tx, id, None).await?;
    let settings =
        Settings { place, user, bearer: new.bearer, accept_invalid_certificate: new.accept_invalid_certificate };
    let settings = serde_json::to_string(&settings).map_err(|_| internal())?;
    account::set_settings(&mut tx, id, Some(&settings)).await?;
    let account = account::get(&mut tx, id).await?.ok_or_else(gone)?;
    app.commit(tx, "account add").await?;
    Ok(told(app, account))
}

/// A CalDAV server, ready to be asked.
pub(crate) struct Server {
    session: Session,
    place: Place,
    me: Vec<String>,
}

impl Server {
    pub async fn open(app: &App, account: &Account) -> Result<Self> {
        let link = account::link(&mut *app.read().await?, account.id).await?;
        let settings: Settings =
            link.settings.and_then(|text| serde_json::from_str(&text).ok()).ok_or_else(internal)?;
        let secret = secrets::get(app, account.id).await?.ok_or_else(needs_sign_in)?;
        let credential = credential(&settings.user, settings.bearer, &secret);
        let client = client(app, settings.accept_invalid_certificate)?;
        let session = Session::new(client, credential, settings.place.site.clone());
        let mut me = settings.place.addresses.clone();
        // A server that does not say at which addresses its user is invited often knows them by one.
        if me.is_empty() && settings.user.contains('@') {
            me.push(settings.user.to_lowercase());
        }
        Ok(Self { session, place: settings.place, me })
    }

    pub async fn calendars(&self) -> Result<CalendarList, Error> {
        calendars(&self.session, &self.place).await
    }

    pub async fn fetch(&self, url: Option<&str>, since: &Cursor, known: &Known, full: bool) -> Result<Answer, Stop> {
        let url = url.and_then(|url| Url::parse(url).ok()).ok_or_else(internal)?;
        let limits = Limits::default();
        Ok(fetch(&self.session, &Wanted { url: &url, since, known, full, me: &self.me, limits: &limits }).await?)
    }
}

fn credential(user: &str, bearer: bool, secret: &Secret) -> Credential {
    let secret = secret.expose().to_owned();
    if bearer { Credential::Bearer(secret) } else { Credential::Password { user: user.to_owned(), password: secret } }
}

fn client(app: &App, any_certificate: bool) -> Result<Client> {
    let patience = app.surroundings().patience;
    let patience = Patience { call: patience.call * 3, ..patience };
    Ok(Client::new(Bounds::default(), patience, any_certificate)?)
}

fn internal() -> Failure {
    Failure::new("internal", "What is remembered of this account cannot be read.").hint("Remove it and add it again.")
}

fn none_there() -> Failure {
    Failure::new("no_calendars", "No calendars were found there.")
        .hint("Name the address that your provider gives for CalDAV, or that of one calendar.")
}

/// Why an account could not be added.
fn refused(error: Error) -> Failure {
    match error {
        Error::NeedsSignIn => Failure::new("sign_in_refused", "The server does not accept this user and password.")
            .hint("Some providers want a password made for this app alone; make one in your account's settings there."),
        Error::NotFound | Error::NotACalendar(_) | Error::Server { status: None, .. } => none_there(),
        other => other.into(),
    }
}
