//! Names in a register that may not be meant for the client.

use std::collections::{BTreeSet, HashSet};

use throughline_core::model::{Organization, OrganizationId, PersonId};
use throughline_core::people::{Outsiders, fold};
use throughline_store::lens::Scope;
use throughline_store::{Connection, organization, person};

use crate::Result;
use crate::view::{RegisterEntry, ThirdParty};

/// Names of people of neither the client's nor the user's own organization, and of other organizations: in the words of
/// entries, in the titles of their meetings, and among those the entries name.
pub(super) async fn parties(
    conn: &mut Connection,
    scope: &Scope,
    client: &Organization,
    entries: &[RegisterEntry],
) -> Result<Vec<ThirdParty>> {
    let me = person::me(conn).await?;
    let own: Option<OrganizationId> = me.as_ref().and_then(|me| me.organization_id);
    let me: Option<PersonId> = me.map(|me| me.id);
    let mut outsiders = Outsiders::default();
    let mut outside: HashSet<String> = HashSet::new();
    let mut inside: HashSet<String> = HashSet::new();
    outsiders.insider(&client.name);
    for person in person::all(conn).await? {
        let theirs = scope.members.contains(&person.id);
        let ours = Some(person.id) == me || (own.is_some() && person.organization_id == own);
        if theirs || ours {
            outsiders.insider(&person.name);
            inside.extend(person.emails.iter().chain([&person.name]).map(|name| fold(name)));
        } else {
            outsiders.person(&person.name, &person.aliases);
            outside.insert(fold(&person.name));
        }
    }
    let mut domains: Vec<String> = client.domains.clone();
    for other in organization::all(conn).await? {
        if Some(other.id) == own {
            domains.extend(other.domains);
        } else if other.id != client.id {
            outsiders.organization(&other.name, &other.domains);
        }
    }
    outside.retain(|name| !inside.contains(name));
    let is_ours = |recipient: &str| {
        let domain = recipient.rsplit_once('@').map(|(_, domain)| domain.trim_end_matches('>').to_lowercase());
        domain.is_some_and(|domain| domains.contains(&domain)) || inside.contains(&fold(recipient))
    };
    let mut found = BTreeSet::new();
    for entry in entries {
        let mut add = |name: String, place: &'static str| {
            found.insert((entry.date, entry.anchor.clone(), place, name));
        };
        let words = [
            (Some(&entry.text), "text"),
            (entry.rationale.as_ref(), "rationale"),
            (Some(&entry.meeting_title), "meeting"),
        ];
        for (text, place) in words {
            text.into_iter().flat_map(|text| outsiders.in_text(text)).for_each(|name| add(name, place));
        }
        let named = [(&entry.decided_by, "decided_by"), (&entry.owners, "owners"), (&entry.present, "present")];
        for (names, place) in named {
            names.iter().filter(|name| outside.contains(&fold(name))).for_each(|name| add(name.clone(), place));
        }
        let confirmed = entry.confirmed.iter().map(|said| &said.by).filter(|name| outside.contains(&fold(name)));
        confirmed.for_each(|name| add(name.clone(), "confirmed"));
        let sent = entry.recap_sent.iter().map(|sent| &sent.to).filter(|to| !is_ours(to));
        sent.for_each(|to| add(to.clone(), "recap_sent"));
    }
    Ok(found.into_iter().map(|(_, entry, place, name)| ThirdParty { name, entry, place }).collect())
}
