//! Lines under a summary heading that repeat what was said in place.

use std::collections::{HashMap, VecDeque};

use super::read::Draft;
use crate::model::{ActionStatus, ItemKind};

/// Folds each line of a summary that repeats one in place into that one. Equal lines in place stay apart; with several
/// of them, the summary's lines go to them one by one.
pub(super) fn fold(drafts: Vec<Draft>) -> Vec<Draft> {
    if !drafts.iter().any(|d| d.summary) || drafts.iter().all(|d| d.summary) {
        return drafts;
    }
    let mut free: HashMap<(ItemKind, String), VecDeque<usize>> = HashMap::new();
    for (at, draft) in drafts.iter().enumerate().filter(|(_, d)| !d.summary) {
        free.entry((draft.item.kind, key(&draft.item.text))).or_default().push_back(at);
    }
    let mut told: Vec<Option<usize>> = vec![None; drafts.len()];
    for (at, draft) in drafts.iter().enumerate().filter(|(_, d)| d.summary) {
        if let Some(places) = free.get_mut(&(draft.item.kind, key(&draft.item.text))) {
            told[at] = places.front().copied();
            if places.len() > 1 {
                places.pop_front();
            }
        }
    }
    let mut out: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    for (at, place) in told.into_iter().enumerate() {
        let Some(repeat) = place.and_then(|_| out[at].take()) else { continue };
        let Some(draft) = place.and_then(|place| out[place].as_mut()) else { continue };
        draft.repeats.push(repeat.site);
        let item = &mut draft.item;
        item.repeats.push(repeat.item.line);
        if item.anchor.is_none() {
            item.anchor = repeat.item.anchor;
        }
        if item.status == ActionStatus::Open {
            item.status = repeat.item.status;
        }
        if item.rationale.is_none() {
            item.rationale = repeat.item.rationale;
        }
        if item.alternatives.is_none() {
            item.alternatives = repeat.item.alternatives;
        }
    }
    out.into_iter().flatten().collect()
}

/// What makes two lines equal: words and signs, not blanks, case or the stop at the end.
pub(super) fn key(text: &str) -> String {
    let spaced = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    spaced.trim_end_matches(['.', ';', ',', '!']).to_owned()
}
