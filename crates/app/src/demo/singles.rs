//! Meetings that do not recur, as a table, and where they fall.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveTime, Utc, Weekday};
use chrono_tz::Tz;
use throughline_core::model::resolve_local;

use super::series::Call::{self, Meet, None as NoCall, Teams, Zoom};
use super::today::Day;

/// What an entry is, and what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Normal,
    Declined,
    Cancelled,
    Tentative,
    Focus,
    Away,
    Location,
}
use State::{Away, Cancelled, Declined, Focus, Location, Normal, Tentative};

/// When a single meeting is, in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// So many days from today, at hour and minute, for so many minutes; off weekends, and never today.
    At(i64, i64, i64, i64),
    /// From so many days from today, for so many whole days; off weekends.
    Days(i64, i64),
    /// Today, where [`Day::slot`] says.
    Today,
}
use Slot::{At, Days, Today};

/// One single meeting.
pub(super) struct Single {
    pub(super) key: &'static str,
    pub(super) title: &'static str,
    slot: Slot,
    pub(super) organizer: &'static str,
    pub(super) guests: &'static [&'static str],
    pub(super) room: &'static str,
    pub(super) call: Call,
    pub(super) state: State,
}

/// When a single meeting is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    Timed(DateTime<Utc>, DateTime<Utc>),
    AllDay(NaiveDate, NaiveDate),
}

impl Span {
    pub(super) fn date(self, zone: Tz) -> NaiveDate {
        match self {
            Self::Timed(start, _) => start.with_timezone(&zone).date_naive(),
            Self::AllDay(start, _) => start,
        }
    }
}

impl Single {
    pub(super) fn span(&self, day: &Day) -> Span {
        match self.slot {
            Today => {
                let start = day.slot(self.key).unwrap_or(day.now);
                Span::Timed(start, start + Duration::minutes(Day::length(self.key)))
            }
            Days(days, long) => {
                let start = if days == 0 { day.today } else { working(day.today + Duration::days(days)) };
                Span::AllDay(start, start + Duration::days(long))
            }
            At(days, hour, minute, long) => {
                let mut date = working(day.today + Duration::days(days));
                while date == day.today || matches!(date.weekday(), Weekday::Sat | Weekday::Sun) {
                    date += Duration::days(days.signum());
                }
                let start =
                    resolve_local(date.and_time(NaiveTime::MIN) + Duration::minutes(hour * 60 + minute), day.zone);
                Span::Timed(start, start + Duration::minutes(long))
            }
        }
    }
}

/// The Monday after, on a weekend.
fn working(date: NaiveDate) -> NaiveDate {
    match date.weekday() {
        Weekday::Sat => date + Duration::days(2),
        Weekday::Sun => date + Duration::days(1),
        _ => date,
    }
}

macro_rules! singles {
    ($($key:literal $title:literal $slot:expr, $organizer:literal [$($guest:literal)*] $room:literal $call:ident $state:ident;)+) => {
        &[$(Single {
            key: $key, title: $title, slot: $slot, organizer: $organizer,
            guests: &[$($guest),*], room: $room, call: $call, state: $state,
        }),+]
    };
}

pub(super) const SINGLES: &[Single] = singles! {
    // Today.
    "today-freeze" "Release freeze" Days(0, 1), "leo" ["priya" "lucia" "hugo"] "" NoCall Normal;
    "today-vendor" "Vendor demo: Portico" Today, "tessa" ["lucia" "bruno"] "" Teams Declined;
    "today-debrief" "Hiring: staff engineer, debrief" Today, "greta" ["priya" "leo" "sam"] "Elm" NoCall Normal;
    "today-board" "Board preparation" Today, "alex" ["dana" "ravi"] "" Meet Normal;
    // Acme.
    "acme-sales" "Acme: sales call on phase two" At(-275, 15, 0, 45), "theo" ["tom" "lena"] "" Zoom Normal;
    "acme-kickoff" "Acme phase one kick-off" At(-348, 9, 30, 120), "tom" ["lena" "jo" "priya" "theo" "mei"] "Oak" Zoom Normal;
    "acme-dataprotection" "Acme: data protection review" At(-88, 13, 30, 60), "jo" ["lena" "kofi" "clara"] "" Zoom Normal;
    "acme-contract" "Acme contract call" At(-40, 16, 30, 30), "theo" ["jo" "henrik" "rita"] "" Zoom Normal;
    "acme-phase-two" "Acme phase two kick-off" At(66, 9, 30, 180), "tom" ["lena" "jo" "paula" "priya" "theo"] "Oak" Zoom Tentative;
    // Northwind.
    "northwind-renewal" "Northwind renewal workshop" At(-96, 15, 0, 120), "theo" ["walter" "grace" "rita"] "" Teams Normal;
    "northwind-legal" "Northwind: redlines with counsel" At(-47, 16, 0, 60), "grace" ["theo" "devon"] "" Teams Normal;
    "northwind-signing" "Northwind: signing call" At(15, 16, 30, 30), "walter" ["grace" "theo"] "" Teams Tentative;
    // Straits.
    "straits-kickoff" "Straits Logistics kick-off" At(-236, 9, 0, 90), "wei" ["siti" "marcus" "joyce" "leo" "theo"] "" Zoom Normal;
    "straits-rehearsal" "Straits: go-live rehearsal" At(-25, 8, 30, 60), "leo" ["siti" "marcus" "oskar"] "" Zoom Normal;
    "straits-onsite" "Straits on-site week: planning" At(31, 9, 30, 45), "leo" ["wei" "theo"] "" Zoom Normal;
    // Security, incidents.
    "audit-opening" "Security audit: opening" At(-190, 10, 0, 60), "kofi" ["lucia" "priya" "dana"] "Oak" Meet Normal;
    "pentest" "Penetration test readout" At(-110, 13, 0, 60), "kofi" ["leo" "lucia" "ben"] "Birch" Meet Normal;
    "audit-closing" "Security audit: closing" At(-33, 13, 30, 60), "kofi" ["dana" "lucia" "priya"] "Oak" Meet Normal;
    "audit-follow" "Security audit: follow-up" At(23, 13, 30, 45), "kofi" ["lucia" "priya"] "" Meet Normal;
    "incident-call" "Incident: delivery queue stalled" At(-51, 7, 30, 90), "lucia" ["sam" "ben" "priya"] "" Meet Normal;
    "incident-review" "Incident review" At(-46, 15, 0, 60), "priya" ["sam" "lucia" "jo" "ben"] "Birch" Meet Normal;
    // Money, people, company.
    "budget-first" "Budget: first pass" At(-104, 10, 0, 90), "rita" ["dana" "ravi" "theo"] "Redwood" NoCall Normal;
    "budget-final" "Budget: final numbers" At(-61, 10, 0, 60), "rita" ["dana" "ellen"] "Redwood" NoCall Normal;
    "reorg-leads" "Support and Platform: leads" At(-132, 16, 0, 60), "dana" ["isaac" "priya" "greta"] "Oak" NoCall Normal;
    "reorg-questions" "Support and Platform: questions" At(-124, 11, 30, 45), "dana" ["isaac" "priya" "sam" "mei" "lucia" "hugo"] "Redwood" Meet Normal;
    "calibration" "Calibration" At(-83, 13, 0, 120), "greta" ["dana" "ravi" "leo"] "Redwood" NoCall Normal;
    "harbor-spring" "Harbor Ventures check-in" At(-143, 17, 0, 30), "ingrid" ["ellen" "rita"] "" Zoom Normal;
    "harbor-autumn" "Harbor Ventures check-in" At(-54, 17, 0, 30), "ingrid" ["ellen" "rita" "victor"] "" Zoom Normal;
    "planning-1" "Quarter planning" At(-338, 9, 0, 180), "dana" ["ravi" "priya" "leo" "theo" "lucia"] "Redwood" NoCall Normal;
    "planning-2" "Quarter planning" At(-247, 9, 0, 180), "dana" ["ravi" "priya" "leo" "theo" "lucia"] "Redwood" NoCall Normal;
    "planning-3" "Quarter planning" At(-157, 9, 0, 180), "dana" ["ravi" "priya" "leo" "theo" "lucia"] "Redwood" NoCall Normal;
    "planning-4" "Quarter planning" At(-66, 9, 0, 180), "dana" ["ravi" "priya" "leo" "theo" "lucia"] "Redwood" NoCall Normal;
    "planning-5" "Quarter planning" At(24, 9, 0, 180), "dana" ["ravi" "priya" "leo" "theo" "lucia"] "Redwood" NoCall Normal;
    "allhands-1" "All-hands" At(-300, 17, 0, 45), "ellen" ["dana" "rita" "greta" "priya" "leo" "ravi" "theo"] "" Zoom Normal;
    "allhands-2" "All-hands" At(-209, 17, 0, 45), "ellen" ["dana" "rita" "greta" "priya" "leo" "ravi" "theo"] "" Zoom Normal;
    "allhands-3" "All-hands" At(-118, 17, 0, 45), "ellen" ["dana" "rita" "greta" "priya" "leo" "ravi" "theo"] "" Zoom Normal;
    "allhands-4" "All-hands" At(-27, 17, 0, 45), "ellen" ["dana" "rita" "greta" "priya" "leo" "ravi" "theo"] "" Zoom Normal;
    "allhands-5" "All-hands" At(64, 17, 0, 45), "ellen" ["dana" "rita" "greta" "priya" "leo" "ravi" "theo"] "" Zoom Normal;
    "offsite" "Leads offsite" Days(-171, 2), "dana" ["priya" "ravi" "leo" "lucia" "greta" "theo"] "" NoCall Normal;
    // Hiring.
    "tomas-screen" "Interview: Tomas Rivera, screen" At(-159, 14, 0, 45), "greta" ["tomas"] "" Zoom Normal;
    "tomas-system" "Interview: Tomas Rivera, system design" At(-150, 13, 0, 60), "greta" ["tomas" "leo"] "" Zoom Normal;
    "hana-screen" "Interview: Hana Sato, screen" At(-18, 9, 30, 45), "greta" ["hana"] "" Zoom Normal;
    "hana-system" "Interview: Hana Sato, system design" At(-6, 13, 0, 60), "greta" ["hana" "leo" "priya"] "Elm" Zoom Normal;
    "offer-call" "Offer call, staff engineer" At(6, 16, 0, 30), "fiona" ["greta"] "" Zoom Tentative;
    // Product.
    "research" "Onboarding research: readout" At(-183, 11, 0, 60), "ana" ["nils" "jonas" "ravi"] "Elm" Meet Normal;
    "copy-review" "Onboarding copy, with Carla" At(-118, 10, 0, 45), "ana" ["carla" "jonas"] "" Meet Normal;
    "pricing-page" "Pricing page review" At(-37, 11, 30, 45), "ravi" ["ana" "theo" "carla"] "" Meet Normal;
    "portico-price" "Portico: the new price list" At(-76, 15, 0, 45), "bruno" ["rita" "lucia" "tessa"] "" Teams Normal;
    "portico-roadmap" "Portico roadmap webinar" At(-28, 17, 0, 60), "tessa" ["lucia"] "" Teams Cancelled;
    "legal-training" "Contract law in an hour" At(-72, 12, 0, 60), "rita" ["theo" "ravi"] "" Zoom Declined;
    "party" "Winter dinner" At(33, 18, 30, 180), "greta" ["dana" "priya" "leo" "ravi" "theo" "lucia" "sam" "mei"] "" NoCall Normal;
    // The user's own.
    "focus-1" "Focus time" At(-58, 9, 0, 120), "alex" [] "" NoCall Focus;
    "focus-2" "Focus time" At(-44, 9, 0, 120), "alex" [] "" NoCall Focus;
    "focus-3" "Focus: board papers" At(-30, 13, 0, 180), "alex" [] "" NoCall Focus;
    "focus-4" "Focus time" At(-15, 9, 0, 120), "alex" [] "" NoCall Focus;
    "focus-5" "Focus: planning notes" At(8, 13, 0, 120), "alex" [] "" NoCall Focus;
    "focus-6" "Focus time" At(19, 9, 0, 120), "alex" [] "" NoCall Focus;
    "holiday" "Away: summer" Days(-112, 5), "alex" [] "" NoCall Away;
    "away" "Away" Days(46, 2), "alex" [] "" NoCall Away;
    "home-1" "Working from home" Days(-10, 1), "alex" [] "" NoCall Location;
    "home-2" "Working from home" Days(11, 1), "alex" [] "" NoCall Location;
};
