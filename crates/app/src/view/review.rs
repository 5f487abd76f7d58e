//! The review as told.

use chrono::NaiveDate;
use serde::Serialize;
pub use throughline_core::review::ReviewWhy;

use super::{Action, When};

/// `review`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the review shape")]
pub struct Review {
    /// The first of them.
    pub items: Vec<ReviewItem>,
    /// All of them, listed or not.
    pub left: usize,
    pub counts: ReviewCounts,
    /// Done, dropped or kept today.
    pub done_today: u32,
}

/// How many there are of each reason, listed or not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the reasons")]
pub struct ReviewCounts {
    pub overdue: usize,
    pub unowned: usize,
    pub undated: usize,
    pub stale: usize,
}

/// An action to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct ReviewItem {
    pub action: Action,
    pub why: ReviewWhy,
    pub mine: bool,
    /// Its line in the note, without bullet, box and anchor.
    pub sentence: String,
    /// What became of it, oldest first.
    pub history: Vec<Past>,
}

/// Something that became of an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Past {
    pub at: When,
    /// `due moved from 2026-11-02 to 2026-11-09`, `re-opened`, `handed from Ana Silva to Ben Ito`.
    pub what: String,
}

/// `review --trend`: the weeks, the present one last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the trend shape")]
pub struct Trend {
    pub weeks: Vec<TrendWeek>,
}

/// A week of the user's actions and those they wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct TrendWeek {
    /// Its first day.
    pub week: NaiveDate,
    pub opened: u32,
    pub closed: u32,
    /// At its end, or now.
    pub open: u32,
    pub late: u32,
}

/// `action ask`: a message to send, as one sees fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the ask shape")]
pub struct Ask {
    /// Addresses; none where nobody owns it, or no address is known.
    pub to: Option<String>,
    pub subject: String,
    pub body: String,
}
