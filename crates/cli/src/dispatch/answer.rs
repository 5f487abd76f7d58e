//! The day, a brief, and what the graph and the search answer.

use std::process::ExitCode;

use throughline_app::view::{self, NodeKind, Search};
use throughline_app::{answers, insights, network, queries, register, search, today};

use super::{Done, tell};
use crate::args::{AnswerCommand, GraphArgs, QueryCommand, RegisterArgs, RegisterCommand};
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
        AnswerCommand::Central { topic, from, to } => {
            let (from, to) = (session.some_day(from.as_deref())?, session.some_day(to.as_deref())?);
            let app = session.open().await?;
            tell!(session, network::central(&app, topic.as_deref(), from, to).await?)
        }
        AnswerCommand::Insights { from, to } => {
            let to = session.day(to.as_deref().unwrap_or("today"))?;
            let from = session.some_day(from.as_deref())?;
            let app = session.open().await?;
            let from = match from {
                Some(from) => from,
                None => insights::twelve_weeks_until(&app, to).await?,
            };
            tell!(session, insights::show(&app, from, to).await?)
        }
        AnswerCommand::Graph(args) => graph(args, session).await,
        AnswerCommand::Search { text, kind, person, from } => {
            let from = session.some_day(from.as_deref())?;
            let filter = search::Filter { kind, person, from, ..search::Filter::default() };
            let app = session.open().await?;
            let found = search::run(&app, &text.join(" "), &filter).await?;
            tell!(session, if session.output.json { plain(found) } else { found })
        }
        AnswerCommand::Register(args) => client_register(args, session).await,
        AnswerCommand::Query(command) => ask(command, session).await,
    }
}

async fn graph(args: GraphArgs, session: &mut Session) -> Done {
    let kind = |word: &String| NodeKind::ALL.into_iter().find(|kind| kind.as_str() == word);
    let around = network::Around {
        depth: Some(args.depth),
        kinds: args.only.iter().filter_map(kind).collect(),
        from: session.some_day(args.from.as_deref())?,
        to: session.some_day(args.to.as_deref())?,
        limit: Some(args.limit),
    };
    let app = session.open().await?;
    tell!(session, network::around(&app, args.kind.as_ref().and_then(kind), &args.what, &around).await?)
}

/// A document goes out as it is; the check fails the command where anything is not as it was.
async fn client_register(args: RegisterArgs, session: &mut Session) -> Done {
    let ask = register::Ask {
        from: session.some_day(args.from.as_deref())?,
        to: session.some_day(args.to.as_deref())?,
        rationale: args.rationale,
    };
    let app = session.open().await?;
    if let Some(RegisterCommand::Verify { file }) = args.verify {
        let check = register::verify(&app, &file).await?;
        session.output.print(&check)?;
        return Ok(if check.ok { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let org = args.org.unwrap_or_default();
    let Some(format) = args.format else {
        return tell!(session, register::show(&app, &org, &ask).await?);
    };
    let (register, text) = register::document(&app, &org, &ask, format.parse()?).await?;
    if session.output.json {
        let told = view::RegisterDocument { register, format, text };
        session.output.print_json(&told)?;
    } else {
        session.output.print_raw(&text)?;
        session.output.warn(&crate::render::flags(&register))?;
    }
    Ok(ExitCode::SUCCESS)
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
        QueryCommand::Rename { name, to } => {
            let app = session.open().await?;
            tell!(session, queries::rename(&app, &name, &to).await?)
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
