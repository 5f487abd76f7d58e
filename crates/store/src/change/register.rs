//! What an entry keeps of the decisions it touched: enough for a register that stands by itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use throughline_core::model::{ItemId, MeetingId, PersonId, Presence};

use super::Delta;
use crate::value::json_ids;
use crate::{Connection, Kind, Result, attendance, feed, ids};

/// A decision as it stood when an entry touched it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionRecord {
    /// The decision.
    pub item: ItemId,
    /// The meeting's title.
    pub title: String,
    /// The meeting's date: in UTC for a timed one.
    pub date: String,
    /// Who was there, where anybody said so; else who was invited and not said to have been away.
    pub present: Vec<Witness>,
}

/// A person who was there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// Who.
    pub person_id: PersonId,
    /// Their name then.
    pub name: String,
    /// Whether presence was said, and not only invitation.
    pub said: bool,
}

pub(super) async fn of(conn: &mut Connection, deltas: &[Delta]) -> Result<Vec<DecisionRecord>> {
    let mut touched: BTreeMap<ItemId, MeetingId> = BTreeMap::new();
    for delta in deltas.iter().filter(|delta| delta.kind == Kind::Note) {
        for (item, sides) in feed::items(delta) {
            let [before, after] = sides;
            let decision = after.or(before).is_some_and(|item| item["kind"] == "decision");
            let note = delta.after.as_ref().or(delta.before.as_ref());
            let meeting = note.and_then(|note| note["owner"]["meeting"].as_str());
            if let (true, true, Some(meeting)) = (decision, before != after, meeting) {
                touched.insert(ItemId(ids::parse(item)?), MeetingId(ids::parse(meeting)?));
            }
        }
    }
    let mut meetings: Vec<MeetingId> = touched.values().copied().collect();
    meetings.dedup();
    if meetings.is_empty() {
        return Ok(Vec::new());
    }
    let list = json_ids(&meetings)?;
    let rows = sqlx::query!(
        r#"SELECT id AS "id!: uuid::Uuid", shown_title AS "title!: String", start_key AS "start!: String"
           FROM meeting WHERE id IN (SELECT unhex(value, '-') FROM json_each(?1))"#,
        list
    )
    .fetch_all(&mut *conn)
    .await?;
    let titles: BTreeMap<MeetingId, (String, String)> =
        rows.into_iter().map(|row| (MeetingId(row.id), (row.title, row.start.chars().take(10).collect()))).collect();
    let mut present: BTreeMap<MeetingId, Vec<Witness>> = BTreeMap::new();
    for (at, name) in named(conn, &meetings).await? {
        if at.present != Presence::No {
            let witness = Witness { person_id: at.person_id, name, said: at.present == Presence::Yes };
            present.entry(at.meeting_id).or_default().push(witness);
        }
    }
    for witnesses in present.values_mut() {
        if witnesses.iter().any(|witness| witness.said) {
            witnesses.retain(|witness| witness.said);
        }
    }
    Ok(touched
        .into_iter()
        .filter_map(|(item, meeting)| {
            let (title, date) = titles.get(&meeting)?.clone();
            let present = present.get(&meeting).cloned().unwrap_or_default();
            Some(DecisionRecord { item, title, date, present })
        })
        .collect())
}

async fn named(
    conn: &mut Connection,
    meetings: &[MeetingId],
) -> Result<Vec<(throughline_core::model::Attendance, String)>> {
    let attendances = attendance::of_meetings(conn, meetings).await?;
    let people: Vec<PersonId> = attendances.iter().map(|at| at.person_id).collect();
    let list = json_ids(&people)?;
    let rows = sqlx::query!(
        r#"SELECT id AS "id!: uuid::Uuid", name FROM person
           WHERE id IN (SELECT unhex(value, '-') FROM json_each(?1))"#,
        list
    )
    .fetch_all(conn)
    .await?;
    let names: BTreeMap<PersonId, String> = rows.into_iter().map(|row| (PersonId(row.id), row.name)).collect();
    Ok(attendances
        .into_iter()
        .map(|at| {
            let name = names.get(&at.person_id).cloned().unwrap_or_default();
            (at, name)
        })
        .collect())
}
