# Meetings of a sample go out as lines, and answers come back as lines.

$ datebook -q init >made
$ datebook -q generate --persona tier1_sales_manager_pipeline --count 40 >made
$ datebook -q review sample first --count 4
v3: drew sample first: 4 meetings from v2
  MEETINGS  DRAWN
        40      4
$ id() {
>     datebook review export first | sed -n "$1p" | sed 's/.*"meeting":"\([^"]*\)".*/\1/'
> }
$ answer() { # NUMBER REVIEWER MORE
>     printf '{"sample":"first","meeting":"%s","reviewer":"%s","realistic":true%s}\n' "$(id $1)" "$2" "$3"
> }
$ shape() {
>     sed 's/"event":{.*/"event":{…}}/; s/"meeting":"[^"]*"/"meeting":"…"/'
> }

# In the order of the sample, with the label of now.

$ datebook review export first | shape
{"sample":"first","meeting":"…","persona":"tier1_sales_manager_pipeline","version":3,"label":{"importance":"high","prep_needed":true,"prep_time_minutes":20,"rsvp":"accept","reasoning":"Usually important: forecast call; Matches priority: Forecast within 5% of actuals; Requires prep: Forecast calls / commit calls"},"opinions":[],"event":{…}}
{"sample":"first","meeting":"…","persona":"tier1_sales_manager_pipeline","version":3,"label":{"importance":"low","prep_needed":false,"prep_time_minutes":0,"rsvp":"decline","reasoning":"Rarely important: vendor pitch"},"opinions":[],"event":{…}}
{"sample":"first","meeting":"…","persona":"tier1_sales_manager_pipeline","version":3,"label":{"importance":"medium","prep_needed":false,"prep_time_minutes":0,"rsvp":"tentative","reasoning":"No specific rule matched"},"opinions":[],"event":{…}}
{"sample":"first","meeting":"…","persona":"tier1_sales_manager_pipeline","version":3,"label":{"importance":"medium","prep_needed":true,"prep_time_minutes":20,"rsvp":"accept","reasoning":"Requires prep: Forecast calls / commit calls"},"opinions":[],"event":{…}}
$ datebook review show first --json | grep -o '"meeting":"[^"]*"' >shown
$ datebook review export first | grep -o '^{"sample":"first","meeting":"[^"]*"' | sed 's/.*,//' | cmp - shown

# For a reviewer: nothing of others, and nothing of the label who is blind.

$ datebook review export first --reviewer ann --open --blind | shape
{"sample":"first","meeting":"…","persona":"tier1_sales_manager_pipeline","version":3,"reviewer":"ann","blind":true,"event":{…}}
{"sample":"first","meeting":"…","persona":"tier1_sales_manager_pipeline","version":3,"reviewer":"ann","blind":true,"event":{…}}
{"sample":"first","meeting":"…","persona":"tier1_sales_manager_pipeline","version":3,"reviewer":"ann","blind":true,"event":{…}}
{"sample":"first","meeting":"…","persona":"tier1_sales_manager_pipeline","version":3,"reviewer":"ann","blind":true,"event":{…}}
$ datebook review export first --open
! datebook: --open goes with --reviewer: open to whom?
! hint: `datebook review export --help` shows how it is used
? 2
$ datebook review export first --reviewer 'ann smith'
! datebook: "ann smith" is no name of a reviewer
! hint: a name has letters, digits, ".", "_" and "-", does not start with "." or "-", and is at most 64 characters long
? 3
$ datebook review export frist
! datebook: there is no sample "frist"
! hint: did you mean "first"?
? 3
$ datebook review export first --at 2
! datebook: there is no sample "first"
! hint: `datebook review sample NAME --count N` draws one
? 3

# An exported line may be sent back with the answer added.  All lines are one
# version.

$ datebook review export first --reviewer ann | sed 's/}$/,"realistic":true}/' >ann.jsonl
$ datebook review record ann.jsonl --dry-run
would record ann on first: 4 opinions
$ datebook review record ann.jsonl
v4: ann on first: 4 opinions
! next: datebook review agreement first
$ datebook review record ann.jsonl
Nothing changed: HEAD stays at v4.
$ datebook review record --json ann.jsonl
{"version":4,"dry_run":false,"opinions":0,"decisions":0,"replaced":0,"unchanged":4,"open_again":0,"left_out":0}
$ datebook log --limit 2
VERSION  WHEN              COMMAND        TAGS  WHAT
     v4  2025-11-24 16:00  review record        ann on first: 4 opinions
     v3  2025-11-24 16:00  review sample        drew sample first: 4 meetings from v2
! 2 older; --limit N shows more
$ datebook review export first --reviewer ann --open
$ datebook review export first --reviewer ann | sed -n 1p | shape
{"sample":"first","meeting":"…","persona":"tier1_sales_manager_pipeline","version":4,"reviewer":"ann","label":{"importance":"high","prep_needed":true,"prep_time_minutes":20,"rsvp":"accept","reasoning":"Usually important: forecast call; Matches priority: Forecast within 5% of actuals; Requires prep: Forecast calls / commit calls"},"answer":{"version":3,"current":true,"realistic":true,"importance":"high","prep_time_minutes":20,"rsvp":"accept","cause":"none","note":"","blind":false,"decision":false},"event":{…}}
$ datebook review export first --at 3 --reviewer ann --open | wc -l
4

# Lines of a pipe; what is missing agrees.

$ { answer 1 bob ',"importance":"low","cause":"exception","note":"Nur zur Kenntnis."'; answer 2 bob; } | datebook review record -
v5: bob on first: 2 opinions
! next: datebook review agreement first
$ datebook review export first | sed -n 1p | shape
{"sample":"first","meeting":"…","persona":"tier1_sales_manager_pipeline","version":5,"label":{"importance":"high","prep_needed":true,"prep_time_minutes":20,"rsvp":"accept","reasoning":"Usually important: forecast call; Matches priority: Forecast within 5% of actuals; Requires prep: Forecast calls / commit calls"},"opinions":[{"reviewer":"ann","version":3,"current":true,"realistic":true,"importance":"high","prep_time_minutes":20,"rsvp":"accept","cause":"none","note":"","blind":false,"decision":false},{"reviewer":"bob","version":4,"current":true,"realistic":true,"importance":"low","prep_time_minutes":20,"rsvp":"accept","cause":"exception","note":"Nur zur Kenntnis.","blind":false,"decision":false}],"event":{…}}
$ { answer 1 bob; answer 3 cleo ',"decision":true,"rsvp":"decline"'; answer 2 bob; } | datebook review record -
v6: 2 reviewers on first: 1 opinion, 1 decision, 1 in place of earlier ones; 1 answer was there already
! next: datebook review agreement first

# Every line that is wrong is named, and nothing is taken.

$ {
>     answer 1 dan
>     answer 1 dan
>     answer 2 dan ',"importance":"urgent"'
>     answer 3 dan ',"prep_time_minutes":1000'
>     answer 3 dan ',"cause":"rule"'
>     answer 4 dan ',"rsvp":"decline","cause":"rule","rule":"Always important: tea"'
>     answer 2 dan ',"Importance":"low"'
>     answer 2 finn ',"version":99'
>     answer 2 eve ',"persona":"tier3_legal_counsel_risk"'
>     answer 2 gil ',"blind":true'
>     answer 2 'dan brown'
>     echo '{"sample":"frist","meeting":"m1","reviewer":"dan","realistic":true}'
>     echo '{"sample":"first","meeting":"m1","reviewer":"dan","realistic":true}'
>     echo '{"sample":"first","meeting":"m1","reviewer":"dan"}'
>     echo '{"sample":"first","meeting":"m1","reviewer":"dan","realistic":"yes"}'
>     echo '["first"]'
>     echo '{"sample":'
>     printf '{"sample":"\377"}\n'
>     printf '{"sample":"\0"}\n'
> } >wrong.jsonl
$ datebook review record wrong.jsonl
! wrong.jsonl:2: line 1 is of the same sample, reviewer and meeting
! wrong.jsonl:3: "importance" is "urgent": it is critical, high, medium or low
! wrong.jsonl:4: "prep_time_minutes" is 1000: it is 0, or a whole number from 5 to 240
! wrong.jsonl:5: "cause" is "rule", but nothing of the label is corrected
! wrong.jsonl:6: "rule" is "Always important: tea", which is no rule of tier1_sales_manager_pipeline; a rule is spelled as the reasoning has it: "Always important: pipeline"
! wrong.jsonl:7: "Importance" is not known; did you mean "importance"?
! wrong.jsonl:8: "version" is 99, but the newest is v6
! wrong.jsonl:9: "persona" is "tier3_legal_counsel_risk", but the meeting is one of tier1_sales_manager_pipeline
! wrong.jsonl:10: "importance" is missing: a blind answer says all of the label
! wrong.jsonl:11: "dan brown" is no name of a reviewer; a name has letters, digits, ".", "_" and "-", does not start with "." or "-", and is at most 64 characters long
! wrong.jsonl:12: there is no sample "frist"; did you mean "first"?
! wrong.jsonl:13: the meeting "m1" is not in the sample first
! wrong.jsonl:14: "realistic" is missing
! wrong.jsonl:15: "realistic" is text, not true or false
! wrong.jsonl:16: it is a list, not an object
! wrong.jsonl:17: column 11: the JSON ends too early
! wrong.jsonl:18: column 12: not UTF-8
! wrong.jsonl:19: column 12: a NUL character, which no text can hold
! datebook: wrong.jsonl: 18 lines are wrong, and nothing was recorded
? 3
$ datebook -q review record wrong.jsonl 2>&1 | tail -n 1
datebook: wrong.jsonl: 18 lines are wrong, and nothing was recorded
$ sed -n 3p wrong.jsonl | datebook review record -
! datebook: standard input:1: "importance" is "urgent": it is critical, high, medium or low
? 3
$ yes '{}' | datebook review record -
! standard input:1: "sample" is missing
! standard input:2: "sample" is missing
! standard input:3: "sample" is missing
! standard input:4: "sample" is missing
! standard input:5: "sample" is missing
! standard input:6: "sample" is missing
! standard input:7: "sample" is missing
! standard input:8: "sample" is missing
! standard input:9: "sample" is missing
! standard input:10: "sample" is missing
! standard input:11: "sample" is missing
! standard input:12: "sample" is missing
! standard input:13: "sample" is missing
! standard input:14: "sample" is missing
! standard input:15: "sample" is missing
! standard input:16: "sample" is missing
! standard input:17: "sample" is missing
! standard input:18: "sample" is missing
! standard input:19: "sample" is missing
! standard input:20: "sample" is missing
! datebook: standard input: at least 20 lines are wrong, and nothing was recorded
? 3
$ datebook log --limit 1
VERSION  WHEN              COMMAND        TAGS  WHAT
     v6  2025-11-24 16:00  review record        2 reviewers on first: 1 opinion, 1 decision
! 5 older; --limit N shows more

# What is no file of answers.

$ : >empty; datebook review record empty
! datebook: empty holds no answer
? 3
$ datebook review record missing.jsonl
! datebook: missing.jsonl is missing
? 3
$ mkfifo pipe; datebook review record pipe
! datebook: pipe is not a plain file
! hint: `datebook review record - < pipe` takes what is in it
? 3
$ datebook review record .
! datebook: . is not a plain file
? 3
$ head -c 17000000 /dev/zero | tr '\0' x | datebook review record -
! datebook: standard input:1: the line is longer than 16777216 bytes
? 3
$ datebook review record ann.jsonl bob.jsonl
! datebook: unexpected argument "bob.jsonl"
! hint: `datebook review record --help` shows how it is used
? 2
$ datebook review record
! datebook: review record needs FILE
! hint: `datebook review record --help` shows how it is used
? 2

# A line may come back with what was said before in it, which is not what is said
# now.

$ datebook review export first --reviewer ann | sed 's/}$/,"realistic":true}/' | datebook review record -
Nothing changed: HEAD stays at v6.
$ datebook review export first --reviewer ann | sed -n 1p | datebook review record -
! datebook: standard input:1: "realistic" is missing; "answer" is what was said before: what is said now stands beside it
? 3

# Who is blind says all of the label.

$ datebook review export first --reviewer finn --blind | sed 's/}$/,"realistic":true,"importance":"high","prep_time_minutes":20,"rsvp":"accept"}/' | datebook review record -
v7: finn on first: 4 opinions
! next: datebook review agreement first
$ datebook review export first --reviewer finn | sed -n 1p | grep -o '"answer":{[^}]*}'
"answer":{"version":6,"current":true,"realistic":true,"importance":"high","prep_time_minutes":20,"rsvp":"accept","cause":"none","note":"","blind":true,"decision":false}

# The label changes.  Who answered on the old one is open again, and so is who
# does later on the label that comes with the line, or on the old version.

$ rm datebook.db
$ datebook init --no-library -q
Made datebook.db with 0 personas.
$ echo '{"id": "kim", "name": "N", "tier": 1, "importance_criteria": {"always_important": ["budget"]}, "archetypes": [{"name": "x", "weight": 100, "subjects": ["Budget", "Zebra count"]}]}' >kim.json
$ datebook -q generate --persona kim.json --count 6 --seed 3 >made
$ datebook -q review sample first --count 6 >made
$ datebook review export first | sed -n 's/.*"importance":"\([a-z]*\)","prep.*"reasoning":"\([^"]*\)".*/\1: \2/p'
critical: Always important: budget
medium: No specific rule matched
medium: No specific rule matched
medium: No specific rule matched
medium: No specific rule matched
medium: No specific rule matched
$ datebook review export first | sed 's/}$/,"reviewer":"eve","realistic":true}/' >eve.jsonl
$ sed 's/"label":{[^}]*},//; s/"eve"/"finn"/' eve.jsonl >finn.jsonl
$ sed 's/"finn"/"gil"/; s/"version":2,//' finn.jsonl >gil.jsonl
$ sed 's/"eve"/"dan"/' eve.jsonl | datebook review record -
v3: dan on first: 6 opinions
! next: datebook review agreement first
$ sed -i 's/"budget"/"zebra"/' kim.json
$ datebook -q persona add kim.json >made; datebook -q relabel >made
$ datebook review export first | sed -n 's/.*"importance":"\([a-z]*\)","prep.*"reasoning":"\([^"]*\)".*/\1: \2/p'
medium: No specific rule matched
medium: No specific rule matched
medium: No specific rule matched
medium: No specific rule matched
medium: No specific rule matched
medium: No specific rule matched
$ datebook review export first --reviewer dan | sed 's/.*"answer":{\("version":[0-9]*,"current":[a-z]*\),.*/\1/'
"version":2,"current":false
"version":2,"current":true
"version":2,"current":true
"version":2,"current":true
"version":2,"current":true
"version":2,"current":true
$ datebook review export first --reviewer dan --open | wc -l
1
$ datebook review record eve.jsonl
v6: eve on first: 6 opinions
! 1 answer is of a label that has changed since: open again from the start
! next: datebook review agreement first
$ datebook review record finn.jsonl --json
{"version":7,"dry_run":false,"opinions":6,"decisions":0,"replaced":0,"unchanged":0,"open_again":1,"left_out":0}
! 1 answer is of a label that has changed since: open again from the start
! next: datebook review agreement first
$ datebook review record gil.jsonl
v8: gil on first: 6 opinions
! next: datebook review agreement first
$ datebook review list
SAMPLE  MEETINGS  FROM  REVIEWERS  OPEN  DISPUTED  SETTLED  GONE
first          6    v1          4     0         0        5     0

# A version that was pruned tells nothing of its labels, but the line may.

$ datebook -q prune --keep-last 1 >made
$ sed 's/"finn"/"hal"/; s/"version":2/"version":1/' finn.jsonl | datebook review record -
! standard input:1: version 1 was pruned: its rows are gone; the nearest that was kept is v8
! standard input:2: version 1 was pruned: its rows are gone; the nearest that was kept is v8
! standard input:3: version 1 was pruned: its rows are gone; the nearest that was kept is v8
! standard input:4: version 1 was pruned: its rows are gone; the nearest that was kept is v8
! standard input:5: version 1 was pruned: its rows are gone; the nearest that was kept is v8
! standard input:6: version 1 was pruned: its rows are gone; the nearest that was kept is v8
! datebook: standard input: 6 lines are wrong, and nothing was recorded
? 3
$ sed 's/"eve"/"hal"/; s/"version":2/"version":1/' eve.jsonl | datebook review record -
v9: hal on first: 6 opinions
! 1 answer is of a label that has changed since: open again from the start
! next: datebook review agreement first

# A meeting that is not there any more is left out.

$ datebook persona add "$SOURCE/personas/tier3_legal_counsel_risk.json" >made
$ datebook -q persona remove kim >made
$ datebook review export first
! 6 meetings of the sample are not there any more
$ sed 's/"gil"/"ivo"/' gil.jsonl | datebook review record -
Nothing changed: HEAD stays at v11.
! 6 answers were left out, of meetings that are not there any more
$ datebook verify
datebook.db is sound: 11 versions in one chain, 4 hashed again from 45 rows
