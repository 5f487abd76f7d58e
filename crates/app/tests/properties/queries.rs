//! A query that reads only what it needs finds what the whole graph finds.

use proptest::prelude::*;
use throughline_app::queries;
use throughline_core::graph::query::{Kind, Query, keys};

use crate::config;
use crate::world::{World, op, run};

/// Some of several conditions each, besides every example of every key.
const ASKED: [&str; 47] = [
    "people relation:report last-1:1>3w",
    "people org:acme open>0",
    "people -org:acme topic:budget",
    "people name:ana meetings>0 from:2026-11-10 to:2026-12-10",
    "people last-met<2w -name:ben",
    "people last-met<2w",
    "people last-met<=3d open>0",
    "people last-1:1<1w topic:client",
    "people last-met<1w last-1:1<2w",
    "people last-met<1w meetings>0",
    "people -last-met<1w",
    "organizations last-met<1w",
    "organizations last-met<3w hours>0",
    "organizations people>1 open>0",
    "organizations name:northwind meetings>0 to:today",
    "series outcomes:0 meetings>=1",
    "series person:ben -outcomes:0",
    "series org:acme open>0",
    "series topic:client meetings>0 from:today-10",
    "series topic:budget",
    "series -topic:client from:today-10",
    "series outcomes>0 from:today-5",
    "series -outcomes:0 to:today-3",
    "series meetings>0 from:today-4 to:today-1",
    "series meetings:0 from:today-4",
    "series last-met<1w person:ana",
    "series title:weekly decisions>=1 from:2026-11-01",
    "meetings person:ana outcomes>0 held:yes",
    "meetings org:northwind -topic:budget",
    "meetings topic:client age<3w",
    "meetings attendees>2 purpose:none from:today-5",
    "meetings notes:any -topic:client",
    "meetings decisions>0 open>0",
    "actions owner:me status:open",
    "actions owner:none -status:done",
    "actions person:ben topic:client",
    "actions org:acme status:overdue",
    "actions status:overdue due>=2026-11-01",
    "actions due<2026-12-02 -status:done",
    "actions due:2026-12-01",
    "actions slips>=1",
    "actions age>=0d age<1d",
    "decisions status:holds org:acme revisited>1d",
    "decisions present:ben -topic:budget",
    "questions status:open by:none age>1d",
    "questions status:answered",
    "decisions revisit>today revisit<=today+120",
];

proptest! {
    #![proptest_config(config(20))]

    #[test]
    fn a_query_finds_in_what_it_reads_what_it_finds_in_the_whole_graph(
        ops in prop::collection::vec(op(), 10..24),
    ) {
        run(async {
            let (world, app, view) = World::after(&ops).await;
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
                let rows = match (found, expected) {
                    (Ok(found), Ok(expected)) => {
                        assert_eq!(found, expected, "{asked}");
                        found.rows
                    }
                    (Err(found), Err(expected)) => {
                        assert_eq!(found.code, expected.code, "{asked}");
                        continue;
                    }
                    (found, expected) => panic!("{asked}: {found:?}, and in the whole graph {expected:?}"),
                };
                let query = Query::parse(&asked, view.today()).expect("a query");
                let answer = whole.with_graph(|graph| query.answer(graph, &view)).await.expect("a graph");
                let values: Vec<_> = answer.expect("an answer").found.iter().map(|found| found.value).collect();
                assert_eq!(rows.iter().map(|row| row.value).collect::<Vec<_>>(), values, "{asked}");
            }
        });
    }
}
