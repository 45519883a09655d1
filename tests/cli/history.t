# history: all that a meeting, its label and a persona ever were.

$ p() { printf '{"id": "ann", "name": "Ann Example", "tier": 1, "importance_criteria": {"%s": [{"duration_min": 1, "name": "any"}]}%s}' "$1" "$2" > ann.json; datebook -q persona add ann.json; }
$ datebook init --no-library -q
Made datebook.db with 0 personas.
$ p always_important
added   ann
v1: 1 added, 0 changed, 0 unchanged
$ datebook -q generate --persona ann --count 2
v2: 2 meetings for 1 persona, labelled
$ p usually_important ', "note": "n"'
changed ann
        {"duration_min":1,"name":"any"} moved from always_important to usually_important
        note: added "n"
v3: 0 added, 1 changed, 0 unchanged
$ datebook relabel -q
v4: labelled 2 meetings again, 2 labels changed
$ m=$(datebook sql 'select min(meeting) from meetings' | tail -n 1)
$ id() { sed "s/$m/ID/"; }
$ datebook history $m | tail -n +2
meeting of ann

v2  generate, 2025-11-24 16:00: 2 meetings for 1 persona, seed 1
      added
      critical, no prep, accept, under the persona of v1
        Always important: any
v4  relabel, 2025-11-24 16:00: 2 of 2 labels changed
      high, no prep, accept, under the persona of v3
        Usually important: any

# As it was known before.

$ datebook history $m --at 3 | tail -n +2
meeting of ann

v2  generate, 2025-11-24 16:00: 2 meetings for 1 persona, seed 1
      added
      critical, no prep, accept, under the persona of v1
        Always important: any
$ datebook history $m --at HEAD~3 | tail -n +2
! datebook: nothing is known of the meeting "AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A16v15Td7J2KUTxeLdrT8HJheABwtnrCA" up to v1
$ datebook history $m --at 1 2>&1 | id
datebook: nothing is known of the meeting "ID" up to v1

# A persona: its documents.

$ datebook history ann
persona ann, Ann Example

v1  persona add, 2025-11-24 16:00: 1 persona added
      added
v3  persona add, 2025-11-24 16:00: 1 persona changed
      changed
      {"duration_min":1,"name":"any"} moved from always_important to
      usually_important
      note: added "n"
$ datebook history ann --at 2
persona ann, Ann Example

v1  persona add, 2025-11-24 16:00: 1 persona added
      added
$ datebook history ann --json
{"persona":"ann","version":4,"documents":[{"since":1,"until":3,"known":"value","by":"persona add","started":"2025-11-24T16:00:00.000000","summary":"1 persona added","fields":[],"labels":0},{"since":3,"until":null,"known":"value","by":"persona add","started":"2025-11-24T16:00:00.000000","summary":"1 persona changed","fields":["{\"duration_min\":1,\"name\":\"any\"} moved from always_important to usually_important","note: added \"n\""],"labels":0}]}
$ datebook history ann --at 0
! datebook: nothing is known of the persona "ann" up to v0
? 3
$ datebook history "$(echo $m | cut -c 1-60)" 2>&1 | id
datebook: there is no meeting or persona "AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A16v15Td7J2KUTxeLdrT8HJhe"
hint: did you mean ID?
$ datebook explain "$(echo $m | cut -c 1-60)" 2>&1 | id
datebook: there is no meeting "AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A16v15Td7J2KUTxeLdrT8HJhe"
hint: did you mean ID?
$ datebook history "$(echo $m | cut -c 1-3)" 2>&1 | id
datebook: there is no meeting or persona "AAk"
hint: `datebook persona list` lists personas, `datebook sql "SELECT meeting, subject FROM meetings LIMIT 10"` some meetings
$ datebook persona remove ann -q
v5: removed 1 persona with 2 meetings
$ p always_important
added   ann
v6: 1 added, 0 changed, 0 unchanged
$ datebook history ann
persona ann, Ann Example

v1  persona add, 2025-11-24 16:00: 1 persona added
      added
v3  persona add, 2025-11-24 16:00: 1 persona changed
      changed
      {"duration_min":1,"name":"any"} moved from always_important to
      usually_important
      note: added "n"
v5  persona remove, 2025-11-24 16:00: removed ann
      removed
v6  persona add, 2025-11-24 16:00: 1 persona added
      came back
      {"duration_min":1,"name":"any"} moved from usually_important to
      always_important
      note: removed "n"
$ datebook history $m | sed -n '/^v5/,$p'
v5  persona remove, 2025-11-24 16:00: removed ann
      removed

# Nearly right ids.

$ datebook history anm
! datebook: there is no meeting or persona "anm"
! hint: did you mean ann?
? 3
$ datebook history "$(echo $m | cut -c 1-60)" 2>&1 | id
datebook: there is no meeting or persona "AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A16v15Td7J2KUTxeLdrT8HJhe"
hint: `datebook persona list` lists personas, `datebook sql "SELECT meeting, subject FROM meetings LIMIT 10"` some meetings
$ datebook explain "$(echo $m | cut -c 1-60)" 2>&1 | id
datebook: there is no meeting "AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A16v15Td7J2KUTxeLdrT8HJhe"
hint: ids are matched whole and by case; `datebook sql "SELECT meeting, subject FROM meetings LIMIT 10"` lists some
$ datebook history "$(echo $m | cut -c 1-3)nonesuch" 2>&1 | id
datebook: there is no meeting or persona "AAknonesuch"
hint: `datebook persona list` lists personas, `datebook sql "SELECT meeting, subject FROM meetings LIMIT 10"` some meetings

# What was pruned is told for what it is.  v7 to v10 change the labels of new
# meetings, v11 removes them.

$ datebook -q generate --persona ann --count 2
v7: 2 meetings for 1 persona, labelled
$ m=$(datebook sql 'select min(meeting) from meetings' | tail -n 1)
$ for kind in usually_important sometimes_important; do p $kind; datebook relabel -q; done > out
$ datebook tag before
before is v11
$ datebook persona remove ann -q
v12: removed 1 persona with 2 meetings
$ p always_important
added   ann
v13: 1 added, 0 changed, 0 unchanged
$ datebook prune --keep-tags --keep-last 1 -q > out
$ datebook log
VERSION  WHEN              COMMAND         TAGS      WHAT
    v13  2025-11-24 16:00  persona add               1 persona added
    v12  2025-11-24 16:00  persona remove  (pruned)  removed ann
    v11  2025-11-24 16:00  relabel         before    2 of 2 labels changed
    v10  2025-11-24 16:00  persona add     (pruned)  1 persona changed
     v9  2025-11-24 16:00  relabel         (pruned)  2 of 2 labels changed
     v8  2025-11-24 16:00  persona add     (pruned)  1 persona changed
     v7  2025-11-24 16:00  generate        (pruned)  2 meetings for 1 persona, seed 1
     v6  2025-11-24 16:00  persona add     (pruned)  1 persona added
     v5  2025-11-24 16:00  persona remove  (pruned)  removed ann
     v4  2025-11-24 16:00  relabel         (pruned)  2 of 2 labels changed
     v3  2025-11-24 16:00  persona add     (pruned)  1 persona changed
     v2  2025-11-24 16:00  generate        (pruned)  2 meetings for 1 persona, seed 1
     v1  2025-11-24 16:00  persona add     (pruned)  1 persona added
$ datebook log --stat --at before
VERSION  COMMAND         +PERSONAS  ~  -  +MEETINGS  ~  -  +LABELS  ~  -  TAGS
    v11  relabel                 0  0  0          0  0  0        0  2  0  before
    v10  persona add             0  1  0          0  0  0        0  0  0  (pruned)
     v9  relabel                 0  0  0          0  0  0        0  2  0  (pruned)
     v8  persona add             0  1  0          0  0  0        0  0  0  (pruned)
     v7  generate                0  0  0          2  0  0        2  0  0  (pruned)
     v6  persona add             1  0  0          0  0  0        0  0  0  (pruned)
     v5  persona remove          0  0  1          0  0  2        0  0  2  (pruned)
     v4  relabel                 0  0  0          0  0  0        0  2  0  (pruned)
     v3  persona add             0  1  0          0  0  0        0  0  0  (pruned)
     v2  generate                0  0  0          2  0  0        2  0  0  (pruned)
     v1  persona add             1  0  0          0  0  0        0  0  0  (pruned)
$ datebook history $m | tail -n +2
meeting of ann

v7  generate, 2025-11-24 16:00: 2 meetings for 1 persona, seed 1
      added
v7 to v10  its label was pruned
v11  relabel, 2025-11-24 16:00: 2 of 2 labels changed
      medium, no prep, tentative, under the persona of v10
        Sometimes important: any
v12  persona remove, 2025-11-24 16:00: removed ann
      removed
$ datebook history $m --json | id
{"meeting":"ID","persona":"ann","version":13,"subject":"What went wrong with the time tracker?","written":null,"life":[{"since":7,"until":12,"known":"value","by":"generate","started":"2025-11-24T16:00:00.000000","summary":"2 meetings for 1 persona, seed 1"},{"since":12,"until":null,"known":"absent","by":"persona remove","started":"2025-11-24T16:00:00.000000","summary":"removed ann"}],"labels":[{"since":7,"until":11,"known":"present"},{"since":11,"until":12,"known":"value","by":"relabel","started":"2025-11-24T16:00:00.000000","summary":"2 of 2 labels changed","persona_since":10,"importance":"medium","prep_minutes":0,"rsvp":"tentative","reasoning":"Sometimes important: any","rules":[{"field":"importance_criteria.sometimes_important","name":"any","decided":true}]},{"since":12,"until":null,"known":"absent"}]}
$ datebook history ann
persona ann, Ann Example

v1 to v5  pruned: nobody knows whether it was there
v6 to v9  it was there; its document was pruned
v10  persona add, 2025-11-24 16:00: 1 persona changed
      changed
v12  persona remove, 2025-11-24 16:00: removed ann
      removed
v13  persona add, 2025-11-24 16:00: 1 persona added
      came back
      {"duration_min":1,"name":"any"} moved from sometimes_important to
      always_important
$ datebook history $m --at 8 2>&1 | id
datebook: version 8 was pruned: its rows are gone
hint: the nearest that was kept is v11
$ datebook explain $m --at before 2>&1 | sed -n '/^label/,$p'
label    medium, no prep, tentative
because  Sometimes important: any
made     in v11 by relabel, from the persona of v10, rule engine 1

RULE                               WHERE
Sometimes important: any  decided

# Long reasons stay within the width of a terminal.

$ datebook -q generate --persona "$TEST_DATA/personas/reference.json" --count 60 --start 2025-10-06 > out
$ m=$(datebook sql "select min(meeting) from meetings where subject = 'Q4 Pipeline Review with VP Sales'" | tail -n 1)
$ datebook history $m
Q4 Pipeline Review with VP Sales
meeting of reference

v14  generate, 2025-11-24 16:00: 60 meetings for 1 persona, seed 1
      added
      critical, prep 30 minutes, accept, under the persona of v14
        Always important: pipeline; Always important: quarter; Matches
        priority: Close Q4 deals ($2M pipeline); Requires prep: Deal reviews
        with leadership
