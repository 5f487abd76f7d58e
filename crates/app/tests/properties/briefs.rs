//! What is answered from a neighbourhood is what the whole graph answers.

use chrono::TimeDelta;
use proptest::prelude::*;
use throughline_app::{answers, people, today, view};
use throughline_core::graph::{Brief, ChangeKind, Party};
use throughline_core::model::{ItemId, MeetingId, PersonId};

use crate::config;
use crate::world::{World, op, run};

proptest! {
    #![proptest_config(config(12))]

    #[test]
    fn briefs_and_ledgers_of_a_neighbourhood_are_those_of_the_whole_graph(
        ops in prop::collection::vec(op(), 10..24),
    ) {
        run(async {
            let (world, app, view) = World::after(&ops).await;
            for id in world.meetings(&app).await.into_iter().take(25) {
                let told = today::brief(&app, &id).await.expect("a brief");
                let meeting = MeetingId(id.parse().expect("an id"));
                let brief = app.with_graph(|graph| graph.brief(meeting, &view)).await.expect("a graph").expect("a brief");
                same(&told, brief, &id);
            }
            // The briefs of a day are read together.
            for days in [-3_i64, 0, 2] {
                let day = today::show(&app, view.today() + TimeDelta::days(days)).await.expect("a day");
                for entry in day.meetings {
                    let id = entry.meeting.id;
                    let brief = app.with_graph(|graph| graph.brief(id, &view)).await.expect("a graph").expect("a brief");
                    let mut brief = brief;
                    brief.cut(today::OF_A_DAY.actions, today::OF_A_DAY.others);
                    brief.last_meetings.truncate(today::OF_A_DAY.meetings);
                    same(&entry.brief, brief, &format!("{id}, of a day"));
                }
            }
            for person in people::list(&app).await.expect("people").people {
                let told = answers::ledger(&app, &person.id.to_string()).await.expect("a ledger");
                let party = Party::Person(person.id);
                let ledger = app.with_graph(|graph| graph.ledger(party, &view)).await.expect("a graph");
                assert_eq!(ids(&told.i_owe, |action| action.id), ledger.i_owe, "owed to {}", person.name);
                assert_eq!(ids(&told.they_owe, |action| action.id), ledger.they_owe, "owed by {}", person.name);
                assert_eq!(ids(&told.waiting_on, |question| question.id), ledger.waiting_on, "asked {}", person.name);
            }
        });
    }
}

fn same(told: &view::Brief, brief: Brief, id: &str) {
    let meetings: Vec<_> = told.last_meetings.iter().map(|meeting| meeting.id).collect();
    assert_eq!(meetings, brief.last_meetings, "last meetings of {id}");
    assert_eq!(ids(&told.mine, |action| action.id), brief.mine, "mine of {id}");
    assert_eq!(ids(&told.theirs, |action| action.id), brief.theirs, "theirs of {id}");
    assert_eq!(ids(&told.questions, |question| question.id), brief.questions, "questions of {id}");
    assert_eq!(ids(&told.decisions, |decision| decision.id), brief.decisions, "decisions of {id}");
    assert_eq!(ids(&told.revisit, |decision| decision.id), brief.revisit, "revisit of {id}");
    let (totals, known) = (told.totals, brief.totals);
    assert_eq!(
        [totals.mine, totals.theirs, totals.questions, totals.decisions, totals.revisit, totals.new_people],
        [known.mine, known.theirs, known.questions, known.decisions, known.revisit, known.new_people],
        "totals of {id}"
    );
    let people: Vec<PersonId> = told.new_people.iter().map(|person| person.person.id).collect();
    assert_eq!(people, brief.new_people, "new people of {id}");
    // The log knows more than the graph of what was dropped and put off.
    let told = told.changes.iter().filter(|change| !["dropped", "re_dated", "handed_over"].contains(&&*change.what));
    let told: Vec<_> = told.map(|change| (change.id, change.text.clone())).collect();
    let changes = brief.changes.into_iter();
    let changes = changes.filter(|c| {
        !matches!(c.kind, ChangeKind::Dropped | ChangeKind::Redated { .. } | ChangeKind::HandedOver { .. })
    });
    let changes: Vec<_> = changes.map(|change| (change.item, change.text)).collect();
    assert_eq!(told, changes, "changes of {id}");
}

fn ids<T>(told: &[T], id: impl Fn(&T) -> ItemId) -> Vec<ItemId> {
    told.iter().map(id).collect()
}
