//! Sittings: an editor at a note. Many saves, one entry in the change log; and what is typed between two saves is kept
//! in a draft, so that nothing typed is lost.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use throughline_core::model::{NoteId, NoteOwner, NotePart};
use throughline_core::note as grammar;
use throughline_store::draft::{self, Journal, Left};
use throughline_store::{Connection, item, meeting, note, person, sitting};

use super::{Draft, Writer, save, told};
use crate::app::App;
use crate::tell::Teller;
use crate::view;
use crate::{Failure, Result, meetings, resolve};

/// The sittings of this program at a vault.
#[derive(Debug, Default)]
pub(crate) struct Sittings(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    journal: Option<Journal>,
    open: HashMap<String, Sitting>,
    begun: u64,
    /// Counts drafts and saves, so that a save knows which drafts came before it.
    calls: u64,
}

#[derive(Debug, Clone)]
struct Sitting {
    number: u64,
    owner: NoteOwner,
    part: NotePart,
    /// The note, once it was seen.
    note: Option<NoteId>,
    /// The revision the editor started from.
    base: i64,
    /// The last save: which revision it named, and the text as it was sent. A save that names the same revision again
    /// was typed on that text.
    sent: Option<(i64, String)>,
    /// Revisions this sitting saved.
    saved: Vec<i64>,
    /// The draft that is on disk: which call wrote it.
    drafted: Option<u64>,
    /// The last save that was done: which call did it.
    stored: u64,
    /// What was offered when it began; it goes with the first save.
    offered: Vec<Left>,
}

impl Sittings {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn get(&self, name: &str) -> Result<Sitting> {
        self.state().open.get(name).cloned().ok_or_else(unknown)
    }

    /// The number of a draft or a save, taken as it comes.
    fn call(&self) -> u64 {
        let mut state = self.state();
        state.calls += 1;
        state.calls
    }

    fn names(&self) -> Vec<String> {
        self.state().open.keys().cloned().collect()
    }
}

fn unknown() -> Failure {
    Failure::new("unknown_sitting", "The editor of this note was closed.").hint("Open the note again.")
}

/// Files are written by threads that may wait.
async fn waiting<T: Send + 'static>(
    app: &App,
    work: impl FnOnce(&mut State) -> Result<T> + Send + 'static,
) -> Result<T> {
    let sittings = Arc::clone(app.sittings());
    let done = tokio::task::spawn_blocking(move || work(&mut sittings.state())).await;
    done.unwrap_or_else(|_| Err(Failure::new("internal", "The draft could not be written.")))
}

/// Sits down at a part of a meeting's note. What an earlier sitting typed and could not save is in `recovered`, merged
/// with what became of the note since; none where the note has it all.
///
/// # Errors
/// `unknown_meeting`, `ambiguous`, and as reading and writing the vault.
pub async fn open(app: &App, meeting: &str, part: NotePart) -> Result<view::NoteOpen> {
    let id = resolve::meeting(&mut *app.read().await?, meeting).await?;
    begin(app, NoteOwner::Meeting(id), part).await
}

/// Sits down at a person's running note, as [`open`] does at a meeting's.
///
/// # Errors
/// `unknown_person`, `ambiguous`, and as reading and writing the vault.
pub async fn open_person(app: &App, person: &str) -> Result<view::NoteOpen> {
    let id = resolve::person(&mut *app.read().await?, person).await?;
    begin(app, NoteOwner::Person(id), NotePart::Notes).await
}

async fn begin(app: &App, owner: NoteOwner, part: NotePart) -> Result<view::NoteOpen> {
    finish_at(app, owner, part).await?;
    let conn = &mut *app.read().await?;
    let shown = told(conn, owner, part, Vec::new()).await?;
    let note = note::get(conn, owner, part).await?.map(|note| note.id);
    let (dir, instance) = (app.dir().to_owned(), app.id::<uuid::Uuid>());
    let left = waiting(app, move |state| {
        if state.journal.is_none() {
            state.journal = Some(Journal::begin(&dir, &instance.simple().to_string())?);
        }
        let mut left = draft::left(&dir, state.journal.as_ref())?;
        left.retain(|left| left.draft.owner == owner && left.draft.part == part);
        Ok(left)
    })
    .await?;
    let recovered = recovered(conn, note, &shown.text, &left).await?;
    if recovered.is_none() {
        // The note has it all: saved, and killed before the draft could go.
        for left in &left {
            draft::discard(left)?;
        }
    }
    let offered = if recovered.is_some() { left } else { Vec::new() };
    let mut state = app.sittings().state();
    state.begun += 1;
    let number = state.begun;
    let name = format!("{}.{number}", instance.simple());
    let base = shown.revision;
    let (sent, saved, drafted, stored) = (None, Vec::new(), None, 0);
    state.open.insert(name.clone(), Sitting { number, owner, part, note, base, sent, saved, drafted, stored, offered });
    Ok(view::NoteOpen { sitting: name, note: shown, recovered })
}

/// What was typed and not saved by programs that are gone, or here at a sitting that is over; oldest first.
pub(super) async fn left(app: &App) -> Result<Vec<Left>> {
    let dir = app.dir().to_owned();
    waiting(app, move |state| {
        let mut left = draft::left(&dir, state.journal.as_ref())?;
        left.retain(|left| {
            let sitting = left.file.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
            !state.open.contains_key(sitting)
        });
        Ok(left)
    })
    .await
}

/// The note with what was left put into it, oldest first.
pub(super) async fn recovered(
    conn: &mut Connection,
    note: Option<NoteId>,
    text: &str,
    left: &[Left],
) -> Result<Option<String>> {
    let mut merged = text.to_owned();
    for left in left {
        let base = match note {
            Some(id) => note::revision(conn, id, left.draft.base).await?.unwrap_or_default(),
            None => String::new(),
        };
        // The draft may be of before its lines got their anchors.
        let bare = grammar::strip_anchors(&left.draft.text);
        if bare != grammar::strip_anchors(&merged) && bare != grammar::strip_anchors(&base) {
            merged = grammar::merge(&base, &merged, &left.draft.text).text;
        }
    }
    Ok((grammar::strip_anchors(&merged) != grammar::strip_anchors(text)).then_some(merged))
}

/// Keeps what is typed, without reading it: on disk when it returns, and after whatever may happen. A draft that is
/// overtaken by a save that came after it is not written: the note has it.
///
/// # Errors
/// `unknown_sitting`, `note_too_long`, `not_text`, `disk_full`, `vault_read_only`.
pub async fn draft(app: &App, sitting: &str, text: &str) -> Result<()> {
    save::check(text)?;
    let (name, text, at) = (sitting.to_owned(), text.to_owned(), app.clock().now.timestamp_millis());
    let call = app.sittings().call();
    waiting(app, move |state| {
        let sitting = state.open.get_mut(&name).ok_or_else(unknown)?;
        if sitting.stored > call {
            return Ok(());
        }
        let draft = draft::Draft { owner: sitting.owner, part: sitting.part, base: sitting.base, at, text };
        let journal = state.journal.as_ref().ok_or_else(unknown)?;
        journal.write(sitting.number, &draft)?;
        sitting.drafted = Some(call);
        Ok(())
    })
    .await
}

/// Saves the text an editor has, which started from the revision `base`; where the note has moved on since, both are
/// merged by line. The draft goes, unless more was typed meanwhile.
///
/// # Errors
/// `unknown_sitting`, `unknown_meeting` where the meeting has gone, and as [`super::set`]; then the draft stays.
pub async fn save(app: &App, sitting: &str, text: &str, base: i64) -> Result<view::NoteSaved> {
    let call = app.sittings().call();
    let open = app.sittings().get(sitting)?;
    let mut writer = Writer::begin(app).await?;
    let owner = open.owner;
    if let NoteOwner::Meeting(id) = owner
        && meeting::get(&mut writer.tx, id).await?.is_none()
    {
        return Err(meetings::gone().hint("What was typed is kept. Copy it into another meeting's note."));
    }
    let (merged, conflicts) = merged(&mut writer, &open, text, base).await?;
    let differs = merged != text;
    let warnings = writer.save(Draft { owner, part: open.part, text: &merged, base: None }).await?;
    let shown = told(&mut writer.tx, owner, open.part, warnings).await?;
    let note = note::get(&mut writer.tx, owner, open.part).await?.map(|note| note.id);
    let items = match note {
        Some(id) => item::of_notes(&mut writer.tx, &[id]).await?,
        None => Vec::new(),
    };
    let items = items.into_iter().filter(|item| !item.archived).collect();
    let items = Teller::new(&mut writer.tx, *app.clock()).items(items).await?.in_order();
    let changed = match note {
        Some(id) => writer.commit_sitting(id).await?,
        None => false,
    };
    let (name, text, revision) = (sitting.to_owned(), text.to_owned(), shown.revision);
    waiting(app, move |state| {
        let Some(sitting) = state.open.get_mut(&name) else { return Ok(()) };
        sitting.note = note.or(sitting.note);
        sitting.base = revision;
        sitting.sent = Some((base, text));
        sitting.stored = sitting.stored.max(call);
        if changed {
            sitting.saved.push(revision);
        }
        for left in sitting.offered.drain(..) {
            draft::discard(&left)?;
        }
        if sitting.drafted.take_if(|drafted| *drafted < call).is_some()
            && let Some(journal) = &state.journal
        {
            journal.remove(sitting.number)?;
        }
        Ok(())
    })
    .await?;
    Ok(view::NoteSaved { note: shown, merged: differs, conflicts, items })
}

/// The text to save: where the note is not what the editor started from, both merged, and how many stretches both had
/// changed.
async fn merged(writer: &mut Writer<'_>, open: &Sitting, text: &str, base: i64) -> Result<(String, u32)> {
    let stored = note::get(&mut writer.tx, open.owner, open.part).await?;
    let (now, revision) = stored.as_ref().map_or(("", 0), |note| (note.text.as_str(), note.revision));
    if revision == base {
        return Ok((text.to_owned(), 0));
    }
    let both = |merged: grammar::Merged| (merged.text, merged.conflicts);
    if let Some((sent_base, sent)) = &open.sent
        && *sent_base == base
    {
        // What saving added to the lines of the text it was sent is not a change to them; the lines find it again.
        let now = grammar::strip_anchors_unknown_to(now, sent);
        return Ok(both(grammar::merge(sent, &now, text)));
    }
    let from = match stored.as_ref().map(|note| note.id).or(open.note) {
        Some(id) => note::revision(&mut writer.tx, id, base).await?.unwrap_or_default(),
        None => String::new(),
    };
    Ok(both(grammar::merge(&from, now, text)))
}

/// Gets up: all that was saved becomes the one entry in the change log, and one revision. A draft that could not be
/// saved stays, and is offered when the note is opened again.
///
/// # Errors
/// As writing the vault.
pub async fn close(app: &App, sitting: &str) -> Result<()> {
    let Some(open) = app.sittings().state().open.remove(sitting) else { return Ok(()) };
    let Some(note) = open.note else { return Ok(()) };
    if app.sittings().state().open.values().any(|other| other.note == Some(note)) {
        return Ok(());
    }
    let mut tx = app.write().await?;
    sitting::close(&mut tx, note, app.entropy().salt()).await?;
    for pair in open.saved.windows(2).filter(|pair| pair[1] == pair[0] + 1) {
        note::thin_revisions(&mut tx, note, pair[0] - 1, pair[1]).await?;
    }
    tx.commit(None).await?;
    Ok(())
}

/// Gets up everywhere.
pub(crate) async fn close_all(app: &App) -> Result<()> {
    for name in app.sittings().names() {
        close(app, &name).await?;
    }
    Ok(())
}

/// Closes what was cut short: every open sitting, unless another program may still sit there.
pub(crate) async fn finish_cut_short(app: &App) -> Result<()> {
    let open = sitting::open(&mut *app.read().await?).await?;
    if open.is_empty() || draft::is_anybody(app.dir(), None)? {
        return Ok(());
    }
    let mut tx = app.write().await?;
    for open in open {
        sitting::close(&mut tx, open.note, app.entropy().salt()).await?;
    }
    tx.commit(None).await?;
    Ok(())
}

/// Closes a sitting at this note that nobody sits at any more: the window was loaded anew, or a program ended.
async fn finish_at(app: &App, owner: NoteOwner, part: NotePart) -> Result<()> {
    let conn = &mut *app.read().await?;
    let Some(note) = note::get(conn, owner, part).await? else { return Ok(()) };
    if !sitting::open(conn).await?.iter().any(|open| open.note == note.id) {
        return Ok(());
    }
    let elsewhere = draft::is_anybody(app.dir(), app.sittings().state().journal.as_ref())?;
    if elsewhere || app.sittings().state().open.values().any(|open| open.note == Some(note.id)) {
        return Ok(());
    }
    let mut tx = app.write().await?;
    sitting::close(&mut tx, note.id, app.entropy().salt()).await?;
    tx.commit(None).await?;
    Ok(())
}

/// What was typed at notes and could not be saved, of all meetings, those that are gone too; oldest first.
///
/// # Errors
/// As reading the vault's folder.
pub async fn unsaved(app: &App) -> Result<view::Drafts> {
    let dir = app.dir().to_owned();
    let left = waiting(app, move |state| Ok(draft::left(&dir, state.journal.as_ref())?)).await?;
    let conn = &mut *app.read().await?;
    let mut told = Vec::with_capacity(left.len());
    for Left { draft, .. } in left {
        let (meeting_id, person_id, title) = match draft.owner {
            NoteOwner::Meeting(id) => (Some(id), None, meeting::get(conn, id).await?.map(|meeting| meeting.title)),
            NoteOwner::Person(id) => (None, Some(id), person::get(conn, id).await?.map(|person| person.name)),
        };
        let at = chrono::DateTime::from_timestamp_millis(draft.at).unwrap_or(app.clock().now);
        told.push(view::UnsavedDraft {
            meeting_id,
            person_id,
            title,
            part: draft.part,
            at: view::When::at(at, app.clock().zone),
            text: draft.text,
        });
    }
    Ok(view::Drafts { drafts: told })
}
