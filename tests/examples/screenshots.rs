//! Pictures of every view on the demo vault, for eyes and for the README: `scripts/screenshots [FOLDER]`.
//!
//! Light and dark, in a window of 1280×800 and of 800×600; at twice the size; then an empty vault, views that fail or wait,
//! accounts that are not in step, and a first run. What the page complains of meanwhile is printed.

#[cfg(target_os = "linux")]
mod tour {
    use std::io::Write;
    use std::path::{Path, PathBuf};
    use std::time::Duration;

    use throughline_tests::desktop::{Answers, Desktop, Setting};
    use throughline_tests::google::Google;
    use throughline_tests::{Vault, text};

    /// The moment of the pictures: a Thursday, twelve minutes before a meeting.
    const NOW: &str = "2026-11-19T11:18:00+01:00";

    const SIZES: [(u32, u32); 2] = [(1280, 800), (800, 600)];

    #[tokio::main(flavor = "current_thread")]
    pub async fn main() {
        let folder = PathBuf::from(std::env::args_os().nth(1).unwrap_or_else(|| "target/screenshots".into()));
        let demo = Vault::nowhere().at(NOW);
        demo.json(&["demo"]);
        let views = views(&demo);
        for size in SIZES {
            let folder = folder.join(format!("{}x{}", size.0, size.1));
            let desktop = Desktop::open_with(&demo, &Setting { size, ..Setting::default() }).await;
            for theme in ["light", "dark"] {
                desktop.theme(theme).await;
                for (name, route) in &views {
                    desktop.go(route).await;
                    picture(&desktop, &folder, &format!("{name}-{theme}")).await;
                }
                overlays(&desktop, &folder, theme, &views).await;
            }
            told(&desktop.complaints().await);
            desktop.quit().await;
        }
        large(&demo, &views, &folder.join("200-percent")).await;
        for size in SIZES {
            dialogs(&demo, &views, size, &folder.join(format!("dialogs-{}x{}", size.0, size.1))).await;
        }
        empty(&folder.join("empty")).await;
        answers(&demo, &views, Answers::Failing, &folder.join("failing")).await;
        answers(&demo, &views, Answers::Never, &folder.join("loading")).await;
        accounts(&folder.join("accounts")).await;
        first_run(&folder.join("first-run")).await;
    }

    /// Every view with a name, and where it is.
    fn views(vault: &Vault) -> Vec<(&'static str, String)> {
        let next = vault.id_on("2026-11-19", "1:1 with Priya");
        let past = vault.id_on("2026-11-05", "Acme steering committee");
        let person = text(&vault.the(&["people"], "people", "name", "Priya Raman")["id"]);
        let organization = text(&vault.list(&["orgs"], "organizations")[0]["id"]);
        let acme = text(&vault.the(&["orgs"], "organizations", "name", "Acme")["id"]);
        let chain = vault.list(&["decisions"], "decisions").into_iter().find(|one| one["anchor"] == "acmcap");
        let decision = text(&chain.expect("a decision of the demo")["id"]);
        [
            ("today", "/today".to_owned()),
            ("tomorrow", "/today/2026-11-20".to_owned()),
            ("meeting", format!("/meeting/{next}")),
            ("meeting-prep", format!("/meeting/{next}?part=prep")),
            ("meeting-held", format!("/meeting/{past}")),
            ("meeting-gone", "/meeting/none".to_owned()),
            ("calendar-day", "/calendar/day/2026-11-19".to_owned()),
            ("calendar-week", "/calendar/week/2026-11-19".to_owned()),
            ("calendar-month", "/calendar/month/2026-11-19".to_owned()),
            ("actions", "/actions".to_owned()),
            ("actions-waiting", "/actions/waiting".to_owned()),
            ("actions-by-person", "/actions/all?by=person".to_owned()),
            ("decisions", "/decisions".to_owned()),
            ("decision", format!("/decisions/{decision}")),
            ("people", "/people".to_owned()),
            ("person", format!("/people/{person}")),
            ("organizations", "/organizations".to_owned()),
            ("organization", format!("/organizations/{organization}")),
            ("register", format!("/register/{acme}")),
            ("insights", "/insights".to_owned()),
            ("saved", "/saved/Reports%20without%20a%201%3A1%20in%20three%20weeks".to_owned()),
            ("graph-person", format!("/graph?kind=person&id={person}")),
            ("queue", "/queue".to_owned()),
            ("search", "/search?q=pricing".to_owned()),
            ("graph", "/graph".to_owned()),
            ("review", "/review".to_owned()),
            ("settings", "/settings".to_owned()),
            ("settings-templates", "/settings/templates".to_owned()),
            ("settings-keys", "/settings/keys".to_owned()),
            ("settings-look", "/settings/look".to_owned()),
            ("settings-keeping", "/settings/keeping".to_owned()),
        ]
        .into()
    }

    /// What lies over a view.
    async fn overlays(desktop: &Desktop, folder: &Path, theme: &str, views: &[(&str, String)]) {
        let route = |name| views.iter().find(|(view, _)| *view == name).map(|(_, route)| route.as_str());
        desktop.go("/today").await;
        desktop.press("Mod+K").await;
        desktop.all("dialog", "").await;
        desktop.write("pricing").await;
        picture(desktop, folder, &format!("over-search-{theme}")).await;
        desktop.press("Escape").await;
        desktop.gone("dialog", "").await;
        desktop.press("Mod+/").await;
        desktop.the("dialog", "Shortcuts").await;
        picture(desktop, folder, &format!("over-shortcuts-{theme}")).await;
        desktop.press("Escape").await;
        desktop.gone("dialog", "").await;
        desktop.go(route("meeting-held").expect("a view")).await;
        desktop.still().await;
        desktop.press("Mod+R").await;
        desktop.the("dialog", "Recap").await;
        picture(desktop, folder, &format!("over-recap-{theme}")).await;
        desktop.press("Escape").await;
        desktop.gone("dialog", "").await;
        desktop.press("Mod+Shift+D").await;
        picture(desktop, folder, &format!("discreet-meeting-{theme}")).await;
        desktop.go("/today").await;
        picture(desktop, folder, &format!("discreet-today-{theme}")).await;
        desktop.press("Mod+Shift+D").await;
        desktop.gone("heading", "Discreet mode").await;
    }

    /// What asks something: the view it is asked in, and what one presses or clicks there, one after the other.
    const DIALOGS: [(&str, &str, &[&str]); 20] = [
        ("note", "today", &["n"]),
        ("another-day", "today", &["y"]),
        ("one-client", "today", &["Mod+Shift+L"]),
        ("date", "actions", &["j", "e"]),
        ("assign", "actions", &["j", "w"]),
        ("snooze", "actions", &["j", "z"]),
        ("filter", "actions", &["f"]),
        ("supersede", "decision", &["j", "s"]),
        ("confirmed", "decision", &["j", "y"]),
        ("as-of", "decisions", &["button As of today"]),
        ("new-meeting", "calendar-week", &["n"]),
        ("more", "meeting-held", &["button More for this meeting"]),
        ("name", "person", &["button Add a name or address"]),
        ("path", "graph", &["p"]),
        ("export-register", "register", &["e"]),
        ("delegate", "review", &["w"]),
        ("ask", "review", &["a"]),
        ("add-google", "settings", &["button Google"]),
        ("remove", "settings", &["button Remove…"]),
        ("restore", "settings-keeping", &["button Restore a backup…"]),
    ];

    async fn dialogs(demo: &Vault, views: &[(&'static str, String)], size: (u32, u32), folder: &Path) {
        let desktop = Desktop::open_with(&demo.at(NOW), &Setting { size, ..Setting::default() }).await;
        for theme in ["light", "dark"] {
            for (name, view, steps) in DIALOGS {
                let route = views.iter().find(|(one, _)| *one == view).map(|(_, route)| route.as_str());
                desktop.go(route.expect("a view")).await;
                desktop.theme(theme).await;
                desktop.settles(Duration::from_secs(60)).await;
                for step in steps {
                    match step.split_once(' ') {
                        Some((role, name)) => match desktop.all(role, name).await.first() {
                            Some(found) => found.click().await.expect("it can be clicked"),
                            None => told(&[format!("no {step}")]),
                        },
                        None => desktop.press(step).await,
                    }
                    desktop.still().await;
                }
                picture(&desktop, folder, &format!("{name}-{theme}")).await;
                desktop.press("Escape").await;
                desktop.press("Escape").await;
            }
        }
        told(&desktop.complaints().await);
        desktop.quit().await;
    }

    async fn empty(folder: &Path) {
        let vault = Vault::new();
        let desktop = Desktop::open(&vault).await;
        let views = [
            "today",
            "calendar",
            "actions",
            "decisions",
            "people",
            "organizations",
            "graph",
            "review",
            "insights",
            "saved",
            "register",
            "queue",
            "search",
            "settings",
            "settings/keeping",
        ];
        for theme in ["light", "dark"] {
            for view in views {
                desktop.go(&format!("/{view}")).await;
                desktop.theme(theme).await;
                picture(&desktop, folder, &format!("{}-{theme}", view.replace('/', "-"))).await;
            }
        }
        told(&desktop.complaints().await);
        desktop.quit().await;
    }

    /// Every view where the program answers with a failure, or not at all.
    async fn answers(demo: &Vault, views: &[(&'static str, String)], how: Answers, folder: &Path) {
        let desktop = Desktop::open_with(&demo.at(NOW), &Setting::default()).await;
        desktop.the("main", "Day").await;
        desktop.go("/settings/look").await;
        desktop.still().await;
        desktop.answers(how).await;
        for theme in ["light", "dark"] {
            for (name, route) in views {
                desktop.go(route).await;
                desktop.theme(theme).await;
                picture(&desktop, folder, &format!("{name}-{theme}")).await;
            }
        }
        told(&desktop.complaints().await);
        desktop.quit().await;
    }

    /// Every view at twice the size.
    async fn large(demo: &Vault, views: &[(&'static str, String)], folder: &Path) {
        let desktop = Desktop::open_with(&demo.at(NOW), &Setting::default()).await;
        desktop.the("main", "Day").await;
        // By the setting itself: some views reckon with it.
        desktop.go("/settings/look").await;
        desktop.click("radio", "200 %").await;
        for (name, route) in views {
            desktop.go(route).await;
            picture(&desktop, folder, name).await;
        }
        desktop.go("/settings/look").await;
        desktop.click("radio", "100 %").await;
        desktop.still().await;
        told(&desktop.complaints().await);
        desktop.quit().await;
    }

    /// Accounts that are in step, that want a new sign-in, and whose address is gone.
    async fn accounts(folder: &Path) {
        let google = Google::with("max@example.org");
        let vault = google.signed_in("max@example.org").at(NOW);
        vault.json(&["sync"]);
        let file = vault.file("work.ics", throughline_tests::calendar(&[]));
        vault.subscribe(&file);
        vault.json(&["sync"]);
        std::fs::remove_file(file).expect("the file was there");
        google.world().take_back();
        vault.run(&["sync"]);
        let desktop = Desktop::open(&vault).await;
        for theme in ["light", "dark"] {
            for view in ["settings", "today"] {
                desktop.go(&format!("/{view}")).await;
                desktop.theme(theme).await;
                picture(&desktop, folder, &format!("{view}-{theme}")).await;
            }
        }
        told(&desktop.complaints().await);
        desktop.quit().await;
    }

    async fn first_run(folder: &Path) {
        let setting = Setting { name_vault: false, ..Setting::default() };
        let vault = Vault::nowhere().at(NOW);
        let desktop = Desktop::open_with(&vault, &setting).await;
        picture(&desktop, folder, "1-where").await;
        desktop.press("Enter").await;
        desktop.the("heading", "Who are you?").await;
        picture(&desktop, folder, "2-who").await;
        desktop.write("Max Muster").await;
        desktop.press("Enter").await;
        desktop.the("heading", "Your calendar").await;
        picture(&desktop, folder, "3-calendar").await;
        for (kind, name) in [("Google", "3-google"), ("CalDAV", "3-caldav")] {
            desktop.click("radio", kind).await;
            picture(&desktop, folder, name).await;
        }
        told(&desktop.complaints().await);
        desktop.quit().await;
    }

    async fn picture(desktop: &Desktop, folder: &Path, name: &str) {
        // Long, for a machine that does other things besides; a picture of what has not come to rest is one all the same.
        if !desktop.settles(Duration::from_secs(60)).await {
            told(&[format!("{name} does not come to rest.")]);
        }
        desktop.picture(folder, name).await;
    }

    fn told(complaints: &[String]) {
        for complaint in complaints {
            writeln!(std::io::stderr(), "The page complains: {complaint}").expect("standard error");
        }
    }
}

#[cfg(target_os = "linux")]
use tour::main;

#[cfg(not(target_os = "linux"))]
fn main() {}
