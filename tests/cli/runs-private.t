# No path, no account and no machine gets into the file, whatever the command
# line names.

$ . "$SOURCE/tests/llm/serve.sh"
$ export HOME="$PWD/people/zz-account"; mkdir -p "$HOME/prompts" "$HOME/out"; cd "$HOME"
$ datebook="datebook --db $HOME/data.db"
$ serve <<END
> batch
> END
$ export OPENAI_API_KEY=sk-zz-secret-0123456789

# Every command that makes a version, and those that write elsewhere, with whole
# paths and whole addresses.

$ $datebook init -q > log
$ cp "$DATEBOOK_DATA/tier1_sales_manager_pipeline.json" one.json
$ printf '{"id": "ann", "name": "A", "tier": 1}' > ann.json
$ cp -r "$DATEBOOK_DATA/prompts" prompts/
$ $datebook persona add -q "$HOME/ann.json" "$HOME/one.json" > log
$ $datebook generate -q --persona "$HOME/ann.json" --count 2 --output-dir "$HOME" > log
$ $datebook generate -q --persona "ann,$HOME/one.json" --count 2 --output-dir "../zz-account/out" > log
$ printf '{"id": "ann", "name": "B", "tier": 1, "importance_criteria": {"always_important": [{"duration_min": 1, "name": "any"}]}}' > ann.json
$ $datebook persona add -q "$HOME/../zz-account/ann.json" > log; $datebook relabel -q > log
$ $datebook split create -q half --held-out ann > log
$ $datebook export -q --split half --allow-leaks --output "$HOME/folder" > log
$ $datebook restore -q v2 --persona ann > log
$ cp data.db other.db; datebook -q --db "$HOME/other.db" generate --persona ann --count 3 > log
$ $datebook merge -q "$HOME/other.db" > log
$ $datebook generate -q --persona ann --count 3 --provider openai --model m --base-url "$URL" --prompts "$HOME/prompts" --prices "$DATEBOOK_DATA/models/prices.json" > log
$ $datebook generate -q --persona ann --count 3 --provider batch --model m --batch-out "$HOME/in.jsonl" > log
$ export OPENAI_BASE_URL=$URL
$ $datebook batch submit -q "$HOME/in.jsonl" > log
$ $datebook batch status --watch --poll 10 -q > log
$ $datebook batch status -q
FILE      BATCH           STATE      DONE  OF  FAILED  PROBLEM
in.jsonl  batch_test0001  completed     1   1       0
$ $datebook batch collect -q --output-dir "$HOME/results" > log
$ $datebook generate -q --batch-in "$HOME/results/batch_test0001-results.jsonl" > log
$ $datebook tag -q done > log
$ $datebook verify -q | sed 's/.*sound/sound/'
sound: 11 versions in one chain, 11 hashed again from 46 rows

# That they were given is kept all the same.

$ $datebook run list --json > list; sqlite3 :memory: "select json_extract(value, '\$.command'), json_extract(value, '\$.given') from json_each(readfile('list'), '\$.runs')"
generate|["--batch-in","batch_test0001-results.jsonl"]
generate|["--persona","ann","--count","3","--provider","openai","--model","m","--prompts","prompts","--base-url","…","--prices","prices.json"]
merge|["other.db"]
restore|["--persona","ann","v2"]
split create|["--held-out","ann","half"]
relabel|[]
persona add|["ann.json"]
generate|["--persona","ann,one.json","--count","2","--output-dir","out"]
generate|["--persona","ann.json","--count","2","--output-dir","~"]
persona add|["ann.json","one.json"]
init|[]

# The bytes of the file, and its texts in one piece, hold none of it.

$ ls data.db*
data.db
$ sqlite3 data.db .dump > dump
$ cat data.db dump > all
$ has() { grep -aciF -e "$1" all; }
$ has one.json > count; [ "$(cat count)" -gt 0 ] && echo found
found
$ has zz-account; has "$HOME"; has "$(cd ../.. && pwd -P)"; has sk-zz; has "127.0.0.1"; has "$SOURCE"
0
0
0
0
0
0
? 1

# A name of the machine that no persona could have in its texts.

$ name=$(uname -n); case $name in ????*[0-9]*|????*-*) grep -aqwF -e "$name" all && echo "the file names $name";; esac; true
