//! What can be typed: one file per theme, each with the commands of that theme.

mod answer;
mod calendar;
mod item;
mod meeting;
mod note;
mod people;
mod value;
mod vault;

#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use clap::builder::styling::{AnsiColor, Style, Styles};
use clap::{Args, CommandFactory, Parser, Subcommand};

pub use answer::{AnswerCommand, GraphArgs, QueryCommand, RegisterArgs, RegisterCommand};
pub use calendar::{AccountAdd, AccountCommand, CalendarCommand, CalendarsCommand, QueueCommand, SyncArgs};
pub use item::{ActionCommand, ActionsArgs, DecisionCommand, DecisionsArgs, ItemCommand};
pub use meeting::{AttendeeCommand, MeetingCommand, MeetingsCommand};
pub use note::{ImportCommand, NoteCommand, NotesCommand};
pub use people::{OrgCommand, PeopleCommand, PersonCommand};
pub use vault::VaultCommand;

const STYLES: Styles = Styles::styled()
    .header(Style::new().bold())
    .usage(Style::new().bold())
    .literal(AnsiColor::Cyan.on_default())
    .placeholder(Style::new().dimmed());

/// Meeting notes that become a network: who promised what to whom, what was decided, what to know before the next one.
#[derive(Debug, Parser)]
#[command(name = "throughline", version, styles = STYLES, arg_required_else_help = true, max_term_width = 100)]
#[command(after_help = "\
A day D is YYYY-MM-DD, today, today+N or today-N. An id may be given by any unique beginning, or a unique ending of four \
or more, which is what the lists show; an item also as ^anchor; a person also as @handle, e-mail address or name.")]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// The line, with the global options behind a query before it: the words of a query may begin with `-`, and would take
/// them for their own.
pub fn options_first(line: Vec<OsString>) -> Vec<OsString> {
    let Some(at) = line.iter().position(|word| word == "query") else { return line };
    let command = Cli::command();
    let global = |word: &OsString| {
        let (name, value) = word.to_str()?.strip_prefix("--").map(|word| word.split_once('=').unwrap_or((word, "")))?;
        let option =
            command.get_arguments().find(|option| option.is_global_set() && option.get_long() == Some(name))?;
        Some(option.get_action().takes_values() && value.is_empty())
    };
    let (mut options, mut rest) = (Vec::new(), Vec::new());
    let mut words = line.into_iter().enumerate();
    while let Some((place, word)) = words.next() {
        match global(&word).filter(|_| place > at) {
            None => rest.push(word),
            Some(with_value) => {
                options.push(word);
                if with_value && let Some((_, value)) = words.next() {
                    options.push(value);
                }
            }
        }
    }
    rest.splice(1..1, options);
    rest
}

/// Options that stand before or after the command.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// The vault's folder; else THROUGHLINE_VAULT, else the platform's data folder
    #[arg(long, global = true, value_name = "DIR")]
    pub vault: Option<PathBuf>,
    /// Print JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// Take this as the present moment (RFC 3339)
    #[arg(long, global = true, value_name = "TIME", value_parser = value::instant)]
    pub now: Option<DateTime<Utc>>,
    /// Take this as the time zone, as Europe/Lisbon
    #[arg(long, global = true, value_name = "ZONE", value_parser = value::zone)]
    pub tz: Option<Tz>,
    /// Show only what this organization's meetings hold
    #[arg(long, global = true, value_name = "ORG")]
    pub lens: Option<String>,
    /// No colours
    #[arg(long, global = true)]
    pub no_color: bool,
}

/// Every command, by theme.
#[derive(Debug, PartialEq, Eq, Subcommand)]
pub enum Command {
    #[command(flatten)]
    Answer(AnswerCommand),
    #[command(flatten)]
    Meetings(MeetingsCommand),
    #[command(flatten)]
    Notes(NotesCommand),
    #[command(flatten)]
    Items(ItemCommand),
    #[command(flatten)]
    People(PeopleCommand),
    #[command(flatten)]
    Calendars(CalendarsCommand),
    #[command(flatten)]
    Vault(VaultCommand),
}
