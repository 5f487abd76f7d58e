//! Calendar providers: their payloads in, neutral events ([`throughline_core::calendar::Event`]) out.

pub mod call;
pub mod ics;
pub mod subscription;
pub mod web;
