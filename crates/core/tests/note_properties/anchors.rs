//! Writing anchors changes nothing else, and any text can be read.

use proptest::prelude::*;
use throughline_core::note::{ParsedItem, parse, strip_anchors, write_anchors};

use super::{World, anchor, anchored, note};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn anchoring_changes_no_other_byte_and_is_read_back(text in note()) {
        let world = World::new();
        let (out, items) = anchored(&text, &world);
        let fresh: Vec<String> =
            items.iter().enumerate().filter(|(_, i)| i.anchor.is_none()).map(|(n, _)| format!("^{}", anchor(n))).collect();
        prop_assert!(differ_by_anchors(&text, &out, &fresh), "{:?} from {:?}", out, text);
        let grown = items.iter().filter(|i| i.anchor.is_none()).count();
        prop_assert!(out.len() >= text.len() + 7 * grown && out.len() <= text.len() + 8 * grown);

        let again = parse(&out, &world.cx()).items;
        prop_assert_eq!(again.len(), items.len(), "{:?}", out);
        for (n, (before, after)) in items.iter().zip(&again).enumerate() {
            let expected = before.anchor.clone().unwrap_or_else(|| anchor(n));
            prop_assert_eq!(after.anchor.as_deref(), Some(expected.as_str()), "{:?}", out);
            let bare = ParsedItem { anchor: before.anchor.clone(), ..after.clone() };
            prop_assert_eq!(&bare, before, "{:?}", out);
        }
        if items.iter().all(|i| i.anchor.is_none()) && !text.contains('^') && !text.contains('|') {
            prop_assert_eq!(strip_anchors(&out), text.clone());
        }
        prop_assert_eq!(write_anchors(&text, &[]), text);
    }

    #[test]
    fn any_text_is_read_without_harm(text in "\\PC{0,200}", ticks in "(!! |=> |- \\[ \\] |\\||`|\\*\\*|@|#|\\^|\n|\r\n|\t|\\\\|Action|:|due |by ){0,40}") {
        let world = World::new();
        for text in [format!("{text}{ticks}"), format!("{ticks}{text}")] {
            let lines = text.split('\n').count() + text.matches('\r').count();
            for item in parse(&text, &world.cx()).items {
                prop_assert!(item.line >= 1 && item.line as usize <= lines);
            }
            let _ = strip_anchors(&text);
        }
    }
}

/// Whether `out` is `text` with these anchors in it, each with at most one blank before it, and nothing else.
fn differ_by_anchors(text: &str, out: &str, fresh: &[String]) -> bool {
    let mut reached = vec![0];
    let mut rest = out;
    for nth in 0..=fresh.len() {
        let piece = match fresh.get(nth) {
            Some(anchor) => {
                let Some((piece, after)) = rest.split_once(anchor.as_str()) else { return false };
                rest = after;
                piece
            }
            None => rest,
        };
        let variants = [Some(piece), piece.strip_suffix(' ').filter(|_| nth < fresh.len())];
        reached = reached
            .iter()
            .flat_map(|at| {
                variants.iter().flatten().filter(|v| text[*at..].starts_with(**v)).map(move |v| at + v.len())
            })
            .collect();
        reached.sort_unstable();
        reached.dedup();
    }
    reached.contains(&text.len())
}
