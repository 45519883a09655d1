# A database with or without the persona library; one that is there is left.

$ datebook init
Made datebook.db with 8 personas.
! next: datebook generate --all
$ datebook persona list -q | wc -l
9
$ before=$(cksum < datebook.db)
$ datebook init
! datebook: datebook.db exists already
! hint: use it as it is, or name another with --db FILE
? 3
$ datebook init --no-library
! datebook: datebook.db exists already
! hint: use it as it is, or name another with --db FILE
? 3
$ [ "$(cksum < datebook.db)" = "$before" ]; echo $?
0
$ ls | grep -v -e "-shm\$" -e "-wal\$"
datebook.db
$ datebook --db empty.db init --no-library --json
{"database":"empty.db","version":0,"personas":0}
$ datebook --db empty.db status
empty.db at v0: the empty dataset
0 personas, 0 meetings, 0 labels
! next: datebook --db empty.db persona add FILE-OR-FOLDER
$ datebook --db empty.db log
no versions yet
$ datebook --db empty.db log --json
{"versions":[]}
$ datebook --db empty.db show
version  v0
what     the empty dataset
content  a2addf22686bb9cf887fd29b787ea96b444eea5638a7d9270b91592b223cb1f5
chain    12b679391938a04133b88438cbe1a60b9a885c1c7db84288e9cb360e63dc1241

          TOTAL  ADDED  CHANGED  REMOVED
personas      0      0        0        0
meetings      0      0        0        0
labels        0      0        0        0
$ datebook --db empty.db stats
v0: 0 meetings of 0 personas
! next: datebook --db empty.db persona add FILE-OR-FOLDER
$ datebook --db empty.db relabel
Every label is fresh; HEAD stays at v0.
$ datebook --db empty.db diff 0
v0 -> v0
no difference
$ datebook --db empty.db tag none
! datebook: the empty dataset, version 0, cannot be tagged
? 3
$ datebook --db empty.db generate --all
! datebook: there is no persona
! hint: add some with `datebook persona add`
? 3
$ datebook --db empty.db export --output out
! datebook: there is no persona in v0
! hint: add some with `datebook persona add`
? 3
$ ls | grep -v -e "-shm\$" -e "-wal\$"
datebook.db
empty.db

# A library of one's own.  One that is wrong leaves no database.

$ mkdir own; cp "$TEST_DATA/personas/smallest.json" own
$ DATEBOOK_DATA=own datebook --db own.db init
Made own.db with 1 persona.
! next: datebook --db own.db generate --all
$ echo '{"id": 1}' > own/bad.json
$ DATEBOOK_DATA=own datebook --db other.db init
! datebook: own/bad.json: id: must be text, and is a number
? 3
$ ls | grep -v -e "-shm\$" -e "-wal\$"
datebook.db
empty.db
own
own.db
