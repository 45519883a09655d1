# Texts that say the same again are refused, the twin is named, and there are exactly as many meetings as wanted.

$ . "$SOURCE/tests/llm/serve.sh"; . "$SOURCE/tests/cli/model-masked.sh"; . "$SOURCE/tests/cli/endpoint.sh"
$ datebook init -q
Made datebook.db with 8 personas.
$ p=tier1_sales_manager_pipeline

# Briefs that have to name a topic have another fault as well: not these.

$ serve <<END
> 3x twin
> END
$ ask 12 --concurrency 1 --per-call 4
v2: 12 meetings for 1 persona, labelled
writer: 7 calls, N tokens of prompts and M of replies, cost not known
3 corrections, 10 of 21 texts rejected
$ datebook requests list --rejected --json > out; sqlite3 :memory: "select value ->> 'request', value ->> 'brief', value ->> 'reason' from json_each(cast(readfile('out') as text), '$.rejected') where value ->> 'reason' like 'nearly%'"
3|10|nearly the same as brief 1 of tier1_sales_manager_pipeline, "The same lantern every time"
$ datebook sql "select count(*) n, count(distinct subject) subjects, sum(subject = 'The same lantern every time') same from meetings"
n	subjects	same
12	12	1
$ serve_stop

# The same for what is there from before: the twin has an id.

$ serve <<END
> 2x twin
> END
$ ask 12 --seed 3 --concurrency 1 --per-call 4
v3: 12 meetings for 1 persona, labelled
writer: 6 calls, N tokens of prompts and M of replies, cost not known
2 corrections, 8 of 20 texts rejected
$ datebook requests list --rejected --job 2 | sed -n 's/ AA[^,]*/ ID/; s/^request [0-9]*, brief [0-9]*: nearly/nearly/p' | uniq
nearly the same as meeting ID, "The same lantern every time"
$ id=$(datebook requests list --rejected --job 2 | grep -o 'meeting AA[^,]*' | head -n 1 | cut -c 9-); datebook explain $id | grep -c 'The same lantern every time'
1

# What was refused is told to the next request, not to be written again.

$ logged "e ->> '$.body.messages[1].content' like '%The same lantern every time%'" "e ->> 'path' is not null and json_array_length(e -> '$.body.messages') = 2" | sort | uniq -c | sed 's/^ *//'
3 0
1 1
$ serve_stop

# A model that knows one text only: no more texts are paid for than --candidates
# allows, then it says so; whoever allows more is asked for more.

$ serve <<END
> always twin
> END
$ ask 12 --seed 4 --per-call 4 --candidates 2
datebook: too many texts did not do; 0 of 12 meetings are written and kept (8 calls, N tokens of prompts and M of replies, cost not known)
hint: `datebook requests list --rejected` says why; `datebook generate --resume --base-url http://127.0.0.1:PORT/v1` with more --candidates goes on; with --partial it makes a version of what is there
? 5
$ datebook requests list --job 3 --json > out; sqlite3 :memory: "select sum(json_array_length(value ->> 'briefs')) from json_each(cast(readfile('out') as text), '$.requests') where value ->> 'state' = 'answered'"
24
$ datebook status --json | grep -o '"candidates":[0-9]*' | tail -n 1
"candidates":24
$ calls=$(served calls); again; [ $(served calls) = $calls ]; echo $?
datebook: too many texts did not do; 0 of 12 meetings are written and kept (8 calls, N tokens of prompts and M of replies, cost not known)
hint: `datebook requests list --rejected` says why; `datebook generate --resume --base-url http://127.0.0.1:PORT/v1` with more --candidates goes on; with --partial it makes a version of what is there
0
$ again --candidates 3; served calls
datebook: too many texts did not do; 0 of 12 meetings are written and kept (13 calls, N tokens of prompts and M of replies, cost not known)
hint: `datebook requests list --rejected` says why; `datebook generate --resume --base-url http://127.0.0.1:PORT/v1` with more --candidates goes on; with --partial it makes a version of what is there
13
$ serve_stop
$ serve
$ datebook generate --resume --base-url $URL --candidates 9 | masked
v4: 12 meetings for 1 persona, labelled
writer: 18 calls, N tokens of prompts and M of replies, cost not known
6 corrections, 36 of 48 texts rejected
$ served calls
5
$ serve_stop
$ datebook generate --resume --candidates 9
! datebook: no job is open in datebook.db
! hint: `datebook generate --provider openai --model NAME --all` starts one
? 3
$ datebook sql 'select count(*) n from meetings'
n
36
$ datebook verify --deep | sed 's/:.*//'
datebook.db is sound
