//! Where the time went.

use throughline_app::view::{InsightPlace, Insights};

use super::page::{Page, Row};
use super::span::{Span, Tone};
use super::{Show, short, sign};
use crate::words;

/// Of each list, so many are told.
const MOST: usize = 10;

impl Show for Insights {
    fn show(&self, page: &mut Page<'_>) {
        let today = page.look.today();
        let hours = if (self.hours - 1.0).abs() < 0.05 { "hour" } else { "hours" };
        let span = format!("{} – {}", words::far_day(self.from, today), words::far_day(self.to, today));
        page.title(
            &format!("{} {hours} in {}", self.hours, words::count(self.meetings.len(), "meeting")),
            [Span::quiet(span)],
        );
        let most = self.weeks.iter().map(|week| week.hours).fold(1.0, f64::max);
        page.heading("By week", "");
        for week in &self.weeks {
            let bar = Span::raw(bar(week.hours / most), Tone::Accent);
            let name = Span::quiet_raw(format!("{:<12}", words::far_day(week.week, today)));
            line(page, vec![name, bar], format!("{} h in {}", week.hours, words::count(week.meetings, "meeting")));
        }
        places(page, "People", "person", &self.people.iter().collect::<Vec<_>>());
        places(page, "Organizations", "organization", &self.organizations.iter().collect::<Vec<_>>());
        places(page, "Series", "series", &self.series.iter().map(|series| &series.place).collect::<Vec<_>>());
        let empty: Vec<_> = self.no_outcome_series.iter().map(|series| &series.place).collect();
        places(page, "Series that yielded nothing", "series", &empty);
        if !self.no_purpose.is_empty() {
            page.heading("Without a purpose", self.no_purpose.len());
        }
        let promises = &self.promises;
        page.heading("Your promises due in this time", "");
        let counts = [
            (promises.kept_on_time, "on time"),
            (promises.kept_late, "kept late"),
            (promises.open, "not due yet"),
            (promises.late, "late"),
            (promises.dropped, "dropped"),
        ];
        let told: Vec<_> = counts.iter().map(|(count, what)| format!("{count} {what}")).collect();
        line(page, vec![Span::plain_raw(told.join(" · "))], String::new());
    }
}

fn line(page: &mut Page<'_>, body: Vec<Span>, right: String) {
    let indent = vec![Span::plain_raw("  ")];
    page.row(Row { lead: indent.clone(), hang: indent, body, right: vec![Span::quiet(right)] });
}

fn places(page: &mut Page<'_>, heading: &str, kind: &str, places: &[&InsightPlace]) {
    if places.is_empty() {
        return;
    }
    page.heading(heading, places.len());
    for place in places.iter().take(MOST) {
        page.row(Row {
            lead: vec![sign::kind(kind), Span::plain_raw(" ")],
            hang: vec![Span::plain_raw("  ")],
            body: vec![Span::plain(&place.name)],
            right: vec![
                Span::quiet(format!("{} h in {}", place.hours, words::count(place.meetings, "meeting"))),
                Span::quiet_raw(format!("  {:>8}", short(&place.id))),
            ],
        });
    }
    if places.len() > MOST {
        page.aside(&format!("  and {} more", places.len() - MOST));
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 24")]
fn bar(share: f64) -> String {
    "━".repeat((share * 24.0).round().clamp(0.0, 24.0) as usize)
}
