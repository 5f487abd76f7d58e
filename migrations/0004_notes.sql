-- No cascade leads here from anything a provider can take back.
CREATE TABLE note (
    id BLOB NOT NULL PRIMARY KEY,
    meeting_id BLOB REFERENCES meeting (id),
    person_id BLOB REFERENCES person (id),
    part TEXT NOT NULL,
    text TEXT NOT NULL,
    revision INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    CHECK ((meeting_id IS NULL) = (person_id IS NOT NULL)),
    UNIQUE (meeting_id, part),
    UNIQUE (person_id)
) STRICT;

-- Every saved text. Without a foreign key: the past of a note outlives its row, so that a note brought back by undo goes
-- on where it was.
CREATE TABLE note_revision (
    note_id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    at TEXT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (note_id, revision)
) STRICT;

-- Topics and people named outside items.
CREATE TABLE note_topic (
    note_id BLOB NOT NULL REFERENCES note (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    topic TEXT NOT NULL,
    PRIMARY KEY (note_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX note_topic_topic ON note_topic (topic, note_id);

CREATE TABLE note_mention (
    note_id BLOB NOT NULL REFERENCES note (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (note_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX note_mention_person ON note_mention (person_id, note_id);

-- The index of what the notes' texts say.
CREATE TABLE item (
    id BLOB NOT NULL PRIMARY KEY,
    note_id BLOB NOT NULL REFERENCES note (id),
    kind TEXT NOT NULL,
    anchor TEXT NOT NULL UNIQUE,
    line INTEGER NOT NULL,
    text TEXT NOT NULL,
    status TEXT NOT NULL,
    due TEXT,
    slips INTEGER NOT NULL,
    snoozed_until TEXT,
    rationale TEXT,
    alternatives TEXT,
    revisit TEXT,
    proposed INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    done_at TEXT,
    archived INTEGER NOT NULL
) STRICT;
CREATE INDEX item_note ON item (note_id);
CREATE INDEX item_kind ON item (kind, status, due) WHERE archived = 0;

CREATE TABLE item_owner (
    item_id BLOB NOT NULL REFERENCES item (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    inferred INTEGER NOT NULL,
    written TEXT NOT NULL,
    PRIMARY KEY (item_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_owner_person ON item_owner (person_id, item_id);

CREATE TABLE item_topic (
    item_id BLOB NOT NULL REFERENCES item (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    topic TEXT NOT NULL,
    PRIMARY KEY (item_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_topic_topic ON item_topic (topic, item_id);

CREATE TABLE item_mention (
    item_id BLOB NOT NULL REFERENCES item (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (item_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_mention_person ON item_mention (person_id, item_id);

-- A target that is not (or no more) there is ignored by whoever reads.
CREATE TABLE item_link (
    item_id BLOB NOT NULL REFERENCES item (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    target BLOB NOT NULL,
    PRIMARY KEY (item_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_link_target ON item_link (target, kind);
