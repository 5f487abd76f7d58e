//! What the window asks of the program.
#![expect(clippy::unwrap_used, reason = "a test ends where something fails")]

mod days;
mod keeping;
mod lists;
mod marks;
mod network;
mod pages;
mod sittings;
mod syncs;
mod undoing;
mod world;
