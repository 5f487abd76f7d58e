//! The long lists that the window last asked for, as long as nothing is committed.

use crate::{actions, decisions, people, questions};

/// One of each kind.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    pub actions: actions::Lists,
    pub decisions: decisions::Lists,
    pub questions: questions::Lists,
    pub people: people::Lists,
}
