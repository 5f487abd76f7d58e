//! The desktop app as it was built, on a screen of its own.
#![cfg(target_os = "linux")]

use std::time::{Duration, Instant};

use throughline_tests::desktop::Desktop;
use throughline_tests::{Vault, program, run};

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

#[test]
fn without_a_display_the_window_says_so_in_a_sentence() {
    let vault = Vault::new();
    let mut command = program("throughline-desktop", vault.home());
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env("DBUS_SESSION_BUS_ADDRESS", "disabled:");
    let ran = run(command, b"");
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("There is no display here to open a window on.\n"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
}
