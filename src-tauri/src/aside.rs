//! Work beside the threads that keep the window answering.

use tauri::async_runtime::{block_on, spawn_blocking};

/// Does the work on a thread that may wait and compute as it likes. None where it panicked: that ends the work, and not
/// the program.
///
/// The compiler cannot see that the app's futures may move between threads (they hold borrowed connections, for which it
/// wants proof for every lifetime at once), so they are made and finished on one.
pub async fn aside<T: Send + 'static>(work: impl AsyncFnOnce() -> T + Send + 'static) -> Option<T> {
    spawn_blocking(move || block_on(work())).await.ok()
}

/// Starts the work, and does not wait for it.
pub fn start(work: impl AsyncFnOnce() + Send + 'static) {
    spawn_blocking(move || block_on(work()));
}
