-- The journal: what was asked of models, and what they answered.  It stands
-- outside of the versions: a request is committed before it is sent, a reply
-- before it is used.

-- PERMANENT.

-- One generation with a model.  At most one is open.
CREATE TABLE job (
  job INTEGER PRIMARY KEY,
  state INTEGER NOT NULL,   -- position in enum job_state
  started INTEGER NOT NULL, -- local wall clock, microseconds since 1970
  options TEXT NOT NULL,    -- JSON: what was asked for
  version INTEGER,          -- that its meetings became; null: none
  -- Counted when it ends, for its briefs go then.
  briefs INTEGER NOT NULL DEFAULT 0,
  written INTEGER NOT NULL DEFAULT 0,
  meetings INTEGER NOT NULL DEFAULT 0,
  meetings_written INTEGER NOT NULL DEFAULT 0,
  candidates INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX job_open ON job (state) WHERE state = 0;

-- Texts that many requests share: system messages and schemas of replies.
CREATE TABLE prompt (
  hash BLOB PRIMARY KEY NOT NULL, -- of the text
  text TEXT NOT NULL
) STRICT;

-- A request is a narrow row, so that counting and queueing read little; what it
-- says, and what came back, stands in the two tables after it.
CREATE TABLE request (
  request INTEGER PRIMARY KEY,
  job INTEGER REFERENCES job,    -- null: of another file, which was merged
  persona INTEGER NOT NULL REFERENCES persona_key,
  fingerprint BLOB NOT NULL,     -- of all that is asked
  kind INTEGER NOT NULL,         -- position in enum request_kind
  parent INTEGER REFERENCES request, -- that it follows; null: none
  briefs TEXT NOT NULL,          -- JSON list of numbers
  persona_hash BLOB NOT NULL,    -- of the persona's document
  model TEXT NOT NULL,
  prompt_hash BLOB NOT NULL,     -- of the rendered prompt
  system BLOB NOT NULL REFERENCES prompt,
  schema BLOB NOT NULL REFERENCES prompt,
  most_tokens INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  state INTEGER NOT NULL,        -- position in enum request_state
  tries INTEGER NOT NULL,        -- times that it was sent
  status INTEGER NOT NULL,       -- of HTTP; 0: none
  note TEXT NOT NULL,            -- why it is in its state
  prompt_tokens INTEGER NOT NULL,
  cached_tokens INTEGER NOT NULL,
  completion_tokens INTEGER NOT NULL,
  cost INTEGER,                  -- millionths of a dollar; null: not known
  coerced INTEGER NOT NULL,      -- harmless drift that was put right
  remote TEXT NOT NULL           -- the model's own name of the reply
) STRICT;
-- Nulls are not equal: only a job's own requests are told apart.
CREATE UNIQUE INDEX request_fingerprint ON request (fingerprint, job);
CREATE INDEX request_queue ON request (job, state);

CREATE TABLE request_message (
  request INTEGER PRIMARY KEY REFERENCES request,
  messages TEXT NOT NULL         -- JSON list of those after the system message
) STRICT;

CREATE TABLE request_reply (
  request INTEGER PRIMARY KEY REFERENCES request,
  reply TEXT NOT NULL            -- the body as it came
) STRICT;

-- Texts that did not do.
CREATE TABLE rejection (
  rejection INTEGER PRIMARY KEY,
  request INTEGER NOT NULL REFERENCES request,
  brief INTEGER NOT NULL,        -- 0: the whole reply
  reason TEXT NOT NULL,
  text TEXT NOT NULL,            -- as it came
  final INTEGER NOT NULL         -- 0: a correction was asked for
) STRICT;
CREATE INDEX rejection_request ON rejection (request);

-- Which request wrote a meeting.
CREATE TABLE origin (
  meeting INTEGER PRIMARY KEY,
  request INTEGER NOT NULL REFERENCES request
) STRICT;
CREATE INDEX origin_request ON origin (request);

-- What endpoints taught of themselves, by model.
CREATE TABLE endpoint_trait (
  endpoint BLOB NOT NULL,        -- hash of its address
  model TEXT NOT NULL,
  trait_0 INTEGER NOT NULL, trait_1 INTEGER NOT NULL,
  trait_2 INTEGER NOT NULL, trait_3 INTEGER NOT NULL,
  PRIMARY KEY (endpoint, model)
) STRICT, WITHOUT ROWID;

-- Files of requests at a provider.
CREATE TABLE remote_batch (
  batch INTEGER PRIMARY KEY,
  job INTEGER NOT NULL REFERENCES job,
  file BLOB NOT NULL,            -- hash of the file that was submitted
  path TEXT NOT NULL,            -- as it was named
  file_id TEXT NOT NULL,         -- there; empty before it was uploaded
  batch_id TEXT NOT NULL,        -- there; empty before it was created
  state TEXT NOT NULL,           -- as it was told last
  output_id TEXT NOT NULL,       -- of the file of results
  error_id TEXT NOT NULL,        -- of the file of errors
  total INTEGER NOT NULL, completed INTEGER NOT NULL, failed INTEGER NOT NULL,
  collected INTEGER NOT NULL     -- 1: its results were taken
) STRICT;
CREATE INDEX remote_batch_job ON remote_batch (job);

-- PERMANENT for as long as the job is open; they go when it ends.

-- What is to be written: a meeting, or a series of them.
CREATE TABLE job_brief (
  job INTEGER NOT NULL REFERENCES job,
  persona INTEGER NOT NULL REFERENCES persona_key,
  number INTEGER NOT NULL,       -- of the persona in the job, from 1
  meetings INTEGER NOT NULL,     -- planned ones that it is for
  request INTEGER REFERENCES request, -- that wrote it; null: still wanted
  candidates INTEGER NOT NULL,   -- texts that came for it
  document TEXT NOT NULL,        -- JSON: the brief
  text TEXT,                     -- JSON: what was written
  taken TEXT,                    -- JSON list of subjects that were refused
  PRIMARY KEY (job, persona, number)
) STRICT;

-- The job's meetings without their texts.
CREATE TABLE planned (
  job INTEGER NOT NULL REFERENCES job,
  persona INTEGER NOT NULL REFERENCES persona_key,
  ordinal INTEGER NOT NULL,      -- of the persona in the job, from 1
  brief INTEGER NOT NULL,        -- that its texts come from
  overlaps INTEGER NOT NULL,
  document TEXT NOT NULL,        -- Graph event JSON
  PRIMARY KEY (job, persona, ordinal)
) STRICT;
-- Of series whose texts are there already.
CREATE INDEX planned_known ON planned (job) WHERE brief = 0;
