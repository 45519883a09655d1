# The command lines of training jobs, with no database there: it is made, and
# the files have the names that the jobs read.

$ cp -R "$SOURCE/personas" .
$ datebook generate --persona personas/tier1_sales_manager_pipeline.json --count 200 --output-dir exports/training --format jsonl
v2: 200 meetings for 1 persona, labelled
  exports/training/tier1_sales_manager_pipeline_meetings.jsonl  200 meetings
  exports/training/statistics_20251124_160000.json
! made datebook.db with 8 personas
$ datebook generate --tier 1 --count 200 --output-dir exports/training/tier1 --format jsonl
v3: 400 meetings for 2 personas, labelled
  exports/training/tier1/tier1_eng_manager_overloaded_meetings.jsonl  200 meetings
  exports/training/tier1/tier1_sales_manager_pipeline_meetings.jsonl  200 meetings
  exports/training/tier1/tier1_combined.jsonl                         400 meetings
  exports/training/tier1/statistics_20251124_160000.json
$ find exports -type f | sort
exports/training/statistics_20251124_160000.json
exports/training/tier1/statistics_20251124_160000.json
exports/training/tier1/tier1_combined.jsonl
exports/training/tier1/tier1_eng_manager_overloaded_meetings.jsonl
exports/training/tier1/tier1_sales_manager_pipeline_meetings.jsonl
exports/training/tier1_sales_manager_pipeline_meetings.jsonl
$ wc -l exports/training/*.jsonl exports/training/tier1/*.jsonl | sed 's/^ *//'
200 exports/training/tier1_sales_manager_pipeline_meetings.jsonl
400 exports/training/tier1/tier1_combined.jsonl
200 exports/training/tier1/tier1_eng_manager_overloaded_meetings.jsonl
200 exports/training/tier1/tier1_sales_manager_pipeline_meetings.jsonl
1000 total
$ datebook log
VERSION  WHEN              COMMAND   TAGS  WHAT
     v3  2025-11-24 16:00  generate        400 meetings for 2 personas, seed 1
     v2  2025-11-24 16:00  generate        200 meetings for 1 persona, seed 1
     v1  2025-11-24 16:00  generate        8 personas from the library

# Each line is an event with its labels after it.

$ f=exports/training/tier1_sales_manager_pipeline_meetings.jsonl
$ lines() { sqlite3 :memory: 'create table t(j)' '.mode ascii' '.separator "\001" "\n"' ".import $f t" '.mode list' "$1"; }
$ head -n 1 $f > line
$ sqlite3 :memory: "select group_concat(key, ' ') from json_each(readfile('line'))"
@odata.etag id subject bodyPreview seriesMasterId showAs type webLink responseStatus start end attendees organizer importance_label prep_needed prep_time_minutes reasoning persona_id generation_timestamp
$ lines "select count(*) from t where json_valid(j) and (j->>'prep_needed') = (j->>'prep_time_minutes' > 0) and j->>'persona_id' = 'tier1_sales_manager_pipeline'"
200
$ sqlite3 :memory: "select json_extract(readfile('line'), '\$.generation_timestamp')"
2025-11-24T16:00:00.000000

# The combined file is the files of the tier, one after the other.

$ cd exports/training/tier1; cat tier1_*_meetings.jsonl | cmp - tier1_combined.jsonl; cd ../../..

# The statistics are of the meetings that this run made.

$ s=exports/training/tier1/statistics_20251124_160000.json
$ sqlite3 :memory: "select group_concat(key, ' ') from json_each(readfile('$s'))"
total_meetings importance_distribution prep_needed_count avg_prep_time_minutes personas version rsvp_distribution type_distribution attendee_distribution duration_distribution people_distribution weekday_distribution start_hour_distribution rules rules_fired labelled_by_default weekly_meeting_hours subject_distinct_1 subject_distinct_2 first_start last_start by_persona
$ sqlite3 :memory: "select key, type, case when type in ('object', 'real') then '' when key in ('total_meetings', 'personas') then value else '' end from json_each(readfile('$s')) limit 5"
total_meetings|integer|400
importance_distribution|object|
prep_needed_count|integer|
avg_prep_time_minutes|real|
personas|array|["tier1_eng_manager_overloaded","tier1_sales_manager_pipeline"]
$ sqlite3 :memory: "select group_concat(key, ' '), sum(value) from json_each(readfile('$s'), '\$.importance_distribution')"
critical high medium low|400
$ needed() { grep -c '"prep_needed":true' exports/training/tier1/tier1_combined.jsonl; }
$ [ "$(needed)" = "$(sqlite3 :memory: "select json_extract(readfile('$s'), '\$.prep_needed_count')")" ]; echo $?
0
$ [ "$(grep -o '"prep_time_minutes":[1-9][0-9]*' exports/training/tier1/tier1_combined.jsonl | awk -F: '{s += $2} END {printf "%.1f", s / NR}')" = "$(sqlite3 :memory: "select printf('%.1f', json_extract(readfile('$s'), '\$.avg_prep_time_minutes'))")" ]; echo $?
0

# With --all, the meetings of validation personas are in no combined file.

$ datebook -q generate --all --count 1 --output-dir all --json | tee out
{"version":4,"meetings":8,"personas":8,"missed":[],"files":[{"path":"all/tier1_eng_manager_overloaded_meetings.jsonl","rows":1},{"path":"all/tier1_sales_manager_pipeline_meetings.jsonl","rows":1},{"path":"all/tier2_account_executive_hunter_meetings.jsonl","rows":1},{"path":"all/tier2_ic_engineer_deep_work_meetings.jsonl","rows":1},{"path":"all/tier3_finance_manager_compliance_meetings.jsonl","rows":1},{"path":"all/tier3_legal_counsel_risk_meetings.jsonl","rows":1},{"path":"all/validation_crisis_responder_oncall_meetings.jsonl","rows":1},{"path":"all/validation_startup_founder_ceo_meetings.jsonl","rows":1},{"path":"all/tier1_combined.jsonl","rows":2},{"path":"all/tier2_combined.jsonl","rows":2},{"path":"all/tier3_combined.jsonl","rows":2},{"path":"all/statistics_20251124_160000.json","rows":0}]}
$ sqlite3 :memory: "select json_valid(readfile('out'))"
1
$ ls all
statistics_20251124_160000.json
tier1_combined.jsonl
tier1_eng_manager_overloaded_meetings.jsonl
tier1_sales_manager_pipeline_meetings.jsonl
tier2_account_executive_hunter_meetings.jsonl
tier2_combined.jsonl
tier2_ic_engineer_deep_work_meetings.jsonl
tier3_combined.jsonl
tier3_finance_manager_compliance_meetings.jsonl
tier3_legal_counsel_risk_meetings.jsonl
validation_crisis_responder_oncall_meetings.jsonl
validation_startup_founder_ceo_meetings.jsonl
$ cat all/*_combined.jsonl | grep -c '"persona_id":"validation'
0
? 1

# The same again over the same files: they are replaced by those of the new run.

$ datebook -q generate --persona tier1_sales_manager_pipeline --count 2 --output-dir exports/training
v5: 2 meetings for 1 persona, labelled
  exports/training/tier1_sales_manager_pipeline_meetings.jsonl  2 meetings
  exports/training/statistics_20251124_160000.json
$ wc -l < $f
2
