//! Lines that were moved, indented or reworded keep their items.

use std::collections::HashSet;

use proptest::prelude::*;
use throughline_core::model::ItemId;
use throughline_core::note::{KnownItem, ParsedItem, parse, reconcile, strip_anchors};
use uuid::Uuid;

use super::{World, anchor, anchored};

fn known(items: &[ParsedItem]) -> Vec<KnownItem> {
    items
        .iter()
        .enumerate()
        .map(|(n, i)| KnownItem {
            id: ItemId(Uuid::from_u128(n as u128 + 1)),
            kind: i.kind,
            anchor: i.anchor.clone().unwrap_or_else(|| anchor(n)),
            text: i.text.clone(),
            line: i.line,
            archived: false,
        })
        .collect()
}

fn tasks() -> impl Strategy<Value = Vec<String>> {
    let word = prop::sample::select(vec![
        "send",
        "call",
        "draft",
        "review",
        "budget",
        "deck",
        "contract",
        "Acme",
        "Northwind",
        "launch",
        "pricing",
        "hire",
        "office",
        "survey",
        "report",
        "plan",
        "design",
        "server",
        "migrate",
        "invoice",
    ]);
    prop::collection::vec(prop::collection::vec(word, 4..8).prop_map(|w| w.join(" ")), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn moved_indented_and_reworded_lines_keep_their_items(tasks in tasks(), seed in any::<u64>(), reword in any::<bool>()) {
        let world = World::new();
        let text: String = tasks.iter().map(|t| format!("- [ ] {t}\n")).collect();
        let (text, _) = anchored(&text, &world);
        let before = parse(&text, &world.cx()).items;
        let rows = known(&before);

        // With anchors everything may happen to a line.
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let turn = seed as usize % lines.len();
        lines.rotate_left(turn);
        if reword {
            let line = &mut lines[0];
            let end = line.find('^').expect("anchor");
            line.replace_range(6..end, "something else altogether ");
        }
        let moved = format!("## Notes\n\n- point\n{}", lines.iter().map(|l| format!("  {l}\n")).collect::<String>());
        let after = parse(&moved, &world.cx()).items;
        let ids = reconcile(&rows, &after);
        for (item, id) in after.iter().zip(&ids) {
            let row = rows.iter().find(|r| Some(&r.anchor) == item.anchor.as_ref()).expect("row");
            prop_assert_eq!(*id, Some(row.id));
        }

        // Without anchors, equal text is the same item wherever it went.
        let bare = strip_anchors(&moved);
        let after = parse(&bare, &world.cx()).items;
        let ids = reconcile(&rows, &after);
        let mut used = HashSet::new();
        for (item, id) in after.iter().zip(&ids) {
            if let Some(id) = id {
                prop_assert!(used.insert(*id), "each row once");
            }
            if !item.text.starts_with("something else") {
                let row = rows.iter().find(|r| Some(r.id) == *id).expect("row");
                prop_assert_eq!(&row.text, &item.text);
            }
        }
    }

    #[test]
    fn one_reworded_line_without_anchors_keeps_its_item(tasks in tasks(), at in any::<prop::sample::Index>()) {
        let world = World::new();
        let text: String = tasks.iter().map(|t| format!("- [ ] {t}\n")).collect();
        let rows = known(&parse(&text, &world.cx()).items);
        let nth = at.index(tasks.len());
        let mut lines = tasks.clone();
        lines[nth] = format!("please {} again", lines[nth]);
        let text: String = lines.iter().map(|t| format!("- [ ] {t}\n")).collect();
        let ids = reconcile(&rows, &parse(&text, &world.cx()).items);
        // Equal lines may trade places with each other, never with another text.
        prop_assert!(ids.iter().all(Option::is_some));
        for (n, id) in ids.iter().enumerate().filter(|(n, _)| *n != nth) {
            let row = rows.iter().find(|r| Some(r.id) == *id).expect("row");
            prop_assert_eq!(&row.text, &tasks[n]);
        }
    }
}
