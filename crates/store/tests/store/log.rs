use throughline_core::model::*;
use throughline_store::change::Problem;
use throughline_store::change::Undoable;
use throughline_store::*;

use crate::support::*;

async fn three() -> House {
    let house = house().await;
    for n in 1..=3_i64 {
        let mut tx = house.write().await;
        tx.touch(Kind::Setting, "n").await.unwrap();
        setting::set(&mut tx, "n", &n).await.unwrap();
        assert_eq!(tx.commit(Some(entry("set"))).await.unwrap().change, Some(n));
    }
    house
}

async fn problems(house: &House) -> Vec<Problem> {
    change::verify(&mut *house.read().await).await.unwrap()
}

#[tokio::test]
async fn nothing_changed_is_nothing_logged() {
    let house = three().await;
    let mut tx = house.write().await;
    tx.touch(Kind::Setting, "n").await.unwrap();
    setting::set(&mut tx, "n", &3).await.unwrap();
    let done = tx.commit(Some(entry("set"))).await.unwrap();
    assert_eq!(done, Committed::default());
    assert_eq!(change::head(&mut *house.read().await).await.unwrap().0, 3);
}

#[tokio::test]
async fn tampering_is_seen() {
    const FREE: &str = "DROP TRIGGER change_stays; DROP TRIGGER change_is_only_erased;";
    for (sql, expected) in [
        ("UPDATE change SET content = replace(content, '1', '9') WHERE seq = 1", Problem::Content { seq: 1 }),
        ("UPDATE change SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 2", Problem::Link { seq: 2 }),
        ("UPDATE change SET command = 'other' WHERE seq = 3", Problem::Link { seq: 3 }),
        ("UPDATE change SET digest = x'00' WHERE seq = 2", Problem::Link { seq: 2 }),
        ("UPDATE change SET undoes = 1 WHERE seq = 2", Problem::Link { seq: 2 }),
        ("DELETE FROM change_object; DELETE FROM change WHERE seq = 2", Problem::Gap { seq: 3 }),
        ("DELETE FROM change_object; DELETE FROM change WHERE seq = 1", Problem::Gap { seq: 2 }),
    ] {
        let house = three().await;
        assert_eq!(problems(&house).await, []);
        house.tamper(FREE).await;
        house.tamper(sql).await;
        assert!(problems(&house).await.contains(&expected), "{sql}: {:?}", problems(&house).await);
    }
}

#[tokio::test]
async fn the_log_cannot_be_rewritten_by_mistake() {
    let house = three().await;
    for sql in
        ["DELETE FROM change WHERE seq = 3", "UPDATE change SET command = 'x'", "UPDATE change SET content = 'x'"]
    {
        let mut raw = house.raw().await;
        assert!(sqlx::raw_sql(sql).execute(&mut raw).await.is_err(), "{sql}");
    }
}

#[tokio::test]
async fn a_shortened_log_is_seen_by_a_head_written_down() {
    let house = three().await;
    let (_, head) = change::head(&mut *house.read().await).await.unwrap();
    assert!(change::contains(&mut *house.read().await, &head).await.unwrap());
    house.tamper("DROP TRIGGER change_stays; DELETE FROM change_object; DELETE FROM change WHERE seq = 3").await;
    assert_eq!(problems(&house).await, []);
    assert!(!change::contains(&mut *house.read().await, &head).await.unwrap());
}

#[tokio::test]
async fn what_is_erased_is_gone_and_the_chain_verifies() {
    let house = three().await;
    let mut tx = house.write().await;
    change::erase(&mut tx, 2).await.unwrap();
    tx.commit(None).await.unwrap();
    assert_eq!(problems(&house).await, []);
    let mut read = house.read().await;
    assert_eq!(change::get(&mut read, 2).await.unwrap().unwrap().content, None);
    assert_eq!(change::history(&mut read, Kind::Setting, "n").await.unwrap().len(), 3);
    assert_eq!(change::last_undoable(&mut read, Undoable::Command).await.unwrap().unwrap().seq, 3);
}

#[tokio::test]
async fn two_entries_of_the_same_content_differ_by_salt() {
    let house = house().await;
    let mut digests = Vec::new();
    for salt in [[1; 32], [2; 32]] {
        let mut tx = house.write().await;
        tx.touch(Kind::Setting, "n").await.unwrap();
        let old = setting::get::<bool>(&mut tx, "n").await.unwrap().unwrap_or_default();
        setting::set(&mut tx, "n", &!old).await.unwrap();
        let seq = tx.commit(Some(Entry { salt, ..entry("set") })).await.unwrap().change.unwrap();
        let digest: Vec<u8> = sqlx::query_scalar("SELECT digest FROM change WHERE seq = ?1")
            .bind(seq)
            .fetch_one(&mut house.raw().await)
            .await
            .unwrap();
        digests.push(digest);
    }
    assert_ne!(digests[0], digests[1]);
}

#[tokio::test]
async fn a_decisions_entry_says_when_and_before_whom() {
    let house = house().await;
    let mut tx = house.write().await;
    person::put(&mut tx, &[person(1, "ana"), person(2, "ben"), person(3, "cy")]).await.unwrap();
    let id = MeetingId(uuid(9));
    meeting::put(&mut tx, &[meeting(9, Source::Local, "Board", "2026-11-22")]).await.unwrap();
    for (n, present) in [(1, Presence::Yes), (2, Presence::No)] {
        attendance::set_present(&mut tx, id, PersonId(uuid(n)), present).await.unwrap();
    }
    let ben = attendance::Invited { meeting: id, person: PersonId(uuid(3)), role: Role::Required, response: None };
    attendance::put_invited(&mut tx, &[id], &[ben]).await.unwrap();
    tx.commit(None).await.unwrap();
    let mut tx = house.write().await;
    tx.touch(Kind::Note, uuid(10)).await.unwrap();
    let saved = note(10, id, NotePart::Notes, "=> go\n!! write", 1);
    note::save(&mut tx, std::slice::from_ref(&saved)).await.unwrap();
    let (go, write) = (item(11, ItemKind::Decision, &saved, "go"), item(12, ItemKind::Action, &saved, "write"));
    item::put(&mut tx, &[go, write]).await.unwrap();
    let done = tx.commit(Some(entry("note set"))).await.unwrap();
    let touched = [(Kind::Meeting, 9), (Kind::Note, 10), (Kind::Item, 11), (Kind::Item, 12)];
    assert_eq!(done.touched, touched.map(|(kind, n)| (kind, uuid(n).to_string())));
    let mut read = house.read().await;
    let history = change::history(&mut read, Kind::Item, &uuid(11).to_string()).await.unwrap();
    assert_eq!(history.len(), 1);
    let decisions = &history[0].content.as_ref().unwrap().decisions;
    assert_eq!(decisions.len(), 1);
    assert_eq!((decisions[0].title.as_str(), decisions[0].date.as_str()), ("Board", "2026-11-22"));
    let present: Vec<_> = decisions[0].present.iter().map(|who| (who.name.as_str(), who.said)).collect();
    assert_eq!(present, [("Ana Silva", true)]);
}

#[tokio::test]
async fn the_feed_is_read_on_and_pruned() {
    let house = three().await;
    let mut tx = house.write().await;
    assert_eq!(feed::since(&mut tx, 2).await.unwrap().len(), 1);
    assert_eq!((feed::tail(&mut tx).await.unwrap(), feed::head(&mut tx).await.unwrap()), (Some(1), 3));
    feed::prune(&mut tx, 1).await.unwrap();
    assert_eq!(feed::tail(&mut tx).await.unwrap(), Some(3));
    feed::prune(&mut tx, 0).await.unwrap();
    assert_eq!((feed::tail(&mut tx).await.unwrap(), feed::head(&mut tx).await.unwrap()), (None, 3));
    tx.feed(Kind::Series, uuid(1));
    tx.commit(None).await.unwrap();
    assert_eq!(feed::since(&mut *house.read().await, 3).await.unwrap()[0].seq, 4, "numbers are not used again");
}
