//! The window's closing: it waits for what the window still has to save, but not for long.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::Notify;

/// How long closing waits.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// Whether somebody is to be waited for, and whether they are done.
#[derive(Debug, Default)]
pub struct Door {
    listening: AtomicBool,
    closing: AtomicBool,
    ready: Notify,
}

impl Door {
    /// The window is up, and wants to be asked before it closes.
    pub fn listens(&self) {
        self.listening.store(true, Ordering::Relaxed);
    }

    /// Whether closing has to wait. Asked again while it waits, it does not: who closes a window twice means it.
    pub fn must_wait(&self) -> bool {
        self.listening.load(Ordering::Relaxed) && !self.closing.swap(true, Ordering::Relaxed)
    }

    /// The window has saved what it had.
    pub fn ready(&self) {
        self.ready.notify_one();
    }

    /// Until the window has saved what it had, or [`PATIENCE`] is over.
    pub async fn wait(&self) {
        let _ = tokio::time::timeout(PATIENCE, self.ready.notified()).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_that_never_came_up_is_not_waited_for() {
        assert!(!Door::default().must_wait());
    }

    #[test]
    fn closing_twice_closes_at_once() {
        let door = Door::default();
        door.listens();
        assert!(door.must_wait());
        assert!(!door.must_wait());
    }

    #[tokio::test]
    async fn closing_waits_for_saves_and_not_for_ever() {
        let door = Door::default();
        door.ready();
        assert!(tokio::time::timeout(PATIENCE / 4, door.wait()).await.is_ok(), "the saves are done");
        assert!(tokio::time::timeout(PATIENCE / 4, door.wait()).await.is_err(), "saves are waited for");
        assert!(tokio::time::timeout(PATIENCE * 10, door.wait()).await.is_ok(), "but not for ever");
    }
}
