//! People and organizations.

use throughline_app::{duplicates, employments, orgs, people};

use super::{Done, note::print_text, tell};
use crate::args::{OrgCommand, PeopleCommand, PersonCommand};
use crate::input::read_text;
use crate::session::Session;

pub async fn run(command: PeopleCommand, session: &mut Session) -> Done {
    match command {
        PeopleCommand::People { duplicates: true } => {
            let app = session.open().await?;
            tell!(session, duplicates::list(&app).await?)
        }
        PeopleCommand::People { duplicates: false } => {
            let app = session.open().await?;
            tell!(session, people::list(&app).await?)
        }
        PeopleCommand::Person(command) => person(command, session).await,
        PeopleCommand::Orgs => {
            let app = session.open().await?;
            tell!(session, orgs::list(&app).await?)
        }
        PeopleCommand::Org(OrgCommand::Show { org }) => {
            let app = session.open().await?;
            tell!(session, orgs::show(&app, &org).await?)
        }
        PeopleCommand::Org(OrgCommand::Edit { org, name }) => {
            let app = session.open().await?;
            tell!(session, orgs::rename(&app, &org, &name).await?)
        }
    }
}

async fn person(command: PersonCommand, session: &mut Session) -> Done {
    if let PersonCommand::Note { person, file: Some(file) } = &command {
        let text = read_text(file)?;
        let app = session.open().await?;
        return tell!(session, people::set_note(&app, person, &text).await?);
    }
    let app = session.open().await?;
    match command {
        PersonCommand::Show { person } => tell!(session, people::show(&app, &person).await?),
        PersonCommand::Edit(args) => {
            tell!(session, people::edit(&app, &args.person, args.name.as_deref(), args.relation).await?)
        }
        PersonCommand::Note { person, .. } => print_text(session, &people::note(&app, &person).await?),
        PersonCommand::Merge { a, b } => tell!(session, people::merge(&app, &a, &b).await?),
        PersonCommand::Unmerge { person } => tell!(session, people::unmerge(&app, &person).await?),
        PersonCommand::Distinct { a, b } => tell!(session, duplicates::refuse(&app, &a, &b).await?),
        PersonCommand::Job { person, org, since } => {
            let to = (!org.eq_ignore_ascii_case("none")).then_some(org.as_str());
            let since = session.some_day(since.as_deref())?;
            tell!(session, employments::change(&app, &person, to, since).await?)
        }
        PersonCommand::Alias { person, alias } => tell!(session, people::alias(&app, &person, &alias).await?),
    }
}
