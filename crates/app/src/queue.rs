//! The re-link queue: notes whose event is gone, and where they might belong.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::Duration;
use throughline_core::model::{Meeting, MeetingId, MeetingStatus, PersonId, Times};
use throughline_core::people::fold;
use throughline_store::meeting::Edge;
use throughline_store::{Connection, Kind, Write, attendance, meeting, queue};

use crate::app::App;
use crate::tell::Teller;
use crate::view::{self, When};
use crate::{Failure, Result, resolve};

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
    Ok(view::Queue { queue: told })
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
                let fit = Fit::of(gone, room(gone.id), other, room(other.id), app);
                (Fit { next: next == Some(other.id), ..fit }, other)
            })
            .filter(|(fit, _)| fit.score() >= LEAST)
            .collect();
        scored.sort_by(|(a, x), (b, y)| b.score().total_cmp(&a.score()).then_with(|| x.id.cmp(&y.id)));
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

/// How well a meeting fits notes that lost theirs: title 40 %, people 35 %, time 25 %; without people on either side
/// their share goes to the other two.
struct Fit {
    title: f64,
    people: Option<f64>,
    shared: usize,
    /// 1 at the same start, half a week away.
    time: f64,
    days: i64,
    same_start: bool,
    /// It is the occurrence after the one that is gone.
    next: bool,
}

impl Fit {
    fn of(gone: &Meeting, room: &BTreeSet<PersonId>, other: &Meeting, people: &BTreeSet<PersonId>, app: &App) -> Self {
        let zone = app.clock().zone;
        let shared = room.intersection(people).count();
        let all = room.union(people).count();
        let (here, there) = (gone.times.start(zone), other.times.start(zone));
        let hours = (here - there).num_minutes().unsigned_abs() as f64 / 60.0;
        Self {
            title: alike(&gone.title, &other.title),
            people: (!room.is_empty() && !people.is_empty()).then(|| shared as f64 / all as f64),
            shared,
            time: 1.0 / (1.0 + hours / (7.0 * 24.0)),
            days: (other.times.date(zone) - gone.times.date(zone)).num_days(),
            same_start: here == there,
            next: false,
        }
    }

    fn score(&self) -> f64 {
        let score = match self.people {
            Some(people) => 0.40 * self.title + 0.35 * people + 0.25 * self.time,
            None => 0.62 * self.title + 0.38 * self.time,
        };
        if self.next { score.max(0.9) } else { score }
    }

    fn why(&self) -> String {
        let mut reasons = Vec::new();
        if self.next {
            reasons.push("next of the series".to_owned());
        }
        if self.title >= 0.999 {
            reasons.push("same title".to_owned());
        } else if self.title >= 0.5 {
            reasons.push("similar title".to_owned());
        }
        match self.shared {
            0 => {}
            1 => reasons.push("1 person in common".to_owned()),
            shared => reasons.push(format!("{shared} people in common")),
        }
        reasons.push(match (self.same_start, self.days) {
            (true, _) => "same time".to_owned(),
            (false, 0) => "same day".to_owned(),
            (false, 1) => "a day later".to_owned(),
            (false, -1) => "a day earlier".to_owned(),
            (false, days) if days > 0 => format!("{days} days later"),
            (false, days) => format!("{} days earlier", -days),
        });
        reasons.join(", ")
    }
}

/// The share of words two titles have in common.
fn alike(a: &str, b: &str) -> f64 {
    let words = |text: &str| -> BTreeSet<String> {
        fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (a, b) = (words(a), words(b));
    let all = a.union(&b).count();
    if all == 0 { 0.0 } else { a.intersection(&b).count() as f64 / all as f64 }
}

/// Puts into the queue what a calendar left behind when it moved to another account under other UIDs: meetings with
/// notes that lie in no calendar any more, where one of the same title and start does. `around` are the times at which
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
    let left = meeting::list(tx, &meeting::Filter { with_notes: true, ..span.clone() }).await?;
    let left: Vec<Meeting> = left
        .into_iter()
        .filter(|left| left.calendars.is_empty() && left.uid.is_some() && left.status != MeetingStatus::Cancelled)
        .collect();
    if left.is_empty() {
        return Ok(());
    }
    let mark = |meeting: &Meeting| (meeting.times.start(zone), fold(&meeting.title));
    let there: HashSet<_> = meeting::list(tx, &span)
        .await?
        .iter()
        .filter(|other| !other.calendars.is_empty() && other.status != MeetingStatus::Cancelled)
        .map(mark)
        .collect();
    for orphan in left.iter().filter(|left| there.contains(&mark(left))) {
        queue::put(tx, orphan.id, app.clock().now).await?;
        tx.feed(Kind::Queue, orphan.id);
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
    tx.commit(Some(app.entry("queue keep"))).await?;
    told.ok_or_else(|| Failure::new("unknown_meeting", "The meeting is not there any more."))
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn titles_are_alike_by_the_words_they_share() {
        for (a, b, expected) in [
            ("Weekly sync", "weekly SYNC!", 1.0),
            ("Weekly sync", "Weekly sync with Acme", 0.5),
            ("Café", "cafe", 1.0),
            ("", "", 0.0),
            ("Board", "Retro", 0.0),
        ] {
            assert!((alike(a, b) - expected).abs() < 1e-9, "{a:?} {b:?}");
        }
    }
}
