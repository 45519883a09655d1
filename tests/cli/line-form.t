# Every line that is written has the fields of an event that readers rely on, and
# labels of the right JSON types.

$ datebook init -q
Made datebook.db with 8 personas.
$ datebook -q generate --all --count 40 --output-dir out
v2: 320 meetings for 8 personas, labelled
  out/tier1_eng_manager_overloaded_meetings.jsonl        40 meetings
  out/tier1_sales_manager_pipeline_meetings.jsonl        40 meetings
  out/tier2_account_executive_hunter_meetings.jsonl      40 meetings
  out/tier2_ic_engineer_deep_work_meetings.jsonl         40 meetings
  out/tier3_finance_manager_compliance_meetings.jsonl    40 meetings
  out/tier3_legal_counsel_risk_meetings.jsonl            40 meetings
  out/validation_crisis_responder_oncall_meetings.jsonl  40 meetings
  out/validation_startup_founder_ceo_meetings.jsonl      40 meetings
  out/tier1_combined.jsonl                               80 meetings
  out/tier2_combined.jsonl                               80 meetings
  out/tier3_combined.jsonl                               80 meetings
  out/statistics_20251124_160000.json
$ lines() { echo '['; cat out/*_meetings.jsonl | sed '$!s/$/,/'; echo ']'; }
$ lines > all.json
$ sqlite3 :memory: "SELECT count(*) FROM json_each(readfile('all.json'))"
320
$ sqlite3 -separator ' ' :memory: <<.
> SELECT DISTINCT json_type(value, '\$.id'), json_type(value, '\$.subject'), json_type(value, '\$.start.dateTime'), json_type(value, '\$.start.timeZone'), json_type(value, '\$.end.dateTime'), json_type(value, '\$.organizer.emailAddress.address'), json_type(value, '\$.attendees') FROM json_each(readfile('all.json'));
> SELECT DISTINCT json_type(value, '\$.importance_label'), replace(json_type(value, '\$.prep_needed'), 'false', 'true'), json_type(value, '\$.prep_time_minutes'), json_type(value, '\$.reasoning'), json_type(value, '\$.persona_id'), json_type(value, '\$.generation_timestamp') FROM json_each(readfile('all.json'));
> SELECT count(*) FROM json_each(readfile('all.json')) WHERE (value ->> 'prep_needed') <> (value ->> 'prep_time_minutes' > 0);
> SELECT count(*) FROM json_each(readfile('all.json')) WHERE value ->> 'importance_label' NOT IN ('critical', 'high', 'medium', 'low');
> .
text text text text text text array
text true integer text text text
0
0
