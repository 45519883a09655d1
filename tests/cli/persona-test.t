# What each rule hits, and what it just misses.

$ datebook persona test --help
datebook persona test: show for each rule meetings that it hits and just misses

usage: datebook persona test [OPTIONS] ID

Takes the first stored meetings, a subject once. A hit is shown with the words
marked that made the rule fire. A near miss is a meeting on which it does not
fire, though all words of a phrase occur apart, or others that start with the
same four letters, or all parts of the rule hold but one.

Options:
  --at VERSION              as of a version (default HEAD)
  --limit N                 as many of each (default 3, at most 100)

Global options:
  --db FILE                 the database; else $DATEBOOK_DB, else datebook.db
  --wait SECONDS            for another writer (default 5; 0: fail at once)
  --no-migration-backup     upgrade an old file without a copy of it
  --json                    print one JSON object
  -q, --quiet               no remarks and no progress
  -v, --verbose             more detail
  -h, --help                show help
  --version                 show the version

With --json: {"id", "version", "meetings", "rules": [{"field", "name", "fired",
"hits": [{"meeting", "subject", "matches": [{"text", "start", "length"}]}],
"near": [{"meeting", "subject", "why": "apart" | "alike" | "missing" | "denied"
| "fact", "part", "found"}]}]}; start and length in bytes

Examples:
  datebook persona test tier1_sales_manager_pipeline
      what every rule does
  datebook persona test tier1_sales_manager_pipeline --limit 10 --json
      more, for a script
$ datebook init -q --no-library
Made datebook.db with 0 personas.
$ cat > p.json << '.'
> {"id": "p", "name": "P", "tier": 1,
>  "importance_criteria": {"always_important": ["deal review"], "usually_important": ["demo"]},
>  "priority_framework": [{"name": "Money", "keywords": ["pipeline", "forecast"]}],
>  "rsvp_rules": {"always_accept": ["Deal reviews with leadership"], "always_decline": ["Demos without sales"]},
>  "prep_time_needs": {"requires_prep": [{"any": "pipeline", "attendees_min": 400, "minutes": 20}]}}
> .
$ datebook persona add -q p.json
added   p
v1: 1 added, 0 changed, 0 unchanged
$ datebook persona test p
p, as of v1: 6 rules, 0 meetings
! there are no stored meetings to test on; next: datebook generate --persona p --count 200
$ datebook persona test p --json
{"id":"p","version":1,"meetings":0,"rules":[{"field":"importance_criteria.always_important[0]","name":"deal review","fired":0,"hits":[],"near":[]},{"field":"importance_criteria.usually_important[0]","name":"demo","fired":0,"hits":[],"near":[]},{"field":"priority_framework[0]","name":"Money","fired":0,"hits":[],"near":[]},{"field":"rsvp_rules.always_accept[0]","name":"Deal reviews with leadership","fired":0,"hits":[],"near":[]},{"field":"rsvp_rules.always_decline[0]","name":"Demos without sales","fired":0,"hits":[],"near":[]},{"field":"prep_time_needs.requires_prep[0]","name":"pipeline, 400+ attendees","fired":0,"hits":[],"near":[]}]}
$ datebook generate -q --persona p --count 7
v2: 7 meetings for 1 persona, labelled

# Meetings with texts of our own.

$ text() { sqlite3 datebook.db "UPDATE meeting_fact SET subject = '$2', preview = '$3', people = '' WHERE meeting % 4294967296 = (SELECT min(meeting) % 4294967296 FROM meeting_fact) + $1"; }
$ text 0 'Deal reviews: Acme' ''
$ text 1 'Review of the deal' 'VP Sales joins. Pipeline, pipeline and forecast.'
$ text 2 'Demographics of the north' ''
$ text 3 'Demo for sales' ''
$ text 4 'Deal reviews: Acme' 'The second time'
$ text 5 'Deal review | deal review pipeline' ''
$ text 6 "$(printf 'Demo\033[2J')" ''
$ datebook persona test p
p, as of v2: 6 rules, 7 meetings

Always important: deal review: 3 meetings
  hit   [Deal reviews]: Acme
  hit   [Deal review] | [deal review] pipeline
  near  Review of the deal (the words of "deal review" stand apart)

Usually important: demo: 2 meetings
  hit   [Demo] for sales
  hit   [Demo]\x1b[2J
  near  Demographics of the north (for "demo" there is "Demographics")

Matches priority: Money: 2 meetings
  hit   Review of the deal (preview "Pipeline", preview "pipeline", preview "forecast")
  hit   Deal review | deal review [pipeline]

Always accept: Deal reviews with leadership: 1 meeting
  hit   [Review] of the [deal] (preview "VP")
  near  Deal reviews: Acme (without "leadership")
  near  Deal review | deal review pipeline (without "leadership")

Always decline: Demos without sales: 1 meeting
  hit   [Demo]\x1b[2J
  near  Demographics of the north (for "Demos" there is "Demographics")
  near  Demo for sales ("sales" must not occur)

Requires prep: pipeline, 400+ attendees: no meeting
  near  Review of the deal (not at least 400 attendees)
  near  Deal review | deal review pipeline (not at least 400 attendees)
$ datebook persona test p --limit 1 | head -n 5
p, as of v2: 6 rules, 7 meetings

Always important: deal review: 3 meetings
  hit   [Deal reviews]: Acme
  near  Review of the deal (the words of "deal review" stand apart)
$ datebook persona test p --limit 1 --json > out
$ sqlite3 :memory: "SELECT value ->> 'fired', value -> '$.hits[0].matches', value ->> '$.near[0].subject', value ->> '$.near[0].why', value ->> '$.near[0].part', value ->> '$.near[0].found' FROM json_each(readfile('out'), '$.rules')"
3|[{"text":"subject","start":0,"length":12}]|Review of the deal|apart|deal review|
2|[{"text":"subject","start":0,"length":4}]|Demographics of the north|alike|demo|Demographics
2|[{"text":"preview","start":16,"length":8},{"text":"preview","start":26,"length":8},{"text":"preview","start":39,"length":8}]||||
1|[{"text":"subject","start":0,"length":6},{"text":"subject","start":14,"length":4},{"text":"preview","start":0,"length":2}]|Deal reviews: Acme|missing|leadership|
1|[{"text":"subject","start":0,"length":4}]|Demographics of the north|alike|Demos|Demographics
0||Review of the deal|fact|at least 400 attendees|
$ datebook explain "$(sqlite3 :memory: "SELECT readfile('out') ->> '$.rules[0].hits[0].meeting'")" | grep ^subject
subject  [Deal reviews]: Acme
! no document of the persona that is left gives this label; the places are those that the one of v1 finds

# Bad input.

$ datebook persona test
! datebook: persona test needs ID
! hint: `datebook persona test --help` shows how it is used
? 2
$ datebook persona test q
! datebook: there is no persona "q"
! hint: did you mean p?
? 3
$ datebook persona test p --limit 0
! datebook: --limit takes a whole number from 1 to 100, not "0"
! hint: `datebook persona test --help` shows how it is used
? 2
$ datebook persona test p --limit 101
! datebook: --limit takes a whole number from 1 to 100, not "101"
! hint: `datebook persona test --help` shows how it is used
? 2
$ datebook persona test p --db none.db
! datebook: there is no database none.db
! hint: make it with `datebook init`, or name another with --db FILE
? 4
