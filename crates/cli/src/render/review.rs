//! The review, its trend, and a message to an owner.

use throughline_app::view::{Ask, Review, ReviewItem, ReviewWhy, Trend};

use super::item::{action_when, owned_action_text};
use super::page::{Page, Row};
use super::span::{Span, Tone};
use super::{Show, short, sign};
use crate::words;

impl Show for Review {
    fn show(&self, page: &mut Page<'_>) {
        if self.left == 0 {
            page.say("Nothing is left to look at.");
        }
        for (why, heading, count) in [
            (ReviewWhy::Overdue, "Overdue", self.counts.overdue),
            (ReviewWhy::Unowned, "Of nobody", self.counts.unowned),
            (ReviewWhy::Undated, "Without a day", self.counts.undated),
            (ReviewWhy::Stale, "Untouched for long", self.counts.stale),
        ] {
            if count == 0 {
                continue;
            }
            page.heading(heading, words::number(count));
            let items: Vec<_> = self.items.iter().filter(|item| item.why == why).collect();
            let more = count - items.len().min(count);
            items.into_iter().for_each(|item| show(page, item));
            if more > 0 {
                page.aside(&format!("  and {} more", words::number(more)));
            }
        }
        page.gap();
        let done =
            if self.done_today > 0 { format!(" · {} worked off today", self.done_today) } else { String::new() };
        page.aside(&format!("{} left{done}", words::number(self.left)));
    }
}

fn show(page: &mut Page<'_>, item: &ReviewItem) {
    let action = &item.action;
    let mut right = action_when(action, page.look);
    right.push(Span::quiet_raw(format!("  {}", short(action.id))));
    page.row(Row {
        lead: vec![sign::kind("action"), Span::plain_raw(" ")],
        hang: vec![Span::quiet_raw("│ ")],
        body: owned_action_text(action, page.look),
        right,
    });
    let today = page.look.today();
    for past in &item.history {
        let line = format!("{} {}", words::day(past.at.date(), today), words::with_days(&past.what, today));
        let lead = vec![Span::quiet_raw("│ ")];
        page.row(Row { hang: lead.clone(), lead, body: vec![Span::quiet(line)], right: vec![] });
    }
}

impl Show for Trend {
    fn show(&self, page: &mut Page<'_>) {
        let most = self.weeks.iter().map(|week| week.open).max().unwrap_or_default().max(1);
        page.heading("Open at the end of each week", "");
        for week in &self.weeks {
            let bar = |count: u32| "━".repeat(usize::try_from(u64::from(count) * 24 / u64::from(most)).unwrap_or(0));
            let (late, rest) = (bar(week.late), bar(week.open - week.late.min(week.open)));
            page.row(Row {
                lead: vec![Span::plain_raw("  ")],
                hang: vec![Span::plain_raw("  ")],
                body: vec![
                    Span::quiet_raw(format!("{:<12}", words::far_day(week.week, page.look.today()))),
                    Span::raw(late, Tone::Late),
                    Span::raw(rest, Tone::Accent),
                ],
                right: vec![Span::quiet_raw(format!(
                    "{} open, {} late · {} new, {} closed",
                    week.open, week.late, week.opened, week.closed
                ))],
            });
        }
    }
}

impl Show for Ask {
    fn show(&self, page: &mut Page<'_>) {
        page.field("To", Some(self.to.as_deref().unwrap_or("(nobody yet)")));
        page.field("Subject", Some(&self.subject));
        page.gap();
        self.body.lines().for_each(|line| page.say(line));
    }
}
