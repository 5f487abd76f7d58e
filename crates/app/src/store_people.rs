//! Storing what the directory made or learned.

use throughline_store::person::{self, Record};
use throughline_store::{Kind, Write, organization};

use crate::Result;
use crate::directory::Directory;

/// Stores whoever is new and whatever was learned, as part of what a person did.
pub(crate) async fn put_changes(tx: &mut Write, directory: &mut Directory) -> Result<()> {
    put(tx, directory, true).await
}

/// The same as part of a sync: not in the change log, only in the feed.
pub(crate) async fn put_synced(tx: &mut Write, directory: &mut Directory) -> Result<()> {
    put(tx, directory, false).await
}

async fn put(tx: &mut Write, directory: &mut Directory, logged: bool) -> Result<()> {
    let changes = directory.take_changes();
    for organization in &changes.organizations {
        touch_new(tx, Kind::Organization, organization.id, logged);
    }
    if !changes.organizations.is_empty() {
        organization::put(tx, &changes.organizations).await?;
    }
    let mut records = Vec::with_capacity(changes.people.len() + changes.learned.len());
    for id in changes.people {
        touch_new(tx, Kind::Person, id, logged);
        if let Some(person) = directory.get(id).cloned() {
            records.push(Record {
                id,
                handle: person.handle,
                name: person.name,
                relation: person.relation,
                is_me: person.is_me,
                organization_id: person.organization_id,
                employments: person.employments,
                emails: person.emails,
                aliases: person.aliases,
            });
        }
    }
    for (id, learned) in changes.learned {
        if logged {
            tx.touch(Kind::Person, id).await?;
        } else {
            tx.feed(Kind::Person, id);
        }
        if let Some(mut record) = person::record(tx, id).await? {
            record.name = learned.name.unwrap_or(record.name);
            record.aliases.extend(learned.aliases);
            record.emails.extend(learned.email);
            record.organization_id = record.organization_id.or(learned.organization_id);
            records.push(record);
        }
    }
    if !records.is_empty() {
        person::put(tx, &records).await?;
    }
    Ok(())
}

fn touch_new(tx: &mut Write, kind: Kind, id: impl ToString, logged: bool) {
    if logged { tx.touch_new(kind, id) } else { tx.feed(kind, id) }
}
