//! Transactions, and the recorder that turns what one of them did into an entry of the change log.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Deref, DerefMut};

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::{Sqlite, Transaction};
use throughline_core::model::NoteId;
use tokio::sync::OwnedMutexGuard;

use crate::change::{self, Delta};
use crate::{Connection, Kind, Result, feed, image, sitting};

/// What a commit promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// On disk when it returns: for what a person wrote or decided.
    Full,
    /// Consistent, but a power cut may take the last commits: only for what a sync can fetch again.
    Normal,
}

/// A consistent view of the vault.
#[derive(Debug)]
pub struct Read(pub(crate) Transaction<'static, Sqlite>);

impl Deref for Read {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        &self.0
    }
}

impl DerefMut for Read {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.0
    }
}

/// What the change log is to say of a transaction.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The command, as `action done`; no text of the user's.
    pub command: &'a str,
    /// When.
    pub at: DateTime<Utc>,
    /// The entry this one takes back.
    pub undoes: Option<i64>,
    /// Fresh random bytes: they keep a content from being guessed from its digest once it is erased.
    pub salt: [u8; 32],
}

/// What a commit did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Committed {
    /// The entry in the change log, where one was asked for and something had changed.
    pub change: Option<i64>,
    /// What was touched, with what hangs on it, as it stands in the feed now.
    pub touched: Vec<(Kind, String)>,
    /// What differs from before, in the order of kinds and ids: a subset of what [`Write::touch`] was called for.
    pub changed: Vec<(Kind, String)>,
}

/// The one writer. Dropped without a commit it leaves no trace.
#[derive(Debug)]
pub struct Write {
    tx: Transaction<'static, Sqlite>,
    before: BTreeMap<(Kind, String), Option<Value>>,
    /// Notes somebody sits at, as they were before an item of theirs was touched.
    beside: BTreeMap<(Kind, String), Option<Value>>,
    feed: BTreeSet<(Kind, String)>,
    _turn: OwnedMutexGuard<()>,
}

impl Deref for Write {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        &self.tx
    }
}

impl DerefMut for Write {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.tx
    }
}

impl Write {
    pub(crate) fn new(tx: Transaction<'static, Sqlite>, turn: OwnedMutexGuard<()>) -> Self {
        Self { tx, before: BTreeMap::new(), beside: BTreeMap::new(), feed: BTreeSet::new(), _turn: turn }
    }

    /// To be called before something a person wrote or decided is modified: what it is like now is kept, so that the
    /// commit can tell what changed. Calling it again for the same thing does nothing.
    pub async fn touch(&mut self, kind: Kind, id: impl ToString + Send) -> Result<()> {
        let key = (kind, id.to_string());
        if !self.before.contains_key(&key) {
            if kind == Kind::Item {
                sitting::beside_item(&mut self.tx, &key.1, &mut self.beside).await?;
            }
            let image = image::read(&mut self.tx, kind, &key.1).await?;
            self.before.insert(key, image);
        }
        Ok(())
    }

    /// [`Write::touch`] for something that this transaction makes, and that is known not to be there yet.
    pub fn touch_new(&mut self, kind: Kind, id: impl ToString) {
        self.before.entry((kind, id.to_string())).or_insert(None);
    }

    /// Says that something was touched that is not in the change log, as a sync does.
    pub fn feed(&mut self, kind: Kind, id: impl ToString) {
        self.feed.insert((kind, id.to_string()));
    }

    /// Commits. With an entry, what differs from when it was touched becomes one row of the change log (none where
    /// nothing differs, unless it undoes). Sittings at notes that this command changed under the editor are closed
    /// first, so that the log tells things in their order.
    pub async fn commit(mut self, entry: Option<Entry<'_>>) -> Result<Committed> {
        let deltas = self.deltas().await?;
        let mut seq = None;
        if let Some(entry) = entry {
            let mut was = std::mem::take(&mut self.beside);
            was.extend(self.before.clone());
            sitting::close_touched(&mut self.tx, &deltas, &was, &entry).await?;
            if !deltas.is_empty() || entry.undoes.is_some() {
                seq = Some(change::append(&mut self.tx, &entry, &deltas).await?);
            }
        }
        self.finish(seq, deltas).await
    }

    /// Commits as a part of the sitting at `note`: what was touched goes into the one entry that
    /// [`sitting::close`] writes. The first such commit opens the sitting.
    pub async fn commit_sitting(mut self, note: NoteId, at: DateTime<Utc>) -> Result<Committed> {
        let deltas = self.deltas().await?;
        if !deltas.is_empty() {
            sitting::extend(&mut self.tx, note, at, &deltas).await?;
        }
        self.finish(None, deltas).await
    }

    /// Gives up; the same as dropping, but waits for it.
    pub async fn rollback(self) -> Result<()> {
        Ok(self.tx.rollback().await?)
    }

    async fn deltas(&mut self) -> Result<Vec<Delta>> {
        let mut deltas = Vec::new();
        for ((kind, id), before) in &self.before {
            let after = image::read(&mut self.tx, *kind, id).await?;
            if *before != after {
                deltas.push(Delta { kind: *kind, id: id.clone(), before: before.clone(), after });
            }
        }
        Ok(deltas)
    }

    async fn finish(mut self, change: Option<i64>, deltas: Vec<Delta>) -> Result<Committed> {
        let mut touched = std::mem::take(&mut self.feed);
        for delta in &deltas {
            feed::reach(&mut self.tx, delta, &mut touched).await?;
        }
        let touched: Vec<_> = touched.into_iter().collect();
        feed::append(&mut self.tx, &touched).await?;
        self.tx.commit().await?;
        let changed = deltas.into_iter().map(|delta| (delta.kind, delta.id)).collect();
        Ok(Committed { change, touched, changed })
    }
}
