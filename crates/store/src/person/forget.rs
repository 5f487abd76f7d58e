//! People of whom nothing is known but a handle, once no text has it any more.

use chrono::{DateTime, Utc};
use throughline_core::model::{NoteId, PersonId};
use uuid::Uuid;

use crate::value::json_ids;
use crate::{Connection, Kind, Result, Write, image};

/// Whom a note names: those its items belong to or mention, archived ones too, and those mentioned outside items.
pub async fn named_in(conn: &mut Connection, note: NoteId) -> Result<Vec<PersonId>> {
    let rows = sqlx::query_scalar!(
        r#"SELECT person_id AS "id!: Uuid" FROM note_mention WHERE note_id = ?1
           UNION SELECT o.person_id FROM item i JOIN item_owner o ON o.item_id = i.id WHERE i.note_id = ?1
           UNION SELECT m.person_id FROM item i JOIN item_mention m ON m.item_id = i.id WHERE i.note_id = ?1"#,
        note.0
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(PersonId).collect())
}

/// Takes away those of these people who came by a handle in a text, of whom nothing else became known, and at whom
/// nothing points any more: a name half typed when the note was saved.
pub async fn forget_bare(tx: &mut Write, people: &[PersonId], at: DateTime<Utc>) -> Result<()> {
    if people.is_empty() {
        return Ok(());
    }
    let list = json_ids(people)?;
    let bare = sqlx::query_scalar!(
        r#"SELECT id AS "id!: Uuid" FROM person p
           WHERE id IN (SELECT unhex(value, '-') FROM json_each(?1)) AND name = handle AND relation = 'none'
             AND is_me = 0 AND organization_id IS NULL AND merged_directly IS NULL
             AND NOT EXISTS (SELECT 1 FROM person_email e WHERE e.person_id = p.id)
             AND NOT EXISTS (SELECT 1 FROM person_alias a WHERE a.person_id = p.id)
             AND NOT EXISTS (SELECT 1 FROM employment e WHERE e.person_id = p.id)
             AND NOT EXISTS (SELECT 1 FROM note n WHERE n.person_id = p.id)"#,
        list
    )
    .fetch_all(&mut **tx)
    .await?;
    for id in bare {
        tx.touch(Kind::Person, id).await?;
        image::write(tx, Kind::Person, &id.to_string(), None, at).await?;
    }
    Ok(())
}
