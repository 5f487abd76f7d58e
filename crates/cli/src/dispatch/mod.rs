//! From what was typed to the function of the app that does it: one file per theme, as in [`crate::args`].

mod answer;
mod calendar;
mod item;
mod meeting;
mod note;
mod people;
mod vault;

use std::process::ExitCode;

use crate::args::Command;
use crate::failure::Stop;
use crate::session::Session;

/// How a command ended; what it had to say was printed.
pub type Done = Result<ExitCode, Stop>;

pub async fn run(command: Command, session: &mut Session) -> Done {
    match command {
        Command::Answer(command) => answer::run(command, session).await,
        Command::Meetings(command) => meeting::run(command, session).await,
        Command::Notes(command) => note::run(command, session).await,
        Command::Items(command) => item::run(command, session).await,
        Command::People(command) => people::run(command, session).await,
        Command::Calendars(command) => calendar::run(command, session).await,
        Command::Vault(command) => vault::run(command, session).await,
    }
}

/// Prints a shape and is done.
macro_rules! tell {
    ($session:expr, $shape:expr) => {{
        let shape = $shape;
        $session.output.print(&shape)?;
        Ok(std::process::ExitCode::SUCCESS)
    }};
}
use tell;
