//! Checks of the exports.
