//! Whether a vault is sound, and mending it.

use std::collections::{BTreeSet, HashMap};

use throughline_core::model::NoteId;
use throughline_store::change::Problem as Broken;
use throughline_store::doctor::{self, Finding};
use throughline_store::{Connection, attachment, change, item, note};

use crate::app::App;
use crate::notes::Writer;
use crate::view::{self, Problem};
use crate::{Failure, Result};

/// Looks at everything in the vault. With `repair`, what can be made again from the rest is; with `head`, a hash written
/// down earlier is looked for in the change log: where it is missing, the log is not the one it was.
///
/// # Errors
/// `unreadable_hash`, and as reading the vault.
pub async fn doctor(app: &App, repair: bool, head: Option<&str>) -> Result<view::Doctor> {
    let head = head.map(read_hash).transpose()?;
    let mut problems = look(app).await?;
    let mut repaired = Vec::new();
    if repair {
        let before = problems;
        mend(app).await?;
        problems = look(app).await?;
        repaired = before.into_iter().filter(|problem| !problems.contains(problem)).collect();
    }
    let conn = &mut *app.read().await?;
    if let Some(head) = head
        && !change::contains(conn, &head).await?
    {
        problems.push(Problem {
            code: "chain_head".to_owned(),
            message: "The change log does not hold the entry with that hash: it is not the log it was.".to_owned(),
        });
    }
    let (seq, hash) = change::head(conn).await?;
    let head = (seq > 0).then(|| hash.iter().map(|byte| format!("{byte:02x}")).collect());
    Ok(view::Doctor { ok: problems.is_empty(), problems, repaired, head })
}

fn read_hash(text: &str) -> Result<Vec<u8>> {
    let text = text.trim();
    let digits: Option<Vec<u8>> = (text.len() == 64 && text.is_ascii())
        .then(|| (0..64).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect())
        .flatten();
    digits.ok_or_else(|| {
        Failure::usage("unreadable_hash", "That is not a hash.").hint("It is the `head` an earlier doctor printed.")
    })
}

async fn look(app: &App) -> Result<Vec<Problem>> {
    // Search is asked about itself by a statement that writes: as a reader it would be refused wherever somebody else
    // writes meanwhile; as a writer it waits for its turn.
    let mut tx = app.write().await?;
    let mut problems: Vec<Problem> = doctor::check(&mut tx).await?.into_iter().map(told).collect();
    for note in out_of_step(&mut tx).await? {
        problems.push(Problem {
            code: "note_index".to_owned(),
            message: format!("The items of note {note} are not those its text says."),
        });
    }
    problems.extend(attachments(app, &mut tx).await?);
    tx.rollback().await?;
    Ok(problems)
}

/// Attachments that notes name and that are not there, and those whose content is not what it was.
async fn attachments(app: &App, conn: &mut Connection) -> Result<Vec<Problem>> {
    let there: BTreeSet<String> = attachment::names(app.dir()).into_iter().collect();
    let mut problems = Vec::new();
    let mut missing = BTreeSet::new();
    for note in note::all(conn).await? {
        missing.extend(named(&note.text).filter(|name| !there.contains(*name)).map(str::to_owned));
    }
    for name in missing {
        let message = format!("A note shows `attachments/{name}`, which is not there; a backup may have it.");
        problems.push(Problem { code: "attachment_missing".to_owned(), message });
    }
    for name in there {
        if !attachment::is_whole(app.dir(), &name).unwrap_or(false) {
            let message = format!("`attachments/{name}` is not what was put there; a backup may have it.");
            problems.push(Problem { code: "attachment_damaged".to_owned(), message });
        }
    }
    Ok(problems)
}

/// The attachments that links and pictures of a text name.
fn named(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("](attachments/").filter_map(|(at, lead)| {
        let rest = &text[at + lead.len()..];
        let end = rest.find(|c: char| c == ')' || c.is_whitespace())?;
        Some(&rest[..end]).filter(|name| !name.is_empty())
    })
}

fn told(finding: Finding) -> Problem {
    let (code, message) = match finding {
        Finding::Integrity(line) => ("integrity", format!("SQLite finds the file damaged: {line}.")),
        Finding::ForeignKey(table) => ("foreign_key", format!("A row of {table} points at nothing.")),
        Finding::Chain(broken) => (
            "chain",
            match broken {
                Broken::Gap { .. } => format!("An entry of the change log is missing: {broken:?}."),
                _ => format!("An entry of the change log was changed: {broken:?}."),
            },
        ),
        Finding::Search => ("search_index", "Search does not know all there is.".to_owned()),
    };
    Problem { code: code.to_owned(), message }
}

/// Notes in whose text the anchor of one of their items does not stand.
async fn out_of_step(conn: &mut Connection) -> Result<Vec<NoteId>> {
    let notes = note::all(conn).await?;
    let ids: Vec<NoteId> = notes.iter().map(|note| note.id).collect();
    let texts: HashMap<NoteId, &str> = notes.iter().map(|note| (note.id, note.text.as_str())).collect();
    let items = item::of_notes(conn, &ids).await?;
    let lost = items.iter().filter(|item| {
        !item.archived && !texts.get(&item.note_id).is_some_and(|text| text.contains(&format!("^{}", item.anchor)))
    });
    let wrong: BTreeSet<NoteId> = lost.map(|item| item.note_id).collect();
    Ok(wrong.into_iter().collect())
}

/// Makes search again, and reads again the notes whose items are out of step.
async fn mend(app: &App) -> Result<()> {
    let mut writer = Writer::begin(app).await?;
    for id in out_of_step(&mut writer.tx).await? {
        if let Some(found) = note::by_id(&mut writer.tx, id).await? {
            writer.reread(&found).await?;
        }
    }
    doctor::repair(&mut writer.tx).await?;
    writer.commit("doctor").await
}
