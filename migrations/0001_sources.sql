-- Where meetings come from, and what the vault remembers of itself.
--
-- In every table: ids are UUIDv7 as 16 bytes; instants are text like 2026-11-22T09:00:00Z, dates text like 2026-11-22,
-- so that text order is time order; words are those of throughline_core::model.

-- "THLN": what makes this SQLite file a vault.
PRAGMA application_id = 1414024270;

-- A JSON value each.
CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A named relationship query.
CREATE TABLE saved_query (
    name TEXT NOT NULL PRIMARY KEY,
    expression TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
    id BLOB NOT NULL PRIMARY KEY,
    provider TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    state TEXT NOT NULL,
    last_sync TEXT,
    error TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE calendar (
    id BLOB NOT NULL PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    remote_id TEXT NOT NULL,
    name TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    color TEXT,
    owned INTEGER NOT NULL,
    sync_token TEXT,
    UNIQUE (account_id, remote_id)
) STRICT, WITHOUT ROWID;

-- What the provider stores, all components of one UID together. Nothing a person wrote hangs on these rows.
CREATE TABLE event (
    calendar_id BLOB NOT NULL REFERENCES calendar (id) ON DELETE CASCADE,
    uid TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    payload TEXT NOT NULL,
    UNIQUE (calendar_id, uid)
) STRICT;
CREATE INDEX event_uid ON event (uid);
