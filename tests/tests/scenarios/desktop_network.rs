//! The network as a tool, in the window: the review down to zero, a client's register, the picture and its list, one
//! client as a lens, insights, saved queries.
#![cfg(target_os = "linux")]

use throughline_tests::desktop::Desktop;
use throughline_tests::{Vault, text};

const NOTE: &str = "=> One price for everyone #pricing\n   It is simpler.\n!! I send the numbers by 18 November\n\
    !! look at the logs\n!! @lena signs the contract\n?? Who pays for the trip\n";

fn vault() -> (Vault, String) {
    let vault = Vault::new();
    let past = vault.meeting("Pricing", "2026-11-17T10:00", &["lena@acme.example"]);
    vault.write(&past, NOTE);
    vault.write_part(&past, "private", "=> We would go lower\n");
    vault.meeting("Budget", "2026-11-24T14:00", &["tom@example.org"]);
    vault.meeting("Planning with Acme", "2026-11-24T15:00", &["lena@acme.example"]);
    (vault, past)
}

async fn at(desktop: &Desktop, route: &str) {
    let there = || async { desktop.route().await.starts_with(route) };
    assert!(desktop.eventually(there).await, "the window is at {:?} and not at {route:?}", desktop.route().await);
}

#[tokio::test]
async fn a_review_goes_down_to_zero_by_one_key_each() {
    let (vault, past) = vault();
    let desktop = Desktop::open(&vault).await;
    desktop.says("Planning with Acme").await;
    desktop.press("r").await;
    desktop.the("heading", "Review").await;
    desktop.says("3 left").await;
    desktop.says("I send the numbers").await;
    desktop.press("x").await;
    let done = || async { vault.read(&past).contains("[x] !! I send the numbers") };
    assert!(desktop.eventually(done).await, "{:?}", vault.read(&past));

    desktop.says("2 left").await;
    desktop.press("d").await;
    let dropped = || async { vault.read(&past).contains("[-] !! look at the logs") };
    assert!(desktop.eventually(dropped).await, "{:?}", vault.read(&past));

    desktop.says("1 left").await;
    desktop.press("e").await;
    desktop.focus("combobox", "Due").await;
    desktop.write("1 dec").await;
    desktop.press("Enter").await;
    desktop.the("heading", "Nothing is left to look at").await;
    assert!(vault.read(&past).contains("due:2026-12-01"), "{:?}", vault.read(&past));

    desktop.press("u").await;
    desktop.says("1 left").await;
    let back = || async { !vault.read(&past).contains("due:2026-12-01") };
    assert!(desktop.eventually(back).await, "{:?}", vault.read(&past));
    desktop.press("a").await;
    desktop.the("dialog", "").await;
    desktop.press("Escape").await;
    desktop.gone("dialog", "").await;
    desktop.press("k").await;
    desktop.the("heading", "Nothing is left to look at").await;
    let none = || async { vault.json(&["review"])["items"].as_array().is_some_and(Vec::is_empty) };
    assert!(desktop.eventually(none).await, "{}", vault.json(&["review"]));
    assert_eq!(desktop.complaints().await, Vec::<String>::new());
    desktop.quit().await;
}

#[tokio::test]
async fn a_clients_register_is_shown_written_and_verified() {
    let (vault, past) = vault();
    let acme = vault.list(&["orgs"], "organizations");
    let acme = acme.iter().find(|org| text(&org["name"]) == "Acme").expect("Acme").clone();
    let desktop = Desktop::open(&vault).await;
    desktop.says("Planning with Acme").await;
    desktop.go(&format!("/register/{}", text(&acme["id"]))).await;
    desktop.the("heading", "Register for Acme").await;
    desktop.says("One price for everyone").await;
    desktop.says("Signs the contract").await;
    let shown = desktop.text().await;
    assert!(!shown.contains("go lower") && !shown.contains("It is simpler"), "{shown}");
    desktop.focus_by_tab("switch", "With the reasons").await;
    desktop.press("Space").await;
    desktop.says("It is simpler").await;

    // The system's own dialog asks for the place; nothing can type into that here.
    let file = vault.dir().join("acme.html");
    let ask = serde_json::json!({"rationale": true});
    let arguments = serde_json::json!({"organization": acme["id"], "ask": ask, "format": "html", "path": file});
    desktop.script("window.__TAURI_INTERNALS__.invoke('register_write', arguments[0])", vec![arguments]).await;
    let written = || async { file.exists() };
    assert!(desktop.eventually(written).await, "no file was written");
    let file = file.to_str().expect("a path").to_owned();
    let check = vault.json(&["register", "verify", &file]);
    assert_eq!((&check["ok"], &check["head_found"]), (&true.into(), &true.into()), "{check}");
    let page = std::fs::read_to_string(&file).expect("the page");
    assert!(
        page.contains("One price for everyone") && !page.contains("go lower") && !page.contains("<script"),
        "{page}"
    );

    vault.write(&past, &vault.read(&past).replace("One price for everyone", "Two prices"));
    desktop.says("Two prices").await;
    let ran = vault.run(&["register", "verify", &file, "--json"]);
    assert_eq!(ran.code, 1, "{}", ran.stdout);
    assert_eq!(desktop.complaints().await, Vec::<String>::new());
    desktop.quit().await;
}

#[tokio::test]
async fn the_network_is_walked_as_a_list_and_narrowed_to_a_client() {
    let (vault, _) = vault();
    vault.json(&["query", "save", "Clients", "people org:acme"]);
    let desktop = Desktop::open(&vault).await;
    desktop.says("Planning with Acme").await;
    desktop.says("Clients").await;
    desktop.press("g").await;
    desktop.the("heading", "Graph").await;
    desktop.still().await;
    desktop.press("l").await;
    desktop.says("Pricing").await;
    let pricing = || async {
        desktop.press("j").await;
        desktop.focused().await.contains("Pricing 17 Nov")
    };
    assert!(desktop.eventually(pricing).await, "the list leads to {:?}", desktop.focused().await);
    desktop.press("Enter").await;
    at(&desktop, "/meeting/").await;
    desktop.press("Escape").await;

    desktop.go("/insights").await;
    desktop.says("1 h in 1 meeting").await;
    desktop.go("/saved/Clients").await;
    desktop.says("Lena").await;

    desktop.press("t").await;
    desktop.says("Budget").await;
    desktop.press("Mod+Shift+L").await;
    desktop.the("dialog", "").await;
    desktop.write("acme").await;
    desktop.press("Enter").await;
    desktop.says("Only what Acme was there for").await;
    desktop.says("Planning with Acme").await;
    let narrowed = || async { !desktop.text().await.contains("Budget") };
    assert!(desktop.eventually(narrowed).await, "{}", desktop.text().await);
    assert_eq!(desktop.complaints().await, Vec::<String>::new());
    desktop.quit().await;
}
