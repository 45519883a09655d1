# prune: dropping what only old versions hold, and giving the space back.

$ datebook init --no-library -q
Made datebook.db with 0 personas.
$ p() { printf '{"id": "ann", "name": "A", "tier": 1, "importance_criteria": {"%s": [{"duration_min": 1, "name": "any"}], "rarely_important": [{"duration_min": 2, "name": "other"}]}}' "$1" > ann.json; }
$ p always_important; datebook -q generate --persona ann.json --count 400
added   ann
v1: 400 meetings for 1 persona, labelled
$ for level in usually_important sometimes_important always_important usually_important; do p $level; datebook -q persona add ann.json; datebook -q relabel; done | grep '^v'
v2: 0 added, 1 changed, 0 unchanged
v3: labelled 400 meetings again, 400 labels changed
v4: 0 added, 1 changed, 0 unchanged
v5: labelled 400 meetings again, 400 labels changed
v6: 0 added, 1 changed, 0 unchanged
v7: labelled 400 meetings again, 400 labels changed
v8: 0 added, 1 changed, 0 unchanged
v9: labelled 400 meetings again, 400 labels changed
$ datebook log -q
VERSION  WHEN              COMMAND      TAGS  WHAT
     v9  2025-11-24 16:00  relabel            400 of 400 labels changed
     v8  2025-11-24 16:00  persona add        1 persona changed
     v7  2025-11-24 16:00  relabel            400 of 400 labels changed
     v6  2025-11-24 16:00  persona add        1 persona changed
     v5  2025-11-24 16:00  relabel            400 of 400 labels changed
     v4  2025-11-24 16:00  persona add        1 persona changed
     v3  2025-11-24 16:00  relabel            400 of 400 labels changed
     v2  2025-11-24 16:00  persona add        1 persona changed
     v1  2025-11-24 16:00  generate           400 meetings for 1 persona, seed 1
$ datebook tag golden v5
golden is v5
$ m=$(datebook sql 'select meeting from meetings order by start limit 1' | tail -n 1)

# What would go.

$ datebook prune
! datebook: prune needs --keep-last N, --older-than DAYS, or both
! hint: `datebook prune --help` shows how it is used
? 2
$ datebook prune --keep-tags
! datebook: prune needs --keep-last N, --older-than DAYS, or both
! hint: `datebook prune --help` shows how it is used
? 2
$ datebook prune --keep-last 0
! datebook: --keep-last takes a whole number from 1, not "0"
! hint: `datebook prune --help` shows how it is used
? 2
$ datebook prune --older-than -1
! datebook: --older-than takes a whole number from 0 to 100000, not "-1"
! hint: `datebook prune --help` shows how it is used
? 2
$ datebook prune --keep-last 2 v3
! datebook: unexpected argument "v3"
! hint: `datebook prune --help` shows how it is used
? 2
$ datebook prune --keep-last 2 --dry-run
VERSIONS         WHY
v1 to v4  goes
v5        stays  tag golden
v6 to v7  goes
v8        stays  one of the last
v9        stays  HEAD, one of the last
would prune 6 of 9 versions: 803 rows, about 47.3 kB
$ datebook prune --keep-last 2 --dry-run --json
{"dry_run":true,"pruned":6,"kept":3,"rows":803,"bytes_estimate":47256,"versions":[{"version":1,"pruned":false,"stays":[]},{"version":2,"pruned":false,"stays":[]},{"version":3,"pruned":false,"stays":[]},{"version":4,"pruned":false,"stays":[]},{"version":5,"pruned":false,"stays":["tag"]},{"version":6,"pruned":false,"stays":[]},{"version":7,"pruned":false,"stays":[]},{"version":8,"pruned":false,"stays":["last"]},{"version":9,"pruned":false,"stays":["head","last"]}]}
$ datebook prune --older-than 0 --dry-run | tail -n 3
v6 to v8  stays  young
v9        stays  HEAD, young
nothing to prune
$ SOURCE_DATE_EPOCH=1764086400 datebook prune --older-than 1 --dry-run
VERSIONS         WHY
v1 to v4  stays  young
v5        stays  tag golden, young
v6 to v8  stays  young
v9        stays  HEAD, young
nothing to prune
$ SOURCE_DATE_EPOCH=1764086401 datebook prune --older-than 1 --dry-run | tail -n 1
would prune 7 of 9 versions: 1,203 rows, about 70.5 kB
$ datebook log | grep -c pruned
0
? 1

# What stays reads as before.

$ read_all() { for v in 5 8 9; do datebook sql "select * from labels order by 1" --at $v; datebook stats --at $v; datebook diff 0 $v --rows; datebook diff golden $v --rows; datebook show $v; done | cksum; }
$ before=$(read_all); size=$(stat -c %s datebook.db)
$ datebook prune --keep-last 2 --keep-tags | sed 's/went from .*/went …/'
pruned 6 of 9 versions: 803 rows; the file went …
! tagged versions always stay; --keep-tags changes nothing
$ [ "$(read_all)" = "$before" ]; echo $?
0
$ [ "$(stat -c %s datebook.db)" -lt "$size" ]; echo $?
0
$ datebook verify --deep -q
datebook.db is sound: 9 versions in one chain, 3 hashed again from 1,602 rows
$ datebook prune --keep-last 2
nothing to prune
$ datebook prune --keep-last 2 --json | sed 's/"bytes_\([a-z]*\)":[0-9]*/"bytes_\1":…/g'
{"dry_run":false,"pruned":0,"kept":3,"rows":0,"bytes_before":…,"bytes_after":…,"space":"given back"}
$ datebook prune --keep-last 2 --dry-run
VERSIONS         WHY
v1 to v4  gone   pruned before
v5        stays  tag golden
v6 to v7  gone   pruned before
v8        stays  one of the last
v9        stays  HEAD, one of the last
nothing to prune
$ ls
ann.json
datebook.db

# What does not stay says so.

$ datebook log -q
VERSION  WHEN              COMMAND      TAGS      WHAT
     v9  2025-11-24 16:00  relabel                400 of 400 labels changed
     v8  2025-11-24 16:00  persona add            1 persona changed
     v7  2025-11-24 16:00  relabel      (pruned)  400 of 400 labels changed
     v6  2025-11-24 16:00  persona add  (pruned)  1 persona changed
     v5  2025-11-24 16:00  relabel      golden    400 of 400 labels changed
     v4  2025-11-24 16:00  persona add  (pruned)  1 persona changed
     v3  2025-11-24 16:00  relabel      (pruned)  400 of 400 labels changed
     v2  2025-11-24 16:00  persona add  (pruned)  1 persona changed
     v1  2025-11-24 16:00  generate     (pruned)  400 meetings for 1 persona, seed 1
$ datebook log --json > out.json; sqlite3 :memory: "select group_concat(json_extract(value, '\$.pruned'), ' ') from json_each(readfile('out.json'), '\$.versions')"
0 0 1 1 0 1 1 1 1
$ datebook show v2 | head -n 3
version  v2
pruned   left are this header and the rows that it shares with v5
what     1 persona changed
$ datebook sql "select 1" --at v2
! datebook: version 2 was pruned: its rows are gone
! hint: the nearest that was kept is v5
? 3
$ datebook stats --at v2
! datebook: version 2 was pruned: its rows are gone
! hint: the nearest that was kept is v5
? 3
$ datebook diff v1
! datebook: version 1 was pruned: its rows are gone
! hint: the nearest that was kept is v5
? 3
$ datebook diff HEAD~1 v4
! datebook: version 4 was pruned: its rows are gone
! hint: the nearest that was kept is v5
? 3
$ datebook tag old v4
! datebook: version 4 was pruned: its rows are gone
! hint: the nearest that was kept is v5
? 3
$ datebook history $m | tail -n +2
meeting of ann

v1  generate, 2025-11-24 16:00: 400 meetings for 1 persona, seed 1
      added
v1 to v4  its label was pruned
v5  relabel, 2025-11-24 16:00: 400 of 400 labels changed
      medium, no prep, tentative, under the persona of v4
        Sometimes important: any
v7  relabel, 2025-11-24 16:00: 400 of 400 labels changed
      critical, no prep, accept, under a persona that was pruned
        Always important: any
v9  relabel, 2025-11-24 16:00: 400 of 400 labels changed
      high, no prep, accept, under the persona of v8
        Usually important: any

$ datebook history $m --json | sed "s/$m/ID/; s/\"reasoning\":\"[^\"]*\"/…/g"
{"meeting":"ID","persona":"ann","version":9,"subject":"Team huddle","written":null,"life":[{"since":1,"until":null,"known":"value","by":"generate","started":"2025-11-24T16:00:00.000000","summary":"400 meetings for 1 persona, seed 1"}],"labels":[{"since":1,"until":5,"known":"present"},{"since":5,"until":7,"known":"value","by":"relabel","started":"2025-11-24T16:00:00.000000","summary":"400 of 400 labels changed","persona_since":4,"importance":"medium","prep_minutes":0,"rsvp":"tentative",…,"rules":[{"field":"importance_criteria.sometimes_important","name":"any","decided":true},{"field":"importance_criteria.rarely_important","name":"other","decided":false}]},{"since":7,"until":9,"known":"value","by":"relabel","started":"2025-11-24T16:00:00.000000","summary":"400 of 400 labels changed","persona_since":null,"importance":"critical","prep_minutes":0,"rsvp":"accept",…,"rules":[{"field":"importance_criteria.always_important","name":"any","decided":true},{"field":"importance_criteria.rarely_important","name":"other","decided":false}]},{"since":9,"until":null,"known":"value","by":"relabel","started":"2025-11-24T16:00:00.000000","summary":"400 of 400 labels changed","persona_since":8,"importance":"high","prep_minutes":0,"rsvp":"accept",…,"rules":[{"field":"importance_criteria.usually_important","name":"any","decided":true},{"field":"importance_criteria.rarely_important","name":"other","decided":false}]}]}
$ datebook explain $m | grep '^made'
made     in v9 by relabel, from the persona of v8, rule engine 1
$ datebook explain $m --at golden | grep '^made'
made     in v5 by relabel, from the persona of v4, rule engine 1
$ datebook explain $m --at golden --json | grep -o '"made":{[^}]*}'
"made":{"version":5,"persona_since":4,"engine":1}

# A stale label whose persona row is gone.

$ p never_mind; datebook -q persona add ann.json | head -n 1; datebook tag stale
changed ann
stale is v10
$ datebook prune --keep-last 1 | sed 's/; the file .*//'
pruned 2 of 4 versions: 401 rows
$ datebook explain $m | grep '^made'
made     in v9 by relabel, from a persona that was pruned, rule engine 1
! no document of the persona that is left gives this label; the places are those that the one of v10 finds
! the label is stale
$ datebook explain $m --json | grep -o '"made":{[^}]*}'
"made":{"version":9,"persona_since":null,"engine":1}
$ datebook relabel -q
v11: labelled 400 meetings again, 400 labels changed
$ datebook prune --keep-last 1 | sed 's/; the file .*//'
nothing to prune
$ datebook explain $m --at stale | grep '^made'
made     in v9 by relabel, from a persona that was pruned, rule engine 1
! no document of the persona that is left gives this label; the places are those that the one of v10 finds
! the label is stale

# A tag that is gone protects nothing.

$ datebook tag --delete golden
golden is no tag any more
$ datebook prune --keep-last 1 | sed 's/; the file .*//'
pruned 1 of 3 versions: 401 rows
$ datebook diff v9 v3 | head -n 1
! datebook: version 9 was pruned: its rows are gone
! hint: the nearest that was kept is v10
$ datebook generate -q --persona ann --count 1
v12: 1 meeting for 1 persona, labelled

# An exported version stays.

$ sed 's/"ann"/"bob"/' ann.json > bob.json; datebook -q persona add bob.json; datebook -q generate --persona bob --count 3
added   bob
v13: 1 added, 0 changed, 0 unchanged
v14: 3 meetings for 1 persona, labelled
$ datebook -q export --held-out bob --output out | tail -n 1 | sed 's/[0-9a-f]\{64\}/…/'
  manifest.json
$ datebook generate -q --persona ann --count 1; datebook generate -q --persona ann --count 1
v15: 1 meeting for 1 persona, labelled
v16: 1 meeting for 1 persona, labelled
$ datebook prune --keep-last 1 --dry-run
VERSIONS           WHY
v1 to v9    gone   pruned before
v10         stays  tag stale
v11 to v13  goes
v14         stays  exported
v15         goes
v16         stays  HEAD, one of the last
would prune 4 of 7 versions: 0 rows, about 0.0 kB
$ datebook prune --keep-last 1 | sed 's/; the file .*//'
pruned 4 of 7 versions: 0 rows
$ datebook -q export --held-out bob --at v14 --output again > log; diff -r out again
$ datebook verify --deep -q; datebook verify --export out -q
datebook.db is sound: 16 versions in one chain, 3 hashed again from 1,214 rows
out is whole: 2 files as its manifest says, 404 rows, 2 personas, each on one side
exported from v14 of datebook.db

# Two at once: one waits for the other.

$ for i in 1 2 3 4; do p sometimes_important; datebook -q persona add ann.json; datebook -q relabel; p usually_important; datebook -q persona add ann.json; datebook -q relabel; done > log
$ datebook prune --keep-last 5 > one 2>&1 & datebook prune --keep-last 3 > two 2>&1; echo $?; wait $!; echo $?
0
0
$ datebook log --json > out.json; sqlite3 :memory: "select sum(json_extract(value, '\$.pruned')), count(*) from json_each(readfile('out.json'), '\$.versions')"
27|32
$ datebook verify --deep -q
datebook.db is sound: 32 versions in one chain, 5 hashed again from 2,020 rows

# A file of an older datebook keeps no track of its pages: it is copied once.

$ for i in 1 2 3 4; do p sometimes_important; datebook -q persona add ann.json; datebook -q relabel; p usually_important; datebook -q persona add ann.json; datebook -q relabel; done > log
$ sqlite3 datebook.db 'pragma auto_vacuum = none; vacuum'
$ datebook prune --keep-last 1 | sed 's/; the file .*//'
pruned 18 of 21 versions: 3,636 rows
$ sqlite3 datebook.db 'pragma auto_vacuum; pragma freelist_count; pragma integrity_check'
2
0
ok
$ datebook verify --deep -q
datebook.db is sound: 48 versions in one chain, 3 hashed again from 1,616 rows

# Nothing can be pruned of nothing.

$ datebook --db empty.db init --no-library -q
Made empty.db with 0 personas.
$ datebook --db empty.db prune --keep-last 1
nothing to prune
$ datebook --db empty.db prune --keep-last 1 --dry-run
VERSIONS    WHY
nothing to prune
$ datebook --db none.db prune --keep-last 1
! datebook: there is no database none.db
! hint: make it with `datebook init`, or name another with --db FILE
? 4
