-- Read-only views for those who prefer SQL; docs/sql.md describes them. Columns are added, never renamed or removed.
-- Ids are those the command prints, instants RFC 3339 in UTC, days YYYY-MM-DD. Items of private parts are in them and say so.

CREATE VIEW v_people AS
SELECT substr(lower(hex(p.id)), 1, 8) || '-' || substr(lower(hex(p.id)), 9, 4) || '-' || substr(lower(hex(p.id)), 13, 4) || '-' || substr(lower(hex(p.id)), 17, 4) || '-' || substr(lower(hex(p.id)), 21) AS id,
       p.handle AS handle,
       p.name AS name,
       (SELECT e.email FROM person_email e WHERE e.person_id = p.id ORDER BY e.position LIMIT 1) AS email,
       o.name AS organization,
       p.relation AS relation,
       p.is_me AS is_me
FROM person p LEFT JOIN organization o ON o.id = p.organization_id
WHERE p.merged_into IS NULL;

CREATE VIEW v_meetings AS
SELECT substr(lower(hex(m.id)), 1, 8) || '-' || substr(lower(hex(m.id)), 9, 4) || '-' || substr(lower(hex(m.id)), 13, 4) || '-' || substr(lower(hex(m.id)), 17, 4) || '-' || substr(lower(hex(m.id)), 21) AS id,
       m.shown_title AS title,
       m.kind AS kind,
       m.status AS status,
       coalesce(m.shown_start_date, m.shown_start_utc) AS starts,
       coalesce(m.shown_end_date, m.shown_end_utc) AS ends,
       m.shown_start_date IS NOT NULL AS all_day,
       m.shown_zone AS zone,
       CASE WHEN m.shown_start_utc IS NOT NULL
            THEN CAST(round((julianday(m.shown_end_utc) - julianday(m.shown_start_utc)) * 1440) AS INTEGER) END AS minutes,
       m.purpose AS purpose,
       m.my_role AS my_role,
       m.held AS held,
       m.has_notes AS has_notes,
       CASE WHEN m.series_id IS NOT NULL THEN substr(lower(hex(m.series_id)), 1, 8) || '-' || substr(lower(hex(m.series_id)), 9, 4) || '-' || substr(lower(hex(m.series_id)), 13, 4) || '-' || substr(lower(hex(m.series_id)), 17, 4) || '-' || substr(lower(hex(m.series_id)), 21) END AS series_id,
       s.title AS series_title,
       m.source AS source
FROM meeting m LEFT JOIN series s ON s.id = m.series_id;

CREATE VIEW v_attendances AS
SELECT substr(lower(hex(a.meeting_id)), 1, 8) || '-' || substr(lower(hex(a.meeting_id)), 9, 4) || '-' || substr(lower(hex(a.meeting_id)), 13, 4) || '-' || substr(lower(hex(a.meeting_id)), 17, 4) || '-' || substr(lower(hex(a.meeting_id)), 21) AS meeting_id,
       substr(lower(hex(coalesce(p.merged_into, p.id))), 1, 8) || '-' || substr(lower(hex(coalesce(p.merged_into, p.id))), 9, 4) || '-' || substr(lower(hex(coalesce(p.merged_into, p.id))), 13, 4) || '-' || substr(lower(hex(coalesce(p.merged_into, p.id))), 17, 4) || '-' || substr(lower(hex(coalesce(p.merged_into, p.id))), 21) AS person_id,
       coalesce(a.user_role, a.calendar_role) AS role,
       coalesce(a.user_response, a.calendar_response) AS response,
       a.present AS present
FROM attendance a JOIN person p ON p.id = a.person_id;

CREATE VIEW v_actions AS
SELECT
       substr(lower(hex(i.id)), 1, 8) || '-' || substr(lower(hex(i.id)), 9, 4) || '-' || substr(lower(hex(i.id)), 13, 4) || '-' || substr(lower(hex(i.id)), 17, 4) || '-' || substr(lower(hex(i.id)), 21) AS id,
       '^' || i.anchor AS anchor,
       i.text AS text,
       CASE WHEN n.meeting_id IS NOT NULL THEN substr(lower(hex(n.meeting_id)), 1, 8) || '-' || substr(lower(hex(n.meeting_id)), 9, 4) || '-' || substr(lower(hex(n.meeting_id)), 13, 4) || '-' || substr(lower(hex(n.meeting_id)), 17, 4) || '-' || substr(lower(hex(n.meeting_id)), 21) END AS meeting_id,
       m.shown_title AS meeting_title,
       coalesce(m.shown_start_date, date(m.shown_start_utc), date(i.created_at)) AS date,
       n.part AS note_part,
       i.line AS line,
       i.status AS status,
       i.due AS due,
       i.slips AS slips,
       i.snoozed_until AS snoozed_until,
       i.created_at AS created_at,
       i.done_at AS done_at
FROM item i JOIN note n ON n.id = i.note_id LEFT JOIN meeting m ON m.id = n.meeting_id
WHERE i.archived = 0 AND i.kind = 'action';

CREATE VIEW v_decisions AS
SELECT
       substr(lower(hex(i.id)), 1, 8) || '-' || substr(lower(hex(i.id)), 9, 4) || '-' || substr(lower(hex(i.id)), 13, 4) || '-' || substr(lower(hex(i.id)), 17, 4) || '-' || substr(lower(hex(i.id)), 21) AS id,
       '^' || i.anchor AS anchor,
       i.text AS text,
       CASE WHEN n.meeting_id IS NOT NULL THEN substr(lower(hex(n.meeting_id)), 1, 8) || '-' || substr(lower(hex(n.meeting_id)), 9, 4) || '-' || substr(lower(hex(n.meeting_id)), 13, 4) || '-' || substr(lower(hex(n.meeting_id)), 17, 4) || '-' || substr(lower(hex(n.meeting_id)), 21) END AS meeting_id,
       m.shown_title AS meeting_title,
       coalesce(m.shown_start_date, date(m.shown_start_utc), date(i.created_at)) AS date,
       n.part AS note_part,
       i.line AS line,
       i.proposed AS proposed,
       i.rationale AS rationale,
       i.alternatives AS alternatives,
       i.revisit AS revisit,
       EXISTS (SELECT 1 FROM item_link l JOIN item newer ON newer.id = l.item_id
               WHERE l.target = i.id AND l.kind = 'supersedes' AND newer.archived = 0 AND newer.proposed = 0) AS superseded
FROM item i JOIN note n ON n.id = i.note_id LEFT JOIN meeting m ON m.id = n.meeting_id
WHERE i.archived = 0 AND i.kind = 'decision';

CREATE VIEW v_questions AS
SELECT
       substr(lower(hex(i.id)), 1, 8) || '-' || substr(lower(hex(i.id)), 9, 4) || '-' || substr(lower(hex(i.id)), 13, 4) || '-' || substr(lower(hex(i.id)), 17, 4) || '-' || substr(lower(hex(i.id)), 21) AS id,
       '^' || i.anchor AS anchor,
       i.text AS text,
       CASE WHEN n.meeting_id IS NOT NULL THEN substr(lower(hex(n.meeting_id)), 1, 8) || '-' || substr(lower(hex(n.meeting_id)), 9, 4) || '-' || substr(lower(hex(n.meeting_id)), 13, 4) || '-' || substr(lower(hex(n.meeting_id)), 17, 4) || '-' || substr(lower(hex(n.meeting_id)), 21) END AS meeting_id,
       m.shown_title AS meeting_title,
       coalesce(m.shown_start_date, date(m.shown_start_utc), date(i.created_at)) AS date,
       n.part AS note_part,
       i.line AS line,
       EXISTS (SELECT 1 FROM item_link l JOIN item answer ON answer.id = l.item_id
               WHERE l.target = i.id AND l.kind = 'answers' AND answer.archived = 0 AND answer.proposed = 0) AS answered
FROM item i JOIN note n ON n.id = i.note_id LEFT JOIN meeting m ON m.id = n.meeting_id
WHERE i.archived = 0 AND i.kind = 'question';

-- Of an action its owners, of a decision who decided, of a question who asked.
CREATE VIEW v_owners AS
SELECT substr(lower(hex(w.item_id)), 1, 8) || '-' || substr(lower(hex(w.item_id)), 9, 4) || '-' || substr(lower(hex(w.item_id)), 13, 4) || '-' || substr(lower(hex(w.item_id)), 17, 4) || '-' || substr(lower(hex(w.item_id)), 21) AS item_id,
       substr(lower(hex(coalesce(p.merged_into, p.id))), 1, 8) || '-' || substr(lower(hex(coalesce(p.merged_into, p.id))), 9, 4) || '-' || substr(lower(hex(coalesce(p.merged_into, p.id))), 13, 4) || '-' || substr(lower(hex(coalesce(p.merged_into, p.id))), 17, 4) || '-' || substr(lower(hex(coalesce(p.merged_into, p.id))), 21) AS person_id,
       w.inferred AS inferred
FROM item_owner w JOIN person p ON p.id = w.person_id JOIN item i ON i.id = w.item_id
WHERE i.archived = 0;

CREATE VIEW v_topics AS
SELECT t.topic AS topic, substr(lower(hex(t.item_id)), 1, 8) || '-' || substr(lower(hex(t.item_id)), 9, 4) || '-' || substr(lower(hex(t.item_id)), 13, 4) || '-' || substr(lower(hex(t.item_id)), 17, 4) || '-' || substr(lower(hex(t.item_id)), 21) AS item_id, NULL AS meeting_id
FROM item_topic t JOIN item i ON i.id = t.item_id WHERE i.archived = 0
UNION ALL
SELECT t.topic, NULL, substr(lower(hex(n.meeting_id)), 1, 8) || '-' || substr(lower(hex(n.meeting_id)), 9, 4) || '-' || substr(lower(hex(n.meeting_id)), 13, 4) || '-' || substr(lower(hex(n.meeting_id)), 17, 4) || '-' || substr(lower(hex(n.meeting_id)), 21)
FROM note_topic t JOIN note n ON n.id = t.note_id WHERE n.meeting_id IS NOT NULL;
