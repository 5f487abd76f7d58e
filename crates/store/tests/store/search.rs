use throughline_core::model::*;
use throughline_store::meeting::{Base, Overlay};
use throughline_store::search::{Filter, Hit, MARK, UNMARK};
use throughline_store::*;

use crate::support::*;

async fn library() -> House {
    let house = house().await;
    let mut tx = house.write().await;
    let acme = Organization { id: OrganizationId(uuid(6)), name: "Acme".into(), domains: vec!["acme.com".into()] };
    organization::put(&mut tx, std::slice::from_ref(&acme)).await.unwrap();
    let ana = person::Record { organization_id: Some(acme.id), ..person(50, "ana") };
    person::put(&mut tx, &[ana, person(51, "ben")]).await.unwrap();
    let cancelled =
        Base { status: MeetingStatus::Cancelled, ..meeting(3, Source::Google, "Budget gone", "2026-11-03") };
    let kept = Base { status: MeetingStatus::Cancelled, ..meeting(4, Source::Google, "Retro", "2026-11-04") };
    meeting::put(
        &mut tx,
        &[
            meeting(1, Source::Local, "Budget review", "2026-01-10"),
            meeting(2, Source::Local, "Weekly", "2026-11-20"),
            cancelled,
            kept,
        ],
    )
    .await
    .unwrap();
    let notes = note(11, MeetingId(uuid(2)), NotePart::Notes, "the budget façade\n- [ ] raise budget ^k7m2xq\n", 1);
    let private = note(12, MeetingId(uuid(1)), NotePart::Private, "secret plan", 1);
    let retro = note(13, MeetingId(uuid(4)), NotePart::Notes, "what went well", 1);
    note::save(&mut tx, &[notes.clone(), private, retro]).await.unwrap();
    let raise = Item { topics: vec!["client/acme".into()], ..item(21, ItemKind::Action, &notes, "raise budget") };
    let archived = Item { archived: true, ..item(22, ItemKind::Action, &notes, "cut budget") };
    item::put(&mut tx, &[raise, archived]).await.unwrap();
    attendance::set_present(&mut tx, MeetingId(uuid(2)), PersonId(uuid(50)), Presence::Yes).await.unwrap();
    tx.commit(None).await.unwrap();
    house
}

async fn find(house: &House, typed: &str, filter: Filter) -> Vec<Hit> {
    search::query(&mut *house.read().await, typed, &filter, 20).await.unwrap()
}

fn named(hits: &[Hit]) -> Vec<(&str, &str)> {
    let mut named: Vec<_> = hits.iter().map(|hit| (hit.kind.as_str(), hit.title.as_str())).collect();
    named.sort_unstable();
    named
}

#[tokio::test]
async fn what_is_typed_finds_whatever_holds_it() {
    let house = library().await;
    let budget = vec![("action", "raise budget"), ("meeting", "Budget review"), ("note", "Weekly")];
    for (typed, expected) in [
        ("budget", budget.clone()),
        ("bud", budget.clone()),
        ("BUDGÉT", budget),
        ("bud ", vec![]),
        ("facade budget", vec![("note", "Weekly")]),
        ("\"budget facade\"", vec![("note", "Weekly")]),
        ("\"facade budget\"", vec![]),
        ("ana@acme", vec![("person", "Ana Silva")]),
        ("well", vec![("note", "Retro")]),
        ("retro", vec![("meeting", "Retro")]),
        (
            "acme",
            vec![("organization", "Acme"), ("person", "Ana Silva"), ("person", "Ben Silva"), ("topic", "#client/acme")],
        ),
        ("k7m2xq", vec![]),
        ("cut", vec![]),
        ("gone", vec![]),
    ] {
        assert_eq!(named(&find(&house, typed, Filter::default()).await), expected, "{typed}");
    }
}

#[tokio::test]
async fn titles_count_more_and_so_does_what_is_near() {
    let house = library().await;
    let hits = find(&house, "budget review", Filter::default()).await;
    assert_eq!(hits[0].title, "Budget review");
    let mut tx = house.write().await;
    let twins = [meeting(31, Source::Local, "Twin", "2025-01-01"), meeting(32, Source::Local, "Twin", "2026-11-21")];
    meeting::put(&mut tx, &twins).await.unwrap();
    tx.commit(None).await.unwrap();
    for (today, first) in [("2026-11-22", 32), ("2025-01-02", 31)] {
        let hits = find(&house, "twin", Filter { today: Some(day(today)), ..Filter::default() }).await;
        assert_eq!(hits[0].id, uuid(first).to_string());
        assert!(hits[0].score > hits[1].score);
    }
}

#[tokio::test]
async fn snippets_mark_what_was_found_and_hide_anchors() {
    let house = library().await;
    let hits = find(&house, "raise", Filter { kinds: vec!["note".into()], ..Filter::default() }).await;
    assert_eq!(hits.len(), 1);
    assert!(hits[0].snippet.contains(&format!("{MARK}raise{UNMARK} budget")), "{:?}", hits[0].snippet);
    assert!(!hits[0].snippet.contains('^'));
    assert_eq!((hits[0].part, hits[0].date), (Some(NotePart::Notes), Some(day("2026-11-20"))));
    assert_eq!(hits[0].meeting_id, Some(MeetingId(uuid(2))));
}

#[tokio::test]
async fn hits_are_kept_by_filter() {
    let house = library().await;
    let all = Filter::default;
    for (typed, filter, expected) in [
        ("budget", Filter { kinds: vec!["action".into()], ..all() }, vec![("action", "raise budget")]),
        ("budget", Filter { to: Some(day("2026-01-10")), ..all() }, vec![("meeting", "Budget review")]),
        ("budget", Filter { from: Some(day("2026-11-21")), ..all() }, vec![]),
        (
            "budget",
            Filter { person: Some(PersonId(uuid(50))), ..all() },
            vec![("action", "raise budget"), ("note", "Weekly")],
        ),
        ("silva", Filter { person: Some(PersonId(uuid(50))), ..all() }, vec![("person", "Ana Silva")]),
        (
            "budget",
            Filter { organization: Some(OrganizationId(uuid(6))), ..all() },
            vec![("action", "raise budget"), ("note", "Weekly")],
        ),
        ("secret", all(), vec![("note", "Budget review")]),
        ("secret", Filter { without_private: true, ..all() }, vec![]),
        ("acme", Filter { kinds: vec!["topic".into()], ..all() }, vec![("topic", "#client/acme")]),
    ] {
        assert_eq!(named(&find(&house, typed, filter.clone()).await), expected, "{typed} {filter:?}");
    }
}

#[tokio::test]
async fn no_text_is_an_error() {
    let house = library().await;
    for typed in [
        "\"",
        "\"\"\"",
        "*",
        "a*b*",
        "AND",
        "OR OR",
        "NOT",
        "NEAR(a b)",
        "title:budget",
        "^budget",
        "-budget",
        "(",
        "{a b}:c",
        "' OR 1=1 --",
        "budget\0x",
        "😀",
        "%_",
        "a\"b\"c",
        "\u{2}",
        "e\u{301}",
        "\u{301}",
    ] {
        find(&house, typed, Filter::default()).await;
    }
    find(&house, &"word ".repeat(10_000), Filter::default()).await;
    find(&house, &"x".repeat(100_000), Filter::default()).await;
}

#[tokio::test]
async fn what_changes_is_found_by_its_new_words_only() {
    let house = library().await;
    let mut tx = house.write().await;
    let set = Overlay { title: Some("Forecast".into()), purpose: Some("numbers".into()), ..Overlay::default() };
    meeting::set(&mut tx, MeetingId(uuid(1)), &set).await.unwrap();
    note::save(&mut tx, &[note(11, MeetingId(uuid(2)), NotePart::Notes, "only weather", 2)]).await.unwrap();
    let ana = person::record(&mut tx, PersonId(uuid(50))).await.unwrap().unwrap();
    person::put(&mut tx, &[person::Record { name: "Zoe".into(), ..ana }]).await.unwrap();
    tx.commit(None).await.unwrap();
    for (typed, expected) in [
        ("budget", vec![("action", "raise budget")]),
        ("weather", vec![("note", "Weekly")]),
        ("numbers", vec![("meeting", "Forecast")]),
        ("secret", vec![("note", "Forecast")]),
        ("zoe", vec![("person", "Zoe")]),
        ("silva", vec![("person", "Ben Silva")]),
    ] {
        assert_eq!(named(&find(&house, typed, Filter::default()).await), expected, "{typed}");
    }
    assert_eq!(doctor::check(&mut *house.write().await).await.unwrap(), vec![]);
}

#[tokio::test]
async fn merged_people_are_found_as_one() {
    let house = library().await;
    let mut tx = house.write().await;
    person::merge(&mut tx, PersonId(uuid(51)), PersonId(uuid(50))).await.unwrap();
    tx.commit(None).await.unwrap();
    assert_eq!(named(&find(&house, "ben", Filter::default()).await), [("person", "Ana Silva")]);
    let mut tx = house.write().await;
    person::unmerge(&mut tx, PersonId(uuid(51))).await.unwrap();
    tx.commit(None).await.unwrap();
    assert_eq!(named(&find(&house, "ben", Filter::default()).await), [("person", "Ben Silva")]);
    assert_eq!(doctor::check(&mut *house.write().await).await.unwrap(), vec![]);
}
