# A signal stops long work with exit code 6; the database and the output folder
# are as they were, and no file is left half-written.

$ datebook init --no-library -q
Made datebook.db with 0 personas.
$ datebook -q generate --persona "$TEST_DATA/personas/smallest.json" --count 3 --output-dir out
added   smallest
v1: 3 meetings for 1 persona, labelled
  out/smallest_meetings.jsonl          3 meetings
  out/statistics_20251124_160000.json
$ before=$(cat out/* | cksum; sqlite3 datebook.db .dump | cksum)
$ for signal in INT TERM; do timeout --preserve-status -s $signal 1 datebook generate --all --count 100000000 --output-dir out; echo $?; done
6
6
! datebook: interrupted; nothing was changed
! hint: run the same command again
! datebook: interrupted; nothing was changed
! hint: run the same command again
$ [ "$(cat out/* | cksum; sqlite3 datebook.db .dump | cksum)" = "$before" ]; echo $?
0
$ ls -A out
smallest_meetings.jsonl
statistics_20251124_160000.json
$ datebook status -q
datebook.db at v1: 3 meetings for 1 persona, seed 1
1 persona, 3 meetings, 3 labels
every label is fresh

# One that cannot be caught leaves whole versions as well.

$ (timeout --preserve-status -s KILL 1 datebook generate --all --count 100000000; echo $?) 2> /dev/null
137
$ sqlite3 datebook.db 'pragma integrity_check'
ok
$ datebook status -q
datebook.db at v1: 3 meetings for 1 persona, seed 1
1 persona, 3 meetings, 3 labels
every label is fresh
$ datebook generate --all --count 1
v2: 1 meeting for 1 persona, labelled
