//! The calendar worked with the mouse: what a world without a layout cannot show.
#![cfg(target_os = "linux")]

use throughline_tests::desktop::Desktop;
use throughline_tests::{Vault, calendar, event, text};

/// Where an entry lies: its left edge, its top, and how high it is.
async fn place(desktop: &Desktop, title: &str) -> (i64, i64, i64) {
    let script = "const entry = [...document.querySelectorAll('[data-entry]')].find((one) => one.title === arguments[0]); \
                  if (!entry) return null; const { x, y, height } = entry.getBoundingClientRect(); return [x, y, height].map(Math.round);";
    let found = async || desktop.script(script, vec![title.into()]).await;
    assert!(desktop.eventually(|| async { !found().await.is_null() }).await, "no entry is called {title:?}");
    let found: Vec<i64> = serde_json::from_value(found().await).expect("three numbers");
    (found[0], found[1], found[2])
}

fn times(vault: &Vault, date: &str, title: &str) -> (String, String) {
    let meeting = vault.on(date, title);
    (text(&meeting["start"]), text(&meeting["end"]))
}

#[tokio::test]
async fn free_time_is_chosen_by_dragging_and_a_meeting_of_ones_own_put_elsewhere() {
    let vault = Vault::new();
    vault.meeting("Coffee", "2026-11-24T09:00", &["lena@acme.example"]);
    let board = event("a@x", "Board", "DTSTART:20261126T100000Z\nDTEND:20261126T110000Z");
    vault.subscribe(&vault.file("c.ics", calendar(&[board])));
    let desktop = Desktop::open(&vault).await;
    desktop.go("/calendar/week/2026-11-24").await;
    let (_, _, hour) = place(&desktop, "Board").await;
    let quarter = hour / 4;
    let (x, top, _) = place(&desktop, "Coffee").await;
    let x = x + 20;

    // From 11:00 to 13:45, beneath it.
    desktop.drag((x, top + 2 * hour + 2), (x, top + 4 * hour + 3 * quarter - 3)).await;
    desktop.says("Tuesday 24 November, 11:00–13:45").await;
    desktop.press("n").await;
    desktop.focus("textbox", "What it is about").await;
    desktop.write("Workshop\n").await;
    desktop.the("textbox", "Notes").await;
    let (start, end) = times(&vault, "2026-11-24", "Workshop");
    assert!(start.contains("T11:00") && end.contains("T13:45"), "{start} to {end}");

    // Half an hour later, and no meeting opened by letting go.
    desktop.go("/calendar/week/2026-11-24").await;
    let (_, top, _) = place(&desktop, "Coffee").await;
    desktop.drag((x, top + 4), (x, top + 4 + 2 * quarter)).await;
    let moved = || async { times(&vault, "2026-11-24", "Coffee").0.contains("T09:30") };
    assert!(desktop.eventually(moved).await, "{:?}", times(&vault, "2026-11-24", "Coffee"));
    assert!(desktop.route().await.starts_with("/calendar"), "{}", desktop.route().await);
    desktop.press("Mod+Z").await;
    let back = || async { times(&vault, "2026-11-24", "Coffee").0.contains("T09:00") };
    assert!(desktop.eventually(back).await, "{:?}", times(&vault, "2026-11-24", "Coffee"));

    // What a calendar has is moved there.
    let before = times(&vault, "2026-11-26", "Board");
    let (x, top, _) = place(&desktop, "Board").await;
    desktop.drag((x + 20, top + 4), (x + 20, top + 4 + hour)).await;
    desktop.says("This stands in your calendar").await;
    assert_eq!(times(&vault, "2026-11-26", "Board"), before);
    assert_eq!(place(&desktop, "Board").await.1, top, "it is drawn where it was");
    desktop.quit().await;
}
