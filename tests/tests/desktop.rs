//! The desktop app as it was built, on a screen of its own.
#![cfg(target_os = "linux")]

use throughline_tests::Vault;
use throughline_tests::desktop::Desktop;

#[tokio::test]
async fn the_window_shows_the_vault_and_hears_of_changes_from_outside() {
    let vault = Vault::new();
    vault.meeting("Planning with Acme", "2026-11-24T10:00", &["lena@acme.example"]);
    let desktop = Desktop::open(&vault).await;
    desktop.says("Planning with Acme").await;
    vault.meeting("Budget", "2026-11-24T14:00", &[]);
    desktop.says("Budget").await;
    assert_eq!(desktop.complaints().await, Vec::<String>::new());
    desktop.quit().await;
    assert!(vault.is_sound());
}
