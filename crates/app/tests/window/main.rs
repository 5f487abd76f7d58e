//! What the window asks of the program.

mod sittings;
mod world;
