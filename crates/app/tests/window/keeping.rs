//! Completions, settings, attachments, views of actions and decisions, searching with operators.

use throughline_app::actions::{self, ActionView, Filter};
use throughline_app::complete::complete;
use throughline_app::model::ActionStatus;
use throughline_app::view::{CompletionKind, Settings, Template, Theme};
use throughline_app::{
    App, attachments, backups, decisions, maintenance, meetings, orgs, people, search, settings, undo, vault,
};

use crate::world::{NOW, World, clock};

const ANA: &str = "Ana Silva <ana@acme.example>";
const BEN: &str = "Ben Ito <ben@acme.example>";

async fn labels(world: &World, kind: CompletionKind, query: &str, meeting: Option<&str>) -> Vec<String> {
    complete(&world.app, kind, query, meeting).await.unwrap().into_iter().map(|one| one.label).collect()
}

#[tokio::test]
async fn people_are_completed_attendees_first_then_everyone_then_new() {
    let world = World::new().await;
    world.meeting("Other", "2026-11-20T10:00", &["Ada Berg <ada@other.example>"]).await;
    let id = world.meeting("Talk", "2026-11-23T10:00", &[ANA]).await;
    let found = complete(&world.app, CompletionKind::Person, "a", Some(&id)).await.unwrap();
    let told: Vec<_> =
        found.iter().map(|one| (one.label.as_str(), one.insert.as_str(), one.group.as_deref().unwrap())).collect();
    assert_eq!(told, [("Ana Silva", "@ana", "here"), ("Ada Berg", "@ada", "known"), ("New person “a”", "a", "new")]);
    assert_eq!(labels(&world, CompletionKind::Person, "silv", Some(&id)).await[0], "Ana Silva");
    assert_eq!(labels(&world, CompletionKind::Person, "Ana Silva", Some(&id)).await, ["Ana Silva"]);
    let new = people::new(&world.app, "Ana Silva").await.unwrap();
    assert_ne!(new.handle, "ana", "another of the name, with a handle of their own");
    undo::last(&world.app).await.unwrap();
    assert_eq!(labels(&world, CompletionKind::Person, "Ana Silva", Some(&id)).await, ["Ana Silva"]);
}

#[tokio::test]
async fn to_a_meeting_of_many_twelve_others_are_offered() {
    let world = World::new().await;
    let there: Vec<String> = (0..30).map(|n| format!("An{n:02} There <an{n:02}@acme.example>")).collect();
    let there: Vec<&str> = there.iter().map(String::as_str).collect();
    let id = world.meeting("Everybody", "2026-11-23T10:00", &there).await;
    let away: Vec<String> = (0..15).map(|n| format!("An{n:02} Away <away{n:02}@acme.example>")).collect();
    let away: Vec<&str> = away.iter().map(String::as_str).collect();
    world.meeting("Elsewhere", "2026-11-23T10:00", &away).await;
    let found = complete(&world.app, CompletionKind::Others, "an", Some(&id)).await.unwrap();
    let known: Vec<_> = found.iter().filter(|one| one.person_id.is_some()).collect();
    assert_eq!(known.len(), 12);
    assert!(known.iter().all(|one| one.label.ends_with("Away")), "{known:?}");
}

#[tokio::test]
async fn topics_items_and_templates_are_completed() {
    let world = World::new().await;
    let id = world.meeting("Talk", "2026-11-23T10:00", &[]).await;
    world
        .write(
            &id,
            "!! call the bank #acme/q4\n- [x] called the bank #acme\n=> the bank stays #acme/q4\n?? which bank\n",
        )
        .await;
    assert_eq!(labels(&world, CompletionKind::Topic, "q", None).await, ["#acme/q4"]);
    let items = complete(&world.app, CompletionKind::Item, "bank", Some(&id)).await.unwrap();
    let mut told: Vec<_> = items.iter().map(|one| (one.label.as_str(), one.group.as_deref().unwrap())).collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [("call the bank #acme/q4", "action"), ("the bank stays #acme/q4", "decision"), ("which bank", "question")]
    );
    assert!(items.iter().all(|one| one.insert.len() == 7 && one.detail.as_deref() == Some("Talk · 2026-11-23")));
    assert_eq!(
        complete(&world.app, CompletionKind::Item, "", None).await.unwrap().len(),
        3,
        "the latest, where nothing is typed"
    );
    assert_eq!(labels(&world, CompletionKind::Template, "ret", None).await, ["Retro"]);
}

#[tokio::test]
async fn settings_are_kept_and_held_to_what_they_may_be() {
    let world = World::new().await;
    assert_eq!(settings::show(&world.app).await.unwrap(), Settings::default());
    let wanted = Settings { theme: Theme::Dark, zoom: 500, sync_minutes: 0, ..Settings::default() };
    settings::save(&world.app, &wanted).await.unwrap();
    let kept = settings::show(&world.again().await).await.unwrap();
    assert_eq!((kept.theme, kept.zoom, kept.sync_minutes), (Theme::Dark, 200, 1));
    let twice =
        vec![Template { name: "A".into(), text: String::new() }, Template { name: " a ".into(), text: String::new() }];
    let failure = settings::save(&world.app, &Settings { templates: twice, ..wanted }).await.unwrap_err();
    assert_eq!(failure.code, "name_taken");
    undo::last(&world.app).await.unwrap();
    assert_eq!(settings::show(&world.app).await.unwrap(), Settings::default());
}

#[tokio::test]
async fn an_attachment_is_stored_once_served_and_nothing_else_is() {
    let world = World::new().await;
    let path = attachments::add(&world.app, "Plan (1).PNG", b"picture".to_vec()).await.unwrap();
    assert!(path.starts_with("attachments/") && path.ends_with("-plan-1.png"), "{path}");
    assert_eq!(attachments::add(&world.app, "Plan (1).PNG", b"picture".to_vec()).await.unwrap(), path);
    assert_ne!(attachments::add(&world.app, "Plan (1).PNG", b"other".to_vec()).await.unwrap(), path);
    let file = attachments::path(&world.app, &path).await.unwrap();
    assert_eq!(std::fs::read(file).unwrap(), b"picture");
    for wrong in [
        "attachments/../throughline.db",
        "attachments/..",
        "attachments/",
        "../attachments/x",
        "throughline.db",
        "/etc/passwd",
        "attachments/a/b",
        "attachments\\..\\throughline.db",
        "attachments/.hidden",
        "attachments/nothing.png",
    ] {
        assert_eq!(attachments::path(&world.app, wrong).await.unwrap_err().code, "unknown_attachment", "{wrong}");
    }
    let large = vec![0; attachments::LARGEST + 1];
    assert_eq!(attachments::add(&world.app, "x.bin", large).await.unwrap_err().code, "attachment_too_large");
    assert_eq!(attachments::add(&world.app, "x.bin", Vec::new()).await.unwrap_err().code, "attachment_empty");
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_among_the_attachments_leads_nowhere() {
    let world = World::new().await;
    attachments::add(&world.app, "a.png", b"a".to_vec()).await.unwrap();
    std::os::unix::fs::symlink("/etc/passwd", world.dir.path().join("attachments/passwd.png")).unwrap();
    let failure = attachments::path(&world.app, "attachments/passwd.png").await.unwrap_err();
    assert_eq!(failure.code, "unknown_attachment");
}

#[tokio::test]
async fn a_backup_holds_the_attachments_and_restoring_brings_them_back() {
    let world = World::new().await;
    let id = world.meeting("Talk", "2026-11-23T10:00", &[]).await;
    let path = attachments::add(&world.app, "plan.png", b"picture".to_vec()).await.unwrap();
    world.write(&id, &format!("![plan]({path})\n")).await;
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("one.backup");
    backups::backup(&world.app, &file).await.unwrap();
    let dir = home.path().join("vault");
    backups::restore(&dir, clock(NOW), &file).await.unwrap();
    let app = App::open(&dir, clock(NOW)).await.unwrap();
    assert_eq!(std::fs::read(attachments::path(&app, &path).await.unwrap()).unwrap(), b"picture");
    let doctor = maintenance::doctor(&app, false, None).await.unwrap();
    assert!(doctor.ok, "{doctor:?}");
    // Restored over a vault whose attachment was lost.
    std::fs::remove_file(dir.join(&path)).unwrap();
    let codes = |doctor: throughline_app::view::Doctor| -> Vec<String> {
        doctor.problems.into_iter().map(|problem| problem.code).collect()
    };
    assert_eq!(codes(maintenance::doctor(&app, false, None).await.unwrap()), ["attachment_missing"]);
    std::fs::write(dir.join(&path), b"something else").unwrap();
    assert_eq!(codes(maintenance::doctor(&app, false, None).await.unwrap()), ["attachment_damaged"]);
    std::fs::remove_file(dir.join(&path)).unwrap();
    app.close().await;
    backups::restore(&dir, clock(NOW), &file).await.unwrap();
    let app = App::open(&dir, clock(NOW)).await.unwrap();
    assert!(maintenance::doctor(&app, false, None).await.unwrap().ok);
    let again = home.path().join("two.backup");
    backups::backup(&app, &again).await.unwrap();
    assert!(again.is_file(), "a restored vault can be backed up");
}

#[tokio::test]
async fn each_view_of_actions_shows_its_own() {
    let world = World::new().await;
    let id = world.meeting("Talk", "2026-11-20T10:00", &[ANA, BEN]).await;
    let lines = "!! @mia late by 21 Nov\n!! @mia soon by 30 Nov\n!! @ana theirs\n!! @mia and @ana both\n!! nobody's\n- [x] @mia done\n- [-] dropped\n!! @mia asleep\n";
    world.write(&id, lines).await;
    let asleep = meetings::show(&world.app, &id).await.unwrap().actions.pop().unwrap();
    actions::snooze(&world.app, &asleep.id.to_string(), "2027-01-01".parse().unwrap()).await.unwrap();
    for (view, expected) in [
        (ActionView::Mine, vec!["@mia late by 21 Nov", "@mia soon by 30 Nov", "@mia and @ana both"]),
        (ActionView::Waiting, vec!["@ana theirs"]),
        (ActionView::Unowned, vec!["nobody's"]),
        (ActionView::Undated, vec!["@ana theirs", "@mia and @ana both", "nobody's"]),
        (ActionView::Overdue, vec!["@mia late by 21 Nov"]),
    ] {
        let filter = Filter { view: Some(view), ..Filter::default() };
        let mut told: Vec<_> =
            actions::list(&world.app, &filter).await.unwrap().actions.into_iter().map(|a| a.text).collect();
        let mut expected: Vec<_> = expected.into_iter().map(str::to_owned).collect();
        told.sort();
        expected.sort();
        assert_eq!(told, expected, "{view:?}");
    }
    let count = async |view| {
        let filter = Filter { view: Some(view), ..Filter::default() };
        actions::list(&world.app, &filter).await.unwrap().actions
    };
    assert_eq!(count(ActionView::Done).await.len(), 2);
    assert!(count(ActionView::Done).await.iter().all(|action| action.status != ActionStatus::Open));
    assert_eq!(count(ActionView::All).await.len(), 8);
}

#[tokio::test]
async fn what_held_on_a_day_and_what_a_decision_led_to() {
    let world = World::new().await;
    let first = world.meeting("First", "2026-10-01T10:00", &[ANA]).await;
    world.write(&first, "=> we take A\n   because\n   - [ ] order A\n- [ ] apart\n").await;
    let second = world.meeting("Second", "2026-11-01T10:00", &[ANA]).await;
    let old = meetings::show(&world.app, &first).await.unwrap().decisions[0].clone();
    world.write(&second, &format!("=> we take B supersedes ^{}\n", old.anchor)).await;
    let held = async |day: &str| -> Vec<String> {
        let filter = decisions::Filter { as_of: Some(day.parse().unwrap()), ..decisions::Filter::default() };
        decisions::list(&world.app, &filter).await.unwrap().decisions.into_iter().map(|one| one.text).collect()
    };
    assert_eq!(held("2026-09-30").await, Vec::<String>::new());
    assert_eq!(held("2026-10-31").await, ["we take A"]);
    assert_eq!(held("2026-11-01").await, ["we take B"]);
    let detail = decisions::show(&world.app, &old.id.to_string()).await.unwrap();
    assert_eq!(detail.led_to.iter().map(|one| one.text.as_str()).collect::<Vec<_>>(), ["order A"]);
}

#[tokio::test]
async fn operators_in_the_text_narrow_a_search() {
    let world = World::new().await;
    let id = world.meeting("Budget talk", "2026-11-20T10:00", &[ANA]).await;
    world.write(&id, "=> the budget stays #money\n!! @ana checks the budget\n").await;
    let other = world.meeting("Old budget", "2025-01-10T10:00", &[BEN]).await;
    world.write(&other, "=> the budget was small #money/old\n").await;
    let found = async |text: &str| -> Vec<String> {
        let found = search::run(&world.app, text, &search::Filter::default()).await.unwrap();
        let mut kinds: Vec<_> = found.hits.into_iter().map(|hit| hit.kind).collect();
        kinds.sort();
        kinds
    };
    assert_eq!(found("budget kind:decision").await, ["decision", "decision"]);
    assert_eq!(found("kind:decision from:2026-01-01 budget").await, ["decision"]);
    assert_eq!(found("kind:decision to:2025-12-31 budget").await, ["decision"]);
    assert_eq!(found("kind:decision person:ben").await, ["decision"]);
    assert_eq!(found("kind:decision person:\"Ana Silva\"").await, ["decision"]);
    assert_eq!(found("kind:decision topic:money").await, ["decision", "decision"]);
    assert_eq!(found("topic:#money/old kind:decision").await, ["decision"]);
    assert_eq!(found("kind:action").await, ["action"], "without any other word");
    assert_eq!(found("budget kind:deci").await, Vec::<String>::new(), "half an operator is a word");
    assert_eq!(found("kind:decision org:acme").await, ["decision", "decision"], "both are of Acme");
    let third = world.meeting("Elsewhere", "2026-11-21T10:00", &["Cy Roe <cy@other.example>"]).await;
    world.write(&third, "=> the budget of others\n").await;
    assert_eq!(found("budget kind:decision").await.len(), 3);
    assert_eq!(found("budget kind:decision org:other").await, ["decision"]);
    let checks = search::run(&world.app, "checks", &search::Filter::default()).await.unwrap().hits;
    let owners = checks.iter().find(|hit| hit.kind == "action").map(|hit| hit.owners[0].name.as_str());
    assert_eq!(owners, Some("Ana Silva"));
    for (typed, code) in
        [("kind:deci budget", "unknown_kind"), ("kind:deci ", "unknown_kind"), ("org:nobody x", "unknown_organization")]
    {
        let failure = search::run(&world.app, typed, &search::Filter::default()).await.unwrap_err();
        assert_eq!(failure.code, code, "{typed:?}");
    }
    assert_eq!(found("").await, Vec::<String>::new());
}

#[tokio::test]
async fn a_meeting_tells_its_place_its_topics_and_a_description_that_is_safe() {
    let world = World::new().await;
    let ics = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a@x\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:Weekly\r\nDTSTART:20261102T090000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\nDESCRIPTION:<p onclick=x>Hi</p><script>alert(1)</script>\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let file = world.dir.path().join("c.ics");
    std::fs::write(&file, ics).unwrap();
    throughline_app::accounts::add_ics(&world.app, file.to_str().unwrap(), None).await.unwrap();
    throughline_app::sync::run(&world.app, &throughline_app::sync::Options::default(), &throughline_app::NoProgress)
        .await
        .unwrap();
    let all = meetings::list(&world.app, &meetings::Filter::default()).await.unwrap().meetings;
    let second = all[1].id.to_string();
    world.write(&second, "=> go #plan\n").await;
    let told = meetings::show(&world.app, &second).await.unwrap();
    let series = told.series.unwrap();
    assert_eq!((series.position, series.count), (2, 4));
    assert_eq!((series.previous, series.next), (Some(all[0].id), Some(all[2].id)));
    assert_eq!(series.cadence.as_deref(), Some("every week"));
    assert_eq!((told.topics, told.description_html.as_deref()), (vec!["plan".to_owned()], Some("<p>Hi</p>")));
}

#[tokio::test]
async fn a_folder_is_looked_at_before_a_vault_is_put_there() {
    let world = World::new().await;
    let found = vault::check_folder(world.dir.path()).await;
    assert!(found.exists && found.has_vault && found.writable && found.synced_by.is_none(), "{found:?}");
}

#[tokio::test]
async fn through_a_lens_undo_says_that_it_was_done_and_not_of_what() {
    let world = World::new().await;
    let theirs = world.meeting("Talk", "2026-11-20T10:00", &["tom@globex.example"]).await;
    world.meeting("Seen", "2026-11-20T12:00", &["ana@northwind.example"]).await;
    world.write(&theirs, "!! @mia SECRETLY call ^call01\n").await;
    let tick = async || {
        actions::set_status(&world.app, &["^call01".to_owned()], ActionStatus::Done).await.unwrap();
    };
    tick().await;
    let lens = orgs::lens(&world.app, Some("northwind")).await.unwrap();
    let undone = undo::last(&lens).await.unwrap();
    assert_eq!((undone.command.as_deref(), undone.what), (Some("action done"), None));
    assert!(!undone.undone.is_empty());
    tick().await;
    assert_eq!(undo::last(&world.app).await.unwrap().what.as_deref(), Some("ticked “SECRETLY call”"));
}
