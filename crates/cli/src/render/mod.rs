//! Every shape as it looks in a terminal. A shape that is printed implements [`Show`]; [`page`] has the layout.

mod answer;
mod asked;
mod brief;
mod calendar;
mod day;
mod graph;
mod insights;
mod item;
mod meeting;
mod note;
mod page;
mod people;
mod plain;
mod query;
mod register;
mod review;
mod sign;
mod span;
mod vault;

#[cfg(test)]
pub mod testing;
#[cfg(test)]
mod tests;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use throughline_app::model::PersonId;

pub use answer::plain as without_marks;
pub use asked::Asked;
pub use page::Page;
pub use register::flags;

/// How things are to be shown.
#[derive(Debug, Clone)]
pub struct Look {
    pub now: DateTime<Utc>,
    pub zone: Tz,
    /// Columns.
    pub width: usize,
    /// Whether long text is broken into lines: for eyes it is, for a pipe it is not.
    pub wrap: bool,
    pub color: bool,
    /// The user, who is told as "you".
    pub me: Option<PersonId>,
}

impl Look {
    /// The user's date.
    pub fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.zone).date_naive()
    }
}

/// What can be shown to a person.
pub trait Show {
    /// Adds it to the page.
    fn show(&self, page: &mut Page<'_>);
}

/// The ending by which an id is shown and may be given: eight of the random digits of a UUIDv7, so that two of sixty
/// thousand items hardly ever share one.
pub fn short(id: impl ToString) -> String {
    let id = id.to_string();
    id.get(id.len().saturating_sub(8)..).unwrap_or(&id).to_owned()
}

/// The shape as text.
pub fn to_text(shape: &impl Show, look: &Look) -> String {
    let mut page = Page::new(look);
    shape.show(&mut page);
    page.finish()
}
