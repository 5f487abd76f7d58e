//! Organizations: their people, and what there is between them and the user.

use std::collections::HashMap;

use throughline_core::cadence::cadence;
use throughline_core::graph::{Graph, Party};
use throughline_core::model::{ItemKind, Meeting, Organization, OrganizationId, Person, PersonId};
use throughline_store::{Connection, Kind, facts, item, meeting, organization, person};

use crate::app::App;
use crate::people::{Seen, attended, when};
use crate::tell::Teller;
use crate::view::{self, When};
use crate::{Failure, Result, clean, resolve};

/// Every organization, by name.
///
/// # Errors
/// As reading the vault.
pub async fn list(app: &App) -> Result<view::Organizations> {
    let conn = &mut *app.look().await?;
    let mut people: HashMap<OrganizationId, Vec<PersonId>> = HashMap::new();
    for person in person::all(conn).await? {
        if let Some(id) = person.organization_id {
            people.entry(id).or_default().push(person.id);
        }
    }
    let all: Vec<PersonId> = people.values().flatten().copied().collect();
    let met = person::last_met(conn, &all, app.clock().now).await?;
    let organizations = organization::all(conn).await?.into_iter().map(|found| {
        let people = people.get(&found.id).map_or(&[][..], Vec::as_slice);
        let last = people.iter().filter_map(|id| met.get(id)).max();
        told(&found, people.len(), last.map(|start| when(*start, app.clock().zone)))
    });
    Ok(view::Organizations { organizations: organizations.collect() })
}

fn told(organization: &Organization, people_count: usize, last_meeting: Option<When>) -> view::Organization {
    view::Organization {
        id: organization.id,
        name: organization.name.clone(),
        domains: organization.domains.clone(),
        people_count,
        last_meeting,
    }
}

/// An organization, with its people and what there is between them and the user.
///
/// # Errors
/// `unknown_organization`, `ambiguous`.
pub async fn show(app: &App, text: &str) -> Result<view::OrganizationDetail> {
    let conn = &mut *app.look().await?;
    let id = resolve::organization(conn, text).await?;
    let found = organization::get(conn, id).await?;
    let found = found.ok_or_else(|| Failure::new("unknown_organization", "The organization is not there any more."))?;
    let me = person::me(conn).await?.map(|me| me.id);
    let people = organization::people(conn, id).await?;
    let people = person::by_ids(conn, &people).await?;
    let meetings = meetings_of(conn, id, &people).await?;
    let ever: Vec<PersonId> = people.iter().map(|person| person.id).collect();
    let meetings = attended(conn, meetings, &ever, me).await?;
    let people: Vec<PersonId> =
        people.iter().filter(|person| person.organization_id == Some(id)).map(|person| person.id).collect();
    let graph = Graph::build(facts::around_organization(conn, id).await?);
    let ledger = graph.ledger(Party::Organization(id), &app.view(me));
    let query = item::Filter {
        kind: Some(ItemKind::Decision),
        organization: Some(id),
        holding: Some(app.clock().as_of_today()),
        ..Default::default()
    };
    let decisions = item::list(conn, &query).await?;
    let mut teller = Teller::new(conn, *app.clock());
    let seen = Seen::of(&meetings, app);
    let last: Vec<_> = seen.past.iter().rev().take(10).map(|meeting| meeting.id).collect();
    let last_meeting = seen.past.last().map(|meeting| When::start(&meeting.times, app.clock().zone));
    Ok(view::OrganizationDetail {
        organization: told(&found, people.len(), last_meeting),
        first_meeting: seen.past.first().map(|meeting| When::start(&meeting.times, app.clock().zone)),
        next_meeting: seen.next.map(|meeting| When::start(&meeting.times, app.clock().zone)),
        meetings_count: seen.past.len(),
        cadence: cadence(&seen.past.iter().map(|meeting| meeting.times.date(app.clock().zone)).collect::<Vec<_>>()),
        people: teller.people_by_ids(&people).await?,
        meetings: teller.meetings_by_ids(&last).await?,
        i_owe: teller.items_by_ids(&ledger.i_owe).await?.actions,
        they_owe: teller.items_by_ids(&ledger.they_owe).await?.actions,
        waiting_on: teller.items_by_ids(&ledger.waiting_on).await?.questions,
        decisions: teller.items(decisions).await?.decisions,
    })
}

/// Calls an organization otherwise, as where it was named after its domain. Its domains go on finding it.
///
/// # Errors
/// `no_name`, `name_taken`, `unknown_organization`, `ambiguous`.
pub async fn rename(app: &App, text: &str, name: &str) -> Result<view::OrganizationDetail> {
    let name = clean::line(name);
    if name.is_empty() {
        return Err(Failure::usage("no_name", "An organization needs a name.").hint("Give one with --name."));
    }
    let mut tx = app.write().await?;
    let id = resolve::organization(&mut tx, text).await?;
    let all = organization::all(&mut tx).await?;
    if all.iter().any(|other| other.id != id && other.name.to_lowercase() == name.to_lowercase()) {
        return Err(Failure::new("name_taken", format!("There is another organization called {name}."))
            .hint("Give them names that tell them apart."));
    }
    if let Some(found) = all.into_iter().find(|found| found.id == id && found.name != name) {
        tx.touch(Kind::Organization, id).await?;
        organization::put(&mut tx, &[Organization { name, ..found }]).await?;
        app.commit(tx, "org edit").await?;
    } else {
        tx.rollback().await?;
    }
    show(app, &id.to_string()).await
}

/// The vault as seen through this organization; without one the whole.
///
/// # Errors
/// `unknown_organization`, `ambiguous`.
pub async fn lens(app: &App, text: Option<&str>) -> Result<App> {
    let Some(text) = text else { return Ok(app.through(None)) };
    let id = resolve::organization(&mut *app.read().await?, text).await?;
    Ok(app.through(Some(id)))
}

/// What the vault is seen through.
///
/// # Errors
/// As reading the vault.
pub async fn lens_of(app: &App) -> Result<Option<view::Lens>> {
    let Some(id) = app.lens() else { return Ok(None) };
    let found = organization::get(&mut *app.read().await?, id).await?;
    Ok(found.map(|found| view::Lens { id, name: found.name }))
}

/// The meetings of people while they were of the organization.
async fn meetings_of(conn: &mut Connection, id: OrganizationId, people: &[Person]) -> Result<Vec<Meeting>> {
    let mut meetings = Vec::new();
    for person in people {
        let theirs = meeting::list(conn, &meeting::Filter { person: Some(person.id), ..Default::default() }).await?;
        let then = |meeting: &Meeting| person.organization_on(meeting.times.own_date()) == Some(id);
        // Where it never changed, whoever was merged into them may have come with another organization.
        meetings.extend(theirs.into_iter().filter(|meeting| person.employments.is_empty() || then(meeting)));
    }
    meetings.sort_by_key(|meeting| (meeting.times.start(chrono_tz::UTC), meeting.id));
    meetings.dedup_by_key(|meeting| meeting.id);
    Ok(meetings)
}
