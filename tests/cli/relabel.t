# Labels after a rule edit: what is stale, what a dry run shows, what is done.

$ datebook init --no-library -q
Made datebook.db with 0 personas.
$ for id in ann bob; do printf '{"id": "%s", "name": "N", "tier": 1, "importance_criteria": {"always_important": ["budget"]}, "archetypes": [{"name": "x", "weight": 100, "subjects": ["Budget", "Zebra count"]}]}' $id > $id.json; done
$ datebook -q generate --persona ann.json,bob.json --count 30 --seed 3
added   ann
added   bob
v1: 60 meetings for 2 personas, labelled
$ datebook relabel
Every label is fresh; HEAD stays at v1.
$ datebook relabel --dry-run
v1 -> v1
no difference
$ datebook relabel --json
{"version":1,"stale_personas":0,"checked":0,"changed":0}
$ datebook status -q
datebook.db at v1: 60 meetings for 2 personas, seed 3
2 personas, 60 meetings, 60 labels
every label is fresh

# Prose, the name and archetypes make nothing stale.

$ sed -i 's/"name": "N"/"name": "New", "notes": "some"/; s/Zebra count/Zebra counts/' ann.json
$ datebook persona add ann.json
changed ann
        name: "N" -> "New"
        archetypes "x": subjects removed "Zebra count"
        archetypes "x": subjects added "Zebra counts"
        notes: added "some"
v2: 0 added, 1 changed, 0 unchanged
$ datebook relabel
Every label is fresh; HEAD stays at v2.

# A rule does.  The dry run prints what diff prints afterwards, and changes
# nothing.

$ sed -i 's/"budget"/"zebra"/' ann.json bob.json
$ datebook persona add ann.json bob.json
changed ann
        importance_criteria.always_important: removed "budget"
        importance_criteria.always_important: added "zebra"
changed bob
        importance_criteria.always_important: removed "budget"
        importance_criteria.always_important: added "zebra"
v3: 0 added, 2 changed, 0 unchanged
! 60 labels are now stale; next: datebook relabel
$ datebook status
datebook.db at v3: 2 personas changed
2 personas, 60 meetings, 60 labels
60 stale labels of 2 personas
! next: datebook relabel --dry-run
$ datebook status --json > out; sqlite3 :memory: "select json_valid(readfile('out'))"
1
$ before=$(sqlite3 datebook.db .dump | cksum)
$ datebook relabel --dry-run > dry
$ datebook relabel --dry-run --json > dry.json
$ [ "$(sqlite3 datebook.db .dump | cksum)" = "$before" ]; echo $?
0
$ datebook --db copy.db init -q --no-library; cp datebook.db copy.db
Made copy.db with 0 personas.
$ datebook relabel
v4: labelled 60 meetings again, … labels changed (glob)
! next: datebook diff HEAD~1
$ datebook diff HEAD~1 HEAD | cmp - dry
$ datebook diff HEAD~1 --json | cmp - dry.json
$ sqlite3 :memory: "select json_valid(readfile('dry.json'))"
1
$ sed 's/: [0-9]*$/: N/; s/ [0-9]* changed/ N changed/' dry | head -n 6
v3 -> v4
labels: 0 added, N changed, 0 removed

Changed labels:
  medium -> critical: N
  critical -> medium: N
$ datebook sql "select distinct l.importance from meetings join labels l using (meeting) where subject = 'Zebra count'"
importance
critical
$ datebook relabel
Every label is fresh; HEAD stays at v4.

# One persona of two; the other stays stale.

$ datebook --db copy.db relabel bo
! datebook: there is no persona "bo"
! hint: did you mean bob?
? 3
$ datebook --db copy.db relabel ann bob bob --dry-run | cmp - dry
$ datebook --db copy.db relabel bob | sed 's/[0-9]* labels/N labels/'
v4: labelled 30 meetings again, N labels changed
! next: datebook --db copy.db diff HEAD~1
$ datebook --db copy.db status -q | tail -n 1
30 stale labels of 1 persona
$ datebook --db copy.db diff HEAD~1 --json > out; sqlite3 :memory: "select json_extract(readfile('out'), '\$.by_persona[0].persona', '\$.by_persona[1]')"
["bob",null]
$ datebook --db copy.db relabel bob
Every label is fresh; HEAD stays at v4.
$ datebook --db copy.db -q relabel --json | sed 's/"changed":[0-9]*/"changed":N/'
{"version":5,"stale_personas":1,"checked":30,"changed":N}

# Both ways give the same labels, and rows that did not change stay.

$ labels='select meeting, importance, prep_minutes, rsvp from labels order by 1'
$ datebook sql "$labels" > 1; datebook --db copy.db sql "$labels" > 2; cmp 1 2
$ datebook sql "select count(*) from labels where since_version = 1" | grep -c '^[1-9]'
1

# An edit that changes no label: they are fresh from then on, without a version.

$ sed -i 's/"zebra"/"zebra", "unheard of"/' ann.json
$ datebook persona add -q ann.json
changed ann
        importance_criteria.always_important: added "unheard of"
v5: 0 added, 1 changed, 0 unchanged
$ datebook relabel --dry-run
v5 -> v5
no difference
$ datebook relabel
Labelled 30 meetings again; none changed, HEAD stays at v5.
$ datebook relabel
Every label is fresh; HEAD stays at v5.
$ datebook log -q
VERSION  WHEN              COMMAND      TAGS  WHAT
     v5  2025-11-24 16:00  persona add        1 persona changed
     v4  2025-11-24 16:00  relabel            … of 60 labels changed (glob)
     v3  2025-11-24 16:00  persona add        2 personas changed
     v2  2025-11-24 16:00  persona add        1 persona changed
     v1  2025-11-24 16:00  generate           60 meetings for 2 personas, seed 3
$ datebook diff HEAD~1
v4 -> v5
personas: 0 added, 1 changed, 0 removed

PERSONA  DOCUMENT  +MEETINGS  -MEETINGS  +LABELS  ~LABELS  -LABELS
ann      changed           0          0        0        0        0

Changed personas:
  ann
    importance_criteria.always_important: added "unheard of"
$ datebook relabel nobody
! datebook: there is no persona "nobody"
! hint: `datebook persona list` lists them
? 3
$ datebook relabel --at 3
! datebook: unknown option --at
! hint: `datebook relabel --help` lists the options
? 2
