//! Being sent on: how far, to whom, and whether for good.

use reqwest::StatusCode;
use url::{Host, Url};

use super::is_redirect;
use crate::{Error, Result};

const NOT_OF_THE_WEB: &str = "it is not one of the web";
const LESS: &str = "it sends on to one that is not encrypted";
const ROUND: &str = "it sends on and on, without end";

/// The way from the address asked to the one that answers.
pub(super) struct Way {
    at: Url,
    steps: usize,
    /// Whether every step so far was a permanent one.
    permanent: bool,
}

impl Way {
    pub fn from(url: &Url) -> Result<Self> {
        let known = matches!(url.scheme(), "http" | "https") && url.has_host();
        known.then(|| Self { at: url.clone(), steps: 0, permanent: true }).ok_or(Error::Address(NOT_OF_THE_WEB))
    }

    pub fn at(&self) -> &Url {
        &self.at
    }

    /// Goes on to `next`. A credential is taken along within its own site alone; nothing goes from an encrypted address
    /// to one that is not.
    pub fn follow(&mut self, next: &str, status: StatusCode, credential: bool, most: usize) -> Result<()> {
        let next = self.at.join(next).map_err(|_| Error::Server { status: None, retry_after: None })?;
        if !matches!(next.scheme(), "http" | "https") || !next.has_host() {
            return Err(Error::Server { status: None, retry_after: None });
        }
        if self.at.scheme() == "https" && next.scheme() == "http" {
            return Err(Error::Address(LESS));
        }
        if credential && !same_site(&self.at, &next) {
            return Err(Error::OtherSite { host: next.host_str().unwrap_or_default().to_owned() });
        }
        self.steps += 1;
        if self.steps > most {
            return Err(Error::Address(ROUND));
        }
        self.permanent &= matches!(status.as_u16(), 301 | 308);
        self.at = next;
        Ok(())
    }

    /// Where it ended, and where to ask from now on if that is elsewhere for good.
    pub fn end(self) -> (Url, Option<Url>) {
        let moved = (self.steps > 0 && self.permanent).then(|| self.at.clone());
        (self.at, moved)
    }
}

/// Where the server sends us on to, as it says it.
pub(super) fn target(response: &reqwest::Response) -> Option<String> {
    if !is_redirect(response.status()) {
        return None;
    }
    response.headers().get(reqwest::header::LOCATION)?.to_str().ok().map(str::to_owned)
}

/// Whether two addresses belong to the same keeper: the same host and port, or both under one registrable domain
/// (public suffix list) and both encrypted.
#[must_use]
pub fn same_site(one: &Url, other: &Url) -> bool {
    if one.scheme() == "https" && other.scheme() == "http" {
        return false;
    }
    if one.host() == other.host() && one.port_or_known_default() == other.port_or_known_default() {
        return true;
    }
    // From http to https of the same host, on the ports these have by custom.
    if one.host() == other.host() && one.port().is_none() && other.port().is_none() {
        return true;
    }
    match (one.host(), other.host()) {
        (Some(Host::Domain(one_host)), Some(Host::Domain(other_host))) if other.scheme() == "https" => {
            let registrable = psl::domain_str(one_host);
            registrable.is_some_and(|domain| domain.contains('.')) && registrable == psl::domain_str(other_host)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).expect("an address")
    }

    #[test]
    fn a_site_is_a_host_or_a_registrable_domain_and_never_less_encrypted() {
        for (one, other, same) in [
            ("https://a.example.org/x", "https://a.example.org/y", true),
            ("https://caldav.icloud.com", "https://p42-caldav.icloud.com:443/1", true),
            ("https://example.org", "https://dav.example.org:8443", true),
            ("http://example.org", "https://example.org", true),
            ("http://dav.example.org", "https://example.org", true),
            ("https://example.org", "http://example.org", false),
            ("http://example.org", "http://dav.example.org", false),
            ("https://example.org", "https://example.com", false),
            ("https://one.co.uk", "https://other.co.uk", false),
            ("https://ana.github.io", "https://ben.github.io", false),
            ("http://127.0.0.1:1", "http://127.0.0.1:1/x", true),
            ("http://127.0.0.1:1", "http://127.0.0.1:2", false),
            ("https://localhost", "https://localhost:1", false),
            ("https://intranet", "https://dav.intranet", false),
        ] {
            assert_eq!(same_site(&url(one), &url(other)), same, "{one} {other}");
        }
    }

    #[test]
    fn a_way_is_bounded_and_keeps_a_credential_at_home() {
        let step = |from: &str, to: &str, status: u16, credential| {
            let mut way = Way::from(&url(from))?;
            way.follow(to, StatusCode::from_u16(status).expect("a status"), credential, 1)?;
            Ok(way.end())
        };
        assert_eq!(
            step("https://a.org/x", "/y", 301, true),
            Ok((url("https://a.org/y"), Some(url("https://a.org/y"))))
        );
        assert_eq!(step("https://a.org/x", "/y", 302, true), Ok((url("https://a.org/y"), None)));
        assert_eq!(step("https://a.org", "https://b.org/", 308, false).map(|(at, _)| at), Ok(url("https://b.org/")));
        assert_eq!(
            step("https://a.org", "https://b.org/", 308, true),
            Err(Error::OtherSite { host: "b.org".to_owned() })
        );
        assert_eq!(step("https://a.org", "http://a.org/", 301, false), Err(Error::Address(LESS)));
        assert_eq!(
            step("https://a.org", "file:///etc/passwd", 301, false),
            Err(Error::Server { status: None, retry_after: None })
        );
        assert_eq!(step("webcal://a.org", "/", 301, false), Err(Error::Address(NOT_OF_THE_WEB)));
        let mut way = Way::from(&url("https://a.org/1")).expect("a way");
        let found = StatusCode::FOUND;
        assert_eq!(way.follow("/2", found, false, 1), Ok(()));
        assert_eq!(way.follow("/1", found, false, 1), Err(Error::Address(ROUND)));
    }
}
