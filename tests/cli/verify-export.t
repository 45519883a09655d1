# An export folder against its manifest: no database is needed.

$ datebook -q init
Made datebook.db with 8 personas.
$ datebook -q generate --all --count 3
v2: 24 meetings for 8 personas, labelled
$ datebook -q key new team > out; datebook -q key new other > out
$ datebook -q export --output whole --sign team.key > out
$ data=data/graph
$ id=$(datebook key show team.pub --json | cut -d '"' -f 4)
$ named() { sed "s/$id/ID/g" ; }
$ fresh() { rm -rf a; cp -R whole a; }
$ fresh; mv datebook.db away

$ datebook verify --export a/ 2>&1 | named
a is whole: 2 files as its manifest says, 24 rows, 8 personas, each on one side
there is a signature of the key ID, which was not checked: --key PUB checks it
$ datebook verify --export a --key team.pub | named
a is whole: 2 files as its manifest says, 24 rows, 8 personas, each on one side
signed with ID: datebook export: manifest.json
$ datebook verify --export a --key team.pub --json | named
{"findings":[],"ok":true,"export":"a","files":2,"rows":24,"personas":8,"signature":"holds","key_id":"ID","comment":"datebook export: manifest.json","versions":[]}
$ datebook verify --export a --json | named
{"findings":[],"ok":true,"export":"a","files":2,"rows":24,"personas":8,"signature":"unchecked","key_id":"ID","comment":"datebook export: manifest.json","versions":[]}
$ mv away datebook.db; datebook verify --export a -q
a is whole: 2 files as its manifest says, 24 rows, 8 personas, each on one side
exported from v2 of datebook.db
$ datebook verify --export a -q --db missing.db
a is whole: 2 files as its manifest says, 24 rows, 8 personas, each on one side
$ echo 'no database' > bad.db; datebook verify --export a -q --db bad.db
a is whole: 2 files as its manifest says, 24 rows, 8 personas, each on one side

# Files that changed.

$ check() { datebook verify --export a -q; }
$ fresh; sed -i '2s/"subject":"./"subject":"X/' a/$data/train.jsonl; check
a/data/graph/train.jsonl was changed: its SHA-256 is not the one in its manifest; export again, or fetch the folder anew
? 1
$ fresh; head -n -1 whole/$data/train.jsonl > a/$data/train.jsonl; check
a/data/graph/train.jsonl has 17 rows, its manifest says 18; export again, or fetch the folder anew
a/data/graph/train.jsonl has 40977 bytes, its manifest says 42156; export again, or fetch the folder anew
? 1
$ fresh; head -c -1 whole/$data/heldout.jsonl > a/$data/heldout.jsonl; check
a/data/graph/heldout.jsonl is cut off in its last line; export again, or fetch the folder anew
a/data/graph/heldout.jsonl has 5 rows, its manifest says 6; export again, or fetch the folder anew
a/data/graph/heldout.jsonl has 10883 bytes, its manifest says 10884; export again, or fetch the folder anew
? 1
$ fresh; : > a/$data/heldout.jsonl; check
a/data/graph/heldout.jsonl has 0 rows, its manifest says 6; export again, or fetch the folder anew
a/data/graph/heldout.jsonl has 0 bytes, its manifest says 10884; export again, or fetch the folder anew
? 1
$ fresh; rm a/$data/train.jsonl; check
a/data/graph/train.jsonl is missing; export again, or fetch the folder anew
? 1
$ fresh; mv a/$data/train.jsonl a/$data/other.jsonl; check
a/data/graph/train.jsonl is missing; export again, or fetch the folder anew
a/data/graph/other.jsonl is not of this export: its manifest does not name it; remove it
? 1
$ fresh; for i in $(seq 900); do : > a/$data/a-file-that-belongs-elsewhere-$i.jsonl; done
$ datebook verify --export a --json > out
? 1
$ sqlite3 :memory: "select json_array_length(readfile('out'), '$.findings')"
900
$ fresh; mv a/$data/train.jsonl t; ln -s ../../../t a/$data/train.jsonl; check
a/data/graph/train.jsonl is a link; export again, or fetch the folder anew
? 1
$ fresh; rm a/$data/train.jsonl; mkdir a/$data/train.jsonl; check
a/data/graph/train.jsonl is not a plain file; export again, or fetch the folder anew
? 1
$ fresh; rm a/$data/train.jsonl; mkfifo a/$data/train.jsonl; check
a/data/graph/train.jsonl is not a plain file; export again, or fetch the folder anew
? 1
$ fresh; rm a/$data/train.jsonl; : > a/.hidden.jsonl; : > a/notes.txt; : > a/$data/train.jsonl.gz; check
a/data/graph/train.jsonl is missing; export again, or fetch the folder anew
a/data/graph/train.jsonl.gz is not of this export: its manifest does not name it; remove it
? 1

# Personas on the wrong side, whatever the manifest says of the bytes.

$ forge() {
>   for f in train heldout; do
>     sum=$(sha256sum a/$data/$f.jsonl | cut -d ' ' -f 1)
>     sed -i "s|\($f.jsonl\", .*\"rows\": \)[^}]*}|\1$(wc -l < a/$data/$f.jsonl), \"bytes\": $(wc -c < a/$data/$f.jsonl), \"sha256\": \"$sum\"}|" a/manifest.json
>   done
> }
$ fresh; head -n 2 a/$data/heldout.jsonl >> a/$data/train.jsonl; forge; check
a/data/graph/train.jsonl:19: the persona "validation_crisis_responder_oncall" is held out, and has 2 lines here; do not train on this file: export again
? 1
$ fresh; head -n 1 a/$data/train.jsonl >> a/$data/heldout.jsonl; forge; check
a/data/graph/heldout.jsonl:7: the persona "tier1_eng_manager_overloaded" trains, and has 1 line here; do not evaluate with this file: export again
? 1
$ fresh; sed 's/tier3_legal_counsel_risk/somebody/' whole/$data/train.jsonl > a/$data/train.jsonl; forge; check
a/data/graph/train.jsonl:16: the persona "somebody" is in neither half of the split (such lines: 3); export again, or fetch the folder anew
? 1
$ fresh; echo '{"persona_id": 7}' >> a/$data/train.jsonl; echo >> a/$data/train.jsonl; forge; check
a/data/graph/train.jsonl:19: the line names no persona (such lines: 2); export again, or fetch the folder anew
? 1
$ fresh; echo '{"persona\u005fid" : "validation_startup_founder_ceo"}' >> a/$data/train.jsonl; forge; check
a/data/graph/train.jsonl:19: the persona "validation_startup_founder_ceo" is held out, and has 1 line here; do not train on this file: export again
? 1
$ fresh; echo '{"persona_id":"tier3_legal_counsel_risk","persona_i\u0064":"validation_startup_founder_ceo"}' >> a/$data/train.jsonl; forge; check
a/data/graph/train.jsonl:19: the field "persona_id" stands twice in one object (such lines: 1); export again, or fetch the folder anew
? 1
$ fresh; echo '{"a":{"persona_id":"tier3_legal_counsel_risk"},"persona_id":"validation_startup_founder_ceo"}' >> a/$data/train.jsonl; forge; check
a/data/graph/train.jsonl:19: the persona "validation_startup_founder_ceo" is held out, and has 1 line here; do not train on this file: export again
? 1
$ fresh; sed -i 's/"held_out": \[/&"tier3_legal_counsel_risk", /' a/manifest.json; check
a/manifest.json: the persona "tier3_legal_counsel_risk" is in both halves of the split; do not train on this folder: export again
a/data/graph/train.jsonl:16: the persona "tier3_legal_counsel_risk" is held out, and has 3 lines here; do not train on this file: export again
? 1

# The documents beside the data, and what does not belong there.

$ fresh; echo more >> a/README.md; check
a/README.md has … bytes, its manifest says …; export again, or fetch the folder anew (glob)
? 1
$ fresh; rm a/statistics.json; check
a/statistics.json is missing; export again, or fetch the folder anew
? 1
$ fresh; : > a/extra.csv.gz; : > a/data/notes; : > a/notes; check
a/data/notes is not of this export: its manifest does not name it; remove it
a/extra.csv.gz is not of this export: its manifest does not name it; remove it
? 1
$ fresh; mv a/data d; ln -s ../d a/data; check; rm -r d
a/data/graph/train.jsonl is behind a link; export again, or fetch the folder anew
a/data/graph/heldout.jsonl is behind a link; export again, or fetch the folder anew

# Manifests that are wrong, or lead out of the folder.

$ for name in ../whole/$data/train.jsonl /etc/passwd .. .train.jsonl sub/train.jsonl ''; do
>   fresh; sed -i "s|\"name\": \"data/graph/train.jsonl\"|\"name\": \"$name\"|" a/manifest.json; check | head -n 1
> done
a/manifest.json names the file "../whole/data/graph/train.jsonl", which is no plain name in its folder; do not trust this folder
a/manifest.json names the file "/etc/passwd", which is no plain name in its folder; do not trust this folder
a/manifest.json names the file "..", which is no plain name in its folder; do not trust this folder
a/manifest.json names the file ".train.jsonl", which is no plain name in its folder; do not trust this folder
a/sub/train.jsonl is missing; export again, or fetch the folder anew
a/manifest.json names the file "", which is no plain name in its folder; do not trust this folder
$ fresh; rm a/manifest.json; check
a/manifest.json is missing: the export was not finished, or it is not one; export again, or fetch the folder anew
? 1
$ fresh; : > a/manifest.json; check
a/manifest.json:1:1: the JSON ends too early; export again, or fetch the folder anew
? 1
$ fresh; head -c 300 whole/manifest.json > a/manifest.json; check
a/manifest.json:8:15: not valid JSON here; export again, or fetch the folder anew
? 1
$ fresh; echo '[]' > a/manifest.json; check
a/manifest.json is of no export that this datebook knows; check with a newer one
? 1
$ fresh; echo '{"tool":"datebook 1"}' > a/manifest.json; check
a/manifest.json: split.train is missing, not a list; export again, or fetch the folder anew
a/manifest.json: split.held_out is missing, not a list; export again, or fetch the folder anew
a/manifest.json: "files" is missing, not a list; export again, or fetch the folder anew
a/manifest.json: "documents" is missing, not a list; export again, or fetch the folder anew
a/data/graph/heldout.jsonl is not of this export: its manifest does not name it; remove it
a/data/graph/train.jsonl is not of this export: its manifest does not name it; remove it
? 1
$ fresh; sed -i 's/"tool": "datebook/"tool": "notebook/' a/manifest.json; check
a/manifest.json is of no export that this datebook knows; check with a newer one
? 1
$ fresh; sed -i 's/"rows": /"rows": -/' a/manifest.json; check
a/manifest.json: an entry of "files" is without name, rows, bytes or sum; export again, or fetch the folder anew
a/manifest.json: an entry of "files" is without name, rows, bytes or sum; export again, or fetch the folder anew
? 1
$ fresh; sed -i 's/heldout.jsonl"/train.jsonl"/' a/manifest.json; check
a/manifest.json names data/graph/train.jsonl twice; export again, or fetch the folder anew
a/data/graph/heldout.jsonl is not of this export: its manifest does not name it; remove it
? 1
$ fresh; mv a/manifest.json m; ln -s ../m a/manifest.json; check
a/manifest.json is not a plain file; export again, or fetch the folder anew
? 1
$ fresh; rm a/manifest.json; mkdir a/manifest.json; check
a/manifest.json is not a plain file; export again, or fetch the folder anew
? 1

# Signatures.

$ signed() { datebook verify --export a --key team.pub "$@" 2>&1 | named; }
$ fresh; sed -i 's/"tool": "datebook/& x/' a/manifest.json; signed
a/manifest.json.minisig does not fit what it signs: one of them was changed; do not trust this folder: fetch it anew from whoever signed it
1 finding in a
$ signed --json
{"findings":["a/manifest.json.minisig does not fit what it signs: one of them was changed; do not trust this folder: fetch it anew from whoever signed it"],"ok":false,"export":"a","files":2,"rows":24,"personas":8,"signature":"fails","key_id":"ID","comment":"datebook export: manifest.json","versions":[]}
$ check
a is whole: 2 files as its manifest says, 24 rows, 8 personas, each on one side
$ fresh; rm a/manifest.json.minisig; signed
a/manifest.json.minisig is missing, so nothing says whose export this is; ask for the signature, or check without --key
1 finding in a
$ fresh; sed -i 's/^trusted comment: .*/&!/' a/manifest.json.minisig; signed
the trusted comment of a/manifest.json.minisig was changed; do not trust this folder: fetch it anew from whoever signed it
1 finding in a
$ fresh; head -n 3 whole/manifest.json.minisig > a/manifest.json.minisig; signed
a/manifest.json.minisig is no signature; do not trust this folder: fetch it anew from whoever signed it
1 finding in a
$ fresh; datebook verify --export a --key other.pub 2>&1 | named | sed 's/not [0-9A-F]\{16\}/not OTHER/'
a/manifest.json.minisig was made with the key ID, not OTHER; do not trust this folder: fetch it anew from whoever signed it
1 finding in a
$ fresh; datebook verify --export a --key team.key
! datebook: team.key is no public key
? 3
$ datebook verify --export a --key missing.pub
! datebook: cannot read missing.pub: No such file or directory
? 3
$ datebook verify --export a --key team.pub > out; echo $?
0

# Folders that are none, and wrong usage.

$ datebook verify --export missing
! datebook: there is no folder missing
? 3
$ datebook verify --export whole/$data/train.jsonl
! datebook: there is no folder whole/data/graph/train.jsonl
? 3
$ datebook verify --export ''
! datebook: --export needs the name of a folder
! hint: `datebook verify --help` shows how it is used
? 2
$ datebook verify --export a --deep
! datebook: --deep is of a database, not of an export
! hint: `datebook verify --help` shows how it is used
? 2
$ datebook verify --quick --deep
! datebook: either --quick or --deep
! hint: `datebook verify --help` shows how it is used
? 2
$ datebook verify a
! datebook: unexpected argument "a"
! hint: `datebook verify --help` shows how it is used
? 2
$ datebook verify --help | sed '/^Global/,/^$/d'
datebook verify: look for damage in the database, or in an export

usage: datebook verify [OPTIONS]

Of the database: every version's hash follows from the one before, and, unless
--quick, every row is hashed again for every version that was kept. With --key
also the signatures of tags.

Of an export: every file is there as the manifest says (rows, bytes, SHA-256),
no other data file lies beside them, no persona of one side is on the other
(events and CSV name theirs, training forms do not), and with --key the
manifest is signed with that key. Needs the folder and the key only; a database
that made the export is named.

Each finding is a line, and any finding is exit code 1.

Options:
  --quick                   leave the rows out
  --deep                    every row as well (the default)
  --export DIR              check an export folder instead
  --key PUB                 the public key of its signature

With --json: {"findings", "ok", "depth", "versions", "kept", "rows"}, with
--key "tags": {"signed", "unsigned", "findings"}; of an export {"findings",
"ok", "export", "files", "rows", "personas", "signature": none, unchecked,
holds or fails, "key_id", "comment", "versions"}

Examples:
  datebook verify
      is the file as it was written?
  datebook verify --export exports/first
      is the folder whole?
  datebook verify --export exports/first --key team.pub
      and did the team export it?
