//! The re-link queue: notes whose event is gone, or that were made before there was one, and where they might belong.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::Duration;
use throughline_core::calendar::fit::{Fit, Side, adopts};
use throughline_core::model::{Meeting, MeetingId, MeetingStatus, Person, PersonId, Source, Times};
use throughline_core::people::fold;
use throughline_store::meeting::Edge;
use throughline_store::{Connection, Kind, Write, attendance, meeting, person, queue};

use crate::app::App;
use crate::tell::Teller;
use crate::view::{self, When};
use crate::{Failure, Result, resolve, undo};

/// How far away in time a candidate may be.
const DAYS: i64 = 60;
/// At most so many candidates are told of each.
const CANDIDATES: usize = 5;
/// What fits less is not told.
const LEAST: f64 = 0.25;

/// The open entries, oldest first, each with the meetings its notes might belong to.
///
/// # Errors
/// As reading the vault.
pub async fn list(app: &App) -> Result<view::Queue> {
    let conn = &mut *app.read().await?;
    let ids: Vec<MeetingId> = queue::open(conn).await?.into_iter().map(|queued| queued.meeting).collect();
    let gone = meeting::by_ids(conn, &ids).await?;
    let around = Around::load(app, conn, &gone).await?;
    let mut told = Vec::with_capacity(gone.len());
    for gone in &gone {
        let candidates = around.candidates(app, gone);
        let meeting = Teller::new(conn, *app.clock()).meeting_by_id(gone.id).await?;
        if let Some(meeting) = meeting {
            told.push(view::Queued { meeting, candidates });
        }
    }
    Ok(view::Queue { queue: told, moved: undo::last_moves(app, conn, undo::TOLD_FOR).await? })
}

/// What takes place around meetings that are gone, and who is at it and at them: loaded once for all of them.
struct Around {
    near: Vec<Meeting>,
    rooms: HashMap<MeetingId, BTreeSet<PersonId>>,
}

impl Around {
    async fn load(app: &App, conn: &mut Connection, gone: &[Meeting]) -> Result<Self> {
        let zone = app.clock().zone;
        let dates = || gone.iter().map(|gone| gone.times.date(zone));
        let (Some(first), Some(last)) = (dates().min(), dates().max()) else {
            return Ok(Self { near: Vec::new(), rooms: HashMap::new() });
        };
        let span = meeting::Filter {
            from: Some(Edge::midnight(first - Duration::days(DAYS), zone)),
            to: Some(Edge::midnight(last + Duration::days(DAYS), zone)),
            ..meeting::Filter::default()
        };
        let mut near = meeting::list(conn, &span).await?;
        near.retain(|other| other.status != MeetingStatus::Cancelled && !other.calendars.is_empty());
        let ids: Vec<MeetingId> = near.iter().chain(gone).map(|meeting| meeting.id).collect();
        let mut rooms: HashMap<MeetingId, BTreeSet<PersonId>> = HashMap::new();
        for attendance in attendance::of_meetings(conn, &ids).await? {
            rooms.entry(attendance.meeting_id).or_default().insert(attendance.person_id);
        }
        Ok(Self { near, rooms })
    }

    fn candidates(&self, app: &App, gone: &Meeting) -> Vec<view::Candidate> {
        let zone = app.clock().zone;
        let date = gone.times.date(zone);
        let (from, to) = (date - Duration::days(DAYS), date + Duration::days(DAYS));
        let span = |other: &&Meeting| {
            let date = other.times.date(zone);
            other.id != gone.id && from <= date && date < to
        };
        let near: Vec<&Meeting> = self.near.iter().filter(span).collect();
        let empty = BTreeSet::new();
        let room = |id| self.rooms.get(&id).unwrap_or(&empty);
        let next = near
            .iter()
            .find(|other| other.series_id == gone.series_id && other.times.start(zone) > gone.times.start(zone))
            .map(|other| other.id);
        let mut scored: Vec<(Fit, &Meeting)> = near
            .into_iter()
            .map(|other| {
                let side = |meeting| side(meeting, room(meeting.id));
                let mut fit = Fit::of(side(gone), side(other), zone);
                (fit.next, fit.by_hand) = (next == Some(other.id), is_by_hand(gone));
                (fit, other)
            })
            .filter(|(fit, _)| fit.score() >= LEAST)
            .collect();
        let beside = |fit: &Fit, other: &Meeting| {
            let together = room(gone.id).intersection(room(other.id)).count();
            (fit.by_hand && fit.overlap).then_some(together)
        };
        scored.sort_by(|(a, x), (b, y)| {
            let by_people = beside(b, y).cmp(&beside(a, x));
            by_people.then_with(|| b.score().total_cmp(&a.score())).then_with(|| x.id.cmp(&y.id))
        });
        scored.truncate(CANDIDATES);
        scored
            .into_iter()
            .map(|(fit, other)| view::Candidate {
                meeting_id: other.id,
                start: When::start(&other.times, zone),
                title: other.title.clone(),
                score: (fit.score() * 100.0).round() / 100.0,
                why: fit.why(),
            })
            .collect()
    }
}

fn side<'a>(meeting: &'a Meeting, people: &'a BTreeSet<PersonId>) -> Side<'a> {
    Side { title: &meeting.title, times: &meeting.times, people }
}

/// Whether somebody made it by hand, and no calendar ever had it.
fn is_by_hand(meeting: &Meeting) -> bool {
    meeting.source == Source::Local && meeting.uid.is_none() && meeting.calendars.is_empty()
}

/// Puts into the queue what may belong to something a calendar has: what one left behind when it moved to another
/// account under other UIDs (meetings with notes that lie in no calendar any more, where one of the same title and
/// start does), and what somebody made by hand before the calendar had it ([`adopts`]). `around` are the times at which
/// something came or went. Whoever was queued before, and decided about, stays so.
pub(crate) async fn offer(app: &App, tx: &mut Write, around: &[&Times]) -> Result<()> {
    let zone = app.clock().zone;
    let dates = || around.iter().map(|times| times.date(zone));
    let (Some(first), Some(last)) = (dates().min(), dates().max()) else { return Ok(()) };
    let span = meeting::Filter {
        from: Some(Edge::midnight(first - Duration::days(1), zone)),
        to: Some(Edge::midnight(last + Duration::days(2), zone)),
        ..meeting::Filter::default()
    };
    let left = meeting::list(tx, &meeting::Filter { unlisted: true, ..span.clone() }).await?;
    let takes_place = |meeting: &&Meeting| meeting.status != MeetingStatus::Cancelled;
    let left: Vec<Meeting> = left.into_iter().filter(|left| takes_place(&left)).collect();
    let by_hand: Vec<Meeting> = left.iter().filter(|left| is_by_hand(left)).cloned().collect();
    let left: Vec<Meeting> = left.into_iter().filter(|left| left.uid.is_some() && left.has_notes).collect();
    if left.is_empty() && by_hand.is_empty() {
        return Ok(());
    }
    let there = meeting::list(tx, &span).await?;
    let there: Vec<&Meeting> = there.iter().filter(takes_place).filter(|other| !other.calendars.is_empty()).collect();
    let mark = |meeting: &Meeting| (meeting.times.start(zone), fold(&meeting.title));
    let marks: HashSet<_> = there.iter().map(|other| mark(other)).collect();
    let mut found: Vec<MeetingId> =
        left.iter().filter(|left| marks.contains(&mark(left))).map(|left| left.id).collect();
    found.extend(adopted(app, tx, &by_hand, &there).await?);
    for id in found {
        queue::put(tx, id, app.clock().now).await?;
        tx.feed(Kind::Queue, id);
    }
    Ok(())
}

/// Those made by hand that one of the events may be.
async fn adopted(app: &App, conn: &mut Connection, by_hand: &[Meeting], there: &[&Meeting]) -> Result<Vec<MeetingId>> {
    let zone = app.clock().zone;
    let beside =
        |one: &Meeting, other: &Meeting| (other.times.date(zone) - one.times.date(zone)).num_days().unsigned_abs() <= 1;
    let there: Vec<&&Meeting> = there.iter().filter(|other| by_hand.iter().any(|one| beside(one, other))).collect();
    let ids: Vec<MeetingId> = there.iter().map(|other| other.id).chain(by_hand.iter().map(|one| one.id)).collect();
    let mut rooms: HashMap<MeetingId, BTreeSet<PersonId>> = HashMap::new();
    for attendance in attendance::of_meetings(conn, &ids).await? {
        rooms.entry(attendance.meeting_id).or_default().insert(attendance.person_id);
    }
    let people: BTreeSet<PersonId> = rooms.values().flatten().copied().collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    let people: HashMap<PersonId, Person> =
        person::by_ids(conn, &people).await?.into_iter().map(|person| (person.id, person)).collect();
    let me = person::me(conn).await?.map(|me| me.id);
    let empty = BTreeSet::new();
    let room = |id: MeetingId| rooms.get(&id).unwrap_or(&empty);
    let fits = |one: &Meeting, other: &Meeting| {
        let others = room(other.id).iter().filter(|id| Some(**id) != me).filter_map(|id| people.get(id));
        let names: Vec<&str> = others.map(|person| person.name.as_str()).collect();
        adopts(side(one, room(one.id)), side(other, room(other.id)), &names, me, zone)
    };
    let found = by_hand.iter().filter(|one| there.iter().any(|other| fits(one, other)));
    Ok(found.map(|one| one.id).collect())
}

/// Takes back out of the queue what was made by hand and offered to an event that is gone or is another now.
pub(crate) async fn withdraw(app: &App, tx: &mut Write) -> Result<()> {
    let open: Vec<MeetingId> = queue::open(tx).await?.into_iter().map(|queued| queued.meeting).collect();
    let by_hand: Vec<Meeting> = meeting::by_ids(tx, &open).await?.into_iter().filter(is_by_hand).collect();
    if by_hand.is_empty() {
        return Ok(());
    }
    let around = Around::load(app, tx, &by_hand).await?;
    let near: Vec<&Meeting> = around.near.iter().collect();
    let still = adopted(app, tx, &by_hand, &near).await?;
    let gone: Vec<MeetingId> = by_hand.iter().map(|one| one.id).filter(|id| !still.contains(id)).collect();
    queue::remove(tx, &gone).await?;
    for id in gone {
        tx.feed(Kind::Queue, id);
    }
    Ok(())
}

/// Says that a meeting's notes stay where they are; it leaves the queue.
///
/// # Errors
/// `unknown_meeting`, `ambiguous`, `not_queued`.
pub async fn keep(app: &App, id: &str) -> Result<view::Meeting> {
    let mut tx = app.write().await?;
    let id = resolve::meeting(&mut tx, id).await?;
    if !queue::open(&mut tx).await?.iter().any(|queued| queued.meeting == id) {
        return Err(Failure::new("not_queued", "This meeting is not in the queue.")
            .hint("`throughline queue` lists those that are."));
    }
    tx.touch(Kind::Queue, id).await?;
    queue::decide(&mut tx, id, Some(queue::Decision::Keep)).await?;
    let told = Teller::new(&mut tx, *app.clock()).meeting_by_id(id).await?;
    app.commit(tx, "queue keep").await?;
    told.ok_or_else(|| Failure::new("unknown_meeting", "The meeting is not there any more."))
}
