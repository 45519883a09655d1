# Samples: drawn, drawn anew, looked at, removed.

$ datebook init -q
Made datebook.db with 8 personas.
$ datebook review list
! no samples; next: datebook review sample NAME --count N
$ datebook review sample first --count 3
! datebook: there are no meetings in v1
! hint: `datebook generate` makes some
? 3
$ datebook -q generate --all --count 20
v2: 160 meetings for 8 personas, labelled

# Evenly of each importance.

$ datebook review sample first --count 10 --stratify importance
v3: drew sample first: 10 meetings from v2
  IMPORTANCE  MEETINGS  DRAWN
  critical          27      2
  high              46      3
  medium            59      3
  low               28      2
! next: datebook review next first --reviewer WHO
$ datebook review list
SAMPLE  MEETINGS  FROM  REVIEWERS  OPEN  DISPUTED  SETTLED  GONE
first         10    v2          0    10         0        0     0
$ datebook review show first
sample first: 10 meetings from v2
  evenly of each  importance
  seed            1

    MEETING                           LABEL                 RESULT
 1  Demo, then pricing call: Polar …  critical, 30, accept
 2  Promotional claims committee      high, 20, accept
 3  Crash matrix for the 8.0 beta     high, 0, accept
 4  Legal hold round                  critical, 0, accept
 5  Tool demo: Litware Cloud clause…  low, 0, decline
 6  Capacity risk round, both sites   high, 20, accept
 7  Northwind Health, exclusivity a…  medium, 0, tentative
 8  Marlow Paper demo with their sh…  medium, 20, accept
 9  Workshop: ways of working         low, 0, decline
10  Ishaan Bhat, performance engine…  medium, 0, tentative
! next: datebook review next first --reviewer WHO
$ datebook review sample first --stratify importance --count 10
Nothing changed: sample first is there as it is; HEAD stays at v3.
$ datebook review sample first --count 10 --stratify importance --json
{"version":3,"sample":"first","outcome":"unchanged","drawn_from":2,"meetings":10,"lost_opinions":0,"strata":[{"importance":"critical","meetings":27,"drawn":2,"preferred":0,"drawn_preferred":0},{"importance":"high","meetings":46,"drawn":3,"preferred":0,"drawn_preferred":0},{"importance":"medium","meetings":59,"drawn":3,"preferred":0,"drawn_preferred":0},{"importance":"low","meetings":28,"drawn":2,"preferred":0,"drawn_preferred":0}]}

# All strata, and what is preferred.

$ datebook review sample people --count 12 --stratify persona,prep --prefer conflicts --seed 7
v4: drew sample people: 12 meetings from v3
  PERSONA                             PREP    MEETINGS  DRAWN  CONFLICTS
  tier1_eng_manager_overloaded        needed         9      1          -
  tier1_eng_manager_overloaded        none          11      1          -
  tier1_sales_manager_pipeline        needed        10      1     1 of 3
  tier1_sales_manager_pipeline        none          10      1          -
  tier2_account_executive_hunter      needed        12      1     1 of 2
  tier2_account_executive_hunter      none           8      1     1 of 1
  tier2_ic_engineer_deep_work         needed         9      1     1 of 2
  tier2_ic_engineer_deep_work         none          11      1          -
  tier3_finance_manager_compliance    needed         9      0     0 of 1
  tier3_finance_manager_compliance    none          11      1          -
  tier3_legal_counsel_risk            needed         8      1          -
  tier3_legal_counsel_risk            none          12      0          -
  validation_crisis_responder_oncall  needed         7      0          -
  validation_crisis_responder_oncall  none          13      1          -
  validation_startup_founder_ceo      needed        11      1          -
  validation_startup_founder_ceo      none           9      0          -
! next: datebook review next people --reviewer WHO
$ datebook review sample few --count 100 --persona tier1_sales_manager_pipeline,tier3_legal_counsel_risk --prefer borderline --json
{"version":5,"sample":"few","outcome":"drawn","drawn_from":4,"meetings":40,"lost_opinions":0,"strata":[{"meetings":40,"drawn":40,"preferred":30,"drawn_preferred":30}]}
! there are no more than 40 meetings to draw from
! next: datebook review next few --reviewer WHO
$ datebook review sample types --count 5 --stratify type,rsvp,tier --prefer new-rules --at 2
v6: drew sample types: 5 meetings from v2
  TIER  TYPE            RSVP       MEETINGS  DRAWN  NEW RULES
  1     singleInstance  accept           18      1          -
  1     singleInstance  tentative        10      0          -
  1     singleInstance  decline           9      0          -
  1     occurrence      accept            7      0          -
  1     occurrence      tentative         7      0          -
  1     occurrence      decline           2      0          -
  1     exception       accept            4      0          -
  1     exception       tentative         3      0          -
  2     singleInstance  accept           17      1          -
  2     singleInstance  tentative        13      1          -
  2     singleInstance  decline          10      0          -
  2     occurrence      accept            9      0          -
  2     occurrence      tentative         4      0          -
  2     occurrence      decline           3      0          -
  2     exception       accept            3      0          -
  2     exception       tentative         1      0          -
  3     singleInstance  accept           11      1          -
  3     singleInstance  tentative        12      1          -
  3     singleInstance  decline           5      0          -
  3     occurrence      accept            6      0          -
  3     occurrence      tentative         1      0          -
  3     occurrence      decline           1      0          -
  3     exception       accept            2      0          -
  3     exception       tentative         1      0          -
  3     exception       decline           1      0          -
! no meeting is one of new-rules: --prefer made no difference
! next: datebook review next types --reviewer WHO
$ datebook review show people --json | head -c 300; echo
{"version":6,"sample":"people","drawn_from":3,"terms":{"count":12,"stratify":["persona","prep"],"prefer":"conflicts","personas":[],"seed":"7"},"reviewers":[],"items":[{"meeting":"AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A_aYCnV_lXzk1vFpLIXQCJvsKls1qqU0G","persona":"tier2_account_executive_hunter","label":
$ datebook review list
SAMPLE  MEETINGS  FROM  REVIEWERS  OPEN  DISPUTED  SETTLED  GONE
few           40    v4          0    40         0        0     0
first         10    v2          0    10         0        0     0
people        12    v3          0    12         0        0     0
types          5    v2          0     5         0        0     0

# What was said of it: two agree on a meeting, differ on another, and one alone
# corrects a third; a decision on the fourth.

$ ids() { datebook review show first --json | tr '{' '\n' | sed -n 's/^"meeting":"\([^"]*\)".*/\1/p'; }
$ ids > ids; wc -l < ids
10
$ say() { printf '{"sample":"first","meeting":"%s","reviewer":"%s","version":%s,"realistic":true%s}\n' "$(sed -n "$1p" ids)" "$2" "$3" "$4"; }
$ { say 1 ann 6; say 1 bob 6; say 2 ann 6; say 2 bob 6 ',"rsvp":"tentative"'; say 3 bob 6 ',"importance":"critical","cause":"rule"'; } > said
$ { say 4 cleo 6 ',"decision":true,"importance":"low"'; say 5 ann 6 | sed s/true/false/; } >> said
$ datebook review record said
v7: 3 reviewers on first: 6 opinions, 1 decision
! next: datebook review agreement first
$ datebook review show first
sample first: 10 meetings from v2
  evenly of each  importance
  seed            1

ann  7 open, 3 done
bob  7 open, 3 done

    MEETING                           LABEL                 ann       bob       RESULT
 1  Demo, then pricing call: Polar …  critical, 30, accept  agrees    agrees    settled
 2  Promotional claims committee      high, 20, accept      agrees    corrects  disputed
 3  Crash matrix for the 8.0 beta     high, 0, accept       open      corrects  disputed
 4  Legal hold round                  critical, 0, accept   open      open      decided
 5  Tool demo: Litware Cloud clause…  low, 0, decline       not real  open
 6  Capacity risk round, both sites   high, 20, accept      open      open
 7  Northwind Health, exclusivity a…  medium, 0, tentative  open      open
 8  Marlow Paper demo with their sh…  medium, 20, accept    open      open
 9  Workshop: ways of working         low, 0, decline       open      open
10  Ishaan Bhat, performance engine…  medium, 0, tentative  open      open
$ datebook review show first --open | tail -n +7

    MEETING                           LABEL                 ann       bob       RESULT
 2  Promotional claims committee      high, 20, accept      agrees    corrects  disputed
 3  Crash matrix for the 8.0 beta     high, 0, accept       open      corrects  disputed
 5  Tool demo: Litware Cloud clause…  low, 0, decline       not real  open
 6  Capacity risk round, both sites   high, 20, accept      open      open
 7  Northwind Health, exclusivity a…  medium, 0, tentative  open      open
 8  Marlow Paper demo with their sh…  medium, 20, accept    open      open
 9  Workshop: ways of working         low, 0, decline       open      open
10  Ishaan Bhat, performance engine…  medium, 0, tentative  open      open
$ datebook review list
SAMPLE  MEETINGS  FROM  REVIEWERS  OPEN  DISPUTED  SETTLED  GONE
few           40    v4          0    40         0        0     0
first         10    v2          2     5         2        2     0
people        12    v3          0    12         0        0     0
types          5    v2          0     5         0        0     0
$ datebook review show first --json | tr '{' '\n' | head -24

"version":7,"sample":"first","drawn_from":2,"terms":
"count":10,"stratify":["importance"],"prefer":null,"personas":[],"seed":"1"},"reviewers":["ann","bob"],"items":[
"meeting":"AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0AzcoBmm8z_hoqBts8eD6W7pQ2jhpjRK5F","persona":"tier2_account_executive_hunter","label":
"importance":"critical","prep_time_minutes":30,"rsvp":"accept"},"said":
"ann":"agrees","bob":"agrees"},"decided_by":null,"decision":null,"disputed":false,"settled":
"importance":"critical","prep_time_minutes":30,"rsvp":"accept"}},
"meeting":"AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0AEjHmKiNlBf-FSF7CMmU2293qxMS5Zh0MXGXqIZDo3dbyVnLC","persona":"tier3_legal_counsel_risk","label":
"importance":"high","prep_time_minutes":20,"rsvp":"accept"},"said":
"ann":"agrees","bob":"corrects"},"decided_by":null,"decision":null,"disputed":true,"settled":null},
"meeting":"AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0Am74e0tAktFrzM9SR0IUXE_FgM-6ioBO9","persona":"tier2_ic_engineer_deep_work","label":
"importance":"high","prep_time_minutes":0,"rsvp":"accept"},"said":
"ann":"open","bob":"corrects"},"decided_by":null,"decision":null,"disputed":true,"settled":null},
"meeting":"AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A-qH2R7zDDkDf89cxwMh2v3f6bfFitIaSGZTi5C4RV4pyTaei","persona":"tier3_legal_counsel_risk","label":
"importance":"critical","prep_time_minutes":0,"rsvp":"accept"},"said":
"ann":"open","bob":"open"},"decided_by":"cleo","decision":"corrects","disputed":false,"settled":
"importance":"low","prep_time_minutes":0,"rsvp":"accept"}},
"meeting":"AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A5tNfOzxO1W3CAESjBpREVmtFpwLW4cNJ","persona":"tier3_legal_counsel_risk","label":
"importance":"low","prep_time_minutes":0,"rsvp":"decline"},"said":
"ann":"not real","bob":"open"},"decided_by":null,"decision":null,"disputed":false,"settled":null},
"meeting":"AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0AXn29osVmKbA2iDdRvLqXb8GvrcUpQS3MyE1GSzEHoehx-1Wb","persona":"validation_crisis_responder_oncall","label":
"importance":"high","prep_time_minutes":20,"rsvp":"accept"},"said":
"ann":"open","bob":"open"},"decided_by":null,"decision":null,"disputed":false,"settled":null},
"meeting":"AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0Ayw8q0BS5ioz5QetKWAwvBXoZzxFfmCwL","persona":"tier3_legal_counsel_risk","label":

# A name that is taken, and a sample that was talked of: what was said of the
# meetings that are drawn again still counts.

$ datebook review sample first --count 11
! datebook: the sample first exists and is another: 10 meetings from v2, with 7 opinions
! hint: --replace draws it anew, and opinions on meetings that are in both stay; or choose another name
? 3
$ datebook review sample first --count 9 --stratify importance --replace
v8: replaced sample first: 9 meetings from v7
  IMPORTANCE  MEETINGS  DRAWN
  critical          27      2
  high              46      2
  medium            59      3
  low               28      2
! next: datebook review next first --reviewer WHO
$ datebook review show first
sample first: 9 meetings from v7
  evenly of each  importance
  seed            1

ann  6 open, 3 done
bob  6 open, 3 done

   MEETING                           LABEL                 ann       bob       RESULT
1  Demo, then pricing call: Polar …  critical, 30, accept  agrees    agrees    settled
2  Promotional claims committee      high, 20, accept      agrees    corrects  disputed
3  Crash matrix for the 8.0 beta     high, 0, accept       open      corrects  disputed
4  Legal hold round                  critical, 0, accept   open      open      decided
5  Tool demo: Litware Cloud clause…  low, 0, decline       not real  open
6  Northwind Health, exclusivity a…  medium, 0, tentative  open      open
7  Marlow Paper demo with their sh…  medium, 20, accept    open      open
8  Workshop: ways of working         low, 0, decline       open      open
9  Ishaan Bhat, performance engine…  medium, 0, tentative  open      open
$ datebook review sample first --count 8 --stratify importance --replace --seed 2 --json
{"version":9,"sample":"first","outcome":"replaced","drawn_from":8,"meetings":8,"lost_opinions":7,"strata":[{"importance":"critical","meetings":27,"drawn":2,"preferred":0,"drawn_preferred":0},{"importance":"high","meetings":46,"drawn":2,"preferred":0,"drawn_preferred":0},{"importance":"medium","meetings":59,"drawn":2,"preferred":0,"drawn_preferred":0},{"importance":"low","meetings":28,"drawn":2,"preferred":0,"drawn_preferred":0}]}
! 7 opinions are on meetings that are not in the sample any more: they stay, and do not count
! next: datebook review next first --reviewer WHO
$ datebook review sample first --count 10 --stratify importance --replace -q
v10: replaced sample first: 10 meetings from v9
  IMPORTANCE  MEETINGS  DRAWN
  critical          27      2
  high              46      3
  medium            59      3
  low               28      2
$ datebook review list
SAMPLE  MEETINGS  FROM  REVIEWERS  OPEN  DISPUTED  SETTLED  GONE
few           40    v4          0    40         0        0     0
first         10    v9          2     5         2        2     0
people        12    v3          0    12         0        0     0
types          5    v2          0     5         0        0     0

# A rule that changes opens what it labelled again; meetings of a persona that
# is removed are gone.

$ grep -v '^ *"pricing call",$' $DATEBOOK_DATA/tier2_account_executive_hunter.json > hunter.json
$ datebook persona add -q hunter.json
changed tier2_account_executive_hunter
        importance_criteria.always_important: removed "pricing call"
v11: 0 added, 1 changed, 0 unchanged
$ datebook relabel -q
v12: labelled 20 meetings again, 1 label changed
$ datebook persona remove tier3_legal_counsel_risk
v13: removed 1 persona with 20 meetings
! they stay in v12 and before
$ datebook review show first
sample first: 10 meetings from v9
  evenly of each  importance
  seed            1

ann  5 open, 1 open again, 0 done, 4 not there any more
bob  4 open, 1 open again, 1 done, 4 not there any more

    MEETING                           LABEL                 ann    bob       RESULT
 1  Demo, then pricing call: Polar …  medium, 30, accept    again  again
 2  AAkALgAAAAAAHYQDEapmEc2byACqAC-…                        gone   gone      gone
 3  Crash matrix for the 8.0 beta     high, 0, accept       open   corrects  disputed
 4  AAkALgAAAAAAHYQDEapmEc2byACqAC-…                        gone   gone      gone
 5  AAkALgAAAAAAHYQDEapmEc2byACqAC-…                        gone   gone      gone
 6  Capacity risk round, both sites   high, 20, accept      open   open
 7  AAkALgAAAAAAHYQDEapmEc2byACqAC-…                        gone   gone      gone
 8  Marlow Paper demo with their sh…  medium, 20, accept    open   open
 9  Workshop: ways of working         low, 0, decline       open   open
10  Ishaan Bhat, performance engine…  medium, 0, tentative  open   open
$ datebook review list --at HEAD~1
SAMPLE  MEETINGS  FROM  REVIEWERS  OPEN  DISPUTED  SETTLED  GONE
few           40    v4          0    40         0        0     0
first         10    v9          2     6         2        1     0
people        12    v3          0    12         0        0     0
types          5    v2          0     5         0        0     0
$ datebook review show first --at 3 --open | head -3
sample first: 10 meetings from v2
  evenly of each  importance
  seed            1
$ datebook review list --at 3 --json
{"version":3,"samples":[{"sample":"first","drawn_from":2,"meetings":10,"open":10,"disputed":0,"settled":0,"gone":0,"reviewers":[],"problem":null}]}

# Mistakes.

$ datebook review sample
! datebook: review sample needs NAME
! hint: `datebook review sample --help` shows how it is used
? 2
$ datebook review sample first
! datebook: --count is needed: how many meetings?
! hint: `datebook review sample --help` shows how it is used
? 2
$ datebook review sample first --count 0
! datebook: --count takes a whole number from 1 to 100000, not "0"
! hint: `datebook review sample --help` shows how it is used
? 2
$ datebook review sample a/b --count 3
! datebook: "a/b" is no name of a sample
! hint: a name has letters, digits, ".", "_" and "-", does not start with "." or "-", and is at most 64 characters long
? 3
$ datebook review sample new --count 3 --stratify tier,sort
! datebook: --stratify takes persona, importance, tier, type, prep and rsvp, not "sort"
! hint: `datebook review sample --help` shows how it is used
? 2
$ datebook review sample new --count 3 --stratify ,
! datebook: --stratify needs persona, importance, tier, type, prep or rsvp
! hint: `datebook review sample --help` shows how it is used
? 2
$ datebook review sample new --count 3 --prefer none
! datebook: --prefer takes conflicts, new-rules or borderline, not "none"
! hint: `datebook review sample --help` shows how it is used
? 2
$ datebook review sample new --count 3 --persona ,
! datebook: --persona names no persona
! hint: `datebook review sample --help` shows how it is used
? 2
$ datebook review sample new --count 3 --persona tier1_sales_manager_pipelin
! datebook: there is no persona "tier1_sales_manager_pipelin" in v13
! hint: did you mean tier1_sales_manager_pipeline?
? 3
$ datebook review sample new --count 3 --at 99
! datebook: there is no version 99
! hint: the newest version is 13
? 3
$ datebook review show frst
! datebook: there is no sample "frst"
! hint: did you mean "first"?
? 3
$ datebook review remove frst
! datebook: there is no sample "frst"
! hint: did you mean "first"?
? 3
$ datebook review s
! datebook: "review" could be one of review sample, review show
! hint: write more of the name
? 2
$ datebook review
! datebook: review needs one of sample, next, show, agreement, rules
! hint: `datebook --help` lists the commands
? 2

# Removed, and still there in older versions.

$ datebook review remove first
v14: removed sample first with 7 opinions
! they stay in v13 and before
$ datebook review remove people
v15: removed sample people
! it stays in v14 and before
$ datebook review remove few --json
{"version":16,"sample":"few","opinions":0}
$ datebook review list
SAMPLE  MEETINGS  FROM  REVIEWERS  OPEN  DISPUTED  SETTLED  GONE
types          5    v2          0     3         0        0     2
$ datebook review list --at 6
SAMPLE  MEETINGS  FROM  REVIEWERS  OPEN  DISPUTED  SETTLED  GONE
few           40    v4          0    40         0        0     0
first         10    v2          0    10         0        0     0
people        12    v3          0    12         0        0     0
types          5    v2          0     5         0        0     0
$ datebook sql "SELECT name, kind, sample FROM reviews"
name	kind	sample
sample/types	sample	types
$ datebook verify --deep -q
datebook.db is sound: 16 versions in one chain, 16 hashed again from 344 rows
