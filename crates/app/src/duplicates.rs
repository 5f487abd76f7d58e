//! People who may be one: suggested with the evidence, merged or told apart by the user.

use std::collections::{BTreeSet, HashMap};

use throughline_core::model::{Meeting, MeetingStatus, Person, PersonId};
use throughline_core::people::{Company, look_alikes, weigh};
use throughline_store::{Connection, Kind, attendance, meeting, organization, person, setting};

use crate::app::App;
use crate::tell::Teller;
use crate::view;
use crate::{Failure, Result, resolve};

/// Pairs that the user said are two people.
const DISTINCT: &str = "distinct_people";

/// People who may be one, the likeliest first. Who was told apart is not offered again.
///
/// # Errors
/// As reading the vault.
pub async fn list(app: &App) -> Result<view::Duplicates> {
    let conn = &mut *app.read().await?;
    let people: Vec<Person> = person::all(conn).await?;
    let by_id: HashMap<PersonId, &Person> = people.iter().map(|person| (person.id, person)).collect();
    let apart = told_apart(conn).await?;
    let mut pairs = look_alikes(&people);
    pairs.retain(|(a, b)| !apart.contains(&sorted(*a, *b)));
    let concerned: BTreeSet<PersonId> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
    let company = company(app, conn, &concerned).await?;
    let orgs: HashMap<_, _> = organization::all(conn).await?.into_iter().map(|found| (found.id, found.name)).collect();
    let org = |person: &Person| person.organization_id.and_then(|id| orgs.get(&id)).map(String::as_str);
    let nobody = Company::default();
    let of = |id| company.get(&id).unwrap_or(&nobody);
    let mut found: Vec<_> = pairs
        .iter()
        .filter_map(|(a, b)| {
            let (one, other) = (by_id.get(a)?, by_id.get(b)?);
            weigh(one, other, of(*a), of(*b), [org(one), org(other)])
        })
        .collect();
    found.sort_by(|x, y| y.score.total_cmp(&x.score).then_with(|| (x.a, x.b).cmp(&(y.a, y.b))));
    let mut teller = Teller::new(conn, *app.clock());
    let mut duplicates = Vec::with_capacity(found.len());
    for pair in found {
        let mut told = teller.people_by_ids(&[pair.a, pair.b]).await?.into_iter();
        if let (Some(a), Some(b)) = (told.next(), told.next()) {
            duplicates.push(view::Duplicate { a, b, score: pair.score, evidence: pair.evidence });
        }
    }
    Ok(view::Duplicates { duplicates })
}

/// Says that two people are two, however alike: they are not offered again.
///
/// # Errors
/// `unknown_person`, `ambiguous`, `same_person`.
pub async fn refuse(app: &App, a: &str, b: &str) -> Result<view::People> {
    let mut tx = app.write().await?;
    let a = resolve::person(&mut tx, a).await?;
    let b = resolve::person(&mut tx, b).await?;
    if a == b {
        return Err(Failure::new("same_person", "These are the same person already.")
            .hint("`throughline person unmerge` makes two of them."));
    }
    tx.touch(Kind::Setting, DISTINCT).await?;
    let mut pairs: Vec<(PersonId, PersonId)> = setting::get(&mut tx, DISTINCT).await?.unwrap_or_default();
    if !pairs.contains(&sorted(a, b)) {
        pairs.push(sorted(a, b));
    }
    setting::set(&mut tx, DISTINCT, &pairs).await?;
    let people = Teller::new(&mut tx, *app.clock()).people_by_ids(&[a, b]).await?;
    app.commit(tx, "person distinct").await?;
    Ok(view::People { people })
}

/// As they were said, and as they are since those people were merged with others.
async fn told_apart(conn: &mut Connection) -> Result<BTreeSet<(PersonId, PersonId)>> {
    let pairs: Vec<(PersonId, PersonId)> = setting::get(conn, DISTINCT).await?.unwrap_or_default();
    let ids: Vec<PersonId> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
    let now = person::resolve_all(conn, &ids).await?;
    let now = |id: PersonId| now.get(&id).copied().unwrap_or(id);
    Ok(pairs.into_iter().map(|(a, b)| sorted(now(a), now(b))).collect())
}

fn sorted(a: PersonId, b: PersonId) -> (PersonId, PersonId) {
    (a.min(b), a.max(b))
}

/// Whom people met, and when; by their ids, merges followed.
pub(crate) async fn company(
    app: &App,
    conn: &mut Connection,
    people: &BTreeSet<PersonId>,
) -> Result<HashMap<PersonId, Company>> {
    let me = person::me(conn).await?.map(|me| me.id);
    let zone = app.clock().zone;
    let mut all = HashMap::new();
    for id in people {
        let filter = meeting::Filter { person: Some(*id), ..meeting::Filter::default() };
        let meetings: Vec<Meeting> = meeting::list(conn, &filter).await?;
        let meetings: Vec<Meeting> =
            meetings.into_iter().filter(|meeting| meeting.status != MeetingStatus::Cancelled).collect();
        let ids: Vec<_> = meetings.iter().map(|meeting| meeting.id).collect();
        let at = attendance::of_meetings(conn, &ids).await?;
        let others = at.into_iter().map(|at| at.person_id).filter(|other| other != id && Some(*other) != me);
        let dates = || meetings.iter().map(|meeting| meeting.times.date(zone));
        let today = app.clock().today();
        let company = Company {
            first: dates().min(),
            last: dates().filter(|date| *date <= today).max(),
            others: others.collect(),
            meetings: ids.into_iter().collect(),
        };
        all.insert(*id, company);
    }
    Ok(all)
}
