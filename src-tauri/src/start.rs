//! What a start of the program is told: by its arguments and by what surrounds it.

use std::ffi::OsString;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use throughline_app::secrets::Secret;
use throughline_app::{Failure, Surroundings, parse_zone};

/// What a start of the program is told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Start {
    /// `--vault`, or else `THROUGHLINE_VAULT`.
    pub vault: Option<PathBuf>,
    /// `--now`: the window's clock begins here.
    pub now: Option<DateTime<Utc>>,
    /// `--tz`.
    pub zone: Option<Tz>,
    /// `--go`: where in the window to go, a route such as `/today`.
    pub route: Option<String>,
}

/// What an open vault is told by the environment: `THROUGHLINE_GOOGLE_API`, `THROUGHLINE_PASSPHRASE`,
/// `THROUGHLINE_KEYRING`.
#[must_use]
pub fn surroundings() -> Surroundings {
    let text = |name| variable(name).and_then(|value| value.into_string().ok());
    Surroundings {
        google_api: text("THROUGHLINE_GOOGLE_API"),
        keyring: text("THROUGHLINE_KEYRING").is_none_or(|word| !word.eq_ignore_ascii_case("off")),
        passphrase: text("THROUGHLINE_PASSPHRASE").map(Secret::new),
        ..Surroundings::default()
    }
}

fn variable(name: &str) -> Option<OsString> {
    #[expect(clippy::disallowed_methods, reason = "the shell's edge is where the environment is read")]
    let value = std::env::var_os(name);
    value.filter(|value| !value.is_empty())
}

impl Start {
    /// What this process was told.
    ///
    /// # Errors
    /// A usage failure where an argument cannot be read.
    pub fn read() -> Result<Self, Failure> {
        let mut start = Self::of(std::env::args_os().skip(1))?;
        start.vault = start.vault.or_else(|| variable("THROUGHLINE_VAULT").map(PathBuf::from));
        Ok(start)
    }

    /// What arguments say, the program's name left out. What is not known is passed over: desktops add their own.
    ///
    /// # Errors
    /// A usage failure where the value of an option cannot be read.
    pub fn of(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, Failure> {
        let mut start = Self::default();
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let Some(argument) = argument.to_str() else { continue };
            let (name, mut value) = match argument.split_once('=') {
                Some((name, value)) => (name, Some(OsString::from(value))),
                None => (argument, None),
            };
            if ["--vault", "--now", "--tz", "--go"].contains(&name) && value.is_none() {
                value = arguments.next();
            }
            let text = || value.as_ref().and_then(|value| value.to_str()).ok_or_else(|| missing(name));
            match name {
                "--vault" => start.vault = Some(value.clone().ok_or_else(|| missing(name))?.into()),
                "--now" => start.now = Some(read_now(text()?)?),
                "--tz" => start.zone = Some(parse_zone(text()?)?),
                "--go" => start.route = text().ok().and_then(route),
                _ => {}
            }
        }
        Ok(start)
    }
}

/// A route is a path inside the window, and nothing else.
fn route(text: &str) -> Option<String> {
    (text.starts_with('/') && !text.starts_with("//") && !text.chars().any(char::is_control)).then(|| text.to_owned())
}

fn read_now(text: &str) -> Result<DateTime<Utc>, Failure> {
    DateTime::parse_from_rfc3339(text).map(|now| now.to_utc()).map_err(|_| {
        Failure::usage("unreadable_time", format!("`{text}` is not a time."))
            .hint("Write it as 2026-11-22T09:00:00+01:00.")
    })
}

fn missing(name: &str) -> Failure {
    Failure::usage("missing_value", format!("{name} needs a value."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(arguments: &[&str]) -> Result<Start, Failure> {
        Start::of(arguments.iter().map(OsString::from))
    }

    #[test]
    fn arguments_say_vault_time_zone_and_route() {
        let start =
            of(&["--vault", "a folder", "--now=2026-11-22T09:00:00+01:00", "--tz", "Europe/Berlin", "--go", "/today"]);
        let start = start.unwrap();
        assert_eq!(start.vault, Some(PathBuf::from("a folder")));
        assert_eq!(start.now, Some("2026-11-22T08:00:00Z".parse().unwrap()));
        assert_eq!(start.zone, Some(chrono_tz::Europe::Berlin));
        assert_eq!(start.route.as_deref(), Some("/today"));
    }

    #[test]
    fn what_a_desktop_adds_is_passed_over() {
        assert_eq!(of(&["--gapplication-service", "-psn_0_1", "file.txt"]), Ok(Start::default()));
    }

    #[test]
    fn a_route_out_of_the_window_is_none() {
        for route in ["https://example.org", "//example.org", "today", "/a\nb", ""] {
            assert_eq!(of(&["--go", route]).unwrap().route, None, "{route:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_wrong_usage() {
        for arguments in [&["--vault"][..], &["--now", "nine"], &["--tz", "Mars/Olympus"], &["--now"]] {
            assert!(of(arguments).unwrap_err().usage, "{arguments:?}");
        }
    }
}
