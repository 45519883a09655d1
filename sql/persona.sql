-- Personas, the numbers of their rules, and their generator streams.

-- name: persona_key_get
SELECT persona, meetings FROM persona_key WHERE id = :id;

-- name: persona_key_insert
INSERT INTO persona_key (id) VALUES (:id);

-- name: persona_key_id
SELECT id FROM persona_key WHERE persona = :persona;

-- name: persona_key_ordinal
SELECT meetings FROM persona_key WHERE persona = :persona;

-- name: persona_key_meetings
UPDATE persona_key SET meetings = :meetings WHERE persona = :persona;

-- name: persona_list_head
SELECT k.id, p.persona, p.since_version, p.tier, p.role, p.name, p.document,
       p.rules_hash
FROM persona p JOIN persona_key k USING (persona) ORDER BY k.id;

-- name: persona_list_at
-- Personas as of a version that is not the newest.
SELECT k.id, p.persona, p.since_version, p.tier, p.role, p.name, p.document,
       p.rules_hash
FROM persona p JOIN persona_key k USING (persona)
WHERE p.since_version <= :version
UNION ALL
SELECT k.id, h.persona, h.since_version, h.tier, h.role, h.name, h.document,
       h.rules_hash
FROM persona_history h JOIN persona_key k USING (persona)
WHERE h.until_version > :version AND h.since_version <= :version
ORDER BY 1;

-- name: persona_get_head
SELECT k.id, p.persona, p.since_version, p.tier, p.role, p.name, p.document,
       p.rules_hash
FROM persona_key k JOIN persona p USING (persona) WHERE k.persona = :persona;

-- name: persona_get_dead
-- The row that was alive at a version, if it is dead by now.
SELECT k.id, h.persona, h.since_version, h.tier, h.role, h.name, h.document,
       h.rules_hash
FROM persona_history h JOIN persona_key k USING (persona)
WHERE h.persona = :persona AND h.until_version > :version
ORDER BY h.until_version LIMIT 1;

-- name: persona_rows
-- Every row that a persona had, oldest first; until_version is null for the one
-- that it has now.
SELECT k.id, h.persona, h.since_version, h.until_version, h.tier, h.role,
       h.name, h.document, h.rules_hash
FROM persona_history h JOIN persona_key k USING (persona)
WHERE h.persona = :persona
UNION ALL
SELECT k.id, p.persona, p.since_version, NULL, p.tier, p.role, p.name,
       p.document, p.rules_hash
FROM persona p JOIN persona_key k USING (persona) WHERE p.persona = :persona
ORDER BY 3;

-- name: persona_key_list
SELECT id FROM persona_key ORDER BY id;

-- name: persona_insert
INSERT INTO persona VALUES (:persona, :version, :tier, :role, :name, :document,
                            :rules_hash);

-- name: persona_bury
-- Copies the living row to the history.
INSERT INTO persona_history
SELECT :version, persona, since_version, tier, role, name, document, rules_hash
FROM persona WHERE persona = :persona;

-- name: persona_delete
DELETE FROM persona WHERE persona = :persona;

-- name: rule_list
SELECT rule, kind, source, name FROM rule WHERE persona = :persona
ORDER BY rule;

-- name: rule_insert
INSERT INTO rule (persona, rule, kind, source, name)
VALUES (:persona, :rule, :kind, :source, :name);

-- name: batch_get
SELECT batches FROM batch WHERE persona = :persona AND seed = :seed;

-- name: batch_count
INSERT INTO batch (persona, seed, batches) VALUES (:persona, :seed, 1)
ON CONFLICT (persona, seed) DO UPDATE SET batches = batches + 1;

-- name: batch_raise
INSERT INTO batch (persona, seed, batches) VALUES (:persona, :seed, :batches)
ON CONFLICT (persona, seed)
DO UPDATE SET batches = max(batches, excluded.batches);

-- name: batch_list
SELECT seed, batches FROM batch WHERE persona = :persona ORDER BY seed;
