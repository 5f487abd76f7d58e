//! Actions that would wait for themselves, decisions that would take their own place.

use std::collections::HashSet;

use throughline_core::model::{Item, ItemId, LinkKind};
use throughline_store::item;

use super::index::Indexed;
use super::save::Writer;
use crate::Result;

impl Writer<'_> {
    /// An `after` or `supersedes` link that would close a circle is not taken, and told with the circle; its words stay in
    /// the text.
    pub(super) async fn refuse_circles(&mut self, indexed: &mut Indexed) -> Result<()> {
        for (kind, said, link) in
            [(LinkKind::BlockedBy, "waiting", " after "), (LinkKind::Supersedes, "superseding", " supersedes ")]
        {
            for at in 0..indexed.items.len() {
                let Item { id, archived, line, .. } = indexed.items[at];
                let targets = indexed.items[at].links.iter().filter(|link| link.kind == kind && !archived);
                for target in targets.map(|link| link.target).collect::<Vec<_>>() {
                    let circle = self.circle(kind, id, target, &indexed.items).await?;
                    if circle.is_empty() {
                        continue;
                    }
                    let told: Vec<String> = circle.iter().map(|anchor| format!("^{anchor}")).collect();
                    indexed.warnings.push(format!("Line {line}: {said} in a circle, {}.", told.join(link)));
                    indexed.items[at].links.retain(|link| (link.kind, link.target) != (kind, target));
                }
            }
        }
        Ok(())
    }

    /// The anchors from an item back to itself, where a link of the kind to `to` closes a circle; else none. Items about to
    /// be saved count as they are going to be.
    async fn circle(&mut self, kind: LinkKind, from: ItemId, to: ItemId, saving: &[Item]) -> Result<Vec<String>> {
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
            let further = found.links.iter().filter(|link| link.kind == kind);
            next.extend(further.map(|link| (path.clone(), link.target)));
        }
        let Some(path) = paths.pop() else { return Ok(Vec::new()) };
        let own = path.last().map(|item| item.anchor.clone());
        Ok(own.into_iter().chain(path.into_iter().map(|item| item.anchor)).collect())
    }
}
