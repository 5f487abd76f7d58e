//! People and organizations that are called what was typed.

use sqlx::{FromRow, QueryBuilder, Sqlite};
use uuid::Uuid;

use super::{Filter, Hit, MARK, UNMARK};
use crate::value::fold;
use crate::{Connection, Result};

/// The score of somebody who is called so: before topics, and before whatever only holds the word.
const NAME: f64 = 2_000_000.0;

/// So many at the most: they are a way to go, and not what is looked for in the texts.
const MOST: usize = 6;

#[derive(FromRow)]
struct Named {
    kind: String,
    id: Uuid,
    title: String,
}

/// Those whose name holds every word that was typed, or words that begin so; who has the whole words first. None where
/// anything but kinds is filtered.
pub(super) async fn hits(conn: &mut Connection, typed: &str, filter: &Filter) -> Result<Vec<Hit>> {
    let kinds = filter.kinds.clone();
    let rest = Filter { kinds: Vec::new(), today: None, without_private: false, ..filter.clone() };
    let wanted: Vec<String> =
        fold(typed).split_whitespace().map(|word| word.trim_matches(['@', '"']).to_owned()).collect();
    if rest != Filter::default() || wanted.iter().all(String::is_empty) {
        return Ok(Vec::new());
    }
    // By their ids: this is asked with every key, and of documents there are many more than of people.
    let mut sql = QueryBuilder::<Sqlite>::new(
        "SELECT d.kind, d.id, d.title FROM (SELECT id FROM person UNION ALL SELECT id FROM organization) named
         JOIN search_document d ON d.id = named.id",
    );
    let named: Vec<Named> = sql.build_query_as().fetch_all(conn).await?;
    let mut found: Vec<(usize, Named)> = named
        .into_iter()
        .filter(|one| kinds.is_empty() || kinds.contains(&one.kind))
        .filter_map(|one| Some((whole(&one.title, &wanted)?, one)))
        .collect();
    // An organization is one among many people of its name.
    found.sort_by(|(a, one), (b, other)| {
        b.cmp(a)
            .then(one.kind.cmp(&other.kind))
            .then(one.title.len().cmp(&other.title.len()))
            .then(one.id.cmp(&other.id))
    });
    let hit = |(whole, one): (usize, Named)| Hit {
        snippet: marked(&one.title, &wanted),
        kind: one.kind,
        id: one.id.to_string(),
        title: one.title,
        meeting_id: None,
        part: None,
        date: None,
        score: NAME + whole as f64,
    };
    Ok(found.into_iter().take(MOST).map(hit).collect())
}

/// How many of the words a name has as they are; none where it lacks one.
fn whole(name: &str, wanted: &[String]) -> Option<usize> {
    let name = fold(name);
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    wanted.iter().filter(|word| !word.is_empty()).try_fold(0, |count, wanted| {
        let is = words.contains(&wanted.as_str());
        (is || words.iter().any(|word| word.starts_with(wanted.as_str()))).then_some(count + usize::from(is))
    })
}

/// The name, with the words that were found between the marks.
fn marked(name: &str, wanted: &[String]) -> String {
    let begins = |word: &str| wanted.iter().any(|wanted| !wanted.is_empty() && fold(word).starts_with(wanted.as_str()));
    let words = name.split_inclusive(' ').map(|word| {
        let bare = word.trim_end();
        if begins(bare) { format!("{MARK}{bare}{UNMARK}{}", &word[bare.len()..]) } else { word.to_owned() }
    });
    words.collect()
}
