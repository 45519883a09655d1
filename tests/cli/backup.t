# A copy of the whole file, made while others use it.

$ cp "$TEST_DATA/schemas/schema-1.db" datebook.db; datebook -q --no-migration-backup log > log
$ datebook backup copy.db | sed 's/[0-9,]* bytes/N bytes/'
copy.db holds everything up to v6: N bytes
$ datebook backup copy.db
! datebook: copy.db exists already
! hint: name another file, or replace it with --force
? 3
$ datebook backup --force copy.db --json | sed "s/$(wc -c < copy.db)/SIZE/"
{"file":"copy.db","version":6,"bytes":SIZE}
$ [ "$(sqlite3 copy.db .dump | cksum)" = "$(sqlite3 datebook.db .dump | cksum)" ]; echo $?
0
$ sqlite3 copy.db 'pragma journal_mode; pragma application_id; pragma user_version; pragma integrity_check' | paste -s
wal	1685348971	5	ok
$ datebook --db copy.db tag second; datebook tag --list | grep second
second is v6
? 1
$ ls; rm copy.db
copy.db
datebook.db
log

# While a writer is at work, and has committed what is not in the main file yet:
# the copy has all that was committed.

$ mkfifo hold; sqlite3 datebook.db < hold > locked & exec 3> hold
$ echo "pragma wal_autocheckpoint = 0; insert into tag (name, version) values ('committed', 1); begin immediate; insert into tag (name, version) values ('open', 1); select 1;" >&3; until [ "$(tail -n 1 locked 2> /dev/null)" = 1 ]; do :; done
$ datebook --wait 0 backup copy.db -q | cut -d : -f 1; datebook --db copy.db tag --list
copy.db holds everything up to v6
v1      committed
v2      first
v4      checked
$ exec 3>&-; wait; rm copy.db hold locked
$ datebook tag --list
v1      committed
v2      first
v4      checked

# A private file has a private copy, and a copy of one that may only be read can
# be used.

$ chmod 600 datebook.db; datebook -q backup copy.db > log; ls -l copy.db | cut -c 1-10
-rw-------
$ chmod 444 datebook.db; datebook -q backup --force copy.db > log; ls -l copy.db | cut -c 1-10; chmod 644 datebook.db
-rw-r--r--

# Names that cannot be had.

$ mkdir folder; ln -s datebook.db link.db; ln datebook.db hard.db; ln -s nowhere dangling.db; ln -s /dev/full device.db; ln -s folder link
$ datebook backup --force folder
! datebook: cannot write folder: it is a folder
? 3
$ datebook backup folder/
! datebook: cannot write folder/: it is a folder
? 3
$ datebook backup link
! datebook: cannot write link: it is a folder
? 3
$ datebook backup gone/copy.db
! datebook: cannot write gone/copy.db: there is no folder gone
! hint: make the folder first
? 3
$ datebook backup --force log/copy.db
! datebook: cannot write log/copy.db: there is no folder log
! hint: make the folder first
? 3
$ datebook backup ''
! datebook: the name of FILE is empty
! hint: `datebook backup --help` shows how it is used
? 2
$ for file in datebook.db ./datebook.db link.db hard.db; do datebook backup --force $file; done
! datebook: cannot write datebook.db: it is the database itself
! datebook: cannot write ./datebook.db: it is the database itself
! datebook: cannot write link.db: it is the database itself
! datebook: cannot write hard.db: it is the database itself
? 3
$ datebook backup datebook.db
! datebook: cannot write datebook.db: it is the database itself
? 3
$ datebook backup dangling.db
! datebook: dangling.db exists already
! hint: name another file, or replace it with --force
? 3
$ datebook backup --force /dev/full
! datebook: cannot write /dev/full: it is no ordinary file
? 3
$ datebook backup --force device.db
! datebook: cannot write device.db: it is no ordinary file
? 3
$ datebook backup
! datebook: backup needs FILE
! hint: `datebook backup --help` shows how it is used
? 2
$ datebook backup one.db two.db
! datebook: unexpected argument "two.db"
! hint: `datebook backup --help` shows how it is used
? 2
$ datebook --db missing.db backup copy.db --force
! datebook: there is no database missing.db
! hint: make it with `datebook init`, or name another with --db FILE
? 4
$ datebook --db log backup other.db
! datebook: log: the file could not be read: file is not a database
! hint: name a datebook database with --db FILE
? 4
$ touch busy.db-wal; datebook backup busy.db
! datebook: cannot write busy.db: there is a busy.db-wal beside it
! hint: it belongs to another database of that name, which is in use or was left by a crash; name another file
? 3
$ rm busy.db-wal

# A link that leads nowhere is a name like any other for --force, and what it
# led to stays away.

$ datebook -q backup --force dangling.db > log; [ -L dangling.db ] || ls dangling.db nowhere
dangling.db
! ls: cannot access 'nowhere': No such file or directory
? 2

# What looks like something else to SQLite is a name of a file.

$ datebook -q backup :memory: > log; datebook -q backup 'file:copy.db?mode=memory' > log; datebook -q --db :memory: status; rm ':memory:' 'file:copy.db?mode=memory'
:memory: at v6: 6 meetings for 2 personas, seed 8
2 personas, 30 meetings, 30 labels
every label is fresh

# No room, or damage: nothing under the name, or what was there.

$ (ulimit -f 512; datebook backup new.db)
! datebook: cannot write new.db: File too large
? 3
$ before=$(cksum < copy.db); (ulimit -f 512; datebook backup --force copy.db)
! datebook: cannot write copy.db: File too large
? 3
$ [ "$(cksum < copy.db)" = "$before" ]; echo $?
0
$ cp datebook.db damaged.db; page=$(sqlite3 damaged.db "select rootpage from sqlite_schema where name = 'label'"); printf '\377\377\377\377\377\377\377\377' | dd of=damaged.db bs=1 seek=$(((page - 1) * 16384)) conv=notrunc status=none
$ datebook --db damaged.db backup new.db
! datebook: damaged.db is damaged: Page 19: btreeInitPage() returns error code 11
? 4
$ ls
copy.db
damaged.db
dangling.db
datebook.db
device.db
folder
hard.db
link
link.db
log
