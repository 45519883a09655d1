# Meetings that a model writes, by a server that plays a script.

$ . "$SOURCE/tests/llm/serve.sh"; . "$SOURCE/tests/cli/model-masked.sh"
$ datebook init -q
Made datebook.db with 8 personas.
$ p=tier1_sales_manager_pipeline
$ echo "$PRICES" > prices.json
$ serve
$ model="--provider openai --base-url $URL --model writer --prices prices.json"

# What it would cost; nothing is asked, and nothing stays.

$ datebook generate --persona $p --count 40 $model --estimate | masked
40 meetings in 6 calls of writer
about N tokens of prompts and M of replies
about $X at the prices of 2026-11-01
$ datebook generate --persona $p --count 40 $model --estimate --json | sed 's/:[0-9.]\+/:N/g'
{"meetings":N,"calls":N,"prompt_tokens":N,"completion_tokens":N,"cost_usd":N,"model":"writer","prices":"2026-11-01"}
$ datebook generate --persona $p --count 40 --provider openai --model nobodys --estimate | tail -n 1
nobody knows the price of nobodys; --prices FILE tells it
$ served calls
0
$ datebook requests list
no requests
$ datebook requests list --json
{"requests":[]}

# All the way.

$ datebook generate --persona $p --count 40 $model | masked
v2: 40 meetings for 1 persona, labelled
writer: 5 calls, N tokens of prompts and M of replies, $X
$ served violations
0
$ datebook log
VERSION  WHEN              COMMAND   TAGS  WHAT
     v2  2025-11-24 16:00  generate        40 meetings for 1 persona by writer, seed 1: 5 calls, 10,918 tokens, $0.1864
     v1  2025-11-24 16:00  init            8 personas from the library
$ datebook show | sed -n '/^model/,/^ /p' | masked
model    writer: 5 calls, N tokens of prompts and M of replies, $X
         no retries, no rejected texts
$ datebook requests list | cut -c 1-86 | sed 's/ *$//'
REQUEST  JOB  KIND   STATE     TRIES  PERSONA                       BRIEFS
      1    1  first  answered      1  tier1_sales_manager_pipeline  1,2,3,4,5,6,7,8
      2    1  first  answered      1  tier1_sales_manager_pipeline  9,10,11,12,13,14,1
      3    1  first  answered      1  tier1_sales_manager_pipeline  17,18,19,20,21,22,
      4    1  first  answered      1  tier1_sales_manager_pipeline  25,26,27,28,29,30,
      5    1  first  answered      1  tier1_sales_manager_pipeline  33,34,35,36,37
$ datebook status
datebook.db at v2: 40 meetings for 1 persona by writer, seed 1: 5 calls, 10,918 tokens, $0.1864
8 personas, 40 meetings, 40 labels
every label is fresh
! next: datebook export --held-out-fraction 0.2 --seed 1 --output exports/first
$ datebook verify
datebook.db is sound: 2 versions in one chain, 2 hashed again from 88 rows

# Each meeting says what wrote it.

$ m=$(datebook sql 'select min(meeting) from meetings' | tail -n 1)
$ datebook explain $m | grep -A 1 '^written' | masked
written  by writer, request 3 of job 1, N tokens of prompt and M of reply
         prompt HASH, persona document HASH, seed 252297416
$ datebook history $m | sed -n '3,4p' | masked
written by writer, request 3 of job 1, N tokens of prompt and M of reply
           prompt HASH, persona document HASH, seed 252297416
$ datebook explain $m --json > out; sqlite3 :memory: "select group_concat(key, ' ') from json_each(readfile('out'), '\$.written')"
model request job seed prompt_hash persona_hash prompt_tokens completion_tokens
$ datebook history $m --json > out; sqlite3 :memory: "select json_extract(readfile('out'), '\$.written.model')"
writer
$ datebook requests show 1 | sed -n '1,/^system/p' | masked
request  1 of job 1, first, answered
model    writer, reply chatcmpl-test-N
persona  tier1_sales_manager_pipeline, document HASH
prompt   HASH, seed 1725006028
briefs   [1,2,3,4,5,6,7,8]
use      1 try, N tokens of prompt and M of reply, $X, HTTP 200
gave     11 meetings

system:
$ datebook requests show 1 | sed -n '/^{"brief":1,/p; /^reply/p' | cut -c 1-40
{"brief":1,"kind":"stand_up","date":"Mon
reply:
$ datebook requests show 1 --json > out; sqlite3 :memory: "select json_extract(readfile('out'), '\$.state'), json_array_length(readfile('out'), '\$.messages'), json_extract(readfile('out'), '\$.meetings') > 7"
answered|1|1
$ datebook requests list --json > out; sqlite3 :memory: "select json_array_length(readfile('out'), '\$.requests'), (select group_concat(key, ' ') from json_each(readfile('out'), '\$.requests[0]'))"
5|request job kind state persona model parent briefs tries status prompt_tokens cached_tokens completion_tokens cost_usd coerced note
$ datebook requests show 99
! datebook: there is no request 99
! hint: `datebook requests list` lists them
? 3
$ datebook requests show one
! datebook: a request is a number, not "one"
! hint: `datebook requests show --help` shows how it is used
? 2

# Files beside it, and JSON.

$ datebook generate --persona $p --count 10 $model --output-dir out.d --format jsonl --json > out
$ sqlite3 :memory: "select group_concat(key, ' ') from json_each(readfile('out'))"
version meetings personas missed files end job model usage
$ sqlite3 :memory: "select group_concat(key, ' ') from json_each(readfile('out'), '\$.usage')"
calls retries corrections candidates rejected coerced prompt_tokens cached_tokens completion_tokens cost_usd unpriced
$ ls out.d; wc -l < out.d/${p}_meetings.jsonl
statistics_20251124_160000.json
tier1_sales_manager_pipeline_meetings.jsonl
10

# A persona file is stored first, as a version of its own.

$ cp "$TEST_DATA/personas/smallest.json" me.json
$ datebook generate --persona me.json --count 4 $model --estimate | head -n 1
4 meetings in 2 calls of writer
$ datebook persona list -q | grep smallest
? 1
$ both datebook generate --persona me.json --count 4 $model
added   smallest
v5: 4 meetings for 1 persona, labelled
writer: 1 call, N tokens of prompts and M of replies, $X
v4: the persona files first, as replies that are paid for must belong to personas that are kept
$ datebook log --limit 2
VERSION  WHEN              COMMAND   TAGS  WHAT
     v5  2025-11-24 16:00  generate        4 meetings for 1 persona by writer, seed 1: 1 call, 1,467 tokens, $0.0225
     v4  2025-11-24 16:00  generate        1 persona, whose meetings are asked of writer
! 3 older; --limit N shows more
$ serve_stop

# An endpoint that says no: what it said, and what to do.

$ serve <<END
> always 401
> END
$ both datebook generate --persona smallest --count 3 --provider openai --base-url $URL --model writer
datebook: HTTP 401: Incorrect API key provided; 1 of 3 meetings are written and kept (1 call)
hint: check the key, and that it is one of this endpoint; `datebook generate --resume --base-url http://127.0.0.1:PORT/v1` goes on
? 5
$ datebook status
datebook.db at v5: 4 meetings for 1 persona by writer, seed 1: 1 call, 1,467 tokens, $0.0225
9 personas, 54 meetings, 54 labels
every label is fresh
job 4 is open: 1 of 3 meetings by writer; 1 call; 1 request waits
! next: datebook generate --resume
$ datebook requests discard
gave up job 4: 1 of 3 meetings were written
1 call
$ datebook status | tail -n 1
every label is fresh
! next: datebook export --held-out-fraction 0.2 --seed 1 --output exports/first
$ datebook requests discard
! datebook: no job is open in datebook.db
? 3
$ serve_stop

# Texts that do not do are kept with their reasons.

$ serve <<END
> bad-json
> nonsense
> END
$ both datebook generate --persona $p --count 8 --provider openai --base-url $URL --model other
v6: 8 meetings for 1 persona, labelled
other: 3 calls, N tokens of prompts and M of replies, cost not known
1 correction, 4 of 9 texts rejected
$ datebook requests list --job 5 | cut -c 1-50 | sed 's/ *$//'
REQUEST  JOB  KIND        STATE     TRIES  PERSONA
      9    5  first       answered      1  tier1_s
     10    5  correction  answered      1  tier1_s
     11    5  again       answered      1  tier1_s
$ datebook requests list --state answered --limit 1 | cut -c 1-50 | sed 's/ *$//'
REQUEST  JOB  KIND   STATE     TRIES  PERSONA
     11    5  again  answered      1  tier1_sales_
! 9 older; --limit N shows more
$ datebook requests list --rejected | cut -c 1-60 | sed 's/ *$//'
request 9, the whole reply, asked again: the reply is not JS
    {"meetings":[{"brief":1,"kind":"company_events","subject
request 10, brief 1: brief 1: subject is 2,003 characters lo
    {"brief":1,"kind":"forecast_and_leadership","subject":"S
request 10, brief 2: brief 2: subject is 2,001 characters lo
    {"brief":2,"kind":"pipeline_reviews","subject":"Discover
request 10, brief 3: brief 3: subject is 2,005 characters lo
    {"brief":3,"kind":"forecast_and_leadership","subject":"C
$ datebook requests list --rejected --json > out; sqlite3 :memory: "select json_array_length(readfile('out'), '\$.rejected') > 0"
1
$ datebook show | sed -n '/^model/,/^ /p' | masked
model    other: 3 calls, N tokens of prompts and M of replies, cost not known
         1 correction, 4 of 9 texts rejected
$ datebook requests show 9 | grep -c '^request 9, '
1
$ serve_stop
