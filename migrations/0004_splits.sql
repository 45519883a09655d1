-- Named splits: who is trained on and who is held out, a noun with a history
-- like personas, meetings and labels; entries of the table `change` give it
-- noun 3.

-- PERMANENT: what a number stands for, never changed or reused.

CREATE TABLE split_key (
  split INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- The counts of versions that have no splits are zero, and then no part of the
-- chain hash, which stays what it was.
ALTER TABLE version ADD COLUMN splits INTEGER NOT NULL DEFAULT 0;
ALTER TABLE version ADD COLUMN splits_added INTEGER NOT NULL DEFAULT 0;
ALTER TABLE version ADD COLUMN splits_changed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE version ADD COLUMN splits_removed INTEGER NOT NULL DEFAULT 0;

-- CONTENT.

CREATE TABLE split (
  split INTEGER PRIMARY KEY REFERENCES split_key,
  since_version INTEGER NOT NULL,
  document TEXT NOT NULL -- JSON: what the split says
) STRICT;

CREATE TABLE split_history (
  until_version INTEGER NOT NULL,
  split INTEGER NOT NULL REFERENCES split_key,
  since_version INTEGER NOT NULL,
  document TEXT NOT NULL,
  CHECK (since_version < until_version)
) STRICT;
CREATE UNIQUE INDEX split_history_until ON split_history (until_version, split);
CREATE INDEX split_history_key ON split_history (split, until_version);
