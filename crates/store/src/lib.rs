//! The vault: one SQLite file, and the only SQL of Throughline.
