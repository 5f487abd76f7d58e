//! People and organizations.

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
    /// What they are to the user.
    pub relation: Relation,
    /// Whether this is the user.
    pub is_me: bool,
    /// The person they were merged into; everything of theirs then counts as that person's.
    pub merged_into: Option<PersonId>,
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
