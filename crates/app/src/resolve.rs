//! Who or what a word on the command line means: a whole id, a unique prefix or ending, an anchor, a name.

use throughline_core::model::{AccountId, CalendarId, ItemId, ItemKind, MeetingId, OrganizationId, PersonId, SeriesId};
use throughline_core::people::fold;
use throughline_store::ids::{Table, resolve};
use throughline_store::{Connection, item, organization, person};
use uuid::Uuid;

use crate::{Failure, Result};

async fn one(conn: &mut Connection, table: Table, what: &'static str, text: &str) -> Result<Uuid> {
    match resolve(conn, table, text).await?[..] {
        [id] => Ok(id),
        [] => Err(unknown(what, text)),
        _ => Err(ambiguous(what, text)),
    }
}

fn unknown(what: &'static str, text: &str) -> Failure {
    let code = match what {
        "account" => "unknown_account",
        "calendar" => "unknown_calendar",
        "series" => "unknown_series",
        "meeting" => "unknown_meeting",
        "person" => "unknown_person",
        "organization" => "unknown_organization",
        "action" => "unknown_action",
        "decision" => "unknown_decision",
        _ => "unknown_item",
    };
    let hint = match what {
        "person" => {
            "Give an id, an @handle, an e-mail address, a name or a part of one; `throughline people` lists them."
        }
        "organization" => "Give an id, a domain or a name; `throughline orgs` lists them.",
        "meeting" => "Give an id or a part of one; `throughline meetings` lists them.",
        "account" => "`throughline account list` lists them.",
        "calendar" => "`throughline calendar list` lists them.",
        _ => "Give an id, a part of one, or ^anchor.",
    };
    Failure::new(code, format!("There is no {what} `{}`.", short(text))).hint(hint)
}

fn ambiguous(what: &'static str, text: &str) -> Failure {
    Failure::new("ambiguous", format!("`{}` could be more than one {what}.", short(text)))
        .hint("Give more of the id, or an address or @handle.")
}

/// What was typed, held to a length that an error can show.
fn short(text: &str) -> String {
    let line = crate::clean::line(text);
    if line.chars().count() > 60 { line.chars().take(59).chain(['…']).collect() } else { line }
}

pub(crate) async fn account(conn: &mut Connection, text: &str) -> Result<AccountId> {
    Ok(AccountId(one(conn, Table::Account, "account", text).await?))
}

pub(crate) async fn calendar(conn: &mut Connection, text: &str) -> Result<CalendarId> {
    Ok(CalendarId(one(conn, Table::Calendar, "calendar", text).await?))
}

pub(crate) async fn series(conn: &mut Connection, text: &str) -> Result<SeriesId> {
    Ok(SeriesId(one(conn, Table::Series, "series", text).await?))
}

pub(crate) async fn meeting(conn: &mut Connection, text: &str) -> Result<MeetingId> {
    Ok(MeetingId(one(conn, Table::Meeting, "meeting", text).await?))
}

/// An item that is not archived; `kind` where only one will do.
pub(crate) async fn item(conn: &mut Connection, kind: Option<ItemKind>, text: &str) -> Result<ItemId> {
    let what = kind.map_or("item", ItemKind::as_str);
    let found: Vec<ItemId> = resolve(conn, Table::Item, text).await?.into_iter().map(ItemId).collect();
    let mut items = item::by_ids(conn, &found).await?;
    items.retain(|item| !item.archived && kind.is_none_or(|kind| item.kind == kind));
    match &items[..] {
        [item] => Ok(item.id),
        [] => Err(unknown(what, text)),
        _ => Err(ambiguous(what, text)),
    }
}

/// The person, merges followed. `me` is the user.
pub(crate) async fn person(conn: &mut Connection, text: &str) -> Result<PersonId> {
    match people(conn, text).await?[..] {
        [id] => Ok(id),
        [] => Err(unknown("person", text)),
        ref several => Err(several_fit(conn, text, several).await?),
    }
}

/// [`person`], but not by a part of a name: for where somebody who is not known is made.
pub(crate) async fn person_called(conn: &mut Connection, text: &str) -> Result<PersonId> {
    let called = called(conn, text).await?;
    match (if called.is_empty() { by_id(conn, text).await? } else { called })[..] {
        [id] => Ok(id),
        [] => Err(unknown("person", text)),
        ref several => Err(several_fit(conn, text, several).await?),
    }
}

/// Says by their handles who all fit.
async fn several_fit(conn: &mut Connection, text: &str, several: &[PersonId]) -> Result<Failure> {
    let mut handles: Vec<String> =
        person::by_ids(conn, several).await?.into_iter().map(|person| format!("@{}", person.handle)).collect();
    handles.truncate(6);
    let last = handles.pop().unwrap_or_default();
    let all = if handles.is_empty() { last } else { format!("{} and {last}", handles.join(", ")) };
    Ok(ambiguous("person", text).hint(format!("{all} fit; say which.")))
}

/// Whom a text may mean: those called just so, else those with these words in their name, else those with such an id.
async fn people(conn: &mut Connection, text: &str) -> Result<Vec<PersonId>> {
    for found in [called(conn, text).await?, with_words(conn, text).await?] {
        if !found.is_empty() {
            return Ok(found);
        }
    }
    by_id(conn, text).await
}

/// By address, handle, alias or whole name; `me` is the user.
async fn called(conn: &mut Connection, text: &str) -> Result<Vec<PersonId>> {
    if text.trim().eq_ignore_ascii_case("me") {
        return match person::me(conn).await? {
            Some(me) => Ok(vec![me.id]),
            None => Err(Failure::new("no_me", "This vault does not know who you are.")
                .hint("Say so with `throughline init --name NAME --email ADDRESS`.")),
        };
    }
    let named = person::find(conn, text).await?;
    if let [only] = named[..] {
        return with_namesakes(conn, text, only).await;
    }
    Ok(named)
}

/// By a last name, or whatever words in a row a name has; a nickname's too.
async fn with_words(conn: &mut Connection, text: &str) -> Result<Vec<PersonId>> {
    let wanted = fold(text);
    let wanted: Vec<&str> = name_words(&wanted).collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let has = |name: &str| {
        let name = fold(name);
        let name: Vec<&str> = name_words(&name).collect();
        name.windows(wanted.len()).any(|words| words == wanted)
    };
    let everybody = person::all(conn).await?.into_iter().filter(|person| person.merged_into.is_none());
    let found = everybody.filter(|person| has(&person.name) || person.aliases.iter().any(|alias| has(alias)));
    Ok(found.map(|person| person.id).collect())
}

/// The words of a name, a double name's halves too.
fn name_words(name: &str) -> impl Iterator<Item = &str> {
    name.split([' ', '-', ',']).filter(|word| !word.is_empty())
}

async fn by_id(conn: &mut Connection, text: &str) -> Result<Vec<PersonId>> {
    let ids: Vec<PersonId> = resolve(conn, Table::Person, text).await?.into_iter().map(PersonId).collect();
    let mut ids: Vec<PersonId> = person::resolve_all(conn, &ids).await?.into_values().collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// A word alone may be a handle and others' first name: then all of them are meant. With its `@` a handle is one person's.
async fn with_namesakes(conn: &mut Connection, text: &str, only: PersonId) -> Result<Vec<PersonId>> {
    let word = fold(text);
    if word.is_empty() || word.contains(['@', ' ', '.']) {
        return Ok(vec![only]);
    }
    let others = person::all(conn).await?.into_iter();
    let named = others.filter(|other| fold(&other.name).split(' ').next() == Some(word.as_str())).map(|other| other.id);
    let mut all: Vec<PersonId> = named.filter(|id| *id != only).collect();
    all.insert(0, only);
    Ok(all)
}

/// The person themselves, even where merged into another.
pub(crate) async fn person_unmerged(conn: &mut Connection, text: &str) -> Result<PersonId> {
    match resolve(conn, Table::Person, text).await?[..] {
        [id] => Ok(PersonId(id)),
        _ => person(conn, text).await,
    }
}

/// The organization. Words of its name will do where no other has them.
pub(crate) async fn organization(conn: &mut Connection, text: &str) -> Result<OrganizationId> {
    let mut found = organization::find(conn, text).await?;
    if found.is_empty() {
        found = resolve(conn, Table::Organization, text).await?.into_iter().map(OrganizationId).collect();
    }
    if found.is_empty() {
        let wanted = fold(text);
        let has = |name: &str| {
            let name = fold(name);
            let words: Vec<&str> = name.split([' ', '-']).collect();
            !wanted.is_empty() && wanted.split_whitespace().all(|word| words.contains(&word))
        };
        let all = organization::all(conn).await?.into_iter();
        found = all.filter(|one| has(&one.name)).map(|one| one.id).collect();
    }
    match found[..] {
        [id] => Ok(id),
        [] => Err(unknown("organization", text)),
        _ => Err(ambiguous("organization", text)),
    }
}

/// A person or an organization.
pub(crate) enum Who {
    Person(PersonId),
    Organization(OrganizationId),
}

/// Says how a person and an organization that are called the same are told apart.
async fn both_fit(
    conn: &mut Connection,
    text: &str,
    person: PersonId,
    organizations: &[OrganizationId],
) -> Result<Failure> {
    let person = person::by_ids(conn, &[person]).await?.pop();
    let organization = organization::by_ids(conn, &organizations[..1]).await?.pop();
    let handle = person.map(|person| person.handle).unwrap_or_default();
    let domain = organization.and_then(|one| one.domains.into_iter().next());
    let domain = domain.unwrap_or_else(|| organizations[0].to_string());
    Ok(Failure::new("ambiguous", format!("`{}` is a person and an organization.", short(text)))
        .hint(format!("@{handle} is the person, {domain} the organization; say which.")))
}

/// A person or organization called just so goes before whoever has a word of that in their name.
pub(crate) async fn who(conn: &mut Connection, text: &str) -> Result<Who> {
    let mut found = called(conn, text).await?;
    if found.is_empty() && organization::find(conn, text).await?.is_empty() {
        found = people(conn, text).await?;
    }
    match found[..] {
        [id] => {
            let is_me = text.trim().eq_ignore_ascii_case("me");
            let called_so = if is_me { Vec::new() } else { organization::find(conn, text).await? };
            return if called_so.is_empty() {
                Ok(Who::Person(id))
            } else {
                Err(both_fit(conn, text, id, &called_so).await?)
            };
        }
        [] => {}
        ref several => return Err(several_fit(conn, text, several).await?),
    }
    match organization(conn, text).await {
        Ok(id) => Ok(Who::Organization(id)),
        Err(failure) if failure.code == "unknown_organization" => {
            Err(Failure::new("unknown_person", format!("There is no person or organization `{}`.", short(text)))
                .hint("`throughline people` and `throughline orgs` list them."))
        }
        Err(failure) => Err(failure),
    }
}
