//! What holds after any sequence of commands, on real vaults. `PROPTEST_CASES` asks for more of them.

mod briefs;
mod calendars;
mod doctor;
mod live_graph;
mod notes;
mod queries;
mod slow;
mod sync_twice;
mod undo;
mod words;
mod world;

use proptest::test_runner::Config;

/// What proptest runs where the environment does not ask for another number.
const UNASKED: u32 = 256;

/// So many cases, unless the environment asks for another number; each makes vaults, so they are few.
fn config(cases: u32) -> Config {
    let ordinary = Config::default();
    let cases = if ordinary.cases == UNASKED { cases } else { ordinary.cases };
    Config { cases, max_shrink_iters: 400, failure_persistence: None, ..ordinary }
}
