//! The network around a thing, as a list.

use throughline_app::view::{GraphNode, GraphView, NodeKind};

use super::page::{Page, Row};
use super::span::Span;
use super::{Show, short, sign};
use crate::text::fit;
use crate::words;

impl Show for GraphView {
    fn show(&self, page: &mut Page<'_>) {
        let Some((center, others)) = self.nodes.split_first() else {
            page.say("Nothing is there.");
            return;
        };
        page.title(&center.title, [Span::quiet_raw(short(&center.id))]);
        if others.is_empty() {
            page.say("Nothing stands around it.");
        }
        for kind in NodeKind::ALL {
            let of_kind: Vec<_> = others.iter().filter(|node| node.kind == kind).collect();
            if !of_kind.is_empty() {
                page.heading(heading(kind), of_kind.len());
                of_kind.into_iter().for_each(|node| show(page, self, node));
            }
        }
        if self.more > 0 {
            page.gap();
            page.aside(&format!("and {} more; `--limit` shows them, `--from` and `--only` choose", self.more));
        }
    }
}

fn heading(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Person => "People",
        NodeKind::Organization => "Organizations",
        NodeKind::Series => "Series",
        NodeKind::Meeting => "Meetings",
        NodeKind::Decision => "Decisions",
        NodeKind::Action => "Actions",
        NodeKind::Question => "Questions",
        NodeKind::Topic => "Topics",
    }
}

fn show(page: &mut Page<'_>, graph: &GraphView, node: &GraphNode) {
    let drawn = graph.edges.iter().filter(|edge| edge.from == node.id || edge.to == node.id).count();
    let further = usize::try_from(node.degree).unwrap_or(usize::MAX).saturating_sub(drawn);
    let further = if further > 0 { format!("+{} ", words::number(further)) } else { String::new() };
    let date = node.date.map(|date| words::day(date, page.look.today())).unwrap_or_default();
    page.row(Row {
        lead: vec![sign::node(node.kind.as_str(), node.status.as_deref()), Span::plain_raw(" ")],
        hang: vec![Span::plain_raw("  ")],
        body: vec![Span::plain(&node.title)],
        right: vec![
            Span::quiet(format!("{further}{date}")),
            Span::quiet_raw(format!("  {:>8}", fit(&short(&node.id), 8))),
        ],
    });
}
