-- Which files of minutes were imported, so that importing them again adds nothing.
CREATE TABLE import (
    -- SHA-256 of the file's bytes.
    digest BLOB NOT NULL,
    meeting_id BLOB NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    -- Relative to the folder named.
    path TEXT NOT NULL,
    -- The note's revision that held the file's text.
    revision INTEGER NOT NULL,
    PRIMARY KEY (digest, meeting_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_meeting ON import (meeting_id);
CREATE INDEX import_path ON import (path);
