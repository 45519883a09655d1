-- Meetings, and what is stored extracted from them.  Keys of one persona are a
-- range, so :first and :last also mean "one persona" or "all of them".

-- name: meeting_insert
INSERT INTO meeting (meeting, since_version, generated, id, document)
VALUES (:meeting, :version, :generated, :id, :document);

-- name: meeting_fact_insert
INSERT INTO meeting_fact VALUES (
  :meeting, :version, :start, :minutes, :type, :flags, :attendees, :required,
  :optional, :resources, :subject, :preview, :people);

-- name: meeting_bury
INSERT INTO meeting_history
SELECT :version, meeting, since_version, generated, id, document
FROM meeting WHERE meeting = :meeting;

-- name: meeting_fact_bury
INSERT INTO meeting_fact_history
SELECT :version, meeting, since_version, start, minutes, type, flags,
       attendees, required, optional, resources, subject, preview, people
FROM meeting_fact WHERE meeting = :meeting;

-- name: meeting_delete
DELETE FROM meeting WHERE meeting = :meeting;

-- name: meeting_fact_delete
DELETE FROM meeting_fact WHERE meeting = :meeting;

-- name: meeting_keys
-- The next keys of a range, for work in batches.
SELECT meeting FROM meeting_fact WHERE meeting BETWEEN :first AND :last
ORDER BY meeting LIMIT :limit;

-- name: meeting_by_id
SELECT meeting FROM meeting WHERE id = :id;

-- name: meeting_by_dead_id
SELECT meeting FROM meeting_history WHERE id = :id LIMIT 1;

-- name: meeting_any_dead
-- Whether any meeting ever died.
SELECT meeting FROM meeting_history WHERE until_version > 0 LIMIT 1;

-- name: meeting_complete
SELECT id FROM meeting WHERE id >= :start ORDER BY id LIMIT 1;

-- name: meeting_get_head
SELECT meeting, since_version, generated, id, document
FROM meeting WHERE meeting = :meeting;

-- name: meeting_get_dead
SELECT meeting, since_version, generated, id, document
FROM meeting_history WHERE meeting = :meeting AND until_version > :version
ORDER BY until_version LIMIT 1;

-- name: meeting_scan_head
SELECT meeting, since_version, generated, id, document
FROM meeting WHERE meeting BETWEEN :first AND :last
  AND since_version BETWEEN :since AND :version
ORDER BY meeting;

-- name: meeting_scan_at
-- As of a version that is not the newest: the living rows that were born by
-- then and the dead ones that still lived.
SELECT meeting, since_version, generated, id, document
FROM meeting WHERE meeting BETWEEN :first AND :last
  AND since_version BETWEEN :since AND :version
UNION ALL
SELECT meeting, since_version, generated, id, document
FROM meeting_history WHERE until_version > :version
  AND meeting BETWEEN :first AND :last
  AND since_version BETWEEN :since AND :version
ORDER BY 1;

-- name: fact_number_scan_head
-- The texts come last in a row, so that a reader that wants none passes over
-- few bytes.
SELECT meeting, start, minutes, type, flags, attendees, required, optional,
       resources
FROM meeting_fact WHERE meeting BETWEEN :first AND :last
  AND since_version BETWEEN :since AND :version
ORDER BY meeting;

-- name: fact_number_scan_at
SELECT meeting, start, minutes, type, flags, attendees, required, optional,
       resources
FROM meeting_fact WHERE meeting BETWEEN :first AND :last
  AND since_version BETWEEN :since AND :version
UNION ALL
SELECT meeting, start, minutes, type, flags, attendees, required, optional,
       resources
FROM meeting_fact_history INDEXED BY meeting_fact_history_until
WHERE until_version > :version AND meeting BETWEEN :first AND :last
  AND since_version BETWEEN :since AND :version
ORDER BY 1;

-- name: fact_scan_head
SELECT meeting, since_version, start, minutes, type, flags, attendees,
       required, optional, resources, subject, preview, people
FROM meeting_fact WHERE meeting BETWEEN :first AND :last
  AND since_version BETWEEN :since AND :version
ORDER BY meeting;

-- name: fact_scan_at
SELECT meeting, since_version, start, minutes, type, flags, attendees,
       required, optional, resources, subject, preview, people
FROM meeting_fact WHERE meeting BETWEEN :first AND :last
  AND since_version BETWEEN :since AND :version
UNION ALL
SELECT meeting, since_version, start, minutes, type, flags, attendees,
       required, optional, resources, subject, preview, people
FROM meeting_fact_history INDEXED BY meeting_fact_history_until
WHERE until_version > :version AND meeting BETWEEN :first AND :last
  AND since_version BETWEEN :since AND :version
ORDER BY 1;

-- name: relabel_scan
-- What the rules read of each living meeting, beside the label it has.
SELECT f.meeting, f.flags, f.minutes, f.attendees, f.subject, f.preview,
       f.people, l.since_version, l.importance, l.rsvp, l.prep_minutes, l.rules
FROM meeting_fact f LEFT JOIN label l USING (meeting)
WHERE f.meeting BETWEEN :first AND :last ORDER BY f.meeting;

-- name: fact_get_head
SELECT meeting, since_version, start, minutes, type, flags, attendees,
       required, optional, resources, subject, preview, people
FROM meeting_fact WHERE meeting = :meeting;

-- name: fact_get_dead
SELECT meeting, since_version, start, minutes, type, flags, attendees,
       required, optional, resources, subject, preview, people
FROM meeting_fact_history
WHERE meeting = :meeting AND until_version > :version
ORDER BY until_version LIMIT 1;

-- name: meeting_last_start
-- The latest start of a persona's meetings; reads that persona's rows.
SELECT max(start) AS start FROM meeting_fact
WHERE meeting BETWEEN :first AND :last;
