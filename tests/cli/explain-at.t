# explain, of labels that older documents and engines made.

$ p() { printf '{"id": "ann", "name": "A", "tier": 1, "importance_criteria": {"%s": [{"any": ["weekly", "review", "sync", "handover", "planning", "status", "field"], "name": "%s"}, {"duration_min": 1, "name": "long"}]}, "archetypes": [{"name": "w", "weight": 100, "minutes": [30], "subjects": ["Weekly handover with Field Sales"]}]}' "$1" "$2" > ann.json; datebook -q persona add ann.json > /dev/null; }
$ datebook init --no-library -q
Made datebook.db with 0 personas.
$ p always_important words
$ datebook -q generate --no-mix --persona ann --count 40
v2: 40 meetings for 1 persona, labelled
$ m=$(datebook sql "select min(meeting) from meetings where subject = 'Weekly handover with Field Sales'" | tail -n 1)
$ p usually_important words
$ datebook relabel -q
v4: labelled 40 meetings again, 40 labels changed
$ p rarely_important words
$ explain() { datebook explain $m "$@" 2> err | sed -n '/^persona/p; /^label/,$p'; cat err >&2; }

# The label of v4 is stale in v5, that of v2 was in v3.

$ explain
persona  ann, as of v5
label    high, no prep, accept
because  Usually important: words; Usually important: long
made     in v4 by relabel, from the persona of v3, rule engine 1

RULE                               WHERE
Usually important: words  decided  subject "Weekly", subject "handover", subject "Field"
Usually important: long   decided
! the label is stale: shown are the rules that made it; `datebook relabel` asks those of now

$ explain --at 3
persona  ann, as of v3
label    critical, no prep, accept
because  Always important: words; Always important: long
made     in v2 by generate, from the persona of v1, rule engine 1

RULE                              WHERE
Always important: words  decided  subject "Weekly", subject "handover", subject "Field"
Always important: long   decided
! the label was stale in v3: shown are the rules that made it

$ explain --at 2
persona  ann, as of v2
label    critical, no prep, accept
because  Always important: words; Always important: long
made     in v2 by generate, from the persona of v1, rule engine 1

RULE                              WHERE
Always important: words  decided  subject "Weekly", subject "handover", subject "Field"
Always important: long   decided

$ explain --at 1 2>&1 | sed "s/$m/ID/"
datebook: the meeting "ID" is not in v1
hint: `datebook history` says when it was there
$ datebook explain $m --at 2 --json | sed 's/^.*\("importance".*\)"reasoning/\1…/'
"importance":"critical","prep_minutes":0,"rsvp":"accept","stale":false,"explained":true,…":"Always important: words; Always important: long","made":{"version":2,"persona_since":1,"engine":1},"written":null,"rules":[{"field":"importance_criteria.always_important[0]","name":"words","decided":true,"matches":[{"text":"subject","start":0,"length":6},{"text":"subject","start":7,"length":8},{"text":"subject","start":21,"length":5}]},{"field":"importance_criteria.always_important[1]","name":"long","decided":true,"matches":[]}]}

# A meeting that is gone.

$ datebook persona remove ann -q
v6: removed 1 persona with 40 meetings
$ explain --at HEAD~1
persona  ann, as of v5
label    high, no prep, accept
because  Usually important: words; Usually important: long
made     in v4 by relabel, from the persona of v3, rule engine 1

RULE                               WHERE
Usually important: words  decided  subject "Weekly", subject "handover", subject "Field"
Usually important: long   decided
! the label was stale in v5: shown are the rules that made it

$ explain 2>&1 | sed "s/$m/ID/"
datebook: the meeting "ID" is not in v6
hint: `datebook history` says when it was there

# Another engine, and a label that no document gives.

$ sqlite3 datebook.db 'update labelling set engine = 0; update version set engine = 0'
$ explain --at 2
persona  ann, as of v2
label    critical, no prep, accept
because  Always important: words; Always important: long
made     in v2 by generate, from the persona of v1, rule engine 0

RULE                              WHERE
Always important: words  decided  subject "Weekly", subject "handover", subject "Field"
Always important: long   decided
! the label was stale in v2: shown are the rules that made it
$ sqlite3 datebook.db 'update label_history set importance = 0'
$ explain --at 2
persona  ann, as of v2
label    low, no prep, accept
because  Always important: words; Always important: long
made     in v2 by generate, from the persona of v1, rule engine 0

RULE                              WHERE
Always important: words  decided  subject "Weekly", subject "handover", subject "Field"
Always important: long   decided
! rule engine 0 made the label; the places are those that engine 1 finds
! the label is stale
$ sqlite3 datebook.db 'update version set engine = 1'
$ explain --at 2
persona  ann, as of v2
label    low, no prep, accept
because  Always important: words; Always important: long
made     in v2 by generate, from the persona of v1, rule engine 1

RULE                              WHERE
Always important: words  decided  subject "Weekly", subject "handover", subject "Field"
Always important: long   decided
! no document of the persona that is left gives this label; the places are those that the one of v1 finds
! the label is stale

# A stale label that stands beside a document that did not make it.

$ sqlite3 datebook.db "update label_history set importance = 3; update persona_history set since_version = 2 where since_version = 3; update persona_history set until_version = 2 where until_version = 3; update labelling set engine = 1"
$ explain --at 2
persona  ann, as of v2
label    critical, no prep, accept
because  Always important: words; Always important: long
made     in v2 by generate, from the persona of v1, rule engine 1

RULE                              WHERE
Always important: words  decided  subject "Weekly", subject "handover", subject "Field"
Always important: long   decided
! the label was stale in v2: shown are the rules that made it
