# What an endpoint does not know is left out, and it is asked so once.

$ . "$SOURCE/tests/llm/serve.sh"; . "$SOURCE/tests/cli/model-masked.sh"; . "$SOURCE/tests/cli/endpoint.sh"
$ datebook init -q
Made datebook.db with 8 personas.
$ p=tier1_sales_manager_pipeline

$ serve <<END
> always 400 unsupported max_completion_tokens
> always 400 unsupported temperature
> always 400 unsupported seed
> always 400 unsupported json_schema
> always 400 unsupported json_object
> END
$ ask 3 --temperature 0.5
v2: 3 meetings for 1 persona, labelled
writer: 6 calls, N tokens of prompts and M of replies, cost not known
5 retries
$ fields
1 response_format max_completion_tokens temperature seed json_schema
1 response_format max_tokens temperature seed json_schema
1 response_format max_tokens seed json_schema
1 response_format max_tokens json_schema
1 response_format max_tokens json_object
1 max_tokens
$ served calls
6

# The second time it is known, and by other ways to ask too.

$ ask 3 --temperature 0.5 --seed 2
v3: 3 meetings for 1 persona, labelled
writer: 1 call, N tokens of prompts and M of replies, cost not known
$ served calls
7
$ fields | tail -n 1
2 max_tokens

# Another model is another matter.

$ model=other; ask 3 --seed 3; model=
v4: 3 meetings for 1 persona, labelled
other: 5 calls, N tokens of prompts and M of replies, cost not known
4 retries
$ served calls
12
$ served violations
0
$ serve_stop

# The same words of an older server, that knows only max_tokens.

$ serve <<END
> always 400 unknown max_completion_tokens
> END
$ ask 3 --seed 4
v5: 3 meetings for 1 persona, labelled
writer: 2 calls, N tokens of prompts and M of replies, cost not known
1 retry
$ fields
1 response_format max_completion_tokens seed json_schema
1 response_format max_tokens seed json_schema
$ ask 3 --seed 5
v6: 3 meetings for 1 persona, labelled
writer: 1 call, N tokens of prompts and M of replies, cost not known
$ fields
1 response_format max_completion_tokens seed json_schema
2 response_format max_tokens seed json_schema
$ serve_stop

# One that knows neither: no limit.

$ serve <<END
> always 400 unsupported max_completion_tokens
> always 400 unknown max_tokens
> END
$ ask 3 --seed 6
v7: 3 meetings for 1 persona, labelled
writer: 3 calls, N tokens of prompts and M of replies, cost not known
2 retries
$ fields
1 response_format max_completion_tokens seed json_schema
1 response_format max_tokens seed json_schema
1 response_format seed json_schema
$ serve_stop

# Schemas in other words, and where it takes many at once.

$ serve <<END
> always 400 unknown json_schema
> END
$ ask 40 --seed 7 --concurrency 4 --per-call 4
v8: 40 meetings for 1 persona, labelled
writer: 14 calls, N tokens of prompts and M of replies, cost not known
4 retries
$ fields | sed 's/^[0-9]* //' | sort -u
response_format max_completion_tokens seed json_object
response_format max_completion_tokens seed json_schema
$ serve_stop

# What it cannot be taught: five requests in a row, and it ends.

$ serve <<END
> always 400 message="The moon is in the wrong place."
> END
$ ask 40 --seed 8 --concurrency 1
datebook: 5 requests in a row were rejected: HTTP 400: The moon is in the wrong place; 0 of 40 meetings are written and kept (5 calls)
hint: `datebook generate --resume --base-url http://127.0.0.1:PORT/v1` goes on
? 5
$ served calls
5
$ datebook requests discard
gave up job 8: 0 of 40 meetings were written
5 calls
$ datebook verify --deep | sed 's/:.*//'
datebook.db is sound
