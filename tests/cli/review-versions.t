# Reviews are rows like any other: in versions, differences, merges.

$ cp "$DATEBOOK_DATA"/tier1_sales_manager_pipeline.json . ; datebook init -q --no-library; datebook -q persona add tier1_sales_manager_pipeline.json; datebook -q generate --all --count 6 --seed 7; datebook -q review sample first --count 3
Made datebook.db with 0 personas.
added   tier1_sales_manager_pipeline
v1: 1 added, 0 changed, 0 unchanged
v2: 6 meetings for 1 persona, labelled
v3: drew sample first: 3 meetings from v2
  MEETINGS  DRAWN
         6      3
$ datebook review export first | sed 's/.*"meeting":"\([^"]*\)".*/\1/' > ids; one=$(sed -n 1p ids); two=$(sed -n 2p ids); three=$(sed -n 3p ids)
$ answer() { printf '{"sample":"first","meeting":"%s","reviewer":"%s","version":2,"realistic":%s%s}\n' "$@"; }
$ (answer $one ann true ''; answer $two ann true ',"importance":"low","cause":"exception","note":"Only for the board."') | datebook -q review record -
v4: ann on first: 2 opinions
$ (answer $two ann false ''; answer $one bob true '') | datebook -q review record -
v5: 2 reviewers on first: 2 opinions, 1 in place of earlier ones
$ datebook tag before; datebook -q review remove first
before is v5
v6: removed sample first with 3 opinions
$ datebook log
VERSION  WHEN              COMMAND        TAGS    WHAT
     v6  2025-11-24 16:00  review remove          removed sample first with 3 opinions
     v5  2025-11-24 16:00  review record  before  2 reviewers on first: 2 opinions
     v4  2025-11-24 16:00  review record          ann on first: 2 opinions
     v3  2025-11-24 16:00  review sample          drew sample first: 3 meetings from v2
     v2  2025-11-24 16:00  generate               6 meetings for 1 persona, seed 7
     v1  2025-11-24 16:00  persona add            1 persona added
$ datebook log --stat
VERSION  COMMAND        +PERSONAS  ~  -  +MEETINGS  ~  -  +LABELS  ~  -  +REVIEWS  ~  -  TAGS
     v6  review remove          0  0  0          0  0  0        0  0  0         0  0  4
     v5  review record          0  0  0          0  0  0        0  0  0         1  1  0  before
     v4  review record          0  0  0          0  0  0        0  0  0         2  0  0
     v3  review sample          0  0  0          0  0  0        0  0  0         1  0  0
     v2  generate               0  0  0          6  0  0        6  0  0         0  0  0
     v1  persona add            1  0  0          0  0  0        0  0  0         0  0  0
$ datebook show before | tail -n 5
          TOTAL  ADDED  CHANGED  REMOVED
personas      1      0        0        0
meetings      6      0        0        0
labels        6      0        0        0
reviews       4      1        1        0
$ datebook show before --json | grep -o '"splits":.*"pruned"'
"splits":{"total":0,"added":0,"changed":0,"removed":0},"reviews":{"total":4,"added":1,"changed":1,"removed":0},"pruned"
$ datebook status --at before
datebook.db at v5 (HEAD is v6): 2 reviewers on first: 2 opinions
1 persona, 6 meetings, 6 labels, 4 reviews
every label is fresh
$ datebook status
datebook.db at v6: removed sample first with 3 opinions
1 persona, 6 meetings, 6 labels
every label is fresh
! next: datebook export --held-out-fraction 0.2 --seed 1 --output exports/first

# Differences.

$ datebook diff 3 4
v3 -> v4
reviews: 2 added, 0 changed, 0 removed
$ datebook diff 3 4 --rows
v3 -> v4
reviews: 2 added, 0 changed, 0 removed

+ review opinion/first/ann/AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0AohQ2gkve00vQrWjfB4n1seS3_l2duoVO
    + realistic, critical, prep 20 min, accept
+ review opinion/first/ann/AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0Aw5iMVvId3zmlQVaacx0VEsLIL9Tq7Po3
    + realistic, low, prep 20 min, accept; the label was high, prep 20 min, accept; an exception; note: Only for the board.
$ datebook diff 4 5 --rows
v4 -> v5
reviews: 1 added, 1 changed, 0 removed

~ review opinion/first/ann/AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0Aw5iMVvId3zmlQVaacx0VEsLIL9Tq7Po3
    realistic: true -> false
    importance: "low" -> "high"
    cause: "exception" -> "none"
    note: removed "Only for the board."
+ review opinion/first/bob/AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0AohQ2gkve00vQrWjfB4n1seS3_l2duoVO
    + realistic, critical, prep 20 min, accept
$ datebook diff 5 4 --rows --limit 1
v5 -> v4
reviews: 0 added, 1 changed, 1 removed

~ review opinion/first/ann/AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0Aw5iMVvId3zmlQVaacx0VEsLIL9Tq7Po3
    realistic: false -> true
    importance: "high" -> "low"
    cause: "none" -> "exception"
    note: added "Only for the board."
(1 more of 2 rows)
$ datebook diff 3 5 --stat
v3 -> v5
 reviews  |  3  +++
 3 reviews: 3 rows added, 0 changed, 0 removed
$ datebook diff 2 3 --rows
v2 -> v3
reviews: 1 added, 0 changed, 0 removed

+ review sample/first
    + 3 meetings of v2
$ datebook diff 5 6
v5 -> v6
reviews: 0 added, 0 changed, 4 removed
$ datebook diff 3 5 --name-only
opinion/first/ann/AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0AohQ2gkve00vQrWjfB4n1seS3_l2duoVO
opinion/first/ann/AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0Aw5iMVvId3zmlQVaacx0VEsLIL9Tq7Po3
opinion/first/bob/AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0AohQ2gkve00vQrWjfB4n1seS3_l2duoVO
$ datebook diff 2 6 --exit-code
v2 -> v6
no difference
$ datebook diff 3 5 --persona tier1_sales_manager_pipeline
v3 -> v5
no difference
$ datebook diff 4 5 --jsonl
{"row":"review","change":"changed","review":"opinion/first/ann/AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0Aw5iMVvId3zmlQVaacx0VEsLIL9Tq7Po3","old":{"kind":"opinion","sample":"first","reviewer":"ann","meeting":"AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0Aw5iMVvId3zmlQVaacx0VEsLIL9Tq7Po3","persona":"tier1_sales_manager_pipeline","version":2,"seen":{"importance":"high","prep_minutes":20,"rsvp":"accept","reasoning":"Matches priority: Close Q4 deals ($2M pipeline); Optional prep: Customer meeting I run"},"blind":false,"realistic":true,"importance":"low","prep_minutes":20,"rsvp":"accept","cause":"exception","note":"Only for the board."},"new":{"kind":"opinion","sample":"first","reviewer":"ann","meeting":"AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0Aw5iMVvId3zmlQVaacx0VEsLIL9Tq7Po3","persona":"tier1_sales_manager_pipeline","version":2,"seen":{"importance":"high","prep_minutes":20,"rsvp":"accept","reasoning":"Matches priority: Close Q4 deals ($2M pipeline); Optional prep: Customer meeting I run"},"blind":false,"realistic":false,"importance":"high","prep_minutes":20,"rsvp":"accept","cause":"none"},"fields":["realistic: true -> false","importance: \"low\" -> \"high\"","cause: \"exception\" -> \"none\"","note: removed \"Only for the board.\""]}
{"row":"review","change":"added","review":"opinion/first/bob/AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0AohQ2gkve00vQrWjfB4n1seS3_l2duoVO","old":null,"new":{"kind":"opinion","sample":"first","reviewer":"bob","meeting":"AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0AohQ2gkve00vQrWjfB4n1seS3_l2duoVO","persona":"tier1_sales_manager_pipeline","version":2,"seen":{"importance":"critical","prep_minutes":20,"rsvp":"accept","reasoning":"Always important: commit call; Requires prep: Forecast calls / commit calls"},"blind":false,"realistic":true,"importance":"critical","prep_minutes":20,"rsvp":"accept","cause":"none"}}
$ datebook diff 4 5 --json
{"from":4,"to":5,"personas":{"added":0,"changed":0,"removed":0},"meetings":{"added":0,"changed":0,"removed":0},"labels":{"added":0,"changed":0,"removed":0},"splits":{"added":0,"changed":0,"removed":0},"reviews":{"added":1,"changed":1,"removed":0},"transitions":[],"rsvp":[],"prep":{"gained":0,"lost":0,"minutes":0},"reasons_only":0,"by_persona":[]}
$ datebook diff 4 5 --stat --json
{"from":4,"to":5,"personas":{"added":0,"changed":0,"removed":0},"meetings":{"added":0,"changed":0,"removed":0},"labels":{"added":0,"changed":0,"removed":0},"splits":{"added":0,"changed":0,"removed":0},"reviews":{"added":1,"changed":1,"removed":0},"by_persona":[]}
$ datebook diff 2 6 --json
{"from":2,"to":6,"personas":{"added":0,"changed":0,"removed":0},"meetings":{"added":0,"changed":0,"removed":0},"labels":{"added":0,"changed":0,"removed":0},"splits":{"added":0,"changed":0,"removed":0},"transitions":[],"rsvp":[],"prep":{"gained":0,"lost":0,"minutes":0},"reasons_only":0,"by_persona":[]}

# Back again.

$ datebook restore before --dry-run
v6 -> v7
reviews: 4 added, 0 changed, 0 removed
$ datebook restore before --json
{"version":7,"restored":5,"persona":null,"personas":{"added":0,"changed":0,"removed":0},"meetings":{"added":0,"changed":0,"removed":0},"labels":{"added":0,"changed":0,"removed":0},"splits":{"added":0,"changed":0,"removed":0},"reviews":{"added":4,"changed":0,"removed":0}}
$ datebook diff before HEAD
v5 -> v7
no difference
$ datebook restore --persona tier1_sales_manager_pipeline 1
v8: restored tier1_sales_manager_pipeline as in v1
meetings: 0 added, 0 changed, 6 removed
labels: 0 added, 0 changed, 6 removed
! next: datebook diff HEAD~1
$ datebook sql 'select kind, count(*) from reviews group by 1'
kind	count(*)
opinion	3
sample	1
$ datebook restore 7
v9: restored v7
meetings: 6 added, 0 changed, 0 removed
labels: 6 added, 0 changed, 0 removed
! next: datebook diff HEAD~1

# Two who went on from the same file.

$ datebook backup -q other.db
other.db holds everything up to v9: 1,114,112 bytes
$ answer $three ann true ',"note":"Mine."' | datebook -q review record -
v10: ann on first: 1 opinion
$ (answer $one bob true ',"rsvp":"decline","cause":"exception"'; answer $three bob true '') | datebook -q review record -
v11: bob on first: 2 opinions, 1 in place of earlier ones
$ (answer $three ann true ',"note":"Theirs."'; answer $two cem true ''; answer $two ann true '') | datebook -q --db other.db review record -
v10: 2 reviewers on first: 3 opinions, 1 in place of earlier ones
$ datebook diff --other other.db --rows
v11 of datebook.db -> v10 of other.db (the same up to v9)
reviews: 1 added, 3 changed, 1 removed

~ review opinion/first/ann/AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0ACo106JJFDQAbqowFR6RJ9GFa1go0c_rW
    note: "Mine." -> "Theirs."
~ review opinion/first/ann/AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0Aw5iMVvId3zmlQVaacx0VEsLIL9Tq7Po3
    realistic: false -> true
- review opinion/first/bob/AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0ACo106JJFDQAbqowFR6RJ9GFa1go0c_rW
    - realistic, low, no prep, decline
~ review opinion/first/bob/AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0AohQ2gkve00vQrWjfB4n1seS3_l2duoVO
    rsvp: "decline" -> "accept"
    cause: "exception" -> "none"
+ review opinion/first/cem/AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0Aw5iMVvId3zmlQVaacx0VEsLIL9Tq7Po3
    + realistic, high, prep 20 min, accept
$ datebook merge other.db
conflict: review opinion/first/ann/AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0ACo106JJFDQAbqowFR6RJ9GFa1go0c_rW, here in datebook.db, there in other.db
    here -> there: note: "Mine." -> "Theirs."
! datebook: 1 conflict; nothing was changed
! hint: --prefer ours or --prefer theirs decides them; with --dry-run it shows what would come
? 3
$ datebook merge other.db --json
{"conflicts":[{"row":"review","persona":null,"meeting":null,"review":"opinion/first/ann/AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0ACo106JJFDQAbqowFR6RJ9GFa1go0c_rW","ours":"datebook.db","theirs":"other.db","differences":["here -> there: note: \"Mine.\" -> \"Theirs.\""],"taken":null}],"files":[{"file":"other.db","common":9,"personas":{"added":0,"changed":0,"removed":0,"same":0},"meetings":{"added":0,"changed":0,"removed":0,"same":0},"labels":{"added":0,"changed":0,"removed":0,"same":0},"splits":{"added":0,"changed":0,"removed":0,"same":0},"reviews":{"added":1,"changed":1,"removed":0,"same":0}}],"stale_personas":0,"version":11}
! datebook: 1 conflict; nothing was changed
! hint: --prefer ours or --prefer theirs decides them; with --dry-run it shows what would come
? 3
$ datebook merge other.db --prefer theirs
conflict: review opinion/first/ann/AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0ACo106JJFDQAbqowFR6RJ9GFa1go0c_rW, here in datebook.db, there in other.db
    here -> there: note: "Mine." -> "Theirs."
    decided: other.db
other.db: reviews 1 new, 2 changed
v12: merged 1 file, 1 conflict decided for theirs
$ datebook merge other.db
other.db: reviews 3 there already
There is nothing new; HEAD stays at v12.
$ datebook sql 'select reviewer, note from reviews where note is not null'
reviewer	note
ann	Theirs.

# What nobody needs any more goes.

$ datebook prune --keep-last 1
pruned 10 of 12 versions: 4 rows; the file takes 1.1 MB
$ datebook verify
datebook.db is sound: 12 versions in one chain, 2 hashed again from 36 rows
