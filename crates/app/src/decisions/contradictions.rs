//! Decisions that may not go together, and what the user says of them.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde::{Deserialize, Serialize};
use throughline_core::graph::Graph;
use throughline_core::graph::query::{self, Reach};
use throughline_core::model::{ItemId, ItemKind};
use throughline_store::{Connection, Kind, facts, item, setting};

use crate::app::App;
use crate::tell::Teller;
use crate::{Failure, Result, actions, resolve, view};

/// Where the pairs are kept that go together.
const KEY: &str = "compatible decisions";

/// So many pairs are told; how many there are is told besides.
const AT_ONCE: usize = 100;

/// Two decisions that go together, as they are worded now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Agreed {
    ids: (ItemId, ItemId),
    texts: (String, String),
}

impl Agreed {
    fn of(a: &view::Decision, b: &view::Decision) -> Self {
        let (a, b) = if a.id <= b.id { (a, b) } else { (b, a) };
        Self { ids: (a.id, b.id), texts: (a.text.clone(), b.text.clone()) }
    }
}

/// Pairs of decisions on one topic that both hold and look as if they did not go together, the newest first: for a
/// look, and with what makes them look so. The rule is that of [`throughline_core::graph::Graph::contradictions`]. With a
/// topic only those about it or one below it; with an organization those of which either is one with it, for what they
/// were told may not go with what was decided elsewhere. Pairs that somebody said go together are none, until one of the
/// two is worded anew.
///
/// # Errors
/// `unknown_organization`, `ambiguous`.
pub async fn contradictions(app: &App, topic: Option<&str>, org: Option<&str>) -> Result<view::Contradictions> {
    let view = app.view(None);
    let built = app.live_if_built().await?.map(|seen| seen.graph().contradictions(&view));
    let conn = &mut *app.look().await?;
    let found = match built {
        Some(found) => found,
        None => Graph::build(facts::reached(conn, &Reach::all(query::Kind::Decisions)).await?).contradictions(&view),
    };
    let mut found = found;
    if let Some(topic) = topic.map(actions::topic) {
        let below = format!("{topic}/");
        found.retain(|pair| pair.topic == topic || pair.topic.starts_with(&below));
    }
    if let Some(org) = org {
        let organization = Some(resolve::organization(conn, org).await?);
        let query = item::Filter { kind: Some(ItemKind::Decision), organization, ..item::Filter::default() };
        let theirs: HashSet<ItemId> = item::list(conn, &query).await?.into_iter().map(|item| item.id).collect();
        found.retain(|pair| theirs.contains(&pair.a) || theirs.contains(&pair.b));
    }
    let agreed = agreed(conn).await?;
    let said: HashSet<(ItemId, ItemId)> = agreed.iter().map(|pair| pair.ids).collect();
    let sorted = |a: ItemId, b: ItemId| (a.min(b), a.max(b));
    let ids: Vec<ItemId> =
        found.iter().filter(|pair| said.contains(&sorted(pair.a, pair.b))).flat_map(|pair| [pair.a, pair.b]).collect();
    let texts: HashMap<ItemId, String> =
        item::by_ids(conn, &ids).await?.into_iter().map(|item| (item.id, item.text)).collect();
    let still = |id: ItemId, text: &String| texts.get(&id) == Some(text);
    let go_together: HashSet<(ItemId, ItemId)> = agreed
        .iter()
        .filter(|pair| still(pair.ids.0, &pair.texts.0) && still(pair.ids.1, &pair.texts.1))
        .map(|pair| pair.ids)
        .collect();
    found.retain(|pair| !go_together.contains(&sorted(pair.a, pair.b)));
    let total = found.len();
    found.truncate(AT_ONCE);
    let ids: BTreeSet<ItemId> = found.iter().flat_map(|pair| [pair.a, pair.b]).collect();
    let ids: Vec<ItemId> = ids.into_iter().collect();
    let told = Teller::new(conn, *app.clock()).items_by_ids(&ids).await?.decisions;
    let by_id: HashMap<ItemId, &view::Decision> = told.iter().map(|decision| (decision.id, decision)).collect();
    let pairs = found.into_iter().filter_map(|pair| {
        let (a, b) = (*by_id.get(&pair.a)?, *by_id.get(&pair.b)?);
        Some(view::Contradiction { topic: pair.topic, a: a.clone(), b: b.clone(), why: pair.why })
    });
    Ok(view::Contradictions { pairs: pairs.collect(), total })
}

/// Says that two decisions go together, however they look: the pair is offered no more.
///
/// # Errors
/// `unknown_decision`, `ambiguous`, `same_decision`.
pub async fn compatible(app: &App, a: &str, b: &str) -> Result<view::Decisions> {
    let mut tx = app.write().await?;
    let a = resolve::item(&mut tx, Some(ItemKind::Decision), a).await?;
    let b = resolve::item(&mut tx, Some(ItemKind::Decision), b).await?;
    let told = Teller::new(&mut tx, *app.clock()).items_by_ids(&[a, b]).await?.decisions;
    let [one, other] = told.as_slice() else {
        return Err(Failure::new("same_decision", "These are one decision.").hint("Name two."));
    };
    let pair = Agreed::of(one, other);
    let mut pairs = agreed(&mut tx).await?;
    pairs.retain(|known| known.ids != pair.ids);
    pairs.push(pair);
    tx.touch(Kind::Setting, KEY).await?;
    setting::set(&mut tx, KEY, &pairs).await?;
    app.commit(tx, "decision compatible").await?;
    Ok(view::Decisions { decisions: told, as_of: None })
}

async fn agreed(conn: &mut Connection) -> Result<Vec<Agreed>> {
    Ok(setting::get(conn, KEY).await?.unwrap_or_default())
}
