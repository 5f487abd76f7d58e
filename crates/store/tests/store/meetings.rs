use chrono_tz::Tz;
use throughline_core::graph::SeriesFact;
use throughline_core::model::*;
use throughline_store::meeting::{Base, Edge, Filter, Overlay};
use throughline_store::*;

use crate::support::*;

fn span(zone: Tz, from: &str, to: &str) -> Filter {
    let (from, to) = (Edge::midnight(day(from), zone), Edge::midnight(day(to), zone));
    Filter { from: Some(from), to: Some(to), ..Filter::default() }
}

#[tokio::test]
async fn a_span_holds_what_overlaps_it_whole_days_by_date() {
    let house = house().await;
    let mut tx = house.write().await;
    let zero = Times::Timed { start: at("2026-11-22T00:00:00Z"), end: at("2026-11-22T00:00:00Z"), zone: Tz::UTC };
    meeting::put(
        &mut tx,
        &[
            days(1, "holiday", "2026-11-22", "2026-11-23"),
            days(2, "week", "2026-11-18", "2026-11-24"),
            days(3, "yesterday", "2026-11-21", "2026-11-22"),
            meeting(4, Source::Local, "morning", "2026-11-22T08:00:00Z"),
            meeting(5, Source::Local, "over midnight", "2026-11-21T23:30:00Z"),
            meeting(6, Source::Local, "late", "2026-11-22T23:30:00Z"),
            meeting(7, Source::Local, "ends at midnight", "2026-11-21T23:00:00Z"),
            Base { times: zero, ..meeting(8, Source::Local, "instant", "2026-11-22") },
        ],
    )
    .await
    .unwrap();
    for (zone, expected) in [
        (Tz::UTC, vec![2, 5, 1, 8, 4, 6]),
        // Midnight there is 08:00 in UTC: 22 November is from 08:00 to 08:00.
        (chrono_tz::America::Los_Angeles, vec![2, 1, 4, 6]),
        // Midnight there is 15:00 the day before.
        (chrono_tz::Asia::Tokyo, vec![2, 7, 5, 1, 8, 4]),
    ] {
        let found = meeting::ids(&mut tx, &span(zone, "2026-11-22", "2026-11-23")).await.unwrap();
        let expected: Vec<MeetingId> = expected.into_iter().map(|n| MeetingId(uuid(n))).collect();
        assert_eq!(found, expected, "{zone}");
    }
    let open = Filter { from: Some(Edge::midnight(day("2026-11-23"), Tz::UTC)), ..Filter::default() };
    let found = meeting::list(&mut tx, &open).await.unwrap();
    assert_eq!(found.iter().map(|m| m.title.as_str()).collect::<Vec<_>>(), ["week", "late"]);
    assert_eq!(meeting::list(&mut tx, &Filter::default()).await.unwrap(), meeting::all(&mut tx).await.unwrap());
}

#[tokio::test]
async fn what_the_user_set_wins_over_what_a_calendar_says_and_survives_a_sync() {
    let house = house().await;
    let mut tx = house.write().await;
    let base = Base {
        uid: Some("a@b".into()),
        original_start: Some(OriginalStart::Floating("2026-11-22T09:00:00".parse().unwrap())),
        description: Some("<b>x</b>".into()),
        fingerprint: Some("f".into()),
        my_response: Some(Response::Tentative),
        ..meeting(1, Source::Google, "Sync", "2026-11-22")
    };
    meeting::put(&mut tx, std::slice::from_ref(&base)).await.unwrap();
    let times = Times::AllDay { start: day("2026-12-01"), end: day("2026-12-02") };
    let set = Overlay {
        title: Some("Planning".into()),
        times: Some(times.clone()),
        purpose: Some("decide".into()),
        my_role: Some(MyRole::DecisionMaker),
        held: Some(false),
    };
    meeting::set(&mut tx, base.id, &set).await.unwrap();
    let again = Base { title: "Sync!".into(), status: MeetingStatus::Tentative, ..base.clone() };
    meeting::put(&mut tx, std::slice::from_ref(&again)).await.unwrap();
    let found = meeting::get(&mut tx, base.id).await.unwrap().unwrap();
    assert_eq!((found.title.as_str(), &found.times, found.held), ("Planning", &times, Some(false)));
    assert_eq!((found.status, found.original_start), (MeetingStatus::Tentative, base.original_start));
    assert_eq!(meeting::stored(&mut tx, &[base.id]).await.unwrap(), [(again.clone(), set)]);
    assert_eq!(meeting::my_responses(&mut tx, &[base.id]).await.unwrap()[&base.id], Response::Tentative);
    meeting::set(&mut tx, base.id, &Overlay::default()).await.unwrap();
    assert_eq!(meeting::get(&mut tx, base.id).await.unwrap().unwrap().times, base.times);
}

#[tokio::test]
async fn a_sync_replaces_what_the_calendar_said_and_not_what_a_person_said() {
    let house = house().await;
    let id = MeetingId(uuid(9));
    let mut tx = house.write().await;
    let people: Vec<_> = (1..=5).map(|n| person(n, ["ana", "ben", "cy", "dee", "eve"][n as usize - 1])).collect();
    person::put(&mut tx, &people).await.unwrap();
    let who = |n: u128| PersonId(uuid(n));
    series::put(&mut tx, &[SeriesFact { id: SeriesId(uuid(8)), title: "Weekly".into() }]).await.unwrap();
    let base = Base { series_id: Some(SeriesId(uuid(8))), ..meeting(9, Source::Google, "Weekly", "2026-11-22") };
    meeting::put(&mut tx, &[base]).await.unwrap();
    let invited = |n, role, response| attendance::Invited { meeting: id, person: who(n), role, response };
    let first = [invited(1, Role::Organizer, None), invited(2, Role::Required, Some(Response::Declined))];
    attendance::put_invited(&mut tx, &[id], &first).await.unwrap();
    let added = attendance::Added {
        meeting: id,
        person: who(3),
        origin: attendance::Origin::Hand,
        role: Role::Optional,
        response: None,
        present: Presence::Unknown,
    };
    attendance::add(&mut tx, &[added]).await.unwrap();
    attendance::set_present(&mut tx, id, who(2), Presence::Yes).await.unwrap();
    attendance::set_present(&mut tx, id, who(4), Presence::No).await.unwrap();
    attendance::add_to_series(&mut tx, SeriesId(uuid(8)), who(5), Role::Optional).await.unwrap();
    attendance::add_to_series(&mut tx, SeriesId(uuid(8)), who(1), Role::Optional).await.unwrap();
    // Ana and Ben are no longer invited, Cy now is.
    let second = [invited(3, Role::Required, Some(Response::Accepted))];
    attendance::put_invited(&mut tx, &[id], &second).await.unwrap();
    let found = attendance::of_meetings(&mut tx, &[id]).await.unwrap();
    let found: Vec<_> = found.into_iter().map(|at| (at.person_id, at.role, at.response, at.present)).collect();
    assert_eq!(
        found,
        [
            (who(2), Role::Required, None, Presence::Yes),
            (who(3), Role::Required, Some(Response::Accepted), Presence::Unknown),
            (who(4), Role::Required, None, Presence::No),
            (who(1), Role::Optional, None, Presence::Unknown),
            (who(5), Role::Optional, None, Presence::Unknown),
        ]
    );
    for (n, expected) in [(1, 1), (2, 1), (4, 1), (5, 1), (6, 0)] {
        let filter = Filter { person: Some(who(n)), ..Filter::default() };
        assert_eq!(meeting::ids(&mut tx, &filter).await.unwrap().len(), expected, "{n}");
    }
    attendance::remove_added(&mut tx, id, who(3)).await.unwrap();
    assert!(attendance::of_meetings(&mut tx, &[id]).await.unwrap().iter().any(|at| at.person_id == who(3)));
    attendance::put_invited(&mut tx, &[id], &[]).await.unwrap();
    assert!(!attendance::of_meetings(&mut tx, &[id]).await.unwrap().iter().any(|at| at.person_id == who(3)));
    assert_eq!(attendance::all(&mut tx).await.unwrap(), attendance::of_meetings(&mut tx, &[id]).await.unwrap());
}

#[tokio::test]
async fn the_view_of_who_was_where_says_what_the_program_says() {
    let house = house().await;
    let id = MeetingId(uuid(9));
    let mut tx = house.write().await;
    let people: Vec<_> =
        (1..=6).map(|n| person(n, ["ana", "ben", "cy", "dee", "eve", "fay"][n as usize - 1])).collect();
    person::put(&mut tx, &people).await.unwrap();
    let who = |n: u128| PersonId(uuid(n));
    series::put(&mut tx, &[SeriesFact { id: SeriesId(uuid(8)), title: "Weekly".into() }]).await.unwrap();
    let base = Base { series_id: Some(SeriesId(uuid(8))), ..meeting(9, Source::Google, "Weekly", "2026-11-22") };
    meeting::put(&mut tx, &[base]).await.unwrap();
    let invited = |n, role, response| attendance::Invited { meeting: id, person: who(n), role, response };
    let calendar = [
        invited(1, Role::Organizer, Some(Response::Accepted)),
        invited(2, Role::Optional, Some(Response::Accepted)),
        invited(3, Role::Optional, Some(Response::Tentative)),
    ];
    attendance::put_invited(&mut tx, &[id], &calendar).await.unwrap();
    let minutes = |n, role, response, present| attendance::Added {
        meeting: id,
        person: who(n),
        origin: attendance::Origin::Minutes,
        role,
        response,
        present,
    };
    let said = [
        minutes(1, Role::Required, None, Presence::Yes),
        minutes(2, Role::Required, Some(Response::Declined), Presence::No),
        minutes(4, Role::Required, None, Presence::Yes),
    ];
    attendance::add(&mut tx, &said).await.unwrap();
    attendance::add_to_series(&mut tx, SeriesId(uuid(8)), who(5), Role::Optional).await.unwrap();
    attendance::set_present(&mut tx, id, who(6), Presence::Yes).await.unwrap();
    person::merge(&mut tx, who(3), who(4)).await.unwrap();
    let mut expected: Vec<(String, String, Option<String>, String)> = attendance::of_meetings(&mut tx, &[id])
        .await
        .unwrap()
        .into_iter()
        .map(|at| {
            let response = at.response.map(|response| response.as_str().to_owned());
            (at.person_id.to_string(), at.role.as_str().to_owned(), response, at.present.as_str().to_owned())
        })
        .collect();
    expected.sort();
    let shown: Vec<(String, String, Option<String>, String)> =
        sqlx::query_as("SELECT person_id, role, response, present FROM v_attendances ORDER BY person_id")
            .fetch_all(&mut *tx)
            .await
            .unwrap();
    assert_eq!(shown, expected);
    assert_eq!(shown.len(), 5);
    assert_eq!(shown[1], (who(2).to_string(), "optional".into(), Some("declined".into()), "no".into()));
}

#[tokio::test]
async fn when_an_account_goes_what_was_written_stays() {
    let house = house().await;
    let mut tx = house.write().await;
    let (work, other) = (account(&mut tx, 100).await, account(&mut tx, 200).await);
    person::put(&mut tx, &[person(50, "ana")]).await.unwrap();
    let all: Vec<Base> = (1..=5).map(|n| meeting(n, Source::Google, &format!("m{n}"), "2026-11-22")).collect();
    let id = |n: u128| MeetingId(uuid(n));
    meeting::put(&mut tx, &all).await.unwrap();
    meeting::link(&mut tx, work, &[id(1), id(2), id(3), id(4), id(5)]).await.unwrap();
    meeting::link(&mut tx, other, &[id(5)]).await.unwrap();
    let event = event::Event { uid: "u".into(), fingerprint: "f".into(), payload: "{}".into() };
    event::put(&mut tx, work, &[event]).await.unwrap();
    note::save(&mut tx, &[note(11, id(1), NotePart::Private, "secret", 1)]).await.unwrap();
    note::save(&mut tx, &[note(12, id(2), NotePart::Notes, "", 1)]).await.unwrap();
    meeting::set(&mut tx, id(3), &Overlay { purpose: Some("why".into()), ..Overlay::default() }).await.unwrap();
    attendance::set_present(&mut tx, id(4), PersonId(uuid(50)), Presence::Yes).await.unwrap();
    let removed = account::remove(&mut tx, AccountId(uuid(100))).await.unwrap();
    assert_eq!(removed.kept, [id(1), id(3), id(4)]);
    assert_eq!((removed.gone, removed.elsewhere), (vec![id(2)], vec![id(5)]));
    let left = meeting::all(&mut tx).await.unwrap();
    let left: Vec<_> = left.iter().map(|m| (m.id, m.source, m.calendars.clone())).collect();
    let local = |n| (id(n), Source::Local, vec![]);
    assert_eq!(left, [local(1), local(3), local(4), (id(5), Source::Google, vec![other])]);
    assert!(event::all(&mut tx, work).await.unwrap().is_empty());
    assert_eq!(note::of_meetings(&mut tx, &[id(1)]).await.unwrap()[0].text, "secret");
    assert_eq!(account::all(&mut tx).await.unwrap().len(), 1);
    tx.commit(None).await.unwrap();
    assert_eq!(doctor::check(&mut *house.write().await).await.unwrap(), vec![]);
}

#[tokio::test]
async fn a_meeting_with_notes_does_not_go_with_its_event() {
    let house = house().await;
    let mut tx = house.write().await;
    let base = meeting(1, Source::Google, "Sync", "2026-11-22");
    meeting::put(&mut tx, std::slice::from_ref(&base)).await.unwrap();
    note::save(&mut tx, &[note(2, base.id, NotePart::Prep, "ask Ana", 1)]).await.unwrap();
    assert!(matches!(meeting::delete(&mut tx, &[base.id]).await, Err(Error::HasNotes)));
    assert_eq!(meeting::only_prep(&mut tx, &[base.id]).await.unwrap().len(), 1);
    let raw = sqlx::query("DELETE FROM meeting").execute(&mut *tx).await;
    assert!(raw.is_err(), "no cascade from meeting to note");
    meeting::delete_with_notes(&mut tx, base.id).await.unwrap();
    assert!(meeting::all(&mut tx).await.unwrap().is_empty());
}

#[tokio::test]
async fn many_rows_are_put_at_once() {
    let house = house().await;
    let mut tx = house.vault.write(Durability::Normal).await.unwrap();
    let calendar = account(&mut tx, 100_000).await;
    let many: Vec<Base> = (1..=5_003).map(|n| meeting(n, Source::Google, "m", "2026-11-22")).collect();
    meeting::put(&mut tx, &many).await.unwrap();
    let ids: Vec<MeetingId> = many.iter().map(|m| m.id).collect();
    meeting::link(&mut tx, calendar, &ids).await.unwrap();
    assert_eq!(meeting::by_ids(&mut tx, &ids).await.unwrap().iter().map(|m| m.id).collect::<Vec<_>>(), ids);
    let events: Vec<event::Event> = (0..4_001)
        .map(|n| event::Event { uid: format!("{n}@x"), fingerprint: n.to_string(), payload: "{\"a\":\"é'\"}".into() })
        .collect();
    event::put(&mut tx, calendar, &events).await.unwrap();
    event::put(&mut tx, calendar, &events).await.unwrap();
    assert_eq!(event::all(&mut tx, calendar).await.unwrap().len(), 4_001);
    let found = event::by_uids(&mut tx, calendar, &["7@x".into()]).await.unwrap();
    assert_eq!(found, [events[7].clone()]);
    event::remove(&mut tx, calendar, &["7@x".into()]).await.unwrap();
    assert_eq!(event::fingerprints(&mut tx, calendar).await.unwrap().len(), 4_000);
    meeting::delete(&mut tx, &ids[..5_000]).await.unwrap();
    assert_eq!(meeting::of_calendar(&mut tx, calendar).await.unwrap().len(), 3);
}

#[tokio::test]
async fn meetings_are_found_by_the_uids_of_their_series() {
    let house = house().await;
    let mut tx = house.write().await;
    let series = SeriesId(uuid(8));
    series::put(&mut tx, &[SeriesFact { id: series, title: "Weekly".into() }]).await.unwrap();
    series::put_uids(&mut tx, &[("a@x".into(), series), ("b@x".into(), series)]).await.unwrap();
    series::put_uids(&mut tx, &[("a@x".into(), series)]).await.unwrap();
    let base = meeting(1, Source::Google, "Weekly", "2026-11-22");
    meeting::put(&mut tx, &[Base { series_id: Some(series), uid: Some("a@x".into()), ..base }]).await.unwrap();
    assert_eq!(meeting::of_uids(&mut tx, &["b@x".into()]).await.unwrap(), [MeetingId(uuid(1))]);
    assert_eq!(series::of_uids(&mut tx, &["b@x".into(), "c@x".into()]).await.unwrap(), [("b@x".into(), series)]);
    assert_eq!(meeting::of_series(&mut tx, series).await.unwrap().len(), 1);
    meeting::delete(&mut tx, &[MeetingId(uuid(1))]).await.unwrap();
    assert_eq!(series::prune(&mut tx).await.unwrap(), [series]);
    assert!(series::all(&mut tx).await.unwrap().is_empty());
}
