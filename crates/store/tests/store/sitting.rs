use throughline_core::model::*;
use throughline_store::*;

use crate::support::*;

const NOTE: NoteId = NoteId(uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_001e));

async fn save(house: &House, text: &str, sitting: bool) -> Committed {
    let mut tx = house.write().await;
    tx.touch(Kind::Note, NOTE).await.unwrap();
    let revision = note::last_revision(&mut tx, NOTE).await.unwrap() + 1;
    note::save(&mut tx, &[note(30, MeetingId(uuid(9)), NotePart::Notes, text, revision)]).await.unwrap();
    if sitting {
        tx.commit_sitting(NOTE, at("2026-11-22T10:00:00Z")).await.unwrap()
    } else {
        tx.commit(Some(entry("action done"))).await.unwrap()
    }
}

async fn with_meeting() -> House {
    let house = house().await;
    let mut tx = house.write().await;
    meeting::put(&mut tx, &[meeting(9, Source::Local, "Sync", "2026-11-22")]).await.unwrap();
    tx.commit(None).await.unwrap();
    house
}

async fn texts(house: &House) -> Vec<(String, String, String)> {
    let history = change::history(&mut *house.read().await, Kind::Note, &NOTE.to_string()).await.unwrap();
    let text = |image: &Option<serde_json::Value>| {
        image.as_ref().map_or(String::new(), |image| image["text"].as_str().unwrap().to_owned())
    };
    let deltas = history.into_iter().map(|change| {
        let content = change.content.unwrap();
        (change.command, text(&content.deltas[0].before), text(&content.deltas[0].after))
    });
    deltas.collect()
}

#[tokio::test]
async fn a_sitting_is_one_entry_however_often_it_was_saved() {
    let house = with_meeting().await;
    for text in ["a", "ab", "abc"] {
        assert_eq!(save(&house, text, true).await.change, None);
    }
    assert_eq!(change::head(&mut *house.read().await).await.unwrap().0, 0);
    // Killed here: the next open finds it.
    let again = Vault::open(house.vault.dir()).await.unwrap();
    let open = sitting::open(&mut again.read().await.unwrap()).await.unwrap();
    assert_eq!(open.iter().map(|sitting| sitting.note).collect::<Vec<_>>(), [NOTE]);
    let mut tx = again.write(Durability::Full).await.unwrap();
    assert_eq!(sitting::close(&mut tx, NOTE, [1; 32]).await.unwrap(), Some(1));
    assert_eq!(sitting::close(&mut tx, NOTE, [1; 32]).await.unwrap(), None);
    tx.commit(None).await.unwrap();
    assert_eq!(texts(&house).await, [(sitting::COMMAND.into(), String::new(), "abc".into())]);
    assert_eq!(change::get(&mut *house.read().await, 1).await.unwrap().unwrap().at, at("2026-11-22T10:00:00Z"));
    assert!(sitting::open(&mut *house.read().await).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_command_under_an_open_editor_stands_between_two_sittings() {
    let house = with_meeting().await;
    save(&house, "a", true).await;
    assert_eq!(save(&house, "a, ticked", false).await.change, Some(2));
    save(&house, "a, ticked, more", true).await;
    let mut tx = house.write().await;
    sitting::close(&mut tx, NOTE, [1; 32]).await.unwrap();
    tx.commit(None).await.unwrap();
    let note = sitting::COMMAND.to_owned();
    let expected = [
        (note.clone(), String::new(), "a".to_owned()),
        ("action done".to_owned(), "a".to_owned(), "a, ticked".to_owned()),
        (note, "a, ticked".to_owned(), "a, ticked, more".to_owned()),
    ];
    assert_eq!(texts(&house).await, expected);
    assert_eq!(change::verify(&mut *house.read().await).await.unwrap(), []);
}

#[tokio::test]
async fn a_sitting_that_changed_nothing_leaves_no_entry() {
    let house = with_meeting().await;
    save(&house, "a", false).await;
    save(&house, "b", true).await;
    save(&house, "a", true).await;
    let mut tx = house.write().await;
    assert_eq!(sitting::close(&mut tx, NOTE, [1; 32]).await.unwrap(), None);
    tx.commit(None).await.unwrap();
    assert!(sitting::open(&mut *house.read().await).await.unwrap().is_empty());
}
