//! What a run has: a clock, a vault, and somewhere to print.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;
use throughline_app::secrets::Secret;
use throughline_app::{App, Clock, Failure, Surroundings, default_vault_dir, orgs, parse_day, people};

use crate::args::Global;
use crate::edge::Edge;
use crate::input;
use crate::output::Output;
use crate::render::Look;

/// One run of the command.
#[derive(Debug)]
pub struct Session {
    pub clock: Clock,
    pub output: Output,
    vault: Option<PathBuf>,
    app: Option<Arc<App>>,
    /// Whose meetings alone are shown.
    lens: Option<String>,
    surroundings: Surroundings,
    caldav_password: Option<Secret>,
}

impl Session {
    pub fn new(global: &Global, edge: &Edge) -> Self {
        let mut clock = Clock::system(global.tz);
        clock.now = global.now.unwrap_or(clock.now);
        let look = Look {
            now: clock.now,
            zone: clock.zone,
            width: edge.width,
            wrap: edge.terminal,
            color: edge.color && !global.no_color,
            me: None,
        };
        let output = Output { json: global.json, terminal: edge.terminal, look };
        Self {
            clock,
            output,
            app: None,
            lens: global.lens.clone(),
            surroundings: edge.surroundings.clone(),
            caldav_password: edge.caldav_password.clone(),
            vault: global.vault.clone().or_else(|| edge.vault.clone()).or_else(default_vault_dir),
        }
    }

    /// Whether only one client's meetings are shown.
    pub fn narrowed(&self) -> bool {
        self.lens.is_some()
    }

    /// The vault's folder, whether there is a vault in it or not.
    pub fn dir(&self) -> Result<PathBuf, Failure> {
        self.vault.clone().ok_or_else(|| {
            Failure::new("vault_missing", "This system names no folder for a vault.")
                .hint("Say where it is with --vault DIR or THROUGHLINE_VAULT.")
        })
    }

    /// The vault, open. What is printed for eyes then knows who "you" are.
    pub async fn open(&mut self) -> Result<Arc<App>, Failure> {
        let app = App::open(&self.dir()?, self.clock).await?.within(self.surroundings.clone());
        let app = match &self.lens {
            Some(lens) => Arc::new(orgs::lens(&app, Some(lens)).await?),
            None => Arc::new(app),
        };
        self.app = Some(Arc::clone(&app));
        if !self.output.json {
            self.output.look.me = people::me(&app).await?;
        }
        Ok(app)
    }

    /// The password of a calendar server: from the environment, else from standard input where that was asked for, else
    /// from the terminal.
    pub fn password(&self, stdin: bool) -> Result<Secret, Failure> {
        match &self.caldav_password {
            Some(password) => Ok(password.clone()),
            None => input::password(stdin),
        }
    }

    /// Leaves the vault in one file.
    pub async fn close(self) {
        if let Some(app) = self.app.and_then(Arc::into_inner) {
            app.close().await;
        }
    }

    /// A day as typed.
    pub fn day(&self, text: &str) -> Result<NaiveDate, Failure> {
        parse_day(text, &self.clock)
    }

    /// A day, where one was typed.
    pub fn some_day(&self, text: Option<&str>) -> Result<Option<NaiveDate>, Failure> {
        text.map(|text| self.day(text)).transpose()
    }
}
