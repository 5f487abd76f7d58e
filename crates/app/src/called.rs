//! What things that somebody named are called: for sentences that say what was looked for.

use throughline_store::{item, organization, person};

use crate::app::App;
use crate::{Result, actions, resolve};

/// The name of the person meant.
///
/// # Errors
/// `unknown_person`, `ambiguous`.
pub async fn person(app: &App, text: &str) -> Result<String> {
    let conn = &mut *app.look().await?;
    let id = resolve::person(conn, text).await?;
    Ok(person::get(conn, id).await?.map_or_else(|| text.to_owned(), |found| found.name))
}

/// The name of the organization meant.
///
/// # Errors
/// `unknown_organization`, `ambiguous`.
pub async fn organization(app: &App, text: &str) -> Result<String> {
    let conn = &mut *app.look().await?;
    let id = resolve::organization(conn, text).await?;
    Ok(organization::get(conn, id).await?.map_or_else(|| text.to_owned(), |found| found.name))
}

/// Topics that somebody may have meant by this one: those it is the last part of, as `acme/pricing` of `pricing`.
///
/// # Errors
/// As reading the vault.
pub async fn topics_ending(app: &App, text: &str) -> Result<Vec<String>> {
    let ending = format!("/{}", actions::topic(text));
    let topics = item::topics(&mut *app.look().await?).await?.into_iter().map(|(topic, _)| topic);
    Ok(topics.filter(|topic| topic.ends_with(&ending)).collect())
}
