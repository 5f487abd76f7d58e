//! Rules about people: who is a person at all, what an address says of one, and when two names are the same.

mod duplicates;
mod email;
mod free_mail;
mod handle;
mod kind;
mod name;
mod organization;
mod outsiders;

pub use duplicates::{Company, Duplicate, look_alikes, weigh};
pub use email::{find_email, name_from_email, normalize_email};
pub use handle::{handle_for, is_handle};
pub use kind::{ParticipantKind, classify};
pub(crate) use name::key as name_key;
pub use name::{display_name, fold, initials, name_matches, same_name};
pub use organization::{is_free_mail, organization_domain, organization_name};
pub use outsiders::Outsiders;
