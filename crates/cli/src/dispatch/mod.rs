//! From what was typed to the function of the app that does it: one file per theme, as in [`crate::args`].

mod answer;
mod calendar;
mod item;
mod meeting;
mod note;
mod people;
mod vault;

use std::process::ExitCode;

use throughline_app::Failure;

use crate::args::{
    AnswerCommand, Command, DecisionCommand, ItemCommand, MeetingCommand, MeetingsCommand, NoteCommand, NotesCommand,
    OrgCommand, PeopleCommand, PersonCommand, QueryCommand,
};
use crate::failure::Stop;
use crate::session::Session;

/// How a command ended; what it had to say was printed.
pub type Done = Result<ExitCode, Stop>;

pub async fn run(command: Command, session: &mut Session) -> Done {
    if session.narrowed() && !shows(&command) {
        let failure = Failure::usage("lens_only_shows", "`--lens` narrows what is shown; this does something else.");
        return Err(failure.hint("Leave it out here.").into());
    }
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

/// Whether a command only shows what one client's meetings may hold.
fn shows(command: &Command) -> bool {
    match command {
        Command::Answer(AnswerCommand::Query(QueryCommand::Run { .. })) => true,
        Command::Answer(AnswerCommand::Query(_) | AnswerCommand::Register(_)) => false,
        Command::Answer(_) => true,
        Command::Meetings(command) => {
            matches!(command, MeetingsCommand::Meetings(_) | MeetingsCommand::Meeting(MeetingCommand::Show { .. }))
        }
        Command::Notes(command) => {
            matches!(command, NotesCommand::Note(NoteCommand::Show { .. }) | NotesCommand::Recap { sent: None, .. })
        }
        Command::Items(command) => matches!(
            command,
            ItemCommand::Actions(_)
                | ItemCommand::Decisions(_)
                | ItemCommand::Review { .. }
                | ItemCommand::Questions { .. }
                | ItemCommand::Decision(DecisionCommand::Show { .. })
        ),
        Command::People(command) => matches!(
            command,
            PeopleCommand::People { duplicates: false }
                | PeopleCommand::Orgs
                | PeopleCommand::Org(OrgCommand::Show { .. })
                | PeopleCommand::Person(PersonCommand::Show { .. })
        ),
        Command::Calendars(_) | Command::Vault(_) => false,
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
