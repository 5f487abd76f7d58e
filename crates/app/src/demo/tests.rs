//! What the demo promises.
