//! Syncs and sign-ins under way in this program: whether there are any, and giving them up.

use std::sync::{Arc, Mutex, PoisonError};

use throughline_app::sync::Cancel;

/// Work under way that may take minutes.
#[derive(Debug, Clone, Default)]
pub struct UnderWay(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    under_way: usize,
    cancel: Cancel,
}

/// A piece of it, for as long as it lives.
#[derive(Debug)]
pub struct Piece {
    of: UnderWay,
    cancel: Cancel,
}

impl UnderWay {
    /// One more is under way.
    #[must_use]
    pub fn begin(&self) -> Piece {
        let cancel = self.with(|state| {
            state.under_way += 1;
            state.cancel.clone()
        });
        Piece { of: self.clone(), cancel }
    }

    /// Gives up all that are under way; later ones are not concerned.
    pub fn cancel(&self) {
        self.with(|state| std::mem::take(&mut state.cancel)).cancel();
    }

    /// What gives up whoever begins now, without counting them: a sync in the background tells of itself.
    #[must_use]
    pub fn cancel_of_now(&self) -> Cancel {
        self.with(|state| state.cancel.clone())
    }

    /// Whether any is under way.
    #[must_use]
    pub fn any(&self) -> bool {
        self.with(|state| state.under_way > 0)
    }

    fn with<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Piece {
    /// Gives it up, with all others that are under way.
    #[must_use]
    pub fn cancel(&self) -> Cancel {
        self.cancel.clone()
    }
}

impl Drop for Piece {
    fn drop(&mut self) {
        self.of.with(|state| state.under_way -= 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn giving_up_concerns_those_under_way_alone() {
        let syncs = UnderWay::default();
        assert!(!syncs.any());
        let (first, second, unseen) = (syncs.begin(), syncs.begin(), syncs.cancel_of_now());
        syncs.cancel();
        assert!(unseen.is_cancelled() && !syncs.cancel_of_now().is_cancelled());
        assert!(first.cancel().is_cancelled() && second.cancel().is_cancelled());
        let third = syncs.begin();
        assert!(!third.cancel().is_cancelled());
        drop((first, second));
        assert!(syncs.any());
        drop(third);
        assert!(!syncs.any());
    }
}
