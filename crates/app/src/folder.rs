//! A folder looked at before a vault is put there.

use std::path::{Path, PathBuf};

use throughline_store::DATABASE;

use crate::view::FolderCheck;

/// What stands in the way of a vault in a folder, which may not be there yet.
pub async fn check(dir: &Path, probe: &str) -> FolderCheck {
    let (dir, probe) = (dir.to_owned(), probe.to_owned());
    let shown = dir.display().to_string();
    let looked = tokio::task::spawn_blocking(move || look(&dir, &probe)).await;
    looked.unwrap_or(FolderCheck {
        dir: shown,
        exists: false,
        empty: true,
        has_vault: false,
        writable: false,
        synced_by: None,
    })
}

fn look(dir: &Path, probe: &str) -> FolderCheck {
    let exists = dir.is_dir();
    let nearest = dir.ancestors().find(|folder| folder.is_dir()).map(Path::to_owned).unwrap_or_default();
    FolderCheck {
        dir: dir.display().to_string(),
        exists,
        empty: std::fs::read_dir(dir).map_or(true, |mut entries| entries.next().is_none()),
        has_vault: dir.join(DATABASE).is_file(),
        // A path that begins nowhere would lie wherever the program was started.
        writable: dir.is_absolute() && (exists || !dir.exists()) && is_writable(&nearest, probe),
        synced_by: synced_by(dir),
    }
}

/// The only way to know on every system.
fn is_writable(folder: &Path, probe: &str) -> bool {
    let file = folder.join(format!(".throughline-{probe}"));
    let made = std::fs::OpenOptions::new().write(true).create_new(true).open(&file).is_ok();
    made && std::fs::remove_file(&file).is_ok()
}

/// The file-sync program that holds a folder: by what it leaves in a folder it syncs, or what it calls it, here or
/// anywhere above. Such a program may copy a database in the middle of a write, or put an older one in its place.
fn synced_by(dir: &Path) -> Option<String> {
    let whole: PathBuf = std::fs::canonicalize(dir).unwrap_or_else(|_| dir.to_owned());
    let found = whole.ancestors().chain(dir.ancestors()).find_map(|folder| {
        let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        named(name).or_else(|| marked(folder))
    });
    found.map(str::to_owned)
}

fn named(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    // "OneDrive - Acme", "Dropbox (Personal)", "GoogleDrive-mia@acme.example"
    let begins = |word: &str| {
        name.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '-', '(', '_']))
    };
    if begins("dropbox") {
        Some("Dropbox")
    } else if begins("onedrive") {
        Some("OneDrive")
    } else if ["com~apple~clouddocs", "mobile documents", "iclouddrive", "icloud drive"].contains(&name.as_str()) {
        Some("iCloud")
    } else if begins("google drive") || begins("googledrive") {
        Some("Google Drive")
    } else if begins("nextcloud") {
        Some("Nextcloud")
    } else if begins("syncthing") {
        Some("Syncthing")
    } else {
        None
    }
}

fn marked(folder: &Path) -> Option<&'static str> {
    for entry in std::fs::read_dir(folder).ok()?.flatten().take(MOST) {
        let name = entry.file_name().to_string_lossy().to_lowercase();
        let database = Path::new(&name).extension().is_some_and(|end| end == "db");
        match name.as_str() {
            ".dropbox" | ".dropbox.cache" => return Some("Dropbox"),
            ".stfolder" | ".stversions" => return Some("Syncthing"),
            ".tmp.driveupload" | ".tmp.drivedownload" => return Some("Google Drive"),
            ".nextcloudsync.log" | ".owncloudsync.log" => return Some("Nextcloud"),
            name if database && (name.starts_with(".sync_") || name.starts_with("._sync_")) => {
                return Some("Nextcloud");
            }
            name if name.starts_with(".849c9593-d756-4e56-8d6e-42412f2a707b") => return Some("OneDrive"),
            _ => {}
        }
    }
    None
}

/// A folder with more in it is not looked through.
const MOST: usize = 5_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_a_sync_program_is_known_by_its_name_or_what_is_left_in_it() {
        for (folder, marker, program) in [
            ("Dropbox/vault", None, Some("Dropbox")),
            ("Dropbox (Personal)/a/b", None, Some("Dropbox")),
            ("work/vault", Some("work/.dropbox"), Some("Dropbox")),
            ("OneDrive - Acme/vault", None, Some("OneDrive")),
            ("Library/Mobile Documents/com~apple~CloudDocs/vault", None, Some("iCloud")),
            ("CloudStorage/GoogleDrive-mia@acme.example/My Drive", None, Some("Google Drive")),
            ("stuff/vault", Some("stuff/.stfolder"), Some("Syncthing")),
            ("cloud/vault", Some("cloud/.sync_0a1b.db"), Some("Nextcloud")),
            ("Documents/dropboxes/vault", None, None),
            ("Documents/vault", Some("Documents/sync.db"), None),
        ] {
            let home = tempfile::tempdir().unwrap();
            let dir = home.path().join(folder);
            std::fs::create_dir_all(&dir).unwrap();
            if let Some(marker) = marker {
                std::fs::write(home.path().join(marker), "").unwrap();
            }
            assert_eq!(look(&dir, "probe").synced_by.as_deref(), program, "{folder} {marker:?}");
            let below = look(&dir.join("not/yet"), "probe");
            assert_eq!(below.synced_by.as_deref(), program, "below {folder}");
            assert!(!below.exists && below.empty && below.writable && !below.has_vault, "{below:?}");
        }
    }

    #[test]
    fn a_folder_is_told_by_what_is_in_it() {
        let home = tempfile::tempdir().unwrap();
        assert!(look(home.path(), "probe").empty, "and the probe is gone");
        std::fs::write(home.path().join(DATABASE), "").unwrap();
        let found = look(home.path(), "probe");
        assert!(found.exists && !found.empty && found.has_vault && found.writable, "{found:?}");
        for begins_nowhere in ["vault", "~/vault", "./vault", ""] {
            assert!(!look(Path::new(begins_nowhere), "probe").writable, "{begins_nowhere:?}");
        }
        let file = look(&home.path().join(DATABASE), "probe");
        assert!(!file.exists && !file.writable, "a file is no folder: {file:?}");
    }
}
