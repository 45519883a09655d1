# A version beside a real calendar.  Its people are invented.

$ datebook init --no-library -q
Made datebook.db with 0 personas.
$ printf '{"id": "ann", "name": "A", "tier": 1}' > ann.json
$ datebook -q persona add ann.json
added   ann
v1: 1 added, 0 changed, 0 unchanged
$ datebook -q generate --all --count 60 --seed 1 --output-dir out --format jsonl
v2: 60 meetings for 1 persona, labelled
  out/ann_meetings.jsonl               60 meetings
  out/tier1_combined.jsonl             60 meetings
  out/statistics_20251124_160000.json
$ against() { datebook validate --only id.unique --against "$@" | sed -n '/^real calendar/,$p'; }

# Fields, formats, and distributions.
$ against "$TEST_DATA/calendars/outlook.json"
real calendar: 20 events; ours: 60 meetings
all-day events, which have no hours: 5.0% of the real ones, 0.0% of ours

FINDING  COUNT  LINE  FIELD
note         1   724  attendees[].emailAddress.address  is no mail address

alignment: 99.7% of what real events have is in ours, with its type and format
30 fields: 28 aligned, 0 missing, 0 other type, 1 other format, 1 other nullability, 0 extra

FIELD                               REAL    OURS  TYPE
@odata.etag                       100.0%  100.0%  text        aligned
id                                100.0%  100.0%  text        aligned
subject                           100.0%  100.0%  text, null  other nullability
bodyPreview                       100.0%  100.0%  text        aligned
seriesMasterId                    100.0%  100.0%  text, null  aligned
showAs                            100.0%  100.0%  text        aligned
type                              100.0%  100.0%  text        aligned
webLink                           100.0%  100.0%  text        aligned
responseStatus                    100.0%  100.0%  object      aligned
responseStatus.response           100.0%  100.0%  text        aligned
responseStatus.time               100.0%  100.0%  text        aligned
start                             100.0%  100.0%  object      aligned
start.dateTime                    100.0%  100.0%  text        aligned
start.timeZone                    100.0%  100.0%  text        aligned
end                               100.0%  100.0%  object      aligned
end.dateTime                      100.0%  100.0%  text        aligned
end.timeZone                      100.0%  100.0%  text        aligned
attendees                         100.0%  100.0%  list        aligned
attendees[]                        80.0%   91.7%  object      aligned
attendees[].type                   80.0%   91.7%  text        aligned
attendees[].status                 80.0%   91.7%  object      aligned
attendees[].status.response        80.0%   91.7%  text        aligned
attendees[].status.time            80.0%   91.7%  text        aligned
attendees[].emailAddress           80.0%   91.7%  object      aligned
attendees[].emailAddress.name      80.0%   91.7%  text        aligned
attendees[].emailAddress.address   80.0%   91.7%  text        other format
organizer                         100.0%  100.0%  object      aligned
organizer.emailAddress            100.0%  100.0%  object      aligned
organizer.emailAddress.name       100.0%  100.0%  text        aligned
organizer.emailAddress.address    100.0%  100.0%  text        aligned

subject: other nullability
  real: one line 95.0%, null 5.0%; 7 to 39 characters
  ours: one line 100.0%; 11 to 54 characters
attendees[].emailAddress.address: other format
  real: X.500 address 1.9%, mail address 98.1%; 22 to 95 characters
  ours: mail address 100.0%; 22 to 50 characters

DISTRIBUTION    REAL  OURS  MEDIAN  OURS  APART                JS
duration          19    60      60    30     26  minutes     0.51
start hour        19    60    10.0  13.0    1.6  hours       0.36
weekday           20    60                                   0.08
attendees         20    60     3.0   4.0    1.8  people      0.37
attendee type     52   280                                   0.07
event type        20    60                                   0.14
recurring         20    60                                   0.07
response          20    60                                   0.30
show as           20    60                                   0.28
weekly load        2     2     4.9  20.2   15.3  hours       1.00
subject length    19    60      17    31     13  characters  0.61
preview length    20    60     156    70    108  characters  0.91

APART: the Wasserstein distance. JS: that of Jensen and Shannon, 0 for the same
shares and 1 for nothing in common.

duration: meetings are 22 minutes longer in the real calendar: 62 on average, here 40
start hour: meetings start 1.6 hours earlier in the real calendar: 11:17 on average, here 12:53
weekday: furthest apart: Friday, 15% in the real calendar and 20% here
attendees: meetings have 1.8 fewer people in the real calendar: 2.3 on average, here 4.1
attendee type: furthest apart: optional, 25% in the real calendar and 19% here
event type: furthest apart: occurrence, 35% in the real calendar and 22% here
recurring: furthest apart: single, 60% in the real calendar and 68% here
response: furthest apart: accepted, 40% in the real calendar and 65% here
show as: furthest apart: busy, 75% in the real calendar and 88% here
weekly load: weeks have 15.3 fewer hours in the real calendar: 4.9 on average, here 20.2
subject length: subjects are 13 characters shorter in the real calendar: 17 on average, here 29
preview length: previews are 64 characters longer in the real calendar: 132 on average, here 67

20 real events are a small sample: take the distances for hints

all checks hold

# Ours beside itself, with the labels that do not count.
$ grep -c importance_label out/ann_meetings.jsonl
60
$ against out/ann_meetings.jsonl | grep -e '^real' -e '^alignment' -e ' fields: '
real calendar: 60 events; ours: 60 meetings
alignment: 100.0% of what real events have is in ours, with its type and format
30 fields: 30 aligned, 0 missing, 0 other type, 0 other format, 0 other nullability, 0 extra
$ against out/ann_meetings.jsonl | sed -n '/^DISTR/,/^APART/p'
DISTRIBUTION    REAL  OURS  MEDIAN  OURS  APART                JS
duration          60    60      30    30      0  minutes     0.00
start hour        60    60    13.0  13.0    0.0  hours       0.00
weekday           60    60                                   0.00
attendees         60    60     4.0   4.0    0.0  people      0.00
attendee type    280   280                                   0.00
event type        60    60                                   0.00
recurring         60    60                                   0.00
response          60    60                                   0.00
show as           60    60                                   0.00
weekly load        2     2    20.2  20.2    0.0  hours       0.00
subject length    60    60      31    31      0  characters  0.00
preview length    60    60      70    70      0  characters  0.00

APART: the Wasserstein distance. JS: that of Jensen and Shannon, 0 for the same

# With -v, the formats of every field.
$ against "$TEST_DATA/calendars/outlook.json" -v | grep -A 2 -e '^id:' -e '^webLink:' -e '^bodyPreview:'
id: aligned
  real: URL-safe base64 100.0%; 68 to 84 characters
  ours: URL-safe base64 100.0%; 68 to 84 characters
--
bodyPreview: aligned
  real: CRLF lines 60.0%, empty text 40.0%; 23 to 255 characters
  ours: CRLF lines 10.0%, one line 88.3%, empty text 1.7%; 33 to 121 characters
--
webLink: aligned
  real: outlook.office365.com item 100.0%; 142 to 166 characters
  ours: outlook.office365.com item 100.0%; 142 to 164 characters

# A part of the fields, in UTC, and one page of several.
$ against "$TEST_DATA/calendars/selected.json" | grep -e nextLink -e UTC -e location -e '^alignment'
the file is one page of several: it has a nextLink, which is not followed
alignment: 61.1% of what real events have is in ours, with its type and format
location                          100.0%    0.0%  object      missing
location.displayName              100.0%    0.0%  text        missing
location.locationType             100.0%    0.0%  text        missing
location.uniqueId                 100.0%    0.0%  text        missing
location.uniqueIdType             100.0%    0.0%  text        missing
  real: UTC 100.0%; 3 characters
  real: UTC 100.0%; 3 characters
start hour: hours are not comparable: all times of the real calendar are in UTC
weekday: furthest apart: Friday, 0% in the real calendar and 20% here; times in UTC may be on the day before or after
! all times of the real calendar are in UTC; ask for it with the header Prefer: outlook.timezone="ZONE"

# Nothing of the real calendar is told but names of fields and numbers.
$ for word in Wren Quill Halloway fabrikam tailspin Depot Budget Dentist Heron AAkALg safety q4; do
>   datebook -v validate --only id.unique --against "$TEST_DATA/calendars/outlook.json" | grep -i -c "$word"
>   datebook --json validate --only id.unique --against "$TEST_DATA/calendars/outlook.json" | grep -i -c "$word"
> done | sort -u
0

# As JSON, beside what validate has.
$ datebook --json validate --only id.unique --against "$TEST_DATA/calendars/outlook.json" > a.json
$ grep -o '"against":{"score":[0-9.]*,"hours_comparable":true,"file":{[^}]*}' a.json
"against":{"score":99.7698,"hours_comparable":true,"file":{"events":20,"duplicates":0,"removed":0,"unreadable":0,"errors":0,"warnings":0,"notes":1,"more_pages":false,"cut":false}
$ grep -o '"field":"attendees\[\].emailAddress.address"[^}]*}' a.json | tail -n 1
"field":"attendees[].emailAddress.address","verdict":"other format","matched":0.9808,"real":{"events":16,"values":52,"shortest":22,"longest":95,"types":{"text":52}
$ grep -o '{"name":"show as"[^]]*' a.json | grep -o '"real_counts":{[^}]*}'
"real_counts":{"free":2,"tentative":2,"busy":15,"oof":1,"workingElsewhere":0,"unknown":0,"other":0}

# What Microsoft Graph answers.
$ event() { printf '{"id":"%s","subject":"x","start":{"dateTime":"2025-11-10T10:00:00.0000000","timeZone":"UTC"},"end":{"dateTime":"2025-11-10T10:30:00.0000000","timeZone":"UTC"}}' "$1"; }
$ printf '{"value":[%s,%s,%s,{"@removed":{"reason":"deleted"},"id":"z"}],"@odata.deltaLink":"https://x"}' "$(event a)" "$(event b)" "$(event b)" > delta.json
$ against delta.json | head -n 4
real calendar: 2 events; ours: 60 meetings
1 event that came twice left out
1 stub of a deleted event left out
\
! all times of the real calendar are in UTC; ask for it with the header Prefer: outlook.timezone="ZONE"
$ printf '\357\273\277%s\r\n{"id":\r\n%s\r\n' "$(event a)" "$(event b)" > lines.jsonl
$ against lines.jsonl | head -n 5
real calendar: 2 events; ours: 60 meetings
1 event that cannot be read left out

FINDING  COUNT  LINE  FIELD
error        1     2  (event)  the JSON ends too early
! all times of the real calendar are in UTC; ask for it with the header Prefer: outlook.timezone="ZONE"
$ printf '[%s]' "$(event a)" | iconv -f UTF-8 -t UTF-16 > utf16.json
$ against utf16.json | head -n 1
real calendar: 1 event; ours: 60 meetings
! all times of the real calendar are in UTC; ask for it with the header Prefer: outlook.timezone="ZONE"
$ printf '{"value":[]}' > none.json
$ against none.json
real calendar: 0 events; ours: 60 meetings

the file has no event to compare with

all checks hold
$ printf '{"value":[{"@removed":{"reason":"deleted"},"id":"z"}]}' > stubs.json
$ against stubs.json
real calendar: 0 events; ours: 60 meetings
1 stub of a deleted event left out

the file has no event to compare with

all checks hold

# An event with 404 attendees.
$ { printf '[{"id":"x","attendees":['
>   for i in $(seq 403); do printf '{"type":"required","emailAddress":{"address":"a%d@fabrikam.com"}},' $i; done
>   printf '{"type":"resource"}]}]'; } > many.json
$ datebook --json validate --only id.unique --against many.json | grep -o '"name":"attendees","real":1,[^}]*' | grep -o '"real_mean":[0-9.]*'
"real_mean":403.0000

# What is no calendar.
$ datebook validate --against missing.json
! datebook: cannot read missing.json: No such file or directory
? 3
$ : > empty.json
$ datebook validate --against empty.json
! datebook: empty.json is empty
? 3
$ printf '{"error":{"code":"InvalidAuthenticationToken","message":"Access token has expired."}}' > error.json
$ datebook validate --against error.json
! datebook: error.json is an error that Microsoft Graph answered, and no calendar: InvalidAuthenticationToken: Access token has expired.
! hint: ask again, and save the answer that has "value"
? 3
$ printf '{"value":[{"searchTerms":["x"],"hitsContainers":[{"hits":[]}]}]}' > search.json
$ datebook validate --against search.json
! datebook: search.json holds the hits of a search, which are no events
! hint: a calendar is what GET /me/calendarView of Microsoft Graph answers, or a list of events
? 3
$ printf '{"name": "not a calendar"}\n' > other.json
$ datebook validate --against other.json
! datebook: other.json: line 1: has no field of an event
! hint: nothing in it can be read as an event
? 3
$ datebook validate --against .
! datebook: cannot read .: Is a directory
? 3
