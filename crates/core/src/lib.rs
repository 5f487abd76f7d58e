//! The pure heart of Throughline: types, note grammar, recurrence, sync planning, the graph and its answers.
//!
//! Nothing here is async, does I/O, reads a clock, an environment or a source of randomness: time, zone and ids arrive
//! as values.

pub mod backups;
pub mod cadence;
pub mod calendar;
pub mod graph;
pub mod minutes;
pub mod model;
pub mod note;
pub mod people;
pub mod recap;
pub mod review;
