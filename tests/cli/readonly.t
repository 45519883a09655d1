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
$ as_nobody ./reader tag first 2>&1 | head -n 1
datebook: datebook.db: … (glob)
$ chmod u+w . datebook.db; datebook tag first
first is v2

# Reading is all that sql does, whatever the user may.

$ datebook sql "select count(*) from personas, json_each(document, '$.priority_framework')" | tail -n 1 | grep -c '[0-9]'
1
$ datebook sql "insert into tag values ('x', 1)"
! datebook: this SQL would do more than read
! hint: only SELECT is allowed, over personas, meetings, labels and the tables of the file
? 3
$ datebook persona --help | sed -n 3p
  persona add       add persona files, or what changed in them
