//! Finding things by their words.

use std::collections::HashMap;
use std::time::Instant;

use chrono::NaiveDate;
use throughline_core::model::{ItemId, MeetingId};
use throughline_store::{Connection, meeting, search as index};

use crate::app::App;
use crate::clock::{Clock, parse_day};
use crate::tell::Teller;
use crate::view::{self, MarkStatus, TracedItem};
use crate::{Failure, Result, actions, clean, resolve};

/// What may be found.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// `meeting`, `note`, `action`, `decision`, `question`, `person`, `organization`.
    pub kind: Option<String>,
    /// What this person is at, owns or is named in.
    pub person: Option<String>,
    /// What somebody of this organization is at, and itself.
    pub organization: Option<String>,
    /// What is of this day or later.
    pub from: Option<NaiveDate>,
    /// What is of this day or before.
    pub to: Option<NaiveDate>,
    /// Items and notes about this topic, or one nested in it.
    pub topic: Option<String>,
}

/// What can be found.
const KINDS: [&str; 8] = ["meeting", "note", "action", "decision", "question", "person", "organization", "topic"];

/// At most so many hits.
const HITS: u32 = 100;

/// The best hits for what was typed, best first: every word must be there, the last may be a beginning, "phrases" hold
/// together, case and diacritics do not matter. `kind:decision`, `person:ana`, `org:acme`, `topic:budget`,
/// `from:2026-01-01` and `to:today` among the words narrow it as the filter does; without any other word all that they
/// keep is found, the latest first.
///
/// # Errors
/// `unknown_person`, `unknown_organization`, `ambiguous`, `unknown_kind`.
pub async fn run(app: &App, text: &str, filter: &Filter) -> Result<view::Search> {
    let began = Instant::now();
    let (text, filter) = &operators(text, filter, app.clock());
    let conn = &mut *app.look().await?;
    let mut query = index::Filter {
        from: filter.from.and_then(|from| from.pred_opt()),
        to: filter.to.and_then(|to| to.succ_opt()),
        topic: filter.topic.as_deref().map(actions::topic),
        today: Some(app.clock().today()),
        // A filter, so that the best are not cut before they are narrowed.
        without_private: app.lens().is_some(),
        ..index::Filter::default()
    };
    if let Some(kind) = &filter.kind {
        if !KINDS.contains(&kind.as_str()) {
            return Err(Failure::usage("unknown_kind", format!("There is no kind of thing `{}`.", clean::line(kind)))
                .hint(format!("Kinds are {}.", KINDS.join(", "))));
        }
        query.kinds = vec![kind.clone()];
    }
    if let Some(person) = &filter.person {
        query.person = Some(resolve::person(conn, person).await?);
    }
    if let Some(organization) = &filter.organization {
        query.organization = Some(resolve::organization(conn, organization).await?);
    }
    let mut hits = index::query(conn, text, &query, HITS).await?;
    let ids: Vec<MeetingId> = hits.iter().filter_map(|hit| hit.meeting_id).collect();
    let dates: HashMap<MeetingId, NaiveDate> = meeting::by_ids(conn, &ids)
        .await?
        .into_iter()
        .map(|meeting| (meeting.id, meeting.times.date(app.clock().zone)))
        .collect();
    for hit in &mut hits {
        hit.date = hit.meeting_id.and_then(|id| dates.get(&id).copied()).or(hit.date);
    }
    let mut standing = standing(conn, app, &hits).await?;
    Ok(view::Search {
        hits: hits
            .into_iter()
            .filter(|hit| filter.from.is_none_or(|from| hit.date.is_some_and(|date| date >= from)))
            .filter(|hit| filter.to.is_none_or(|to| hit.date.is_some_and(|date| date <= to)))
            .map(|hit| (standing.remove(&hit.id), hit))
            .map(|(stands, hit)| view::Hit {
                status: stands.as_ref().map(|stands| stands.status),
                owners: stands.map(|stands| stands.owners).unwrap_or_default(),
                kind: hit.kind,
                id: hit.id,
                title: hit.title,
                snippet: hit.snippet,
                meeting_id: hit.meeting_id,
                note_part: hit.part,
                date: hit.date,
                score: hit.score,
            })
            .collect(),
        took_ms: began.elapsed().as_secs_f64() * 1000.0,
    })
}

/// How an item stands, and whose it is.
struct Standing {
    status: MarkStatus,
    owners: Vec<view::Owner>,
}

/// How the items that were found stand, by their ids.
async fn standing(conn: &mut Connection, app: &App, hits: &[index::Hit]) -> Result<HashMap<String, Standing>> {
    let items = hits.iter().filter(|hit| matches!(hit.kind.as_str(), "action" | "decision" | "question"));
    let ids: Vec<_> = items.filter_map(|hit| Some(ItemId(hit.id.parse().ok()?))).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let told = Teller::new(conn, *app.clock()).items_by_ids(&ids).await?.in_order();
    let stands = |item: &TracedItem| Standing {
        status: MarkStatus::of(item),
        owners: if let TracedItem::Action(action) = item { action.owners.clone() } else { Vec::new() },
    };
    Ok(told.iter().map(|item| (item.id().to_string(), stands(item))).collect())
}

/// Takes the operators out of what was typed. A value with blanks stands in quotation marks: `person:"Ana Silva"`. A word
/// with a colon that is no operator is a word, and so is a value that is not whole yet: people search while they type.
/// A kind that something follows is whole, and one that is none is said.
fn operators(typed: &str, filter: &Filter, clock: &Clock) -> (String, Filter) {
    let mut filter = filter.clone();
    let mut words = Vec::new();
    let all = words_of(typed);
    for (at, &word) in all.iter().enumerate() {
        let is_whole = at + 1 < all.len() || typed.ends_with(char::is_whitespace);
        let Some((name, value)) = word.split_once(':') else {
            words.push(word);
            continue;
        };
        let value = value.trim_matches('"');
        if value.is_empty() {
            words.push(word);
            continue;
        }
        match name {
            "kind" if is_whole || KINDS.contains(&value) => filter.kind = Some(value.to_owned()),
            "person" => filter.person = Some(value.to_owned()),
            "org" => filter.organization = Some(value.to_owned()),
            "topic" => filter.topic = Some(value.to_owned()),
            "from" | "to" => match (name, parse_day(value, clock)) {
                ("from", Ok(day)) => filter.from = Some(day),
                (_, Ok(day)) => filter.to = Some(day),
                (_, Err(_)) => words.push(word),
            },
            _ => words.push(word),
        }
    }
    let mut text = words.join(" ");
    // The last word may be a beginning while nothing follows it.
    if typed.ends_with(char::is_whitespace) {
        text.push(' ');
    }
    (text, filter)
}

/// Words, with what stands in quotation marks held together.
fn words_of(typed: &str) -> Vec<&str> {
    let (mut words, mut start, mut quoted) = (Vec::new(), None, false);
    for (at, c) in typed.char_indices() {
        quoted ^= c == '"';
        if c.is_whitespace() && !quoted {
            words.extend(start.take().map(|start| &typed[start..at]));
        } else if start.is_none() {
            start = Some(at);
        }
    }
    words.extend(start.map(|start| &typed[start..]));
    words
}
