-- What is remembered of accounts on the network, and of what their calendars hold there.

-- A JSON value with what the provider needs to be asked; nothing secret, that is in the keyring.
ALTER TABLE account ADD COLUMN settings TEXT;
-- What the provider wants back to say only which calendars changed.
ALTER TABLE account ADD COLUMN list_token TEXT;
-- Beside `error`: its stable code, what to do about it, and since when it has been so.
ALTER TABLE account ADD COLUMN error_code TEXT;
ALTER TABLE account ADD COLUMN error_hint TEXT;
ALTER TABLE account ADD COLUMN error_since TEXT;

-- Where it is, where the provider says so.
ALTER TABLE calendar ADD COLUMN url TEXT;
-- What the server said of the version that was fetched last (RFC 9110 §8.8), for those without a sync token.
ALTER TABLE calendar ADD COLUMN etag TEXT;
ALTER TABLE calendar ADD COLUMN last_modified TEXT;
-- "owner", "writer", "reader" or "free_busy".
ALTER TABLE calendar ADD COLUMN access TEXT;
-- Whether it is the account's first calendar.
ALTER TABLE calendar ADD COLUMN is_primary INTEGER NOT NULL DEFAULT 0;

-- What the provider stores under ids of its own: a deletion names nothing but the id.
CREATE TABLE remote_item (
    calendar_id BLOB NOT NULL REFERENCES calendar (id) ON DELETE CASCADE,
    remote_id TEXT NOT NULL,
    -- None where it is nothing that can be a meeting.
    uid TEXT,
    etag TEXT,
    PRIMARY KEY (calendar_id, remote_id)
) STRICT, WITHOUT ROWID;
