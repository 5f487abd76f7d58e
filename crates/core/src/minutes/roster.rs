//! The people of one file: each once, with what all their entries say.

use super::MinutesAttendee;
use super::entry::{self, Person};
use super::label::Group;
use super::split::Raw;
use crate::model::{Presence, Role};
use crate::people::{fold, initials, name_key, name_matches};

/// Everyone listed. Lists of who was there come first, so that offices ("Chair: Ana") find their person among them.
pub(super) fn gather(raws: &[Raw]) -> Vec<MinutesAttendee> {
    let mut roster = Roster::default();
    let any_checked = raws.iter().any(|raw| raw.checked == Some(true));
    for office in [false, true] {
        for raw in raws.iter().filter(|raw| raw.group.office == office) {
            if let Some(person) = entry::read(&raw.text) {
                add(&mut roster, person, raw, any_checked);
            }
        }
    }
    roster.people.sort_by_key(|attendee| attendee.line);
    roster.people
}

/// Attendees beside the keys of their names, which would cost too much to make for each comparison.
#[derive(Default)]
struct Roster {
    people: Vec<MinutesAttendee>,
    keys: Vec<String>,
}

fn add(roster: &mut Roster, person: Person, raw: &Raw, any_checked: bool) {
    let mut said = raw.group;
    if let Some(own) = person.group {
        // "(chair)" among those invited says nothing of presence; "(regrets)" among those present does.
        let role = weightier(own.role, said.role);
        said = Group { role, ..if own.office { said } else { own } };
    }
    match raw.checked {
        Some(true) if said.present == Presence::Unknown => said.present = Presence::Yes,
        Some(false) if said.present == Presence::Yes => {
            said.present = if any_checked { Presence::No } else { Presence::Unknown };
        }
        _ => {}
    }
    let key = name_key(&person.name);
    let mut each = roster.people.iter().zip(&roster.keys);
    let known = each.position(|(other, known)| is_same(other, known, &person, &key)).or_else(|| {
        // Among those who were there a first name alone is somebody; in an office it is one of them.
        let people = roster.people.iter().enumerate().filter(|_| raw.group.office);
        let mut part = people.filter(|(_, other)| is_part(other, &person));
        let found = part.next().map(|(at, _)| at);
        found.filter(|_| part.next().is_none())
    });
    let slot = known.and_then(|at| Some((roster.people.get_mut(at)?, roster.keys.get_mut(at)?)));
    match slot {
        Some((known, known_key)) => {
            merge(known, person, said);
            *known_key = name_key(&known.name);
        }
        None => {
            roster.keys.push(key);
            roster.people.push(MinutesAttendee {
                name: person.name,
                handle: person.handle,
                email: person.email,
                initials: person.initials,
                organization: person.organization.or_else(|| raw.organization.clone()),
                aliases: person.aliases,
                role: said.role,
                present: said.present,
                response: said.response,
                line: raw.line,
            });
        }
    }
}

fn is_same(known: &MinutesAttendee, known_key: &str, person: &Person, key: &str) -> bool {
    let clash = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) => Some(fold(a) == fold(b)),
        _ => None,
    };
    if let Some(same) = clash(&known.email, &person.email).or_else(|| clash(&known.handle, &person.handle)) {
        return same;
    }
    !key.is_empty() && known_key == key
        || known.handle.as_deref().is_some_and(|handle| fold(handle) == fold(&person.name))
        || person.handle.as_deref().is_some_and(|handle| fold(handle) == fold(&known.name))
        || known.aliases.iter().any(|alias| fold(alias) == fold(&person.name))
        || person.aliases.iter().any(|alias| fold(alias) == fold(&known.name))
}

fn is_part(known: &MinutesAttendee, person: &Person) -> bool {
    let short = &person.name;
    name_matches(short, &known.name)
        || known.initials.as_deref().is_some_and(|known| fold(known) == fold(short))
        || short.chars().count() >= 2
            && short.chars().any(char::is_uppercase)
            && fold(&initials(&known.name)) == fold(short)
        || known.organization.as_deref() == Some(short.as_str())
}

fn merge(known: &mut MinutesAttendee, person: Person, said: Group) {
    if person.name.split_whitespace().count() > known.name.split_whitespace().count() && !said.office {
        known.name = person.name;
    }
    known.handle = known.handle.take().or(person.handle);
    known.email = known.email.take().or(person.email);
    known.initials = known.initials.take().or(person.initials);
    known.organization = known.organization.take().or(person.organization.filter(|_| !said.office));
    // What stands in brackets behind a scribe is about the scribing.
    for alias in person.aliases.into_iter().filter(|_| !said.office) {
        if !known.aliases.contains(&alias) {
            known.aliases.push(alias);
        }
    }
    known.role = weightier(known.role, said.role);
    // Who was seen was there; an office is no sight of somebody who sent regrets.
    match (known.present, said.present) {
        (Presence::No, Presence::Yes) if said.office => {}
        (Presence::Yes, _) | (_, Presence::Unknown) => {}
        (_, now) => {
            known.present = now;
            known.response = said.response;
        }
    }
}

/// Required is what is said of everybody.
fn weightier(a: Role, b: Role) -> Role {
    match (a, b) {
        (Role::Organizer, _) | (_, Role::Organizer) => Role::Organizer,
        (Role::Optional, _) | (_, Role::Optional) => Role::Optional,
        _ => Role::Required,
    }
}
