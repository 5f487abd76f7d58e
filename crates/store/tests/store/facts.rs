use std::collections::BTreeMap;

use throughline_core::graph::{Fact, MeetingFact, NodeRef, SeriesFact, attendance_weight};
use throughline_core::model::*;
use throughline_store::meeting::Base;
use throughline_store::*;

use crate::support::*;

fn node(fact: &Fact) -> NodeRef {
    match fact {
        Fact::Person(person) => NodeRef::Person(person.id),
        Fact::Organization(organization) => NodeRef::Organization(organization.id),
        Fact::Series(series) => NodeRef::Series(series.id),
        Fact::Meeting(meeting) => NodeRef::Meeting(meeting.id),
        Fact::Item(item) => NodeRef::Item(item.id),
    }
}

fn by_node(facts: Vec<Fact>) -> BTreeMap<NodeRef, Fact> {
    let count = facts.len();
    let map: BTreeMap<_, _> = facts.into_iter().map(|fact| (node(&fact), fact)).collect();
    assert_eq!(map.len(), count, "nothing twice");
    map
}

/// Four people, two series, six meetings a year apart from a lone one, items with links across.
async fn world() -> House {
    let house = house().await;
    let mut tx = house.write().await;
    let acme = Organization { id: OrganizationId(uuid(6)), name: "Acme".into(), domains: vec!["acme.com".into()] };
    organization::put(&mut tx, std::slice::from_ref(&acme)).await.unwrap();
    let of_acme = |n, handle| person::Record { organization_id: Some(acme.id), ..person(n, handle) };
    let me = person::Record { is_me: true, ..person(50, "me") };
    person::put(&mut tx, &[me, of_acme(51, "ana"), person(52, "ben"), person(53, "cy"), person(54, "ana.old")])
        .await
        .unwrap();
    for n in [70, 71] {
        series::put(&mut tx, &[SeriesFact { id: SeriesId(uuid(n)), title: format!("s{n}") }]).await.unwrap();
    }
    let in_series = |n, series: Option<u128>, start| Base {
        series_id: series.map(|n| SeriesId(uuid(n))),
        ..meeting(n, Source::Google, &format!("m{n}"), start)
    };
    meeting::put(
        &mut tx,
        &[
            in_series(1, Some(70), "2026-11-01"),
            in_series(2, Some(70), "2026-11-08"),
            in_series(3, Some(71), "2026-11-02"),
            in_series(4, None, "2026-11-03"),
            in_series(5, None, "2026-11-04"),
            Base { times: days(6, "x", "2026-11-05", "2026-11-06").times, ..in_series(6, None, "2026-11-05") },
        ],
    )
    .await
    .unwrap();
    let at = [(1, 50), (1, 54), (2, 50), (2, 51), (3, 51), (4, 50), (4, 52), (5, 53), (6, 50)];
    let invited = at.map(|(meeting, person)| attendance::Invited {
        meeting: MeetingId(uuid(meeting)),
        person: PersonId(uuid(person)),
        role: Role::Required,
        response: None,
    });
    attendance::put_invited(&mut tx, &(1..=6).map(|n| MeetingId(uuid(n))).collect::<Vec<_>>(), &invited).await.unwrap();
    attendance::add_to_series(&mut tx, SeriesId(uuid(71)), PersonId(uuid(52)), Role::Optional).await.unwrap();
    let mut notes: Vec<_> = (1..=6).map(|n| note(100 + n, MeetingId(uuid(n)), NotePart::Notes, "text", 1)).collect();
    notes[1].topics = vec!["road".into()];
    notes[5].mentions = vec![PersonId(uuid(54))];
    note::save(&mut tx, &notes).await.unwrap();
    let link = |kind, target, item: Item| Item { links: vec![ItemLink { kind, target: ItemId(uuid(target)) }], ..item };
    item::put(
        &mut tx,
        &[
            owned_by(PersonId(uuid(54)), item(201, ItemKind::Action, &notes[0], "a")),
            link(LinkKind::Supersedes, 203, item(202, ItemKind::Decision, &notes[2], "b")),
            item(203, ItemKind::Decision, &notes[4], "c"),
            Item { topics: vec!["road/map".into()], ..item(204, ItemKind::Decision, &notes[3], "d") },
            Item { archived: true, ..item(205, ItemKind::Action, &notes[5], "e") },
            Item { mentions: vec![PersonId(uuid(51))], ..item(206, ItemKind::Question, &notes[5], "f") },
            item(207, ItemKind::Question, &notes[4], "g"),
        ],
    )
    .await
    .unwrap();
    person::merge(&mut tx, PersonId(uuid(54)), PersonId(uuid(51))).await.unwrap();
    tx.commit(None).await.unwrap();
    house
}

#[tokio::test]
async fn single_nodes_are_slices_of_the_whole() {
    let house = world().await;
    let mut read = house.read().await;
    let all = by_node(facts::all(&mut read).await.unwrap());
    assert_eq!(all.len(), 4 + 1 + 2 + 6 + 6);
    let nodes: Vec<NodeRef> = all.keys().cloned().collect();
    let (found, gone) = facts::of(&mut read, &nodes).await.unwrap();
    assert_eq!((by_node(found), gone), (all.clone(), vec![]));
    for (node, fact) in &all {
        let (found, gone) = facts::of(&mut read, std::slice::from_ref(node)).await.unwrap();
        assert_eq!((found, gone), (vec![fact.clone()], vec![]), "{node:?}");
    }
    let missing = [
        NodeRef::Person(PersonId(uuid(54))),
        NodeRef::Organization(OrganizationId(uuid(999))),
        NodeRef::Series(SeriesId(uuid(999))),
        NodeRef::Meeting(MeetingId(uuid(999))),
        NodeRef::Item(ItemId(uuid(205))),
    ];
    let mut asked = missing.to_vec();
    asked.extend([NodeRef::Topic("road".into()), missing[0].clone()]);
    let (found, gone) = facts::of(&mut read, &asked).await.unwrap();
    assert_eq!((found, gone), (vec![], missing.to_vec()));
}

#[tokio::test]
async fn merges_are_followed_and_mentions_outside_items_told() {
    let house = world().await;
    let all = by_node(facts::all(&mut *house.read().await).await.unwrap());
    let Fact::Meeting(first) = &all[&NodeRef::Meeting(MeetingId(uuid(1)))] else { panic!("a meeting") };
    let people: Vec<_> = first.attendances.iter().map(|at| at.person_id).collect();
    assert_eq!(people, [PersonId(uuid(50)), PersonId(uuid(51))]);
    let Fact::Meeting(sixth) = &all[&NodeRef::Meeting(MeetingId(uuid(6)))] else { panic!("a meeting") };
    assert_eq!((&sixth.mentions[..], sixth.times.is_all_day()), (&[PersonId(uuid(51))][..], true));
}

/// A meeting with those whom its part leaves out, and who are weighed there instead.
fn whole(part: &Fact, all: &BTreeMap<NodeRef, Fact>) -> Fact {
    let (Fact::Meeting(meeting), Some(Fact::Meeting(whole))) = (part, all.get(&node(part))) else {
        return part.clone();
    };
    let left_out = whole.attendances.iter().filter(|at| !meeting.attendances.contains(at));
    let weight: u32 = left_out.map(|at| u32::from(attendance_weight(at))).sum();
    assert_eq!(meeting.unnamed, weight, "{meeting:?}");
    Fact::Meeting(MeetingFact { attendances: whole.attendances.clone(), unnamed: 0, ..meeting.clone() })
}

#[tokio::test]
async fn neighbourhoods_hold_what_they_need_as_the_whole_has_it() {
    let house = world().await;
    let mut read = house.read().await;
    let all = by_node(facts::all(&mut read).await.unwrap());
    let (me, now) = (Some(PersonId(uuid(50))), at("2026-12-31T00:00:00Z"));
    let brief = facts::around_meetings(&mut read, &[MeetingId(uuid(2))], me, now).await.unwrap();
    let ledger = facts::around_people(&mut read, &[PersonId(uuid(52))]).await.unwrap();
    let acme = facts::around_organization(&mut read, OrganizationId(uuid(6))).await.unwrap();
    let item = facts::around_item(&mut read, ItemId(uuid(203))).await.unwrap();
    let nothing = facts::around_meetings(&mut read, &[MeetingId(uuid(999))], me, now).await.unwrap();
    for (name, facts, meetings, items) in [
        // 3 by Ana, 4 by the topic below one of the series, 5 by the decision that 3 supersedes. 6 has only a question that
        // names somebody, which no brief tells.
        ("brief", brief, vec![1, 2, 3, 4, 5], vec![201, 202, 203, 204]),
        ("ledger", ledger, vec![3, 4, 5], vec![202, 203, 204]),
        ("organization", acme, vec![1, 2, 3, 5, 6], vec![201, 202, 203, 206]),
        ("item", item, vec![3, 5], vec![202, 203]),
        ("nothing", nothing, vec![], vec![]),
    ] {
        let found = by_node(facts);
        for (node, fact) in &found {
            assert_eq!(Some(&whole(fact, &all)), all.get(node), "{name}");
        }
        let of = |wanted: fn(&NodeRef) -> Option<uuid::Uuid>| found.keys().filter_map(wanted).collect::<Vec<_>>();
        let expected = |list: &[u128]| list.iter().map(|n| uuid(*n)).collect::<Vec<_>>();
        let found_meetings = of(|node| if let NodeRef::Meeting(id) = node { Some(id.0) } else { None });
        assert_eq!(found_meetings, expected(&meetings), "{name}");
        let found_items = of(|node| if let NodeRef::Item(id) = node { Some(id.0) } else { None });
        assert_eq!(found_items, expected(&items), "{name}");
        for fact in found.values() {
            if let Fact::Meeting(meeting) = fact {
                assert!(
                    meeting.attendances.iter().all(|at| found.contains_key(&NodeRef::Person(at.person_id))),
                    "{name}"
                );
            }
        }
    }
}
