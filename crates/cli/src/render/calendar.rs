//! Accounts, calendars, syncs, imports and the re-link queue.

use throughline_app::Failure;
use throughline_app::model::{AccountState, Source};
use throughline_app::view::{
    Account, AccountSync, Accounts, Added, Calendar, CalendarSync, Calendars, Import, MovedMeeting, PlacedMeeting,
    Queue, Queued, Sync,
};

use super::page::{Page, Row};
use super::span::{Span, Tone};
use super::{Show, meeting, short};
use crate::words;

/// Warnings told before the rest is only counted.
const WARNINGS: usize = 8;

impl Show for Account {
    fn show(&self, page: &mut Page<'_>) {
        let state = match (self.state, self.last_sync) {
            (AccountState::Ok, Some(at)) => Span::quiet(format!("in step, {}", words::moment(at, page.look))),
            (AccountState::Ok, None) => Span::quiet("not synced yet"),
            (AccountState::NeedsSignIn, _) => Span::new("needs you to sign in", Tone::Late),
            (AccountState::Error, _) => Span::new("failed", Tone::Late),
        };
        page.row(Row {
            body: vec![Span::plain(&self.name), Span::quiet_raw(" "), Span::quiet(self.provider.as_str())],
            right: vec![state, Span::quiet_raw(format!("  {}", short(self.id)))],
            ..Row::default()
        });
        if let Some(error) = &self.error {
            let lead = vec![Span::plain_raw("  ")];
            page.row(Row { hang: lead.clone(), lead, body: vec![Span::quiet(error)], right: vec![] });
        }
    }
}

impl Show for Added {
    fn show(&self, page: &mut Page<'_>) {
        self.account.show(page);
        match self.secret_in {
            Some("keyring") => page.aside("The sign-in is kept in the system's keyring."),
            Some(_) => page.aside(
                "This system has no keyring: the sign-in is kept in an encrypted file in the vault, which THROUGHLINE_PASSPHRASE opens.",
            ),
            None => {}
        }
        page.aside("`throughline sync` fetches its calendars; `throughline calendar list` shows which.");
    }
}

impl Show for Accounts {
    fn show(&self, page: &mut Page<'_>) {
        self.accounts.iter().for_each(|account| account.show(page));
        if self.accounts.is_empty() {
            page.say("No accounts yet.");
            page.aside("`throughline account add ics FILE.ics` brings a calendar in.");
        }
    }
}

impl Show for Calendar {
    fn show(&self, page: &mut Page<'_>) {
        let state = if self.enabled { Span::quiet("synced") } else { Span::quiet("off") };
        page.row(Row {
            body: vec![Span::plain(&self.name)],
            right: vec![state, Span::quiet_raw(format!("  {}", short(self.id)))],
            ..Row::default()
        });
    }
}

impl Show for Calendars {
    fn show(&self, page: &mut Page<'_>) {
        self.calendars.iter().for_each(|calendar| calendar.show(page));
        if self.calendars.is_empty() {
            page.say("No calendars yet.");
            page.aside("They come with an account, after its first sync.");
        }
    }
}

impl Show for Sync {
    fn show(&self, page: &mut Page<'_>) {
        self.accounts.iter().for_each(|account| account.show(page));
        if self.accounts.is_empty() {
            page.say("No accounts to sync.");
            page.aside("`throughline account add ics FILE.ics` brings a calendar in.");
        } else if self.dry_run {
            page.gap();
            page.aside("This is what would happen; nothing was changed.");
        }
    }
}

impl Show for AccountSync {
    fn show(&self, page: &mut Page<'_>) {
        page.title(&self.name, [Span::quiet(format!("{:.1} s", self.seconds))]);
        self.calendars.iter().for_each(|calendar| calendar.show(page));
        // A calendar's own trouble stands below its name.
        let told = |error: &Failure| self.calendars.iter().any(|calendar| calendar.error.as_ref() == Some(error));
        if let Some(error) = self.error.as_ref().filter(|error| !told(error)) {
            let lead = vec![Span::plain_raw("  ")];
            page.row(Row {
                hang: lead.clone(),
                lead,
                body: vec![Span::new(&error.message, Tone::Late)],
                right: vec![],
            });
        }
    }
}

impl Show for CalendarSync {
    fn show(&self, page: &mut Page<'_>) {
        let counts = [(self.added, "added"), (self.changed, "changed"), (self.removed, "removed"), (self.kept, "kept")];
        let counts = counts.iter().filter(|(n, _)| *n > 0);
        let counts: Vec<_> = counts.map(|(n, word)| format!("{} {word}", words::number(*n as usize))).collect();
        let counts = if counts.is_empty() { "nothing changed".to_owned() } else { counts.join(" · ") };
        let indent = || vec![Span::plain_raw("  ")];
        let right = vec![Span::quiet(counts)];
        page.row(Row { lead: indent(), hang: indent(), body: vec![Span::plain(&self.name)], right });
        if let Some(error) = &self.error {
            let lead = vec![Span::plain_raw("    ")];
            page.row(Row {
                hang: lead.clone(),
                lead,
                body: vec![Span::new(&error.message, Tone::Late)],
                right: vec![],
            });
        }
        moved(page, &self.moved);
        placed(page, &self.attached, "has its notes again");
        placed(page, &self.queued, "is gone; its notes wait in the queue");
        for warning in self.warnings.iter().take(WARNINGS) {
            let uid = warning.uid.as_deref().map(|uid| format!(" ({})", crate::text::fit(uid, 40)));
            let body = vec![Span::plain(&warning.message), Span::quiet(uid.unwrap_or_default())];
            page.row(Row {
                lead: vec![Span::raw("  ! ", Tone::Ask)],
                hang: vec![Span::plain_raw("    ")],
                body,
                right: vec![],
            });
        }
        if self.warnings.len() > WARNINGS {
            page.aside(&format!("    and {} more", words::count(self.warnings.len() - WARNINGS, "warning")));
        }
    }
}

/// So many are told one by one.
const PLACED: usize = 12;

fn placed(page: &mut Page<'_>, meetings: &[PlacedMeeting], what: &str) {
    for meeting in meetings.iter().take(PLACED) {
        page.row(Row {
            lead: vec![Span::quiet_raw("  │ ")],
            hang: vec![Span::quiet_raw("  │ ")],
            body: vec![
                Span::plain(&meeting.title),
                Span::quiet(format!(" of {} {what}", words::moment(meeting.start, page.look))),
            ],
            right: vec![Span::quiet_raw(short(meeting.meeting_id))],
        });
    }
    if meetings.len() > PLACED {
        page.aside(&format!("    and {} more", meetings.len() - PLACED));
    }
}

/// Notes that went with their meeting to another time.
fn moved(page: &mut Page<'_>, all: &[MovedMeeting]) {
    for moved in all {
        let (from, to) = (words::moment(moved.from, page.look), words::moment(moved.to, page.look));
        let became = if moved.stays {
            format!(" of {from} stays where it was held, though its series moved")
        } else {
            format!(" moved from {from} to {to}, notes and all")
        };
        page.row(Row {
            lead: vec![Span::quiet_raw("  │ ")],
            hang: vec![Span::quiet_raw("  │ ")],
            body: vec![Span::plain(&moved.title), Span::quiet(became)],
            right: vec![Span::quiet_raw(short(moved.meeting_id))],
        });
    }
}

impl Show for Queue {
    fn show(&self, page: &mut Page<'_>) {
        self.queue.iter().for_each(|queued| queued.show(page));
        if self.queue.is_empty() {
            page.say("Nothing to re-link: every note hangs on its meeting.");
        } else {
            page.gap();
            page.aside("`throughline meeting relink ID TO` moves the notes; `throughline queue keep ID` leaves them.");
        }
        if !self.moved.is_empty() {
            page.gap();
            page.aside("The last sync moved these with their series; `throughline undo --sync` takes that back.");
            moved(page, &self.moved);
        }
    }
}

impl Show for Queued {
    fn show(&self, page: &mut Page<'_>) {
        page.gap();
        let by_hand = self.meeting.source == Source::Local && self.meeting.uid.is_none();
        let why = if by_hand { "made by hand, and in a calendar now" } else { "its event is gone" };
        meeting::heading(page, &self.meeting, Some(why.to_owned()));
        if self.candidates.is_empty() {
            page.aside("  nothing it could belong to");
        }
        for candidate in &self.candidates {
            page.row(Row {
                lead: vec![Span::quiet_raw("│ ")],
                hang: vec![Span::quiet_raw("│ ")],
                body: vec![Span::plain(&candidate.title), Span::quiet(format!(" {}", candidate.why))],
                right: vec![
                    Span::quiet(words::moment(candidate.start, page.look)),
                    Span::quiet_raw(format!("  {}", short(candidate.meeting_id))),
                ],
            });
        }
    }
}

impl Show for Import {
    fn show(&self, page: &mut Page<'_>) {
        if self.files.is_empty() {
            page.say("No Markdown files there.");
            return;
        }
        for file in &self.files {
            let items = [(file.actions.len(), "○"), (file.decisions.len(), "◆"), (file.questions.len(), "?")];
            let items = items.iter().filter(|(n, _)| *n > 0).map(|(n, sign)| format!("{sign} {n}"));
            let items = items.collect::<Vec<_>>().join("  ");
            let fate = match (file.meeting_id, file.unchanged, file.matched) {
                (None, _, _) => "left out",
                (_, true, _) => "unchanged",
                (_, _, true) => "attached",
                _ => "new meeting",
            };
            let id = file.meeting_id.map(short).unwrap_or_default();
            page.row(Row {
                body: vec![Span::plain(&file.path)],
                right: vec![Span::quiet(items), Span::quiet_raw(format!("  {fate:>11}  {id:>8}"))],
                ..Row::default()
            });
            for warning in &file.warnings {
                let lead = vec![Span::raw("  ! ", Tone::Ask)];
                page.row(Row {
                    lead,
                    hang: vec![Span::plain_raw("    ")],
                    body: vec![Span::plain(warning)],
                    right: vec![],
                });
            }
        }
        let of = |count: fn(&throughline_app::view::ImportedFile) -> usize| self.files.iter().map(count).sum::<usize>();
        let counts = [
            words::count(self.files.len(), "file"),
            words::count(of(|file| file.actions.len()), "action"),
            words::count(of(|file| file.decisions.len()), "decision"),
            words::count(of(|file| file.questions.len()), "question"),
        ];
        page.gap();
        page.aside(&counts.join(" · "));
    }
}
