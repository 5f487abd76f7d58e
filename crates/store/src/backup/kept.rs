//! The backups that are taken by themselves: a file a day in a folder, by names that tell the day.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::Result;
use crate::file;

const BEFORE: &str = "throughline-";
const AFTER: &str = ".backup";

/// A backup in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The day it was taken.
    pub day: NaiveDate,
    /// Where it lies.
    pub path: PathBuf,
    /// How large it is.
    pub bytes: u64,
}

/// Where the backup of a day belongs.
#[must_use]
pub fn taken(folder: &Path, day: NaiveDate) -> PathBuf {
    folder.join(format!("{BEFORE}{day}{AFTER}"))
}

/// Those in the folder, newest first; a folder that is not there holds none. Files of other names are nobody's business.
#[must_use]
pub fn kept(folder: &Path) -> Vec<Kept> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let read = |entry: std::fs::DirEntry| {
        let day = entry.file_name().to_str()?.strip_prefix(BEFORE)?.strip_suffix(AFTER)?.parse().ok()?;
        let meta = entry.metadata().ok().filter(std::fs::Metadata::is_file)?;
        Some(Kept { day, path: entry.path(), bytes: meta.len() })
    };
    let mut kept: Vec<Kept> = entries.flatten().filter_map(read).collect();
    kept.sort_by_key(|one| std::cmp::Reverse(one.day));
    kept
}

/// Removes those of these days.
pub fn outlive(folder: &Path, days: &[NaiveDate]) -> Result<()> {
    days.iter().try_for_each(|day| file::remove(&taken(folder, *day)))
}
