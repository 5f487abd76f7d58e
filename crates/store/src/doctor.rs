//! Whether a vault is sound.

use crate::change::{self, Problem};
use crate::{Connection, Result, search};

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// SQLite's integrity check complains.
    Integrity(String),
    /// A row of this table points at nothing.
    ForeignKey(String),
    /// The change log was tampered with, or damaged.
    Chain(Problem),
    /// Search does not know all there is; [`repair`] makes it anew.
    Search,
}

/// Looks at everything; nothing found means sound. To be asked within a [`crate::Write`], though it changes nothing: the
/// check of search is a statement that writes.
pub async fn check(conn: &mut Connection) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let lines: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check(20)").fetch_all(&mut *conn).await?;
    findings.extend(lines.into_iter().filter(|line| line != "ok").map(Finding::Integrity));
    let tables: Vec<String> =
        sqlx::query_scalar("SELECT DISTINCT \"table\" FROM pragma_foreign_key_check").fetch_all(&mut *conn).await?;
    findings.extend(tables.into_iter().map(Finding::ForeignKey));
    findings.extend(change::verify(conn).await?.into_iter().map(Finding::Chain));
    if !(search::is_complete(conn).await? && search::is_sound(conn).await?) {
        findings.push(Finding::Search);
    }
    Ok(findings)
}

/// Repairs what can be made from the rest: search. To be followed by a commit.
pub async fn repair(conn: &mut Connection) -> Result<()> {
    search::rebuild(conn).await
}
