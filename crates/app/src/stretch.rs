//! A long list, a stretch at a time: the window shows some forty of tens of thousands.

mod said;

use std::collections::HashSet;
use std::fmt;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use throughline_core::people::fold;
use throughline_store::Connection;

pub(crate) use said::Said;

use crate::{Result, view};

/// So many rows at once.
pub(crate) const MOST: usize = 500;

/// A heading, and which lines stand under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    pub key: String,
    pub title: String,
    pub at: Vec<usize>,
}

/// Lines in reading order, by their places among those that were read.
#[derive(Debug, Default)]
pub(crate) struct Order {
    pub groups: Vec<view::ListGroup>,
    pub at: Vec<usize>,
}

impl Order {
    /// The lines of the groups, end to end.
    pub fn of(groups: Vec<Group>) -> Self {
        let mut order = Self::default();
        for mut group in groups {
            order.groups.push(view::ListGroup { key: group.key, title: group.title, count: group.at.len() });
            order.at.append(&mut group.at);
        }
        order
    }

    /// Where the stretch begins, and its lines. One that begins behind the end is the last one.
    pub fn cut(&self, from: usize, limit: usize) -> (usize, &[usize]) {
        let limit = limit.min(MOST);
        let from = from.min(self.at.len().saturating_sub(limit));
        (from, &self.at[from..(from + limit).min(self.at.len())])
    }

    /// From one place up to, but not including, another: each with its line.
    pub fn places(&self, from: usize, to: usize) -> impl Iterator<Item = (usize, usize)> {
        let to = to.min(self.at.len());
        (from.min(to)..to).map(|place| (place, self.at[place]))
    }

    /// Where the lines of those ids stand, each with its line.
    pub fn find<I: Eq + Hash + Copy>(&self, ids: &[I], id: impl Fn(usize) -> I) -> Vec<(usize, usize)> {
        if ids.is_empty() {
            return Vec::new();
        }
        let wanted: HashSet<I> = ids.iter().copied().collect();
        self.places(0, usize::MAX).filter(|(_, line)| wanted.contains(&id(*line))).collect()
    }
}

/// What a list is made of: read once as long as nothing it depends on changes, and ordered once as long as it is read in
/// the same way, so that scrolling reads the rows on the screen alone.
pub(crate) trait Lines: Sized {
    /// Everything the lines depend on; what was committed last is part of it.
    type Key: Clone + PartialEq;
    /// What they are narrowed and ordered by besides.
    type Reads: Clone + PartialEq;
    /// What ordering them tells.
    type Order;

    fn read(conn: &mut Connection, key: &Self::Key) -> impl Future<Output = Result<Self>> + Send;

    fn order(
        &self,
        conn: &mut Connection,
        key: &Self::Key,
        reads: &Self::Reads,
    ) -> impl Future<Output = Result<Self::Order>> + Send;
}

/// Lines in reading order.
pub(crate) struct Ordered<L: Lines> {
    pub lines: Arc<L>,
    pub order: L::Order,
}

/// The lists of one kind that were last asked for.
pub(crate) struct Lists<L: Lines> {
    lines: Kept<L::Key, L>,
    ordered: Kept<(L::Key, L::Reads), Ordered<L>>,
}

impl<L: Lines> Lists<L> {
    pub async fn lines(&self, conn: &mut Connection, key: &L::Key) -> Result<Arc<L>> {
        match self.lines.get(key) {
            Some(known) => Ok(known),
            None => Ok(self.lines.put(key.clone(), L::read(conn, key).await?)),
        }
    }

    pub async fn ordered(&self, conn: &mut Connection, key: L::Key, reads: L::Reads) -> Result<Arc<Ordered<L>>> {
        let asked = (key, reads);
        if let Some(known) = self.ordered.get(&asked) {
            return Ok(known);
        }
        let lines = self.lines(conn, &asked.0).await?;
        let order = lines.order(conn, &asked.0, &asked.1).await?;
        Ok(self.ordered.put(asked, Ordered { lines, order }))
    }
}

impl<L: Lines> Default for Lists<L> {
    fn default() -> Self {
        Self { lines: Kept::default(), ordered: Kept::default() }
    }
}

impl<L: Lines> fmt::Debug for Lists<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lists").finish_non_exhaustive()
    }
}

/// What was last asked for, and what before that: a list that is shown, and the whole behind its dialogs.
struct Kept<K, V>(Mutex<Vec<(K, Arc<V>)>>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(Mutex::new(Vec::new()))
    }
}

impl<K: PartialEq, V> Kept<K, V> {
    fn get(&self, key: &K) -> Option<Arc<V>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(known, _)| known == key).map(|(_, value)| Arc::clone(value))
    }

    fn put(&self, key: K, value: V) -> Arc<V> {
        let value = Arc::new(value);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(known, _)| *known != key);
        kept.truncate(1);
        kept.insert(0, (key, Arc::clone(&value)));
        value
    }
}

/// Whether there are words to look for.
pub(crate) fn is_asked(words: &str) -> bool {
    !words.trim().is_empty()
}

/// Which of so many lines say all the words; all where there are none. What they say is folded; it is not looked at where
/// there are no words.
pub(crate) fn matching(count: usize, words: &str, said: &[String]) -> Vec<usize> {
    let words = fold(words);
    let words: Vec<&str> = words.split_whitespace().collect();
    if words.is_empty() {
        return (0..count).collect();
    }
    let says = |at: &usize| said.get(*at).is_some_and(|said| words.iter().all(|word| said.contains(word)));
    (0..count).filter(says).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order() -> Order {
        let group = |key: &str, at: &[usize]| Group { key: key.to_owned(), title: key.to_owned(), at: at.to_vec() };
        Order::of(vec![group("late", &[4, 2]), group("later", &[0, 1, 3])])
    }

    #[test]
    fn a_stretch_behind_the_end_is_the_last_one() {
        let order = order();
        assert_eq!(order.cut(0, 2), (0, &[4, 2][..]));
        assert_eq!(order.cut(90, 2), (3, &[1, 3][..]));
        assert_eq!(order.cut(0, 90), (0, &[4, 2, 0, 1, 3][..]));
        assert_eq!(Order::default().cut(5, 5), (0, &[][..]));
    }

    #[test]
    fn places_are_told_of_a_span_and_of_those_looked_for() {
        let order = order();
        assert_eq!(order.places(1, 3).collect::<Vec<_>>(), [(1, 2), (2, 0)]);
        assert_eq!(order.places(4, 90).collect::<Vec<_>>(), [(4, 3)]);
        assert_eq!(order.find(&[30, 40, 90], |line| line * 10), [(0, 4), (4, 3)]);
    }

    #[test]
    fn what_was_asked_last_is_kept_and_what_before_it_and_nothing_else() {
        let kept = Kept::default();
        for (key, value) in [("a", 1), ("b", 2), ("b", 3), ("c", 4)] {
            kept.put(key, value);
        }
        assert_eq!(["a", "b", "c"].map(|key| kept.get(&key).as_deref().copied()), [None, Some(3), Some(4)]);
    }

    #[test]
    fn every_word_has_to_be_said_whatever_its_accents() {
        let said = ["send the cafe list".to_owned(), "send it".to_owned()];
        assert_eq!(matching(2, "SEND", &said), [0, 1]);
        assert_eq!(matching(2, "café send", &said), [0]);
        assert_eq!(matching(2, " ", &[]), [0, 1]);
    }
}
