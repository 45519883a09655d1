# persona review on a terminal, key by key.

$ on() { size=$1; shift; "$BUILD/tests/cli/pty" $size datebook "$@"; }
$ cat > dana.json <<'EOF'
> {"id": "dana", "name": "Dana - Deals and Demos", "tier": 2,
>  "demographics": {"level": "Manager", "function": "Sales", "company": "Contoso"},
>  "meeting_context": {"weekly_meeting_hours": "20-24 hours", "typical_breakdown": {"customer_calls": "70%"}},
>  "importance_criteria": {
>    "always_important": ["customer escalation", {"name": "Outside and big", "external": true, "attendees_min": 5}],
>    "usually_important": ["demo"]},
>  "priority_framework": [{"name": "Close Q4", "keywords": ["order form", "redlines"]}],
>  "prep_time_needs": {"requires_prep": ["Deal reviews with leadership (30 min: pipeline data)"]},
>  "notes": "Never late."}
> EOF
$ datebook init --no-library -q; datebook persona add -q dana.json; datebook -q generate --persona dana --count 40
Made datebook.db with 0 personas.
added   dana
v1: 1 added, 0 changed, 0 unchanged
v2: 40 meetings for 1 persona, labelled
$ on 80x24 persona review dana --reviewer ann <<'EOF'
> expect Is there such a person
> show
> type s
> show
> type y
> show
> type oonly if it is \e
> type ooftem\bn\n
> show
> type n
> show
> type s?
> show
> type xu
> show
> type x
> show
> type q
> EOF
--- 80x24
Dana - Deals and Demos
dana, tier 2, role train

level: Manager
function: Sales
company: Contoso
calendar: 20 to 24 hours of meetings a week; customer_calls 70%
meetings: 40 labelled by the rules: 7.5% critical, 32.5% high, 60.0% medium,
    0.0% low; 0.0% to prepare for; 40.0% accept, 60.0% tentative, 0.0% decline
notes: Never late.

Is there such a person in your company? y n, or ? for the keys
---
--- 80x24
Dana - Deals and Demos
dana, tier 2, role train

level: Manager
function: Sales
company: Contoso
calendar: 20 to 24 hours of meetings a week; customer_calls 70%
meetings: 40 labelled by the rules: 7.5% critical, 32.5% high, 60.0% medium,
    0.0% low; 0.0% to prepare for; 40.0% accept, 60.0% tentative, 0.0% decline
notes: Never late.

This one first: without it no rule can be answered.
Is there such a person in your company? y n, or ? for the keys
---
--- 80x24
Dana - Deals and Demos: rule 1 of 5

Always important: customer escalation

decided 3 of 40 labels, such as:
  Customer escalation: next steps until the 17th
  Customer escalation: next steps until the 19th

Is this rule right? y n, or ? for the keys
---
--- 80x24
Dana - Deals and Demos: rule 1 of 5

Always important: customer escalation

decided 3 of 40 labels, such as:
  Customer escalation: next steps until the 17th
  Customer escalation: next steps until the 19th

your note, kept with an answer: often
Is this rule right? y n, or ? for the keys
---
--- 80x24
Dana - Deals and Demos: rule 2 of 5

Always important: Outside and big
when: external, 5+ attendees

decided 0 of 40 labels

Is this rule right? y n, or ? for the keys
---
--- 80x24
y        yes: there is such a person; this rule is right
n        no
o        a note, kept with your answer; an empty one takes it back
s        skip: leave it as it is, and go on
u        undo what you did last, or go back by one
space    more of a long page
q        quit; what you answered is kept

any key goes back
---
--- 80x24
Dana - Deals and Demos: rule 2 of 5

Always important: Outside and big
when: external, 5+ attendees

decided 0 of 40 labels

Is this rule right? y n, or ? for the keys
---
--- 80x24
Dana - Deals and Demos: rule 2 of 5

Always important: Outside and big
when: external, 5+ attendees

decided 0 of 40 labels

That key means nothing here.
Is this rule right? y n, or ? for the keys
---
--- 80x24
ann on dana: 1 of 5 rules answered: 0 right, 1 wrong
to go on: datebook persona review dana --reviewer ann
---
exit 0
$ datebook log -q | head -3
VERSION  WHEN              COMMAND         TAGS  WHAT
  v3-v4  2025-11-24 16:00  persona review        ann on dana: 1 of 5 rules
     v2  2025-11-24 16:00  generate              40 meetings for 1 persona, seed 1

# It goes on where it was left. A terminal that dies takes nothing with it.

$ on 80x24 persona review dana --reviewer ann <<'EOF'
> expect rule 2 of 5
> type ynyoalm
> show
> signal KILL
> EOF
--- 80x24
Dana - Deals and Demos: rule 5 of 5

Requires prep: Deal reviews with leadership
written: Deal reviews with leadership (30 min: pipeline data)
minutes: 30

decided 0 of 40 labels

Enter keeps it, Escape leaves it as it was.
note: alm
---
--- 80x24
Dana - Deals and Demos: rule 5 of 5

Requires prep: Deal reviews with leadership
written: Deal reviews with leadership (30 min: pipeline data)
minutes: 30

decided 0 of 40 labels

Enter keeps it, Escape leaves it as it was.
note: alm
---
killed by signal 9, and the terminal is left with keys, no echo
$ datebook log -q | head -4
VERSION  WHEN              COMMAND         TAGS  WHAT
  v3-v7  2025-11-24 16:00  persona review        ann on dana: 4 of 5 rules
     v2  2025-11-24 16:00  generate              40 meetings for 1 persona, seed 1
     v1  2025-11-24 16:00  persona add           1 persona added
$ datebook verify
datebook.db is sound: 7 versions in one chain, 7 hashed again from 86 rows
$ on 80x24 persona review dana --reviewer ann <<'EOF'
> expect rule 5 of 5
> type y
> show
> type u
> show
> type yq
> EOF
--- 80x24
Dana - Deals and Demos

5 of 5 rules answered: 3 right, 2 wrong.

q leaves, u goes back
---
--- 80x24
Dana - Deals and Demos: rule 5 of 5

Requires prep: Deal reviews with leadership
written: Deal reviews with leadership (30 min: pipeline data)
minutes: 30

decided 0 of 40 labels

Is this rule right? y n, or ? for the keys
---
--- 80x24
ann on dana: 5 of 5 rules answered: 3 right, 2 wrong
next: datebook persona agreement dana
---
exit 0
$ datebook sql "SELECT json_extract(document, '$.rules') AS rules FROM reviews"
rules
[{"rule":"Always important: customer escalation","right":false,"note":"often"},{"rule":"Always important: Outside and big","right":true},{"rule":"Usually important: demo","right":false},{"rule":"Matches priority: Close Q4","right":true},{"rule":"Requires prep: Deal reviews with leadership","right":true}]

# With nothing left to ask one can still go back.

$ on 80x24 persona review dana --reviewer ann <<'EOF'
> expect 5 of 5 rules
> type uu
> show
> type s
> expect rule 5 of 5
> type uuyq
> EOF
--- 80x24
Dana - Deals and Demos: rule 4 of 5

Matches priority: Close Q4
keywords: order form, redlines

decided 4 of 40 labels, such as:
  Quayside Labs: order form and start date
  Meridian Foods contract – redlines

your answer: right
Is this rule right? y n, or ? for the keys
---
--- 80x24
ann on dana: 5 of 5 rules answered: 4 right, 1 wrong
next: datebook persona agreement dana
---
exit 0
$ datebook log -q | head -2
VERSION  WHEN              COMMAND         TAGS  WHAT
 v3-v11  2025-11-24 16:00  persona review        ann on dana: 5 of 5 rules

# A small terminal shows a part at a time.

$ on 40x8 persona review dana --reviewer bob <<'EOF'
> expect Is there such
> show
> type \x20
> show
> type \x20\x20
> show
> type \x04
> EOF
--- 40x8
Dana - Deals and Demos
dana, tier 2, role train

level: Manager

(lines 1 to 4 of 14; space for more)
Is there such a person in your company?
    y n, or ? for the keys
---
--- 40x8
function: Sales
company: Contoso
calendar: 20 to 24 hours of meetings a
    week; customer_calls 70%

(lines 5 to 8 of 14; space for more)
Is there such a person in your company?
    y n, or ? for the keys
---
--- 40x8
    0.0% decline
notes: Never late.

(lines 13 to 14 of 14; space for more)
Is there such a person in your company?
    y n, or ? for the keys
---
--- 40x8
bob on dana: nothing answered
to go on: datebook persona review dana -
-reviewer bob
---
exit 0

# The rules change: it says so, and asks about those that are others now.

$ sed -e 's/30 min/45 min/' -e 's/"demo"\]/"demo", "trial"]/' dana.json > changed.json; datebook persona add -q changed.json
changed dana
        importance_criteria.usually_important: added "trial"
        prep_time_needs.requires_prep: "Deal reviews with leadership (30 min: pipeline data)" -> "Deal reviews with leadership (45 min: pipeline data)"
v12: 0 added, 1 changed, 0 unchanged
$ on 80x24 persona review dana --reviewer ann <<'EOF'
> expect rule 4 of 6
> show
> type yyq
> EOF
--- 80x24
Dana - Deals and Demos: rule 4 of 6

Usually important: trial

decided 0 of 40 labels, before the rules changed

The rules changed since you answered, as of v10; 4 of your answers are kept, 1
    was on rules that are others now.
Is this rule right? y n, or ? for the keys
---
--- 80x24
ann on dana: 6 of 6 rules answered: 5 right, 1 wrong
next: datebook persona agreement dana
---
exit 0

# When all that was answered is still good, the person is asked about anew.

$ sed -e 's/, "trial"\]/]/' changed.json > less.json; datebook persona add -q less.json
changed dana
        importance_criteria.usually_important: removed "trial"
v15: 0 added, 1 changed, 0 unchanged
$ on 80x24 persona review dana --reviewer ann <<'EOF'
> expect The rules changed
> show
> type y
> show
> type q
> EOF
--- 80x24
Dana - Deals and Demos
dana, tier 2, role train

level: Manager
function: Sales
company: Contoso
calendar: 20 to 24 hours of meetings a week; customer_calls 70%
meetings: 40 labelled by the rules as they were: 7.5% critical, 32.5% high,
    60.0% medium, 0.0% low; 0.0% to prepare for; 40.0% accept, 60.0% tentative,
    0.0% decline
notes: Never late.

The rules changed since you answered, as of v12; 5 of your answers are kept, 1
    was on rules that are others now.
your answer: exists
Is there such a person in your company? y n, or ? for the keys
---
--- 80x24
Dana - Deals and Demos

5 of 5 rules answered: 4 right, 1 wrong.

q leaves, u goes back
---
--- 80x24
ann on dana: 5 of 5 rules answered: 4 right, 1 wrong
next: datebook persona agreement dana
---
exit 0
$ datebook log -q | head -2
VERSION  WHEN              COMMAND         TAGS  WHAT
    v16  2025-11-24 16:00  persona review        ann on dana: 5 of 5 rules

# Meanwhile somebody edits the rules, or answers in the same name.

$ on 80x24 persona review dana --reviewer cleo <<'EOF'
> expect Is there such
> type y
> expect rule 1 of 5
> run datebook -q persona add changed.json
> send n
> EOF
changed dana
        importance_criteria.usually_important: added "trial"
v18: 0 added, 1 changed, 0 unchanged
--- 80x24
datebook: the persona's rules were changed while you were answering
hint: what you answered before is kept; start `datebook persona review dana --re
viewer cleo` again
---
exit 3
$ on 80x24 persona review dana --reviewer cleo <<'EOF'
> expect rule 1 of 6
> run echo '{"persona": "dana", "rules": [{"rule": "Usually important: trial", "right": true}]}' | datebook -q persona review dana --reviewer cleo --answers -
> send n
> EOF
v19: cleo on dana: 1 of 6 rules answered: 1 right, 0 wrong
--- 80x24
datebook: other answers were given in your name while you were answering
hint: what you answered before is kept; start `datebook persona review dana --re
viewer cleo` again
---
exit 3

# A locked file is no reason to lose an answer.

$ mkfifo to from; exec 8<>to 9<>from; sqlite3 datebook.db < to > from & sql=$!
$ on 200x24 --wait 0 persona review dana --reviewer cleo <<'EOF'
> expect rule 1 of 6
> run echo "BEGIN IMMEDIATE; SELECT 'locked';" > to; head -n 1 from
> type y
> show
> run echo "COMMIT; SELECT 'free';" > to; head -n 1 from
> type n
> show
> type q
> EOF
locked
--- 200x24
Dana - Deals and Demos: rule 2 of 6

Always important: Outside and big
when: external, 5+ attendees

decided 0 of 40 labels, before the rules changed

Not saved yet: datebook.db is locked…. The next answer tries again, and so does q. (glob)
Is this rule right? y n, or ? for the keys
---
free
--- 200x24
Dana - Deals and Demos: rule 3 of 6

Usually important: demo

decided 9 of 40 labels, before the rules changed, such as:
  Product demo Summit, Redwater Mining
  Second demo Redwater Mining (IT)

Is this rule right? y n, or ? for the keys
---
--- 200x24
cleo on dana: 3 of 6 rules answered: 2 right, 1 wrong
to go on: datebook persona review dana --reviewer cleo
---
exit 0
$ exec 8>&- 9>&-; kill $sql; datebook log -q | head -2
VERSION  WHEN              COMMAND         TAGS  WHAT
v19-v20  2025-11-24 16:00  persona review        cleo on dana: 3 of 6 rules

# Interrupted.

$ on 80x24 persona review dana --reviewer cleo <<'EOF'
> expect rule 3 of 6
> type y
> signal INT
> EOF
--- 80x24
datebook: interrupted
hint: what you answered is kept; the same command goes on
---
exit 6
$ datebook log -q | head -2
VERSION  WHEN              COMMAND         TAGS  WHAT
v19-v21  2025-11-24 16:00  persona review        cleo on dana: 4 of 6 rules
$ datebook verify
datebook.db is sound: 21 versions in one chain, 21 hashed again from 100 rows
