//! The day, a brief, and what the graph and the search answer.

use throughline_app::view::Search;
use throughline_app::{answers, queries, search, today};

use super::{Done, tell};
use crate::args::{AnswerCommand, QueryCommand};
use crate::render::without_marks;
use crate::session::Session;

pub async fn run(command: AnswerCommand, session: &mut Session) -> Done {
    match command {
        AnswerCommand::Today { date } => {
            let date = session.day(date.as_deref().unwrap_or("today"))?;
            let app = session.open().await?;
            tell!(session, today::show(&app, date).await?)
        }
        AnswerCommand::Brief { meeting } => {
            let app = session.open().await?;
            tell!(session, today::brief(&app, &meeting).await?)
        }
        AnswerCommand::Ledger { who } => {
            let app = session.open().await?;
            tell!(session, answers::ledger(&app, &who).await?)
        }
        AnswerCommand::Path { a, b } => {
            let app = session.open().await?;
            tell!(session, answers::path(&app, &a, &b).await?)
        }
        AnswerCommand::Trace { id } => {
            let app = session.open().await?;
            tell!(session, answers::trace(&app, &id).await?)
        }
        AnswerCommand::Central { topic } => {
            let app = session.open().await?;
            tell!(session, answers::central(&app, topic.as_deref()).await?)
        }
        AnswerCommand::Search { text, kind, person, from } => {
            let from = session.some_day(from.as_deref())?;
            let filter = search::Filter { kind, person, from, ..search::Filter::default() };
            let app = session.open().await?;
            let found = search::run(&app, &text.join(" "), &filter).await?;
            tell!(session, if session.output.json { plain(found) } else { found })
        }
        AnswerCommand::Query(command) => ask(command, session).await,
    }
}

async fn ask(command: QueryCommand, session: &mut Session) -> Done {
    match command {
        QueryCommand::Keys => tell!(session, queries::keys()),
        QueryCommand::List => {
            let app = session.open().await?;
            tell!(session, queries::list(&app).await?)
        }
        QueryCommand::Run { query } => {
            let app = session.open().await?;
            tell!(session, queries::run(&app, &joined(&query)).await?)
        }
        QueryCommand::Save { name, expression } => {
            let app = session.open().await?;
            tell!(session, queries::save(&app, &name, &joined(&expression)).await?)
        }
        QueryCommand::Delete { name } => {
            let app = session.open().await?;
            tell!(session, queries::delete(&app, &name).await?)
        }
    }
}

/// The words as one expression: what the shell took the quotes off gets them back.
fn joined(words: &[String]) -> String {
    let [whole] = words else {
        let quoted = words.iter().map(|word| match word.split_once([':']) {
            Some((key, value)) if value.contains(' ') => format!("{key}:\"{value}\""),
            _ => word.clone(),
        });
        return quoted.collect::<Vec<_>>().join(" ");
    };
    whole.clone()
}

/// Without the marks around what was found: they are for eyes.
fn plain(mut search: Search) -> Search {
    for hit in &mut search.hits {
        hit.title = without_marks(&hit.title);
        hit.snippet = without_marks(&hit.snippet);
    }
    search
}
