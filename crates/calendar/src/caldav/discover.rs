//! From what a person types to where their calendars are (RFC 6764).

use std::time::Duration;

use domain::base::Name;
use libdav::Depth;
use libdav::dav::Propfind;
use libdav::names;
use libdav::sd::{DiscoverableService, find_context_path_via_txt_records, resolve_srv_record};
use reqwest::Method;
use reqwest::header::HeaderMap;
use url::{Host, Url};

use super::{NO_ANSWER, Place, Session, ask};
use crate::web::{Client, Credential, Question, same_site};
use crate::{Error, Result};

/// A password in an address would end up where addresses are shown.
const BAD_ADDRESS: Error = Error::Address("it is not one of a server, or holds a password");

/// How long a look into the DNS may take.
const DNS: Duration = Duration::from_secs(5);

/// Finds a user's calendars from an address, a principal's address, a calendar's own, an e-mail address or a domain.
/// A credential is shown to the site that was named and to no other; `https` is taken where no scheme is named.
///
/// # Errors
/// [`Error::OtherSite`] where the calendars are kept elsewhere, [`Error::NeedsSignIn`] where the server knows
/// nobody like that, [`Error::NotFound`] where no calendar server is found.
pub async fn discover(client: &Client, typed: &str, credential: &Credential) -> Result<Place> {
    let typed = typed.trim();
    let named = named(typed)?;
    let mut last = Error::NotFound;
    for context in contexts(client, &named, !typed.contains("://")).await {
        let tried = async {
            let url = context?;
            if !same_site(&named, &url) {
                return Err(Error::OtherSite { host: url.host_str().unwrap_or_default().to_owned() });
            }
            look(&Session::new(client.clone(), credential.clone(), url.clone()), &url).await
        };
        match tried.await {
            Ok(place) => return Ok(place),
            // The more telling of two failures is the one to tell.
            Err(error) if telling(&error) >= telling(&last) => last = error,
            Err(_) => {}
        }
    }
    Err(last)
}

/// Which failure says most about what to do.
fn telling(error: &Error) -> u8 {
    match error {
        Error::NotFound => 0,
        Error::Server { status: None, .. } | Error::NotACalendar(_) | Error::Refused { .. } => 1,
        Error::NeedsSignIn | Error::OtherSite { .. } | Error::Certificate => 3,
        _ => 2,
    }
}

/// The address of a server from what was typed: `me@example.org` and `example.org` name a domain.
fn named(typed: &str) -> Result<Url> {
    let text = match typed.split_once("://") {
        Some(("http" | "https", _)) => typed.to_owned(),
        Some(_) => return Err(BAD_ADDRESS),
        None => {
            let host = typed.strip_prefix("mailto:").unwrap_or(typed);
            let host = host.rsplit('@').next().unwrap_or_default();
            format!("https://{host}")
        }
    };
    let url = Url::parse(&text).map_err(|_| BAD_ADDRESS)?;
    let bare = url.has_host() && url.username().is_empty() && url.password().is_none();
    if bare { Ok(url) } else { Err(BAD_ADDRESS) }
}

type Contexts = Vec<Result<Url>>;

/// Where to look, best first.
async fn contexts(client: &Client, named: &Url, domain: bool) -> Contexts {
    let mut found = Contexts::new();
    if domain {
        found.extend(by_dns(named).await);
    } else {
        found.push(Ok(named.clone()));
    }
    match well_known(client, named).await {
        Ok(Some(url)) => found.push(Ok(url)),
        Ok(None) => {}
        Err(error) => found.push(Err(error)),
    }
    found.extend(named.join("/").ok().map(Ok));
    found.dedup();
    found
}

/// Where the well-known address sends us on to. It is asked without a credential, for it may send us anywhere.
async fn well_known(client: &Client, named: &Url) -> Result<Option<Url>> {
    let Ok(at) = named.join("/.well-known/caldav") else { return Ok(None) };
    let properties = [&names::CURRENT_USER_PRINCIPAL];
    let propfind = Propfind::new("/").with_properties(&properties).with_depth(Depth::Zero);
    let answer = ask(client, &propfind, &at, None).await?;
    if answer.url != at || answer.status == 207 {
        return Ok(Some(answer.url));
    }
    let (method, headers) = (Method::GET, HeaderMap::new());
    let question = Question { method, url: &at, headers, body: String::new(), credential: None };
    let answer = client.ask(&question).await?;
    Ok((answer.url != at || answer.status == 401).then_some(answer.url))
}

/// The servers a domain names for its calendars (SRV), with the path it names (TXT).
async fn by_dns(named: &Url) -> Contexts {
    let Some(Host::Domain(domain)) = named.host() else { return Contexts::new() };
    let Ok(name) = Name::bytes_from_str(domain) else { return Contexts::new() };
    let service = DiscoverableService::CalDavs;
    let looked = async {
        let servers = resolve_srv_record(service, &name, 443).await.ok().flatten().unwrap_or_default();
        let path = find_context_path_via_txt_records(service, &name).await.ok().flatten();
        (servers, path)
    };
    let Ok((servers, path)) = tokio::time::timeout(DNS, looked).await else { return Contexts::new() };
    let path = path.as_ref().map_or("/.well-known/caldav", |path| path.as_str());
    let servers = servers.into_iter().map(|(host, port)| (host.trim_end_matches('.').to_owned(), port));
    // Without a record the lookup gives the domain itself, which has its turn anyway.
    let servers = servers.filter(|(host, port)| host != domain || *port != 443);
    servers
        .take(4)
        .filter_map(|(host, port)| Url::parse(&format!("https://{host}:{port}{path}")).ok().map(Ok))
        .collect()
}

/// From an address that answers to the calendars: it may be a calendar, a principal, a home or a front door.
async fn look(session: &Session, at: &Url) -> Result<Place> {
    let mut place = Place { site: at.clone(), homes: Vec::new(), only: None, principal: None, addresses: Vec::new() };
    let Some(first) = session.properties(at, Depth::Zero).await?.responses.into_iter().next() else {
        return Err(NO_ANSWER);
    };
    let props = first.props;
    place.principal = props.principal;
    if props.is_calendar {
        place.only = Some(first.url.clone());
    }
    place.homes = props.homes;
    place.addresses = props.addresses;
    if let Some(principal) = place.principal.clone().filter(|_| place.homes.is_empty()) {
        let told = session.properties(&principal, Depth::Zero).await;
        // A calendar that was named needs nobody to be found.
        let told = if place.only.is_some() { told.unwrap_or_default() } else { told? };
        if let Some(found) = told.responses.into_iter().next() {
            place.homes = found.props.homes;
            place.addresses = found.props.addresses;
        }
    }
    if place.only.is_some() {
        place.homes.clear();
        return Ok(place);
    }
    if place.homes.is_empty() && props.is_collection {
        let inside = session.properties(at, Depth::One).await?.responses;
        if inside.iter().any(|response| response.props.is_calendar) {
            place.homes.push(at.clone());
        }
    }
    if place.homes.is_empty() { Err(Error::NotFound) } else { Ok(place) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_names_a_server() {
        for (typed, expected) in [
            ("https://example.org/dav/", Some("https://example.org/dav/")),
            ("http://127.0.0.1:5232", Some("http://127.0.0.1:5232/")),
            ("ana@example.org", Some("https://example.org/")),
            ("mailto:ana@example.org", Some("https://example.org/")),
            ("example.org", Some("https://example.org/")),
            ("caldav.example.org:8443", Some("https://caldav.example.org:8443/")),
            ("https://ana:secret@example.org/", None),
            ("ftp://example.org", None),
            ("", None),
        ] {
            assert_eq!(named(typed).ok().map(String::from).as_deref(), expected, "{typed}");
        }
    }
}
