//! Which part of a vault a query needs, so that no more of it is read.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::answer::{Asking, Wanted};
use super::measure::Measure;
use super::{Compare, Kind, Query, Sort, Term, Test, Unknown};
use crate::graph::{Fact, Graph, View};
use crate::model::{ActionStatus, OrganizationId, PersonId, SeriesId};

/// Some days, from one to another, both included; open where there is none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub from: Option<NaiveDate>,
    /// The last.
    pub to: Option<NaiveDate>,
}

impl Days {
    fn and(self, compare: Compare, day: NaiveDate) -> Self {
        let (from, to) = match compare {
            Compare::Equal => (Some(day), Some(day)),
            Compare::AtLeast => (Some(day), None),
            Compare::Over => (day.succ_opt(), None),
            Compare::AtMost => (None, Some(day)),
            Compare::Under => (None, day.pred_opt()),
        };
        Self { from: self.from.into_iter().chain(from).max(), to: self.to.into_iter().chain(to).min() }
    }
}

/// What a query needs beside everybody, every organization and the names of all series. Over these facts alone it finds
/// what it finds in the whole vault; more does no harm. Of what is loaded, items bring with them whatever
/// [links lead to](crate::graph::neighbourhood::linked_items), and the meetings of all these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// What is asked for.
    pub kind: Kind,
    /// Of meetings those these people were at, of items those near to them: theirs, naming them, or of meetings they
    /// were at. None where anybody's count.
    pub people: Option<BTreeSet<PersonId>>,
    /// Of items only those that these own, decided or asked. None where anybody's count.
    pub owners: Option<BTreeSet<PersonId>>,
    /// Series asked for by what they are called; none where all are.
    pub series: Option<BTreeSet<SeriesId>>,
    /// Only what is about this topic or one below it; lower case.
    pub topic: Option<String>,
    /// Of actions, only those that stand so.
    pub status: Option<ActionStatus>,
    /// Only what is due in these days.
    pub due: Days,
    /// Only what is to be looked at again in these days.
    pub revisit: Days,
    /// Only those whose date was moved later so often, or more often.
    pub slips: u32,
    /// Of meetings those with notes alone; of series those that have one with notes.
    pub noted: bool,
    /// Of series only those that have a meeting in the days from `from` to `to`: these meetings, and where there are more
    /// its first and its last, for a series is no series with one alone. Else those of any time.
    pub held: bool,
    /// Only of meetings on this day or later; items of no meeting by when they were written.
    pub from: Option<NaiveDate>,
    /// Only of meetings on this day or earlier.
    pub to: Option<NaiveDate>,
    /// Whether it matters who was at the meetings.
    pub rooms: bool,
    /// Whether it matters what was said at the meetings, or what the people own.
    pub items: bool,
}

impl Reach {
    /// All of a kind, without who was at their meetings.
    #[must_use]
    pub fn all(kind: Kind) -> Self {
        Self {
            kind,
            people: None,
            owners: None,
            series: None,
            topic: None,
            status: None,
            due: Days::default(),
            revisit: Days::default(),
            slips: 0,
            noted: false,
            held: false,
            from: None,
            to: None,
            rooms: false,
            items: false,
        }
    }
}

impl Query {
    /// What this query needs. `known` holds all people, organizations and series, and nothing else.
    ///
    /// # Errors
    /// [`Unknown`] for a name nobody has.
    pub fn reach(&self, known: &Graph, view: &View) -> Result<Reach, Unknown> {
        let (asking, wanted) = self.asking(known, view)?;
        let asks = |names: &[&str]| self.terms.iter().any(|term| names.contains(&term.key.name));
        let (from, to) = (self.terms.iter()).fold((asking.from, asking.to), |span, term| narrowed(span, term, &asking));
        let mut reach = Reach {
            from,
            to,
            rooms: asks(&["person", "org", "present", "attendees"]),
            items: asks(&["topic", "outcomes", "decisions", "open"]),
            ..Reach::all(self.kind)
        };
        match self.kind {
            Kind::People => {
                reach.from = reach.from.max(self.met_since(&asking));
                reach.rooms = true;
                reach.people = Some(asking.people_asked(&wanted));
            }
            Kind::Organizations => {
                reach.from = reach.from.max(self.met_since(&asking));
                reach.rooms = true;
                let asked = asking.organizations_asked(&wanted);
                reach.people = Some(asked.into_iter().flat_map(|id| known.members_of(id)).collect());
            }
            Kind::Series => {
                let asks = wanted.iter().filter(|want| want.term.key.name != "title");
                reach.held = asks.clone().any(|want| asking.asks_for_some(want));
                reach.noted = wanted.iter().any(|want| is_of_notes(want) && asking.asks_for_some(want));
                if !reach.held {
                    (reach.from, reach.to) = (None, None);
                }
                reach.topic = topic(&wanted);
                reach.people = nearest(known, &wanted);
                reach.series = asking.series_asked(&wanted);
            }
            Kind::Meetings | Kind::Actions | Kind::Decisions | Kind::Questions => {
                reach.people = nearest(known, &wanted);
                reach.owners = fewest(known, wanted.iter().filter(|want| is_own(want)));
                reach.topic = topic(&wanted);
                reach.status = wanted.iter().find_map(status);
                reach.noted = wanted.iter().any(|want| is_of_notes(want) && asking.asks_for_some(want));
                for want in wanted.iter().filter(|want| !want.term.negated) {
                    match (want.term.key.name, &want.term.test) {
                        ("due", Test::Day(compare, day)) => reach.due = reach.due.and(*compare, *day),
                        ("revisit", Test::Day(compare, day)) => reach.revisit = reach.revisit.and(*compare, *day),
                        ("status", Test::Is(word)) if word == "overdue" => {
                            reach.due = reach.due.and(Compare::Under, view.today());
                        }
                        ("slips", Test::Count(Compare::AtLeast | Compare::Equal, least)) => reach.slips = *least,
                        ("slips", Test::Count(Compare::Over, less)) => reach.slips = less.saturating_add(1),
                        _ => {}
                    }
                }
            }
        }
        Ok(reach)
    }

    /// Since when meetings matter, where all that is asked of them is that the last one is not long ago.
    fn met_since(&self, asking: &Asking<'_>) -> Option<NaiveDate> {
        let of_meetings =
            self.terms.iter().filter(|term| ["meetings", "hours", "last-met", "last-1:1"].contains(&term.key.name));
        let since = |term: &Term| match term.test {
            Test::Age(Compare::Under | Compare::AtMost | Compare::Equal, days) if !term.negated => {
                asking.view.today().checked_sub_days(chrono::Days::new(u64::from(days) + 1))
            }
            _ => None,
        };
        of_meetings.map(since).collect::<Option<Vec<_>>>()?.into_iter().min()
    }
}

fn topic(wanted: &[Wanted<'_>]) -> Option<String> {
    wanted.iter().find_map(Wanted::topic).map(str::to_lowercase)
}

/// Whether it asks about what stands in notes.
fn is_of_notes(want: &Wanted<'_>) -> bool {
    ["topic", "notes", "outcomes", "decisions", "open"].contains(&want.term.key.name)
}

/// The fewest people that something must be near to.
fn nearest(known: &Graph, wanted: &[Wanted<'_>]) -> Option<BTreeSet<PersonId>> {
    fewest(known, wanted.iter().filter(|want| !is_own(want)))
}

fn fewest<'w, 'q: 'w>(known: &Graph, wanted: impl Iterator<Item = &'w Wanted<'q>>) -> Option<BTreeSet<PersonId>> {
    wanted.filter_map(|want| want.near(known)).min_by_key(BTreeSet::len)
}

/// Whether it asks whose something is, and not whom it concerns.
fn is_own(want: &Wanted<'_>) -> bool {
    ["owner", "by"].contains(&want.term.key.name)
}

/// A span of days, with what a condition on age says of it, a day more at each end.
fn narrowed(
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
    term: &Term,
    asking: &Asking<'_>,
) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let Test::Age(compare, days) = term.test else { return (from, to) };
    // What is prepared for a meeting to come is 0 days old, whenever that is.
    if term.negated || term.key.name != "age" || (compare, days) == (Compare::AtLeast, 0) {
        return (from, to);
    }
    let day = asking.view.today().checked_sub_days(chrono::Days::new(days.into()));
    match compare {
        Compare::Over | Compare::AtLeast => {
            (from, [to, day.and_then(|day| day.succ_opt())].into_iter().flatten().min())
        }
        _ => ([from, day.and_then(|day| day.pred_opt())].into_iter().flatten().max(), to),
    }
}

fn status(want: &Wanted<'_>) -> Option<ActionStatus> {
    let Test::Is(word) = &want.term.test else { return None };
    if want.term.key.name != "status" || want.term.negated {
        return None;
    }
    match word.as_str() {
        "overdue" | "snoozed" | "blocked" => Some(ActionStatus::Open),
        word => word.parse().ok(),
    }
}

impl Asking<'_> {
    /// Whether it cannot be true where there is nothing at all: no meetings, nobody there, no notes.
    fn asks_for_some(&self, want: &Wanted<'_>) -> bool {
        let none = match want.term.key.sort {
            Sort::Count => Measure::Count(0),
            Sort::Age => Measure::Age(None),
            Sort::Person | Sort::Organization => Measure::People(BTreeSet::new()),
            Sort::Topic => Measure::Topics(Vec::new()),
            Sort::Presence => Measure::There(false),
            _ => return false,
        };
        self.passes(&none, want, None) == want.term.negated
    }

    /// Those of whom all that is asked about themselves is true.
    fn people_asked(&self, wanted: &[Wanted<'_>]) -> BTreeSet<PersonId> {
        let own = own(wanted, &["name", "relation", "org"]);
        self.people().into_iter().filter(|one| self.is_all(one, &own)).map(|one| one.id()).collect()
    }

    fn organizations_asked(&self, wanted: &[Wanted<'_>]) -> BTreeSet<OrganizationId> {
        let own = own(wanted, &["name", "people"]);
        let asked = self.organizations().into_iter().filter(|one| self.is_all(one, &own));
        asked.map(|one| one.id()).collect()
    }

    fn series_asked(&self, wanted: &[Wanted<'_>]) -> Option<BTreeSet<SeriesId>> {
        let own = own(wanted, &["title"]);
        let titled = |fact: &Fact| {
            let Fact::Series(series) = fact else { return None };
            let title = Measure::Texts(vec![&series.title]);
            own.iter().all(|want| self.passes(&title, want, None) != want.term.negated).then_some(series.id)
        };
        (!own.is_empty()).then(|| self.facts().filter_map(titled).collect())
    }
}

/// Those of the conditions that ask about the thing itself.
fn own<'w, 'q>(wanted: &'w [Wanted<'q>], names: &[&str]) -> Vec<&'w Wanted<'q>> {
    wanted.iter().filter(|want| names.contains(&want.term.key.name)).collect()
}
