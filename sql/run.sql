-- How long runs took, and whose rows they touched.

-- name: run_time_insert
INSERT INTO run_time (version, milliseconds) VALUES (:version, :milliseconds);

-- name: run_time_get
SELECT milliseconds FROM run_time WHERE version = :version;

-- name: run_personas
-- Keys of meetings and labels begin with that of their persona: from each
-- persona the next one is sought, whatever it has.
WITH RECURSIVE
  met (persona) AS (
    SELECT min(key) >> 32 FROM change WHERE version = :version AND noun = 1
    UNION ALL
    SELECT (SELECT min(key) >> 32 FROM change
            WHERE version = :version AND noun = 1
              AND key >= (met.persona + 1) << 32)
    FROM met WHERE met.persona IS NOT NULL),
  labelled (persona) AS (
    SELECT min(key) >> 32 FROM change WHERE version = :version AND noun = 2
    UNION ALL
    SELECT (SELECT min(key) >> 32 FROM change
            WHERE version = :version AND noun = 2
              AND key >= (labelled.persona + 1) << 32)
    FROM labelled WHERE labelled.persona IS NOT NULL),
  touched (persona) AS (
    SELECT key FROM change WHERE version = :version AND noun = 0
    UNION SELECT persona FROM met
    UNION SELECT persona FROM labelled)
SELECT k.id FROM touched t JOIN persona_key k ON k.persona = t.persona
ORDER BY k.id;
