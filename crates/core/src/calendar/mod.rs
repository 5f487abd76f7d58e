//! Calendars without their providers: events, what they expand to, which meeting each occurrence is, and what a sync
//! is to change.
//!
//! The way of the data: a provider gives [`EventGroup`]s; [`expand()`] turns a group into [`Occurrence`]s; [`plan()`]
//! compares these with the meetings known and says what to store. All of it is pure.

mod event;
mod expand;
pub mod fit;
mod merge;
pub mod plan;
mod rule;
mod zone;

pub use event::*;
pub(crate) use expand::Expander;
pub use expand::{Limits, Occurrence, Window, expand};
pub use merge::{Changes, Item, merge};
pub use plan::{Fetched, KnownMeeting, Options, Plan, PlannedMeeting, State, StoredGroup, plan};
pub use rule::{Frequency, Rule, RuleError, Until};
pub use zone::{CustomZone, Observance, Zone, ZoneTable};

#[cfg(test)]
mod samples;
