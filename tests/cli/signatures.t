# Signed exports and tags.

$ datebook -q init
Made datebook.db with 8 personas.
$ datebook -q generate --all --count 2
v2: 16 meetings for 8 personas, labelled
$ datebook -q key new team > out
$ id=$(datebook key show team.pub --json | cut -d '"' -f 4)
$ named() { sed "s/$id/ID/g"; }

# The signature stands beside the manifest, and is the same when repeated.

$ datebook export --output a --sign team.key
Exported v2 to a
  train    6 personas  12 meetings
  heldout  2 personas   4 meetings

  FILE                      ROWS   BYTES
  data/graph/train.jsonl      12  23,507
  data/graph/heldout.jsonl     4   6,310
  README.md
  statistics.json
  croissant.json
  manifest.json
  manifest.json.minisig
$ ls a; cp -R a first
README.md
croissant.json
data
manifest.json
manifest.json.minisig
statistics.json
$ datebook export --output a --sign team.key -q > out; diff -r first a
$ datebook export --output a --sign team.key --json > out; sqlite3 :memory: "select json_extract(value, '\$.name') from json_each(readfile('out'), '\$.files')"
data/graph/train.jsonl
data/graph/heldout.jsonl
$ datebook verify --export a --key team.pub | named
a is whole: 2 files as its manifest says, 16 rows, 8 personas, each on one side
signed with ID: datebook export: manifest.json
exported from v2 of datebook.db

# Without --sign an older signature goes: it must not stand beside a manifest
# that it was not made for.

$ datebook export --output a
Exported v2 to a, in place of the export that was there
  train    6 personas  12 meetings
  heldout  2 personas   4 meetings

  FILE                      ROWS   BYTES
  data/graph/train.jsonl      12  23,507
  data/graph/heldout.jsonl     4   6,310
  README.md
  statistics.json
  croissant.json
  manifest.json
! the export that was there was signed; --sign signs this one
$ ls a
README.md
croissant.json
data
manifest.json
statistics.json
$ datebook export --output a
Exported v2 to a, in place of the export that was there
  train    6 personas  12 meetings
  heldout  2 personas   4 meetings

  FILE                      ROWS   BYTES
  data/graph/train.jsonl      12  23,507
  data/graph/heldout.jsonl     4   6,310
  README.md
  statistics.json
  croissant.json
  manifest.json

# A key that cannot be used is told before anything is written.

$ echo 'open sesame' > phrase; chmod 600 phrase
$ datebook -q key new locked --passphrase-file phrase > out
$ datebook export --output b --sign locked.key
! datebook: there is no terminal to ask for the pass phrase
! hint: give it with --passphrase-file FILE
? 3
$ datebook export --output b --sign team.pub
! datebook: others may read or change the secret key team.pub (mode 644)
! hint: chmod 600 team.pub
? 3
$ datebook export --output b --sign missing.key
! datebook: cannot read missing.key: No such file or directory
? 3
$ chmod 644 team.key; datebook export --output b --sign team.key; chmod 600 team.key
! datebook: others may read or change the secret key team.key (mode 644)
! hint: chmod 600 team.key
$ datebook export --output b --passphrase-file phrase
! datebook: --passphrase-file goes with --sign
! hint: `datebook export --help` shows how it is used
? 2
$ ls b
! ls: cannot access 'b': No such file or directory
? 2
$ datebook -q export --output b --sign locked.key --passphrase-file phrase
Exported v2 to b
  train    6 personas  12 meetings
  heldout  2 personas   4 meetings

  FILE                      ROWS   BYTES
  data/graph/train.jsonl      12  23,507
  data/graph/heldout.jsonl     4   6,310
  README.md
  statistics.json
  croissant.json
  manifest.json
  manifest.json.minisig
$ datebook verify --export b --key locked.pub | cut -d ' ' -f 1-2
b is
signed with
exported from

# Tags.

$ datebook tag plain 1
plain is v1
$ datebook tag release-1 --sign team.key | named
release-1 is v2, signed with ID
$ datebook tag release-2 HEAD~1 --sign team.key --json | named
{"name":"release-2","version":1,"key_id":"ID"}
$ datebook tag --list | named
v1      plain
v1      release-2  (signature of ID)
v2      release-1  (signature of ID)
$ datebook tag --list --json | named | sed 's/"statement":.*/…/'
{"tags":[{"name":"plain","version":1,"key_id":null},{"name":"release-2","version":1,"key_id":"ID",…
$ datebook verify --key team.pub
datebook.db is sound: 2 versions in one chain, 2 hashed again from 40 rows
tags: 2 signed with this key, 1 not signed
$ datebook verify --key team.pub --json
{"findings":[],"ok":true,"depth":"deep","versions":2,"kept":2,"rows":40,"tags":{"signed":2,"unsigned":1,"findings":0}}

# A tag that is there is signed where it is, not moved to HEAD.

$ datebook -q generate --all --count 1
v3: 8 meetings for 8 personas, labelled
$ datebook tag plain --sign team.key | named
plain is v1, signed with ID
$ datebook tag release-1 --sign team.key | named
release-1 is v2, signed with ID
$ datebook tag release-1 HEAD --sign team.key
! datebook: the tag "release-1" exists and names version 2
! hint: choose another name, or take it away first with `datebook tag --delete release-1`
? 3
$ datebook tag --list | named
v1      plain  (signature of ID)
v1      release-2  (signature of ID)
v2      release-1  (signature of ID)

# Another key, and a signature that was moved to another tag.

$ datebook verify --key locked.pub 2>&1 | sed 's/[0-9A-F]\{16\}/ID/g'
the signature of the tag "plain" was made with the key ID, not ID; trust v1 only when you know why, and sign it again with `datebook tag --sign KEY plain`
the signature of the tag "release-2" was made with the key ID, not ID; trust v1 only when you know why, and sign it again with `datebook tag --sign KEY release-2`
the signature of the tag "release-1" was made with the key ID, not ID; trust v2 only when you know why, and sign it again with `datebook tag --sign KEY release-1`
3 findings in datebook.db
$ cp datebook.db moved.db
$ sqlite3 moved.db "UPDATE tag SET signature = (SELECT signature FROM tag WHERE name = 'release-1') WHERE name = 'release-2'"
$ datebook --db moved.db verify --key team.pub --quick
the table tag does not hold what datebook wrote into it
the signature of the tag "release-2" does not fit what it signs: one of them was changed; trust v1 only when you know why, and sign it again with `datebook tag --sign KEY release-2`
! 2 findings in moved.db
! the file is damaged: go on with a backup, and keep this one to look at
? 1
$ sqlite3 moved.db "UPDATE tag SET signature = substr(signature, 1, 100)"
$ datebook --db moved.db verify --key team.pub --quick | tail -n 1
the signature of the tag "release-1" is no signature; trust v2 only when you know why, and sign it again with `datebook tag --sign KEY release-1`
! 4 findings in moved.db
! the file is damaged: go on with a backup, and keep this one to look at
$ datebook --db moved.db tag --list
v1      plain  (signature damaged)
v1      release-2  (signature damaged)
v2      release-1  (signature damaged)
$ datebook tag --list --sign team.key
! datebook: --sign goes with the NAME of a tag to set
! hint: `datebook tag --help` shows how it is used
? 2
$ datebook tag --delete release-1 --sign team.key
! datebook: --sign goes with the NAME of a tag to set
! hint: `datebook tag --help` shows how it is used
? 2
$ datebook tag x --passphrase-file phrase
! datebook: --passphrase-file goes with --sign
! hint: `datebook tag --help` shows how it is used
? 2

# What is recorded: once, however often it is exported; not when it cannot be.

$ count() { sqlite3 datebook.db 'select count(*), max(version) from export'; }
$ count
1|2
$ datebook -q export --output a > out; count
2|3
$ datebook -q export --output a > out; count
2|3
$ datebook -q export --at 2 --output c > out; count
2|3
$ datebook -q export --at 1 --output d --json > out; count
3|3

# A file that cannot be written, and a writer that stays, do not stop an export.

$ chmod a+x . .. ../.. 2> /dev/null; cp "$(command -v datebook)" reader
$ as_nobody() { if [ "$(id -u)" = 0 ]; then setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; else "$@"; fi; }
$ mkdir closed open; chmod a+rwx open; cp datebook.db closed; chmod a+r,a-w closed/datebook.db; chmod a-w closed
$ as_nobody ./reader --db closed/datebook.db export --allow-leaks --output open/e > out
! the export is not recorded, so `prune` does not know of it: closed/datebook.db may not be written
! to keep what it was made from: datebook --db closed/datebook.db tag NAME v3
$ as_nobody ./reader --db closed/datebook.db export --allow-leaks --output open/f --held-out tier3_legal_counsel_risk > out
! the export is not recorded, so `prune` does not know of it: closed/datebook.db may not be written
! to keep what it was made from: datebook --db closed/datebook.db tag NAME v3
$ chmod u+w closed closed/datebook.db
$ mkfifo hold; sqlite3 datebook.db < hold > locked &
$ exec 3> hold; echo 'begin immediate; select 1;' >&3; until [ -s locked ]; do :; done
$ datebook --wait 0 export --allow-leaks --output f --held-out tier3_legal_counsel_risk
Exported v3 to f
  train    5 personas  15 meetings
  heldout  3 personas   9 meetings

  FILE                      ROWS   BYTES
  data/graph/train.jsonl      15  31,782
  data/graph/heldout.jsonl     9  15,394
  README.md
  statistics.json
  croissant.json
  manifest.json
! the export is not recorded, so `prune` does not know of it: … (glob)
! to keep what it was made from: datebook tag NAME v3
$ exec 3>&-; wait; diff -r f open/f; count
3|3
$ datebook -q export --allow-leaks --output f --held-out tier3_legal_counsel_risk > out; count
4|3
$ datebook verify --export open/f
open/f is whole: 2 files as its manifest says, 24 rows, 8 personas, each on one side
exported from v3 of datebook.db
