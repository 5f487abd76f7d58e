//! Calendar providers: their payloads in, neutral events ([`throughline_core::calendar::Event`]) out.

pub mod call;
pub mod ics;
mod patience;
mod remote;

pub use patience::{Patience, retrying};
pub use remote::{Access, Answer, CalendarList, Cursor, Error, Known, KnownItem, RemoteCalendar, Result};
