-- The view says what the program says: the invitation's part before one given by hand, regrets in minutes before the
-- invitation's answer, whoever was added to a series at each of its meetings, and nobody twice who was merged.
DROP VIEW v_attendances;
CREATE VIEW v_attendances AS
SELECT substr(lower(hex(at.meeting_id)), 1, 8) || '-' || substr(lower(hex(at.meeting_id)), 9, 4) || '-' || substr(lower(hex(at.meeting_id)), 13, 4) || '-' || substr(lower(hex(at.meeting_id)), 17, 4) || '-' || substr(lower(hex(at.meeting_id)), 21) AS meeting_id,
       substr(lower(hex(at.person_id)), 1, 8) || '-' || substr(lower(hex(at.person_id)), 9, 4) || '-' || substr(lower(hex(at.person_id)), 13, 4) || '-' || substr(lower(hex(at.person_id)), 17, 4) || '-' || substr(lower(hex(at.person_id)), 21) AS person_id,
       CASE min(at.part) WHEN 0 THEN 'organizer' WHEN 2 THEN 'optional' ELSE 'required' END AS role,
       max(at.response) AS response,
       CASE min(at.seen) WHEN 0 THEN 'yes' WHEN 1 THEN 'no' ELSE 'unknown' END AS present
FROM (SELECT a.meeting_id AS meeting_id, coalesce(p.merged_into, p.id) AS person_id,
             CASE coalesce(a.calendar_role, a.user_role) WHEN 'organizer' THEN 0 WHEN 'required' THEN 1 WHEN 'optional' THEN 2 ELSE 3 END AS part,
             coalesce(a.user_response, a.calendar_response) AS response,
             CASE a.present WHEN 'yes' THEN 0 WHEN 'no' THEN 1 ELSE 2 END AS seen
      FROM attendance a JOIN person p ON p.id = a.person_id
      UNION ALL
      SELECT m.id, coalesce(p.merged_into, p.id),
             CASE s.role WHEN 'organizer' THEN 0 WHEN 'required' THEN 1 ELSE 2 END, NULL, 2
      FROM series_attendee s JOIN meeting m ON m.series_id = s.series_id JOIN person p ON p.id = s.person_id) at
GROUP BY at.meeting_id, at.person_id;
