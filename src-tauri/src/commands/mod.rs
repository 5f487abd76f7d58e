//! What the window can ask for: one command for each method of `ui/src/lib/backend/backend.ts`, a few lines each.

pub mod accounts;
pub mod asking;
pub mod finding;
pub mod graph;
pub mod items;
pub mod keeping;
pub mod meetings;
pub mod notes;
pub mod people;
pub mod register;
pub mod review;
pub mod vault;
pub mod window;

use std::sync::Arc;

use chrono::NaiveDate;
use tauri::State;
use throughline_app::{App, Failure, Result, parse_day};

use crate::aside::aside;
use crate::desk::{Desk, Held};
use crate::hints::for_the_window;
use crate::shapes::Done;

/// The desk as a command is handed it.
type TheDesk<'a> = State<'a, Arc<Desk>>;

/// Runs an action on the open vault.
async fn run<T: Send + 'static>(
    desk: &TheDesk<'_>,
    action: impl AsyncFnOnce(Held) -> Result<T> + Send + 'static,
) -> Result<T> {
    on(desk, async move |desk| action(desk.app().await?).await).await
}

/// [`run`], with the entry that the action makes in the change log.
async fn change<T: Send + 'static>(
    desk: &TheDesk<'_>,
    action: impl AsyncFnOnce(Held) -> Result<T> + Send + 'static,
) -> Result<Done<T>> {
    on(desk, async move |desk| {
        let (app, logged) = desk.app().await?.logging();
        let answer = action(app).await?;
        Ok(Done { answer, entry: logged.entry() })
    })
    .await
}

/// Runs an action on the desk itself.
async fn on<T: Send + 'static>(
    desk: &TheDesk<'_>,
    action: impl AsyncFnOnce(Arc<Desk>) -> Result<T> + Send + 'static,
) -> Result<T> {
    let desk = Arc::clone(desk.inner());
    let done = aside(async move || action(desk).await).await.unwrap_or_else(|| {
        Err(Failure::new("internal", "Something went wrong inside the program.")
            .hint("This is a fault of Throughline; nothing was changed."))
    });
    done.map_err(for_the_window)
}

/// A day as the window writes it.
fn day(app: &App, text: &str) -> Result<NaiveDate> {
    parse_day(text, app.clock())
}
