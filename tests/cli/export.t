# An export: a folder to train on, split by persona.

$ datebook init -q
Made datebook.db with 8 personas.
$ datebook -q generate --all --count 2
v2: 16 meetings for 8 personas, labelled
$ datebook tag release-1
release-1 is v2
$ datebook export --held-out-fraction 0.4 --seed 7 --output a
Exported v2 to a
  train    3 personas   6 meetings
  heldout  5 personas  10 meetings

  FILE                      ROWS   BYTES
  data/graph/train.jsonl       6  10,409
  data/graph/heldout.jsonl    10  19,408
  README.md
  statistics.json
  croissant.json
  manifest.json
$ (cd a; find . -type f | sort)
./README.md
./croissant.json
./data/graph/heldout.jsonl
./data/graph/train.jsonl
./manifest.json
./statistics.json
$ sqlite3 :memory: "select group_concat(key, ' ') from json_each(readfile('a/manifest.json'))"
tool command version chain_hash content_hash shapes labels prompts split leaks origins personas files documents
$ head -n 16 a/manifest.json
{
  "tool": "datebook 0.1.0",
  "command": "datebook export --at 2 --held-out-fraction 0.4 --seed 7 --format graph",
  "version": 2,
  "chain_hash": "b98d5b73d0bf25ec2d2024979e0c8cea67b7ebd663cf87e984e0c88326848d15",
  "content_hash": "e35ec41a563557d74f08056fff13298736a6a98fa9414b6298d6bd5f74a207c8",
  "shapes": [
    {"name": "graph", "format": "graph"}
  ],
  "labels": {"source": "oracle", "reviewed": 0, "stale_allowed": false},
  "prompts": [],
  "split": {
    "name": null,
    "terms": {"held_out_fraction":0.4,"seed":"7"},
    "train": ["tier1_eng_manager_overloaded", "tier3_finance_manager_compliance", "tier3_legal_counsel_risk"],
    "held_out": ["tier1_sales_manager_pipeline", "tier2_account_executive_hunter", "tier2_ic_engineer_deep_work", "validation_crisis_responder_oncall", "validation_startup_founder_ceo"]
$ sed -n '/"files"/,$p' a/manifest.json | sed 's/"sha256": "[0-9a-f]\{64\}"/"sha256": SUM/; s/"bytes": [0-9]*, "sha256": SUM}\(,*\)$/SUM\1/'
  "files": [
    {"name": "data/graph/train.jsonl", "shape": "graph", "part": "train", "rows": 6, SUM,
    {"name": "data/graph/heldout.jsonl", "shape": "graph", "part": "heldout", "rows": 10, SUM
  ],
  "documents": [
    {"name": "README.md", SUM,
    {"name": "croissant.json", SUM,
    {"name": "statistics.json", SUM
  ]
}

# No persona on both sides, and each row once.

$ data=data/graph
$ ids() { grep -oh '"persona_id":"[^"]*"' "$@" | sort -u; }
$ ids a/$data/train.jsonl > train; ids a/$data/heldout.jsonl > heldout; comm -12 train heldout
$ cat train heldout | wc -l
8
$ cat a/$data/*.jsonl | wc -l
16
$ grep -c validation heldout
2

# The manifest names the files as they are.

$ (cd a; for f in */*/*.jsonl README.md statistics.json croissant.json; do sum=$(sha256sum $f | cut -d ' ' -f 1); grep -c "\"name\": \"$f\".*\"bytes\": $(wc -c < $f), \"sha256\": \"$sum\"" manifest.json; done)
1
1
1
1
1

# What readers of such files look for is in every line, with the right type.

$ cat > lines.sql <<'END'
> create table line (json text);
> .mode tabs
> .import a/data/graph/train.jsonl line
> .import a/data/graph/heldout.jsonl line
> select count(*), sum(json_type(json, '$.id') = 'text'
>   and json_type(json, '$.subject') = 'text'
>   and json_type(json, '$.start.dateTime') = 'text'
>   and json_type(json, '$.end.dateTime') = 'text'
>   and json_type(json, '$.organizer.emailAddress.address') = 'text'
>   and json_type(json, '$.attendees') = 'array'
>   and json_extract(json, '$.importance_label') in ('critical', 'high', 'medium', 'low')
>   and json_type(json, '$.prep_needed') in ('true', 'false')
>   and json_type(json, '$.prep_time_minutes') = 'integer'
>   and json_type(json, '$.reasoning') = 'text'
>   and json_type(json, '$.persona_id') = 'text'
>   and json_type(json, '$.generation_timestamp') = 'text') from line;
> END
$ sqlite3 -cmd '.mode tabs' :memory: < lines.sql
16	16

# Named personas, a fraction, both, none: validation personas are always held
# out.

$ parts() { datebook export --output b "$@" | sed -n '2,3p'; }
$ parts
  train    6 personas  12 meetings
  heldout  2 personas   4 meetings
$ parts --held-out tier3_legal_counsel_risk,tier1_sales_manager_pipeline
  train    4 personas  8 meetings
  heldout  4 personas  8 meetings
$ ids b/$data/heldout.jsonl
"persona_id":"tier1_sales_manager_pipeline"
"persona_id":"tier3_legal_counsel_risk"
"persona_id":"validation_crisis_responder_oncall"
"persona_id":"validation_startup_founder_ceo"
$ parts --held-out validation_startup_founder_ceo
  train    6 personas  12 meetings
  heldout  2 personas   4 meetings
$ parts --held-out tier3_legal_counsel_risk --held-out-fraction 0.4 --seed 7
  train    2 personas   4 meetings
  heldout  6 personas  12 meetings
$ parts --held-out-tier 2
  train    4 personas  8 meetings
  heldout  4 personas  8 meetings
$ parts --held-out-fraction 0.001
  train    6 personas  12 meetings
  heldout  2 personas   4 meetings
! the fraction drew none of 6 training personas; another --seed draws others
$ datebook split create strict --held-out tier3_legal_counsel_risk > out
! next: datebook split check strict
$ parts --split strict
  train    5 personas  10 meetings
  heldout  3 personas   6 meetings
$ grep -A 1 '"split"' b/manifest.json
  "split": {
    "name": "strict",
$ datebook export --held-out tier3_legal_counsel_risk --output b --json > out; sqlite3 :memory: "select json_valid(readfile('out')), json_extract(readfile('out'), '\$.version', '\$.folder', '\$.replaced', '\$.parts.train.personas', '\$.parts.heldout.meetings', '\$.files[0].rows', '\$.files[0].name', '\$.documents')"
1|[3,"b",true,5,6,10,"data/graph/train.jsonl",["README.md","statistics.json","croissant.json","manifest.json"]]
$ all=$(datebook sql "select group_concat(persona) from personas" | tail -n 1)
$ datebook export --held-out $all --output c
! datebook: no persona is left to train on
! hint: name some with --held-out, or choose another --held-out-fraction or --seed
? 3
$ ls c
! ls: cannot access 'c': No such file or directory
? 2

# The same bytes when repeated, from a copy of the file, by other words for the
# version, and after other versions were made.

$ again() { datebook -q "$@" export --held-out-fraction 0.4 --seed 7 --at 2 --output again > out; diff -r a again; }
$ again
$ mkdir copy; cp datebook.db copy; again --db copy/datebook.db
$ sed 's/"always_important": \[/&"funnel of all deals",/' "$SOURCE/personas/tier1_sales_manager_pipeline.json" > p.json
$ datebook -q persona add p.json > out
$ datebook -q persona remove tier2_ic_engineer_deep_work
v5: removed 1 persona with 2 meetings
$ datebook -q generate --tier 3 --count 1
v6: 2 meetings for 2 personas, labelled
$ again
$ datebook export --seed 7 --held-out-fraction 0.4 --at release-1 --output again -q > out
$ diff -r a again

# The data follow from the content: a file that came to the same in another way
# gives the same lines.

$ for order in '1 2 3' '3 1 2'; do
>   db=order-${order%% *}.db; datebook --db $db -q init > out
>   for tier in $order; do datebook --db $db -q generate --tier $tier --count 2 > out; done
>   datebook --db $db -q export --output ${db%.db} > out
> done
$ diff -r order-1/data order-3/data; grep -h content_hash order-1/manifest.json order-3/manifest.json | uniq | wc -l
1

# Stale labels are refused, exit code 1, unless they are wanted.

$ datebook export --output stale
! datebook: the labels of 1 persona are stale in v6
! hint: run `datebook relabel` first, or export them as they are with --allow-stale
? 1
$ ls stale
! ls: cannot access 'stale': No such file or directory
? 2
$ datebook export --output stale --allow-stale > out
! the labels of 1 persona are stale
$ grep '"labels"' stale/manifest.json
  "labels": {"source": "oracle", "reviewed": 0, "stale_allowed": true},
$ datebook relabel -q > out
$ datebook export --output stale -q > out; grep '"labels"' stale/manifest.json
  "labels": {"source": "oracle", "reviewed": 0, "stale_allowed": false},
$ datebook export --output stale --labels reviewed -q > out; grep '"labels"' stale/manifest.json
  "labels": {"source": "reviewed", "reviewed": 0, "corrected": 0, "outdated": 0, "stale_allowed": false},
$ datebook export --output stale --labels reviewed > out
! 0 of the labels were reviewed; the others are the oracle's
! next: datebook review sample NAME --count 100

# Where it goes.

$ mkdir -p there/are/files; : > there/are/files/mine; datebook export -q --output there/are/files//
! datebook: there/are/files holds files and is no export
! hint: name a folder that is empty, or a new one
? 3
$ ls there/are/files
mine
$ rm there/are/files/mine; datebook export -q --output there/are/files// | head -n 1
Exported v6 to there/are/files
$ : > file
$ datebook export --output file
! datebook: file is not a folder
? 3
$ datebook export --output file/below
! datebook: file is not a folder
? 3
$ mkdir -p taken/data; datebook export --output taken | head -n 1
Exported v6 to taken
$ datebook export --output /dev/null
! datebook: /dev/null is not a folder
? 3
$ datebook export --output ''
! datebook: --output needs the name of a folder
! hint: `datebook export --help` shows how it is used
? 2
$ datebook export
! datebook: export needs --output DIR
! hint: `datebook export --help` shows how it is used
? 2

# Wrong values.

$ datebook export --output x --held-out tier3_legal_counsel
! datebook: there is no persona "tier3_legal_counsel"
! hint: did you mean tier3_legal_counsel_risk?
? 3
$ datebook export --output x --held-out tier3_legal_counsel_risk,nobody
! datebook: there is no persona "nobody"
! hint: `datebook persona list` lists them
? 3
$ datebook export --output x --held-out ,
! datebook: --held-out names no persona
! hint: `datebook export --help` shows how it is used
? 2
$ for f in 0 1 1.5 -0.2 0.2x 20% nan 1e-1 ''; do datebook export --output x --held-out-fraction "$f" 2>&1 | head -n 1; done
datebook: --held-out-fraction takes a share between 0 and 1, such as 0.2, not "0"
datebook: --held-out-fraction takes a share between 0 and 1, such as 0.2, not "1"
datebook: --held-out-fraction takes a share between 0 and 1, such as 0.2, not "1.5"
datebook: --held-out-fraction takes a share between 0 and 1, such as 0.2, not "-0.2"
datebook: --held-out-fraction takes a share between 0 and 1, such as 0.2, not "0.2x"
datebook: --held-out-fraction takes a share between 0 and 1, such as 0.2, not "20%"
datebook: --held-out-fraction takes a share between 0 and 1, such as 0.2, not "nan"
datebook: --held-out-fraction takes a share between 0 and 1, such as 0.2, not "1e-1"
datebook: --held-out-fraction takes a share between 0 and 1, such as 0.2, not ""
$ datebook export --output x --held-out-fraction 0.2 --seed -7
! datebook: --seed takes a whole number from 0, not "-7"
! hint: `datebook export --help` shows how it is used
? 2
$ datebook export --output x --split strct
! datebook: there is no split "strct"
! hint: did you mean strict?
? 3
$ datebook export --output x --split strict --held-out tier3_legal_counsel_risk
! datebook: --split names a split that is made: give it without --held-out
! hint: `datebook export --help` shows how it is used
? 2
$ datebook export --output x --at v99
! datebook: there is no version v99
! hint: the newest version is 6
? 3
$ datebook export --output x --at 0
! datebook: there is no persona in v0
! hint: add some with `datebook persona add`
? 3
$ datebook export --output x --at 1
Exported v1 to x
  train    6 personas  0 meetings
  heldout  2 personas  0 meetings

  FILE                      ROWS  BYTES
  data/graph/train.jsonl       0      0
  data/graph/heldout.jsonl     0      0
  README.md
  statistics.json
  croissant.json
  manifest.json
! there is no meeting in v1
$ find x -type f | sort
x/README.md
x/croissant.json
x/data/graph/heldout.jsonl
x/data/graph/train.jsonl
x/manifest.json
x/statistics.json
