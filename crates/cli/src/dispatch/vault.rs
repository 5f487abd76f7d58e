//! The vault itself, and the command's own papers.

use std::process::ExitCode;

use clap::CommandFactory;
use throughline_app::{backups, demo, export, maintenance, undo, vault};

use super::{Done, tell};
use crate::args::{Cli, VaultCommand};
use crate::failure::Stop;
use crate::man;
use crate::progress::Bar;
use crate::session::Session;

pub async fn run(command: VaultCommand, session: &mut Session) -> Done {
    match command {
        VaultCommand::Init { name, email } => {
            let dir = session.dir()?;
            tell!(session, vault::init(&dir, session.clock, name.as_deref(), email.as_deref()).await?)
        }
        VaultCommand::Demo { large } => {
            let (dir, bar) = (session.dir()?, Bar::default());
            if large {
                tell!(session, demo::fill_large(&dir, session.clock, &bar).await?)
            } else {
                tell!(session, demo::fill(&dir, session.clock, &bar).await?)
            }
        }
        VaultCommand::Undo => {
            let app = session.open().await?;
            tell!(session, undo::last(&app).await?)
        }
        VaultCommand::Export { format, target, private } => {
            let app = session.open().await?;
            tell!(session, export::run(&app, &format, &target, private).await?)
        }
        VaultCommand::Backup { file } => {
            let app = session.open().await?;
            tell!(session, backups::backup(&app, &file).await?)
        }
        VaultCommand::Backups { every, folder, due } => {
            let app = session.open().await?;
            if every.is_some() || folder.is_some() {
                backups::plan(&app, every, folder.as_deref()).await?;
            }
            if due {
                backups::take_due(&app).await?;
            }
            tell!(session, backups::list(&app).await?)
        }
        VaultCommand::Restore { file } => {
            let dir = session.dir()?;
            tell!(session, backups::restore(&dir, session.clock, &file).await?)
        }
        VaultCommand::Doctor { repair, head } => {
            let app = session.open().await?;
            let found = maintenance::doctor(&app, repair, head.as_deref()).await?;
            session.output.print(&found)?;
            Ok(if found.ok { ExitCode::SUCCESS } else { ExitCode::from(crate::FAILED) })
        }
        VaultCommand::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "throughline", &mut script);
            print(session, script)
        }
        VaultCommand::Man => print(session, man::page(Cli::command())?),
    }
}

fn print(session: &Session, bytes: Vec<u8>) -> Done {
    let text = String::from_utf8(bytes).map_err(|error| Stop::Output(std::io::Error::other(error)))?;
    session.output.print_raw(&text)?;
    Ok(ExitCode::SUCCESS)
}
