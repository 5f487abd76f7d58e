//! How a command ends when it cannot do what was asked.

use std::io;

use clap::error::ErrorKind;
use throughline_app::Failure;

/// Why a command stopped.
#[derive(Debug)]
pub enum Stop {
    /// To be told.
    Failure(Failure),
    /// What was printed has no reader any more, or no room.
    Output(io::Error),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// What a command line that clap refused is to be told as: one sentence, and what would have been right.
pub fn usage(error: &clap::Error) -> Failure {
    if matches!(error.kind(), ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand) {
        return Failure::usage("usage", "A command is needed.").hint("`throughline --help` lists the commands.");
    }
    let text = error.render().to_string();
    let mut parts = text.split("\n\n").map(one_line);
    let message = parts.next().unwrap_or_default();
    let message = sentence(message.strip_prefix("error: ").unwrap_or(&message));
    let hints: Vec<String> = parts
        .filter_map(|part| {
            let part = part.trim().to_owned();
            if let Some(tip) = part.strip_prefix("tip: ") {
                return Some(sentence(tip));
            }
            part.strip_prefix("Usage: ").map(|usage| format!("Usage: {usage}"))
        })
        .collect();
    let failure = Failure::usage("usage", message);
    if hints.is_empty() {
        failure.hint("`throughline --help` lists the commands.")
    } else {
        failure.hint(hints.join(" "))
    }
}

fn one_line(text: &str) -> String {
    crate::text::clean(text)
}

fn sentence(text: &str) -> String {
    let mut chars = text.trim().chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let rest = chars.as_str();
    let end = if rest.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{rest}{end}")
}
