# Forms of records, several at once, in shards, compressed.

$ datebook init -q
Made datebook.db with 8 personas.
$ datebook -q generate --all --count 5
v2: 40 meetings for 8 personas, labelled
$ out() { datebook export --allow-leaks --output out "$@"; }
$ out --format csv,sft,graph,kto --task prep,importance
Exported v2 to out
  train    6 personas  30 meetings
  heldout  2 personas  10 meetings

  FILE                               ROWS    BYTES
  data/graph/train.jsonl               30   66,179
  data/graph/heldout.jsonl             10   17,666
  data/sft-importance/train.jsonl      30   87,050
  data/sft-importance/heldout.jsonl    10   29,194
  data/sft-prep/train.jsonl            30  110,948
  data/sft-prep/heldout.jsonl          10   38,280
  data/kto-importance/train.jsonl      60  175,616
  data/kto-importance/heldout.jsonl    20   58,917
  data/kto-prep/train.jsonl            60  223,466
  data/kto-prep/heldout.jsonl          20   77,099
  data/csv/train.csv                   30   11,167
  data/csv/heldout.csv                 10    3,687
  README.md
  statistics.json
  croissant.json
  manifest.json
$ datebook verify --export out
out is whole: 12 files as its manifest says, 320 rows, 8 personas, each on one side
exported from v2 of datebook.db
$ sed -n '/"shapes"/,/"split"/p' out/manifest.json | sed 's/"sha256": "[0-9a-f]\{64\}"/"sha256": SUM/'
  "shapes": [
    {"name": "graph", "format": "graph"},
    {"name": "sft-importance", "format": "sft", "task": "importance"},
    {"name": "sft-prep", "format": "sft", "task": "prep"},
    {"name": "kto-importance", "format": "kto", "task": "importance"},
    {"name": "kto-prep", "format": "kto", "task": "prep"},
    {"name": "csv", "format": "csv"}
  ],
  "labels": {"source": "oracle", "reviewed": 0, "stale_allowed": false},
  "prompts": [
    {"task": "importance", "name": "importance.txt", "sha256": SUM},
    {"task": "prep", "name": "prep.txt", "sha256": SUM}
  ],
  "split": {
$ datebook export --allow-leaks --output one --format graph,graph -q > o; cmp one/data/graph/train.jsonl out/data/graph/train.jsonl
$ out --format dpo,trl-sft,trl-dpo | grep data
  data/dpo-importance/train.jsonl          30  92,040
  data/dpo-importance/heldout.jsonl        10  30,852
  data/trl-sft-importance/train.jsonl      30  87,440
  data/trl-sft-importance/heldout.jsonl    10  29,324
  data/trl-dpo-importance/train.jsonl      30  91,020
  data/trl-dpo-importance/heldout.jsonl    10  30,512
$ wc -l out/data/*/*.jsonl | sed 's/^ *//'
10 out/data/dpo-importance/heldout.jsonl
30 out/data/dpo-importance/train.jsonl
10 out/data/trl-dpo-importance/heldout.jsonl
30 out/data/trl-dpo-importance/train.jsonl
10 out/data/trl-sft-importance/heldout.jsonl
30 out/data/trl-sft-importance/train.jsonl
120 total

# A validation part.

$ out --validation-fraction 0.2 | sed -n '2,8p'
  train       6 personas  24 meetings
  validation  6 personas   6 meetings
  heldout     2 personas  10 meetings

  FILE                         ROWS   BYTES
  data/graph/train.jsonl         24  53,480
  data/graph/validation.jsonl     6  12,699
$ cat out/data/graph/train.jsonl out/data/graph/validation.jsonl | sort > o; sort one/data/graph/train.jsonl | cmp - o
$ datebook verify --export out
out is whole: 3 files as its manifest says, 40 rows, 8 personas, each on one side
exported from v2 of datebook.db

# Prompts of one's own, by task.

$ cp "$DATEBOOK_DATA/prompts/training/prep.txt" my-prep.txt
$ out --format sft --prompt my-prep.txt --task prep -q | grep data
  data/sft-prep/train.jsonl      30  110,948
  data/sft-prep/heldout.jsonl    10   38,280
$ grep -e command -e my-prep out/manifest.json | sed 's/"sha256": "[0-9a-f]\{64\}"/"sha256": SUM/'
  "command": "datebook export --at 2 --format sft --task prep --prompt prep=my-prep.txt --allow-leaks",
    {"task": "prep", "name": "my-prep.txt", "sha256": SUM}
$ mkdir elsewhere; cp my-prep.txt elsewhere; datebook export --allow-leaks --output two --format sft --prompt prep=elsewhere/my-prep.txt --task prep -q > o; diff -r out two
$ echo '{{nothing}}' >> elsewhere/my-prep.txt; out --format sft --prompt prep=elsewhere/my-prep.txt --task prep 2>&1 | head -n 1
datebook: elsewhere/my-prep.txt:24: unknown placeholder {nothing}
$ out --format sft --prompt missing.txt
! datebook: cannot read missing.txt: No such file or directory
? 3

# Shards end after the record that fills them; whatever the pieces, it is the
# same content.

$ out --shard-size 16K -q | grep data
  data/graph/train-00001-of-00004.jsonl      30  66,179  4 shards
  data/graph/heldout-00001-of-00001.jsonl    10  17,666
$ ls out/data/graph
heldout-00001-of-00001.jsonl
train-00001-of-00004.jsonl
train-00002-of-00004.jsonl
train-00003-of-00004.jsonl
train-00004-of-00004.jsonl
$ cat out/data/graph/train-*.jsonl | cmp - one/data/graph/train.jsonl
$ out --shard-size 1G --format csv | grep data
  data/csv/train-00001-of-00001.csv      30  11,167
  data/csv/heldout-00001-of-00001.csv    10   3,687
$ out --format graph,csv --shard-size 8K --compress gz -q > o; datebook verify --export out -q
out is whole: 12 files as its manifest says, 80 rows, 8 personas, each on one side
exported from v2 of datebook.db
$ cat out/data/graph/train-*.gz | gzip -dc | cmp - one/data/graph/train.jsonl
$ for f in out/data/csv/*; do gzip -dc $f | head -n 1 | cut -c 1-21; done | uniq -c | sed 's/^ *//'
3 id,persona_id,subject
$ out --compress zst | grep data
  data/graph/train.jsonl.zst      30  10,049
  data/graph/heldout.jsonl.zst    10   3,380
$ datebook verify --export out -q
out is whole: 2 files as its manifest says, 40 rows, 8 personas, each on one side
exported from v2 of datebook.db
$ cp -R out before; out --compress zst -q > o; diff -r before out
$ printf x >> out/data/graph/heldout.jsonl.zst; datebook verify --export out -q
out/data/graph/heldout.jsonl.zst cannot be expanded: it was changed, or is of another form; export again, or fetch the folder anew
? 1

# What is said of it, and the command line.

$ out --title "Meetings of O'Hara" --license cc-by-4.0 --creator 'A Team' --url https://meetings.example/ --format trl-dpo,graph --task rsvp --compress gz -q > o; grep command out/manifest.json
  "command": "datebook export --at 2 --format graph,trl-dpo --task rsvp --compress gz --title 'Meetings of O'\\''Hara' --license cc-by-4.0 --creator 'A Team' --url https://meetings.example/ --allow-leaks",

# Unknown words.

$ out --format grpah
! datebook: --format: "grpah" is none of graph, sft, dpo, trl-sft, trl-dpo, kto, csv
! hint: did you mean graph?
? 2
$ out --format graph,jsonl
! datebook: --format: "jsonl" is none of graph, sft, dpo, trl-sft, trl-dpo, kto, csv
! hint: `datebook export --help` shows how it is used
? 2
$ out --format sft --task importnace
! datebook: --task: "importnace" is none of importance, prep, rsvp
! hint: did you mean importance?
? 2
$ out --format sft --prompt prp=x
! datebook: --prompt: "prp" is none of importance, prep, rsvp
! hint: did you mean prep?
? 2
$ out --labels human
! datebook: --labels: "human" is none of oracle, reviewed
! hint: `datebook export --help` shows how it is used
? 2
$ out --compress gzip
! datebook: --compress: "gzip" is none of gz, zst
! hint: did you mean gz?
? 2
$ for n in 0 -1 x 5T 1.5M 10MB '' 9999999999999; do out --shard-size "$n" 2>&1 | head -n 1; done
datebook: --shard-size takes a number of bytes, such as 500M, not "0"
datebook: --shard-size takes a number of bytes, such as 500M, not "-1"
datebook: --shard-size takes a number of bytes, such as 500M, not "x"
datebook: --shard-size takes a number of bytes, such as 500M, not "5T"
datebook: --shard-size takes a number of bytes, such as 500M, not "1.5M"
datebook: --shard-size takes a number of bytes, such as 500M, not "10MB"
datebook: --shard-size takes a number of bytes, such as 500M, not ""
datebook: --shard-size takes a number of bytes, such as 500M, not "9999999999999"

# Options that do not go together.

$ out --task prep
! datebook: --task goes with a training form: --format sft, dpo, trl-sft, trl-dpo or kto
! hint: `datebook export --help` shows how it is used
? 2
$ out --format graph,csv --prompt x
! datebook: --prompt goes with a training form: --format sft, dpo, trl-sft, trl-dpo or kto
! hint: `datebook export --help` shows how it is used
? 2
$ out --format sft --task prep,rsvp --prompt x
! datebook: --prompt x is of which task? Write importance=x, for one
! hint: `datebook export --help` shows how it is used
? 2
$ out --format sft --prompt prep=x
! datebook: --prompt prep=x: --task prep was not asked for
! hint: `datebook export --help` shows how it is used
? 2
$ out --format sft --prompt x,importance=y
! datebook: --prompt names two files for importance
! hint: `datebook export --help` shows how it is used
? 2
$ out --format ,
! datebook: --format names nothing
! hint: `datebook export --help` shows how it is used
? 2
$ out --drop-leaks
! datebook: either --drop-leaks or --allow-leaks
! hint: `datebook export --help` shows how it is used
? 2
$ out --format sft --format graph
! datebook: --format is given twice
! hint: `datebook export --help` shows how it is used
? 2
$ datebook verify --export out -q | head -n 1
out is whole: 4 files as its manifest says, 80 rows, 8 personas, each on one side
