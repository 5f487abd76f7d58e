//! The one place where the environment and the terminal are read.

use std::ffi::{OsStr, OsString};
use std::io::{IsTerminal, stdin, stdout};
use std::path::PathBuf;
use std::sync::Arc;

use anstream::{AutoStream, ColorChoice};
use throughline_app::secrets::Secret;
use throughline_app::{AskPassphrase, Surroundings};

use crate::input;

/// The width of a page that is not printed to a terminal, and the widest one that is read with ease.
const PAGE: usize = 100;
/// The narrowest page that is laid out at all.
const NARROWEST: usize = 40;

/// What a run is told by what surrounds it.
#[derive(Debug, Clone)]
pub struct Edge {
    /// `THROUGHLINE_VAULT`, where it says something.
    pub vault: Option<PathBuf>,
    /// What an open vault is told: `THROUGHLINE_GOOGLE_API`, `THROUGHLINE_PASSPHRASE`, `THROUGHLINE_KEYRING`.
    pub surroundings: Surroundings,
    /// `THROUGHLINE_CALDAV_PASSWORD`.
    pub caldav_password: Option<Secret>,
    /// Whether standard output is a terminal.
    pub terminal: bool,
    /// Whether standard output and standard error take colours.
    pub color: bool,
    pub error_color: bool,
    pub width: usize,
}

impl Edge {
    pub fn read() -> Self {
        let terminal = stdout().is_terminal();
        let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let width = width.filter(|_| terminal).map_or(PAGE, |width| width.clamp(NARROWEST, PAGE));
        Self {
            vault: variable("THROUGHLINE_VAULT").map(PathBuf::from),
            surroundings: surroundings(),
            caldav_password: text("THROUGHLINE_CALDAV_PASSWORD").map(Secret::new),
            terminal,
            color: AutoStream::choice(&stdout()) != ColorChoice::Never,
            error_color: AutoStream::choice(&std::io::stderr()) != ColorChoice::Never,
            width,
        }
    }
}

fn surroundings() -> Surroundings {
    Surroundings {
        google_api: text("THROUGHLINE_GOOGLE_API"),
        keyring: text("THROUGHLINE_KEYRING").is_none_or(|word| !word.eq_ignore_ascii_case("off")),
        passphrase: text("THROUGHLINE_PASSPHRASE").map(Secret::new),
        ask: stdin().is_terminal().then(|| Arc::new(input::passphrase) as AskPassphrase),
        ..Surroundings::default()
    }
}

fn text(name: &str) -> Option<String> {
    variable(name).map(|value| value.to_string_lossy().into_owned())
}

/// A variable of the environment, where it says something.
fn variable(name: &str) -> Option<OsString> {
    #[expect(clippy::disallowed_methods, reason = "the command's edge is where the environment is read")]
    let value = std::env::var_os(name);
    value.filter(|value| !value.is_empty())
}

/// Whether `--json` or `--no-color` was asked for on a line that could not be read.
pub fn asked_for(option: &str, line: &[OsString]) -> bool {
    line.iter().skip(1).take_while(|word| *word != OsStr::new("--")).any(|word| word == option)
}
