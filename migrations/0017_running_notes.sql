-- What stands in somebody's running note is about them, named or not.
INSERT INTO item_mention (item_id, position, person_id)
SELECT i.id, coalesce((SELECT max(m.position) + 1 FROM item_mention m WHERE m.item_id = i.id), 0), n.person_id
FROM item i JOIN note n ON n.id = i.note_id
WHERE n.person_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM item_mention m WHERE m.item_id = i.id AND m.person_id = n.person_id);
