# Batches at Azure OpenAI, in both forms of its URLs.

$ . "$SOURCE/tests/llm/serve.sh"
$ export AZURE_OPENAI_API_KEY=0123456789abcdef
$ datebook init -q >made
$ plan() {
>     datebook generate --provider batch --model model-1 --persona tier2_ic_engineer_deep_work --count 20 --batch-out requests.jsonl -q "$@" >made
> }
$ serve <<END
> always batch style=azure polls=1
> END
$ export AZURE_OPENAI_ENDPOINT=$AZURE

$ plan
$ datebook batch submit requests.jsonl --provider azure
requests.jsonl: batch batch_test0001, validating
! next: datebook batch status --watch
$ datebook batch status --provider azure --watch --poll 10
FILE            BATCH           STATE      DONE  OF  FAILED  PROBLEM
requests.jsonl  batch_test0001  completed     3   3       0
! next: datebook batch collect
$ datebook batch collect --provider azure
took 3 results of 1 batch: 20 of 20 meetings are written
! next: datebook generate --resume
$ datebook generate --resume -q | head -n 1
v2: 20 meetings for 1 persona, labelled

# The older form has another URL in each line, so a file is of one of them.

$ plan --api-version 2024-10-21
$ datebook batch submit requests.jsonl --provider azure
! datebook: requests.jsonl:1: the URL in the line is of another form of endpoint
! hint: name the endpoint as it was named when the file was written, or write it again
? 3
$ datebook batch submit requests.jsonl --provider azure --api-version 2024-10-21
requests.jsonl: batch batch_test0002, validating
! next: datebook batch status --watch
$ OPENAI_API_VERSION=2024-10-21 datebook batch status --provider azure --watch --poll 10
FILE            BATCH           STATE      DONE  OF  FAILED  PROBLEM
requests.jsonl  batch_test0002  completed     2   2       0
! next: datebook batch collect
$ datebook batch collect --provider azure --api-version 2024-10-21
took 2 results of 1 batch: 20 of 20 meetings are written
! next: datebook generate --resume
$ datebook generate --resume -q | head -n 1
v3: 20 meetings for 1 persona, labelled
$ served files
2
$ served violations
0

$ AZURE_OPENAI_ENDPOINT= datebook batch status --provider azure
! datebook: no job is open in datebook.db
! hint: `datebook generate --provider batch --model NAME --batch-out requests.jsonl --all` starts one
? 3
