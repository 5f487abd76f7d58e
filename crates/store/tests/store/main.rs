//! The store over real files.

mod facts;
mod log;
mod meetings;
mod notes;
mod people;
mod search;
mod sitting;
mod support;
mod undo;
mod vault;
