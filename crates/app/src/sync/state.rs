//! What the planner wants to know of a calendar.

use std::collections::{BTreeSet, HashMap, HashSet};

use throughline_core::calendar::{EventGroup, Fetched, KnownMeeting, State, StoredGroup};
use throughline_core::model::{Account, Calendar, CalendarId, MeetingId, MeetingStatus, Person, PersonId};
use throughline_store::{Connection, event, meeting, person, series};

use crate::Result;
use crate::app::App;

/// What the vault has of a calendar, `stored` among it, and of the meetings of its UIDs in other calendars.
pub(super) async fn load(
    app: &App,
    conn: &mut Connection,
    account: &Account,
    calendar: &Calendar,
    stored: Vec<StoredGroup>,
    fetched: &Fetched,
) -> Result<State> {
    let uids: BTreeSet<&str> = stored
        .iter()
        .map(|group| group.uid.as_str())
        .chain(fetched.groups.iter().map(|group| group.uid.as_str()))
        .collect();
    let uids: Vec<String> = uids.into_iter().map(str::to_owned).collect();
    let mut ids: BTreeSet<MeetingId> = meeting::of_calendar(conn, calendar.id).await?.into_iter().collect();
    ids.extend(meeting::of_uids(conn, &uids).await?);
    let ids: Vec<MeetingId> = ids.into_iter().collect();
    let series = series::all_uids(conn).await?;
    let meetings = known(app, conn, &ids).await?;
    Ok(State { calendar: calendar.id, source: account.provider.into(), stored, series, meetings })
}

/// The events the vault has of a calendar. One that cannot be read any more is as if it had never been fetched.
pub(super) async fn stored_groups(conn: &mut Connection, calendar: CalendarId) -> Result<Vec<StoredGroup>> {
    let events = event::all(conn, calendar).await?;
    let read = |event: event::Event| -> Option<StoredGroup> {
        let group: EventGroup = serde_json::from_str(&event.payload).ok()?;
        Some(StoredGroup { uid: event.uid, fingerprint: event.fingerprint, group })
    };
    Ok(events.into_iter().filter_map(read).collect())
}

async fn known(app: &App, conn: &mut Connection, ids: &[MeetingId]) -> Result<Vec<KnownMeeting>> {
    let layers = meeting::stored(conn, ids).await?;
    let mut calendars: HashMap<MeetingId, Vec<CalendarId>> = meeting::calendars(conn, ids).await?;
    let written: HashSet<MeetingId> = meeting::with_user_data(conn, ids).await?;
    let mut emails = meeting::emails(conn, ids).await?;
    let organizers: Vec<PersonId> = layers.iter().filter_map(|(base, _)| base.organizer).collect();
    let organizers: HashMap<PersonId, Person> =
        person::by_ids(conn, &organizers).await?.into_iter().map(|person| (person.id, person)).collect();
    let (now, zone) = (app.clock().now, app.clock().zone);
    Ok(layers
        .into_iter()
        .map(|(base, overlay)| {
            let over = base.status != MeetingStatus::Cancelled && base.times.end(zone) <= now;
            KnownMeeting {
                id: base.id,
                series_id: base.series_id,
                uid: base.uid,
                original_start: base.original_start,
                held: overlay.held.unwrap_or(over),
                times: base.times,
                title: base.title,
                status: base.status,
                calendars: calendars.remove(&base.id).unwrap_or_default(),
                has_notes: written.contains(&base.id),
                organizer: base
                    .organizer
                    .and_then(|id| organizers.get(&id))
                    .and_then(|person| person.emails.first().cloned()),
                emails: emails.remove(&base.id).unwrap_or_default(),
                fingerprint: base.fingerprint.unwrap_or_default(),
            }
        })
        .collect())
}
