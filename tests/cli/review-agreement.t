# How far reviewers agree with labels, and with each other.

$ datebook -q init > made
$ datebook -q generate --persona tier1_sales_manager_pipeline,tier3_legal_counsel_risk --count 40 > made
$ datebook -q review sample first --count 40 --stratify persona > made

# Answers of a reviewer: every A-th meeting needs 95 minutes of preparation,
# which no label says; every B-th is not realistic.

$ answers() { # REVIEWER A B
>     datebook review export first | awk -v who=$1 -v a=$2 -v b=$3 '
>         { match($0, /"meeting":"[^"]*"/)
>           printf "{\"sample\":\"first\",%s,\"reviewer\":\"%s\",\"realistic\":%s%s}\n",
>               substr($0, RSTART, RLENGTH), who, NR % b ? "true" : "false",
>               NR % a ? "" : ",\"prep_time_minutes\":95,\"cause\":\"rule\"" }'
> }

# Nothing was said yet.

$ datebook review agreement first
sample first as of v3: 40 meetings, 0 judged, 0 opinions by 0 reviewers

realistic: nothing to count yet
label right: nothing to count yet
! next: datebook review next first --reviewer WHO
$ datebook review agreement first --check -q
sample first as of v3: 40 meetings, 0 judged, 0 opinions by 0 reviewers

realistic: nothing to count yet
label right: nothing to count yet
? 1
$ datebook review agreement frist
! datebook: there is no sample "frist"
! hint: did you mean "first"?
? 3
$ datebook review agreement 'a b'
! datebook: "a b" is no name of a sample
! hint: a name has letters, digits, ".", "_" and "-", does not start with "." or "-", and is at most 64 characters long
? 3
$ datebook review agreement
! datebook: review agreement needs NAME
! hint: `datebook review agreement --help` shows how it is used
? 2

# One reviewer, who corrects 5 of 40 and believes all but two.

$ answers ann 8 20 | datebook -q review record - > made
$ datebook review agreement first
sample first as of v4: 40 meetings, 40 judged, 40 opinions by 1 reviewer
disputed: 5 open, 0 decided

ALL                         SHARE              N  TARGET
realistic                   95 % (88-100 %)   40    90 %  met, could be chance
label right                 88 % (75-98 %)    40    90 %  not met, could be chance
importance right            100 % (91-100 %)  40
prep right (needed or not)  90 % (80-98 %)    40
RSVP right                  100 % (91-100 %)  40

PERSONA                        N  REALISTIC         LABEL RIGHT
tier1_sales_manager_pipeline  20  100 % (83-100 %)  90 % (75-100 %)
tier3_legal_counsel_risk      20  90 % (75-100 %)   85 % (70-100 %)

realistic: 95 % (88-100 %), n 40 opinions
  target 90 %: met, but that could be chance: the interval goes below it
label right: 88 % (75-98 %), n 40 opinions
  target 90 %: not met, but that could be chance: the interval reaches it
! how far people agree with each other takes a second reviewer
! next: datebook review adjudicate first --reviewer WHO

# A second one, who corrects 4 more, one of them the same: 71 of 80 are right.
# The disputes are open.

$ answers bob 10 100 | datebook -q review record - > made
$ datebook review agreement first
sample first as of v5: 40 meetings, 40 judged, 80 opinions by 2 reviewers
disputed: 8 open, 0 decided

ALL                         SHARE              N  TARGET
realistic                   98 % (94-100 %)   80    90 %  met
label right                 89 % (80-95 %)    80    90 %  not met, could be chance
importance right            100 % (91-100 %)  80
prep right (needed or not)  95 % (90-99 %)    80
RSVP right                  100 % (91-100 %)  80

PERSONA                        N  REALISTIC         LABEL RIGHT
tier1_sales_manager_pipeline  40  100 % (83-100 %)  90 % (80-98 %)
tier3_legal_counsel_risk      40  95 % (88-100 %)   88 % (75-98 %)

ann and bob, on 40 meetings
              SAME              KAPPA                WEIGHTED KAPPA
  importance  100 % (91-100 %)  1.00                 1.00
  prep        90 % (80-98 %)    0.80 (0.60 to 0.95)
  RSVP        100 % (91-100 %)  1.00

all reviewers, Krippendorff's alpha
  realistic                -0.01                 n 80
  importance (ordinal)     1.00                  n 80
  prep minutes (interval)  0.29 (-0.06 to 0.65)  n 80
  RSVP (ordinal)           1.00                  n 80
kappa and alpha: 1 is always the same, 0 is what chance alone would give,
"-" is that nothing varies

realistic: 98 % (94-100 %), n 80 opinions
  target 90 %: met, and none of the interval is below it
label right: 89 % (80-95 %), n 80 opinions
  target 90 %: not met, but that could be chance: the interval reaches it
! next: datebook review adjudicate first --reviewer WHO
$ datebook review agreement first --check > made
! next: datebook review adjudicate first --reviewer WHO
? 1
$ datebook review agreement first --at HEAD~1 -q | head -2
sample first as of v4: 40 meetings, 40 judged, 40 opinions by 1 reviewer
disputed: 5 open, 0 decided
$ datebook review agreement first --json > one.json
$ datebook review agreement first --json | cmp - one.json
$ tr '{' '\n' < one.json | head -12

"version":5,"sample":"first","reviewers":["ann","bob"],"meetings":40,"judged":40,"opinions":80,"not_counted":
"label_changed":0,"meeting_gone":0},"meetings_gone":0,"disputed":8,"decided":0,"groups":[
"persona":null,"realistic":
"value":0.975000,"low":0.937500,"high":1.000000,"n":80,"target":0.900000,"verdict":"met"},"label":
"value":0.887500,"low":0.800000,"high":0.950000,"n":80,"target":0.900000,"verdict":"not_met_maybe"},"importance":
"value":1.000000,"low":0.911903,"high":1.000000,"n":80},"prep":
"value":0.950000,"low":0.900000,"high":0.987500,"n":80},"rsvp":
"value":1.000000,"low":0.911903,"high":1.000000,"n":80}},
"persona":"tier1_sales_manager_pipeline","realistic":
"value":1.000000,"low":0.831567,"high":1.000000,"n":40,"target":0.900000,"verdict":"met_maybe"},"label":
"value":0.900000,"low":0.800000,"high":0.975000,"n":40,"target":0.900000,"verdict":"met_maybe"},"importance":

# A relabel that changes labels: what was said of them does not count.

$ datebook persona show tier3_legal_counsel_risk | sed 's/"always_important": \[/&"legal",/' > counsel.json
$ datebook -q persona add ./counsel.json > made && datebook -q relabel > made
$ datebook review agreement first | head -3
sample first as of v7: 40 meetings, 38 judged, 76 opinions by 2 reviewers
not counted: 4 opinions on labels that changed since; open again
disputed: 6 open, 0 decided
! next: datebook review next first --reviewer WHO
$ datebook review agreement first --json | grep -o '"opinions".*"decided":[0-9]*'
"opinions":76,"not_counted":{"label_changed":4,"meeting_gone":0},"meetings_gone":0,"disputed":6,"decided":0

# Meetings that are gone.

$ datebook -q persona remove tier3_legal_counsel_risk > made
$ datebook review agreement first | head -9
sample first as of v8: 40 meetings, 20 judged, 40 opinions by 2 reviewers
not counted: 40 opinions on meetings that are not there any more
disputed: 4 open, 0 decided

ALL                         SHARE              N  TARGET
realistic                   100 % (83-100 %)  40    90 %  met, could be chance
label right                 90 % (80-98 %)    40    90 %  met, could be chance
importance right            100 % (83-100 %)  40
prep right (needed or not)  95 % (88-100 %)   40
! next: datebook review adjudicate first --reviewer WHO
$ datebook -q persona remove tier1_sales_manager_pipeline > made
$ datebook review agreement first
sample first as of v9: 40 meetings, 0 judged, 0 opinions by 2 reviewers
not counted: 80 opinions on meetings that are not there any more

realistic: nothing to count yet
label right: nothing to count yet
! next: datebook review sample first --count N --replace
