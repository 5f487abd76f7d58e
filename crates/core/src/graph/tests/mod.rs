//! Small worlds written down as text, and what the graph answers about them.

mod brief;
mod decisions;
mod ledger;
mod live;
mod people;
mod speed;
mod trace;
pub(super) mod world;
