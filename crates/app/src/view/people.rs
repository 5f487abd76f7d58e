//! People and organizations as told.

use chrono::NaiveDate;
use serde::Serialize;
use throughline_core::model::{OrganizationId, PersonId, Presence, Relation, Response, Role};

use super::{Action, Meeting, Question, When};

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the person shape")]
pub struct Person {
    pub id: PersonId,
    pub handle: String,
    pub name: String,
    pub emails: Vec<String>,
    pub aliases: Vec<String>,
    /// The organization's name.
    pub organization: Option<String>,
    pub organization_id: Option<OrganizationId>,
    pub relation: Relation,
    pub is_me: bool,
}

/// `people`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the people shape")]
pub struct People {
    pub people: Vec<Person>,
}

/// `person show`: the person, with what there is between them and the user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the person shape")]
pub struct PersonDetail {
    #[serde(flatten)]
    pub person: Person,
    pub first_meeting: Option<When>,
    pub last_meeting: Option<When>,
    pub next_meeting: Option<When>,
    pub meetings_count: usize,
    /// How often they are met: "every 2 weeks".
    pub cadence: Option<String>,
    /// The last ten.
    pub meetings: Vec<Meeting>,
    pub i_owe: Vec<Action>,
    pub they_owe: Vec<Action>,
    pub waiting_on: Vec<Question>,
    pub topics: Vec<String>,
    /// The running note, if one was written.
    pub note: Option<String>,
    /// Who was merged into this one.
    pub merged: Vec<Person>,
    /// Where they worked when, the earliest first; where they are now alone, where it never changed.
    pub employments: Vec<Employment>,
}

/// Where somebody worked when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Employment {
    pub organization: Option<String>,
    pub organization_id: Option<OrganizationId>,
    /// The first day; none of what was before all others.
    pub from: Option<NaiveDate>,
    /// The last day; none of what goes on.
    pub to: Option<NaiveDate>,
}

/// `people --duplicates`: who may be one person.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the duplicates shape")]
pub struct Duplicates {
    pub duplicates: Vec<Duplicate>,
}

/// Two people who may be one, the better known first.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Duplicate {
    pub a: Person,
    pub b: Person,
    /// 0 to 1.
    #[specta(type = super::Number)]
    pub score: f64,
    /// What speaks for it, in sentences.
    pub evidence: Vec<String>,
}

/// Who is new in a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct NewPerson {
    #[serde(flatten)]
    pub person: Person,
    /// How they are known: "with Lena Brandt in 6 meetings".
    pub through: Option<String>,
}

/// A person in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct PersonRow {
    #[serde(flatten)]
    pub person: Person,
    pub meetings_count: u32,
    pub last_meeting: Option<When>,
    pub next_meeting: Option<When>,
    /// How often they are met: "every 2 weeks".
    pub cadence: Option<String>,
    pub i_owe: u32,
    pub they_owe: u32,
}

/// A person at a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the attendee shape")]
pub struct Attendee {
    pub person_id: PersonId,
    pub name: String,
    pub handle: String,
    pub email: Option<String>,
    pub role: Role,
    pub response: Option<Response>,
    pub present: Presence,
}

/// A person named by another thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct PersonRef {
    pub person_id: PersonId,
    pub name: String,
}

/// An organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract of the organization shape")]
pub struct Organization {
    pub id: OrganizationId,
    pub name: String,
    pub domains: Vec<String>,
    pub people_count: usize,
    pub last_meeting: Option<When>,
}

/// The organization that everything is seen through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Lens {
    pub id: OrganizationId,
    pub name: String,
}

/// `orgs`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct Organizations {
    pub organizations: Vec<Organization>,
}

/// `org show`: the organization, its people, and what there is between them and the user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are the contract")]
pub struct OrganizationDetail {
    #[serde(flatten)]
    pub organization: Organization,
    pub first_meeting: Option<When>,
    pub next_meeting: Option<When>,
    /// All so far.
    pub meetings_count: usize,
    /// In words: "every 2 weeks".
    pub cadence: Option<String>,
    pub people: Vec<Person>,
    /// The last ten.
    pub meetings: Vec<Meeting>,
    pub i_owe: Vec<Action>,
    pub they_owe: Vec<Action>,
    pub waiting_on: Vec<Question>,
    pub decisions: Vec<super::Decision>,
}
