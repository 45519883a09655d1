# Ctrl-C and kill -9 in the middle: at the server there are the distinct requests, and those in flight
# when it died.

$ . "$SOURCE/tests/llm/serve.sh"; . "$SOURCE/tests/cli/model-masked.sh"; . "$SOURCE/tests/cli/endpoint.sh"
$ datebook init -q
Made datebook.db with 8 personas.
$ p=tier1_sales_manager_pipeline

# A shell has its background jobs ignore SIGINT, and who ignores it goes on doing so.

$ interruptible='env --default-signal=INT'

$ until_served() { while [ "$(served $1)" -lt $2 ]; do sleep 0.02; done; }

# Ctrl-C: what is in flight comes in, so that nothing is asked twice.

$ serve --delay 250
$ $interruptible datebook generate --persona $p --count 60 --provider openai --base-url $URL --model writer --concurrency 3 > out 2> err & job=$!
$ until_served answered 3; until_served calls 5; kill -INT $job; wait $job; echo $?
6
$ masked < err | sed 's/[0-9]* of 60/N of 60/; s/([0-9]* calls/(N calls/'
datebook: interrupted; N of 60 meetings are written and kept (N calls, N tokens of prompts and M of replies, cost not known)
hint: `datebook generate --resume --base-url http://127.0.0.1:PORT/v1` goes on
$ datebook requests list --state sent
no requests
$ served calls > at; [ "$(served answered)" = "$(cat at)" ]; echo $?
0
$ again | sed -n 1p
v2: 60 meetings for 1 persona, labelled
$ [ $(served calls) = $(served distinct) ]; echo $?
0
$ serve_stop

# Twice: nothing is waited for, and what was in flight is asked again.

$ serve --delay 30000
$ $interruptible datebook generate --persona $p --count 60 --seed 2 --provider openai --base-url $URL --model writer --concurrency 3 > out 2> err & job=$!
$ until_served calls 3; while grep -qs 'State:.[^Z]' /proc/$job/status; do kill -INT $job; done 2> /dev/null; wait $job; case $? in 6 | 130) echo ended ;; esac
ended
$ served answered; served calls
0
3
$ serve_stop; serve
$ again | sed -n 1p
v3: 60 meetings for 1 persona, labelled
$ [ $(served calls) = $(served distinct) ]; echo $?
0
$ datebook requests list --json > list.json; sqlite3 :memory: "select sum(value ->> 'tries') - count(*) from json_each(cast(readfile('list.json') as text), '$.requests') where value ->> 'job' = 2"
3
$ serve_stop

# kill -9, five times on the way.

$ serve --delay 150
$ datebook generate --persona $p --count 100 --seed 3 --provider openai --base-url $URL --model writer --per-call 3 --concurrency 4 -q > out 2>&1 & job=$!
$ for at in 3 7 12 18 25; do until_served calls $at; kill -9 $job; wait $job; datebook verify | sed 's/:.*//'; datebook generate --resume --base-url $URL --concurrency 4 -q > out 2>&1 & job=$!; done 2> /dev/null
datebook.db is sound
datebook.db is sound
datebook.db is sound
datebook.db is sound
datebook.db is sound
$ wait $job; echo $?; sed -n 1p out
0
v4: 100 meetings for 1 persona, labelled
$ extra=$(($(served calls) - $(served distinct))); [ $extra -gt 0 ] && [ $extra -le 20 ]; echo $?
0
$ datebook requests list --json --limit 500 > list.json; sqlite3 :memory: "select count(*) = $(served distinct), sum(value ->> 'tries') >= $(served calls), count(distinct value ->> 'state') from json_each(cast(readfile('list.json') as text), '$.requests') where value ->> 'job' = 3"
1|1|1
$ datebook sql 'select count(*) n from meetings'
n
220
$ datebook status | sed -n 2,3p
8 personas, 220 meetings, 220 labels
every label is fresh
! next: datebook export --held-out-fraction 0.2 --seed 1 --output exports/first
$ served violations
0
$ datebook verify --deep | sed 's/:.*//'
datebook.db is sound
