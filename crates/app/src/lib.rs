//! Everything a user can do, one function each; the command and the desktop app both call these.

pub mod accounts;
pub mod actions;
pub mod answers;
mod app;
mod clean;
mod clock;
pub mod decisions;
pub mod demo;
mod directory;
mod entropy;
mod error;
mod live;
mod log;
pub mod meetings;
pub mod notes;
pub mod orgs;
pub mod people;
mod progress;
pub mod questions;
mod resolve;
pub mod search;
mod store_people;
pub mod sync;
mod tell;
pub mod today;
pub mod undo;
pub mod view;

pub use app::{App, default_vault_dir};
pub use clock::{Clock, Moment, parse_day, parse_moment, parse_zone};
pub use error::{Failure, Result};
pub use progress::{NoProgress, Progress};
pub use throughline_core::model;
