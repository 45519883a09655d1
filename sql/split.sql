-- Named splits.

-- name: split_key_get
SELECT split FROM split_key WHERE name = :name;

-- name: split_key_insert
INSERT INTO split_key (name) VALUES (:name);

-- name: split_list_head
SELECT s.split, s.since_version, k.name, s.document
FROM split s JOIN split_key k USING (split) ORDER BY k.name;

-- name: split_list_at
-- Splits as of a version that is not the newest.
SELECT s.split, s.since_version, k.name, s.document
FROM split s JOIN split_key k USING (split)
WHERE s.since_version <= :version
UNION ALL
SELECT h.split, h.since_version, k.name, h.document
FROM split_history h JOIN split_key k USING (split)
WHERE h.until_version > :version AND h.since_version <= :version
ORDER BY 3;

-- name: split_get_head
SELECT s.split, s.since_version, k.name, s.document
FROM split s JOIN split_key k USING (split) WHERE s.split = :split;

-- name: split_get_dead
-- The row that was alive at a version, if it is dead by now.
SELECT h.split, h.since_version, k.name, h.document
FROM split_history h JOIN split_key k USING (split)
WHERE h.split = :split AND h.until_version > :version
ORDER BY h.until_version LIMIT 1;

-- name: split_insert
INSERT INTO split (split, since_version, document)
VALUES (:split, :version, :document);

-- name: split_bury
-- Copies the living row to the history.
INSERT INTO split_history
SELECT :version, split, since_version, document FROM split WHERE split = :split;

-- name: split_delete
DELETE FROM split WHERE split = :split;
