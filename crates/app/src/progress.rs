//! How far a long command is.

/// Told by a command how far it is; whoever shows it decides how.
pub trait Progress: Send + Sync {
    /// A stretch of work begins: `total` steps, where known.
    fn start(&self, what: &str, total: Option<u64>);
    /// So many steps of it are done.
    fn step(&self, done: u64);
    /// The stretch is over.
    fn finish(&self);
}

/// Shows nothing.
#[derive(Debug, Clone, Copy)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn start(&self, _what: &str, _total: Option<u64>) {}
    fn step(&self, _done: u64) {}
    fn finish(&self) {}
}
