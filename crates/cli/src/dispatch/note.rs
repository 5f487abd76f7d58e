//! Notes, imported minutes and recaps.

use std::process::ExitCode;

use throughline_app::view::Note;
use throughline_app::{import, notes, recap};

use super::{Done, tell};
use crate::args::{ImportCommand, NoteCommand, NotesCommand};
use crate::input::read_text;
use crate::progress::Bar;
use crate::session::Session;

pub async fn run(command: NotesCommand, session: &mut Session) -> Done {
    match command {
        NotesCommand::Note(command) => note(command, session).await,
        NotesCommand::Recap { meeting, format, sent } => {
            let app = session.open().await?;
            let recap = recap::show(&app, &meeting, &format, sent.as_deref()).await?;
            if session.output.json {
                session.output.print_json(&recap)?;
            } else {
                let end = if recap.text.ends_with('\n') { "" } else { "\n" };
                session.output.print_raw(&format!("{}{end}", recap.text))?;
            }
            Ok(ExitCode::SUCCESS)
        }
        NotesCommand::Import(ImportCommand::Minutes { paths }) => {
            let app = session.open().await?;
            let imported = import::minutes(&app, &paths, &Bar::default()).await?;
            session.output.print(&imported)?;
            let refused = imported.files.iter().any(|file| file.refused);
            Ok(if refused { ExitCode::from(crate::FAILED) } else { ExitCode::SUCCESS })
        }
    }
}

async fn note(command: NoteCommand, session: &mut Session) -> Done {
    match command {
        NoteCommand::Show { meeting, part } => {
            let app = session.open().await?;
            print_text(session, &notes::show(&app, &meeting, part.part).await?)
        }
        NoteCommand::Set { meeting, file, part, base } => {
            let text = read_text(&file)?;
            let app = session.open().await?;
            tell!(session, notes::set(&app, &meeting, part.part, &text, base).await?)
        }
        NoteCommand::Append { meeting, text, part } => {
            let app = session.open().await?;
            tell!(session, notes::append(&app, &meeting, part.part, &text).await?)
        }
        NoteCommand::History { meeting, part } => {
            let app = session.open().await?;
            tell!(session, notes::history(&app, &meeting, part.part).await?)
        }
        NoteCommand::Drafts => {
            let app = session.open().await?;
            tell!(session, notes::sitting::unsaved(&app).await?)
        }
        NoteCommand::Restore { meeting, revision, part } => {
            let app = session.open().await?;
            tell!(session, notes::restore(&app, &meeting, part.part, revision).await?)
        }
    }
}

/// The text as it is; with `--json` the note.
pub fn print_text(session: &Session, note: &Note) -> Done {
    if session.output.json {
        session.output.print_json(note)?;
    } else {
        session.output.print_raw(&note.text)?;
    }
    Ok(ExitCode::SUCCESS)
}
