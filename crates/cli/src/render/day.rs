//! The day as a column: what was, now, and what comes, each with its brief.

use throughline_app::model::MeetingStatus;
use throughline_app::view::{Action, Brief, Meeting, Today, TodayMeeting, When};

use super::brief::{Most, last_met, sections};
use super::page::{Page, Row, total};
use super::span::{Span, Tone};
use super::{Look, Show, item, meeting, short, sign};
use crate::text::width;
use crate::words;

const INDENT: &str = "         ";
const AT_A_GLANCE: Most = Most { actions: 3, others: 2, rest: false };
/// Gaps shorter than this are not free time.
const FREE_MINUTES: i64 = 30;

impl Show for Today {
    fn show(&self, page: &mut Page<'_>) {
        let look = page.look;
        let today = look.today();
        let near = Some(words::day(self.date, today)).filter(|near| ["tomorrow", "yesterday"].contains(&near.as_str()));
        let meetings = (!self.meetings.is_empty()).then(|| words::count(self.meetings.len(), "meeting"));
        let late = (self.overdue_total > 0).then(|| format!("{} late", self.overdue_total));
        let note: Vec<_> = [near, meetings, late].into_iter().flatten().collect();
        page.title(&words::long_day(self.date, today), [Span::quiet(note.join(" · "))]);
        page.gap();
        let mut now_to_come = self.date == today;
        let mut busy_until: Option<When> = None;
        for TodayMeeting { meeting, brief } in &self.meetings {
            if now_to_come && !meeting.all_day && is_to_come(meeting, look) {
                now(page);
                now_to_come = false;
                // Time that is gone was free for nobody.
                busy_until = busy_until.max(Some(When::at(look.now, look.zone)));
            }
            if let Some(free) = busy_until.and_then(|end| free(end, meeting)) {
                aside(page, &format!("{} free", words::span(free)));
            }
            row(page, meeting);
            let over = self.date == today && is_over(meeting, look);
            let skipped = meeting::declined(meeting, look) || meeting.status == MeetingStatus::Cancelled;
            about(page, meeting, last_met(brief, look).filter(|_| !over && !meeting.all_day));
            if !over && !skipped && !meeting.all_day {
                if sections(page, brief, INDENT, AT_A_GLANCE) {
                    page.gap();
                } else if !meeting.has_notes {
                    aside(page, "no agenda yet");
                }
            }
            if !meeting.all_day && !skipped {
                busy_until = busy_until.max(Some(meeting.end));
            }
        }
        if self.meetings.is_empty() {
            page.say(if self.date == today { "No meetings today." } else { "No meetings that day." });
        } else if now_to_come {
            now(page);
        }
        if self.meetings.iter().any(|today| is_cut(&today.brief)) {
            page.gap();
            aside(page, "`throughline brief ID` has the rest.");
        }
        actions(page, "Late", &self.overdue, self.overdue_total);
        actions(page, "Open", &self.actions, self.actions_total);
        if self.overdue.is_empty() && self.actions.is_empty() {
            page.gap();
            page.aside("You have no open actions.");
        }
    }
}

/// Whether a brief has more than is told at a glance.
fn is_cut(brief: &Brief) -> bool {
    let Most { actions, others, .. } = AT_A_GLANCE;
    let totals = brief.totals;
    totals.mine.max(totals.theirs) > actions || totals.questions.max(totals.decisions).max(totals.changes) > others
}

fn actions(page: &mut Page<'_>, name: &str, actions: &[Action], count: usize) {
    const MOST: usize = 12;
    if actions.is_empty() {
        return;
    }
    page.heading(name, count);
    for action in actions.iter().take(MOST) {
        let mut body = item::action_text(action);
        let mut right = item::action_when(action, page.look);
        right.push(Span::quiet_raw(format!("  {}", short(action.id))));
        if let Some(title) = &action.meeting_title {
            let day = action.meeting_date.map(|date| format!(", {}", words::day(date, page.look.today())));
            let from = Span::quiet(format!(" ({title}{})", day.unwrap_or_default()));
            // Where it was said is told where there is room for it.
            if total(&body) + total(&right) + width(&from.text) + 4 <= page.look.width {
                body.push(from);
            }
        }
        let lead = vec![sign::action(action), Span::plain_raw(" ")];
        page.row(Row { lead, hang: vec![Span::plain_raw("  ")], body, right });
    }
    if count > MOST {
        let flag = if name == "Late" { "--overdue" } else { "--open" };
        let rest = count - MOST;
        page.aside(&format!("  and {rest} more: throughline actions --owner me {flag}"));
    }
}

fn row(page: &mut Page<'_>, meeting: &Meeting) {
    let look = page.look;
    let over = is_over(meeting, look);
    let clock = match meeting.start {
        When::At(start) => words::clock(start.with_timezone(&look.zone).time()),
        When::Date(_) => "all day".to_owned(),
    };
    let mut title = meeting::title(meeting, look);
    if over && title.tone == Tone::Strong {
        title.tone = Tone::Quiet;
    }
    let when = match (meeting::state(meeting, look), meeting.start) {
        (Some(state), _) => Span::quiet(state),
        (None, When::Date(_)) => Span::quiet(""),
        (None, _) if over => Span::quiet("over"),
        (None, start) if start.date() != look.today() => Span::quiet(""),
        (None, _) if !is_to_come(meeting, look) => Span::accent("now"),
        (None, start) => Span::accent(words::moment(start, look)),
    };
    page.row(Row {
        lead: vec![Span::quiet_raw(format!("{clock:>7}  "))],
        hang: vec![Span::plain_raw(INDENT)],
        body: vec![title],
        right: vec![when, Span::quiet_raw(format!("  {}", short(meeting.id)))],
    });
}

fn about(page: &mut Page<'_>, meeting: &Meeting, last_met: Option<String>) {
    let look = page.look;
    let parts = [
        (!meeting.all_day).then(|| meeting::length(meeting)),
        meeting::company(meeting, look),
        meeting::place(meeting),
        meeting::my_part(meeting).map(str::to_owned),
        last_met,
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    if !parts.is_empty() {
        aside(page, &parts.join(" · "));
    }
}

fn aside(page: &mut Page<'_>, text: &str) {
    let lead = vec![Span::plain_raw(INDENT)];
    page.row(Row { hang: lead.clone(), lead, body: vec![Span::quiet(text)], right: vec![] });
}

fn now(page: &mut Page<'_>) {
    let clock = words::clock(page.look.now.with_timezone(&page.look.zone).time());
    page.rule(&format!("  {clock}"), "now");
}

fn is_over(meeting: &Meeting, look: &Look) -> bool {
    match meeting.end {
        When::At(end) => end <= look.now,
        When::Date(end) => end <= look.today(),
    }
}

fn is_to_come(meeting: &Meeting, look: &Look) -> bool {
    matches!(meeting.start, When::At(start) if start > look.now)
}

/// Minutes between two meetings, where they are worth telling.
fn free(from: When, meeting: &Meeting) -> Option<i64> {
    let (When::At(from), When::At(to)) = (from, meeting.start) else { return None };
    Some((to - from).num_minutes()).filter(|minutes| *minutes >= FREE_MINUTES)
}
