//! The lines of notes that prove what is told.

use std::collections::{BTreeSet, HashMap};

use throughline_core::model::{Item, ItemId, NoteId};
use throughline_core::note::strip_anchors;
use throughline_store::{Connection, note};

use crate::Result;

/// The line each item stands on as it is written, without bullet, box and anchor; its text where the note has moved on.
pub(crate) async fn of(conn: &mut Connection, items: &[&Item]) -> Result<HashMap<ItemId, String>> {
    let notes: BTreeSet<NoteId> = items.iter().map(|item| item.note_id).collect();
    let notes: Vec<NoteId> = notes.into_iter().collect();
    let mut by_note: HashMap<NoteId, Vec<&Item>> = HashMap::new();
    for item in items {
        by_note.entry(item.note_id).or_default().push(item);
    }
    let mut sentences = HashMap::with_capacity(items.len());
    for note in note::by_ids(conn, &notes).await? {
        let lines: Vec<&str> = note.text.lines().collect();
        for item in by_note.remove(&note.id).into_iter().flatten() {
            let line = usize::try_from(item.line).ok().and_then(|line| lines.get(line.checked_sub(1)?));
            let line = line.filter(|line| line.contains(&item.anchor)).map(|line| said(line));
            sentences.insert(item.id, line.filter(|line| !line.is_empty()).unwrap_or_else(|| item.text.clone()));
        }
    }
    Ok(sentences)
}

/// A line without what only lays it out.
fn said(line: &str) -> String {
    let line = strip_anchors(line);
    let mut rest = line.trim().trim_start_matches(['>', ' ']);
    if rest.starts_with('|') {
        let cells = rest.trim_matches('|').split('|').map(str::trim).filter(|cell| !cell.is_empty());
        return cells.collect::<Vec<_>>().join(" · ");
    }
    for bullet in ["- ", "* ", "+ "] {
        rest = rest.strip_prefix(bullet).unwrap_or(rest).trim_start();
    }
    for sign in ["[ ] ", "[x] ", "[X] ", "[-] ", "!! ", "=> ", "?? "] {
        rest = rest.strip_prefix(sign).unwrap_or(rest).trim_start();
    }
    rest.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn a_sentence_is_the_line_without_its_layout() {
        let table = [
            ("- [ ] Ana to send it by Friday ^k7m2xq", "Ana to send it by Friday"),
            ("> * **Action:** call", "**Action:** call"),
            ("  [x] !! call them", "call them"),
            ("| a | Ana | 2026-12-01 ^k7m2xq |", "a · Ana · 2026-12-01"),
            ("TODO(ana): call\r", "TODO(ana): call"),
        ];
        for (line, sentence) in table {
            assert_eq!(said(line), sentence, "{line}");
        }
    }
}
