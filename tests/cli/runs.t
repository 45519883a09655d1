# run list and run show: what every run was asked for, what it touched, how long
# it took and what it cost.

$ . "$SOURCE/tests/llm/serve.sh"; . "$SOURCE/tests/cli/model-masked.sh"
$ p=tier1_sales_manager_pipeline
$ datebook run
! datebook: run needs one of list, show
! hint: `datebook --help` lists the commands
? 2
$ datebook run lst
! datebook: unknown command "run lst"
! hint: did you mean `datebook run list`?
? 2
$ datebook init --no-library -q
Made datebook.db with 0 personas.
$ datebook run list
no runs yet
$ datebook run show
! datebook: no run made version 0, the empty dataset
! hint: `datebook run list` lists the runs
? 3
$ datebook run show 7
! datebook: there is no version 7
! hint: the newest version is 0
? 3
$ datebook run list --json
{"runs":[],"usage":{"calls":0,"retries":0,"corrections":0,"candidates":0,"rejected":0,"coerced":0,"prompt_tokens":0,"cached_tokens":0,"completion_tokens":0,"cost_usd":0.000000,"unpriced":0},"usage_without_version":{"calls":0,"retries":0,"corrections":0,"candidates":0,"rejected":0,"coerced":0,"prompt_tokens":0,"cached_tokens":0,"completion_tokens":0,"cost_usd":0.000000,"unpriced":0}}
$ rm datebook.db

# One in each manner.

$ datebook init -q
Made datebook.db with 8 personas.
$ datebook generate -q --tier 1 --count 3 --seed 7 --no-mix
v2: 6 meetings for 2 personas, labelled
$ datebook generate -q --persona $p --count 2 --start 2026-03-02
v3: 2 meetings for 1 persona, labelled
$ datebook persona remove -q tier3_legal_counsel_risk
v4: removed 1 persona with 0 meetings
$ datebook split create -q half --held-out $p --replace
v5: made split half: 4 train, 3 held out
$ datebook restore -q HEAD~2 --persona tier3_legal_counsel_risk
v6: restored tier3_legal_counsel_risk as in v3
personas: 1 added, 0 changed, 0 removed
$ datebook tag -q release-1 v3; datebook tag -q also v3
release-1 is v3
also is v3
$ datebook run list
RUN  WHEN              TIME  PERSONAS  ROWS  COMMAND
 v6  2025-11-24 16:00     -         1     1  restore --persona tier3_legal_coun…
 v5  2025-11-24 16:00     -         0     1  split create --held-out tier1_sale…
 v4  2025-11-24 16:00     -         1     1  persona remove tier3_legal_counsel…
 v3  2025-11-24 16:00     -         1     4  generate --persona tier1_sales_man…
 v2  2025-11-24 16:00     -         2    12  generate --tier 1 --count 3 --seed…
 v1  2025-11-24 16:00     -         8     8  init
$ datebook ru li --limit 2 --at release-1
RUN  WHEN              TIME  PERSONAS  ROWS  COMMAND
 v3  2025-11-24 16:00     -         1     4  generate --persona tier1_sales_man…
 v2  2025-11-24 16:00     -         2    12  generate --tier 1 --count 3 --seed…
! 1 older; --limit N shows more
$ datebook run list --at 0
no runs before
$ datebook run show release-1
run      v3, from v2
tag      also
tag      release-1
command  generate --persona tier1_sales_manager_pipeline --count 2 --start 2026-03-02
what     2 meetings for 1 persona, seed 1
seed     1
started  2025-11-24T16:00:00.000000
tool     datebook 0.1.0, rule engine 1
time     not kept
chain    77e9908d2504edd8d02360d5ace84cd358e296e60edd595a2e1040a81db502ae
personas 1
         tier1_sales_manager_pipeline

          TOTAL  ADDED  CHANGED  REMOVED
personas      8      0        0        0
meetings      8      2        0        0
labels        8      2        0        0
$ datebook run show 2
run      v2, from v1
command  generate --tier 1 --count 3 --seed 7 --no-mix
what     6 meetings for 2 personas, seed 7
seed     7
started  2025-11-24T16:00:00.000000
tool     datebook 0.1.0, rule engine 1
time     not kept
chain    2ca1d94714fefe973a2d77eb470962f511c12fe43d708c7c9bf2e008ac7a257c
personas 2
         tier1_eng_manager_overloaded, tier1_sales_manager_pipeline

          TOTAL  ADDED  CHANGED  REMOVED
personas      8      0        0        0
meetings      6      6        0        0
labels        6      6        0        0
$ datebook run show 5
run      v5, from v4
command  split create --held-out tier1_sales_manager_pipeline --replace half
what     made split half: 4 train, 3 held out
started  2025-11-24T16:00:00.000000
tool     datebook 0.1.0, rule engine 1
time     not kept
chain    3583d173654dbc3a3253cfc3f109ec11185a00d5f24b207359f56f751828cd5b
personas 0

          TOTAL  ADDED  CHANGED  REMOVED
personas      7      0        0        0
meetings      8      0        0        0
labels        8      0        0        0
splits        1      1        0        0
$ datebook run show
run      v6, from v5
command  restore --persona tier3_legal_counsel_risk HEAD~2
what     tier3_legal_counsel_risk as in v3
started  2025-11-24T16:00:00.000000
tool     datebook 0.1.0, rule engine 1
time     not kept
chain    7bf9f338a0da80d2411db171cfbc463abdd5c590ea74e182be07626ac5de4bf9
personas 1
         tier3_legal_counsel_risk

          TOTAL  ADDED  CHANGED  REMOVED
personas      8      1        0        0
meetings      8      0        0        0
labels        8      0        0        0
splits        1      0        0        0
$ datebook run show 6 --json | sed 's/,"version":.*//'
{"run":6,"parent":5,"given":["--persona","tier3_legal_counsel_risk","HEAD~2"],"began":null,"seed":null,"milliseconds":null,"persona_count":1,"model":null,"touched":["tier3_legal_counsel_risk"]
$ datebook run list --json > out; sqlite3 :memory: "select json_extract(value, '\$.run'), json_extract(value, '\$.parent'), json_extract(value, '\$.given'), json_extract(value, '\$.seed'), json_extract(value, '\$.persona_count'), json_extract(value, '\$.version') from json_each(readfile('out'), '\$.runs')"
6|5|["--persona","tier3_legal_counsel_risk","HEAD~2"]||1|6
5|4|["--held-out","tier1_sales_manager_pipeline","--replace","half"]||0|5
4|3|["tier3_legal_counsel_risk"]||1|4
3|2|["--persona","tier1_sales_manager_pipeline","--count","2","--start","2026-03-02"]|1|1|3
2|1|["--tier","1","--count","3","--seed","7","--no-mix"]|7|2|2
1|0|[]||8|1
$ datebook run list --limit 0
! datebook: --limit takes a whole number from 1, not "0"
! hint: `datebook run list --help` shows how it is used
? 2
$ datebook run list extra
! datebook: unexpected argument "extra"
! hint: `datebook run list --help` shows how it is used
? 2

# What is shown is what the file says of itself: nothing that changes with the
# command line of this command, and none of the global options.

$ datebook --db datebook.db --wait 7 -q -v relabel
Every label is fresh; HEAD stays at v6.
$ datebook --db datebook.db --wait 7 -q persona add --json -- "$DATEBOOK_DATA/$p.json" > out
$ printf '{"id": "ann", "name": "A", "tier": 1}' > "-odd name's.json"
$ datebook persona add -q -- "-odd name's.json"
added   ann
v7: 1 added, 0 changed, 0 unchanged
$ datebook run show | sed -n 2p
command  persona add -- '-odd name'\''s.json'

# Time is kept unless the clock is fixed.

$ (unset SOURCE_DATE_EPOCH; datebook generate -q --persona ann --count 1)
v8: 1 meeting for 1 persona, labelled
$ timeless() { sed -E 's/20[0-9-]{8}( [0-9:]{5}|) +[0-9.]+ s/DATE  N s/; s/[0-9.]+ s($|,)/N s\1/'; }
$ datebook run list --limit 1 -q | timeless
RUN  WHEN                TIME  PERSONAS  ROWS  COMMAND
 v8  DATE  N s         1     2  generate --persona ann --count 1
$ datebook run show | grep '^time' | timeless
time     N s
$ datebook run show --json | sed 's/"milliseconds":[0-9][0-9]*,/"milliseconds":N,/; s/,"version":.*//'
{"run":8,"parent":7,"given":["--persona","ann","--count","1"],"began":null,"seed":1,"milliseconds":N,"persona_count":1,"model":null,"touched":["ann"]
$ datebook run show 7 | grep '^time'
time     not kept
$ datebook verify | sed 's/:.*//'
datebook.db is sound
$ sqlite3 datebook.db 'update run_time set milliseconds = milliseconds + 1'; datebook verify --quick
the table run_time does not hold what datebook wrote into it
! 1 finding in datebook.db
! the file is damaged: go on with a backup, and keep this one to look at
? 1
$ sqlite3 datebook.db 'update run_time set milliseconds = milliseconds - 1'; datebook verify --quick -q
datebook.db: 8 versions in one chain; rows were not looked at: `verify` without --quick does that

# A copy has the times, too.

$ datebook backup -q copy.db; datebook --db copy.db run list > a; datebook run list > b; cmp a b
copy.db holds everything up to v8: 1,441,792 bytes

# Exports made of a version.

$ rm datebook.db; datebook init -q; datebook generate -q --all --count 4
Made datebook.db with 8 personas.
v2: 32 meetings for 8 personas, labelled
$ datebook export -q --held-out $p --output out1 > out
$ datebook run show | grep '^export'
export   2025-11-24T16:00:00.000000, manifest 63778fe0c9ec45193716123d29b41af687c60bf4363adbad94acda7197ad6869

# Of a version that was pruned its header is left.

$ datebook persona remove -q $p; datebook persona add -q "$DATEBOOK_DATA/$p.json"
v3: removed 1 persona with 4 meetings
added   tier1_sales_manager_pipeline
v4: 1 added, 0 changed, 0 unchanged
$ datebook prune -q --keep-last 1 > out
$ datebook run list
RUN  WHEN              TIME  PERSONAS  ROWS  COMMAND
 v4  2025-11-24 16:00     -         1     1  persona add tier1_sales_manager_pi…
 v3  2025-11-24 16:00     -         -     9  persona remove tier1_sales_manager…
 v2  2025-11-24 16:00     -         8    64  generate --all --count 4
 v1  2025-11-24 16:00     -         -     8  init
$ datebook run show 3 | sed '/^chain/d'
run      v3, from v2
pruned   left are this header and the rows that it shares with v2 or v4
command  persona remove tier1_sales_manager_pipeline
what     removed tier1_sales_manager_pipeline
started  2025-11-24T16:00:00.000000
tool     datebook 0.1.0, rule engine 1
time     not kept
personas 1, as far as their rows are left
         tier1_sales_manager_pipeline

          TOTAL  ADDED  CHANGED  REMOVED
personas      7      0        0        1
meetings     28      0        0        4
labels       28      0        0        4
$ datebook run show 3 --json | grep -o '"persona_count":[^,]*'
"persona_count":null

# The answers of one sitting are one line; each is a run all the same, whose time
# is that since the answer before it.

$ rm datebook.db; datebook init -q; datebook generate -q --persona $p --count 5
Made datebook.db with 8 personas.
v2: 5 meetings for 1 persona, labelled
$ datebook review sample -q first --count 4 > out
$ (unset SOURCE_DATE_EPOCH; printf 'type yayayaq\n' | "$BUILD/tests/cli/pty" 80x24 datebook review next first --reviewer ann > out)
$ datebook run list | timeless
  RUN  WHEN                TIME  PERSONAS  ROWS  COMMAND
v4-v6  DATE  N s         0     3  review next --reviewer ann fir…
   v3  2025-11-24 16:00       -         0     1  review sample --count 4 first
   v2  2025-11-24 16:00       -         1    10  generate --persona tier1_sales…
   v1  2025-11-24 16:00       -         8     8  init
$ datebook run list --all --limit 2 -q | timeless
RUN  WHEN                TIME  PERSONAS  ROWS  COMMAND
 v6  DATE  N s         0     1  review next --reviewer ann first
 v5  DATE  N s         0     1  review next --reviewer ann first
$ datebook run show 5 | sed '/^chain/d; /^started/d' | timeless
run      v5, from v4
command  review next --reviewer ann first
what     ann on first: 1 opinion
tool     datebook 0.1.0, rule engine 1
time     N s
personas 0

          TOTAL  ADDED  CHANGED  REMOVED
personas      8      0        0        0
meetings      5      0        0        0
labels        5      0        0        0
reviews       3      1        0        0
$ datebook run list --json | grep -o '"run":[0-9]*' | paste -s -d ' '
"run":6 "run":5 "run":4 "run":3 "run":2 "run":1

# A file of the time before command lines were kept.

$ cp "$TEST_DATA/schemas/schema-1.db" old.db
$ datebook --db old.db -q run list
RUN  WHEN              TIME  PERSONAS  ROWS  COMMAND
 v6  2025-11-24 16:00     -         2    12  generate
 v5  2025-11-24 16:00     -         1    25  persona remove
 v4  2025-11-24 16:00     -         1     2  relabel
 v3  2025-11-24 16:00     -         1     1  persona add
 v2  2025-11-24 16:00     -         3    72  generate
 v1  2025-11-24 16:00     -         3     3  persona add
$ datebook --db old.db run show 4 | sed '/^chain/d'
run      v4, from v3
tag      checked
command  relabel (its options were not kept as they were given) {}
what     2 of 12 labels changed
started  2025-11-24T16:00:00.000000
tool     datebook 0.1.0, rule engine 1
time     not kept
personas 1
         tier1_sales_manager_pipeline

          TOTAL  ADDED  CHANGED  REMOVED
personas      3      0        0        0
meetings     36      0        0        0
labels       36      0        2        0
$ datebook --db old.db run show 4 --json | grep -o '"given":[^,]*'
"given":null

# A job with a model that ran out of its budget and went on is one run.

$ rm datebook.db; datebook init -q
Made datebook.db with 8 personas.
$ serve
$ echo "$PRICES" > prices.json
$ datebook generate -q --persona $p --count 60 --provider openai --base-url $URL --model writer --prices "$PWD/prices.json" --max-tokens 7000 --concurrency 1 --seed 922337203685477580 2> out
? 6
$ both datebook run list
RUN  WHEN              TIME  PERSONAS  ROWS  COMMAND
 v1  2025-11-24 16:00     -         8     8  init

1 job without a version: 2 calls, N tokens of prompts and M of replies, $X
$ unset SOURCE_DATE_EPOCH
$ datebook generate -q --resume --base-url $URL --prices prices.json --max-tokens 1000000 > out
$ export SOURCE_DATE_EPOCH=1764000000
$ datebook generate -q --persona tier2_ic_engineer_deep_work --count 3 --provider openai --base-url $URL --model writer --max-tokens 2000 2> out
? 6
$ datebook requests discard -q > out
$ datebook run list | timeless | masked | tr -s ' ' | sed 's/generate .*/generate …/'
RUN WHEN TIME PERSONAS ROWS CALLS COST COMMAND
 v2 DATE N s 1 120 7 $X generate …
 v1 2025-11-24 - 8 8 - - init

v1 to v2: 7 calls, N tokens of prompts and M of replies, $X
$ datebook run list | grep '.\{81\}'
? 1
$ datebook run show | timeless | sed 's/477580: .*/477580: …/' | grep -v '^started\|^chain' | sed -E 's/calls, .*/calls, …/'
run      v2, from v1
command  generate --base-url … --max-tokens 1000000 --prices prices.json --resume
began    as generate --persona tier1_sales_manager_pipeline --count 60 --seed 922337203685477580 --provider openai --model writer --base-url … --concurrency 1 --max-tokens 7000 --prices prices.json
what     60 meetings for 1 persona by writer, seed 922337203685477580: …
seed     922337203685477580
tool     datebook 0.1.0, rule engine 1
time     N s, of the last command alone; how long the job took before is not kept
model    writer: 7 calls, …
         no retries, no rejected texts
personas 1
         tier1_sales_manager_pipeline

          TOTAL  ADDED  CHANGED  REMOVED
personas      8      0        0        0
meetings     60     60        0        0
labels       60     60        0        0
$ datebook run show --json > out; grep -o '"seed":[0-9]*,"mill\|"model":{[^}]*"retries"' out
"seed":922337203685477580,"mill
"model":{"name":"writer","job":1,"usage":{"calls":7,"retries"
$ grep -o '"given":\[[^]]*\],"began":\[[^]]*\]' out
"given":["--base-url","…","--max-tokens","1000000","--prices","prices.json","--resume"],"began":["--persona","tier1_sales_manager_pipeline","--count","60","--seed","922337203685477580","--provider","openai","--model","writer","--base-url","…","--concurrency","1","--max-tokens","7000","--prices","prices.json"]
$ datebook run list --limit 1 --json | grep -o '"usage[a-z_]*":{"calls":[0-9]*' | tail -n 2
"usage":{"calls":7
"usage_without_version":{"calls":0
$ datebook run list --at 1
RUN  WHEN              TIME  PERSONAS  ROWS  COMMAND
 v1  2025-11-24 16:00     -         8     8  init

# A job in batch files, too.

$ datebook generate -q --provider batch --model m --persona $p --count 3 --batch-out "$PWD/in.jsonl" > out
$ datebook requests discard --yes -q > out; datebook run list --limit 1 -q | tail -n 1 | masked
2 jobs without a version: 1 call
