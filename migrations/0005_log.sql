-- What a person changed: one row per command, and one per sitting at a note. The chain covers digests of the salted
-- contents, so that a content can be erased and the chain still verifies.
CREATE TABLE change (
    seq INTEGER NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    command TEXT NOT NULL,
    undoes INTEGER REFERENCES change (seq),
    content TEXT,
    salt BLOB,
    digest BLOB NOT NULL,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL,
    CHECK ((content IS NULL) = (salt IS NULL))
) STRICT;
CREATE INDEX change_hash ON change (hash);
CREATE INDEX change_undoes ON change (undoes) WHERE undoes IS NOT NULL;

-- Which entries speak of an object.
CREATE TABLE change_object (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES change (seq),
    PRIMARY KEY (kind, id, seq)
) STRICT, WITHOUT ROWID;

-- What entries did to items that were there before, as far as their rows do not keep it: read without the contents.
CREATE TABLE item_change (
    seq INTEGER NOT NULL REFERENCES change (seq),
    item_id BLOB NOT NULL,
    at TEXT NOT NULL,
    due_before TEXT,
    due_after TEXT,
    status_before TEXT NOT NULL,
    status_after TEXT NOT NULL,
    PRIMARY KEY (seq, item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_change_at ON item_change (at);

CREATE TRIGGER change_stays BEFORE DELETE ON change
BEGIN
    SELECT raise(ABORT, 'the change log is append-only');
END;
CREATE TRIGGER change_is_only_erased BEFORE UPDATE ON change
WHEN NOT (
    new.content IS NULL AND new.salt IS NULL AND new.seq = old.seq AND new.at = old.at
    AND new.command = old.command AND new.undoes IS old.undoes AND new.digest = old.digest
    AND new.previous = old.previous AND new.hash = old.hash
)
BEGIN
    SELECT raise(ABORT, 'the change log is append-only');
END;

-- An open sitting at a note: what things were like when it began, until its one entry is written.
CREATE TABLE sitting (
    note_id BLOB NOT NULL PRIMARY KEY,
    began TEXT NOT NULL,
    saved TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sitting_object (
    note_id BLOB NOT NULL REFERENCES sitting (note_id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    -- JSON; NULL where it was not there.
    before TEXT,
    PRIMARY KEY (note_id, kind, id)
) STRICT;

-- What every transaction touched, sync included, for other processes to read on in. Unchained, prunable.
CREATE TABLE feed (
    seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    id TEXT NOT NULL
) STRICT;
