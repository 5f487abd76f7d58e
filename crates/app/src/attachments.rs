//! Attachments: pictures and files in notes.

use std::path::PathBuf;

use throughline_core::people::fold;
use throughline_store::attachment::{self, ATTACHMENTS};

use crate::app::App;
use crate::{Failure, Result};

/// An attachment may have so many bytes.
pub const LARGEST: usize = 50 << 20;

/// Stores a file in the vault and gives the path to write in a note: `attachments/NAME`. The same file again has the same
/// path. On disk when it returns.
///
/// # Errors
/// `attachment_too_large`, `attachment_empty`, `disk_full`, `vault_read_only`.
pub async fn add(app: &App, name: &str, bytes: Vec<u8>) -> Result<String> {
    if bytes.len() > LARGEST {
        return Err(Failure::new("attachment_too_large", "An attachment may have 50 MiB at the most.")
            .hint("Keep the file elsewhere, and put a link to it into the note."));
    }
    if bytes.is_empty() {
        return Err(Failure::new("attachment_empty", "There is nothing in that file.")
            .hint("Check that the right file was chosen."));
    }
    let (dir, name) = (app.dir().to_owned(), safe(name));
    let added = tokio::task::spawn_blocking(move || attachment::add(&dir, &name, &bytes)).await;
    let name = added.map_err(|_| Failure::new("internal", "The attachment could not be written."))??;
    Ok(format!("{ATTACHMENTS}/{name}"))
}

/// Where the file lies that a note names by `attachments/NAME`.
///
/// # Errors
/// `unknown_attachment`: there is none, or the path leads out of the vault's attachments.
pub async fn path(app: &App, path: &str) -> Result<PathBuf> {
    let name = path.trim_start_matches("./").strip_prefix(ATTACHMENTS).and_then(|rest| rest.strip_prefix('/'));
    let found = name.and_then(|name| attachment::path(app.dir(), name));
    found.ok_or_else(|| {
        Failure::new("unknown_attachment", "That attachment is not in this vault.")
            .hint("It may not have come along when the vault was moved; a backup has it.")
    })
}

/// A name that is one everywhere, needs no escaping in Markdown, and says what it was.
fn safe(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let (stem, end) = last.rsplit_once('.').unwrap_or((last, ""));
    let word = |text: &str, most: usize| {
        let folded: String = fold(text).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let words: Vec<&str> = folded.split('-').filter(|word| !word.is_empty()).collect();
        words.join("-").chars().take(most).collect::<String>().trim_end_matches('-').to_owned()
    };
    let (stem, end) = (word(stem, 60), word(end, 8));
    let stem = if stem.is_empty() { "file".to_owned() } else { stem };
    if end.is_empty() { stem } else { format!("{stem}.{end}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_safe_and_says_what_it_was() {
        for (name, expected) in [
            ("Plan Q4 (final).PNG", "plan-q4-final.png"),
            ("../../etc/passwd", "passwd"),
            ("C:\\temp\\é.jpg", "e.jpg"),
            ("", "file"),
            ("...", "file"),
            ("日本.png", "file.png"),
            ("a.b.c.tar.gz", "a-b-c-tar.gz"),
            ("con\0trol\n.txt", "con-trol.txt"),
        ] {
            assert_eq!(safe(name), expected, "{name:?}");
        }
        assert!(safe(&"x".repeat(500)).len() < 100);
    }
}
