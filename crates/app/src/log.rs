//! What the log of changes tells of items and the items themselves do not.

use chrono::{DateTime, Utc};
use throughline_core::graph::Logged;
use throughline_store::Connection;

use crate::Result;

/// What was dropped, and due dates moved, since then.
pub(crate) async fn since(_conn: &mut Connection, _since: DateTime<Utc>) -> Result<Vec<Logged>> {
    Ok(Vec::new())
}
