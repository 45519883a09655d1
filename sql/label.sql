-- Labels.

-- name: label_insert
INSERT INTO label (meeting, since_version, importance, rsvp, prep_minutes, rules)
VALUES (:meeting, :version, :importance, :rsvp, :prep_minutes, :rules);

-- name: label_bury
INSERT INTO label_history
SELECT :version, meeting, since_version, importance, rsvp, prep_minutes, rules
FROM label WHERE meeting = :meeting;

-- name: label_update
UPDATE label SET since_version = :version, importance = :importance,
  rsvp = :rsvp, prep_minutes = :prep_minutes, rules = :rules
WHERE meeting = :meeting;

-- name: label_delete
DELETE FROM label WHERE meeting = :meeting;

-- name: label_get_head
SELECT meeting, since_version, importance, rsvp, prep_minutes, rules
FROM label WHERE meeting = :meeting;

-- name: label_get_dead
SELECT meeting, since_version, importance, rsvp, prep_minutes, rules
FROM label_history WHERE meeting = :meeting AND until_version > :version
ORDER BY until_version LIMIT 1;

-- name: label_scan_head
SELECT meeting, since_version, importance, rsvp, prep_minutes, rules
FROM label WHERE meeting BETWEEN :first AND :last
  AND since_version BETWEEN :since AND :version
ORDER BY meeting;

-- name: label_scan_at
-- By the version that a label died in, whose index is that of the primary key:
-- only what died later is read, and sorted.
SELECT meeting, since_version, importance, rsvp, prep_minutes, rules
FROM label WHERE meeting BETWEEN :first AND :last
  AND since_version BETWEEN :since AND :version
UNION ALL
SELECT meeting, since_version, importance, rsvp, prep_minutes, rules
FROM label_history INDEXED BY sqlite_autoindex_label_history_1
WHERE until_version > :version AND meeting BETWEEN :first AND :last
  AND since_version BETWEEN :since AND :version
ORDER BY 1;

-- name: label_history_of
-- Every value that a label had, oldest first; until_version is null for the
-- one that it has now.
SELECT since_version, until_version, importance, rsvp, prep_minutes, rules
FROM label_history WHERE meeting = :meeting
UNION ALL
SELECT since_version, NULL, importance, rsvp, prep_minutes, rules
FROM label WHERE meeting = :meeting
ORDER BY 1;

-- name: meeting_history_of
-- Every row that a meeting had, oldest first.
SELECT since_version, until_version FROM meeting_history
WHERE meeting = :meeting
UNION ALL
SELECT since_version, NULL FROM meeting WHERE meeting = :meeting
ORDER BY 1;

-- name: label_count
-- How many labels a persona has now.
SELECT count(*) AS labels FROM label WHERE meeting BETWEEN :first AND :last;

-- name: label_count_at
SELECT (SELECT count(*) FROM label
        WHERE meeting BETWEEN :first AND :last AND since_version <= :version)
     + (SELECT count(*) FROM label_history INDEXED BY label_history_key
        WHERE meeting BETWEEN :first AND :last AND until_version > :version
          AND since_version <= :version) AS labels;

-- name: label_change_count
SELECT count(*) AS labels FROM change
WHERE version = :version AND noun = 2 AND key BETWEEN :first AND :last
  AND operation < 2;

-- name: labelling_get
-- The rules that the labels of a persona agreed with, as last known by then.
SELECT version, rules_hash, engine FROM labelling
WHERE persona = :persona AND version <= :version
ORDER BY version DESC LIMIT 1;

-- name: labelling_put
INSERT INTO labelling (persona, version, rules_hash, engine)
VALUES (:persona, :version, :rules_hash, :engine)
ON CONFLICT (persona, version) DO UPDATE SET
  rules_hash = excluded.rules_hash, engine = excluded.engine;

-- name: labelling_settle
-- A run that changed no row makes no version: what it learned is true of its
-- parent.
INSERT INTO labelling (persona, version, rules_hash, engine)
SELECT persona, :parent, rules_hash, engine FROM labelling
WHERE version = :version
ON CONFLICT (persona, version) DO UPDATE SET
  rules_hash = excluded.rules_hash, engine = excluded.engine;

-- name: labelling_unsettle
DELETE FROM labelling WHERE version = :version;
