//! Actions that would wait for themselves.

use std::collections::HashSet;

use throughline_core::model::{Item, ItemId, LinkKind};
use throughline_store::item;

use super::index::Indexed;
use super::save::Writer;
use crate::Result;

impl Writer<'_> {
    /// An `after` link that would close a circle is not taken, and told with the circle; its words stay in the text.
    pub(super) async fn refuse_circles(&mut self, indexed: &mut Indexed) -> Result<()> {
        let blocked: Vec<usize> = (0..indexed.items.len())
            .filter(|at| {
                let item = &indexed.items[*at];
                !item.archived && item.links.iter().any(|link| link.kind == LinkKind::BlockedBy)
            })
            .collect();
        for at in blocked {
            let links = indexed.items[at].links.clone();
            for link in links.iter().filter(|link| link.kind == LinkKind::BlockedBy) {
                let circle = self.circle(indexed.items[at].id, link.target, &indexed.items).await?;
                if !circle.is_empty() {
                    let told: Vec<String> = circle.iter().map(|anchor| format!("^{anchor}")).collect();
                    let line = indexed.items[at].line;
                    indexed.warnings.push(format!("Line {line}: waiting in a circle, {}.", told.join(" after ")));
                    indexed.items[at].links.retain(|other| other != link);
                }
            }
        }
        Ok(())
    }

    /// The anchors from an item back to itself, where waiting for `to` closes a circle; else none. Items about to be
    /// saved count as they are going to be.
    async fn circle(&mut self, from: ItemId, to: ItemId, saving: &[Item]) -> Result<Vec<String>> {
        let mut paths: Vec<Vec<Item>> = Vec::new();
        let mut seen: HashSet<ItemId> = HashSet::new();
        let mut next = vec![(Vec::new(), to)];
        while let Some((path, id)) = next.pop() {
            if !seen.insert(id) {
                continue;
            }
            let found = match saving.iter().find(|item| item.id == id) {
                Some(item) => Some(item.clone()),
                None => item::get(&mut self.tx, id).await?,
            };
            let Some(found) = found.filter(|item| !item.archived) else { continue };
            let mut path: Vec<Item> = path;
            path.push(found.clone());
            if id == from {
                paths.push(path);
                break;
            }
            let waits = found.links.iter().filter(|link| link.kind == LinkKind::BlockedBy);
            next.extend(waits.map(|link| (path.clone(), link.target)));
        }
        let Some(path) = paths.pop() else { return Ok(Vec::new()) };
        let own = path.last().map(|item| item.anchor.clone());
        Ok(own.into_iter().chain(path.into_iter().map(|item| item.anchor)).collect())
    }
}
