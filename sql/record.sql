-- Records: documents under a name, of no persona.  Splits and reviews have the
-- same shape.

-- name: split_key_get
SELECT split AS key FROM split_key WHERE name = :name;

-- name: split_key_insert
INSERT INTO split_key (name) VALUES (:name);

-- name: split_list_head
-- Names from :low up to, not including, :high; there is no end without :high.
SELECT r.split AS key, r.since_version, k.name, r.document
FROM split_key k JOIN split r USING (split)
WHERE k.name >= :low AND (:high IS NULL OR k.name < :high) ORDER BY k.name;

-- name: split_list_at
-- The same as of a version that is not the newest.
SELECT r.split AS key, r.since_version, k.name, r.document
FROM split_key k JOIN split r USING (split)
WHERE r.since_version <= :version
  AND k.name >= :low AND (:high IS NULL OR k.name < :high)
UNION ALL
SELECT h.split, h.since_version, k.name, h.document
FROM split_key k JOIN split_history h USING (split)
WHERE h.until_version > :version AND h.since_version <= :version
  AND k.name >= :low AND (:high IS NULL OR k.name < :high)
ORDER BY 3;

-- name: split_changed
-- The names of what versions after :low up to :high touched, in order, once.
SELECT DISTINCT k.name FROM version v
CROSS JOIN change c ON c.version = v.version AND c.noun = 3
CROSS JOIN split_key k ON k.split = c.key
WHERE v.version > :low AND v.version <= :high ORDER BY k.name;

-- name: split_get_head
SELECT r.split AS key, r.since_version, k.name, r.document
FROM split r JOIN split_key k USING (split) WHERE r.split = :key;

-- name: split_get_dead
-- The row that was alive at a version, if it is dead by now.
SELECT h.split AS key, h.since_version, k.name, h.document
FROM split_history h JOIN split_key k USING (split)
WHERE h.split = :key AND h.until_version > :version
ORDER BY h.until_version LIMIT 1;

-- name: split_insert
INSERT INTO split (split, since_version, document)
VALUES (:key, :version, :document);

-- name: split_bury
-- Copies the living row to the history.
INSERT INTO split_history
SELECT :version, split, since_version, document FROM split WHERE split = :key;

-- name: split_delete
DELETE FROM split WHERE split = :key;

-- name: review_key_get
SELECT review AS key FROM review_key WHERE name = :name;

-- name: review_key_insert
INSERT INTO review_key (name) VALUES (:name);

-- name: review_list_head
-- Names from :low up to, not including, :high; there is no end without :high.
SELECT r.review AS key, r.since_version, k.name, r.document
FROM review_key k JOIN review r USING (review)
WHERE k.name >= :low AND (:high IS NULL OR k.name < :high) ORDER BY k.name;

-- name: review_list_at
-- The same as of a version that is not the newest.
SELECT r.review AS key, r.since_version, k.name, r.document
FROM review_key k JOIN review r USING (review)
WHERE r.since_version <= :version
  AND k.name >= :low AND (:high IS NULL OR k.name < :high)
UNION ALL
SELECT h.review, h.since_version, k.name, h.document
FROM review_key k JOIN review_history h USING (review)
WHERE h.until_version > :version AND h.since_version <= :version
  AND k.name >= :low AND (:high IS NULL OR k.name < :high)
ORDER BY 3;

-- name: review_changed
-- The names of what versions after :low up to :high touched, in order, once.
SELECT DISTINCT k.name FROM version v
CROSS JOIN change c ON c.version = v.version AND c.noun = 4
CROSS JOIN review_key k ON k.review = c.key
WHERE v.version > :low AND v.version <= :high ORDER BY k.name;

-- name: review_get_head
SELECT r.review AS key, r.since_version, k.name, r.document
FROM review r JOIN review_key k USING (review) WHERE r.review = :key;

-- name: review_get_dead
-- The row that was alive at a version, if it is dead by now.
SELECT h.review AS key, h.since_version, k.name, h.document
FROM review_history h JOIN review_key k USING (review)
WHERE h.review = :key AND h.until_version > :version
ORDER BY h.until_version LIMIT 1;

-- name: review_insert
INSERT INTO review (review, since_version, document)
VALUES (:key, :version, :document);

-- name: review_bury
-- Copies the living row to the history.
INSERT INTO review_history
SELECT :version, review, since_version, document FROM review WHERE review = :key;

-- name: review_delete
DELETE FROM review WHERE review = :key;
