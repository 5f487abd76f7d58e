-- Whose an item was and became by an entry of the log: read without the contents, as item_change is. Owners are ids as JSON.
CREATE TABLE item_handover (
    seq INTEGER NOT NULL REFERENCES change (seq),
    item_id BLOB NOT NULL,
    at TEXT NOT NULL,
    owners_before TEXT NOT NULL,
    owners_after TEXT NOT NULL,
    PRIMARY KEY (seq, item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_handover_at ON item_handover (at);
CREATE INDEX item_handover_item ON item_handover (item_id, at);
