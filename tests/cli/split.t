# Named splits: made, looked at, replaced, removed.

$ datebook init -q
Made datebook.db with 8 personas.
$ datebook -q generate --all --count 10
v2: 80 meetings for 8 personas, labelled
$ datebook split list
! no splits; next: datebook split create NAME
$ datebook split list --json
{"version":2,"splits":[]}

# A fraction, by the hash of each persona.

$ datebook split create shares --held-out-fraction 0.4 --seed 7
v3: made split shares: 3 train, 5 held out
! next: datebook split check shares
$ datebook split show shares
split shares, since v3
  held out  validation personas
            0.4 of the others
  seed      7

PERSONA                             TIER  PART     MEETINGS  WHY
tier1_eng_manager_overloaded           1  train          10  not drawn
tier1_sales_manager_pipeline           1  heldout        10  drawn
tier2_account_executive_hunter         2  heldout        10  drawn
tier2_ic_engineer_deep_work            2  heldout        10  drawn
tier3_finance_manager_compliance       3  train          10  not drawn
tier3_legal_counsel_risk               3  train          10  not drawn
validation_crisis_responder_oncall     2  heldout        10  validation persona
validation_startup_founder_ceo         1  heldout        10  validation persona

PART     TIER 1  TIER 2  TIER 3  PERSONAS  MEETINGS
train         1       0       2         3        30
heldout       2       3       0         5        50
$ datebook split create shares --held-out-fraction 0.40 --seed 7
Nothing changed: split shares is there as it is; HEAD stays at v3.
$ datebook split create shares --seed 7 --held-out-fraction 0.4 --json
{"version":3,"split":"shares","outcome":"unchanged","sides":[{"fold":null,"train_personas":3,"held_out_personas":5}]}

# An even share of each tier, and a part of the training meetings.

$ datebook split create halves --held-out-fraction 0.5 --stratify tier --json
{"version":4,"split":"halves","outcome":"made","sides":[{"fold":null,"train_personas":3,"held_out_personas":5}]}
! next: datebook split check halves
$ datebook split show halves
split halves, since v4
  held out  validation personas
            0.5 of the others, even within tier
  seed      1

PERSONA                             TIER  PART     MEETINGS  WHY
tier1_eng_manager_overloaded           1  train          10  not drawn
tier1_sales_manager_pipeline           1  heldout        10  drawn
tier2_account_executive_hunter         2  heldout        10  drawn
tier2_ic_engineer_deep_work            2  train          10  not drawn
tier3_finance_manager_compliance       3  heldout        10  drawn
tier3_legal_counsel_risk               3  train          10  not drawn
validation_crisis_responder_oncall     2  heldout        10  validation persona
validation_startup_founder_ceo         1  heldout        10  validation persona

PART     TIER 1  TIER 2  TIER 3  PERSONAS  MEETINGS
train         1       1       1         3        30
heldout       2       2       1         5        50
$ datebook split show halves --json
{"version":4,"split":"halves","since":4,"terms":{"held_out":[],"held_out_tier":null,"held_out_fraction":0.5,"stratify":["tier"],"folds":null,"validation_fraction":null,"seed":1},"fold":null,"personas":[{"id":"tier1_eng_manager_overloaded","tier":1,"part":"train","reason":null,"fold":null,"late":false,"meetings":10},{"id":"tier1_sales_manager_pipeline","tier":1,"part":"heldout","reason":"drawn","fold":null,"late":false,"meetings":10},{"id":"tier2_account_executive_hunter","tier":2,"part":"heldout","reason":"drawn","fold":null,"late":false,"meetings":10},{"id":"tier2_ic_engineer_deep_work","tier":2,"part":"train","reason":null,"fold":null,"late":false,"meetings":10},{"id":"tier3_finance_manager_compliance","tier":3,"part":"heldout","reason":"drawn","fold":null,"late":false,"meetings":10},{"id":"tier3_legal_counsel_risk","tier":3,"part":"train","reason":null,"fold":null,"late":false,"meetings":10},{"id":"validation_crisis_responder_oncall","tier":2,"part":"heldout","reason":"validation","fold":null,"late":false,"meetings":10},{"id":"validation_startup_founder_ceo","tier":1,"part":"heldout","reason":"validation","fold":null,"late":false,"meetings":10}],"totals":[{"part":"train","fold":null,"tier":1,"personas":1,"meetings":10},{"part":"train","fold":null,"tier":2,"personas":1,"meetings":10},{"part":"train","fold":null,"tier":3,"personas":1,"meetings":10},{"part":"heldout","fold":null,"tier":1,"personas":2,"meetings":20},{"part":"heldout","fold":null,"tier":2,"personas":2,"meetings":20},{"part":"heldout","fold":null,"tier":3,"personas":1,"meetings":10}],"cut":null}
$ datebook sql "select name, document from splits where name = 'halves'"
name	document
halves	{"held_out_fraction":0.5,"stratify":["tier"],"seed":"1","draws":{"tier1_eng_manager_overloaded":false,"tier1_sales_manager_pipeline":true,"tier2_account_executive_hunter":true,"tier2_ic_engineer_deep_work":false,"tier3_finance_manager_compliance":true,"tier3_legal_counsel_risk":false}}

# A validation part, whole series and near-duplicates together.

$ datebook split create parts --held-out-tier 3 --validation-fraction 0.2
v5: made split parts: 4 train, 4 held out
! next: datebook split check parts
$ datebook split show parts
split parts, since v5
  held out    validation personas
              tier 3
  validation  0.2 of the training meetings
  seed        1

PERSONA                             TIER  PART     MEETINGS  WHY
tier1_eng_manager_overloaded           1  train          10
tier1_sales_manager_pipeline           1  train          10
tier2_account_executive_hunter         2  train          10
tier2_ic_engineer_deep_work            2  train          10
tier3_finance_manager_compliance       3  heldout        10  tier 3
tier3_legal_counsel_risk               3  heldout        10  tier 3
validation_crisis_responder_oncall     2  heldout        10  validation persona
validation_startup_founder_ceo         1  heldout        10  validation persona

PART     TIER 1  TIER 2  TIER 3  PERSONAS  MEETINGS
train         2       2       0         4        40
heldout       1       1       2         4        40

validation: 7 of 40 training meetings (17.5%), in 40 groups, the largest of 1
$ datebook split show parts --json > out; sqlite3 :memory: "select json_extract(readfile('out'), '\$.cut', '\$.terms.validation_fraction')"
[{"meetings":40,"validation":7,"groups":40,"largest_group":1},0.2]
$ datebook split remove parts -q
v6: removed split parts

# Named personas and tiers, together.

$ datebook split create both --held-out tier2_ic_engineer_deep_work --held-out-tier 3
v7: made split both: 3 train, 5 held out
! next: datebook split check both
$ datebook split show both
split both, since v7
  held out  validation personas
            tier2_ic_engineer_deep_work
            tier 3

PERSONA                             TIER  PART     MEETINGS  WHY
tier1_eng_manager_overloaded           1  train          10
tier1_sales_manager_pipeline           1  train          10
tier2_account_executive_hunter         2  train          10
tier2_ic_engineer_deep_work            2  heldout        10  named
tier3_finance_manager_compliance       3  heldout        10  tier 3
tier3_legal_counsel_risk               3  heldout        10  tier 3
validation_crisis_responder_oncall     2  heldout        10  validation persona
validation_startup_founder_ceo         1  heldout        10  validation persona

PART     TIER 1  TIER 2  TIER 3  PERSONAS  MEETINGS
train         2       1       0         3        30
heldout       1       2       2         5        50

# Folds.

$ datebook split create cv --folds 3 --stratify tier
v8: made split cv of 3 folds
  FOLD  TRAIN  HELD OUT
     1      4         4
     2      4         4
     3      4         4
! next: datebook split check cv
$ datebook split show cv
split cv, since v8
  folds     3, even within tier
  held out  validation personas
  seed      1

PERSONA                             TIER  PART     MEETINGS  WHY
tier1_eng_manager_overloaded           1  in turn        10  fold 3
tier1_sales_manager_pipeline           1  in turn        10  fold 2
tier2_account_executive_hunter         2  in turn        10  fold 3
tier2_ic_engineer_deep_work            2  in turn        10  fold 1
tier3_finance_manager_compliance       3  in turn        10  fold 1
tier3_legal_counsel_risk               3  in turn        10  fold 2
validation_crisis_responder_oncall     2  heldout        10  validation persona
validation_startup_founder_ceo         1  heldout        10  validation persona

PART     TIER 1  TIER 2  TIER 3  PERSONAS  MEETINGS
fold 1        0       1       1         2        20
fold 2        1       0       1         2        20
fold 3        1       1       0         2        20
heldout       1       1       0         2        20
$ datebook split show cv --fold 2
split cv, since v8
  folds     3, even within tier
  held out  validation personas
  seed      1

PERSONA                             TIER  PART     MEETINGS  WHY
tier1_eng_manager_overloaded           1  train          10  fold 3
tier1_sales_manager_pipeline           1  heldout        10  fold 2
tier2_account_executive_hunter         2  train          10  fold 3
tier2_ic_engineer_deep_work            2  train          10  fold 1
tier3_finance_manager_compliance       3  train          10  fold 1
tier3_legal_counsel_risk               3  heldout        10  fold 2
validation_crisis_responder_oncall     2  heldout        10  validation persona
validation_startup_founder_ceo         1  heldout        10  validation persona

PART     TIER 1  TIER 2  TIER 3  PERSONAS  MEETINGS
train         1       2       1         4        40
heldout       2       1       1         4        40
$ datebook split show cv --fold 2 --json > out; sqlite3 :memory: "select json_valid(readfile('out')), json_extract(readfile('out'), '\$.fold', '\$.terms.folds', '\$.personas[0]')"
1|[2,3,{"id":"tier1_eng_manager_overloaded","tier":1,"part":"train","reason":null,"fold":3,"late":false,"meetings":10}]
$ datebook split show cv --json > out; sqlite3 :memory: "select json_extract(readfile('out'), '\$.fold', '\$.personas[0]', '\$.personas[6]', '\$.totals[0]')"
[null,{"id":"tier1_eng_manager_overloaded","tier":1,"part":null,"reason":null,"fold":3,"late":false,"meetings":10},{"id":"validation_crisis_responder_oncall","tier":2,"part":"heldout","reason":"validation","fold":null,"late":false,"meetings":10},{"part":null,"fold":1,"tier":1,"personas":0,"meetings":0}]
$ datebook split show cv --fold 4
! datebook: the split cv has no fold 4
! hint: --fold takes 1 to 3
? 3
$ datebook split show halves --fold 1
! datebook: the split halves has no folds
? 3
$ datebook split list
SPLIT   TRAIN  HELD OUT  FOLDS  VALIDATION  SINCE
both        3         5      -           -     v7
cv          6         2      3           -     v8
halves      3         5      -           -     v4
shares      3         5      -           -     v3

# A name that is taken.

$ datebook split create halves --held-out-fraction 0.25
! datebook: the split halves exists and holds out others
! hint: --replace makes it anew; or choose another name, or take it away with `datebook split remove halves`
? 3
$ datebook split create halves --held-out-fraction 0.25 --replace
v9: replaced split halves: 6 train, 2 held out
! the fraction drew none of 6 training personas; another --seed draws others
! next: datebook split check halves
$ datebook split list --at HEAD~1 --json
{"version":8,"splits":[{"split":"both","since":7,"train_personas":3,"held_out_personas":5,"folds":null,"validation_fraction":null,"problem":null},{"split":"cv","since":8,"train_personas":6,"held_out_personas":2,"folds":3,"validation_fraction":null,"problem":null},{"split":"halves","since":4,"train_personas":3,"held_out_personas":5,"folds":null,"validation_fraction":null,"problem":null},{"split":"shares","since":3,"train_personas":3,"held_out_personas":5,"folds":null,"validation_fraction":null,"problem":null}]}
$ datebook split show halves --at 2
! datebook: there is no split "halves" in v2
! hint: `datebook split list --at 2` lists them
? 3
$ datebook split show halve
! datebook: there is no split "halve"
! hint: did you mean halves?
? 3
$ datebook split show nothing
! datebook: there is no split "nothing"
! hint: `datebook split list` lists them, `datebook split create` makes one
? 3
$ datebook log -q --limit 2
VERSION  WHEN              COMMAND       TAGS  WHAT
     v9  2025-11-24 16:00  split create        replaced split halves: 6 train, 2 held out
     v8  2025-11-24 16:00  split create        made split cv of 3 folds

$ datebook diff HEAD~1
v8 -> v9
splits: 0 added, 1 changed, 0 removed

# Personas that come later move no other.

$ datebook split show cv --json > before; printf '{"id": "%s", "name": "N", "tier": 2, "demographics": {"function": "Sales"}}' late_one > late_one.json; printf '{"id": "late_two", "name": "N", "tier": 1, "role": "validation"}' > late_two.json
$ datebook persona add -q late_one.json late_two.json
added   late_one
added   late_two
v10: 2 added, 0 changed, 0 unchanged
$ datebook split show cv
split cv, since v8
  folds     3, even within tier
  held out  validation personas
  seed      1

PERSONA                             TIER  PART     MEETINGS  WHY
late_one                               2  in turn         0  fold 3, came later
late_two                               1  heldout         0  validation persona, came later
tier1_eng_manager_overloaded           1  in turn        10  fold 3
tier1_sales_manager_pipeline           1  in turn        10  fold 2
tier2_account_executive_hunter         2  in turn        10  fold 3
tier2_ic_engineer_deep_work            2  in turn        10  fold 1
tier3_finance_manager_compliance       3  in turn        10  fold 1
tier3_legal_counsel_risk               3  in turn        10  fold 2
validation_crisis_responder_oncall     2  heldout        10  validation persona
validation_startup_founder_ceo         1  heldout        10  validation persona

PART     TIER 1  TIER 2  TIER 3  PERSONAS  MEETINGS
fold 1        0       1       1         2        20
fold 2        1       0       1         2        20
fold 3        1       2       0         3        20
heldout       2       1       0         3        20
! 2 personas came after the split was made
$ datebook split show shares
split shares, since v3
  held out  validation personas
            0.4 of the others
  seed      7

PERSONA                             TIER  PART     MEETINGS  WHY
late_one                               2  heldout         0  drawn, came later
late_two                               1  heldout         0  validation persona, came later
tier1_eng_manager_overloaded           1  train          10  not drawn
tier1_sales_manager_pipeline           1  heldout        10  drawn
tier2_account_executive_hunter         2  heldout        10  drawn
tier2_ic_engineer_deep_work            2  heldout        10  drawn
tier3_finance_manager_compliance       3  train          10  not drawn
tier3_legal_counsel_risk               3  train          10  not drawn
validation_crisis_responder_oncall     2  heldout        10  validation persona
validation_startup_founder_ceo         1  heldout        10  validation persona

PART     TIER 1  TIER 2  TIER 3  PERSONAS  MEETINGS
train         1       0       2         3        30
heldout       3       4       0         7        50
! 2 personas came after the split was made
$ datebook split show cv --json > after
! 2 personas came after the split was made
$ folds() { sqlite3 :memory: "select value ->> 'id', value ->> 'fold' from json_each(readfile('$1'), '\$.personas') where value ->> 'id' not like 'late%'"; }
$ folds before > one; folds after | diff one - && wc -l < one
8

# Making the same split now would draw among others.

$ datebook split create cv --folds 3 --stratify tier
! datebook: the split cv exists and was drawn among other personas
! hint: --replace makes it anew; or choose another name, or take it away with `datebook split remove cv`
? 3
$ datebook split create cv --folds 3 --stratify tier --replace
v11: replaced split cv of 3 folds
  FOLD  TRAIN  HELD OUT
     1      4         6
     2      5         5
     3      5         5
! next: datebook split check cv

# A persona that a split names and that is gone.

$ datebook persona remove tier2_ic_engineer_deep_work
v12: removed 1 persona with 10 meetings
! they stay in v11 and before
$ datebook split list
SPLIT   TRAIN  HELD OUT  FOLDS  VALIDATION  SINCE
both        -         -      -           -     v7
cv          6         3      3           -    v11
halves      6         3      -           -     v9
shares      3         6      -           -     v3
! the split both holds out tier2_ic_engineer_deep_work, and there is no such persona
$ datebook split list --json > out; sqlite3 :memory: "select json_extract(readfile('out'), '\$.splits[0]')"
{"split":"both","since":7,"train_personas":null,"held_out_personas":null,"folds":null,"validation_fraction":null,"problem":"the split both holds out tier2_ic_engineer_deep_work, and there is no such persona"}
$ datebook split show both
! datebook: the split both holds out tier2_ic_engineer_deep_work, and there is no such persona
! hint: make it anew: `datebook split create both --replace …`
? 3
$ datebook split show both --at HEAD~1 | head -n 5
split both, since v7
  held out  validation personas
            tier2_ic_engineer_deep_work
            tier 3
\
! 2 personas came after the split was made

# Removed, and still there in older versions.

$ datebook split remove both
v13: removed split both
! it stays in v12 and before
$ datebook split remove both
! datebook: there is no split "both"
! hint: `datebook split list` lists them, `datebook split create` makes one
? 3
$ datebook split remove bot --json
! datebook: there is no split "bot"
! hint: `datebook split list` lists them, `datebook split create` makes one
? 3
$ datebook split remove shares --json
{"version":14,"split":"shares"}
$ datebook split show shares --at HEAD~1 | head -n 4
split shares, since v3
  held out  validation personas
            0.4 of the others
  seed      7
! 2 personas came after the split was made
# Nothing leaks here.

$ datebook split check
compared 70 meetings of v14, likeness from 0.8
no leaks
$ datebook split check halves --json
{"version":14,"split":"halves","threshold":0.8,"checks":[{"fold":null,"compared":70,"twins":0,"leaks":[]}]}
$ datebook split check cv
compared 70 meetings of v14, likeness from 0.8
fold 1: no leaks
fold 2: no leaks
fold 3: no leaks
$ datebook split check cv --fold 2
compared 70 meetings of v14, likeness from 0.8
fold 2: no leaks
$ datebook split check cv --fold 4
! datebook: the split cv has no fold 4
! hint: --fold takes 1 to 3
? 3
$ datebook split check halves --fold 1
! datebook: the split halves has no folds
? 3
$ datebook split check halve
! datebook: there is no split "halve"
! hint: did you mean halves?
? 3
$ datebook split check halves --at 2
! datebook: there is no split "halves" in v2
! hint: `datebook split list --at 2` lists them
? 3

# What makes no sense is refused, and nothing is changed.

$ datebook split
! datebook: split needs one of create, list, show, check, remove
! hint: `datebook --help` lists the commands
? 2
$ datebook split creat
! datebook: split create needs NAME
! hint: `datebook split create --help` shows how it is used
? 2
$ datebook split create
! datebook: split create needs NAME
! hint: `datebook split create --help` shows how it is used
? 2
$ datebook split create a b
! datebook: unexpected argument "b"
! hint: `datebook split create --help` shows how it is used
? 2
$ datebook split create x/y
! datebook: "x/y" cannot be the name of a split
! hint: use letters, digits, and . _ - after the first character, 64 at most
? 3
$ datebook split create x --held-out nobody
! datebook: there is no persona "nobody"
! hint: `datebook persona list` lists them
? 3
$ datebook split create x --held-out tier3_legal_counsel_riks
! datebook: there is no persona "tier3_legal_counsel_riks"
! hint: did you mean tier3_legal_counsel_risk?
? 3
$ datebook split create x --held-out ,
! datebook: --held-out names no persona
! hint: `datebook split create --help` shows how it is used
? 2
$ datebook split create x --held-out-fraction 1
! datebook: --held-out-fraction takes a share between 0 and 1, such as 0.2, not "1"
! hint: `datebook split create --help` shows how it is used
? 2
$ datebook split create x --validation-fraction 10%
! datebook: --validation-fraction takes a share between 0 and 1, such as 0.2, not "10%"
! hint: `datebook split create --help` shows how it is used
? 2
$ datebook split create x --held-out-tier 4
! datebook: --held-out-tier takes a whole number from 1 to 3, not "4"
! hint: `datebook split create --help` shows how it is used
? 2
$ datebook split create x --folds 1
! datebook: --folds takes a whole number from 2 to 100, not "1"
! hint: `datebook split create --help` shows how it is used
? 2
$ datebook split create x --folds 50
! datebook: 50 folds need as many personas that may train, and there are 6
! hint: make 6 folds at most
? 3
$ datebook split create x --folds 3 --held-out-tier 3
! datebook: --folds holds out every persona in turn: give it without --held-out-tier
! hint: `datebook split create --help` shows how it is used
? 2
$ datebook split create x --folds 3 --held-out-fraction 0.2
! datebook: --folds holds out every persona in turn: give it without --held-out-fraction
! hint: `datebook split create --help` shows how it is used
? 2
$ datebook split create x --stratify tier
! datebook: --stratify goes with --held-out-fraction or --folds
! hint: `datebook split create --help` shows how it is used
? 2
$ datebook split create x --stratify tier,team --folds 2
! datebook: --stratify takes tier, function, level and industry, not "team"
! hint: `datebook split create --help` shows how it is used
? 2
$ datebook split create x --stratify , --folds 2
! datebook: --stratify needs tier, function, level or industry
! hint: `datebook split create --help` shows how it is used
? 2
$ datebook split create x --seed 2
! datebook: --seed goes with --held-out-fraction, --folds or --validation-fraction
! hint: `datebook split create --help` shows how it is used
? 2
$ datebook split create x --held-out-fraction 0.99 --stratify tier
! datebook: no persona is left to train on
! hint: name some with --held-out, or choose another --held-out-fraction or --seed
? 3
$ datebook split create x --held-out-fraction 0.001
v15: made split x: 6 train, 3 held out
! the fraction drew none of 6 training personas; another --seed draws others
! next: datebook split check x
$ datebook split create x --held-out-tier 1 --seed 1 --replace
! datebook: --seed goes with --held-out-fraction, --folds or --validation-fraction
! hint: `datebook split create --help` shows how it is used
? 2
$ datebook split list --db none.db
! datebook: there is no database none.db
! hint: make it with `datebook init`, or name another with --db FILE
? 4

# Without personas there is nothing to split.

$ datebook init --no-library --db empty.db -q
Made empty.db with 0 personas.
$ datebook split create x --db empty.db
! datebook: no persona is left to train on
! hint: add some with `datebook persona add`
? 3
$ datebook split check --db empty.db
! datebook: no persona is left to train on
! hint: add some with `datebook persona add`
? 3
$ datebook split create x --folds 2 --db empty.db
! datebook: 2 folds need as many personas that may train, and there are 0
? 3

# One that somebody wrote by hand, or a merge brought, is told with its field.

$ sqlite3 datebook.db "update split set document = replace(document, '\"folds\":3', '\"folds\":300')"
$ datebook split show cv
! datebook: the split cv is damaged: folds must be a whole number from 2 to 100
? 4
$ datebook split list
SPLIT   TRAIN  HELD OUT  FOLDS  VALIDATION  SINCE
cv          -         -      -           -    v11
halves      6         3      -           -     v9
x           6         3      -           -    v15
! the split cv is damaged: folds must be a whole number from 2 to 100
$ datebook split check cv --fold 1
! datebook: the split cv is damaged: folds must be a whole number from 2 to 100
? 4
$ datebook verify -q | head -n 3
version 11 does not hold what was written; 4 after it do not either
the splits are not what was written
