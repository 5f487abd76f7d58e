//! Long lists of actions, a stretch at a time.

use throughline_app::actions::{self, ActionView, ActionsAsk, GroupBy, Stayed};
use throughline_app::model::{ActionStatus, ItemId};
use throughline_app::people::{self, PeopleAsk};
use throughline_app::view::ActionStretch;

use crate::world::World;

const ANA: &str = "Ana Silva <ana@acme.example>";

/// Forty actions of a meeting, and what a second one adds.
async fn world() -> World {
    let world = World::new().await;
    let many = world.meeting("Many", "2026-11-20T10:00", &[ANA]).await;
    let lines: String = (0..40).map(|n| format!("- [ ] @ana looks at point {n:02} #point\n")).collect();
    world.write(&many, &lines).await;
    let few = world.meeting("Few", "2026-11-23T08:00", &[ANA]).await;
    world
        .write(
            &few,
            "- [ ] @mia calls due:2026-11-20\n- [ ] @mia writes by 25 Nov #café\n- [ ] @mia waits due:2026-11-23\n\
             - [x] @mia has paid\n- [ ] the door is closed\n",
        )
        .await;
    world
}

async fn stretch(world: &World, ask: &ActionsAsk, from: usize, limit: usize) -> ActionStretch {
    actions::stretch(&world.app, ask, from, limit, &[]).await.unwrap()
}

fn headings(told: &ActionStretch) -> Vec<(&str, usize)> {
    told.groups.iter().map(|group| (group.title.as_str(), group.count)).collect()
}

fn view(view: ActionView) -> ActionsAsk {
    ActionsAsk { view: Some(view), ..ActionsAsk::default() }
}

#[tokio::test]
async fn stretches_laid_end_to_end_are_the_list_of_the_command_in_groups() {
    let world = world().await;
    for shown in [ActionView::Mine, ActionView::Waiting, ActionView::Unowned, ActionView::Done, ActionView::All] {
        for by in [GroupBy::Date, GroupBy::Person, GroupBy::Meeting] {
            let ask = ActionsAsk { by, ..view(shown) };
            let mut ids = Vec::new();
            let first = stretch(&world, &ask, 0, 7).await;
            while ids.len() < first.total {
                let next = stretch(&world, &ask, ids.len(), 7).await;
                // The last stretch may begin before what is still lacking.
                ids.extend(next.rows.iter().skip(ids.len() - next.from).map(|row| row.id));
            }
            assert_eq!(first.groups.iter().map(|group| group.count).sum::<usize>(), first.total);
            let places = actions::places(&world.app, &ask, 0, usize::MAX).await.unwrap();
            assert_eq!(places.iter().map(|place| place.id).collect::<Vec<_>>(), ids);
            let filter = actions::Filter { view: Some(shown), ..actions::Filter::default() };
            let mut whole: Vec<_> =
                actions::list(&world.app, &filter).await.unwrap().actions.iter().map(|row| row.id).collect();
            whole.sort();
            ids.sort();
            assert_eq!(ids, whole, "{shown:?} {by:?}");
        }
    }
}

#[tokio::test]
async fn rows_stand_by_date_by_person_and_by_meeting() {
    let world = world().await;
    let mine = stretch(&world, &view(ActionView::Mine), 0, 50).await;
    assert_eq!(headings(&mine), [("Late", 1), ("Today", 1), ("This week", 1)]);
    let all = ActionsAsk { by: GroupBy::Person, ..view(ActionView::All) };
    let all = stretch(&world, &all, 0, 50).await;
    assert_eq!(headings(&all), [("You", 3), ("Ana Silva", 40), ("Nobody yet", 1), ("Done and dropped", 1)]);
    let all = ActionsAsk { by: GroupBy::Meeting, ..view(ActionView::Waiting) };
    assert_eq!(headings(&stretch(&world, &all, 0, 50).await), [("Many", 40)]);
    assert_eq!(headings(&stretch(&world, &view(ActionView::Done), 0, 50).await), [("Today", 1)]);
}

#[tokio::test]
async fn words_find_text_owners_topics_and_meetings_whatever_their_accents() {
    let world = world().await;
    let found = async |words: &str| {
        let ask = ActionsAsk { words: words.to_owned(), ..view(ActionView::All) };
        stretch(&world, &ask, 0, 50).await.total
    };
    assert_eq!(found("POINT 07").await, 1);
    assert_eq!(found("silva many").await, 40);
    assert_eq!(found("#cafe").await, 1);
    assert_eq!(found("nothing of the kind").await, 0);
    assert_eq!(found("  ").await, 45);
}

#[tokio::test]
async fn what_is_committed_shows_in_the_next_stretch_and_what_was_ticked_stays_where_asked() {
    let world = world().await;
    let ask = view(ActionView::Mine);
    let before = stretch(&world, &ask, 0, 50).await;
    let second = before.rows[1].id;
    actions::set_status(&world.app, &[second.to_string()], ActionStatus::Done).await.unwrap();
    let stays = ActionsAsk { stay: vec![Stayed { id: second, done_at: None }], ..ask.clone() };
    let told = stretch(&world, &stays, 0, 50).await;
    assert_eq!(told.rows[1].id, second);
    assert_eq!(told.rows[1].status, ActionStatus::Done);
    assert_eq!((stretch(&world, &ask, 0, 50).await.total, told.total), (before.total - 1, before.total));
    // Another program's commit is seen too.
    let other = world.again().await;
    actions::set_status(&other, &[second.to_string()], ActionStatus::Open).await.unwrap();
    let told = stretch(&world, &ask, 0, 50).await;
    assert_eq!(
        told.rows.iter().map(|row| row.id).collect::<Vec<_>>(),
        before.rows.iter().map(|row| row.id).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn what_is_looked_for_is_found_where_it_stands_and_a_stretch_behind_the_end_is_the_last() {
    let world = world().await;
    let ask = view(ActionView::Waiting);
    let whole = stretch(&world, &ask, 0, 50).await;
    let (wanted, nowhere): (ItemId, ItemId) =
        (whole.rows[31].id, stretch(&world, &view(ActionView::Mine), 0, 1).await.rows[0].id);
    let told = actions::stretch(&world.app, &ask, 900, 10, &[wanted, nowhere]).await.unwrap();
    assert_eq!((told.from, told.rows.len(), told.total), (30, 10, 40));
    assert_eq!(told.found.iter().map(|place| (place.id, place.at)).collect::<Vec<_>>(), [(wanted, 31)]);
    assert_eq!(told.topics, ["point"]);
}

#[tokio::test]
async fn each_view_holds_in_stretches_what_it_holds_as_a_list() {
    let world = world().await;
    let asleep = world.meeting("Asleep", "2026-11-19T10:00", &[ANA]).await;
    world.write(&asleep, "!! @mia sleeps\n!! @ana sleeps\n!! somebody sleeps\n").await;
    let all = actions::list(&world.app, &actions::Filter::default()).await.unwrap().actions;
    for action in all.iter().filter(|action| action.text.ends_with("sleeps")) {
        actions::snooze(&world.app, &action.id.to_string(), "2026-12-24".parse().unwrap()).await.unwrap();
    }
    let views = [ActionView::Mine, ActionView::Waiting, ActionView::Unowned, ActionView::Undated, ActionView::Overdue];
    for view in views.into_iter().chain([ActionView::Done, ActionView::All]) {
        let filter = actions::Filter { view: Some(view), ..actions::Filter::default() };
        let mut listed: Vec<_> = actions::list(&world.app, &filter).await.unwrap().actions;
        let told = stretch(&world, &ActionsAsk { view: Some(view), ..ActionsAsk::default() }, 0, 200).await;
        let (mut rows, total) = (told.rows, told.total);
        listed.sort_by_key(|action| action.id);
        rows.sort_by_key(|action| action.id);
        assert_eq!((&rows, total), (&listed, listed.len()), "{view:?}");
        assert!(!rows.is_empty(), "{view:?} shows something");
    }
}

#[tokio::test]
async fn people_stand_by_when_they_were_last_met_however_long_ago() {
    let world = World::new().await;
    for (title, start, who) in [
        ("Ever", "2023-05-01T10:00", "Dan Old <dan@acme.example>"),
        ("Long ago", "2025-03-01T10:00", "Cara Ray <cara@acme.example>"),
        ("Since", "2026-01-05T10:00", "Cara Two <cara.two@acme.example>"),
        ("Lately", "2026-11-16T10:00", ANA),
        ("All day", "2026-11-17", "Ben Ito <ben@acme.example>"),
        ("To come", "2026-12-16T10:00", "Fay New <fay@acme.example>"),
    ] {
        world.meeting(title, start, &[who]).await;
    }
    people::merge(&world.app, "Cara Ray", "Cara Two").await.unwrap();
    let told = people::stretch(&world.app, &PeopleAsk::default(), 0, 50, &[]).await.unwrap();
    let names: Vec<&str> =
        told.rows.iter().filter(|row| !row.person.is_me).map(|row| row.person.name.as_str()).collect();
    assert_eq!(names, ["Ben Ito", "Ana Silva", "Cara Ray", "Dan Old", "Fay New"]);
    let last: Vec<_> = told.rows.iter().map(|row| row.last_meeting.map(|when| when.to_string())).collect();
    assert!(last[..5].windows(2).all(|two| two[0] >= two[1]), "{last:?}");
    // A stretch tells of somebody what the whole list does.
    let one = people::stretch(&world.app, &PeopleAsk::default(), 2, 1, &[]).await.unwrap();
    assert_eq!(one.rows, told.rows[2..3]);
    let mut rows = people::rows(&world.app).await.unwrap();
    rows.retain(|row| row.person.name == "Cara Ray");
    assert_eq!(rows, one.rows);
}
