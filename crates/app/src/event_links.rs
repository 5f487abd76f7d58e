//! Files that a calendar hangs on an event, as links.

use throughline_core::calendar::{Event, EventGroup, EventTime, Zone};
use throughline_core::model::{Meeting, OriginalStart, resolve_local};
use throughline_store::{Connection, event, meeting};

use crate::{Result, clean, view};

/// The links on a meeting's event, as the calendar that leads it last said.
pub(crate) async fn of(conn: &mut Connection, of: &Meeting) -> Result<Vec<view::Link>> {
    let Some(uid) = of.uid.clone() else { return Ok(Vec::new()) };
    let calendars = meeting::calendars(conn, &[of.id]).await?.remove(&of.id).unwrap_or_default();
    for calendar in calendars {
        let stored = event::by_uids(conn, calendar, std::slice::from_ref(&uid)).await?.pop();
        let group = stored.and_then(|stored| serde_json::from_str::<EventGroup>(&stored.payload).ok());
        let Some(event) = group.as_ref().and_then(|group| component(group, of.original_start)) else { continue };
        let links = event.attachments.iter().map(|attachment| {
            let title = clean::line(&attachment.title);
            let title = if title.is_empty() { attachment.url.clone() } else { title };
            view::Link { title, url: attachment.url.clone() }
        });
        return Ok(links.collect());
    }
    Ok(Vec::new())
}

/// The override of an occurrence, else the master.
fn component(group: &EventGroup, original: Option<OriginalStart>) -> Option<&Event> {
    let own = group.events.iter().find(|event| match (&event.recurrence_id, original) {
        (Some(id), Some(original)) => is(id, original),
        _ => false,
    });
    own.or_else(|| group.master())
}

fn is(time: &EventTime, original: OriginalStart) -> bool {
    match (time, original) {
        (EventTime::Date(day), OriginalStart::Date(original)) => *day == original,
        (EventTime::Floating(local), OriginalStart::Floating(original)) => *local == original,
        (EventTime::Utc(at), OriginalStart::Instant(original)) => *at == original,
        (EventTime::Zoned { local, zone: Zone::Iana(zone) }, OriginalStart::Instant(original)) => {
            resolve_local(*local, *zone) == original
        }
        _ => false,
    }
}
