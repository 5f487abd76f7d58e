//! Backups: one when asked for, those taken by themselves, and the way back.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
pub use throughline_core::backups::BackupEvery;
use throughline_core::backups::{is_due, outlived};
use throughline_store::{Durability, Vault, backup as copies, setting};

use crate::app::App;
use crate::clock::Clock;
use crate::settings;
use crate::view::{self, When};
use crate::{Failure, Result};

/// Programs on one vault take turns at its backups.
const LOCK: &str = "backups";
const FAILED: &str = "backup_failed";

/// Writes a copy of the vault to a file, and restores and checks that before it is called a backup.
///
/// # Errors
/// `file_exists`, `disk_full`, and as reading the vault; then nothing is left of the file.
pub async fn backup(app: &App, file: &Path) -> Result<view::Written> {
    if tokio::fs::symlink_metadata(file).await.is_ok() {
        return Err(Failure::new("file_exists", format!("`{}` is there already.", file.display()))
            .hint("Name a file that is not there yet."));
    }
    copies::backup(app.vault(), file).await?;
    written(file, None, app.clock()).await
}

/// Puts the vault of a backup into `dir`. The vault that was there is moved aside, never overwritten.
///
/// # Errors
/// `file_unreadable`, `not_a_vault`, `vault_newer`, `vault_busy`.
pub async fn restore(dir: &Path, clock: Clock, file: &Path) -> Result<view::Written> {
    if !tokio::fs::metadata(file).await.is_ok_and(|found| found.is_file()) {
        return Err(Failure::new("file_unreadable", format!("`{}` is not a file that can be read.", file.display()))
            .hint("Name a backup made by `throughline backup`."));
    }
    let previous = copies::restore(file, dir).await?;
    // The one restored may be of an older version: opening it brings it up to date.
    Vault::open(dir).await?.close().await;
    written(&dir.join(throughline_store::DATABASE), previous.as_deref(), &clock).await
}

/// The backups that were taken by themselves, how often and where, and why the last one failed, where it did.
///
/// # Errors
/// As reading the vault.
pub async fn list(app: &App) -> Result<view::Backups> {
    let plan = settings::show(app).await?;
    let folder = folder(app, plan.backup_folder.as_deref());
    let failed: Option<Failed> = setting::get(&mut *app.read().await?, FAILED).await?;
    let told =
        |one: copies::Kept| view::Backup { date: one.day, path: one.path.display().to_string(), bytes: one.bytes };
    Ok(view::Backups {
        every: plan.backup_every,
        backups: copies::kept(&folder).into_iter().map(told).collect(),
        folder: folder.display().to_string(),
        failed: failed.map(|failed| failed.told(app.clock())),
    })
}

/// Takes today's backup where one is due, and lets those go that have outlived their use; none where none was due. That
/// one could not be taken is remembered until one is.
///
/// # Errors
/// As [`backup`]; `folder_missing` where the folder that was chosen is not there.
pub async fn take_due(app: &App) -> Result<Option<view::Written>> {
    let plan = settings::show(app).await?;
    let _turn = app.vault().alone(LOCK).await?;
    let folder = folder(app, plan.backup_folder.as_deref());
    let today = app.clock().today();
    let last = copies::kept(&folder).first().map(|one| one.day);
    if !is_due(plan.backup_every, last, today) {
        return Ok(None);
    }
    let taken = match there(&folder, plan.backup_folder.is_some()) {
        Ok(()) => backup(app, &copies::taken(&folder, today)).await,
        Err(failure) => Err(failure),
    };
    remember(app, taken.as_ref().err()).await?;
    let taken = taken?;
    let days: Vec<_> = copies::kept(&folder).iter().map(|one| one.day).collect();
    copies::outlive(&folder, &outlived(&days))?;
    Ok(Some(taken))
}

/// Says how often backups are taken by themselves, and where they are kept; `vault` is the vault's own folder. What is not
/// said stays.
///
/// # Errors
/// `folder_missing`, and as writing the vault.
pub async fn plan(app: &App, every: Option<BackupEvery>, folder: Option<&Path>) -> Result<()> {
    let mut plan = settings::show(app).await?;
    plan.backup_every = every.unwrap_or(plan.backup_every);
    if let Some(folder) = folder {
        let chosen = folder != Path::new("vault");
        there(folder, chosen)?;
        let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        plan.backup_folder = chosen.then(|| whole.display().to_string());
    }
    settings::save(app, &plan).await?;
    Ok(())
}

fn folder(app: &App, chosen: Option<&str>) -> PathBuf {
    let folder = chosen.map_or_else(|| app.vault().backups(), PathBuf::from);
    std::path::absolute(&folder).unwrap_or(folder)
}

/// A chosen folder may lie on a disk that is not connected: it is not made anew where that would be mounted.
fn there(folder: &Path, chosen: bool) -> Result<()> {
    if chosen && !folder.is_dir() {
        return Err(Failure::new(
            "folder_missing",
            format!("The folder for backups, `{}`, is not there.", folder.display()),
        )
        .hint("If it lies on a disk that is not connected, connect it; else choose another folder."));
    }
    Ok(())
}

/// A backup that could not be taken, as the vault remembers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Failed {
    at: DateTime<Utc>,
    code: String,
    message: String,
    hint: Option<String>,
}

impl Failed {
    fn told(self, clock: &Clock) -> view::BackupFailed {
        let since = When::at(self.at, clock.zone);
        view::BackupFailed { since, code: self.code, message: self.message, hint: self.hint }
    }
}

async fn remember(app: &App, failure: Option<&Failure>) -> Result<()> {
    let mut tx = app.vault().write(Durability::Normal).await?;
    let known: Option<Failed> = setting::get(&mut tx, FAILED).await?;
    match (failure, known) {
        (None, None) => return Ok(tx.rollback().await?),
        (None, Some(_)) => setting::remove(&mut tx, FAILED).await?,
        (Some(failure), known) => {
            let at = known.filter(|known| known.code == failure.code).map_or(app.clock().now, |known| known.at);
            let (code, message, hint) = (failure.code.to_owned(), failure.message.clone(), failure.hint.clone());
            setting::set(&mut tx, FAILED, &Failed { at, code, message, hint }).await?;
        }
    }
    tx.commit(None).await?;
    Ok(())
}

async fn written(file: &Path, previous: Option<&Path>, clock: &Clock) -> Result<view::Written> {
    let bytes = tokio::fs::metadata(file).await.map(|found| found.len()).unwrap_or(0);
    Ok(view::Written {
        path: file.display().to_string(),
        bytes,
        files: 1,
        previous: previous.map(|path| path.display().to_string()),
        at: When::at(clock.now, clock.zone),
    })
}
