//! The user's settings, kept in the vault.

use throughline_core::backups::BackupEvery;
use throughline_store::{Kind, setting};

use crate::app::App;
use crate::view::{Settings, Template, Theme, WeekStart};
use crate::{Failure, Result, clean};

const KEY: &str = "window";

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            zoom: 100,
            single_letters: true,
            week_starts: WeekStart::Monday,
            sync_minutes: 15,
            backup_every: BackupEvery::Day,
            backup_folder: None,
            templates: TEMPLATES.map(|(name, text)| Template { name: name.to_owned(), text: text.to_owned() }).to_vec(),
        }
    }
}

/// The settings; those of a new vault where none were saved.
///
/// # Errors
/// As reading the vault.
pub async fn show(app: &App) -> Result<Settings> {
    let conn = &mut *app.read().await?;
    // What cannot be read (a newer program's) is no reason not to open.
    let saved: Option<serde_json::Value> = setting::get(conn, KEY).await?;
    Ok(saved.and_then(|saved| serde_json::from_value(saved).ok()).unwrap_or_default())
}

/// Saves the settings, numbers held to what they may be.
///
/// # Errors
/// `no_name`, `name_taken`, `template_too_long`, and as writing the vault.
pub async fn save(app: &App, settings: &Settings) -> Result<Settings> {
    let settings = checked(settings)?;
    let mut tx = app.write().await?;
    tx.touch(Kind::Setting, KEY).await?;
    setting::set(&mut tx, KEY, &settings).await?;
    app.commit(tx, "settings").await?;
    Ok(settings)
}

/// A template may have so many bytes.
const LONGEST: usize = 64 << 10;

fn checked(settings: &Settings) -> Result<Settings> {
    let mut settings = settings.clone();
    settings.zoom = settings.zoom.clamp(100, 200);
    settings.sync_minutes = settings.sync_minutes.clamp(1, 24 * 60);
    settings.backup_folder = settings.backup_folder.filter(|folder| !folder.trim().is_empty());
    for at in 0..settings.templates.len() {
        let name = clean::line(&settings.templates[at].name);
        if name.is_empty() {
            return Err(Failure::usage("no_name", "A template needs a name."));
        }
        if settings.templates[..at].iter().any(|other| other.name.to_lowercase() == name.to_lowercase()) {
            return Err(Failure::usage("name_taken", format!("Two templates are called `{name}`."))
                .hint("Give one of them another name."));
        }
        if settings.templates[at].text.len() > LONGEST {
            return Err(Failure::usage("template_too_long", "A template may have 64 KiB at the most."));
        }
        settings.templates[at].name = name;
    }
    Ok(settings)
}

const TEMPLATES: [(&str, &str); 4] = [
    (
        "1:1",
        "## How are things\n\n\n## Since last time\n\n\n## Theirs to talk about\n\n\n## Mine to talk about\n\n\n## Next steps\n\n",
    ),
    (
        "Steering",
        "## Where we stand\n\n\n## Risks\n\n\n## To decide\n\n\n## Decisions\n\n\n## Open questions\n\n\n## Actions\n\n",
    ),
    ("Retro", "## What went well\n\n\n## What did not\n\n\n## What we try\n\n\n## Actions\n\n"),
    (
        "Decision record",
        "## Context\n\n\n## Options\n\n\n=> \n   Rationale: \n   Alternatives: \n\n## What follows\n\n",
    ),
];
