# An export appears as a whole, or not at all.

$ datebook init -q
Made datebook.db with 8 personas.
$ datebook -q generate --all --count 5
v2: 40 meetings for 8 personas, labelled
$ out() { datebook export -q --output out "$@" > said; }
$ out; cp -R out first

# It takes the place of an export, as a whole, and of nothing else.

$ out --compress gz; find out -type f | sort
out/README.md
out/croissant.json
out/data/graph/heldout.jsonl.gz
out/data/graph/train.jsonl.gz
out/manifest.json
out/statistics.json
$ datebook export --output out | head -n 1
Exported v2 to out, in place of the export that was there
$ diff -r first out
$ : > out/data/notes.txt; out
! datebook: out is an export, but data/notes.txt in it is not of it
! hint: an export takes the place of the whole folder: move that file away, or name another folder
? 3
$ rm out/data/notes.txt; ln -s /etc out/etc; out
! datebook: out is an export, but etc in it is not of it
! hint: an export takes the place of the whole folder: move that file away, or name another folder
? 3
$ rm out/etc; diff -r first out
$ mkdir site; echo '{"name": "site", "files": []}' > site/manifest.json; datebook export --output site
! datebook: site holds files and is no export
! hint: name a folder that is empty, or a new one
? 3
$ cat site/manifest.json
{"name": "site", "files": []}
$ ln -s out link; datebook export -q --output link > said; ls -l link | cut -c 1; diff -r first out; rm link
l

# What a killed export left beside it goes; what is not its own stays.

$ mkdir -p out.abc123.part/data/graph out.other1.part; : > out.abc123.part/.datebook-export; : > out.abc123.part/data/graph/train.jsonl; : > out.other1.part/notes.txt
$ out; ls
datebook.db
first
out
out.other1.part
said
site

# A disk that is full.

$ (ulimit -f 120; out --allow-leaks --format graph,kto)
! datebook: cannot write out/data/graph/train.jsonl: File too large
? 3
$ diff -r first out; ls | grep part
out.other1.part
$ (ulimit -f 120; datebook export --allow-leaks --output new --format graph,kto)
! datebook: cannot write new/data/graph/train.jsonl: File too large
? 3
$ ls | grep new
? 1

# A folder that may not be written.

$ datebook export --output /proc/new
! datebook: cannot make the folder /proc/new: No such file or directory
? 3
