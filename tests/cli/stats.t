# What is in a version, in numbers.

$ datebook init --no-library -q
Made datebook.db with 0 personas.
$ printf '{"id": "ann", "name": "A", "tier": 1, "importance_criteria": {"always_important": [{"duration_min": 1, "name": "any"}]}, "prep_time_needs": {"requires_prep": [{"duration_min": 1, "minutes": 40, "name": "all"}]}}' > ann.json
$ datebook -q persona add ann.json "$TEST_DATA/personas/smallest.json"
added   ann
added   smallest
v1: 2 added, 0 changed, 0 unchanged
$ datebook stats
v1: 0 meetings of 2 personas
! next: datebook generate --all
$ datebook -q generate --all --count 2
v2: 4 meetings for 2 personas, labelled
$ datebook tag two
two is v2
$ datebook -q generate --persona smallest --count 1
v3: 1 meeting for 1 persona, labelled
$ datebook stats | sed '/^RSVP/,/^subjects/d; /^distinct/d; s/ [0-9]*\.[0-9]  *\([0-9.]*%\)$/ N  \1/' | tr -s ' '
v3: 5 meetings of 2 personas
40 minutes of preparation where it is needed, on average; 0.9 hours a week

importance
critical 2 40.0% █████████▋
high 0 0.0%
medium 3 60.0% ██████████████▍
low 0 0.0%
by default only 3 60.0% ██████████████▍

preparation
needed 2 40.0% █████████▋


TIER MEETINGS CRITICAL HIGH MEDIUM LOW PREP MINUTES HOURS/WEEK DEFAULT
tier 1 2 100.0% 0.0% 0.0% 0.0% 100.0% 40 N 0.0%
tier 3 3 0.0% 0.0% 100.0% 0.0% 0.0% 0 N 100.0%

PERSONA MEETINGS CRITICAL HIGH MEDIUM LOW PREP MINUTES HOURS/WEEK DEFAULT
ann 2 100.0% 0.0% 0.0% 0.0% 100.0% 40 N 0.0%
smallest 3 0.0% 0.0% 100.0% 0.0% 0.0% 0 N 100.0%
$ datebook stats --persona ann | head -n 8 | tr -s ' '
v3: 2 meetings of 1 persona
40 minutes of preparation where it is needed, on average; 0.8 hours a week

importance
critical 2 100.0% ████████████████████████
high 0 0.0%
medium 0 0.0%
low 0 0.0%
$ datebook stats --tier 3 --at two | head -n 1
v2: 2 meetings of 1 persona
$ datebook stats --tier 2
v3: 0 meetings of 0 personas
! next: datebook persona add FILE-OR-FOLDER
$ datebook stats --json --at two > out; sqlite3 :memory: "select json_valid(readfile('out'))"
1
$ sqlite3 :memory: "select group_concat(key, ' ') from json_each(readfile('out'))"
total_meetings importance_distribution prep_needed_count avg_prep_time_minutes personas version rsvp_distribution type_distribution attendee_distribution duration_distribution people_distribution weekday_distribution start_hour_distribution rules rules_fired labelled_by_default weekly_meeting_hours subject_distinct_1 subject_distinct_2 first_start last_start by_tier by_persona
$ sqlite3 :memory: "select json_extract(readfile('out'), '\$.total_meetings', '\$.importance_distribution', '\$.prep_needed_count', '\$.avg_prep_time_minutes', '\$.personas')"
[4,{"critical":2,"high":0,"medium":2,"low":0},2,40.0,["ann","smallest"]]
$ datebook stats --at 0 --json > out; sqlite3 :memory: "select json_valid(readfile('out'))"
1
$ datebook stats --persona an
! datebook: there is no persona "an"
! hint: did you mean ann?
? 3
$ datebook stats --tier 0
! datebook: --tier takes a whole number from 1 to 3, not "0"
! hint: `datebook stats --help` shows how it is used
? 2
$ datebook stats --by tier,hourz
! datebook: --by knows no "hourz"; is it hour?
! hint: `datebook stats --help` shows how it is used
? 2
$ datebook stats --by ,
! datebook: --by names nothing to group by
! hint: `datebook stats --help` shows how it is used
? 2
$ datebook stats --by tier,role | sed 's/ [0-9]*\.[0-9]  *\([0-9.]*%\)$/ N  \1/' | tr -s ' '
v3: 5 meetings of 2 personas
40 minutes of preparation where it is needed, on average; 0.9 hours a week

TIER MEETINGS CRITICAL HIGH MEDIUM LOW PREP MINUTES HOURS/WEEK DEFAULT
tier 1 2 100.0% 0.0% 0.0% 0.0% 100.0% 40 N 0.0%
tier 3 3 0.0% 0.0% 100.0% 0.0% 0.0% 0 N 100.0%

ROLE MEETINGS CRITICAL HIGH MEDIUM LOW PREP MINUTES HOURS/WEEK DEFAULT
train 5 40.0% 0.0% 60.0% 0.0% 40.0% 40 N 60.0%
$ datebook stats --by importance --at 0
v0: 0 meetings of 0 personas
! next: datebook persona add FILE-OR-FOLDER
$ datebook stats --by weekday --json > out; sqlite3 :memory: "select sum(json_extract(value, '\$.total_meetings')) from json_each(readfile('out'), '\$.by_weekday')"
5
$ datebook stats --persona ann --tier 3
! datebook: --persona and --tier exclude each other
! hint: `datebook stats --help` shows how it is used
? 2
$ datebook stats --at nowhen
! datebook: there is no version or tag "nowhen"
! hint: `datebook log` lists versions, `datebook tag --list` tags; a version is written 7, v7, HEAD, HEAD~2, or a tag
? 3
