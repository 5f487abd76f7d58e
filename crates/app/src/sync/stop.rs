//! How a sync stops, and whether it is one calendar's affair or the account's.

use std::time::Duration;

use throughline_calendar::Error;

use crate::Failure;

/// Why a sync stopped.
#[derive(Debug)]
pub(crate) struct Stop {
    pub failure: Failure,
    /// Whether the account's other calendars can still be asked for.
    pub one_calendar: bool,
    /// Whether the provider was asked for changes since a point that it no longer knows.
    pub stale: bool,
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        let one_calendar = matches!(failure.code, "mass_deletion" | "not_a_calendar" | "file_unreadable");
        Self { failure, one_calendar, stale: false }
    }
}

impl From<throughline_store::Error> for Stop {
    fn from(error: throughline_store::Error) -> Self {
        Failure::from(error).into()
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        let (one_calendar, stale) = (error.is_of_one_calendar(), error == Error::StaleToken);
        Self { failure: error.into(), one_calendar, stale }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::NeedsSignIn => needs_sign_in(),
            Error::Quota { retry_after } => {
                let told = Self::new("quota", "The calendar provider takes no more requests for now.").hint(
                    match retry_after.filter(|wait| *wait > Duration::from_secs(60)) {
                        Some(wait) => format!("It asks to be left alone for {} minutes.", wait.as_secs().div_ceil(60)),
                        None => "Sync again in a few minutes; what was fetched stays readable.".to_owned(),
                    },
                );
                Self { retry_after, ..told }
            }
            Error::Offline => Self::new("offline", "The calendar provider cannot be reached.")
                .hint("Check the connection; what was fetched stays readable."),
            Error::TimedOut => Self::new("timed_out", "The calendar provider did not answer in time.")
                .hint("Sync again later; what was fetched stays readable."),
            Error::Server { status, retry_after } => {
                let told = Self::new(
                    "server_error",
                    match status {
                        Some(status) => format!("The calendar provider failed with status {status}."),
                        None => "The calendar provider sent an answer that cannot be read.".to_owned(),
                    },
                )
                .hint("This is not your fault; sync again later. What was fetched stays readable.");
                Self { retry_after, ..told }
            }
            Error::Refused { reason, .. } if matches!(reason.as_str(), "accessNotConfigured" | "SERVICE_DISABLED") => {
                Self::new("api_off", "The Google Calendar API is turned off in the project of the client that is used.")
                    .hint("Turn it on at https://console.cloud.google.com/apis/library/calendar-json.googleapis.com, wait a minute, then try again.")
            }
            Error::Refused { status, reason } => {
                Self::new("refused", format!("The calendar provider refused: {reason} (status {status})."))
                    .hint("The account may lack a permission; adding it again asks for all it needs.")
            }
            Error::NotFound => Self::new("calendar_gone", "The provider does not have this calendar any more.")
                .hint("Disable it, or remove the account; meetings with notes stay."),
            Error::StaleToken => Self::new("stale_token", "The provider no longer knows up to where it was asked.")
                .hint("Run `throughline sync --full`."),
            Error::TooLarge { limit } => {
                Self::new("too_large", format!("The calendar is larger than {} megabytes.", limit >> 20))
                    .hint("It was left as it is.")
            }
            Error::NotACalendar(error) => crate::accounts::not_a_calendar(error),
            Error::Address(why) => Self::new("unsupported_address", format!("The address cannot be used: {why}.")),
            Error::Certificate => Self::new("untrusted_certificate", "The server's certificate cannot be trusted.")
                .hint("If the server is your own, add the account again with --accept-invalid-certificate."),
            Error::OtherSite { host } => {
                Self::new("other_site", format!("The server sends on to {host}, which was not shown the password."))
                    .hint(format!("If you trust {host}, add the account with https://{host}/ as its address."))
            }
            Error::Cancelled => cancelled(),
            _ => Self::new("server_error", "The calendar provider could not be asked."),
        }
    }
}

/// Only the user can help.
pub(crate) fn needs_sign_in() -> Failure {
    Failure::new("needs_sign_in", "The calendar provider no longer accepts this account's sign-in.")
        .hint("Add the account again to sign in; until then everything that was fetched stays readable.")
}

pub(crate) fn cancelled() -> Failure {
    Failure::new("cancelled", "The sync was cancelled.").hint("What was fetched before stays; sync again at any time.")
}
