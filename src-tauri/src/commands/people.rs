//! People and organizations.

use throughline_app::model::{PersonId, Relation};
use throughline_app::view::{
    Completion, Duplicate, Note, Organization, OrganizationDetail, Person, PersonDetail, PersonName, PersonRow,
    PersonStretch, RowPlace,
};
use throughline_app::{Result, duplicates as lookalikes, employments, orgs, people};

use super::{TheDesk, change, day, run};
use crate::shapes::Done;

#[tauri::command]
#[specta::specta]
pub async fn people(desk: TheDesk<'_>) -> Result<Vec<PersonRow>> {
    run(&desk, async move |app| people::rows(&app).await).await
}

/// A stretch of a long list; `find` says of whom the places are told besides.
#[tauri::command]
#[specta::specta]
pub async fn people_stretch(
    desk: TheDesk<'_>,
    ask: people::PeopleAsk,
    from: usize,
    limit: usize,
    find: Vec<String>,
) -> Result<PersonStretch> {
    let find: Vec<PersonId> = find.iter().filter_map(|text| text.parse().ok().map(PersonId)).collect();
    run(&desk, async move |app| people::stretch(&app, &ask, from, limit, &find).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn people_places(desk: TheDesk<'_>, ask: people::PeopleAsk, from: usize, to: usize) -> Result<Vec<RowPlace>> {
    run(&desk, async move |app| people::places(&app, &ask, from, to).await).await
}

/// What everybody is called.
#[tauri::command]
#[specta::specta]
pub async fn people_names(desk: TheDesk<'_>) -> Result<Vec<PersonName>> {
    run(&desk, async move |app| people::names(&app).await).await
}

/// Makes a person, and gives what the editor puts in place of the name.
#[tauri::command]
#[specta::specta]
pub async fn person_new(desk: TheDesk<'_>, name: String) -> Result<Completion> {
    run(&desk, async move |app| {
        let person = people::new(&app, &name).await?;
        let insert = format!("@{}", person.handle);
        let (label, person_id, group) = (person.name, Some(person.id), Some("new".to_owned()));
        Ok(Completion { label, detail: None, insert, person_id, group })
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn person(desk: TheDesk<'_>, id: String) -> Result<PersonDetail> {
    run(&desk, async move |app| people::show(&app, &id).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn person_edit(
    desk: TheDesk<'_>,
    id: String,
    name: Option<String>,
    relation: Option<Relation>,
) -> Result<Done<Person>> {
    change(&desk, async move |app| people::edit(&app, &id, name.as_deref(), relation).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn person_note_save(desk: TheDesk<'_>, id: String, text: String) -> Result<Done<Note>> {
    change(&desk, async move |app| people::set_note(&app, &id, &text).await).await
}

/// The app names the one that stays first.
#[tauri::command]
#[specta::specta]
pub async fn person_merge(desk: TheDesk<'_>, from: String, into: String) -> Result<Done<Person>> {
    change(&desk, async move |app| people::merge(&app, &into, &from).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn person_unmerge(desk: TheDesk<'_>, id: String) -> Result<Done<Person>> {
    change(&desk, async move |app| people::unmerge(&app, &id).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn person_alias(desk: TheDesk<'_>, id: String, alias: String) -> Result<Done<Person>> {
    change(&desk, async move |app| people::alias(&app, &id, &alias).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn duplicates(desk: TheDesk<'_>) -> Result<Vec<Duplicate>> {
    run(&desk, async move |app| Ok(lookalikes::list(&app).await?.duplicates)).await
}

/// "These are two people."
#[tauri::command]
#[specta::specta]
pub async fn duplicate_refuse(desk: TheDesk<'_>, a: String, b: String) -> Result<Done<()>> {
    change(&desk, async move |app| lookalikes::refuse(&app, &a, &b).await.map(drop)).await
}

#[tauri::command]
#[specta::specta]
pub async fn person_job(
    desk: TheDesk<'_>,
    id: String,
    organization: Option<String>,
    since: Option<String>,
) -> Result<Done<Person>> {
    change(&desk, async move |app| {
        let since = since.map(|text| day(&app, &text)).transpose()?;
        employments::change(&app, &id, organization.as_deref(), since).await
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn organizations(desk: TheDesk<'_>) -> Result<Vec<Organization>> {
    run(&desk, async move |app| Ok(orgs::list(&app).await?.organizations)).await
}

#[tauri::command]
#[specta::specta]
pub async fn organization_rename(desk: TheDesk<'_>, id: String, name: String) -> Result<Done<()>> {
    change(&desk, async move |app| orgs::rename(&app, &id, &name).await.map(drop)).await
}

#[tauri::command]
#[specta::specta]
pub async fn organization(desk: TheDesk<'_>, id: String) -> Result<OrganizationDetail> {
    run(&desk, async move |app| orgs::show(&app, &id).await).await
}
