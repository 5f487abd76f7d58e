//! As much as a life holds: run by hand, `cargo test -p throughline-store --test store scale -- --ignored --nocapture`.
#![allow(clippy::print_stdout, reason = "its figures are what it is for")]

use std::time::{Duration, Instant};

use chrono_tz::Tz;
use throughline_core::graph::SeriesFact;
use throughline_core::model::*;
use throughline_store::meeting::{Base, Edge};
use throughline_store::*;

use crate::support::*;

const MEETINGS: u128 = 20_000;
const PEOPLE: u128 = 5_000;

async fn filled() -> House {
    let house = house().await;
    let started = Instant::now();
    let mut tx = house.vault.write(Durability::Normal).await.unwrap();
    let calendar = account(&mut tx, 1).await;
    let acme: Vec<_> = (0..200)
        .map(|n| Organization { id: OrganizationId(uuid(10_000 + n)), name: format!("Org {n}"), domains: vec![] })
        .collect();
    organization::put(&mut tx, &acme).await.unwrap();
    let people: Vec<_> = (0..PEOPLE)
        .map(|n| person::Record {
            organization_id: Some(OrganizationId(uuid(10_000 + n % 200))),
            employments: Vec::new(),
            is_me: n == 0,
            ..person(100_000 + n, &format!("p{n}"))
        })
        .collect();
    person::put(&mut tx, &people).await.unwrap();
    let series: Vec<_> =
        (0..500).map(|n| SeriesFact { id: SeriesId(uuid(20_000 + n)), title: format!("Series {n}") }).collect();
    series::put(&mut tx, &series).await.unwrap();
    let first = at("2024-11-22");
    let meetings: Vec<Base> = (0..MEETINGS)
        .map(|n| {
            let start = first + chrono::Duration::minutes(n as i64 * 79);
            let times = Times::Timed { start, end: start + chrono::Duration::hours(1), zone: Tz::UTC };
            let series_id = (n % 2 == 0).then(|| SeriesId(uuid(20_000 + n % 500)));
            Base { times, series_id, ..meeting(1_000_000 + n, Source::Google, &format!("Meeting {n}"), "2024-11-22") }
        })
        .collect();
    meeting::put(&mut tx, &meetings).await.unwrap();
    let ids: Vec<_> = meetings.iter().map(|meeting| meeting.id).collect();
    meeting::link(&mut tx, calendar, &ids).await.unwrap();
    let invited: Vec<_> = (0..MEETINGS)
        .flat_map(|m| {
            (0..10).map(move |k| attendance::Invited {
                meeting: MeetingId(uuid(1_000_000 + m)),
                person: PersonId(uuid(100_000 + if k == 0 { 0 } else { (m * 7 + k * 31) % PEOPLE })),
                role: Role::Required,
                response: Some(Response::Accepted),
            })
        })
        .collect();
    attendance::put_invited(&mut tx, &ids, &invited).await.unwrap();
    let notes: Vec<_> = (0..MEETINGS)
        .map(|m| {
            let text = format!("meeting {m} talked of budget and roadmap and word{} ", m % 997).repeat(12);
            note(2_000_000 + m, MeetingId(uuid(1_000_000 + m)), NotePart::Notes, &text, 1)
        })
        .collect();
    note::save(&mut tx, &notes).await.unwrap();
    let items: Vec<_> = (0..MEETINGS * 3)
        .map(|n| {
            let kind = ItemKind::ALL[(n % 3) as usize];
            let made = item(3_000_000 + n, kind, &notes[(n / 3) as usize], &format!("do thing {n} of word{}", n % 997));
            let made = Item { topics: vec![format!("client/c{}", n % 300)], due: Some(day("2026-11-01")), ..made };
            owned_by(PersonId(uuid(100_000 + n % PEOPLE)), made)
        })
        .collect();
    item::put(&mut tx, &items).await.unwrap();
    tx.commit(None).await.unwrap();
    println!("filled in {:?}", started.elapsed());
    house
}

#[tokio::test]
#[ignore = "takes a minute: for looking at, not for every run"]
async fn a_full_vault_answers_at_once() {
    let house = filled().await;
    let mut read = house.read().await;
    let mut slow: Vec<&str> = Vec::new();
    macro_rules! timed {
        ($name:literal, $most:literal, $count:expr) => {{
            let _warm = $count;
            let started = Instant::now();
            let count = $count;
            let took = started.elapsed();
            println!("{:>24} {took:>12.2?} {count}", $name);
            if took > Duration::from_millis($most) {
                slow.push($name);
            }
        }};
    }
    let conn = &mut *read;
    let edge = |text| Some(Edge::midnight(day(text), Tz::UTC));
    let week = meeting::Filter { from: edge("2026-11-16"), to: edge("2026-11-23"), ..Default::default() };
    timed!("week", 60, meeting::list(conn, &week).await.unwrap().len());
    let person = PersonId(uuid(100_007));
    let by_person = meeting::Filter { person: Some(person), ..Default::default() };
    timed!("person's meetings", 60, meeting::list(conn, &by_person).await.unwrap().len());
    let all = meeting::Filter::default;
    timed!("all meetings", 3000, meeting::list(conn, &all()).await.unwrap().len());
    let last = MeetingId(uuid(1_000_000 + MEETINGS - 1));
    timed!("attendances of one", 30, attendance::of_meetings(conn, &[last]).await.unwrap().len());
    let actions = |filter: item::Filter| item::Filter { kind: Some(ItemKind::Action), ..filter };
    let mine = actions(item::Filter { owner: Some(person), ..Default::default() });
    timed!("a person's actions", 60, item::list(conn, &mine).await.unwrap().len());
    let about = item::Filter { person: Some(person), ..Default::default() };
    timed!("items about a person", 300, item::list(conn, &about).await.unwrap().len());
    let org = item::Filter { organization: Some(OrganizationId(uuid(10_007))), ..Default::default() };
    timed!("items of an organization", 1500, item::list(conn, &org).await.unwrap().len());
    let topic = item::Filter { topic: Some("client/c7".into()), ..Default::default() };
    timed!("items of a topic", 100, item::list(conn, &topic).await.unwrap().len());
    timed!("item ids, all", 1000, item::ids(conn, &item::Filter::default()).await.unwrap().len());
    timed!("topics", 200, item::topics(conn).await.unwrap().len());
    let none = search::Filter::default;
    timed!("search word", 100, search::query(conn, "word7", &none(), 20).await.unwrap().len());
    timed!("search common", 500, search::query(conn, "budget road", &none(), 20).await.unwrap().len());
    timed!("search a prefix", 500, search::query(conn, "bu", &none(), 20).await.unwrap().len());
    let from = search::Filter { from: Some(day("2026-10-01")), ..none() };
    timed!("search filtered", 800, search::query(conn, "budget", &from, 20).await.unwrap().len());
    timed!(
        "brief's neighbourhood",
        1500,
        facts::around_meetings(conn, &[last], Some(PersonId(uuid(100_000))), at("2027-11-22T00:00:00Z"))
            .await
            .unwrap()
            .len()
    );
    timed!("one node", 60, facts::of(conn, &[throughline_core::graph::NodeRef::Meeting(last)]).await.unwrap().0.len());
    timed!("person", 60, person::by_ids(conn, &[person]).await.unwrap().len());
    timed!("people", 600, person::all(conn).await.unwrap().len());
    timed!("ids by ending", 200, ids::resolve(conn, ids::Table::Item, "beef").await.unwrap().len());
    timed!("ids by prefix", 30, ids::resolve(conn, ids::Table::Item, &last.to_string()[..13]).await.unwrap().len());
    timed!("attendances", 10_000, attendance::all(conn).await.unwrap().len());
    timed!("meetings", 10_000, meeting::all(conn).await.unwrap().len());
    let all = item::ids(conn, &item::Filter::default()).await.unwrap();
    timed!("items", 10_000, item::by_ids(conn, &all).await.unwrap().len());
    timed!("facts", 20_000, facts::all(conn).await.unwrap().len());
    assert!(slow.is_empty(), "slow: {slow:?}");
    drop(read);
    let mut tx = house.write().await;
    let started = Instant::now();
    tx.touch(Kind::Note, uuid(2_000_000)).await.unwrap();
    let id = MeetingId(uuid(1_000_000));
    note::save(&mut tx, &[note(2_000_000, id, NotePart::Notes, "short", 2)]).await.unwrap();
    tx.commit(Some(entry("note set"))).await.unwrap();
    println!("saving a note {:?}", started.elapsed());
}
