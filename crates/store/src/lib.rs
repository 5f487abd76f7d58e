//! The vault: one SQLite file, and the only SQL of Throughline.
//!
//! A [`Vault`] gives out [`Read`] and [`Write`] transactions; both dereference to a connection, and the modules, one for
//! each aggregate, hold functions over such a connection. Whoever changes what a person wrote or decided calls
//! [`Write::touch`] first, and commits with an [`Entry`] for the change log.

pub mod account;
pub mod attachment;
pub mod attendance;
pub mod backup;
pub mod calendar;
pub mod change;
pub mod confirmation;
pub mod doctor;
pub mod draft;
mod error;
pub mod event;
pub mod facts;
pub mod feed;
mod file;
pub mod ids;
pub mod image;
pub mod import;
pub mod insights;
pub mod item;
mod kind;
pub mod lens;
mod lock;
pub mod meeting;
mod migrate;
pub mod note;
pub mod organization;
pub mod person;
pub mod query;
pub mod queue;
pub mod remote;
pub mod review;
pub mod search;
pub mod series;
pub mod setting;
pub mod sitting;
mod tx;
mod value;
mod vault;

pub use error::{Error, Result};
pub use kind::Kind;
pub use lock::Lock;
pub use tx::{Committed, Durability, Entry, Read, Write};
pub use vault::{DATABASE, Vault};

/// A connection inside a transaction; [`Read`] and [`Write`] dereference to it.
pub type Connection = sqlx::SqliteConnection;
