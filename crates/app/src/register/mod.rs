//! The client's register: what was decided and promised with an organization, as a document to hand over.
//!
//! Only what stands in the notes of meetings that somebody of the organization was at is in it: nothing of a prep or
//! private part, and no link to what is not in it, so that a decision's status is that among the entries. What may not be
//! meant for the client is told beside it, to whoever hands it over.

mod csv;
mod entry;
mod gather;
mod html;
mod html_read;
mod markdown;
mod page;
mod strange;
mod then;
mod third;
mod verify;
mod whose;

use std::path::Path;

use chrono::NaiveDate;
use throughline_store::sitting;

use crate::app::App;
use crate::view::{Register, When, Written};
use crate::{Failure, Result, export};

pub(crate) use entry::{confirmed_before, history as changed};
pub use verify::verify;

/// What is asked for; without any restriction everything.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ask {
    /// Of meetings on this day or later.
    pub from: Option<NaiveDate>,
    /// Of meetings on this day or before.
    pub to: Option<NaiveDate>,
    /// With the reasons of decisions.
    pub rationale: bool,
}

/// How it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// CommonMark.
    Markdown,
    /// A table for spreadsheets.
    Csv,
    /// One page that needs nothing from outside, made to be printed.
    Html,
}

impl std::str::FromStr for Format {
    type Err = Failure;
    fn from_str(word: &str) -> Result<Self> {
        match word {
            "markdown" => Ok(Self::Markdown),
            "csv" => Ok(Self::Csv),
            "html" => Ok(Self::Html),
            _ => Err(Failure::usage("unknown_format", "There is no such format.")
                .hint("Formats are markdown, csv and html.")),
        }
    }
}

/// The register, to be looked at before it is handed over.
///
/// # Errors
/// `unknown_organization`, `ambiguous`.
pub async fn show(app: &App, organization: &str, ask: &Ask) -> Result<Register> {
    gather::gather(app, organization, ask).await
}

/// The register and the document of it. What is being written at a note is put into the change log before, so that the
/// head the document prints covers every word in it.
///
/// # Errors
/// `unknown_organization`, `ambiguous`, as writing the vault.
pub async fn document(app: &App, organization: &str, ask: &Ask, format: Format) -> Result<(Register, String)> {
    close_sittings(app).await?;
    let register = show(app, organization, ask).await?;
    let text = render(&register, format);
    Ok((register, text))
}

/// Writes the document to a file; one that is there is replaced.
///
/// # Errors
/// As [`document`], `file_unwritable`, `disk_full`.
pub async fn write(app: &App, organization: &str, ask: &Ask, format: Format, path: &Path) -> Result<Written> {
    let (_, text) = document(app, organization, ask, format).await?;
    let bytes = export::write_file(path, text.into_bytes()).await?;
    let at = When::at(app.clock().now, app.clock().zone);
    Ok(Written { path: path.display().to_string(), bytes, files: 1, previous: None, at })
}

fn render(register: &Register, format: Format) -> String {
    match format {
        Format::Markdown => markdown::write(&page::Page::from(register)),
        Format::Csv => csv::write(register),
        Format::Html => html::write(&page::Page::from(register)),
    }
}

async fn close_sittings(app: &App) -> Result<()> {
    if sitting::open(&mut *app.read().await?).await?.is_empty() {
        return Ok(());
    }
    let mut tx = app.write().await?;
    for open in sitting::open(&mut tx).await? {
        sitting::close(&mut tx, open.note, app.entropy().salt()).await?;
    }
    tx.commit(None).await?;
    Ok(())
}
