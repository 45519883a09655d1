# What is told of a run, and that it goes with its meetings into another file.

$ . "$SOURCE/tests/llm/serve.sh"; . "$SOURCE/tests/cli/model-masked.sh"; . "$SOURCE/tests/cli/endpoint.sh"
$ datebook init -q
Made datebook.db with 8 personas.
$ p=tier1_sales_manager_pipeline

$ echo "$PRICES" > prices.json
$ cp datebook.db other.db
$ serve <<END
> 429 retry-after-ms=1
> nonsense
> refusal
> drift
> END
$ ask 24 --concurrency 1 --prices prices.json
v2: 24 meetings for 1 persona, labelled
writer: 6 calls, N tokens of prompts and M of replies, $X
1 retry, 1 correction, 9 of 36 texts rejected, 17 put right
$ datebook log --limit 1
VERSION  WHEN              COMMAND   TAGS  WHAT
     v2  2025-11-24 16:00  generate        24 meetings for 1 persona by writer, seed 1: 6 calls, 18,848 tokens, $0.3697, 1 retry, 9 rejected
! 1 older; --limit N shows more
$ datebook show | masked | grep -A 1 '^model'
model    writer: 6 calls, N tokens of prompts and M of replies, $X
         1 retry, 1 correction, 9 of 36 texts rejected, 17 put right
$ datebook show --json > out; sqlite3 :memory: "select key, typeof(value) from json_each(cast(readfile('out') as text), '$.options.usage')"
calls|integer
retries|integer
corrections|integer
candidates|integer
rejected|integer
coerced|integer
prompt_tokens|integer
cached_tokens|integer
completion_tokens|integer
cost_usd|real
unpriced|integer
$ datebook log --json > out; sqlite3 :memory: "select group_concat(key, ' ') from json_each(cast(readfile('out') as text), '$.versions[0].options.usage')"
calls retries corrections candidates rejected coerced prompt_tokens cached_tokens completion_tokens cost_usd unpriced
$ datebook requests list | cut -c 1-46 | sed 's/ *$//'
REQUEST  JOB  KIND        STATE     TRIES  PER
      1    1  first       answered      2  tie
      2    1  first       answered      1  tie
      3    1  first       refused       1  tie
      4    1  correction  answered      1  tie
      5    1  again       answered      1  tie
$ datebook requests list --rejected | grep -c '^request'
9
$ m=$(datebook sql "select m.meeting from meetings m order by m.meeting limit 1" | tail -n 1)
$ datebook history $m | masked
Discovery: Wandering juniper and narrow kite
meeting of tier1_sales_manager_pipeline
written by writer, request 5 of job 1, N tokens of prompt and M of reply
           prompt HASH, persona document HASH, seed 637894464

v2  generate, 2025-11-24 16:00: 24 meetings for 1 persona by writer, seed 1: 6…
      added
      high, prep 15 minutes, tentative, under the persona of v1
        Usually important: discovery; Optional prep: Discovery
$ n=$(datebook history $m --json | grep -o '"request":[0-9]*' | head -n 1 | cut -d : -f 2); datebook requests show $n | masked | sed -n '1,8p'
request  5 of job 1, again, answered, after request 3
model    writer, reply chatcmpl-test-N
persona  tier1_sales_manager_pipeline, document HASH
prompt   HASH, seed 637894464
briefs   [17,18,19,20,21,22]
use      1 try, N tokens of prompt and M of reply, $X, HTTP 200
gave     6 meetings
\

# Merged into a file without any job: the request comes with what it wrote.

$ datebook --db other.db generate --persona $p --count 4 --seed 5 -q
v2: 4 meetings for 1 persona, labelled
$ datebook --db other.db merge datebook.db -q | sed 's/[0-9a-f]\{8,\}/HASH/'
datebook.db: meetings 24 new; labels 24 new
v3: merged 1 file
$ datebook --db other.db history $m | masked | grep -A 1 '^written'
written by writer, request 3 of another file, N tokens of prompt and M of reply
           prompt HASH, persona document HASH, seed 637894464
$ datebook --db other.db explain $m | masked | grep -A 1 '^written'
written  by writer, request 3 of another file, N tokens of prompt and M of reply
         prompt HASH, persona document HASH, seed 637894464
$ datebook --db other.db requests list | awk 'NR > 1 { print $2, $4 }' | sort | uniq -c | sed 's/^ *//'
3 - answered
$ n=$(datebook --db other.db history $m --json | grep -o '"request":[0-9]*' | head -n 1 | cut -d : -f 2); datebook --db other.db requests show $n | masked | sed -n '1,7p'
request  3 of another file, again, answered
model    writer, reply chatcmpl-test-N
persona  tier1_sales_manager_pipeline, document HASH
prompt   HASH, seed 637894464
briefs   [17,18,19,20,21,22]
use      1 try, N tokens of prompt and M of reply, $X, HTTP 200
gave     6 meetings
$ datebook --db other.db requests show $n | sed -n '/^reply:/,$p' > there; n=$(datebook history $m --json | grep -o '"request":[0-9]*' | head -n 1 | cut -d : -f 2); datebook requests show $n | sed -n '/^reply:/,$p' > here; head -c 20 here; cmp here there
reply:
{"meetings":[
\ (no newline)
$ datebook --db other.db verify --deep | sed 's/:.*//'; datebook verify --deep | sed 's/:.*//'
other.db is sound
datebook.db is sound
$ datebook --db other.db merge datebook.db -q | sed 's/[0-9a-f]\{8,\}/HASH/'
datebook.db: meetings 24 there already; labels 24 there already
There is nothing new; HEAD stays at v3.
