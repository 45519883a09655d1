# The forms of a diff, what they leave out, and what excludes what.

$ write() { printf '{"id": "%s", "name": "N", "tier": 1, "importance_criteria": {"%s": [{"duration_min": 1, "name": "any"}]}, "prep_time_needs": {"requires_prep": [{"duration_min": 1, "name": "long", "minutes": %s}]}}' "$1" "$2" "$3" > "$1.json"; }
$ ids() { sed 's/AA[A-Za-z0-9_=-]*/ID/g'; }
$ datebook init --no-library -q > out; write ann always_important 30; write bob rarely_important 15
$ datebook persona add -q ann.json bob.json > out; datebook generate -q --all --count 3 > out
$ write ann usually_important 45; datebook persona add -q ann.json; datebook relabel -q
changed ann
        {"duration_min":1,"name":"any"} moved from always_important to usually_important
        prep_time_needs.requires_prep "long": minutes 30 -> 45
v3: 0 added, 1 changed, 0 unchanged
v4: labelled 3 meetings again, 3 labels changed
$ write bob rarely_important 20; datebook persona add -q bob.json; datebook relabel -q
changed bob
        prep_time_needs.requires_prep "long": minutes 15 -> 20
v5: 0 added, 1 changed, 0 unchanged
v6: labelled 3 meetings again, 3 labels changed
$ datebook persona remove -q bob
v7: removed 1 persona with 3 meetings

# In short, and by what.

$ datebook diff 2 6 --stat
v2 -> v6
 ann  |  4  ~~~~
 bob  |  4  ~~~~
 2 personas: 0 rows added, 8 changed, 0 removed
$ datebook diff 0 2 --stat
v0 -> v2
 ann  |  7  +++++++
 bob  |  7  +++++++
 2 personas: 14 rows added, 0 changed, 0 removed
$ datebook diff 0 --stat --limit 1
v0 -> v7
 ann  |  7  +++++++
 1 persona: 7 rows added, 0 changed, 0 removed
$ datebook diff 2 6 --by persona
v2 -> v6
personas: 0 added, 2 changed, 0 removed
labels: 0 added, 6 changed, 0 removed

PERSONA  DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
ann      changed           0          0        0        3        0
bob      changed           0          0        0        3        0
$ datebook diff 2 6 --by persona --limit 1
v2 -> v6
personas: 0 added, 2 changed, 0 removed
labels: 0 added, 6 changed, 0 removed

PERSONA  DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
ann      changed           0          0        0        3        0
(1 more of 2 personas)
$ datebook diff 2 6 --by label
v2 -> v6
personas: 0 added, 2 changed, 0 removed
labels: 0 added, 6 changed, 0 removed

Changed labels:
  critical -> high: 3
  other prep minutes: 6
$ datebook diff 2 6 --by field
v2 -> v6
personas: 0 added, 2 changed, 0 removed
labels: 0 added, 6 changed, 0 removed

Fields of 6 changed labels:

FIELD       LABELS   SHARE
importance       3   50.0%
prep             6  100.0%
rsvp             0    0.0%
reasons          6  100.0%
$ datebook diff 6 2 --by field
v6 -> v2
personas: 0 added, 2 changed, 0 removed
labels: 0 added, 6 changed, 0 removed

Fields of 6 changed labels:

FIELD       LABELS   SHARE
importance       3   50.0%
prep             6  100.0%
rsvp             0    0.0%
reasons          6  100.0%
$ datebook diff 2 6 --by rule
v2 -> v6
personas: 0 added, 2 changed, 0 removed
labels: 0 added, 6 changed, 0 removed

Rules in 6 changed labels:

PERSONA  LIST                                   RULE                                           +FIRES  -FIRES  +DECIDES  -DECIDES
ann      importance_criteria.always_important   any                                                 0       3         0         3
ann      importance_criteria.usually_important  any                                                 3       0         3         0
ann      prep_time_needs.requires_prep          {"duration_min":1,"minutes":30,"name":"long"}       0       3         0         3
ann      prep_time_needs.requires_prep          {"duration_min":1,"minutes":45,"name":"long"}       3       0         3         0
bob      prep_time_needs.requires_prep          {"duration_min":1,"minutes":15,"name":"long"}       0       3         0         3
bob      prep_time_needs.requires_prep          {"duration_min":1,"minutes":20,"name":"long"}       3       0         3         0
$ datebook diff 6 2 --by rule --limit 2
v6 -> v2
personas: 0 added, 2 changed, 0 removed
labels: 0 added, 6 changed, 0 removed

Rules in 6 changed labels:

PERSONA  LIST                                   RULE  +FIRES  -FIRES  +DECIDES  -DECIDES
ann      importance_criteria.always_important   any        3       0         3         0
ann      importance_criteria.usually_important  any        0       3         0         3
(4 more of 6 rules)
$ datebook diff 2 3 --by rule
v2 -> v3
personas: 0 added, 1 changed, 0 removed
no changed labels
$ datebook diff 0 2 --by field
v0 -> v2
personas: 2 added, 0 changed, 0 removed
meetings: 6 added, 0 changed, 0 removed
labels: 6 added, 0 changed, 0 removed
no changed labels

# Names: personas whose document changed, meetings that changed or whose labels did.

$ datebook diff 2 6 --name-only | ids
ann
bob
ID
ID
ID
ID
ID
ID
$ datebook diff 3 4 --name-only | ids
ID
ID
ID
$ datebook diff 6 7 --name-only | ids
bob
ID
ID
ID
$ datebook diff 2 6 --name-only --limit 1
ann
! the first 1 of 8 names
$ datebook diff 2 6 --name-only --limit 1 -q
ann
$ datebook diff 0 2 --name-only | sort | uniq -d

# Rows, and how many more there are.

$ datebook diff 2 6 --rows --limit 3 | ids
v2 -> v6
personas: 0 added, 2 changed, 0 removed
labels: 0 added, 6 changed, 0 removed

Changed labels:
  critical -> high: 3
  other prep minutes: 6

PERSONA  DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
ann      changed           0          0        0        3        0
bob      changed           0          0        0        3        0

~ persona ann
    {"duration_min":1,"name":"any"} moved from always_important to usually_important
    prep_time_needs.requires_prep "long": minutes 30 -> 45
~ persona bob
    prep_time_needs.requires_prep "long": minutes 15 -> 20
~ label ann ID
    - critical, prep 30 min, accept: Always important: any; Requires prep: long
    + high, prep 45 min, accept: Usually important: any; Requires prep: long
(5 more of 8 rows)
$ datebook diff 2 6 --rows --limit 8 | tail -n 1 | ids
    + low, prep 20 min, decline: Rarely important: any; Requires prep: long
$ datebook diff 2 6 --jsonl --limit 3 | ids
{"row":"persona","change":"changed","persona":"ann","fields":["{\"duration_min\":1,\"name\":\"any\"} moved from always_important to usually_important","prep_time_needs.requires_prep \"long\": minutes 30 -> 45"]}
{"row":"persona","change":"changed","persona":"bob","fields":["prep_time_needs.requires_prep \"long\": minutes 15 -> 20"]}
{"row":"label","change":"changed","persona":"ann","meeting":"ID","old":{"importance":"critical","prep_minutes":30,"rsvp":"accept","reasoning":"Always important: any; Requires prep: long"},"new":{"importance":"high","prep_minutes":45,"rsvp":"accept","reasoning":"Usually important: any; Requires prep: long"}}
! the first 3 of 8 rows
$ datebook diff 6 7 --jsonl -q | ids
{"row":"persona","change":"removed","persona":"bob"}
{"row":"meeting","change":"removed","persona":"bob","meeting":"ID"}
{"row":"meeting","change":"removed","persona":"bob","meeting":"ID"}
{"row":"meeting","change":"removed","persona":"bob","meeting":"ID"}
{"row":"label","change":"removed","persona":"bob","meeting":"ID","old":{"importance":"low","prep_minutes":20,"rsvp":"decline","reasoning":"Rarely important: any; Requires prep: long"},"new":null}
{"row":"label","change":"removed","persona":"bob","meeting":"ID","old":{"importance":"low","prep_minutes":20,"rsvp":"decline","reasoning":"Rarely important: any; Requires prep: long"},"new":null}
{"row":"label","change":"removed","persona":"bob","meeting":"ID","old":{"importance":"low","prep_minutes":20,"rsvp":"decline","reasoning":"Rarely important: any; Requires prep: long"},"new":null}
$ datebook diff 2 6 --jsonl | while read -r line; do echo "$line" > j; sqlite3 :memory: "select json_valid(readfile('j'))"; done | sort | uniq -c | sed 's/^ *//'
8 1

# One persona.

$ datebook diff 2 6 --persona bob
v2 -> v6
personas: 0 added, 1 changed, 0 removed
labels: 0 added, 3 changed, 0 removed

Changed labels:
  other prep minutes: 3

PERSONA  DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
bob      changed           0          0        0        3        0

Changed personas:
  bob
    prep_time_needs.requires_prep "long": minutes 15 -> 20
$ datebook diff 2 6 --persona bob,ann,bob --stat
v2 -> v6
 ann  |  4  ~~~~
 bob  |  4  ~~~~
 2 personas: 0 rows added, 8 changed, 0 removed
$ datebook diff 2 6 --persona ann --name-only --limit 1
ann
! the first 1 of 4 names
$ datebook diff 6 --persona bob --stat
v6 -> v7
 bob  |  7  -------
 1 persona: 0 rows added, 0 changed, 7 removed
$ datebook diff 2 3 --persona bob --exit-code
v2 -> v3
no difference
$ datebook diff 3 4 --persona ann --rows --limit 1 | ids
v3 -> v4
labels: 0 added, 3 changed, 0 removed

Changed labels:
  critical -> high: 3
  other prep minutes: 3

PERSONA  DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
ann      -                 0          0        0        3        0

~ label ann ID
    - critical, prep 30 min, accept: Always important: any; Requires prep: long
    + high, prep 45 min, accept: Usually important: any; Requires prep: long
(2 more of 3 rows)
$ datebook diff 2 6 --persona bobb
! datebook: there is no persona "bobb" in v6
! hint: did you mean bob?
? 3
$ datebook diff 0 7 --persona bob
! datebook: there is no persona "bob"
! hint: `datebook persona list` lists them
? 3
$ datebook diff 2 6 --persona ''
! datebook: --persona needs the id of a persona
! hint: `datebook diff --help` shows how it is used
? 2

# JSON of each.

$ datebook diff 2 6 --stat --json
{"from":2,"to":6,"personas":{"added":0,"changed":2,"removed":0},"meetings":{"added":0,"changed":0,"removed":0},"labels":{"added":0,"changed":6,"removed":0},"splits":{"added":0,"changed":0,"removed":0},"by_persona":[{"persona":"ann","personas":{"added":0,"changed":1,"removed":0},"meetings":{"added":0,"changed":0,"removed":0},"labels":{"added":0,"changed":3,"removed":0}},{"persona":"bob","personas":{"added":0,"changed":1,"removed":0},"meetings":{"added":0,"changed":0,"removed":0},"labels":{"added":0,"changed":3,"removed":0}}]}
$ datebook diff 2 6 --stat --json --limit 1
{"from":2,"to":6,"personas":{"added":0,"changed":2,"removed":0},"meetings":{"added":0,"changed":0,"removed":0},"labels":{"added":0,"changed":6,"removed":0},"splits":{"added":0,"changed":0,"removed":0},"by_persona":[{"persona":"ann","personas":{"added":0,"changed":1,"removed":0},"meetings":{"added":0,"changed":0,"removed":0},"labels":{"added":0,"changed":3,"removed":0}}],"personas_total":2}
$ datebook diff 2 6 --by label --json
{"from":2,"to":6,"personas":{"added":0,"changed":2,"removed":0},"meetings":{"added":0,"changed":0,"removed":0},"labels":{"added":0,"changed":6,"removed":0},"splits":{"added":0,"changed":0,"removed":0},"transitions":[{"from":"critical","to":"high","labels":3}],"rsvp":[],"prep":{"gained":0,"lost":0,"minutes":6},"reasons_only":0}
$ datebook diff 2 6 --by field --json
{"from":2,"to":6,"personas":{"added":0,"changed":2,"removed":0},"meetings":{"added":0,"changed":0,"removed":0},"labels":{"added":0,"changed":6,"removed":0},"splits":{"added":0,"changed":0,"removed":0},"fields":[{"field":"importance","labels":3},{"field":"prep","labels":6},{"field":"rsvp","labels":0},{"field":"reasons","labels":6}]}
$ datebook diff 2 6 --by rule --json --limit 1
{"from":2,"to":6,"personas":{"added":0,"changed":2,"removed":0},"meetings":{"added":0,"changed":0,"removed":0},"labels":{"added":0,"changed":6,"removed":0},"splits":{"added":0,"changed":0,"removed":0},"rules":[{"persona":"ann","field":"importance_criteria.always_important","rule":"{\"duration_min\":1,\"name\":\"any\"}","began_firing":0,"stopped_firing":3,"began_deciding":0,"stopped_deciding":3}],"rules_total":6}
$ datebook diff 2 6 --name-only --json --limit 1
{"names":["ann"],"names_total":8,"from":2,"to":6}
$ datebook diff 2 6 --rows --json --limit 1
{"from":2,"to":6,"personas":{"added":0,"changed":2,"removed":0},"meetings":{"added":0,"changed":0,"removed":0},"labels":{"added":0,"changed":6,"removed":0},"splits":{"added":0,"changed":0,"removed":0},"transitions":[{"from":"critical","to":"high","labels":3}],"rsvp":[],"prep":{"gained":0,"lost":0,"minutes":6},"reasons_only":0,"by_persona":[{"persona":"ann","personas":{"added":0,"changed":1,"removed":0},"meetings":{"added":0,"changed":0,"removed":0},"labels":{"added":0,"changed":3,"removed":0}},{"persona":"bob","personas":{"added":0,"changed":1,"removed":0},"meetings":{"added":0,"changed":0,"removed":0},"labels":{"added":0,"changed":3,"removed":0}}],"rows":[{"row":"persona","change":"changed","persona":"ann","fields":["{\"duration_min\":1,\"name\":\"any\"} moved from always_important to usually_important","prep_time_needs.requires_prep \"long\": minutes 30 -> 45"]}],"rows_total":8}
$ for form in --stat --rows '--by persona' '--by label' '--by field' '--by rule' --name-only; do datebook diff 0 6 $form --json > j; sqlite3 :memory: "select json_valid(readfile('j'))"; done | uniq -c | sed 's/^ *//'
7 1

# No difference.

$ datebook diff HEAD --stat
v7 -> v7
no difference
$ datebook diff 3 3 --by rule
v3 -> v3
no difference
$ datebook diff 3 3 --name-only
$ datebook diff 3 3 --jsonl
$ datebook diff 0 0
v0 -> v0
no difference
$ datebook diff HEAD --name-only --json
{"names":[],"names_total":0,"from":7,"to":7}
$ datebook diff 0 --jsonl --exit-code > out
? 1

# What cannot be.

$ datebook diff
! datebook: diff needs FROM [TO], or --other FILE
! hint: `datebook diff --help` shows how it is used
? 2
$ datebook diff 1 --stat --rows
! datebook: --stat and --rows exclude each other
! hint: `datebook diff --help` shows how it is used
? 2
$ datebook diff 1 --by rule --name-only
! datebook: --name-only and --by exclude each other
! hint: `datebook diff --help` shows how it is used
? 2
$ datebook diff 1 --json --jsonl
! datebook: --json and --jsonl exclude each other
! hint: `datebook diff --help` shows how it is used
? 2
$ datebook diff 1 --by colour
! datebook: --by takes persona, label, field or rule, not "colour"
! hint: `datebook diff --help` shows how it is used
? 2
$ datebook diff 1 --by field --limit 3
! datebook: --limit does nothing for --by field
! hint: `datebook diff --help` shows how it is used
? 2
$ datebook diff 1 --limit 0
! datebook: --limit takes a whole number from 1, not "0"
! hint: `datebook diff --help` shows how it is used
? 2
$ datebook diff 1 --limit many
! datebook: --limit takes a whole number from 1, not "many"
! hint: `datebook diff --help` shows how it is used
? 2
$ datebook diff 1 --rows --rows --by
! datebook: --by needs a value (WHAT)
? 2

# Names that would do harm.

$ printf '{"id": "evil", "name": "g\\u202eood", "tier": 1, "\\u001b[31mnotes": 1}' > evil.json
$ datebook persona add -q evil.json
added   evil
v8: 1 added, 0 changed, 0 unchanged
$ printf '{"id": "evil", "name": "good", "tier": 1, "\\u001b[31mnotes": 2}' > evil.json
$ datebook persona add -q evil.json
changed evil
        name: "g\u202eood" -> "good"
        \x1b[31mnotes: 1 -> 2
v9: 0 added, 1 changed, 0 unchanged
$ datebook diff HEAD~1
v8 -> v9
personas: 0 added, 1 changed, 0 removed

PERSONA  DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
evil     changed           0          0        0        0        0

Changed personas:
  evil
    name: "g\u202eood" -> "good"
    \x1b[31mnotes: 1 -> 2
$ datebook diff HEAD~1 --rows
v8 -> v9
personas: 0 added, 1 changed, 0 removed

PERSONA  DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
evil     changed           0          0        0        0        0

~ persona evil
    name: "g\u202eood" -> "good"
    \x1b[31mnotes: 1 -> 2
$ datebook diff HEAD~1 --jsonl
{"row":"persona","change":"changed","persona":"evil","fields":["name: \"g‮ood\" -> \"good\"","\u001b[31mnotes: 1 -> 2"]}
