# Refused, filtered, cut off: each is told apart, and nothing is asked blindly again.

$ . "$SOURCE/tests/llm/serve.sh"; . "$SOURCE/tests/cli/model-masked.sh"; . "$SOURCE/tests/cli/endpoint.sh"
$ datebook init -q
Made datebook.db with 8 personas.
$ p=tier1_sales_manager_pipeline

$ asked() { datebook requests list --job $1 --json > list.json; sqlite3 :memory: "select r ->> 'kind', r ->> 'state', r ->> 'briefs', r ->> 'note' from (select value as r from json_each(cast(readfile('list.json') as text), '\$.requests')) order by r ->> 'request'"; }

$ for rule in refusal content_filter filter-input filter-broken parts no-usage; do job=$((${job:-0} + 1)); echo $rule > script; serve script; echo "== $rule"; ask 3 --seed $job; echo "calls $(served calls)"; asked $job; serve_stop; done
== refusal
v2: 3 meetings for 1 persona, labelled
writer: 2 calls, N tokens of prompts and M of replies, cost not known
1 of 6 texts rejected
calls 2
first|refused|[1,2,3]|the model refused: I cannot help with that.
again|answered|[1,2,3]|
== content_filter
v3: 3 meetings for 1 persona, labelled
writer: 2 calls, N tokens of prompts and M of replies, cost not known
1 of 6 texts rejected
calls 2
first|refused|[1,2,3]|a content filter stopped the reply
again|answered|[1,2,3]|
== filter-input
v4: 3 meetings for 1 persona, labelled
writer: 2 calls, N tokens of prompts and M of replies, cost not known
1 of 6 texts rejected
calls 2
first|refused|[1,2,3]|HTTP 400: The response was filtered
again|answered|[1,2,3]|
== filter-broken
v5: 3 meetings for 1 persona, labelled
writer: 1 call, N tokens of prompts and M of replies, cost not known
calls 1
first|answered|[1,2,3]|
== parts
v6: 3 meetings for 1 persona, labelled
writer: 1 call, N tokens of prompts and M of replies, cost not known
calls 1
first|answered|[1,2,3]|
== no-usage
v7: 3 meetings for 1 persona, labelled
writer: 1 call, N tokens of prompts and M of replies, cost not known
calls 1
first|answered|[1,2,3]|

# A refused request is not sent a second time: its follower has another seed.

$ serve <<END
> refusal
> END
$ ask 3 --seed 11
v8: 3 meetings for 1 persona, labelled
writer: 2 calls, N tokens of prompts and M of replies, cost not known
1 of 6 texts rejected
$ logged "count(distinct e ->> '$.body.seed'), count(distinct e ->> '$.body.messages')"
2|2
$ serve_stop

# Once cut off, asked with twice the room; twice, asked for half as much.

$ serve <<END
> length
> END
$ ask 8 --seed 12
v9: 8 meetings for 1 persona, labelled
writer: 2 calls, N tokens of prompts and M of replies, cost not known
1 of 8 texts rejected
$ asked 8
first|truncated|[1,2,3,4,5,6,7,8]|the reply reached the limit of tokens
longer|answered|[1,2,3,4,5,6,7,8]|
$ logged "e ->> '$.body.max_completion_tokens'" > room; awk 'NR == 1 { first = $1 } END { print NR, $1 == 2 * first }' room
2 1
$ serve_stop
$ serve <<END
> length
> length empty
> END
$ ask 8 --seed 13
v10: 8 meetings for 1 persona, labelled
writer: 4 calls, N tokens of prompts and M of replies, cost not known
2 of 14 texts rejected
$ asked 9
first|truncated|[1,2,3,4,5,6,7]|the reply reached the limit of tokens
longer|truncated|[1,2,3,4,5,6,7]|the reply reached the limit of tokens
again|answered|[1,2,3]|
again|answered|[4,5,6,7]|
$ datebook requests list --job 9 --rejected | sed 's/^request [0-9]*/request N/' | cut -c 1-70
request N, the whole reply, asked again: the reply reached the limit o
    {"meetings":[{"brief":1,"kind":"forecast_and_leadership","subject"
request N, the whole reply: the reply reached the limit of tokens
    (no text)
$ served violations
0
$ serve_stop
$ datebook requests list --state refused --json | grep -o '"note":"[^"]*"'
"note":"the model refused: I cannot help with that."
"note":"a content filter stopped the reply"
"note":"HTTP 400: The response was filtered"
"note":"the model refused: I cannot help with that."
$ datebook verify --deep | sed 's/:.*//'
datebook.db is sound
