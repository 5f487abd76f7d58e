//! Giving up a sync.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

/// Gives up a sync from outside. Clones are one: whoever cancels one cancels all.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<State>);

#[derive(Debug, Default)]
struct State {
    given_up: AtomicBool,
    told: Notify,
}

impl Cancel {
    /// Gives up; what was committed stays, what was being fetched is dropped.
    pub fn cancel(&self) {
        self.0.given_up.store(true, Ordering::SeqCst);
        self.0.told.notify_waiters();
    }

    /// Whether it was given up.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.given_up.load(Ordering::SeqCst)
    }

    /// Ends when it is given up.
    pub(crate) async fn cancelled(&self) {
        loop {
            let told = self.0.told.notified();
            if self.is_cancelled() {
                return;
            }
            told.await;
        }
    }
}
