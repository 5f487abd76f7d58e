//! Which part of a vault a query needs, so that no more of it is read.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::answer::{Asking, Wanted};
use super::{Compare, Kind, Query, Term, Test, Unknown};
use crate::graph::{Fact, Graph, View};
use crate::model::{ActionStatus, OrganizationId, PersonId, SeriesId};

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
                reach.rooms = true;
                reach.people = Some(asking.people_asked(&wanted));
            }
            Kind::Organizations => {
                reach.rooms = true;
                let asked = asking.organizations_asked(&wanted);
                reach.people = Some(asked.into_iter().flat_map(|id| known.members_of(id)).collect());
            }
            Kind::Series => {
                // Whether it is one at all is told from its meetings of any time.
                (reach.from, reach.to) = (None, None);
                reach.people = nearest(known, &wanted);
                reach.series = asking.series_asked(&wanted);
            }
            Kind::Meetings | Kind::Actions | Kind::Decisions | Kind::Questions => {
                reach.people = nearest(known, &wanted);
                reach.owners = fewest(known, wanted.iter().filter(|want| is_own(want)));
                reach.topic = wanted.iter().find_map(Wanted::topic).map(str::to_lowercase);
                reach.status = wanted.iter().find_map(status);
            }
        }
        Ok(reach)
    }
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
    if term.negated || term.key.name != "age" {
        return (from, to);
    }
    let day = asking.view.today().checked_sub_days(Days::new(days.into()));
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
            let title = super::measure::Measure::Texts(vec![&series.title]);
            own.iter().all(|want| self.passes(&title, want) != want.term.negated).then_some(series.id)
        };
        (!own.is_empty()).then(|| self.facts().filter_map(titled).collect())
    }
}

/// Those of the conditions that ask about the thing itself.
fn own<'w, 'q>(wanted: &'w [Wanted<'q>], names: &[&str]) -> Vec<&'w Wanted<'q>> {
    wanted.iter().filter(|want| names.contains(&want.term.key.name)).collect()
}
