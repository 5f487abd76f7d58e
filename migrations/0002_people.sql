CREATE TABLE organization (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    -- Case and diacritics folded, to be found by.
    folded TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX organization_folded ON organization (folded);

CREATE TABLE organization_domain (
    domain TEXT NOT NULL PRIMARY KEY,
    organization_id BLOB NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX organization_domain_of ON organization_domain (organization_id);

-- Rows everywhere keep pointing at the person they were made with; whoever reads follows merged_into. So a merge can be
-- taken back.
CREATE TABLE person (
    id BLOB NOT NULL PRIMARY KEY,
    handle TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    relation TEXT NOT NULL,
    is_me INTEGER NOT NULL DEFAULT 0,
    organization_id BLOB REFERENCES organization (id),
    -- Whom the user merged this person into,
    merged_directly BLOB REFERENCES person (id),
    -- and where that ends: always a person who is not merged.
    merged_into BLOB REFERENCES person (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_folded ON person (folded);
CREATE INDEX person_merged_directly ON person (merged_directly) WHERE merged_directly IS NOT NULL;
CREATE INDEX person_merged_into ON person (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX person_organization ON person (organization_id);
CREATE INDEX person_me ON person (id) WHERE is_me = 1;

CREATE TABLE person_email (
    email TEXT NOT NULL PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX person_email_of ON person_email (person_id);

-- Further names and handles given by hand.
CREATE TABLE person_alias (
    person_id BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    alias TEXT NOT NULL,
    folded TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (person_id, alias)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_alias_folded ON person_alias (folded);
