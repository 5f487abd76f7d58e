//! Undo of each kind restores what was, exactly, and nothing that a sync owns.

use serde_json::Value;
use throughline_core::graph::SeriesFact;
use throughline_core::model::*;
use throughline_store::change::Undoable;
use throughline_store::meeting::{Base, Overlay};
use throughline_store::note::Saved;
use throughline_store::*;

use crate::support::*;

async fn images(house: &House, keys: &[(Kind, String)]) -> Vec<Option<Value>> {
    let mut read = house.read().await;
    let mut images = Vec::new();
    for (kind, id) in keys {
        images.push(image::read(&mut read, *kind, id).await.unwrap());
    }
    images
}

async fn undo(house: &House) -> Vec<(Kind, String)> {
    let mut tx = house.write().await;
    let last = change::last_undoable(&mut tx, Undoable::Command).await.unwrap().unwrap();
    let undone = change::undo(&mut tx, &last, at("2026-11-23")).await.unwrap();
    tx.commit(Some(Entry { undoes: Some(last.seq), ..entry("undo") })).await.unwrap();
    undone
}

/// Runs `$change` in a transaction that touched `$keys`, and sees that undo brings the images of `$keys` back.
macro_rules! check {
    ($house:ident, [$($key:expr),+ $(,)?], |$tx:ident| $change:block) => {{
        let keys: Vec<(Kind, String)> = vec![$($key),+];
        let before = images(&$house, &keys).await;
        let mut $tx = $house.write().await;
        for (kind, id) in &keys {
            $tx.touch(*kind, id).await.unwrap();
        }
        $change
        let done = $tx.commit(Some(entry("test"))).await.unwrap();
        assert!(done.change.is_some(), "something changed");
        let after = images(&$house, &keys).await;
        assert_ne!(before, after);
        undo(&$house).await;
        assert_eq!(images(&$house, &keys).await, before);
        assert!(change::verify(&mut *$house.read().await).await.unwrap().is_empty());
        assert_eq!(doctor::check(&mut *$house.write().await).await.unwrap(), vec![]);
        after
    }};
}

fn key(kind: Kind, n: u128) -> (Kind, String) {
    (kind, uuid(n).to_string())
}

const SYNCED: u128 = 20;
const OWN: u128 = 21;

async fn furnished() -> House {
    let house = house().await;
    let mut tx = house.write().await;
    account(&mut tx, 1).await;
    let acme = Organization { id: OrganizationId(uuid(5)), name: "Acme".into(), domains: vec!["acme.com".into()] };
    organization::put(&mut tx, &[acme]).await.unwrap();
    person::put(&mut tx, &[person(10, "ana"), person(11, "ben")]).await.unwrap();
    series::put(&mut tx, &[SeriesFact { id: SeriesId(uuid(8)), title: "Weekly".into() }]).await.unwrap();
    let synced = meeting(SYNCED, Source::Google, "Sync", "2026-11-22");
    let own = meeting(OWN, Source::Local, "Own", "2026-11-23");
    meeting::put(&mut tx, &[Base { series_id: Some(SeriesId(uuid(8))), ..synced }, own]).await.unwrap();
    let mut saved = note(30, MeetingId(uuid(OWN)), NotePart::Notes, "- [ ] call ^aaaa28\n=> yes ^aaaa29\n", 1);
    saved.topics = vec!["acme".into()];
    saved.mentions = vec![PersonId(uuid(11))];
    note::save(&mut tx, std::slice::from_ref(&saved)).await.unwrap();
    let call = owned_by(PersonId(uuid(10)), item(40, ItemKind::Action, &saved, "call"));
    let yes = Item {
        topics: vec!["x/y".into()],
        rationale: Some("why".into()),
        ..item(41, ItemKind::Decision, &saved, "yes")
    };
    let link = ItemLink { kind: LinkKind::BlockedBy, target: yes.id };
    item::put(&mut tx, &[yes.clone(), Item { links: vec![link], ..call }]).await.unwrap();
    queue::put(&mut tx, MeetingId(uuid(SYNCED)), at("2026-11-20")).await.unwrap();
    setting::set(&mut tx, "look", &"dark").await.unwrap();
    tx.commit(None).await.unwrap();
    house
}

#[tokio::test]
async fn small_things_come_back() {
    let house = furnished().await;
    check!(house, [key(Kind::Calendar, 2)], |tx| {
        calendar::set_enabled(&mut tx, CalendarId(uuid(2)), false).await.unwrap();
    });
    check!(house, [key(Kind::Account, 1)], |tx| {
        let account = account::get(&mut tx, AccountId(uuid(1))).await.unwrap().unwrap();
        account::put(&mut tx, &Account { name: "Other".into(), ..account }).await.unwrap();
    });
    check!(house, [(Kind::Setting, "look".into()), (Kind::Setting, "new".into())], |tx| {
        setting::remove(&mut tx, "look").await.unwrap();
        setting::set(&mut tx, "new", &[1, 2]).await.unwrap();
    });
    check!(house, [(Kind::Query, "q".into())], |tx| { query::put(&mut tx, "q", "a and b").await.unwrap() });
    check!(house, [key(Kind::Queue, SYNCED)], |tx| {
        queue::decide(&mut tx, MeetingId(uuid(SYNCED)), Some(queue::Decision::Keep)).await.unwrap();
    });
    check!(house, [key(Kind::Queue, SYNCED)], |tx| {
        queue::remove(&mut tx, &[MeetingId(uuid(SYNCED))]).await.unwrap();
    });
    check!(house, [key(Kind::Organization, 5), key(Kind::Organization, 6)], |tx| {
        let other = Organization { id: OrganizationId(uuid(6)), name: "B".into(), domains: vec!["acme.com".into()] };
        let acme = Organization { id: OrganizationId(uuid(5)), name: "Acme 2".into(), domains: vec![] };
        organization::put(&mut tx, &[acme, other]).await.unwrap();
    });
}

#[tokio::test]
async fn people_come_back_and_go() {
    let house = furnished().await;
    check!(house, [key(Kind::Person, 10), key(Kind::Person, 12)], |tx| {
        let ana = person::record(&mut tx, PersonId(uuid(10))).await.unwrap().unwrap();
        let ana = person::Record {
            name: "Ana".into(),
            relation: Relation::Client,
            organization_id: Some(OrganizationId(uuid(5))),
            employments: Vec::new(),
            emails: vec!["z@y.org".into(), "ana@acme.com".into()],
            aliases: vec!["Nana".into()],
            ..ana
        };
        person::put(&mut tx, &[ana, person(12, "new")]).await.unwrap();
    });
    // A new person somebody points at since stays.
    let mut tx = house.write().await;
    tx.touch(Kind::Person, uuid(13)).await.unwrap();
    person::put(&mut tx, &[person(13, "dee")]).await.unwrap();
    tx.commit(Some(entry("note set"))).await.unwrap();
    let mut tx = house.vault.write(Durability::Normal).await.unwrap();
    let invited = attendance::Invited {
        meeting: MeetingId(uuid(SYNCED)),
        person: PersonId(uuid(13)),
        role: Role::Required,
        response: None,
    };
    attendance::put_invited(&mut tx, &[invited.meeting], &[invited]).await.unwrap();
    tx.commit(None).await.unwrap();
    undo(&house).await;
    assert!(person::get(&mut *house.read().await, PersonId(uuid(13))).await.unwrap().is_some());
}

#[tokio::test]
async fn a_new_person_goes_though_a_note_on_them_was_written_and_taken_back() {
    let house = furnished().await;
    let mut tx = house.write().await;
    tx.touch(Kind::Person, uuid(13)).await.unwrap();
    person::put(&mut tx, &[person(13, "dee")]).await.unwrap();
    tx.commit(Some(entry("note set"))).await.unwrap();
    let mut tx = house.write().await;
    tx.touch(Kind::Note, uuid(33)).await.unwrap();
    let saved = note(33, MeetingId(uuid(OWN)), NotePart::Notes, "likes tea\n", 1);
    let note = Note { owner: NoteOwner::Person(PersonId(uuid(13))), ..saved.note.clone() };
    note::save(&mut tx, &[Saved { note, ..saved }]).await.unwrap();
    tx.commit(Some(entry("person note"))).await.unwrap();
    undo(&house).await;
    undo(&house).await;
    assert!(person::get(&mut *house.read().await, PersonId(uuid(13))).await.unwrap().is_none());
    assert_eq!(doctor::check(&mut *house.write().await).await.unwrap(), vec![]);
}

#[tokio::test]
async fn what_was_set_on_a_meeting_comes_back_and_what_a_sync_said_since_stays() {
    let house = furnished().await;
    let id = MeetingId(uuid(SYNCED));
    let mut tx = house.write().await;
    tx.touch(Kind::Meeting, id).await.unwrap();
    tx.touch(Kind::Attendance, id).await.unwrap();
    meeting::set(&mut tx, id, &Overlay { held: Some(true), ..Overlay::default() }).await.unwrap();
    attendance::set_present(&mut tx, id, PersonId(uuid(10)), Presence::Yes).await.unwrap();
    tx.commit(Some(entry("meeting edit"))).await.unwrap();
    let mut tx = house.vault.write(Durability::Normal).await.unwrap();
    let (base, _) = meeting::stored(&mut tx, &[id]).await.unwrap().pop().unwrap();
    meeting::put(&mut tx, &[Base { title: "Moved".into(), ..base }]).await.unwrap();
    let invited =
        attendance::Invited { meeting: id, person: PersonId(uuid(11)), role: Role::Organizer, response: None };
    attendance::put_invited(&mut tx, &[id], &[invited]).await.unwrap();
    tx.feed(Kind::Meeting, id);
    tx.commit(None).await.unwrap();
    assert_eq!(undo(&house).await.len(), 2);
    let mut read = house.read().await;
    let found = meeting::get(&mut read, id).await.unwrap().unwrap();
    assert_eq!((found.title.as_str(), found.held), ("Moved", None));
    let there = attendance::of_meetings(&mut read, &[id]).await.unwrap();
    assert_eq!(there.iter().map(|at| at.person_id).collect::<Vec<_>>(), [PersonId(uuid(11))]);
}

#[tokio::test]
async fn a_synced_meeting_that_has_gone_is_not_brought_back() {
    let house = furnished().await;
    let id = MeetingId(uuid(SYNCED));
    let mut tx = house.write().await;
    tx.touch(Kind::Meeting, id).await.unwrap();
    meeting::set(&mut tx, id, &Overlay { purpose: Some("x".into()), ..Overlay::default() }).await.unwrap();
    tx.commit(Some(entry("meeting edit"))).await.unwrap();
    let mut tx = house.vault.write(Durability::Normal).await.unwrap();
    meeting::delete(&mut tx, &[id]).await.unwrap();
    tx.commit(None).await.unwrap();
    undo(&house).await;
    assert!(meeting::get(&mut *house.read().await, id).await.unwrap().is_none());
}

#[tokio::test]
async fn a_meeting_of_the_users_own_comes_back_with_all_that_hung_on_it() {
    let house = furnished().await;
    let id = MeetingId(uuid(OWN));
    let mut tx = house.write().await;
    let added = attendance::Added {
        meeting: id,
        person: PersonId(uuid(10)),
        origin: attendance::Origin::Minutes,
        role: Role::Optional,
        response: Some(Response::Declined),
        present: Presence::No,
    };
    attendance::add(&mut tx, &[added]).await.unwrap();
    meeting::add_recap(&mut tx, id, &meeting::Recap { at: at("2026-11-24"), recipient: "team".into() }).await.unwrap();
    tx.commit(None).await.unwrap();
    let before = meeting::get(&mut *house.read().await, id).await.unwrap();
    let keys = [key(Kind::Meeting, OWN), key(Kind::Attendance, OWN), key(Kind::Note, 30)];
    let [meeting_key, attendance_key, note_key] = keys;
    let gone = check!(house, [meeting_key, attendance_key, note_key], |tx| {
        meeting::delete_with_notes(&mut tx, id).await.unwrap();
    });
    assert_eq!(gone, [None, None, None]);
    let mut read = house.read().await;
    assert_eq!(meeting::get(&mut read, id).await.unwrap(), before);
    let note = note::by_id(&mut read, NoteId(uuid(30))).await.unwrap().unwrap();
    assert_eq!(note.revision, 2, "its revisions go on");
    assert_eq!(item::of_meeting(&mut read, id).await.unwrap().len(), 2);
    assert_eq!(note::revisions(&mut read, note.id).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_new_meeting_goes_again() {
    let house = furnished().await;
    let id = MeetingId(uuid(50));
    let keys = [key(Kind::Meeting, 50), key(Kind::Attendance, 50), key(Kind::SeriesAttendees, 8), key(Kind::Note, 51)];
    let [a, b, c, d] = keys;
    check!(house, [a, b, c, d], |tx| {
        meeting::put(&mut tx, &[meeting(50, Source::Local, "Ad hoc", "2026-11-22")]).await.unwrap();
        attendance::set_present(&mut tx, id, PersonId(uuid(10)), Presence::Yes).await.unwrap();
        attendance::add_to_series(&mut tx, SeriesId(uuid(8)), PersonId(uuid(10)), Role::Required).await.unwrap();
        let saved = note(51, id, NotePart::Notes, "?? why\n", 1);
        note::save(&mut tx, std::slice::from_ref(&saved)).await.unwrap();
        item::put(&mut tx, &[item(52, ItemKind::Question, &saved, "why")]).await.unwrap();
    });
    let mut read = house.read().await;
    assert!(meeting::get(&mut read, id).await.unwrap().is_none());
    assert!(item::get(&mut read, ItemId(uuid(52))).await.unwrap().is_none());
}

#[tokio::test]
async fn a_note_comes_back_with_its_items() {
    let house = furnished().await;
    let before = item::of_meeting(&mut *house.read().await, MeetingId(uuid(OWN))).await.unwrap();
    check!(house, [key(Kind::Note, 30)], |tx| {
        let mut saved = note(30, MeetingId(uuid(OWN)), NotePart::Notes, "- [x] call ^aaaa28\n", 2);
        saved.topics = vec!["other".into()];
        note::save(&mut tx, std::slice::from_ref(&saved)).await.unwrap();
        let done = Item { status: ActionStatus::Done, done_at: Some(at("2026-11-22")), ..before[0].clone() };
        let archived = Item { archived: true, ..before[1].clone() };
        item::put(&mut tx, &[done, archived, item(42, ItemKind::Question, &saved, "new")]).await.unwrap();
    });
    let mut read = house.read().await;
    assert_eq!(item::of_meeting(&mut read, MeetingId(uuid(OWN))).await.unwrap(), before);
    assert_eq!(note::last_revision(&mut read, NoteId(uuid(30))).await.unwrap(), 3, "undo is a revision of its own");
    assert_eq!(note::revision(&mut read, NoteId(uuid(30)), 2).await.unwrap().as_deref(), Some("- [x] call ^aaaa28\n"));
}

#[tokio::test]
async fn a_snooze_is_taken_back_alone() {
    let house = furnished().await;
    check!(house, [key(Kind::Item, 40)], |tx| {
        let call = item::get(&mut tx, ItemId(uuid(40))).await.unwrap().unwrap();
        item::put(&mut tx, &[Item { snoozed_until: Some(day("2026-12-01")), ..call }]).await.unwrap();
    });
}

#[tokio::test]
async fn notes_that_went_to_another_meeting_go_back_and_so_do_lines_between_notes() {
    let house = furnished().await;
    check!(house, [key(Kind::Note, 30)], |tx| {
        note::relink(&mut tx, NoteId(uuid(30)), NoteOwner::Meeting(MeetingId(uuid(SYNCED)))).await.unwrap();
        assert!(meeting::get(&mut tx, MeetingId(uuid(SYNCED))).await.unwrap().unwrap().has_notes);
        assert!(!meeting::get(&mut tx, MeetingId(uuid(OWN))).await.unwrap().unwrap().has_notes);
    });
    assert!(meeting::get(&mut *house.read().await, MeetingId(uuid(OWN))).await.unwrap().unwrap().has_notes);
    let before = item::get(&mut *house.read().await, ItemId(uuid(40))).await.unwrap();
    check!(house, [key(Kind::Note, 30), key(Kind::Note, 31)], |tx| {
        let there = note(31, MeetingId(uuid(SYNCED)), NotePart::Notes, "=> yes ^aaaa29\n", 1);
        let here = note(30, MeetingId(uuid(OWN)), NotePart::Notes, "- [ ] call ^aaaa28\n", 2);
        note::save(&mut tx, &[here, there.clone()]).await.unwrap();
        item::put(&mut tx, &[item(41, ItemKind::Decision, &there, "yes")]).await.unwrap();
    });
    assert_eq!(item::get(&mut *house.read().await, ItemId(uuid(40))).await.unwrap(), before, "its link too");
}

#[tokio::test]
async fn undo_again_goes_further_and_never_redoes() {
    let house = house().await;
    for n in 1..=3 {
        let mut tx = house.write().await;
        tx.touch(Kind::Setting, "n").await.unwrap();
        setting::set(&mut tx, "n", &n).await.unwrap();
        tx.commit(Some(entry("set"))).await.unwrap();
    }
    for expected in [Some(2), Some(1), None] {
        undo(&house).await;
        assert_eq!(setting::get::<i64>(&mut *house.read().await, "n").await.unwrap(), expected);
    }
    assert!(change::last_undoable(&mut *house.read().await, Undoable::Command).await.unwrap().is_none());
}

#[tokio::test]
async fn a_saved_text_is_in_the_notes_past() {
    let house = furnished().await;
    let Saved { note, .. } = note::stored(&mut *house.read().await, NoteId(uuid(30))).await.unwrap().unwrap();
    assert_eq!(note::revision(&mut *house.read().await, note.id, 1).await.unwrap(), Some(note.text));
}
