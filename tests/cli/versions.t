# log, show, tag and status: what happened, and the names of versions.

$ datebook init --no-library -q
Made datebook.db with 0 personas.
$ cp "$TEST_DATA/personas/smallest.json" me.json
$ datebook -q persona add me.json
added   smallest
v1: 1 added, 0 changed, 0 unchanged
$ datebook -q generate --persona smallest --count 2 --seed 7 --start 2026-03-02
v2: 2 meetings for 1 persona, labelled
$ datebook -q generate --persona smallest --count 1
v3: 1 meeting for 1 persona, labelled
$ datebook persona remove smallest
v4: removed 1 persona with 3 meetings
! they stay in v3 and before

# log.

$ datebook log
VERSION  WHEN              COMMAND         TAGS  WHAT
     v4  2025-11-24 16:00  persona remove        removed smallest
     v3  2025-11-24 16:00  generate              1 meeting for 1 persona, seed 1
     v2  2025-11-24 16:00  generate              2 meetings for 1 persona, seed 7
     v1  2025-11-24 16:00  persona add           1 persona added
$ datebook log --stat
VERSION  COMMAND         +PERSONAS  ~  -  +MEETINGS  ~  -  +LABELS  ~  -  TAGS
     v4  persona remove          0  0  1          0  0  3        0  0  3
     v3  generate                0  0  0          1  0  0        1  0  0
     v2  generate                0  0  0          2  0  0        2  0  0
     v1  persona add             1  0  0          0  0  0        0  0  0
$ datebook log --limit 2
VERSION  WHEN              COMMAND         TAGS  WHAT
     v4  2025-11-24 16:00  persona remove        removed smallest
     v3  2025-11-24 16:00  generate              1 meeting for 1 persona, seed 1
! 2 older; --limit N shows more
$ datebook log --limit 2 -q
VERSION  WHEN              COMMAND         TAGS  WHAT
     v4  2025-11-24 16:00  persona remove        removed smallest
     v3  2025-11-24 16:00  generate              1 meeting for 1 persona, seed 1
$ datebook log --limit 0
! datebook: --limit takes a whole number from 1, not "0"
! hint: `datebook log --help` shows how it is used
? 2
$ datebook log --limit x
! datebook: --limit takes a whole number from 1, not "x"
! hint: `datebook log --help` shows how it is used
? 2
$ datebook log --json --limit 1
{"versions":[{"version":4,"command":"persona remove","summary":"removed smallest","options":{"given":["smallest"]},"started":"2025-11-24T16:00:00.000000","tool":"0.1.0","engine":1,"personas":{"total":0,"added":0,"changed":0,"removed":1},"meetings":{"total":0,"added":0,"changed":0,"removed":3},"labels":{"total":0,"added":0,"changed":0,"removed":3},"splits":{"total":0,"added":0,"changed":0,"removed":0},"pruned":false,"content_hash":"…","chain_hash":"…","tags":[]}]} (glob)
$ datebook log --json > out; sqlite3 :memory: "select json_valid(j), json_array_length(j, '\$.versions') from (select cast(readfile('out') as text) j)"
1|4
$ for i in 1 2 3 4 5 6 7 8 9 10; do datebook -q persona add me.json; datebook persona remove smallest -q; done > out
$ datebook log | tail -n 2
     v6  2025-11-24 16:00  persona remove        removed smallest
     v5  2025-11-24 16:00  persona add           1 persona added
! 4 older; --limit N shows more
$ datebook log --limit 99 | wc -l
25

# show.

$ datebook show v2
version  v2
what     2 meetings for 1 persona, seed 7
command  generate {"seed":7,"count":2,"start":"2026-03-02","time_zone":"Asia/Shanghai","personas":["smallest"],"given":["--persona","smallest","--count","2","--seed","7","--start","2026-03-02"]}
started  2025-11-24T16:00:00.000000
tool     datebook 0.1.0, rule engine 1
content  … (glob)
chain    … (glob)

          TOTAL  ADDED  CHANGED  REMOVED
personas      1      0        0        0
meetings      2      2        0        0
labels        2      2        0        0
$ datebook show v2 --json
{"version":2,"command":"generate","summary":"2 meetings for 1 persona, seed 7","options":{"seed":7,"count":2,"start":"2026-03-02","time_zone":"Asia/Shanghai","personas":["smallest"],"given":["--persona","smallest","--count","2","--seed","7","--start","2026-03-02"]},"started":"2025-11-24T16:00:00.000000","tool":"0.1.0","engine":1,"personas":{"total":1,"added":0,"changed":0,"removed":0},"meetings":{"total":2,"added":2,"changed":0,"removed":0},"labels":{"total":2,"added":2,"changed":0,"removed":0},"splits":{"total":0,"added":0,"changed":0,"removed":0},"pruned":false,"content_hash":"…","chain_hash":"…","tags":[],"exports":[]} (glob)
$ datebook show 0
version  v0
what     the empty dataset
content  a2addf22686bb9cf887fd29b787ea96b444eea5638a7d9270b91592b223cb1f5
chain    12b679391938a04133b88438cbe1a60b9a885c1c7db84288e9cb360e63dc1241

          TOTAL  ADDED  CHANGED  REMOVED
personas      0      0        0        0
meetings      0      0        0        0
labels        0      0        0        0
$ datebook show 0 --json > out; sqlite3 :memory: "select json_valid(readfile('out'))"
1
$ datebook show HEAD~20 | head -n 1
version  v4
$ datebook show HEAD~25
! datebook: there is no version HEAD~25
! hint: the newest version is 24
? 3
$ datebook show head
! datebook: there is no version or tag "head"
! hint: `datebook log` lists versions, `datebook tag --list` tags; a version is written 7, v7, HEAD, HEAD~2, or a tag
? 3
$ datebook show v
! datebook: there is no version or tag "v"
! hint: `datebook log` lists versions, `datebook tag --list` tags; a version is written 7, v7, HEAD, HEAD~2, or a tag
? 3
$ datebook show 2x
! datebook: there is no version or tag "2x"
! hint: `datebook log` lists versions, `datebook tag --list` tags; a version is written 7, v7, HEAD, HEAD~2, or a tag
? 3

# tag.

$ datebook tag --list
! no tags; next: datebook tag NAME
$ datebook tag first v1
first is v1
$ datebook tag release/1.0-rc_2
release/1.0-rc_2 is v24
$ datebook tag first v1
first is v1
$ datebook tag first
! datebook: the tag "first" exists and names version 1
! hint: choose another name, or take it away first with `datebook tag --delete first`
? 3
$ datebook tag --list
v1      first
v24     release/1.0-rc_2
$ datebook tag
! datebook: tag needs a NAME, or --list
! hint: `datebook tag --help` shows how it is used
? 2
$ datebook tag --list --json
{"tags":[{"name":"first","version":1,"key_id":null},{"name":"release/1.0-rc_2","version":24,"key_id":null}]}
$ datebook show first | head -n 2
version  v1
tag      first
$ datebook log | head -n 2
VERSION  WHEN              COMMAND         TAGS              WHAT
    v24  2025-11-24 16:00  persona remove  release/1.0-rc_2  removed smallest
! 4 older; --limit N shows more
$ datebook diff first HEAD~23
v1 -> v1
no difference
$ datebook tag again first --json
{"name":"again","version":1}
$ datebook tag --delete again
again is no tag any more
$ datebook tag --delete again
! datebook: there is no tag "again"
! hint: `datebook tag --list` lists them
? 3
$ datebook tag --delete first --json
{"deleted":"first"}
$ datebook tag --delete
! datebook: tag needs a NAME, or --list
! hint: `datebook tag --help` shows how it is used
? 2
$ datebook tag --delete a b
! datebook: --delete takes one name
! hint: `datebook tag --help` shows how it is used
? 2
$ datebook tag --list a
! datebook: --list takes no name
! hint: `datebook tag --help` shows how it is used
? 2
$ datebook tag a b c
! datebook: unexpected argument "c"
! hint: `datebook tag --help` shows how it is used
? 2
$ datebook tag x v99
! datebook: there is no version v99
! hint: the newest version is 24
? 3
$ for t in HEAD head 7 v7 HEAD~1 '' 'a b' -a .a 'a"b' 'a~1' a..b a/ "$(printf %0200d 1)"; do datebook tag -- "$t"; done 2>&1 | grep -v '^hint'
datebook: "HEAD" cannot be the name of a tag
head is v24
datebook: "7" cannot be the name of a tag
datebook: "v7" cannot be the name of a tag
datebook: "HEAD~1" cannot be the name of a tag
datebook: "" cannot be the name of a tag
datebook: "a b" cannot be the name of a tag
datebook: "-a" cannot be the name of a tag
datebook: ".a" cannot be the name of a tag
datebook: "a"b" cannot be the name of a tag
datebook: "a~1" cannot be the name of a tag
a..b is v24
a/ is v24
datebook: "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" cannot be the name of a tag
$ datebook log -q --limit 1
VERSION  WHEN              COMMAND         TAGS                           WHAT
    v24  2025-11-24 16:00  persona remove  a..b,a/,head,release/1.0-rc_2  removed smallest

# status.

$ datebook status
datebook.db at v24: removed smallest
0 personas, 0 meetings, 0 labels
! next: datebook persona add FILE-OR-FOLDER
$ datebook status --json > out; sqlite3 :memory: "select json_valid(readfile('out')), json_extract(readfile('out'), '\$.next')"
1|datebook persona add FILE-OR-FOLDER
$ datebook persona add -q me.json
added   smallest
v25: 1 added, 0 changed, 0 unchanged
$ datebook status
datebook.db at v25: 1 persona added
1 persona, 0 meetings, 0 labels
! next: datebook generate --all
$ datebook generate -q --all --count 1
v26: 1 meeting for 1 persona, labelled
$ datebook status
datebook.db at v26: 1 meeting for 1 persona, seed 1
1 persona, 1 meeting, 1 label
every label is fresh
! next: datebook export --held-out-fraction 0.2 --seed 1 --output exports/first
