//! What the graph is made of: the rows of the vault that say who met whom about what.

use serde::{Deserialize, Serialize};

use crate::model::{
    Attendance, Item, ItemId, MeetingId, MeetingKind, MeetingStatus, Organization, OrganizationId, Person, PersonId,
    SeriesId, Times,
};

/// A meeting as the graph sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingFact {
    /// Its id.
    pub id: MeetingId,
    /// The series it belongs to.
    pub series_id: Option<SeriesId>,
    /// Its title.
    pub title: String,
    /// When it is.
    pub times: Times,
    /// Whether it takes place.
    pub status: MeetingStatus,
    /// What it is.
    pub kind: MeetingKind,
    /// Whether it took place, where the user said so.
    pub held: Option<bool>,
    /// Whether it has notes.
    pub has_notes: bool,
    /// Whether it says what it is for.
    pub has_purpose: bool,
    /// Who was invited or there; merged people are already resolved, nobody twice. The user is among them wherever the
    /// meeting is the user's own, also where the calendar names nobody or a group: what is owed hangs on it.
    pub attendances: Vec<Attendance>,
    /// How much those at it count whom `attendances` leaves out, in quarters as [`super::attendance_weight`] tells: none
    /// are, unless it was read for an answer that names nobody but those it asks about.
    pub unnamed: u32,
    /// The user, where they are among those only because it lies in a calendar of theirs or was made by hand, and nobody
    /// says that they were invited or there: it counts for what they owe and are owed, and connects nobody, unless `own`.
    pub implied: Option<PersonId>,
    /// It was made by hand, or its calendar names nobody: then the user was there, and ways lead through them.
    pub own: bool,
    /// People named with a handle in its notes outside items, private parts left out.
    pub mentions: Vec<PersonId>,
    /// Topics in its notes outside items, private parts left out.
    pub topics: Vec<String>,
}

/// A series as the graph sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesFact {
    /// Its id.
    pub id: SeriesId,
    /// What its meetings are called.
    pub title: String,
}

/// One thing to put into the graph; its edges come with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fact {
    /// A person who is not merged into another.
    Person(Person),
    /// An organization.
    Organization(Organization),
    /// A series.
    Series(SeriesFact),
    /// A meeting and who was there.
    Meeting(MeetingFact),
    /// An item that is not archived.
    Item(Item),
}

/// Names a node of the graph.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "id")]
pub enum NodeRef {
    /// A person.
    Person(PersonId),
    /// An organization.
    Organization(OrganizationId),
    /// A series.
    Series(SeriesId),
    /// A meeting.
    Meeting(MeetingId),
    /// An action, decision or question.
    Item(ItemId),
    /// A topic, lower case, without `#`.
    Topic(String),
}
