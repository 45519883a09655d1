# Databases that become one.

$ persona() { printf '{"id": "%s", "name": "N", "tier": 1, "importance_criteria": {"always_important": ["%s"]}, "archetypes": [{"name": "x", "weight": 100, "subjects": ["Budget", "Zebra count"]}]}' $1 $2 > $1.json; }
$ counts() { datebook --db $1 sql "select (select count(*) from personas), (select count(*) from meetings), (select count(*) from labels)" | tail -n 1; }

# Six personas on six machines give what they give on one: the same content
# hash, the same export.

$ ids="tier1_eng_manager_overloaded tier1_sales_manager_pipeline tier2_account_executive_hunter tier2_ic_engineer_deep_work tier3_finance_manager_compliance tier3_legal_counsel_risk"
$ for id in $ids; do datebook --db part-$id.db generate -q --persona $id --count 30 > out; done
$ datebook --db one.db generate -q --persona $(echo $ids | tr ' ' ,) --count 30
v2: 180 meetings for 6 personas, labelled
$ datebook --db all.db merge part-*.db
part-tier1_eng_manager_overloaded.db: personas 8 new; meetings 30 new; labels 30 new
part-tier1_sales_manager_pipeline.db: personas 8 there already; meetings 30 new; labels 30 new
part-tier2_account_executive_hunter.db: personas 8 there already; meetings 30 new; labels 30 new
part-tier2_ic_engineer_deep_work.db: personas 8 there already; meetings 30 new; labels 30 new
part-tier3_finance_manager_compliance.db: personas 8 there already; meetings 30 new; labels 30 new
part-tier3_legal_counsel_risk.db: personas 8 there already; meetings 30 new; labels 30 new
v1: merged 6 files
! made all.db
$ for db in all one; do datebook --db $db.db export --held-out tier3_legal_counsel_risk --output $db -q > out; done
$ cmp all/data/graph/train.jsonl one/data/graph/train.jsonl && diff -r all/data one/data && wc -l < all/data/graph/train.jsonl
150
$ for db in all one; do sqlite3 $db.db "select hex(content_hash) from version order by version desc limit 1"; done | uniq | wc -l
1
$ datebook --db back.db merge -q $(ls -r part-*.db) > out
$ for db in all back; do sqlite3 $db.db "select hex(content_hash) from version"; done | uniq | wc -l
1
$ datebook --db all.db log -q
VERSION  WHEN              COMMAND  TAGS  WHAT
     v1  2025-11-24 16:00  merge          180 meetings from 6 files
$ datebook --db all.db show 1 --json > out; sqlite3 :memory: "select json_valid(readfile('out'))"
1
$ datebook --db all.db status -q
all.db at v1: 180 meetings from 6 files
8 personas, 180 meetings, 180 labels
every label is fresh

# Once is enough.

$ datebook --db all.db merge part-*.db
part-tier1_eng_manager_overloaded.db: personas 8 there already; meetings 30 there already; labels 30 there already
part-tier1_sales_manager_pipeline.db: personas 8 there already; meetings 30 there already; labels 30 there already
part-tier2_account_executive_hunter.db: personas 8 there already; meetings 30 there already; labels 30 there already
part-tier2_ic_engineer_deep_work.db: personas 8 there already; meetings 30 there already; labels 30 there already
part-tier3_finance_manager_compliance.db: personas 8 there already; meetings 30 there already; labels 30 there already
part-tier3_legal_counsel_risk.db: personas 8 there already; meetings 30 there already; labels 30 there already
There is nothing new; HEAD stays at v1.
$ datebook --db all.db merge part-tier3_legal_counsel_risk.db part-tier3_legal_counsel_risk.db --json
{"conflicts":[],"files":[{"file":"part-tier3_legal_counsel_risk.db","common":0,"personas":{"added":0,"changed":0,"removed":0,"same":8},"meetings":{"added":0,"changed":0,"removed":0,"same":30},"labels":{"added":0,"changed":0,"removed":0,"same":30},"splits":{"added":0,"changed":0,"removed":0,"same":0}},{"file":"part-tier3_legal_counsel_risk.db","common":0,"personas":{"added":0,"changed":0,"removed":0,"same":8},"meetings":{"added":0,"changed":0,"removed":0,"same":30},"labels":{"added":0,"changed":0,"removed":0,"same":30},"splits":{"added":0,"changed":0,"removed":0,"same":0}}],"stale_personas":0,"version":1}
$ datebook --db all.db merge ./all.db
! datebook: ./all.db is the database that it would be merged into
! hint: --db FILE names the one that the others go into
? 3
$ ln -s all.db link.db; datebook --db all.db merge link.db
! datebook: link.db is the database that it would be merged into
! hint: --db FILE names the one that the others go into
? 3
$ datebook --db all.db merge one.db --dry-run
v1 -> v1
no difference

# Generating again for a persona goes on after what came.

$ datebook --db all.db generate -q --persona tier3_legal_counsel_risk --count 10
v2: 10 meetings for 1 persona, labelled
$ datebook --db one.db generate -q --persona tier3_legal_counsel_risk --count 10
v3: 10 meetings for 1 persona, labelled
$ for db in all one; do sqlite3 $db.db "select hex(content_hash) from version order by version desc limit 1"; done | uniq | wc -l
1

# Conflicts are named, all of them, and nothing is changed.

$ persona ann budget; datebook --db a.db generate -q --persona ann.json --count 4 --seed 11 > out
$ persona ann zebra; datebook --db b.db init -q --no-library > out; datebook --db b.db generate -q --persona ann.json --count 4 --seed 11 > out
$ cp a.db before.db
$ datebook --db a.db merge b.db
conflict: persona ann, here in a.db, there in b.db
    importance_criteria.always_important: removed "budget"
    importance_criteria.always_important: added "zebra"
! datebook: 1 conflict; nothing was changed
! hint: --prefer ours or --prefer theirs decides them; with --dry-run it shows what would come
? 3
$ datebook --db a.db merge b.db --json > out
! datebook: 1 conflict; nothing was changed
! hint: --prefer ours or --prefer theirs decides them; with --dry-run it shows what would come
? 3
$ sqlite3 :memory: "select json_extract(readfile('out'), '$.conflicts[0]', '$.version', '$.files[0].personas')"
[{"row":"persona","persona":"ann","meeting":null,"ours":"a.db","theirs":"b.db","differences":["importance_criteria.always_important: removed \"budget\"","importance_criteria.always_important: added \"zebra\""],"taken":null},2,{"added":0,"changed":0,"removed":0,"same":0}]
$ datebook --db a.db merge b.db --dry-run > dry
! datebook: 1 conflict; nothing was changed
! hint: --prefer ours or --prefer theirs decides them; with --dry-run it shows what would come
? 3
$ cmp a.db before.db
$ sed -n 1,3p dry
conflict: persona ann, here in a.db, there in b.db
    importance_criteria.always_important: removed "budget"
    importance_criteria.always_important: added "zebra"

# They can be decided openly.

$ datebook --db a.db merge b.db --prefer ours | tail -n 2
b.db: meetings 3 new, 1 there already; labels 3 new, 1 there already
v3: merged 1 file, 1 conflict decided for ours
! 7 labels are now stale; next: datebook --db a.db relabel
$ datebook --db a.db merge b.db --prefer theirs --dry-run > dry 2> named
$ grep -c conflict: named
1
$ datebook --db a.db merge b.db --prefer theirs | tail -n 2
b.db: personas 1 changed; meetings 4 there already; labels 4 there already
v4: merged 1 file, 1 conflict decided for theirs
! 7 labels are now stale; next: datebook --db a.db relabel
$ datebook --db a.db diff HEAD~1 | cmp - dry
$ datebook --db a.db merge b.db
b.db: personas 1 there already; meetings 4 there already; labels 4 there already
There is nothing new; HEAD stays at v4.

# Files that share a history: what only one side changed is taken from it.

$ datebook init -q --no-library; for id in ann bob cleo; do persona $id budget; done
Made datebook.db with 0 personas.
$ datebook generate -q --persona ann.json,bob.json,cleo.json --count 12 > out
$ cp datebook.db copy.db
$ persona ann zebra; datebook persona add -q ann.json > out; datebook relabel -q | sed 's/, .*//'
v3: labelled 12 meetings again
$ datebook --db copy.db generate -q --persona bob --count 3
v2: 3 meetings for 1 persona, labelled
$ datebook --db copy.db persona remove -q cleo
v3: removed 1 persona with 12 meetings
$ datebook merge copy.db --dry-run > dry; datebook merge copy.db --dry-run --json > dry.json
$ datebook merge copy.db
copy.db: personas 1 removed; meetings 3 new, 12 removed; labels 3 new, 12 removed
v4: merged 1 file
$ datebook diff HEAD~1 | cmp - dry; datebook diff HEAD~1 --json | cmp - dry.json
$ datebook merge copy.db
copy.db: meetings 3 there already; labels 3 there already
There is nothing new; HEAD stays at v4.
$ counts datebook.db
2	27	27
$ datebook status -q
datebook.db at v4: 3 meetings from 1 file
2 personas, 27 meetings, 27 labels
every label is fresh
$ datebook --db copy.db merge datebook.db
datebook.db: personas 1 changed; meetings 3 there already; labels 7 changed, 3 there already
v4: merged 1 file
$ datebook --db copy.db status -q
copy.db at v4: 8 changes from 1 file
2 personas, 27 meetings, 27 labels
every label is fresh
$ for db in copy datebook; do sqlite3 $db.db "select hex(content_hash) from version order by version desc limit 1"; done | uniq | wc -l
1
$ datebook --db copy.db merge datebook.db --json
{"conflicts":[],"files":[{"file":"datebook.db","common":1,"personas":{"added":0,"changed":0,"removed":0,"same":2},"meetings":{"added":0,"changed":0,"removed":0,"same":27},"labels":{"added":0,"changed":0,"removed":0,"same":27},"splits":{"added":0,"changed":0,"removed":0,"same":0}}],"stale_personas":0,"version":4}

# That also holds when the other file has dropped its old versions.

$ cp datebook.db p.db; cp datebook.db q.db
$ datebook --db q.db generate -q --persona ann --count 2; datebook --db q.db persona remove -q bob; datebook --db q.db prune -q --keep-last 1 > out
v5: 2 meetings for 1 persona, labelled
v6: removed 1 persona with 15 meetings
$ datebook --db p.db merge q.db
q.db: personas 1 removed; meetings 2 new, 15 removed; labels 2 new, 15 removed
v5: merged 1 file
$ for db in p q; do sqlite3 $db.db "select hex(content_hash) from version order by version desc limit 1"; done | uniq | wc -l
1
$ datebook --db q.db restore 1
! datebook: version 1 was pruned: its rows are gone
! hint: the nearest that was kept is v6
? 3
$ datebook --db p.db verify --deep -q > out || cat out

# When both have dropped it, what one of them took back since stays taken back:
# that is no old value that the other one changed.

$ persona eve budget; datebook --db r.db init -q --no-library > out; datebook --db r.db persona add -q eve.json > out
$ datebook --db r.db generate -q --persona eve --count 6 > out
$ persona eve zebra; datebook --db r.db persona add -q eve.json > out; datebook --db r.db relabel -q > out
$ drop() { datebook --db $1 tag old v2 > out; datebook --db $1 prune -q --keep-last 1 > out; }
$ pattern() { datebook --db $1 sql "select json_extract(document, '\$.importance_criteria.always_important[0]'), (select group_concat(importance, ' ') from (select importance from labels order by meeting)) from personas where persona = 'eve'" | tail -n 1; }
$ cp r.db s.db; datebook --db r.db restore -q v2 > out; pattern r.db; pattern s.db
budget	medium critical medium medium medium medium
zebra	medium medium medium medium medium medium
$ persona fay budget; datebook --db s.db persona add -q fay.json > out
$ drop r.db; drop s.db; cp r.db r2.db
$ datebook --db r.db merge s.db; pattern r.db
s.db: personas 1 new
v6: merged 1 file
budget	medium critical medium medium medium medium
$ datebook --db s.db merge r2.db; pattern s.db
r2.db: personas 1 changed; labels 1 changed
v6: merged 1 file
budget	medium critical medium medium medium medium
! 6 labels are now stale; next: datebook --db s.db relabel
$ for db in r s; do sqlite3 $db.db "select hex(content_hash) from version order by version desc limit 1"; done | uniq | wc -l
1
$ datebook --db r.db status -q; datebook --db s.db status -q
r.db at v6: 1 change from 1 file
2 personas, 6 meetings, 6 labels
every label is fresh
s.db at v6: 2 changes from 1 file
2 personas, 6 meetings, 6 labels
6 stale labels of 1 persona

# Removed here and changed there, or the other way round, is a conflict too.

$ cp datebook.db x.db; cp datebook.db y.db
$ datebook --db x.db persona remove -q bob; datebook --db y.db generate -q --persona bob --count 2
v5: removed 1 persona with 15 meetings
v5: 2 meetings for 1 persona, labelled
$ datebook --db x.db merge y.db
conflict: persona bob, here in x.db, there in y.db
    removed here, changed there
! datebook: 1 conflict; nothing was changed
! hint: --prefer ours or --prefer theirs decides them; with --dry-run it shows what would come
? 3
$ datebook --db y.db merge x.db
conflict: persona bob, here in y.db, there in x.db
    changed here, removed there
! datebook: 1 conflict; nothing was changed
! hint: --prefer ours or --prefer theirs decides them; with --dry-run it shows what would come
? 3
$ datebook --db x.db merge y.db --prefer theirs
conflict: persona bob, here in x.db, there in y.db
    removed here, changed there
    decided: y.db
y.db: personas 1 new; meetings 17 new; labels 17 new
v6: merged 1 file, 1 conflict decided for theirs
$ counts x.db
2	29	29

# Labels of other rules are stale; what came with the same ones is not.

$ persona dora budget; datebook --db 1.db init -q --no-library; datebook --db 1.db generate -q --persona dora.json --count 4 > out
Made 1.db with 0 personas.
$ persona dora zebra; datebook --db 2.db init -q --no-library; datebook --db 2.db persona add -q bob.json > out; datebook --db 2.db generate -q --persona dora.json --count 4 --seed 2 > out
Made 2.db with 0 personas.
$ persona dora budget; datebook --db 2.db persona add -q dora.json > out
$ datebook --db 1.db merge 2.db
2.db: personas 1 new, 1 there already; meetings 4 new; labels 4 new
v2: merged 1 file
! 8 labels are now stale; next: datebook --db 1.db relabel
$ datebook --db 1.db status -q
1.db at v2: 4 meetings from 1 file
2 personas, 8 meetings, 8 labels
8 stale labels of 1 persona
$ datebook --db 1.db verify --deep -q > out || cat out

# So are labels that stay while their persona's rules come from the other file; what merge counts is what status counts.

$ persona eve budget; datebook --db 3.db init -q --no-library; datebook --db 3.db generate -q --persona eve.json --count 6 > out; cp 3.db 4.db
Made 3.db with 0 personas.
$ persona eve zebra; datebook --db 3.db persona add -q eve.json > out; datebook --db 3.db relabel -q > out
$ persona eve giraffe; datebook --db 4.db persona add -q eve.json > out; datebook --db 4.db relabel -q > out
$ cp 3.db 5.db; datebook --db 5.db merge 4.db --prefer theirs --json > out; sqlite3 :memory: "select json_extract(readfile('out'), '$.stale_personas', '$.version')"
[1,4]
! 6 labels are now stale; next: datebook --db 5.db relabel
$ datebook --db 3.db merge 4.db --prefer theirs | tail -n 1
v4: merged 1 file, 1 conflict decided for theirs
! 6 labels are now stale; next: datebook --db 3.db relabel
$ datebook --db 3.db status -q
3.db at v4: 1 change from 1 file
1 persona, 6 meetings, 6 labels
6 stale labels of 1 persona
$ datebook --db 3.db status --json > out; sqlite3 :memory: "select json_extract(readfile('out'), '$.stale_personas', '$.stale_labels')"
[1,6]

# Copies are no conflict, however much the first of them brings.

$ persona fay budget; datebook --db f.db init -q --no-library; datebook --db f.db generate -q --persona fay.json --count 600 > out; cp f.db g.db
Made f.db with 0 personas.
$ datebook --db both.db merge f.db g.db -q
f.db: personas 1 new; meetings 600 new; labels 600 new
g.db: personas 1 there already; meetings 600 there already; labels 600 there already
v1: merged 2 files

# A file that is made for a merge that fails is not left behind.

$ datebook --db new.db merge a.db before.db > out
! datebook: 1 conflict; nothing was changed
! hint: --prefer ours or --prefer theirs decides them; with --dry-run it shows what would come
? 3
$ datebook --db new.db merge a.db --dry-run | head -n 2
v0 -> v1
personas: 9 added, 0 changed, 0 removed
$ ls | grep '^new'
? 1
$ datebook --db new.db merge nonesuch.db
! datebook: there is no database nonesuch.db
! hint: make it with `datebook init`, or name another with --db FILE
? 4
$ echo "not a database, but long enough to be looked at" > text.db; datebook --db new.db merge a.db text.db
! datebook: text.db: the file could not be read: file is not a database
! hint: name a datebook database with --db FILE
? 4
$ ls | grep '^new'
? 1

# A damaged file is refused as a whole.

$ cp part-tier3_legal_counsel_risk.db damaged.db
$ sqlite3 damaged.db "update meeting set document = replace(document, 'subject', 'Subject') where meeting & 0xffffffff = 7"
$ datebook --db fresh.db init -q --no-library > out; cp fresh.db before.db
$ datebook --db fresh.db merge damaged.db
! datebook: damaged.db: the meetings of tier3_legal_counsel_risk are not what their hash says
! hint: `datebook --db damaged.db verify --deep` tells more; nothing was changed
? 4
$ cmp fresh.db before.db
$ datebook --db new.db merge damaged.db
! datebook: damaged.db: the meetings of tier3_legal_counsel_risk are not what their hash says
! hint: `datebook --db damaged.db verify --deep` tells more; nothing was changed
? 4
$ dd if=/dev/zero of=damaged.db bs=16384 seek=4 count=6 conv=notrunc 2> out; datebook --db new.db merge damaged.db 2> out
? 4
$ ls | grep '^new'
? 1

# What cannot be.

$ datebook merge
! datebook: merge needs FILE…
! hint: `datebook merge --help` shows how it is used
? 2
$ datebook merge a.db --prefer mine
! datebook: --prefer takes ours or theirs, not "mine"
! hint: `datebook merge --help` shows how it is used
? 2
