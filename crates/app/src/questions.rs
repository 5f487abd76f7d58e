//! Questions that were asked, and whether anything answers them.

mod stretch;

use throughline_core::model::ItemKind;
use throughline_store::item;

use crate::Result;
use crate::app::App;
use crate::tell::Teller;
use crate::view::{self, QuestionStatus};

pub(crate) use stretch::Lists;
pub use stretch::{QuestionsAsk, places, stretch};

/// The questions, newest first; with `open` those that nothing answers.
///
/// # Errors
/// As reading the vault.
pub async fn list(app: &App, open: bool) -> Result<view::Questions> {
    let conn = &mut *app.look().await?;
    let query = item::Filter {
        kind: Some(ItemKind::Question),
        unanswered: open.then(|| app.clock().as_of_today()),
        ..item::Filter::default()
    };
    let items = item::list(conn, &query).await?;
    let mut questions = Teller::new(conn, *app.clock()).items(items).await?.questions;
    if open {
        questions.retain(|question| question.status == QuestionStatus::Open);
    }
    Ok(view::Questions { questions })
}
