//! Accounts, calendars, syncs and the re-link queue.

use clap::{Args, Subcommand};

#[derive(Debug, PartialEq, Eq, Subcommand)]
pub enum CalendarsCommand {
    /// Where calendars come from
    #[command(subcommand)]
    Account(AccountCommand),
    /// Which calendars are synced
    #[command(subcommand)]
    Calendar(CalendarCommand),
    /// Fetch what changed in the calendars
    Sync(SyncArgs),
    /// Meetings with notes whose event is gone, and where the notes might belong
    Queue {
        #[command(subcommand)]
        command: Option<QueueCommand>,
    },
}

#[derive(Debug, PartialEq, Eq, Subcommand)]
pub enum AccountCommand {
    /// Connect to one
    #[command(subcommand)]
    Add(AccountAdd),
    /// Those there are
    List,
    /// Disconnect; meetings with notes stay as your own, the others go
    Remove { id: String },
}

#[derive(Debug, PartialEq, Eq, Subcommand)]
pub enum AccountAdd {
    /// An iCalendar file, or the address of a published calendar; read again on every sync
    Ics {
        #[arg(value_name = "FILE_OR_URL")]
        source: String,
        /// What to call it
        #[arg(long, value_name = "N")]
        name: Option<String>,
    },
    /// The calendars of a user on a CalDAV server: Fastmail, iCloud, Nextcloud, Radicale, …
    ///
    /// The password is kept in the keyring. It is taken from THROUGHLINE_CALDAV_PASSWORD, else with --password-stdin
    /// from standard input, else asked for.
    Caldav(CaldavArgs),
    /// Google Calendar, read only; signs in with the browser
    Google {
        /// The JSON of a desktop client from Google's console; the README says how to make one
        #[arg(long, value_name = "FILE")]
        client: Option<String>,
        /// Print the address instead of opening it, and wait
        #[arg(long)]
        no_browser: bool,
    },
}

#[derive(Debug, Default, PartialEq, Eq, Args)]
pub struct CaldavArgs {
    /// The server's address or a calendar's, an e-mail address, or a domain
    #[arg(value_name = "URL_OR_ADDRESS")]
    pub server: String,
    /// Your name there; not needed with an e-mail address
    #[arg(long, value_name = "U")]
    pub user: Option<String>,
    /// Read the password from the first line of standard input
    #[arg(long)]
    pub password_stdin: bool,
    /// The password is a bearer token
    #[arg(long)]
    pub bearer: bool,
    /// Trust the server whatever certificate it shows, as one that signed its own
    #[arg(long)]
    pub accept_invalid_certificate: bool,
    /// What to call it
    #[arg(long, value_name = "N")]
    pub name: Option<String>,
}

#[derive(Debug, PartialEq, Eq, Subcommand)]
pub enum CalendarCommand {
    /// Those there are
    List,
    /// Sync it
    Enable { id: String },
    /// Sync it no more
    Disable { id: String },
}

#[derive(Debug, Default, PartialEq, Eq, Args)]
pub struct SyncArgs {
    /// Only this account
    #[arg(long, value_name = "ID")]
    pub account: Option<String>,
    /// Fetch everything again
    #[arg(long)]
    pub full: bool,
    /// Say what would happen, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Accept that more than half of a calendar is gone
    #[arg(long)]
    pub accept_deletions: bool,
    /// Expand recurring events from this day on
    #[arg(long, value_name = "D")]
    pub from: Option<String>,
    /// Expand recurring events up to this day
    #[arg(long, value_name = "D")]
    pub to: Option<String>,
}

#[derive(Debug, PartialEq, Eq, Subcommand)]
pub enum QueueCommand {
    /// Leave the notes where they are
    Keep { id: String },
}
