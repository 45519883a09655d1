# One writes at a time; the next one waits, and says for whom it waited in vain.
# A persona that comes through a pipe keeps the run that reads it open for as
# long as the test wants; opening the pipe waits for that run.

$ datebook init -q --no-library; datebook persona add "$TEST_DATA/personas/smallest.json"
Made datebook.db with 0 personas.
added   smallest
v1: 1 added, 0 changed, 0 unchanged
$ mkfifo pipe.json
$ datebook persona add pipe.json > first 2>&1 & writer=$!; exec 5> pipe.json
$ datebook --wait 0 tag early 2>&1 | sed "s/$writer/PID/"
datebook: datebook.db is locked: held by process PID (datebook persona add), running for … s (glob)
hint: try again when it is done, or wait for longer with --wait SECONDS
$ datebook --wait 1 tag late 2>&1 | sed "s/$writer/PID/"
datebook: datebook.db is locked: held by process PID (datebook persona add), running for … s; gave up after 1 s (glob)
hint: try again when it is done, or wait for longer with --wait SECONDS
$ DATEBOOK_DB=datebook.db datebook relabel --wait=0 2>&1 | sed "s/$writer/PID/"
datebook: datebook.db is locked: held by process PID (datebook persona add), running for … s (glob)
hint: try again when it is done, or wait for longer with --wait SECONDS

# Readers do not wait, and see what was committed.

$ datebook --wait 0 status -q; datebook --wait 0 log -q; datebook --wait 0 sql "select count(*) from personas" | tail -n 1
datebook.db at v1: 1 persona added
1 persona, 0 meetings, 0 labels
VERSION  WHEN              COMMAND      TAGS  WHAT
     v1  2025-11-24 16:00  persona add        1 persona added
1

# One that has time gets its turn.

$ datebook --wait 1000 tag patient v1 > second 2>&1 5>&- & waiter=$!
$ sed s/smallest/other/ "$TEST_DATA/personas/smallest.json" >&5; exec 5>&-; wait $writer; echo $?; wait $waiter; echo $?; cat first second
0
0
added   other
v2: 1 added, 0 changed, 0 unchanged
patient is v1

# A reader sees one version from its first row to its last, however many come
# meanwhile.

$ datebook -q generate --all --count 200 > log; before=$(datebook sql "select * from meetings order by 1" | cksum)
$ mkfifo rows; datebook sql "select * from meetings order by 1" > rows & reader=$!; exec 4< rows; IFS= read -r line <&4
$ datebook -q generate --all --count 5 --seed 2; datebook -q persona remove other
v4: 10 meetings for 2 personas, labelled
v5: removed 1 persona with 205 meetings
$ { echo "$line"; cat <&4; } | cksum | { read -r sum; [ "$sum" = "$before" ]; echo $?; }; exec 4<&-; wait $reader; echo $?
0
0

# A database that somebody has for himself alone is said to be.

$ sqlite3 datebook.db 'pragma journal_mode = delete'
delete
$ mkfifo hold; sqlite3 datebook.db < hold > locked & holder=$!; exec 3> hold
$ echo 'begin exclusive; select 1;' >&3; until [ -s locked ]; do :; done
$ datebook --wait 0 status 2>&1 | sed "s/$holder/PID/"
datebook: datebook.db is locked: held by process PID (sqlite3), running for … s (glob)
hint: try again when it is done, or wait for longer with --wait SECONDS
$ exec 3>&-; wait

# How long to wait is a number of seconds.

$ datebook --wait x status
! datebook: --wait takes a whole number of seconds from 0 to 999999, not "x"
? 2
$ datebook --wait -1 status
! datebook: --wait takes a whole number of seconds from 0 to 999999, not "-1"
? 2
$ datebook status --wait 1000000
! datebook: --wait takes a whole number of seconds from 0 to 999999, not "1000000"
? 2
$ datebook status --wait
! datebook: --wait needs a value (SECONDS)
? 2
