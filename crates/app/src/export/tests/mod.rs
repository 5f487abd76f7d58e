//! Checks of the exports on a small world of hostile texts.

mod csv;
mod file_name;
mod graphml;
mod ics;
mod markdown;
mod privacy;
mod world;
