//! A client's register before it is handed over, an older one beside the vault, and decisions that may not go together.

use throughline_app::view::{
    Contradictions, EntryState, Register, RegisterCalledOff, RegisterCheck, RegisterCheckEntry, RegisterEntry,
    ThirdParty,
};

use super::item::decision_row;
use super::page::{Page, Row};
use super::span::{Span, Tone, sentence};
use super::{Show, short};
use crate::words;

/// What to look at before the document goes out, as lines; empty where there is nothing.
pub fn flags(register: &Register) -> String {
    let mut text = String::new();
    for party in &register.third_parties {
        text.push_str(&format!("^{}: {}\n", party.entry, party_line(party)));
    }
    for anchor in &register.superseded_outside {
        text.push_str(&format!("^{anchor}: superseded in the vault, by what is not theirs to see\n"));
    }
    for off in &register.called_off {
        text.push_str(&format!("{}\n", off_line(off, register.generated_at.date())));
    }
    if text.is_empty() { text } else { format!("Look at this before you hand it over:\n{text}") }
}

/// What is left out with a meeting that was called off, and how it comes in.
fn off_line(off: &RegisterCalledOff, today: chrono::NaiveDate) -> String {
    let (entries, day) = (words::count(off.entries, "entry"), words::far_day(off.date, today));
    format!(
        "{entries} of “{}” of {day} left out: the calendar called it off. If it was held: `throughline meeting edit {} --held yes`",
        off.meeting_title,
        short(off.meeting_id)
    )
}

fn party_line(party: &ThirdParty) -> String {
    let place = match party.place {
        "text" => "in the words",
        "rationale" => "in the reasons",
        "meeting" => "in the meeting's title",
        "decided_by" => "decided it",
        "owners" => "is to do it",
        "present" => "was there",
        "confirmed" => "confirmed it",
        _ => "got the recap",
    };
    format!("{} ({place})", party.name)
}

impl Show for Register {
    fn show(&self, page: &mut Page<'_>) {
        page.title(&format!("Register of {}", self.organization), []);
        let today = page.look.today();
        let range = match (self.from, self.to) {
            (None, None) => "all meetings".to_owned(),
            (Some(from), Some(to)) => format!("{} – {}", words::far_day(from, today), words::far_day(to, today)),
            (Some(from), None) => format!("since {}", words::far_day(from, today)),
            (None, Some(to)) => format!("up to {}", words::far_day(to, today)),
        };
        page.aside(&format!("{range} · {}", words::count(self.entries.len(), "entry")));
        if !(self.third_parties.is_empty() && self.superseded_outside.is_empty() && self.called_off.is_empty()) {
            page.heading("Look at this before you hand it over", "");
            for party in &self.third_parties {
                flag(page, &party_line(party), &party.entry);
            }
            for anchor in &self.superseded_outside {
                flag(page, "superseded in the vault, by what is not theirs to see", anchor);
            }
            for off in &self.called_off {
                let lead = vec![Span::new("! ", Tone::Late)];
                let body = vec![Span::plain(off_line(off, today))];
                page.row(Row { lead, hang: vec![Span::plain_raw("  ")], body, right: vec![] });
            }
        }
        for entries in self.entries.chunk_by(|a, b| (a.date, &a.meeting_title) == (b.date, &b.meeting_title)) {
            if let Some(first) = entries.first() {
                page.heading(&words::long_day(first.date, today), format!("· {}", first.meeting_title));
                let label = if first.present_known { "present" } else { "invited" };
                page.aside(&format!("{label}: {}", first.present.join(", ")));
                if !first.invited.is_empty() {
                    page.aside(&format!("invited: {}", first.invited.join(", ")));
                }
            }
            entries.iter().for_each(|entry| row(page, entry));
        }
        page.gap();
        page.aside(&format!("Head of the change log: {}", self.head));
        page.aside("With --format markdown, csv or html this is printed as a document.");
    }
}

fn flag(page: &mut Page<'_>, what: &str, anchor: &str) {
    let lead = vec![Span::new("! ", Tone::Late)];
    let right = vec![Span::quiet(format!("^{anchor}"))];
    page.row(Row { lead, hang: vec![Span::plain_raw("  ")], body: vec![Span::plain(what)], right });
}

fn row(page: &mut Page<'_>, entry: &RegisterEntry) {
    let today = page.look.today();
    let sign = if entry.kind == "decision" { Span::accent("◆") } else { Span::new("○", Tone::Open) };
    let tone = if matches!(entry.status.as_str(), "superseded" | "dropped") { Tone::Quiet } else { Tone::Plain };
    let right = vec![Span::quiet(&entry.status), Span::quiet_raw(format!("  ^{}", entry.anchor))];
    let hang = vec![Span::plain_raw("  ")];
    page.row(Row {
        lead: vec![sign, Span::plain_raw(" ")],
        hang: hang.clone(),
        body: sentence(&entry.text, tone),
        right,
    });
    let people = if entry.kind == "decision" { &entry.decided_by } else { &entry.owners };
    let due = entry.due.map(|due| format!("due {}", words::far_day(due, today)));
    let changed = if entry.changed_since { "changed since" } else { "unchanged" };
    let confirmed = |before: bool| {
        let said: Vec<&str> =
            entry.confirmed.iter().filter(|s| s.before_change == before).map(|s| s.by.as_str()).collect();
        let when = if before { " before that" } else { "" };
        (!said.is_empty()).then(|| format!("confirmed by {}{when}", words::names(said.into_iter())))
    };
    let sent = (!entry.recap_sent.is_empty()).then(|| "recap sent".to_owned());
    let by = (!people.is_empty()).then(|| people.join(", "));
    let parts = [by, due, Some(changed.to_owned()), confirmed(true), confirmed(false), sent];
    let about = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    page.row(Row { lead: hang.clone(), hang, body: vec![Span::quiet(about)], right: vec![] });
    for line in entry.rationale.iter().flat_map(|why| why.lines()) {
        page.aside(&format!("  {line}"));
    }
}

impl Show for RegisterCheck {
    fn show(&self, page: &mut Page<'_>) {
        page.title(&format!("Register of {}", self.organization), []);
        let head = if self.head_found { "is in the change log" } else { "is not in the change log" };
        page.say(&format!("Its head {head}."));
        if !self.log_whole {
            page.say("The change log itself was altered; `throughline doctor` says where.");
        }
        if let Some(strange) = &self.strange {
            page.say(&format!("It holds more, or other, than a register does: near line {}.", strange.line));
            if !strange.text.is_empty() {
                page.aside(&format!("  {}", strange.text));
            }
        }
        self.differs.iter().filter_map(|what| of_itself(self, what)).for_each(|said| page.say(&said));
        match &self.organization_is {
            Some(is) if *is != self.organization => page.aside(&format!("Called {is} now.")),
            _ => {}
        }
        let of = |state: EntryState| self.entries.iter().filter(|entry| entry.state == state).count();
        page.aside(&format!(
            "{} unchanged, {} changed, {} missing",
            of(EntryState::Unchanged),
            of(EntryState::Changed),
            of(EntryState::Missing)
        ));
        if let Some(told) = self.entries_told.filter(|told| *told != self.entries.len()) {
            page.say(&format!("It says that it has {}, and has {}.", words::count(told, "entry"), self.entries.len()));
        }
        self.entries
            .iter()
            .filter(|entry| entry.state != EntryState::Unchanged)
            .for_each(|entry| check_row(page, entry));
        let since: Vec<_> = self.entries.iter().filter_map(|entry| Some((entry, since(page, entry)?))).collect();
        if !since.is_empty() {
            page.heading("What became of it since", since.len());
        }
        for (entry, since) in since {
            let right = vec![Span::quiet(since), Span::quiet_raw(format!("  {}", mark(entry)))];
            let (lead, body) = (vec![Span::quiet("• ")], sentence(&entry.was, Tone::Plain));
            page.row(Row { lead, hang: vec![Span::plain_raw("  ")], body, right });
        }
        if !self.left_out.is_empty() {
            page.heading("Left out of it", self.left_out.len());
            page.aside("These stood in the vault when it was made.");
        }
        for left in &self.left_out {
            let right = vec![
                Span::quiet(words::far_day(left.date, page.look.today())),
                Span::quiet_raw(format!("  ^{}", left.anchor)),
            ];
            let body = sentence(&left.text, Tone::Plain);
            page.row(Row { lead: vec![Span::new("! ", Tone::Late)], hang: vec![Span::plain_raw("  ")], body, right });
        }
    }
}

/// What a document says of itself and cannot be so.
fn of_itself(check: &RegisterCheck, what: &str) -> Option<String> {
    Some(match what {
        "organization" if check.organization_is.is_none() => {
            format!("No organization of the vault is or was called {}.", check.organization)
        }
        "organization" => format!("It has entries of meetings that nobody of {} was at.", check.organization),
        "range" => "Its entries are not of the days that it says it is over.".to_owned(),
        "made" => "It cannot have been made when it says.".to_owned(),
        "zone" => "There is no such time zone as it says.".to_owned(),
        // Where the sum differs, that is told.
        "entries" if check.entries_told == Some(check.entries.len()) => {
            "It does not have as many decisions and commitments as it says.".to_owned()
        }
        "entries" if check.entries_told.is_none() => "It does not say how many entries it has.".to_owned(),
        _ => return None,
    })
}

/// What an entry was then and has become, where that is not the same and was so.
fn since(page: &Page<'_>, entry: &RegisterCheckEntry) -> Option<String> {
    let is = entry.status_is.as_deref().filter(|is| *is != entry.status_was)?;
    if entry.differs.iter().any(|what| what == "status") {
        return None;
    }
    let was = if entry.status_was == "holds" { "held" } else { &entry.status_was };
    let today = page.look.today();
    let by = entry.superseded_by.as_ref().map(|by| {
        let day = by.date.map(|date| format!(" of {}", words::far_day(date, today)));
        format!(" by ^{}{}", by.anchor, day.unwrap_or_default())
    });
    let on = entry.status_since.map(|at| format!(" on {}", words::far_day(at.date(), today)));
    Some(format!("{was} then, {is} now{}", by.or(on).unwrap_or_default()))
}

fn mark(entry: &RegisterCheckEntry) -> String {
    if entry.anchor.is_empty() { "without a mark".to_owned() } else { format!("^{}", entry.anchor) }
}

fn check_row(page: &mut Page<'_>, entry: &RegisterCheckEntry) {
    page.gap();
    let state = if entry.state == EntryState::Missing {
        "missing".to_owned()
    } else {
        format!("changed: {}", entry.differs.join(", ").replace('_', " "))
    };
    let right = vec![Span::new(state, Tone::Late), Span::quiet_raw(format!("  {}", mark(entry)))];
    page.row(Row {
        lead: vec![Span::quiet("was ")],
        hang: vec![Span::plain_raw("    ")],
        body: sentence(&entry.was, Tone::Quiet),
        right,
    });
    if let Some(is) = &entry.is {
        page.row(Row {
            lead: vec![Span::quiet("is  ")],
            hang: vec![Span::plain_raw("    ")],
            body: sentence(is, Tone::Plain),
            right: vec![],
        });
    }
    if entry.differs.iter().any(|what| what == "status") {
        let is = entry.status_is.as_deref().unwrap_or_default();
        page.aside(&format!("    {} was never its status at that head; now it is {is}", entry.status_was));
    }
}

impl Show for Contradictions {
    fn show(&self, page: &mut Page<'_>) {
        if self.pairs.is_empty() {
            page.say("No two decisions that hold look as if they did not go together.");
            page.aside("Compared are decisions on one topic that are about the same matter.");
            return;
        }
        for pair in &self.pairs {
            page.heading(&format!("#{}", pair.topic), "");
            decision_row(page, &pair.a, false);
            decision_row(page, &pair.b, false);
            page.aside(&format!("  {}", pair.why));
        }
        if self.total > self.pairs.len() {
            page.gap();
            page.say(&format!("These are the newest {} of {}.", self.pairs.len(), self.total));
            page.aside("`--topic` and `--org` look at fewer.");
        }
        page.gap();
        page.aside("`throughline decision supersede OLD NEW` says that one took the place of the other.");
    }
}
