# What is wrong with the rules of personas.

$ datebook persona lint --help
datebook persona lint: find what is wrong with the rules of personas

usage: datebook persona lint [OPTIONS] [ID|FILE…]

Checks all personas, those named, or files: an argument with a slash or the
ending .json is a file, or a folder of them, and needs no database. An error is
a rule that can never fire or never decide, a contradiction, or the same rule
in two lists; the exit code is then 1. Warnings are likely mistakes; where a
persona has stored meetings, also rules that fire on none of them or never
decide. With -v, the concepts that described rules know are listed first.

Options:
  --at VERSION              as of a version (default HEAD)

Global options:
  --db FILE                 the database; else $DATEBOOK_DB, else datebook.db
  --wait SECONDS            for another writer (default 5; 0: fail at once)
  --no-migration-backup     upgrade an old file without a copy of it
  --json                    print one JSON object
  -q, --quiet               no remarks and no progress
  -v, --verbose             more detail
  -h, --help                show help
  --version                 show the version

With --json: {"errors", "warnings", "personas": [{"id", "file", "meetings",
"findings": [{"severity", "kind", "field", "rule", "other_field", "other_rule",
"message", "advice"}]}]}; with -v "concepts": [{"names", "members"}]

Examples:
  datebook persona lint
      all personas, with their meetings
  datebook persona lint my_persona.json
      before it is added
  datebook persona lint -v
      with the list of concepts
$ cat > bad.json << '.'
> {"id": "bad", "name": "B", "tier": 1,
>  "importance_criteria": {"always_important": ["budget", "audit", "Audits"],
>   "usually_important": ["review"], "sometimes_important": ["annual budget", "audits"], "rarely_important": ["Q4 lunch"]},
>  "priority_framework": [{"name": "Nothing", "keywords": []}, {"name": "Money", "keywords": ["Q4", "q4"]}],
>  "rsvp_rules": {"always_accept": ["Vendor demos", "Any meetings", {"external": true, "attendees_max": 1}],
>   "conditional": ["Demos by suppliers if cheap"], "always_decline": ["Demos of a vendor", "Team meetings"]},
>  "prep_time_needs": {"requires_prep": ["Board packs", "Demos, 20 min"], "no_prep": ["Board packs with figures"]}}
> .
$ datebook persona lint bad.json
bad: warning: importance_criteria.always_important[2] "Audits" says the same as importance_criteria.always_important[1] "audit"
    remove one of the two
bad: warning: importance_criteria.usually_important[0] "review" fires wherever the common word "review" occurs
    say more of what it is about, or write an object with more conditions
bad: error: importance_criteria.sometimes_important[0] "annual budget" never decides: importance_criteria.always_important[0] "budget" fires on all its meetings and comes first
    remove it, or narrow the rule that comes first
bad: error: importance_criteria.sometimes_important[1] "audits" never decides: importance_criteria.always_important[1] "audit" fires on the same meetings and comes first
    keep it in the list that is meant, and remove it from the other
bad: error: importance_criteria.rarely_important[0] "Q4 lunch" never decides: priority_framework[1] "Money" fires on all its meetings and comes first
    remove it, or narrow the rule that comes first
bad: error: priority_framework[0] "Nothing" never fires: it has no keywords, and its name is only its name
    give it keywords: what stands in the subjects of its meetings
bad: warning: priority_framework[1] "Money" has the keyword "q4" twice ("Q4")
    keep one of the two
bad: error: rsvp_rules.always_accept[0] "Vendor demos" never decides: it says the opposite of rsvp_rules.always_decline[0] "Demos of a vendor", of the same meetings, and that comes first
    keep it in the list that is meant, and remove it from the other
bad: error: rsvp_rules.always_accept[1] "Any meetings" never fires: no word with a content is left of it
    name what must occur in the meetings that it is for, or remove it
bad: error: rsvp_rules.always_accept[2] "external, up to 1 attendees" never fires: no number of attendees is right
    correct its conditions, or remove it
bad: error: rsvp_rules.conditional[0] "Demos by suppliers if cheap" never decides: rsvp_rules.always_accept[0] "Vendor demos" fires on the same meetings and comes first
    keep it in the list that is meant, and remove it from the other
bad: warning: rsvp_rules.always_decline[1] "Team meetings" fires wherever the common word "team" occurs
    say more of what it is about, or write an object with more conditions
bad: warning: prep_time_needs.requires_prep[0] "Board packs" names no time: 30 minutes are taken
    put the time into a bracket: "Deal reviews (30 min: pipeline data)"
bad: warning: prep_time_needs.requires_prep[1] "Demos, 20 min" names a time outside of its bracket, where it does not count
    put the time into the bracket: "Deal reviews (30 min: pipeline data)"
bad: error: prep_time_needs.no_prep[0] "Board packs with figures" never decides: prep_time_needs.requires_prep[0] "Board packs" fires on all its meetings and comes first
    remove it, or narrow the rule that comes first
1 persona: 9 errors, 6 warnings
? 1
$ datebook persona lint bad.json --json > out; echo $?
1
$ sqlite3 :memory: "SELECT readfile('out') ->> 'errors', readfile('out') ->> 'warnings', json_array_length(readfile('out'), '$.personas[0].findings')"
9|6|15
$ sqlite3 :memory: "SELECT readfile('out') -> '$.personas[0].findings[0]'"
{"severity":"warning","kind":"duplicate","field":"importance_criteria.always_important[2]","rule":"Audits","other_field":"importance_criteria.always_important[1]","other_rule":"audit","message":"says the same as importance_criteria.always_important[1] \"audit\"","advice":"remove one of the two"}

# A file needs no database; a folder is its files; all that is well is exit 0.

$ ls
bad.json
out
$ mkdir folder; cp "$TEST_DATA/personas/smallest.json" "$TEST_DATA/personas/reference.json" folder
$ datebook persona lint folder/
smallest: warning: has no rules: every meeting gets the default label
    write rules into importance_criteria, rsvp_rules and prep_time_needs
2 personas: 0 errors, 1 warning
$ datebook persona lint "$DATEBOOK_DATA" | tail -n 1
8 personas: 0 errors, 0 warnings
$ datebook persona lint "$DATEBOOK_DATA" --json | head -c 26; echo
{"errors":0,"warnings":0,"

# Personas of the database, with their meetings.

$ datebook persona lint
! datebook: there is no database datebook.db
! hint: make it with `datebook init`, or name another with --db FILE
? 4
$ datebook init -q --no-library
Made datebook.db with 0 personas.
$ datebook persona lint
0 personas: 0 errors, 0 warnings
! no personas; next: datebook persona add FILE-OR-FOLDER
$ cat > p.json << '.'
> {"id": "p", "name": "P", "tier": 1,
>  "importance_criteria": {"always_important": [{"attendees_min": 1}, "xyzzy"],
>   "rarely_important": [{"name": "Any length", "duration_min": 1}]}}
> .
$ datebook persona add -q p.json
added   p
v1: 1 added, 0 changed, 0 unchanged
$ datebook persona lint p
1 persona: 0 errors, 0 warnings
$ datebook generate -q --persona p --count 5 --seed 5
v2: 5 meetings for 1 persona, labelled
$ datebook persona lint
p: warning: importance_criteria.always_important[1] "xyzzy" fired on none of 5 stored meetings
    write what stands in subject lines, or remove it; `datebook persona test` shows near misses
p: warning: importance_criteria.rarely_important[0] "Any length" fired on 5 of 5 stored meetings and decided none
    see what overrules it with `datebook persona test` and `datebook explain`; move it, or remove it
1 persona with 5 meetings: 0 errors, 2 warnings
$ datebook persona lint p --json
{"errors":0,"warnings":2,"personas":[{"id":"p","file":null,"meetings":5,"findings":[{"severity":"warning","kind":"dead","field":"importance_criteria.always_important[1]","rule":"xyzzy","other_field":null,"other_rule":null,"message":"fired on none of 5 stored meetings","advice":"write what stands in subject lines, or remove it; `datebook persona test` shows near misses"},{"severity":"warning","kind":"overruled","field":"importance_criteria.rarely_important[0]","rule":"Any length","other_field":null,"other_rule":null,"message":"fired on 5 of 5 stored meetings and decided none","advice":"see what overrules it with `datebook persona test` and `datebook explain`; move it, or remove it"}]}]}
$ datebook persona lint p bad.json -q | tail -n 1
2 personas with 5 meetings: 9 errors, 8 warnings

# With -v the concepts come first.

$ datebook persona lint p.json -v | grep -e ^concepts -e '^    external' -e '^    board' -e '^1 persona'
concepts: what a rule says: what a meeting may say
    board, board of directors: board, BoD
    external: external, @external
1 persona: 0 errors, 0 warnings
$ datebook persona lint p.json -v --json > out; sqlite3 :memory: "SELECT value FROM json_each(readfile('out'), '$.concepts') WHERE value ->> '$.names[0]' = 'recurring'"
{"names":["recurring"],"members":["recurring","@recurring"]}

# Bad input.

$ datebook persona lint q
! datebook: there is no persona "q"
! hint: did you mean p?
? 3
$ datebook persona lint ./nowhere.json
! datebook: cannot read ./nowhere.json: No such file or directory
? 3
$ echo '{"id": "x", "name": "X", "tier": 1, "rsvp_rules": {"always_accept": [{"minuets": 5}]}}' > x.json
$ datebook persona lint x.json
! datebook: x.json: rsvp_rules.always_accept[0]: unknown key "minuets"
! hint: known keys: any, all, none, external, one_on_one, recurring, organizer, overlaps, attendees_min, attendees_max, duration_min, duration_max, minutes, name
? 3
$ datebook persona lint --at v1
1 persona: 0 errors, 0 warnings

# What a document says beside its rules. A field of one's own is kept, and a
# persona with archetypes of its own needs no file for its function.

$ cat > fields.json << '.'
> {"id": "f", "name": "F", "tier": 1, "notes": "mine", "mood": 3, "priority_framwork": [],
>  "importance_critera": {}, "demographics": {"function": "Alchemy", "title": "x", "indutsry": "Gold"},
>  "meeting_context": {"weekly_meeting_hours": "a lot", "typical_breakdown": {"calls": "many", "reviews": "10%"}, "typical_breakdwon": {}},
>  "importance_criteria": {"always_imporant": ["demo"], "always_important": ["budget audit"]},
>  "rsvp_rules": {"always_accepted": ["Vendor demos"]}, "prep_time_needs": {"require_prep": []},
>  "diversity": {"load": "huge", "level": 3, "carer_stage": "senior", "industry": null}}
> .
$ datebook persona lint fields.json
f: warning: demographics.indutsry: no such field; did you mean "industry"?
    it is kept as it is, and means nothing to datebook
f: warning: diversity.carer_stage: no such field; did you mean "career_stage"?
    it is kept as it is, and means nothing to datebook
f: warning: importance_critera: no such field; did you mean "importance_criteria"?
    it is kept as it is, and means nothing to datebook
f: warning: importance_criteria.always_imporant: no such field; did you mean "always_important"?
    it is kept as it is, and means nothing to datebook
f: warning: meeting_context.typical_breakdwon: no such field; did you mean "typical_breakdown"?
    it is kept as it is, and means nothing to datebook
f: warning: prep_time_needs.require_prep: no such field; did you mean "requires_prep"?
    it is kept as it is, and means nothing to datebook
f: warning: priority_framwork: no such field; did you mean "priority_framework"?
    it is kept as it is, and means nothing to datebook
f: warning: rsvp_rules.always_accepted: no such field; did you mean "always_accept"?
    it is kept as it is, and means nothing to datebook
f: warning: meeting_context.typical_breakdown.calls: cannot be read: it is left out
    write a share: "40%", 40 or 0.4
f: warning: meeting_context.weekly_meeting_hours: cannot be read: 20 hours a week are taken
    write hours, at most 168: "28-32 hours", "<10 hours", "30+ hours"
f: warning: diversity.level: a number is none of its values
    write one of ic, manager, senior_manager, vp, c_level
f: warning: diversity.load: "huge" is none of its values
    write one of light, moderate, heavy, extreme
f: warning: demographics.function: no file of archetypes serves it: the persona gets the common archetypes only
    name a function or synonym of a file in personas/archetypes, or give it archetypes of its own
1 persona: 0 errors, 13 warnings
$ datebook persona lint fields.json --json | grep -o '"severity":"warning","kind":"unreadable","field":"[a-z_.]*","rule":null'
"severity":"warning","kind":"unreadable","field":"meeting_context.typical_breakdown.calls","rule":null
"severity":"warning","kind":"unreadable","field":"meeting_context.weekly_meeting_hours","rule":null
$ sed -i 's/"tier": 1/"tier": 1, "archetypes": [{"name": "gold", "subjects": ["Gold"]}]/' fields.json
$ datebook persona lint fields.json | grep -e function -e '^1 persona'
1 persona: 0 errors, 12 warnings
$ echo '{"id": "o", "name": "O", "tier": 1, "weekly_meeting_load": "?", "typical_week_breakdown": 4, "rsvp_rules": {"always_accept": ["Vendor demos"]}}' > old.json
$ datebook persona lint old.json
o: warning: typical_week_breakdown: cannot be read: it is left out
    write an object: {"customer_calls": "40%"}
o: warning: weekly_meeting_load: cannot be read: 20 hours a week are taken
    write hours, at most 168: "28-32 hours", "<10 hours", "30+ hours"
1 persona: 0 errors, 2 warnings
