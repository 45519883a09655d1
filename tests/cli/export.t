# Train and held-out files, split by persona.

$ datebook init -q
Made datebook.db with 8 personas.
$ datebook -q generate --all --count 2
v2: 16 meetings for 8 personas, labelled
$ datebook tag release-1
release-1 is v2
$ datebook export --held-out-fraction 0.4 --seed 7 --output a
Exported v2
  a/train.jsonl     6 meetings  3 personas
  a/heldout.jsonl  10 meetings  5 personas
  a/manifest.json
$ ls a
heldout.jsonl
manifest.json
train.jsonl
$ sqlite3 :memory: "select group_concat(key, ' ') from json_each(readfile('a/manifest.json'))"
tool format content_hash split files

# No persona on both sides, and each row once.

$ ids() { grep -oh '"persona_id":"[^"]*"' "$@" | sort -u; }
$ ids a/train.jsonl > train; ids a/heldout.jsonl > heldout; comm -12 train heldout
$ cat train heldout | wc -l
8
$ cat a/*.jsonl | wc -l
16
$ grep -c validation heldout
2

# The manifest names the files as they are.

$ for f in train heldout; do echo $f $(b2sum -l 256 a/$f.jsonl | cut -d ' ' -f 1) >> sums; done
$ while read -r name sum; do grep -c "$sum" a/manifest.json; done < sums
1
1

# Named personas, a fraction, both, none: validation personas are always held
# out.

$ datebook export --output b
Exported v2
  b/train.jsonl    12 meetings  6 personas
  b/heldout.jsonl   4 meetings  2 personas
  b/manifest.json
$ datebook export --held-out tier3_legal_counsel_risk,tier1_sales_manager_pipeline --output b
Exported v2
  b/train.jsonl    8 meetings  4 personas
  b/heldout.jsonl  8 meetings  4 personas
  b/manifest.json
$ ids b/heldout.jsonl
"persona_id":"tier1_sales_manager_pipeline"
"persona_id":"tier3_legal_counsel_risk"
"persona_id":"validation_crisis_responder_oncall"
"persona_id":"validation_startup_founder_ceo"
$ datebook export --held-out validation_startup_founder_ceo --output b
Exported v2
  b/train.jsonl    12 meetings  6 personas
  b/heldout.jsonl   4 meetings  2 personas
  b/manifest.json
$ datebook export --held-out tier3_legal_counsel_risk --held-out-fraction 0.4 --seed 7 --output b | tail -n 3
  b/train.jsonl     4 meetings  2 personas
  b/heldout.jsonl  12 meetings  6 personas
  b/manifest.json
$ datebook export --held-out tier3_legal_counsel_risk --output b --json > out; sqlite3 :memory: "select json_valid(readfile('out')), json_extract(readfile('out'), '\$.train_personas', '\$.held_out_personas', '\$.files[0].rows')"
1|[5,3,10]
$ datebook export --held-out-fraction 0.001 --output b
Exported v2
  b/train.jsonl    12 meetings  6 personas
  b/heldout.jsonl   4 meetings  2 personas
  b/manifest.json
! the fraction drew none of 6 training personas: only validation personas are held out; another --seed draws others
$ all=$(datebook sql "select group_concat(persona) from personas" | tail -n 1)
$ datebook export --held-out $all --output c
! datebook: no persona is left to train on
! hint: name some with --held-out, or choose another --held-out-fraction or --seed
? 3
$ ls c
! ls: cannot access 'c': No such file or directory
? 2

# The same bytes when repeated, from a copy of the file, and of the same
# version after others were made.

$ datebook export --held-out-fraction 0.4 --seed 7 --output again -q
Exported v2
  again/train.jsonl     6 meetings  3 personas
  again/heldout.jsonl  10 meetings  5 personas
  again/manifest.json
$ diff -r a again
$ mkdir copy; cp datebook.db copy; datebook --db copy/datebook.db export --held-out-fraction 0.4 --seed 7 --output again -q > out
$ diff -r a again
$ sed 's/"always_important": \[/&"funnel of all deals",/' "$SOURCE/personas/tier1_sales_manager_pipeline.json" > p.json
$ datebook -q persona add p.json > out
$ datebook -q persona remove tier2_ic_engineer_deep_work
v4: removed 1 persona with 2 meetings
$ datebook -q generate --tier 3 --count 1
v5: 2 meetings for 2 personas, labelled
$ datebook export --held-out-fraction 0.4 --seed 7 --at release-1 --output again -q > out
$ diff -r a again
$ datebook export --held-out-fraction 0.4 --seed 7 --at 2 --output again -q > out
$ diff -r a again

# The manifest names content, not versions: a file that came to the same in
# another way gives the same bytes.

$ for order in '1 2 3' '3 1 2'; do
>   db=order-${order%% *}.db; datebook --db $db -q init > out
>   for tier in $order; do datebook --db $db -q generate --tier $tier --count 2 > out; done
>   datebook --db $db -q export --output ${db%.db} > out
> done
$ diff -r order-1 order-3

# Stale labels are refused, exit code 1, unless they are wanted.

$ datebook export --output stale
! datebook: the labels of 1 persona are stale in v5
! hint: run `datebook relabel` first, or export them as they are with --allow-stale
? 1
$ ls stale
! ls: cannot access 'stale': No such file or directory
? 2
$ datebook export --output stale --allow-stale
Exported v5
  stale/train.jsonl    12 meetings  5 personas
  stale/heldout.jsonl   4 meetings  2 personas
  stale/manifest.json
! the labels of 1 persona are stale
$ datebook relabel -q > out
$ datebook export --output stale -q
Exported v5
  stale/train.jsonl    12 meetings  5 personas
  stale/heldout.jsonl   4 meetings  2 personas
  stale/manifest.json

# Where it goes.

$ mkdir -p there/are/files; : > there/are/files/mine; datebook export -q --output there/are/files//
Exported v5
  there/are/files/train.jsonl    12 meetings  5 personas
  there/are/files/heldout.jsonl   4 meetings  2 personas
  there/are/files/manifest.json
$ ls there/are/files
heldout.jsonl
manifest.json
mine
train.jsonl
$ : > file
$ datebook export --output file
! datebook: file is not a folder
? 3
$ datebook export --output file/below
! datebook: cannot make the folder file/below: Not a directory
? 3
$ mkdir -p taken/train.jsonl; datebook export --output taken
! datebook: cannot write taken/train.jsonl: it is a folder
? 3
$ ls taken
train.jsonl
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
$ datebook export --output x --seed 7
! datebook: --seed goes with --held-out-fraction
! hint: `datebook export --help` shows how it is used
? 2
$ datebook export --output x --held-out-fraction 0.2 --seed -7
! datebook: --seed takes a whole number from 0, not "-7"
! hint: `datebook export --help` shows how it is used
? 2
$ datebook export --output x --at v99
! datebook: there is no version v99
! hint: the newest version is 5
? 3
$ datebook export --output x --at 0
! datebook: there is no persona in v0
! hint: add some with `datebook persona add`
? 3
$ datebook export --output x --at 1
Exported v1
  x/train.jsonl    0 meetings  6 personas
  x/heldout.jsonl  0 meetings  2 personas
  x/manifest.json
! there is no meeting in v1
! x/train.jsonl is empty: its personas have no meetings
! x/heldout.jsonl is empty: its personas have no meetings
$ ls x
heldout.jsonl
manifest.json
train.jsonl
