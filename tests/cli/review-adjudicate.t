# Where reviewers disagree: listed, and decided one by one.

$ export DATEBOOK_DATA="$TEST_DATA/small" && pty="$BUILD/tests/cli/pty"
$ datebook -q init >made
$ datebook -q generate --persona first --count 12 --seed 1 >made
$ datebook -q review sample first --count 5 >made
$ answer() { # NUMBER REVIEWER MORE
>     meeting=$(datebook review export first | sed -n "$1s/.*\"meeting\":\"\([^\"]*\)\".*/\1/p")
>     printf '{"sample":"first","meeting":"%s","reviewer":"%s","realistic":%s}\n' "$meeting" "$2" "${3-true}"
> }

$ datebook review export first | sed 's/.*"label"://; s/,"opinions.*//'
{"importance":"medium","prep_needed":false,"prep_time_minutes":0,"rsvp":"decline","reasoning":"Sometimes important: small talks"}
{"importance":"high","prep_needed":false,"prep_time_minutes":0,"rsvp":"accept","reasoning":"Matches priority: Close the deal"}
{"importance":"medium","prep_needed":false,"prep_time_minutes":0,"rsvp":"tentative","reasoning":"Sometimes important: small talks"}
{"importance":"critical","prep_needed":false,"prep_time_minutes":0,"rsvp":"accept","reasoning":"Always important: pipeline"}
{"importance":"high","prep_needed":false,"prep_time_minutes":0,"rsvp":"accept","reasoning":"Matches priority: Close the deal"}

# Nothing was said yet, so nobody disagrees.

$ datebook review adjudicate first --list
first, v3: 0 disagreements
$ datebook review adjudicate first --json
{"version":3,"sample":"first","disagreements":[]}

# Two say different things of two meetings, one corrects a third; of the fourth
# they say the same.

$ {
>     answer 1 ann 'true,"importance":"critical","prep_time_minutes":45,"cause":"exception","note":"The board comes, und das heißt: alles muss sitzen, von der ersten bis zur letzten Folie."'
>     answer 1 ben
>     answer 2 ann
>     answer 2 ben-of-a-name-that-is-as-long-as-any-name-of-a-reviewer-may-be-x 'false,"note":"Nobody meets there."'
>     answer 3 ann 'true,"rsvp":"accept","cause":"rule","rule":"Sometimes important: small talks"'
>     answer 4 ann
>     answer 4 ben
> } >answers.jsonl
$ datebook -q review record answers.jsonl
v4: 3 reviewers on first: 7 opinions
$ datebook review adjudicate first --list
first, v4: 3 disagreements

  REVIEWER                  REALISTIC  IMPORTANCE    PREP  RSVP       WHY

Talk about coffee
  first
  AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A6G8ownBgGm-zOrWrF63YaI1xWCUuLqC0
  ann                       yes        critical    45 min  decline    exception
      note: The board comes, und das heißt: alles muss sitzen, von der ersten
      bis zur letzten Folie.
  ben                       yes        medium        none  decline
  the rules                            medium        none  decline
      because: Sometimes important: small talks

Deal review
  first
  AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A8v6RAXMEtMdrZkJ0YynBXCJ6Di6olPYL
  ann                       yes        high          none  accept
  ben-of-a-name-that-is-a…  no         high          none  accept
      note: Nobody meets there.
  the rules                            high          none  accept
      because: Matches priority: Close the deal

Talk about tea
  first
  AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0ACA-T4agmYGcC822MOu6I0uROwV5NEoln
  ann                       yes        medium        none  accept     rule
      wrong: Sometimes important: small talks
  the rules                            medium        none  tentative
      because: Sometimes important: small talks
? 1
$ datebook review adjudicate first --list | awk '!/AAkA/ && length > 80'
$ datebook review adjudicate first --json | tr '{' '\n' | grep -c '"reviewer"'
5
$ datebook review adjudicate first --list --at 3
first, v3: 0 disagreements

# How it is asked for.

$ datebook review adjudicate first
! datebook: --reviewer is needed: who is answering?
! hint: `datebook review adjudicate --help` shows how it is used
? 2
$ datebook review adjudicate first --list --reviewer cleo
! datebook: a list is nobody's: give it without --reviewer
! hint: `datebook review adjudicate --help` shows how it is used
? 2
$ datebook review adjudicate first --reviewer cleo --at 3
! datebook: --at goes with --list
! hint: `datebook review adjudicate --help` shows how it is used
? 2
$ datebook review adjudicate frist --list
! datebook: there is no sample "frist"
! hint: did you mean "first"?
? 3
$ datebook review adjudicate first --reviewer cleo </dev/null
! datebook: review adjudicate needs a terminal to ask on
! hint: `datebook review export first` writes what is asked, and `datebook review record FILE` takes answers
? 2

# On a terminal: a number takes an opinion, l the label of the rules; where they
# do not even agree on the meeting itself, that is asked first.

$ "$pty" 80x30 datebook review adjudicate first --reviewer cleo <<'END'
> expect 3 disagreements
> show
> type 1
> expect 2 disagreements
> show
> type n
> expect And the label
> type l
> expect 1 disagreement
> type u
> expect Taken back
> show
> type yl
> expect 1 disagreement
> type otoo early\nc3
> type 30\n
> type te
> end
> END
--- 80x30
first: 3 disagreements
  REVIEWER     REALISTIC  IMPORTANCE    PREP  RSVP     WHY
  1 ann        yes        critical    45 min  decline  exception
      note: The board comes, und das heißt: alles muss sitzen, von der ersten
      bis zur letzten Folie.
  2 ben        yes        medium        none  decline
  l the rules             medium        none  decline

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

And the label? a agree, c correct, 1 as ann, 2 as ben
---
--- 80x30
first: 2 disagreements
  REVIEWER                  REALISTIC  IMPORTANCE  PREP  RSVP    WHY
  1 ann                     yes        high        none  accept
  2 ben-of-a-name-that-is…  no         high        none  accept
      note: Nobody meets there.
  l the rules                          high        none  accept

Deal review
When       Wednesday 23 September 2026, 09:00 to 10:00 (1 h), Asia/Shanghai
Organizer  Ann Okafor
Required   Ann Okafor, Dina Okafor, Ann Lee
Optional   Bo Okafor
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

Is the meeting realistic? y yes, n no, 1 as ann, 2 as
ben-of-a-name-that-is-as-long-as-any-name-of-a-reviewer-may-be-x
---
--- 80x30
first: 2 disagreements
  REVIEWER                  REALISTIC  IMPORTANCE  PREP  RSVP    WHY
  1 ann                     yes        high        none  accept
  2 ben-of-a-name-that-is…  no         high        none  accept
      note: Nobody meets there.
  l the rules                          high        none  accept

Deal review
When       Wednesday 23 September 2026, 09:00 to 10:00 (1 h), Asia/Shanghai
Organizer  Ann Okafor
Required   Ann Okafor, Dina Okafor, Ann Lee
Optional   Bo Okafor
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

Taken back: answer this one again, or skip it.
Is the meeting realistic? y yes, n no, 1 as ann, 2 as
ben-of-a-name-that-is-as-long-as-any-name-of-a-reviewer-may-be-x
---
--- 80x30
first: 3 decisions in this session, 0 disagreements left
next: datebook review agreement first
---
exit 0
$ datebook log --limit 5
VERSION  WHEN              COMMAND            TAGS  WHAT
  v5-v9  2025-11-24 16:00  review adjudicate        cleo on first: 4 decisions, 1 taken back
     v4  2025-11-24 16:00  review record            3 reviewers on first: 7 opinions
     v3  2025-11-24 16:00  review sample            drew sample first: 5 meetings from v2
     v2  2025-11-24 16:00  generate                 12 meetings for 1 persona, seed 1
     v1  2025-11-24 16:00  init                     2 personas from the library
$ datebook review adjudicate first --list
first, v9: 0 disagreements
$ datebook review export first | sed 's/.*"opinions"://; s/,"event".*//' | grep -o '"reviewer":"cleo".*'
"reviewer":"cleo","version":4,"current":true,"realistic":true,"importance":"critical","prep_time_minutes":45,"rsvp":"decline","cause":"exception","note":"","blind":false,"decision":true}]
"reviewer":"cleo","version":7,"current":true,"realistic":true,"importance":"high","prep_time_minutes":0,"rsvp":"accept","cause":"none","note":"","blind":false,"decision":true}]
"reviewer":"cleo","version":8,"current":true,"realistic":true,"importance":"high","prep_time_minutes":30,"rsvp":"tentative","cause":"exception","note":"too early","blind":false,"decision":true}]

# Decisions come as lines as well, and all opinions stay.

$ answer 5 ann 'true,"importance":"low"' | datebook -q review record -
v10: ann on first: 1 opinion
$ datebook review adjudicate first --list | head -n 1
first, v10: 1 disagreement
$ answer 5 dora 'true,"decision":true' | datebook review record -
v11: dora on first: 1 decision
! next: datebook review agreement first
$ datebook review adjudicate first --list
first, v11: 0 disagreements
$ datebook review list
SAMPLE  MEETINGS  FROM  REVIEWERS  OPEN  DISPUTED  SETTLED  GONE
first          5    v2          3     0         0        5     0

# There is nothing left to ask.

$ "$pty" 80x24 datebook review adjudicate first --reviewer cleo </dev/null
--- 80x24
first: 0 decisions in this session, 0 disagreements left
next: datebook review agreement first
---
exit 0
