//! A merge loses nothing and doubles no anchor.

use std::collections::HashSet;

use proptest::prelude::*;
use throughline_core::note::{merge, parse};

use super::{World, anchored, note};

fn lines() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(0_u8..12, 0..12)
}

/// Edits of a text: (place, what: change, delete, insert).
fn edited(base: &[String], edits: &[(prop::sample::Index, u8)], who: &str) -> Vec<String> {
    let mut out = base.to_vec();
    for (nth, (at, what)) in edits.iter().enumerate() {
        let at = at.index(out.len() + 1);
        match what % 3 {
            0 => out.insert(at, format!("{who} new {nth}")),
            1 if at < out.len() => {
                out.remove(at);
            }
            _ if at < out.len() => out[at] = format!("{} {who}{nth}", out[at]),
            _ => {}
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn nothing_that_either_side_wrote_is_lost_in_a_merge(
        base in lines(),
        ours in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        theirs in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        crlf in any::<bool>(),
        open in any::<bool>(),
    ) {
        let eol = if crlf { "\r\n" } else { "\n" };
        let base: Vec<String> = base.iter().map(|n| format!("- [ ] line {n} of the note")).collect();
        let (ours, theirs) = (edited(&base, &ours, "ours"), edited(&base, &theirs, "theirs"));
        let text = |lines: &[String]| {
            let text = lines.iter().map(|l| format!("{l}{eol}")).collect::<String>();
            if open { text.trim_end_matches(['\r', '\n']).to_owned() } else { text }
        };
        let (b, o, t) = (text(&base), text(&ours), text(&theirs));
        let merged = merge(&b, &o, &t);
        for line in ours.iter().chain(&theirs).filter(|l| l.contains("ours") || l.contains("theirs")) {
            let there = merged.text.lines().filter(|l| l == line).count();
            prop_assert_eq!(there, 1, "{:?} in {:?}", line, merged.text);
        }
        prop_assert!(!merged.text.contains("<<<<") && !merged.text.contains(">>>>"));
        if crlf && [&b, &o, &t].iter().any(|text| text.contains('\n')) {
            prop_assert!(!merged.text.replace("\r\n", "").contains(['\r', '\n']));
        }
        prop_assert_eq!(merge(&b, &o, &b).text, o.clone());
        prop_assert_eq!(merge(&b, &b, &t).text, t.clone());
        prop_assert_eq!(merge(&b, &o, &o).text, o.clone());
        // Lines nobody touched are there as often as before.
        for line in &base {
            let count = |lines: &[String]| lines.iter().filter(|l| *l == line).count();
            let n = count(&base);
            if count(&ours) == n && count(&theirs) == n && ours.len() == base.len() && theirs.len() == base.len() {
                let there = merged.text.lines().filter(|l| l == line).count();
                prop_assert!(there >= n, "{:?} in {:?}", line, merged.text);
            }
        }
    }

    #[test]
    fn a_merge_leaves_no_anchor_on_two_lines(base in note(), ours in note(), theirs in note()) {
        let world = World::new();
        let (base, _) = anchored(&base, &world);
        let merged = merge(&base, &format!("{base}{ours}"), &format!("{theirs}{base}"));
        let anchors: Vec<String> = parse(&merged.text, &world.cx()).items.into_iter().filter_map(|i| i.anchor).collect();
        let once: HashSet<&String> = anchors.iter().collect();
        prop_assert_eq!(once.len(), anchors.len(), "{:?}", merged.text);
    }
}
