# Budgets: the work stops before it costs more, says so, and goes on with a larger one.

$ . "$SOURCE/tests/llm/serve.sh"; . "$SOURCE/tests/cli/model-masked.sh"; . "$SOURCE/tests/cli/endpoint.sh"
$ datebook init -q
Made datebook.db with 8 personas.
$ p=tier1_sales_manager_pipeline

$ echo "$PRICES" > prices.json
$ serve
$ spent() { datebook status --json > status.json; sqlite3 :memory: "select $1 from (select json_extract(cast(readfile('status.json') as text), '$.job.usage') as u)"; }

# In dollars.

$ ask 60 --prices prices.json --max-cost 0.10 --concurrency 1
datebook: the next call might cost more than is left of --max-cost; 13 of 60 meetings are written and kept (1 call, N tokens of prompts and M of replies, $X)
hint: `datebook generate --resume --base-url http://127.0.0.1:PORT/v1 --prices prices.json` with a larger budget goes on; with --partial it makes a version of what is there
? 6
$ spent "u ->> 'cost_usd' > 0, u ->> 'cost_usd' <= 0.10"
1|1
$ datebook requests list --state sent
no requests
$ calls=$(served calls); again --prices prices.json --max-cost 0.10 --concurrency 1 | sed -n 1p; [ $(served calls) = $calls ]; echo $?
datebook: the next call might cost more than is left of --max-cost; 13 of 60 meetings are written and kept (1 call, N tokens of prompts and M of replies, $X)
0
$ again --prices prices.json --max-cost 0.15 --concurrency 1 | sed -n 1p
datebook: the next call might cost more than is left of --max-cost; 21 of 60 meetings are written and kept (2 calls, N tokens of prompts and M of replies, $X)
$ spent "u ->> 'cost_usd' > 0, u ->> 'cost_usd' <= 0.15"
1|1
$ again --prices prices.json --max-cost 5
v2: 60 meetings for 1 persona, labelled
writer: 7 calls, N tokens of prompts and M of replies, $X
$ served calls; served distinct
7
7

# In tokens, with --json.

$ datebook generate --persona $p --count 60 --seed 2 --provider openai --base-url $URL --model writer --max-tokens 9000 --concurrency 1 --json 2> err > out; echo $?; masked < err
6
the next call might take more than is left of --max-tokens; 28 of 60 meetings are written and kept (3 calls, N tokens of prompts and M of replies, cost not known)
hint: `datebook generate --resume --base-url http://127.0.0.1:PORT/v1` with a larger budget goes on; with --partial it makes a version of what is there
$ sqlite3 :memory: "select o ->> 'end', o ->> '$.usage.prompt_tokens' + (o ->> '$.usage.completion_tokens') between 2000 and 9000 from (select cast(readfile('out') as text) as o)"
budget|1
$ again --max-tokens 100 --concurrency 1 | sed -n 1p
datebook: the next call might take more than is left of --max-tokens; 28 of 60 meetings are written and kept (3 calls, N tokens of prompts and M of replies, cost not known)
$ again --max-tokens 1000000
v3: 60 meetings for 1 persona, labelled
writer: 7 calls, N tokens of prompts and M of replies, cost not known
$ served calls; served distinct
14
14

# Whoever gives no price is asked for one, before anything is planned.

$ ask 60 --seed 3 --max-cost 1
datebook: --max-cost needs a price, and nobody knows that of writer
hint: --prices FILE tells it; --max-tokens needs none
? 2
$ ask 60 --seed 3 --max-cost 0.000001 --prices prices.json
datebook: the next call might cost more than is left of --max-cost; 0 of 60 meetings are written and kept
hint: `datebook generate --resume --base-url http://127.0.0.1:PORT/v1 --prices prices.json` with a larger budget goes on; with --partial it makes a version of what is there
? 6
$ datebook requests discard
gave up job 3: 0 of 60 meetings were written
$ datebook verify --deep | sed 's/:.*//'
datebook.db is sound
