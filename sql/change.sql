-- Which rows versions touched, and what those rows were before and after.
--
-- A row that was alive in :low and is not the same in :high died in between:
-- it is found by when it died.  What took its place, or was born, has an entry
-- in the log under its since_version, which is a key into the tables.  Keys of
-- one persona are a range.  The table of versions stands first in each join,
-- so that versions are sought one by one, whatever else they touched; the
-- statements for one version need no sorting.

-- name: change_insert
INSERT INTO change (version, noun, key, operation)
VALUES (:version, :noun, :key, :operation);

-- name: change_insert_added
-- The keys :first to :last were added.
WITH RECURSIVE row (key) AS (
  SELECT :first UNION ALL SELECT key + 1 FROM row WHERE key < :last)
INSERT INTO change (version, noun, key, operation)
SELECT :version, :noun, key, 0 FROM row;

-- name: change_one_version
-- The keys that one version touched, in order.
SELECT key FROM change WHERE version = :version AND noun = :noun ORDER BY key;

-- name: change_between
-- The keys that any version after :low up to :high touched, in order, once.
SELECT DISTINCT c.key FROM version v
CROSS JOIN change c ON c.version = v.version AND c.noun = :noun
WHERE v.version > :low AND v.version <= :high ORDER BY c.key;

-- name: change_newest
-- The newest version that touched a row, be it of a run that is not sealed.
SELECT max(version) AS version FROM change;

-- name: change_count
-- How many rows the versions after :low up to :high say they touched.
SELECT coalesce(sum(meetings_added + meetings_changed + meetings_removed), 0)
         AS meetings,
       coalesce(sum(labels_added + labels_changed + labels_removed), 0)
         AS labels
FROM version WHERE version > :low AND version <= :high;

-- name: change_alive
-- How many rows are alive now.
SELECT meetings, labels FROM version
WHERE version = (SELECT max(version) FROM version);

-- name: meeting_id_head
SELECT id FROM meeting WHERE meeting = :meeting;

-- name: meeting_id_dead
SELECT id FROM meeting_history WHERE meeting = :meeting LIMIT 1;

-- name: label_died_one
SELECT meeting, importance, rsvp, prep_minutes, rules
FROM label_history
WHERE until_version = :high AND since_version <= :low
  AND meeting BETWEEN :first AND :last
ORDER BY meeting;

-- name: label_died_between
SELECT h.meeting, h.importance, h.rsvp, h.prep_minutes, h.rules
FROM version v
CROSS JOIN label_history h ON h.until_version = v.version
  AND h.since_version <= :low AND h.meeting BETWEEN :first AND :last
WHERE v.version > :low AND v.version <= :high
ORDER BY h.meeting;

-- name: label_died_in
-- The labels that died in one version and were born in some; in order, so that
-- several versions can be merged without sorting.
SELECT meeting, importance, rsvp, prep_minutes, rules
FROM label_history
WHERE until_version = :until AND since_version BETWEEN :since AND :version
  AND meeting BETWEEN :first AND :last
ORDER BY meeting;

-- name: label_death_after
-- The next version in which a label died.
SELECT min(until_version) AS version FROM label_history
WHERE until_version > :version;

-- name: label_born_one_head
SELECT c.key AS meeting, l.importance, l.rsvp, l.prep_minutes, l.rules
FROM change c
CROSS JOIN label l ON l.meeting = c.key AND l.since_version = c.version
WHERE c.version = :high AND c.noun = 2 AND c.key BETWEEN :first AND :last
ORDER BY c.key;

-- name: label_born_between_head
SELECT c.key AS meeting, l.importance, l.rsvp, l.prep_minutes, l.rules
FROM version v
CROSS JOIN change c ON c.version = v.version AND c.noun = 2
  AND c.key BETWEEN :first AND :last
CROSS JOIN label l ON l.meeting = c.key AND l.since_version = c.version
WHERE v.version > :low AND v.version <= :high
ORDER BY c.key;

-- name: label_born_one_at
-- The same when :high is not the newest version: a row that lived then may have
-- died since, as the first of its key to do so.
SELECT c.key AS meeting, l.importance, l.rsvp, l.prep_minutes, l.rules
FROM change c
CROSS JOIN label l ON l.meeting = c.key AND l.since_version = c.version
WHERE c.version = :high AND c.noun = 2 AND c.key BETWEEN :first AND :last
UNION ALL
SELECT c.key, h.importance, h.rsvp, h.prep_minutes, h.rules
FROM change c
CROSS JOIN label_history h ON h.meeting = c.key
  AND h.until_version = (SELECT min(d.until_version) FROM label_history d
                         WHERE d.meeting = c.key AND d.until_version > :high)
  AND h.since_version = c.version
WHERE c.version = :high AND c.noun = 2 AND c.key BETWEEN :first AND :last
ORDER BY 1;

-- name: label_born_between_at
SELECT c.key AS meeting, l.importance, l.rsvp, l.prep_minutes, l.rules
FROM version v
CROSS JOIN change c ON c.version = v.version AND c.noun = 2
  AND c.key BETWEEN :first AND :last
CROSS JOIN label l ON l.meeting = c.key AND l.since_version = c.version
WHERE v.version > :low AND v.version <= :high
UNION ALL
SELECT c.key, h.importance, h.rsvp, h.prep_minutes, h.rules
FROM version v
CROSS JOIN change c ON c.version = v.version AND c.noun = 2
  AND c.key BETWEEN :first AND :last
CROSS JOIN label_history h ON h.meeting = c.key
  AND h.until_version = (SELECT min(d.until_version) FROM label_history d
                         WHERE d.meeting = c.key AND d.until_version > :high)
  AND h.since_version = c.version
WHERE v.version > :low AND v.version <= :high
ORDER BY 1;

-- name: label_since_head
-- label_scan_head without the versions.
SELECT meeting, importance, rsvp, prep_minutes, rules
FROM label WHERE meeting BETWEEN :first AND :last
  AND since_version BETWEEN :since AND :version
ORDER BY meeting;

-- name: label_since_at
-- label_scan_at without the versions.
SELECT meeting, importance, rsvp, prep_minutes, rules
FROM label WHERE meeting BETWEEN :first AND :last
  AND since_version BETWEEN :since AND :version
UNION ALL
SELECT meeting, importance, rsvp, prep_minutes, rules
FROM label_history INDEXED BY sqlite_autoindex_label_history_1
WHERE until_version > :version AND meeting BETWEEN :first AND :last
  AND since_version BETWEEN :since AND :version
ORDER BY 1;

-- name: meeting_died_one
SELECT meeting, since_version, id
FROM meeting_history
WHERE until_version = :high AND since_version <= :low
  AND meeting BETWEEN :first AND :last
ORDER BY meeting;

-- name: meeting_died_between
SELECT h.meeting, h.since_version, h.id
FROM version v
CROSS JOIN meeting_history h ON h.until_version = v.version
  AND h.since_version <= :low AND h.meeting BETWEEN :first AND :last
WHERE v.version > :low AND v.version <= :high
ORDER BY h.meeting;

-- name: meeting_born_one_head
SELECT c.key AS meeting, m.since_version, m.id
FROM change c
CROSS JOIN meeting m ON m.meeting = c.key AND m.since_version = c.version
WHERE c.version = :high AND c.noun = 1 AND c.key BETWEEN :first AND :last
ORDER BY c.key;

-- name: meeting_born_between_head
SELECT c.key AS meeting, m.since_version, m.id
FROM version v
CROSS JOIN change c ON c.version = v.version AND c.noun = 1
  AND c.key BETWEEN :first AND :last
CROSS JOIN meeting m ON m.meeting = c.key AND m.since_version = c.version
WHERE v.version > :low AND v.version <= :high
ORDER BY c.key;

-- name: meeting_born_one_at
SELECT c.key AS meeting, m.since_version, m.id
FROM change c
CROSS JOIN meeting m ON m.meeting = c.key AND m.since_version = c.version
WHERE c.version = :high AND c.noun = 1 AND c.key BETWEEN :first AND :last
UNION ALL
SELECT c.key, h.since_version, h.id
FROM change c
CROSS JOIN meeting_history h ON h.meeting = c.key
  AND h.until_version = (SELECT min(d.until_version) FROM meeting_history d
                         WHERE d.meeting = c.key AND d.until_version > :high)
  AND h.since_version = c.version
WHERE c.version = :high AND c.noun = 1 AND c.key BETWEEN :first AND :last
ORDER BY 1;

-- name: meeting_born_between_at
SELECT c.key AS meeting, m.since_version, m.id
FROM version v
CROSS JOIN change c ON c.version = v.version AND c.noun = 1
  AND c.key BETWEEN :first AND :last
CROSS JOIN meeting m ON m.meeting = c.key AND m.since_version = c.version
WHERE v.version > :low AND v.version <= :high
UNION ALL
SELECT c.key, h.since_version, h.id
FROM version v
CROSS JOIN change c ON c.version = v.version AND c.noun = 1
  AND c.key BETWEEN :first AND :last
CROSS JOIN meeting_history h ON h.meeting = c.key
  AND h.until_version = (SELECT min(d.until_version) FROM meeting_history d
                         WHERE d.meeting = c.key AND d.until_version > :high)
  AND h.since_version = c.version
WHERE v.version > :low AND v.version <= :high
ORDER BY 1;

-- name: meeting_since_at
-- meeting_scan_at without the documents.
SELECT meeting, since_version, id
FROM meeting WHERE meeting BETWEEN :first AND :last
  AND since_version BETWEEN :since AND :version
UNION ALL
SELECT meeting, since_version, id
FROM meeting_history WHERE until_version > :version
  AND meeting BETWEEN :first AND :last
  AND since_version BETWEEN :since AND :version
ORDER BY 1;
