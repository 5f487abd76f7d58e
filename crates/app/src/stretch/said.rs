//! What the items of a list say, for what is typed to be looked for in.

use std::collections::{HashMap, HashSet};

use throughline_core::model::{ItemId, PersonId};
use throughline_core::people::fold;
use throughline_store::item::{self, Filter};
use throughline_store::{Connection, person};

use crate::Result;

/// Read when somebody types, and not before: it is most of what a long list holds.
#[derive(Debug)]
pub(crate) struct Said {
    pub items: HashMap<ItemId, item::Said>,
    /// Each with its reason, whose it is, its meeting and its topics, folded; in the order of the list.
    pub folded: Vec<String>,
}

impl Said {
    /// What these items of a filter say.
    pub async fn read(conn: &mut Connection, filter: &Filter, ids: impl Iterator<Item = ItemId>) -> Result<Self> {
        let items = item::said(conn, filter).await?;
        let owners: HashSet<PersonId> = items.values().flat_map(|said| said.owners.iter().copied()).collect();
        let owners = person::by_ids(conn, &owners.into_iter().collect::<Vec<_>>()).await?;
        let names: HashMap<PersonId, String> = owners.into_iter().map(|person| (person.id, person.name)).collect();
        let folded = ids.map(|id| items.get(&id).map(|said| words(said, &names)).unwrap_or_default()).collect();
        Ok(Self { items, folded })
    }
}

fn words(said: &item::Said, names: &HashMap<PersonId, String>) -> String {
    let mut words = said.text.clone();
    let names = said.owners.iter().filter_map(|owner| names.get(owner));
    let meeting = said.meeting.as_ref().map(|meeting| &meeting.title);
    for more in said.rationale.iter().chain(names).chain(meeting) {
        words.push(' ');
        words.push_str(more);
    }
    for topic in &said.topics {
        words.push_str(" #");
        words.push_str(topic);
    }
    fold(&words)
}
