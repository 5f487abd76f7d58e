//! The vault itself, and the command's own papers.

use std::path::PathBuf;

use clap::Subcommand;
use clap_complete::Shell;
use throughline_app::backups::BackupEvery;

use super::value;

const EVERY: [&str; 3] = ["day", "week", "never"];
const FORMATS: [&str; 5] = ["markdown", "json", "csv", "graphml", "ics"];

#[derive(Debug, PartialEq, Eq, Subcommand)]
pub enum VaultCommand {
    /// Make a vault, and say who you are
    Init {
        /// Your name
        #[arg(long, value_name = "N")]
        name: Option<String>,
        /// Your e-mail address, by which invitations know you
        #[arg(long, value_name = "E")]
        email: Option<String>,
    },
    /// Fill a vault with a believable year of meetings and notes
    Demo {
        /// A vault of the size people reach in ten years, to measure with
        #[arg(long, hide = true)]
        large: bool,
    },
    /// Take back the last command or sitting at a note; again goes further
    Undo,
    /// Write everything out; private parts stay
    Export {
        #[arg(value_parser = FORMATS)]
        format: String,
        #[arg(value_name = "DIR_OR_FILE")]
        target: PathBuf,
        /// With private parts
        #[arg(long)]
        private: bool,
    },
    /// Write a copy of the vault, checked
    Backup { file: PathBuf },
    /// Backups that are taken by themselves while the app is open: which there are, how often, and where
    Backups {
        /// Take one every day, every week, or never
        #[arg(long, value_name = "WHEN", value_parser = value::word::<BackupEvery>(EVERY))]
        every: Option<BackupEvery>,
        /// Keep them in this folder; `vault` is the vault's own
        #[arg(long, value_name = "DIR")]
        folder: Option<PathBuf>,
        /// Take one now, where one is due
        #[arg(long)]
        due: bool,
    },
    /// Put a backup in the vault's place; what was there is kept beside it
    Restore { file: PathBuf },
    /// Check the vault
    Doctor {
        /// Mend what can be mended
        #[arg(long)]
        repair: bool,
        /// Check that the change log still holds the entry with this hash
        #[arg(long, value_name = "HASH")]
        head: Option<String>,
    },
    /// Print completions for a shell
    Completions { shell: Shell },
    /// Print the man page
    Man,
}
