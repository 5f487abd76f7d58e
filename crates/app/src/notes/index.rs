//! Turning what a note says into its items: same lines, same ids.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use throughline_core::model::{
    ActionStatus, Item, ItemId, ItemLink, ItemOwner, LinkKind, MeetingId, NoteId, NotePart, PersonId,
};
use throughline_core::note::{KnownItem, Parsed, ParsedItem, WrittenLink, WrittenOwner, reconcile, write_anchors};
use throughline_core::people::fold;

use crate::directory::{Described, Directory};
use crate::entropy::Entropy;

/// The note whose items are told apart.
pub(super) struct Place<'a> {
    pub note_id: NoteId,
    pub meeting_id: Option<MeetingId>,
    /// Whose running note it is: all that stands in it is about them, named or not.
    pub about: Option<PersonId>,
    pub part: NotePart,
    pub now: DateTime<Utc>,
    /// The items the note had, archived ones too, and those whose line was moved here from another note.
    pub known: &'a [Item],
    /// Anchors in the text that belong to an item which still stands in another note.
    pub taken: &'a HashSet<String>,
    /// The items that anchors in links name.
    pub targets: &'a HashMap<String, ItemId>,
    /// Folded texts of the decisions that stand in the meeting's notes, while its prep is read.
    pub decided: &'a HashSet<String>,
}

/// A note with its items told apart.
pub(super) struct Indexed {
    /// The text as given, with anchors added.
    pub text: String,
    /// The note's items, archived ones too.
    pub items: Vec<Item>,
    /// Topics outside items.
    pub topics: Vec<String>,
    /// People named outside items.
    pub mentions: Vec<PersonId>,
    /// What the user should know.
    pub warnings: Vec<String>,
}

/// Tells a note's items apart. `free` gives an anchor that nothing in the vault has.
pub(super) fn index(
    text: &str,
    mut parsed: Parsed,
    place: &Place<'_>,
    directory: &mut Directory,
    entropy: &Entropy,
    free: &mut dyn FnMut() -> String,
) -> Indexed {
    drop_borrowed_anchors(&mut parsed.items, place.taken);
    let known: Vec<KnownItem> = place.known.iter().map(known_item).collect();
    let matches = reconcile(&known, &parsed.items);
    let by_id: HashMap<ItemId, &Item> = place.known.iter().map(|item| (item.id, item)).collect();

    let mut warnings = Vec::new();
    let mut written = Vec::new();
    let mut items = Vec::new();
    let mut alive = HashSet::new();
    for (read, matched) in parsed.items.iter().zip(&matches) {
        let old = matched.and_then(|id| by_id.get(&id).copied());
        let anchor = match (&read.anchor, old) {
            (Some(anchor), _) => anchor.clone(),
            (None, Some(old)) => old.anchor.clone(),
            (None, None) => free(),
        };
        if read.anchor.as_ref() != Some(&anchor) {
            written.push((read.line, anchor.clone()));
        }
        let item = make_item(read, old, anchor, place, directory, entropy, &mut warnings);
        alive.insert(item.id);
        items.push(item);
    }
    let here: HashMap<String, ItemId> = items.iter().map(|item| (item.anchor.clone(), item.id)).collect();
    for (read, item) in parsed.items.iter().zip(&mut items) {
        item.links = links(read, item.id, &here, place.targets, &mut warnings);
    }
    let gone = place.known.iter().filter(|item| !alive.contains(&item.id) && item.note_id == place.note_id);
    items.extend(gone.map(|item| Item { archived: true, ..item.clone() }));
    Indexed {
        text: write_anchors(text, &written),
        items,
        topics: parsed.topics,
        mentions: parsed
            .mentions
            .iter()
            .filter_map(|handle| person_of_handle(handle, place, directory, entropy))
            .collect(),
        warnings,
    }
}

fn known_item(item: &Item) -> KnownItem {
    KnownItem {
        id: item.id,
        kind: item.kind,
        anchor: item.anchor.clone(),
        text: item.text.clone(),
        line: item.line,
        archived: item.archived,
    }
}

/// The second line with an anchor, and a line pasted from a note where it still stands, get anchors of their own.
fn drop_borrowed_anchors(items: &mut [ParsedItem], taken: &HashSet<String>) {
    let mut seen = HashSet::new();
    for item in items {
        if let Some(anchor) = &item.anchor
            && (taken.contains(anchor) || !seen.insert(anchor.clone()))
        {
            item.anchor = None;
        }
    }
}

fn make_item(
    read: &ParsedItem,
    old: Option<&Item>,
    anchor: String,
    place: &Place<'_>,
    directory: &mut Directory,
    entropy: &Entropy,
    warnings: &mut Vec<String>,
) -> Item {
    let owners = owners(read, old, place, directory, entropy, warnings);
    let mut mentions: Vec<PersonId> =
        read.mentions.iter().filter_map(|handle| person_of_handle(handle, place, directory, entropy)).collect();
    mentions.extend(place.about.filter(|about| !mentions.contains(about)));
    let decided = read.proposed && place.decided.contains(&fold(&read.text));
    Item {
        id: old.map_or_else(|| ItemId(entropy.id(place.now)), |old| old.id),
        kind: read.kind,
        anchor,
        note_id: place.note_id,
        meeting_id: place.meeting_id,
        part: place.part,
        line: read.line,
        text: read.text.clone(),
        status: read.status,
        owners,
        due: read.due,
        slips: slips(old, read.due),
        snoozed_until: old.and_then(|old| old.snoozed_until),
        kept_until: old.and_then(|old| old.kept_until),
        topics: read.topics.clone(),
        mentions,
        links: Vec::new(),
        rationale: read.rationale.clone(),
        alternatives: read.alternatives.clone(),
        revisit: read.revisit,
        proposed: read.proposed,
        created_at: old.map_or(place.now, |old| old.created_at),
        done_at: match (read.status, old.and_then(|old| old.done_at)) {
            (ActionStatus::Done, at) => Some(at.unwrap_or(place.now)),
            _ => None,
        },
        archived: decided,
        superseded_unseen: None,
    }
}

/// One more than before where the due date went later.
fn slips(old: Option<&Item>, due: Option<NaiveDate>) -> u32 {
    let Some(old) = old else { return 0 };
    let later = matches!((old.due, due), (Some(before), Some(after)) if after > before);
    old.slips + u32::from(later)
}

fn owners(
    read: &ParsedItem,
    old: Option<&Item>,
    place: &Place<'_>,
    directory: &mut Directory,
    entropy: &Entropy,
    warnings: &mut Vec<String>,
) -> Vec<ItemOwner> {
    let resolved_before =
        |written: &str| old.and_then(|old| old.owners.iter().find(|owner| owner.inferred && owner.written == written));
    let mut owners: Vec<ItemOwner> = Vec::new();
    for owner in &read.owners {
        let owner = match owner {
            WrittenOwner::Handle(handle) => person_of_handle(handle, place, directory, entropy)
                .map(|person_id| ItemOwner { person_id, inferred: false, written: handle.clone() }),
            // Once resolved, a name stays with whom it was resolved to, whoever comes to bear it later.
            WrittenOwner::Person { id, written } => {
                Some(resolved_before(written).cloned().unwrap_or_else(|| ItemOwner {
                    person_id: *id,
                    inferred: true,
                    written: written.clone(),
                }))
            }
            WrittenOwner::Ambiguous { written, candidates } => resolved_before(written).cloned().or_else(|| {
                let names: Vec<_> = candidates
                    .iter()
                    .filter_map(|id| directory.get(*id))
                    .map(|person| format!("@{}", person.handle))
                    .collect();
                warnings.push(format!("Line {}: “{written}” could be {}.", read.line, names.join(" or ")));
                None
            }),
        };
        if let Some(owner) = owner
            && !owners.iter().any(|other| other.person_id == owner.person_id)
        {
            owners.push(owner);
        }
    }
    owners
}

fn person_of_handle(handle: &str, place: &Place<'_>, directory: &mut Directory, entropy: &Entropy) -> Option<PersonId> {
    let described = Described { handle: Some(handle), ..Described::default() };
    directory.find_or_make(described, &mut || entropy.id(place.now))
}

/// An anchor names an item of this note first, then one of another.
fn links(
    read: &ParsedItem,
    own: ItemId,
    here: &HashMap<String, ItemId>,
    elsewhere: &HashMap<String, ItemId>,
    warnings: &mut Vec<String>,
) -> Vec<ItemLink> {
    let mut links = Vec::new();
    for link in &read.links {
        let (kind, anchor) = match link {
            WrittenLink::Supersedes(anchor) => (LinkKind::Supersedes, anchor),
            WrittenLink::After(anchor) => (LinkKind::BlockedBy, anchor),
            WrittenLink::Answers(anchor) => (LinkKind::Answers, anchor),
        };
        match here.get(anchor).or_else(|| elsewhere.get(anchor)) {
            Some(target) if *target == own => {
                warnings.push(format!("Line {}: an item cannot link to itself.", read.line));
            }
            Some(target) => links.push(ItemLink { kind, target: *target }),
            None => warnings.push(format!("Line {}: nothing in this vault is called ^{anchor}.", read.line)),
        }
    }
    links.sort();
    links.dedup();
    links
}
