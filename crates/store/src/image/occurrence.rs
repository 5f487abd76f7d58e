//! Which occurrence of its series a meeting is: what a sync changes where a series moved under its notes.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use throughline_core::model::{MeetingId, MeetingStatus, OriginalStart, SeriesId, Source, Times};
use uuid::Uuid;

use super::json;
use crate::meeting::{self, Base};
use crate::{Connection, Result, queue, series};

#[derive(PartialEq, Serialize, Deserialize)]
pub(super) struct Image {
    series: Option<SeriesId>,
    uid: Option<String>,
    original_start: Option<OriginalStart>,
    times: Times,
}

/// None of a meeting that is the user's own.
async fn of_a_calendar(conn: &mut Connection, id: Uuid) -> Result<Option<Base>> {
    let stored = meeting::stored(conn, &[MeetingId(id)]).await?.pop();
    Ok(stored.map(|(base, _)| base).filter(|base| !matches!(base.source, Source::Local | Source::Import)))
}

fn image(base: &Base) -> Image {
    Image {
        series: base.series_id,
        uid: base.uid.clone(),
        original_start: base.original_start,
        times: base.times.clone(),
    }
}

pub(super) async fn read(conn: &mut Connection, id: Uuid) -> Result<Option<Value>> {
    of_a_calendar(conn, id).await?.as_ref().map_or(Ok(None), |base| json(&image(base)))
}

/// Lets the notes stay with the occurrence they were written at, which the calendar does not have any more: the meeting
/// stays as one called off, and waits in the queue. The occurrence they had been moved to is free for a meeting of its
/// own.
pub(super) async fn write(conn: &mut Connection, id: Uuid, was: Image, at: DateTime<Utc>) -> Result<()> {
    let Some(base) = of_a_calendar(conn, id).await?.filter(|base| image(base) != was) else { return Ok(()) };
    if let Some(series) = was.series {
        series::put_missing(conn, series, &base.title).await?;
    }
    let back = Base {
        series_id: was.series,
        uid: was.uid,
        original_start: was.original_start,
        times: was.times,
        status: MeetingStatus::Cancelled,
        ..base
    };
    meeting::put(conn, &[back]).await?;
    queue::put(conn, MeetingId(id), at).await
}
