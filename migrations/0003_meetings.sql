CREATE TABLE series (
    id BLOB NOT NULL PRIMARY KEY,
    title TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Several UIDs to one series where a series was split; rarely one UID to two series, where two calendars use the same
-- UID for different things.
CREATE TABLE series_uid (
    uid TEXT NOT NULL,
    series_id BLOB NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    PRIMARY KEY (uid, series_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX series_uid_of ON series_uid (series_id);

-- People the user added to every meeting of a series.
CREATE TABLE series_attendee (
    series_id BLOB NOT NULL REFERENCES series (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    role TEXT NOT NULL,
    PRIMARY KEY (series_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX series_attendee_person ON series_attendee (person_id);

-- What a calendar says in plain columns, what the user set in user_ columns and in purpose, my_role and held; the shown_
-- columns lay one over the other. A meeting is either timed (start_utc, end_utc, zone) or of whole days (start_date,
-- end_date, the end exclusive).
CREATE TABLE meeting (
    id BLOB NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    series_id BLOB REFERENCES series (id),
    uid TEXT,
    -- "date:2026-11-22", "local:2026-11-22T09:00:00" or "utc:2026-11-22T09:00:00Z".
    original_start TEXT,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    start_utc TEXT,
    end_utc TEXT,
    zone TEXT,
    start_date TEXT,
    end_date TEXT,
    location TEXT,
    call_url TEXT,
    description TEXT,
    organizer_id BLOB REFERENCES person (id),
    my_response TEXT,
    fingerprint TEXT,

    user_title TEXT,
    user_start_utc TEXT,
    user_end_utc TEXT,
    user_zone TEXT,
    user_start_date TEXT,
    user_end_date TEXT,
    purpose TEXT,
    my_role TEXT,
    held INTEGER,

    -- Whether a part of its note has text; kept by what writes notes.
    has_notes INTEGER NOT NULL DEFAULT 0,

    shown_title TEXT NOT NULL AS (coalesce(user_title, title)),
    shown_start_utc TEXT AS (CASE WHEN user_start_date IS NULL THEN coalesce(user_start_utc, start_utc) END),
    shown_end_utc TEXT AS (CASE WHEN user_start_date IS NULL THEN coalesce(user_end_utc, end_utc) END),
    shown_zone TEXT AS (CASE WHEN user_start_date IS NULL THEN coalesce(user_zone, zone) END),
    shown_start_date TEXT AS (CASE WHEN user_start_utc IS NULL THEN coalesce(user_start_date, start_date) END),
    shown_end_date TEXT AS (CASE WHEN user_start_utc IS NULL THEN coalesce(user_end_date, end_date) END),
    -- Sorts meetings of both sorts: a date stands before every instant of that day.
    start_key TEXT NOT NULL AS (coalesce(user_start_date, user_start_utc, start_date, start_utc)),

    CHECK ((start_utc IS NULL) = (start_date IS NOT NULL)),
    CHECK ((start_utc IS NULL) = (end_utc IS NULL) AND (start_utc IS NULL) = (zone IS NULL)),
    CHECK ((start_date IS NULL) = (end_date IS NULL)),
    CHECK (user_start_utc IS NULL OR user_start_date IS NULL),
    CHECK ((user_start_utc IS NULL) = (user_end_utc IS NULL) AND (user_start_utc IS NULL) = (user_zone IS NULL)),
    CHECK ((user_start_date IS NULL) = (user_end_date IS NULL))
) STRICT;
CREATE INDEX meeting_timed ON meeting (shown_start_utc, shown_end_utc) WHERE shown_start_utc IS NOT NULL;
CREATE INDEX meeting_days ON meeting (shown_start_date, shown_end_date) WHERE shown_start_date IS NOT NULL;
CREATE INDEX meeting_start ON meeting (start_key);
CREATE INDEX meeting_series ON meeting (series_id, start_key);
CREATE INDEX meeting_uid ON meeting (uid);
CREATE INDEX meeting_with_notes ON meeting (start_key) WHERE has_notes = 1;
CREATE INDEX meeting_organizer ON meeting (organizer_id) WHERE organizer_id IS NOT NULL;

-- In the order of rows: the calendar that first had a meeting leads.
CREATE TABLE meeting_calendar (
    meeting_id BLOB NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    calendar_id BLOB NOT NULL REFERENCES calendar (id) ON DELETE CASCADE,
    PRIMARY KEY (meeting_id, calendar_id)
) STRICT;
CREATE INDEX meeting_calendar_of ON meeting_calendar (calendar_id, meeting_id);

-- A person at a meeting, in three layers: what the calendar says, what was added by hand or read from minutes, and
-- whether they were there. A row without any of the three goes.
CREATE TABLE attendance (
    meeting_id BLOB NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    person_id BLOB NOT NULL REFERENCES person (id),
    calendar_role TEXT,
    calendar_response TEXT,
    -- "hand" or "minutes".
    user_origin TEXT,
    user_role TEXT,
    user_response TEXT,
    present TEXT NOT NULL DEFAULT 'unknown',
    PRIMARY KEY (meeting_id, person_id),
    CHECK ((user_origin IS NULL) = (user_role IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_person ON attendance (person_id, meeting_id);

-- Meetings whose event is gone and whose notes may belong to another: offered until the user decides.
CREATE TABLE queue (
    meeting_id BLOB NOT NULL PRIMARY KEY REFERENCES meeting (id) ON DELETE CASCADE,
    since TEXT NOT NULL,
    -- NULL while open; "keep" when the notes are to stay where they are.
    decision TEXT
) STRICT, WITHOUT ROWID;

-- Recaps that were sent.
CREATE TABLE recap (
    meeting_id BLOB NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    at TEXT NOT NULL,
    recipient TEXT NOT NULL,
    PRIMARY KEY (meeting_id, at, recipient)
) STRICT, WITHOUT ROWID;
