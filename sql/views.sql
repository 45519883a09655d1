-- The views that `datebook sql` offers, as of the version that version_at()
-- answers.  They are temporary: made for one query on a read-only connection.

-- name: view_personas
CREATE TEMP VIEW personas AS
SELECT k.id AS persona, p.name, p.tier,
       CASE p.role WHEN 1 THEN 'validation' ELSE 'train' END AS role,
       p.since_version, p.document
FROM main.persona p JOIN main.persona_key k USING (persona)
WHERE p.since_version <= version_at()
UNION ALL
SELECT k.id, h.name, h.tier,
       CASE h.role WHEN 1 THEN 'validation' ELSE 'train' END,
       h.since_version, h.document
FROM main.persona_history h JOIN main.persona_key k USING (persona)
WHERE h.until_version > version_at() AND h.since_version <= version_at();

-- name: view_meetings
CREATE TEMP VIEW meetings AS
SELECT m.id AS meeting, k.id AS persona, f.subject, f.preview,
       datetime(f.start * 60, 'unixepoch') AS start, f.minutes,
       CASE f.type WHEN 0 THEN 'singleInstance' WHEN 1 THEN 'occurrence'
                   WHEN 2 THEN 'exception' ELSE 'seriesMaster' END AS type,
       f.attendees, f.flags & 1 AS external, f.flags >> 2 & 1 AS organizer,
       m.since_version, m.document,
       (SELECT o.request FROM main.origin o WHERE o.meeting = m.meeting)
         AS request
FROM main.meeting m JOIN main.meeting_fact f USING (meeting)
JOIN main.persona_key k ON k.persona = m.meeting >> 32
WHERE m.since_version <= version_at()
UNION ALL
SELECT m.id, k.id, f.subject, f.preview,
       datetime(f.start * 60, 'unixepoch'), f.minutes,
       CASE f.type WHEN 0 THEN 'singleInstance' WHEN 1 THEN 'occurrence'
                   WHEN 2 THEN 'exception' ELSE 'seriesMaster' END,
       f.attendees, f.flags & 1, f.flags >> 2 & 1, m.since_version, m.document,
       (SELECT o.request FROM main.origin o WHERE o.meeting = m.meeting)
FROM main.meeting_history m
JOIN main.meeting_fact_history f USING (until_version, meeting)
JOIN main.persona_key k ON k.persona = m.meeting >> 32
WHERE m.until_version > version_at() AND m.since_version <= version_at();

-- name: view_labels
CREATE TEMP VIEW labels AS
WITH alive AS (
  SELECT meeting, since_version, importance, rsvp, prep_minutes, rules
  FROM main.label WHERE since_version <= version_at()
  UNION ALL
  SELECT meeting, since_version, importance, rsvp, prep_minutes, rules
  FROM main.label_history
  WHERE until_version > version_at() AND since_version <= version_at())
SELECT coalesce(
         (SELECT m.id FROM main.meeting m WHERE m.meeting = a.meeting),
         (SELECT h.id FROM main.meeting_history h
          WHERE h.meeting = a.meeting LIMIT 1)) AS meeting,
       k.id AS persona,
       CASE a.importance WHEN 0 THEN 'low' WHEN 1 THEN 'medium'
                         WHEN 2 THEN 'high' ELSE 'critical' END AS importance,
       a.prep_minutes > 0 AS prep_needed, a.prep_minutes,
       CASE a.rsvp WHEN 0 THEN 'decline' WHEN 1 THEN 'tentative'
                   ELSE 'accept' END AS rsvp,
       a.since_version
FROM alive a JOIN main.persona_key k ON k.persona = a.meeting >> 32;

-- name: view_splits
CREATE TEMP VIEW splits AS
SELECT k.name, s.since_version, s.document
FROM main.split s JOIN main.split_key k USING (split)
WHERE s.since_version <= version_at()
UNION ALL
SELECT k.name, h.since_version, h.document
FROM main.split_history h JOIN main.split_key k USING (split)
WHERE h.until_version > version_at() AND h.since_version <= version_at();

-- name: view_reviews
CREATE TEMP VIEW reviews AS
WITH alive AS (
  SELECT k.name, r.since_version, r.document
  FROM main.review r JOIN main.review_key k USING (review)
  WHERE r.since_version <= version_at()
  UNION ALL
  SELECT k.name, h.since_version, h.document
  FROM main.review_history h JOIN main.review_key k USING (review)
  WHERE h.until_version > version_at() AND h.since_version <= version_at())
SELECT name, document ->> '$.kind' AS kind, document ->> '$.sample' AS sample,
       document ->> '$.reviewer' AS reviewer,
       document ->> '$.persona' AS persona, document ->> '$.meeting' AS meeting,
       document ->> '$.realistic' AS realistic,
       document ->> '$.importance' AS importance,
       document ->> '$.prep_minutes' AS prep_minutes,
       document ->> '$.rsvp' AS rsvp, document ->> '$.cause' AS cause,
       document ->> '$.note' AS note, since_version, document
FROM alive;

-- name: view_runs
CREATE TEMP VIEW runs AS
SELECT version, command, summary, options,
       strftime('%Y-%m-%dT%H:%M:%S', started / 1000000, 'unixepoch') ||
         printf('.%06d', started % 1000000) AS started,
       tool, engine,
       personas, personas_added, personas_changed, personas_removed,
       meetings, meetings_added, meetings_changed, meetings_removed,
       labels, labels_added, labels_changed, labels_removed,
       splits, splits_added, splits_changed, splits_removed,
       reviews, reviews_added, reviews_changed, reviews_removed,
       pruned, lower(hex(content_hash)) AS content_hash,
       lower(hex(chain_hash)) AS chain_hash
FROM main.version WHERE version <= version_at();

-- name: view_requests
-- The journal has no versions.
CREATE TEMP VIEW requests AS
SELECT r.job, r.request, k.id AS persona,
       CASE r.kind WHEN 0 THEN 'first' WHEN 1 THEN 'correction'
                   WHEN 2 THEN 'longer' ELSE 'again' END AS kind,
       CASE r.state WHEN 0 THEN 'waiting' WHEN 1 THEN 'sent'
                    WHEN 2 THEN 'answered' WHEN 3 THEN 'truncated'
                    WHEN 4 THEN 'refused' WHEN 5 THEN 'rejected'
                    WHEN 6 THEN 'failed' WHEN 7 THEN 'superseded'
                    ELSE 'in a batch' END AS state,
       r.tries, r.model, r.prompt_tokens, r.completion_tokens,
       r.cost / 1e6 AS cost_usd, r.note
FROM main.request r JOIN main.persona_key k USING (persona);
