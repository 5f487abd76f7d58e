//! Who may be one person under two names or addresses: suggested with the evidence, never merged without the user.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::name::key;
use super::{fold, is_free_mail, name_from_email};
use crate::model::{MeetingId, Person, PersonId};

/// What is known of a person's meetings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Company {
    /// The date of the first.
    pub first: Option<NaiveDate>,
    /// The date of the last so far.
    pub last: Option<NaiveDate>,
    /// All of them.
    pub meetings: BTreeSet<MeetingId>,
    /// Who else was at them, the user left out.
    pub others: BTreeSet<PersonId>,
}

/// Two people who may be one.
#[derive(Debug, Clone, PartialEq)]
pub struct Duplicate {
    /// The one better known: more meetings, then the lower id.
    pub a: PersonId,
    /// The other.
    pub b: PersonId,
    /// 0 to 1.
    pub score: f64,
    /// What speaks for it, in sentences.
    pub evidence: Vec<String>,
}

/// What is not told is below this.
const LEAST: f64 = 0.5;
/// A name or address that more people share says nothing.
const CROWD: usize = 12;

/// Pairs of people whose names or addresses are alike, whatever else is known of them: those worth a closer look.
/// Merged people are left out.
#[must_use]
pub fn look_alikes(people: &[Person]) -> Vec<(PersonId, PersonId)> {
    let mut marks: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (at, person) in people.iter().enumerate().filter(|(_, person)| person.merged_into.is_none()) {
        for mark in marks_of(person) {
            marks.entry(mark).or_default().insert(at);
        }
    }
    let mut pairs = BTreeSet::new();
    for crowd in marks.values().filter(|crowd| crowd.len() <= CROWD) {
        for a in crowd {
            pairs.extend(crowd.iter().filter(|b| a < *b).map(|b| (*a, *b)));
        }
    }
    // What is known of them besides is read for each: a mark that only hints at a name is not worth it.
    let alike = pairs.into_iter().filter(|(a, b)| by_name(&people[*a], &people[*b]).is_some());
    let mut alike: Vec<_> = alike.map(|(a, b)| (people[a].id, people[b].id)).collect();
    alike.sort_unstable();
    alike
}

/// What two people who are one have in common, at least one of it.
fn marks_of(person: &Person) -> BTreeSet<String> {
    let mut marks = BTreeSet::new();
    for name in names(person) {
        let words: Vec<&str> = name.split(' ').collect();
        marks.insert(format!("name {name}"));
        if let [first, .., last] = words[..] {
            marks.insert(format!("initial {} {last}", first.chars().next().unwrap_or_default()));
            marks.extend(in_full(first).map(|full| format!("first {full} {last}")));
            marks.insert(format!("first {first} {last}"));
            marks.insert(format!("words {}", sorted_words(&name)));
        }
        marks.insert(format!("first {}", words[0]));
    }
    for local in person.emails.iter().filter_map(|email| own_local(email)) {
        marks.insert(format!("address {local}"));
    }
    marks.extend(person.emails.iter().map(|email| format!("mailbox {}", mailbox(email))));
    marks
}

/// The mailbox an address leads to: what follows a plus sign is the reader's own, and Gmail takes no heed of dots.
fn mailbox(email: &str) -> String {
    let (local, domain) = email.split_once('@').unwrap_or((email, ""));
    let local = local.split('+').next().filter(|local| !local.is_empty()).unwrap_or(local);
    match domain {
        "gmail.com" | "googlemail.com" => format!("{}@gmail.com", local.replace('.', "")),
        _ => format!("{local}@{domain}"),
    }
}

fn sorted_words(name: &str) -> String {
    let mut words: Vec<&str> = name.split(' ').collect();
    words.sort_unstable();
    words.join(" ")
}

/// What a first name is short for, where it is not its beginning.
fn in_full(short: &str) -> impl Iterator<Item = &'static str> {
    SHORT.iter().filter(move |(known, _)| *known == short).map(|(_, full)| *full)
}

const SHORT: &[(&str, &str)] = &[
    ("andy", "andrew"),
    ("bill", "william"),
    ("bob", "robert"),
    ("bobby", "robert"),
    ("dick", "richard"),
    ("gosia", "malgorzata"),
    ("hans", "johannes"),
    ("jack", "john"),
    ("jim", "james"),
    ("kate", "katherine"),
    ("kate", "catherine"),
    ("kasia", "katarzyna"),
    ("liz", "elizabeth"),
    ("maggie", "margaret"),
    ("mike", "michael"),
    ("nacho", "ignacio"),
    ("paco", "francisco"),
    ("peggy", "margaret"),
    ("pepe", "jose"),
    ("rick", "richard"),
    ("sascha", "alexander"),
    ("sasha", "alexander"),
    ("ted", "edward"),
    ("ted", "theodore"),
    ("tony", "anthony"),
    ("tony", "antonio"),
    ("will", "william"),
];

/// The names somebody goes by; handles among the aliases are none.
fn names(person: &Person) -> BTreeSet<String> {
    let given = std::iter::once(&person.name).chain(person.aliases.iter().filter(|alias| alias.contains(' ')));
    let names: BTreeSet<String> = given.filter(|name| !name.contains('@')).map(|name| key(name)).collect();
    let written = person.emails.iter().map(|email| key(&name_from_email(email))).filter(|name| name.contains(' '));
    names.into_iter().chain(written).filter(|name| !name.is_empty()).collect()
}

/// What stands before the `@`, where it can be a person's and no office's.
fn own_local(email: &str) -> Option<&str> {
    const OFFICES: &[&str] = &["admin", "contact", "hello", "info", "mail", "office", "sales", "support", "team"];
    let local = email.split('@').next()?;
    (local.chars().count() >= 4 && !OFFICES.contains(&local)).then_some(local)
}

/// How likely two look-alikes are one person; none where too little speaks for it, or where both were at one meeting: only
/// one mailbox may be invited twice.
#[must_use]
pub fn weigh(a: &Person, b: &Person, of_a: &Company, of_b: &Company, orgs: [Option<&str>; 2]) -> Option<Duplicate> {
    if a.id == b.id || (!of_a.meetings.is_disjoint(&of_b.meetings) && one_mailbox(a, b).is_none()) {
        return None;
    }
    let (ab, ba) = ((a, of_a, orgs[0]), (b, of_b, orgs[1]));
    let ((a, of_a, org_a), (b, of_b, org_b)) =
        if (of_b.meetings.len(), std::cmp::Reverse(b.id)) > (of_a.meetings.len(), std::cmp::Reverse(a.id)) {
            (ba, ab)
        } else {
            (ab, ba)
        };
    let (mut score, named) = by_name(a, b)?;
    let mut evidence = vec![named];
    match (org_a, org_b) {
        (Some(one), Some(other)) if one == other => {
            score += 0.15;
            evidence.push(format!("Both are of {one}."));
        }
        (Some(one), Some(other)) => match follows((one, of_a), (other, of_b)) {
            Some(change) => {
                score += 0.15;
                evidence.push(change);
            }
            None if of_a.first.is_some() && of_b.first.is_some() => score -= 0.2,
            None => {}
        },
        _ => {}
    }
    for (one, of_one) in [(a, of_a), (b, of_b)] {
        if is_handle_alone(one, of_one) {
            score += 0.2;
            evidence.push(format!("@{} is named in notes, and nothing else is known of them.", one.handle));
        }
    }
    let shared = of_a.others.intersection(&of_b.others).count();
    if shared > 0 {
        score += 0.05 * shared.min(3) as f64;
        evidence.push(match shared {
            1 => "Both meet with 1 person in common.".to_owned(),
            shared => format!("Both meet with {shared} people in common."),
        });
    }
    let score = (score * 100.0).round() / 100.0;
    (score >= LEAST).then(|| Duplicate { a: a.id, b: b.id, score: score.min(1.0), evidence })
}

/// Whether somebody was only ever written as a handle: who it is was not known then.
fn is_handle_alone(person: &Person, of: &Company) -> bool {
    person.emails.is_empty()
        && person.aliases.is_empty()
        && of.meetings.is_empty()
        && fold(&person.name) == fold(&person.handle)
}

/// Two addresses of theirs that lead to one mailbox.
fn one_mailbox<'a>(a: &'a Person, b: &'a Person) -> Option<(&'a str, &'a str)> {
    let mut pairs = a.emails.iter().flat_map(|one| b.emails.iter().map(move |other| (one.as_str(), other.as_str())));
    pairs.find(|(one, other)| one != other && mailbox(one) == mailbox(other))
}

fn by_name(a: &Person, b: &Person) -> Option<(f64, String)> {
    if let Some((one, other)) = one_mailbox(a, b) {
        return Some((0.9, format!("{one} and {other} lead to one mailbox.")));
    }
    let (of_a, of_b) = (names(a), names(b));
    if let Some(name) = of_a.intersection(&of_b).find(|name| name.contains(' ')) {
        let written = |person: &Person| key(&person.name) == **name;
        return Some(match (written(a), written(b)) {
            (true, true) => (0.65, format!("Both are called {}.", a.name)),
            (true, false) => (0.6, format!("An address of {} is written like the name {}.", b.name, a.name)),
            (false, true) => (0.6, format!("An address of {} is written like the name {}.", a.name, b.name)),
            (false, false) => (0.55, "Both go by the same name.".to_owned()),
        });
    }
    let locals = |person: &Person| -> BTreeSet<String> {
        person.emails.iter().filter_map(|email| own_local(email)).map(str::to_owned).collect()
    };
    if let Some(local) = locals(a).intersection(&locals(b)).next() {
        let free = |person: &Person| person.emails.iter().all(|email| domain(email).is_some_and(is_free_mail));
        let score = if local.contains(['.', '-', '_']) || free(a) != free(b) { 0.55 } else { 0.4 };
        return Some((score, format!("Both have an address that begins with {local}@.")));
    }
    let short = of_a.iter().flat_map(|one| of_b.iter().map(move |other| (one, other))).find(|(one, other)| {
        let (one, other): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
        let ([first, .., last], [other_first, .., other_last]) = (&one[..], &other[..]) else { return false };
        let shortened = |long: &str, short: &str| {
            let short = short.trim_end_matches('.');
            let begins = long.starts_with(short) && (short.chars().count() == 1 || short.chars().count() > 2);
            long != short && (begins || in_full(short).any(|full| full == long))
        };
        last == other_last && (shortened(first, other_first) || shortened(other_first, first))
    });
    if short.is_some() {
        return Some((0.45, format!("{} may be short for {}.", shorter(a, b), longer(a, b))));
    }
    let turned = |one: &String, other: &String| one.contains(' ') && sorted_words(one) == sorted_words(other);
    if of_a.iter().any(|one| of_b.iter().any(|other| turned(one, other))) {
        return Some((0.5, format!("{} and {} are the same words in another order.", a.name, b.name)));
    }
    let first = |one: &Person, other: &Person| {
        let (one, other) = (fold(&one.name), fold(&other.name));
        !one.contains([' ', '@']) && other.split(' ').next() == Some(&one) && other.contains(' ')
    };
    (first(a, b) || first(b, a)).then(|| (0.35, format!("{} may be {}.", shorter(a, b), longer(a, b))))
}

fn shorter<'a>(a: &'a Person, b: &'a Person) -> &'a str {
    if a.name.len() <= b.name.len() { &a.name } else { &b.name }
}

fn longer<'a>(a: &'a Person, b: &'a Person) -> &'a str {
    if a.name.len() <= b.name.len() { &b.name } else { &a.name }
}

fn domain(email: &str) -> Option<&str> {
    email.split_once('@').map(|(_, domain)| domain)
}

/// Whether one was no longer met when the other began to be: somebody who changed jobs.
fn follows(one: (&str, &Company), other: (&str, &Company)) -> Option<String> {
    let ((before, until), (after, since)) = if one.1.first <= other.1.first { (one, other) } else { (other, one) };
    let (last, first) = (until.last?, since.first?);
    (last < first)
        .then(|| format!("Last met of {before} on {last}, and first of {after} on {first}: perhaps a new job."))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::model::Relation;

    fn person(id: u128, name: &str, email: &str) -> Person {
        Person {
            id: PersonId(Uuid::from_u128(id)),
            handle: format!("p{id}"),
            name: name.to_owned(),
            emails: if email.is_empty() { vec![] } else { vec![email.to_owned()] },
            aliases: vec![],
            organization_id: None,
            employments: Vec::new(),
            relation: Relation::None,
            is_me: false,
            merged_into: None,
        }
    }

    fn company(first: &str, last: &str, meetings: &[u128], others: &[u128]) -> Company {
        Company {
            first: first.parse().ok(),
            last: last.parse().ok(),
            meetings: meetings.iter().map(|id| MeetingId(Uuid::from_u128(*id))).collect(),
            others: others.iter().map(|id| PersonId(Uuid::from_u128(*id))).collect(),
        }
    }

    #[test]
    fn two_who_may_be_one_are_told_with_what_speaks_for_it() {
        let ana = ("Ana Silva", "ana.silva@acme.com");
        let spring = || company("2026-01-05", "2026-03-30", &[1, 2], &[7, 8]);
        let summer = || company("2026-04-13", "2026-06-01", &[3], &[8, 9]);
        for (a, b, of_b, orgs, expected) in [
            (ana, ("Ana Silva", "asilva@globex.com"), summer(), ["Acme", "Globex"], Some(0.85)),
            (ana, ("Silva, Ana", "ana@acme.com"), summer(), ["Acme", "Acme"], Some(0.85)),
            (
                ana,
                ("Ana Silva", "ana@globex.com"),
                company("2026-02-01", "2026-05-01", &[3], &[]),
                ["Acme", "Globex"],
                None,
            ),
            (
                ana,
                ("Ana Silva", "ana@acme.com"),
                company("2026-02-01", "2026-05-01", &[2], &[]),
                ["Acme", "Acme"],
                None,
            ),
            (ana, ("ana.silva", "ana.silva@gmail.com"), summer(), ["Acme", ""], Some(0.7)),
            (ana, ("A. Silva", "as@acme.com"), summer(), ["Acme", "Acme"], Some(0.65)),
            (("Benjamin Ode", ""), ("Ben Ode", ""), summer(), ["", ""], Some(0.5)),
            (("Robert Smith", "rs@acme.com"), ("Bob Smith", "bob@acme.com"), summer(), ["Acme", "Acme"], Some(0.65)),
            (("Bob Smith", ""), ("Rob Jones", ""), summer(), ["", ""], None),
            (("Li Wei", "lw@acme.com"), ("Wei Li", "wei@acme.com"), summer(), ["Acme", "Acme"], Some(0.7)),
            (("Ben", "ben+work@gmail.com"), ("Ben Ode", "b.en@gmail.com"), summer(), ["", ""], Some(0.95)),
            // Invited at both addresses at once.
            (
                ("Ben", "ben@acme.com"),
                ("Ben Ode", "ben+cal@acme.com"),
                company("2026-02-01", "2026-05-01", &[2], &[]),
                ["Acme", "Acme"],
                Some(1.0),
            ),
            (ana, ("Ana", ""), Company::default(), ["Acme", ""], None),
            (ana, ("Ana", "ana@acme.com"), summer(), ["Acme", "Acme"], Some(0.55)),
            (ana, ("Ana Costa", "ana.costa@acme.com"), summer(), ["Acme", "Acme"], None),
            (("Front desk", "info@acme.com"), ("Desk", "info@globex.com"), summer(), ["Acme", "Globex"], None),
        ] {
            let people = [person(1, a.0, a.1), person(2, b.0, b.1)];
            let orgs = orgs.map(|name| Some(name).filter(|name| !name.is_empty()));
            let pairs = look_alikes(&people);
            let found = pairs.first().and_then(|_| weigh(&people[0], &people[1], &spring(), &of_b, orgs));
            assert_eq!(found.as_ref().map(|found| found.score), expected, "{a:?} {b:?} {found:?}");
            assert!(found.is_none_or(|found| !found.evidence.is_empty()));
        }
    }

    #[test]
    fn somebody_known_by_a_handle_alone_may_be_who_has_it_for_a_first_name() {
        let mut people = [person(1, "Bea Low", "bea@acme.com"), person(2, "bea", "")];
        people[1].handle = "bea".to_owned();
        assert_eq!(look_alikes(&people).len(), 1);
        let met = || company("2026-01-05", "2026-03-30", &[1], &[]);
        let found = |people: &[Person], of: Company| weigh(&people[0], &people[1], &met(), &of, [Some("Acme"), None]);
        let told = found(&people, Company::default()).expect("a duplicate");
        assert_eq!((told.a, told.b, told.score), (people[0].id, people[1].id, 0.55));
        assert!(told.evidence.iter().any(|said| said.starts_with("@bea is named")), "{:?}", told.evidence);
        // Who comes to meetings is somebody of their own.
        assert_eq!(found(&people, company("2026-01-05", "2026-03-30", &[2], &[])), None);
    }

    #[test]
    fn a_new_job_is_part_of_the_evidence() {
        let people = [person(1, "Ana Silva", "ana@acme.com"), person(2, "Ana Silva", "ana@globex.com")];
        let of = [company("2026-01-05", "2026-03-30", &[1], &[]), company("2026-04-13", "2026-06-01", &[2, 3], &[])];
        let found = weigh(&people[0], &people[1], &of[0], &of[1], [Some("Acme"), Some("Globex")]).expect("a duplicate");
        assert_eq!((found.a, found.b), (people[1].id, people[0].id), "the one met more often first");
        assert_eq!(
            found.evidence,
            [
                "Both are called Ana Silva.",
                "Last met of Acme on 2026-03-30, and first of Globex on 2026-04-13: perhaps a new job."
            ]
        );
    }

    #[test]
    fn what_a_crowd_shares_marks_nobody() {
        let people: Vec<Person> = (0..20).map(|id| person(id, "Kim Lee", "")).collect();
        assert_eq!(look_alikes(&people), []);
    }
}
