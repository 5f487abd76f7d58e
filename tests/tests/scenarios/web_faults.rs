//! Published calendars, and servers that do not behave: what the client makes of each answer.

use std::time::Duration;

use throughline_calendar::ics::IcsError;
use throughline_calendar::subscription::fetch;
use throughline_calendar::web::{Bounds, Client};
use throughline_calendar::{Cursor, Error, Patience, Result, subscription};
use throughline_core::calendar::Limits;
use throughline_tests::fake::{Fake, Told};
use throughline_tests::{calendar, event};

fn client() -> Client {
    let patience = Patience {
        call: Duration::from_secs(2),
        tries: 3,
        first: Duration::from_millis(1),
        longest: Duration::from_secs(1),
        jitter: || 0.5,
    };
    let bounds = Bounds { read: Duration::from_millis(300), bytes: 1 << 20, redirects: 3, ..Bounds::default() };
    Client::new(bounds, patience, false).expect("a client")
}

fn ics() -> String {
    calendar(&[event("a", "Lunch", "DTSTART:20261124T110000Z\nDTEND:20261124T120000Z")])
}

async fn ask(url: &str, before: &Cursor) -> Result<subscription::Published> {
    fetch(&client(), &subscription::address(url).expect("an address"), before, &Limits::default()).await
}

/// What becomes of one answer, and how often it was asked for.
async fn check(told: Told) -> (Result<usize>, usize) {
    let server = Fake::start(move |_| told.clone());
    let found = ask(&server.at("/team.ics"), &Cursor::default()).await;
    (found.map(|found| found.feed.map_or(0, |feed| feed.groups.len())), server.asked().len())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_is_asked_for_again_only_where_it_changed() {
    let server = Fake::start(|asked| match (asked.header("if-none-match"), asked.header("if-modified-since")) {
        (Some("\"v1\""), Some("Tue, 24 Nov 2026 08:00:00 GMT")) => Told::new(304, "text/calendar", ""),
        _ => Told::new(200, "text/calendar", ics())
            .with("ETag", "\"v1\"")
            .with("Last-Modified", "Tue, 24 Nov 2026 08:00:00 GMT"),
    });
    let first = ask(&server.at("/team.ics"), &Cursor::default()).await.expect("a calendar");
    assert_eq!(first.feed.map(|feed| feed.groups.len()), Some(1));
    let again = ask(&server.at("/team.ics"), &first.cursor).await.expect("no calendar");
    assert!(again.feed.is_none());
    assert_eq!(again.cursor, first.cursor);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_way_to_fail_has_a_name() {
    let server_error = |status| Error::Server { status, retry_after: None };
    let html = || Told::new(200, "text/html", "<!DOCTYPE html><html><body>Sign in</body></html>");
    for (told, expected, times) in [
        (Told::new(200, "text/calendar", ics()), Ok(1), 1),
        (Told::new(200, "text/html", ics()), Ok(1), 1),
        (html(), Err(Error::NotACalendar(IcsError::Html)), 1),
        (Told::new(200, "text/plain", "Hello"), Err(Error::NotACalendar(IcsError::NotACalendar)), 1),
        (Told::new(200, "text/calendar", ""), Err(Error::NotACalendar(IcsError::Empty)), 1),
        (Told::new(401, "text/html", "<html>"), Err(Error::NeedsSignIn), 1),
        (Told::new(403, "text/html", "<html>"), Err(Error::Refused { status: 403, reason: "http".to_owned() }), 1),
        (Told::new(404, "text/html", "<html>"), Err(Error::NotFound), 1),
        (Told::new(410, "text/html", "<html>"), Err(Error::NotFound), 1),
        (Told::new(503, "text/html", "<html>"), Err(server_error(Some(503))), 3),
        (
            Told::new(429, "text/plain", "").with("Retry-After", "3600"),
            Err(Error::Quota { retry_after: Some(Duration::from_secs(3600)) }),
            1,
        ),
        (Told::Cut(ics().into_bytes()), Err(Error::Offline), 2),
        (Told::Silence, Err(Error::TimedOut), 2),
        (Told::Flood, Err(Error::TooLarge { limit: 1 << 20 }), 1),
    ] {
        let name = format!("{told:?}");
        assert_eq!(check(told).await, (expected, times), "{}", &name[..name.len().min(80)]);
    }
    let nobody = format!("http://127.0.0.1:{}/x.ics", throughline_tests::dav::free_port());
    assert_eq!(ask(&nobody, &Cursor::default()).await.err(), Some(Error::Offline));
}

#[tokio::test(flavor = "multi_thread")]
async fn redirects_are_followed_and_told_when_they_are_for_good() {
    let elsewhere = Fake::start(|_| Told::new(200, "text/calendar", ics()));
    let there = elsewhere.at("/new.ics");
    let server = Fake::start(move |asked| match asked.path.as_str() {
        "/moved.ics" => Told::redirect(301, "/really.ics"),
        "/really.ics" => Told::redirect(308, &there),
        "/today.ics" => Told::redirect(302, &there),
        "/half.ics" => Told::redirect(301, "/today.ics"),
        _ => Told::redirect(302, "/round.ics"),
    });
    for (path, moved) in [("/moved.ics", true), ("/today.ics", false), ("/half.ics", false)] {
        let found = ask(&server.at(path), &Cursor::default()).await.expect("a calendar");
        let expected = moved.then(|| elsewhere.at("/new.ics"));
        assert_eq!(found.moved_to.map(String::from), expected, "{path}");
    }
    assert!(matches!(ask(&server.at("/round.ics"), &Cursor::default()).await, Err(Error::Address(_))));
    assert_eq!(server.asked().iter().filter(|asked| asked.path == "/round.ics").count(), 4, "and no further");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_that_breaks_off_in_itself_deletes_nothing_and_is_asked_for_as_a_whole() {
    let whole = ics();
    let broken = whole[..whole.len() / 2].to_owned();
    let server = Fake::start(move |_| Told::new(200, "text/calendar", &broken).with("ETag", "\"v1\""));
    let found = ask(&server.at("/team.ics"), &Cursor::default()).await.expect("half a calendar");
    assert_eq!(found.feed.map(|feed| feed.complete), Some(false));
    assert!(found.cursor.is_empty());
}
