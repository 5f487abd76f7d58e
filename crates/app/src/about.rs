//! What an open vault says of itself.

use std::path::Path;

use throughline_store::person;

use crate::Result;
use crate::app::App;
use crate::tell::Teller;
use crate::view;

/// What the vault is called, whose it is and where it lies.
///
/// # Errors
/// As reading the vault.
pub async fn vault(app: &App) -> Result<view::About> {
    let conn = &mut *app.read().await?;
    let me = person::me(conn).await?.map(|me| me.id);
    let me = Teller::new(conn, *app.clock()).people_by_ids(me.as_slice()).await?.pop();
    let dir = app.dir();
    let demo = tokio::fs::metadata(dir.join(crate::demo::CALENDAR)).await.is_ok_and(|found| found.is_file());
    Ok(view::About { name: name(dir), dir: dir.display().to_string(), me, demo })
}

/// What a vault in that folder is called.
#[must_use]
pub fn name(dir: &Path) -> String {
    dir.file_name().map_or_else(|| dir.display().to_string(), |name| name.to_string_lossy().into_owned())
}
