//! The one client for everything that is asked of Google: its API through the hub, and its token endpoint.

use google_calendar3::common;
use google_calendar3::hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use google_calendar3::hyper_util::client::legacy::Client;
use google_calendar3::hyper_util::client::legacy::connect::HttpConnector;
use google_calendar3::hyper_util::rt::TokioExecutor;
use url::Url;

use crate::{Error, Result};

pub(super) type Connector = HttpsConnector<HttpConnector>;
pub(super) type Http = common::Client<Connector>;

/// Plain HTTP is spoken to this machine alone; see [`address`].
pub(super) fn client() -> Http {
    let builder = match HttpsConnectorBuilder::new().with_native_roots() {
        Ok(builder) => builder,
        // A system without certificates can still be asked about what lies on it; the rest fails as not reachable.
        Err(_) => HttpsConnectorBuilder::new().with_tls_config(
            rustls::ClientConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
                .with_safe_default_protocol_versions()
                .unwrap_or_else(|_| rustls::ClientConfig::builder())
                .with_root_certificates(rustls::RootCertStore::empty())
                .with_no_client_auth(),
        ),
    };
    Client::builder(TokioExecutor::new()).build(builder.https_or_http().enable_http1().build())
}

/// An address that tokens may be sent to: protected, or on this machine.
pub(super) fn address(text: &str) -> Result<Url> {
    let url = Url::parse(text).map_err(|_| Error::Address("it is not one"))?;
    let local = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => return Err(Error::Address("it names no host")),
    };
    match url.scheme() {
        "https" => Ok(url),
        "http" if local => Ok(url),
        _ => Err(Error::Address("it has to begin with https")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_over_protected_lines_or_stay_on_this_machine() {
        for (text, taken) in [
            ("https://oauth2.googleapis.com/token", true),
            ("http://127.0.0.1:8080/token", true),
            ("http://localhost:8080", true),
            ("http://[::1]:8080", true),
            ("http://oauth2.googleapis.com/token", false),
            ("http://127.0.0.1.evil.example/", false),
            ("ftp://127.0.0.1/", false),
            ("token", false),
        ] {
            assert_eq!(address(text).is_ok(), taken, "{text}");
        }
    }
}
