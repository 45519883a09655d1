# Whether the database holds what was written into it.

$ datebook verify
! datebook: there is no database datebook.db
! hint: make it with `datebook init`, or name another with --db FILE
? 4
$ datebook init -q --no-library
Made datebook.db with 0 personas.
$ datebook verify
datebook.db is sound: 0 versions in one chain, 0 hashed again from 0 rows
$ rm datebook.db; datebook -q init
Made datebook.db with 8 personas.
$ datebook -q generate --all --count 2
v2: 16 meetings for 8 personas, labelled
$ datebook verify
datebook.db is sound: 2 versions in one chain, 2 hashed again from 40 rows
$ datebook verify --deep
datebook.db is sound: 2 versions in one chain, 2 hashed again from 40 rows
$ datebook verify --quick
datebook.db: 2 versions in one chain; rows were not looked at: `verify` without --quick does that
$ datebook verify --json
{"findings":[],"ok":true,"depth":"deep","versions":2,"kept":2,"rows":40}
$ datebook verify --quick --json
{"findings":[],"ok":true,"depth":"quick","versions":2,"kept":0,"rows":0}

# A reader changes nothing, and leaves nothing behind.

$ sum() { b2sum datebook.db; ls; }
$ : > before; : > out; sum > before; datebook verify > out; sum | cmp - before

# A changed row, which the quick look does not see, and a changed header, which
# both do.

$ spoil() { rm -f bad.db*; cp datebook.db bad.db; sqlite3 bad.db "$1"; }
$ spoil "UPDATE label SET prep_minutes = prep_minutes + 5 WHERE meeting = (SELECT min(meeting) FROM label)"
$ datebook --db bad.db verify --quick
bad.db: 2 versions in one chain; rows were not looked at: `verify` without --quick does that
$ datebook --db bad.db verify
version 2 does not hold what was written
the labels of persona tier1_eng_manager_overloaded are not what was written
! 2 findings in bad.db
! the file is damaged: go on with a backup, and keep this one to look at
? 1
$ datebook --db bad.db verify -q
version 2 does not hold what was written
the labels of persona tier1_eng_manager_overloaded are not what was written
? 1
$ datebook --db bad.db verify --json
{"findings":["version 2 does not hold what was written","the labels of persona tier1_eng_manager_overloaded are not what was written"],"ok":false,"depth":"deep","versions":2,"kept":2,"rows":40}
? 1
$ spoil "UPDATE version SET summary = 'nothing' WHERE version = 2"
$ datebook --db bad.db verify --quick
version 2: its header and its chain hash do not go together
! 1 finding in bad.db
! the file is damaged: go on with a backup, and keep this one to look at
? 1
$ spoil "DELETE FROM version WHERE version = 2"
$ datebook --db bad.db verify --quick
the table version does not hold what datebook wrote into it
! 1 finding in bad.db
! the file is damaged: go on with a backup, and keep this one to look at
? 1

# A page of noughts: a finding, or a file that cannot be opened, and never fine.

$ cp datebook.db bad.db; page=$(sqlite3 datebook.db "SELECT rootpage FROM sqlite_master WHERE name = 'label'")
$ head -c 16384 /dev/zero | dd of=bad.db bs=16384 seek=$((page - 1)) conv=notrunc 2> /dev/null
$ datebook --db bad.db verify > out 2> /dev/null; echo $?; wc -l < out | grep -c '[1-9]'
1
1
$ head -c 100000 datebook.db > bad.db; datebook --db bad.db verify > out; echo $?
4
! datebook: bad.db: the file could not be read: database disk image is malformed
