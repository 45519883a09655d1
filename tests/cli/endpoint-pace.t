# How long an endpoint asks to wait, in each way that it can be said.

$ . "$SOURCE/tests/llm/serve.sh"; . "$SOURCE/tests/cli/model-masked.sh"; . "$SOURCE/tests/cli/endpoint.sh"
$ datebook init -q
Made datebook.db with 8 personas.
$ p=tier1_sales_manager_pipeline

# All of them at once, each with a file and a server of its own.

$ starts() { serve <<END
> 429 $2
> END
> cp datebook.db $1.db; eval "log_$1=\$LOG"
> datebook generate --db $1.db --persona $p --count 3 --provider openai --base-url $URL --model writer > $1.out 2>&1 & jobs="$jobs $!"; }
$ starts seconds retry-after=2
$ starts fraction retry-after=1.6
$ starts date retry-after-date=+2
$ starts milliseconds retry-after-ms=1600
$ starts both 'retry-after-ms=1600 retry-after=60'
$ starts requests 'header="x-ratelimit-remaining-requests: 0" header="x-ratelimit-reset-requests: 1.6s"'
$ starts tokens 'header="x-ratelimit-remaining-tokens: 0" header="x-ratelimit-reset-tokens: 1600ms"'
$ wait $jobs

# What was asked for is at least what was waited; without a word it is a second.

$ for form in seconds fraction date milliseconds both requests tokens; do eval "LOG=\$log_$form"; echo $form $(served calls) $(logged "max(e ->> 'ms') - (select min(value ->> 'ms') from json_each(readfile('$TMPDIR/log.json')) where value ->> 'answered' = 1) between 1550 and 20000") $(sed -n 1p $form.out); done
seconds 2 1 v2: 3 meetings for 1 persona, labelled
fraction 2 1 v2: 3 meetings for 1 persona, labelled
date 2 1 v2: 3 meetings for 1 persona, labelled
milliseconds 2 1 v2: 3 meetings for 1 persona, labelled
both 2 1 v2: 3 meetings for 1 persona, labelled
requests 2 1 v2: 3 meetings for 1 persona, labelled
tokens 2 1 v2: 3 meetings for 1 persona, labelled
$ masked < date.out
v2: 3 meetings for 1 persona, labelled
writer: 2 calls, N tokens of prompts and M of replies, cost not known
1 retry
$ datebook show --db date.db | sed -n '/^model/,/^ /p' | masked
model    writer: 2 calls, N tokens of prompts and M of replies, cost not known
         1 retry

# One pause for all: of four requests the first is told to wait, and no fifth
# one is sent meanwhile.

$ serve <<END
> 429 retry-after-ms=1500
> always good delay=200
> END
$ ask 60 --concurrency 4
v2: 60 meetings for 1 persona, labelled
writer: 8 calls, N tokens of prompts and M of replies, cost not known
1 retry
$ logged "count(*), min(e ->> 'ms') - (select min(value ->> 'ms') from json_each(readfile('$TMPDIR/log.json')) where value ->> 'answered') >= 1450" "e ->> 'path' is not null and e ->> 'n' > 4"
4|1
$ served violations
0
$ serve_stop

# A server that says not to try again is believed.

$ serve <<END
> 429 should-retry=false message="No more today."
> END
$ ask 3 --seed 2
datebook: HTTP 429: No more today; 0 of 3 meetings are written and kept (1 call)
hint: see to plan and billing at the provider; what was asked is kept, and the job can be resumed; `datebook generate --resume --base-url http://127.0.0.1:PORT/v1` goes on
? 5
$ served calls
1
$ again
v3: 3 meetings for 1 persona, labelled
writer: 2 calls, N tokens of prompts and M of replies, cost not known
1 retry
$ served calls
2
$ datebook verify --deep | sed 's/:.*//'
datebook.db is sound
