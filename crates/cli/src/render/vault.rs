//! The vault itself.

use throughline_app::backups::BackupEvery;
use throughline_app::view::{Backups, Demo, Doctor, Init, Undo, Written};

use super::page::{Page, Row};
use super::span::{Span, Tone};
use super::{Show, short, sign};
use crate::words;

impl Show for Init {
    fn show(&self, page: &mut Page<'_>) {
        page.say(&format!("A vault is at {}.", self.vault));
        match &self.me {
            Some(me) => page.say(&format!("You are {} (@{}).", me.name, me.handle)),
            None => page.aside("`throughline init --name N --email E` says who you are."),
        }
        page.aside("`throughline account add ics FILE.ics` and `throughline sync` bring a calendar in.");
    }
}

impl Show for Demo {
    fn show(&self, page: &mut Page<'_>) {
        page.say(&format!("A year of {} is at {}.", self.me.name, self.vault));
        let counts = [
            words::count(self.people, "person"),
            words::count(self.organizations, "organization"),
            words::count(self.meetings, "meeting"),
            words::count(self.notes, "note"),
            words::count(self.actions, "action"),
            words::count(self.decisions, "decision"),
            words::count(self.questions, "question"),
        ];
        page.aside(&counts.join(" · "));
        page.gap();
        page.say("Look at it with `throughline today`, `throughline actions --owner me --open`, `throughline decisions --holding`.");
    }
}

impl Show for Undo {
    fn show(&self, page: &mut Page<'_>) {
        match &self.command {
            None if self.undone.is_empty() => page.say("Nothing to undo."),
            Some(command) if self.undone.is_empty() => page.say(&format!(
                "That an account came or went (`{}`) cannot be taken back. Undo again to go further.",
                words::plain(command)
            )),
            Some(command) => page.say(&format!("Undone: {}.", words::plain(command))),
            None => page.say("Undone."),
        }
        for undone in &self.undone {
            page.row(Row {
                lead: vec![sign::kind(&undone.kind), Span::plain_raw(" ")],
                body: vec![Span::plain(words::plain(&undone.kind))],
                right: vec![Span::quiet_raw(short(&undone.id))],
                ..Row::default()
            });
        }
    }
}

impl Show for Doctor {
    fn show(&self, page: &mut Page<'_>) {
        for (word, tone, problems) in [("mended", Tone::Quiet, &self.repaired), ("problem", Tone::Late, &self.problems)]
        {
            for problem in problems {
                page.row(Row {
                    lead: vec![Span::raw(format!("{word:<9}"), tone)],
                    hang: vec![Span::plain_raw("         ")],
                    body: vec![Span::plain(&problem.message)],
                    right: vec![Span::quiet(&problem.code)],
                });
            }
        }
        if self.ok {
            page.say("The vault is sound.");
        }
        if let Some(head) = &self.head {
            page.aside(&format!("Change log head {head}"));
        }
    }
}

impl Show for Written {
    fn show(&self, page: &mut Page<'_>) {
        let size = words::bytes(self.bytes);
        if self.files > 1 {
            page.say(&format!("Written to {}: {}, {size}.", self.path, words::count(self.files, "file")));
        } else {
            page.say(&format!("Written to {}: {size}.", self.path));
        }
        if let Some(previous) = &self.previous {
            page.say(&format!("The vault that was there is kept at {previous}."));
        }
    }
}

impl Show for Backups {
    fn show(&self, page: &mut Page<'_>) {
        match self.every {
            BackupEvery::Never => {
                page.say("No backups are taken by themselves. `throughline backups --every day` changes that.")
            }
            every => page
                .say(&format!("A backup is taken once a {every}, while the app is open, and kept in {}.", self.folder)),
        }
        if let Some(failed) = &self.failed {
            page.row(Row {
                body: vec![Span::new(format!("The last one could not be taken. {}", failed.message), Tone::Late)],
                right: vec![Span::quiet_raw(words::day(failed.since.date(), page.look.today()))],
                ..Row::default()
            });
            if let Some(hint) = &failed.hint {
                page.aside(hint);
            }
        }
        for one in &self.backups {
            page.row(Row {
                body: vec![Span::plain(&one.path)],
                right: vec![Span::quiet_raw(words::bytes(one.bytes))],
                ..Row::default()
            });
        }
    }
}
