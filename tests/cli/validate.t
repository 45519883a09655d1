# Is it good data?  The meetings here are made by the generator and then made
# even, so that the numbers are known.

$ datebook init --no-library -q
Made datebook.db with 0 personas.
$ datebook validate
v0: 0 meetings of 0 personas
! next: datebook persona add FILE-OR-FOLDER
? 1
$ datebook -q persona add "$TEST_DATA/personas/smallest.json" "$TEST_DATA/personas/reference.json"
added   smallest
added   reference
v1: 2 added, 0 changed, 0 unchanged
$ datebook validate
v1: 0 meetings of 2 personas
! next: datebook generate --all
? 1
$ datebook -q generate --all --count 60
v2: 120 meetings for 2 personas, labelled
$ sqlite3 datebook.db <<.
> UPDATE meeting SET id = 'meeting-' || (meeting >> 32) || '-' || (meeting & 0xffff);
> UPDATE meeting_fact SET type = 0, minutes = 30, start = 29460000 + 10 * (meeting & 0xffff), attendees = 3, required = 7, optional = 2, resources = 1;
> UPDATE meeting_fact SET subject = 'Talk ' || meeting || ' of ' || meeting || ' things', preview = '';
> UPDATE label SET importance = CASE WHEN meeting % 8 = 0 THEN 3 WHEN meeting % 4 = 1 THEN 2 WHEN meeting % 8 < 4 THEN 1 ELSE 0 END, prep_minutes = 0;
> .

# Overall first; then what fails for a persona alone.

$ datebook validate --only importance
v2: 120 meetings of 2 personas

CHECK                MEASURED  WANTED
importance.critical     11.7%  10–15%  ok
importance.high         25.0%  25–30%  ok
importance.medium       26.7%  35–40%  FAILED
importance.low          36.7%  15–20%  FAILED

all meetings
  importance.medium: 26.7%, wanted 35–40%
    meetings labelled medium
      datebook stats
  importance.low: 36.7%, wanted 15–20%
    meetings labelled low
      meeting-2-4
      meeting-2-6
      meeting-2-7
      datebook explain ID

reference: 60 meetings, 2 failures
  importance.medium: 26.7%, wanted 32.5–42.5%
      datebook persona coverage reference
  importance.low: 36.7%, wanted 12.5–22.5%
      meeting-2-4
      meeting-2-6
      meeting-2-7
      datebook explain ID

smallest: 60 meetings, 2 failures
  importance.medium: 26.7%, wanted 32.5–42.5%
      datebook persona coverage smallest
  importance.low: 36.7%, wanted 12.5–22.5%
      meeting-1-4
      meeting-1-6
      meeting-1-7
      datebook explain ID

2 checks fail of all meetings, 4 checks of single personas
? 1
$ datebook validate --only importance.critical,importance.high,text -v
v2: 120 meetings of 2 personas

CHECK                MEASURED  WANTED
importance.critical     11.7%  10–15%        ok
importance.high         25.0%  25–30%        ok
text.subject                0  none          ok
text.unfilled               0  none          ok
text.double_space           0  none          ok
text.edge_space             0  none          ok
text.article                0  none          ok
text.repeated_word          0  none          ok
text.cut                    0  none          ok
text.length                 0  none          ok
text.season              0.0%  at most 0.5%  ok

reference: 60 meetings, no failures
  CHECK                MEASURED  WANTED
  importance.critical     11.7%  7.5–17.5%   ok
  importance.high         25.0%  22.5–32.5%  ok
  text.subject                0  none        ok
  text.unfilled               0  none        ok
  text.double_space           0  none        ok
  text.edge_space             0  none        ok
  text.article                0  none        ok
  text.repeated_word          0  none        ok
  text.cut                    0  none        ok
  text.length                 0  none        ok
  text.season              0.0%  at most 1%  ok

smallest: 60 meetings, no failures
  CHECK                MEASURED  WANTED
  importance.critical     11.7%  7.5–17.5%   ok
  importance.high         25.0%  22.5–32.5%  ok
  text.subject                0  none        ok
  text.unfilled               0  none        ok
  text.double_space           0  none        ok
  text.edge_space             0  none        ok
  text.article                0  none        ok
  text.repeated_word          0  none        ok
  text.cut                    0  none        ok
  text.length                 0  none        ok
  text.season              0.0%  at most 1%  ok

all checks hold
$ datebook validate --only importance --skip importance.medium,importance.low
v2: 120 meetings of 2 personas

CHECK                MEASURED  WANTED
importance.critical     11.7%  10–15%  ok
importance.high         25.0%  25–30%  ok

all checks hold
$ sqlite3 datebook.db <<.
> UPDATE meeting_fact SET subject = 'Sync with {peer}', preview = 'For a account  review' WHERE meeting & 0xffff IN (3, 5, 7, 9);
> UPDATE label SET importance = 2;
> .
$ datebook validate --only text,importance.high,prep,hours.overlap
v2: 120 meetings of 2 personas

CHECK               MEASURED  WANTED
importance.high       100.0%  25–30%        FAILED
prep.needed             0.0%  40–50%        FAILED
prep.minutes         0.0 min  20–30 min     not judged
prep.range                 0  none          ok
hours.overlap         100.0%  2–15%         FAILED
text.subject               0  none          ok
text.unfilled              8  none          FAILED
text.double_space          8  none          FAILED
text.edge_space            0  none          ok
text.article               8  none          FAILED
text.repeated_word         0  none          ok
text.cut                   0  none          ok
text.length                0  none          ok
text.season             0.0%  at most 0.5%  ok

all meetings
  importance.high: 100.0%, wanted 25–30%
    meetings labelled high
      meeting-2-1
      meeting-2-2
      meeting-2-3
      datebook explain ID
  prep.needed: 0.0%, wanted 40–50%
    meetings that need preparation
      datebook stats
  hours.overlap: 100.0%, wanted 2–15%
    meetings that overlap another
      meeting-2-1
      meeting-2-2
      meeting-2-3
      datebook explain ID
  text.unfilled: 8, wanted none
    texts with a { or }
      meeting-2-3
        Sync with {peer}
      meeting-2-5
        Sync with {peer}
      meeting-2-7
        Sync with {peer}
      and 5 more
      datebook explain ID
  text.double_space: 8, wanted none
    texts with two spaces in a row
      meeting-2-3
        For a account  review
      meeting-2-5
        For a account  review
      meeting-2-7
        For a account  review
      and 5 more
      datebook explain ID
  text.article: 8, wanted none
    texts with "a" for "an", or "an" for "a"
      meeting-2-3
        For a account  review
      meeting-2-5
        For a account  review
      meeting-2-7
        For a account  review
      and 5 more
      datebook explain ID

reference: 60 meetings, 6 failures
  importance.high: 100.0%, wanted 22.5–32.5%
      meeting-2-1
      meeting-2-2
      meeting-2-3
      datebook explain ID
  prep.needed: 0.0%, wanted 35–55%
      datebook persona coverage reference
  hours.overlap: 100.0%, wanted at most 21.5%
      meeting-2-1
      meeting-2-2
      meeting-2-3
      datebook explain ID
  text.unfilled: 4, wanted none
      meeting-2-3
        Sync with {peer}
      meeting-2-5
        Sync with {peer}
      meeting-2-7
        Sync with {peer}
      and 1 more
      datebook explain ID
  text.double_space: 4, wanted none
      meeting-2-3
        For a account  review
      meeting-2-5
        For a account  review
      meeting-2-7
        For a account  review
      and 1 more
      datebook explain ID
  text.article: 4, wanted none
      meeting-2-3
        For a account  review
      meeting-2-5
        For a account  review
      meeting-2-7
        For a account  review
      and 1 more
      datebook explain ID

smallest: 60 meetings, 6 failures
  importance.high: 100.0%, wanted 22.5–32.5%
      meeting-1-1
      meeting-1-2
      meeting-1-3
      datebook explain ID
  prep.needed: 0.0%, wanted 35–55%
      datebook persona coverage smallest
  hours.overlap: 100.0%, wanted at most 21.5%
      meeting-1-1
      meeting-1-2
      meeting-1-3
      datebook explain ID
  text.unfilled: 4, wanted none
      meeting-1-3
        Sync with {peer}
      meeting-1-5
        Sync with {peer}
      meeting-1-7
        Sync with {peer}
      and 1 more
      datebook explain ID
  text.double_space: 4, wanted none
      meeting-1-3
        For a account  review
      meeting-1-5
        For a account  review
      meeting-1-7
        For a account  review
      and 1 more
      datebook explain ID
  text.article: 4, wanted none
      meeting-1-3
        For a account  review
      meeting-1-5
        For a account  review
      meeting-1-7
        For a account  review
      and 1 more
      datebook explain ID

6 checks fail of all meetings, 12 checks of single personas
? 1
$ datebook validate --only text.article --persona smallest
v2: 60 meetings of 1 persona

CHECK         MEASURED  WANTED
text.article         4  none    FAILED

  text.article: 4, wanted none
    texts with "a" for "an", or "an" for "a"
      meeting-1-3
        For a account  review
      meeting-1-5
        For a account  review
      meeting-1-7
        For a account  review
      and 1 more
      datebook explain ID

1 check fails
? 1
$ datebook validate --only text.article --persona smallest,reference_sales,smallest
! datebook: there is no persona "reference_sales"
! hint: did you mean reference?
? 3
$ datebook validate --only importance.high --tier 1
v2: 60 meetings of 1 persona

CHECK            MEASURED  WANTED
importance.high    100.0%  22.5–32.5%  FAILED

  importance.high: 100.0%, wanted 22.5–32.5%
    meetings labelled high
      meeting-2-1
      meeting-2-2
      meeting-2-3
      datebook explain ID

1 check fails
? 1
$ datebook validate --only text.article --at HEAD~1
v1: 0 meetings of 2 personas
! next: datebook generate --all
? 1

# Other ranges.

$ datebook validate --only text.article,importance.high --expect text.article=..10,importance.high=90..
v2: 120 meetings of 2 personas

CHECK            MEASURED  WANTED
importance.high    100.0%  at least 90%  ok
text.article            8  at most 10    ok

all checks hold
$ datebook validate --only importance.high --expect importance.high=90..95
v2: 120 meetings of 2 personas

CHECK            MEASURED  WANTED
importance.high    100.0%  90–95%  FAILED

all meetings
  importance.high: 100.0%, wanted 90–95%
    meetings labelled high
      meeting-2-1
      meeting-2-2
      meeting-2-3
      datebook explain ID

reference: 60 meetings, 1 failure
  importance.high: 100.0%, wanted 87.5–97.5%
      meeting-2-1
      meeting-2-2
      meeting-2-3
      datebook explain ID

smallest: 60 meetings, 1 failure
  importance.high: 100.0%, wanted 87.5–97.5%
      meeting-1-1
      meeting-1-2
      meeting-1-3
      datebook explain ID

1 check fails of all meetings, 2 checks of single personas
? 1
$ datebook validate --only importance.high --expect importance.high=90
! datebook: --expect takes NAME=LOW..HIGH, not "importance.high=90"
! hint: `datebook validate --help` shows how it is used
? 2
$ datebook validate --only importance.high --expect importance.high=..
! datebook: --expect takes NAME=LOW..HIGH, not "importance.high=.."
! hint: `datebook validate --help` shows how it is used
? 2
$ datebook validate --only importance.high --expect importance.high=0x10..20
! datebook: --expect takes NAME=LOW..HIGH, not "importance.high=0x10..20"
! hint: `datebook validate --help` shows how it is used
? 2
$ datebook validate --expect importance.hihg=1..2
! datebook: there is no check "importance.hihg"
! hint: did you mean importance.high?
? 2

# Nothing to check is no success: the name may have come from an empty variable.

$ datebook validate --only ""
! datebook: --only and --skip leave no check
! hint: `datebook validate --help` shows how it is used
? 2
$ datebook validate --only text --skip text
! datebook: --only and --skip leave no check
! hint: `datebook validate --help` shows how it is used
? 2
$ datebook validate --persona ,
! datebook: --persona names no persona
! hint: `datebook validate --help` shows how it is used
? 2

# All the checks, and the same for a program.

$ datebook validate --list
CHECK                    WANTED          OF A TIER       OF A PERSONA    LEVEL
form.document            none            none            none            error
    documents that are no JSON object
form.fields              none            none            none            error
    documents without id, subject, start, end, organizer or attendees
form.types               none            none            none            error
    documents in which a field of Graph has another JSON type
form.values              none            none            none            error
    documents with a word that is not one of Graph's, letter by letter
form.times               none            none            none            error
    documents with a time that is not in Graph's form
form.zones               none            none            none            error
    documents whose time zone is empty, or another at the end
form.order               none            none            none            error
    documents that do not end after they start
form.attendees           none            none            none            error
    documents with an attendee that lacks type, status or emailAddress
form.series              none            none            none            error
    documents whose type does not agree with recurrence or seriesMasterId
form.labels              none            none            none            error
    documents that hold a field in which a label is exported
form.facts               none            none            none            error
    meetings of which the file has lost what was taken from the document
label.missing            none            none            none            error
    meetings without a label
label.equal              100%            100%            100%            error
    labels that are what the rules of the persona say
label.consistent         at least 95%    at least 95%    at least 95%    error
    meetings of the same words that have the importance of most of them
label.keyword            100%            100%            100%            error
    meetings with a keyword of a priority that are high or critical
label.reasoning          none            none            none            error
    labels without a reasoning, or with one that names no rule of the persona
label.prep               none            none            none            error
    labels with minutes but no rule that asks for preparation, or vice versa
importance.critical      10–15%          8.75–16.25%     7.5–17.5%       error
    meetings labelled critical
importance.high          25–30%          23.75–31.25%    22.5–32.5%      error
    meetings labelled high
importance.medium        35–40%          33.75–41.25%    32.5–42.5%      error
    meetings labelled medium
importance.low           15–20%          13.75–21.25%    12.5–22.5%      error
    meetings labelled low
prep.needed              40–50%          37.5–52.5%      35–55%          error
    meetings that need preparation
prep.minutes             20–30 min       17.5–32.5 min   15–35 min       error
    preparation where it is needed, on average
prep.range               none            none            none            error
    preparations shorter than 15 or longer than 90 minutes
type.single              55–65%          52.5–67.5%      50–70%          error
    one-off meetings
type.occurrence          25–35%          22.5–37.5%      20–40%          error
    occurrences of a series
type.exception           5–15%           2.5–17.5%       at most 20%     error
    occurrences that differ from their series
attendee.required        65–75%          62.5–77.5%      60–80%          error
    entries of attendee lists: required
attendee.optional        15–25%          12.5–27.5%      10–30%          error
    entries of attendee lists: optional
attendee.resource        5–15%           2.5–17.5%       at most 20%     error
    entries of attendee lists: rooms
people.few               at least 80%    at least 70%    at least 60%    error
    meetings of 2 to 15 people
people.one               at least 1      -               -               error
    meetings of one person
people.many              at least 1      -               -               error
    meetings of 50 people and more
people.address           none            none            none            error
    people without a name or a well-formed address
people.domain            none            none            none            error
    addresses that could be somebody's
people.name              none            none            none            error
    addresses that had another name before
people.namesake          at most 1%      at most 1.5%    at most 2%      error
    meetings with somebody whose name had another address before
people.company           at most 1%      at most 2%      at most 3%      error
    meetings with outsiders, but none of the company in the subject
people.room              none            none            none            error
    rooms of a company from which nobody comes
people.present           none            none            none            error
    meetings without the persona
people.organizer         none            none            none            error
    meetings without an organizer
people.response          none            none            none            error
    response "organizer" where another organizes, or vice versa
hours.weekly             80–120%         80–120%         80–120%         error
    meeting time, of what the personas state
hours.working            none            none            none            error
    meetings outside of working hours
hours.overlap            2–15%           1–18%           at most 21.5%   error
    meetings that overlap another
hours.weekdays           at least 1.05   -               -               error
    a day of Tuesday to Thursday over one of Monday and Friday
duration.first           30 min          25–45 min       25–60 min       error
    the most common length
duration.next            2               -               -               error
    of 25 and 60 minutes, those second or third most common
duration.some            6               -               -               error
    of 45, 50, 55, 90, 120 minutes and longer, those that occur
duration.long            at most 5%      at most 7.5%    at most 10%     error
    meetings longer than two hours
start.usual              at least 85%    at least 77.5%  at least 70%    error
    meetings that start at :00, :05, :30 or :35
series.slot              none            none            none            error
    meetings that start when another one of their series does
series.master            none            none            none            error
    occurrences and exceptions without seriesMasterId
series.single            none            none            none            error
    one-off meetings with seriesMasterId
id.unique                none            none            none            error
    documents with another id than the one that the file keeps unique
text.subject             none            none            none            error
    meetings without a subject
text.unfilled            none            none            none            error
    texts with a { or }
text.double_space        none            none            none            error
    texts with two spaces in a row
text.edge_space          none            none            none            error
    texts that start or end with a space
text.article             none            none            none            error
    texts with "a" for "an", or "an" for "a"
text.repeated_word       none            none            none            error
    texts with the same word twice in a row
text.cut                 none            none            none            error
    texts that stop in the middle
text.length              none            none            none            error
    subjects or previews of more than 255 UTF-16 units
text.season              at most 0.5%    at most 0.75%   at most 1%      error
    subjects that name a quarter or month far from their date
variety.subjects         at least 90%    at least 90%    at least 90%    error
    different subjects, of those of one-off meetings of a persona
variety.near_duplicates  at most 2%      at most 3%      at most 4%      error
    one-off meetings with a near-duplicate
hard.all                 at least 10%    at least 7.5%   at least 5%     error
    hard cases of any kind
hard.levels              at least 1%     -               -               error
    rules of several levels fire
hard.keyword             at least 1%     -               -               error
    word of an important phrase in the subject, importance low or medium
hard.dull                at least 1%     -               -               error
    high or critical, and the subject does not tell
duplicate.exact          none            none            none            error
    meetings that another one of the persona equals in words, start and length
leak.exact               none            -               -               warning
    meetings whose words are all those of one in another part of the split
leak.near                none            -               -               warning
    meetings with a near-duplicate in another part of the split
persona.document         none            -               -               error
    personas whose document or rules cannot be read
persona.diversity        at least 0.85   -               -               warning
    diversity of the training personas
persona.library          none            -               -               warning
    personas of the library that are missing
persona.tiers.1          12              -               -               warning
    training personas of tier 1
persona.tiers.2          10              -               -               warning
    training personas of tier 2
persona.tiers.3          8               -               -               warning
    training personas of tier 3
against.alignment        at least 90%    -               -               error
    fields, types and forms of the other calendar that are here as well
$ datebook validate --list --json --only duration.long,people.one
{"checks":[{"name":"people.one","about":"meetings of one person","unit":"count","level":"error","least":1000,"low":1,"high":null,"tiers":false,"personas":false},{"name":"duration.long","about":"meetings longer than two hours","unit":"percent","level":"error","least":50,"low":0,"high":5,"tiers":true,"tier_low":0,"tier_high":7.5,"personas":true,"persona_low":0,"persona_high":10}]}
$ datebook validate --json > out; echo $?
1
$ sqlite3 :memory: "select group_concat(key, ' ') from json_each(readfile('out'))"
version meetings personas ok failed warned tier_failed tier_warned persona_failed persona_warned checks fits by_tier by_persona near_duplicates leaks
$ sqlite3 :memory: "select json_extract(readfile('out'), '\$.version', '\$.meetings', '\$.personas', '\$.ok', '\$.near_duplicates')"
[2,120,2,false,{"tested":120,"sampled":false}]
$ sqlite3 :memory: "select value from json_each(readfile('out'), '\$.checks') where value like '%text.article%'"
{"name":"text.article","about":"texts with \"a\" for \"an\", or \"an\" for \"a\"","unit":"count","level":"error","status":"failed","value":8,"part":8,"whole":0,"low":0,"high":0,"examples":[{"meeting":"meeting-2-3","note":"For a account  review"},{"meeting":"meeting-2-5","note":"For a account  review"},{"meeting":"meeting-2-7","note":"For a account  review"}],"ids":["meeting-2-3","meeting-2-5","meeting-2-7","meeting-2-9","meeting-1-3","meeting-1-5","meeting-1-7","meeting-1-9"]}
$ sqlite3 :memory: "select json_extract(value, '\$.persona', '\$.meetings', '\$.stale') from json_each(readfile('out'), '\$.by_persona')"
["reference",60,false]
["smallest",60,false]

# Without other parts nothing leaks, and no other calendar is named.

$ sqlite3 :memory: "select value ->> 'name' from json_each(readfile('out'), '\$.checks')" > made
$ datebook validate --list | sed -n 's/^\([a-z][^ ]*\) .*/\1/p' | grep -v -x -f made
leak.exact
leak.near
against.alignment

# What was typed wrongly.

$ datebook validate --only txt
! datebook: there is no check "txt"
! hint: `datebook validate --list` lists them
? 2
$ datebook validate --skip text.artcle
! datebook: there is no check "text.artcle"
! hint: did you mean text.article?
? 2
$ datebook validate --persona smalest
! datebook: there is no persona "smalest"
! hint: did you mean smallest?
? 3
$ datebook validate --persona smallest --tier 1
! datebook: --persona and --tier exclude each other
! hint: `datebook validate --help` shows how it is used
? 2
$ datebook validate --at nowhen
! datebook: there is no version or tag "nowhen"
! hint: `datebook log` lists versions, `datebook tag --list` tags; a version is written 7, v7, HEAD, HEAD~2, or a tag
? 3
$ datebook validate extra
! datebook: unexpected argument "extra"
! hint: `datebook validate --help` shows how it is used
? 2

# What a broken file has lost is left out.

$ sqlite3 datebook.db "DELETE FROM meeting_fact WHERE meeting & 0xffff IN (1, 60); DELETE FROM label WHERE meeting & 0xffff = 2"
$ datebook validate --only text.cut,importance.high -q | head -n 5
v2: 120 meetings of 2 personas

CHECK            MEASURED  WANTED
importance.high    100.0%  25–30%  FAILED
text.cut                0  none    ok
