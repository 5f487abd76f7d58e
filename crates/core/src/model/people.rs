//! People and organizations.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{OrganizationId, PersonId, vocabulary};

vocabulary! {
    /// What a person is to the user.
    Relation {
        /// Reports to the user.
        Report = "report",
        /// The user reports to them.
        Manager = "manager",
        /// A colleague.
        Peer = "peer",
        /// A client.
        Client = "client",
        /// Nothing was said.
        None = "none",
    }
}

/// A human with one or more e-mail addresses. Rooms and groups are not people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their id; it goes on working when they are merged into another.
    pub id: PersonId,
    /// What `@handle` names them: unique in the vault, for good, lower case.
    pub handle: String,
    /// Their name as shown.
    pub name: String,
    /// Addresses, lower case, the first the one shown.
    pub emails: Vec<String>,
    /// Further handles and names they are known by: those of people merged into them, and those given by hand.
    pub aliases: Vec<String>,
    /// The organization they are of now.
    pub organization_id: Option<OrganizationId>,
    /// Where they worked when, the earliest first; empty where it never changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub employments: Vec<Employment>,
    /// What they are to the user.
    pub relation: Relation,
    /// Whether this is the user.
    pub is_me: bool,
    /// The person they were merged into; everything of theirs then counts as that person's.
    pub merged_into: Option<PersonId>,
}

/// Where somebody works from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Employment {
    /// None where they are of no organization, or of none that is known.
    pub organization_id: Option<OrganizationId>,
    /// The first day; none of what was before all others.
    pub from: Option<NaiveDate>,
}

impl Person {
    /// The organization they were of on a day: old meetings keep the old one.
    #[must_use]
    pub fn organization_on(&self, day: NaiveDate) -> Option<OrganizationId> {
        let then = self.employments.iter().rev().find(|employment| employment.from.is_none_or(|from| from <= day));
        match then.or(self.employments.first()) {
            Some(employment) => employment.organization_id,
            None => self.organization_id,
        }
    }

    /// Every organization they are or were of.
    pub fn organizations(&self) -> impl Iterator<Item = OrganizationId> {
        let before = self.employments.iter().filter_map(|employment| employment.organization_id);
        before.chain(self.organization_id).collect::<std::collections::BTreeSet<_>>().into_iter()
    }
}

/// What an e-mail domain stands for. Free-mail domains stand for none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// Its name as shown.
    pub name: String,
    /// Its registrable domains, lower case.
    pub domains: Vec<String>,
}
