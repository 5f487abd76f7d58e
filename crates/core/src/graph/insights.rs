//! Where the time goes: hours in meetings by week, person, organization and series, and what came of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{NaiveDate, Weekday};

use super::edges::attendance_weight;
use super::read::{brings_together, took_place, was_there};
use super::{Fact, Graph, MeetingFact, View};
use crate::model::{ActionStatus, ItemId, MeetingId, OrganizationId, PersonId, SeriesId, Times};
use crate::review::week_of;

/// Of a series, so many meetings without an outcome are no chance.
pub const WITHOUT_OUTCOME: usize = 3;
/// A series has so many meetings at least.
const SERIES: usize = 2;

/// Meetings that took place between two days, both included, in the user's zone: people's meetings the user was at (none
/// they declined or were away from), whole days counted as no hours.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Insights {
    /// Each meeting with its minutes, the latest first.
    pub meetings: Vec<(MeetingId, i64)>,
    /// By the first day of the week, earliest first; weeks without a meeting too.
    pub weeks: Vec<(NaiveDate, Spent)>,
    /// With each person there but the user, most minutes first; equal ones by id.
    pub people: Vec<(PersonId, Spent)>,
    /// With anybody who was of each organization on the day, but the user, in that order.
    pub organizations: Vec<(OrganizationId, Spent)>,
    /// In each series of two meetings or more, in that order.
    pub series: Vec<(SeriesId, Spent)>,
    /// Those without a purpose, the latest first.
    pub no_purpose: Vec<MeetingId>,
}

/// Time spent, and on what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spent {
    /// Minutes.
    pub minutes: i64,
    /// The meetings, the latest first.
    pub meetings: Vec<MeetingId>,
}

/// An action of the user's that is due between two days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promise {
    /// Which.
    pub id: ItemId,
    /// What became of it.
    pub status: ActionStatus,
    /// When it is due now.
    pub due: NaiveDate,
    /// How often its day was moved later.
    pub slips: u32,
    /// The day it was done.
    pub done: Option<NaiveDate>,
}

/// What became of promises.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Promises {
    /// Done by the day first given: one that was moved later is not on time, whenever it was done.
    pub on_time: Vec<ItemId>,
    /// Done, but later than first promised.
    pub kept_late: Vec<ItemId>,
    /// Open, and not due yet.
    pub open: Vec<ItemId>,
    /// Open, and past the day.
    pub late: Vec<ItemId>,
    /// Dropped.
    pub dropped: Vec<ItemId>,
}

/// Sorts promises by what became of them.
#[must_use]
pub fn kept(promises: &[Promise], today: NaiveDate) -> Promises {
    let mut found = Promises::default();
    for promise in promises {
        let on_time = promise.slips == 0 && promise.done.is_some_and(|done| done <= promise.due);
        let list = match promise.status {
            ActionStatus::Done if on_time => &mut found.on_time,
            ActionStatus::Done => &mut found.kept_late,
            ActionStatus::Dropped => &mut found.dropped,
            ActionStatus::Open if promise.due < today => &mut found.late,
            ActionStatus::Open => &mut found.open,
        };
        list.push(promise.id);
    }
    found
}

impl Graph {
    /// Where the time between two days went; a week begins on the day given. Needs the meetings of that time with
    /// everybody there.
    #[must_use]
    pub fn insights(&self, from: NaiveDate, to: NaiveDate, begins: Weekday, view: &View) -> Insights {
        let mut met: Vec<&MeetingFact> = self
            .net
            .node_weights()
            .filter_map(|node| if let Some(Fact::Meeting(meeting)) = &node.fact { Some(meeting) } else { None })
            .filter(|meeting| took_place(meeting, view) && brings_together(meeting))
            .filter(|meeting| view.me.is_none_or(|me| was_there(meeting, me)))
            .filter(|meeting| (from..=to).contains(&meeting.times.date(view.zone)))
            .collect();
        met.sort_by_key(|meeting| std::cmp::Reverse((super::network::begin(&meeting.times), meeting.id)));
        let mut weeks: BTreeMap<NaiveDate, Spent> = BTreeMap::new();
        let mut week = week_of(from, begins);
        while week <= to {
            weeks.insert(week, Spent::default());
            week += chrono::TimeDelta::weeks(1);
        }
        let mut found = Insights::default();
        let (mut people, mut organizations, mut series) = (HashMap::new(), HashMap::new(), HashMap::new());
        for meeting in met {
            let minutes = minutes(meeting);
            found.meetings.push((meeting.id, minutes));
            if !meeting.has_purpose {
                found.no_purpose.push(meeting.id);
            }
            spend(weeks.entry(week_of(meeting.times.date(view.zone), begins)).or_default(), meeting, minutes);
            if let Some(id) = meeting.series_id {
                spend(series.entry(id).or_default(), meeting, minutes);
            }
            let there = meeting.attendances.iter().filter(|a| attendance_weight(a) > 1).map(|a| a.person_id);
            let there: BTreeSet<PersonId> = there.filter(|id| Some(*id) != view.me).collect();
            let then = meeting.times.own_date();
            let of = |id: &PersonId| self.person(*id).and_then(|person| person.organization_on(then));
            for id in there.iter().filter_map(of).collect::<BTreeSet<OrganizationId>>() {
                spend(organizations.entry(id).or_default(), meeting, minutes);
            }
            for id in there {
                spend(people.entry(id).or_default(), meeting, minutes);
            }
        }
        series.retain(|_, spent: &mut Spent| spent.meetings.len() >= SERIES);
        Insights {
            weeks: weeks.into_iter().collect(),
            people: ranked(people),
            organizations: ranked(organizations),
            series: ranked(series),
            ..found
        }
    }
}

fn spend(spent: &mut Spent, meeting: &MeetingFact, minutes: i64) {
    spent.minutes += minutes;
    spent.meetings.push(meeting.id);
}

fn ranked<K: Ord + Copy>(spent: HashMap<K, Spent>) -> Vec<(K, Spent)> {
    let mut spent: Vec<_> = spent.into_iter().collect();
    spent.sort_by_key(|(id, spent)| (std::cmp::Reverse((spent.minutes, spent.meetings.len())), *id));
    spent
}

fn minutes(meeting: &MeetingFact) -> i64 {
    match meeting.times {
        Times::Timed { start, end, .. } => (end - start).num_minutes().max(0),
        Times::AllDay { .. } => 0,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::graph::tests::world::{name, view, world};

    const WORLD: &str = "
org acme: ana ben
meeting w1 2026-02-09 series=weekly with me ana ben
meeting w2 2026-02-16 series=weekly with me ana -ben
meeting w3 2026-03-16 series=weekly with me ana ben
meeting alone 2026-02-10 with me cid
meeting theirs 2026-02-10 with ana ben
meeting no 2026-02-11 with -me ana
meeting off 2026-02-12 cancelled with me ana
meeting before 2026-01-31 with me ana
";

    #[test]
    fn only_what_took_place_with_the_user_counts() {
        let graph = Graph::build(world(WORLD).facts);
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let view = view("2026-03-10T09:00:00Z");
        let found = graph.insights(day("2026-02-04"), day("2026-03-31"), Weekday::Mon, &view);
        let named: Vec<_> = found.meetings.iter().map(|(id, _)| name(*id)).collect();
        assert_eq!(named, ["w2", "alone", "w1"]);
        let people: Vec<_> = found.people.iter().map(|(id, spent)| (name(*id), spent.meetings.len())).collect();
        assert_eq!(people[0], ("ana".into(), 2));
        assert_eq!(people.len(), 3, "{people:?}");
        assert_eq!(found.organizations.len(), 1);
        assert_eq!(found.organizations[0].1.meetings.len(), 2, "a meeting counts once, however many of it were there");
        assert_eq!(found.series.len(), 1);
        assert_eq!(found.weeks[0].0, day("2026-02-02"));
        let by_week: Vec<_> = found.weeks.iter().map(|(_, spent)| spent.meetings.len()).collect();
        assert_eq!(by_week, [0, 2, 1, 0, 0, 0, 0, 0, 0]);
        let all: i64 = found.meetings.iter().map(|(_, minutes)| minutes).sum();
        assert_eq!(found.weeks.iter().map(|(_, spent)| spent.minutes).sum::<i64>(), all);
    }

    #[test]
    fn a_promise_is_on_time_when_it_was_done_by_the_day_first_given() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let promise = |id: u128, status, slips, done: Option<&str>| Promise {
            id: ItemId(Uuid::from_u128(id)),
            status,
            due: day("2026-03-05"),
            slips,
            done: done.map(day),
        };
        let found = kept(
            &[
                promise(1, ActionStatus::Done, 0, Some("2026-03-05")),
                promise(2, ActionStatus::Done, 0, Some("2026-03-06")),
                promise(3, ActionStatus::Done, 1, Some("2026-03-05")),
                promise(4, ActionStatus::Open, 0, None),
                promise(5, ActionStatus::Dropped, 0, None),
            ],
            day("2026-03-06"),
        );
        let ids = |list: &[ItemId]| list.iter().map(|id| id.0.as_u128()).collect::<Vec<_>>();
        assert_eq!(ids(&found.on_time), [1]);
        assert_eq!(ids(&found.kept_late), [2, 3]);
        assert_eq!((ids(&found.late), ids(&found.dropped), ids(&found.open)), (vec![4], vec![5], vec![]));
        assert_eq!(ids(&kept(&[promise(4, ActionStatus::Open, 0, None)], day("2026-03-05")).open), [4]);
    }
}
