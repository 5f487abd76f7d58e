//! Ids, anchors and salts: the one place where randomness comes in.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Makes ids, anchors and salts.
#[derive(Debug)]
pub struct Entropy {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// `None`: the operating system's randomness.
    seed: Option<u64>,
    last_millis: u64,
    counter: u16,
}

impl Entropy {
    /// The operating system's randomness.
    #[must_use]
    pub fn system() -> Self {
        Self::from_seed(None)
    }

    /// The same ids in every run: for demo vaults and tests.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self::from_seed(Some(seed))
    }

    fn from_seed(seed: Option<u64>) -> Self {
        Self { state: Mutex::new(State { seed, last_millis: 0, counter: 0 }) }
    }

    /// A new UUIDv7 (RFC 9562 §5.7). Ids made one after another sort in that order.
    pub fn id(&self, now: DateTime<Utc>) -> Uuid {
        let mut random = self.bytes::<10>();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = u64::try_from(now.timestamp_millis()).unwrap_or(0);
        if now > state.last_millis {
            state.last_millis = now;
            state.counter = 0;
        } else if state.counter == 0x0fff {
            // 4,096 ids within a millisecond borrow from the next.
            state.last_millis += 1;
            state.counter = 0;
        } else {
            state.counter += 1;
        }
        random[..2].copy_from_slice(&state.counter.to_be_bytes());
        uuid::Builder::from_unix_timestamp_millis(state.last_millis, &random).into_uuid()
    }

    /// Six characters of `a-z0-9`, the first a letter: what stands after `^` at the end of an item's line.
    pub fn anchor(&self) -> String {
        const LETTERS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
        let bytes = self.bytes::<8>();
        let mut value = u64::from_le_bytes(bytes);
        let mut anchor = String::with_capacity(6);
        for base in [26, 36, 36, 36, 36, 36] {
            anchor.push(char::from(LETTERS[usize::try_from(value % base).unwrap_or(0)]));
            value /= base;
        }
        anchor
    }

    /// What makes the digest of a change's content unguessable.
    pub fn salt(&self) -> [u8; 32] {
        self.bytes()
    }

    fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut state.seed {
            Some(seed) => {
                for chunk in bytes.chunks_mut(8) {
                    chunk.copy_from_slice(&split_mix(seed).to_le_bytes()[..chunk.len()]);
                }
            }
            None => {
                if getrandom::fill(&mut bytes).is_err() {
                    // No randomness on this system: the counter and the clock still make ids unique in this vault.
                    let fallback = state.last_millis.wrapping_add(u64::from(state.counter));
                    state.seed = Some(fallback);
                }
            }
        }
        bytes
    }
}

/// From 0 to 1, another number at every call: so that many programs do not do the same thing at the same moment.
pub(crate) fn fraction() -> f64 {
    let mut bytes = [0; 4];
    match getrandom::fill(&mut bytes) {
        Ok(()) => f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX),
        Err(_) => 0.5,
    }
}

/// SplitMix64: small, and good enough where nobody is to be surprised.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_in_the_order_they_were_made() {
        let entropy = Entropy::system();
        let now = "2026-11-22T09:00:00Z".parse().unwrap();
        let ids: Vec<_> = (0..10_000).map(|_| entropy.id(now)).collect();
        assert!(ids.is_sorted_by(|a, b| a < b));
        assert!(ids.iter().all(|id| id.get_version_num() == 7));
    }

    #[test]
    fn anchors_are_six_characters_and_begin_with_a_letter() {
        let entropy = Entropy::seeded(1);
        for _ in 0..1_000 {
            let anchor = entropy.anchor();
            assert_eq!(anchor.len(), 6);
            assert!(anchor.as_bytes()[0].is_ascii_lowercase());
            assert!(anchor.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()), "{anchor}");
        }
    }

    #[test]
    fn a_seed_makes_the_same_ids_again() {
        let now = "2026-11-22T09:00:00Z".parse().unwrap();
        let [a, b] = [Entropy::seeded(7), Entropy::seeded(7)];
        assert_eq!((a.id(now), a.anchor(), a.salt()), (b.id(now), b.anchor(), b.salt()));
        assert_ne!(a.id(now), Entropy::seeded(8).id(now));
    }
}
