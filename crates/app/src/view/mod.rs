//! What the command prints with `--json` and the window shows: the shapes other programs build on. Fields are added,
//! never renamed; ids are strings, lists never null, what is absent is null.

mod answer;
mod calendar;
mod day;
mod graph;
mod insights;
mod item;
mod list;
mod mark;
mod meeting;
mod people;
mod register;
mod review;
mod vault;
mod when;
mod window;

pub use answer::*;
pub use calendar::*;
pub use day::*;
pub use graph::*;
pub use insights::*;
pub use item::*;
pub use list::*;
pub use mark::*;
pub use meeting::*;
pub use people::*;
pub use register::*;
pub use review::*;
pub use vault::*;
pub use when::When;
pub use window::*;

/// How a finite floating-point number is told to the window: as a `number`. Of an `f64` specta fears the values JSON does
/// not have, and makes it `number | null`.
pub type Number = i32;
