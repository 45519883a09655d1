# What changed between two versions.

$ datebook init --no-library -q
Made datebook.db with 0 personas.
$ p() { printf '{"id": "ann", "name": "A", "tier": 1, "importance_criteria": {"%s": [{"duration_min": 1, "name": "any"}]}}' "$1" > ann.json; }
$ p always_important; datebook persona add -q ann.json
added   ann
v1: 1 added, 0 changed, 0 unchanged
$ datebook generate -q --persona ann --count 2
v2: 2 meetings for 1 persona, labelled
$ p usually_important; datebook persona add -q ann.json
changed ann
        {"duration_min":1,"name":"any"} moved from always_important to usually_important
v3: 0 added, 1 changed, 0 unchanged
$ datebook relabel -q | sed 's/, [0-9]* labels* changed/, N changed/'
v4: labelled 2 meetings again, N changed
$ cp "$TEST_DATA/personas/smallest.json" .; datebook persona add -q smallest.json
added   smallest
v5: 1 added, 0 changed, 0 unchanged
$ datebook tag five
five is v5

# Totals and personas, in both directions.

$ datebook diff 0 2
v0 -> v2
personas: 1 added, 0 changed, 0 removed
meetings: 2 added, 0 changed, 0 removed
labels: 2 added, 0 changed, 0 removed

PERSONA  DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
ann      added             2          0        2        0        0
$ datebook diff 2 0
v2 -> v0
personas: 0 added, 0 changed, 1 removed
meetings: 0 added, 0 changed, 2 removed
labels: 0 added, 0 changed, 2 removed

PERSONA  DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
ann      removed           0          2        0        0        2
$ datebook diff 1 2
v1 -> v2
meetings: 2 added, 0 changed, 0 removed
labels: 2 added, 0 changed, 0 removed

PERSONA  DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
ann      -                 2          0        2        0        0
$ datebook diff HEAD~1
v4 -> v5
personas: 1 added, 0 changed, 0 removed

PERSONA   DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
smallest  added             0          0        0        0        0
$ datebook diff five v4
v5 -> v4
personas: 0 added, 0 changed, 1 removed

PERSONA   DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
smallest  removed           0          0        0        0        0
$ datebook diff 3 2
v3 -> v2
personas: 0 added, 1 changed, 0 removed

PERSONA  DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
ann      changed           0          0        0        0        0

Changed personas:
  ann
    {"duration_min":1,"name":"any"} moved from usually_important to always_important

# Rows.

$ datebook diff 4 5 --rows
v4 -> v5
personas: 1 added, 0 changed, 0 removed

PERSONA   DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
smallest  added             0          0        0        0        0

+ persona smallest
$ datebook diff 5 4 --rows
v5 -> v4
personas: 0 added, 0 changed, 1 removed

PERSONA   DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
smallest  removed           0          0        0        0        0

- persona smallest
$ datebook diff 2 3 --rows
v2 -> v3
personas: 0 added, 1 changed, 0 removed

PERSONA  DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
ann      changed           0          0        0        0        0

~ persona ann
    {"duration_min":1,"name":"any"} moved from always_important to usually_important
$ datebook diff 1 2 --rows | sed 's/AA[A-Za-z0-9_=-]*/ID/'
v1 -> v2
meetings: 2 added, 0 changed, 0 removed
labels: 2 added, 0 changed, 0 removed

PERSONA  DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
ann      -                 2          0        2        0        0

+ meeting ann ID
+ meeting ann ID
+ label ann ID
    + critical, no prep, accept: Always important: any
+ label ann ID
    + critical, no prep, accept: Always important: any
$ datebook diff 3 4 --rows > forth; datebook diff 4 3 --rows > back
$ sed 's/AA[A-Za-z0-9_=-]*/ID/' forth
v3 -> v4
labels: 0 added, 2 changed, 0 removed

Changed labels:
  critical -> high: 2

PERSONA  DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
ann      -                 0          0        0        2        0

~ label ann ID
    - critical, no prep, accept: Always important: any
    + high, no prep, accept: Usually important: any
~ label ann ID
    - critical, no prep, accept: Always important: any
    + high, no prep, accept: Usually important: any
$ sed -n '/^~/,$p' back | sed 's/AA[A-Za-z0-9_=-]*/ID/'
~ label ann ID
    - high, no prep, accept: Usually important: any
    + critical, no prep, accept: Always important: any
~ label ann ID
    - high, no prep, accept: Usually important: any
    + critical, no prep, accept: Always important: any

# JSON.

$ datebook diff 4 5 --json
{"from":4,"to":5,"personas":{"added":1,"changed":0,"removed":0},"meetings":{"added":0,"changed":0,"removed":0},"labels":{"added":0,"changed":0,"removed":0},"splits":{"added":0,"changed":0,"removed":0},"transitions":[],"rsvp":[],"prep":{"gained":0,"lost":0,"minutes":0},"reasons_only":0,"by_persona":[{"persona":"smallest","personas":{"added":1,"changed":0,"removed":0},"meetings":{"added":0,"changed":0,"removed":0},"labels":{"added":0,"changed":0,"removed":0}}]}
$ datebook diff 3 4 --json
{"from":3,"to":4,"personas":{"added":0,"changed":0,"removed":0},"meetings":{"added":0,"changed":0,"removed":0},"labels":{"added":0,"changed":2,"removed":0},"splits":{"added":0,"changed":0,"removed":0},"transitions":[{"from":"critical","to":"high","labels":2}],"rsvp":[],"prep":{"gained":0,"lost":0,"minutes":0},"reasons_only":0,"by_persona":[{"persona":"ann","personas":{"added":0,"changed":0,"removed":0},"meetings":{"added":0,"changed":0,"removed":0},"labels":{"added":0,"changed":2,"removed":0}}]}
$ datebook diff 4 5 --json --rows
{"from":4,"to":5,"personas":{"added":1,"changed":0,"removed":0},"meetings":{"added":0,"changed":0,"removed":0},"labels":{"added":0,"changed":0,"removed":0},"splits":{"added":0,"changed":0,"removed":0},"transitions":[],"rsvp":[],"prep":{"gained":0,"lost":0,"minutes":0},"reasons_only":0,"by_persona":[{"persona":"smallest","personas":{"added":1,"changed":0,"removed":0},"meetings":{"added":0,"changed":0,"removed":0},"labels":{"added":0,"changed":0,"removed":0}}],"rows":[{"row":"persona","change":"added","persona":"smallest"}],"rows_total":1}
$ for a in 0 1 2 3 4 5; do for b in 0 1 2 3 4 5; do datebook diff $a $b --rows --json > j; sqlite3 :memory: "select json_valid(readfile('j'))"; done; done | uniq -c | sed 's/^ *//'
36 1

# No difference; the exit code.

$ datebook diff 5
v5 -> v5
no difference
$ datebook diff five HEAD --rows --json
{"from":5,"to":5,"personas":{"added":0,"changed":0,"removed":0},"meetings":{"added":0,"changed":0,"removed":0},"labels":{"added":0,"changed":0,"removed":0},"splits":{"added":0,"changed":0,"removed":0},"transitions":[],"rsvp":[],"prep":{"gained":0,"lost":0,"minutes":0},"reasons_only":0,"by_persona":[],"rows":[],"rows_total":0}
$ datebook diff five --exit-code
v5 -> v5
no difference
$ datebook diff 4 --exit-code | head -n 1
v4 -> v5
$ datebook diff 4 --exit-code > out
? 1
$ datebook diff 4 > out

# There and back again is no change.

$ datebook diff 1 2 --exit-code > out
? 1
$ p always_important; datebook persona add -q ann.json > out; datebook relabel -q > out
$ datebook diff 2 7
v2 -> v7
personas: 1 added, 0 changed, 0 removed

PERSONA   DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
smallest  added             0          0        0        0        0
$ datebook persona remove -q smallest; datebook persona add -q smallest.json
v8: removed 1 persona with 0 meetings
added   smallest
v9: 1 added, 0 changed, 0 unchanged
$ datebook diff 5 9
v5 -> v9
personas: 0 added, 1 changed, 0 removed
labels: 0 added, 2 changed, 0 removed

Changed labels:
  high -> critical: 2

PERSONA  DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
ann      changed           0          0        0        2        0

Changed personas:
  ann
    {"duration_min":1,"name":"any"} moved from usually_important to always_important
$ datebook diff 8 9
v8 -> v9
personas: 1 added, 0 changed, 0 removed

PERSONA   DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
smallest  added             0          0        0        0        0

# Versions that are none.

$ datebook diff 99
! datebook: there is no version 99
! hint: the newest version is 9
? 3
$ datebook diff 1 v99
! datebook: there is no version v99
! hint: the newest version is 9
? 3
$ datebook diff nonesuch
! datebook: there is no version or tag "nonesuch"
! hint: `datebook log` lists versions, `datebook tag --list` tags; a version is written 7, v7, HEAD, HEAD~2, or a tag
? 3
$ datebook diff HEAD~99
! datebook: there is no version HEAD~99
! hint: the newest version is 9
? 3
$ datebook diff HEAD~x
! datebook: "HEAD~x" is not a version
? 3
$ datebook diff HEAD^
! datebook: there is no version or tag "HEAD^"
! hint: `datebook log` lists versions, `datebook tag --list` tags; a version is written 7, v7, HEAD, HEAD~2, or a tag
? 3
$ datebook diff ''
! datebook: "" is not a version
? 3
$ datebook diff -1
! datebook: unknown option -1
! hint: `datebook diff --help` lists the options
? 2
$ datebook diff 1 2 3
! datebook: unexpected argument "3"
! hint: `datebook diff --help` shows how it is used
? 2
