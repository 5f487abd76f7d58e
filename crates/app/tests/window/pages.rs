//! Long lists of decisions, questions and people, a stretch at a time.

use throughline_app::decisions::{self, Ask, Filter, Show, Way};
use throughline_app::model::{ItemId, NotePart, Relation};
use throughline_app::people::{self, PeopleAsk};
use throughline_app::questions::{self, QuestionsAsk};
use throughline_app::view::{DecisionStatus, DecisionStretch, ListGroup};
use throughline_app::{App, orgs};

use crate::world::World;

const ANA: &str = "Ana Silva <ana@acme.example>";
const BEN: &str = "Ben Ito <ben@other.example>";

/// A year of decisions: one chain of three, one proposed, one to be looked at again, one with Acme alone.
async fn world() -> World {
    let world = World::new().await;
    let old = world.meeting("Start", "2025-12-01T10:00", &[ANA, BEN]).await;
    world.write(&old, "=> We go by train #travel ^train1\n=> @ana The café is booked #acme/q4\n?? who pays\n").await;
    let mid = world.meeting("Middle", "2026-06-01T10:00", &[ANA]).await;
    world.write(&mid, "=> We go by bus #travel supersedes ^train1 ^bus001\n=> No mail on Fridays\n").await;
    let new = world.meeting("Now", "2026-11-20T10:00", &[BEN]).await;
    world
        .write(
            &new,
            "=> We fly #travel supersedes ^bus001 ^plane1\n   Rationale: the bus is late\n\
             => Prices stay #pricing revisit in 2 days\n?? @ben is it safe #travel ^safe01\n=> It is safe answers ^safe01\n",
        )
        .await;
    world.write_part(&new, NotePart::Prep, "=> We walk #travel\n").await;
    world
}

fn ask(show: Show) -> Ask {
    Ask { show, ..Ask::default() }
}

async fn stretch(world: &World, ask: &Ask) -> DecisionStretch {
    decisions::stretch(&world.app, ask, 0, 100, &[]).await.unwrap()
}

fn headings(groups: &[ListGroup]) -> Vec<(&str, usize)> {
    groups.iter().map(|group| (group.title.as_str(), group.count)).collect()
}

#[tokio::test]
async fn stretches_of_decisions_are_the_list_of_the_command_whatever_narrows_it() {
    let world = world().await;
    let organizations = orgs::list(&world.app).await.unwrap().organizations;
    let acme = organizations.iter().find(|org| org.domains == ["acme.example"]).unwrap().id;
    let narrowed = [
        Filter::default(),
        Filter { topic: Some("travel".to_owned()), ..Filter::default() },
        Filter { person: Some("@ana".to_owned()), ..Filter::default() },
        Filter { org: Some(acme.to_string()), ..Filter::default() },
        Filter { as_of: "2026-06-02".parse().ok(), ..Filter::default() },
        Filter { as_of: "2025-12-01".parse().ok(), topic: Some("travel".to_owned()), ..Filter::default() },
        Filter { since: "2026-01-01".parse().ok(), ..Filter::default() },
    ];
    for app in [world.app.clone(), world.app.through(Some(acme))] {
        for filter in &narrowed {
            for show in [Show::Holds, Show::Log] {
                let ask = Ask { filter: filter.clone(), show, words: String::new() };
                let mut told: Vec<_> = laid_end_to_end(&app, &ask).await;
                let holding = show == Show::Holds && filter.as_of.is_none();
                let whole = decisions::list(&app, &Filter { holding, ..filter.clone() }).await.unwrap().decisions;
                let mut whole: Vec<_> = whole.into_iter().map(|one| (one.id, one.status)).collect();
                told.sort_by_key(|(id, _)| *id);
                whole.sort_by_key(|(id, _)| *id);
                assert_eq!(told, whole, "{filter:?} {show:?} {:?}", app.lens());
            }
        }
    }
}

async fn laid_end_to_end(app: &App, ask: &Ask) -> Vec<(ItemId, DecisionStatus)> {
    let mut rows = Vec::new();
    loop {
        let next = decisions::stretch(app, ask, rows.len(), 2, &[]).await.unwrap();
        rows.extend(next.rows.iter().skip(rows.len() - next.from).map(|row| (row.decision.id, row.decision.status)));
        if rows.len() == next.total {
            let places = decisions::places(app, ask, 0, usize::MAX).await.unwrap();
            assert!(
                places.iter().map(|place| &place.id).eq(&rows.iter().map(|row| row.0.to_string()).collect::<Vec<_>>())
            );
            assert_eq!(next.groups.iter().map(|group| group.count).sum::<usize>(), next.total);
            return rows;
        }
    }
}

#[tokio::test]
async fn what_holds_stands_by_topic_and_the_log_by_month() {
    let world = world().await;
    let holds = stretch(&world, &ask(Show::Holds)).await;
    assert_eq!(headings(&holds.groups), [("#acme/q4", 1), ("#pricing", 1), ("#travel", 1), ("No topic", 2)]);
    let log = stretch(&world, &ask(Show::Log)).await;
    assert_eq!(headings(&log.groups), [("November", 4), ("June", 2), ("December 2025", 2)]);
    let counts = log.counts;
    assert_eq!((counts.hold, counts.superseded, counts.revisit), (5, 2, 1));
    assert_eq!((holds.counts, holds.topics[0].as_str()), (counts, "travel"));
    let within = Filter { topic: Some("#acme".to_owned()), ..Filter::default() };
    let within = stretch(&world, &Ask { filter: within, ..Ask::default() }).await;
    assert_eq!(headings(&within.groups), [("#acme/q4", 1)]);
}

#[tokio::test]
async fn each_decision_knows_its_place_in_its_chain() {
    let world = world().await;
    let log = stretch(&world, &ask(Show::Log)).await;
    let place = |text: &str| log.rows.iter().find(|row| row.decision.text.starts_with(text)).unwrap().place;
    assert_eq!(["We go by train", "We go by bus", "We fly", "Prices stay"].map(place), [1, 2, 3, 1]);
    // The others of the chain need not be among the rows.
    let alone = decisions::stretch(&world.app, &ask(Show::Holds), 2, 1, &[]).await.unwrap();
    assert_eq!((alone.rows[0].decision.text.as_str(), alone.rows[0].place), ("We fly #travel", 3));
}

#[tokio::test]
async fn words_find_text_reason_who_decided_topic_and_meeting_and_a_row_is_found_where_it_stands() {
    let world = world().await;
    for (words, found) in [("BUS", 2), ("bus late", 1), ("silva", 1), ("cafe", 1), ("#travel now", 2), ("nobody", 0)] {
        let told = stretch(&world, &Ask { words: words.to_owned(), ..ask(Show::Log) }).await;
        assert_eq!(told.total, found, "{words}");
    }
    let log = stretch(&world, &ask(Show::Log)).await;
    let wanted = log.rows[5].decision.id;
    let told = decisions::stretch(&world.app, &ask(Show::Log), 900, 2, &[wanted]).await.unwrap();
    assert_eq!((told.from, told.rows.len()), (6, 2));
    assert_eq!((told.found[0].id.clone(), told.found[0].at), (wanted.to_string(), 5));
    // One that does not hold stands nowhere among those that do.
    let bus = log.rows.iter().find(|row| row.decision.text.starts_with("We go by bus")).unwrap().decision.id;
    let holds = decisions::stretch(&world.app, &ask(Show::Holds), 0, 2, &[bus]).await.unwrap();
    assert!(holds.found.is_empty());
}

#[tokio::test]
async fn what_is_committed_shows_in_the_next_stretch() {
    let world = world().await;
    let before = stretch(&world, &ask(Show::Holds)).await;
    let other = world.again().await;
    let id = |text: &str| {
        before.rows.iter().find(|row| row.decision.text.starts_with(text)).unwrap().decision.id.to_string()
    };
    decisions::supersede(&other, &id("No mail"), &id("Prices stay")).await.unwrap();
    let after = stretch(&world, &ask(Show::Holds)).await;
    assert_eq!((before.total, after.total, after.counts.superseded), (5, 4, 3));
    assert!(after.seq > before.seq);
}

#[tokio::test]
async fn what_may_take_a_decisions_place_shares_its_topics_and_holds_outside_its_chain() {
    let world = world().await;
    let log = stretch(&world, &ask(Show::Log)).await;
    let id =
        |text: &str| log.rows.iter().find(|row| row.decision.text.starts_with(text)).unwrap().decision.id.to_string();
    let texts = async |of: &str, way, words: &str, limit| {
        let told = decisions::offers(&world.app, &id(of), way, words, limit).await.unwrap();
        (told.decisions.into_iter().map(|one| one.text).collect::<Vec<_>>(), told.total)
    };
    // Of its own meeting first; what is proposed, superseded or its own is not offered.
    let (newer, total) = texts("We fly", Way::Newer, "", 50).await;
    assert_eq!(newer[..2], ["It is safe", "Prices stay #pricing revisit in 2 days"]);
    assert_eq!((newer.len(), total), (4, 4));
    let (older, _) = texts("No mail", Way::Older, "", 50).await;
    assert_eq!(older[0], "@ana The café is booked #acme/q4", "what was decided before comes first");
    assert_eq!(texts("We fly", Way::Newer, "mail", 50).await, (vec!["No mail on Fridays".to_owned()], 1));
    assert_eq!(texts("We fly", Way::Newer, "", 1).await.1, 4);
}

#[tokio::test]
async fn questions_stand_open_ones_first_and_narrow_as_the_others_do() {
    let world = world().await;
    let told = async |ask: QuestionsAsk| questions::stretch(&world.app, &ask, 0, 50, &[]).await.unwrap();
    let all = told(QuestionsAsk::default()).await;
    assert_eq!(headings(&all.groups), [("Open", 1), ("Answered", 1)]);
    assert_eq!(
        all.rows.iter().map(|row| row.text.as_str()).collect::<Vec<_>>(),
        ["who pays", "@ben is it safe #travel"]
    );
    let mut whole: Vec<_> =
        questions::list(&world.app, false).await.unwrap().questions.into_iter().map(|row| row.id).collect();
    let mut ids: Vec<_> = all.rows.iter().map(|row| row.id).collect();
    whole.sort();
    ids.sort();
    assert_eq!(ids, whole);
    assert_eq!(told(QuestionsAsk { topic: Some("travel".to_owned()), ..QuestionsAsk::default() }).await.total, 1);
    assert_eq!(told(QuestionsAsk { person: Some("@ana".to_owned()), ..QuestionsAsk::default() }).await.total, 1);
    assert_eq!(told(QuestionsAsk { words: "ito safe".to_owned(), ..QuestionsAsk::default() }).await.total, 1);
    let last = questions::stretch(&world.app, &QuestionsAsk::default(), 1, 50, &[all.rows[1].id]).await.unwrap();
    assert_eq!((last.from, last.found[0].at), (0, 1));
}

#[tokio::test]
async fn people_stand_by_when_they_were_met_and_narrow_by_relation_and_words() {
    let world = world().await;
    let told = async |ask: PeopleAsk| people::stretch(&world.app, &ask, 0, 50, &[]).await.unwrap();
    let names = |stretch: &throughline_app::view::PersonStretch| -> Vec<String> {
        stretch.rows.iter().map(|row| row.person.name.clone()).collect()
    };
    let all = told(PeopleAsk::default()).await;
    assert_eq!(names(&all), ["Ben Ito", "Ana Silva", "Mia Weber"], "met last first, the user last of all");
    assert_eq!((all.total, all.others), (3, 2));
    let rows = people::rows(&world.app).await.unwrap();
    assert!(all.rows.iter().all(|row| rows.contains(row)));
    people::edit(&world.app, "@ana", None, Some(Relation::Client)).await.unwrap();
    let clients = told(PeopleAsk { relation: Some(Relation::Client), ..PeopleAsk::default() }).await;
    assert_eq!(names(&clients), ["Ana Silva"]);
    assert_eq!(names(&told(PeopleAsk { words: "other ito".to_owned(), ..PeopleAsk::default() }).await), ["Ben Ito"]);
    let ana = all.rows[1].person.id;
    let found = people::stretch(&world.app, &PeopleAsk::default(), 2, 1, &[ana]).await.unwrap();
    assert_eq!((found.from, found.rows.len(), found.found[0].at), (2, 1, 1));
    let mut called: Vec<_> = people::names(&world.app).await.unwrap().into_iter().map(|one| one.name).collect();
    called.sort();
    assert_eq!(called, ["Ana Silva", "Ben Ito", "Mia Weber"]);
}
