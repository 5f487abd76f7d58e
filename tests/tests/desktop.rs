//! The desktop app as it was built, on a screen of its own.
#![cfg(target_os = "linux")]

use std::time::Duration;

use throughline_tests::Vault;
use throughline_tests::desktop::Desktop;

#[tokio::test]
async fn the_window_opens_on_the_vault_obeys_keys_and_closes_when_asked() {
    let vault = Vault::new();
    let desktop = Desktop::open(&vault).await;
    desktop.the("heading", "Today").await;
    desktop.says("vault").await;
    desktop.press("a").await;
    desktop.the("heading", "Actions").await;
    assert_eq!(desktop.route().await, "/actions");
    assert_eq!(desktop.violations().await, Vec::<String>::new());
    assert_eq!(desktop.complaints().await, Vec::<String>::new());
    let took = desktop.quit().await;
    assert!(took < Duration::from_secs(2), "closing waited for nobody: {took:?}");
    assert!(vault.is_sound());
}
