//! Every view of the window: that it is there, that it can be worked without a mouse, and that it hides what it should.
#![cfg(target_os = "linux")]

use throughline_tests::desktop::{Answers, Desktop};
use throughline_tests::{Vault, text};

/// A vault with something in every view, small enough to be made quickly.
fn vault() -> Vault {
    let vault = Vault::new();
    let past = vault.meeting("Pricing", "2026-11-17T10:00", &["lena@acme.example", "tom@example.org"]);
    vault.write(&past, "=> One price for everyone #pricing\n   It is simpler.\n!! @lena sends the numbers by 18 November\n!! I call Chen by Monday #pricing\n!! Somebody looks at the logs\n?? Who signs for Acme\n");
    let today = vault.meeting("Planning with Acme", "2026-11-24T09:15", &["lena@acme.example"]);
    vault.write_part(&today, "prep", "What do they want?\n\n- [ ] I print the slides\n=> Start in January\n");
    vault.write_part(&today, "private", "She is new in the job.\n!! I ask Tom about her\n");
    vault.meeting("Budget", "2026-11-24T14:00", &["tom@example.org"]);
    vault
}

fn routes(vault: &Vault) -> Vec<String> {
    let id = |args: &[&str], list: &str| text(&vault.list(args, list)[0]["id"]);
    let meeting = vault.id_on("2026-11-24", "Planning with Acme");
    let past = vault.id_on("2026-11-17", "Pricing");
    let routes = [
        "/today".to_owned(),
        "/today/2026-11-23".to_owned(),
        format!("/meeting/{past}"),
        format!("/meeting/{meeting}?part=prep"),
        format!("/meeting/{meeting}?part=private"),
        "/meeting/none".to_owned(),
        "/calendar/day/2026-11-24".to_owned(),
        "/calendar/week/2026-11-24".to_owned(),
        "/calendar/month/2026-11-24".to_owned(),
        "/actions".to_owned(),
        "/actions/all?by=person".to_owned(),
        "/actions/done".to_owned(),
        "/decisions".to_owned(),
        format!("/decisions/{}", id(&["decisions"], "decisions")),
        "/people".to_owned(),
        format!("/people/{}", id(&["people"], "people")),
        "/organizations".to_owned(),
        format!("/organizations/{}", id(&["orgs"], "organizations")),
        "/queue".to_owned(),
        "/search?q=pricing".to_owned(),
        "/graph".to_owned(),
        "/review".to_owned(),
        "/insights".to_owned(),
        "/saved".to_owned(),
        format!("/register/{}", id(&["orgs"], "organizations")),
        "/settings/accounts".to_owned(),
        "/settings/templates".to_owned(),
        "/settings/keys".to_owned(),
        "/settings/look".to_owned(),
        "/settings/keeping".to_owned(),
    ];
    routes.into()
}

async fn nothing_is_wrong(theme: &str) {
    let vault = vault();
    let desktop = Desktop::open(&vault).await;
    desktop.the("main", "Day").await;
    desktop.theme(theme).await;
    let mut wrong = Vec::new();
    for route in routes(&vault) {
        desktop.go(&route).await;
        desktop.still().await;
        wrong.extend(desktop.violations().await.into_iter().map(|found| format!("{route}: {found}")));
    }
    desktop.go("/today").await;
    for (chord, dialog) in [("Mod+K", ""), ("Mod+/", "Shortcuts"), ("Mod+Shift+N", "")] {
        desktop.press(chord).await;
        desktop.all("dialog", dialog).await;
        desktop.still().await;
        wrong.extend(desktop.violations().await.into_iter().map(|found| format!("{chord}: {found}")));
        desktop.press("Escape").await;
        desktop.gone("dialog", "").await;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(desktop.complaints().await, Vec::<String>::new());
    desktop.quit().await;
}

#[tokio::test]
async fn no_view_has_anything_that_axe_finds_wrong_in_the_light() {
    nothing_is_wrong("light").await;
}

#[tokio::test]
async fn no_view_has_anything_that_axe_finds_wrong_in_the_dark() {
    nothing_is_wrong("dark").await;
}

/// Every view of a vault in which nothing has happened, and every view of one that cannot be read, or not yet.
async fn nothing_is_wrong_where_nothing_is(theme: &str) {
    let views = [
        "today",
        "calendar/week",
        "calendar/month",
        "actions",
        "actions/waiting",
        "actions/done",
        "decisions",
        "people",
        "organizations",
        "queue",
        "search?q=nothing",
        "graph",
        "review",
        "insights",
        "saved",
        "register",
        "settings/accounts",
    ];
    let vault = Vault::new();
    let desktop = Desktop::open(&vault).await;
    desktop.the("main", "Day").await;
    desktop.theme(theme).await;
    let mut wrong = Vec::new();
    for how in [Answers::Truly, Answers::Failing, Answers::Never] {
        // Somewhere that asks for nothing.
        desktop.go("/settings/look").await;
        desktop.still().await;
        desktop.answers(how).await;
        for view in views {
            desktop.go(&format!("/{view}")).await;
            desktop.still().await;
            if how == Answers::Failing && !desktop.text().await.contains("The vault cannot be read.") {
                wrong.push(format!("/{view} says nothing of its failure:\n{}", desktop.text().await));
            }
            wrong.extend(desktop.violations().await.into_iter().map(|found| format!("/{view}, {how:?}: {found}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(desktop.complaints().await, Vec::<String>::new());
    desktop.quit().await;
}

#[tokio::test]
async fn nothing_is_wrong_with_empty_failing_and_loading_views_in_the_light() {
    nothing_is_wrong_where_nothing_is("light").await;
}

#[tokio::test]
async fn nothing_is_wrong_with_empty_failing_and_loading_views_in_the_dark() {
    nothing_is_wrong_where_nothing_is("dark").await;
}

#[tokio::test]
async fn discreet_mode_shows_the_open_meeting_and_nothing_else() {
    let vault = vault();
    let desktop = Desktop::open(&vault).await;
    desktop.says("Planning with Acme").await;
    desktop.press("m").await;
    desktop.focus("textbox", "Notes").await;
    desktop.press("Mod+Shift+D").await;
    desktop.the("button", "Discreet mode is on, switch it off").await;
    desktop.the("textbox", "Notes").await;
    let meeting = desktop.text().await;
    assert!(meeting.contains("Planning with Acme"), "{meeting}");
    for hidden in ["One price", "sends the numbers", "Who signs"] {
        assert!(!meeting.contains(hidden), "{hidden:?} of another meeting is on the screen:\n{meeting}");
    }
    desktop.press("Escape").await;
    for view in 1..=6 {
        desktop.press(&format!("Mod+{view}")).await;
        desktop.still().await;
        let shown = desktop.text().await;
        for hidden in ["Pricing", "Budget", "One price", "Chen", "Lena", "new in the job"] {
            assert!(!shown.contains(hidden), "{hidden:?} is on the screen at {}:\n{shown}", desktop.route().await);
        }
    }
    desktop.press("Mod+Shift+D").await;
    desktop.press("t").await;
    desktop.says("Budget").await;
    assert_eq!(desktop.complaints().await, Vec::<String>::new());
    desktop.quit().await;
}
