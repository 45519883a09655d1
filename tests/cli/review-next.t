# review next: a reviewer, a terminal, one key after the other.  What pty does
# is told at the top of tests/cli/pty.c.

$ export DATEBOOK_DATA="$TEST_DATA/small" && pty="$BUILD/tests/cli/pty"
$ datebook init -q
Made datebook.db with 2 personas.
$ datebook -q generate --persona first --count 12 --seed 1
v2: 12 meetings for 1 persona, labelled
$ datebook -q review sample first --count 4
v3: drew sample first: 4 meetings from v2
  MEETINGS  DRAWN
        12      4
$ cp datebook.db base.db

# Without a terminal it says what else there is.

$ datebook review next first --reviewer ann
! datebook: review next needs a terminal to ask on
! hint: `datebook review export first` writes what is asked, and `datebook review record FILE` takes answers
? 2
$ datebook review next first
! datebook: --reviewer is needed: who is answering?
! hint: `datebook review next --help` shows how it is used
? 2
$ datebook review next
! datebook: review next needs NAME
! hint: `datebook review next --help` shows how it is used
? 2
$ datebook review next first --reviewer "ann b"
! datebook: "ann b" is no name of a reviewer
! hint: a name has letters, digits, ".", "_" and "-", does not start with "." or "-", and is at most 64 characters long
? 3
$ echo show | "$pty" 80x24 datebook review next fist --reviewer ann
--- 80x24
---
--- 80x24
datebook: there is no sample "fist"
hint: did you mean "first"?
---
exit 3

# Agreeing, correcting with a wrong rule, and skipping; then the rest.

$ "$pty" 80x24 datebook review next first --reviewer ann << 'END'
> expect realistic?
> show
> styles
> type y
> show
> type a
> show
> type nc
> show
> type 4
> show
> type 45\n
> show
> type d
> show
> type w
> show
> type 1
> show
> type s
> show
> type yoWarum? Zu spät 日本\n
> show
> type a
> END
--- 80x24
first: 0 of 4
Talk about coffee
When       Monday 21 September 2026, 14:45 to 15:15 (30 min), Asia/Shanghai
Where      Fuji
Organizer  Cem Okafor
Required   Cem Okafor, Ann Lee
Recurring  no

Bring coffee.

Label      medium, no prep, decline
Because    Sometimes important: small talks
RSVP by    Always decline: coffee

Ann First, tier 1
Always important: pipeline; quarter close
Sometimes important: » small talks (talk, up to 3 attendees)
Matches priority: Close the deal (deal)
Always decline: » coffee
Requires prep: Deal reviews with leadership (30 min: numbers)

Is the meeting realistic? y yes, n no
---
1: first: 0 of 4
1;4: Talk
1;4: coffee
1;4: coffee
1: medium, no prep, decline
1: Ann First
1: » small talks (talk, up to 3 attendees)
1: » coffee
--- 80x24
first: 0 of 4
Talk about coffee
When       Monday 21 September 2026, 14:45 to 15:15 (30 min), Asia/Shanghai
Where      Fuji
Organizer  Cem Okafor
Required   Cem Okafor, Ann Lee
Recurring  no

Bring coffee.

Label      medium, no prep, decline
Because    Sometimes important: small talks
RSVP by    Always decline: coffee

Ann First, tier 1
Always important: pipeline; quarter close
Sometimes important: » small talks (talk, up to 3 attendees)
Matches priority: Close the deal (deal)
Always decline: » coffee
Requires prep: Deal reviews with leadership (30 min: numbers)

And the label? a agree, c correct
---
--- 80x24
first: 1 of 4
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

Is the meeting realistic? y yes, n no
---
--- 80x24
first: 1 of 4
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

Importance? 1 low, 2 medium, 3 high, 4 critical; Enter: medium
---
--- 80x24
first: 1 of 4
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

Minutes to prepare? 0 for none; Enter: 0
\>
---
--- 80x24
first: 1 of 4
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

RSVP? a accept, t tentative, d decline; Enter: tentative
---
--- 80x24
first: 1 of 4
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

Why? w a rule is wrong, e an exception; Enter: not said
---
--- 80x24
first: 1 of 4
 1 Sometimes important: small talks

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

Which rule is wrong? Its number above; 0 none of these
---
--- 80x24
first: 2 of 4
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

Is the meeting realistic? y yes, n no
---
--- 80x24
first: 2 of 4
Deal review
When       Tuesday 22 September 2026, 09:00 to 10:00 (1 h), Asia/Shanghai
Organizer  Cem Lee
Required   Ann Lee
Optional   Ann Okafor
Recurring  no

Forecast.

Label      high, no prep, accept
Because    Matches priority: Close the deal

Ann First, tier 1
Always important: pipeline; quarter close
Sometimes important: small talks (talk, up to 3 attendees)
Matches priority: » Close the deal (deal)
Always decline: coffee
Requires prep: Deal reviews with leadership (30 min: numbers)

Is the meeting realistic? y yes, n no
---
--- 80x24
first: 2 of 4
Deal review
When       Tuesday 22 September 2026, 09:00 to 10:00 (1 h), Asia/Shanghai
Organizer  Cem Lee
Required   Ann Lee
Optional   Ann Okafor
Recurring  no

Forecast.

Label      high, no prep, accept
Because    Matches priority: Close the deal

Ann First, tier 1
Always important: pipeline; quarter close
Sometimes important: small talks (talk, up to 3 attendees)
Matches priority: » Close the deal (deal)
Always decline: coffee
Requires prep: Deal reviews with leadership (30 min: numbers)

Note: Warum? Zu spät 日本
And the label? a agree, c correct
---
--- 80x24
first, ann: 1 open, 3 done; 3 answers in this session
next: datebook review next first --reviewer ann
---
exit 0

$ datebook sql "select json_extract(document, '\$.realistic') as realistic, json_extract(document, '\$.importance') as importance, json_extract(document, '\$.prep_minutes') as prep, json_extract(document, '\$.rsvp') as rsvp, json_extract(document, '\$.cause') as cause, json_extract(document, '\$.rule') as rule, json_extract(document, '\$.note') as note, json_extract(document, '\$.version') as version from reviews where name like 'opinion/%'"
realistic	importance	prep	rsvp	cause	rule	note	version
1	medium	0	decline	none			3
0	critical	45	decline	rule	Sometimes important: small talks		4
1	high	0	accept	none		Warum? Zu spät 日本	5
$ datebook log | head -n 4
VERSION  WHEN              COMMAND        TAGS  WHAT
  v4-v6  2025-11-24 16:00  review next          ann on first: 3 opinions
     v3  2025-11-24 16:00  review sample        drew sample first: 4 meetings from v2
     v2  2025-11-24 16:00  generate             12 meetings for 1 persona, seed 1
$ datebook verify
datebook.db is sound: 6 versions in one chain, 6 hashed again from 30 rows

# What was skipped is still open, and the last answer says what comes next.

$ printf 'type ya\n' | "$pty" 80x24 datebook review next first --reviewer ann
--- 80x24
first, ann: 0 open, 4 done; 1 answer in this session
next: datebook review agreement first
---
exit 0
$ echo end | "$pty" 80x24 datebook review next first --reviewer ann
--- 80x24
first, ann: 0 open, 4 done; 0 answers in this session
next: datebook review agreement first
---
exit 0

# --all asks again about what was answered; what says the same is no version.

$ printf 'expect answered\nshow\ntype yaq\n' | "$pty" 80x24 datebook review next first --reviewer ann --all
--- 80x24
first: 4 of 4
You have answered this one. You said medium, no prep, decline.

Talk about coffee
When       Monday 21 September 2026, 14:45 to 15:15 (30 min), Asia/Shanghai
Where      Fuji
Organizer  Cem Okafor
Required   Cem Okafor, Ann Lee
Recurring  no

Bring coffee.

Label      medium, no prep, decline
Because    Sometimes important: small talks
RSVP by    Always decline: coffee

Ann First, tier 1
Always important: pipeline; quarter close
Sometimes important: » small talks (talk, up to 3 attendees)
Matches priority: Close the deal (deal)
Always decline: » coffee
Requires prep: Deal reviews with leadership (30 min: numbers)

Is the meeting realistic? y yes, n no
---
--- 80x24
first, ann: 0 open, 4 done; 1 answer in this session
next: datebook review agreement first
---
exit 0

$ datebook log | sed -n 2p
  v4-v8  2025-11-24 16:00  review next          ann on first: 5 opinions

# Blind: neither label nor marks before the answer.

$ cp base.db datebook.db
$ "$pty" 110x24 datebook review next first --reviewer ben --blind << 'END'
> expect realistic?
> show
> type y3
> show
> type \n15\n
> show
> type a
> show
> type s
> expect Enter goes on first
> type e
> show
> type oon the road\n
> type \n
> expect 1 of 4
> type y415\nt
> show
> type q
> END
--- 110x24
first: 0 of 4
Talk about coffee                                          │ Ann First, tier 1
When       Monday 21 September 2026, 14:45 to 15:15 (30    │ Always important: pipeline; quarter close
           min), Asia/Shanghai                             │ Sometimes important: small talks (talk, up to 3
Where      Fuji                                            │   attendees)
Organizer  Cem Okafor                                      │ Matches priority: Close the deal (deal)
Required   Cem Okafor, Ann Lee                             │ Always decline: coffee
Recurring  no                                              │ Requires prep: Deal reviews with leadership (30
                                                           │   min: numbers)
Bring coffee.                                              │
                                                           │
Label      hidden until you have answered                  │

Is the meeting realistic? y yes, n no
---
--- 110x24
first: 0 of 4
Talk about coffee                                          │ Ann First, tier 1
When       Monday 21 September 2026, 14:45 to 15:15 (30    │ Always important: pipeline; quarter close
           min), Asia/Shanghai                             │ Sometimes important: small talks (talk, up to 3
Where      Fuji                                            │   attendees)
Organizer  Cem Okafor                                      │ Matches priority: Close the deal (deal)
Required   Cem Okafor, Ann Lee                             │ Always decline: coffee
Recurring  no                                              │ Requires prep: Deal reviews with leadership (30
                                                           │   min: numbers)
Bring coffee.                                              │
                                                           │
Label      hidden until you have answered                  │

Minutes to prepare? 0 for none
\>
---
--- 110x24
first: 0 of 4
Talk about coffee                                          │ Ann First, tier 1
When       Monday 21 September 2026, 14:45 to 15:15 (30    │ Always important: pipeline; quarter close
           min), Asia/Shanghai                             │ Sometimes important: small talks (talk, up to 3
Where      Fuji                                            │   attendees)
Organizer  Cem Okafor                                      │ Matches priority: Close the deal (deal)
Required   Cem Okafor, Ann Lee                             │ Always decline: coffee
Recurring  no                                              │ Requires prep: Deal reviews with leadership (30
                                                           │   min: numbers)
Bring coffee.                                              │
                                                           │
Label      hidden until you have answered                  │

RSVP? a accept, t tentative, d decline
---
--- 110x24
first: 0 of 4
Talk about coffee                                          │ Ann First, tier 1
When       Monday 21 September 2026, 14:45 to 15:15 (30    │ Always important: pipeline; quarter close
           min), Asia/Shanghai                             │ Sometimes important: » small talks (talk, up to 3
Where      Fuji                                            │   attendees)
Organizer  Cem Okafor                                      │ Matches priority: Close the deal (deal)
Required   Cem Okafor, Ann Lee                             │ Always decline: » coffee
Recurring  no                                              │ Requires prep: Deal reviews with leadership (30
                                                           │   min: numbers)
Bring coffee.                                              │
                                                           │
Label      medium, no prep, decline                        │
Because    Sometimes important: small talks                │
RSVP by    Always decline: coffee                          │

The label is medium, no prep, decline; you say high, prep 15 minutes, accept.
Enter goes on, w a rule is wrong, e an exception, o note
---
--- 110x24
first: 0 of 4
Talk about coffee                                          │ Ann First, tier 1
When       Monday 21 September 2026, 14:45 to 15:15 (30    │ Always important: pipeline; quarter close
           min), Asia/Shanghai                             │ Sometimes important: » small talks (talk, up to 3
Where      Fuji                                            │   attendees)
Organizer  Cem Okafor                                      │ Matches priority: Close the deal (deal)
Required   Cem Okafor, Ann Lee                             │ Always decline: » coffee
Recurring  no                                              │ Requires prep: Deal reviews with leadership (30
                                                           │   min: numbers)
Bring coffee.                                              │
                                                           │
Label      medium, no prep, decline                        │
Because    Sometimes important: small talks                │
RSVP by    Always decline: coffee                          │

The label is medium, no prep, decline; you say high, prep 15 minutes, accept: an exception.
Enter goes on, w a rule is wrong, e an exception, o note
---
--- 110x24
first: 1 of 4
Talk about tea                                             │ Ann First, tier 1
When       Tuesday 22 September 2026, 17:30 to 18:00 (30   │ Always important: pipeline; quarter close
           min), Asia/Shanghai                             │ Sometimes important: » small talks (talk, up to 3
Organizer  Dina Lee                                        │   attendees)
Required   Ann Lee                                         │ Matches priority: Close the deal (deal)
Recurring  no                                              │ Always decline: coffee
                                                           │ Requires prep: Deal reviews with leadership (30
Bring tea.                                                 │   min: numbers)
                                                           │
Label      medium, no prep, tentative                      │
Because    Sometimes important: small talks                │

The label is medium, no prep, tentative; you say critical, prep 15 minutes, tentative.
Enter goes on, w a rule is wrong, e an exception, o note
---
--- 110x24
first, ben: 2 open, 2 done; 2 answers in this session
next: datebook review next first --reviewer ben --blind
---
exit 0

$ datebook sql "select json_extract(document, '\$.blind') as blind, json_extract(document, '\$.note') as note, json_extract(document, '\$.importance') as importance, json_extract(document, '\$.cause') as cause from reviews where name like 'opinion/%'"
blind	note	importance	cause
1	on the road	high	exception
1		critical	none

# Undo puts back what there was before, answer by answer, as new versions.

$ cp base.db datebook.db
$ "$pty" 80x24 datebook review next first --reviewer ann << 'END'
> type u
> show
> type yana
> expect 2 of 4
> type u
> show
> type u
> expect 0 of 4
> expect Taken back
> type u
> expect no answer
> type nasuq
> END
--- 80x24
first: 0 of 4
Talk about coffee
When       Monday 21 September 2026, 14:45 to 15:15 (30 min), Asia/Shanghai
Where      Fuji
Organizer  Cem Okafor
Required   Cem Okafor, Ann Lee
Recurring  no

Bring coffee.

Label      medium, no prep, decline
Because    Sometimes important: small talks
RSVP by    Always decline: coffee

Ann First, tier 1
Always important: pipeline; quarter close
Sometimes important: » small talks (talk, up to 3 attendees)
Matches priority: Close the deal (deal)
Always decline: » coffee
Requires prep: Deal reviews with leadership (30 min: numbers)

There is no answer of this session to take back.
Is the meeting realistic? y yes, n no
---
--- 80x24
first: 1 of 4
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

Taken back: answer this one again, or skip it.
Is the meeting realistic? y yes, n no
---
--- 80x24
first, ann: 4 open, 0 done; 0 answers in this session
next: datebook review next first --reviewer ann
---
exit 0

$ datebook log | head -n 7
VERSION  WHEN              COMMAND        TAGS  WHAT
  v4-v9  2025-11-24 16:00  review next          ann on first: 3 opinions, 3 taken back
     v3  2025-11-24 16:00  review sample        drew sample first: 4 meetings from v2
     v2  2025-11-24 16:00  generate             12 meetings for 1 persona, seed 1
     v1  2025-11-24 16:00  init                 2 personas from the library
$ datebook sql "select json_extract(document, '\$.realistic') as realistic, name from reviews"
realistic	name
	sample/first

# A replaced answer comes back.

$ printf 'type ya\ntype q\n' | "$pty" 80x24 datebook review next first --reviewer ann | tail -n 4
first, ann: 3 open, 1 done; 1 answer in this session
next: datebook review next first --reviewer ann
---
exit 0
$ printf 'type noshorter\\na\ntype u\nshow\ntype q\n' | "$pty" 80x24 datebook review next first --reviewer ann --all
--- 80x24
first: 1 of 4                                                 page 1 of 2: space
You have answered this one. You said medium, no prep, decline.

Talk about coffee
When       Monday 21 September 2026, 14:45 to 15:15 (30 min), Asia/Shanghai
Where      Fuji
Organizer  Cem Okafor
Required   Cem Okafor, Ann Lee
Recurring  no

Bring coffee.

Label      medium, no prep, decline
Because    Sometimes important: small talks
RSVP by    Always decline: coffee

Ann First, tier 1
Always important: pipeline; quarter close
Sometimes important: » small talks (talk, up to 3 attendees)
Matches priority: Close the deal (deal)
Always decline: » coffee

Taken back: answer this one again, or skip it.
Is the meeting realistic? y yes, n no
---
--- 80x24
first, ann: 3 open, 1 done; 0 answers in this session
next: datebook review next first --reviewer ann --all
---
exit 0

$ datebook sql "select json_extract(document, '\$.realistic') as realistic from reviews where name like 'opinion/%'"
realistic
1
