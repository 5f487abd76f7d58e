-- Who said that a decision is as written, and when they said so.
CREATE TABLE confirmation (
    item_id BLOB NOT NULL REFERENCES item (id) ON DELETE CASCADE,
    person_id BLOB NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    PRIMARY KEY (item_id, person_id)
) STRICT, WITHOUT ROWID;
