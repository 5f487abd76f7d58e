//! What the CalDAV client makes of servers that are old, broken, hostile or elsewhere.

use std::time::Duration;

use throughline_calendar::caldav::{Place, Session, Wanted, calendars, discover, fetch};
use throughline_calendar::ics::IcsError;
use throughline_calendar::web::{Bounds, Client, Credential};
use throughline_calendar::{Access, Answer, Cursor, Error, Known, KnownItem, Patience, Result};
use throughline_core::calendar::Limits;
use throughline_tests::fake::{Asked, Fake, Told};
use throughline_tests::{calendar, event};
use url::Url;

fn client() -> Client {
    let patience = Patience {
        call: Duration::from_secs(2),
        tries: 2,
        first: Duration::from_millis(1),
        longest: Duration::from_secs(1),
        jitter: || 0.5,
    };
    let bounds = Bounds { read: Duration::from_millis(300), bytes: 1 << 20, redirects: 3, ..Bounds::default() };
    Client::new(bounds, patience, false).expect("a client")
}

fn me() -> Credential {
    Credential::Password { user: "max".to_owned(), password: "secret".to_owned() }
}

fn multistatus(inner: &str) -> Told {
    let body = format!(
        "<?xml version=\"1.0\"?><d:multistatus xmlns:d=\"DAV:\" xmlns:c=\"urn:ietf:params:xml:ns:caldav\">{inner}\
         </d:multistatus>"
    );
    Told::new(207, "application/xml; charset=utf-8", body)
}

fn found(href: &str, props: &str) -> String {
    format!(
        "<d:response><d:href>{href}</d:href><d:propstat><d:prop>{props}</d:prop>\
         <d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
    )
}

fn ics(uid: &str) -> String {
    calendar(&[event(uid, uid, "DTSTART:20261124T110000Z\nDTEND:20261124T120000Z")])
}

/// Resources `a.ics`, `b%20c.ics` and `d.ics`; what is asked for is given out by `item`, where it has something to say.
fn shelf(asked: &Asked, item: impl Fn(&str) -> Option<String>) -> Told {
    let names = ["/cal/a.ics", "/cal/b%20c.ics", "/cal/d.ics"];
    if asked.body.contains("calendar-multiget") {
        let wanted = names.iter().filter(|name| asked.body.contains(&format!("{name}<")));
        return multistatus(&wanted.filter_map(|name| item(name)).collect::<String>());
    }
    let etags = names.iter().map(|name| found(name, &format!("<d:getetag>\"1{name}\"</d:getetag>")));
    multistatus(&format!("{}<d:sync-token>t1</d:sync-token>", etags.collect::<String>()))
}

fn whole(name: &str) -> String {
    let data = ics(name);
    found(name, &format!("<d:getetag>\"1{name}\"</d:getetag><c:calendar-data><![CDATA[{data}]]></c:calendar-data>"))
}

async fn sync(server: &Fake, since: &Cursor, known: &Known) -> Result<Answer> {
    let url = Url::parse(&server.at("/cal/")).expect("an address");
    let session = Session::new(client(), me(), url.clone());
    let limits = Limits::default();
    let me = ["max@example.org".to_owned()];
    fetch(&session, &Wanted { url: &url, since, known, full: false, me: &me, limits: &limits }).await
}

fn token(text: &str) -> Cursor {
    Cursor { token: Some(text.to_owned()), ..Cursor::default() }
}

fn known() -> Known {
    ["/cal/a.ics", "/cal/b%20c.ics", "/cal/old.ics"]
        .map(|id| (id.to_owned(), KnownItem { uid: Some(id.to_owned()), etag: Some(format!("\"1{id}\"")) }))
        .into()
}

fn ids(answer: &Answer) -> Vec<&str> {
    answer.changes.items.iter().map(|item| item.id.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_comes_with_the_hrefs_the_server_wrote() {
    let server = Fake::start(|asked| shelf(asked, |name| Some(whole(name))));
    let answer = sync(&server, &Cursor::default(), &Known::default()).await.expect("an answer");
    assert!(answer.changes.complete);
    assert_eq!(ids(&answer), ["/cal/a.ics", "/cal/b%20c.ics", "/cal/d.ics"]);
    assert_eq!(answer.cursor, token("t1"));
    assert!(answer.changes.warnings.is_empty(), "{:?}", answer.changes.warnings);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_no_longer_good_costs_only_a_look_at_the_versions() {
    for refusal in [400, 403, 409, 410, 412, 501, 507] {
        let server = Fake::start(move |asked| {
            if asked.body.contains("<D:sync-token>stale") {
                return Told::new(refusal, "application/xml", "<error xmlns=\"DAV:\"><valid-sync-token/></error>");
            }
            shelf(asked, |name| Some(whole(name)))
        });
        let answer =
            sync(&server, &token("stale"), &known()).await.unwrap_or_else(|error| panic!("{refusal}: {error}"));
        assert_eq!(ids(&answer), ["/cal/d.ics"], "{refusal}");
        assert_eq!(answer.changes.removed, ["/cal/old.ics"], "{refusal}");
        assert_eq!(answer.cursor, token("t1"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_tokens_is_asked_for_versions() {
    for refusal in [400, 403, 405, 415, 501] {
        let server = Fake::start(move |asked| match asked.body.contains("sync-collection") {
            true => Told::new(refusal, "text/plain", "no"),
            false => shelf(asked, |name| Some(whole(name))),
        });
        let answer = sync(&server, &Cursor::default(), &known()).await.expect("an answer");
        assert_eq!((ids(&answer), answer.cursor.is_empty()), (vec!["/cal/d.ics"], true), "{refusal}");
        assert_eq!(answer.changes.removed, ["/cal/old.ics"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_handed_out_in_pieces_are_put_together() {
    let server = Fake::start(|asked| {
        let cut =
            "<d:response><d:href>/cal/</d:href><d:status>HTTP/1.1 507 Insufficient Storage</d:status></d:response>";
        let gone = "<d:response><d:href>/cal/old.ics</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>";
        let changed = found("/cal/a.ics", "<d:getetag>\"2\"</d:getetag>");
        if asked.body.contains("<D:sync-token>t1") {
            multistatus(&format!("{changed}{cut}<d:sync-token>t2</d:sync-token>"))
        } else if asked.body.contains("<D:sync-token>t2") {
            multistatus(&format!("{gone}<d:sync-token>t3</d:sync-token>"))
        } else {
            shelf(asked, |name| Some(whole(name)))
        }
    });
    let answer = sync(&server, &token("t1"), &known()).await.expect("an answer");
    assert_eq!(
        (ids(&answer), answer.changes.removed.as_slice()),
        (vec!["/cal/a.ics"], ["/cal/old.ics".to_owned()].as_slice())
    );
    assert_eq!(answer.cursor, token("t3"));
    assert!(!answer.changes.complete);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_broken_costs_itself() {
    let server = Fake::start(|asked| {
        let only = |name: &str| asked.body.matches(".ics<").count() == 1 && asked.body.contains(name);
        if asked.body.contains("calendar-multiget") && asked.body.contains("/cal/a.ics") && !only("/cal/d.ics") {
            // One character that XML cannot hold, and the whole answer is none.
            let spoilt = whole("/cal/a.ics").replace("SUMMARY", "SUMMARY\u{1}");
            return multistatus(&format!("{spoilt}{}", whole("/cal/d.ics")));
        }
        shelf(asked, |name| match name {
            "/cal/b%20c.ics" => Some(whole(name).replace("BEGIN:VCALENDAR", "Hello")),
            _ => Some(whole(name)),
        })
    });
    let answer = sync(&server, &Cursor::default(), &known()).await.expect("an answer");
    assert_eq!(ids(&answer), ["/cal/d.ics"]);
    let fresh = sync(&server, &Cursor::default(), &Known::default()).await.expect("an answer");
    assert_eq!(ids(&fresh), ["/cal/d.ics"]);
    assert_eq!(fresh.changes.unreadable, ["/cal/a.ics", "/cal/b%20c.ics"]);
    assert_eq!(fresh.changes.warnings.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_given_out_is_asked_for_again_with_the_old_token() {
    let server = Fake::start(|asked| {
        if asked.body.contains("<D:sync-token>t0") {
            return multistatus(&format!(
                "{}{}<d:sync-token>t9</d:sync-token>",
                found("/cal/a.ics", "<d:getetag>\"2\"</d:getetag>"),
                found("/cal/d.ics", "<d:getetag>\"2\"</d:getetag>")
            ));
        }
        shelf(asked, |name| match name {
            "/cal/a.ics" => Some(
                "<d:response><d:href>/cal/a.ics</d:href><d:status>HTTP/1.1 500 Oh</d:status></d:response>".to_owned(),
            ),
            _ => Some(whole(name)),
        })
    });
    let answer = sync(&server, &token("t0"), &known()).await.expect("an answer");
    assert_eq!((ids(&answer), &answer.cursor), (vec!["/cal/d.ics"], &token("t0")));
    assert_eq!(answer.changes.unreadable, ["/cal/a.ics"]);
    assert_eq!(answer.changes.warnings[0].uid.as_deref(), Some("/cal/a.ics"));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_way_to_fail_has_a_name() {
    let html = "<!DOCTYPE html><html><body>Sign in</body></html>";
    let deep = "<a>".repeat(200_000);
    for (told, expected) in [
        (Told::new(401, "text/html", html), Error::NeedsSignIn),
        (Told::new(403, "text/html", html), Error::Refused { status: 403, reason: "http".to_owned() }),
        (Told::new(404, "text/html", html), Error::NotFound),
        (Told::new(503, "text/html", html), Error::Server { status: Some(503), retry_after: None }),
        (Told::new(200, "text/html", html), Error::NotACalendar(IcsError::Html)),
        (Told::new(207, "application/xml", "<multistatus"), Error::Server { status: None, retry_after: None }),
        (Told::new(207, "application/xml", deep), Error::Server { status: None, retry_after: None }),
        (Told::Cut(html.repeat(9).into_bytes()), Error::Offline),
        (Told::Silence, Error::TimedOut),
        (Told::Flood, Error::TooLarge { limit: 1 << 20 }),
        (Told::redirect(301, "https://elsewhere.example/"), Error::OtherSite { host: "elsewhere.example".to_owned() }),
    ] {
        let name = format!("{told:?}");
        let server = Fake::start(move |_| told.clone());
        let error = sync(&server, &token("t0"), &Known::default()).await.expect_err("no answer");
        assert_eq!(error, expected, "{}", &name[..name.len().min(80)]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_shown_to_the_site_that_was_named_and_to_no_other() {
    let other = Fake::start(|_| Told::new(401, "text/plain", ""));
    let there = other.at("/dav/");
    let server = Fake::start(move |asked| match asked.path.as_str() {
        "/.well-known/caldav" => Told::redirect(301, &there),
        "/principal/" => Told::redirect(307, &there),
        "/dav/" => {
            let home = format!("<c:calendar-home-set><d:href>{there}</d:href></c:calendar-home-set>");
            multistatus(&found("/dav/", &home))
        }
        _ => Told::new(404, "text/html", "<html>"),
    });
    for path in ["/", "/principal/"] {
        let error = discover(&client(), &server.at(path), &me()).await.expect_err("elsewhere");
        assert_eq!(error, Error::OtherSite { host: "127.0.0.1".to_owned() }, "{path}");
    }
    let place = discover(&client(), &server.at("/dav/"), &me()).await.expect("a place");
    let session = Session::new(client(), me(), place.site.clone());
    assert!(matches!(calendars(&session, &place).await, Err(Error::OtherSite { .. })));
    assert!(!other.asked().is_empty());
    for asked in other.asked() {
        assert_eq!(asked.header("authorization"), None, "{} {}", asked.method, asked.path);
    }
    let basic = "Basic bWF4OnNlY3JldA==";
    assert!(server.asked().iter().any(|asked| asked.header("authorization") == Some(basic)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bearer_token_goes_where_a_password_would() {
    let server = Fake::start(|_| Told::new(401, "text/plain", ""));
    let error = discover(&client(), &server.at("/"), &Credential::Bearer("t0k3n".to_owned())).await;
    assert_eq!(error, Err(Error::NeedsSignIn));
    assert!(server.asked().iter().any(|asked| asked.header("authorization") == Some("Bearer t0k3n")));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_calendars_of_events_are_listed_and_others_people_are_not_owned() {
    let server = Fake::start(|_| {
        let kind = |kind: &str| format!("<d:resourcetype><d:collection/>{kind}</d:resourcetype>");
        let holds = |name: &str| {
            format!(
                "<c:supported-calendar-component-set><c:comp name=\"{name}\"/></c:supported-calendar-component-set>"
            )
        };
        let owner = |who: &str| format!("<d:owner><d:href>{who}</d:href></d:owner>");
        multistatus(
            &[
                found("/dav/", &kind("")),
                found("/dav/inbox/", &kind("<c:schedule-inbox/>")),
                found("/dav/tasks/", &format!("{}{}", kind("<c:calendar/>"), holds("VTODO"))),
                found("/dav/mine/", &format!("{}{}{}", kind("<c:calendar/>"), holds("VEVENT"), owner("/me"))),
                found("/dav/hers/", &format!("{}{}", kind("<c:calendar/>"), owner("/ana/"))),
            ]
            .concat(),
        )
    });
    let url = |path: &str| Url::parse(&server.at(path)).expect("an address");
    let place = Place {
        site: url("/"),
        homes: vec![url("/dav/")],
        only: None,
        principal: Some(url("/me/")),
        addresses: Vec::new(),
    };
    let list = calendars(&Session::new(client(), me(), place.site.clone()), &place).await.expect("a list");
    let told: Vec<_> = list.calendars.iter().map(|found| (found.name.as_str(), found.access)).collect();
    assert_eq!(told, [("mine", Access::Owner), ("hers", Access::Reader)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_that_is_not_given_out_for_a_moment_is_not_gone() {
    for (status, complete) in [("403 Forbidden", false), ("500 Broken", false), ("404 Not Found", true)] {
        let server = Fake::start(move |_| {
            let kind = "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>";
            let other =
                format!("<d:response><d:href>/dav/b/</d:href><d:status>HTTP/1.1 {status}</d:status></d:response>");
            multistatus(&(found("/dav/a/", kind) + &other))
        });
        let url = |path: &str| Url::parse(&server.at(path)).expect("an address");
        let (homes, addresses) = (vec![url("/dav/")], Vec::new());
        let place = Place { site: url("/"), homes, only: None, principal: None, addresses };
        let list = calendars(&Session::new(client(), me(), place.site.clone()), &place).await.expect("a list");
        assert_eq!((list.calendars.len(), list.complete), (1, complete), "{status}");
    }
}
