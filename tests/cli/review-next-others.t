# review next beside others: nothing is locked while somebody thinks, and no
# answer is saved to a question that is another one by now.

$ export DATEBOOK_DATA="$TEST_DATA/small" && pty="$BUILD/tests/cli/pty"
$ datebook init -q
Made datebook.db with 2 personas.
$ datebook -q generate --persona first --count 12 --seed 1
v2: 12 meetings for 1 persona, labelled
$ datebook -q review sample first --count 3
v3: drew sample first: 3 meetings from v2
  MEETINGS  DRAWN
        12      3
$ cp datebook.db base.db

# The label is changed between question and answer.

$ sed 's/"coffee"/"coffee", "tea", "pipeline", "deal", "talk"/' "$DATEBOOK_DATA/first.json" > first.json
$ "$pty" 80x24 datebook review next first --reviewer ann << 'END'
> expect realistic?
> run datebook -q persona add first.json && datebook -q relabel
> type ya
> show
> type ya
> expect 1 of 3
> type q
> END
changed first
        rsvp_rules.always_decline: added "tea"
        rsvp_rules.always_decline: added "pipeline"
        rsvp_rules.always_decline: added "deal"
        rsvp_rules.always_decline: added "talk"
v4: 0 added, 1 changed, 0 unchanged
v5: labelled 12 meetings again, 12 labels changed
--- 80x24
first: 0 of 3
Talk about tea
When       Tuesday 22 September 2026, 17:30 to 18:00 (30 min), Asia/Shanghai
Organizer  Dina Lee
Required   Ann Lee
Recurring  no

Bring tea.

Label      medium, no prep, decline
Because    Sometimes important: small talks
RSVP by    Always decline: tea; Always decline: talk

Ann First, tier 1
Always important: pipeline; quarter close
Sometimes important: » small talks (talk, up to 3 attendees)
Matches priority: Close the deal (deal)
Always decline: coffee; » tea; pipeline; deal; » talk
Requires prep: Deal reviews with leadership (30 min: numbers)

Not saved: the label was changed meanwhile. Here it is as it is now; please
answer again.
Is the meeting realistic? y yes, n no
---
--- 80x24
first, ann: 2 open, 1 done; 1 answer in this session
next: datebook review next first --reviewer ann
---
exit 0

$ datebook log | head -n 3
VERSION  WHEN              COMMAND        TAGS  WHAT
     v6  2025-11-24 16:00  review next          ann on first: 1 opinion
     v5  2025-11-24 16:00  relabel              12 of 12 labels changed

# What was answered before a relabel is open again.

$ cp base.db datebook.db
$ printf 'type yayaya\n' | "$pty" 80x24 datebook review next first --reviewer ann
--- 80x24
first, ann: 0 open, 3 done; 3 answers in this session
next: datebook review agreement first
---
exit 0
$ datebook -q persona add first.json && datebook -q relabel
changed first
        rsvp_rules.always_decline: added "tea"
        rsvp_rules.always_decline: added "pipeline"
        rsvp_rules.always_decline: added "deal"
        rsvp_rules.always_decline: added "talk"
v7: 0 added, 1 changed, 0 unchanged
v8: labelled 12 meetings again, 12 labels changed
$ printf 'expect again\nshow\ntype q\n' | "$pty" 80x24 datebook review next first --reviewer ann
--- 80x24
first: 0 of 3, 3 open again
Open again: the label was changed since you answered. You said medium, no prep,
  tentative, when the label was medium, no prep, tentative.

Talk about tea
When       Tuesday 22 September 2026, 17:30 to 18:00 (30 min), Asia/Shanghai
Organizer  Dina Lee
Required   Ann Lee
Recurring  no

Bring tea.

Label      medium, no prep, decline
Because    Sometimes important: small talks
RSVP by    Always decline: tea; Always decline: talk

Ann First, tier 1
Always important: pipeline; quarter close
Sometimes important: » small talks (talk, up to 3 attendees)
Matches priority: Close the deal (deal)
Always decline: coffee; » tea; pipeline; deal; » talk
Requires prep: Deal reviews with leadership (30 min: numbers)

Is the meeting realistic? y yes, n no
---
--- 80x24
first, ann: 0 open, 3 open again, 0 done; 0 answers in this session
next: datebook review next first --reviewer ann
---
exit 0

$ printf 'expect again\nshow\ntype q\n' | "$pty" 80x24 datebook review next first --reviewer ann --blind
--- 80x24
first: 0 of 3, 3 open again
Open again: the label was changed since you answered.

Talk about tea
When       Tuesday 22 September 2026, 17:30 to 18:00 (30 min), Asia/Shanghai
Organizer  Dina Lee
Required   Ann Lee
Recurring  no

Bring tea.

Label      hidden until you have answered

Ann First, tier 1
Always important: pipeline; quarter close
Sometimes important: small talks (talk, up to 3 attendees)
Matches priority: Close the deal (deal)
Always decline: coffee; tea; pipeline; deal; talk
Requires prep: Deal reviews with leadership (30 min: numbers)

Is the meeting realistic? y yes, n no
---
--- 80x24
first, ann: 0 open, 3 open again, 0 done; 0 answers in this session
next: datebook review next first --reviewer ann --blind
---
exit 0

# The same name on two terminals: the second to answer is told.

$ cp base.db datebook.db
$ printf 'type na\ntype q\n' > other
$ "$pty" 80x24 datebook review next first --reviewer ann << 'END'
> expect realistic?
> run "$BUILD/tests/cli/pty" 80x24 datebook review next first --reviewer ann < other
> type ya
> show
> type ya
> expect 1 of 3
> run "$BUILD/tests/cli/pty" 80x24 datebook review next first --reviewer ann --all < other
> type u
> show
> type q
> END
--- 80x24
first, ann: 2 open, 1 done; 1 answer in this session
next: datebook review next first --reviewer ann
---
exit 0
--- 80x24
first: 1 of 3
You have answered this one. You said not realistic, medium, no prep, tentative.

Talk about tea
When       Tuesday 22 September 2026, 17:30 to 18:00 (30 min), Asia/Shanghai
Organizer  Dina Lee
Required   Ann Lee
Recurring  no

Bring tea.

Label      medium, no prep, tentative
Because    Sometimes important: small talks

Ann First, tier 1
Always important: pipeline; quarter close
Sometimes important: » small talks (talk, up to 3 attendees)
Matches priority: Close the deal (deal)
Always decline: coffee
Requires prep: Deal reviews with leadership (30 min: numbers)

Not saved: another answer of yours came meanwhile. Please look again.
Is the meeting realistic? y yes, n no
---
--- 80x24
first, ann: 2 open, 1 done; 1 answer in this session
next: datebook review next first --reviewer ann --all
---
exit 0
--- 80x24
first: 1 of 3
Pipeline review
When       Tuesday 22 September 2026, 10:00 to 11:00 (1 h), Asia/Shanghai
Where      Fuji
Organizer  Cem Lee
Required   Cem Lee, Dina Okafor, Ann Lee
Recurring  no

Forecast.

Label      critical, no prep, accept
Because    Always important: pipeline

Ann First, tier 1
Always important: » pipeline; quarter close
Sometimes important: small talks (talk, up to 3 attendees)
Matches priority: Close the deal (deal)
Always decline: coffee
Requires prep: Deal reviews with leadership (30 min: numbers)

Not taken back: the answer was changed since.
Is the meeting realistic? y yes, n no
---
--- 80x24
first, ann: 2 open, 1 done; 0 answers in this session
next: datebook review next first --reviewer ann
---
exit 0

# Another reviewer does not matter.

$ cp base.db datebook.db
$ "$pty" 80x24 datebook review next first --reviewer ann << 'END'
> expect realistic?
> run "$BUILD/tests/cli/pty" 80x24 datebook review next first --reviewer ben < other
> type ya
> expect 1 of 3
> type q
> END
--- 80x24
first, ben: 2 open, 1 done; 1 answer in this session
next: datebook review next first --reviewer ben
---
exit 0
--- 80x24
first, ann: 2 open, 1 done; 1 answer in this session
next: datebook review next first --reviewer ann
---
exit 0

# The meeting goes away; the sample goes away.

$ cp base.db datebook.db
$ "$pty" 80x24 datebook review next first --reviewer ann << 'END'
> expect realistic?
> run datebook persona remove first
> type ya
> END
v4: removed 1 persona with 12 meetings
--- 80x24
first, ann: 0 open, 0 done, 3 not there any more; 0 answers in this session
Not saved: the meeting is not in the sample any more.
next: datebook review agreement first
---
exit 0
! they stay in v3 and before
$ cp base.db datebook.db
$ "$pty" 80x24 datebook review next first --reviewer ann << 'END'
> expect realistic?
> run datebook -q review remove first
> type ya
> END
v4: removed sample first
--- 80x24
datebook: there is no sample "first"
hint: `datebook review sample NAME --count N` draws one
---
exit 3

# While another program writes, an answer cannot be saved: it is not lost, but
# tried again when the reviewer says so.

$ cp base.db datebook.db; mkfifo pipe; sqlite3 datebook.db < pipe & exec 5> pipe; echo "begin immediate;" >&5
$ while sqlite3 datebook.db "begin immediate; rollback" 2> err; do :; done
$ "$pty" 160x24 datebook --wait 0 review next first --reviewer ann << 'END' | sed 's/process [0-9]*[^,]*/process PID/; s/for [0-9]* s/for N s/'
> type ya
> show
> type \n
> expect tries again
> run echo "rollback;" >&5; until sqlite3 datebook.db "begin immediate; rollback" 2> err; do :; done
> type \n
> expect 1 of 3
> type q
> END
--- 160x24
The answer could not be saved: datebook.db is locked: held by process PID, running for N s.
Enter tries again, q gives it up
---
--- 160x24
first, ann: 2 open, 1 done; 1 answer in this session
next: datebook review next first --reviewer ann
---
exit 0
$ exec 5>&-; wait; datebook verify
datebook.db is sound: 4 versions in one chain, 4 hashed again from 28 rows
