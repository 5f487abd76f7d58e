//! The people of one file: each once, with what all their entries say.

use super::MinutesAttendee;
use super::entry::{self, Person};
use super::label::Group;
use super::split::Raw;
use crate::model::{Presence, Role};
use crate::people::{fold, initials, name_matches, same_name};

/// Everyone listed. Lists of who was there come first, so that offices ("Chair: Ana") find their person among them.
pub(super) fn gather(raws: &[Raw]) -> Vec<MinutesAttendee> {
    let mut roster: Vec<MinutesAttendee> = Vec::new();
    let any_checked = raws.iter().any(|raw| raw.checked == Some(true));
    for office in [false, true] {
        for raw in raws.iter().filter(|raw| raw.group.office == office) {
            if let Some(person) = entry::read(&raw.text) {
                add(&mut roster, person, raw, any_checked);
            }
        }
    }
    roster.sort_by_key(|attendee| attendee.line);
    roster
}

fn add(roster: &mut Vec<MinutesAttendee>, person: Person, raw: &Raw, any_checked: bool) {
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
    let known = roster.iter().position(|other| is_same(other, &person)).or_else(|| {
        let mut part = roster.iter().enumerate().filter(|(_, other)| is_part(other, &person));
        let found = part.next().map(|(at, _)| at);
        // Among those who were there a first name alone is somebody; in an office it is one of them.
        found.filter(|_| raw.group.office && part.next().is_none())
    });
    match known.and_then(|at| roster.get_mut(at)) {
        Some(known) => merge(known, person, said),
        None => roster.push(MinutesAttendee {
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
        }),
    }
}

fn is_same(known: &MinutesAttendee, person: &Person) -> bool {
    let clash = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) => Some(fold(a) == fold(b)),
        _ => None,
    };
    if let Some(same) = clash(&known.email, &person.email).or_else(|| clash(&known.handle, &person.handle)) {
        return same;
    }
    same_name(&known.name, &person.name)
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
