# Old versions that come back, as new ones.

$ persona() { printf '{"id": "%s", "name": "N", "tier": 1, "importance_criteria": {"always_important": ["%s"]}, "archetypes": [{"name": "x", "weight": 100, "subjects": ["Budget", "Zebra count"]}]}' $1 $2 > $1.json; }
$ persona ann budget; persona bob budget
$ datebook init --no-library -q
Made datebook.db with 0 personas.
$ datebook -q generate --persona ann.json,bob.json --count 20 > out
$ datebook tag first
first is v1
$ persona ann zebra; datebook -q persona add ann.json > out
$ datebook -q relabel > out
$ datebook -q persona remove bob
v4: removed 1 persona with 20 meetings
$ datebook -q generate --persona ann --count 5
v5: 5 meetings for 1 persona, labelled
$ datebook log -q
VERSION  WHEN              COMMAND         TAGS   WHAT
     v5  2025-11-24 16:00  generate               5 meetings for 1 persona, seed 1
     v4  2025-11-24 16:00  persona remove         removed bob
     v3  2025-11-24 16:00  relabel                9 of 20 labels changed
     v2  2025-11-24 16:00  persona add            1 persona changed
     v1  2025-11-24 16:00  generate        first  40 meetings for 2 personas, seed 1

# What a dry run prints is what diff prints afterwards, and it changes nothing.

$ before=$(sqlite3 datebook.db .dump | cksum)
$ datebook restore first --dry-run > dry
$ datebook restore first --dry-run --json > dry.json
$ [ "$(sqlite3 datebook.db .dump | cksum)" = "$before" ]; echo $?
0
$ datebook restore first
v6: restored v1
personas: 1 added, 1 changed, 0 removed
meetings: 20 added, 0 changed, 5 removed
labels: 20 added, 9 changed, 5 removed
! next: datebook diff HEAD~1
$ datebook diff HEAD~1 | cmp - dry; datebook diff HEAD~1 --json | cmp - dry.json
$ datebook diff first
v1 -> v6
no difference
$ sqlite3 datebook.db "select count(*), count(distinct content_hash) from version where version in (1, 6)"
2|1
$ datebook export --allow-leaks --held-out bob --at first --output one -q > out; datebook export --allow-leaks --held-out bob --output two -q > out
$ diff -r one/data two/data
$ datebook status -q
datebook.db at v6: all as in v1
2 personas, 40 meetings, 40 labels
every label is fresh

# Once more is nothing to do.

$ datebook restore first
The dataset is as in v1 already; nothing was changed, HEAD stays at v6.
$ datebook restore v1 --json
{"version":6,"restored":1,"persona":null,"personas":{"added":0,"changed":0,"removed":0},"meetings":{"added":0,"changed":0,"removed":0},"labels":{"added":0,"changed":0,"removed":0},"splits":{"added":0,"changed":0,"removed":0}}
$ datebook restore first --dry-run
v6 -> v6
no difference

# The versions between are all there, and can come back in turn: stale labels
# as stale ones, which relabelling then makes fresh.

$ datebook restore 2 -q
v7: restored v2
personas: 0 added, 1 changed, 0 removed
$ datebook status -q
datebook.db at v7: all as in v2
2 personas, 40 meetings, 40 labels
20 stale labels of 1 persona
$ datebook relabel -q | sed 's/, .*//'
v8: labelled 20 meetings again
$ datebook diff 3
v3 -> v8
no difference
$ datebook restore HEAD~1 --json
{"version":9,"restored":7,"persona":null,"personas":{"added":0,"changed":0,"removed":0},"meetings":{"added":0,"changed":0,"removed":0},"labels":{"added":0,"changed":9,"removed":0},"splits":{"added":0,"changed":0,"removed":0}}
$ datebook log -q
VERSION  WHEN              COMMAND         TAGS   WHAT
     v9  2025-11-24 16:00  restore                all as in v7
     v8  2025-11-24 16:00  relabel                9 of 20 labels changed
     v7  2025-11-24 16:00  restore                all as in v2
     v6  2025-11-24 16:00  restore                all as in v1
     v5  2025-11-24 16:00  generate               5 meetings for 1 persona, seed 1
     v4  2025-11-24 16:00  persona remove         removed bob
     v3  2025-11-24 16:00  relabel                9 of 20 labels changed
     v2  2025-11-24 16:00  persona add            1 persona changed
     v1  2025-11-24 16:00  generate        first  40 meetings for 2 personas, seed 1

# Meetings that are made after a restore have ids of their own.

$ datebook restore 4 -q > out; datebook generate -q --persona ann --count 5
v11: 5 meetings for 1 persona, labelled
$ datebook sql "select count(*), count(distinct meeting) from meetings"
count(*)	count(distinct meeting)
25	25
$ datebook --db other.db init --no-library -q; cp datebook.db other.db; datebook --db other.db sql --at 5 "select meeting from meetings" | grep -v ^meeting | sort > 5
Made other.db with 0 personas.
$ datebook --db other.db sql "select meeting from meetings" | grep -v ^meeting | sort > now; comm -12 5 now | wc -l
20

# One persona, with what hangs on it.

$ datebook restore --persona bob first
v12: restored bob as in v1
personas: 1 added, 0 changed, 0 removed
meetings: 20 added, 0 changed, 0 removed
labels: 20 added, 0 changed, 0 removed
! next: datebook diff HEAD~1
$ datebook diff 1 --json > out; sqlite3 :memory: "select json_extract(readfile('out'), '$.by_persona[0].persona', '$.by_persona[1]')"
["ann",null]
$ datebook restore --persona bob first
bob is as in v1 already; nothing was changed, HEAD stays at v12.
$ datebook restore --persona bob 4 --dry-run --json
{"from":12,"to":13,"personas":{"added":0,"changed":0,"removed":1},"meetings":{"added":0,"changed":0,"removed":20},"labels":{"added":0,"changed":0,"removed":20},"splits":{"added":0,"changed":0,"removed":0},"transitions":[],"rsvp":[],"prep":{"gained":0,"lost":0,"minutes":0},"reasons_only":0,"by_persona":[{"persona":"bob","personas":{"added":0,"changed":0,"removed":1},"meetings":{"added":0,"changed":0,"removed":20},"labels":{"added":0,"changed":0,"removed":20}}]}
! bob was not there in v4, and is removed
$ datebook restore --persona bob 4
v13: restored bob as in v4
personas: 0 added, 0 changed, 1 removed
meetings: 0 added, 0 changed, 20 removed
labels: 0 added, 0 changed, 20 removed
! bob was not there in v4, and is removed
! next: datebook diff HEAD~1
$ datebook restore --persona bob 0
! datebook: there is no persona "bob"
! hint: `datebook persona list` lists them
? 3
$ datebook restore --persona ann first --json
{"version":14,"restored":1,"persona":"ann","personas":{"added":0,"changed":1,"removed":0},"meetings":{"added":0,"changed":0,"removed":5},"labels":{"added":0,"changed":9,"removed":5},"splits":{"added":0,"changed":0,"removed":0}}
$ datebook restore --persona anne first
! datebook: there is no persona "anne"
! hint: did you mean ann?
? 3
$ datebook restore --persona anne HEAD
! datebook: there is no persona "anne"
! hint: did you mean ann?
? 3

# The empty dataset is a version as well.

$ datebook restore 0 -q
v15: restored v0
personas: 0 added, 0 changed, 1 removed
meetings: 0 added, 0 changed, 20 removed
labels: 0 added, 0 changed, 20 removed
$ datebook status -q
datebook.db at v15: all as in v0
0 personas, 0 meetings, 0 labels
$ datebook restore HEAD~1 -q
v16: restored v14
personas: 1 added, 0 changed, 0 removed
meetings: 20 added, 0 changed, 0 removed
labels: 20 added, 0 changed, 0 removed

$ datebook verify --deep -q
datebook.db is sound: 16 versions in one chain, 16 hashed again from 283 rows

# What cannot be.

$ cp datebook.db pruned.db; datebook --db pruned.db prune -q --keep-last 2 > out; datebook --db pruned.db restore 5
! datebook: version 5 was pruned: its rows are gone
! hint: the nearest that were kept are v1 and v6
? 3
$ datebook --db pruned.db restore first -q
v17: restored v1
personas: 1 added, 0 changed, 0 removed
meetings: 20 added, 0 changed, 0 removed
labels: 20 added, 0 changed, 0 removed

$ datebook restore
! datebook: restore needs VERSION
! hint: `datebook restore --help` shows how it is used
? 2
$ datebook restore 99
! datebook: there is no version 99
! hint: the newest version is 16
? 3
$ datebook restore nonesuch
! datebook: there is no version or tag "nonesuch"
! hint: `datebook log` lists versions, `datebook tag --list` tags; a version is written 7, v7, HEAD, HEAD~2, or a tag
? 3
$ datebook restore 1 2
! datebook: unexpected argument "2"
! hint: `datebook restore --help` shows how it is used
? 2
$ datebook --db nonesuch.db restore 1
! datebook: there is no database nonesuch.db
! hint: make it with `datebook init`, or name another with --db FILE
? 4
