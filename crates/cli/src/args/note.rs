//! Notes, imported minutes and recaps.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use throughline_app::model::NotePart;

use super::value;

const PARTS: [&str; 3] = ["prep", "notes", "private"];
const FORMATS: [&str; 4] = ["markdown", "html", "text", "email"];

#[derive(Debug, PartialEq, Eq, Subcommand)]
pub enum NotesCommand {
    /// Read and write a meeting's note
    #[command(subcommand)]
    Note(NoteCommand),
    /// What to send after a meeting: decisions, actions, open questions; never anything private
    Recap {
        meeting: String,
        #[arg(long, value_name = "FORMAT", default_value = "markdown", value_parser = FORMATS)]
        format: String,
        /// Remember that it was sent, and to whom
        #[arg(long, value_name = "TO")]
        sent: Option<String>,
    },
    /// Bring in what was written elsewhere
    #[command(subcommand)]
    Import(ImportCommand),
}

/// Which part of the note.
#[derive(Debug, PartialEq, Eq, Args)]
pub struct Part {
    /// prep (the agenda, before), notes (during) or private (never leaves)
    #[arg(long, value_name = "PART", default_value = "notes", value_parser = value::word::<NotePart>(PARTS))]
    pub part: NotePart,
}

#[derive(Debug, PartialEq, Eq, Subcommand)]
pub enum NoteCommand {
    /// The text as it stands
    Show {
        meeting: String,
        #[command(flatten)]
        part: Part,
    },
    /// Replace the text by a file's, or by standard input
    Set {
        meeting: String,
        #[arg(value_name = "FILE|-")]
        file: PathBuf,
        #[command(flatten)]
        part: Part,
        /// The revision the text started from: where the note has moved on since, both are merged
        #[arg(long, value_name = "REVISION")]
        base: Option<i64>,
    },
    /// Add a line at the end
    Append {
        meeting: String,
        #[arg(allow_hyphen_values = true)]
        text: String,
        #[command(flatten)]
        part: Part,
    },
    /// What it was before, and when
    History {
        meeting: String,
        #[command(flatten)]
        part: Part,
    },
    /// What was typed in the window and could not be saved: its meeting has gone, or the program was ended
    Drafts,
    /// Make an earlier text the present one
    Restore {
        meeting: String,
        revision: i64,
        #[command(flatten)]
        part: Part,
    },
}

#[derive(Debug, PartialEq, Eq, Subcommand)]
pub enum ImportCommand {
    /// Markdown minutes: attached to the meeting they belong to, or made into one; a second run adds nothing
    Minutes {
        /// Files or folders
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
}
