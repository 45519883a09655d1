# Batch files: written, run by somebody else, and taken in.

$ . "$SOURCE/tests/cli/model-masked.sh"
$ datebook init -q
Made datebook.db with 8 personas.
$ p=tier1_sales_manager_pipeline
$ echo "$PRICES" > prices.json
$ batch="--provider batch --model writer --prices prices.json"
$ run_batch() { "$BUILD/tests/llm/server" --run-batch "$@"; }

$ datebook generate --persona $p --count 40 $batch
! datebook: --provider batch needs --batch-out FILE
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --persona $p --count 40 $batch --estimate | masked
40 meetings in 6 calls of writer
about N tokens of prompts and M of replies
about $X at the prices of 2026-11-01
$ both datebook generate --persona $p --count 40 $batch --batch-out requests.jsonl --max-cost 0.0001
datebook: these batch files would cost about $X, more than --max-cost
hint: a batch cannot be stopped by its price once it runs: ask for fewer meetings
? 3
$ datebook requests list
no requests
$ both datebook generate --persona $p --count 40 $batch --batch-out requests.jsonl
job 1: 0 of 40 meetings are written
  requests.jsonl  5 requests  N kB
next, at a provider's batch service: datebook batch submit requests.jsonl
or on machines of your own: vllm run-batch -i requests.jsonl -o results.jsonl --model writer
    then: datebook generate --batch-in results.jsonl
$ both datebook status
datebook.db at v1: 8 personas from the library
8 personas, 0 meetings, 0 labels
job 1 is open: 0 of 40 meetings by writer; 5 calls; 5 requests are in batch files
next: datebook generate --batch-in FILE
$ head -c 15 requests.jsonl
{"custom_id":"d
\ (no newline)

# Asking twice would be paying twice.

$ datebook generate --resume
! datebook: job 1 goes through batch files
! hint: --batch-in FILE takes results, --resume --batch-out FILE writes what is left, --resume --provider openai asks a model directly
? 2
$ datebook generate --resume --provider openai --base-url http://127.0.0.1:1/v1
! datebook: 5 requests are in batch files whose results have not come in
! hint: `datebook generate --batch-in FILE` takes them; --again asks, and pays, a second time
? 3
$ datebook generate --resume --batch-out more.jsonl
job 1: 0 of 40 meetings are written
! nothing waits to be asked: no file is written
$ ls
datebook.db
prices.json
requests.jsonl
$ datebook requests discard
! datebook: job 1 has 5 requests in batch files, whose results could not be taken any more
! hint: --yes gives them up; `datebook generate --batch-in FILE` takes results
? 3

# Results in part: exit 1, and what is left.

$ echo 500 > script; run_batch requests.jsonl --output results.jsonl --script script
$ both datebook generate --prices prices.json --batch-in results.jsonl
took 4 results: 29 of 40 meetings are written
5 calls, N tokens of prompts and M of replies, $X
1 request failed and waits again
first: results.jsonl:2: HTTP 500: The server had an error.
1 request is to be asked; next: datebook generate --resume --batch-out REST.jsonl
datebook generate --resume --partial makes a version of what is there
? 1
$ datebook generate --batch-in results.jsonl --json 2> /dev/null > out; echo $?; sqlite3 :memory: "select json_extract(readfile('out'), '\$.end'), json_extract(readfile('out'), '\$.taken'), json_extract(readfile('out'), '\$.unanswered')"
1
partial|0|1
$ both datebook status | tail -n 2
job 1 is open: 29 of 40 meetings by writer; 5 calls, N tokens of prompts and M of replies, $X; 1 request waits
next: datebook generate --resume --batch-out FILE
$ both datebook generate --resume --batch-out rest.jsonl --max-tokens 4000 | sed 's,about [0-9]*.[0-9]* ,about N ,'
datebook: these batch files would take about N tokens, more than is left of --max-tokens
hint: a batch cannot be stopped by its price once it runs: ask for fewer meetings
$ both datebook generate --resume --batch-out rest.jsonl
job 1: 29 of 40 meetings are written
  rest.jsonl  1 request  N kB
next, at a provider's batch service: datebook batch submit rest.jsonl
or on machines of your own: vllm run-batch -i rest.jsonl -o results.jsonl --model writer
    then: datebook generate --batch-in results.jsonl
$ run_batch rest.jsonl --output rest.out.jsonl; sed -i s/batch_req_/batch_req_2_/ rest.out.jsonl
$ both datebook generate --prices prices.json --batch-in rest.out.jsonl,results.jsonl
v2: 40 meetings for 1 persona, labelled
writer: 6 calls, N tokens of prompts and M of replies, $X
1 retry
5 results were known
$ datebook show | sed -n '/^model/,/^ /p' | masked
model    writer: 6 calls, N tokens of prompts and M of replies, $X
         1 retry
$ both datebook generate --prices prices.json --batch-in results.jsonl
datebook: no job is open in datebook.db
hint: `datebook generate --provider openai --model NAME --all` starts one
? 3

# A missing file, and one that is none.

$ datebook generate --persona $p --count 5 $batch --batch-out requests.jsonl -q | head -n 1
job 2: 2 of 5 meetings are written
$ both datebook generate --prices prices.json --batch-in nowhere.jsonl
datebook: nowhere.jsonl is missing
? 3
$ both datebook generate --prices prices.json --batch-in ,
datebook: --batch-in names no file
hint: `datebook generate --help` shows how it is used
? 2
$ echo nonsense > bad; datebook generate --batch-in bad
took 0 results: 2 of 5 meetings are written
1 call
! 1 line could not be read
! first: bad:1: column 1: not valid JSON here
! 1 request is in batch files; next: datebook generate --batch-in MORE.jsonl
! datebook generate --resume --partial makes a version of what is there
? 1
$ datebook generate --resume --partial
v3: 2 meetings for 1 persona, labelled
writer: 1 call
! warning: 1 request is in batch files; results that come later cannot be taken any more
$ datebook requests discard
! datebook: no job is open in datebook.db
? 3

# Results of before an edit are kept, but what the edit changed is asked again.

$ datebook generate --persona $p --count 10 --seed 77 $batch --batch-out old.jsonl -q | head -n 1
job 3: 0 of 10 meetings are written
$ "$BUILD/tests/llm/server" --run-batch old.jsonl --output old-results.jsonl
$ datebook persona show $p | sed 's/"work_style": "/"work_style": "Never on time. /' > $p.json
$ datebook persona add $p.json -q > log
$ datebook generate --batch-in old-results.jsonl | masked
took 2 results: 0 of 10 meetings are written
2 calls, N tokens of prompts and M of replies, cost not known
! a persona was edited: 10 texts are asked for again
! 2 requests are to be asked; next: datebook generate --resume --batch-out REST.jsonl
! datebook generate --resume --partial makes a version of what is there
$ datebook status | grep 'is open' | masked
job 3 is open: 0 of 10 meetings by writer; 2 calls, N tokens of prompts and M of replies, cost not known; 2 requests wait
! next: datebook generate --resume --batch-out FILE
