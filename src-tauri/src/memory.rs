//! What the window remembers from one start to the next: which vault was open.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The file in the platform's folder for configuration.
const FILE: &str = "desktop.json";

/// What is remembered. A file that is not there, or that cannot be read, remembers nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// The folder of the vault that was open last.
    #[serde(default)]
    pub vault: Option<PathBuf>,
}

impl Memory {
    /// What `folder` remembers.
    #[must_use]
    pub fn read(folder: &Path) -> Self {
        let text = std::fs::read(folder.join(FILE)).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// Has `folder` remember it; whoever reads meanwhile finds the old or the new.
    ///
    /// # Errors
    /// As writing the folder.
    pub fn write(&self, folder: &Path) -> std::io::Result<()> {
        std::fs::create_dir_all(folder)?;
        let new = folder.join(format!("{FILE}.new"));
        std::fs::write(&new, serde_json::to_vec_pretty(self)?)?;
        std::fs::rename(new, folder.join(FILE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_vault_is_remembered_in_a_folder_of_its_own() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("config");
        assert_eq!(Memory::read(&folder), Memory::default());
        let memory = Memory { vault: Some(home.path().join("a vault")) };
        memory.write(&folder).unwrap();
        assert_eq!(Memory::read(&folder), memory);
    }

    #[test]
    fn a_broken_file_remembers_nothing_and_is_written_over() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join(FILE), "{\"vault\": ").unwrap();
        assert_eq!(Memory::read(home.path()), Memory::default());
        let memory = Memory { vault: Some("there".into()) };
        memory.write(home.path()).unwrap();
        assert_eq!(Memory::read(home.path()), memory);
    }
}
