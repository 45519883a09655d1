# Meetings for personas: who, how many, from which seed, and what is refused.

$ personas=$TEST_DATA/personas
$ rows() { datebook sql 'select persona, count(*), min(start) from meetings group by 1' | tail -n +2; }

# For whom: personas by id or by file, a tier, all.  A file is added first, in
# the same version.

$ datebook init --no-library -q
Made datebook.db with 0 personas.
$ cp "$personas/smallest.json" me.json
$ datebook generate --persona me.json --count 2
added   smallest
v1: 2 meetings for 1 persona, labelled
$ datebook generate --persona smallest --count 1
v2: 1 meeting for 1 persona, labelled
$ sed -i 's/Nobody/Somebody/' me.json
$ datebook generate --persona smallest,me.json,"$personas/chinese.json" --count 3
changed smallest
        name: "Nobody in Particular" -> "Somebody in Particular"
added   chinese
v3: 6 meetings for 2 personas, labelled
$ rows
chinese	3	2026-01-26 09:00:00
smallest	6	2026-10-19 09:30:00
$ datebook log
VERSION  WHEN              COMMAND   TAGS  WHAT
     v3  2025-11-24 16:00  generate        6 meetings for 2 personas, seed 1
     v2  2025-11-24 16:00  generate        1 meeting for 1 persona, seed 1
     v1  2025-11-24 16:00  generate        2 meetings for 1 persona, seed 1
$ datebook generate --tier 3 --count 1
v4: 1 meeting for 1 persona, labelled
$ datebook generate --all --count 1 --json | tee out
{"version":5,"meetings":2,"personas":2,"missed":[],"files":[]}
$ sqlite3 :memory: "select json_valid(readfile('out'))"
1
$ datebook generate --tier 1
! datebook: there is no training persona of tier 1
! hint: add some with `datebook persona add`
? 3
$ datebook generate --persona smalest
! datebook: there is no persona "smalest"
! hint: did you mean smallest?
? 3
$ datebook generate --persona nowhere.json
! datebook: cannot read nowhere.json: No such file or directory
? 3
$ datebook generate --persona nowhere
! datebook: there is no persona "nowhere"
! hint: `datebook persona list` lists them
? 3

# The library's version of a database that was missing stays.

$ datebook --db none.db generate --persona smallest --count 1
! made none.db with 8 personas
! datebook: there is no persona "smallest"
! hint: `datebook persona list` lists them
? 3
$ datebook --db none.db status -q
none.db at v1: 8 personas from the library
8 personas, 0 meetings, 0 labels

# The same seed gives the same meetings in another database, whatever the order
# and the company of personas; another seed gives others.

$ a="$personas/chinese.json"; b="$personas/unknown_function.json"; c="$personas/reference.json"
$ try() { datebook --db $1 init -q --no-library; datebook --db $1 -q generate --persona $2 --count 20 --seed $3; }
$ try 1.db "$a,$b,$c" 7
Made 1.db with 0 personas.
added   chinese
added   unknown_function
added   reference
v1: 60 meetings for 3 personas, labelled
$ try 2.db "$c,$a" 7
Made 2.db with 0 personas.
added   reference
added   chinese
v1: 40 meetings for 2 personas, labelled
$ try 3.db "$a,$c" 8
Made 3.db with 0 personas.
added   chinese
added   reference
v1: 40 meetings for 2 personas, labelled
$ dump() { datebook --db $1 sql "select * from meetings join labels using (meeting, persona) where persona <> 'unknown_function' order by meeting" | sed 's/\tv[0-9]*//g'; }
$ dump 1.db > 1; dump 2.db > 2; dump 3.db > 3
$ wc -l < 1
41
$ cmp 1 2
$ cmp -s 1 3
? 1
$ comm -12 1 3
meeting	persona	subject	preview	start	minutes	type	attendees	external	organizer	since_version	document	request	importance	prep_needed	prep_minutes	rsvp	since_version

# Generating again goes on in time, with new ids.

$ datebook --db 2.db -q generate --persona chinese --count 20 --seed 7
v2: 20 meetings for 1 persona, labelled
$ datebook --db 2.db sql "select count(*), count(distinct meeting), count(distinct start) > 20 from meetings where persona = 'chinese'"
count(*)	count(distinct meeting)	count(distinct start) > 20
40	40	1

# Weeks, the first day, the time zone.

$ datebook generate --no-mix --persona smallest --weeks 2 --start 2026-03-02 --time-zone Europe/Berlin | sed 's/[0-9]* meetings/N meetings/'
v6: N meetings for 1 persona, labelled
$ datebook sql "select distinct json_extract(document, '\$.start.timeZone'), json_extract(document, '\$.end.timeZone') from meetings where start between '2026-03-02' and '2026-04'"
json_extract(document, '$.start.timeZone')	json_extract(document, '$.end.timeZone')
Europe/Berlin	Europe/Berlin
$ datebook sql "select min(start) < '2026-03-04', max(start) between '2026-03-11' and '2026-03-14' from meetings where start between '2026-03-02' and '2026-04'"
min(start) < '2026-03-04'	max(start) between '2026-03-11' and '2026-03-14'
1	1
$ datebook generate --persona smallest --count 1 --start 2024-02-29 --time-zone 'China Standard Time'
v7: 1 meeting for 1 persona, labelled

# Times are those of Graph, in 27 characters.

$ datebook sql "select distinct length(json_extract(document, '\$.start.dateTime')) as length, json_extract(document, '\$.responseStatus.time') is not null as time, typeof(json_extract(document, '\$.webLink')) as link from meetings"
length	time	link
27	1	text

# Wrong values: exit code 2, and nothing is made.

$ before=$(sqlite3 datebook.db .dump | cksum)
$ datebook generate
! datebook: say for whom, with one of --persona, --tier, --all
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --tier 1
! datebook: say for whom, with one of --persona, --tier, --all
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --count 1 --weeks 1
! datebook: --count and --weeks exclude each other
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --count 0
! datebook: --count takes a whole number from 1 to 100000000, not "0"
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --count -5
! datebook: --count takes a whole number from 1 to 100000000, not "-5"
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --count 1e3
! datebook: --count takes a whole number from 1 to 100000000, not "1e3"
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --count ''
! datebook: --count takes a whole number from 1 to 100000000, not ""
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --count ' 1'
! datebook: --count takes a whole number from 1 to 100000000, not " 1"
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --count 99999999999999999999
! datebook: --count takes a whole number from 1 to 100000000, not "99999999999999999999"
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --weeks 0
! datebook: --weeks takes a whole number from 1 to 100000, not "0"
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --persona smallest --count 10 --start 9999-12-31
! datebook: persona smallest: the calendar would go past the year 9999
! hint: --start DATE begins it earlier
? 3
$ datebook generate --all --seed -1
! datebook: --seed takes a whole number from 0, not "-1"
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --seed x
! datebook: --seed takes a whole number from 0, not "x"
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --tier 4
! datebook: --tier takes a whole number from 1 to 3, not "4"
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --tier one
! datebook: --tier takes a whole number from 1 to 3, not "one"
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --persona ,
! datebook: --persona names no persona
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --persona ''
! datebook: --persona names no persona
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --start 2026-02-30
! datebook: --start takes a date YYYY-MM-DD, not "2026-02-30"
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --start tomorrow
! datebook: --start takes a date YYYY-MM-DD, not "tomorrow"
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --start 0000-01-01
! datebook: --start takes a date YYYY-MM-DD, not "0000-01-01"
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --time-zone ''
! datebook: --time-zone takes a name such as Europe/Berlin or Pacific Standard Time
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --time-zone 'a"b'
! datebook: --time-zone takes a name such as Europe/Berlin or Pacific Standard Time
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --format csv --output-dir out
! datebook: --format knows only jsonl
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --format jsonl
! datebook: --format goes with --output-dir
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --output-dir ''
! datebook: --output-dir needs the name of a folder
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all extra
! datebook: unexpected argument "extra"
! hint: `datebook generate --help` shows how it is used
? 2
$ [ "$(sqlite3 datebook.db .dump | cksum)" = "$before" ]; echo $?
0

# A folder that cannot be made undoes everything, the persona file too.

$ : > file
$ datebook generate --all --count 1 --output-dir file
! datebook: file is not a folder
? 3
$ datebook generate --all --count 1 --output-dir file/sub
! datebook: cannot make the folder file/sub: Not a directory
? 3
$ datebook generate --persona "$personas/reference.json" --count 1 --output-dir file/sub
! datebook: cannot make the folder file/sub: Not a directory
? 3
$ [ "$(sqlite3 datebook.db .dump | cksum)" = "$before" ]; echo $?
0

# Nor does a folder that stands in the place of a file leave a version.

$ mkdir -p busy/smallest_meetings.jsonl
$ datebook generate --persona smallest --count 1 --output-dir busy
! datebook: cannot write busy/smallest_meetings.jsonl: it is a folder
? 3
$ ls busy
smallest_meetings.jsonl
$ [ "$(sqlite3 datebook.db .dump | cksum)" = "$before" ]; echo $?
0
