# A database that is missing, is none, is newer or is busy: exit code 4.

$ datebook status
! datebook: there is no database datebook.db
! hint: make it with `datebook init`, or name another with --db FILE
? 4
$ datebook --json status
! datebook: there is no database datebook.db
! hint: make it with `datebook init`, or name another with --db FILE
? 4
$ datebook --db gone/x.db init
! datebook: cannot make gone/x.db: there is no folder gone
! hint: make the folder first
? 4
$ ls | grep -v -e "-shm\$" -e "-wal\$"
? 1
$ datebook init
Made datebook.db with 8 personas.
! next: datebook generate --all
$ datebook init
! datebook: datebook.db exists already
! hint: use it as it is, or name another with --db FILE
? 3
$ datebook init --json --db other.db
{"database":"other.db","version":1,"personas":8}
$ DATEBOOK_DB=other.db datebook status -q
other.db at v1: 8 personas from the library
8 personas, 0 meetings, 0 labels
$ DATEBOOK_DB=other.db datebook --db datebook.db status -q
datebook.db at v1: 8 personas from the library
8 personas, 0 meetings, 0 labels
$ cmp datebook.db other.db

# What is no database is left as it is.

$ echo hello > text; datebook --db text status
! datebook: text: the file could not be read: file is not a database
! hint: name a datebook database with --db FILE
? 4
$ datebook --db text generate --all
! datebook: text: the file could not be read: file is not a database
! hint: name a datebook database with --db FILE
? 4
$ datebook --db text init
! datebook: text exists already
! hint: use it as it is, or name another with --db FILE
? 3
$ cat text
hello
$ : > empty; datebook --db empty status
! datebook: empty is not a datebook database
! hint: name a datebook database with --db FILE, or make one with `datebook --db FILE init`
? 4
$ datebook --db empty persona add "$TEST_DATA/personas/smallest.json"
! datebook: empty is not a datebook database
! hint: name a datebook database with --db FILE, or make one with `datebook --db FILE init`
? 4
$ wc -c < empty
0
$ datebook --db . status
! datebook: . is a folder, not a database
? 4
$ sqlite3 foreign.db 'create table t(a)'
$ datebook --db foreign.db status
! datebook: foreign.db is not a datebook database
! hint: name a datebook database with --db FILE, or make one with `datebook --db FILE init`
? 4
$ datebook --db foreign.db tag x
! datebook: foreign.db is not a datebook database
! hint: name a datebook database with --db FILE, or make one with `datebook --db FILE init`
? 4
$ sqlite3 foreign.db .schema
CREATE TABLE t(a);
$ head -c 6000 datebook.db > cut.db; datebook --db cut.db log
! datebook: cut.db: the file could not be read: database disk image is malformed
? 4

# A newer one is not guessed at.

$ sqlite3 other.db 'pragma user_version = 99'
$ datebook --db other.db status
! datebook: other.db was written by a newer datebook (schema 99, this one knows 5)
! hint: install a newer datebook
? 4
$ datebook --db other.db generate --all
! datebook: other.db was written by a newer datebook (schema 99, this one knows 5)
! hint: install a newer datebook
? 4

# While another program writes, reading goes on and writing waits (locks.t).

$ mkfifo hold
$ sqlite3 datebook.db < hold > locked & exec 3> hold
$ echo 'begin immediate; select 1;' >&3; until [ -s locked ]; do :; done
$ datebook status
datebook.db at v1: 8 personas from the library
8 personas, 0 meetings, 0 labels
! next: datebook generate --all
$ datebook --wait 0 tag busy
! datebook: datebook.db is locked…held by…(sqlite3)… (glob)
! hint: try again when it is done, or wait for longer with --wait SECONDS
? 4
$ exec 3>&-; wait
$ datebook tag free
free is v1

# A file or folder that cannot be made.

$ datebook --db text/x.db init
! datebook: cannot make text/x.db: there is no folder text
! hint: make the folder first
? 4
$ datebook --db text/x.db status
! datebook: there is no database text/x.db
! hint: make it with `datebook init`, or name another with --db FILE
? 4
$ datebook generate --all --db gone/x.db
! datebook: cannot make gone/x.db: there is no folder gone
! hint: make the folder first
? 4
$ ls | grep -v -e "-shm\$" -e "-wal\$"
cut.db
datebook.db
empty
foreign.db
hold
locked
other.db
text
$ DATEBOOK_DATA=nowhere datebook --db n.db init
! datebook: DATEBOOK_DATA names nowhere, which is no folder
? 3
$ DATEBOOK_DATA=nowhere datebook --db n.db generate --all
! datebook: DATEBOOK_DATA names nowhere, which is no folder
? 3
$ DATEBOOK_DATA=. datebook --db n.db init
! datebook: the folder . holds no .json file
? 3
$ ls n.db
! ls: cannot access 'n.db': No such file or directory
? 2
