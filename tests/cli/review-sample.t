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
  tier2_account_executive_hunter      none           8      0     0 of 1
  tier2_ic_engineer_deep_work         needed         9      1     1 of 2
  tier2_ic_engineer_deep_work         none          11      1          -
  tier3_finance_manager_compliance    needed         9      1     1 of 1
  tier3_finance_manager_compliance    none          11      1          -
  tier3_legal_counsel_risk            needed         8      0          -
  tier3_legal_counsel_risk            none          12      1          -
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

# A name that is taken.

$ datebook review sample first --count 11
! datebook: the sample first exists and is another: 10 meetings from v2
! hint: --replace draws it anew, and opinions on meetings that are in both stay; or choose another name
? 3
$ datebook review sample first --count 11 --replace
v7: replaced sample first: 11 meetings from v6
  MEETINGS  DRAWN
       160     11
! next: datebook review next first --reviewer WHO
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
! datebook: there is no persona "tier1_sales_manager_pipelin" in v7
! hint: did you mean tier1_sales_manager_pipeline?
? 3
$ datebook review sample new --count 3 --at 9
! datebook: there is no version 9
! hint: the newest version is 7
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

$ datebook review remove people
v8: removed sample people
! it stays in v7 and before
$ datebook review remove few --json
{"version":9,"sample":"few","opinions":0}
$ datebook review list
SAMPLE  MEETINGS  FROM  REVIEWERS  OPEN  DISPUTED  SETTLED  GONE
first         11    v6          0    11         0        0     0
types          5    v2          0     5         0        0     0
$ datebook review list --at 6
SAMPLE  MEETINGS  FROM  REVIEWERS  OPEN  DISPUTED  SETTLED  GONE
few           40    v4          0    40         0        0     0
first         10    v2          0    10         0        0     0
people        12    v3          0    12         0        0     0
types          5    v2          0     5         0        0     0
$ datebook sql "SELECT name, kind, sample FROM reviews"
name	kind	sample
sample/first	sample	first
sample/types	sample	types
$ datebook verify --deep -q
datebook.db is sound: 9 versions in one chain, 9 hashed again from 333 rows
