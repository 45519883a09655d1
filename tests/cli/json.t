# With --json every command prints one object and nothing else (the exit code,
# lines and keys of it are shown here); when it fails, it prints nothing.

$ one() { datebook "$@" --json > out 2> err; code=$?; echo "$code $(wc -l < out) $(sqlite3 :memory: "select case json_valid(j) when 1 then (select group_concat(key, ' ') from json_each(j)) else j end from (select cast(readfile('out') as text) as j)")" | sed 's/ *$//'; cat err; }
$ one init --no-library
0 1 database version personas
$ one persona add "$TEST_DATA/personas/smallest.json" "$TEST_DATA/personas/old_spellings.json" 2> /dev/null | grep -v reads
0 1 version added changed unchanged stale_labels
$ one persona list
0 1 version personas
$ datebook -q generate --all --count 1
v2: 2 meetings for 2 personas, labelled
$ one generate --all --count 1 --output-dir files
0 1 version meetings personas missed files
$ sed 's/"fire drill"/"fire drills at night"/' "$TEST_DATA/personas/old_spellings.json" > p.json; datebook -q persona add p.json
changed old_spellings
        importance_criteria.always_important: removed "fire drill"
        importance_criteria.always_important: added "fire drills at night"
v4: 0 added, 1 changed, 0 unchanged
$ one relabel --dry-run
0 1 from to personas meetings labels splits transitions rsvp prep reasons_only by_persona
$ one relabel
0 1 version stale_personas checked changed
$ one status
0 1 head stale_personas stale_labels job next
$ one diff 0
0 1 from to personas meetings labels splits transitions rsvp prep reasons_only by_persona
$ one diff 1 HEAD --rows
0 1 from to personas meetings labels splits transitions rsvp prep reasons_only by_persona rows rows_total
$ one log
0 1 versions
$ one show
0 1 version command summary options started tool engine personas meetings labels splits pruned content_hash chain_hash tags exports
$ one tag x
0 1 name version
$ one tag --list
0 1 tags
$ one tag --delete x
0 1 deleted
$ m=$(datebook sql 'select min(meeting) from meetings' | tail -n 1)
$ one history $m
0 1 meeting persona version subject written life labels
$ one explain $m
0 1 meeting persona version subject preview people importance prep_minutes rsvp stale explained reasoning made written rules
$ one persona lint old_spellings
0 1 errors warnings personas
$ one persona coverage
0 1 version personas
$ one persona test old_spellings
0 1 id version meetings rules
$ one persona diversity
1 1 score min_score personas training_score training_personas dimensions missing crowded unplaced most_alike
$ one stats
0 103 total_meetings importance_distribution prep_needed_count avg_prep_time_minutes personas version rsvp_distribution type_distribution attendee_distribution duration_distribution people_distribution weekday_distribution start_hour_distribution rules rules_fired labelled_by_default weekly_meeting_hours subject_distinct_1 subject_distinct_2 first_start last_start by_tier by_persona
$ one export --output out.d --held-out smallest
0 1 version folder replaced reviewed leaks_looked_for parts files documents
$ one sql 'select * from meetings'
0 1 columns rows
$ one persona remove smallest
0 1 version personas meetings
$ datebook persona show old_spellings --json > out; sqlite3 :memory: "select json_valid(readfile('out'))"
1
$ one show v99
3 0
datebook: there is no version v99
hint: the newest version is 5
$ one export
2 0
datebook: export needs --output DIR
hint: `datebook export --help` shows how it is used
$ one sql 'select'
3 0
datebook: SQL: incomplete input
hint: the views are personas, meetings, labels, splits, reviews, runs and requests; `datebook sql --help` names their columns
$ one persona show nobody
3 0
datebook: there is no persona "nobody"
hint: `datebook persona list` lists them

# -q leaves the data and takes the remarks away.

$ datebook -q status > out 2> err; wc -l < out; wc -l < err
3
0
$ datebook -q log --limit 1 > out 2> err; wc -l < out; wc -l < err
2
0
