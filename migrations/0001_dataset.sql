-- The dataset: personas, their meetings and labels, each with a history.
--
-- Every value is a row that is valid from since_version up to, not including,
-- until_version.  Rows that are still valid stand in the head tables (persona,
-- meeting, meeting_fact, label), which any SQLite tool reads; rows that no
-- longer are stand in the _history table of the same name.  Rows are never
-- edited in place without their old value going to the history in the same
-- transaction.
--
-- A meeting's key is (persona << 32) + ordinal, so that the rows of a persona
-- lie side by side, and stays with its id for ever.

-- PERMANENT: what a name or number stands for, never changed or reused.

CREATE TABLE persona_key (
  persona INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  meetings INTEGER NOT NULL DEFAULT 0  -- ordinals handed out so far
) STRICT;

-- How often a persona's calendar was generated from a seed: the next batch
-- continues that stream and repeats no id.
CREATE TABLE batch (
  persona INTEGER NOT NULL REFERENCES persona_key,
  seed INTEGER NOT NULL,
  batches INTEGER NOT NULL,
  PRIMARY KEY (persona, seed)
) STRICT, WITHOUT ROWID;

-- Labels name their reasons by these numbers.  A rule keeps its number when
-- the document around it is edited, so that only labels whose reasons changed
-- change.
CREATE TABLE rule (
  persona INTEGER NOT NULL REFERENCES persona_key,
  rule INTEGER NOT NULL,
  kind INTEGER NOT NULL,   -- position in enum rule_kind
  source TEXT NOT NULL,    -- the rule as it was written
  name TEXT NOT NULL,      -- what a reasoning calls it
  PRIMARY KEY (persona, rule),
  UNIQUE (persona, kind, source)
) STRICT, WITHOUT ROWID;

-- One row for each version, which is one run that changed something.
CREATE TABLE version (
  version INTEGER PRIMARY KEY,
  command TEXT NOT NULL,
  options TEXT NOT NULL,   -- JSON: what the run was asked for
  summary TEXT NOT NULL,   -- what it did, in one line
  started INTEGER NOT NULL, -- local wall clock, microseconds since 1970
  tool TEXT NOT NULL,      -- datebook's version
  engine INTEGER NOT NULL, -- the rule engine's version
  personas INTEGER NOT NULL, personas_added INTEGER NOT NULL,
  personas_changed INTEGER NOT NULL, personas_removed INTEGER NOT NULL,
  meetings INTEGER NOT NULL, meetings_added INTEGER NOT NULL,
  meetings_changed INTEGER NOT NULL, meetings_removed INTEGER NOT NULL,
  labels INTEGER NOT NULL, labels_added INTEGER NOT NULL,
  labels_changed INTEGER NOT NULL, labels_removed INTEGER NOT NULL,
  rows_hash BLOB NOT NULL,  -- of what it opened and closed
  chain_hash BLOB NOT NULL  -- of the parent's chain hash, this header, rows_hash
) STRICT;

CREATE TABLE tag (
  name TEXT PRIMARY KEY,
  version INTEGER NOT NULL REFERENCES version
) STRICT, WITHOUT ROWID;

-- CONTENT.

CREATE TABLE persona (
  persona INTEGER PRIMARY KEY REFERENCES persona_key,
  since_version INTEGER NOT NULL,
  tier INTEGER NOT NULL,
  role INTEGER NOT NULL,   -- 0 train, 1 validation: always held out
  name TEXT NOT NULL,
  document TEXT NOT NULL,
  rules_hash BLOB NOT NULL -- of what labels depend on
) STRICT;

CREATE TABLE persona_history (
  until_version INTEGER NOT NULL,
  persona INTEGER NOT NULL REFERENCES persona_key,
  since_version INTEGER NOT NULL,
  tier INTEGER NOT NULL,
  role INTEGER NOT NULL,
  name TEXT NOT NULL,
  document TEXT NOT NULL,
  rules_hash BLOB NOT NULL,
  CHECK (since_version < until_version)
) STRICT;
CREATE UNIQUE INDEX persona_history_until
  ON persona_history (until_version, persona);
CREATE INDEX persona_history_key ON persona_history (persona, until_version);

CREATE TABLE meeting (
  meeting INTEGER PRIMARY KEY,
  since_version INTEGER NOT NULL,
  generated INTEGER NOT NULL, -- local wall clock, microseconds since 1970
  id TEXT NOT NULL,
  document TEXT NOT NULL      -- Graph event JSON without labels
) STRICT;
CREATE UNIQUE INDEX meeting_id ON meeting (id);

CREATE TABLE meeting_history (
  until_version INTEGER NOT NULL,
  meeting INTEGER NOT NULL,
  since_version INTEGER NOT NULL,
  generated INTEGER NOT NULL,
  id TEXT NOT NULL,
  document TEXT NOT NULL,
  CHECK (since_version < until_version)
) STRICT;
CREATE UNIQUE INDEX meeting_history_until
  ON meeting_history (until_version, meeting);
CREATE INDEX meeting_history_key ON meeting_history (meeting, until_version);
CREATE INDEX meeting_history_id ON meeting_history (id);

CREATE TABLE label (
  meeting INTEGER PRIMARY KEY,
  since_version INTEGER NOT NULL,
  importance INTEGER NOT NULL,   -- 0 low … 3 critical
  rsvp INTEGER NOT NULL,         -- 0 decline, 1 tentative, 2 accept
  prep_minutes INTEGER NOT NULL, -- 0 when none is needed
  rules BLOB NOT NULL            -- numbers of the rules that fired
) STRICT;

CREATE TABLE label_history (
  until_version INTEGER NOT NULL,
  meeting INTEGER NOT NULL,
  since_version INTEGER NOT NULL,
  importance INTEGER NOT NULL,
  rsvp INTEGER NOT NULL,
  prep_minutes INTEGER NOT NULL,
  rules BLOB NOT NULL,
  PRIMARY KEY (until_version, meeting),
  CHECK (since_version < until_version)
) STRICT, WITHOUT ROWID;
CREATE INDEX label_history_key ON label_history (meeting, until_version);

-- DERIVED: can be made again from the content.

-- What labelling and statistics need of a meeting, so that neither parses
-- JSON.
CREATE TABLE meeting_fact (
  meeting INTEGER PRIMARY KEY,
  since_version INTEGER NOT NULL,
  start INTEGER NOT NULL,        -- minutes since 1970, wall clock
  minutes INTEGER NOT NULL,
  type INTEGER NOT NULL,         -- position in enum event_type
  flags INTEGER NOT NULL,        -- 1 external, 2 recurring, 4 organizer, 8 overlaps
  attendees INTEGER NOT NULL,    -- people, the organizer included
  required INTEGER NOT NULL, optional INTEGER NOT NULL,
  resources INTEGER NOT NULL,
  subject TEXT NOT NULL,
  preview TEXT NOT NULL,
  people TEXT NOT NULL           -- names, a line each
) STRICT;

CREATE TABLE meeting_fact_history (
  until_version INTEGER NOT NULL,
  meeting INTEGER NOT NULL,
  since_version INTEGER NOT NULL,
  start INTEGER NOT NULL, minutes INTEGER NOT NULL,
  type INTEGER NOT NULL, flags INTEGER NOT NULL,
  attendees INTEGER NOT NULL, required INTEGER NOT NULL,
  optional INTEGER NOT NULL, resources INTEGER NOT NULL,
  subject TEXT NOT NULL, preview TEXT NOT NULL, people TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX meeting_fact_history_until
  ON meeting_fact_history (until_version, meeting);
CREATE INDEX meeting_fact_history_key
  ON meeting_fact_history (meeting, until_version);

-- Which rows a version touched: what a diff reads.
CREATE TABLE change (
  version INTEGER NOT NULL,
  noun INTEGER NOT NULL,      -- 0 persona, 1 meeting, 2 label
  key INTEGER NOT NULL,
  operation INTEGER NOT NULL, -- 0 added, 1 changed, 2 removed
  PRIMARY KEY (version, noun, key)
) STRICT, WITHOUT ROWID;

-- A fact about a version: all labels of a persona agreed with the rules of
-- this hash.  Labels are stale when the persona's hash is another one.
CREATE TABLE labelling (
  persona INTEGER NOT NULL REFERENCES persona_key,
  version INTEGER NOT NULL,
  rules_hash BLOB NOT NULL,
  engine INTEGER NOT NULL,
  PRIMARY KEY (persona, version)
) STRICT, WITHOUT ROWID;
