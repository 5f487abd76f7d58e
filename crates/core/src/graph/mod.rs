//! The network of people, meetings, decisions, action items, questions and topics, and what it answers.

mod facts;

pub use facts::*;
