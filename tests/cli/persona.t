# persona list, show, remove.

$ personas=$TEST_DATA/personas
$ datebook init --no-library -q
Made datebook.db with 0 personas.
$ datebook persona list
! no personas; next: datebook persona add FILE-OR-FOLDER
$ datebook persona list -q
$ datebook persona list --json
{"version":0,"personas":[]}
$ datebook persona add -q "$personas/chinese.json" "$personas/reference.json" "$personas/smallest.json"
added   chinese
added   reference
added   smallest
v1: 3 added, 0 changed, 0 unchanged
$ printf '{"id": "judge", "name": "J", "tier": 2, "role": "validation", "x": {"b": 1.50, "a": [ ]}}' > judge.json
$ datebook persona add -q judge.json
added   judge
v2: 1 added, 0 changed, 0 unchanged
$ datebook -q generate --persona reference,chinese --count 2
v3: 4 meetings for 2 personas, labelled
$ sed 's/"pipeline", //' "$personas/reference.json" > reference.json; datebook persona add -q reference.json
changed reference
        importance_criteria.always_important: removed "pipeline"
v4: 0 added, 1 changed, 0 unchanged
$ datebook persona list
PERSONA    TIER  ROLE        SINCE  MEETINGS  LABELS  NAME
chinese       2  train          v1         2  fresh   销售经理 - 季度冲刺
judge         2  validation     v2         0  -       J
reference     1  train          v4         2  stale   Sales Manager - One Known Meeting
smallest      3  train          v1         0  -       Nobody in Particular
$ datebook persona list --json | tee out
{"version":4,"personas":[{"id":"chinese","name":"销售经理 - 季度冲刺","tier":2,"role":"train","since":1,"meetings":2,"stale":false},{"id":"judge","name":"J","tier":2,"role":"validation","since":2,"meetings":0,"stale":false},{"id":"reference","name":"Sales Manager - One Known Meeting","tier":1,"role":"train","since":4,"meetings":2,"stale":true},{"id":"smallest","name":"Nobody in Particular","tier":3,"role":"train","since":1,"meetings":0,"stale":false}]}
$ sqlite3 :memory: "select json_valid(readfile('out'))"
1

# A document comes out as it went in: unknown fields, their order, numbers.

$ datebook persona show judge
{
  "id": "judge",
  "name": "J",
  "tier": 2,
  "role": "validation",
  "x": {
    "b": 1.50,
    "a": []
  }
}
$ datebook persona show judge --json > again.json; sqlite3 :memory: "select json_valid(readfile('again.json'))"
1
$ datebook persona add again.json
Nothing changed; HEAD stays at v4.
$ datebook persona show chinese
{
  "id": "chinese",
  "name": "销售经理 - 季度冲刺",
  "tier": 2,
  "demographics": {
    "level": "经理",
    "function": "Sales"
  },
  "importance_criteria": {
    "always_important": [
      "季度评审",
      "客户"
    ],
    "rarely_important": [
      "团建"
    ]
  },
  "prep_time_needs": {
    "requires_prep": [
      "客户评审 (45 min: 合同)"
    ]
  }
}
$ datebook persona show reference > new; datebook persona show reference --at HEAD~1 | diff - new
12d11
<       "pipeline",
? 1
$ datebook persona show judge --at 1
! datebook: there is no persona "judge" in v1
! hint: `datebook persona list --at 1` lists them
? 3
$ datebook persona show juge
! datebook: there is no persona "juge"
! hint: did you mean judge?
? 3
$ datebook persona show nobody
! datebook: there is no persona "nobody"
! hint: `datebook persona list` lists them
? 3
$ datebook persona show ''
! datebook: there is no persona ""
! hint: `datebook persona list` lists them
? 3

# What is removed stays in older versions.

$ datebook persona remove refrence
! datebook: there is no persona "refrence"
! hint: did you mean reference?
? 3
$ datebook persona remove smallest nobody
! datebook: there is no persona "nobody"
! hint: `datebook persona list` lists them
? 3
$ datebook persona remove smallest smallest
! datebook: smallest is named twice
! hint: `datebook persona remove --help` shows how it is used
? 2
$ datebook log -q --limit 1
VERSION  WHEN              COMMAND      TAGS  WHAT
     v4  2025-11-24 16:00  persona add        1 persona changed
$ datebook persona remove reference
v5: removed 1 persona with 2 meetings
! they stay in v4 and before
$ datebook persona remove chinese judge --json
{"version":6,"personas":2,"meetings":2}
$ datebook persona list
PERSONA   TIER  ROLE   SINCE  MEETINGS  LABELS  NAME
smallest     3  train     v1         0  -       Nobody in Particular
$ datebook persona show reference
! datebook: there is no persona "reference"
! hint: `datebook persona list` lists them
? 3
$ datebook persona show reference --at 4 | diff - new
$ datebook diff HEAD~1
v5 -> v6
personas: 0 added, 0 changed, 2 removed
meetings: 0 added, 0 changed, 2 removed
labels: 0 added, 0 changed, 2 removed

PERSONA  DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
chinese  removed           0          2        0        0        2
judge    removed           0          0        0        0        0
$ datebook sql 'select persona, count(*) from meetings group by 1' --at 4
persona	count(*)
chinese	2
reference	2
$ datebook generate --persona reference --count 1
! datebook: there is no persona "reference"
! hint: `datebook persona list` lists them
? 3

# It can come back.

$ datebook persona add "$personas/reference.json"
added   reference
v7: 1 added, 0 changed, 0 unchanged
$ datebook generate --persona reference --count 2
v8: 2 meetings for 1 persona, labelled
$ datebook sql 'select count(*) from meetings'
count(*)
2
