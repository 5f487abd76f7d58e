//! The thread beside a meeting: what came before it.

use std::collections::HashMap;

use throughline_core::graph::Graph;
use throughline_core::model::{MeetingId, NotePart};
use throughline_store::{facts, item, meeting, note};

use crate::app::App;
use crate::tell::Teller;
use crate::view::{Thread, ThreadMeeting, TracedItem, When};
use crate::{Result, answers, resolve};

pub use crate::view::Scope;

/// Earlier meetings, latest first, each with its items: the meeting itself, its series, or the others of these people.
/// Meetings without items are passed over. Of private parts only the meeting's own are told.
///
/// # Errors
/// `unknown_meeting`, `ambiguous`.
pub async fn thread(app: &App, meeting: &str, scope: Scope, limit: usize) -> Result<Thread> {
    let conn = &mut *app.look().await?;
    let id = resolve::meeting(conn, meeting).await?;
    let ids = match scope {
        Scope::Occurrence => vec![id],
        Scope::Series | Scope::People => {
            let me = answers::me(conn).await?;
            let graph = Graph::build(facts::around_meetings(conn, &[id], me, app.clock().now).await?);
            let mut before = graph.before(id, scope == Scope::People, &app.view(me));
            before.retain(|other| {
                let items = graph.items_of(*other);
                items.iter().any(|item| graph.item(*item).is_some_and(|item| item.part != NotePart::Private))
            });
            before
        }
    };
    let more = ids.len() > limit;
    let ids: Vec<MeetingId> = ids.into_iter().take(limit).collect();
    let mut items: HashMap<MeetingId, Vec<TracedItem>> = HashMap::new();
    let notes: Vec<_> = note::of_meetings(conn, &ids).await?.into_iter().map(|note| note.id).collect();
    let mut found = item::of_notes(conn, &notes).await?;
    found.retain(|item| !item.archived);
    found.retain(|item| scope == Scope::Occurrence || item.part != NotePart::Private);
    let meetings = meeting::by_ids(conn, &ids).await?;
    for item in Teller::new(conn, *app.clock()).items(found).await?.in_order() {
        if let Some(id) = item.meeting_id() {
            items.entry(id).or_default().push(item);
        }
    }
    let meetings = meetings.into_iter().map(|meeting| ThreadMeeting {
        id: meeting.id,
        items: items.remove(&meeting.id).unwrap_or_default(),
        title: meeting.title,
        start: When::start(&meeting.times, app.clock().zone),
    });
    Ok(Thread { scope, meetings: meetings.collect(), more })
}
