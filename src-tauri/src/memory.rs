//! What the window remembers from one start to the next: which vault was open, and which before it.

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
    /// The folders of those that were open before it, the latest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lately: Vec<PathBuf>,
}

/// So many are remembered besides the one that is open.
const MOST: usize = 6;

impl Memory {
    /// What `folder` remembers.
    #[must_use]
    pub fn read(folder: &Path) -> Self {
        let text = std::fs::read(folder.join(FILE)).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// The same, once the vault in `dir` was opened.
    #[must_use]
    pub fn opened(self, dir: PathBuf) -> Self {
        let before = self.vault.into_iter().chain(self.lately);
        let lately = before.filter(|one| *one != dir).take(MOST).collect();
        Self { vault: Some(dir), lately }
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
        let memory = Memory { vault: Some(home.path().join("a vault")), ..Memory::default() };
        memory.write(&folder).unwrap();
        assert_eq!(Memory::read(&folder), memory);
    }

    #[test]
    fn the_vaults_opened_lately_are_remembered_once_each_and_not_for_ever() {
        let mut memory = Memory::default();
        for dir in ["one", "two", "one", "one", "three"] {
            memory = memory.opened(dir.into());
        }
        assert_eq!(memory, Memory { vault: Some("three".into()), lately: vec!["one".into(), "two".into()] });
        for dir in 0..20 {
            memory = memory.opened(dir.to_string().into());
        }
        assert_eq!((memory.lately.len(), memory.lately[0].as_path()), (MOST, Path::new("18")));
    }

    #[test]
    fn a_broken_file_remembers_nothing_and_is_written_over() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join(FILE), "{\"vault\": ").unwrap();
        assert_eq!(Memory::read(home.path()), Memory::default());
        let memory = Memory { vault: Some("there".into()), ..Memory::default() };
        memory.write(home.path()).unwrap();
        assert_eq!(Memory::read(home.path()), memory);
    }
}
