//! What a plan is made from, and what it says.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::calendar::{EventGroup, Limits, Occurrence, Participant, Warning, Window};
use crate::model::{
    CalendarId, MeetingId, MeetingKind, MeetingStatus, OriginalStart, Response, SeriesId, Source, Times,
};

/// What is known of a calendar before its sync.
#[derive(Debug, Clone)]
pub struct State {
    /// The calendar to plan for.
    pub calendar: CalendarId,
    /// What its meetings come from.
    pub source: Source,
    /// Everything the calendar had at its last sync.
    pub stored: Vec<StoredGroup>,
    /// Every UID known in the vault with its series; a UID with two is in two calendars that mean different things.
    pub series: Vec<(String, SeriesId)>,
    /// The meetings of this calendar, and those of other calendars, or of none any more, in series of UIDs that this
    /// calendar has or is about to have.
    pub meetings: Vec<KnownMeeting>,
}

/// An event group as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredGroup {
    /// Its UID.
    pub uid: String,
    /// [`fingerprint`](crate::calendar::fingerprint) of the group.
    pub fingerprint: String,
    /// The group itself.
    pub group: EventGroup,
}

/// A meeting as the vault has it; everything as the provider last said, without what the user laid over it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownMeeting {
    /// Its id.
    pub id: MeetingId,
    /// With the original start its identity; meetings without one are not the calendar's and are left alone.
    pub series_id: Option<SeriesId>,
    /// The UID it came with last.
    pub uid: Option<String>,
    /// None of a single event.
    pub original_start: Option<OriginalStart>,
    /// When it is.
    pub times: Times,
    /// Its title.
    pub title: String,
    /// Whether it takes place; cancelled also where it is kept for its notes alone.
    pub status: MeetingStatus,
    /// The calendars it lies in, the one that leads first. A calendar stays here when its meeting is cancelled.
    pub calendars: Vec<CalendarId>,
    /// Whether a person wrote or set anything on it, prep included: it is never removed.
    pub has_notes: bool,
    /// Whether it has taken place: it then keeps the time at which it did.
    pub held: bool,
    /// The organizer's address.
    pub organizer: Option<String>,
    /// The addresses of all invited, the organizer's too.
    pub emails: Vec<String>,
    /// [`PlannedMeeting::fingerprint`] of when it was last put.
    pub fingerprint: String,
}

/// What the provider said.
#[derive(Debug, Clone, Default)]
pub struct Fetched {
    /// Whether this is all the calendar has; else it is what changed.
    pub complete: bool,
    /// Whole groups: of a UID that changed, its master and all overrides.
    pub groups: Vec<EventGroup>,
    /// UIDs that are gone, where the listing is not complete.
    pub deleted_uids: Vec<String>,
    /// From reading. A UID named here that has no group is taken as unchanged, not as gone: it could not be read.
    pub warnings: Vec<Warning>,
}

/// How to plan.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Over which rules are expanded.
    pub window: Window,
    /// What is past.
    pub now: DateTime<Utc>,
    /// The zone of floating times and of dates.
    pub zone: Tz,
    /// Goes on where more than half of the events are gone.
    pub accept_deletions: bool,
    /// Whether past events may drop out of the listing without having been deleted.
    pub subscription: bool,
    /// What each rule is held to.
    pub limits: Limits,
}

/// What to change in one transaction. Where `brake` is set there is nothing else in it but warnings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Groups to store, in place of any under their UID.
    pub put_events: Vec<StoredGroup>,
    /// UIDs whose stored groups go.
    pub remove_events: Vec<String>,
    /// Series to make, with the titles to show.
    pub new_series: Vec<(SeriesId, String)>,
    /// UIDs that are new to a series.
    pub series_uids: Vec<(String, SeriesId)>,
    /// Meetings to make or to change, and to link to this calendar.
    pub put: Vec<PlannedMeeting>,
    /// Meetings that another calendar leads and that lie in this one too: to be linked, last in their list.
    pub link: Vec<MeetingId>,
    /// Meetings no longer in this calendar but still in another: to be unlinked, otherwise as they are.
    pub unlink: Vec<MeetingId>,
    /// Meetings to remove.
    pub remove: Vec<MeetingId>,
    /// Meetings that are gone from the provider and have notes: to be marked cancelled, and to stay linked.
    pub cancel: Vec<MeetingId>,
    /// Meetings for the re-link queue; all of them are in `cancel` too.
    pub queue: Vec<Queued>,
    /// Meetings that are back, or in a calendar again: to be taken out of the queue where they are in it.
    pub unqueue: Vec<MeetingId>,
    /// Meetings whose series moved to another time, day or rule under them.
    pub moved: Vec<Moved>,
    /// Meetings that lay in no calendar any more and were found again by their UID; all of them are in `put` too.
    pub attached: Vec<MeetingId>,
    /// What the user should know.
    pub warnings: Vec<Warning>,
    /// Meetings made.
    pub added: u32,
    /// Meetings changed, linking and unlinking included.
    pub changed: u32,
    /// Meetings removed.
    pub removed: u32,
    /// Meetings gone from the provider but kept for their notes.
    pub kept: u32,
    /// Set where too much would go at once.
    pub brake: Option<Brake>,
}

/// A sync that stopped: more than half of a calendar's events would go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brake {
    /// UIDs that would go.
    pub gone: usize,
    /// Of how many.
    pub of: usize,
}

/// A meeting with notes that lost its event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Queued {
    /// The meeting.
    pub meeting: MeetingId,
    /// How it lost it.
    pub why: QueueReason,
}

/// How a meeting lost its event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueueReason {
    /// Its event is gone under its UID; it may have been made again under another.
    Deleted,
    /// Its series moved, and none of the new occurrences is its counterpart.
    NoCounterpart,
}

/// A meeting that goes with its series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The meeting.
    pub meeting: MeetingId,
    /// When it was.
    pub from: Times,
    /// When its counterpart is; a meeting that was held keeps `from` and only takes the identity.
    pub to: Times,
    /// Whether it keeps `from`.
    pub stays: bool,
    /// The identity it had.
    pub from_original: Option<OriginalStart>,
    /// The identity it has.
    pub to_original: Option<OriginalStart>,
    /// Why these two belong together.
    pub why: MovedWhy,
}

/// Why an occurrence is the counterpart of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MovedWhy {
    /// It is on the same local date.
    SameDate,
    /// It is the nearest within half an interval of a rule of the same frequency and interval.
    Nearest,
    /// The single event was made recurring: it is the first occurrence.
    First,
    /// The recurring event was made single: it is what is left.
    OnlyOne,
}

/// A meeting as it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedMeeting {
    /// Its id.
    pub id: MeetingId,
    /// Whether it is to be made.
    pub is_new: bool,
    /// Its series.
    pub series_id: SeriesId,
    /// Its UID.
    pub uid: String,
    /// With the series its identity.
    pub original_start: Option<OriginalStart>,
    /// When it is.
    pub times: Times,
    /// Its title; may be empty.
    pub title: String,
    /// What it is.
    pub kind: MeetingKind,
    /// Confirmed or tentative.
    pub status: MeetingStatus,
    /// Where.
    pub location: Option<String>,
    /// Where to join the call.
    pub call_url: Option<String>,
    /// As sent.
    pub description: Option<String>,
    /// Who called it.
    pub organizer: Option<Participant>,
    /// Who is invited.
    pub attendees: Vec<Participant>,
    /// Whether attendees were left out.
    pub attendees_omitted: bool,
    /// What the user answered.
    pub my_response: Option<Response>,
    /// Whether it leaves the time free.
    pub transparent: bool,
    /// Of everything above as the provider says it; to be handed back in [`KnownMeeting::fingerprint`].
    pub fingerprint: String,
}

impl PlannedMeeting {
    /// The meeting an occurrence is.
    pub(super) fn of(
        id: MeetingId,
        is_new: bool,
        series_id: SeriesId,
        occurrence: &Occurrence<'_>,
        fingerprint: String,
    ) -> Self {
        let event = occurrence.event;
        Self {
            id,
            is_new,
            series_id,
            uid: event.uid.clone(),
            original_start: occurrence.original_start,
            times: occurrence.times.clone(),
            title: event.title.clone(),
            kind: event.kind,
            status: occurrence.status,
            location: event.location.clone(),
            call_url: event.call_url.clone(),
            description: event.description.clone(),
            organizer: event.organizer.clone(),
            attendees: event.attendees.clone(),
            attendees_omitted: event.attendees_omitted,
            my_response: event.my_response,
            transparent: event.transparent,
            fingerprint,
        }
    }
}
