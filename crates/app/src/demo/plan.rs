//! Puts the demo together.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use throughline_core::model::{NotePart, resolve_local};

use super::people::{EVERYBODY, ME, find};
use super::render::{render, with_dates};
use super::schedule::{self, Planned};
use super::script::{Block, Target, parse};
use super::singles::{SINGLES, Single, Span};
use super::today::Day;
use super::{Demo, DemoAdHoc, DemoMeetingEdit, DemoNote, DemoPerson, content, events};

const CALENDAR: &str = "Alex Novak";

/// Hand-made meetings: key, title, days from today, minutes after midnight, who was there.
const AD_HOC: &[(&str, &str, i64, i64, &[&str])] = &[
    ("kofi-corridor", "Kofi, in the corridor", -36, 17 * 60, &["kofi"]),
    ("walter-phone", "Phone call with Walter", -29, 18 * 60 + 20, &["walter"]),
    ("lena-coffee", "Coffee with Lena", -16, 8 * 60 + 15, &["lena"]),
    ("theo-prep", "Theo, before Acme", -3, 17 * 60 + 30, &["theo"]),
];

pub(super) fn build(now: DateTime<Utc>, zone: Tz) -> Demo {
    let day = Day::new(now, zone);
    let planned = schedule::plan(&day);
    let blocks: Vec<Block> = content::FILES.iter().flat_map(|file| parse(file)).collect();
    let mut demo = Demo {
        me_name: find(ME).map_or_else(String::new, |s| s.name.to_owned()),
        me_email: email(ME),
        calendar_name: CALENDAR.to_owned(),
        ics: super::ics::calendar(CALENDAR, now, &events::all(&planned, &day)),
        notes: Vec::new(),
        people: EVERYBODY.iter().map(person).collect(),
        meetings: Vec::new(),
        running_notes: Vec::new(),
        ad_hoc: Vec::new(),
        edits: Vec::new(),
    };
    // Anchors written by hand are taken before any is made up.
    let mut taken: HashSet<String> = blocks.iter().flat_map(|b| written_anchors(&b.text)).collect();
    let mut meetings: BTreeMap<(String, NaiveDate), DemoMeetingEdit> = BTreeMap::new();
    for block in &blocks {
        match block.target {
            Target::Person(handle) => demo.running_notes.push((email(handle), with_dates(&block.text, &day))),
            Target::AdHoc(key) => ad_hoc(block, key, &day, &mut taken, &mut demo),
            Target::Series(..) | Target::Single(_) => {
                if let Some(place) = place(block, &planned, &day) {
                    note(block, &place, &day, &mut taken, &mut demo);
                    meeting(block, &place, &day, &mut meetings);
                }
            }
        }
    }
    demo.meetings = meetings.into_values().collect();
    demo.notes.sort_by(|a, b| (a.at, &a.uid, a.part).cmp(&(b.at, &b.uid, b.part)));
    demo.edits.sort_by(|a, b| (a.at, &a.anchor).cmp(&(b.at, &b.anchor)));
    demo.ad_hoc.sort_by(|a, b| (a.at, &a.title).cmp(&(b.at, &b.title)));
    demo
}

/// Where a block belongs.
struct Place {
    uid: String,
    date: NaiveDate,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
    /// Handles of those invited, the user aside, where it is written down who was there.
    invited: Vec<&'static str>,
}

fn place(block: &Block, planned: &[Planned], day: &Day) -> Option<Place> {
    match block.target {
        Target::Series(key, k) => {
            let series = planned.iter().find(|p| p.spec.key == key)?;
            let occurrence = series.at(k, day.today)?;
            let spec = series.spec;
            let mut invited: Vec<&str> = Vec::new();
            if spec.minuted {
                invited
                    .extend(Some(spec.organizer).filter(|o| *o != ME).into_iter().chain(spec.guests.iter().copied()));
            }
            let (uid, date) = (occurrence.uid.clone(), occurrence.date);
            Some(Place { uid, date, start: occurrence.start, end: occurrence.end, invited })
        }
        Target::Single(key) => {
            let single: &Single = SINGLES.iter().find(|s| s.key == key)?;
            let span = single.span(day);
            let date = span.date(day.zone);
            let (start, end) = match span {
                Span::Timed(start, end) => (start, end),
                Span::AllDay(..) => (at(date, 9 * 60, day), at(date, 17 * 60, day)),
            };
            let mut invited: Vec<&str> = single.guests.to_vec();
            if single.organizer != ME {
                invited.push(single.organizer);
            }
            Some(Place { uid: schedule::uid(key, None), date, start, end, invited })
        }
        Target::AdHoc(_) | Target::Person(_) => None,
    }
}

fn note(block: &Block, place: &Place, day: &Day, taken: &mut HashSet<String>, demo: &mut Demo) {
    let latest = day.now - Duration::minutes(1);
    let written = match block.part {
        NotePart::Prep => (place.start - Duration::hours(15)).min(latest - Duration::minutes(20)),
        NotePart::Notes => place.end.min(latest),
        NotePart::Private => (place.end + Duration::minutes(12)).min(latest),
    };
    let seed = format!("{}/{:?}/{}", place.uid, block.target, block.part);
    let rendered = render(&block.text, &seed, place.date, written, day, taken);
    demo.edits.extend(rendered.edits);
    let (uid, date, part) = (place.uid.clone(), place.date, block.part);
    demo.notes.push(DemoNote { uid, date, part, text: rendered.text, at: written });
}

/// Purpose, role and presence. Only what has notes, and is over, says who was there.
fn meeting(block: &Block, place: &Place, day: &Day, meetings: &mut BTreeMap<(String, NaiveDate), DemoMeetingEdit>) {
    let minuted = block.part == NotePart::Notes && place.end <= day.now && !place.invited.is_empty();
    if block.purpose.is_none() && block.role.is_none() && !minuted {
        return;
    }
    let edit = meetings.entry((place.uid.clone(), place.date)).or_insert_with(|| DemoMeetingEdit {
        uid: place.uid.clone(),
        date: place.date,
        purpose: None,
        my_role: None,
        present: Vec::new(),
    });
    if let Some(purpose) = block.purpose {
        edit.purpose = Some(purpose.to_owned());
    }
    edit.my_role = block.role.or(edit.my_role);
    if minuted {
        edit.present = place.invited.iter().map(|h| (email(h), !block.absent.contains(h))).collect();
        edit.present.push((email(ME), !block.absent.contains(&ME)));
    }
}

fn ad_hoc(block: &Block, key: &str, day: &Day, taken: &mut HashSet<String>, demo: &mut Demo) {
    let Some((_, title, days, minute, guests)) = AD_HOC.iter().find(|a| a.0 == key) else { return };
    let date = day.today + Duration::days(*days);
    let start = at(date, *minute, day);
    let end = start + Duration::minutes(20);
    let rendered = render(&block.text, key, date, end, day, taken);
    demo.edits.extend(rendered.edits);
    let attendees = guests.iter().map(|h| email(h)).collect();
    demo.ad_hoc.push(DemoAdHoc { title: (*title).to_owned(), start, at: end, attendees, text: rendered.text });
}

fn at(date: NaiveDate, minute: i64, day: &Day) -> DateTime<Utc> {
    resolve_local(date.and_time(NaiveTime::MIN) + Duration::minutes(minute), day.zone)
}

fn email(handle: &str) -> String {
    find(handle).map_or_else(String::new, |s| s.email.to_owned())
}

fn person(somebody: &super::people::Somebody) -> DemoPerson {
    DemoPerson {
        email: somebody.email.to_owned(),
        name: somebody.name.to_owned(),
        relation: somebody.relation,
        aliases: somebody.aliases.iter().map(|a| (*a).to_owned()).collect(),
    }
}

/// Anchors named in `{> ^anchor}`.
fn written_anchors(text: &str) -> impl Iterator<Item = String> + '_ {
    text.lines().filter_map(|line| {
        let words = line.split_once("{>")?.1.split_once('}')?.0;
        words.split(' ').find_map(|w| w.strip_prefix('^')).map(ToOwned::to_owned)
    })
}
