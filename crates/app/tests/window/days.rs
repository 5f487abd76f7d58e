//! Days, threads, calendars and briefs, as the window shows them.

use throughline_app::model::{NotePart, Response};
use throughline_app::today::{self, Scope};
use throughline_app::view::{self, TracedItem};
use throughline_app::{NoProgress, accounts, actions, counts, meetings, people, recap, sync};

use crate::world::World;

const ANA: &str = "Ana Silva <ana@acme.example>";
const BEN: &str = "Ben Ito <ben@acme.example>";

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

fn text(item: &TracedItem) -> &str {
    match item {
        TracedItem::Action(item) => &item.text,
        TracedItem::Decision(item) => &item.text,
        TracedItem::Question(item) => &item.text,
    }
}

#[tokio::test]
async fn a_day_counts_what_a_meeting_raised_and_what_the_brief_of_the_next_would_hold() {
    let world = World::new().await;
    let before = world.meeting("Before", "2026-11-20T10:00", &[ANA]).await;
    world.write(&before, "!! @ana sends it by 21 Nov\n!! @mia calls\n=> ship, revisit in 1 day\n?? who pays\n").await;
    world.write_part(&before, NotePart::Private, "!! @mia tells nobody\n").await;
    let over = world.meeting("Over", "2026-11-23T08:00", &[BEN]).await;
    world.write(&over, "- [ ] one\n- [x] two\n=> three\n").await;
    let next = world.meeting("Next", "2026-11-23T15:00", &[ANA]).await;
    world.write_part(&next, NotePart::Prep, "what to say\n").await;
    recap::show(&world.app, &over, "text", Some("ben@acme.example")).await.unwrap();

    let told = today::day(&world.app, day("2026-11-23")).await.unwrap();
    let [first, second] = &told.meetings[..] else { panic!("{told:#?}") };
    assert_eq!((first.meeting.title.as_str(), second.meeting.title.as_str()), ("Over", "Next"));
    let raised = first.counts.as_ref().unwrap();
    assert_eq!((raised.open, raised.decisions, first.notes_sent, first.agenda), (1, 1, true, false));
    assert_eq!((second.agenda, second.notes_sent, &second.counts), (true, false, &None));
    let brief = today::brief(&world.app, &next).await.unwrap();
    let [ahead] = &today::ahead(&world.app, day("2026-11-23")).await.unwrap()[..] else { panic!("one is to come") };
    let second = &ahead;
    assert_eq!(second.counts.open as usize, brief.mine.len() + brief.theirs.len());
    assert_eq!((second.counts.open, second.counts.late), (2, 1), "{brief:#?}");
    assert_eq!(second.counts.questions as usize, brief.questions.len());
    assert_eq!((second.counts.decisions as usize, second.counts.revisit as usize), (brief.decisions.len(), 1));
    assert_eq!(told.actions.len() + told.overdue.len(), 2, "the private one is the user's too");
}

#[tokio::test]
async fn a_day_tells_the_first_of_what_is_open_and_how_much_there_is() {
    let world = World::new().await;
    let before = world.meeting("Before", "2026-11-20T10:00", &[ANA]).await;
    let open = (0..130).map(|n| format!("!! @mia does {n}\n"));
    let late = (0..110).map(|n| format!("!! @mia did not do {n} by 2026-11-21\n"));
    let asked = (0..30).map(|n| format!("?? how much is {n}\n"));
    world.write(&before, &open.chain(late).chain(asked).collect::<String>()).await;
    let next = world.meeting("Next", "2026-11-23T15:00", &[ANA]).await;

    let told = today::show(&world.app, day("2026-11-23")).await.unwrap();
    assert_eq!((told.actions.len(), told.actions_total), (100, 130));
    assert_eq!((told.overdue.len(), told.overdue_total), (100, 110));
    let [of_day] = &told.meetings[..] else { panic!("{told:#?}") };
    let lengths = |brief: &view::Brief| (brief.mine.len(), brief.questions.len());
    assert_eq!(lengths(&of_day.brief), (20, 10));
    let whole = today::brief(&world.app, &next).await.unwrap();
    assert_eq!(lengths(&whole), (50, 25));
    for brief in [&of_day.brief, &whole] {
        assert_eq!((brief.totals.mine, brief.totals.questions, brief.totals.theirs), (240, 30, 0));
    }
    assert_eq!(of_day.brief.mine[..], whole.mine[..20]);
}

#[tokio::test]
async fn a_thread_is_what_came_before_and_holds_nothing_private() {
    let world = World::new().await;
    for (n, date) in ["2026-09-01", "2026-10-01", "2026-11-01"].iter().enumerate() {
        let id = world.meeting(&format!("Talk {n}"), &format!("{date}T10:00"), &[ANA]).await;
        world.write(&id, &format!("=> we take {n}\n")).await;
        world.write_part(&id, NotePart::Private, "=> secret\n").await;
    }
    let other = world.meeting("Other", "2026-11-02T10:00", &[BEN]).await;
    world.write(&other, "=> elsewhere\n").await;
    let empty = world.meeting("Empty", "2026-11-03T10:00", &[ANA]).await;
    world.write_part(&empty, NotePart::Private, "=> secret\n").await;
    let next = world.meeting("Next", "2026-11-24T10:00", &[ANA]).await;
    world.write_part(&next, NotePart::Private, "!! mine alone\n").await;

    let thread = today::thread(&world.app, &next, Scope::People, 2).await.unwrap();
    let titles: Vec<_> = thread.meetings.iter().map(|meeting| meeting.title.as_str()).collect();
    assert_eq!((titles, thread.more), (vec!["Talk 2", "Talk 1"], true));
    assert_eq!(thread.meetings[0].items.iter().map(text).collect::<Vec<_>>(), ["we take 2"]);
    let thread = today::thread(&world.app, &next, Scope::People, 10).await.unwrap();
    assert_eq!((thread.meetings.len(), thread.more), (3, false));
    let own = today::thread(&world.app, &next, Scope::Occurrence, 10).await.unwrap();
    assert_eq!(own.meetings[0].items.iter().map(text).collect::<Vec<_>>(), ["mine alone"]);
    assert!(today::thread(&world.app, &next, Scope::Series, 10).await.unwrap().meetings.is_empty());
}

#[tokio::test]
async fn a_brief_says_how_often_people_met_and_who_is_new() {
    let world = World::new().await;
    for date in ["2026-09-01", "2026-10-01", "2026-11-02"] {
        world.meeting("Talk", &format!("{date}T10:00"), &[ANA]).await;
    }
    let theirs = world.meeting("Theirs", "2026-10-05T10:00", &[ANA, BEN]).await;
    meetings::set_present(&world.app, &theirs, "me", false).await.unwrap();
    let next = world.meeting("Next", "2026-11-24T10:00", &[ANA]).await;
    let brief = today::brief(&world.app, &next).await.unwrap();
    let met = brief.met.unwrap();
    assert_eq!((met.last, met.since), (Some(day("2026-11-02")), Some(day("2026-09-01"))));
    assert!(brief.new_people.is_empty() && brief.excerpt.is_none());
    let first = world.meeting("First", "2026-11-25T10:00", &[BEN]).await;
    let brief = today::brief(&world.app, &first).await.unwrap();
    let [new] = &brief.new_people[..] else { panic!("{brief:#?}") };
    assert_eq!((new.person.name.as_str(), new.through.as_deref()), ("Ben Ito", Some("with Ana Silva in a meeting")));
}

#[tokio::test]
async fn somebody_met_two_years_ago_is_not_new_and_their_meeting_does_not_rank() {
    let world = World::new().await;
    let old = world.meeting("Old", "2024-10-01T10:00", &[ANA]).await;
    world.write(&old, "!! @ana owes this still\n=> long ago\n").await;
    let next = world.meeting("Next", "2026-11-24T10:00", &[ANA]).await;
    let brief = today::brief(&world.app, &next).await.unwrap();
    assert!(brief.new_people.is_empty() && brief.last_meetings.is_empty(), "{brief:#?}");
    assert_eq!(brief.theirs.len(), 1, "what is promised is, however old");
    assert!(brief.decisions.is_empty());
}

#[tokio::test]
async fn a_calendar_shows_what_has_notes_or_open_items() {
    let world = World::new().await;
    let id = world.meeting("Talk", "2026-11-23T10:00", &[ANA]).await;
    world.write(&id, "- [ ] one\n?? two\n- [x] three\n").await;
    world.meeting("Day off", "2026-11-25", &[]).await;
    world.meeting("Later", "2026-11-26T10:00", &[]).await;
    let entries = today::entries(&world.app, day("2026-11-23"), day("2026-11-25")).await.unwrap();
    let shown: Vec<_> = entries.iter().map(|e| (e.title.as_str(), e.has_notes, e.open_items, e.all_day)).collect();
    assert_eq!(shown, [("Talk", true, 2, false), ("Day off", false, 0, true)]);
}

#[tokio::test]
async fn a_calendar_and_a_day_tell_alike_what_one_declined() {
    let world = World::new().await;
    let file = world.dir.path().join("one.ics");
    let event = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:one@x\r\nSUMMARY:Demo\r\n\
                 DTSTART;TZID=Europe/Berlin:20261124T100000\r\nDURATION:PT1H\r\nORGANIZER:mailto:ana@acme.example\r\n\
                 ATTENDEE;PARTSTAT=DECLINED:mailto:mia@acme.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    std::fs::write(&file, event).unwrap();
    accounts::add_ics(&world.app, file.to_str().unwrap(), None).await.unwrap();
    sync::run(&world.app, &sync::Options::default(), &NoProgress).await.unwrap();
    let entries = today::entries(&world.app, day("2026-11-23"), day("2026-11-25")).await.unwrap();
    let told = today::day(&world.app, day("2026-11-24")).await.unwrap();
    assert_eq!((entries.len(), entries[0].my_response), (1, Some(Response::Declined)));
    assert_eq!(told.meetings[0].my_response, entries[0].my_response);
}

#[tokio::test]
async fn people_in_a_list_and_on_their_page_are_told_alike() {
    let world = World::new().await;
    for date in ["2026-10-05", "2026-10-19", "2026-11-02", "2026-11-16"] {
        let id = world.meeting("Talk", &format!("{date}T10:00"), &[ANA, BEN]).await;
        world.write(&id, "!! @mia calls\n!! @ana writes\n!! @ben asks @ana\n").await;
    }
    let next = world.meeting("Next", "2026-11-30T10:00", &[ANA]).await;
    meetings::set_present(&world.app, &next, "ana", true).await.unwrap();
    for row in people::rows(&world.app).await.unwrap().iter().filter(|row| !row.person.is_me) {
        let page = people::show(&world.app, &row.person.id.to_string()).await.unwrap();
        assert_eq!(row.meetings_count as usize, page.meetings_count, "{}", row.person.name);
        assert_eq!((row.last_meeting, row.next_meeting), (page.last_meeting, page.next_meeting));
        assert_eq!((row.i_owe as usize, row.they_owe as usize), (page.i_owe.len(), page.they_owe.len()), "{row:#?}");
        assert_eq!(row.cadence, page.cadence);
        assert_eq!(row.cadence.as_deref(), Some("every 2 weeks"));
    }
    people::merge(&world.app, "ana", "ben").await.unwrap();
    let ana = people::show(&world.app, "ana").await.unwrap();
    assert_eq!(ana.merged.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Ben Ito"]);
}

#[tokio::test]
async fn the_figures_beside_the_views_are_those_of_their_lists() {
    let world = World::new().await;
    let talk = world.meeting("Talk", "2026-11-20T10:00", &[ANA]).await;
    let text = "!! @mia calls due:2026-11-21\n!! @mia writes due:2026-12-20\n!! @mia sleeps\n!! @ana sends it\n";
    world.write(&talk, &format!("{text}- [x] @mia did it\n")).await;
    let mine = actions::Filter { view: Some(actions::ActionView::Mine), ..actions::Filter::default() };
    let list = actions::list(&world.app, &mine).await.unwrap().actions;
    let sleeps = list.iter().find(|action| action.text.contains("sleeps")).unwrap();
    actions::snooze(&world.app, &sleeps.id.to_string(), day("2026-12-01")).await.unwrap();
    let told = counts::show(&world.app).await.unwrap();
    // The one that is late, and Ana's without a date.
    assert_eq!((told.mine, told.late, told.queue, told.review), (2, 1, 0, 2));
}
