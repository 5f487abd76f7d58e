//! Lists that were asked for by something, and what is said where nothing matches.

use serde::Serialize;
use throughline_app::view::{Actions, Decisions, Questions};

use super::Show;
use super::page::Page;

/// A list that was asked for by something: where nothing matches, that is said, and not how items are written.
#[derive(Serialize)]
#[serde(transparent)]
pub struct Asked<T> {
    list: T,
    #[serde(skip)]
    none: Option<String>,
}

impl<T> Asked<T> {
    /// `none` is the sentence for an empty list; none where everything was asked for.
    pub fn new(list: T, none: Option<String>) -> Self {
        Self { list, none }
    }
}

/// A list that may be empty.
pub trait List {
    fn is_empty(&self) -> bool;
}

impl List for Actions {
    fn is_empty(&self) -> bool {
        self.actions.is_empty()
    }
}

impl List for Decisions {
    fn is_empty(&self) -> bool {
        self.decisions.is_empty()
    }
}

impl List for Questions {
    fn is_empty(&self) -> bool {
        self.questions.is_empty()
    }
}

impl<T: Show + List> Show for Asked<T> {
    fn show(&self, page: &mut Page<'_>) {
        match &self.none {
            Some(none) if self.list.is_empty() => page.say(none),
            _ => self.list.show(page),
        }
    }
}
