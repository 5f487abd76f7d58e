//! The graph of the whole vault, kept current by what is committed.

use std::collections::BTreeSet;

use throughline_core::graph::{Graph, NodeRef};
use throughline_store::{Connection, Kind, facts, feed};

use crate::Result;

/// A graph and how far in the feed it is.
#[derive(Debug, Default)]
pub(crate) struct Live {
    graph: Option<Graph>,
    seq: i64,
}

/// From so many touched things on, building anew is the shorter way.
const BUILD_ANEW: usize = 20_000;

impl Live {
    /// Builds the graph where there is none, else puts and removes what the feed says was touched since. Costs one
    /// small query where nothing was.
    pub async fn catch_up(&mut self, conn: &mut Connection) -> Result<()> {
        let touched = match &self.graph {
            // What was pruned since cannot be read any more.
            Some(_) if feed::tail(conn).await?.is_none_or(|tail| tail <= self.seq + 1) => {
                Some(feed::since(conn, self.seq).await?)
            }
            _ => None,
        };
        match (touched, &mut self.graph) {
            (Some(touched), Some(graph)) if touched.len() < BUILD_ANEW => {
                self.seq = touched.last().map_or(self.seq, |row| row.seq);
                let touched: Vec<(Kind, String)> = touched.into_iter().map(|row| (row.kind, row.id)).collect();
                let nodes: BTreeSet<NodeRef> = facts::nodes(&touched).into_iter().collect();
                if !nodes.is_empty() {
                    let nodes: Vec<_> = nodes.into_iter().collect();
                    let (facts, gone) = facts::of(conn, &nodes).await?;
                    for node in &gone {
                        graph.remove(node);
                    }
                    for fact in facts {
                        graph.put(fact);
                    }
                }
            }
            _ => {
                self.seq = feed::head(conn).await?;
                self.graph = Some(Graph::build(facts::all(conn).await?));
            }
        }
        Ok(())
    }

    /// Whether there is one to be kept current.
    pub fn is_built(&self) -> bool {
        self.graph.is_some()
    }

    /// The graph; empty before the first [`Live::catch_up`].
    pub fn graph(&self) -> &Graph {
        static EMPTY: std::sync::LazyLock<Graph> = std::sync::LazyLock::new(|| Graph::build([]));
        self.graph.as_ref().unwrap_or(&EMPTY)
    }
}
