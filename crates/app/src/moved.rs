//! Where items stood before they were moved: by the change log, for an item knows its last place alone.

use std::collections::{BTreeSet, HashSet};

use throughline_core::model::{ItemId, MeetingId};
use throughline_store::{Connection, Kind, change, feed, item};

use crate::Result;

/// The meetings in whose notes an item stood before it was moved to another's; what was taken back is left out. Notes that
/// went to another meeting as a whole took their items along: those were moved nowhere.
pub(crate) async fn stood_in(conn: &mut Connection, id: ItemId) -> Result<Vec<MeetingId>> {
    let Some(now) = item::get(conn, id).await? else { return Ok(Vec::new()) };
    let (note, id) = (now.note_id.to_string(), id.to_string());
    let entries = change::history(conn, Kind::Item, &id).await?;
    let undone: HashSet<i64> = entries.iter().filter_map(|entry| entry.undoes).collect();
    let stand = entries.iter().filter(|entry| entry.undoes.is_none() && !undone.contains(&entry.seq));
    let mut meetings: BTreeSet<MeetingId> = BTreeSet::new();
    for delta in stand.flat_map(|entry| &entry.content).flat_map(|content| &content.deltas) {
        let sides = match delta.kind {
            Kind::Note => feed::items(delta).remove(id.as_str()).unwrap_or_default(),
            Kind::Item if delta.id == id => [delta.before.as_ref(), delta.after.as_ref()],
            _ => continue,
        };
        for image in sides.into_iter().flatten().filter(|image| image["archived"] != true) {
            let meeting = image["meeting_id"].as_str().filter(|_| image["note_id"] != note.as_str());
            meetings.extend(meeting.and_then(|id| id.parse().ok()).map(MeetingId));
        }
    }
    Ok(meetings.into_iter().filter(|meeting| Some(*meeting) != now.meeting_id).collect())
}
