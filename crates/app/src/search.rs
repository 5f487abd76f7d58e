//! Finding things by their words.

use std::collections::HashMap;
use std::time::Instant;

use chrono::NaiveDate;
use throughline_core::model::MeetingId;
use throughline_store::{meeting, search as index};

use crate::app::App;
use crate::view;
use crate::{Failure, Result, clean, resolve};

/// What may be found.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// `meeting`, `note`, `action`, `decision`, `question`, `person`, `organization`.
    pub kind: Option<String>,
    /// What this person is at, owns or is named in.
    pub person: Option<String>,
    /// What is of this day or later.
    pub from: Option<NaiveDate>,
}

/// What can be found.
const KINDS: [&str; 8] = ["meeting", "note", "action", "decision", "question", "person", "organization", "topic"];

/// At most so many hits.
const HITS: u32 = 100;

/// The best hits for what was typed, best first: every word must be there, the last may be a beginning, "phrases" hold
/// together, case and diacritics do not matter.
///
/// # Errors
/// `unknown_person`, `ambiguous`, `unknown_kind`.
pub async fn run(app: &App, text: &str, filter: &Filter) -> Result<view::Search> {
    let began = Instant::now();
    let conn = &mut *app.read().await?;
    let mut query = index::Filter {
        from: filter.from.and_then(|from| from.pred_opt()),
        today: Some(app.clock().today()),
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
    Ok(view::Search {
        hits: hits
            .into_iter()
            .filter(|hit| filter.from.is_none_or(|from| hit.date.is_some_and(|date| date >= from)))
            .map(|hit| view::Hit {
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
