# A persona that is edited while its job is open: asked again is what the edit changed, and that
# alone.

$ . "$SOURCE/tests/llm/serve.sh"; . "$SOURCE/tests/cli/model-masked.sh"; . "$SOURCE/tests/cli/endpoint.sh"
$ datebook init -q
Made datebook.db with 8 personas.
$ p=tier1_sales_manager_pipeline

$ other=tier2_ic_engineer_deep_work; third=tier3_legal_counsel_risk

# Six requests are answered, then the endpoint says no; another one goes on.

$ starts() { printf '6x good\nalways 401\n' > script; serve script; datebook generate --persona $p,$other --count 16 --per-call 4 --provider openai --base-url $URL --model writer --concurrency 1 --seed $1 -q 2> /dev/null; cp $LOG first; serve_stop; serve < /dev/null; }
$ count() { datebook requests list --json > list.json; sqlite3 :memory: "select count(*) from (select value as r from json_each(cast(readfile('list.json') as text), '$.requests')) where r ->> 'job' = $job and $1"; }
$ goes_on() { again -q | sed -n 1p; echo "$(served calls) calls, as expected: $1"; serve_stop; }
$ edits() { datebook persona show $1 > $1.json; sqlite3 :memory: "select json_set(cast(readfile('$1.json') as text), '$2', '$3')" > new.json; datebook persona add new.json -q > /dev/null; }

# A phrase of one rule: the requests that spoke of it.

$ job=1; starts 2
$ spoke() { grep '"path"' $1 | grep -ci '"topics\\":[^]]*deal desk approval'; }
$ waiting=$(count "r ->> 'state' = 'waiting'"); echo $(spoke first) $waiting
1 2
$ edits $p '$.importance_criteria.always_important[3]' 'approval by the pricing committee'
$ goes_on $(($(spoke first) + waiting))
v3: 32 meetings for 2 personas, labelled
3 calls, as expected: 3
$ spoke $LOG
0
? 1
$ grep -ci '"topics\\":[^]]*approval by the pricing committee' $LOG
1
$ datebook sql "select count(*) > 0 some from meetings where lower(subject || preview) like '%approval by the pricing committee%'"
some
1

# Nothing is edited.

$ job=2; starts 12
$ count "r ->> 'state' = 'answered'"; count "r ->> 'state' = 'waiting'"
6
2
$ goes_on $(count "r ->> 'state' = 'waiting'")
v4: 32 meetings for 2 personas, labelled
2 calls, as expected: 2

# Somebody else is edited.

$ job=3; starts 13; edits $third $.work_style 'Never before noon'
$ goes_on $(count "r ->> 'state' = 'waiting'")
v6: 32 meetings for 2 personas, labelled
2 calls, as expected: 2

# What no prompt tells of.

$ job=4; starts 14; edits $p $.notes 'A note'
$ goes_on $(count "r ->> 'state' = 'waiting'")
v8: 32 meetings for 2 personas, labelled
2 calls, as expected: 2

# How somebody works is told in each prompt: all that is about the person.

$ job=5; starts 15; edits $p $.work_style 'Never before noon'
$ answered=$(count "r ->> 'state' = 'answered' and r ->> 'persona' = '$p'"); waiting=$(count "r ->> 'state' = 'waiting'"); echo $answered $waiting
4 2
$ datebook generate --resume --estimate --base-url $URL | sed -n 1p
23 of 32 meetings in 7 calls of writer
$ goes_on $((answered + waiting))
v10: 32 meetings for 2 personas, labelled
6 calls, as expected: 6
$ count "r ->> 'state' = 'answered' and r ->> 'persona' = '$other'"
4

# An edit that is taken back: what it asked for is not asked again.

$ job=6; starts 6; edits $p $.work_style 'Always before noon'; cp $p.json old.json
$ printf 'good\nalways 401\n' > script; serve_stop; serve script; again -q --concurrency 1 | sed 's/;.*//'; served calls; serve_stop
datebook: HTTP 401: Incorrect API key provided
hint: check the key, and that it is one of this endpoint
2
$ datebook persona add old.json -q > out; serve < /dev/null; goes_on 1
v13: 32 meetings for 2 personas, labelled
1 calls, as expected: 1
$ datebook requests list --state superseded --json | grep -c '"job":6'
1
$ datebook verify --deep | sed 's/:.*//'
datebook.db is sound
