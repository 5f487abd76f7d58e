//! Filling a vault with the demo, by the ways a user's own data takes.

use std::collections::HashMap;
use std::path::Path;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use throughline_core::model::{ActionStatus, ItemKind, MeetingId, NoteOwner, NotePart};
use throughline_store::{item, meeting, organization, person};

use super::{Demo, DemoAdHoc, DemoChange, DemoEdit, DemoMeetingEdit, DemoNote, LargeSize};
use crate::app::App;
use crate::clock::Clock;
use crate::entropy::Entropy;
use crate::meetings::{MeetingEdit, NewMeeting};
use crate::notes::{Draft, Writer};
use crate::progress::Progress;
use crate::{Failure, Result, accounts, actions, meetings, notes, people, queries, sync, vault, view};

/// The file beside a demo vault's database that its calendar is read from.
pub(crate) const CALENDAR: &str = "demo.ics";

/// What one would keep asking; the last finds nothing here, and is there to be seen.
const QUERIES: [(&str, &str); 3] = [
    ("Reports without a 1:1 in three weeks", "people relation:report last-1:1>3w"),
    ("Decisions with Acme not revisited", "decisions org:acme status:holds revisited>6m"),
    ("Series that never produce an outcome", "series meetings>=3 outcomes:0"),
];

/// The same ids in every demo of the same moment.
const SEED: u64 = 0x7468_726f_7567_686c;

/// Makes a vault in `dir` and fills it with a believable year around the clock's moment. The same moment and zone give
/// the same vault.
///
/// # Errors
/// `vault_exists`, and as writing the folder.
pub async fn fill(dir: &Path, clock: Clock, progress: &dyn Progress) -> Result<view::Demo> {
    let demo = super::build(clock.now, clock.zone);
    let began = Clock { now: clock.now - Duration::days(400), ..clock };
    let mut app = App::create(dir, began, Entropy::seeded(SEED)).await?;
    vault::introduce(&app, Some(&demo.me_name), Some(&demo.me_email)).await?;
    add_calendar(&mut app, dir, CALENDAR, &demo.calendar_name, &demo.ics, clock).await?;
    sync::run(&app, &sync::Options::default(), progress).await?;
    let found = find_meetings(&app).await?;
    app.set_clock(began);
    for known in &demo.people {
        people::edit(&app, &known.email, None, Some(known.relation)).await?;
        for alias in &known.aliases {
            people::alias(&app, &known.email, alias).await?;
        }
    }
    write(&mut app, &demo, &found, progress).await?;
    app.set_clock(clock);
    for edit in &demo.meetings {
        set(&app, edit, &found).await?;
    }
    for (email, text) in &demo.running_notes {
        people::set_note(&app, email, text).await?;
    }
    for (name, expression) in QUERIES {
        queries::save(&app, name, expression).await?;
    }
    let told = tell(&app, dir).await?;
    app.close().await;
    Ok(told)
}

/// Makes a vault in `dir` as large as a decade of meetings, for measuring.
///
/// # Errors
/// As [`fill`].
pub async fn fill_large(dir: &Path, clock: Clock, progress: &dyn Progress) -> Result<view::Demo> {
    let large = super::large(clock.now, clock.zone, LargeSize::default());
    let mut app = App::create(dir, clock, Entropy::seeded(SEED)).await?;
    vault::introduce(&app, Some(&large.me_name), Some(&large.me_email)).await?;
    for (at, calendar) in large.calendars.iter().enumerate() {
        add_calendar(&mut app, dir, &format!("large-{at}.ics"), &calendar.name, &calendar.ics, clock).await?;
    }
    sync::run(&app, &sync::Options::default(), progress).await?;
    let found = find_meetings(&app).await?;
    progress.start("Writing notes", Some(large.notes.len() as u64));
    for (done, batch) in large.notes.chunks(200).enumerate() {
        let mut writer = Writer::begin(&app).await?;
        for note in batch {
            let owner = NoteOwner::Meeting(lookup(&found, &note.uid, note.date)?);
            writer.save(Draft { owner, part: note.part, text: &note.text, base: None }).await?;
        }
        writer.commit("note set").await?;
        progress.step((done as u64 + 1) * 200);
    }
    progress.finish();
    let told = tell(&app, dir).await?;
    app.close().await;
    Ok(told)
}

async fn add_calendar(app: &mut App, dir: &Path, file: &str, name: &str, ics: &str, clock: Clock) -> Result<()> {
    let path = dir.join(file);
    tokio::fs::write(&path, ics).await.map_err(|_| {
        Failure::new("file_unwritable", "The demo's calendar could not be written beside the vault.")
            .hint("Check the folder's permissions and the room on the disk.")
    })?;
    accounts::add_ics(app, &path.to_string_lossy(), Some(name)).await?;
    app.set_clock(clock);
    Ok(())
}

type Found = HashMap<(String, NaiveDate), MeetingId>;

/// Every meeting by UID and the date it begins.
async fn find_meetings(app: &App) -> Result<Found> {
    let all = meeting::all(&mut *app.read().await?).await?;
    let zone = app.clock().zone;
    Ok(all.into_iter().filter_map(|found| Some(((found.uid?, found.times.date(zone)), found.id))).collect())
}

fn lookup(found: &Found, uid: &str, date: NaiveDate) -> Result<MeetingId> {
    found.get(&(uid.to_owned(), date)).copied().ok_or_else(|| {
        Failure::new("internal", format!("The demo names a meeting that its calendar does not have: {uid} on {date}."))
    })
}

/// Something that was done on a day of the demo's year.
enum Deed<'a> {
    Note(&'a DemoNote),
    Edit(&'a DemoEdit),
    AdHoc(&'a DemoAdHoc),
}

/// Notes, edits and hand-made meetings in the order they were done; at the same moment notes come first.
fn deeds(demo: &Demo) -> Vec<(DateTime<Utc>, Deed<'_>)> {
    let notes = demo.notes.iter().map(|note| (note.at, Deed::Note(note)));
    let ad_hoc = demo.ad_hoc.iter().map(|made| (made.at, Deed::AdHoc(made)));
    let edits = demo.edits.iter().map(|edit| (edit.at, Deed::Edit(edit)));
    let mut deeds: Vec<_> = notes.chain(ad_hoc).chain(edits).collect();
    deeds.sort_by_key(|(at, _)| *at);
    deeds
}

async fn write(app: &mut App, demo: &Demo, found: &Found, progress: &dyn Progress) -> Result<()> {
    let deeds = deeds(demo);
    progress.start("Writing notes", Some(deeds.len() as u64));
    for (done, (at, deed)) in deeds.into_iter().enumerate() {
        app.set_clock(Clock { now: at, ..*app.clock() });
        match deed {
            Deed::Note(note) => {
                let id = lookup(found, &note.uid, note.date)?;
                notes::set(app, &id.to_string(), note.part, &note.text, None).await?;
            }
            Deed::AdHoc(made) => {
                let new = NewMeeting {
                    title: made.title.clone(),
                    start: made.start.to_rfc3339(),
                    end: Some(made.at.to_rfc3339()),
                    attendees: made.attendees.clone(),
                };
                let told = meetings::new(app, &new).await?;
                notes::set(app, &told.id.to_string(), NotePart::Notes, &made.text, None).await?;
            }
            Deed::Edit(edit) => change(app, edit).await?,
        }
        progress.step(done as u64 + 1);
    }
    progress.finish();
    Ok(())
}

async fn change(app: &App, edit: &DemoEdit) -> Result<()> {
    let id = format!("^{}", edit.anchor);
    match edit.what {
        DemoChange::Due(date) => actions::set_due(app, &id, date).await.map(drop),
        DemoChange::Done => actions::set_status(app, &[id], ActionStatus::Done).await.map(drop),
        DemoChange::Drop => actions::set_status(app, &[id], ActionStatus::Dropped).await.map(drop),
        DemoChange::Reopen => actions::set_status(app, &[id], ActionStatus::Open).await.map(drop),
        DemoChange::Snooze(date) => actions::snooze(app, &id, date).await.map(drop),
    }
}

async fn set(app: &App, edit: &DemoMeetingEdit, found: &Found) -> Result<()> {
    let id = lookup(found, &edit.uid, edit.date)?.to_string();
    if edit.purpose.is_some() || edit.my_role.is_some() {
        let said = MeetingEdit { purpose: edit.purpose.clone(), role: edit.my_role, ..MeetingEdit::default() };
        meetings::edit(app, &id, &said).await?;
    }
    for (email, present) in &edit.present {
        meetings::set_present(app, &id, email, *present).await?;
    }
    Ok(())
}

/// What the vault holds now.
async fn tell(app: &App, dir: &Path) -> Result<view::Demo> {
    let conn = &mut *app.read().await?;
    let me = person::me(conn).await?.map(|me| me.id).into_iter().collect::<Vec<_>>();
    let me = crate::tell::Teller::new(conn, *app.clock()).people_by_ids(&me).await?.pop();
    let count = async |conn: &mut throughline_store::Connection, kind| -> Result<usize> {
        let query = item::Filter { kind: Some(kind), ..item::Filter::default() };
        Ok(item::ids(conn, &query).await?.len())
    };
    let recurring = meeting::all(conn).await?.into_iter().filter(|found| found.original_start.is_some());
    let recurring: std::collections::BTreeSet<_> = recurring.filter_map(|found| found.series_id).collect();
    Ok(view::Demo {
        vault: tokio::fs::canonicalize(dir).await.unwrap_or_else(|_| dir.to_owned()).display().to_string(),
        me: me.ok_or_else(|| Failure::new("internal", "The demo does not say who the user is."))?,
        people: person::all(conn).await?.len(),
        organizations: organization::all(conn).await?.len(),
        series: recurring.len(),
        meetings: meeting::ids(conn, &meeting::Filter::default()).await?.len(),
        notes: throughline_store::note::all(conn).await?.len(),
        actions: count(conn, ItemKind::Action).await?,
        decisions: count(conn, ItemKind::Decision).await?,
        questions: count(conn, ItemKind::Question).await?,
    })
}
