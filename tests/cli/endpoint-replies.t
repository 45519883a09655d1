# Replies that are not what was asked for: what is wrong is said, kept, and asked for again; in the
# end there are as many meetings as were wanted.

$ . "$SOURCE/tests/llm/serve.sh"; . "$SOURCE/tests/cli/model-masked.sh"; . "$SOURCE/tests/cli/endpoint.sh"
$ datebook init -q
Made datebook.db with 8 personas.
$ p=tier1_sales_manager_pipeline

# Each once, then good.

$ for rule in bad-json missing double stranger drift nonsense 'raw="{}"' 'raw="nothing"' ; do job=$((${job:-0} + 1)); echo "$rule" > script; serve script; echo "== $rule"; ask 12 --seed $job; echo "calls $(served calls), violations $(served violations)"; datebook requests list --rejected --job $job | cut -c 1-70 | head -n 4; serve_stop; done
== bad-json
v2: 12 meetings for 1 persona, labelled
writer: 3 calls, N tokens of prompts and M of replies, cost not known
1 correction, 1 of 19 texts rejected
calls 3, violations 0
request 1, the whole reply, asked again: the reply is not JSON: reply:
    {"meetings":[{"brief":1,"kind":"company_events","subject":"Sandy s
== missing
v3: 12 meetings for 1 persona, labelled
writer: 3 calls, N tokens of prompts and M of replies, cost not known
1 correction, 1 of 12 texts rejected
calls 3, violations 0
request 4, brief 8, asked again: brief 8 is missing
    (no text)
== double
v4: 12 meetings for 1 persona, labelled
writer: 3 calls, N tokens of prompts and M of replies, cost not known
1 correction, 1 of 13 texts rejected
calls 3, violations 0
request 7, brief 1, asked again: brief 1 is there twice
    {"brief":1,"kind":"forecast_and_leadership","subject":"Forecast ca
== stranger
v5: 12 meetings for 1 persona, labelled
writer: 2 calls, N tokens of prompts and M of replies, cost not known
1 put right
calls 2, violations 0
no text was rejected
== drift
v6: 12 meetings for 1 persona, labelled
writer: 2 calls, N tokens of prompts and M of replies, cost not known
17 put right
calls 2, violations 0
no text was rejected
== nonsense
v7: 12 meetings for 1 persona, labelled
writer: 3 calls, N tokens of prompts and M of replies, cost not known
1 correction, 8 of 20 texts rejected
calls 3, violations 0
request 14, brief 1, asked again: brief 1: subject is 2,003 characters
    {"brief":1,"kind":"forecast_and_leadership","subject":"Deal review
request 14, brief 2, asked again: brief 2: subject is 2,001 characters
    {"brief":2,"kind":"internal_alignment","subject":"Enablement: Curv
== raw="{}"
v8: 12 meetings for 1 persona, labelled
writer: 4 calls, N tokens of prompts and M of replies, cost not known
1 of 20 texts rejected
calls 4, violations 0
request 17, the whole reply: the reply holds no choices
    (no text)
== raw="nothing"
v9: 12 meetings for 1 persona, labelled
writer: 3 calls, N tokens of prompts and M of replies, cost not known
1 retry
calls 3, violations 0
no text was rejected

# Drift is put right, and counted by request and version.

$ datebook requests list --job 5 --json | grep -o '"coerced":[0-9]*'
"coerced":17
"coerced":0
$ datebook show v6 | sed -n '/^model/,/^ /p' | masked
model    writer: 2 calls, N tokens of prompts and M of replies, cost not known
         17 put right

# A correction quotes the fault.

$ serve <<END
> nonsense
> END
$ ask 4 --seed 21
v10: 4 meetings for 1 persona, labelled
writer: 2 calls, N tokens of prompts and M of replies, cost not known
1 correction, 4 of 8 texts rejected
$ logged "e ->> '$.body.messages[3].content'" "e ->> 'n' = 2" | grep 'characters long' | cut -c 1-60
- brief 1: subject is 2,001 characters long, at most 255
- brief 2: subject is 2,001 characters long, at most 255
- brief 3: subject is 2,002 characters long, at most 255
- brief 4: subject is 2,000 characters long, at most 255
$ logged "e ->> '$.body.messages[2].role'" "e ->> 'n' = 2"
assistant
$ serve_stop

# The same fault twice is rejected for good, and another text is asked for.

$ serve <<END
> 2x nonsense
> END
$ ask 4 --seed 22
v11: 4 meetings for 1 persona, labelled
writer: 3 calls, N tokens of prompts and M of replies, cost not known
1 correction, 8 of 12 texts rejected
$ datebook requests list --job 10 --json > list.json; sqlite3 :memory: "select value ->> 'kind', value ->> 'state', value ->> 'parent' > 0 from json_each(cast(readfile('list.json') as text), '$.requests')" | sort
again|answered|1
correction|answered|1
first|answered|
$ serve_stop
$ datebook verify --deep | sed 's/:.*//'
datebook.db is sound
