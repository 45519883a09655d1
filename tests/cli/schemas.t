# Files of old schemas, as they were written at their time (tests/data/schemas):
# upgraded, they say of every version what they said before.

$ cp "$TEST_DATA/schemas/schema-1.db" old.db; datebook -q --db old.db log
VERSION  WHEN              COMMAND         TAGS     WHAT
     v6  2025-11-24 16:00  generate                 6 meetings for 2 personas, seed 8
     v5  2025-11-24 16:00  persona remove           removed tier2_ic_engineer_deep_work
     v4  2025-11-24 16:00  relabel         checked  2 of 12 labels changed
     v3  2025-11-24 16:00  persona add              1 persona changed
     v2  2025-11-24 16:00  generate        first    36 meetings for 3 personas, seed 7
     v1  2025-11-24 16:00  persona add              3 personas added
$ datebook -q --db old.db tag --list
v2      first
v4      checked
$ datebook -q --db old.db show checked --json | grep -o '"[a-z]*_hash":"[0-9a-f]*"' | grep chain
"chain_hash":"b603c53c6c71322aed8cd4e5c8ff8b0165ad54c05eeab8317e13774ffd0a3b08"
$ datebook -q --db old.db diff first checked --rows
v2 -> v4
personas: 0 added, 1 changed, 0 removed
labels: 0 added, 2 changed, 0 removed

Changed labels:
  high -> critical: 1
  other reasons only: 1

PERSONA                       DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
tier1_sales_manager_pipeline  changed           0          0        0        2        0

~ persona tier1_sales_manager_pipeline
    "forecast call" moved from usually_important to always_important
    importance_criteria.sometimes_important: removed "demo"
~ label tier1_sales_manager_pipeline AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0AOKpxqX9FXddEB24_4gWp8VOY_pIT1lrBkmwm1FMwN-UCVeFB
    - high, prep 20 min, accept: Usually important: forecast call; Requires prep: Forecast calls / commit calls
    + critical, prep 20 min, accept: Always important: forecast call; Requires prep: Forecast calls / commit calls
~ label tier1_sales_manager_pipeline AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0Aq1J7SgudkAlZpM0UGhYNlfHqFgjjw2zO
    - medium, no prep, tentative: Sometimes important: demo
    + medium, no prep, tentative: No specific rule matched
$ datebook -q --db old.db diff v6 v1 --json | grep -o '"personas":{[^}]*},"meetings":{[^}]*},"labels":{[^}]*}' | head -n 1
"personas":{"added":1,"changed":1,"removed":0},"meetings":{"added":0,"changed":0,"removed":30},"labels":{"added":0,"changed":0,"removed":30}
$ meetings='meeting, persona, subject, preview, start, minutes, type, attendees, external, organizer, since_version, document'
$ rows() { columns='*'; [ "$2" != meetings ] || columns=$meetings; datebook -q --db "${3:-old.db}" sql "select $columns from $2 order by 1, 2" --at "$1" | cksum; }
$ for version in 1 2 3 4 5 6; do echo "v$version $(rows $version personas) $(rows $version meetings) $(rows $version labels)"; done
v1 42091561 57133 2677868610 103 818815355 71
v2 42091561 57133 2226563625 73399 2162387474 4710
v3 1132563375 57126 2226563625 73399 2162387474 4710
v4 1132563375 57126 2226563625 73399 2835178988 4714
v5 3838170411 40138 3037212889 49554 1802699551 3202
v6 3838170411 40138 567839626 61180 1794893463 3977
$ for version in 2 4 6; do datebook -q --db old.db export --held-out-fraction 0.5 --seed 3 --at $version --allow-leaks --output out > log; cat out/data/graph/heldout.jsonl out/data/graph/train.jsonl | cksum; done
4064270452 72152
1924562892 72154
3960539305 60152
$ meeting=$(datebook -q --db old.db sql "select meeting from labels where since_version = 4 order by 1" | sed -n 2p)
$ datebook -q --db old.db history "$meeting"
Forecast call
meeting of tier1_sales_manager_pipeline

v2  generate, 2025-11-24 16:00: 36 meetings for 3 personas, seed 7
      added
      high, prep 20 minutes, accept, under the persona of v1
        Usually important: forecast call; Requires prep: Forecast calls /
        commit calls
v4  relabel, 2025-11-24 16:00: 2 of 12 labels changed
      critical, prep 20 minutes, accept, under the persona of v3
        Always important: forecast call; Requires prep: Forecast calls / commit
        calls
$ datebook -q --db old.db explain "$meeting" --at first
persona  tier1_sales_manager_pipeline, as of v2
when     2026-01-05 09:30, 30 minutes, occurrence
subject  [Forecast call]
preview  Same order as last week. Say your number first, then what moved since Friday.
people   Emre Kaya, Mei Sun, Arjun Chaudhary, Paloma Fernández, Marta Marino
label    high, prep 20 minutes, accept
because  Usually important: forecast call; Requires prep: Forecast calls / commit calls
made     in v2 by generate, from the persona of v1, rule engine 1

RULE                                                   WHERE
Usually important: forecast call              decided  subject "Forecast call"
Always accept: Forecast calls                 decided  subject "Forecast"
Requires prep: Forecast calls / commit calls  decided  subject "Forecast"
$ datebook -q --db old.db stats --at 2 | head -n 11
v2: 36 meetings of 3 personas
22 minutes of preparation where it is needed, on average; 5.9 hours a week

importance
critical               5  13.9%  ███▍
high                  10  27.8%  ██████▋
medium                15  41.7%  ██████████
low                    6  16.7%  ████
by default only        5  13.9%  ███▍

preparation

# What was there before the upgrade stays beside the file, for an older datebook
# to read, and no second upgrade follows.

$ ls
log
old.db
old.db.schema-1.backup
out
$ sqlite3 old.db.schema-1.backup 'pragma user_version; pragma quick_check; select max(version) from version'
1
ok
6
$ [ "$(sqlite3 old.db.schema-1.backup .dump | cksum)" = "$(sqlite3 "$TEST_DATA/schemas/schema-1.db" .dump | cksum)" ]; echo $?
0
$ datebook --db old.db status
old.db at v6: 6 meetings for 2 personas, seed 8
2 personas, 30 meetings, 30 labels
every label is fresh
! next: datebook --db old.db export --held-out-fraction 0.2 --seed 1 --output exports/first

# It is told, numbered when the name is taken, and can be done without.

$ cp "$TEST_DATA/schemas/schema-1.db" data.db; datebook --db data.db status
data.db at v6: 6 meetings for 2 personas, seed 8
2 personas, 30 meetings, 30 labels
every label is fresh
! upgraded data.db from schema 1 to 5; the file as it was is data.db.schema-1.backup
! next: datebook --db data.db export --held-out-fraction 0.2 --seed 1 --output exports/first
$ cp "$TEST_DATA/schemas/schema-1.db" data.db; datebook --db data.db tag again
again is v6
! upgraded data.db from schema 1 to 5; the file as it was is data.db.schema-1.backup-2
$ cp "$TEST_DATA/schemas/schema-1.db" data.db; datebook --db data.db status --json > /dev/null; ls data.db*
data.db
data.db.schema-1.backup
data.db.schema-1.backup-2
data.db.schema-1.backup-3
! upgraded data.db from schema 1 to 5; the file as it was is data.db.schema-1.backup-3
$ rm data.db*; cp "$TEST_DATA/schemas/schema-1.db" data.db; chmod 600 data.db; datebook --db data.db --no-migration-backup status
data.db at v6: 6 meetings for 2 personas, seed 8
2 personas, 30 meetings, 30 labels
every label is fresh
! upgraded data.db from schema 1 to 5, without a backup
! next: datebook --db data.db export --held-out-fraction 0.2 --seed 1 --output exports/first
$ cp "$TEST_DATA/schemas/schema-1.db" data.db; DATEBOOK_MIGRATION_BACKUP=0 datebook --db data.db status -q; ls data.db*
data.db at v6: 6 meetings for 2 personas, seed 8
2 personas, 30 meetings, 30 labels
every label is fresh
data.db
$ cp "$TEST_DATA/schemas/schema-1.db" data.db; chmod 600 data.db; datebook -q --db data.db status; ls -l data.db* | cut -c 1-10
data.db at v6: 6 meetings for 2 personas, seed 8
2 personas, 30 meetings, 30 labels
every label is fresh
-rw-------
-rw-------

# Without room for the copy the file stays as it is.

$ rm data.db*; cp "$TEST_DATA/schemas/schema-1.db" data.db
$ (ulimit -f 512; datebook --db data.db status)
! datebook: data.db stays at schema 1, for it could not be backed up: cannot write data.db.schema-1.backup: File too large
! hint: make room for a copy beside it, or upgrade it without one: --no-migration-backup
? 4
$ cmp data.db "$TEST_DATA/schemas/schema-1.db"; ls data.db*
data.db
$ datebook --db data.db status
data.db at v6: 6 meetings for 2 personas, seed 8
2 personas, 30 meetings, 30 labels
every label is fresh
! upgraded data.db from schema 1 to 5; the file as it was is data.db.schema-1.backup
! next: datebook --db data.db export --held-out-fraction 0.2 --seed 1 --output exports/first

# A step that fails leaves the file as it was, and nothing beside it.

$ rm data.db*; cp "$TEST_DATA/schemas/schema-1.db" data.db; sqlite3 data.db 'create table seal (name)'
$ datebook --db data.db status
! datebook: migration content: data.db: the database could not be used: table seal already exists
? 4
$ sqlite3 data.db 'pragma user_version; select count(*) from version'; ls data.db*
1
6
data.db

# Nor is it upgraded where it may not be written.

$ mkdir shelf; cp "$TEST_DATA/schemas/schema-1.db" shelf/data.db
$ chmod a+x . .. ../.. 2> /dev/null; cp "$(command -v datebook)" reader; chmod a+r,a-w shelf/data.db; chmod a-w,a+rx shelf
$ as_nobody() { if [ "$(id -u)" = 0 ]; then setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; else "$@"; fi; }
$ as_nobody ./reader --db shelf/data.db log
! datebook: shelf/data.db has schema 1 and must be upgraded to 5, but may not be written
! hint: open it once where the file and its folder can be written, or open a copy of it
? 4
$ as_nobody ./reader --db shelf/data.db tag x
! datebook: shelf/data.db may not be written
! hint: the file and its folder must both be writable, for SQLite keeps files beside the database; or work on a copy of it
? 4
$ cmp shelf/data.db "$TEST_DATA/schemas/schema-1.db"; ls shelf; chmod u+w shelf
data.db

# Two that meet the same old file: one upgrade, and both go on.

$ rm data.db*; cp "$TEST_DATA/schemas/schema-1.db" data.db
$ for i in 1 2 3 4; do datebook --db data.db log > log.$i 2>&1 & done; wait; sort -u log.?
     v1  2025-11-24 16:00  persona add              3 personas added
     v2  2025-11-24 16:00  generate        first    36 meetings for 3 personas, seed 7
     v3  2025-11-24 16:00  persona add              1 persona changed
     v4  2025-11-24 16:00  relabel         checked  2 of 12 labels changed
     v5  2025-11-24 16:00  persona remove           removed tier2_ic_engineer_deep_work
     v6  2025-11-24 16:00  generate                 6 meetings for 2 personas, seed 8
VERSION  WHEN              COMMAND         TAGS     WHAT
upgraded data.db from schema 1 to 5; the file as it was is data.db.schema-1.backup
# Who closes a file last takes SQLite's files beside it away; of two that close
# it in the same moment neither may.  Then the next one does.

$ datebook --db data.db log > log.5
$ ls data.db*
data.db
data.db.schema-1.backup

# A file of the second schema, which has hashes of what is in each version.

$ cp "$TEST_DATA/schemas/schema-2.db" two.db; datebook --db two.db log
VERSION  WHEN              COMMAND      TAGS     WHAT
     v4  2025-11-24 16:00  relabel      checked  1 of 10 labels changed
     v3  2025-11-24 16:00  persona add           1 persona changed
     v2  2025-11-24 16:00  generate     first    20 meetings for 2 personas, seed 7
     v1  2025-11-24 16:00  persona add           2 personas added
! upgraded two.db from schema 2 to 5; the file as it was is two.db.schema-2.backup
$ datebook -q --db two.db tag --list
v2      first
v4      checked
$ for version in 1 2 3 4; do datebook -q --db two.db show $version --json | grep -o '"[a-z]*_hash":"[0-9a-f]*"' | head -n 2; done
"content_hash":"48dda0cb4af69e6bfa59dabb8b796d1a0b79ebdaab2597e18a06f9f37f5beb28"
"chain_hash":"c90d5acef19909bec6b0ec3603b2c17155602e8a48bf787ac4e1bb139c8062d2"
"content_hash":"f0f681daebf75fdac59453f9beaf93b973b7e284517e4bebd94b2b0c626f1b50"
"chain_hash":"10acf9ed589d24d6dae36364d71119626897a8fd133a8477dfc97f89a400555e"
"content_hash":"87655a9e772b52fc4afa5908255cc9ad5825a6f8d219a5704ecaf0f654c860a6"
"chain_hash":"bbcf617187d88258b28936db9a50970879e389c07cb2b5eb6f7cb9d26c8e9363"
"content_hash":"bcb89b687a4a707f914f77fcf140dda8d8d7b4baed5831225c893eb5d31c375b"
"chain_hash":"f08a78e986b6d743c1eaa99edd718010c541395c5350da4216dc8610c9e8a7bb"
$ datebook -q --db two.db show checked | tail -n 1
labels       20      0        1        0
$ datebook -q --db two.db diff first checked --rows | sed 's/^\(~ label [^ ]*\).*/\1/'
v2 -> v4
personas: 0 added, 1 changed, 0 removed
labels: 0 added, 1 changed, 0 removed

Changed labels:
  high -> critical: 1

PERSONA                       DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
tier1_sales_manager_pipeline  changed           0          0        0        1        0

~ persona tier1_sales_manager_pipeline
    "forecast call" moved from usually_important to always_important
    importance_criteria.sometimes_important: removed "demo"
~ label tier1_sales_manager_pipeline
    - high, prep 20 min, accept: Usually important: forecast call; Matches priority: Forecast within 5% of actuals; Requires prep: Forecast calls / commit calls
    + critical, prep 20 min, accept: Always important: forecast call; Matches priority: Forecast within 5% of actuals; Requires prep: Forecast calls / commit calls
$ for version in 1 2 3 4; do echo "v$version $(rows $version personas two.db) $(rows $version meetings two.db) $(rows $version labels two.db)"; done
v1 2552200822 67147 2677868610 103 818815355 71
v2 2552200822 67147 3045872125 50945 1541690397 2583
v3 251773714 67140 3045872125 50945 1541690397 2583
v4 251773714 67140 3045872125 50945 3684574869 2587
$ for version in 2 4; do datebook -q --db two.db export --held-out-fraction 0.5 --seed 3 --at $version --allow-leaks --output out > log; cat out/data/graph/heldout.jsonl out/data/graph/train.jsonl | cksum; done
2022139623 50926
4260033102 50929
$ datebook --db two.db verify
two.db is sound: 4 versions in one chain, 4 hashed again from 44 rows
$ [ "$(sqlite3 two.db.schema-2.backup .dump | cksum)" = "$(sqlite3 "$TEST_DATA/schemas/schema-2.db" .dump | cksum)" ]; echo $?
0

# A file of the third schema, which has a journal; three of its versions were
# pruned.

$ cp "$TEST_DATA/schemas/schema-3.db" three.db; datebook --db three.db log
VERSION  WHEN              COMMAND         TAGS      WHAT
     v6  2025-11-24 16:00  persona remove            removed validation_crisis_responder_oncall
     v5  2025-11-24 16:00  generate        checked   4 meetings for 1 persona by writer, seed 1: 1 call, 1,714 tokens, $0.0254
     v4  2025-11-24 16:00  relabel         (pruned)  1 of 10 labels changed
     v3  2025-11-24 16:00  persona add     (pruned)  1 persona changed
     v2  2025-11-24 16:00  generate        first     20 meetings for 2 personas, seed 7
     v1  2025-11-24 16:00  persona add     (pruned)  2 personas added
! upgraded three.db from schema 3 to 5; the file as it was is three.db.schema-3.backup
$ datebook -q --db three.db tag --list
v2      first
v5      checked
$ for version in 2 5 6; do datebook -q --db three.db show $version --json | grep -o '"[a-z]*_hash":"[0-9a-f]*"' | head -n 2; done
"content_hash":"f0f681daebf75fdac59453f9beaf93b973b7e284517e4bebd94b2b0c626f1b50"
"chain_hash":"10acf9ed589d24d6dae36364d71119626897a8fd133a8477dfc97f89a400555e"
"content_hash":"459a909f3a74f3135871d5445869c099cb4324e8457c3c06cc52b354a787e801"
"chain_hash":"d36671da0b0d8492a9c6c85f7064b6586fc2b280831daadd3793ba7a1f4ba2d1"
"content_hash":"2270ab22cea2597bd37c3862f2e6360356b86467b88a319d5e506388f36c1221"
"chain_hash":"ddc710bf956ffae1f1aab1f4368c28b9fe5ff47ecfa3188adba0846fbc16a08d"
$ for version in 2 5 6; do for view in personas meetings labels splits; do echo "v$version $view $(datebook -q --db three.db sql "select * from $view order by 1, 2" --at $version | cksum)"; done; done
v2 personas 2552200822 67147
v2 meetings 4095063671 50973
v2 labels 1541690397 2583
v2 splits 3270439621 28
v5 personas 251773714 67140
v5 meetings 1041745614 60079
v5 labels 2598585235 3097
v5 splits 3270439621 28
v6 personas 1990968857 34307
v6 meetings 307021888 32356
v6 labels 348668355 1796
v6 splits 3270439621 28
$ datebook -q --db three.db show | tail -n 4
          TOTAL  ADDED  CHANGED  REMOVED
personas      1      0        0        1
meetings     14      0        0       10
labels       14      0        0       10
$ datebook -q --db three.db requests list
REQUEST  JOB  KIND   STATE       TRIES  PERSONA                       BRIEFS   TOKENS     COST  NOTE
      1    1  first  answered        1  tier1_sales_manager_pipeline  1,2,3,4    1714  $0.0254
      2    2  first  in a batch      1  tier1_sales_manager_pipeline  1,2,3                     in requests.jsonl, 6a94e64bf6a86e6a
$ datebook -q --db three.db status
three.db at v6: removed validation_crisis_responder_oncall
1 persona, 14 meetings, 14 labels
every label is fresh
job 2 is open: 1 of 4 meetings by writer; 1 call; 1 request is in batch files
$ datebook --db three.db verify
three.db is sound: 6 versions in one chain, 3 hashed again from 52 rows
$ [ "$(sqlite3 three.db.schema-3.backup .dump | cksum)" = "$(sqlite3 "$TEST_DATA/schemas/schema-3.db" .dump | cksum)" ]; echo $?
0

# A file of the fourth schema, which has splits; six of its versions were pruned.

$ cp "$TEST_DATA/schemas/schema-4.db" four.db; datebook --db four.db log
VERSION  WHEN              COMMAND         TAGS      WHAT
     v9  2025-11-24 16:00  persona remove            removed tier3_legal_counsel_risk
     v8  2025-11-24 16:00  split create    checked   made split first: 1 train, 3 held out
     v7  2025-11-24 16:00  split create    (pruned)  replaced split second: 2 train, 2 held out
     v6  2025-11-24 16:00  split remove    (pruned)  removed split first
     v5  2025-11-24 16:00  split create    (pruned)  replaced split second: 2 train, 2 held out
     v4  2025-11-24 16:00  split create    first     made split second: 2 train, 2 held out
     v3  2025-11-24 16:00  split create    (pruned)  made split first: 2 train, 2 held out
     v2  2025-11-24 16:00  generate        (pruned)  24 meetings for 4 personas, seed 7
     v1  2025-11-24 16:00  persona add     (pruned)  4 personas added
! upgraded four.db from schema 4 to 5; the file as it was is four.db.schema-4.backup
$ for version in 4 8 9; do datebook -q --db four.db show $version --json | grep -o '"[a-z]*_hash":"[0-9a-f]*"' | head -n 2; done
"content_hash":"9972e30a3bc38e0ee1ea110074c16a02706cf22cf1f203dc2e75f8d2bec5acc9"
"chain_hash":"54e1f1f908cfd18cc6eacf96b5e76718e70e5c7521560f178254ebaec9ed9e96"
"content_hash":"b033ce8c11732a0fa4d25216f3a89b853bf7869f2e41f509dfc5617360d3a9e0"
"chain_hash":"9dd3beeccf8f35e88882a9207467e2d23326c6ab83e7cca46d73cdf3b31ffe5c"
"content_hash":"6afdb1fbe343488b41bda2ec0e73518d6bc464d238bf72fea6fad4a7cb119e48"
"chain_hash":"abae0346baa471320630dd7fb41341863a23536c560a2af458f642a2e27bcd5d"
$ for version in 4 8 9; do for view in personas meetings labels splits reviews; do echo "v$version $view $(datebook -q --db four.db sql "select * from $view order by 1, 2" --at $version | cksum)"; done; done
v4 personas 3199699531 130083
v4 meetings 2425626568 56471
v4 labels 1749527426 3067
v4 splits 542743135 127
v4 reviews 146898309 115
v8 personas 3199699531 130083
v8 meetings 2425626568 56471
v8 labels 1749527426 3067
v8 splits 4095236421 128
v8 reviews 146898309 115
v9 personas 3045431327 97392
v9 meetings 384999490 44869
v9 labels 2157511901 2314
v9 splits 4095236421 128
v9 reviews 146898309 115
$ datebook -q --db four.db show | tail -n 5
          TOTAL  ADDED  CHANGED  REMOVED
personas      3      0        0        1
meetings     18      0        0        6
labels       18      0        0        6
splits        2      0        0        0
$ datebook -q --db four.db diff first checked
v4 -> v8
splits: 0 added, 2 changed, 0 removed
$ datebook -q --db four.db split list
SPLIT   TRAIN  HELD OUT  FOLDS  VALIDATION  SINCE
first       1         2      -           -     v8
second      1         2      -           -     v7
$ datebook -q --db four.db split list --at first
SPLIT   TRAIN  HELD OUT  FOLDS  VALIDATION  SINCE
first       2         2      -           -     v3
second      2         2      -           -     v4
$ datebook --db four.db verify
four.db is sound: 9 versions in one chain, 3 hashed again from 56 rows
$ [ "$(sqlite3 four.db.schema-4.backup .dump | cksum)" = "$(sqlite3 "$TEST_DATA/schemas/schema-4.db" .dump | cksum)" ]; echo $?
0
