//! Who is known: finds the person an address, a handle or a name stands for, and makes them where nobody is.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use throughline_core::model::{Organization, OrganizationId, Person, PersonId, Relation};
use throughline_core::note::Candidate;
use throughline_core::people;
use uuid::Uuid;

/// Everybody in the vault, indexed by what they are called. Finding gives the person as stored, merged or not, so that
/// a merge can be taken back; [`Directory::canonical`] follows the merge.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    people: Vec<Person>,
    index: HashMap<PersonId, usize>,
    by_email: HashMap<String, PersonId>,
    by_handle: HashMap<String, PersonId>,
    by_name: HashMap<String, Vec<PersonId>>,
    organizations: Vec<Organization>,
    by_domain: HashMap<String, OrganizationId>,
    new: Changes,
}

/// What was made or learned and is not yet stored.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// New organizations.
    pub organizations: Vec<Organization>,
    /// New people.
    pub people: Vec<PersonId>,
    /// What was learned of people who were there already.
    pub learned: BTreeMap<PersonId, Learned>,
}

/// What was learned of somebody.
#[derive(Debug, Default)]
pub(crate) struct Learned {
    /// A written name in place of one guessed from the address.
    pub name: Option<String>,
    /// Further handles.
    pub aliases: Vec<String>,
    /// An address of somebody who had none.
    pub email: Option<String>,
    /// The organization of that address.
    pub organization_id: Option<OrganizationId>,
}

/// What is said of somebody who may or may not be known.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Described<'a> {
    pub name: Option<&'a str>,
    pub email: Option<&'a str>,
    pub handle: Option<&'a str>,
}

impl Directory {
    pub fn new(people: Vec<Person>, organizations: Vec<Organization>) -> Self {
        let mut directory = Self::default();
        for organization in organizations {
            for domain in &organization.domains {
                directory.by_domain.insert(domain.clone(), organization.id);
            }
            directory.organizations.push(organization);
        }
        for person in people {
            directory.add(person);
        }
        directory
    }

    fn add(&mut self, person: Person) {
        let id = person.id;
        for email in &person.emails {
            self.by_email.entry(email.clone()).or_insert(id);
        }
        self.by_handle.insert(person.handle.clone(), id);
        self.index_name(&person.name, id);
        for alias in &person.aliases {
            self.index_alias(alias, id);
        }
        self.index.insert(id, self.people.len());
        self.people.push(person);
    }

    fn index_name(&mut self, name: &str, id: PersonId) {
        let ids = self.by_name.entry(people::fold(name)).or_default();
        if !ids.contains(&id) {
            ids.push(id);
        }
    }

    fn index_alias(&mut self, alias: &str, id: PersonId) {
        let lower = alias.to_lowercase();
        if people::is_handle(&lower) {
            self.by_handle.entry(lower).or_insert(id);
        }
        self.index_name(alias, id);
    }

    pub fn get(&self, id: PersonId) -> Option<&Person> {
        self.index.get(&id).map(|at| &self.people[*at])
    }

    /// Everybody who is not merged into somebody else.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.iter().filter(|person| person.merged_into.is_none())
    }

    pub fn me(&self) -> Option<&Person> {
        self.people().find(|person| person.is_me)
    }

    /// The person somebody was merged into, or themselves.
    pub fn canonical(&self, id: PersonId) -> PersonId {
        self.get(id).and_then(|person| person.merged_into).unwrap_or(id)
    }

    pub fn by_email(&self, email: &str) -> Option<PersonId> {
        self.by_email.get(email).copied()
    }

    pub fn by_handle(&self, handle: &str) -> Option<PersonId> {
        self.by_handle.get(&handle.to_lowercase()).copied()
    }

    /// Those whose name or alias is exactly this, case and diacritics aside; merged people followed.
    pub fn by_name(&self, name: &str) -> Vec<PersonId> {
        let ids = self.by_name.get(&people::fold(name)).map_or(&[][..], Vec::as_slice);
        ids.iter().map(|id| self.canonical(*id)).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Who this is: by address, then by handle, then by a name that only one person has; else somebody new. `None`
    /// where nothing usable is said of them.
    pub fn find_or_make(&mut self, described: Described<'_>, new_id: &mut dyn FnMut() -> Uuid) -> Option<PersonId> {
        let email = described.email.and_then(people::normalize_email);
        let name = described.name.map(people::display_name).filter(|name| !name.is_empty());
        let handle = described.handle.map(str::to_lowercase).filter(|handle| people::is_handle(handle));
        if let Some(id) = email.as_deref().and_then(|email| self.by_email(email)) {
            self.learn_name(id, name.as_deref(), email.as_deref());
            return Some(id);
        }
        if let Some(id) = handle.as_deref().and_then(|handle| self.by_handle(handle)) {
            return Some(id);
        }
        if let Some(id) = name.as_deref().and_then(|name| self.namesake(name, email.is_some())) {
            if let Some(handle) = handle {
                self.learn_alias(id, &handle);
            }
            if let Some(email) = email {
                self.learn_email(id, email, new_id);
            }
            return Some(id);
        }
        let name = name
            .or_else(|| email.as_deref().map(people::name_from_email))
            .or_else(|| handle.clone())
            .filter(|name| !name.is_empty())?;
        let handle = handle.unwrap_or_else(|| {
            people::handle_for(&name, email.as_deref(), &|handle| self.by_handle.contains_key(handle))
        });
        let organization_id = email.as_deref().and_then(|email| self.organization_of(email, new_id));
        let id = PersonId(new_id());
        self.insert(Person {
            id,
            handle,
            name,
            emails: email.into_iter().collect(),
            aliases: Vec::new(),
            organization_id,
            employments: Vec::new(),
            relation: Relation::None,
            is_me: false,
            merged_into: None,
        });
        Some(id)
    }

    /// The one person of this name, or of several the one of whom only the name is known. Whoever comes with an address
    /// that nobody has may be a second person of that name: then only somebody without an address will do, and only by a
    /// whole name.
    fn namesake(&self, name: &str, with_address: bool) -> Option<PersonId> {
        let bare = |id: &&PersonId| self.get(**id).is_some_and(|person| person.emails.is_empty() && !person.is_me);
        let all = self.by_name(name);
        let bare: Vec<PersonId> = all.iter().filter(bare).copied().collect();
        match (with_address, &all[..], &bare[..]) {
            (false, [only], _) | (false, _, [only]) => Some(*only),
            (true, [only], [_]) if name.split_whitespace().count() > 1 => Some(*only),
            _ => None,
        }
    }

    fn learn_email(&mut self, id: PersonId, email: String, new_id: &mut dyn FnMut() -> Uuid) {
        let organization_id = self.organization_of(&email, new_id);
        self.by_email.insert(email.clone(), id);
        self.learn(id, |person, learned| {
            person.emails.push(email.clone());
            person.organization_id = person.organization_id.or(organization_id);
            learned.email = Some(email);
            learned.organization_id = organization_id;
        });
    }

    /// Takes in somebody new.
    pub fn insert(&mut self, person: Person) {
        self.new.people.push(person.id);
        self.add(person);
    }

    /// The organization an address belongs to, made where it is new; none for free mail.
    pub fn organization_of(&mut self, email: &str, new_id: &mut dyn FnMut() -> Uuid) -> Option<OrganizationId> {
        let domain = people::organization_domain(email)?;
        if let Some(id) = self.by_domain.get(&domain) {
            return Some(*id);
        }
        let id = OrganizationId(new_id());
        let organization = Organization { id, name: people::organization_name(&domain), domains: vec![domain.clone()] };
        self.organizations.push(organization.clone());
        self.new.organizations.push(organization);
        self.by_domain.insert(domain, id);
        Some(id)
    }

    /// A name that was only guessed from the address gives way to a written one.
    fn learn_name(&mut self, id: PersonId, name: Option<&str>, email: Option<&str>) {
        let (Some(name), Some(email)) = (name, email) else { return };
        let Some(person) = self.get(id) else { return };
        if person.name != name
            && person.name == people::name_from_email(email)
            && people::normalize_email(name).is_none()
        {
            self.index_name(name, id);
            let name = name.to_owned();
            self.learn(id, |person, learned| {
                person.name.clone_from(&name);
                learned.name = Some(name);
            });
        }
    }

    fn learn_alias(&mut self, id: PersonId, alias: &str) {
        let known =
            self.get(id).is_some_and(|person| person.handle == alias || person.aliases.iter().any(|a| a == alias));
        if !known {
            self.index_alias(alias, id);
            self.learn(id, |person, learned| {
                person.aliases.push(alias.to_owned());
                learned.aliases.push(alias.to_owned());
            });
        }
    }

    /// A handle that nobody has becomes one of theirs.
    pub fn learn_handle(&mut self, id: PersonId, handle: Option<&str>) {
        let handle = handle.map(str::to_lowercase).filter(|handle| people::is_handle(handle));
        if let Some(handle) = handle
            && !self.by_handle.contains_key(&handle)
        {
            self.learn_alias(id, &handle);
        }
    }

    fn learn(&mut self, id: PersonId, learn: impl FnOnce(&mut Person, &mut Learned)) {
        if let Some(at) = self.index.get(&id) {
            let learned = self.new.learned.entry(id).or_default();
            learn(&mut self.people[*at], learned);
        }
    }

    /// Everybody as candidates for the names in a note, merged people folded into those they are.
    pub fn candidates(&self) -> Vec<Candidate> {
        self.people().map(|person| self.candidate(person)).collect()
    }

    /// One person as a candidate for the names in a note.
    pub fn candidate(&self, person: &Person) -> Candidate {
        let mut handles = vec![person.handle.clone()];
        handles
            .extend(person.aliases.iter().map(|alias| alias.to_lowercase()).filter(|alias| people::is_handle(alias)));
        Candidate { person_id: person.id, name: person.name.clone(), handles, aliases: person.aliases.clone() }
    }

    /// What was made or learned since the last call: to be stored, organizations first.
    pub fn take_changes(&mut self) -> Changes {
        let mut changes = std::mem::take(&mut self.new);
        // What is learned of somebody new goes in with them.
        changes.learned.retain(|id, _| !changes.people.contains(id));
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn maker() -> impl FnMut() -> Uuid {
        let mut next = 0;
        move || {
            next += 1;
            Uuid::from_u128(next)
        }
    }

    fn described<'a>(name: &'a str, email: &'a str, handle: &'a str) -> Described<'a> {
        let some = |text: &'a str| (!text.is_empty()).then_some(text);
        Described { name: some(name), email: some(email), handle: some(handle) }
    }

    #[test]
    fn the_same_address_is_the_same_person_whatever_its_case() {
        let (mut directory, mut id) = (Directory::default(), maker());
        let a = directory.find_or_make(described("", "MAILTO:Ana.Silva@Acme.example", ""), &mut id).unwrap();
        let b = directory.find_or_make(described("Ana Luísa Silva", "ana.silva@acme.example", ""), &mut id).unwrap();
        assert_eq!(a, b);
        let ana = directory.get(a).unwrap();
        assert_eq!((ana.name.as_str(), ana.handle.as_str()), ("Ana Luísa Silva", "ana"));
        assert_eq!(directory.organizations[0].name, "Acme");
    }

    #[test]
    fn a_bare_name_is_the_one_person_who_has_it_and_else_somebody_new() {
        let (mut directory, mut id) = (Directory::default(), maker());
        let ana = directory.find_or_make(described("Ana Silva", "ana@acme.example", ""), &mut id).unwrap();
        assert_eq!(directory.find_or_make(described("ana silva", "", ""), &mut id), Some(ana));
        let other = directory.find_or_make(described("Ana Silva", "ana@other.example", ""), &mut id).unwrap();
        assert_ne!(other, ana);
        let third = directory.find_or_make(described("Ana Silva", "", ""), &mut id).unwrap();
        assert!(third != ana && third != other, "two of that name: nobody is guessed");
        assert_eq!(directory.find_or_make(described("Ana Silva", "", ""), &mut id), Some(third), "nor made twice");
    }

    #[test]
    fn somebody_known_by_name_alone_gains_the_address() {
        let (mut directory, mut id) = (Directory::default(), maker());
        let ben = directory.find_or_make(described("Ben Okoro", "", ""), &mut id).unwrap();
        assert_eq!(directory.find_or_make(described("Ben Okoro", "ben@acme.example", ""), &mut id), Some(ben));
        assert_eq!(directory.by_email("ben@acme.example"), Some(ben));
        let first_name = directory.find_or_make(described("Cleo", "", ""), &mut id).unwrap();
        let cleo = directory.find_or_make(described("Cleo", "cleo@acme.example", ""), &mut id).unwrap();
        assert_ne!(cleo, first_name, "a first name alone is not enough");
    }

    #[test]
    fn a_handle_names_one_person_for_good() {
        let (mut directory, mut id) = (Directory::default(), maker());
        let tobie = directory.find_or_make(described("Tobie Langel", "", "tobie"), &mut id).unwrap();
        assert_eq!(directory.find_or_make(described("", "", "Tobie"), &mut id), Some(tobie));
        assert_eq!(directory.find_or_make(described("T. Langel", "", "tobie"), &mut id), Some(tobie));
        assert_eq!(directory.get(tobie).unwrap().name, "Tobie Langel");
    }

    #[test]
    fn nobody_is_made_of_nothing() {
        let (mut directory, mut id) = (Directory::default(), maker());
        assert_eq!(directory.find_or_make(described("  ", "", ""), &mut id), None);
        assert_eq!(directory.find_or_make(described("", "not an address", ""), &mut id), None);
    }
}
