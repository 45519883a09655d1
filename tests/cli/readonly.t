# A reader who may write neither the file nor its folder, and one who may: both
# leave the folder as it was.

$ datebook init -q > log; datebook generate --all --count 2 -q >> log; ls
datebook.db
log
$ datebook status -q | tail -n 1; datebook sql "select count(*) from labels" | tail -n 1; ls
every label is fresh
16
datebook.db
log
$ chmod a+x . .. ../.. 2> /dev/null; cp "$(command -v datebook)" reader; chmod a+r,a-w datebook.db; chmod a-w .
$ as_nobody() { if [ "$(id -u)" = 0 ]; then setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; else "$@"; fi; }
$ as_nobody ./reader status -q | tail -n 1; as_nobody ./reader sql "select count(*) from labels" | tail -n 1; ls
every label is fresh
16
datebook.db
log
reader
$ as_nobody ./reader tag first
! datebook: datebook.db may not be written
! hint: the file and its folder must both be writable, for SQLite keeps files beside the database; or work on a copy of it
? 4
$ as_nobody ./reader prune --keep-last 1
! datebook: datebook.db may not be written
! hint: the file and its folder must both be writable, for SQLite keeps files beside the database; or work on a copy of it
? 4
$ chmod go-r datebook.db; if [ "$(id -u)" != 0 ]; then chmod u-r datebook.db; fi; as_nobody ./reader status
! datebook: cannot read datebook.db: Permission denied
? 4
$ chmod a+r datebook.db

# Every command that only reads works there, and leaves nothing behind.

$ meeting=$(datebook sql "select meeting from meetings order by 1 limit 1" | tail -n 1); persona=$(datebook sql "select persona from personas order by 1 limit 1" | tail -n 1)
$ folder=$(pwd); mkdir ../elsewhere; chmod a+rwx ../elsewhere; cd ../elsewhere
$ reads() { TMPDIR=. as_nobody "$folder/reader" -q --db "$folder/datebook.db" "$@" > output 2>&1; echo "$? $1"; }
$ for command in status log "show 1" "diff v1 v2 --rows" "history $meeting" "explain $meeting" stats "export --held-out-fraction 0.5 --output out" "sql SELECT*FROM/**/labels" "persona list" "persona show $persona" "persona coverage" "persona diversity $persona" "tag --list" "backup $folder/../elsewhere/copy.db"; do reads $command; done
0 status
0 log
0 show
0 diff
0 history
0 explain
0 stats
0 export
0 sql
0 persona
0 persona
0 persona
1 persona
0 tag
0 backup
$ datebook -q --db copy.db status; rm -rf copy.db out output; cd "$folder"; ls
copy.db at v2: 16 meetings for 8 personas, seed 1
8 personas, 16 meetings, 16 labels
every label is fresh
datebook.db
log
reader

# Nothing keeps a writer from changing what is read in this way, so that the
# reader looks again in the end.

$ mkfifo -m a+rw rows; as_nobody ./reader sql "select a.document from meetings a, meetings b" > rows 2> why & reader=$!; exec 4< rows; IFS= read -r line <&4
$ chmod u+w . datebook.db; datebook tag first
first is v2
$ cat <&4 > rest; exec 4<&-; wait $reader; echo $?; cat why
4
datebook: datebook.db changed while it was read
hint: what was read may be of two versions; try again
$ rm rows why rest; datebook tag --list
v2      first

# Reading is all that sql does, whatever the user may.

$ datebook sql "select count(*) from personas, json_each(document, '$.priority_framework')" | tail -n 1 | grep -c '[0-9]'
1
$ datebook sql "insert into tag values ('x', 1)"
! datebook: this SQL would do more than read
! hint: only SELECT is allowed, over personas, meetings, labels, splits, reviews, runs, requests and the tables of the file
? 3
$ datebook persona --help | sed -n 3p
  persona add        add persona files, or what changed in them

# A name is a file's, whatever it looks like; a link is followed.

$ for name in :memory: file:x.db 'file:y.db?mode=memory' 'a b?c#d%41.db'; do datebook -q --db "$name" init --no-library; datebook -q --db "$name" status; done; ls
Made :memory: with 0 personas.
:memory: at v0: the empty dataset
0 personas, 0 meetings, 0 labels
Made file:x.db with 0 personas.
file:x.db at v0: the empty dataset
0 personas, 0 meetings, 0 labels
Made file:y.db?mode=memory with 0 personas.
file:y.db?mode=memory at v0: the empty dataset
0 personas, 0 meetings, 0 labels
Made a b?c#d%41.db with 0 personas.
a b?c#d%41.db at v0: the empty dataset
0 personas, 0 meetings, 0 labels
:memory:
a b?c#d%41.db
datebook.db
file:x.db
file:y.db?mode=memory
log
reader
$ ln -s :memory: link.db; datebook -q --db link.db status; datebook -q --db "//$(pwd)/:memory:" log; ls | grep -c -e -wal -e -shm
link.db at v0: the empty dataset
0 personas, 0 meetings, 0 labels
no versions yet
0
? 1
