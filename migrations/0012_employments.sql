-- Where somebody worked when, where that changed: the last row on or before a day says it. Nobody who never changed has
-- rows; `person.organization_id` is where they are now.
CREATE TABLE employment (
    person_id BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    -- A date; empty for what was before all others.
    since TEXT NOT NULL,
    organization_id BLOB REFERENCES organization (id),
    PRIMARY KEY (person_id, since)
) STRICT, WITHOUT ROWID;
CREATE INDEX employment_organization ON employment (organization_id, person_id);
