//! The running notes of people who are merged: one note of one person, and two again when they are taken apart.

use throughline_core::model::{Note, NoteOwner, NotePart, PersonId};
use throughline_store::{Connection, note};

use crate::Result;
use crate::notes::{Draft, Writer, appended};

/// Puts what was written on `from` under what was written on `into`; the items move along. Before they are merged.
pub(crate) async fn join(writer: &mut Writer<'_>, into: PersonId, from: PersonId) -> Result<()> {
    let Some(theirs) = of(&mut writer.tx, from).await?.filter(|note| !note.text.trim().is_empty()) else {
        return Ok(());
    };
    let own = of(&mut writer.tx, into).await?.map(|note| note.text).unwrap_or_default();
    write(writer, from, "").await?;
    write(writer, into, &under(&own, &theirs.text)).await
}

/// Gives `from` back what [`join`] put into the note of `into`, where it still stands there as it was. What was written
/// since stays where it was written.
pub(crate) async fn part(writer: &mut Writer<'_>, into: PersonId, from: PersonId) -> Result<()> {
    let Some(emptied) = of(&mut writer.tx, from).await?.filter(|note| note.text.is_empty()) else { return Ok(()) };
    let Some(before) = note::revision(&mut writer.tx, emptied.id, emptied.revision - 1).await? else { return Ok(()) };
    let Some(joined) = of(&mut writer.tx, into).await? else { return Ok(()) };
    let Some(left) = without(&joined.text, &before) else { return Ok(()) };
    write(writer, into, &left).await?;
    write(writer, from, &before).await
}

async fn of(conn: &mut Connection, person: PersonId) -> Result<Option<Note>> {
    Ok(note::get(conn, NoteOwner::Person(person), NotePart::Notes).await?)
}

async fn write(writer: &mut Writer<'_>, person: PersonId, text: &str) -> Result<()> {
    let owner = NoteOwner::Person(person);
    writer.save(Draft { owner, part: NotePart::Notes, text, base: None }).await?;
    Ok(())
}

/// One text under the other, an empty line between them.
fn under(above: &str, text: &str) -> String {
    if above.trim().is_empty() {
        return text.to_owned();
    }
    let ending = if above.contains("\r\n") { "\r\n" } else { "\n" };
    format!("{}{ending}{text}", appended(above, ""))
}

/// `text` without the lines of `block`, and the empty line above them; none where they do not stand there in one piece.
fn without(text: &str, block: &str) -> Option<String> {
    if block.trim().is_empty() {
        return None;
    }
    let at = text.match_indices(block).map(|(at, _)| at).find(|at| {
        let end = at + block.len();
        let begins = *at == 0 || text[..*at].ends_with('\n');
        begins && (end == text.len() || block.ends_with('\n') || text[end..].starts_with(['\r', '\n']))
    })?;
    let above = &text[..at];
    let above = above.strip_suffix("\r\n").or_else(|| above.strip_suffix('\n')).unwrap_or(above);
    let rest = &text[at + block.len()..];
    // With nothing above, what is below begins the text.
    Some(if above.is_empty() { rest.trim_start_matches(['\r', '\n']).to_owned() } else { format!("{above}{rest}") })
}

#[cfg(test)]
mod tests {
    use super::{under, without};

    #[test]
    fn what_was_put_under_a_text_is_taken_out_again() {
        for (above, text) in [("", "b\n"), ("a\n", "b\n"), ("a\r\n", "b\r\nc\r\n"), ("a\n\n", "- [ ] b ^abc123\n\nc\n")]
        {
            let joined = under(above, text);
            assert_eq!(without(&joined, text).as_deref(), Some(above), "{joined:?}");
        }
    }

    #[test]
    fn what_was_written_since_stays() {
        assert_eq!(without("a\n\nb\nlater\n", "b\n").as_deref(), Some("a\nlater\n"));
        assert_eq!(without("b\n\nlater\n", "b\n").as_deref(), Some("later\n"));
        assert_eq!(without("a\n\nb, reworded\n", "b\n"), None);
        assert_eq!(without("a\n\nab\n", "b\n"), None, "no part of a line");
        assert_eq!(without("a\n", ""), None);
    }
}
