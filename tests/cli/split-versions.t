# Named splits are versioned: what looks after versions looks after them.

$ datebook init -q
Made datebook.db with 8 personas.
$ datebook -q split create half --held-out-fraction 0.5 --seed 3
v2: made split half: 5 train, 3 held out
$ datebook -q split create sales --held-out tier1_sales_manager_pipeline
v3: made split sales: 5 train, 3 held out
$ datebook tag before
before is v3
$ cp datebook.db copy.db
$ datebook -q split create half --held-out-fraction 0.25 --seed 3 --replace
v4: replaced split half: 6 train, 2 held out
$ datebook -q split remove sales
v5: removed split sales
$ datebook status
datebook.db at v5: removed split sales
8 personas, 0 meetings, 0 labels, 1 split
! next: datebook generate --all
$ datebook log
VERSION  WHEN              COMMAND       TAGS    WHAT
     v5  2025-11-24 16:00  split remove          removed split sales
     v4  2025-11-24 16:00  split create          replaced split half: 6 train, 2 held out
     v3  2025-11-24 16:00  split create  before  made split sales: 5 train, 3 held out
     v2  2025-11-24 16:00  split create          made split half: 5 train, 3 held out
     v1  2025-11-24 16:00  init                  8 personas from the library
$ datebook log --stat
VERSION  COMMAND       +PERSONAS  ~  -  +MEETINGS  ~  -  +LABELS  ~  -  +SPLITS  ~  -  TAGS
     v5  split remove          0  0  0          0  0  0        0  0  0        0  0  1
     v4  split create          0  0  0          0  0  0        0  0  0        0  1  0
     v3  split create          0  0  0          0  0  0        0  0  0        1  0  0  before
     v2  split create          0  0  0          0  0  0        0  0  0        1  0  0
     v1  init                  8  0  0          0  0  0        0  0  0        0  0  0
$ datebook show before | tail -n 5
          TOTAL  ADDED  CHANGED  REMOVED
personas      8      0        0        0
meetings      0      0        0        0
labels        0      0        0        0
splits        2      1        0        0

# Differences

$ datebook diff before
v3 -> v5
splits: 0 added, 1 changed, 1 removed
$ datebook diff before --stat
v3 -> v5
 splits  |  2  ~-
 2 splits: 0 rows added, 1 changed, 1 removed
$ datebook diff before --rows
v3 -> v5
splits: 0 added, 1 changed, 1 removed

~ split half
    - {"held_out_fraction":0.5,"seed":"3"}
    + {"held_out_fraction":0.25,"seed":"3"}
- split sales
    - {"held_out":["tier1_sales_manager_pipeline"]}

$ datebook diff before HEAD~1 --jsonl
{"row":"split","change":"changed","split":"half","old":{"held_out_fraction":0.5,"seed":"3"},"new":{"held_out_fraction":0.25,"seed":"3"}}
$ datebook diff before --name-only
half
sales
$ datebook diff before --exit-code -q > /dev/null
? 1
$ datebook diff before --persona tier1_sales_manager_pipeline --exit-code
v3 -> v5
no difference
$ datebook diff --other copy.db
v5 of datebook.db -> v3 of copy.db (the same up to v3)
splits: 1 added, 1 changed, 0 removed
$ datebook diff before before~2 --by label
v3 -> v1
splits: 0 added, 0 changed, 2 removed
no changed labels
$ datebook diff v1 before --json | grep -o '"splits":{[^}]*}'
"splits":{"added":2,"changed":0,"removed":0}

# As of a version, in SQL.

$ datebook -q sql 'select name, since_version from splits'
name	since_version
half	4
$ datebook -q sql 'select name, since_version from splits' --at before
name	since_version
half	2
sales	3
$ datebook -q sql 'select version, splits, splits_added, splits_changed, splits_removed from runs where splits'
version	splits	splits_added	splits_changed	splits_removed
2	1	1	0	0
3	2	1	0	0
4	2	0	1	0
5	1	0	0	1

# Back again; a restored persona leaves them alone.

$ datebook -q restore before --dry-run
v5 -> v6
splits: 1 added, 1 changed, 0 removed
$ datebook -q persona remove tier2_ic_engineer_deep_work
v6: removed 1 persona with 0 meetings
$ datebook -q restore before --persona tier2_ic_engineer_deep_work
v7: restored tier2_ic_engineer_deep_work as in v3
personas: 1 added, 0 changed, 0 removed
$ datebook -q restore before
v8: restored v3
splits: 1 added, 1 changed, 0 removed
$ datebook -q diff before
v3 -> v8
no difference
$ [ "$(datebook show --json | grep -o '"content_hash":"[0-9a-f]*"')" = "$(datebook show before --json | grep -o '"content_hash":"[0-9a-f]*"')" ]; echo $?
0

# Of two files that share a history, what one of them did is taken; what both
# did differently is a conflict.

$ datebook --db copy.db -q split create third --folds 3 --seed 1
v4: made split third of 3 folds
  FOLD  TRAIN  HELD OUT
     1      4         4
     2      4         4
     3      4         4
$ datebook --db copy.db -q split create sales --held-out-tier 3 --replace
v5: replaced split sales: 4 train, 4 held out
$ datebook -q split remove sales
v9: removed split sales
$ datebook -q merge copy.db
conflict: split sales, here in datebook.db, there in copy.db
    removed here, changed there
! datebook: 1 conflict; nothing was changed
! hint: --prefer ours or --prefer theirs decides them; with --dry-run it shows what would come
? 3
$ datebook -q merge copy.db --json
{"conflicts":[{"row":"split","persona":null,"meeting":null,"split":"sales","ours":"datebook.db","theirs":"copy.db","differences":["removed here, changed there"],"taken":null}],"files":[{"file":"copy.db","common":3,"personas":{"added":0,"changed":0,"removed":0,"same":0},"meetings":{"added":0,"changed":0,"removed":0,"same":0},"labels":{"added":0,"changed":0,"removed":0,"same":0},"splits":{"added":1,"changed":0,"removed":0,"same":0}}],"stale_personas":0,"version":9}
! datebook: 1 conflict; nothing was changed
! hint: --prefer ours or --prefer theirs decides them; with --dry-run it shows what would come
? 3
$ datebook -q merge copy.db --prefer theirs
conflict: split sales, here in datebook.db, there in copy.db
    removed here, changed there
    decided: copy.db
copy.db: splits 2 new
v10: merged 1 file, 1 conflict decided for theirs
$ datebook split list | cut -d ' ' -f 1
SPLIT
half
sales
third

# Pruned and whole.

$ datebook -q prune --keep-last 1 | sed 's/;.*//'
pruned 8 of 10 versions: 2 rows
$ datebook -q diff before --name-only
sales
third
$ datebook verify
datebook.db is sound: 10 versions in one chain, 2 hashed again from 14 rows
