//! The chain that shows tampering. It covers salted digests and not contents, so that contents can be erased.

use sha2::{Digest, Sha256};

use crate::{Connection, Result};

/// What does not hold in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// An entry is missing before this one.
    Gap {
        /// The entry after the gap.
        seq: i64,
    },
    /// The content is not the one that was written.
    Content {
        /// The entry.
        seq: i64,
    },
    /// When, what or where in the chain was changed.
    Link {
        /// The entry.
        seq: i64,
    },
}

/// The last entry's place and hash: 0 and 32 zero bytes before the first.
pub async fn head(conn: &mut Connection) -> Result<(i64, Vec<u8>)> {
    let last = sqlx::query!("SELECT seq, hash FROM change ORDER BY seq DESC LIMIT 1").fetch_optional(conn).await?;
    Ok(last.map_or_else(|| (0, vec![0; 32]), |last| (last.seq, last.hash)))
}

/// Whether an entry with this hash is in the chain: what a hash written down elsewhere is compared with.
pub async fn contains(conn: &mut Connection, hash: &[u8]) -> Result<bool> {
    Ok(place(conn, hash).await?.is_some())
}

/// Where in the chain the entry with this hash stands.
pub async fn place(conn: &mut Connection, hash: &[u8]) -> Result<Option<i64>> {
    Ok(sqlx::query_scalar!("SELECT seq FROM change WHERE hash = ?1", hash).fetch_optional(conn).await?)
}

/// Reads the whole chain and says what does not hold.
pub async fn verify(conn: &mut Connection) -> Result<Vec<Problem>> {
    const STEP: i64 = 500;
    let mut problems = Vec::new();
    let (mut last, mut previous) = (0, vec![0; 32]);
    loop {
        let rows = sqlx::query!(
            "SELECT seq, at, command, undoes, content, salt, digest, previous, hash FROM change
             WHERE seq > ?1 ORDER BY seq LIMIT ?2",
            last,
            STEP
        )
        .fetch_all(&mut *conn)
        .await?;
        if rows.is_empty() {
            return Ok(problems);
        }
        for row in rows {
            if row.seq != last + 1 {
                problems.push(Problem::Gap { seq: row.seq });
            }
            let expected = hash(&previous, row.seq, &row.at, &row.command, row.undoes, &row.digest);
            if row.previous != previous || row.hash != expected {
                problems.push(Problem::Link { seq: row.seq });
            }
            if let (Some(content), Some(salt)) = (&row.content, &row.salt)
                && digest(salt, content) != row.digest
            {
                problems.push(Problem::Content { seq: row.seq });
            }
            last = row.seq;
            previous = row.hash;
        }
    }
}

/// SHA-256 of salt and content.
pub(super) fn digest(salt: &[u8], content: &str) -> Vec<u8> {
    Sha256::new().chain_update(salt).chain_update(content).finalize().to_vec()
}

/// SHA-256 of the previous hash, place, time, command, what it undoes, and digest; texts led by their length.
pub(super) fn hash(previous: &[u8], seq: i64, at: &str, command: &str, undoes: Option<i64>, digest: &[u8]) -> Vec<u8> {
    let mut hasher = Sha256::new();
    hasher.update(previous);
    hasher.update(seq.to_be_bytes());
    for text in [at, command] {
        hasher.update((text.len() as u64).to_be_bytes());
        hasher.update(text);
    }
    hasher.update(undoes.unwrap_or_default().to_be_bytes());
    hasher.update(digest);
    hasher.finalize().to_vec()
}

/// A salt for a second entry in the same transaction, from the one the caller gave.
pub(crate) fn derive_salt(salt: &[u8; 32], of: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(salt).chain_update(of).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_an_entry_is_in_its_hash() {
        let base = hash(&[0; 32], 1, "2026", "note", None, &[1; 32]);
        for other in [
            hash(&[1; 32], 1, "2026", "note", None, &[1; 32]),
            hash(&[0; 32], 2, "2026", "note", None, &[1; 32]),
            hash(&[0; 32], 1, "202", "6note", None, &[1; 32]),
            hash(&[0; 32], 1, "2026", "note", Some(1), &[1; 32]),
            hash(&[0; 32], 1, "2026", "note", None, &[2; 32]),
        ] {
            assert_ne!(base, other);
        }
    }
}
