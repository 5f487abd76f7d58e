//! Relationship queries: asked in one line, kept by name.

use std::collections::HashMap;

use throughline_core::graph::query::{self, Found, Kind as Asked, Query};
use throughline_core::graph::{Graph, NodeRef};
use throughline_core::model::MeetingId;
use throughline_store::{Kind, person, query as saved};

use crate::answers::{evidence, step};
use crate::app::App;
use crate::view;
use crate::{Failure, Result, answers, sentences};

/// Names are for a sidebar.
const NAME: usize = 80;
/// A query is a line.
const EXPRESSION: usize = 1_000;

/// The saved queries, by name.
///
/// # Errors
/// As reading the vault.
pub async fn list(app: &App) -> Result<view::Queries> {
    let conn = &mut *app.look().await?;
    let queries = saved::all(conn).await?.into_iter().map(|(name, expression)| {
        let read = Query::parse(&expression, app.clock().today());
        view::SavedQuery { name, kind: read.ok().map(|query| query.kind.to_string()), expression }
    });
    Ok(view::Queries { queries: queries.collect() })
}

/// What a saved query, or an expression, finds now.
///
/// # Errors
/// `unknown_query`, `unreadable_query`, `unknown_person`, `unknown_organization`.
pub async fn run(app: &App, name_or_expression: &str) -> Result<view::QueryResult> {
    let asked = name_or_expression.trim();
    let (saved, me) = {
        let conn = &mut *app.look().await?;
        (saved::get(conn, asked).await?, person::me(conn).await?.map(|me| me.id))
    };
    let expression = saved.as_deref().unwrap_or(asked);
    let query = parse(app, expression).map_err(|failure| match (&saved, asked.contains([':', '<', '>', ' '])) {
        (None, false) if expression.parse::<Asked>().is_err() => {
            Failure::new("unknown_query", format!("No query is saved as “{asked}”."))
                .hint("`query list` shows those there are.")
        }
        _ => failure,
    })?;
    let live = app.live().await?;
    let graph = live.graph();
    let answer = query.answer(graph, &app.view(me)).map_err(|unknown| {
        let code = match unknown {
            query::Unknown::Person(_) => "unknown_person",
            query::Unknown::Organization(_) => "unknown_organization",
        };
        let mut said = unknown.to_string();
        said[..1].make_ascii_uppercase();
        Failure::new(code, format!("{said}.")).hint("`people` and `orgs` show who is known.")
    })?;
    Ok(view::QueryResult {
        name: saved.as_ref().map(|_| asked.to_owned()),
        expression: expression.to_owned(),
        kind: query.kind.to_string(),
        explained: query.explain(),
        value: value_name(&query),
        rows: rows(app, graph, &query, &answer.found).await?,
    })
}

/// Saves an expression under a name, in place of one that had it.
///
/// # Errors
/// `unreadable_query`, `unreadable_name`.
pub async fn save(app: &App, name: &str, expression: &str) -> Result<view::SavedQuery> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME || name.chars().any(char::is_control) {
        let failure = Failure::usage("unreadable_name", "That cannot be the name of a query.");
        return Err(failure.hint(format!("Write at most {NAME} letters in one line.")));
    }
    let query = parse(app, expression)?;
    let mut tx = app.write().await?;
    tx.touch(Kind::Query, name).await?;
    saved::put(&mut tx, name, expression.trim()).await?;
    tx.commit(Some(app.entry("query save"))).await?;
    let kind = Some(query.kind.to_string());
    Ok(view::SavedQuery { name: name.to_owned(), kind, expression: expression.trim().to_owned() })
}

/// Forgets a saved query; `undo` brings it back.
///
/// # Errors
/// `unknown_query`.
pub async fn delete(app: &App, name: &str) -> Result<view::SavedQuery> {
    let mut tx = app.write().await?;
    let Some(expression) = saved::get(&mut tx, name).await? else {
        let failure = Failure::new("unknown_query", format!("No query is saved as “{name}”."));
        return Err(failure.hint("`query list` shows those there are."));
    };
    tx.touch(Kind::Query, name).await?;
    saved::remove(&mut tx, name).await?;
    tx.commit(Some(app.entry("query delete"))).await?;
    let kind = Query::parse(&expression, app.clock().today()).ok().map(|query| query.kind.to_string());
    Ok(view::SavedQuery { name: name.to_owned(), kind, expression })
}

/// What may be asked: each kind with its keys, for completion.
#[must_use]
pub fn keys() -> view::QueryKinds {
    let keys = |kind: Asked| {
        let told = |key: &query::Key| view::QueryKey { name: key.name, says: key.says, examples: key.examples() };
        query::keys(kind).iter().map(told)
    };
    let kinds = Asked::ALL.iter().map(|kind| view::QueryKind { kind: kind.as_str(), keys: keys(*kind).collect() });
    view::QueryKinds { kinds: kinds.collect() }
}

/// [`list`], each with how much it finds now: none where it cannot be read or asked any more.
///
/// # Errors
/// As reading the vault.
pub async fn counted(app: &App) -> Result<Vec<(view::SavedQuery, Option<usize>)>> {
    let queries = list(app).await?.queries;
    if queries.is_empty() {
        return Ok(Vec::new());
    }
    let me = answers::me(&mut *app.look().await?).await?;
    let live = app.live().await?;
    let counted = queries.into_iter().map(|saved| {
        let query = Query::parse(&saved.expression, app.clock().today()).ok();
        let answer = query.and_then(|query| query.answer(live.graph(), &app.view(me)).ok());
        (saved, answer.map(|answer| answer.found.len()))
    });
    Ok(counted.collect())
}

fn parse(app: &App, expression: &str) -> Result<Query> {
    if expression.len() > EXPRESSION {
        return Err(Failure::usage("unreadable_query", "The query is too long.").hint("A query is one line."));
    }
    Query::parse(expression, app.clock().today())
        .map_err(|problem| Failure::usage("unreadable_query", format!("{}.", problem.message)).hint(problem.hint))
}

/// What the number of each row counts.
fn value_name(query: &Query) -> Option<String> {
    let term = query.terms.iter().find(|term| matches!(term.key.sort, query::Sort::Count | query::Sort::Age));
    term.map(|term| term.key.name.to_owned())
}

async fn rows(app: &App, graph: &Graph, query: &Query, found: &[Found]) -> Result<Vec<view::QueryRow>> {
    let item = |found: &Found| if let NodeRef::Item(id) = found.node { graph.item(id) } else { None };
    let items: Vec<_> = found.iter().filter_map(item).collect();
    let sentences =
        if items.is_empty() { HashMap::new() } else { sentences::of(&mut *app.look().await?, &items).await? };
    let sentence = |found: &Found| item(found).and_then(|item| sentences.get(&item.id));
    Ok(found.iter().filter_map(|found| row(app, graph, query, found, sentence(found))).collect())
}

/// The number asked about in words.
fn told(query: &Query, value: Option<i64>) -> Option<String> {
    let term = query.terms.iter().find(|term| matches!(term.key.sort, query::Sort::Count | query::Sort::Age))?;
    Some(match (term.key.sort, value) {
        (query::Sort::Age, None) => "never".to_owned(),
        (query::Sort::Age, Some(0)) => "today".to_owned(),
        (query::Sort::Age, Some(1)) => "1 day ago".to_owned(),
        (query::Sort::Age, Some(days)) if days < 0 => format!("in {} days", -days),
        (query::Sort::Age, Some(days)) => format!("{days} days ago"),
        (_, value) => format!("{} {}", value?, term.key.name),
    })
}

fn row(app: &App, graph: &Graph, query: &Query, found: &Found, sentence: Option<&String>) -> Option<view::QueryRow> {
    let words = told(query, found.value);
    let told = step(app, graph, &found.node)?;
    let detail = match &found.node {
        NodeRef::Person(id) => {
            graph.person(*id)?.organization_id.and_then(|id| graph.organization(id)).map(|o| &o.name)
        }
        NodeRef::Item(id) => graph.item(*id)?.meeting_id.and_then(|id| graph.meeting(id)).map(|m| &m.title),
        _ => None,
    };
    let evidence = |id: &MeetingId| evidence(app, graph, *id, sentence.cloned());
    Some(view::QueryRow {
        kind: told.kind,
        id: told.id,
        title: told.title,
        detail: detail.cloned(),
        date: told.date,
        value: found.value,
        told: words,
        evidence: found.evidence.iter().filter_map(evidence).collect(),
    })
}
