//! What the window asks of the program.

mod marks;
mod sittings;
mod world;
