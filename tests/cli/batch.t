# Batches at a provider's service.  The server is tests/llm/server, which counts
# what it gets.

$ . "$SOURCE/tests/llm/serve.sh"
$ export OPENAI_API_KEY=sk-test-0123456789
$ datebook init -q >made
$ plan() {
>     datebook generate --provider batch --model model-1 --persona tier2_ic_engineer_deep_work --count 20 --batch-out "$1" -q >made
> }
$ made() {
>     grep -c '"POST","path":"/v1/batches"' "$LOG"
> }
$ finish() {
>     datebook generate --resume -q | head -n 1
> }

# Without a job there is nothing to submit.

$ datebook batch submit requests.jsonl
! datebook: no job is open in datebook.db
! hint: `datebook generate --provider batch --model NAME --batch-out requests.jsonl --all` starts one
? 3
$ datebook batch status
! datebook: no job is open in datebook.db
! hint: `datebook generate --provider batch --model NAME --batch-out requests.jsonl --all` starts one
? 3
$ datebook batch collect
! datebook: no job is open in datebook.db
! hint: `datebook generate --provider batch --model NAME --batch-out requests.jsonl --all` starts one
? 3

# The whole way.

$ plan requests.jsonl
$ serve <<END
> batch polls=3
> END
$ export OPENAI_BASE_URL=$URL
$ datebook batch status
! no batches; next: datebook batch submit FILE
$ datebook batch collect
! datebook: no batch was submitted
! hint: `datebook batch submit FILE` does
? 3
$ datebook batch submit requests.jsonl
requests.jsonl: batch batch_test0001, validating
! next: datebook batch status --watch
$ datebook status --json | grep -o '"next":.*'
"next":"datebook batch status --watch"}
$ datebook batch status
FILE            BATCH           STATE        DONE  OF  FAILED  PROBLEM
requests.jsonl  batch_test0001  in_progress     0   0       0
! next: datebook batch status --watch
$ datebook batch collect
took 0 results of 0 batches: 0 of 20 meetings are written
! 1 batch has not ended
! next: datebook batch status --watch
? 1
$ datebook batch status --watch --poll 10
FILE            BATCH           STATE      DONE  OF  FAILED  PROBLEM
requests.jsonl  batch_test0001  completed     3   3       0
! next: datebook batch collect
$ datebook batch collect --output-dir results
took 3 results of 1 batch: 20 of 20 meetings are written
! next: datebook generate --resume
$ datebook status --json | grep -o '"next":.*'
"next":"datebook generate --resume"}
$ ls results
batch_test0001-results.jsonl
$ datebook batch status
FILE            BATCH           STATE      DONE  OF  FAILED  PROBLEM
requests.jsonl  batch_test0001  collected     3   3       0
! next: datebook generate --resume
$ datebook batch collect
took 0 results of 0 batches: 20 of 20 meetings are written
! next: datebook generate --resume
$ datebook generate --batch-in results/batch_test0001-results.jsonl -q | head -n 1
v2: 20 meetings for 1 persona, labelled
$ datebook verify | sed 's/:.*//'
datebook.db is sound
$ served files
1
$ served lines
3
$ served violations
0

# A file is submitted once, whatever it is called, and only as it was written.

$ plan requests.jsonl
$ datebook batch submit requests.jsonl
requests.jsonl: batch batch_test0002, validating
! next: datebook batch status --watch
$ datebook batch submit requests.jsonl
! datebook: requests.jsonl was submitted before: it is batch batch_test0002, validating
! hint: `datebook batch status` says how it is; nothing is paid for twice
? 3
$ cp requests.jsonl copy.jsonl
$ datebook batch submit copy.jsonl
! datebook: copy.jsonl was submitted before: it is batch batch_test0002, validating
! hint: `datebook batch status` says how it is; nothing is paid for twice
? 3
$ datebook batch submit copy.jsonl requests.jsonl
! datebook: copy.jsonl and requests.jsonl are the same
? 3
$ head -n 1 requests.jsonl >part.jsonl
$ datebook batch submit part.jsonl
! datebook: part.jsonl is not as it was written: its hash starts with …, not with … (glob)
! hint: submit the file as it was written
? 3
$ datebook batch submit none.jsonl
! datebook: none.jsonl is missing
? 3
$ served files
2

# As if the process had died before it wrote down that the batch is there: it is
# found again, by whatever looks next.

$ forget() {
>     sqlite3 datebook.db "UPDATE remote_batch SET batch_id = '', state = '' WHERE collected = 0"
> }
$ forget
$ datebook batch submit requests.jsonl
requests.jsonl: batch batch_test0002, validating
! next: datebook batch status --watch
$ forget
$ datebook batch status --json
{"job":2,"batches":[{"file":"requests.jsonl","batch":"batch_test0002","state":"in_progress","total":0,"completed":0,"failed":0,"collected":false,"problem":null}]}
! next: datebook batch status --watch
$ forget
$ datebook batch collect -q
took 2 results of 1 batch: 20 of 20 meetings are written
$ finish
v3: 20 meetings for 1 persona, labelled
$ served files
2
$ made
2
$ served lines
5
$ serve_stop

# What goes wrong on the way is tried again where that helps.  The key is in no
# message.

$ plan requests.jsonl
$ serve <<END
> on files echo-key
> on files 503 retry-after-ms=1
> on batches drop
> on content cut
> batch polls=1 end=expired keep=1
> batch polls=1 end=expired keep=0
> END
$ export OPENAI_BASE_URL=$URL
$ datebook batch submit requests.jsonl
! datebook: cannot upload requests.jsonl: HTTP 401: Incorrect API key provided: Bearer ****************** (******************, base64 ************************)
! hint: check the key, and that it is one of this endpoint
? 5
$ datebook batch status
FILE            BATCH  STATE          DONE  OF  FAILED  PROBLEM
requests.jsonl         not submitted     0   0       0
! a file was not submitted to its end; next: datebook batch submit FILE
$ datebook batch submit requests.jsonl
requests.jsonl: batch batch_test0001, validating
! next: datebook batch status --watch
$ datebook batch status --watch --poll 10
FILE            BATCH           STATE    DONE  OF  FAILED  PROBLEM
requests.jsonl  batch_test0001  expired     2   2       1
! next: datebook batch collect
$ datebook batch collect
took 1 result of 1 batch: 16 of 20 meetings are written
! 1 request failed and waits again
! first: batch_test0001-errors.jsonl:1: batch_expired: This request could not be executed before the completion window expired.
! next: datebook generate --resume --batch-out MORE.jsonl
$ datebook batch collect -q
took 0 results of 0 batches: 16 of 20 meetings are written
$ served lines
1
$ served broken
2

# What was not run goes into another file; the old one is refused.

$ datebook generate --resume --batch-out rest.jsonl -q >made
$ datebook batch submit requests.jsonl
! datebook: requests.jsonl:1: the request was answered already
! hint: write what is still to be asked with `generate --resume --batch-out FILE`
? 3
$ datebook batch submit rest.jsonl -q
rest.jsonl: batch batch_test0002, validating
$ datebook batch status --watch --poll 10 -q
FILE            BATCH           STATE      DONE  OF  FAILED  PROBLEM
requests.jsonl  batch_test0001  collected     2   2       1
rest.jsonl      batch_test0002  expired       1   1       1
$ datebook batch collect -q
took 0 results of 1 batch: 16 of 20 meetings are written

# Nothing of that was run: the same requests make the same file, which is
# another batch, also when the process dies right after it is made.

$ cp rest.jsonl before.jsonl
$ datebook generate --resume --batch-out rest.jsonl -q >made
$ cmp rest.jsonl before.jsonl
$ datebook batch submit rest.jsonl -q
rest.jsonl: batch batch_test0003, validating
$ forget
$ datebook batch submit rest.jsonl -q
rest.jsonl: batch batch_test0003, validating
$ datebook batch status --watch --poll 10 -q
FILE            BATCH           STATE      DONE  OF  FAILED  PROBLEM
requests.jsonl  batch_test0001  collected     2   2       1
rest.jsonl      batch_test0002  collected     1   1       1
rest.jsonl      batch_test0003  completed     1   1       0
$ datebook batch collect -q
took 1 result of 1 batch: 20 of 20 meetings are written
$ finish
v4: 20 meetings for 1 persona, labelled
$ made
3
$ served lines
2
$ serve_stop

# A batch that failed as a whole: its file may be submitted again, or its
# requests are asked in another one.

$ plan again.jsonl
$ serve <<END
> 2x batch polls=1 end=failed
> END
$ export OPENAI_BASE_URL=$URL
$ datebook batch submit again.jsonl -q
again.jsonl: batch batch_test0001, validating
$ datebook batch status --watch --poll 10
FILE         BATCH           STATE   DONE  OF  FAILED  PROBLEM
again.jsonl  batch_test0001  failed     0   2       0  line 1: This line is not parseable as valid JSON.
! next: datebook batch collect
? 1
$ datebook batch submit again.jsonl -q
again.jsonl: batch batch_test0002, validating
$ datebook batch status --watch --poll 10 -q
FILE         BATCH           STATE   DONE  OF  FAILED  PROBLEM
again.jsonl  batch_test0001  failed     0   2       0
again.jsonl  batch_test0002  failed     0   2       0  line 1: This line is not parseable as valid JSON.
? 1
$ datebook batch collect
took 0 results of 1 batch: 8 of 20 meetings are written
! 2 requests wait again: batch batch_test0002, failed: line 1: This line is not parseable as valid JSON.
! next: datebook generate --resume --batch-out MORE.jsonl
$ datebook generate --resume --batch-out again.jsonl -q >made
$ datebook batch submit again.jsonl -q
again.jsonl: batch batch_test0003, validating
$ datebook batch collect -q
took 0 results of 0 batches: 8 of 20 meetings are written
? 1
$ datebook batch collect --json -q
{"job":4,"collected":1,"running":0,"written":20,"wanted":20,"lines":2,"taken":2,"known":0,"strangers":0,"broken":0,"failed":0,"returned":0,"files":["batch_test0003-results.jsonl"],"usage":{"calls":4,"retries":2,"corrections":0,"candidates":12,"rejected":0,"coerced":0,"prompt_tokens":…,"cached_tokens":0,"completion_tokens":…,"cost_usd":null,"unpriced":2}} (glob)
$ finish
v5: 20 meetings for 1 persona, labelled
$ served lines
2
$ serve_stop

# A file of results that is not whole: what the provider ran is not asked again.

$ plan short.jsonl
$ serve <<END
> batch polls=1
> on content raw=""
> END
$ export OPENAI_BASE_URL=$URL
$ datebook batch submit short.jsonl -q
short.jsonl: batch batch_test0001, validating
$ datebook batch status --watch --poll 10 -q
FILE         BATCH           STATE      DONE  OF  FAILED  PROBLEM
short.jsonl  batch_test0001  completed     2   2       0
$ datebook batch collect
took 0 results of 0 batches: 8 of 20 meetings are written
! batch batch_test0001: 0 of its 2 results came; it stays open
! next: datebook batch collect once more; or datebook generate --resume --again --batch-out FILE, which asks, and pays, again
? 1
$ datebook status | grep 'is open'
job 5 is open: 8 of 20 meetings by model-1; 2 calls; 2 requests are in batch files
! next: datebook batch status --watch
$ datebook batch collect -q
took 2 results of 1 batch: 20 of 20 meetings are written
$ finish
v6: 20 meetings for 1 persona, labelled
$ serve_stop

# Waiting can be interrupted.

$ plan requests.jsonl
$ serve <<END
> batch polls=1000000
> END
$ export OPENAI_BASE_URL=$URL
$ datebook batch submit requests.jsonl -q
requests.jsonl: batch batch_test0001, validating
$ timeout --foreground --preserve-status -s INT 1 datebook batch status --watch --poll 10
! datebook: interrupted; what is known of the batches is kept
! hint: run the same command again; no file is submitted twice
? 6
$ datebook batch submit requests.jsonl --provider gemini
! datebook: --provider knows openai and azure, not "gemini"
! hint: `datebook batch submit --help` shows how it is used
? 2
$ datebook batch submit requests.jsonl --key sk-test-0123456789
! datebook: a key is no argument: everybody on this machine could read it
! hint: put it into OPENAI_API_KEY or AZURE_OPENAI_API_KEY, or into a file for --key-file; the one just typed may be in the history of your shell
? 2
$ cat datebook.db* results/* | grep -a -c sk-test
0
? 1
$ serve_stop
$ datebook batch status
! datebook: cannot look at the batch batch_test0001: cannot connect to 127.0.0.1:…: Connection refused (glob)
? 5
