# How often rules fire, agree and decide.

$ datebook persona coverage --help
datebook persona coverage: count on how many meetings each rule fires and decides

usage: datebook persona coverage [OPTIONS] [ID…]

Shares of the persona's meetings. COVERAGE: the rule fires; OVERLAP: another
rule of its group (importance and priorities, preparation, RSVP) fires too;
CONFLICT: another one votes for another value; DECISIVE: it decided the label;
OVERRULED: it fired and did not. Below stands how consistent the stored labels
are. The rules are those of the persona's document in the version.

Options:
  --at VERSION              as of a version (default HEAD)

Global options:
  --db FILE                 the database; else $DATEBOOK_DB, else datebook.db
  --wait SECONDS            for another writer (default 5; 0: fail at once)
  --no-migration-backup     upgrade an old file without a copy of it
  --json                    print one JSON object
  -q, --quiet               no remarks and no progress
  -v, --verbose             more detail
  -h, --help                show help
  --version                 show the version

With --json: {"version", "personas": [{"id", "meetings", "stale", "by_default",
"no_rule", "consistency": {"labels", "with_reasoning", "prioritized",
"prioritized_high", "repeated_meetings", "same_importance", "subjects",
"sampled"}, "rules": [{"field", "name", "fired", "coverage", "overlap",
"conflict", "decisive", "overruled"}]}]}; shares from 0 to 1, null of nothing

Examples:
  datebook persona coverage tier1_sales_manager_pipeline
      which rules do the work
  datebook persona coverage --at release-1 --json
      as it was
$ datebook init -q --no-library
Made datebook.db with 0 personas.
$ datebook persona coverage
! no personas; next: datebook persona add FILE-OR-FOLDER
$ cat > p.json << '.'
> {"id": "p", "name": "P", "tier": 1,
>  "importance_criteria": {"always_important": [{"attendees_min": 1}],
>   "rarely_important": [{"name": "Any length", "duration_min": 1}]},
>  "priority_framework": [{"name": "Money", "keywords": ["xyzzy"]}],
>  "prep_time_needs": {"requires_prep": ["Zzz (20 min)"]}}
> .
$ datebook persona add -q p.json
added   p
v1: 1 added, 0 changed, 0 unchanged
$ datebook persona coverage
p, as of v1: 4 rules, 0 meetings
! next: datebook generate --persona p --count 200
$ datebook generate -q --persona p --count 5
v2: 5 meetings for 1 persona, labelled

# The texts of the generator are not what this is about.

$ sqlite3 datebook.db "UPDATE meeting_fact SET preview = '', subject = CASE WHEN meeting % 2 THEN 'Xyzzy, again!' ELSE 'Day ' || meeting END"
$ datebook persona coverage p
p, as of v2: 4 rules, 5 meetings
RULE                            COVERAGE  OVERLAP  CONFLICT  DECISIVE  OVERRULED
Always important: 1+ attendees    100.0%   100.0%    100.0%    100.0%       0.0%
Rarely important: Any length      100.0%   100.0%    100.0%      0.0%     100.0%
Matches priority: Money            60.0%    60.0%     60.0%     60.0%       0.0%
Requires prep: Zzz                  0.0%     0.0%      0.0%      0.0%       0.0%

importance by default only       0.0%  of 5 meetings
no rule fired                    0.0%  of 5 meetings
same subject, same importance  100.0%  of 3 meetings with a repeated subject
priority, high or critical     100.0%  of 3 meetings where a priority fires
label with a reasoning         100.0%  of 5 labels
$ datebook persona coverage p --json
{"version":2,"personas":[{"id":"p","meetings":5,"stale":false,"by_default":0,"no_rule":0,"consistency":{"labels":5,"with_reasoning":1,"prioritized":3,"prioritized_high":1,"repeated_meetings":3,"same_importance":1,"subjects":3,"sampled":false},"rules":[{"field":"importance_criteria.always_important[0]","name":"1+ attendees","fired":5,"coverage":1,"overlap":1,"conflict":1,"decisive":1,"overruled":0},{"field":"importance_criteria.rarely_important[0]","name":"Any length","fired":5,"coverage":1,"overlap":1,"conflict":1,"decisive":0,"overruled":1},{"field":"priority_framework[0]","name":"Money","fired":3,"coverage":0.6,"overlap":0.6,"conflict":0.6,"decisive":0.6,"overruled":0},{"field":"prep_time_needs.requires_prep[0]","name":"Zzz","fired":0,"coverage":0,"overlap":0,"conflict":0,"decisive":0,"overruled":0}]}]}

# As of an older version: its document, its meetings.

$ sed 's/"rarely/"sometimes/' p.json > edited.json
$ datebook persona add -q edited.json
changed p
        {"duration_min":1,"name":"Any length"} moved from rarely_important to sometimes_important
v3: 0 added, 1 changed, 0 unchanged
$ datebook persona coverage p
p, as of v3: 4 rules, 5 meetings
RULE                             COVERAGE  OVERLAP  CONFLICT  DECISIVE  OVERRULED
Always important: 1+ attendees     100.0%   100.0%    100.0%    100.0%       0.0%
Sometimes important: Any length    100.0%   100.0%    100.0%      0.0%     100.0%
Matches priority: Money             60.0%    60.0%     60.0%     60.0%       0.0%
Requires prep: Zzz                   0.0%     0.0%      0.0%      0.0%       0.0%

importance by default only       0.0%  of 5 meetings
no rule fired                    0.0%  of 5 meetings
same subject, same importance  100.0%  of 3 meetings with a repeated subject
priority, high or critical     100.0%  of 3 meetings where a priority fires
label with a reasoning         100.0%  of 5 labels
! the labels of p are stale: the rules are those of the document, the last three numbers those of the labels
$ datebook persona coverage p --at HEAD~1 | head -n 4
p, as of v2: 4 rules, 5 meetings
RULE                            COVERAGE  OVERLAP  CONFLICT  DECISIVE  OVERRULED
Always important: 1+ attendees    100.0%   100.0%    100.0%    100.0%       0.0%
Rarely important: Any length      100.0%   100.0%    100.0%      0.0%     100.0%
$ datebook persona coverage p --at v1 -q
p, as of v1: 4 rules, 0 meetings
$ datebook persona coverage p --at v1 --json
{"version":1,"personas":[{"id":"p","meetings":0,"stale":false,"by_default":null,"no_rule":null,"consistency":{"labels":0,"with_reasoning":null,"prioritized":0,"prioritized_high":null,"repeated_meetings":0,"same_importance":null,"subjects":0,"sampled":false},"rules":[{"field":"importance_criteria.always_important[0]","name":"1+ attendees","fired":0,"coverage":null,"overlap":null,"conflict":null,"decisive":null,"overruled":null},{"field":"importance_criteria.rarely_important[0]","name":"Any length","fired":0,"coverage":null,"overlap":null,"conflict":null,"decisive":null,"overruled":null},{"field":"priority_framework[0]","name":"Money","fired":0,"coverage":null,"overlap":null,"conflict":null,"decisive":null,"overruled":null},{"field":"prep_time_needs.requires_prep[0]","name":"Zzz","fired":0,"coverage":null,"overlap":null,"conflict":null,"decisive":null,"overruled":null}]}]}

# Bad input.

$ datebook persona coverage q
! datebook: there is no persona "q"
! hint: did you mean p?
? 3
$ datebook persona coverage p --at v9
! datebook: there is no version v9
! hint: the newest version is 3
? 3
$ datebook persona coverage --limit 3
! datebook: unknown option --limit
! hint: `datebook persona coverage --help` lists the options
? 2
$ datebook persona coverage --db none.db
! datebook: there is no database none.db
! hint: make it with `datebook init`, or name another with --db FILE
? 4
