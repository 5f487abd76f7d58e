//! What an editor draws on a text that is not saved yet.

use throughline_app::model::{ItemKind, NotePart};
use throughline_app::notes;
use throughline_app::view::{Mark, MarkStatus, OfferWhat};

use crate::world::World;

async fn read(world: &World, meeting: &str, text: &str) -> Vec<Mark> {
    notes::read(&world.app, Some(meeting), NotePart::Notes, text).await.unwrap()
}

/// What stands between two UTF-16 code units.
fn cut(text: &str, from: u32, to: u32) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    String::from_utf16(&units[from as usize..to as usize]).unwrap()
}

#[tokio::test]
async fn places_are_counted_as_an_editor_counts_them() {
    let world = World::new().await;
    let id = world.meeting("Talk", "2026-11-23T10:00", &["Ana Silva <ana@acme.example>"]).await;
    let text = "Grüße 😀\n!! 😀 Ana to send the déck by Friday #q4/plan @nobody\n";
    let marks = read(&world, &id, text).await;
    let [mark] = &marks[..] else { panic!("{marks:#?}") };
    assert_eq!((mark.line, mark.kind, mark.status), (2, Some(ItemKind::Action), Some(MarkStatus::Open)));
    let marker = mark.marker.unwrap();
    assert_eq!(cut(text, marker.from, marker.to), "!!");
    let due = mark.due.clone().unwrap();
    assert_eq!((cut(text, due.from, due.to).as_str(), due.date.to_string().as_str()), ("by Friday", "2026-11-27"));
    assert_eq!(cut(text, mark.topics[0].from, mark.topics[0].to), "#q4/plan");
    assert_eq!(cut(text, mark.from, mark.to), text.lines().nth(1).unwrap());
}

#[tokio::test]
async fn owners_are_people_and_two_of_a_name_are_asked_about() {
    let world = World::new().await;
    let who = ["Ana Silva <ana@acme.example>", "Ana Costa <ana.costa@acme.example>", "Ben Ito <ben@acme.example>"];
    let id = world.meeting("Talk", "2026-11-23T10:00", &who).await;
    let marks = read(&world, &id, "!! Ben to call\n!! Ana to call\n!! @ana calls\n!! I call @nobody.yet\n").await;
    let ben = &marks[0].owners[0];
    assert_eq!((ben.name.as_str(), ben.inferred, ben.person_id.is_some()), ("Ben Ito", true, true));
    let ana = &marks[1];
    assert_eq!((ana.owners[0].person_id, ana.owners[0].choices.len()), (None, 2));
    let mut offered: Vec<_> = ana.offers.iter().map(|offer| (offer.label.as_str(), offer.insert.as_str())).collect();
    offered.sort_unstable();
    assert_eq!(offered, [("Ana Costa", "@ana.costa"), ("Ana Silva", "@ana")]);
    assert!(ana.offers.iter().all(|offer| offer.what == OfferWhat::Owner));
    assert_eq!((marks[2].owners[0].name.as_str(), marks[2].owners[0].inferred), ("Ana Silva", false));
    assert_eq!((marks[3].owners.len(), marks[3].mentions.len()), (1, 1), "{marks:#?}");
}

#[tokio::test]
async fn a_name_that_was_resolved_stays_with_whom_it_was_resolved_to() {
    let world = World::new().await;
    let id = world.meeting("Talk", "2026-11-23T10:00", &["Ana Silva <ana@acme.example>"]).await;
    world.write(&id, "!! Ana to call\n").await;
    throughline_app::meetings::add_attendee(&world.app, &id, "Ana Costa <ana.costa@acme.example>", false)
        .await
        .unwrap();
    let marks = read(&world, &id, &world.text(&id).await).await;
    assert_eq!((marks[0].owners[0].name.as_str(), marks[0].offers.len()), ("Ana Silva", 0));
}

#[tokio::test]
async fn links_name_what_they_lead_to_and_what_took_whose_place_shows() {
    let world = World::new().await;
    let id = world.meeting("Talk", "2026-11-23T10:00", &[]).await;
    world.write(&id, "=> we take A\n?? who pays\n").await;
    let text = world.text(&id).await;
    let anchors: Vec<&str> = text.lines().map(|line| line.split('^').nth(1).unwrap()).collect();
    let marks = read(&world, &id, &text).await;
    let status: Vec<_> = marks.iter().filter_map(|mark| mark.status).collect();
    assert_eq!(status, [MarkStatus::Holds, MarkStatus::Open]);
    let typed = format!("{text}=> we take B, supersedes ^{}\n=> Ana pays, answers ^{}\n", anchors[0], anchors[1]);
    for typed in [&typed, &format!("{typed}\n")] {
        let marks = read(&world, &id, typed).await;
        let status: Vec<_> = marks.iter().filter_map(|mark| mark.status).collect();
        assert_eq!(status, [MarkStatus::Superseded, MarkStatus::Answered, MarkStatus::Holds, MarkStatus::Holds]);
        assert_eq!(marks[2].links[0].title.as_deref(), Some("we take A"));
        world.write(&id, typed).await;
    }
    let marks = read(&world, &id, "!! x after ^zzzzzz").await;
    assert_eq!(marks[0].links[0].title, None);
}
