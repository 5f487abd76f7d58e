//! Every view of the window has a way to it, through it and out of it that needs no mouse.
#![cfg(target_os = "linux")]

use throughline_tests::desktop::Desktop;
use throughline_tests::{Vault, without_anchors};

fn vault() -> Vault {
    let vault = Vault::new();
    let past = vault.meeting("Pricing", "2026-11-17T10:00", &["lena@acme.example"]);
    vault.write(&past, "=> One price for everyone #pricing\n!! I will call Chen #pricing\n?? Who signs for Acme\n");
    vault.meeting("Planning with Acme", "2026-11-24T09:15", &["lena@acme.example"]);
    vault
}

/// Moves through a list until the row with the focus says this.
async fn row(desktop: &Desktop, says: &str) {
    desktop.says(says).await;
    let there = || async {
        let before = desktop.focused().await;
        if before.contains(says) {
            return true;
        }
        desktop.press("j").await;
        if desktop.focused().await == before {
            // At its end: once more from the beginning.
            desktop.press("Home").await;
        }
        desktop.focused().await.contains(says)
    };
    assert!(desktop.eventually(there).await, "no row says {says:?}; the focus is on {:?}", desktop.focused().await);
}

async fn at(desktop: &Desktop, route: &str) {
    let there = || async { desktop.route().await.starts_with(route) };
    assert!(desktop.eventually(there).await, "the window is at {:?} and not at {route:?}", desktop.route().await);
}

#[tokio::test]
async fn today_a_meeting_and_the_calendar_are_worked_by_key() {
    let vault = vault();
    let desktop = Desktop::open(&vault).await;
    desktop.says("Planning with Acme").await;
    desktop.press("]").await;
    at(&desktop, "/today/2026-11-25").await;
    desktop.press("[").await;
    desktop.press("F6").await;
    assert_ne!(desktop.focused().await, "", "F6 goes into the day");

    desktop.press("Mod+2").await;
    at(&desktop, "/calendar").await;
    desktop.says("Planning with Acme").await;
    let there = || async {
        desktop.press("ArrowDown").await;
        desktop.focused().await.contains("Planning with Acme")
    };
    assert!(desktop.eventually(there).await, "the arrows lead to {:?}", desktop.focused().await);
    desktop.press("Enter").await;
    at(&desktop, "/meeting/").await;

    desktop.the("textbox", "Notes").await;
    desktop.still().await;
    desktop.focus_by_tab("tab", "Notes").await;
    desktop.press("ArrowLeft").await;
    desktop.the("textbox", "Agenda").await;
    let there = || async {
        desktop.press("F6").await;
        desktop.focused().await == "textbox Agenda"
    };
    assert!(desktop.eventually(there).await, "F6 leads to {:?}", desktop.focused().await);
    desktop.press("F6").await;
    assert_ne!(desktop.focused().await, "textbox Agenda", "F6 goes on to the brief");
    desktop.press("Shift+F6").await;
    desktop.focus("textbox", "Agenda").await;
    desktop.write("- what do they want").await;
    desktop.press("Escape").await;
    let id = vault.id_on("2026-11-24", "Planning with Acme");
    let saved = || async { vault.json(&["note", "show", &id, "--part", "prep"])["text"] == "- what do they want" };
    assert!(desktop.eventually(saved).await, "{}", vault.json(&["note", "show", &id, "--part", "prep"]));
    assert_eq!(desktop.complaints().await, Vec::<String>::new());
    desktop.quit().await;
}

#[tokio::test]
async fn actions_and_questions_are_worked_by_key() {
    let vault = vault();
    let past = vault.id_on("2026-11-17", "Pricing");
    let desktop = Desktop::open(&vault).await;
    desktop.says("Planning with Acme").await;
    desktop.press("a").await;
    row(&desktop, "I will call Chen").await;
    desktop.press("e").await;
    desktop.focus("combobox", "Due").await;
    desktop.write("1 dec").await;
    desktop.press("Enter").await;
    desktop.gone("dialog", "").await;
    let dated = || async { vault.read(&past).contains("!! I will call Chen #pricing due:2026-12-01") };
    assert!(desktop.eventually(dated).await, "{:?}", vault.read(&past));
    row(&desktop, "I will call Chen").await;
    desktop.press("w").await;
    desktop.focus("combobox", "Person").await;
    desktop.write("lena").await;
    desktop.press("Enter").await;
    let given = || async { vault.json(&["actions"])["actions"][0]["owners"][0]["name"] == "Lena" };
    assert!(desktop.eventually(given).await, "{}", vault.json(&["actions"]));
    desktop.press("Mod+Z").await;
    let back = || async { !without_anchors(&vault.read(&past)).contains("@lena") };
    assert!(desktop.eventually(back).await, "{:?}", vault.read(&past));

    desktop.press("Mod+4").await;
    desktop.the("heading", "What holds today").await;
    desktop.press("Mod+PageUp").await;
    desktop.the("heading", "Questions").await;
    row(&desktop, "Who signs for Acme").await;
    desktop.press("Enter").await;
    at(&desktop, &format!("/meeting/{past}")).await;
    desktop.focus("textbox", "Notes").await;
    assert_eq!(desktop.complaints().await, Vec::<String>::new());
    desktop.quit().await;
}

#[tokio::test]
async fn people_organizations_search_and_settings_are_worked_by_key() {
    let vault = vault();
    let desktop = Desktop::open(&vault).await;
    desktop.says("Planning with Acme").await;
    for (letter, view, name) in [("p", "/people/", "Lena"), ("o", "/organizations/", "Acme")] {
        desktop.press(letter).await;
        row(&desktop, name).await;
        desktop.press("Enter").await;
        at(&desktop, view).await;
        desktop.focus("heading", name).await;
        desktop.press("Escape").await;
        at(&desktop, view.trim_end_matches('/')).await;
    }

    desktop.press("Mod+K").await;
    desktop.focus("combobox", "Search and commands").await;
    desktop.write("price").await;
    let found = || async { desktop.option().await.contains("One price") };
    assert!(desktop.eventually(found).await, "{}", desktop.option().await);
    desktop.press("Mod+Enter").await;
    at(&desktop, "/search").await;
    desktop.focus("searchbox", "Search everything").await;
    desktop.says("One price for everyone").await;
    desktop.press("ArrowDown").await;
    desktop.press("Enter").await;
    at(&desktop, "/decisions/").await;

    desktop.press("Mod+K").await;
    desktop.focus("combobox", "Search and commands").await;
    desktop.write(">attach again").await;
    desktop.press("Enter").await;
    desktop.the("heading", "To attach again").await;

    for (letter, heading) in [("g", "Graph"), ("r", "Review")] {
        desktop.press(letter).await;
        desktop.the("heading", heading).await;
    }

    desktop.press("Mod+,").await;
    desktop.the("heading", "Settings").await;
    desktop.focus_by_tab("tab", "Accounts").await;
    for _ in 0..3 {
        desktop.press("ArrowRight").await;
    }
    desktop.focus("tab", "Look").await;
    desktop.focus_by_tab("radio", "As the system").await;
    desktop.press("ArrowLeft").await;
    desktop.focus("radio", "Dark").await;
    let dark = || async { desktop.script("return document.documentElement.dataset.theme", vec![]).await == "dark" };
    assert!(desktop.eventually(dark).await, "the window is dark");
    desktop.press("?").await;
    desktop.the("dialog", "Shortcuts").await;
    desktop.press("Escape").await;
    desktop.gone("dialog", "Shortcuts").await;
    assert_eq!(desktop.complaints().await, Vec::<String>::new());
    desktop.quit().await;

    let again = Desktop::open(&vault).await;
    again.says("Planning with Acme").await;
    assert_eq!(again.script("return document.documentElement.dataset.theme", vec![]).await, "dark");
    again.quit().await;
}

#[tokio::test]
async fn a_list_too_long_to_be_drawn_whole_is_gone_through_from_end_to_end() {
    let vault = Vault::new();
    let meeting = vault.meeting("Moving house", "2026-11-23T10:00", &[]);
    vault.write(&meeting, &(1..=1_000).map(|box_| format!("!! @max carry box {box_}\n")).collect::<String>());
    let desktop = Desktop::open(&vault).await;
    desktop.go("/actions").await;
    row(&desktop, "Carry box").await;
    let place = async || {
        let place = desktop.script("return document.activeElement?.getAttribute('aria-rowindex')", vec![]).await;
        place.as_str().and_then(|place| place.parse::<u32>().ok())
    };
    for (key, wanted) in [("End", 1_000), ("ArrowUp", 999), ("Home", 1), ("ArrowDown", 2), ("End", 1_000)] {
        desktop.press(key).await;
        let there = || async { place().await == Some(wanted) };
        assert!(desktop.eventually(there).await, "{key} leads to {:?}", place().await);
    }
    desktop.press("Shift+ArrowUp").await;
    desktop.press("x").await;
    let done = || async { vault.list(&["actions", "--done"], "actions").len() == 2 };
    assert!(desktop.eventually(done).await, "{}", vault.list(&["actions", "--done"], "actions").len());
    desktop.quit().await;
}

#[tokio::test]
async fn back_from_a_sentence_the_list_is_at_the_row_one_left() {
    let vault = Vault::new();
    let past = vault.meeting("Many", "2026-11-17T10:00", &[]);
    let lines: String = (0..300).map(|n| format!("- [ ] @me look at point {n:03}\n")).collect();
    vault.write(&past, &lines);
    let desktop = Desktop::open(&vault).await;
    desktop.says("look at point").await;
    desktop.press("a").await;
    desktop.the("grid", "Actions, Mine").await;
    row(&desktop, "point 000").await;
    let last = || async {
        desktop.press("End").await;
        desktop.focused().await.contains("point 299")
    };
    assert!(desktop.eventually(last).await, "the focus is on {:?}", desktop.focused().await);
    desktop.press("k").await;
    let before = || async { desktop.focused().await.contains("point 298") };
    assert!(desktop.eventually(before).await, "the focus is on {:?}", desktop.focused().await);
    desktop.press("Enter").await;
    at(&desktop, "/meeting/").await;
    desktop.the("textbox", "Notes").await;
    desktop.press("Alt+ArrowLeft").await;
    at(&desktop, "/actions").await;
    desktop.the("main", "Actions").await;
    let script = "const row = document.querySelector('[role=row][aria-current=true]'); if (!row) return ''; \
                  const {top, bottom} = row.getBoundingClientRect(); \
                  return top >= 0 && bottom <= innerHeight ? row.textContent : '';";
    let shown = || async {
        let told = desktop.client().execute(script, Vec::new()).await.expect("a script");
        told.as_str().is_some_and(|text| text.contains("point 298"))
    };
    assert!(desktop.eventually(shown).await, "the row one left is not in view");
    desktop.press("k").await;
    let before = || async { desktop.focused().await.contains("point 297") };
    assert!(desktop.eventually(before).await, "k goes on from there, and not to {:?}", desktop.focused().await);
    // Rows that are measured as they come into view make the web view say that it measures again in the next frame.
    let mut complaints = desktop.complaints().await;
    complaints.retain(|said| !said.starts_with("ResizeObserver loop"));
    assert_eq!(complaints, Vec::<String>::new());
    desktop.quit().await;
}
