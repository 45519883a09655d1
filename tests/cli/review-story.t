# A review from its first meeting to the export that takes it in: two people
# judge a sample, disagree once, a third one decides, the rule that was blamed is
# changed, and what the edit opens again is asked again.

$ export DATEBOOK_DATA="$TEST_DATA/small"
$ datebook -q init
Made datebook.db with 2 personas.
$ datebook -q generate --persona first --count 30 --seed 7
v2: 30 meetings for 1 persona, labelled
$ datebook -q review sample first --count 6 --stratify importance
v3: drew sample first: 6 meetings from v2
  IMPORTANCE  MEETINGS  DRAWN
  critical           5      2
  high               9      2
  medium            16      2

# What is exported is sent back with an answer. Ann corrects one label and says
# which rule is wrong; bob agrees with all of them.

$ datebook review export first --reviewer ann --blind | sed 's/,"event".*/}/'
{"sample":"first","meeting":"AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0AqCYou5ybtliu8ank3DV0gxDYUA7IpnWI","persona":"first","version":3,"reviewer":"ann","blind":true}
{"sample":"first","meeting":"AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0AJvpTfCqrE8-kR1qkRKTY0DUVeLkz3kD_","persona":"first","version":3,"reviewer":"ann","blind":true}
{"sample":"first","meeting":"AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A9DFq8GrjlsN5Ot62O6CXrd3f-FNphhuj","persona":"first","version":3,"reviewer":"ann","blind":true}
{"sample":"first","meeting":"AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0AevhWCH6H-PiWWZnTmN_72F4gif-2S590","persona":"first","version":3,"reviewer":"ann","blind":true}
{"sample":"first","meeting":"AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0APt7RJg8h_gE22T5DpeuYc3VWA5mV_cbH","persona":"first","version":3,"reviewer":"ann","blind":true}
{"sample":"first","meeting":"AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0AGS9e1LiYfwkBJ6EM1IcK8J5gEBp3yEXz","persona":"first","version":3,"reviewer":"ann","blind":true}
$ datebook review export first --reviewer ann | sed 's/}$/,"realistic":true}/' > all.jsonl
$ critical=$(grep -m 1 '"importance":"critical"' all.jsonl | sed 's/.*"meeting":"\([^"]*\)".*/\1/')
$ sed "/$critical/s/\"realistic\":true/&,\"importance\":\"medium\",\"cause\":\"rule\",\"rule\":\"Always important: pipeline\",\"note\":\"Weekly, and nobody prepares.\"/" all.jsonl > ann.jsonl
$ datebook -q review record ann.jsonl
v4: ann on first: 6 opinions
$ sed 's/"reviewer":"ann"/"reviewer":"bob"/' all.jsonl | datebook -q review record -
v5: bob on first: 6 opinions
$ datebook -q review agreement first
sample first as of v5: 6 meetings, 6 judged, 12 opinions by 2 reviewers
disputed: 1 open, 0 decided

ALL                         SHARE              N  TARGET
realistic                   100 % (54-100 %)  12    90 %  met, could be chance
label right                 92 % (75-100 %)   12    90 %  met, could be chance
importance right            92 % (75-100 %)   12
prep right (needed or not)  100 % (54-100 %)  12
RSVP right                  100 % (54-100 %)  12

PERSONA   N  REALISTIC         LABEL RIGHT
first    12  100 % (54-100 %)  92 % (75-100 %)

ann and bob, on 6 meetings
              SAME              KAPPA                WEIGHTED KAPPA
  importance  83 % (50-100 %)   0.75 (0.18 to 1.00)  0.50 (-0.14 to 1.00)
  prep        100 % (54-100 %)  -
  RSVP        100 % (54-100 %)  1.00

all reviewers, Krippendorff's alpha
  realistic                -                     n 12
  importance (ordinal)     0.53 (-0.40 to 1.00)  n 12
  prep minutes (interval)  -                     n 12
  RSVP (ordinal)           1.00                  n 12
kappa and alpha: 1 is always the same, 0 is what chance alone would give,
"-" is that nothing varies

realistic: 100 % (54-100 %), n 12 opinions
  target 90 %: met, but that could be chance: the interval goes below it
label right: 92 % (75-100 %), n 12 opinions
  target 90 %: met, but that could be chance: the interval goes below it
$ datebook review adjudicate first --list | sed "s/$critical/MEETING/"
first, v5: 1 disagreement

  REVIEWER   REALISTIC  IMPORTANCE  PREP  RSVP    WHY

Pipeline review
  first
  MEETING
  ann        yes        medium      none  accept  rule
      wrong: Always important: pipeline
      note: Weekly, and nobody prepares.
  bob        yes        critical    none  accept
  the rules             critical    none  accept
      because: Always important: pipeline

# Cleo decides. All opinions stay.

$ grep "$critical" ann.jsonl | sed -e 's/"reviewer":"ann"/"reviewer":"cleo"/' -e 's/}$/,"decision":true}/' | datebook -q review record -
v6: cleo on first: 1 decision
$ datebook -q review adjudicate first --list
first, v6: 0 disagreements
$ datebook -q review show first | sed "s/$critical/MEETING/"
sample first: 6 meetings from v2
  evenly of each  importance
  seed            1

ann  0 open, 6 done
bob  0 open, 6 done

   MEETING          LABEL                 ann       bob     RESULT
1  Talk about tea   medium, 0, tentative  agrees    agrees  settled
2  Pipeline review  critical, 0, accept   corrects  agrees  decided
3  Deal review      high, 0, accept       agrees    agrees  settled
4  Pipeline review  critical, 0, accept   agrees    agrees  settled
5  Talk about tea   medium, 0, tentative  agrees    agrees  settled
6  Deal review      high, 0, accept       agrees    agrees  settled
$ datebook -q review list
SAMPLE  MEETINGS  FROM  REVIEWERS  OPEN  DISPUTED  SETTLED  GONE
first          6    v2          2     0         0        6     0

# The rule that was blamed.

$ datebook -q review rules first
PERSONA AND RULE              CORRECTED  SAID WRONG  EXCEPTIONS  CHANGES
first
  Always important: pipeline     2 of 5           2           0    16.7%

CHANGES: labels of the persona that would be others without the rule.
$ datebook persona review first --reviewer ann --answers "$TEST_DATA/reviews/first.json"
v7: ann on first: 2 of 6 rules answered: 1 right, 1 wrong
$ datebook -q persona agreement first
persona first as of v7: 1 expert

PERSONA                SHARE            N  TARGET
exists in our company  100 % (3-100 %)  1    85 %  met, could be chance
experts agree          -                0    90 %  nothing to count
rules are right        50 % (0-100 %)   2

exists: 100 % (3-100 %), n 1 opinions
  target 85 %: met, but that could be chance: the interval goes below it
experts agree: nothing to count yet

# What people settled takes the place of the rules' label. Here that is one.

$ datebook -q export --allow-leaks --output before
Exported v7 to before
  train    1 persona  30 meetings
  heldout  1 persona   0 meetings

  FILE                      ROWS   BYTES
  data/graph/train.jsonl      30  37,659
  data/graph/heldout.jsonl     0       0
  README.md
  statistics.json
  croissant.json
  manifest.json
$ datebook export --allow-leaks --output after --labels reviewed --format graph,dpo --prompt "$SOURCE/personas/prompts/training/importance.txt"
Exported v7 to after
  train    1 persona  30 meetings
  heldout  1 persona   0 meetings

  FILE                               ROWS   BYTES
  data/graph/train.jsonl               30  37,659
  data/graph/heldout.jsonl              0       0
  data/dpo-importance/train.jsonl      30  40,695
  data/dpo-importance/heldout.jsonl     0       0
  README.md
  statistics.json
  croissant.json
  manifest.json
! heldout is empty: there are no meetings for it
! 6 of the labels were reviewed, 1 of them corrected; the others are the oracle's
$ diff before/data/graph/train.jsonl after/data/graph/train.jsonl | grep -o '"importance_label".*"persona_id"'
"importance_label":"critical","prep_needed":false,"prep_time_minutes":0,"reasoning":"Always important: pipeline","persona_id"
"importance_label":"medium","prep_needed":false,"prep_time_minutes":0,"reasoning":"Weekly, and nobody prepares.","persona_id"

# The persona is edited: its labels are stale, and then they are others.

$ sed 's/"pipeline", //' "$TEST_DATA/small/first.json" > first.json; datebook -q persona add first.json
changed first
        importance_criteria.always_important: removed "pipeline"
v8: 0 added, 1 changed, 0 unchanged
$ datebook -q relabel
v9: labelled 30 meetings again, 5 labels changed
$ datebook -q review show first --open | sed "s/$critical/MEETING/"
sample first: 6 meetings from v2
  evenly of each  importance
  seed            1

ann  0 open, 2 open again, 4 done
bob  0 open, 2 open again, 4 done

   MEETING          LABEL                 ann    bob    RESULT
2  Pipeline review  medium, 0, tentative  again  again  again
4  Pipeline review  medium, 0, tentative  again  again
$ datebook review export first --reviewer ann --open | grep -c .
2
$ datebook -q review agreement first | sed -n 1,12p
sample first as of v9: 6 meetings, 4 judged, 8 opinions by 2 reviewers
not counted: 4 opinions on labels that changed since; open again

ALL                         SHARE             N  TARGET
realistic                   100 % (40-100 %)  8    90 %  met, could be chance
label right                 100 % (40-100 %)  8    90 %  met, could be chance
importance right            100 % (40-100 %)  8
prep right (needed or not)  100 % (40-100 %)  8
RSVP right                  100 % (40-100 %)  8

PERSONA  N  REALISTIC         LABEL RIGHT
first    8  100 % (40-100 %)  100 % (40-100 %)
$ datebook -q persona agreement first
persona first as of v9: 0 experts
not counted: 1 opinion on rules that changed since or are gone

exists: nothing to count yet
experts agree: nothing to count yet

# What was decided is of the older label: it does not count any more.

$ datebook -q review adjudicate first --list
first, v9: 0 disagreements
$ datebook -q export --allow-leaks --output later --labels reviewed
Exported v9 to later
  train    1 persona  30 meetings
  heldout  1 persona   0 meetings

  FILE                      ROWS   BYTES
  data/graph/train.jsonl      30  37,639
  data/graph/heldout.jsonl     0       0
  README.md
  statistics.json
  croissant.json
  manifest.json
$ grep -o '"[a-z_]*review[a-z_]*": *[^,]*' later/manifest.json
"reviewed": 4
$ datebook verify --export later
later is whole: 2 files as its manifest says, 30 rows, 2 personas, each on one side
exported from v9 of datebook.db

# Ann and bob agree with the new ones.

$ for who in ann bob; do datebook review export first --reviewer $who --open | sed 's/}$/,"realistic":true}/' | datebook -q review record -; done
v10: ann on first: 2 opinions, 2 in place of earlier ones
v11: bob on first: 2 opinions, 2 in place of earlier ones
$ datebook -q review list
SAMPLE  MEETINGS  FROM  REVIEWERS  OPEN  DISPUTED  SETTLED  GONE
first          6    v2          2     0         0        6     0
$ datebook -q review agreement first --check | sed -n 1,12p
sample first as of v11: 6 meetings, 6 judged, 12 opinions by 2 reviewers

ALL                         SHARE              N  TARGET
realistic                   100 % (54-100 %)  12    90 %  met, could be chance
label right                 100 % (54-100 %)  12    90 %  met, could be chance
importance right            100 % (54-100 %)  12
prep right (needed or not)  100 % (54-100 %)  12
RSVP right                  100 % (54-100 %)  12

PERSONA   N  REALISTIC         LABEL RIGHT
first    12  100 % (54-100 %)  100 % (54-100 %)
\

# All that was done is in the log, and the older answers in their versions.

$ datebook run list
RUN  WHEN              TIME  PERSONAS  ROWS  COMMAND
v11  2025-11-24 16:00     -         0     2  review record -
v10  2025-11-24 16:00     -         0     2  review record -
 v9  2025-11-24 16:00     -         1     5  relabel
 v8  2025-11-24 16:00     -         1     1  persona add first.json
 v7  2025-11-24 16:00     -         0     1  persona review --reviewer ann --an…
 v6  2025-11-24 16:00     -         0     1  review record -
 v5  2025-11-24 16:00     -         0     6  review record -
 v4  2025-11-24 16:00     -         0     6  review record ann.jsonl
 v3  2025-11-24 16:00     -         0     1  review sample --count 6 --stratify…
 v2  2025-11-24 16:00     -         1    60  generate --persona first --count 3…
 v1  2025-11-24 16:00     -         2     2  init
$ datebook review list --at 8
SAMPLE  MEETINGS  FROM  REVIEWERS  OPEN  DISPUTED  SETTLED  GONE
first          6    v2          2     0         0        6     0
$ datebook verify
datebook.db is sound: 11 versions in one chain, 11 hashed again from 87 rows
