# Whether personas exist, and whether experts agree on their rules.

$ datebook -q init > made
$ datebook persona agreement
personas as of v1: 0 experts, on 0 personas

exists: nothing to count yet
experts agree: nothing to count yet
! next: datebook persona review ID --reviewer WHO
$ datebook persona agreement --check -q
personas as of v1: 0 experts, on 0 personas

exists: nothing to count yet
experts agree: nothing to count yet
? 1
$ datebook persona agreement nobody
! datebook: there is no persona "nobody"
! hint: `datebook persona list` lists them
? 3

# All rules are right, but for those that are named.

$ expert() { # ID REVIEWER EXISTS [RULE]
>     datebook persona review $1 --template | sed -e "s/\"exists\": null/\"exists\": $3/" -e "/\"rule\": \"${4:-none}/,/right/s/null/false/" -e 's/null/true/' |
>         datebook -q persona review $1 --reviewer $2 --answers -
> }
$ expert tier1_sales_manager_pipeline ann true
v2: ann on tier1_sales_manager_pipeline: 89 of 89 rules answered: 89 right, 0 wrong
$ expert tier1_sales_manager_pipeline bob true Rarely
v3: bob on tier1_sales_manager_pipeline: 89 of 89 rules answered: 80 right, 9 wrong
$ expert tier3_legal_counsel_risk ann true Usually
v4: ann on tier3_legal_counsel_risk: 89 of 89 rules answered: 76 right, 13 wrong
$ datebook persona agreement
personas as of v4: 2 experts, on 2 personas

ALL PERSONAS           SHARE               N  TARGET
exists in our company  100 % (16-100 %)    3    85 %  met, could be chance
experts agree          90 % (83-96 %)     90    90 %  met, could be chance
rules are right        92 % (88-95 %)    267

PERSONA                       EXISTS  RULES RIGHT     EXPERTS AGREE
tier1_sales_manager_pipeline  2 of 2  95 % (92-98 %)  90 % (83-96 %)
tier3_legal_counsel_risk      1 of 1  85 % (78-92 %)  -

exists: 100 % (16-100 %), n 3 opinions
  target 85 %: met, but that could be chance: the interval goes below it
experts agree: 90 % (83-96 %), n 90 pairs of answers
  target 90 %: met, but that could be chance: the interval goes below it
$ expert tier3_legal_counsel_risk cid false
v5: cid on tier3_legal_counsel_risk: 89 of 89 rules answered: 89 right, 0 wrong
$ datebook persona agreement
personas as of v5: 3 experts, on 2 personas

ALL PERSONAS           SHARE              N  TARGET
exists in our company  75 % (50-100 %)    4    85 %  not met, could be chance
experts agree          87 % (82-92 %)   180    90 %  not met, could be chance
rules are right        94 % (91-96 %)   356

PERSONA                       EXISTS  RULES RIGHT     EXPERTS AGREE
tier1_sales_manager_pipeline  2 of 2  95 % (92-98 %)  90 % (83-96 %)
tier3_legal_counsel_risk      1 of 2  93 % (89-96 %)  84 % (77-91 %)

exists: 75 % (50-100 %), n 4 opinions
  target 85 %: not met, but that could be chance: the interval reaches it
experts agree: 87 % (82-92 %), n 180 pairs of answers
  target 90 %: not met, but that could be chance: the interval reaches it
$ datebook persona agreement --check > made
? 1
$ datebook persona agreement tier3_legal_counsel_risk
persona tier3_legal_counsel_risk as of v5: 2 experts

PERSONA                SHARE             N  TARGET
exists in our company  50 % (0-100 %)    2    85 %  not met, could be chance
experts agree          84 % (77-91 %)   90    90 %  not met, could be chance
rules are right        93 % (89-96 %)  178

exists: 50 % (0-100 %), n 2 opinions
  target 85 %: not met, but that could be chance: the interval reaches it
experts agree: 84 % (77-91 %), n 90 pairs of answers
  target 90 %: not met, but that could be chance: the interval reaches it
$ datebook persona agreement tier3_legal_counsel_risk --json
{"version":5,"groups":[{"persona":"tier3_legal_counsel_risk","experts":2,"outdated":0,"exists":{"value":0.500000,"low":0.000000,"high":1.000000,"n":2,"target":0.850000,"verdict":"not_met_maybe"},"rules_right":{"value":0.926966,"low":0.887640,"high":0.960674,"n":178},"experts_agree":{"value":0.844444,"low":0.766667,"high":0.911111,"n":90,"target":0.900000,"verdict":"not_met_maybe"}}]}
$ datebook persona agreement --json | tr '{' '\n'

"version":5,"groups":[
"persona":null,"experts":3,"outdated":0,"exists":
"value":0.750000,"low":0.500000,"high":1.000000,"n":4,"target":0.850000,"verdict":"not_met_maybe"},"rules_right":
"value":0.938202,"low":0.912921,"high":0.960674,"n":356},"experts_agree":
"value":0.872222,"low":0.816667,"high":0.916667,"n":180,"target":0.900000,"verdict":"not_met_maybe"}},
"persona":"tier1_sales_manager_pipeline","experts":2,"outdated":0,"exists":
"value":1.000000,"low":0.158114,"high":1.000000,"n":2,"target":0.850000,"verdict":"met_maybe"},"rules_right":
"value":0.949438,"low":0.915730,"high":0.977528,"n":178},"experts_agree":
"value":0.900000,"low":0.833333,"high":0.955556,"n":90,"target":0.900000,"verdict":"met_maybe"}},
"persona":"tier3_legal_counsel_risk","experts":2,"outdated":0,"exists":
"value":0.500000,"low":0.000000,"high":1.000000,"n":2,"target":0.850000,"verdict":"not_met_maybe"},"rules_right":
"value":0.926966,"low":0.887640,"high":0.960674,"n":178},"experts_agree":
"value":0.844444,"low":0.766667,"high":0.911111,"n":90,"target":0.900000,"verdict":"not_met_maybe"}}]}
$ datebook persona agreement --at HEAD~1 -q | head -1
personas as of v4: 2 experts, on 2 personas

# Another rule: what was said of the rules before does not count.

$ datebook persona show tier3_legal_counsel_risk | sed 's/"always_important": \[/&"summons",/' > counsel.json
! reviewed by 2 experts; 1 of 2 says that the person exists
$ datebook -q persona add ./counsel.json > made
$ datebook persona agreement tier3_legal_counsel_risk
persona tier3_legal_counsel_risk as of v6: 0 experts
not counted: 2 opinions on rules that changed since or are gone

exists: nothing to count yet
experts agree: nothing to count yet
! next: datebook persona review tier3_legal_counsel_risk --reviewer WHO
$ datebook persona agreement -q
personas as of v6: 2 experts, on 1 persona
not counted: 2 opinions on rules that changed since or are gone

ALL PERSONAS           SHARE              N  TARGET
exists in our company  100 % (3-100 %)    2    85 %  met, could be chance
experts agree          90 % (83-96 %)    90    90 %  met, could be chance
rules are right        95 % (92-98 %)   178

PERSONA                       EXISTS  RULES RIGHT     EXPERTS AGREE
tier1_sales_manager_pipeline  2 of 2  95 % (92-98 %)  90 % (83-96 %)
tier3_legal_counsel_risk           -  -               -

exists: 100 % (3-100 %), n 2 opinions
  target 85 %: met, but that could be chance: the interval goes below it
experts agree: 90 % (83-96 %), n 90 pairs of answers
  target 90 %: met, but that could be chance: the interval goes below it
