# The key is where it is needed, and nowhere else.

$ . "$SOURCE/tests/llm/serve.sh"; . "$SOURCE/tests/cli/model-masked.sh"; . "$SOURCE/tests/cli/endpoint.sh"
$ datebook init -q
Made datebook.db with 8 personas.
$ p=tier1_sales_manager_pipeline

$ key=sk-proof-Zq8vTn3LwX0
$ coded=$(printf %s $key | base64)

# In which files of a folder the key, or its form in base64, stands.

$ leaks() { grep -rlaF -e $key -e $coded -e Zq8vTn3 . | sort; }
$ echo $coded > one; echo $key > two; leaks; rm one two
./one
./two

# A service that repeats it in its error, and good replies.

$ serve <<END
> echo-key
> END
$ OPENAI_API_KEY=$key ask 3 > said; echo $?; cat said
5
datebook: HTTP 401: Incorrect API key provided: Bearer ******************** (********************, base64 ***************************=); 0 of 3 meetings are written and kept (1 call)
hint: check the key, and that it is one of this endpoint; `datebook generate --resume --base-url http://127.0.0.1:PORT/v1` goes on
$ OPENAI_API_KEY=$key again --json > said.json 2>&1; echo $?
0
$ OPENAI_API_KEY=$key ask 3 --seed 2 -v > said.more 2>&1; echo $?
0
$ logged "e ->> '$.headers.authorization' = 'Bearer $key', e ->> '$.headers.api-key'"
1|
1|
1|
$ serve_stop
$ serve <<END
> echo-key status=400
> echo-key status=500
> echo-key status=429
> raw="{\"choices\":[{\"message\":{\"content\":null,\"refusal\":\"Not with $key.\"},\"finish_reason\":\"stop\"}]}"
> raw="{\"choices\":[{\"message\":{\"content\":\"$key $coded\"},\"finish_reason\":\"stop\"}]}"
> raw="$key"
> bad-json header="x-key: $key"
> END
$ OPENAI_API_KEY=$key ask 6 --seed 3 --per-call 2 --concurrency 1 --json > said.5 2>&1; cut -c 1-60 said.5
{"end":"failed","why":"HTTP 400: Incorrect API key provided:
HTTP 400: Incorrect API key provided: Bearer ***************
hint: check the key, and that it is one of this endpoint; `d
$ for i in 6 7 8; do OPENAI_API_KEY=$key again --concurrency 1 > said.$i; echo $?; done; tail -n 3 said.8
5
5
0
v4: 6 meetings for 1 persona, labelled
writer: 10 calls, N tokens of prompts and M of replies, cost not known
4 retries, 2 corrections, 3 of 12 texts rejected
$ served calls; serve_stop
10
$ datebook requests list --json > list.json; for n in $(datebook sql 'select request from requests' | tail -n +2); do datebook requests show $n; done > shown; datebook requests list --rejected > rejected; datebook log -v > log; datebook show > show; datebook status > status
! next: datebook export --held-out-fraction 0.2 --seed 1 --output exports/first
$ datebook requests list > list; sed -n 's/.*\(Incorrect.*\)/\1/p' list
$ datebook export --output out -q > exported 2>&1; datebook backup copy.db > copied
$ leaks
$ grep -c '\*\*\*' list.json shown | sed 's/:0$/: none/; s/:[0-9]*$/: some/'
list.json: some
shown: some

# From a file, with or without a line end, also from a pipe.

$ mkdir ../keys; printf '%s\n' $key > ../keys/one; printf %s $key > ../keys/two; mkfifo ../keys/pipe
$ serve
$ ask 3 --seed 5 --key-file ../keys/one -q; ask 3 --seed 6 --key-file ../keys/two -q
v5: 3 meetings for 1 persona, labelled
writer: 1 call, N tokens of prompts and M of replies, cost not known
v6: 3 meetings for 1 persona, labelled
writer: 1 call, N tokens of prompts and M of replies, cost not known
$ cat ../keys/one > ../keys/pipe & ask 3 --seed 7 --key-file ../keys/pipe -q
v7: 3 meetings for 1 persona, labelled
writer: 1 call, N tokens of prompts and M of replies, cost not known
$ logged "e ->> '$.headers.authorization' = 'Bearer $key'"
1
1
1

# A file goes before the environment; without either there is no header.

$ OPENAI_API_KEY=other ask 3 --seed 8 --key-file ../keys/one -q; logged "e ->> '$.headers.authorization' = 'Bearer $key'" | tail -n 1
v8: 3 meetings for 1 persona, labelled
writer: 1 call, N tokens of prompts and M of replies, cost not known
1
$ ask 3 --seed 9 -q
v9: 3 meetings for 1 persona, labelled
writer: 1 call, N tokens of prompts and M of replies, cost not known
$ OPENAI_API_KEY= ask 3 --seed 10 -q
v10: 3 meetings for 1 persona, labelled
writer: 1 call, N tokens of prompts and M of replies, cost not known
$ logged "count(*), count(e ->> '$.headers.authorization'), count(e ->> '$.headers.api-key')" "e ->> 'n' > 4"
2|0|0

$ served violations
0
$ leaks
$ datebook verify --deep | sed 's/:.*//'
datebook.db is sound
