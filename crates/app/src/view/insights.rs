//! Where the time went, as told.

use chrono::NaiveDate;
use serde::Serialize;
use throughline_core::model::{ItemId, MeetingId};

/// `insights`.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the insights shape")]
pub struct Insights {
    pub from: NaiveDate,
    pub to: NaiveDate,
    #[specta(type = super::Number)]
    pub hours: f64,
    /// Earliest first, those without a meeting too.
    pub weeks: Vec<InsightWeek>,
    /// Most hours first, as the next two.
    pub people: Vec<InsightPlace>,
    pub organizations: Vec<InsightPlace>,
    pub series: Vec<InsightSeries>,
    /// Those of three meetings or more that yielded nothing.
    pub no_outcome_series: Vec<InsightSeries>,
    /// The latest first.
    pub no_purpose: Vec<Dated>,
    pub promises: Promises,
    /// Every meeting counted, the latest first.
    pub meetings: Vec<InsightMeeting>,
}

/// A week.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct InsightWeek {
    /// Its first day.
    pub week: NaiveDate,
    #[specta(type = super::Number)]
    pub hours: f64,
    pub meetings: usize,
    pub meeting_ids: Vec<MeetingId>,
}

/// A person or an organization.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct InsightPlace {
    pub id: String,
    pub name: String,
    #[specta(type = super::Number)]
    pub hours: f64,
    pub meetings: usize,
    pub meeting_ids: Vec<MeetingId>,
}

/// A series.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct InsightSeries {
    #[serde(flatten)]
    pub place: InsightPlace,
    /// Items in the notes of its meetings, proposals left out.
    pub outcomes: u32,
}

/// A meeting and how long it took.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct InsightMeeting {
    pub id: MeetingId,
    pub title: String,
    pub date: NaiveDate,
    #[specta(type = super::Number)]
    pub hours: f64,
}

/// A meeting by name and date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Dated {
    pub id: MeetingId,
    pub title: String,
    pub date: NaiveDate,
}

/// What became of the user's actions that are due in the time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Promises {
    /// Done by the day first given.
    pub kept_on_time: usize,
    /// Done later, or after the day was moved later.
    pub kept_late: usize,
    /// Not due yet.
    pub open: usize,
    /// Open and overdue.
    pub late: usize,
    pub dropped: usize,
    pub kept_ids: Vec<ItemId>,
    /// Kept late, then those late.
    pub late_ids: Vec<ItemId>,
    pub open_ids: Vec<ItemId>,
    pub dropped_ids: Vec<ItemId>,
}
