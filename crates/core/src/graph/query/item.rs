//! Actions, decisions and questions as a query sees them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use petgraph::Direction::{Incoming, Outgoing};

use super::answer::{Asking, Behind, Candidate, Wanted};
use super::measure::Measure;
use super::meeting::there;
use super::{Key, Kind, Term};
use crate::graph::NodeRef;
use crate::graph::{EdgeKind, Fact};
use crate::model::{ActionStatus, Item, ItemId, ItemKind, MeetingId, PersonId};

/// One item.
pub(super) struct OfItem<'g>(&'g Item);

impl<'g> Asking<'g> {
    /// Items of a kind within the bounds, from the narrowest thing named.
    pub(super) fn items(&self, kind: Kind, wanted: &[Wanted<'_>]) -> Vec<OfItem<'g>> {
        let kind = match kind {
            Kind::Decisions => ItemKind::Decision,
            Kind::Questions => ItemKind::Question,
            _ => ItemKind::Action,
        };
        let near = wanted.iter().filter_map(|want| want.near(self.graph)).min_by_key(BTreeSet::len);
        let found: Vec<&'g Item> = if let Some(topic) = wanted.iter().find_map(Wanted::topic) {
            let topic = topic.to_lowercase();
            let about: Vec<_> = self.graph.topics_under(&topic).collect();
            about.into_iter().flat_map(|at| self.graph.items_to(at, EdgeKind::About)).collect()
        } else if let Some(people) = near {
            people.iter().flat_map(|id| self.graph.items_near(*id)).collect()
        } else {
            self.facts().filter_map(|fact| if let Fact::Item(item) = fact { Some(item) } else { None }).collect()
        };
        let once: BTreeMap<ItemId, &Item> =
            found.into_iter().filter(|item| item.kind == kind).map(|item| (item.id, item)).collect();
        once.into_values().filter(|item| self.within(self.item_day(item))).map(OfItem).collect()
    }

    fn action_words(&self, item: &Item) -> Vec<&'static str> {
        let mut words = vec![item.status.as_str()];
        if item.status == ActionStatus::Open {
            let today = self.view.today();
            words.extend(item.due.filter(|due| *due < today).map(|_| "overdue"));
            words.extend(item.snoozed_until.filter(|until| *until > today).map(|_| "snoozed"));
            let open = |id: &ItemId| self.graph.item(*id).is_some_and(|item| item.status == ActionStatus::Open);
            words.extend(self.graph.blocked_by(item.id).iter().any(open).then_some("blocked"));
        }
        words
    }

    /// Days since a decision, or anything that links to or from it, was last written.
    fn revisited(&self, item: &Item) -> i64 {
        let kinds = [EdgeKind::Supersedes, EdgeKind::Answers, EdgeKind::BlockedBy];
        let linked = [Incoming, Outgoing]
            .into_iter()
            .flat_map(|direction| kinds.into_iter().flat_map(move |kind| self.graph.linked(item, direction, kind)));
        let days = linked.map(|other| self.item_day(other)).chain([self.item_day(item)]);
        // What links to it from the prep of a meeting to come was written by today.
        days.map(|day| self.days_since(day).max(0)).min().unwrap_or_default()
    }

    /// Who does, decided or asked it, whom it names, and who was at its meeting.
    fn concerned(&self, item: &Item) -> BTreeSet<PersonId> {
        let named = item.owners.iter().map(|owner| owner.person_id).chain(item.mentions.iter().copied());
        named.chain(self.present(item)).collect()
    }

    fn present(&self, item: &Item) -> BTreeSet<PersonId> {
        self.graph.meeting_of(item).map(there).unwrap_or_default()
    }
}

impl<'g> Candidate<'g> for OfItem<'g> {
    fn node(&self) -> NodeRef {
        NodeRef::Item(self.0.id)
    }

    fn measure(&self, asking: &Asking<'g>, key: &Key) -> Measure<'g> {
        let item = self.0;
        match key.name {
            "text" => Measure::Texts(vec![&item.text]),
            "owner" | "by" => Measure::People(item.owners.iter().map(|owner| owner.person_id).collect()),
            "present" => Measure::People(asking.present(item)),
            "topic" => Measure::Topics(item.topics.iter().map(String::as_str).collect()),
            "series" => {
                let series = asking.graph.meeting_of(item).and_then(|meeting| meeting.series_id);
                let title = series.and_then(|id| asking.graph.series(id)).map(|series| series.title.as_str());
                Measure::Texts(title.into_iter().collect())
            }
            "status" => Measure::Words(match item.kind {
                ItemKind::Action => asking.action_words(item),
                ItemKind::Decision => {
                    let today = Some(asking.view.as_of_today());
                    asking.graph.decision_status(item.id, today).map(|s| s.as_str()).into_iter().collect()
                }
                ItemKind::Question => {
                    let open = asking.graph.is_unanswered(item, Some(asking.view.as_of_today()));
                    vec![if open { "open" } else { "answered" }]
                }
            }),
            "due" => Measure::Day(item.due),
            "revisit" => Measure::Day(item.revisit),
            "revisited" => Measure::Age(Some(asking.revisited(item))),
            "age" => Measure::Age(Some(asking.graph.age_in_days(item, &asking.view))),
            "slips" => Measure::Count(item.slips),
            "rationale" => Measure::There(item.rationale.is_some()),
            _ => Measure::People(asking.concerned(item)),
        }
    }

    /// An item proves itself.
    fn behind(&self, _: &Asking<'g>, _: &Term) -> Behind<'g> {
        Behind::Nothing
    }

    fn meetings(&self) -> Vec<MeetingId> {
        self.0.meeting_id.into_iter().collect()
    }

    fn day(&self, asking: &Asking<'g>) -> Option<NaiveDate> {
        Some(asking.graph.item_date(self.0))
    }
}
