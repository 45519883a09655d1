# history and explain: one meeting, and why its label is what it is.

$ datebook init --no-library -q
Made datebook.db with 0 personas.
$ p() { printf '{"id": "ann", "name": "A", "tier": 1, "importance_criteria": {"%s": [{"duration_min": 1, "name": "any"}], "rarely_important": [{"duration_min": 2, "name": "other"}]}}' "$1" > ann.json; }
$ p always_important; datebook -q generate --persona ann.json --count 3
added   ann
v1: 3 meetings for 1 persona, labelled
$ m=$(datebook sql 'select meeting from meetings order by start limit 1' | tail -n 1)
$ datebook history $m | tail -n +2
meeting of ann

v1  generate, 2025-11-24 16:00: 3 meetings for 1 persona, seed 1
      added
      critical, no prep, accept, under the persona of v1
        Always important: any
$ p usually_important; datebook -q persona add ann.json
changed ann
        {"duration_min":1,"name":"any"} moved from always_important to usually_important
v2: 0 added, 1 changed, 0 unchanged
$ datebook explain $m > out
! the label is stale: shown are the rules that made it; `datebook relabel` asks those of now
$ sed -n '/^label/,$p' out
label    critical, no prep, accept
because  Always important: any
made     in v1 by generate, from the persona of v1, rule engine 1

RULE                                WHERE
Always important: any    decided
Rarely important: other  overruled
$ datebook relabel -q
v3: labelled 3 meetings again, 3 labels changed
$ datebook history $m | tail -n +2
meeting of ann

v1  generate, 2025-11-24 16:00: 3 meetings for 1 persona, seed 1
      added
      critical, no prep, accept, under the persona of v1
        Always important: any
v3  relabel, 2025-11-24 16:00: 3 of 3 labels changed
      high, no prep, accept, under the persona of v2
        Usually important: any
$ datebook history $m --json | sed "s/$m/ID/"
{"meeting":"ID","persona":"ann","version":3,"subject":"Team huddle","written":null,"life":[{"since":1,"until":null,"known":"value","by":"generate","started":"2025-11-24T16:00:00.000000","summary":"3 meetings for 1 persona, seed 1"}],"labels":[{"since":1,"until":3,"known":"value","by":"generate","started":"2025-11-24T16:00:00.000000","summary":"3 meetings for 1 persona, seed 1","persona_since":1,"importance":"critical","prep_minutes":0,"rsvp":"accept","reasoning":"Always important: any","rules":[{"field":"importance_criteria.always_important","name":"any","decided":true},{"field":"importance_criteria.rarely_important","name":"other","decided":false}]},{"since":3,"until":null,"known":"value","by":"relabel","started":"2025-11-24T16:00:00.000000","summary":"3 of 3 labels changed","persona_since":2,"importance":"high","prep_minutes":0,"rsvp":"accept","reasoning":"Usually important: any","rules":[{"field":"importance_criteria.usually_important","name":"any","decided":true},{"field":"importance_criteria.rarely_important","name":"other","decided":false}]}]}
$ datebook explain $m | sed 's/^\(when\|subject\|preview\|people\) .*/\1/; /^preview/d'
persona  ann, as of v3
when
subject
people
label    high, no prep, accept
because  Usually important: any
made     in v3 by relabel, from the persona of v2, rule engine 1

RULE                                WHERE
Usually important: any   decided
Rarely important: other  overruled
$ datebook explain $m --at 1 | sed -n '/^label/,$p'
label    critical, no prep, accept
because  Always important: any
made     in v1 by generate, from the persona of v1, rule engine 1

RULE                                WHERE
Always important: any    decided
Rarely important: other  overruled
$ datebook explain $m --json > out; sqlite3 :memory: "select json_valid(readfile('out')), (select group_concat(key, ' ') from json_each(readfile('out')))"
1|meeting persona version subject preview people importance prep_minutes rsvp stale explained reasoning made written rules
$ sqlite3 :memory: "select json_extract(readfile('out'), '\$.rules')"
[{"field":"importance_criteria.usually_important[0]","name":"any","decided":true,"matches":[]},{"field":"importance_criteria.rarely_important[0]","name":"other","decided":false,"matches":[]}]
$ datebook persona remove ann -q
v4: removed 1 persona with 3 meetings
$ datebook history $m | sed 's/^[^S ].*/…/'
\…
\…

\…
      added
      critical, no prep, accept, under the persona of v1
        Always important: any
\…
      high, no prep, accept, under the persona of v2
        Usually important: any
\…
      removed
$ datebook explain $m 2> err; sed "s/$m/ID/" err
datebook: the meeting "ID" is not in v4
hint: `datebook history` says when it was there
$ datebook explain $m --at 2 | sed -n '/^label/,$p'
label    critical, no prep, accept
because  Always important: any
made     in v1 by generate, from the persona of v1, rule engine 1

RULE                                WHERE
Always important: any    decided
Rarely important: other  overruled
! the label was stale in v2: shown are the rules that made it
$ datebook explain $(echo $m | tr a-z A-Z) 2> /dev/null
? 3
$ datebook explain nonesuch
! datebook: there is no meeting "nonesuch"
! hint: ids are matched whole and by case; `datebook sql "SELECT meeting, subject FROM meetings LIMIT 10"` lists some
? 3
$ datebook history nonesuch
! datebook: there is no meeting or persona "nonesuch"
! hint: `datebook persona list` lists personas, `datebook sql "SELECT meeting, subject FROM meetings LIMIT 10"` some meetings
? 3
$ datebook history ''
! datebook: there is no meeting or persona ""
! hint: `datebook persona list` lists personas, `datebook sql "SELECT meeting, subject FROM meetings LIMIT 10"` some meetings
? 3

# The reference case: a known meeting, its label and its reasons.

$ datebook -q generate --persona "$TEST_DATA/personas/reference.json" --count 60 --start 2025-10-06 --output-dir files
added   reference
v5: 60 meetings for 1 persona, labelled
  files/reference_meetings.jsonl         60 meetings
  files/statistics_20251124_160000.json
$ subject="subject = 'Q4 Pipeline Review with VP Sales' and preview like 'Quarterly pipeline review focusing on \$2M in deals closing this quarter. Need updated forecast and risk assessment for all active opportunities.%'"
$ datebook sql "select count(*) > 0 as there from meetings where $subject"
there
1
$ datebook sql "select distinct importance, prep_needed, prep_minutes, rsvp from labels join meetings using (meeting) where $subject"
importance	prep_needed	prep_minutes	rsvp
critical	1	30	accept
$ grep 'Q4 Pipeline Review with VP Sales' files/reference_meetings.jsonl | grep -o '"importance_label".*"persona_id"' | sort -u
"importance_label":"critical","prep_needed":true,"prep_time_minutes":30,"reasoning":"Always important: pipeline; Always important: quarter; Matches priority: Close Q4 deals ($2M pipeline); Requires prep: Deal reviews with leadership","persona_id"
$ m=$(datebook sql "select min(meeting) from meetings where $subject" | tail -n 1)
$ datebook explain $m | grep -v '^when\|^people'
persona  reference, as of v5
subject  [Q4] [Pipeline] [Review] with [VP] Sales
preview  [Quarterly] [pipeline] [review] focusing on $2M in [deals] closing this [quarter]. Need updated forecast and risk assessment for all active opportunities.
label    critical, prep 30 minutes, accept
because  Always important: pipeline; Always important: quarter; Matches priority: Close Q4 deals ($2M pipeline); Requires prep: Deal reviews with leadership
made     in v5 by generate, from the persona of v5, rule engine 1

RULE                                                      WHERE
Always important: pipeline                       decided  subject "Pipeline", preview "pipeline"
Always important: quarter                        decided  preview "Quarterly", preview "quarter"
Matches priority: Close Q4 deals ($2M pipeline)  decided  subject "Q4"
Requires prep: Deal reviews with leadership      decided  subject "Review", subject "VP", preview "review", preview "deals"
