# Tiers, personas as a whole, leaks, and what a machine reads.  Eight personas of
# the library, so the library is not whole: that is a warning.

$ datebook init -q
Made datebook.db with 8 personas.
$ datebook -q generate --all --count 60
v2: 480 meetings for 8 personas, labelled
$ datebook validate --only persona,importance.high,label
v2: 480 meetings of 8 personas

CHECK              MEASURED  WANTED
label.missing             0  none           ok
label.equal          100.0%  100%           ok
label.consistent     100.0%  at least 95%   ok
label.keyword        100.0%  100%           ok
label.reasoning           0  none           ok
label.prep                0  none           ok
importance.high       29.0%  25–30%         ok
persona.document          0  none           ok
persona.diversity      0.77  at least 0.85  WARNING
persona.library          24  none           WARNING
persona.tiers.1           2  12             WARNING
persona.tiers.2           2  10             WARNING
persona.tiers.3           2  8              WARNING

all meetings
  persona.diversity: 0.77, wanted at least 0.85 (warning)
    diversity of the training personas
      datebook persona diversity
  persona.library: 24, wanted none (warning)
    personas of the library that are missing
      tier1_customer_success_manager_accounts
      tier1_director_rising
      tier1_executive_assistant_calendar
      and 21 more
      datebook persona list
  persona.tiers.1: 2, wanted 12 (warning)
    training personas of tier 1
      datebook persona list
  persona.tiers.2: 2, wanted 10 (warning)
    training personas of tier 2
      datebook persona list
  persona.tiers.3: 2, wanted 8 (warning)
    training personas of tier 3
      datebook persona list

all checks hold; 5 warnings
$ datebook validate --only persona.library -v
v2: 480 meetings of 8 personas

CHECK            MEASURED  WANTED
persona.library        24  none    WARNING

all meetings
  persona.library: 24, wanted none (warning)
    personas of the library that are missing
      tier1_customer_success_manager_accounts
      tier1_director_rising
      tier1_executive_assistant_calendar
      tier1_marketing_manager_campaign
      tier1_operations_manager_process
      tier1_product_manager_launch
      tier1_recruiter_high_volume
      tier1_vp_engineering_strategic
      tier1_vp_product_portfolio
      tier1_vp_sales_revenue
      tier2_csm_high_touch
      tier2_data_scientist_insight
      tier2_new_director_promoted
      tier2_new_eng_manager_first_team
      tier2_new_pm_ramping
      tier2_senior_pm_domain
      tier2_solutions_architect_presales
      tier2_staff_engineer_leader
      tier3_fractional_leader
      tier3_hr_business_partner
      tier3_ic_pre_promotion
      tier3_program_manager_coordination
      tier3_remote_ic_timezone
      tier3_senior_ic_burnt_out
      datebook persona list

tier 1: 180 meetings, no failures

tier 2: 180 meetings, no failures

tier 3: 120 meetings, no failures

tier1_eng_manager_overloaded: 60 meetings, no failures

tier1_sales_manager_pipeline: 60 meetings, no failures

tier2_account_executive_hunter: 60 meetings, no failures

tier2_ic_engineer_deep_work: 60 meetings, no failures

tier3_finance_manager_compliance: 60 meetings, no failures

tier3_legal_counsel_risk: 60 meetings, no failures

validation_crisis_responder_oncall: 60 meetings, no failures

validation_startup_founder_ceo: 60 meetings, no failures

all checks hold; 1 warning
$ datebook validate --only persona --tier 1
v2: 180 meetings of 3 personas

CHECK             MEASURED  WANTED
persona.document         0  none    ok

all checks hold
$ datebook validate --only persona.tiers --tier 1
v2: 180 meetings of 3 personas

none of these checks is made of these meetings
? 1
$ datebook validate --only importance.critical --tier 1
v2: 180 meetings of 3 personas

CHECK                MEASURED  WANTED
importance.critical     14.4%  8.75–16.25%  ok

all checks hold
$ datebook validate --only importance,type --tier 1 -v
v2: 180 meetings of 3 personas

CHECK                MEASURED  WANTED
importance.critical     14.4%  8.75–16.25%   ok
importance.high         28.9%  23.75–31.25%  ok
importance.medium       37.2%  33.75–41.25%  ok
importance.low          19.4%  13.75–21.25%  ok
type.single             57.8%  52.5–67.5%    ok
type.occurrence         28.3%  22.5–37.5%    ok
type.exception          13.9%  2.5–17.5%     ok

MIX AS A WHOLE  CHI-SQUARE  AS FAR OFF BY CHANCE
importance             0.6                 90.5%  may be chance
type                   3.0                 21.9%  may be chance

tier1_eng_manager_overloaded: 60 meetings, no failures
  CHECK                MEASURED  WANTED
  importance.critical     11.7%  7.5–17.5%    ok
  importance.high         30.0%  22.5–32.5%   ok
  importance.medium       36.7%  32.5–42.5%   ok
  importance.low          21.7%  12.5–22.5%   ok
  type.single             53.3%  50–70%       ok
  type.occurrence         31.7%  20–40%       ok
  type.exception          15.0%  at most 20%  ok

  MIX AS A WHOLE  CHI-SQUARE  AS FAR OFF BY CHANCE
  importance             0.6                 89.9%  may be chance
  type                   2.0                 36.8%  may be chance

tier1_sales_manager_pipeline: 60 meetings, no failures
  CHECK                MEASURED  WANTED
  importance.critical     15.0%  7.5–17.5%    ok
  importance.high         28.3%  22.5–32.5%   ok
  importance.medium       38.3%  32.5–42.5%   ok
  importance.low          18.3%  12.5–22.5%   ok
  type.single             61.7%  50–70%       ok
  type.occurrence         21.7%  20–40%       ok
  type.exception          16.7%  at most 20%  ok

  MIX AS A WHOLE  CHI-SQUARE  AS FAR OFF BY CHANCE
  importance             0.2                 98.0%  may be chance
  type                   4.1                 13.0%  may be chance

validation_startup_founder_ceo: 60 meetings, no failures
  CHECK                MEASURED  WANTED
  importance.critical     16.7%  7.5–17.5%    ok
  importance.high         28.3%  22.5–32.5%   ok
  importance.medium       36.7%  32.5–42.5%   ok
  importance.low          18.3%  12.5–22.5%   ok
  type.single             58.3%  50–70%       ok
  type.occurrence         31.7%  20–40%       ok
  type.exception          10.0%  at most 20%  ok

  MIX AS A WHOLE  CHI-SQUARE  AS FAR OFF BY CHANCE
  importance             0.7                 87.6%  may be chance
  type                   0.1                 95.9%  may be chance

all checks hold

# Leaks, between the personas that train and those for validation: told without
# --split, errors with it.

$ twin() { sqlite3 datebook.db "UPDATE meeting_fact SET subject = 'The same words in two places', preview = 'And so it goes on and on and on$2' WHERE meeting = (SELECT min(f.meeting) FROM meeting_fact f, persona_key p WHERE p.persona = f.meeting >> 32 AND p.id = '$1')"; }
$ sqlite3 datebook.db "UPDATE meeting SET id = (meeting >> 32) || '-' || (meeting & 0xffff)"
$ twin tier1_eng_manager_overloaded
$ twin validation_startup_founder_ceo
$ twin tier2_ic_engineer_deep_work ' again and again'
$ datebook validate --only leak
v2: 480 meetings of 8 personas

CHECK       MEASURED  WANTED
leak.exact         1  none    WARNING
leak.near          1  none    WARNING

all meetings
  leak.exact: 1, wanted none (warning)
    meetings whose words are all those of one in another part of the split
      1-1
        train, like heldout: 8-1
      datebook explain ID
  leak.near: 1, wanted none (warning)
    meetings with a near-duplicate in another part of the split
      4-1
        train, like heldout: 8-1
      datebook explain ID

all checks hold; 2 warnings
! leaks: 480 meetings compared, near from a likeness of 0.8 on
$ datebook -q split create whole
v3: made split whole: 6 train, 2 held out
$ datebook validate --only leak --split whole -q
v3: 480 meetings of 8 personas

CHECK       MEASURED  WANTED
leak.exact         1  none    FAILED
leak.near          1  none    FAILED

all meetings
  leak.exact: 1, wanted none
    meetings whose words are all those of one in another part of the split
      1-1
        train, like heldout: 8-1
      datebook explain ID
  leak.near: 1, wanted none
    meetings with a near-duplicate in another part of the split
      4-1
        train, like heldout: 8-1
      datebook explain ID

2 checks fail of all meetings, 0 checks of tiers, 0 checks of single personas
? 1
$ datebook validate --only leak --split whole --json
{"version":3,"meetings":480,"personas":8,"ok":false,"failed":2,"warned":0,"tier_failed":0,"tier_warned":0,"persona_failed":0,"persona_warned":0,"checks":[{"name":"leak.exact","about":"meetings whose words are all those of one in another part of the split","unit":"count","level":"error","status":"failed","value":1,"part":1,"whole":0,"low":0,"high":0,"examples":[{"meeting":"1-1","note":"train, like heldout: 8-1"}],"ids":["1-1"]},{"name":"leak.near","about":"meetings with a near-duplicate in another part of the split","unit":"count","level":"error","status":"failed","value":1,"part":1,"whole":0,"low":0,"high":0,"examples":[{"meeting":"4-1","note":"train, like heldout: 8-1"}],"ids":["4-1"]}],"fits":[],"by_tier":[{"tier":1,"personas":3,"meetings":180,"failed":0,"warned":0,"checks":[],"fits":[]},{"tier":2,"personas":3,"meetings":180,"failed":0,"warned":0,"checks":[],"fits":[]},{"tier":3,"personas":2,"meetings":120,"failed":0,"warned":0,"checks":[],"fits":[]}],"by_persona":[{"persona":"tier1_eng_manager_overloaded","meetings":60,"stale":false,"failed":0,"warned":0,"checks":[],"fits":[]},{"persona":"tier1_sales_manager_pipeline","meetings":60,"stale":false,"failed":0,"warned":0,"checks":[],"fits":[]},{"persona":"tier2_account_executive_hunter","meetings":60,"stale":false,"failed":0,"warned":0,"checks":[],"fits":[]},{"persona":"tier2_ic_engineer_deep_work","meetings":60,"stale":false,"failed":0,"warned":0,"checks":[],"fits":[]},{"persona":"tier3_finance_manager_compliance","meetings":60,"stale":false,"failed":0,"warned":0,"checks":[],"fits":[]},{"persona":"tier3_legal_counsel_risk","meetings":60,"stale":false,"failed":0,"warned":0,"checks":[],"fits":[]},{"persona":"validation_crisis_responder_oncall","meetings":60,"stale":false,"failed":0,"warned":0,"checks":[],"fits":[]},{"persona":"validation_startup_founder_ceo","meetings":60,"stale":false,"failed":0,"warned":0,"checks":[],"fits":[]}],"near_duplicates":{"tested":0,"sampled":false},"leaks":{"tested":480,"threshold":0.8}}
? 1
$ datebook -q split create folds --folds 2
v4: made split folds of 2 folds
  FOLD  TRAIN  HELD OUT
     1      3         5
     2      3         5
$ datebook validate --only leak.exact --split folds --fold 1 -q
v4: 480 meetings of 8 personas

CHECK       MEASURED  WANTED
leak.exact         0  none    ok

all checks hold
$ datebook validate --only leak.exact --split folds
! datebook: the split folds has 2 folds: which one is held out?
! hint: --fold takes 1 to 2
? 3
$ datebook validate --only leak.exact --split hole
! datebook: there is no split "hole"
! hint: did you mean whole?
? 3
$ datebook validate --fold 1
! datebook: --fold needs --split
! hint: `datebook validate --help` shows how it is used
? 2
$ datebook validate --split whole --tier 1
! datebook: --split and --tier exclude each other
! hint: `datebook validate --help` shows how it is used
? 2
$ datebook validate --only leak --persona tier1_eng_manager_overloaded
v4: 60 meetings of 1 persona

none of these checks is made of these meetings
? 1

# Other thresholds: what a file does not name stays as it is.

$ cat > own.json <<.
> {"about": "Ours.", "checks": {
>   "persona.library": {"ids": ["tier1_sales_manager_pipeline", "nobody"]},
>   "persona.tiers.1": {"low": 1, "high": 2, "level": "error"},
>   "persona.tiers.2": {"high": 1, "low": 1, "level": "error"},
>   "persona.tiers.3": {"low": null, "high": null},
>   "importance.high": {"about": "high ones", "tier": [1, 2], "persona": null}}}
> .
$ datebook validate --only persona.library,persona.tiers,importance.high --thresholds own.json
v4: 480 meetings of 8 personas

CHECK            MEASURED  WANTED
importance.high     29.0%  25–30%  ok
persona.library         1  none    WARNING
persona.tiers.1         2  1–2     ok
persona.tiers.2         2  1       FAILED
persona.tiers.3         2  any     ok

all meetings
  persona.library: 1, wanted none (warning)
    personas of the library that are missing
      nobody
      datebook persona list
  persona.tiers.2: 2, wanted 1
    training personas of tier 2
      datebook persona list

tier 1: 180 meetings, 1 failure
  importance.high: 28.9%, wanted 1–2%
      1-3
      1-5
      1-6
      datebook explain ID

tier 2: 180 meetings, 1 failure
  importance.high: 28.3%, wanted 1–2%
      3-2
      3-4
      3-5
      datebook explain ID

tier 3: 120 meetings, 1 failure
  importance.high: 30.0%, wanted 1–2%
      5-1
      5-3
      5-4
      datebook explain ID

1 check fails of all meetings, 3 checks of tiers, 0 checks of single personas; 1 warning
? 1
$ datebook validate --only importance.high --thresholds own.json --expect importance.high=1..2 --list
CHECK                    WANTED          OF A TIER       OF A PERSONA    LEVEL
importance.high          1–2%            0.75–2.25%      -               error
    high ones
$ wrong() { echo "$1" > wrong.json; datebook validate --thresholds wrong.json; }
$ wrong '{"checks": {"importance.hihg": {}}}'
! datebook: wrong.json: there is no check "importance.hihg"
! hint: did you mean importance.high?
? 3
$ wrong '{"checks": {"nothing": {}}}'
! datebook: wrong.json: there is no check "nothing"
! hint: `datebook validate --list` lists them
? 3
$ wrong '{"checks": {"text.cut": {"hihg": 1}}}'
! datebook: wrong.json: text.cut: "hihg" is no field of a check
! hint: did you mean high?
? 3
$ wrong '{"checks": {"text.cut": {"ids": []}}}'
! datebook: wrong.json: text.cut: "ids" is no field of a check
? 3
$ wrong '{"checks": {"text.cut": {"high": "1"}}}'
! datebook: wrong.json: text.cut: high: must be a number from 0, or null
? 3
$ wrong '{"checks": {"text.cut": {"low": 1}}}'
! datebook: wrong.json: text.cut: high: is less than low
? 3
$ wrong '{"checks": {"text.cut": {"tier": [2, 1]}}}'
! datebook: wrong.json: text.cut: tier: ends before it starts
? 3
$ wrong '{"checks": {"text.cut": {"persona": [1]}}}'
! datebook: wrong.json: text.cut: persona: must be [low, high], or null
? 3
$ wrong '{"checks": {"text.cut": {"unit": "percent"}}}'
! datebook: wrong.json: text.cut: unit: must be "count"
? 3
$ wrong '{"checks": {"text.cut": {"least": 1.5}}}'
! datebook: wrong.json: text.cut: least: must be a whole number from 0
? 3
$ wrong '{"checks": {"text.cut": {"level": "fatal"}}}'
! datebook: wrong.json: text.cut: level: must be "error" or "warning"
? 3
$ wrong '{"checks": {"text.cut": {"about": ""}}}'
! datebook: wrong.json: text.cut: about: must be a text
? 3
$ wrong '{"checks": {"persona.library": {"ids": [1]}}}'
! datebook: wrong.json: persona.library: ids: must be a list of texts
? 3
$ wrong '{"checks": {"text.cut": 1}}'
! datebook: wrong.json: text.cut: must be an object
? 3
$ wrong '{"checks": []}'
! datebook: wrong.json: checks: must be an object
? 3
$ wrong '{"thresholds": {}}'
! datebook: wrong.json: "thresholds" is no member of a file of thresholds, which are about and checks
? 3
$ wrong '[]'
! datebook: wrong.json: must be a JSON object
? 3
$ wrong '{"checks":'
! datebook: wrong.json:2:1: the JSON ends too early
? 3
$ datebook validate --thresholds missing.json
! datebook: cannot read missing.json: No such file or directory
? 3

# The data folder's own file must name every check.

$ cp -R "$DATEBOOK_DATA" data
$ sed -i '/"text.cut": {/,/},/d' data/thresholds.json
$ DATEBOOK_DATA=data datebook validate --list
! datebook: data/thresholds.json: there is no check text.cut
? 3
$ rm data/thresholds.json
$ DATEBOOK_DATA=data datebook validate --list
! datebook: cannot read data/thresholds.json: No such file or directory
? 3

# It is no persona, though it lies among them.

$ datebook persona lint "$DATEBOOK_DATA" -q | tail -n 1
8 personas: 0 errors, 0 warnings

# JUnit: a suite for all meetings, for each tier and each persona.

$ datebook validate --only leak.exact,importance.high,prep.minutes --thresholds own.json --junit out.xml -q > text; echo $?
1
$ cat out.xml
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="datebook validate" tests="17" failures="3" errors="0" skipped="0">
  <testsuite name="all meetings" tests="3" failures="0" errors="0" skipped="0">
    <testcase classname="all meetings" name="importance.high"/>
    <testcase classname="all meetings" name="prep.minutes"/>
    <testcase classname="all meetings" name="leak.exact">
      <system-out>warning: 1, wanted none
meetings whose words are all those of one in another part of the split
1-1: train, like heldout: 8-1
</system-out>
    </testcase>
  </testsuite>
  <testsuite name="tier 1" tests="2" failures="1" errors="0" skipped="0">
    <testcase classname="tier 1" name="importance.high">
      <failure type="error" message="28.9%, wanted 1–2%">high ones
1-3
1-5
1-6
</failure>
    </testcase>
    <testcase classname="tier 1" name="prep.minutes"/>
  </testsuite>
  <testsuite name="tier 2" tests="2" failures="1" errors="0" skipped="0">
    <testcase classname="tier 2" name="importance.high">
      <failure type="error" message="28.3%, wanted 1–2%">high ones
3-2
3-4
3-5
</failure>
    </testcase>
    <testcase classname="tier 2" name="prep.minutes"/>
  </testsuite>
  <testsuite name="tier 3" tests="2" failures="1" errors="0" skipped="0">
    <testcase classname="tier 3" name="importance.high">
      <failure type="error" message="30.0%, wanted 1–2%">high ones
5-1
5-3
5-4
</failure>
    </testcase>
    <testcase classname="tier 3" name="prep.minutes"/>
  </testsuite>
  <testsuite name="tier1_eng_manager_overloaded" tests="1" failures="0" errors="0" skipped="0">
    <testcase classname="tier1_eng_manager_overloaded" name="prep.minutes"/>
  </testsuite>
  <testsuite name="tier1_sales_manager_pipeline" tests="1" failures="0" errors="0" skipped="0">
    <testcase classname="tier1_sales_manager_pipeline" name="prep.minutes"/>
  </testsuite>
  <testsuite name="tier2_account_executive_hunter" tests="1" failures="0" errors="0" skipped="0">
    <testcase classname="tier2_account_executive_hunter" name="prep.minutes"/>
  </testsuite>
  <testsuite name="tier2_ic_engineer_deep_work" tests="1" failures="0" errors="0" skipped="0">
    <testcase classname="tier2_ic_engineer_deep_work" name="prep.minutes"/>
  </testsuite>
  <testsuite name="tier3_finance_manager_compliance" tests="1" failures="0" errors="0" skipped="0">
    <testcase classname="tier3_finance_manager_compliance" name="prep.minutes"/>
  </testsuite>
  <testsuite name="tier3_legal_counsel_risk" tests="1" failures="0" errors="0" skipped="0">
    <testcase classname="tier3_legal_counsel_risk" name="prep.minutes"/>
  </testsuite>
  <testsuite name="validation_crisis_responder_oncall" tests="1" failures="0" errors="0" skipped="0">
    <testcase classname="validation_crisis_responder_oncall" name="prep.minutes"/>
  </testsuite>
  <testsuite name="validation_startup_founder_ceo" tests="1" failures="0" errors="0" skipped="0">
    <testcase classname="validation_startup_founder_ceo" name="prep.minutes"/>
  </testsuite>
</testsuites>
$ cp out.xml before.xml; datebook validate --only leak.exact,importance.high,prep.minutes --thresholds own.json --junit out.xml -q --json > text; cmp out.xml before.xml
$ sqlite3 datebook.db "UPDATE meeting SET id = '<&' || char(1) || char(27) || char(9) || char(127) || '\"' WHERE meeting & 0xffff = 3 AND meeting >> 32 = 1"
$ sqlite3 datebook.db "UPDATE meeting_fact SET subject = 'A <b> & \"c\" {' || char(1) || char(27) || ']' || char(9) || char(10) || char(127) WHERE meeting & 0xffff = 3 AND meeting >> 32 = 1"
$ datebook validate --only text.unfilled --junit out.xml -q > text; echo $?
1
$ grep -c . out.xml
51
$ sed -n '/testcase/,/testcase/p' out.xml | head -n 4 | sed 's/ *$//'
    <testcase classname="all meetings" name="text.unfilled">
      <failure type="error" message="1, wanted none">texts with a { or }
&lt;&amp;��&#9;&#127;&quot;: A &lt;b&gt; &amp; &quot;c&quot; {  ]
</failure>
$ datebook validate --only text.unfilled --at 1 --junit out.xml -q > text; cat out.xml
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="datebook validate" tests="1" failures="1" errors="0" skipped="0">
  <testsuite name="all meetings" tests="1" failures="1" errors="0" skipped="0">
    <testcase classname="all meetings" name="meetings">
      <failure type="error" message="nothing was checked"/>
    </testcase>
  </testsuite>
</testsuites>
$ datebook validate --only text.cut --junit missing/out.xml -q | tail -n 1
! datebook: cannot write missing/out.xml: No such file or directory
$ ls
before.xml
data
datebook.db
out.xml
own.json
text
wrong.json
