-- What must never be found: each statement gives the key and the version of
-- rows that should not be.  They read whole tables; only a deep check runs them.

-- name: verify_meeting_without_persona
SELECT m.meeting AS key, m.since_version AS version FROM meeting m
WHERE NOT EXISTS (SELECT 1 FROM persona p WHERE p.persona = m.meeting >> 32);

-- name: verify_meeting_beyond_ordinals
-- A number that was never handed out could be handed out again.
SELECT m.meeting AS key, m.since_version AS version FROM meeting m
WHERE (m.meeting & 0xffffffff) >
      coalesce((SELECT k.meetings FROM persona_key k
                WHERE k.persona = m.meeting >> 32), 0);

-- name: verify_meeting_without_facts
SELECT m.meeting AS key, m.since_version AS version
FROM meeting m LEFT JOIN meeting_fact f USING (meeting)
WHERE f.since_version IS NOT m.since_version;

-- name: verify_facts_without_meeting
SELECT f.meeting AS key, f.since_version AS version FROM meeting_fact f
WHERE NOT EXISTS (SELECT 1 FROM meeting m WHERE m.meeting = f.meeting);

-- name: verify_dead_meeting_without_facts
SELECT m.meeting AS key, m.until_version AS version
FROM meeting_history m
LEFT JOIN meeting_fact_history f USING (until_version, meeting)
WHERE f.since_version IS NOT m.since_version;

-- name: verify_dead_facts_without_meeting
SELECT f.meeting AS key, f.until_version AS version
FROM meeting_fact_history f
WHERE NOT EXISTS (SELECT 1 FROM meeting_history m
                  WHERE m.until_version = f.until_version
                    AND m.meeting = f.meeting);

-- name: verify_label_without_meeting
SELECT l.meeting AS key, l.since_version AS version FROM label l
WHERE NOT EXISTS (SELECT 1 FROM meeting m WHERE m.meeting = l.meeting);

-- name: verify_persona_spans
-- Two values at once: a span that ends where none began, or a span that begins
-- before the one before it ended.
SELECT h.persona AS key, h.until_version AS version FROM persona_history h
WHERE h.since_version < 1 OR h.since_version >= h.until_version
   OR EXISTS (SELECT 1 FROM persona_history o
              WHERE o.persona = h.persona
                AND o.until_version > h.since_version
                AND o.until_version < h.until_version)
   OR EXISTS (SELECT 1 FROM persona p
              WHERE p.persona = h.persona
                AND p.since_version < h.until_version);

-- name: verify_meeting_spans
SELECT h.meeting AS key, h.until_version AS version FROM meeting_history h
WHERE h.since_version < 1 OR h.since_version >= h.until_version
   OR EXISTS (SELECT 1 FROM meeting_history o
              WHERE o.meeting = h.meeting
                AND o.until_version > h.since_version
                AND o.until_version < h.until_version)
   OR EXISTS (SELECT 1 FROM meeting m
              WHERE m.meeting = h.meeting
                AND m.since_version < h.until_version);

-- name: verify_label_spans
SELECT h.meeting AS key, h.until_version AS version FROM label_history h
WHERE h.since_version < 1 OR h.since_version >= h.until_version
   OR EXISTS (SELECT 1 FROM label_history o
              WHERE o.meeting = h.meeting
                AND o.until_version > h.since_version
                AND o.until_version < h.until_version)
   OR EXISTS (SELECT 1 FROM label l
              WHERE l.meeting = h.meeting
                AND l.since_version < h.until_version);

-- name: verify_split_spans
SELECT h.split AS key, h.until_version AS version FROM split_history h
WHERE h.since_version < 1 OR h.since_version >= h.until_version
   OR EXISTS (SELECT 1 FROM split_history o
              WHERE o.split = h.split
                AND o.until_version > h.since_version
                AND o.until_version < h.until_version)
   OR EXISTS (SELECT 1 FROM split s
              WHERE s.split = h.split
                AND s.since_version < h.until_version);

-- name: verify_review_spans
SELECT h.review AS key, h.until_version AS version FROM review_history h
WHERE h.since_version < 1 OR h.since_version >= h.until_version
   OR EXISTS (SELECT 1 FROM review_history o
              WHERE o.review = h.review
                AND o.until_version > h.since_version
                AND o.until_version < h.until_version)
   OR EXISTS (SELECT 1 FROM review s
              WHERE s.review = h.review
                AND s.since_version < h.until_version);

-- name: verify_persona_needless
-- A dead row that no version needs should have gone with the versions that did.
SELECT h.persona AS key, h.until_version AS version FROM persona_history h
WHERE NOT EXISTS (SELECT 1 FROM version v
                  WHERE v.version >= h.since_version
                    AND v.version < h.until_version AND NOT v.pruned);

-- name: verify_meeting_needless
SELECT h.meeting AS key, h.until_version AS version FROM meeting_history h
WHERE NOT EXISTS (SELECT 1 FROM version v
                  WHERE v.version >= h.since_version
                    AND v.version < h.until_version AND NOT v.pruned);

-- name: verify_label_needless
SELECT h.meeting AS key, h.until_version AS version FROM label_history h
WHERE NOT EXISTS (SELECT 1 FROM version v
                  WHERE v.version >= h.since_version
                    AND v.version < h.until_version AND NOT v.pruned);

-- name: verify_split_needless
SELECT h.split AS key, h.until_version AS version FROM split_history h
WHERE NOT EXISTS (SELECT 1 FROM version v
                  WHERE v.version >= h.since_version
                    AND v.version < h.until_version AND NOT v.pruned);

-- name: verify_review_needless
SELECT h.review AS key, h.until_version AS version FROM review_history h
WHERE NOT EXISTS (SELECT 1 FROM version v
                  WHERE v.version >= h.since_version
                    AND v.version < h.until_version AND NOT v.pruned);

-- name: verify_persona_unlogged
-- Every version in which a row begins or ends has an entry in the change log.
SELECT persona AS key, since_version AS version FROM persona p
WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.version = p.since_version
                  AND c.noun = 0 AND c.key = p.persona)
UNION ALL
SELECT persona, since_version FROM persona_history h
WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.version = h.since_version
                  AND c.noun = 0 AND c.key = h.persona)
UNION ALL
SELECT persona, until_version FROM persona_history h
WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.version = h.until_version
                  AND c.noun = 0 AND c.key = h.persona);

-- name: verify_meeting_unlogged
SELECT meeting AS key, since_version AS version FROM meeting_fact m
WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.version = m.since_version
                  AND c.noun = 1 AND c.key = m.meeting)
UNION ALL
SELECT meeting, since_version FROM meeting_fact_history h
WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.version = h.since_version
                  AND c.noun = 1 AND c.key = h.meeting)
UNION ALL
SELECT meeting, until_version FROM meeting_fact_history h
WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.version = h.until_version
                  AND c.noun = 1 AND c.key = h.meeting);

-- name: verify_label_unlogged
SELECT meeting AS key, since_version AS version FROM label l
WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.version = l.since_version
                  AND c.noun = 2 AND c.key = l.meeting)
UNION ALL
SELECT meeting, since_version FROM label_history h
WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.version = h.since_version
                  AND c.noun = 2 AND c.key = h.meeting)
UNION ALL
SELECT meeting, until_version FROM label_history h
WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.version = h.until_version
                  AND c.noun = 2 AND c.key = h.meeting);

-- name: verify_split_unlogged
SELECT split AS key, since_version AS version FROM split s
WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.version = s.since_version
                  AND c.noun = 3 AND c.key = s.split)
UNION ALL
SELECT split, since_version FROM split_history h
WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.version = h.since_version
                  AND c.noun = 3 AND c.key = h.split)
UNION ALL
SELECT split, until_version FROM split_history h
WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.version = h.until_version
                  AND c.noun = 3 AND c.key = h.split);

-- name: verify_review_unlogged
SELECT review AS key, since_version AS version FROM review s
WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.version = s.since_version
                  AND c.noun = 4 AND c.key = s.review)
UNION ALL
SELECT review, since_version FROM review_history h
WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.version = h.since_version
                  AND c.noun = 4 AND c.key = h.review)
UNION ALL
SELECT review, until_version FROM review_history h
WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.version = h.until_version
                  AND c.noun = 4 AND c.key = h.review);

-- name: verify_change
-- An entry of the log says which rows of its key begin (1) and end (2) there:
-- added is 1, removed 2, changed both; one that has neither should not be.
SELECT c.key, c.version FROM change c
WHERE c.noun NOT BETWEEN 0 AND 4
   OR c.version NOT BETWEEN 1 AND (SELECT max(version) FROM version)
   OR CASE c.noun
        WHEN 0 THEN
          EXISTS (SELECT 1 FROM persona p WHERE p.persona = c.key
                  AND p.since_version = c.version)
          OR EXISTS (SELECT 1 FROM persona_history h WHERE h.persona = c.key
                     AND h.since_version = c.version)
        WHEN 1 THEN
          EXISTS (SELECT 1 FROM meeting_fact m WHERE m.meeting = c.key
                  AND m.since_version = c.version)
          OR EXISTS (SELECT 1 FROM meeting_fact_history h
                     WHERE h.meeting = c.key AND h.since_version = c.version)
        WHEN 2 THEN
          EXISTS (SELECT 1 FROM label l WHERE l.meeting = c.key
                  AND l.since_version = c.version)
          OR EXISTS (SELECT 1 FROM label_history h
                     WHERE h.meeting = c.key AND h.since_version = c.version)
        WHEN 3 THEN
          EXISTS (SELECT 1 FROM split s WHERE s.split = c.key
                  AND s.since_version = c.version)
          OR EXISTS (SELECT 1 FROM split_history h
                     WHERE h.split = c.key AND h.since_version = c.version)
        ELSE
          EXISTS (SELECT 1 FROM review r WHERE r.review = c.key
                  AND r.since_version = c.version)
          OR EXISTS (SELECT 1 FROM review_history h
                     WHERE h.review = c.key AND h.since_version = c.version)
      END
      + 2 * CASE c.noun
        WHEN 0 THEN
          EXISTS (SELECT 1 FROM persona_history h
                  WHERE h.until_version = c.version AND h.persona = c.key)
        WHEN 1 THEN
          EXISTS (SELECT 1 FROM meeting_fact_history h
                  WHERE h.until_version = c.version AND h.meeting = c.key)
        WHEN 2 THEN
          EXISTS (SELECT 1 FROM label_history h
                  WHERE h.until_version = c.version AND h.meeting = c.key)
        WHEN 3 THEN
          EXISTS (SELECT 1 FROM split_history h
                  WHERE h.until_version = c.version AND h.split = c.key)
        ELSE
          EXISTS (SELECT 1 FROM review_history h
                  WHERE h.until_version = c.version AND h.review = c.key)
      END
      IS NOT CASE c.operation WHEN 0 THEN 1 WHEN 1 THEN 3 WHEN 2 THEN 2 END;

-- name: verify_content_of_nobody
-- A set of a persona that is not alive, or of no noun; records are nobody's.
SELECT persona AS key, 0 AS version FROM content
WHERE noun NOT BETWEEN 0 AND 4
   OR (persona != 0 AND (noun >= 3 OR NOT EXISTS (
         SELECT 1 FROM persona p WHERE p.persona = content.persona)));

-- name: verify_seal_of_nothing
-- A sum that no table has; key and version only fill the columns.
SELECT 0 AS key, 0 AS version FROM seal
WHERE name NOT IN ('persona_key', 'batch', 'rule', 'version', 'tag',
                   'labelling', 'export', 'job', 'prompt', 'request',
                   'request_message', 'request_reply', 'rejection', 'origin',
                   'endpoint_trait', 'remote_batch', 'job_brief', 'planned',
                   'split_key', 'review_key', 'run_time');

-- name: verify_schema
-- Statistics that ANALYZE keeps are not ours.
SELECT type, name, tbl_name, sql FROM sqlite_schema
WHERE name NOT GLOB 'sqlite_stat*' ORDER BY type, name;
