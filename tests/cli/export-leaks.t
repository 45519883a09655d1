# Leaks stop an export: exit code 1, nothing is written.

$ datebook init --no-library -q
Made datebook.db with 0 personas.
$ cat > people.json <<'END'
> {"id": "PERSON", "name": "PERSON", "tier": 1, "importance_criteria": {"always_important": ["budget"]}}
> END
$ for p in anna bert cora; do sed "s/PERSON/$p/g" people.json > $p.json; done
$ datebook -q persona add anna.json bert.json cora.json > said
$ datebook -q generate --all --count 500 --seed 3 > said
$ datebook export --held-out anna --output out > said 2> told; echo $?
1
$ cat said; ls out
! ls: cannot access 'out': No such file or directory
? 2
$ grep -c '^  ' told
21
$ tail -n 3 told | sed 's/[0-9][0-9]* meetings/N meetings/; s/and [0-9]* more/and N more/'
  … and N more
datebook: N meetings have a twin in another part: the same text, or 0.8 or more alike; nothing was exported
hint: --drop-leaks leaves them out, --allow-leaks does not look for any
$ sed -n 's/^  [0-9s][a-z0-9.]*  *\(train\)  *[^ ]*  [A-Za-z].*/\1/p' told | uniq -c | sed 's/^ *//'
10 train
$ datebook split create a --held-out anna -q > said; datebook export --split a --output out 2>&1 | tail -n 1
hint: --drop-leaks leaves them out, --allow-leaks does not look for any; `datebook split check a` lists them all

# They are left out, or not looked for.

$ to() { datebook export --held-out anna --output out -q "$@"; }
$ to --drop-leaks | sed -n '2,3s/[0-9][0-9]* left/N left/; 2,3s/[0-9]* meetings/N meetings/p'
  train    2 personas  N meetings  N left out
  heldout   1 persona  N meetings
$ grep '"leaks"' out/manifest.json | sed 's/: [1-9][0-9]*/: N/'
  "leaks": {"looked_for": true, "threshold": 0.8, "left_out": {"train": N, "validation": 0, "heldout": 0}},
$ to --drop-leaks --json | grep -o '"leaks_looked_for":[a-z]*'
"leaks_looked_for":true
$ to --allow-leaks | sed -n '2,3p'
  train    2 personas  1,000 meetings
  heldout   1 persona    500 meetings
$ grep '"leaks"' out/manifest.json
  "leaks": {"looked_for": false},
$ to --allow-leaks --json | grep -o '"leaks_looked_for":[a-z]*'
"leaks_looked_for":false
$ to --allow-leaks --drop-leaks
! datebook: either --drop-leaks or --allow-leaks
! hint: `datebook export --help` shows how it is used
? 2
