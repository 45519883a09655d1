# Every command that reads rows reads them as of a version.

$ p() { printf '{"id": "ann", "name": "A", "tier": 1, "importance_criteria": {"%s": [{"duration_min": 1, "name": "any"}]}}' "$1" > ann.json; datebook -q persona add ann.json; }
$ datebook init --no-library -q
Made datebook.db with 0 personas.
$ p always_important
added   ann
v1: 1 added, 0 changed, 0 unchanged
$ datebook -q generate --persona ann --count 2
v2: 2 meetings for 1 persona, labelled
$ p usually_important
changed ann
        {"duration_min":1,"name":"any"} moved from always_important to usually_important
v3: 0 added, 1 changed, 0 unchanged
$ datebook -q persona add "$TEST_DATA/personas/smallest.json"
added   smallest
v4: 1 added, 0 changed, 0 unchanged
$ datebook relabel -q
v5: labelled 2 meetings again, 2 labels changed
$ datebook -q generate --persona ann --count 1
v6: 1 meeting for 1 persona, labelled

# A "~" without a number is one step back, wherever a version is named.

$ one=$(datebook sql 'select min(meeting) from meetings' | tail -n 1); datebook tag late
late is v6
$ for c in status 'persona list' 'persona lint' 'persona show ann' 'persona test ann' 'persona coverage' 'persona diversity' stats 'history ann' "explain $one" 'sql select*from/**/runs'; do datebook -q $c --at HEAD~1 > by-number 2>&1; datebook -q $c --at HEAD~ 2>&1 | cmp - by-number || echo $c; datebook -q $c --at late~ 2>&1 | cmp - by-number || echo $c; done
$ datebook show HEAD~ | head -n 1
version  v5
$ datebook diff HEAD~
v5 -> v6
meetings: 1 added, 0 changed, 0 removed
labels: 1 added, 0 changed, 0 removed

PERSONA  DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
ann      -                 1          0        1        0        0
$ datebook diff v3~ v3 | head -n 1
v2 -> v3
$ datebook log --at HEAD~ | head -n 2
VERSION  WHEN              COMMAND      TAGS  WHAT
     v5  2025-11-24 16:00  relabel            2 of 2 labels changed
$ datebook restore HEAD~ --dry-run | head -n 1
v6 -> v7
$ datebook tag before late~; datebook tag --list; datebook tag --delete before -q; datebook tag --delete late -q
before is v5
v5      before
v6      late
before is no tag any more
late is no tag any more
$ datebook export --output out --held-out smallest --at HEAD~ 2>&1 | head -n 1; rm -rf out
Exported v5 to out
$ datebook show v0~
! datebook: there is no version v0~
! hint: the newest version is 6
? 3
$ datebook show HEAD~~
! datebook: "HEAD~~" is not a version
? 3

# status.

$ datebook status --at 3
datebook.db at v3 (HEAD is v6): 1 persona changed
1 persona, 2 meetings, 2 labels
2 stale labels of 1 persona
$ datebook status --at v5
datebook.db at v5 (HEAD is v6): 2 of 2 labels changed
2 personas, 2 meetings, 2 labels
every label is fresh
$ datebook status --at HEAD
datebook.db at v6: 1 meeting for 1 persona, seed 1
2 personas, 3 meetings, 3 labels
every label is fresh
! next: datebook export --held-out-fraction 0.2 --seed 1 --output exports/first
$ datebook status --at 0
datebook.db at v0 (HEAD is v6): the empty dataset
0 personas, 0 meetings, 0 labels
$ datebook status --at 3 --json
{"head":{"version":3,"command":"persona add","summary":"1 persona changed","options":{"given":["ann.json"]},"started":"2025-11-24T16:00:00.000000","tool":"0.1.0","engine":1,"personas":{"total":1,"added":0,"changed":1,"removed":0},"meetings":{"total":2,"added":0,"changed":0,"removed":0},"labels":{"total":2,"added":0,"changed":0,"removed":0},"splits":{"total":0,"added":0,"changed":0,"removed":0},"pruned":false,"content_hash":"…","chain_hash":"…"},"stale_personas":1,"stale_labels":2,"job":null,"next":null} (glob)
$ datebook status --at 9
! datebook: there is no version 9
! hint: the newest version is 6
? 3

# persona list.

$ for v in 1 2 3 5 6; do datebook persona list --at $v; done
PERSONA  TIER  ROLE   SINCE  MEETINGS  LABELS  NAME
ann         1  train     v1         0  -       A
PERSONA  TIER  ROLE   SINCE  MEETINGS  LABELS  NAME
ann         1  train     v1         2  fresh   A
PERSONA  TIER  ROLE   SINCE  MEETINGS  LABELS  NAME
ann         1  train     v3         2  stale   A
PERSONA   TIER  ROLE   SINCE  MEETINGS  LABELS  NAME
ann          1  train     v3         2  fresh   A
smallest     3  train     v4         0  -       Nobody in Particular
PERSONA   TIER  ROLE   SINCE  MEETINGS  LABELS  NAME
ann          1  train     v3         3  fresh   A
smallest     3  train     v4         0  -       Nobody in Particular
$ datebook persona list --at 0
! no personas in v0
$ datebook persona list --at 3 --json
{"version":3,"personas":[{"id":"ann","name":"A","tier":1,"role":"train","since":3,"meetings":2,"stale":true}]}

# persona lint and persona test.

$ datebook persona lint --at 2
1 persona with 2 meetings: 0 errors, 0 warnings
$ datebook persona lint smallest --at 2
! datebook: there is no persona "smallest" in v2
! hint: `datebook persona list --at 2` lists them
? 3
$ datebook persona lint ann.json --at 2
! datebook: --at goes with personas of the database
! hint: `datebook persona lint --help` shows how it is used
? 2
$ datebook persona test ann --at 2
ann, as of v2: 1 rule, 2 meetings

Always important: any: 2 meetings
  hit   Team huddle
  hit   Hold: finish the action list for Folake
$ datebook persona test ann --at 1
ann, as of v1: 1 rule, 0 meetings
! there are no stored meetings to test on
$ datebook persona test smallest --at 3
! datebook: there is no persona "smallest" in v3
! hint: `datebook persona list --at 3` lists them
? 3

# log and show.

$ datebook log --at HEAD~3
VERSION  WHEN              COMMAND      TAGS  WHAT
     v3  2025-11-24 16:00  persona add        1 persona changed
     v2  2025-11-24 16:00  generate           2 meetings for 1 persona, seed 1
     v1  2025-11-24 16:00  persona add        1 persona added
$ datebook log --at 0
no versions before
$ datebook log --at 2 --limit 1
VERSION  WHEN              COMMAND   TAGS  WHAT
     v2  2025-11-24 16:00  generate        2 meetings for 1 persona, seed 1
! 1 older; --limit N shows more
$ datebook tag one 1
one is v1
$ datebook tag uno 1
uno is v1
$ datebook log --at one --json
{"versions":[{"version":1,"command":"persona add","summary":"1 persona added","options":{"given":["ann.json"]},"started":"2025-11-24T16:00:00.000000","tool":"0.1.0","engine":1,"personas":{"total":1,"added":1,"changed":0,"removed":0},"meetings":{"total":0,"added":0,"changed":0,"removed":0},"labels":{"total":0,"added":0,"changed":0,"removed":0},"splits":{"total":0,"added":0,"changed":0,"removed":0},"pruned":false,"content_hash":"…","chain_hash":"…","tags":["one","uno"]}]} (glob)
$ datebook export --held-out smallest --output out > /dev/null
! heldout is empty: there are no meetings for it
$ sqlite3 datebook.db "delete from export; insert into export values (zeroblob(32), 1, 1764000000123456), (x'00000000000000000000000000000000000000000000000000000000000000ff', 1, 1763000000000000)"
$ datebook show one
version  v1
tag      one
tag      uno
what     1 persona added
command  persona add {"given":["ann.json"]}
started  2025-11-24T16:00:00.000000
tool     datebook 0.1.0, rule engine 1
content  … (glob)
chain    … (glob)
export   2025-11-13T02:13:20.000000, manifest 00000000000000000000000000000000000000000000000000000000000000ff
export   2025-11-24T16:00:00.123456, manifest 0000000000000000000000000000000000000000000000000000000000000000

          TOTAL  ADDED  CHANGED  REMOVED
personas      1      1        0        0
meetings      0      0        0        0
labels        0      0        0        0
$ datebook show one --json
{"version":1,"command":"persona add","summary":"1 persona added","options":{"given":["ann.json"]},"started":"2025-11-24T16:00:00.000000","tool":"0.1.0","engine":1,"personas":{"total":1,"added":1,"changed":0,"removed":0},"meetings":{"total":0,"added":0,"changed":0,"removed":0},"labels":{"total":0,"added":0,"changed":0,"removed":0},"splits":{"total":0,"added":0,"changed":0,"removed":0},"pruned":false,"content_hash":"…","chain_hash":"…","tags":["one","uno"],"exports":[{"manifest_hash":"00000000000000000000000000000000000000000000000000000000000000ff","started":"2025-11-13T02:13:20.000000"},{"manifest_hash":"0000000000000000000000000000000000000000000000000000000000000000","started":"2025-11-24T16:00:00.123456"}]} (glob)

# Nothing of a pruned version but its header.

$ datebook prune --keep-last 1 > /dev/null 2>&1
$ for c in status 'persona list' 'persona lint' 'persona test ann' 'persona coverage' 'persona diversity' 'persona show ann' stats 'history ann' 'explain x' 'sql select' 'export --output out --held-out ann'; do datebook $c --at 3; done 2>&1 | sort | uniq -c
     12 datebook: version 3 was pruned: its rows are gone
     12 hint: the nearest that were kept are v1 and v6
$ datebook status --at one
datebook.db at v1 (HEAD is v6): 1 persona added
1 persona, 0 meetings, 0 labels
$ datebook show 3
version  v3
pruned   left are this header and the rows that it shares with v1 or v6
what     1 persona changed
command  persona add {"given":["ann.json"]}
started  2025-11-24T16:00:00.000000
tool     datebook 0.1.0, rule engine 1
content  … (glob)
chain    … (glob)

          TOTAL  ADDED  CHANGED  REMOVED
personas      1      0        1        0
meetings      2      0        0        0
labels        2      0        0        0
$ datebook show 3 --json
{"version":3,"command":"persona add","summary":"1 persona changed","options":{"given":["ann.json"]},"started":"2025-11-24T16:00:00.000000","tool":"0.1.0","engine":1,"personas":{"total":1,"added":0,"changed":1,"removed":0},"meetings":{"total":2,"added":0,"changed":0,"removed":0},"labels":{"total":2,"added":0,"changed":0,"removed":0},"splits":{"total":0,"added":0,"changed":0,"removed":0},"pruned":true,"content_hash":"…","chain_hash":"…","tags":[],"exports":[]} (glob)
$ datebook log --at 3
VERSION  WHEN              COMMAND      TAGS      WHAT
     v3  2025-11-24 16:00  persona add  (pruned)  1 persona changed
     v2  2025-11-24 16:00  generate     (pruned)  2 meetings for 1 persona, seed 1
     v1  2025-11-24 16:00  persona add  one,uno   1 persona added
$ datebook sql 'select version, command, started, engine, labels, labels_changed, pruned, length(content_hash), length(chain_hash) from runs'
version	command	started	engine	labels	labels_changed	pruned	length(content_hash)	length(chain_hash)
1	persona add	2025-11-24T16:00:00.000000	1	0	0	0	64	64
2	generate	2025-11-24T16:00:00.000000	1	2	0	1	64	64
3	persona add	2025-11-24T16:00:00.000000	1	2	0	1	64	64
4	persona add	2025-11-24T16:00:00.000000	1	2	0	1	64	64
5	relabel	2025-11-24T16:00:00.000000	1	2	2	1	64	64
6	generate	2025-11-24T16:00:00.000000	1	3	0	0	64	64
$ datebook sql 'select version from runs' --at 1
version
1
