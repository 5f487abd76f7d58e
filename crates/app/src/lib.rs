//! Everything a user can do, one function each; the command and the desktop app both call these.

pub mod demo;
