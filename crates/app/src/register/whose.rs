//! Whose a document says it is.

use std::collections::HashSet;

use throughline_core::model::{MeetingId, Organization};
use throughline_store::{Connection, Kind, change, lens, organization};

use super::entry::shown;
use crate::Result;

/// The organization of that name, as it is called or as it once was.
pub(super) async fn called(conn: &mut Connection, name: &str) -> Result<Option<Organization>> {
    let all = organization::all(conn).await?;
    if let Some(found) = all.iter().find(|one| shown(&one.name) == name) {
        return Ok(Some(found.clone()));
    }
    for one in all {
        let history = change::history(conn, Kind::Organization, &one.id.to_string()).await?;
        let deltas = history.iter().flat_map(|change| &change.content).flat_map(|content| &content.deltas);
        let images = deltas
            .filter(|delta| delta.kind == Kind::Organization && delta.id == one.id.to_string())
            .flat_map(|delta| [&delta.before, &delta.after])
            .flatten();
        let mut names = images.filter_map(|image| image["name"].as_str());
        if names.any(|was| shown(was) == name) {
            return Ok(Some(one));
        }
    }
    Ok(None)
}

/// Whether somebody of the organization was at each of these meetings.
pub(super) async fn was_at(
    conn: &mut Connection,
    organization: &Organization,
    meetings: &HashSet<MeetingId>,
) -> Result<bool> {
    Ok(lens::scope(conn, organization.id).await?.meetings.is_superset(meetings))
}
