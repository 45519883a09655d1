-- Hashes of what is in a version, exports and signatures to remember, versions
-- whose rows were pruned, and sums that give a changed bookkeeping row away.

-- The recipe of chain_hash: 1 hashes rows_hash, 2 content_hash in its place,
-- and leaves rows_hash empty.
ALTER TABLE version ADD COLUMN format INTEGER NOT NULL DEFAULT 1;

-- Of everything that is alive in the version; zeros until the program has
-- computed it, which is part of this step.
ALTER TABLE version ADD COLUMN content_hash BLOB;
UPDATE version SET content_hash = zeroblob(32);

-- 1 when rows that lived only in this version, and others like it, may be
-- gone.
ALTER TABLE version ADD COLUMN pruned INTEGER NOT NULL DEFAULT 0;

-- A detached signature of what the tag names; null: not signed.
ALTER TABLE tag ADD COLUMN signature TEXT;

-- PERMANENT: what was exported, which prune must spare.
CREATE TABLE export (
  manifest_hash BLOB NOT NULL, -- of manifest.json
  version INTEGER NOT NULL REFERENCES version,
  started INTEGER NOT NULL, -- of the first time: local wall clock, microseconds
  PRIMARY KEY (manifest_hash, version)
) STRICT, WITHOUT ROWID;

-- DERIVED.

-- The set hash of what is alive at HEAD, by persona and noun; persona 0 is all
-- of them.  Adding or removing a row costs the same whatever else there is.
CREATE TABLE content (
  persona INTEGER NOT NULL,
  noun INTEGER NOT NULL,
  state BLOB NOT NULL,
  PRIMARY KEY (persona, noun)
) STRICT;

-- The sum of the hashes of all rows of a table that has no other hash.
CREATE TABLE seal (
  name TEXT PRIMARY KEY,
  sum BLOB NOT NULL
) STRICT, WITHOUT ROWID;
