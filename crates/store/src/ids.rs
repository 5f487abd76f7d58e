//! Ids as people give them.

use uuid::Uuid;

use crate::value::{corrupt, fold};
use crate::{Connection, Result};

/// Where an id is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// Accounts.
    Account,
    /// Calendars.
    Calendar,
    /// Series.
    Series,
    /// Meetings.
    Meeting,
    /// People; those merged into others are found too, see [`crate::person::resolve`].
    Person,
    /// Organizations.
    Organization,
    /// Items, by `^anchor` too.
    Item,
}

/// The ids that `text` may stand for: itself where it is a whole id, those it is a prefix of, or, from four hex digits
/// on, an ending of. Hyphens and case do not matter. One is an answer, several are ambiguous, none is unknown.
/// At most ten are told.
pub async fn resolve(conn: &mut Connection, table: Table, text: &str) -> Result<Vec<Uuid>> {
    let text = text.trim();
    if let Some(anchor) = text.strip_prefix('^') {
        return if table == Table::Item { by_anchor(conn, &fold(anchor)).await } else { Ok(Vec::new()) };
    }
    let hex: String = text.chars().filter(|c| *c != '-').collect::<String>().to_uppercase();
    if hex.is_empty() || hex.len() > 32 || !hex.chars().all(|c| c.is_ascii_hexdigit()) {
        return Ok(Vec::new());
    }
    let first = parse(&format!("{hex:0<32}"))?;
    let last = parse(&format!("{hex:F<32}"))?;
    let starting = between(conn, table, first, last).await?;
    if !starting.is_empty() || hex.len() < 4 {
        return Ok(starting);
    }
    let ending = format!("%{hex}");
    ending_with(conn, table, &ending).await
}

pub(crate) fn parse(text: &str) -> Result<Uuid> {
    Uuid::try_parse(text).map_err(corrupt)
}

async fn by_anchor(conn: &mut Connection, anchor: &str) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar!(r#"SELECT id AS "id: Uuid" FROM item WHERE anchor = ?1"#, anchor).fetch_all(conn).await?)
}

macro_rules! in_table {
    ($conn:ident, $table:ident, $where:literal, $($value:expr),+) => {
        match $table {
            Table::Account => in_table!(@ $conn, "account", $where, $($value),+),
            Table::Calendar => in_table!(@ $conn, "calendar", $where, $($value),+),
            Table::Series => in_table!(@ $conn, "series", $where, $($value),+),
            Table::Meeting => in_table!(@ $conn, "meeting", $where, $($value),+),
            Table::Person => in_table!(@ $conn, "person", $where, $($value),+),
            Table::Organization => in_table!(@ $conn, "organization", $where, $($value),+),
            Table::Item => in_table!(@ $conn, "item", $where, $($value),+),
        }
    };
    (@ $conn:ident, $name:literal, $where:literal, $($value:expr),+) => {
        sqlx::query_scalar!(
            r#"SELECT id AS "id: Uuid" FROM "# + $name + " WHERE " + $where + " LIMIT 10",
            $($value),+
        )
        .fetch_all($conn)
        .await?
    };
}

async fn between(conn: &mut Connection, table: Table, first: Uuid, last: Uuid) -> Result<Vec<Uuid>> {
    Ok(in_table!(conn, table, "id BETWEEN ?1 AND ?2", first, last))
}

async fn ending_with(conn: &mut Connection, table: Table, ending: &str) -> Result<Vec<Uuid>> {
    Ok(in_table!(conn, table, "hex(id) LIKE ?1", ending))
}
