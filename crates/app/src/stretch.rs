//! A long list, a stretch at a time: the window shows some forty of tens of thousands.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use throughline_core::people::fold;

use crate::view;

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

/// What was last asked for, kept as long as the question is the same: scrolling reads the rows on the screen alone.
#[derive(Debug)]
pub(crate) struct Kept<K, V>(Mutex<Option<(K, Arc<V>)>>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<K: PartialEq, V> Kept<K, V> {
    pub fn get(&self, key: &K) -> Option<Arc<V>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().filter(|(known, _)| known == key).map(|(_, value)| Arc::clone(value))
    }

    pub fn put(&self, key: K, value: V) -> Arc<V> {
        let value = Arc::new(value);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((key, Arc::clone(&value)));
        value
    }
}

/// Which of so many lines say all the words; all where there are none. What they say is folded, and made when somebody
/// types.
pub(crate) fn matching<'a>(count: usize, words: &str, said: impl FnOnce() -> &'a [String]) -> Vec<usize> {
    let words = fold(words);
    let words: Vec<&str> = words.split_whitespace().collect();
    if words.is_empty() {
        return (0..count).collect();
    }
    let said = said();
    (0..count).filter(|&at| words.iter().all(|word| said[at].contains(word))).collect()
}

/// The topics, the most frequent first.
pub(crate) fn most_frequent<'a>(topics: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for topic in topics {
        *counts.entry(topic).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|(a, many), (b, more)| more.cmp(many).then(a.cmp(b)));
    counts.into_iter().map(|(topic, _)| topic.to_owned()).collect()
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
    fn what_was_asked_last_is_kept_and_nothing_else() {
        let kept = Kept::default();
        kept.put("a", 1);
        kept.put("b", 2);
        assert_eq!((kept.get(&"a"), kept.get(&"b").as_deref()), (None, Some(&2)));
    }

    #[test]
    fn every_word_has_to_be_said_whatever_its_accents() {
        let said = ["send the cafe list".to_owned(), "send it".to_owned()];
        assert_eq!(matching(2, "SEND", || &said), [0, 1]);
        assert_eq!(matching(2, "café send", || &said), [0]);
        assert_eq!(matching(2, " ", || unreachable!("nothing is made")), [0, 1]);
    }
}
