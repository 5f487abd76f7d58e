//! The program and its vault.

use std::path::{Path, PathBuf};

use tauri::State;
use throughline_app::view::{FolderCheck, Settings};
use throughline_app::{Failure, NoProgress, Result, backups, demo, orgs, settings, vault};

use super::{TheDesk, on, run};
use crate::desk::Desk;
use crate::door::Door;
use crate::shapes::Boot;

#[tauri::command]
#[specta::specta]
pub async fn boot(desk: TheDesk<'_>, door: State<'_, Door>) -> Result<Boot> {
    door.listens();
    on(&desk, async move |desk| desk.boot().await).await
}

#[tauri::command]
#[specta::specta]
pub async fn folder_check(desk: TheDesk<'_>, dir: String) -> Result<FolderCheck> {
    on(&desk, async move |_| Ok(vault::check_folder(Path::new(&dir)).await)).await
}

#[tauri::command]
#[specta::specta]
pub async fn settings(desk: TheDesk<'_>) -> Result<Settings> {
    run(&desk, async move |app| settings::show(&app).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn settings_save(desk: TheDesk<'_>, settings: Settings) -> Result<Settings> {
    run(&desk, async move |app| settings::save(&app, &settings).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn vault_create(desk: TheDesk<'_>, dir: String, name: Option<String>, email: Option<String>) -> Result<Boot> {
    on(&desk, async move |desk| {
        let dir = whole(dir)?;
        vault::init(&dir, desk.time().clock(), name.as_deref(), email.as_deref()).await?;
        open(&desk, &dir).await
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn vault_open(desk: TheDesk<'_>, dir: String) -> Result<Boot> {
    on(&desk, async move |desk| open(&desk, Path::new(&dir)).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn vault_restore(desk: TheDesk<'_>, dir: String, file: String) -> Result<Boot> {
    on(&desk, async move |desk| restore(&desk, &whole(dir)?, Path::new(&file)).await).await
}

/// A vault to look around in, made anew each day in a folder of its own.
#[tauri::command]
#[specta::specta]
pub async fn vault_demo(desk: TheDesk<'_>) -> Result<Boot> {
    on(&desk, async move |desk| {
        let clock = desk.time().clock();
        let beside = desk.suggested().parent().ok_or_else(|| {
            Failure::new("vault_missing", "This system names no folder for a vault.").hint("Choose a folder for one.")
        })?;
        let dir = beside.join(format!("demo {}", clock.today()));
        match demo::fill(&dir, clock, &NoProgress).await {
            Err(failure) if failure.code != "vault_exists" => Err(failure),
            _ => open(&desk, &dir).await,
        }
    })
    .await
}

/// Everything is then seen as if the vault held only what this organization's meetings hold.
#[tauri::command]
#[specta::specta]
pub async fn set_lens(desk: TheDesk<'_>, organization: Option<String>) -> Result<Boot> {
    on(&desk, async move |desk| {
        let lens = orgs::lens(&*desk.app().await?, organization.as_deref()).await?.lens();
        desk.see_through(lens);
        desk.boot().await
    })
    .await
}

/// A folder to put a vault into, by its whole path: another would lie wherever the program was started.
fn whole(dir: String) -> Result<PathBuf> {
    let dir = PathBuf::from(dir);
    if dir.is_absolute() {
        return Ok(dir);
    }
    Err(Failure::usage("path_not_whole", "That is not the whole path of a folder.")
        .hint("Write it from its very beginning on."))
}

async fn open(desk: &Desk, dir: &Path) -> Result<Boot> {
    desk.open(dir).await?;
    desk.boot().await
}

/// Restoring needs the vault alone: where it is the open one it is closed before, and opened again also where the backup
/// turned out not to be one.
async fn restore(desk: &Desk, dir: &Path, file: &Path) -> Result<Boot> {
    let here = desk.has_open(dir).await;
    if here {
        desk.close().await;
    }
    let restored = backups::restore(dir, desk.time().clock(), file).await;
    if restored.is_ok() || here {
        desk.open(dir).await?;
    }
    restored?;
    desk.boot().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vault_is_put_where_its_whole_path_says() {
        let here = std::env::temp_dir();
        assert_eq!(whole(here.display().to_string()).unwrap(), here);
        for begins_nowhere in ["vault", "~/vault", "./vault", ""] {
            assert_eq!(whole(begins_nowhere.to_owned()).unwrap_err().code, "path_not_whole", "{begins_nowhere:?}");
        }
    }
}
