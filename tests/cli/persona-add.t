# Adding persona documents: new, changed and unchanged ones, and wrong ones.

$ personas=$TEST_DATA/personas
$ state() { sqlite3 datebook.db .dump | cksum; }
$ datebook init --no-library
Made datebook.db with 0 personas.
! next: datebook persona add FILE-OR-FOLDER
$ datebook persona add "$personas/smallest.json"
added   smallest
v1: 1 added, 0 changed, 0 unchanged

# The same document again, and one that differs only in form, make no version.

$ datebook persona add "$personas/smallest.json"
Nothing changed; HEAD stays at v1.
$ printf '{"tier":3,\r\n "name" : "Nobody in Particul\\u0061r",\t"id":"smallest"}' > form.json
$ datebook persona add form.json
Nothing changed; HEAD stays at v1.
$ datebook persona add form.json --json
{"version":1,"added":0,"changed":0,"unchanged":1,"stale_labels":0}
$ datebook log -q
VERSION  WHEN              COMMAND      TAGS  WHAT
     v1  2025-11-24 16:00  persona add        1 persona added

# An edit names the fields that changed.

$ cat > p.json << '.'
> {"id": "p", "name": "Ada", "tier": 2,
>  "importance_criteria": {"always_important": ["audit"], "rarely_important": ["lunch"]},
>  "rsvp_rules": {"always_accept": ["Audits"]}, "own_field": [1, 2.50]}
> .
$ datebook persona add p.json
added   p
v2: 1 added, 0 changed, 0 unchanged
$ datebook -q generate --persona p --count 3
v3: 3 meetings for 1 persona, labelled
$ sed -i 's/"Ada", "tier": 2/"Eve", "tier": 1/; s/"audit"/"audit", "board"/; s/2.50/3/' p.json
$ datebook persona add p.json "$personas/smallest.json"
changed p
        name: "Ada" -> "Eve"
        tier: 2 -> 1
        importance_criteria.always_important: added "board"
        own_field: removed 2.5
        own_field: added 3
v4: 0 added, 1 changed, 1 unchanged
! 3 labels are now stale; next: datebook relabel
$ sed -i 's/"Eve"/"Eva"/' p.json
$ datebook persona add p.json --json | tee out
{"version":5,"added":0,"changed":1,"unchanged":0,"stale_labels":3}
$ sqlite3 :memory: "select json_valid(readfile('out'))"
1

# A folder is its .json files, by name; old spellings are read with a remark.

$ mkdir folder; cp "$personas/chinese.json" "$personas/old_spellings.json" folder; echo '{' > folder/note.txt
$ datebook persona add folder 2> remarks
added   chinese
added   old_spellings
v6: 2 added, 0 changed, 0 unchanged
$ sed 's/.*: reads/reads/' remarks
reads "persona_id" as "id"
reads "persona_name" as "name"
reads "organizational_level" as "demographics.level"
reads "weekly_meeting_load" as "meeting_context.weekly_meeting_hours"
reads "typical_week_breakdown" as "meeting_context.typical_breakdown"
reads "accept_if_time_permits" as "rsvp_rules.conditional"
reads "priority" as "name"
reads "meeting_indicators" as "keywords"
$ datebook persona add folder -q
Nothing changed; HEAD stays at v6.

# One wrong file, and nothing is added: the database is as it was.

$ before=$(state)
$ cp "$personas/reference.json" folder; echo '{"id": "z", "name": "Z", "tier": 4}' > folder/z.json
$ datebook persona add folder
! datebook: folder/z.json: tier: must be 1, 2 or 3, and is 4
? 3
$ cp "$personas/chinese.json" folder/z.json
$ datebook persona add folder
! datebook: folder/z.json: id: "chinese" is also the id of folder/chinese.json
? 3
$ datebook persona add p.json ./p.json
! datebook: ./p.json: id: "p" is also the id of p.json
? 3
$ datebook persona add p.json p.json
! datebook: p.json is named twice
? 3
$ datebook persona add nowhere.json
! datebook: cannot read nowhere.json: No such file or directory
? 3
$ mkdir none; datebook persona add none
! datebook: the folder none holds no .json file
? 3
$ datebook persona add ''
! datebook: a PATH is empty
! hint: `datebook persona add --help` shows how it is used
? 2
$ [ "$(state)" = "$before" ]; echo $?
0

# What can be wrong in a file.

$ try() { printf '%s' "$1" > t.json; datebook persona add t.json; }
$ try ''
! datebook: t.json:1:1: the JSON ends too early
? 3
$ try '{"id": "a",
>  "name": "A" "tier": 1}'
! datebook: t.json:2:14: not valid JSON here
? 3
$ try '{"id": "a", "name": "A", "tier": 1} {}'
! datebook: t.json:1:37: text after the JSON value
? 3
$ try '[]'
! datebook: t.json: a persona must be a JSON object, and this is a list
? 3
$ try '{}'
! datebook: t.json: id: is missing
! hint: a persona needs "id", "name" and "tier"
? 3
$ try '{"id": "", "name": "A", "tier": 1}'
! datebook: t.json: id: is empty
? 3
$ try '{"id": "a b", "name": "A", "tier": 1}'
! datebook: t.json: id: may hold only letters A-Z and a-z, digits, "_", "-" and "."
! hint: files are named after it: tier1_sales_manager_pipeline.json
? 3
$ try '{"id": "../a", "name": "A", "tier": 1}'
! datebook: t.json: id: may hold only letters A-Z and a-z, digits, "_", "-" and "."
! hint: files are named after it: tier1_sales_manager_pipeline.json
? 3
$ try '{"id": 7, "name": "A", "tier": 1}'
! datebook: t.json: id: must be text, and is a number
? 3
$ try '{"id": "a", "tier": 1}'
! datebook: t.json: name: is missing
! hint: a persona needs "id", "name" and "tier"
? 3
$ try '{"id": "a", "name": " ", "tier": 1}'
! datebook: t.json: name: is empty
? 3
$ try '{"id": "a", "name": "A"}'
! datebook: t.json: tier: is missing
! hint: a persona needs "id", "name" and "tier"
? 3
$ try '{"id": "a", "name": "A", "tier": 0}'
! datebook: t.json: tier: must be 1, 2 or 3, and is 0
? 3
$ try '{"id": "a", "name": "A", "tier": "1"}'
! datebook: t.json: tier: must be the number 1, 2 or 3, and is text
! hint: write "tier": 1, without quotes
? 3
$ try '{"id": "a", "name": "A", "tier": 1.5}'
! datebook: t.json: tier: must be 1, 2 or 3, and is 1.5
? 3
$ try '{"id": "a", "id": "b", "name": "A", "tier": 1}'
! datebook: t.json: the field "id" stands twice in one object
? 3
$ try '{"id": "a", "persona_id": "b", "name": "A", "tier": 1}'
! datebook: t.json: persona_id: differs from id, which means the same
! hint: keep one of the two
? 3
$ rules() { try "{\"id\": \"a\", \"name\": \"A\", \"tier\": 1, $1}"; }
$ rules '"importance_criteria": {"always_important": ["x", 7]}'
! datebook: t.json: importance_criteria.always_important[1]: must be text or an object, and is a number
? 3
$ rules '"importance_criteria": {"always_important": ["x", ""]}'
! datebook: t.json: importance_criteria.always_important[1]: is empty
? 3
$ rules '"importance_criteria": {"always_important": ["?!"]}'
! datebook: t.json: importance_criteria.always_important[0]: has no letter or digit
? 3
$ rules '"importance_criteria": {"always_important": "x"}'
! datebook: t.json: importance_criteria.always_important: must be a list, and is text
? 3
$ rules '"importance_criteria": ["x"]'
! datebook: t.json: importance_criteria: must be an object, and is a list
? 3
$ rules '"priority_framework": [{"name": "P", "keywords": [""]}]'
! datebook: t.json: priority_framework[0].keywords[0]: is empty
? 3
$ rules '"priority_framework": ["P"]'
! datebook: t.json: priority_framework[0]: must be an object, and is text
! hint: {"name": "Close Q4 deals", "keywords": ["Q4", "contract"]}
? 3
$ rules '"rsvp_rules": {"always_accept": [null]}'
! datebook: t.json: rsvp_rules.always_accept[0]: must be text or an object, and is null
? 3
$ rules '"prep_time_needs": {"requires_prep": [[]]}'
! datebook: t.json: prep_time_needs.requires_prep[0]: must be text or an object, and is a list
? 3
$ rules '"prep_time_needs": {"requires_prep": [{"any": ["x"], "minuets": 5}]}'
! datebook: t.json: prep_time_needs.requires_prep[0]: unknown key "minuets"
! hint: known keys: any, all, none, external, one_on_one, recurring, organizer, overlaps, attendees_min, attendees_max, duration_min, duration_max, minutes, name
? 3
$ rules '"role": "test"'
! datebook: t.json: role: must be "train" or "validation"
? 3
$ rules '"accuracy_gate": 85'
! datebook: t.json: accuracy_gate: must be a number from 0 to 1
! hint: 85% is 0.85
? 3
$ printf '\377\376{\000' > t.json; datebook persona add t.json
! datebook: t.json:1:1: not UTF-8
? 3
$ printf '{"id": "a", "name": "\377", "tier": 1}' > t.json; datebook persona add t.json
! datebook: t.json:1:22: not UTF-8
? 3
$ head -c 20000000 /dev/zero > t.json; datebook persona add t.json
! datebook: t.json is larger than 4 MiB
? 3
$ try "$(yes '[' | head -n 5000 | tr -d '\n')"
! datebook: t.json:1:1001: nested more than 1000 deep
? 3
$ [ "$(state)" = "$before" ]; echo $?
0

# A byte-order mark is nothing wrong.

$ printf '\357\273\277{"id": "bom", "name": "B", "tier": 1}' > t.json; datebook persona add t.json
added   bom
v7: 1 added, 0 changed, 0 unchanged

# Neither is what cannot be read as a number of hours.

$ rules '"meeting_context": {"weekly_meeting_hours": "many"}'
added   a
v8: 1 added, 0 changed, 0 unchanged
