-- Versions and tags.

-- name: version_head
-- The newest version; no row in a database without one.
SELECT max(version) AS version FROM version;

-- name: version_get
SELECT * FROM version WHERE version = :version;

-- name: version_log
-- Newest first.
SELECT * FROM version WHERE version <= :last ORDER BY version DESC LIMIT :limit;

-- name: version_insert
INSERT INTO version (
  version, command, options, summary, started, tool, engine,
  personas, personas_added, personas_changed, personas_removed,
  meetings, meetings_added, meetings_changed, meetings_removed,
  labels, labels_added, labels_changed, labels_removed,
  splits, splits_added, splits_changed, splits_removed,
  reviews, reviews_added, reviews_changed, reviews_removed,
  rows_hash, content_hash, chain_hash, format)
VALUES (
  :version, :command, :options, :summary, :started, :tool, :engine,
  :personas, :personas_added, :personas_changed, :personas_removed,
  :meetings, :meetings_added, :meetings_changed, :meetings_removed,
  :labels, :labels_added, :labels_changed, :labels_removed,
  :splits, :splits_added, :splits_changed, :splits_removed,
  :reviews, :reviews_added, :reviews_changed, :reviews_removed,
  x'', :content_hash, :chain_hash, 2);

-- name: version_fill_content
UPDATE version SET content_hash = :content_hash WHERE version = :version;

-- name: version_kept_below
SELECT max(version) AS version FROM version
WHERE version < :version AND NOT pruned;

-- name: version_kept_above
SELECT min(version) AS version FROM version
WHERE version > :version AND NOT pruned;

-- name: tag_get
SELECT version, signature FROM tag WHERE name = :name;

-- name: tag_list
SELECT name, version, signature FROM tag ORDER BY version, name;

-- name: tag_insert
INSERT INTO tag (name, version, signature)
VALUES (:name, :version, :signature);

-- name: tag_sign
UPDATE tag SET signature = :signature WHERE name = :name;

-- name: tag_delete
DELETE FROM tag WHERE name = :name;

-- name: export_insert
INSERT INTO export (manifest_hash, version, started)
VALUES (:manifest_hash, :version, :started) ON CONFLICT DO NOTHING;

-- name: export_versions
SELECT version FROM export WHERE manifest_hash = :manifest_hash
ORDER BY version DESC;

-- name: export_list
SELECT manifest_hash, started FROM export WHERE version = :version
ORDER BY started, manifest_hash;
