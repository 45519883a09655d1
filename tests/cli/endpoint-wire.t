# What can go wrong on the wire.

$ . "$SOURCE/tests/llm/serve.sh"; . "$SOURCE/tests/cli/model-masked.sh"; . "$SOURCE/tests/cli/endpoint.sh"
$ datebook init -q
Made datebook.db with 8 personas.
$ p=tier1_sales_manager_pipeline

# A reply of 200 MB is given up after a few, and takes hardly more memory than a
# good one.

$ serve <<END
> large=200M
> END
$ "$BUILD/tests/bench/measure" used datebook generate --persona $p --count 20 --provider openai --base-url $URL --model writer -q | masked
v2: 20 meetings for 1 persona, labelled
writer: 5 calls, N tokens of prompts and M of replies, cost not known
1 of 27 texts rejected
$ datebook requests list --state rejected --json | grep -o '"note":"[^"]*"'
"note":"the reply is larger than any that was asked for"
$ "$BUILD/tests/bench/measure" used datebook generate --persona $p --count 20 --provider openai --base-url $URL --model writer --seed 9 -q | masked
v3: 20 meetings for 1 persona, labelled
writer: 3 calls, N tokens of prompts and M of replies, cost not known
$ awk '{ kib[NR] = $3 } END { print NR, kib[1] - kib[2] < 102400 }' used
2 1
$ datebook requests show 1 | wc -c | awk '{ print $1 < 100000 }'
1
$ served broken
1
$ serve_stop

# One byte a second, and not a byte: --timeout is for the whole reply.

$ serve <<END
> slow=1
> stall
> END
$ ask 3 --seed 2 --timeout 1
v4: 3 meetings for 1 persona, labelled
writer: 3 calls, N tokens of prompts and M of replies, cost not known
2 retries
$ served calls; served distinct
3
1
$ serve_stop

# Cut in the middle, ended without a word, a proxy's page, no JSON: tried again.

$ serve <<END
> cut
> cut chunked
> drop
> html
> raw="{"
> raw=""
> 500
> 408
> 409
> 425
> good chunked
> good close
> good chunked close
> END
$ ask 20 --seed 3 --per-call 1 --concurrency 12
v5: 20 meetings for 1 persona, labelled
writer: 30 calls, N tokens of prompts and M of replies, cost not known
10 retries
$ echo $(($(served calls) - $(served distinct)))
10
$ served violations
0
$ serve_stop

# One that never answers is tried three times; the same request goes on later.

$ serve <<END
> 3x drop
> END
$ ask 3 --seed 4 | sed 's/127.0.0.1:[0-9]* /HOST /'
datebook: request 30 failed 3 times: HOST ended the connection without a reply; 0 of 3 meetings are written and kept (3 calls)
hint: `datebook generate --resume --base-url http://127.0.0.1:PORT/v1` goes on
$ served calls
3
$ datebook requests list --state failed --json | grep -o '"tries":[0-9]*'
"tries":3
$ again
v6: 3 meetings for 1 persona, labelled
writer: 4 calls, N tokens of prompts and M of replies, cost not known
3 retries
$ served calls; served distinct
4
1
$ serve_stop
$ datebook verify --deep | sed 's/:.*//'
datebook.db is sound
