//! The desktop app as it was built, on a screen of its own.
#![cfg(target_os = "linux")]

use std::time::{Duration, Instant};

use throughline_tests::Vault;
use throughline_tests::desktop::Desktop;

#[tokio::test]
async fn the_window_shows_the_vault_hears_of_changes_from_outside_and_closes_when_asked() {
    let vault = Vault::new();
    vault.meeting("Planning with Acme", "2026-11-24T10:00", &["lena@acme.example"]);
    let desktop = Desktop::open(&vault).await;
    desktop.the("main", "Day").await;
    desktop.says("Planning with Acme").await;

    vault.meeting("Budget", "2026-11-24T14:00", &[]);
    let committed = Instant::now();
    desktop.says("Budget").await;
    assert!(committed.elapsed() < Duration::from_secs(1), "it took {:?} to be shown", committed.elapsed());

    desktop.press("a").await;
    desktop.the("heading", "Actions").await;
    assert_eq!(desktop.route().await, "/actions");
    assert_eq!(desktop.complaints().await, Vec::<String>::new());
    let took = desktop.quit().await;
    assert!(took < Duration::from_secs(2), "closing waited for nobody: {took:?}");
    assert!(vault.is_sound());
}
