//! Calendar providers: their payloads in, neutral events ([`throughline_core::calendar::Event`]) out.

pub mod caldav;
pub mod call;
pub mod google;
pub mod ics;
mod patience;
mod remote;
pub mod subscription;
pub mod web;

pub use patience::{Patience, retrying};
pub use remote::{Access, Answer, CalendarList, Cursor, Error, Known, KnownItem, RemoteCalendar, Result};
