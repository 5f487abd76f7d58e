//! recap
