# A file that was damaged is told, and never read as something else.

$ datebook -q init
Made datebook.db with 8 personas.
$ datebook -q generate --all --count 2
v2: 16 meetings for 8 personas, labelled
$ spoil() {
>   rm -f bad.db*
>   cp datebook.db bad.db
>   sqlite3 bad.db "$1"
> }

# Values that mean nothing.

$ spoil 'UPDATE label SET importance = 1000000, rsvp = 0'
$ datebook --db bad.db stats
! datebook: a damaged label: importance 1000000, rsvp 0
? 4
$ spoil 'UPDATE label SET importance = 0, rsvp = -1'
$ datebook --db bad.db diff 0
! datebook: a damaged label: importance 0, rsvp -1
? 4
$ spoil 'UPDATE meeting_fact SET type = 4'
$ datebook --db bad.db stats
! datebook: the facts of meeting 4294967297 are damaged
? 4
$ spoil 'UPDATE persona SET tier = 0'
$ datebook --db bad.db persona list
! datebook: persona 1 has a damaged hash, tier or role
? 4
$ spoil 'UPDATE rule SET kind = 1000000 + rule'
$ datebook --db bad.db diff 0 --rows > rows
! datebook: the label of meeting … names an unknown rule (glob)
? 4

# Pages that cannot be read: a row that cannot be looked up is not missing.

$ overwrite() {
>   cp datebook.db bad.db
>   page=$(sqlite3 datebook.db "SELECT rootpage FROM sqlite_master WHERE name = '$1'")
>   head -c 16384 /dev/zero | dd of=bad.db bs=16384 seek=$((page - 1)) conv=notrunc 2>/dev/null
> }
$ for table in persona meeting label; do
>   overwrite $table
>   datebook --db bad.db diff 0
> done
! datebook: bad.db: the database could not be used: database disk image is malformed
! datebook: bad.db: the database could not be used: database disk image is malformed
! datebook: bad.db: the database could not be used: database disk image is malformed
? 4
$ overwrite labelling
$ datebook --db bad.db status
! datebook: bad.db: the database could not be used: database disk image is malformed
? 4
