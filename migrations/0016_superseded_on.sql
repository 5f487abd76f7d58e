-- Since when a decision is superseded, so that one can ask for what holds, or held, on a day.
DROP VIEW v_decisions;
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
               WHERE l.target = i.id AND l.kind = 'supersedes' AND newer.kind = 'decision' AND newer.archived = 0 AND newer.proposed = 0) AS superseded,
       (SELECT min(coalesce(w.shown_start_date, date(w.shown_start_utc), date(newer.created_at)))
        FROM item_link l JOIN item newer ON newer.id = l.item_id JOIN note o ON o.id = newer.note_id
        LEFT JOIN meeting w ON w.id = o.meeting_id
        WHERE l.target = i.id AND l.kind = 'supersedes' AND newer.kind = 'decision' AND newer.archived = 0 AND newer.proposed = 0) AS superseded_on
FROM item i JOIN note n ON n.id = i.note_id LEFT JOIN meeting m ON m.id = n.meeting_id
WHERE i.archived = 0 AND i.kind = 'decision';
