//! The network of people, meetings, decisions, action items, questions and topics, and what it answers.
//!
//! [`Graph::build`] makes it from [`Fact`]s, [`Graph::put`] and [`Graph::remove`] keep it current, one fact at a time
//! and in any order: a fact may name a thing not there yet, which then stands in as a placeholder that no answer shows.
//! What a graph answers depends on the facts it holds and never on the order they came in.
//!
//! An answer about a neighbourhood needs only that neighbourhood: [`neighbourhood`] says which facts those are.

mod brief;
mod central;
mod contradictions;
mod edges;
mod facts;
mod holding;
mod insights;
mod ledger;
pub mod neighbourhood;
mod network;
mod path;
pub mod query;
mod read;
mod snapshot;
mod status;
mod trace;

#[cfg(test)]
pub(super) mod tests;

pub use brief::{Brief, Change, ChangeKind, LOOKED_BACK, Logged, LoggedKind, Totals};
pub use contradictions::Contradiction;
pub use edges::{Edge, EdgeKind, attendance_weight};
pub use facts::*;
pub use holding::{Filter, Held};
pub use insights::{Insights, Promise, Promises, Spent, WITHOUT_OUTCOME, kept};
pub use ledger::{Ledger, Party};
pub use network::Graph;
pub use read::View;
pub use snapshot::{EdgeView, Snapshot};
pub use status::{AsOf, DecisionStatus};
pub use trace::{Step, Trace};
