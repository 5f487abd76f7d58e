//! Saving a note: merge, read, tell items apart, anchor, store — in the transaction of whoever asks.

use std::collections::{HashMap, HashSet};

use throughline_core::model::{
    Item, ItemId, ItemKind, Meeting, MeetingId, Note, NoteId, NoteOwner, NotePart, PersonId,
};
use throughline_core::note::{self as grammar, Candidate, Context, Parsed, PeopleIndex, WrittenLink};
use throughline_core::people::fold;
use throughline_store::note::Saved;
use throughline_store::{Kind, Write, attendance, item, meeting, note, person};

use super::index::{Indexed, Place, index};
use crate::app::{App, directory};
use crate::directory::Directory;
use crate::{Failure, Result, store_people};

/// The longest text a note may have, in bytes.
const LONGEST: usize = 16 << 20;

/// A text to be saved.
pub(crate) struct Draft<'a> {
    pub owner: NoteOwner,
    pub part: NotePart,
    pub text: &'a str,
    /// The revision the text started from; where the note has moved on since, both are merged.
    pub base: Option<i64>,
}

/// A transaction that writes notes: the people named in one are known in the next.
pub(crate) struct Writer<'a> {
    pub app: &'a App,
    pub tx: Write,
    pub directory: Directory,
    people: PeopleIndex,
    indexed_people: usize,
    /// Whom a text named that was saved over: they may be named nowhere now.
    unnamed: Vec<PersonId>,
    /// Labels inside quotations count: the texts are imported minutes.
    pub imported: bool,
    /// What a text about to be saved calls people besides their names and handles.
    pub nicknames: HashMap<PersonId, Vec<String>>,
}

impl<'a> Writer<'a> {
    pub async fn begin(app: &'a App) -> Result<Self> {
        let tx = app.write().await?;
        Self::over(app, tx).await
    }

    pub async fn over(app: &'a App, mut tx: Write) -> Result<Self> {
        let directory = directory(&mut tx).await?;
        let candidates = directory.candidates();
        let indexed_people = candidates.len();
        Ok(Self {
            app,
            tx,
            directory,
            people: PeopleIndex::new(&candidates),
            indexed_people,
            unnamed: Vec::new(),
            imported: false,
            nicknames: HashMap::new(),
        })
    }

    /// Commits as one entry of the change log.
    pub async fn commit(mut self, command: &str) -> Result<()> {
        self.settle_people().await?;
        self.app.commit(self.tx, command).await?;
        Ok(())
    }

    /// Commits as a part of the sitting at a note; whether anything had changed.
    pub async fn commit_sitting(mut self, note: NoteId) -> Result<bool> {
        self.settle_people().await?;
        let committed = self.tx.commit_sitting(note, self.app.clock().now).await?;
        Ok(!committed.changed.is_empty())
    }

    /// Stores whoever is new, and forgets those who were but a handle in a text and are so no more.
    async fn settle_people(&mut self) -> Result<()> {
        store_people::put_changes(&mut self.tx, &mut self.directory).await?;
        person::forget_bare(&mut self.tx, &self.unnamed, self.app.clock().now).await?;
        Ok(())
    }

    /// Saves a text; what should be known of it comes back. Saving what stands there already changes nothing.
    pub async fn save(&mut self, draft: Draft<'_>) -> Result<Vec<String>> {
        check(draft.text)?;
        let stored = note::get(&mut self.tx, draft.owner, draft.part).await?;
        let text = self.merged(&stored, &draft).await?;
        if stored.as_ref().map_or("", |note| note.text.as_str()) == text {
            return Ok(Vec::new());
        }
        let id = match &stored {
            Some(note) => note.id,
            None => self.app.id(),
        };
        if stored.is_some() {
            self.tx.touch(Kind::Note, id).await?;
        } else {
            self.tx.touch_new(Kind::Note, id);
        }
        let meeting = match draft.owner {
            NoteOwner::Meeting(id) => meeting::get(&mut self.tx, id).await?,
            NoteOwner::Person(_) => None,
        };
        let parsed = self.parse(&text, meeting.as_ref(), draft.part).await?;
        let known = item::of_notes(&mut self.tx, &[id]).await?;
        let indexed = self.index(&text, parsed, id, draft.owner, draft.part, known).await?;
        self.store(stored, id, &draft, indexed).await
    }

    /// Reads a note's items again from its text.
    pub async fn reread(&mut self, stored: &Note) -> Result<()> {
        let meeting = match stored.owner {
            NoteOwner::Meeting(id) => meeting::get(&mut self.tx, id).await?,
            NoteOwner::Person(_) => None,
        };
        self.tx.touch(Kind::Note, stored.id).await?;
        let parsed = self.parse(&stored.text, meeting.as_ref(), stored.part).await?;
        let known = item::of_notes(&mut self.tx, &[stored.id]).await?;
        let indexed = self.index(&stored.text, parsed, stored.id, stored.owner, stored.part, known).await?;
        let draft = Draft { owner: stored.owner, part: stored.part, text: &stored.text, base: None };
        self.store(Some(stored.clone()), stored.id, &draft, indexed).await?;
        Ok(())
    }

    /// The text to save: where the note has moved on since the draft's base, both are merged by line.
    async fn merged(&mut self, stored: &Option<Note>, draft: &Draft<'_>) -> Result<String> {
        if let (Some(note), Some(base)) = (stored, draft.base)
            && note.revision != base
        {
            let base = note::revision(&mut self.tx, note.id, base).await?.unwrap_or_default();
            return Ok(grammar::merge(&base, &note.text, draft.text).text);
        }
        Ok(draft.text.to_owned())
    }

    async fn parse(&mut self, text: &str, meeting: Option<&Meeting>, part: NotePart) -> Result<Parsed> {
        let attendees = self.attendees(meeting).await?;
        Ok(grammar::parse(text, &self.context(meeting, part, &attendees)))
    }

    /// What a note is read against. Call [`Writer::attendees`] first.
    fn context<'c>(&'c self, meeting: Option<&Meeting>, part: NotePart, attendees: &'c [Candidate]) -> Context<'c> {
        Context {
            part,
            date: Some(meeting.map_or_else(|| self.app.clock().today(), |meeting| meeting.times.own_date())),
            attendees,
            people: &self.people,
            me: self.directory.me().map(|me| me.id),
            imported: self.imported,
        }
    }

    /// Edits the line an item stands on, and those that repeat it, and saves its note.
    pub async fn edit(&mut self, id: ItemId, change: impl Fn(&str, u32, &Context<'_>) -> Option<String>) -> Result<()> {
        let item = item::get(&mut self.tx, id).await?.ok_or_else(out_of_step)?;
        let note = note::by_id(&mut self.tx, item.note_id).await?.ok_or_else(out_of_step)?;
        let meeting = match note.owner {
            NoteOwner::Meeting(id) => meeting::get(&mut self.tx, id).await?,
            NoteOwner::Person(_) => None,
        };
        let attendees = self.attendees(meeting.as_ref()).await?;
        let cx = self.context(meeting.as_ref(), note.part, &attendees);
        let text = change(&note.text, item.line, &cx).ok_or_else(out_of_step)?;
        self.save(Draft { owner: note.owner, part: note.part, text: &text, base: None }).await?;
        Ok(())
    }

    async fn attendees(&mut self, meeting: Option<&Meeting>) -> Result<Vec<Candidate>> {
        // People just read from minutes are at the meeting, and must be there before they can be looked up.
        store_people::put_changes(&mut self.tx, &mut self.directory).await?;
        self.index_people();
        let Some(meeting) = meeting else { return Ok(Vec::new()) };
        let mut attendees = Vec::new();
        for attendance in attendance::of_meetings(&mut self.tx, &[meeting.id]).await? {
            if let Some(person) = self.directory.get(attendance.person_id) {
                let mut candidate = self.directory.candidate(person);
                candidate.aliases.extend(self.nicknames.get(&person.id).into_iter().flatten().cloned());
                attendees.push(candidate);
            }
        }
        Ok(attendees)
    }

    fn index_people(&mut self) {
        if self.directory.people().count() != self.indexed_people {
            let candidates = self.directory.candidates();
            self.indexed_people = candidates.len();
            self.people = PeopleIndex::new(&candidates);
        }
    }

    async fn index(
        &mut self,
        text: &str,
        parsed: Parsed,
        note_id: NoteId,
        owner: NoteOwner,
        part: NotePart,
        mut known: Vec<Item>,
    ) -> Result<Indexed> {
        let (moved, taken) = self.anchors_from_elsewhere(&parsed, note_id, &known).await?;
        for item in &moved {
            self.tx.touch(Kind::Note, item.note_id).await?;
        }
        known.extend(moved);
        let targets = self.targets(&parsed).await?;
        let (meeting_id, about) = match owner {
            NoteOwner::Meeting(id) => (Some(id), None),
            NoteOwner::Person(id) => (None, Some(id)),
        };
        let decided = match (part, meeting_id) {
            (NotePart::Prep, Some(meeting)) => self.decided(meeting).await?,
            _ => HashSet::new(),
        };
        let mut fresh =
            self.fresh_anchors(parsed.items.iter().filter(|item| item.anchor.is_none()).count(), text).await?;
        let place = Place {
            note_id,
            meeting_id,
            about,
            part,
            now: self.app.clock().now,
            known: &known,
            taken: &taken,
            targets: &targets,
            decided: &decided,
        };
        let entropy = self.app.entropy();
        Ok(index(text, parsed, &place, &mut self.directory, entropy, &mut || {
            fresh.pop().unwrap_or_else(|| entropy.anchor())
        }))
    }

    /// Items of other notes whose anchors stand in this text: moved here where their own note has them no more, else
    /// taken.
    async fn anchors_from_elsewhere(
        &mut self,
        parsed: &Parsed,
        note_id: NoteId,
        known: &[Item],
    ) -> Result<(Vec<Item>, HashSet<String>)> {
        let here: HashSet<&str> = known.iter().map(|item| item.anchor.as_str()).collect();
        let strange: Vec<String> =
            parsed.items.iter().filter_map(|item| item.anchor.clone()).filter(|a| !here.contains(a.as_str())).collect();
        let (mut moved, mut taken) = (Vec::new(), HashSet::new());
        if strange.is_empty() {
            return Ok((moved, taken));
        }
        for item in item::by_anchors(&mut self.tx, &strange).await? {
            if item.note_id == note_id {
                continue;
            }
            if item.archived {
                moved.push(item);
            } else {
                taken.insert(item.anchor);
            }
        }
        Ok((moved, taken))
    }

    async fn targets(&mut self, parsed: &Parsed) -> Result<HashMap<String, ItemId>> {
        let anchors: HashSet<String> = parsed
            .items
            .iter()
            .flat_map(|item| &item.links)
            .map(|link| match link {
                WrittenLink::Supersedes(anchor) | WrittenLink::After(anchor) | WrittenLink::Answers(anchor) => {
                    anchor.clone()
                }
            })
            .collect();
        if anchors.is_empty() {
            return Ok(HashMap::new());
        }
        let anchors: Vec<String> = anchors.into_iter().collect();
        let items = item::by_anchors(&mut self.tx, &anchors).await?;
        Ok(items.into_iter().map(|item| (item.anchor, item.id)).collect())
    }

    /// Folded texts of the decisions in the meeting's notes.
    async fn decided(&mut self, meeting: MeetingId) -> Result<HashSet<String>> {
        let Some(notes) = note::get(&mut self.tx, NoteOwner::Meeting(meeting), NotePart::Notes).await? else {
            return Ok(HashSet::new());
        };
        let items = item::of_notes(&mut self.tx, &[notes.id]).await?;
        let decisions = items.iter().filter(|item| item.kind == ItemKind::Decision && !item.archived);
        Ok(decisions.map(|item| fold(&item.text)).collect())
    }

    /// So many anchors that nothing in the vault, nor the text, has.
    async fn fresh_anchors(&mut self, count: usize, text: &str) -> Result<Vec<String>> {
        let mut fresh: Vec<String> = Vec::with_capacity(count);
        while fresh.len() < count {
            let mut more: Vec<String> = (fresh.len()..count).map(|_| self.app.entropy().anchor()).collect();
            more.retain(|anchor| !fresh.contains(anchor) && !text.contains(anchor.as_str()));
            let taken = item::taken(&mut self.tx, &more).await?;
            more.retain(|anchor| !taken.contains(anchor));
            fresh.extend(more);
        }
        Ok(fresh)
    }

    async fn store(
        &mut self,
        stored: Option<Note>,
        id: NoteId,
        draft: &Draft<'_>,
        mut indexed: Indexed,
    ) -> Result<Vec<String>> {
        store_people::put_changes(&mut self.tx, &mut self.directory).await?;
        self.refuse_circles(&mut indexed).await?;
        let revision = match &stored {
            Some(note) => note.revision,
            None => note::last_revision(&mut self.tx, id).await?,
        } + 1;
        let updated_at = self.app.clock().now;
        let note = Note { id, owner: draft.owner, part: draft.part, text: indexed.text, revision, updated_at };
        let mentions: Vec<PersonId> = std::mem::take(&mut indexed.mentions);
        let before = if stored.is_some() { person::named_in(&mut self.tx, id).await? } else { Vec::new() };
        note::save(&mut self.tx, &[Saved { note, topics: indexed.topics, mentions }]).await?;
        item::put(&mut self.tx, &indexed.items).await?;
        if !before.is_empty() {
            let now = person::named_in(&mut self.tx, id).await?;
            self.unnamed.extend(before.into_iter().filter(|one| !now.contains(one)));
        }
        if draft.part == NotePart::Notes
            && let NoteOwner::Meeting(meeting) = draft.owner
        {
            self.settle_proposals(meeting, &indexed.items).await?;
        }
        Ok(indexed.warnings)
    }

    /// A decision proposed in prep is one item with the decision in the notes that says the same: the one in the notes.
    async fn settle_proposals(&mut self, meeting: MeetingId, notes: &[Item]) -> Result<()> {
        let Some(prep) = note::get(&mut self.tx, NoteOwner::Meeting(meeting), NotePart::Prep).await? else {
            return Ok(());
        };
        let decided: HashSet<String> = notes
            .iter()
            .filter(|item| item.kind == ItemKind::Decision && !item.archived)
            .map(|item| fold(&item.text))
            .collect();
        let mut changed: Vec<Item> = Vec::new();
        for item in item::of_notes(&mut self.tx, &[prep.id]).await? {
            let settled = decided.contains(&fold(&item.text));
            let stands = prep.text.contains(&format!("^{}", item.anchor));
            if item.proposed && stands && item.archived != settled {
                changed.push(Item { archived: settled, ..item });
            }
        }
        if !changed.is_empty() {
            self.tx.touch(Kind::Note, prep.id).await?;
            item::put(&mut self.tx, &changed).await?;
        }
        Ok(())
    }
}

fn out_of_step() -> Failure {
    Failure::new("line_not_found", "The line of that item cannot be edited.")
        .hint("Edit the note itself; `throughline doctor` says whether the vault is in order.")
}

pub(super) fn check(text: &str) -> Result<()> {
    if text.len() > LONGEST {
        return Err(Failure::new("note_too_long", "A note may have 16 MiB at the most.")
            .hint("Split it over several meetings, or keep the rest as a file."));
    }
    if text.contains('\0') {
        return Err(Failure::new("not_text", "The text holds a NUL character: it is not a text.")
            .hint("Check that the right file was named."));
    }
    Ok(())
}
