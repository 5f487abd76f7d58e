use throughline_core::graph::AsOf;
use throughline_core::model::*;
use throughline_store::item::Filter;
use throughline_store::*;

use crate::support::*;

#[tokio::test]
async fn notes_and_their_revisions_come_back_byte_for_byte() {
    let house = house().await;
    let mut tx = house.write().await;
    let id = MeetingId(uuid(1));
    meeting::put(&mut tx, &[meeting(1, Source::Local, "Sync", "2026-11-22")]).await.unwrap();
    let texts = ["# é\r\n\ttab \u{0} \"q\" \\ 😀", "", "  \n"];
    for (place, text) in texts.iter().enumerate() {
        note::save(&mut tx, &[note(2, id, NotePart::Prep, text, place as i64 + 1)]).await.unwrap();
        let found = note::get(&mut tx, NoteOwner::Meeting(id), NotePart::Prep).await.unwrap().unwrap();
        assert_eq!(&found.text, text);
        assert_eq!(meeting::get(&mut tx, id).await.unwrap().unwrap().has_notes, place == 0, "{text:?}");
    }
    let past = note::revisions(&mut tx, NoteId(uuid(2))).await.unwrap();
    assert_eq!(
        past.iter().map(|r| (r.revision, r.bytes)).collect::<Vec<_>>(),
        [(3, 3), (2, 0), (1, texts[0].len() as i64)]
    );
    note::thin_revisions(&mut tx, NoteId(uuid(2)), 1, 3).await.unwrap();
    assert_eq!(note::revision(&mut tx, NoteId(uuid(2)), 1).await.unwrap().as_deref(), Some(texts[0]));
    assert_eq!(note::revision(&mut tx, NoteId(uuid(2)), 2).await.unwrap(), None);
    assert!(note::get(&mut tx, NoteOwner::Meeting(id), NotePart::Notes).await.unwrap().is_none());
}

#[tokio::test]
async fn an_item_comes_back_whole() {
    let house = house().await;
    let mut tx = house.write().await;
    person::put(&mut tx, &[person(50, "ana"), person(51, "ben")]).await.unwrap();
    meeting::put(&mut tx, &[meeting(1, Source::Local, "Sync", "2026-11-22")]).await.unwrap();
    let saved = note(2, MeetingId(uuid(1)), NotePart::Private, "text", 1);
    note::save(&mut tx, std::slice::from_ref(&saved)).await.unwrap();
    let whole = Item {
        line: 7,
        status: ActionStatus::Dropped,
        owners: [(51, true), (50, false)]
            .map(|(n, inferred)| ItemOwner { person_id: PersonId(uuid(n)), inferred, written: "A \"B\"".into() })
            .to_vec(),
        due: Some(day("2026-12-01")),
        slips: 3,
        snoozed_until: Some(day("2026-12-02")),
        kept_until: Some(day("2026-12-09")),
        topics: vec!["b/c".into(), "a".into()],
        mentions: vec![PersonId(uuid(50))],
        links: vec![
            ItemLink { kind: LinkKind::Answers, target: ItemId(uuid(99)) },
            ItemLink { kind: LinkKind::Supersedes, target: ItemId(uuid(98)) },
        ],
        rationale: Some("be\ncause".into()),
        alternatives: Some("or".into()),
        revisit: Some(day("2027-01-01")),
        proposed: true,
        done_at: Some(at("2026-11-22T10:00:00.125Z")),
        ..item(3, ItemKind::Decision, &saved, "go")
    };
    item::put(&mut tx, std::slice::from_ref(&whole)).await.unwrap();
    assert_eq!(item::get(&mut tx, whole.id).await.unwrap().as_ref(), Some(&whole));
    assert_eq!(item::of_meeting(&mut tx, MeetingId(uuid(1))).await.unwrap(), std::slice::from_ref(&whole));
    assert_eq!(ids::resolve(&mut tx, ids::Table::Item, &format!("^{}", whole.anchor)).await.unwrap(), [whole.id.0]);
    let plain = item(3, ItemKind::Action, &saved, "stay");
    item::put(&mut tx, std::slice::from_ref(&plain)).await.unwrap();
    assert_eq!(item::get(&mut tx, whole.id).await.unwrap(), Some(plain.clone()));
    assert_eq!(item::taken(&mut tx, &[plain.anchor.clone(), "zzzzzz".into()]).await.unwrap().len(), 1);
}

#[tokio::test]
async fn items_are_kept_by_filter() {
    let house = house().await;
    let mut tx = house.write().await;
    let acme = Organization { id: OrganizationId(uuid(60)), name: "Acme".into(), domains: vec![] };
    organization::put(&mut tx, std::slice::from_ref(&acme)).await.unwrap();
    let ana = person::Record { organization_id: Some(acme.id), ..person(50, "ana") };
    person::put(&mut tx, &[ana, person(51, "ben"), person(52, "ana2")]).await.unwrap();
    let (ana, ben) = (PersonId(uuid(50)), PersonId(uuid(51)));
    meeting::put(
        &mut tx,
        &[meeting(1, Source::Local, "Old", "2026-11-01"), meeting(2, Source::Local, "New", "2026-11-20")],
    )
    .await
    .unwrap();
    attendance::set_present(&mut tx, MeetingId(uuid(2)), ana, Presence::Yes).await.unwrap();
    let old = note(3, MeetingId(uuid(1)), NotePart::Notes, "x", 1);
    let new = note(4, MeetingId(uuid(2)), NotePart::Private, "x", 1);
    note::save(&mut tx, &[old.clone(), new.clone()]).await.unwrap();
    let topics = |topic: &str, item: Item| Item { topics: vec![topic.into()], ..item };
    let link =
        |kind, target: u128, item: Item| Item { links: vec![ItemLink { kind, target: ItemId(uuid(target)) }], ..item };
    item::put(
        &mut tx,
        &[
            owned_by(
                PersonId(uuid(52)),
                Item { due: Some(day("2026-11-10")), ..item(10, ItemKind::Action, &old, "a") },
            ),
            Item { status: ActionStatus::Done, due: Some(day("2026-11-10")), ..item(11, ItemKind::Action, &old, "b") },
            topics("client/acme", item(12, ItemKind::Decision, &old, "c")),
            link(LinkKind::Supersedes, 12, topics("client", item(13, ItemKind::Decision, &new, "d"))),
            topics("clients", Item { proposed: true, ..item(14, ItemKind::Decision, &old, "e") }),
            link(LinkKind::Supersedes, 13, Item { archived: true, ..item(15, ItemKind::Decision, &new, "f") }),
            item(16, ItemKind::Question, &old, "g"),
            item(17, ItemKind::Question, &old, "h"),
            link(LinkKind::Answers, 16, Item { mentions: vec![ben], ..item(18, ItemKind::Action, &new, "i") }),
        ],
    )
    .await
    .unwrap();
    person::merge(&mut tx, PersonId(uuid(52)), ana).await.unwrap();
    let all = Filter::default;
    let by = |text: &str| AsOf { day: day(text), zone: chrono_tz::UTC };
    for (name, filter, expected) in [
        ("all", all(), vec![10, 11, 12, 13, 14, 16, 17, 18]),
        ("kind", Filter { kind: Some(ItemKind::Decision), ..all() }, vec![12, 13, 14]),
        ("open", Filter { status: Some(ActionStatus::Open), ..all() }, vec![10, 18]),
        ("overdue", Filter { overdue: Some(day("2026-11-11")), ..all() }, vec![10]),
        ("due that day", Filter { overdue: Some(day("2026-11-10")), ..all() }, vec![]),
        ("owner", Filter { owner: Some(ana), ..all() }, vec![10]),
        ("person", Filter { person: Some(ana), ..all() }, vec![10, 13, 18]),
        ("mentioned", Filter { person: Some(ben), ..all() }, vec![18]),
        ("organization", Filter { organization: Some(acme.id), ..all() }, vec![10, 13, 18]),
        ("topic", Filter { topic: Some("client".into()), ..all() }, vec![12, 13]),
        ("since", Filter { since: Some(day("2026-11-20")), ..all() }, vec![13, 18]),
        ("meeting", Filter { meeting: Some(MeetingId(uuid(2))), ..all() }, vec![13, 18]),
        ("holding", Filter { holding: Some(by("2026-12-31")), ..all() }, vec![13]),
        ("held before", Filter { holding: Some(by("2026-11-19")), ..all() }, vec![12]),
        (
            "unanswered",
            Filter { unanswered: Some(AsOf { day: "2030-01-01".parse().unwrap(), zone: chrono_tz::UTC }), ..all() },
            vec![17],
        ),
        ("without private", Filter { without_private: true, ..all() }, vec![10, 11, 12, 14, 16, 17]),
    ] {
        let mut found: Vec<_> = item::list(&mut tx, &filter).await.unwrap().iter().map(|item| item.id).collect();
        found.sort();
        assert_eq!(found, expected.into_iter().map(|n| ItemId(uuid(n))).collect::<Vec<_>>(), "{name}");
    }
    let topics = item::topics(&mut tx).await.unwrap();
    assert_eq!(topics, [("client".into(), 1), ("client/acme".into(), 1), ("clients".into(), 1)]);
}
