//! What the window asks of the program.

mod days;
mod keeping;
mod marks;
mod sittings;
mod world;
