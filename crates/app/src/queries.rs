//! Relationship queries: asked in one line, kept by name.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use throughline_core::graph::query::{self, Found, Kind as Asked, Query};
use throughline_core::graph::{DecisionStatus, Graph, NodeRef, View};
use throughline_core::model::{ActionStatus, ItemId, ItemKind};
use throughline_core::people::Outsiders;
use throughline_store::{Connection, Kind, facts, organization, person, query as saved};

use crate::answers::{evidence, step};
use crate::app::{App, Seen};
use crate::view::{self, MarkStatus};
use crate::{Failure, Result, answers, sentences};

/// Names are for a sidebar.
const NAME: usize = 80;
/// A query is a line.
const EXPRESSION: usize = 1_000;

/// The saved queries, by name. Through a lens those that name nobody, and no organization, that is out of sight, and do
/// not ask who reports to whom: that is nothing to show a client, and the lens hides most of what it is counted from.
///
/// # Errors
/// As reading the vault.
pub async fn list(app: &App) -> Result<view::Queries> {
    let conn = &mut *app.look().await?;
    let mut queries = saved::all(conn).await?;
    if app.lens().is_some() && !queries.is_empty() {
        let sight = Sight::load(app, conn).await?;
        queries.retain(|(name, expression)| sight.holds(app, name, expression));
    }
    let queries = queries.into_iter().map(|(name, expression)| {
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
        let mut saved = saved::get(conn, asked).await?;
        if let Some(expression) = saved.as_deref().filter(|_| app.lens().is_some()) {
            let shown = Sight::load(app, conn).await?.holds(app, asked, expression);
            saved = saved.filter(|_| shown);
        }
        (saved, person::me(conn).await?.map(|me| me.id))
    };
    let expression = saved.as_deref().unwrap_or(asked);
    let query = parse(app, expression).map_err(|failure| match (&saved, asked.contains([':', '<', '>', ' '])) {
        (None, false) if expression.parse::<Asked>().is_err() => {
            let kinds: Vec<&str> = Asked::ALL.iter().map(|kind| kind.as_str()).collect();
            Failure::new("unknown_query", format!("No query is saved as “{asked}”.")).hint(format!(
                "`throughline query list` shows those there are. A query itself begins with what is asked for: {}.",
                kinds.join(", ")
            ))
        }
        _ => failure,
    })?;
    let view = app.view(me);
    let seen = reached(app, &query, &view).await?;
    let graph = seen.graph();
    let answer = query.answer(graph, &view).map_err(unknown)?;
    Ok(view::QueryResult {
        name: saved.as_ref().map(|_| asked.to_owned()),
        expression: expression.to_owned(),
        kind: query.kind.to_string(),
        explained: query.explain_in(graph, &view),
        value: value_name(&query),
        rows: rows(app, graph, &query, &answer.found).await?,
    })
}

/// Who is seen through the lens, and who is not: what a query is called tells of them as well as what it asks.
struct Sight {
    graph: Graph,
    unseen: Outsiders,
    view: View,
}

impl Sight {
    async fn load(app: &App, conn: &mut Connection) -> Result<Self> {
        let graph = Graph::build(facts::known(conn).await?);
        let mut unseen = Outsiders::default();
        let whole = &mut *app.read().await?;
        for one in person::all(whole).await? {
            if graph.person(one.id).is_some() {
                unseen.insider(&one.name);
            } else {
                unseen.person(&one.name, &one.aliases);
            }
        }
        for one in organization::all(whole).await? {
            if graph.organization(one.id).is_some() {
                unseen.insider(&one.name);
            } else {
                unseen.organization(&one.name, &one.domains);
            }
        }
        let view = app.view(answers::me(whole).await?);
        Ok(Self { graph, unseen, view })
    }

    fn holds(&self, app: &App, name: &str, expression: &str) -> bool {
        let names_others = [name, expression].iter().any(|text| !self.unseen.in_text(text).is_empty());
        // What cannot be read says why when it is asked.
        let query = Query::parse(expression, app.clock().today()).ok();
        let fits = |query: Query| !query.is_on_own_people() && query.reach(&self.graph, &self.view).is_ok();
        !names_others && query.is_none_or(fits)
    }
}

/// The part of the vault that a query needs, read for it; the graph of the whole where that is there already.
async fn reached<'a>(app: &'a App, query: &Query, view: &View) -> Result<Seen<'a>> {
    if let Some(seen) = app.live_if_built().await? {
        return Ok(seen);
    }
    let conn = &mut *app.look().await?;
    let mut graph = Graph::build(facts::known(conn).await?);
    let reach = query.reach(&graph, view).map_err(unknown)?;
    for fact in facts::reached(conn, &reach).await? {
        graph.put(fact);
    }
    Ok(Seen::Part(Box::new(graph)))
}

fn unknown(unknown: query::Unknown) -> Failure {
    let code = match unknown {
        query::Unknown::Person(_) => "unknown_person",
        query::Unknown::Organization(_) => "unknown_organization",
    };
    let mut said = unknown.to_string();
    said[..1].make_ascii_uppercase();
    Failure::new(code, format!("{said}.")).hint("`throughline people` and `throughline orgs` show who is known.")
}

/// Saves an expression under a name, in place of one that had it.
///
/// # Errors
/// `unreadable_query`, `unreadable_name`.
pub async fn save(app: &App, name: &str, expression: &str) -> Result<view::SavedQuery> {
    let name = checked(name)?;
    let query = parse(app, expression)?;
    let mut tx = app.write().await?;
    tx.touch(Kind::Query, name).await?;
    saved::put(&mut tx, name, expression.trim()).await?;
    app.commit(tx, "query save").await?;
    let kind = Some(query.kind.to_string());
    Ok(view::SavedQuery { name: name.to_owned(), kind, expression: expression.trim().to_owned() })
}

/// A saved query gets another name, and takes the place of one that had it; `undo` takes both back.
///
/// # Errors
/// `unknown_query`, `unreadable_name`.
pub async fn rename(app: &App, name: &str, to: &str) -> Result<view::SavedQuery> {
    let to = checked(to)?;
    let mut tx = app.write().await?;
    let expression = stored(&mut tx, name).await?;
    if to != name {
        tx.touch(Kind::Query, name).await?;
        tx.touch(Kind::Query, to).await?;
        saved::remove(&mut tx, name).await?;
        saved::put(&mut tx, to, &expression).await?;
        app.commit(tx, "query rename").await?;
    }
    Ok(told_saved(app, to, expression))
}

/// Forgets a saved query; `undo` brings it back.
///
/// # Errors
/// `unknown_query`.
pub async fn delete(app: &App, name: &str) -> Result<view::SavedQuery> {
    let mut tx = app.write().await?;
    let expression = stored(&mut tx, name).await?;
    tx.touch(Kind::Query, name).await?;
    saved::remove(&mut tx, name).await?;
    app.commit(tx, "query delete").await?;
    Ok(told_saved(app, name, expression))
}

fn checked(name: &str) -> Result<&str> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME || name.chars().any(char::is_control) {
        let failure = Failure::usage("unreadable_name", "That cannot be the name of a query.");
        return Err(failure.hint(format!("Write at most {NAME} letters in one line.")));
    }
    Ok(name)
}

async fn stored(conn: &mut Connection, name: &str) -> Result<String> {
    saved::get(conn, name).await?.ok_or_else(|| {
        Failure::new("unknown_query", format!("No query is saved as “{name}”."))
            .hint("`throughline query list` shows those there are.")
    })
}

fn told_saved(app: &App, name: &str, expression: String) -> view::SavedQuery {
    // What a newer version wrote may be unreadable here.
    let kind = Query::parse(&expression, app.clock().today()).ok().map(|query| query.kind.to_string());
    view::SavedQuery { name: name.to_owned(), kind, expression }
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
    let view = app.view(answers::me(&mut *app.look().await?).await?);
    let mut counted = Vec::with_capacity(queries.len());
    for saved in queries {
        let found = match Query::parse(&saved.expression, app.clock().today()) {
            Ok(query) => count(app, &query, &view).await?,
            Err(_) => None,
        };
        counted.push((saved, found));
    }
    Ok(counted)
}

/// How much a query finds; none where it names somebody nobody knows any more.
async fn count(app: &App, query: &Query, view: &View) -> Result<Option<usize>> {
    match reached(app, query, view).await {
        Ok(seen) => Ok(query.answer(seen.graph(), view).ok().map(|answer| answer.found.len())),
        Err(failure) if failure.code.starts_with("unknown_") => Ok(None),
        Err(failure) => Err(failure),
    }
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
    let term = query.terms.iter().find(|term| term.key.sort.is_number());
    term.map(|term| term.key.name.to_owned())
}

async fn rows(app: &App, graph: &Graph, query: &Query, found: &[Found]) -> Result<Vec<view::QueryRow>> {
    let own = |found: &Found| if let NodeRef::Item(id) = found.node { Some(id) } else { None };
    let behind = found.iter().flat_map(|found| &found.evidence).filter_map(|proof| proof.item);
    let ids: BTreeSet<ItemId> = found.iter().filter_map(own).chain(behind).collect();
    let items: Vec<_> = ids.iter().filter_map(|id| graph.item(*id)).collect();
    let sentences =
        if items.is_empty() { HashMap::new() } else { sentences::of(&mut *app.look().await?, &items).await? };
    let rows = found.iter().filter_map(|found| {
        let evidence = found.evidence.iter().filter_map(|proof| {
            let item = proof.item.or_else(|| own(found));
            let sentence = item.and_then(|id| sentences.get(&id)).cloned();
            let told = evidence(app, graph, proof.meeting, sentence)?;
            Some(view::Evidence { item_id: item, ..told })
        });
        row(app, graph, query, found, evidence.collect())
    });
    Ok(rows.collect())
}

/// The number asked about in words.
fn told(query: &Query, value: Option<i64>) -> Option<String> {
    let term = query.terms.iter().find(|term| term.key.sort.is_number())?;
    Some(match (term.key.sort, value) {
        (query::Sort::Age, None) => "never".to_owned(),
        (query::Sort::Age, Some(0)) => "today".to_owned(),
        (query::Sort::Age, Some(1)) => "1 day ago".to_owned(),
        (query::Sort::Age, Some(days)) if days < 0 => format!("in {} days", -days),
        (query::Sort::Age, Some(days)) => format!("{days} days ago"),
        (_, value) => counted_as(value?, term.key.name),
    })
}

/// How an item stands.
fn status(app: &App, graph: &Graph, id: ItemId) -> Option<MarkStatus> {
    let item = graph.item(id)?;
    Some(match (item.kind, item.status) {
        (ItemKind::Decision, _) => match graph.decision_status(id, Some(app.clock().as_of_today()))? {
            DecisionStatus::Proposed => MarkStatus::Proposed,
            DecisionStatus::Holds => MarkStatus::Holds,
            DecisionStatus::Superseded => MarkStatus::Superseded,
        },
        (ItemKind::Question, ActionStatus::Open)
            if graph.answered_by(id, Some(app.clock().as_of_today())).is_none() =>
        {
            MarkStatus::Open
        }
        (ItemKind::Question, _) => MarkStatus::Answered,
        (ItemKind::Action, ActionStatus::Open) => MarkStatus::Open,
        (ItemKind::Action, ActionStatus::Done) => MarkStatus::Done,
        (ItemKind::Action, ActionStatus::Dropped) => MarkStatus::Dropped,
    })
}

/// The day an item's meeting begins on where the user is.
fn moment_of(app: &App, graph: &Graph, node: &NodeRef) -> Option<NaiveDate> {
    let NodeRef::Item(id) = node else { return None };
    graph.meeting(graph.item(*id)?.meeting_id?).map(|meeting| meeting.times.date(app.clock().zone))
}

/// "1 meeting", "2 meetings", "1 hour"; keys that are no plural as they are: "1 open".
fn counted_as(value: i64, key: &str) -> String {
    let one = match key {
        "meetings" | "hours" | "decisions" | "slips" | "attendees" | "outcomes" => key.trim_end_matches('s'),
        "people" => "person",
        other => other,
    };
    format!("{value} {}", if value == 1 { one } else { key })
}

fn row(
    app: &App,
    graph: &Graph,
    query: &Query,
    found: &Found,
    evidence: Vec<view::Evidence>,
) -> Option<view::QueryRow> {
    let words = told(query, found.value);
    let told = step(app, graph, &found.node)?;
    let detail = match &found.node {
        NodeRef::Person(id) => {
            graph.person(*id)?.organization_id.and_then(|id| graph.organization(id)).map(|o| &o.name)
        }
        NodeRef::Item(id) => graph.item(*id)?.meeting_id.and_then(|id| graph.meeting(id)).map(|m| &m.title),
        _ => None,
    };
    Some(view::QueryRow {
        kind: told.kind,
        id: told.id,
        title: told.title,
        detail: detail.cloned(),
        date: told.date.map(|date| moment_of(app, graph, &found.node).unwrap_or(date)),
        status: if let NodeRef::Item(id) = found.node { status(app, graph, id) } else { None },
        value: found.value,
        told: words,
        evidence,
    })
}
