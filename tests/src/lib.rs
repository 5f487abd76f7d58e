//! Scenario tests across the crates of Throughline; see `tests/tests`.
