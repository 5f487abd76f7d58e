use throughline_core::model::*;
use throughline_store::change::Undoable;
use throughline_store::*;

use crate::support::*;

#[tokio::test]
async fn a_merge_makes_two_people_one_and_can_be_taken_back() {
    let house = house().await;
    let (ana, ben, cy) = (PersonId(uuid(1)), PersonId(uuid(2)), PersonId(uuid(3)));
    let mut tx = house.write().await;
    person::put(&mut tx, &[person(1, "ana"), person(2, "ben"), person(3, "cy")]).await.unwrap();
    meeting::put(&mut tx, &[meeting(9, Source::Local, "Sync", "2026-11-22")]).await.unwrap();
    let invited = [ana, ben].map(|person| attendance::Invited {
        meeting: MeetingId(uuid(9)),
        person,
        role: if person == ana { Role::Optional } else { Role::Required },
        response: None,
    });
    attendance::put_invited(&mut tx, &[MeetingId(uuid(9))], &invited).await.unwrap();
    tx.commit(None).await.unwrap();

    let before = person::all(&mut *house.read().await).await.unwrap();
    let mut tx = house.write().await;
    assert!(person::merge(&mut tx, ana, ben).await.unwrap());
    tx.commit(Some(entry("person merge"))).await.unwrap();
    let mut tx = house.write().await;
    assert!(person::merge(&mut tx, ben, cy).await.unwrap());
    assert!(!person::merge(&mut tx, cy, ana).await.unwrap(), "they are the same already");
    tx.commit(Some(entry("person merge"))).await.unwrap();

    let mut read = house.read().await;
    let all = person::all(&mut read).await.unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].emails, ["cy@acme.com", "ana@acme.com", "ben@acme.com"]);
    assert!(all[0].aliases.contains(&"ana".to_owned()) && all[0].aliases.contains(&"Ben Silva".to_owned()));
    assert_eq!(person::resolve(&mut read, ana).await.unwrap(), Some(cy));
    let found = person::by_handles(&mut read, &["ana".into(), "ben".into(), "zoe".into()]).await.unwrap();
    assert_eq!((found.len(), found["ana"], found["ben"]), (2, cy, cy));
    assert_eq!(person::by_emails(&mut read, &["ana@acme.com".into()]).await.unwrap()["ana@acme.com"], cy);
    let there = attendance::of_meetings(&mut read, &[MeetingId(uuid(9))]).await.unwrap();
    assert_eq!(there.len(), 1);
    assert_eq!((there[0].person_id, there[0].role), (cy, Role::Required));
    assert_eq!(person::by_ids(&mut read, &[ana, cy]).await.unwrap().len(), 1);
    drop(read);

    let mut tx = house.write().await;
    assert!(person::unmerge(&mut tx, ben).await.unwrap());
    tx.commit(Some(entry("person unmerge"))).await.unwrap();
    let mut read = house.read().await;
    assert_eq!(person::resolve(&mut read, ana).await.unwrap(), Some(ben), "as before ben was merged");
    assert_eq!(person::resolve(&mut read, ben).await.unwrap(), Some(ben));
    drop(read);
    for _ in 0..3 {
        let mut tx = house.write().await;
        let last = change::last_undoable(&mut tx, Undoable::Command).await.unwrap().unwrap();
        change::undo(&mut tx, &last, at("2026-11-23")).await.unwrap();
        tx.commit(Some(Entry { undoes: Some(last.seq), ..entry("undo") })).await.unwrap();
    }
    assert_eq!(person::all(&mut *house.read().await).await.unwrap(), before);
    assert!(change::last_undoable(&mut *house.read().await, Undoable::Command).await.unwrap().is_none());
}

#[tokio::test]
async fn a_merge_is_news_of_everything_that_counts_as_anothers_now() {
    let house = house().await;
    let mut tx = house.write().await;
    person::put(&mut tx, &[person(1, "ana"), person(2, "ben")]).await.unwrap();
    meeting::put(&mut tx, &[meeting(9, Source::Local, "Sync", "2026-11-22")]).await.unwrap();
    let saved = note(10, MeetingId(uuid(9)), NotePart::Notes, "- [ ] x", 1);
    note::save(&mut tx, std::slice::from_ref(&saved)).await.unwrap();
    item::put(&mut tx, &[owned_by(PersonId(uuid(1)), item(11, ItemKind::Action, &saved, "x"))]).await.unwrap();
    attendance::set_present(&mut tx, MeetingId(uuid(9)), PersonId(uuid(1)), Presence::Yes).await.unwrap();
    tx.commit(None).await.unwrap();
    let mut tx = house.write().await;
    person::merge(&mut tx, PersonId(uuid(1)), PersonId(uuid(2))).await.unwrap();
    let done = tx.commit(Some(entry("person merge"))).await.unwrap();
    let expected = [(Kind::Person, 1), (Kind::Person, 2), (Kind::Meeting, 9), (Kind::Item, 11)];
    assert_eq!(done.touched, expected.map(|(kind, n)| (kind, uuid(n).to_string())));
    let rows = feed::since(&mut *house.read().await, 0).await.unwrap();
    assert_eq!(rows.into_iter().map(|row| (row.kind, row.id)).collect::<Vec<_>>(), done.touched);
    let owners = item::get(&mut *house.read().await, ItemId(uuid(11))).await.unwrap().unwrap().owners;
    assert_eq!(owners[0].person_id, PersonId(uuid(2)));
}

#[tokio::test]
async fn people_are_found_by_whatever_names_them() {
    let house = house().await;
    let mut tx = house.write().await;
    let ana = person::Record {
        name: "Ána  Távora".into(),
        aliases: vec!["Nana".into()],
        emails: vec!["ana@x.org".into(), "at@y.org".into()],
        ..person(1, "ana")
    };
    person::put(&mut tx, &[ana, person(2, "ben"), person::Record { name: "Ana Tavora".into(), ..person(3, "ana.t") }])
        .await
        .unwrap();
    for (text, found) in [
        ("ana", vec![1]),
        ("@Ana", vec![1]),
        ("AT@y.org", vec![1]),
        ("ana tavora", vec![1, 3]),
        ("nana", vec![1]),
        ("@ben", vec![2]),
        ("nobody", vec![]),
        ("", vec![]),
    ] {
        let expected: Vec<PersonId> = found.into_iter().map(|n| PersonId(uuid(n))).collect();
        assert_eq!(person::find(&mut tx, text).await.unwrap(), expected, "{text}");
    }
    assert!(person::handles(&mut tx).await.unwrap().contains("nana"));
}

#[tokio::test]
async fn an_address_stays_with_whom_it_was_first() {
    let house = house().await;
    let mut tx = house.write().await;
    let thief = person::Record { emails: vec!["ben@acme.com".into(), "ana@acme.com".into()], ..person(2, "ben") };
    person::put(&mut tx, &[person(1, "ana"), thief]).await.unwrap();
    let found = person::by_emails(&mut tx, &["ana@acme.com".into()]).await.unwrap();
    assert_eq!(found["ana@acme.com"], PersonId(uuid(1)));
    assert_eq!(person::get(&mut tx, PersonId(uuid(2))).await.unwrap().unwrap().emails, ["ben@acme.com"]);
}

#[tokio::test]
async fn organizations_are_found_by_domain_and_name() {
    let house = house().await;
    let mut tx = house.write().await;
    let acme = Organization {
        id: OrganizationId(uuid(5)),
        name: "Açme".into(),
        domains: vec!["acme.com".into(), "acme.org".into()],
    };
    organization::put(&mut tx, std::slice::from_ref(&acme)).await.unwrap();
    person::put(&mut tx, &[person::Record { organization_id: Some(acme.id), ..person(1, "ana") }]).await.unwrap();
    for text in ["acme", "ACME.org"] {
        assert_eq!(organization::find(&mut tx, text).await.unwrap(), [acme.id], "{text}");
    }
    assert_eq!(organization::people(&mut tx, acme.id).await.unwrap(), [PersonId(uuid(1))]);
    assert_eq!(organization::by_domains(&mut tx, &["acme.org".into()]).await.unwrap()["acme.org"], acme.id);
    assert_eq!(organization::all(&mut tx).await.unwrap(), [acme]);
}

#[tokio::test]
async fn ids_are_found_by_prefix_and_by_ending() {
    let house = house().await;
    let mut tx = house.write().await;
    person::put(&mut tx, &[person(0x11_abcd, "ana"), person(0x22_abcd, "ben")]).await.unwrap();
    let (ana, ben) = (uuid(0x11_abcd), uuid(0x22_abcd));
    for (text, found) in [
        (ana.to_string(), vec![ana]),
        (ana.to_string().to_uppercase(), vec![ana]),
        (ana.simple().to_string(), vec![ana]),
        ("0190".to_owned(), vec![ana, ben]),
        ("019".to_owned(), vec![ana, ben]),
        ("abcd".to_owned(), vec![ana, ben]),
        ("22abcd".to_owned(), vec![ben]),
        ("bcd".to_owned(), vec![]),
        ("ffff".to_owned(), vec![]),
        ("%".to_owned(), vec![]),
        (String::new(), vec![]),
        ("^abcd".to_owned(), vec![]),
    ] {
        let mut ids = ids::resolve(&mut tx, ids::Table::Person, &text).await.unwrap();
        ids.sort();
        assert_eq!(ids, found, "{text}");
    }
    assert!(ids::resolve(&mut tx, ids::Table::Meeting, "0190").await.unwrap().is_empty());
}
