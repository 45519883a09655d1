-- The journal of what was asked of models.  A number that is 0 in the program
-- where there is none (a job, a parent, a version) is null here, and so is a
-- cost that nobody knows, -1 there.

-- name: job_insert
INSERT INTO job (state, started, options) VALUES (0, :started, :options);

-- name: job_get
SELECT job, state, started, options, version FROM job WHERE job = :job;

-- name: job_unfinished
SELECT job, state, started, options, version FROM job WHERE state = 0;

-- name: job_list
SELECT job, state, started, options, version FROM job ORDER BY job;

-- name: job_end
UPDATE job
SET state = :state, version = nullif(:version, 0),
    (briefs, written, meetings, meetings_written, candidates) =
      (SELECT count(*), count(request),
              coalesce(sum(meetings), 0) +
                (SELECT count(*) FROM planned WHERE job = :job AND brief = 0),
              coalesce(sum(meetings) FILTER (WHERE request IS NOT NULL), 0) +
                (SELECT count(*) FROM planned WHERE job = :job AND brief = 0),
              coalesce(sum(candidates), 0)
       FROM job_brief WHERE job = :job)
WHERE job = :job AND state = 0;

-- name: job_unsettle
-- A run that changed nothing made no version that a job could have become.
UPDATE job SET version = NULL WHERE version = :version;

-- name: job_totals
-- Of its briefs: counted while there are any, else as they were counted.
-- Meetings whose text is known already have none.
SELECT j.briefs + count(b.job) AS briefs,
       j.written + count(b.request) AS written,
       j.meetings + coalesce(sum(b.meetings), 0) +
         (SELECT count(*) FROM planned WHERE job = :job AND brief = 0)
         AS meetings,
       j.meetings_written +
         coalesce(sum(b.meetings) FILTER (WHERE b.request IS NOT NULL), 0) +
         (SELECT count(*) FROM planned WHERE job = :job AND brief = 0)
         AS meetings_written,
       j.candidates + coalesce(sum(b.candidates), 0) AS candidates,
       (SELECT count(*) FROM request r CROSS JOIN rejection x
          ON x.request = r.request
        WHERE r.job = :job) AS rejected
FROM job j LEFT JOIN job_brief b USING (job) WHERE j.job = :job;

-- name: request_totals
-- States: 0 waiting, 1 sent, 2 answered, 3 truncated, 4 refused, 6 failed,
-- 7 superseded, 8 in a batch file; kind 1 is a correction.
SELECT count(*) FILTER (WHERE state != 7 OR tries > 0) AS requests,
       coalesce(sum(tries), 0) AS calls,
       coalesce(sum(max(tries - 1, 0)), 0) AS retries,
       count(*) FILTER (WHERE kind = 1 AND (state != 7 OR tries > 0))
         AS corrections,
       count(*) FILTER (WHERE state IN (0, 1, 6, 8)) AS unanswered,
       coalesce(sum(coerced), 0) AS coerced,
       coalesce(sum(prompt_tokens), 0) AS prompt_tokens,
       coalesce(sum(cached_tokens), 0) AS cached_tokens,
       coalesce(sum(completion_tokens), 0) AS completion_tokens,
       coalesce(sum(cost), 0) AS cost,
       count(*) FILTER (WHERE state IN (2, 3, 4) AND cost IS NULL) AS unpriced
FROM request WHERE job = :job;

-- name: planned_insert
INSERT INTO planned (job, persona, ordinal, brief, overlaps, document)
VALUES (:job, :persona, :ordinal, :brief, :overlaps, :document);

-- name: planned_list
-- From one on, so many of them; -1: all.
SELECT persona, ordinal, brief, overlaps, document FROM planned
WHERE job = :job AND persona = :persona AND ordinal > :after
ORDER BY ordinal LIMIT :limit;

-- name: planned_get
SELECT persona, ordinal, brief, overlaps, document FROM planned
WHERE job = :job AND persona = :persona AND ordinal = :ordinal;

-- name: planned_drop
DELETE FROM planned WHERE job = :job;

-- name: job_brief_insert
INSERT INTO job_brief (job, persona, number, meetings, request, candidates,
                       document, text, taken)
VALUES (:job, :persona, :number, :meetings, nullif(:request, 0), :candidates,
        :document, :text, :taken);

-- name: job_brief_get
SELECT persona, number, meetings, request, candidates, document, text, taken
FROM job_brief
WHERE job = :job AND persona = :persona AND number = :number;

-- name: job_brief_list
-- From one on, so many of them; -1: all.
SELECT persona, number, meetings, request, candidates, document, text, taken
FROM job_brief WHERE job = :job AND persona = :persona AND number > :after
ORDER BY number LIMIT :limit;

-- name: job_brief_set
UPDATE job_brief SET request = nullif(:request, 0), candidates = :candidates,
                     text = :text, taken = :taken
WHERE job = :job AND persona = :persona AND number = :number;

-- name: job_brief_rewrite
UPDATE job_brief SET document = :document
WHERE job = :job AND persona = :persona AND number = :number;

-- name: job_brief_drop
DELETE FROM job_brief WHERE job = :job;

-- name: job_persona_after
-- The next persona of a job: a few steps, however many briefs there are.
SELECT min(persona) AS persona FROM job_brief
WHERE job = :job AND persona > :after;

-- name: prompt_insert
INSERT INTO prompt (hash, text) VALUES (:hash, :text) ON CONFLICT DO NOTHING;

-- name: request_insert
INSERT INTO request (job, persona, fingerprint, kind, parent, briefs,
                     persona_hash, model, prompt_hash, system, schema,
                     most_tokens, seed, state, tries, status, note,
                     prompt_tokens, cached_tokens, completion_tokens, cost,
                     coerced, remote)
VALUES (nullif(:job, 0), :persona, :fingerprint, :kind, nullif(:parent, 0),
        :briefs, :persona_hash, :model, :prompt_hash, :system, :schema,
        :most_tokens, :seed, :state, :tries, :status, :note,
        :prompt_tokens, :cached_tokens, :completion_tokens, nullif(:cost, -1),
        :coerced, :remote);

-- name: request_message_insert
INSERT INTO request_message (request, messages) VALUES (:request, :messages);

-- name: request_reply_put
INSERT INTO request_reply (request, reply) VALUES (:request, :reply)
ON CONFLICT (request) DO UPDATE SET reply = excluded.reply;

-- name: request_reply_drop
DELETE FROM request_reply WHERE request = :request;

-- name: request_get
SELECT r.request, r.job, r.persona, r.fingerprint, r.kind, r.parent, r.briefs,
       r.persona_hash, r.model, r.prompt_hash, s.text AS system,
       p.text AS schema, m.messages, r.most_tokens, r.seed, r.state, r.tries,
       r.status, r.note, a.reply, r.prompt_tokens, r.cached_tokens,
       r.completion_tokens, coalesce(r.cost, -1) AS cost, r.coerced, r.remote
FROM request r JOIN request_message m USING (request)
JOIN prompt s ON s.hash = r.system JOIN prompt p ON p.hash = r.schema
LEFT JOIN request_reply a USING (request)
WHERE r.request = :request;

-- name: request_find
SELECT request FROM request WHERE fingerprint = :fingerprint AND job = :job;

-- name: request_find_start
-- The one whose fingerprint is in a span, if it is alone there.
SELECT CASE count(*) WHEN 1 THEN min(request) END AS request FROM request
WHERE fingerprint BETWEEN :low AND :high AND job = :job;

-- name: request_find_answer
-- The one, of whatever job, that asked the same and was answered the same.
SELECT min(r.request) AS request
FROM request r LEFT JOIN request_reply a USING (request)
WHERE r.fingerprint = :fingerprint AND a.reply IS :reply;

-- name: request_revive
-- One that was given up for an edit that is undone; what went out in a batch
-- file says so in its note, and is still there.
UPDATE request
SET state = CASE WHEN note GLOB 'in *' THEN 8 ELSE 0 END,
    note = CASE WHEN note GLOB 'in *' THEN note ELSE '' END
WHERE request = :request AND state = 7;

-- name: request_send
-- State 1 is sent, 8 in a batch file; never one that was answered.
UPDATE request SET state = :state, tries = tries + 1
WHERE request = :request AND state IN (0, 1, 6);

-- name: request_settle
UPDATE request
SET state = :state, status = :status, note = :note,
    prompt_tokens = :prompt_tokens, cached_tokens = :cached_tokens,
    completion_tokens = :completion_tokens, cost = nullif(:cost, -1),
    coerced = :coerced, remote = :remote
WHERE request = :request;

-- name: request_requeue
UPDATE request SET state = 0, note = ''
WHERE job = :job AND state IN (1, 6);

-- name: request_queue
SELECT request FROM request
WHERE job = :job AND state = :state AND request > :after
ORDER BY request LIMIT :limit;

-- name: request_scan_all
SELECT request, job, persona, fingerprint, kind, parent, briefs, persona_hash,
       model, prompt_hash, most_tokens, seed, state, tries, status, note,
       prompt_tokens, cached_tokens, completion_tokens,
       coalesce(cost, -1) AS cost, coerced, remote
FROM request ORDER BY request;

-- name: request_scan_job
-- A job's requests follow each other, but for those that a merge brought
-- meanwhile.
SELECT request, job, persona, fingerprint, kind, parent, briefs, persona_hash,
       model, prompt_hash, most_tokens, seed, state, tries, status, note,
       prompt_tokens, cached_tokens, completion_tokens,
       coalesce(cost, -1) AS cost, coerced, remote
FROM request
WHERE request >= (SELECT min(request) FROM request WHERE job = :job)
  AND +job = :job
ORDER BY request;

-- name: rejection_insert
INSERT INTO rejection (request, brief, reason, text, final)
VALUES (:request, :brief, :reason, :text, :final);

-- name: rejection_scan_all
SELECT request, brief, reason, text, final FROM rejection
ORDER BY request, rejection;

-- name: rejection_scan_job
SELECT x.request, x.brief, x.reason, x.text, x.final
FROM rejection x JOIN request r USING (request)
WHERE x.request >= (SELECT min(request) FROM request WHERE job = :job)
  AND +r.job = :job
ORDER BY x.request, x.rejection;

-- name: origin_put
INSERT INTO origin (meeting, request) VALUES (:meeting, :request)
ON CONFLICT (meeting) DO UPDATE SET request = excluded.request
WHERE request != excluded.request;

-- name: origin_drop
DELETE FROM origin WHERE meeting = :meeting;

-- name: origin_get
SELECT request FROM origin WHERE meeting = :meeting;

-- name: origin_count
SELECT count(*) AS meetings FROM origin WHERE request = :request;

-- name: origin_scan
-- The models that wrote meetings of a persona.
SELECT o.meeting, r.model FROM origin o JOIN request r USING (request)
WHERE o.meeting BETWEEN :first AND :last
ORDER BY o.meeting;

-- name: traits_get
SELECT trait_0, trait_1, trait_2, trait_3 FROM endpoint_trait
WHERE endpoint = :endpoint AND model = :model;

-- name: traits_put
INSERT INTO endpoint_trait (endpoint, model, trait_0, trait_1, trait_2, trait_3)
VALUES (:endpoint, :model, :trait_0, :trait_1, :trait_2, :trait_3)
ON CONFLICT (endpoint, model)
DO UPDATE SET trait_0 = excluded.trait_0, trait_1 = excluded.trait_1,
              trait_2 = excluded.trait_2, trait_3 = excluded.trait_3;

-- name: remote_batch_insert
INSERT INTO remote_batch (job, file, path, file_id, batch_id, state, output_id,
                          error_id, total, completed, failed, collected)
VALUES (:job, :file, :path, :file_id, :batch_id, :state, :output_id,
        :error_id, :total, :completed, :failed, :collected);

-- name: remote_batch_set
UPDATE remote_batch
SET job = :job, file = :file, path = :path, file_id = :file_id,
    batch_id = :batch_id, state = :state, output_id = :output_id,
    error_id = :error_id, total = :total, completed = :completed,
    failed = :failed, collected = :collected
WHERE batch = :batch;

-- name: remote_batch_list_all
SELECT batch, job, file, path, file_id, batch_id, state, output_id, error_id,
       total, completed, failed, collected
FROM remote_batch ORDER BY batch;

-- name: remote_batch_list_job
SELECT batch, job, file, path, file_id, batch_id, state, output_id, error_id,
       total, completed, failed, collected
FROM remote_batch WHERE job = :job ORDER BY batch;
