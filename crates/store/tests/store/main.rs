//! The store over real files.
#![allow(clippy::unwrap_used, reason = "clippy knows tests only inside functions marked so, not their helpers")]

mod facts;
mod log;
mod meetings;
mod notes;
mod people;
mod remote;
mod scale;
mod search;
mod sitting;
mod support;
mod undo;
mod vault;
