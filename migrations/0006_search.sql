-- What can be found, as plain text without anchors. Made again from the other tables by `doctor --repair`.
CREATE TABLE search_document (
    document INTEGER NOT NULL PRIMARY KEY,
    -- "meeting", "note", "action", "decision", "question", "person" or "organization".
    kind TEXT NOT NULL,
    id BLOB NOT NULL UNIQUE,
    -- The note a note or item stands in.
    note_id BLOB,
    title TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX search_document_note ON search_document (note_id) WHERE note_id IS NOT NULL;

CREATE VIRTUAL TABLE search_index USING fts5 (
    title, body,
    content = 'search_document', content_rowid = 'document',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4'
);

-- An index with outside content must be told the old text when a row goes: only triggers cannot forget to.
CREATE TRIGGER search_document_added AFTER INSERT ON search_document
BEGIN
    INSERT INTO search_index (rowid, title, body) VALUES (new.document, new.title, new.body);
END;
CREATE TRIGGER search_document_gone AFTER DELETE ON search_document
BEGIN
    INSERT INTO search_index (search_index, rowid, title, body)
    VALUES ('delete', old.document, old.title, old.body);
END;
CREATE TRIGGER search_document_changed AFTER UPDATE OF title, body ON search_document
BEGIN
    INSERT INTO search_index (search_index, rowid, title, body)
    VALUES ('delete', old.document, old.title, old.body);
    INSERT INTO search_index (rowid, title, body) VALUES (new.document, new.title, new.body);
END;
