# Read-only SQL, as of a version.

$ datebook init --no-library -q
Made datebook.db with 0 personas.
$ datebook -q persona add "$TEST_DATA/personas/smallest.json"
added   smallest
v1: 1 added, 0 changed, 0 unchanged
$ datebook -q generate --all --count 2
v2: 2 meetings for 1 persona, labelled
$ datebook -q persona add "$TEST_DATA/personas/chinese.json"
added   chinese
v3: 1 added, 0 changed, 0 unchanged
$ datebook sql 'select persona, name, tier, role, since_version from personas'
persona	name	tier	role	since_version
smallest	Nobody in Particular	3	train	1
chinese	销售经理 - 季度冲刺	2	train	3
$ datebook sql 'select persona, name, tier, role, since_version from personas' --json
{"columns":["persona","name","tier","role","since_version"],"rows":[["smallest","Nobody in Particular","3","train","1"],["chinese","销售经理 - 季度冲刺","2","train","3"]]}
$ for at in 1 v2 HEAD~1 HEAD 0; do datebook sql 'select (select count(*) from personas) as p, (select count(*) from meetings) as m, (select count(*) from labels) as l' --at $at | tail -n 1; done
1	0	0
1	2	2
1	2	2
2	2	2
0	0	0
$ datebook sql 'select importance, prep_needed, prep_minutes, rsvp from labels'
importance	prep_needed	prep_minutes	rsvp
medium	0	0	tentative
medium	0	0	tentative
$ datebook sql 'select * from meetings limit 0'
meeting	persona	subject	preview	start	minutes	type	attendees	external	organizer	since_version	document	request
$ datebook sql 'select 1 where 0' --json
{"columns":["1"],"rows":[]}
$ datebook sql "select null, 1.5, 'a' || char(9) || char(10) || char(27), x'00ff', x'41'" | tail -n 1
	1.5	a  \x1b	x'00ff'	x'41'
$ datebook sql "select null as n, 'a' || char(9) || char(10) || char(27) as t" --json
{"columns":["n","t"],"rows":[[null,"a\t\n\u001b"]]}
$ datebook sql 'select 1 as a;'
a
1
$ datebook sql ' ; '
! datebook: the query is empty
? 3
$ datebook sql 'select count(*) as n from personas /* all */ -- of them'
n
2

# Nothing can be written, attached, loaded or set.

$ before=$(sqlite3 datebook.db .dump | cksum)
$ try() { datebook sql "$1" 2>&1 > /dev/null | head -n 1; }
$ try "delete from personas"
datebook: SQL: cannot modify personas because it is a view
$ try "insert into tags values ('x', 1)"
datebook: SQL: no such table: tags
$ try "update labels set importance = 1"
datebook: SQL: cannot modify labels because it is a view
$ try "drop table tags"
datebook: SQL: no such table: tags
$ try "create table x (y)"
datebook: this SQL would do more than read
$ try "create temp table x (y)"
datebook: this SQL would do more than read
$ try "with x as (select 1) delete from tags"
datebook: SQL: no such table: tags
$ try "attach 'other.db' as other"
datebook: this SQL would do more than read
$ try "detach main"
datebook: this SQL would do more than read
$ try "vacuum into 'other.db'"
datebook: this SQL would do more than read
$ try "pragma user_version = 7"
datebook: this SQL would do more than read
$ try "pragma user_version"
datebook: this SQL would do more than read
$ try "select * from pragma_user_version"
datebook: SQL: not authorized
$ try "select load_extension('x')"
datebook: SQL: not authorized to use function: load_extension
$ try "select writefile('x', 'y')"
datebook: SQL: no such function: writefile
$ try "begin"
datebook: this SQL would do more than read
$ try "reindex"
datebook: this SQL would do more than read
$ try "analyze"
datebook: this SQL would do more than read
$ try "pragma query_only = off"
datebook: this SQL would do more than read
$ try "pragma query_only(0)"
datebook: this SQL would do more than read
$ try "select * from pragma_query_only"
datebook: SQL: not authorized
$ try "explain delete from label"
datebook: this SQL would do more than read
$ try "create temp trigger x after insert on label begin select 1; end"
datebook: this SQL would do more than read
$ try "create virtual table temp.x using fts5(y)"
datebook: this SQL would do more than read
$ try "savepoint x"
datebook: this SQL would do more than read
$ try "alter table tag rename to x"
datebook: this SQL would do more than read
$ try "replace into tag values ('x', 1, null)"
datebook: this SQL would do more than read
$ try "update label set importance = 1 returning meeting"
datebook: this SQL would do more than read
$ try "select seal_row(0, 1, 'x')"
datebook: SQL: not authorized to use function: seal_row
$ try "select * from seal"
datebook: this SQL would do more than read
$ try "select count(*) from main.content"
datebook: this SQL would do more than read
$ try "select data from sqlite_dbpage"
datebook: SQL: no such table: sqlite_dbpage
$ try "select fts3_tokenizer('simple')"
datebook: SQL: not authorized to use function: fts3_tokenizer
$ try "select zeroblob(1000000000)"
datebook: SQL: string or blob too big
$ try "select version_at()"
$ try "select 1; drop table tags"
datebook: only one SQL statement can be asked at a time
$ ls other.db x
! ls: cannot access 'other.db': No such file or directory
! ls: cannot access 'x': No such file or directory
? 2
$ [ "$(sqlite3 datebook.db .dump | cksum)" = "$before" ]; echo $?
0

# A query without an end can be interrupted.

$ timeout --preserve-status -s INT 1 datebook sql 'with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n'
! datebook: interrupted
? 6
$ timeout --preserve-status -s TERM 1 datebook sql --json 'with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n'
! datebook: interrupted
? 6

# The runs, as far as the version.

$ datebook sql 'select version, command, summary, started, tool, engine, pruned from runs'
version	command	summary	started	tool	engine	pruned
1	persona add	1 persona added	2025-11-24T16:00:00.000000	0.1.0	1	0
2	generate	2 meetings for 1 persona, seed 1	2025-11-24T16:00:00.000000	0.1.0	1	0
3	persona add	1 persona added	2025-11-24T16:00:00.000000	0.1.0	1	0
$ datebook sql "select options from runs where version = 2"
options
{"seed":1,"count":2,"time_zone":"Asia/Shanghai","personas":["smallest"],"given":["--all","--count","2"]}
$ datebook sql 'select count(*) as n, max(version) as last from runs' --at 2
n	last
2	2
$ datebook sql 'select content_hash, chain_hash from runs where version = 3' | tail -n 1 > out; datebook show 3 | sed -n 's/^\(content\|chain\)  *//p' | paste -s | cmp - out
$ datebook sql 'select * from runs limit 0'
version	command	summary	options	started	tool	engine	personas	personas_added	personas_changed	personas_removed	meetings	meetings_added	meetings_changed	meetings_removed	labels	labels_added	labels_changed	labels_removed	splits	splits_added	splits_changed	splits_removed	reviews	reviews_added	reviews_changed	reviews_removed	pruned	content_hash	chain_hash

# Wrong queries: exit code 3.

$ datebook sql ''
! datebook: the query is empty
? 3
$ datebook sql ' '
! datebook: the query is empty
? 3
$ datebook sql 'selec 1'
! datebook: SQL: near "selec": syntax error
! hint: the views are personas, meetings, labels, splits, reviews, runs and requests; `datebook sql --help` names their columns
? 3
$ datebook sql 'select nothing from meetings'
! datebook: SQL: near "nothing": syntax error
! hint: the views are personas, meetings, labels, splits, reviews, runs and requests; `datebook sql --help` names their columns
? 3
$ datebook sql 'select * from nowhere'
! datebook: SQL: no such table: nowhere
! hint: the views are personas, meetings, labels, splits, reviews, runs and requests; `datebook sql --help` names their columns
? 3
$ datebook sql 'select 1; select 2'
! datebook: only one SQL statement can be asked at a time
? 3
$ datebook sql 'select 1' --at v9
! datebook: there is no version v9
! hint: the newest version is 3
? 3
$ datebook sql 'select 1' 'select 2'
! datebook: unexpected argument "select 2"
! hint: `datebook sql --help` shows how it is used
? 2
$ datebook sql "select abs(-9223372036854775807 - 1)"
! datebook: SQL: integer overflow
! hint: the views are personas, meetings, labels, splits, reviews, runs and requests; `datebook sql --help` names their columns
? 3
$ datebook sql --json "select abs(-9223372036854775807 - 1)"
! datebook: SQL: integer overflow
! hint: the views are personas, meetings, labels, splits, reviews, runs and requests; `datebook sql --help` names their columns
? 3
