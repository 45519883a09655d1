# review next and its terminal: kills, signals, sizes, kinds of terminals, and
# texts that would do harm to one.

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

# Killed between two keys: every answer that was given is there.

$ "$pty" 80x24 datebook review next first --reviewer ann << 'END'
> type yana
> expect 2 of 4
> type yc4
> signal KILL
> end
> END
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

Minutes to prepare? 0 for none; Enter: 0
\>
---
killed by signal 9, and the terminal is left with keys, no echo

$ datebook sql "select json_extract(document, '\$.realistic') as realistic from reviews where name like 'opinion/%' order by 1"
realistic
0
1
$ datebook verify
datebook.db is sound: 5 versions in one chain, 5 hashed again from 29 rows
$ printf 'expect 2 of 4\ntype yaya\n' | "$pty" 80x24 datebook review next first --reviewer ann
--- 80x24
first, ann: 0 open, 4 done; 2 answers in this session
next: datebook review agreement first
---
exit 0

# What was said blind is saved before the label is shown.

$ cp base.db datebook.db
$ printf 'type y415\\nt\nexpect Enter goes on\nsignal KILL\nend\n' | "$pty" 110x24 datebook review next first --reviewer ben --blind | tail -n 4
The label is medium, no prep, decline; you say critical, prep 15 minutes, tentative.
Enter goes on, w a rule is wrong, e an exception, o note
---
killed by signal 9, and the terminal is left with keys, no echo
$ datebook sql "select reviewer, importance, document ->> '\$.blind' as blind from reviews where kind = 'opinion'"
reviewer	importance	blind
ben	critical	1
$ printf 'type y315\\nt\nexpect Enter goes on\ntype e\ntype \\nuq\n' | "$pty" 110x24 datebook review next first --reviewer ben --blind | tail -n 4
first, ben: 3 open, 1 done; 0 answers in this session
next: datebook review next first --reviewer ben --blind
---
exit 0
$ datebook log | head -n 3
VERSION  WHEN              COMMAND        TAGS  WHAT
  v4-v7  2025-11-24 16:00  review next          ben on first: 2 opinions, 1 taken back
     v3  2025-11-24 16:00  review sample        drew sample first: 4 meetings from v2

# Keys come one by one while it asks; whatever ends it gives the terminal back.

$ cp base.db datebook.db
$ for signal in INT TERM HUP QUIT; do printf 'expect realistic?\nmodes\nsignal %s\n' $signal | "$pty" 80x24 datebook review next first --reviewer ann; done
keys, no echo
--- 80x24
datebook: interrupted; every answer that was given is kept
hint: `datebook review next first --reviewer ann` goes on
---
exit 6
keys, no echo
--- 80x24
datebook: interrupted; every answer that was given is kept
hint: `datebook review next first --reviewer ann` goes on
---
exit 6
keys, no echo
--- 80x24
datebook: interrupted; every answer that was given is kept
hint: `datebook review next first --reviewer ann` goes on
---
exit 6
keys, no echo
--- 80x24
datebook: interrupted; every answer that was given is kept
hint: `datebook review next first --reviewer ann` goes on
---
exit 6
$ printf 'expect realistic?\nsend \\x03\n' | "$pty" 80x24 datebook review next first --reviewer ann
--- 80x24
datebook: interrupted; every answer that was given is kept
hint: `datebook review next first --reviewer ann` goes on
---
exit 6
$ printf 'type yaq\n' | "$pty" 80x24 datebook review next first --reviewer ann
--- 80x24
first, ann: 3 open, 1 done; 1 answer in this session
next: datebook review next first --reviewer ann
---
exit 0
$ printf 'type ya\nhangup\n' | "$pty" 80x24 datebook review next first --reviewer ann
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
exit 3

$ datebook sql "select count(*) from reviews where name like 'opinion/%'"
count(*)
2

# Stopped and continued: the terminal is given back, and taken again.

$ "$pty" 80x24 datebook review next first --reviewer cleo << 'END'
> type y
> modes
> send \x1a
> stopped
> modes
> signal CONT
> drawn
> modes
> expect And the label?
> type aq
> END
keys, no echo
lines, echo
keys, no echo
--- 80x24
first, cleo: 3 open, 1 done; 1 answer in this session
next: datebook review next first --reviewer cleo
---
exit 0

# A lone Escape is a key; a key that sends a sequence is no letter of it.

$ "$pty" 80x24 datebook review next first --reviewer dora << 'END'
> type y
> expect And the label?
> type \e
> expect realistic?
> type y\e[D\e[1;5C\eOD\e[15~
> expect And the label?
> type \xc3\xbc
> show
> type q
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

That key means nothing here; ? lists the keys.
And the label? a agree, c correct
---
--- 80x24
first, dora: 4 open, 0 done; 0 answers in this session
next: datebook review next first --reviewer dora
---
exit 0

# Small terminals, and other sizes while it runs.

$ "$pty" 40x10 datebook review next first --reviewer emil << 'END'
> expect realistic?
> show
> type \x20
> show
> type b
> expect 1/4 space
> resize 120x20
> show
> resize 20x5
> show
> type oa long note that fills more than one line\nq
> END
--- 40x10
first: 0 of 4                  1/4 space
Talk about coffee
When       Monday 21 September 2026,
           14:45 to 15:15 (30 min),
           Asia/Shanghai
Where      Fuji
Organizer  Cem Okafor
Required   Cem Okafor, Ann Lee
Recurring  no
Is the meeting realistic? y yes, n no
---
--- 40x10
first: 0 of 4                  2/4 space

Bring coffee.

Label      medium, no prep, decline
Because    Sometimes important: small
           talks
RSVP by    Always decline: coffee

Is the meeting realistic? y yes, n no
---
--- 120x20
first: 0 of 4
Talk about coffee                                                │ Ann First, tier 1
When       Monday 21 September 2026, 14:45 to 15:15 (30 min),    │ Always important: pipeline; quarter close
           Asia/Shanghai                                         │ Sometimes important: » small talks (talk, up to 3
Where      Fuji                                                  │   attendees)
Organizer  Cem Okafor                                            │ Matches priority: Close the deal (deal)
Required   Cem Okafor, Ann Lee                                   │ Always decline: » coffee
Recurring  no                                                    │ Requires prep: Deal reviews with leadership (30 min:
                                                                 │   numbers)
Bring coffee.                                                    │
                                                                 │
Label      medium, no prep, decline                              │
Because    Sometimes important: small talks                      │
RSVP by    Always decline: coffee                                │

Is the meeting realistic? y yes, n no
---
--- 20x5
first: 0… 1/40 space
Talk about coffee
Is the meeting
realistic? y yes, n
no
---
--- 20x5
n this session
next: datebook revie
w next first --revie
wer emil
---
exit 0

# Marks are brackets where there are no colours, and lines scroll where there is
# nothing but lines.

$ printf 'show\nstyles\ntype q\n' | sed '1i expect realistic?' | NO_COLOR=1 "$pty" 60x24 datebook review next first --reviewer emil
--- 60x24
first: 0 of 4
[Talk] about [coffee]
When       Monday 21 September 2026, 14:45 to 15:15 (30
           min), Asia/Shanghai
Where      Fuji
Organizer  Cem Okafor
Required   Cem Okafor, Ann Lee
Recurring  no

Bring [coffee].

Label      medium, no prep, decline
Because    Sometimes important: small talks
RSVP by    Always decline: coffee

Ann First, tier 1
Always important: pipeline; quarter close
Sometimes important: » small talks (talk, up to 3 attendees)
Matches priority: Close the deal (deal)
Always decline: » coffee
Requires prep: Deal reviews with leadership (30 min:
  numbers)

Is the meeting realistic? y yes, n no
---
--- 60x24
first, emil: 4 open, 0 done; 0 answers in this session
next: datebook review next first --reviewer emil
---
exit 0

$ printf 'expect realistic?\nsend yq\n' | TERM=dumb "$pty" 60x50 datebook review next first --reviewer emil
--- 60x50
[Talk] about [coffee]
When       Monday 21 September 2026, 14:45 to 15:15 (30
           min), Asia/Shanghai
Where      Fuji
Organizer  Cem Okafor
Required   Cem Okafor, Ann Lee
Recurring  no

Bring [coffee].

Label      medium, no prep, decline
Because    Sometimes important: small talks
RSVP by    Always decline: coffee

Ann First, tier 1
Always important: pipeline; quarter close
Sometimes important: » small talks (talk, up to 3 attendees)
Matches priority: Close the deal (deal)
Always decline: » coffee
Requires prep: Deal reviews with leadership (30 min:
  numbers)

Is the meeting realistic? y yes, n no
first: 0 of 4
[Talk] about [coffee]
When       Monday 21 September 2026, 14:45 to 15:15 (30
           min), Asia/Shanghai
Where      Fuji
Organizer  Cem Okafor
Required   Cem Okafor, Ann Lee
Recurring  no

Bring [coffee].

Label      medium, no prep, decline
Because    Sometimes important: small talks
RSVP by    Always decline: coffee

Ann First, tier 1
Always important: pipeline; quarter close
Sometimes important: » small talks (talk, up to 3 attendees)
Matches priority: Close the deal (deal)
Always decline: » coffee
Requires prep: Deal reviews with leadership (30 min:
  numbers)

And the label? a agree, c correct
first, emil: 4 open, 0 done; 0 answers in this session
next: datebook review next first --reviewer emil
---
exit 0

# Nothing in a document reaches the terminal as it is.

$ hostile=$TEST_DATA/personas/hostile.json
$ rm datebook.db; datebook init -q --no-library; datebook -q persona add "$hostile"; datebook -q generate --all --count 6
Made datebook.db with 0 personas.
added   hostile
v1: 1 added, 0 changed, 0 unchanged
v2: 6 meetings for 1 persona, labelled
$ datebook -q review sample first --count 6
v3: drew sample first: 6 meetings from v2
  MEETINGS  DRAWN
         6      6
$ printf 'expect realistic?\nshow\ntype ya\nshow\ntype yc1\\n\\nw\nshow\ntype q\n' | "$pty" 80x30 datebook review next first --reviewer ann
--- 80x30
first: 0 of 6
Sync \u2066now\u2069
When       Monday 19 October 2026, 10:05 to 10:30 (25 min), Asia/Shanghai
Organizer  Dina Lee
Required   Dina Lee, Ann Okafor
Optional   Ann Okafor, Dina Okafor
Recurring  no

\\u200fRed

Label      critical, no prep, accept
Because    Always important: sync\u202e

Red \u202eevil\u202c \u200bAlert, tier 3
Always important: » sync\u202e; planning

Is the meeting realistic? y yes, n no
---
--- 80x30
first: 1 of 6
Talk about tea
When       Monday 19 October 2026, 13:30 to 14:00 (30 min), Asia/Shanghai
Organizer  Ann Okafor
Required   Ann Okafor
Recurring  no

Bring tea.

Label      medium, no prep, tentative
Because    No specific rule matched

Red \u202eevil\u202c \u200bAlert, tier 3
Always important: sync\u202e; planning

Is the meeting realistic? y yes, n no
---
--- 80x30
first: 2 of 6
Talk about tea
When       Monday 19 October 2026, 16:00 to 16:30 (30 min), Asia/Shanghai
Organizer  Bo Lee
Required   Bo Lee, Ann Okafor
Recurring  no

Bring tea.

Label      medium, no prep, tentative
Because    No specific rule matched

Red \u202eevil\u202c \u200bAlert, tier 3
Always important: sync\u202e; planning

Is the meeting realistic? y yes, n no
---
--- 80x30
first, ann: 4 open, 2 done; 2 answers in this session
next: datebook review next first --reviewer ann
---
exit 0

