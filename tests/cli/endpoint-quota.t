# Errors that no waiting mends stop the work at once, and what came is kept.

$ . "$SOURCE/tests/llm/serve.sh"; . "$SOURCE/tests/cli/model-masked.sh"; . "$SOURCE/tests/cli/endpoint.sh"
$ datebook init -q
Made datebook.db with 8 personas.
$ p=tier1_sales_manager_pipeline

# No quota: what is in flight comes in, nothing more is sent.

$ serve <<END
> 429 type=insufficient_quota code=insufficient_quota message="You exceeded your current quota."
> always good delay=200
> END
$ ask 60 --concurrency 4
datebook: HTTP 429: You exceeded your current quota; 25 of 60 meetings are written and kept (4 calls, N tokens of prompts and M of replies, cost not known)
hint: see to plan and billing at the provider; what was asked is kept, and the job can be resumed; `datebook generate --resume --base-url http://127.0.0.1:PORT/v1` goes on
? 5
$ served calls; served distinct
4
4
$ both datebook status
datebook.db at v1: 8 personas from the library
8 personas, 0 meetings, 0 labels
job 1 is open: 25 of 60 meetings by writer; 4 calls, N tokens of prompts and M of replies, cost not known; 4 requests wait
next: datebook generate --resume
$ again
v2: 60 meetings for 1 persona, labelled
writer: 8 calls, N tokens of prompts and M of replies, cost not known
1 retry
$ served calls; served distinct
8
7
$ serve_stop

# It may be said with the code alone, with the type alone, or otherwise.

$ for how in code=credit_balance_exhausted code=project_spend_limit_exceeded type=insufficient_quota; do echo "always 429 $how" > script; serve script; ask 3; echo "? $?: $(served calls)"; serve_stop; datebook requests discard -q; done
datebook: HTTP 429: Rate limit reached; 1 of 3 meetings are written and kept (1 call)
hint: see to plan and billing at the provider; what was asked is kept, and the job can be resumed; `datebook generate --resume --base-url http://127.0.0.1:PORT/v1` goes on
\? 5: 1
gave up job 2: 1 of 3 meetings were written
1 call
datebook: HTTP 429: Rate limit reached; 2 of 3 meetings are written and kept (1 call)
hint: see to plan and billing at the provider; what was asked is kept, and the job can be resumed; `datebook generate --resume --base-url http://127.0.0.1:PORT/v1` goes on
\? 5: 1
gave up job 3: 2 of 3 meetings were written
1 call
datebook: HTTP 429: Rate limit reached; 1 of 3 meetings are written and kept (1 call)
hint: see to plan and billing at the provider; what was asked is kept, and the job can be resumed; `datebook generate --resume --base-url http://127.0.0.1:PORT/v1` goes on
\? 5: 1
gave up job 4: 1 of 3 meetings were written
1 call

# The rest that is final.

$ for how in 401 403 404 402; do echo "always $how" > script; serve script; ask 3; echo "? $?: $(served calls)"; serve_stop; datebook requests discard -q; done
datebook: HTTP 401: Incorrect API key provided; 1 of 3 meetings are written and kept (1 call)
hint: check the key, and that it is one of this endpoint; `datebook generate --resume --base-url http://127.0.0.1:PORT/v1` goes on
\? 5: 1
gave up job 5: 1 of 3 meetings were written
1 call
datebook: HTTP 403: Access denied; 1 of 3 meetings are written and kept (1 call)
hint: check what the key may use, and whether the service is offered where you are; `datebook generate --resume --base-url http://127.0.0.1:PORT/v1` goes on
\? 5: 1
gave up job 6: 1 of 3 meetings were written
1 call
datebook: HTTP 404: The model does not exist; 1 of 3 meetings are written and kept (1 call)
hint: check the model's name and the base URL, which usually ends in /v1; `datebook generate --resume --base-url http://127.0.0.1:PORT/v1` goes on
\? 5: 1
gave up job 7: 1 of 3 meetings were written
1 call
datebook: HTTP 402: Something is wrong; 1 of 3 meetings are written and kept (1 call)
hint: see to plan and billing at the provider; what was asked is kept, and the job can be resumed; `datebook generate --resume --base-url http://127.0.0.1:PORT/v1` goes on
\? 5: 1
gave up job 8: 1 of 3 meetings were written
1 call

# Nobody there: tried three times.

$ ask 3 | sed 's/127.0.0.1:[0-9]*/HOST/g'; datebook requests list --state failed --json | sed 's/.*"tries":\([0-9]*\).*"note":"\([^"]*\)".*/\1 \2/; s/127.0.0.1:[0-9]*/HOST/g'
datebook: request 15 failed 3 times: cannot connect to HOST: Connection refused; 1 of 3 meetings are written and kept (3 calls)
hint: `datebook generate --resume --base-url http://HOSTPORT/v1` goes on
3 cannot connect to HOST: Connection refused
$ datebook requests discard
gave up job 9: 1 of 3 meetings were written
3 calls
$ datebook verify --deep | sed 's/:.*//'
datebook.db is sound
