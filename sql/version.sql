-- Versions, tags, and which rows a version touched.

-- name: version_head
-- The newest version; no row in a database without one.
SELECT max(version) AS version FROM version;

-- name: version_get
SELECT * FROM version WHERE version = :version;

-- name: version_log
-- Newest first.
SELECT * FROM version WHERE version <= :last ORDER BY version DESC LIMIT :limit;

-- name: version_insert
INSERT INTO version VALUES (
  :version, :command, :options, :summary, :started, :tool, :engine,
  :personas, :personas_added, :personas_changed, :personas_removed,
  :meetings, :meetings_added, :meetings_changed, :meetings_removed,
  :labels, :labels_added, :labels_changed, :labels_removed,
  :rows_hash, :chain_hash);

-- name: tag_get
SELECT version FROM tag WHERE name = :name;

-- name: tag_list
SELECT name, version FROM tag ORDER BY version, name;

-- name: tag_insert
INSERT INTO tag (name, version) VALUES (:name, :version);

-- name: tag_delete
DELETE FROM tag WHERE name = :name;

-- name: change_insert
INSERT INTO change (version, noun, key, operation)
VALUES (:version, :noun, :key, :operation);

-- name: change_one_version
-- The keys that one version touched, in order.
SELECT key FROM change WHERE version = :version AND noun = :noun ORDER BY key;

-- name: change_between
-- The keys that any version after :low up to :high touched, in order, once.
SELECT DISTINCT key FROM change
WHERE version > :low AND version <= :high AND noun = :noun ORDER BY key;
