# A job that ends before its end goes on where it was, and pays for nothing
# twice.

$ . "$SOURCE/tests/llm/serve.sh"; . "$SOURCE/tests/cli/model-masked.sh"
$ datebook init -q
Made datebook.db with 8 personas.
$ p=tier1_sales_manager_pipeline

# A budget.

$ serve
$ both datebook generate --persona $p --count 60 --provider openai --base-url $URL --model writer --max-tokens 7000 --concurrency 1
datebook: the next call might take more than is left of --max-tokens; 21 of 60 meetings are written and kept (2 calls, N tokens of prompts and M of replies, cost not known)
hint: `datebook generate --resume --base-url http://127.0.0.1:PORT/v1` with a larger budget goes on; with --partial it makes a version of what is there
? 6
$ both datebook status
datebook.db at v1: 8 personas from the library
8 personas, 0 meetings, 0 labels
job 1 is open: 21 of 60 meetings by writer; 2 calls, N tokens of prompts and M of replies, cost not known; 5 requests wait
next: datebook generate --resume
$ datebook status --json > out; sqlite3 :memory: "select json_extract(readfile('out'), '\$.job.written') < json_extract(readfile('out'), '\$.job.wanted'), json_extract(readfile('out'), '\$.next')"
1|datebook generate --resume

# One job at a time.

$ datebook generate --persona $p --provider openai --base-url $URL --model writer
! datebook: job 1 is open: 21 of 60 meetings are written by writer
! hint: `datebook generate --resume` goes on with it; `datebook requests discard` gives it up
? 3
$ datebook generate --persona $p --provider openai --base-url $URL --model writer --estimate
! datebook: job 1 is open: 21 of 60 meetings are written by writer
! hint: `datebook generate --resume` goes on with it; `datebook requests discard` gives it up
? 3
$ datebook generate --persona $p --count 1 -q
v2: 1 meeting for 1 persona, labelled

# It goes on with its own options, its budget too unless another one is given:
# others would make another job of it.

$ datebook generate --resume --seed 4
! datebook: --seed does not go with --resume: the job goes on as it was started
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --resume --persona $p
! datebook: --persona does not go with --resume: the job goes on as it was started
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --resume --model other
! datebook: --model does not go with --resume: the job goes on as it was started
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --resume --provider offline
! datebook: --resume has no use for --provider offline
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --resume --estimate | masked
39 of 60 meetings in 6 calls of writer
about N tokens of prompts and M of replies
nobody knows the price of writer; --prices FILE tells it
$ datebook generate --resume --base-url $URL --json 2> /dev/null > out; echo $?; sqlite3 :memory: "select json_extract(readfile('out'), '\$.end'), json_extract(readfile('out'), '\$.why')"
6
budget|the next call might take more than is left of --max-tokens
# A job goes nowhere else than where it was started, unless somebody says so.

$ OPENAI_API_KEY=sk-not-for-everybody datebook generate --resume
! datebook: job 1 was started at another endpoint than api.openai.com
! hint: say where it goes on: --base-url URL
? 2
$ OPENAI_BASE_URL=http://127.0.0.1:1/v1 datebook generate --resume
! datebook: job 1 was started at another endpoint than 127.0.0.1:1
! hint: say where it goes on: --base-url URL
? 2
$ both datebook generate --resume --base-url $URL --max-tokens 1000000
v3: 60 meetings for 1 persona, labelled
writer: 7 calls, N tokens of prompts and M of replies, cost not known
$ served calls; served distinct
7
7
$ both datebook generate --resume --base-url $URL
datebook: no job is open in datebook.db
hint: `datebook generate --provider openai --model NAME --all` starts one
? 3
$ serve_stop

# kill -9 in the middle: calls at the server are the requests there are, and
# those that were in flight.  A core file of it would hold no key: there is none.

$ serve --delay 400
$ datebook generate --persona $p --count 60 --provider openai --base-url $URL --model writer --concurrency 2 -q & job=$!
$ while [ $(served calls) -lt 3 ]; do sleep 0.05; done; grep -c "core file size  *0  *0 " /proc/$job/limits; kill -9 $job; wait $job 2> /dev/null
1
? 137
$ datebook generate --resume --base-url $URL -q | head -n 1
v4: 60 meetings for 1 persona, labelled
$ [ $(served calls) -le $(($(served distinct) + 2)) ] && [ $(served calls) -gt 3 ]; echo $?
0

# A signal lets what is in flight come in.

$ datebook generate --persona $p --count 60 --provider openai --base-url $URL --model writer --seed 2 --concurrency 2 2> err & job=$!
$ before=$(served answered); while [ $(served answered) -lt $((before + 2)) ]; do sleep 0.05; done; kill -TERM $job; wait $job; echo $?
6
$ sed 's/; .*//' err | masked
datebook: interrupted
hint: `datebook generate --resume --base-url http://127.0.0.1:PORT/v1` goes on
$ datebook requests list --state sent
no requests

# What is there becomes the version.

$ datebook generate --resume --partial -q --json | grep -o '"end":"[a-z]*"'
"end":"partial"
$ datebook verify | sed 's/:.*//'
datebook.db is sound
$ serve_stop

# Giving up what was paid for has to be said.

$ serve
$ datebook generate --persona $p --count 60 --provider openai --base-url $URL --model writer --seed 3 --max-tokens 7000 --concurrency 1 > /dev/null 2>&1; echo $?
6
$ both datebook requests discard
datebook: job 4 has 19 of 60 meetings written that would be lost: 2 calls, N tokens of prompts and M of replies, cost not known
hint: --yes gives them up; `datebook generate --resume --partial` makes a version of them
? 3
$ both datebook requests discard --yes
gave up job 4: 19 of 60 meetings were written
2 calls, N tokens of prompts and M of replies, cost not known
$ both datebook status | tail -n 1
next: datebook export --held-out-fraction 0.2 --seed 1 --output exports/first
$ serve_stop
