//! Everything a user can do, one function each; the command and the desktop app both call these.

mod error;
mod export;
pub mod view;

pub use error::{Failure, Result};
