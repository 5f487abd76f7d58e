//! A vault of the size the product is measured at.

mod words;

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveTime, Utc, Weekday};
use chrono_tz::Tz;
use throughline_core::model::{NotePart, resolve_local};

use super::DemoNote;
use super::ics::{Event, Guest, When, calendar, utc};
use super::prng::Prng;
use words::{first_name, note, surname};

/// Occurrences of each series, once a week.
const WEEKS: usize = 48;

/// How much to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LargeSize {
    /// Meetings after expansion: two thirds in weekly series, the rest single.
    pub meetings: usize,
    /// Attendances over all meetings, the user's own among them.
    pub attendances: usize,
    /// Meetings of the past that have notes.
    pub notes: usize,
    /// Items over all notes, spread evenly.
    pub items: usize,
    /// People, the user among them.
    pub people: usize,
    /// Organizations they belong to.
    pub organizations: usize,
}

impl Default for LargeSize {
    fn default() -> Self {
        Self { meetings: 20_000, attendances: 200_000, notes: 5_000, items: 60_000, people: 2_000, organizations: 150 }
    }
}

/// A large vault's calendars and notes, to be loaded by the ordinary ways.
#[derive(Debug, Clone, PartialEq)]
pub struct Large {
    /// The user's name.
    pub me_name: String,
    /// The user's address.
    pub me_email: String,
    /// The calendars, each one `.ics`; together they hold [`LargeSize::meetings`] meetings, none twice, all between two
    /// years before and one year after.
    pub calendars: Vec<LargeCalendar>,
    /// Notes, by `at`; none later than `now`.
    pub notes: Vec<DemoNote>,
}

/// One calendar of a large vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LargeCalendar {
    /// What it is called.
    pub name: String,
    /// An iCalendar object (RFC 5545).
    pub ics: String,
}

/// A meeting that could have notes.
struct Held {
    uid: String,
    start: DateTime<Utc>,
    minutes: i64,
    guests: Vec<usize>,
}

/// Makes a large vault: the same size, instant and zone give the same bytes.
#[must_use]
pub fn large(now: DateTime<Utc>, zone: Tz, size: LargeSize) -> Large {
    let mut rng = Prng::new(0x7472_6872);
    let people = people(size);
    let per_meeting = (size.attendances / size.meetings.max(1)).max(1);
    let today = now.with_timezone(&zone).date_naive();
    let series = size.meetings * 2 / 3 / WEEKS;
    let singles = size.meetings - series * WEEKS;
    let mut surplus = size.attendances.saturating_sub(per_meeting * size.meetings);
    let (mut books, mut held) = (vec![Vec::new(), Vec::new(), Vec::new()], Vec::new());
    for n in 0..series + singles {
        let repeats = n < series;
        let guests = per_meeting + usize::from(!repeats && surplus > 0);
        surplus -= guests - per_meeting;
        let guests = choose(&mut rng, people.len(), guests);
        let span = if repeats { 1095 - 7 * i64::try_from(WEEKS).unwrap_or(0) - 10 } else { 1085 };
        let date = working(today + Duration::days(i64::try_from(rng.below(span as usize)).unwrap_or(0) - 725));
        let minute = 8 * 60 + 15 * i64::try_from(rng.below(38)).unwrap_or(0);
        let minutes = *rng.pick(&[25_i64, 30, 45, 50, 60, 90]);
        let uid = format!("large-{n:05}@ledger.example");
        let at = |week: usize| {
            let date = date + Duration::weeks(i64::try_from(week).unwrap_or(0));
            date.and_time(NaiveTime::MIN) + Duration::minutes(minute)
        };
        let mut event = event(&uid, &guests, &people, words::title(&mut rng, n), now);
        (event.start, event.end) = (When::Zoned(at(0), zone), When::Zoned(at(0) + Duration::minutes(minutes), zone));
        let occurrences = if repeats { WEEKS } else { 1 };
        if repeats {
            event.rrule = Some(format!("FREQ=WEEKLY;UNTIL={}", utc(resolve_local(at(WEEKS - 1), zone))));
        }
        books[n % 3].push(event);
        for week in 0..occurrences {
            let start = resolve_local(at(week), zone);
            if start + Duration::minutes(minutes) < now {
                held.push(Held { uid: uid.clone(), start, minutes, guests: guests.clone() });
            }
        }
    }
    let names = ["Work", "Clients", "Projects"];
    let calendars = names
        .iter()
        .zip(&books)
        .map(|(name, events)| LargeCalendar { name: (*name).to_owned(), ics: calendar(name, now, events) });
    let calendars = calendars.collect();
    let notes = notes(held, &people, size, zone, &mut rng);
    let me = &people[0];
    Large { me_name: me.name.clone(), me_email: me.email.clone(), calendars, notes }
}

/// Somebody of the large vault; `handle` is what the name gives, unique.
pub(super) struct Guestbook {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) handle: String,
}

fn people(size: LargeSize) -> Vec<Guestbook> {
    let one = |n: usize| {
        let (first, last) = (first_name(n), surname(n));
        let organization = if n == 0 { 0 } else { n % size.organizations.max(1) };
        let handle = first.to_lowercase();
        let email = format!("{handle}.{}@{}.example", last.to_lowercase(), words::organization(organization));
        Guestbook { name: format!("{first} {last}"), email, handle }
    };
    (0..size.people.max(2)).map(one).collect()
}

/// The user and so many others, most of them from one neighbourhood, so that people meet again.
fn choose(rng: &mut Prng, people: usize, how_many: usize) -> Vec<usize> {
    let mut chosen = vec![0];
    let home = rng.below(people);
    while chosen.len() < how_many.min(people) {
        let next = if rng.below(4) == 0 { rng.below(people) } else { (home + rng.below(40)) % people };
        if !chosen.contains(&next) {
            chosen.push(next);
        }
    }
    chosen
}

fn working(date: NaiveDate) -> NaiveDate {
    match date.weekday() {
        Weekday::Sat => date + Duration::days(2),
        Weekday::Sun => date + Duration::days(1),
        _ => date,
    }
}

fn event(uid: &str, guests: &[usize], people: &[Guestbook], summary: String, now: DateTime<Utc>) -> Event {
    let lead = guests.get(1).copied().unwrap_or(0);
    let guest = |n: &usize| Guest {
        name: people[*n].name.clone(),
        email: people[*n].email.clone(),
        partstat: "ACCEPTED",
        role: if *n == lead { "CHAIR" } else { "REQ-PARTICIPANT" },
        cutype: "INDIVIDUAL",
    };
    Event {
        uid: uid.to_owned(),
        start: When::Utc(now),
        end: When::Utc(now),
        recurrence_id: None,
        rrule: None,
        exdates: Vec::new(),
        sequence: 0,
        modified: now,
        summary,
        description: String::new(),
        location: String::new(),
        conference: None,
        cancelled: false,
        tentative: false,
        transparent: false,
        categories: "",
        busy_status: "",
        related_to: None,
        organizer: Some((people[lead].name.clone(), people[lead].email.clone())),
        guests: guests.iter().map(guest).collect(),
    }
}

/// Notes on meetings spread over the past, the latest among them.
fn notes(mut held: Vec<Held>, people: &[Guestbook], size: LargeSize, zone: Tz, rng: &mut Prng) -> Vec<DemoNote> {
    held.sort_by(|a, b| (a.start, &a.uid).cmp(&(b.start, &b.uid)));
    let count = size.notes.min(held.len());
    let mut all = Vec::with_capacity(count);
    for n in 0..count {
        let meeting = &held[held.len() * (n + 1) / count - 1];
        let items = size.items * (n + 1) / count - size.items * n / count;
        let names: Vec<&Guestbook> = meeting.guests.iter().map(|g| &people[*g]).collect();
        all.push(DemoNote {
            uid: meeting.uid.clone(),
            date: meeting.start.with_timezone(&zone).date_naive(),
            part: NotePart::Notes,
            text: note(rng, &names, items, n),
            at: meeting.start + Duration::minutes(meeting.minutes),
        });
    }
    all.sort_by(|a, b| (a.at, &a.uid).cmp(&(b.at, &b.uid)));
    all
}
