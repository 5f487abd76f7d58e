//! Where people work, and since when: whoever changes jobs stays the same person, and old meetings keep the old
//! organization.

use chrono::{Days, NaiveDate};
use throughline_core::model::{Employment, OrganizationId, Person, PersonId};
use throughline_store::person::Record;
use throughline_store::{Connection, Kind, Write, organization, person};

use crate::app::App;
use crate::duplicates::company;
use crate::notes::Writer;
use crate::people::{finish, gone};
use crate::view;
use crate::{Result, resolve, store_people};

/// Says that somebody is of another organization from a day on, or of none. `to` is an organization, or the domain of one
/// that is new here; without a day it is today.
///
/// # Errors
/// `unknown_person`, `ambiguous`, `unknown_organization`.
pub async fn change(app: &App, who: &str, to: Option<&str>, since: Option<NaiveDate>) -> Result<view::Person> {
    let mut writer = Writer::begin(app).await?;
    let id = resolve::person(&mut writer.tx, who).await?;
    let to = match to {
        Some(text) => Some(found_or_made(&mut writer, text).await?),
        None => None,
    };
    writer.tx.touch(Kind::Person, id).await?;
    let known = person::get(&mut writer.tx, id).await?.ok_or_else(gone)?;
    let mut record = person::record(&mut writer.tx, id).await?.ok_or_else(gone)?;
    let since = since.unwrap_or_else(|| app.clock().today());
    let mut employments = history(&known);
    employments.retain(|employment| employment.from.is_none_or(|from| from < since));
    // Another day for what was said already: whoever says so corrects it.
    if employments.len() > 1 && employments.last().is_some_and(|last| last.organization_id == to) {
        employments.pop();
    }
    employments.push(Employment { organization_id: to, from: Some(since) });
    set(&mut record, employments);
    person::put(&mut writer.tx, &[record]).await?;
    finish(writer, id, "person job").await
}

async fn found_or_made(writer: &mut Writer<'_>, text: &str) -> Result<OrganizationId> {
    let app = writer.app;
    match resolve::organization(&mut writer.tx, text).await {
        Err(failure) if failure.code == "unknown_organization" => {
            let made = writer.directory.organization_of(&format!("somebody@{}", text.trim()), &mut || app.id());
            store_people::put_changes(&mut writer.tx, &mut writer.directory).await?;
            made.ok_or(failure)
        }
        found => found,
    }
}

/// What is known of where somebody worked, where it never changed too.
fn history(person: &Person) -> Vec<Employment> {
    match &person.employments[..] {
        [] => vec![Employment { organization_id: person.organization_id, from: None }],
        employments => employments.to_vec(),
    }
}

/// Without what says nothing new; where they are now is the last.
fn set(record: &mut Record, mut employments: Vec<Employment>) {
    employments.sort_by_key(|employment| employment.from);
    employments.dedup_by(|later, earlier| {
        later.organization_id == earlier.organization_id || later.from == earlier.from && later.from.is_some()
    });
    record.organization_id = employments.last().and_then(|last| last.organization_id);
    record.employments = if employments.len() > 1 { employments } else { Vec::new() };
}

/// Before `from` is merged into `into`: where one was met no more before the other began to be met, of another
/// organization, that is a change of jobs.
pub(crate) async fn join(app: &App, tx: &mut Write, into: PersonId, from: PersonId) -> Result<()> {
    let (Some(one), Some(other)) = (person::get(tx, into).await?, person::get(tx, from).await?) else { return Ok(()) };
    if one.organization_id.is_none() || other.organization_id.is_none() || one.organization_id == other.organization_id
    {
        return Ok(());
    }
    let mut company = company(app, tx, &[into, from].into()).await?;
    let (met, other_met) = (company.remove(&into).unwrap_or_default(), company.remove(&from).unwrap_or_default());
    let (earlier, later, since) = match (met.last, other_met.first, other_met.last, met.first) {
        (Some(last), Some(first), ..) if last < first => (&one, &other, first),
        (.., Some(last), Some(first)) if last < first => (&other, &one, first),
        _ => return Ok(()),
    };
    tx.touch(Kind::Person, into).await?;
    let Some(mut record) = person::record(tx, into).await? else { return Ok(()) };
    let mut employments = history(earlier);
    employments.retain(|employment| employment.from.is_none_or(|from| from < since));
    let after = history(later).into_iter();
    employments.extend(after.map(|employment| Employment { from: employment.from.or(Some(since)), ..employment }));
    set(&mut record, employments);
    Ok(person::put(tx, &[record]).await?)
}

/// After somebody is one of their own again: where they worked goes with them.
pub(crate) async fn part(tx: &mut Write, left: PersonId, gone: PersonId) -> Result<()> {
    let (Some(left), Some(gone)) = (person::record(tx, left).await?, person::record(tx, gone).await?) else {
        return Ok(());
    };
    let others = person::get(tx, left.id).await?.map(|person| person.emails).unwrap_or_default();
    let kept = others.iter().filter(|email| !gone.emails.contains(email));
    let domains: Vec<&str> = kept.filter_map(|email| email.split_once('@')).map(|(_, domain)| domain).collect();
    let went = gone.organization_id;
    let stays = match went {
        Some(id) => organization::get(tx, id).await?.is_some_and(|found| {
            found
                .domains
                .iter()
                .any(|own| domains.iter().any(|domain| domain == own || domain.ends_with(&format!(".{own}"))))
        }),
        None => true,
    };
    if left.employments.is_empty() || stays {
        return Ok(());
    }
    let mut record = left;
    tx.touch(Kind::Person, record.id).await?;
    let mut employments = record.employments.clone();
    employments.retain(|employment| employment.organization_id != went);
    if let Some(first) = employments.first_mut() {
        first.from = None;
    }
    set(&mut record, employments);
    Ok(person::put(tx, &[record]).await?)
}

/// Where somebody worked, as told.
pub(crate) async fn told(conn: &mut Connection, person: &Person) -> Result<Vec<view::Employment>> {
    let all = history(person);
    let ids: Vec<OrganizationId> = all.iter().filter_map(|employment| employment.organization_id).collect();
    let found = organization::by_ids(conn, &ids).await?;
    let name = |id| found.iter().find(|found| Some(found.id) == id).map(|found| found.name.clone());
    let ends = all.iter().skip(1).map(|next| next.from).chain([None]);
    let told = all.iter().zip(ends).map(|(employment, next)| view::Employment {
        organization: name(employment.organization_id),
        organization_id: employment.organization_id,
        from: employment.from,
        to: next.and_then(|next| next.checked_sub_days(Days::new(1))),
    });
    Ok(told.filter(|told| told.organization_id.is_some() || told.from.is_some() || told.to.is_some()).collect())
}
