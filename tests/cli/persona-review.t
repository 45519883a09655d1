# persona review: an expert says whether a persona exists, and which of its
# rules are right. Here with answers in a file; persona_review_screen.t has the
# terminal.

$ cat > dana.json <<'EOF'
> {"id": "dana", "name": "Dana - Deals and Demos", "tier": 2,
>  "demographics": {"level": "Manager", "function": "Sales", "company": "Contoso"},
>  "meeting_context": {"weekly_meeting_hours": "20-24 hours"},
>  "importance_criteria": {
>    "always_important": ["customer escalation", {"name": "Outside and big", "external": true, "attendees_min": 5}],
>    "usually_important": ["demo"],
>    "rarely_important": ["newsletter"]},
>  "priority_framework": [{"name": "Close Q4", "keywords": ["order form", "redlines"]}],
>  "rsvp_rules": {"always_decline": ["Newsletter planning"]},
>  "prep_time_needs": {"requires_prep": ["Deal reviews with leadership (30 min: pipeline data)"]}}
> EOF
$ datebook init --no-library -q
Made datebook.db with 0 personas.
$ datebook persona review dana --template
! datebook: there is no persona "dana"
! hint: `datebook persona list` lists them
? 3
$ datebook persona add -q dana.json
added   dana
v1: 1 added, 0 changed, 0 unchanged
$ datebook persona review dan --template
! datebook: there is no persona "dan"
! hint: did you mean dana?
? 3

# No meetings yet: there is nothing that the rules decided.

$ datebook persona review dana --template
{"persona": "dana",
 "rules_hash": "9b6061edd152ad330d8b83bd006db6e3025857d9cd9bc5887071c9fa942a3aa7",
 "about": "Dana - Deals and Demos",
 "exists": null,
 "note": "",
 "rules": [
    {"rule": "Always important: customer escalation",
     "about": "",
     "right": null,
     "note": ""},
    {"rule": "Always important: Outside and big",
     "about": "when: external, 5+ attendees",
     "right": null,
     "note": ""},
    {"rule": "Usually important: demo",
     "about": "",
     "right": null,
     "note": ""},
    {"rule": "Rarely important: newsletter",
     "about": "",
     "right": null,
     "note": ""},
    {"rule": "Matches priority: Close Q4",
     "about": "keywords: order form, redlines",
     "right": null,
     "note": ""},
    {"rule": "Always decline: Newsletter planning",
     "about": "",
     "right": null,
     "note": ""},
    {"rule": "Requires prep: Deal reviews with leadership",
     "about": "written: Deal reviews with leadership (30 min: pipeline data); minutes: 30",
     "right": null,
     "note": ""}
 ]}
$ datebook -q generate --persona dana --count 20
v2: 20 meetings for 1 persona, labelled
$ datebook persona review dana --template --reviewer ann > ann.json; cat ann.json
{"persona": "dana",
 "reviewer": "ann",
 "rules_hash": "9b6061edd152ad330d8b83bd006db6e3025857d9cd9bc5887071c9fa942a3aa7",
 "about": "Dana - Deals and Demos",
 "exists": null,
 "note": "",
 "rules": [
    {"rule": "Always important: customer escalation",
     "about": "decided 0 of 20 labels",
     "right": null,
     "note": ""},
    {"rule": "Always important: Outside and big",
     "about": "when: external, 5+ attendees; decided 1 of 20 labels, such as \"Renewal quote for Adaeze, Bluepeak Energy\"",
     "right": null,
     "note": ""},
    {"rule": "Usually important: demo",
     "about": "decided 3 of 20 labels, such as \"Meridian Foods – product demo for Ngozi\", \"Demo Summit for Quayside Labs\"",
     "right": null,
     "note": ""},
    {"rule": "Rarely important: newsletter",
     "about": "decided 3 of 20 labels, such as \"Newsletter planning: Folake invites\", \"Newsletter planning (W33)\"",
     "right": null,
     "note": ""},
    {"rule": "Matches priority: Close Q4",
     "about": "keywords: order form, redlines; decided 1 of 20 labels, such as \"Brightwell Utilities: order form and start date\"",
     "right": null,
     "note": ""},
    {"rule": "Always decline: Newsletter planning",
     "about": "decided 2 of 20 labels, such as \"Newsletter planning: Folake invites\", \"Newsletter planning (W33)\"",
     "right": null,
     "note": ""},
    {"rule": "Requires prep: Deal reviews with leadership",
     "about": "written: Deal reviews with leadership (30 min: pipeline data); minutes: 30; decided 1 of 20 labels, such as \"Deal review with leadership\"",
     "right": null,
     "note": ""}
 ]}
$ sqlite3 :memory: "select json_valid(readfile('ann.json'))"
1

# As it is, it says nothing.

$ datebook persona review dana --reviewer ann --answers ann.json
! datebook: ann.json: exists: must be true or false: nothing else counts without it
? 3
$ datebook status -q | head -1
datebook.db at v2: 20 meetings for 1 persona, seed 1

# Three rules and the person.

$ sed -e 's/"exists": null/"exists": true/' -e '/customer escalation/,/right/s/null/true/' -e '/"Usually important: demo"/,/note/{s/null/false/;s/"note": ""/"note": "only with a customer"/}' -e '/newsletter"/,/right/s/null/true/' ann.json > filled.json
$ datebook persona review dana --reviewer ann --answers filled.json
v3: ann on dana: 3 of 7 rules answered: 2 right, 1 wrong
$ datebook log -q | head -2
VERSION  WHEN              COMMAND         TAGS  WHAT
     v3  2025-11-24 16:00  persona review        ann on dana: 3 of 7 rules
$ datebook sql "SELECT name, document FROM reviews"
name	document
persona/dana/ann	{"kind":"persona","persona":"dana","reviewer":"ann","version":2,"rules_hash":"9b6061edd152ad330d8b83bd006db6e3025857d9cd9bc5887071c9fa942a3aa7","exists":true,"rules":[{"rule":"Always important: customer escalation","right":true},{"rule":"Usually important: demo","right":false,"note":"only with a customer"},{"rule":"Rarely important: newsletter","right":true}]}
$ datebook persona show dana > out.json
! reviewed by 1 expert; 1 of 1 says that the person exists
$ datebook persona show dana -q > /dev/null
$ datebook persona show dana --at 2 > /dev/null

# The same again changes nothing; so does a file that leaves open what was
# answered.

$ datebook persona review dana --reviewer ann --answers filled.json
ann on dana: 3 of 7 rules answered: 2 right, 1 wrong
! nothing changed; HEAD stays at v3
$ datebook persona review dana --reviewer ann --answers ann.json
ann on dana: 3 of 7 rules answered: 2 right, 1 wrong
! nothing changed; HEAD stays at v3
$ datebook persona review dana --reviewer ann --answers - --json < ann.json
{"version":3,"changed":false,"persona":"dana","reviewer":"ann","exists":true,"rules":7,"right":2,"wrong":1,"kept":3,"dropped":0}

# A second expert, who says that there is no such person.

$ echo '{"persona": "dana", "exists": false, "note": "We have no demos.", "rules": [{"rule": "Usually important: demo", "right": false}]}' | datebook persona review dana --reviewer bob --answers - --json
{"version":4,"changed":true,"persona":"dana","reviewer":"bob","exists":false,"rules":7,"right":0,"wrong":1,"kept":0,"dropped":0}
$ datebook persona show dana > /dev/null
! reviewed by 2 experts; 1 of 2 says that the person exists

# The rules change: two answers of ann are on rules that are still the same.
# Prose is no rule.

$ sed 's/"tier": 2/"tier": 2, "notes": "Talks fast."/' dana.json > edited.json; datebook persona add -q edited.json
changed dana
        notes: added "Talks fast."
v5: 0 added, 1 changed, 0 unchanged
$ datebook persona review dana --reviewer ann --answers filled.json
ann on dana: 3 of 7 rules answered: 2 right, 1 wrong
! nothing changed; HEAD stays at v5
$ sed -e 's/"demo"\]/"demo", "trial"]/' -e 's/"customer escalation", //' -e 's/"order form"/"order forms"/' -e 's/30 min/45 min/' edited.json > changed.json; datebook persona add -q changed.json
changed dana
        importance_criteria.always_important: removed "customer escalation"
        importance_criteria.usually_important: added "trial"
        priority_framework "Close Q4": keywords removed "order form"
        priority_framework "Close Q4": keywords added "order forms"
        prep_time_needs.requires_prep: "Deal reviews with leadership (30 min: pipeline data)" -> "Deal reviews with leadership (45 min: pipeline data)"
v6: 0 added, 1 changed, 0 unchanged
$ datebook persona review dana --reviewer ann --answers filled.json
! datebook: filled.json: rules_hash: the rules are not those of the template any more
! hint: `datebook history dana` says what changed; fill in a new template, or take "rules_hash" out
? 3
$ grep -v rules_hash filled.json > loose.json; datebook persona review dana --reviewer ann --answers loose.json
! datebook: loose.json: rules[0].rule: the persona has no rule "Always important: customer escalation"
! hint: `datebook persona review dana --template` prints all rules as they have to be written
? 3
$ echo '{"persona": "dana", "rules": [{"rule": "Usually important: trial", "right": true}]}' > trial.json
$ datebook persona review dana --reviewer ann --answers trial.json
v7: ann on dana: 3 of 7 rules answered: 2 right, 1 wrong
! The rules changed since you answered, as of v2; 2 of your answers are kept, 1 was on rules that are others now.
$ datebook sql "SELECT json_extract(document, '$.version') AS version, json_extract(document, '$.rules') AS rules FROM reviews WHERE name = 'persona/dana/ann'"
version	rules
6	[{"rule":"Usually important: demo","right":false,"note":"only with a customer"},{"rule":"Usually important: trial","right":true},{"rule":"Rarely important: newsletter","right":true}]

# A rule that was given other minutes or keywords under the same name is asked
# about again, even when nobody knows any more what it was.

$ datebook persona review dana --template > all.json; sed 's/null/true/' all.json > yes.json
$ datebook persona review dana --reviewer ann --answers yes.json
v8: ann on dana: 7 of 7 rules answered: 7 right, 0 wrong
$ sed -e 's/45 min/60 min/' changed.json > again.json; datebook persona add -q again.json
changed dana
        prep_time_needs.requires_prep: "Deal reviews with leadership (45 min: pipeline data)" -> "Deal reviews with leadership (60 min: pipeline data)"
v9: 0 added, 1 changed, 0 unchanged
$ cp datebook.db copy.db
$ echo '{"persona": "dana"}' > same.json
$ datebook persona review dana --reviewer ann --answers same.json --json
{"version":10,"changed":true,"persona":"dana","reviewer":"ann","exists":true,"rules":7,"right":6,"wrong":0,"kept":6,"dropped":1}
! The rules changed since you answered, as of v7; 6 of your answers are kept, 1 was on rules that are others now.
$ datebook --db copy.db prune -q --keep-last 1
pruned 8 of 9 versions: 5 rows; the file takes 1.1 MB
$ datebook --db copy.db persona review dana --reviewer ann --answers same.json --json
{"version":10,"changed":true,"persona":"dana","reviewer":"ann","exists":true,"rules":7,"right":4,"wrong":0,"kept":4,"dropped":3}
! The rules changed since you answered, as of v7; 4 of your answers are kept, 3 were on rules that are others now.
$ datebook verify
datebook.db is sound: 10 versions in one chain, 10 hashed again from 49 rows

# What is wrong is named with its place, and nothing is changed.

$ echo '{"persona": "dana", "rules": [{"rule": "Usually important: demo", "right": "no"}]}' | datebook persona review dana --reviewer ann --answers -
! datebook: standard input: rules[0].right: must be true, false, or null for no answer, and is text
? 3
$ echo '{"persona": "dana", "rules": [{"rule": "Usually important: demos", "right": false}]}' | datebook persona review dana --reviewer ann --answers -
! datebook: standard input: rules[0].rule: the persona has no rule "Usually important: demos"
! hint: did you mean "Usually important: demo"?
? 3
$ echo '{"persona": "dana", "reviewer": "bob"}' > bob.json; datebook persona review dana --reviewer ann --answers bob.json
! datebook: bob.json: reviewer: is "bob", and the command says ann
? 3
$ echo '{"persona": "dana",' > half.json; datebook persona review dana --reviewer ann --answers half.json
! datebook: half.json:2:1: the JSON ends too early
? 3
$ datebook persona review dana --reviewer ann --answers missing.json
! datebook: cannot read missing.json: No such file or directory
? 3
$ : > empty.json; datebook persona review dana --reviewer ann --answers empty.json
! datebook: empty.json:1:1: the JSON ends too early
? 3
$ datebook log -q | sed -n 2p
    v10  2025-11-24 16:00  persona review        ann on dana: 6 of 7 rules

# Wrong usage.

$ datebook persona review dana
! datebook: --reviewer is needed: who is answering?
! hint: `datebook persona review --help` shows how it is used
? 2
$ datebook persona review dana --reviewer 'a b'
! datebook: "a b" is no name of a reviewer
! hint: a name has letters, digits, ".", "_" and "-", does not start with "." or "-", and is at most 64 characters long
? 3
$ datebook persona review dana --reviewer ann --template --answers ann.json
! datebook: --template goes without --answers
! hint: `datebook persona review --help` shows how it is used
? 2
$ datebook persona review dana --reviewer ann --json
! datebook: --json goes with --answers or --template
! hint: `datebook persona review --help` shows how it is used
? 2
$ datebook persona review dana --reviewer ann < /dev/null
! datebook: there is no terminal to ask on
! hint: `datebook persona review dana --template` prints a document to fill in; give it back with --answers FILE
? 2
$ datebook persona review dane --reviewer ann --answers ann.json
! datebook: there is no persona "dane"
! hint: did you mean dana?
? 3
$ datebook --db none.db persona review dana --reviewer ann --answers ann.json
! datebook: there is no database none.db
! hint: make it with `datebook init`, or name another with --db FILE
? 4
