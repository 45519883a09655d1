-- Dropping the rows of versions that nobody needs.  What is done to each table
-- of dead rows has the same shape: walk them, drop one, mend its two entries in
-- the change log.

-- name: prune_versions
-- All versions, oldest first.
SELECT version, started, pruned FROM version ORDER BY version;

-- name: prune_exports
SELECT DISTINCT version FROM export ORDER BY version;

-- name: pruned_between
SELECT version FROM version
WHERE version >= :low AND version < :high AND pruned ORDER BY version;

-- name: prune_mark
UPDATE version SET pruned = 1 WHERE version = :version AND NOT pruned;

-- name: prune_personas
-- The dead rows after a place, in the order they are stored in, and about how
-- many bytes each takes with its entries in indexes and log.
SELECT until_version, persona AS key, since_version,
       120 + length(name) + length(document) AS bytes
FROM persona_history
WHERE (until_version, persona) > (:until, :key)
ORDER BY until_version, persona;

-- name: prune_meetings
-- The same; what is stored extracted is about the same for every meeting.
SELECT until_version, meeting AS key, since_version,
       480 + 2 * length(id) + length(document) AS bytes
FROM meeting_history
WHERE (until_version, meeting) > (:until, :key)
ORDER BY until_version, meeting;

-- name: prune_labels
SELECT until_version, meeting AS key, since_version,
       56 + length(rules) AS bytes
FROM label_history
WHERE (until_version, meeting) > (:until, :key)
ORDER BY until_version, meeting;

-- name: prune_splits
SELECT until_version, split AS key, since_version,
       60 + length(document) AS bytes
FROM split_history
WHERE (until_version, split) > (:until, :key)
ORDER BY until_version, split;

-- name: prune_reviews
SELECT until_version, review AS key, since_version,
       60 + length(document) AS bytes
FROM review_history
WHERE (until_version, review) > (:until, :key)
ORDER BY until_version, review;

-- name: prune_persona
DELETE FROM persona_history WHERE until_version = :until AND persona = :key;

-- name: prune_meeting
DELETE FROM meeting_history WHERE until_version = :until AND meeting = :key;

-- name: prune_meeting_fact
DELETE FROM meeting_fact_history
WHERE until_version = :until AND meeting = :key;

-- name: prune_label
DELETE FROM label_history WHERE until_version = :until AND meeting = :key;

-- name: prune_split
DELETE FROM split_history WHERE until_version = :until AND split = :key;

-- name: prune_review
DELETE FROM review_history WHERE until_version = :until AND review = :key;

-- The entry of the version that opened a dropped row: it stays, as that of a
-- removal, when the row before ended there.

-- name: prune_persona_opened
UPDATE change SET operation = 2
WHERE version = :version AND noun = 0 AND key = :key AND EXISTS (
  SELECT 1 FROM persona_history
  WHERE until_version = :version AND persona = :key);

-- name: prune_meeting_opened
UPDATE change SET operation = 2
WHERE version = :version AND noun = 1 AND key = :key AND EXISTS (
  SELECT 1 FROM meeting_history
  WHERE until_version = :version AND meeting = :key);

-- name: prune_label_opened
UPDATE change SET operation = 2
WHERE version = :version AND noun = 2 AND key = :key AND EXISTS (
  SELECT 1 FROM label_history
  WHERE until_version = :version AND meeting = :key);

-- name: prune_split_opened
UPDATE change SET operation = 2
WHERE version = :version AND noun = 3 AND key = :key AND EXISTS (
  SELECT 1 FROM split_history
  WHERE until_version = :version AND split = :key);

-- name: prune_review_opened
UPDATE change SET operation = 2
WHERE version = :version AND noun = 4 AND key = :key AND EXISTS (
  SELECT 1 FROM review_history
  WHERE until_version = :version AND review = :key);

-- The entry of the version that closed it: it stays, as that of an addition,
-- when the row after began there.  The first dead row that ends later is the
-- only dead one that can have.

-- name: prune_persona_closed
UPDATE change SET operation = 0
WHERE version = :version AND noun = 0 AND key = :key AND (EXISTS (
  SELECT 1 FROM persona WHERE persona = :key AND since_version = :version)
  OR :version = (
  SELECT since_version FROM persona_history
  WHERE persona = :key AND until_version > :version
  ORDER BY until_version LIMIT 1));

-- name: prune_meeting_closed
UPDATE change SET operation = 0
WHERE version = :version AND noun = 1 AND key = :key AND (EXISTS (
  SELECT 1 FROM meeting WHERE meeting = :key AND since_version = :version)
  OR :version = (
  SELECT since_version FROM meeting_history
  WHERE meeting = :key AND until_version > :version
  ORDER BY until_version LIMIT 1));

-- name: prune_label_closed
UPDATE change SET operation = 0
WHERE version = :version AND noun = 2 AND key = :key AND (EXISTS (
  SELECT 1 FROM label WHERE meeting = :key AND since_version = :version)
  OR :version = (
  SELECT since_version FROM label_history
  WHERE meeting = :key AND until_version > :version
  ORDER BY until_version LIMIT 1));

-- name: prune_split_closed
UPDATE change SET operation = 0
WHERE version = :version AND noun = 3 AND key = :key AND (EXISTS (
  SELECT 1 FROM split WHERE split = :key AND since_version = :version)
  OR :version = (
  SELECT since_version FROM split_history
  WHERE split = :key AND until_version > :version
  ORDER BY until_version LIMIT 1));

-- name: prune_review_closed
UPDATE change SET operation = 0
WHERE version = :version AND noun = 4 AND key = :key AND (EXISTS (
  SELECT 1 FROM review WHERE review = :key AND since_version = :version)
  OR :version = (
  SELECT since_version FROM review_history
  WHERE review = :key AND until_version > :version
  ORDER BY until_version LIMIT 1));

-- name: prune_change
-- An entry whose rows are both gone.
DELETE FROM change WHERE version = :version AND noun = :noun AND key = :key;
