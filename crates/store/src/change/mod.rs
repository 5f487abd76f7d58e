//! The change log: what a person changed, one entry for each command and each sitting at a note.

mod chain;
mod items;
mod past;
mod register;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(crate) use chain::derive_salt;
pub use chain::{Problem, contains, head, place, verify};
pub use items::{Handover, ItemChange, handovers_since, items_since};
pub use past::{ItemPast, of_items};
pub use register::{DecisionRecord, Witness};

use crate::tx::{Entry, Write};
use crate::value::{json, moment, read_instant, read_json};
use crate::{Connection, Error, Kind, Result, feed, image};

/// What one entry did to one object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Delta {
    /// What it is.
    #[serde(with = "kind_word")]
    pub kind: Kind,
    /// Which.
    pub id: String,
    /// What it was like; none where it was not there.
    pub before: Option<Value>,
    /// What it is like since; none where it went.
    pub after: Option<Value>,
}

/// What an entry says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Content {
    /// What it did.
    pub deltas: Vec<Delta>,
    /// The decisions it touched, with when and before whom they were taken, as known then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<DecisionRecord>,
}

/// One entry of the change log.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Its place: 1 is the first.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// The command, or [`crate::sitting::COMMAND`].
    pub command: String,
    /// The entry it takes back.
    pub undoes: Option<i64>,
    /// None where it was erased.
    pub content: Option<Content>,
    /// Its hash in the chain.
    pub hash: Vec<u8>,
}

/// The entry, where there is one.
pub async fn get(conn: &mut Connection, seq: i64) -> Result<Option<Change>> {
    let row = sqlx::query_as!(Row, "SELECT seq, at, command, undoes, content, hash FROM change WHERE seq = ?1", seq)
        .fetch_optional(conn)
        .await?;
    row.map(Row::read).transpose()
}

/// Every entry that speaks of the object, oldest first. An item's history is in the entries of its note.
pub async fn history(conn: &mut Connection, kind: Kind, id: &str) -> Result<Vec<Change>> {
    let kind = kind.as_str();
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT c.seq AS "seq!", at AS "at!", command AS "command!", undoes, content, hash AS "hash!"
           FROM change_object o JOIN change c ON c.seq = o.seq WHERE o.kind = ?1 AND o.id = ?2 ORDER BY c.seq"#,
        kind,
        id
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// The command of a sync that somebody asked for.
pub const SYNC: &str = "sync";
/// The command of a sync that ran by itself.
pub const BACKGROUND_SYNC: &str = "background sync";
/// Both.
pub const SYNCS: [&str; 2] = [SYNC, BACKGROUND_SYNC];

/// What is to be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undoable {
    /// What somebody did; a sync that ran by itself is not that.
    Command,
    /// What a sync moved, whoever asked for it.
    Sync,
}

/// The newest entry of that sort that takes nothing back, has not been taken back, and was not erased.
pub async fn last_undoable(conn: &mut Connection, what: Undoable) -> Result<Option<Change>> {
    let syncs = what == Undoable::Sync;
    let row = sqlx::query_as!(
        Row,
        "SELECT seq, at, command, undoes, content, hash FROM change c
         WHERE undoes IS NULL AND content IS NOT NULL
           AND CASE WHEN ?1 THEN command IN ('sync', 'background sync') ELSE command <> 'background sync' END
           AND NOT EXISTS (SELECT 1 FROM change u WHERE u.undoes = c.seq)
         ORDER BY seq DESC LIMIT 1",
        syncs
    )
    .fetch_optional(conn)
    .await?;
    row.map(Row::read).transpose()
}

/// Whether an entry was taken back.
pub async fn is_undone(conn: &mut Connection, seq: i64) -> Result<bool> {
    let undone =
        sqlx::query_scalar!(r#"SELECT EXISTS (SELECT 1 FROM change WHERE undoes = ?1) AS "undone!: bool""#, seq);
    Ok(undone.fetch_one(conn).await?)
}

/// Takes an entry back: everything it touched is as it was before it. What a sync owns is left alone. To be committed
/// with an [`Entry`] that says `undoes`; open sittings that touched any of it are to be closed before
/// ([`crate::sitting::close`]).
pub async fn undo(tx: &mut Write, change: &Change, at: DateTime<Utc>) -> Result<Vec<(Kind, String)>> {
    let content = change.content.as_ref().ok_or(Error::NotFound("content of that entry: it was erased"))?;
    let mut images = Vec::with_capacity(content.deltas.len());
    for delta in content.deltas.iter().rev() {
        tx.touch(delta.kind, &delta.id).await?;
        images.push((delta.kind, delta.id.clone(), delta.before.clone()));
    }
    image::write_all(tx, &images, at).await?;
    Ok(images.into_iter().map(|(kind, id, _)| (kind, id)).collect())
}

/// Erases what an entry says, for good. The chain still verifies.
pub async fn erase(conn: &mut Connection, seq: i64) -> Result<()> {
    sqlx::query!("DELETE FROM item_change WHERE seq = ?1", seq).execute(&mut *conn).await?;
    sqlx::query!("DELETE FROM item_handover WHERE seq = ?1", seq).execute(&mut *conn).await?;
    sqlx::query!("UPDATE change SET content = NULL, salt = NULL WHERE seq = ?1", seq).execute(conn).await?;
    Ok(())
}

pub(crate) async fn append(conn: &mut Connection, entry: &Entry<'_>, deltas: &[Delta]) -> Result<i64> {
    let decisions = register::of(conn, deltas).await?;
    let content = json(&Content { deltas: deltas.to_vec(), decisions })?;
    let (last, previous) = head(conn).await?;
    let seq = last + 1;
    let at = moment(entry.at);
    let digest = chain::digest(&entry.salt, &content);
    let hash = chain::hash(&previous, seq, &at, entry.command, entry.undoes, &digest);
    let salt = entry.salt.as_slice();
    sqlx::query!(
        "INSERT INTO change (seq, at, command, undoes, content, salt, digest, previous, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        seq,
        at,
        entry.command,
        entry.undoes,
        content,
        salt,
        digest,
        previous,
        hash
    )
    .execute(&mut *conn)
    .await?;
    let mut objects: Vec<(&str, &str)> = Vec::new();
    for delta in deltas {
        objects.push((delta.kind.as_str(), &delta.id));
        if delta.kind == Kind::Note {
            let changed = feed::items(delta).into_iter().filter(|(_, [before, after])| before != after);
            objects.extend(changed.map(|(id, _)| (Kind::Item.as_str(), id)));
        }
    }
    if entry.undoes.is_none() {
        items::keep(conn, seq, &at, deltas).await?;
    }
    let objects = json(&objects)?;
    sqlx::query!(
        "INSERT OR IGNORE INTO change_object (kind, id, seq) SELECT value ->> 0, value ->> 1, ?2 FROM json_each(?1)",
        objects,
        seq
    )
    .execute(conn)
    .await?;
    Ok(seq)
}

struct Row {
    seq: i64,
    at: String,
    command: String,
    undoes: Option<i64>,
    content: Option<String>,
    hash: Vec<u8>,
}

impl Row {
    fn read(self) -> Result<Change> {
        let content = self.content.as_deref().map(read_json).transpose()?;
        let at = read_instant(&self.at)?;
        Ok(Change { seq: self.seq, at, command: self.command, undoes: self.undoes, content, hash: self.hash })
    }
}

mod kind_word {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::Kind;

    pub(super) fn serialize<S: Serializer>(kind: &Kind, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(kind.as_str())
    }

    pub(super) fn deserialize<'a, D: Deserializer<'a>>(deserializer: D) -> Result<Kind, D::Error> {
        let word = String::deserialize(deserializer)?;
        Kind::read(&word).map_err(serde::de::Error::custom)
    }
}
