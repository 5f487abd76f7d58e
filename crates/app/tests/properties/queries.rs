//! A query that reads only what it needs finds what the whole graph finds.

use proptest::prelude::*;
use throughline_app::{people, queries};
use throughline_core::graph::View;
use throughline_core::graph::query::{Kind, Query, keys};

use crate::config;
use crate::world::{World, op, run};

/// Some of several conditions each, besides every example of every key.
const ASKED: [&str; 22] = [
    "people relation:report last-1:1>3w",
    "people org:acme open>0",
    "people -org:acme topic:budget",
    "people name:ana meetings>0 from:2026-11-10 to:2026-12-10",
    "people last-met<2w -name:ben",
    "organizations people>1 open>0",
    "organizations name:northwind meetings>0 to:today",
    "series outcomes:0 meetings>=1",
    "series person:ben -outcomes:0",
    "series org:acme open>0",
    "series topic:client meetings>0 from:today-10",
    "meetings person:ana outcomes>0 held:yes",
    "meetings org:northwind -topic:budget",
    "meetings topic:client age<3w",
    "meetings attendees>2 purpose:none from:today-5",
    "actions owner:me status:open",
    "actions owner:none -status:done",
    "actions person:ben topic:client",
    "actions org:acme status:overdue",
    "decisions status:holds org:acme revisited>1d",
    "decisions present:ben -topic:budget",
    "questions status:open by:none age>1d",
];

proptest! {
    #![proptest_config(config(12))]

    #[test]
    fn a_query_finds_in_what_it_reads_what_it_finds_in_the_whole_graph(
        ops in prop::collection::vec(op(), 10..24),
    ) {
        run(async {
            let mut world = World::new().await;
            let mut app = world.open().await;
            for op in &ops {
                world.apply(&mut app, op).await;
            }
            let me = people::me(&app).await.expect("the user");
            let view = View { now: app.clock().now, zone: app.clock().zone, me };
            // Only where no graph was built does a query read for itself.
            let whole = world.open().await;
            whole.with_graph(|_| ()).await.expect("a graph");
            let bare = Kind::ALL.iter().map(ToString::to_string);
            let examples = Kind::ALL.iter().flat_map(|kind| {
                let examples = keys(*kind).iter().flat_map(|key| key.examples());
                examples.flat_map(move |example| [format!("{kind} {example}"), format!("{kind} -{example}")])
            });
            for asked in ASKED.iter().map(|asked| (*asked).to_owned()).chain(bare).chain(examples) {
                let expected = queries::run(&whole, &asked).await;
                let found = queries::run(&app, &asked).await;
                match (found, expected) {
                    (Ok(found), Ok(expected)) => assert_eq!(found, expected, "{asked}"),
                    (Err(found), Err(expected)) => assert_eq!(found.code, expected.code, "{asked}"),
                    (found, expected) => panic!("{asked}: {found:?}, and in the whole graph {expected:?}"),
                }
                let query = Query::parse(&asked, view.today()).expect("a query");
                let answer = whole.with_graph(|graph| query.answer(graph, &view)).await.expect("a graph");
                if let Ok(answer) = answer {
                    let rows = queries::run(&app, &asked).await.expect("rows").rows;
                    let told: Vec<_> = rows.iter().map(|row| row.value).collect();
                    let values: Vec<_> = answer.found.iter().map(|found| found.value).collect();
                    assert_eq!(told, values, "{asked}");
                }
            }
        });
    }
}
