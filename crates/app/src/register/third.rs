//! Names in a register that may not be meant for the client.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use throughline_core::model::{ItemId, Organization, OrganizationId, Person, PersonId};
use throughline_core::people::{Outsiders, fold};
use throughline_store::{Connection, organization, person};

use crate::Result;
use crate::view::{RegisterEntry, ThirdParty};

/// Whom each entry names, where in it, and on which day.
pub(super) type Named = HashMap<ItemId, Vec<(PersonId, &'static str, NaiveDate)>>;

/// Names of people of neither the client's nor the user's own organization, and of other organizations: in the words of
/// entries, in the titles of their meetings, and among those the entries name. Whoever changed jobs belongs to whom they
/// worked for on the day of the meeting.
pub(super) async fn parties(
    conn: &mut Connection,
    client: &Organization,
    entries: &[RegisterEntry],
    named: &Named,
) -> Result<Vec<ThirdParty>> {
    let me = person::me(conn).await?;
    let own = me.as_ref().and_then(|me| me.organization_id);
    let world = World {
        client,
        own,
        me: me.map(|me| me.id),
        people: person::all(conn).await?,
        organizations: organization::all(conn).await?,
    };
    let people: HashMap<PersonId, &Person> = world.people.iter().map(|person| (person.id, person)).collect();
    let moved: Vec<&Person> = world.people.iter().filter(|person| !person.employments.is_empty()).collect();
    let mut sides: HashMap<BTreeSet<PersonId>, Sides> = HashMap::new();
    let domains = world.domains();
    let mut found = BTreeSet::new();
    for entry in entries {
        let mut add = |name: String, place: &'static str| {
            found.insert((entry.date, entry.anchor.clone(), place, name));
        };
        // There are as many different answers as days on which somebody came or left.
        let inside = moved.iter().filter(|person| world.is_inside(person, entry.date)).map(|person| person.id);
        let sides = sides.entry(inside.collect()).or_insert_with(|| world.sides(entry.date));
        let words = [
            (Some(&entry.text), "text"),
            (entry.rationale.as_ref(), "rationale"),
            (Some(&entry.meeting_title), "meeting"),
        ];
        for (text, place) in words {
            text.into_iter().flat_map(|text| sides.outsiders.in_text(text)).for_each(|name| add(name, place));
        }
        for (id, place, day) in named.get(&entry.id).into_iter().flatten() {
            let outsider = people.get(id).filter(|person| !world.is_inside(person, *day));
            outsider.into_iter().for_each(|person| add(super::entry::shown(&person.name), place));
        }
        let is_ours = |recipient: &str| {
            let domain = recipient.rsplit_once('@').map(|(_, domain)| domain.trim_end_matches('>').to_lowercase());
            domain.is_some_and(|domain| domains.contains(&domain)) || sides.inside.contains(&fold(recipient))
        };
        let sent = entry.recap_sent.iter().map(|sent| &sent.to).filter(|to| !is_ours(to));
        sent.for_each(|to| add(to.clone(), "recap_sent"));
    }
    Ok(found.into_iter().map(|(_, entry, place, name)| ThirdParty { name, entry, place }).collect())
}

/// Everybody there is, and whose side is whose.
struct World<'a> {
    client: &'a Organization,
    own: Option<OrganizationId>,
    me: Option<PersonId>,
    people: Vec<Person>,
    organizations: Vec<Organization>,
}

/// Who was of neither side on a day, to be looked for in texts.
struct Sides {
    outsiders: Outsiders,
    /// Names and addresses of those who were, folded.
    inside: HashSet<String>,
}

impl World<'_> {
    fn is_inside(&self, person: &Person, day: NaiveDate) -> bool {
        let of = person.organization_on(day);
        Some(person.id) == self.me || of.is_some_and(|of| of == self.client.id || Some(of) == self.own)
    }

    fn sides(&self, day: NaiveDate) -> Sides {
        let mut sides = Sides { outsiders: Outsiders::default(), inside: HashSet::new() };
        sides.outsiders.insider(&self.client.name);
        for person in &self.people {
            if self.is_inside(person, day) {
                sides.outsiders.insider(&person.name);
                sides.inside.extend(person.emails.iter().chain([&person.name]).map(|name| fold(name)));
            } else {
                sides.outsiders.person(&person.name, &person.aliases);
            }
        }
        for other in self.organizations.iter().filter(|other| other.id != self.client.id && Some(other.id) != self.own)
        {
            sides.outsiders.organization(&other.name, &other.domains);
        }
        sides
    }

    /// Those of both sides.
    fn domains(&self) -> Vec<String> {
        let own = self.organizations.iter().filter(|other| Some(other.id) == self.own);
        self.client.domains.iter().chain(own.flat_map(|own| &own.domains)).cloned().collect()
    }
}
