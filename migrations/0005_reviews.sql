-- What people say of meetings, labels and personas: samples, opinions and
-- decisions are a noun with a history; entries of the table `change` give it
-- noun 4.

-- PERMANENT: what a number stands for, never changed or reused.

CREATE TABLE review_key (
  review INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE -- as "SAMPLE/REVIEWER/MEETING"
) STRICT;

-- How long the run of a version took, and nothing that says where it ran; no
-- row where the clock was fixed, and for runs before this step.
CREATE TABLE run_time (
  version INTEGER PRIMARY KEY REFERENCES version,
  milliseconds INTEGER NOT NULL
) STRICT;

-- As with splits, the counts of versions without reviews are no part of the
-- chain hash.
ALTER TABLE version ADD COLUMN reviews INTEGER NOT NULL DEFAULT 0;
ALTER TABLE version ADD COLUMN reviews_added INTEGER NOT NULL DEFAULT 0;
ALTER TABLE version ADD COLUMN reviews_changed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE version ADD COLUMN reviews_removed INTEGER NOT NULL DEFAULT 0;

-- CONTENT.

CREATE TABLE review (
  review INTEGER PRIMARY KEY REFERENCES review_key,
  since_version INTEGER NOT NULL,
  document TEXT NOT NULL -- JSON: what was said
) STRICT;

CREATE TABLE review_history (
  until_version INTEGER NOT NULL,
  review INTEGER NOT NULL REFERENCES review_key,
  since_version INTEGER NOT NULL,
  document TEXT NOT NULL,
  CHECK (since_version < until_version)
) STRICT;
CREATE UNIQUE INDEX review_history_until
  ON review_history (until_version, review);
CREATE INDEX review_history_key ON review_history (review, until_version);
