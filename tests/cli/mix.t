# The mix of labels: other shares, none at all, and what rules do not allow.

$ personas=$TEST_DATA/personas
$ datebook init --no-library -q
Made datebook.db with 0 personas.
$ cat > glad.json <<'END'
> {"id": "glad", "name": "Glad to Meet", "tier": 1,
>  "importance_criteria": {"always_important": ["outage"], "usually_important": ["budget"],
>    "sometimes_important": ["planning"], "rarely_important": ["newsletter"]},
>  "prep_time_needs": {"requires_prep": ["Budget reviews (25 min)", {"name": "outage", "any": ["outage"], "minutes": 30}, {"name": "planning", "any": ["planning"], "minutes": 20}]},
>  "archetypes": [
>    {"name": "o", "subjects": ["Outage of {system}", "{system} outage"], "bodies": ["{project} waits."]},
>    {"name": "b", "subjects": ["Budget review: {project}", "Review of the {project} budget"]},
>    {"name": "p", "subjects": ["Planning {project}", "{project}: planning"]},
>    {"name": "n", "subjects": ["Newsletter, {topic}", "{topic} in the newsletter"]},
>    {"name": "w", "cadence": "weekly", "subjects": ["Outage drill", "Budget talk", "Planning hour", "Newsletter desk"]}]}
> END
$ near() { datebook sql "select max(abs(share - wanted)) < 0.05 from (select avg(importance = name) as share, wanted from (select column1 as name, column2 as wanted from (values ('critical', $2), ('high', $3), ('medium', $4), ('low', $5))) join labels where since_version = $1 group by name)" | tail -n 1; }

# As usual, other shares, and levels that share the rest as they usually do.

$ datebook generate --persona glad.json --count 200
added   glad
v1: 200 meetings for 1 persona, labelled
$ near 1 0.125 0.275 0.375 0.175
1
$ datebook generate --persona glad --count 200 --mix critical=12,high=28,medium=40,low=20 --prep 45
v2: 200 meetings for 1 persona, labelled
$ near 2 0.12 0.28 0.40 0.20
1
$ datebook -q generate --persona glad --count 200 --mix critical=40.5 --prep 60
v3: 200 meetings for 1 persona, labelled
$ datebook generate --persona glad --mix low=100 --prep 0 --count 60
v4: 60 meetings for 1 persona, labelled
! warning: glad: medium … %, wanted 0 (… points too many): … (glob)
! warning: glad: low … %, wanted 100 (… points too few): … (glob)
$ datebook generate --persona glad --count 200 --no-mix
v5: 200 meetings for 1 persona, labelled
$ datebook show v2 --json | grep -o '"time_zone".*"glad"'
"time_zone":"Asia/Shanghai","mix":{"critical":12,"high":28,"medium":40,"low":20},"prep":45,"personas":["glad"],"given":["--persona","glad"
$ datebook show v3 --json | grep -o '"time_zone".*"glad"'
"time_zone":"Asia/Shanghai","mix":{"critical":40.5,"high":19.8,"medium":26.7,"low":13},"prep":60,"personas":["glad"],"given":["--persona","glad"
$ datebook show v5 --json | grep -o '"time_zone".*"glad"'
"time_zone":"Asia/Shanghai","no_mix":true,"personas":["glad"],"given":["--persona","glad"

# What the rules do not allow is said, and made all the same.

$ cp "$personas/smallest.json" me.json
$ datebook generate --persona me.json --count 200
added   smallest
v6: 200 meetings for 1 persona, labelled
! warning: smallest: critical 0.0 %, wanted 10 to 15 (10.0 points too few): no rule gives critical: always_important is empty; medium came instead, most by "No specific rule matched"
! warning: smallest: high 0.0 %, wanted 25 to 30 (25.0 points too few): no rule gives high: usually_important and priority_framework are empty; medium came instead, most by "No specific rule matched"
! warning: smallest: medium 100.0 %, wanted 35 to 40 (60.0 points too many): "No specific rule matched" decides 100.0 % of the meetings
! warning: smallest: low 0.0 %, wanted 15 to 20 (15.0 points too few): no rule gives low: rarely_important is empty; medium came instead, most by "No specific rule matched"
! warning: smallest: prep 0.0 %, wanted 40 to 50 (40.0 points too few): no rule asks for preparation: requires_prep and optional_prep are empty
$ datebook -q generate --persona smallest --count 200
v7: 200 meetings for 1 persona, labelled
$ datebook generate --persona smallest --count 200 --no-mix
v8: 200 meetings for 1 persona, labelled
$ datebook generate --persona smallest --count 200 --json 2> err | tee out
{"version":9,"meetings":200,"personas":1,"missed":[{"persona":"smallest","what":"critical","came":0,"least":10,"most":15,"off":-10,"rules":[{"rule":"No specific rule matched","percent":100}],"why":"no rule gives critical: always_important is empty; medium came instead, most by \"No specific rule matched\""},{"persona":"smallest","what":"high","came":0,"least":25,"most":30,"off":-25,"rules":[{"rule":"No specific rule matched","percent":100}],"why":"no rule gives high: usually_important and priority_framework are empty; medium came instead, most by \"No specific rule matched\""},{"persona":"smallest","what":"medium","came":100,"least":35,"most":40,"off":60,"rules":[{"rule":"No specific rule matched","percent":100}],"why":"\"No specific rule matched\" decides 100.0 % of the meetings"},{"persona":"smallest","what":"low","came":0,"least":15,"most":20,"off":-15,"rules":[{"rule":"No specific rule matched","percent":100}],"why":"no rule gives low: rarely_important is empty; medium came instead, most by \"No specific rule matched\""},{"persona":"smallest","what":"prep","came":0,"least":40,"most":50,"off":-40,"rules":[],"why":"no rule asks for preparation: requires_prep and optional_prep are empty"}],"files":[]}
$ sqlite3 :memory: "select json_valid(readfile('out'))"
1
$ datebook generate --persona "$personas/reference.json" --count 200 --prep 90
added   reference
v10: 200 meetings for 1 persona, labelled
! warning: reference: critical … %, wanted 10 to 15 (… points too many): "Always important: pipeline" decides … %… (glob)
! warning: reference: high 0.0 %, wanted 25 to 30 (… points too few): … (glob)
! warning: reference: medium … %, wanted 35 to 40 (… points too many): "No specific rule matched" decides … %… (glob)
! warning: reference: low 0.0 %, wanted 15 to 20 (… points too few): no rule gives low: rarely_important is empty; … came instead, most by … (glob)
! warning: reference: prep … %, wanted 90 (… points too few): … (glob)
$ datebook generate --persona smallest --count 200 --mix medium=100 --prep 0
v11: 200 meetings for 1 persona, labelled

# Few meetings are no mix.

$ datebook generate --persona smallest --count 3
v12: 3 meetings for 1 persona, labelled

# Wrong values: exit code 2, and nothing is made.

$ before=$(sqlite3 datebook.db .dump | cksum)
$ no() { datebook generate --all "$@" 2>&1 | sed /hint:/d; }
$ datebook generate --all --mix critical
! datebook: --mix takes pairs like critical=12,high=28, not "critical"
! hint: `datebook generate --help` shows how it is used
? 2
$ no --mix ''
datebook: --mix names no level
$ no --mix critical=
datebook: --mix takes percentages from 0 to 100 with one decimal at most, not "critical="
$ no --mix critical=-5
datebook: --mix takes percentages from 0 to 100 with one decimal at most, not "critical=-5"
$ no --mix critical=12%
datebook: --mix takes percentages from 0 to 100 with one decimal at most, not "critical=12%"
$ no --mix critical=12.55
datebook: --mix takes percentages from 0 to 100 with one decimal at most, not "critical=12.55"
$ no --mix critical=101
datebook: --mix takes percentages from 0 to 100 with one decimal at most, not "critical=101"
$ no --mix 'critical =12'
datebook: --mix knows critical, high, medium and low, not "critical "
$ no --mix critical=1e1
datebook: --mix takes percentages from 0 to 100 with one decimal at most, not "critical=1e1"
$ no --mix urgent=12
datebook: --mix knows critical, high, medium and low, not "urgent"
$ no --mix Critical=12
datebook: --mix knows critical, high, medium and low, not "Critical"
$ no --mix critical=12,high=28,critical=12
datebook: --mix names critical twice
$ no --mix critical=12,high=28,medium=40,low=21
datebook: --mix adds up to 101.0 percent, not to 100
$ no --mix critical=12,high=28,medium=40,low=19.9
datebook: --mix adds up to 99.9 percent, not to 100
$ no --mix critical=60,high=60
datebook: --mix adds up to 120.0 percent, not to 100
$ no --prep 101
datebook: --prep takes a percentage from 0 to 100 with one decimal at most, not "101"
$ no --prep -1
datebook: --prep takes a percentage from 0 to 100 with one decimal at most, not "-1"
$ no --prep x
datebook: --prep takes a percentage from 0 to 100 with one decimal at most, not "x"
$ no --prep ''
datebook: --prep takes a percentage from 0 to 100 with one decimal at most, not ""
$ no --no-mix --mix low=10
datebook: --no-mix and --mix exclude each other
$ no --prep 10 --no-mix
datebook: --no-mix and --prep exclude each other
$ datebook generate --all --no-mix --prep 10 2> /dev/null
? 2
$ [ "$(sqlite3 datebook.db .dump | cksum)" = "$before" ]; echo $?
0
