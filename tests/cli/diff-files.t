# Two databases side by side.

$ write() { printf '{"id": "%s", "name": "N", "tier": 1, "importance_criteria": {"%s": [{"duration_min": 1, "name": "any"}]}}' "$1" "$2" > "$1.json"; }
$ ids() { sed 's/AA[A-Za-z0-9_=-]*/ID/g'; }
$ datebook init --no-library -q > out; write ann always_important; write bob rarely_important
$ datebook persona add -q ann.json bob.json > out; datebook generate -q --all --count 3 > out

# A copy is no different, whichever versions are meant.

$ cp datebook.db copy.db
$ datebook diff --other copy.db
v2 of datebook.db -> v2 of copy.db (the same up to v2)
no difference
$ datebook diff 1 --other copy.db --exit-code > out
? 1
$ datebook diff 1 1 --other copy.db
v1 of datebook.db -> v1 of copy.db (the same up to v2)
no difference
$ datebook diff 2 0 --other copy.db --stat
v2 of datebook.db -> v0 of copy.db (the same up to v2)
 ann  |  7  -------
 bob  |  7  -------
 2 personas: 0 rows added, 0 changed, 14 removed

# A copy that went its own way.

$ write ann usually_important; datebook --db copy.db persona add -q ann.json; datebook --db copy.db relabel -q
changed ann
        {"duration_min":1,"name":"any"} moved from always_important to usually_important
v3: 0 added, 1 changed, 0 unchanged
v4: labelled 3 meetings again, 3 labels changed
$ datebook diff --other copy.db
v2 of datebook.db -> v4 of copy.db (the same up to v2)
personas: 0 added, 1 changed, 0 removed
labels: 0 added, 3 changed, 0 removed

Changed labels:
  critical -> high: 3

PERSONA  DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
ann      changed           0          0        0        3        0

Changed personas:
  ann
    {"duration_min":1,"name":"any"} moved from always_important to usually_important
$ datebook --db copy.db diff --other datebook.db --stat
v4 of copy.db -> v2 of datebook.db (the same up to v2)
 ann  |  4  ~~~~
 1 persona: 0 rows added, 4 changed, 0 removed
$ datebook diff 1 --other copy.db --stat
v1 of datebook.db -> v4 of copy.db (the same up to v2)
 ann  |  7  ++++++~
 bob  |  6  ++++++
 2 personas: 12 rows added, 1 changed, 0 removed
$ datebook generate -q --persona bob --count 1 > out; datebook --db copy.db generate -q --persona bob --count 2 --seed 7 > out
$ datebook diff --other copy.db
v3 of datebook.db -> v5 of copy.db (the same up to v2)
personas: 0 added, 1 changed, 0 removed
meetings: 2 added, 0 changed, 1 removed
labels: 2 added, 3 changed, 1 removed

Changed labels:
  critical -> high: 3

PERSONA  DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
ann      changed           0          0        0        3        0
bob      -                 2          1        2        0        1

Changed personas:
  ann
    {"duration_min":1,"name":"any"} moved from always_important to usually_important
$ datebook diff --other copy.db --rows --persona bob | ids
v3 of datebook.db -> v5 of copy.db (the same up to v2)
meetings: 2 added, 0 changed, 1 removed
labels: 2 added, 0 changed, 1 removed

PERSONA  DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
bob      -                 2          1        2        0        1

- meeting bob ID
+ meeting bob ID
+ meeting bob ID
- label bob ID
    - low, no prep, decline: Rarely important: any
+ label bob ID
    + low, no prep, decline: Rarely important: any
+ label bob ID
    + low, no prep, decline: Rarely important: any
$ datebook diff --other copy.db --name-only --persona bob | ids
ID
ID
ID
$ datebook diff 2 --other copy.db --stat
v2 of datebook.db -> v5 of copy.db (the same up to v2)
 ann  |  4  ~~~~
 bob  |  4  ++++
 2 personas: 4 rows added, 4 changed, 0 removed
$ datebook diff HEAD 1 --other copy.db --stat
v3 of datebook.db -> v1 of copy.db (the same up to v2)
 ann  |  6  ------
 bob  |  8  --------
 2 personas: 0 rows added, 0 changed, 14 removed
$ datebook diff --other copy.db --json --stat
{"from":3,"to":5,"from_file":"datebook.db","to_file":"copy.db","common":2,"personas":{"added":0,"changed":1,"removed":0},"meetings":{"added":2,"changed":0,"removed":1},"labels":{"added":2,"changed":3,"removed":1},"splits":{"added":0,"changed":0,"removed":0},"by_persona":[{"persona":"ann","personas":{"added":0,"changed":1,"removed":0},"meetings":{"added":0,"changed":0,"removed":0},"labels":{"added":0,"changed":3,"removed":0}},{"persona":"bob","personas":{"added":0,"changed":0,"removed":0},"meetings":{"added":2,"changed":0,"removed":1},"labels":{"added":2,"changed":0,"removed":1}}]}
$ datebook diff --other copy.db --jsonl --persona ann --limit 2 | ids
{"row":"persona","change":"changed","persona":"ann","fields":["{\"duration_min\":1,\"name\":\"any\"} moved from always_important to usually_important"]}
{"row":"label","change":"changed","persona":"ann","meeting":"ID","old":{"importance":"critical","prep_minutes":0,"rsvp":"accept","reasoning":"Always important: any"},"new":{"importance":"high","prep_minutes":0,"rsvp":"accept","reasoning":"Usually important: any"}}
! the first 2 of 4 rows
$ datebook diff --other copy.db --by rule
v3 of datebook.db -> v5 of copy.db (the same up to v2)
personas: 0 added, 1 changed, 0 removed
meetings: 2 added, 0 changed, 1 removed
labels: 2 added, 3 changed, 1 removed

Rules in 3 changed labels:

PERSONA  LIST                                   RULE  +FIRES  -FIRES  +DECIDES  -DECIDES
ann      importance_criteria.always_important   any        0       3         0         3
ann      importance_criteria.usually_important  any        3       0         3         0

# The same, come to by itself in another order, is no difference; then one thing is.

$ datebook --db new.db init --no-library -q > out; write ann always_important
$ datebook --db new.db persona add -q bob.json > out; datebook --db new.db persona add -q ann.json > out
$ datebook --db new.db generate -q --all --count 3 > out; datebook --db new.db generate -q --persona bob --count 1 > out
$ datebook diff --other new.db
v3 of datebook.db -> v4 of new.db (no common history)
no difference
$ write bob sometimes_important; datebook --db new.db persona add -q bob.json; datebook --db new.db relabel -q
changed bob
        {"duration_min":1,"name":"any"} moved from rarely_important to sometimes_important
v5: 0 added, 1 changed, 0 unchanged
v6: labelled 4 meetings again, 4 labels changed
$ datebook diff --other new.db
v3 of datebook.db -> v6 of new.db (no common history)
personas: 0 added, 1 changed, 0 removed
labels: 0 added, 4 changed, 0 removed

Changed labels:
  low -> medium: 4
  decline -> tentative: 4

PERSONA  DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
bob      changed           0          0        0        4        0

Changed personas:
  bob
    {"duration_min":1,"name":"any"} moved from rarely_important to sometimes_important
$ datebook --db new.db diff 4 2 --other datebook.db --stat
v4 of new.db -> v2 of datebook.db (no common history)
 bob  |  2  --
 1 persona: 0 rows added, 0 changed, 2 removed

# Files that are none.

$ datebook diff --other nonesuch.db
! datebook: there is no database nonesuch.db
! hint: name another datebook database with --other FILE
? 4
$ echo text > text.db; datebook diff --other text.db
! datebook: text.db: the file could not be read: file is not a database
! hint: name another datebook database with --other FILE
? 4
$ sqlite3 plain.db 'CREATE TABLE t (x)'; datebook diff --other plain.db
! datebook: plain.db is not a datebook database
! hint: name another datebook database with --other FILE
? 4
$ mkdir folder; datebook diff --other folder
! datebook: folder is a folder
! hint: name another datebook database with --other FILE
? 4
$ datebook diff 99 --other copy.db
! datebook: there is no version 99
! hint: the newest version is 3
? 3
$ datebook diff 1 99 --other copy.db
! datebook: there is no version 99
! hint: the newest version is 5
? 3
$ datebook diff --other ''
! datebook: --other needs the name of a file
! hint: `datebook diff --help` shows how it is used
? 2
$ cp copy.db "$(printf 'a\033[2Jb.db')"
$ datebook diff 5 5 --other "$(printf 'a\033[2Jb.db')"
! datebook: there is no version 5
! hint: the newest version is 3
? 3
$ datebook diff 3 5 --other "$(printf 'a\033[2Jb.db')" --stat
v3 of datebook.db -> v5 of a\x1b[2Jb.db (the same up to v2)
 ann  |  4  ~~~~
 bob  |  6  ++++--
 2 personas: 4 rows added, 4 changed, 2 removed
$ datebook diff --other datebook.db
v3 of datebook.db -> v3 of datebook.db (the same up to v3)
no difference
