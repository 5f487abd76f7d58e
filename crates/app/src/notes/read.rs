//! What an editor draws on a text: what its lines are and say, before any of it is saved.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use chrono::NaiveDate;
use throughline_core::graph::AsOf;
use throughline_core::model::{ActionStatus, Item, ItemKind, LinkKind, MeetingId, NotePart, PersonId};
use throughline_core::note::{
    self as grammar, Context, LineMarks, OfferKind, PeopleIndex, Utf16, WrittenLink, WrittenOwner,
};
use throughline_store::{Connection, attendance, item, meeting};

use super::save;
use crate::app::{App, directory};
use crate::directory::Directory;
use crate::view::{
    DateMark, LinkMark, LinkRelation, Mark, MarkStatus, MentionMark, OfferMark, OfferWhat, OwnerMark, PersonRef, Span,
    TopicMark,
};
use crate::{Result, meetings, resolve};

/// Reads a text as the part of a meeting's note it is to be, or, without a meeting, as a person's running note of today:
/// each line that says something. Costs a handful of queries, however long it is.
///
/// # Errors
/// `unknown_meeting`, `ambiguous`, `note_too_long`, `not_text`.
pub async fn read(app: &App, meeting: Option<&str>, part: NotePart, text: &str) -> Result<Vec<Mark>> {
    save::check(text)?;
    let conn = &mut *app.read().await?;
    let meeting = match meeting {
        Some(meeting) => Some(resolve::meeting(conn, meeting).await?),
        None => None,
    };
    let today = app.clock().as_of_today();
    let mut decided = true;
    let (date, there) = match meeting {
        Some(id) => {
            let meeting = meeting::get(conn, id).await?.ok_or_else(meetings::gone)?;
            decided = meeting.times.date(today.zone) <= today.day;
            (meeting.times.own_date(), attendance::of_meetings(conn, &[id]).await?)
        }
        None => (app.clock().today(), Vec::new()),
    };
    let directory = directory(conn).await?;
    let attendees: Vec<_> = there
        .iter()
        .filter_map(|there| directory.get(there.person_id))
        .map(|person| directory.candidate(person))
        .collect();
    let people = PeopleIndex::new(&directory.candidates());
    let cx = Context {
        part,
        date: Some(date),
        attendees: &attendees,
        people: &people,
        me: directory.me().map(|me| me.id),
        imported: false,
    };
    let lines = grammar::marks(text, &cx);
    let known = Known::of(conn, &lines, today, decided).await?;
    let teller = Teller { utf16: Utf16::new(text), text, directory, known, decided };
    Ok(lines.into_iter().map(|line| teller.mark(line)).collect())
}

/// The items that the lines' anchors and links name.
struct Known {
    items: HashMap<String, Item>,
    /// When the meetings were at which linked items were raised.
    dates: HashMap<MeetingId, NaiveDate>,
    superseded: HashSet<String>,
    answered: HashSet<String>,
}

impl Known {
    async fn of(conn: &mut Connection, lines: &[LineMarks], today: AsOf, decided: bool) -> Result<Self> {
        let own = lines.iter().filter_map(|line| line.anchor.as_ref()).map(|(_, anchor)| anchor.clone());
        let links = || lines.iter().flat_map(|line| line.links.iter().map(|(_, link)| relation(link)));
        let anchors: HashSet<String> = own.chain(links().map(|(_, anchor)| anchor.to_owned())).collect();
        let anchors: Vec<String> = anchors.into_iter().collect();
        let found = if anchors.is_empty() { Vec::new() } else { item::by_anchors(conn, &anchors).await? };
        let ids: Vec<_> = found.iter().filter(|item| item.kind != ItemKind::Action).map(|item| item.id).collect();
        let linked: HashSet<&str> = links().map(|(_, anchor)| anchor).collect();
        let raised =
            found.iter().filter(|item| linked.contains(item.anchor.as_str())).filter_map(|item| item.meeting_id);
        let raised: Vec<_> = raised.collect::<HashSet<_>>().into_iter().collect();
        let raised = if raised.is_empty() { Vec::new() } else { meeting::by_ids(conn, &raised).await? };
        let dates = raised.iter().map(|meeting| (meeting.id, meeting.times.date(today.zone))).collect();
        let mut marked = Self { items: HashMap::new(), dates, superseded: HashSet::new(), answered: HashSet::new() };
        let incoming = item::links_to(conn, &ids, Some(today)).await?;
        for item in &found {
            for (_, kind, _) in incoming.iter().filter(|(.., target)| *target == item.id) {
                match kind {
                    LinkKind::Supersedes => _ = marked.superseded.insert(item.anchor.clone()),
                    LinkKind::Answers => _ = marked.answered.insert(item.anchor.clone()),
                    LinkKind::BlockedBy => {}
                }
            }
        }
        // What was typed just now counts before it is saved.
        for (kind, anchor) in links() {
            match kind {
                LinkRelation::Supersedes if decided => _ = marked.superseded.insert(anchor.to_owned()),
                LinkRelation::Answers if decided => _ = marked.answered.insert(anchor.to_owned()),
                LinkRelation::Supersedes | LinkRelation::Answers | LinkRelation::After => {}
            }
        }
        marked.items = found.into_iter().map(|item| (item.anchor.clone(), item)).collect();
        Ok(marked)
    }
}

fn relation(link: &WrittenLink) -> (LinkRelation, &str) {
    match link {
        WrittenLink::Supersedes(anchor) => (LinkRelation::Supersedes, anchor),
        WrittenLink::After(anchor) => (LinkRelation::After, anchor),
        WrittenLink::Answers(anchor) => (LinkRelation::Answers, anchor),
    }
}

struct Teller<'a> {
    utf16: Utf16<'a>,
    text: &'a str,
    directory: Directory,
    known: Known,
    /// Whether what stands in notes is decided: of a meeting of a day to come it is not yet.
    decided: bool,
}

impl Teller<'_> {
    fn span(&self, at: &Range<usize>) -> (u32, u32) {
        (self.utf16.at(at.start), self.utf16.at(at.end))
    }

    fn mark(&self, line: LineMarks) -> Mark {
        let anchor = line.anchor.as_ref().map(|(_, anchor)| anchor.as_str());
        let status = line.kind.map(|kind| self.status(&line, kind, anchor));
        let row = anchor.and_then(|anchor| self.known.items.get(anchor));
        let mut offers: Vec<OfferMark> = line.offers.iter().map(|offer| self.offer(offer)).collect();
        let owners: Vec<OwnerMark> =
            line.owners.iter().map(|(at, who)| self.owner(at, who, row, &mut offers)).collect();
        let span = |at: &Range<usize>| {
            let (from, to) = self.span(at);
            Span { from, to }
        };
        let (from, to) = self.span(&line.at);
        let date = |(at, date): &(Range<usize>, NaiveDate)| {
            let (from, to) = self.span(at);
            DateMark { from, to, date: *date }
        };
        Mark {
            line: line.line,
            from,
            to,
            kind: line.kind,
            status,
            marker: line.marker.as_ref().map(span),
            owners,
            mentions: line.mentions.iter().map(|(at, handle)| self.mention(at, handle)).collect(),
            due: line.due.as_ref().map(date),
            revisit: line.revisit.as_ref().map(date),
            topics: line.topics.iter().map(|(at, topic)| self.topic(at, topic)).collect(),
            links: line.links.iter().map(|(at, link)| self.link(at, link)).collect(),
            anchor: line.anchor.as_ref().map(|(at, _)| span(at)),
            offers,
        }
    }

    fn status(&self, line: &LineMarks, kind: ItemKind, anchor: Option<&str>) -> MarkStatus {
        match kind {
            ItemKind::Action => match line.status.unwrap_or(ActionStatus::Open) {
                ActionStatus::Open => MarkStatus::Open,
                ActionStatus::Done => MarkStatus::Done,
                ActionStatus::Dropped => MarkStatus::Dropped,
            },
            ItemKind::Decision if line.proposed || !self.decided => MarkStatus::Proposed,
            ItemKind::Decision if anchor.is_some_and(|own| self.known.superseded.contains(own)) => {
                MarkStatus::Superseded
            }
            ItemKind::Decision => MarkStatus::Holds,
            ItemKind::Question if line.status.is_some_and(|status| status != ActionStatus::Open) => {
                MarkStatus::Answered
            }
            ItemKind::Question if anchor.is_some_and(|own| self.known.answered.contains(own)) => MarkStatus::Answered,
            ItemKind::Question => MarkStatus::Open,
        }
    }

    fn owner(
        &self,
        at: &Range<usize>,
        who: &WrittenOwner,
        row: Option<&Item>,
        offers: &mut Vec<OfferMark>,
    ) -> OwnerMark {
        let (from, to) = self.span(at);
        // Once resolved, a name stays with whom it was resolved to.
        let resolved = |written: &str| {
            let owner = row?.owners.iter().find(|owner| owner.inferred && owner.written == written)?;
            Some(owner.person_id)
        };
        let (person, written, inferred) = match who {
            WrittenOwner::Handle(handle) => (self.directory.by_handle(handle), handle.as_str(), false),
            WrittenOwner::Person { id, written } => (Some(resolved(written).unwrap_or(*id)), written.as_str(), true),
            WrittenOwner::Ambiguous { written, .. } => (resolved(written), written.as_str(), true),
        };
        let mut choices = Vec::new();
        if let (None, WrittenOwner::Ambiguous { candidates, .. }) = (person, who) {
            for found in candidates.iter().filter_map(|id| self.directory.get(*id)) {
                choices.push(PersonRef { person_id: found.id, name: found.name.clone() });
                let (insert, label) = (format!("@{}", found.handle), found.name.clone());
                offers.push(OfferMark { from, to, what: OfferWhat::Owner, insert, label });
            }
        }
        let (person_id, name) = self.named(person, written);
        OwnerMark { from, to, person_id, name, inferred, choices }
    }

    fn named(&self, person: Option<PersonId>, written: &str) -> (Option<PersonId>, String) {
        let id = person.map(|id| self.directory.canonical(id));
        let name = id.and_then(|id| self.directory.get(id)).map(|person| person.name.clone());
        (id, name.unwrap_or_else(|| written.to_owned()))
    }

    fn mention(&self, at: &Range<usize>, handle: &str) -> MentionMark {
        let (from, to) = self.span(at);
        let (person_id, name) = self.named(self.directory.by_handle(handle), handle);
        MentionMark { from, to, person_id, name }
    }

    fn topic(&self, at: &Range<usize>, topic: &str) -> TopicMark {
        let (from, to) = self.span(at);
        TopicMark { from, to, topic: topic.to_owned() }
    }

    fn link(&self, at: &Range<usize>, link: &WrittenLink) -> LinkMark {
        let (from, to) = self.span(at);
        let (relation, anchor) = relation(link);
        let target = self.known.items.get(anchor).filter(|item| !item.archived);
        let date = target.and_then(|item| self.known.dates.get(&item.meeting_id?).copied());
        LinkMark { from, to, relation, anchor: anchor.to_owned(), title: target.map(|item| item.text.clone()), date }
    }

    fn offer(&self, offer: &grammar::Offer) -> OfferMark {
        let (from, to) = self.span(&offer.at);
        let (what, label) = match offer.kind {
            OfferKind::Item(ItemKind::Action) => (OfferWhat::Item, "Action".to_owned()),
            OfferKind::Item(ItemKind::Decision) => (OfferWhat::Item, "Decision".to_owned()),
            OfferKind::Item(ItemKind::Question) => (OfferWhat::Item, "Question".to_owned()),
            OfferKind::Due(date) => (OfferWhat::Due, format!("due {date}")),
        };
        // A line of its own ends as the others do.
        let insert = if self.text.contains("\r\n") { offer.insert.replace('\n', "\r\n") } else { offer.insert.clone() };
        OfferMark { from, to, what, insert, label }
    }
}
