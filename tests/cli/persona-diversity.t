# How diverse personas are, and which two are most alike.

$ datebook persona diversity --help
datebook persona diversity: score how diverse personas are, show the most alike

usage: datebook persona diversity [OPTIONS] [ID|FILE…]

Of all personas, those named, or files: an argument with a slash or the ending
.json is a file, or a folder of them, and needs no database. A persona says in
"diversity" where it stands in six dimensions. The score of a dimension is the
entropy of its values, from 0 (all are the same) to 1 (all are there equally
often); the total is their sum by weight. Exit code 1 says that the total is
not above --min-score, that a value is missing, or that a function has more
than a quarter of the personas.

Below stand the two personas with the largest share of rules in common (Jaccard
index: shared rules by different ones of the two); -v lists all that they
share.

Options:
  --at VERSION              as of a version (default HEAD)
  --tier N                  only personas of a tier, 1 to 3
  --min-score S             what the score must be above (default 0.85)

Global options:
  --db FILE                 the database; else $DATEBOOK_DB, else datebook.db
  --wait SECONDS            for another writer (default 5; 0: fail at once)
  --no-migration-backup     upgrade an old file without a copy of it
  --json                    print one JSON object
  -q, --quiet               no remarks and no progress
  -v, --verbose             more detail
  -h, --help                show help
  --version                 show the version

With --json: {"score", "min_score", "personas", "training_score",
"training_personas", "dimensions": [{"name", "weight", "score",
"training_score", "values": [{"value", "personas", "training_personas"}]}],
"missing": [{"dimension", "value"}], "crowded": [{"function", "personas"}],
"unplaced": [{"persona", "dimension", "value", "problem"}], "most_alike":
{"personas", "shared_rules", "different_rules", "jaccard", "values": {…},
"rules": [{"field", "text"}]}}; scores of nobody and a pair of less than two
are null

Examples:
  datebook persona diversity
      all personas of the database
  datebook persona diversity personas/ my_persona.json
      the library with one more, before it is added
$ person() { printf '{"id": "%s", "name": "N", "tier": %s, "diversity": {"level": "%s", "function": "%s", "load": "%s", "work_style": "%s", "career_stage": "%s", "industry": "%s"}%s}' "$@" > "$1.json"; }
$ person ann 1 ic engineering light collaborative new_hire startup ', "importance_criteria": {"always_important": ["Budget reviews", "audit"], "rarely_important": ["lunch"]}'
$ person bob 1 manager engineering moderate focused_maker new_hire growth ', "importance_criteria": {"always_important": ["budget review"], "rarely_important": ["newsletter"]}'
$ person cho 2 vp sales heavy strategic established enterprise
$ person dee 3 c_level hr extreme executor senior tech ', "role": "validation"'
$ datebook persona diversity ./ann.json bob.json cho.json dee.json
4 personas, 3 of them for training

DIMENSION     WEIGHT  SCORE  TRAINING  PERSONAS OF EACH VALUE
level           0.20  0.861     0.683  ic 1, manager 1, senior_manager 0, vp 1,
                                       c_level 1
function        0.20  0.452     0.276  engineering 2, product 0, sales 1,
                                       marketing 0, operations 0, finance 0,
                                       hr 1, legal 0, data 0, customer_success 0
load            0.15  1.000     0.792  light 1, moderate 1, heavy 1, extreme 1
work_style      0.15  0.861     0.683  collaborative 1, focused_maker 1,
                                       strategic 1, executor 1, networker 0
career_stage    0.15  0.534     0.327  new_hire 2, ramping 0, established 1,
                                       senior 1, tenured 0, pre_promotion 0,
                                       exploring_exit 0
industry        0.15  0.667     0.528  startup 1, growth 1, enterprise 1,
                                       tech 1, finance 0, healthcare 0,
                                       consulting 0, remote_first 0
total           1.00  0.722     0.541

level: no persona is senior_manager
function: no persona is product, marketing, operations, finance, legal, data, customer_success
work_style: no persona is networker
career_stage: no persona is ramping, tenured, pre_promotion, exploring_exit
industry: no persona is finance, healthcare, consulting, remote_first
function: more than a quarter are engineering: 2 of 4
the score 0.7219 is not above 0.85

most alike   ann
             bob
same rules   1 of 4, 25.0%
same values  2 of 6: function engineering, career_stage new_hire

LIST                                  RULE THAT BOTH HAVE
importance_criteria.always_important  Budget reviews
? 1
$ datebook persona diversity ann.json bob.json --json
{"score":0.2757,"min_score":0.85,"personas":2,"training_score":0.2757,"training_personas":2,"dimensions":[{"name":"level","weight":0.20,"score":0.4307,"training_score":0.4307,"values":[{"value":"ic","personas":1,"training_personas":1},{"value":"manager","personas":1,"training_personas":1},{"value":"senior_manager","personas":0,"training_personas":0},{"value":"vp","personas":0,"training_personas":0},{"value":"c_level","personas":0,"training_personas":0}]},{"name":"function","weight":0.20,"score":0.0000,"training_score":0.0000,"values":[{"value":"engineering","personas":2,"training_personas":2},{"value":"product","personas":0,"training_personas":0},{"value":"sales","personas":0,"training_personas":0},{"value":"marketing","personas":0,"training_personas":0},{"value":"operations","personas":0,"training_personas":0},{"value":"finance","personas":0,"training_personas":0},{"value":"hr","personas":0,"training_personas":0},{"value":"legal","personas":0,"training_personas":0},{"value":"data","personas":0,"training_personas":0},{"value":"customer_success","personas":0,"training_personas":0}]},{"name":"load","weight":0.15,"score":0.5000,"training_score":0.5000,"values":[{"value":"light","personas":1,"training_personas":1},{"value":"moderate","personas":1,"training_personas":1},{"value":"heavy","personas":0,"training_personas":0},{"value":"extreme","personas":0,"training_personas":0}]},{"name":"work_style","weight":0.15,"score":0.4307,"training_score":0.4307,"values":[{"value":"collaborative","personas":1,"training_personas":1},{"value":"focused_maker","personas":1,"training_personas":1},{"value":"strategic","personas":0,"training_personas":0},{"value":"executor","personas":0,"training_personas":0},{"value":"networker","personas":0,"training_personas":0}]},{"name":"career_stage","weight":0.15,"score":0.0000,"training_score":0.0000,"values":[{"value":"new_hire","personas":2,"training_personas":2},{"value":"ramping","personas":0,"training_personas":0},{"value":"established","personas":0,"training_personas":0},{"value":"senior","personas":0,"training_personas":0},{"value":"tenured","personas":0,"training_personas":0},{"value":"pre_promotion","personas":0,"training_personas":0},{"value":"exploring_exit","personas":0,"training_personas":0}]},{"name":"industry","weight":0.15,"score":0.3333,"training_score":0.3333,"values":[{"value":"startup","personas":1,"training_personas":1},{"value":"growth","personas":1,"training_personas":1},{"value":"enterprise","personas":0,"training_personas":0},{"value":"tech","personas":0,"training_personas":0},{"value":"finance","personas":0,"training_personas":0},{"value":"healthcare","personas":0,"training_personas":0},{"value":"consulting","personas":0,"training_personas":0},{"value":"remote_first","personas":0,"training_personas":0}]}],"missing":[{"dimension":"level","value":"senior_manager"},{"dimension":"level","value":"vp"},{"dimension":"level","value":"c_level"},{"dimension":"function","value":"product"},{"dimension":"function","value":"sales"},{"dimension":"function","value":"marketing"},{"dimension":"function","value":"operations"},{"dimension":"function","value":"finance"},{"dimension":"function","value":"hr"},{"dimension":"function","value":"legal"},{"dimension":"function","value":"data"},{"dimension":"function","value":"customer_success"},{"dimension":"load","value":"heavy"},{"dimension":"load","value":"extreme"},{"dimension":"work_style","value":"strategic"},{"dimension":"work_style","value":"executor"},{"dimension":"work_style","value":"networker"},{"dimension":"career_stage","value":"ramping"},{"dimension":"career_stage","value":"established"},{"dimension":"career_stage","value":"senior"},{"dimension":"career_stage","value":"tenured"},{"dimension":"career_stage","value":"pre_promotion"},{"dimension":"career_stage","value":"exploring_exit"},{"dimension":"industry","value":"enterprise"},{"dimension":"industry","value":"tech"},{"dimension":"industry","value":"finance"},{"dimension":"industry","value":"healthcare"},{"dimension":"industry","value":"consulting"},{"dimension":"industry","value":"remote_first"}],"crowded":[{"function":"engineering","personas":2}],"unplaced":[],"most_alike":{"personas":["ann","bob"],"shared_rules":1,"different_rules":4,"jaccard":0.2500,"values":{"function":"engineering","career_stage":"new_hire"},"rules":[{"field":"importance_criteria.always_important","text":"Budget reviews"}]}}
? 1
$ datebook persona diversity dee.json
1 persona, 0 of them for training

DIMENSION     WEIGHT  SCORE  TRAINING  PERSONAS OF EACH VALUE
level           0.20  0.000         -  ic 0, manager 0, senior_manager 0, vp 0,
                                       c_level 1
function        0.20  0.000         -  engineering 0, product 0, sales 0,
                                       marketing 0, operations 0, finance 0,
                                       hr 1, legal 0, data 0, customer_success 0
load            0.15  0.000         -  light 0, moderate 0, heavy 0, extreme 1
work_style      0.15  0.000         -  collaborative 0, focused_maker 0,
                                       strategic 0, executor 1, networker 0
career_stage    0.15  0.000         -  new_hire 0, ramping 0, established 0,
                                       senior 1, tenured 0, pre_promotion 0,
                                       exploring_exit 0
industry        0.15  0.000         -  startup 0, growth 0, enterprise 0,
                                       tech 1, finance 0, healthcare 0,
                                       consulting 0, remote_first 0
total           1.00  0.000         -

level: no persona is ic, manager, senior_manager, vp
function: no persona is engineering, product, sales, marketing, operations, finance, legal, data, customer_success
load: no persona is light, moderate, heavy
work_style: no persona is collaborative, focused_maker, strategic, networker
career_stage: no persona is new_hire, ramping, established, tenured, pre_promotion, exploring_exit
industry: no persona is startup, growth, enterprise, finance, healthcare, consulting, remote_first
function: more than a quarter are hr: 1 of 1
the score 0.0000 is not above 0.85
? 1
$ datebook persona diversity dee.json --json > out; sqlite3 :memory: "SELECT j ->> 'training_score', j -> 'most_alike', j ->> '$.dimensions[0].training_score' FROM (SELECT CAST(readfile('out') AS TEXT) AS j)"
|null|

# Ten personas that lack nothing; the bar can be moved.

$ mkdir team
$ awk 'BEGIN { l = split("ic manager senior_manager vp c_level", L); f = split("engineering product sales marketing operations finance hr legal data customer_success", F); h = split("light moderate heavy extreme", H); w = split("collaborative focused_maker strategic executor networker", W); c = split("new_hire ramping established senior tenured pre_promotion exploring_exit", C); n = split("startup growth enterprise tech finance healthcare consulting remote_first", N); for (i = 0; i < 10; i++) printf "{\"id\": \"p%d\", \"name\": \"P\", \"tier\": %d, \"diversity\": {\"level\": \"%s\", \"function\": \"%s\", \"load\": \"%s\", \"work_style\": \"%s\", \"career_stage\": \"%s\", \"industry\": \"%s\"}}\n", i, 1 + i % 3, L[1 + i % l], F[1 + i % f], H[1 + i % h], W[1 + i % w], C[1 + i % c], N[1 + i % n] > ("team/p" i ".json") }'
$ datebook persona diversity team
! datebook: there is no database datebook.db
! hint: make it with `datebook init`, or name another with --db FILE
? 4
$ datebook persona diversity team/
10 personas, 10 of them for training

DIMENSION     WEIGHT  SCORE  TRAINING  PERSONAS OF EACH VALUE
level           0.20  1.000     1.000  ic 2, manager 2, senior_manager 2, vp 2,
                                       c_level 2
function        0.20  1.000     1.000  engineering 1, product 1, sales 1,
                                       marketing 1, operations 1, finance 1,
                                       hr 1, legal 1, data 1, customer_success 1
load            0.15  0.985     0.985  light 3, moderate 3, heavy 2, extreme 2
work_style      0.15  1.000     1.000  collaborative 2, focused_maker 2,
                                       strategic 2, executor 2, networker 2
career_stage    0.15  0.970     0.970  new_hire 2, ramping 2, established 2,
                                       senior 1, tenured 1, pre_promotion 1,
                                       exploring_exit 1
industry        0.15  0.974     0.974  startup 2, growth 2, enterprise 1,
                                       tech 1, finance 1, healthcare 1,
                                       consulting 1, remote_first 1
total           1.00  0.989     0.989

most alike   p0
             p5
same rules   0 of 0, -
same values  2 of 6: level ic, work_style collaborative
$ datebook persona diversity team/ --min-score 0.99 | grep above
the score 0.9894 is not above 0.99
$ datebook persona diversity team/ --min-score 0 > /dev/null
$ datebook persona diversity team/ --tier 2 | grep -e personas -e person
3 personas, 3 of them for training
level: no persona is ic, vp
function: no persona is engineering, sales, marketing, finance, hr, data, customer_success
load: no persona is heavy
work_style: no persona is collaborative, executor
career_stage: no persona is established, senior, pre_promotion, exploring_exit
industry: no persona is startup, enterprise, tech, healthcare, consulting

# The library clears the bar, its training personas alone as well.

$ datebook persona diversity "$SOURCE/personas" --json > out
$ sqlite3 :memory: "SELECT j ->> 'training_score' > 0.85, j -> 'unplaced' FROM (SELECT CAST(readfile('out') AS TEXT) AS j)"
1|[]

# Who does not say where they stand.

$ mkdir odd
$ echo '{"id": "nowhere", "name": "N", "tier": 1}' > odd/nowhere.json
$ printf '{"id": "half", "name": "N", "tier": 1, "diversity": {"level": "boss\\u001b[1m", "load": 12, "function": "sales", "industry": "tech", "work_style": "executor"}}' > odd/half.json
$ datebook persona diversity team/ odd/
12 personas, 12 of them for training

DIMENSION     WEIGHT  SCORE  TRAINING  PERSONAS OF EACH VALUE
level           0.20  1.000     1.000  ic 2, manager 2, senior_manager 2, vp 2,
                                       c_level 2
function        0.20  0.987     0.987  engineering 1, product 1, sales 2,
                                       marketing 1, operations 1, finance 1,
                                       hr 1, legal 1, data 1, customer_success 1
load            0.15  0.985     0.985  light 3, moderate 3, heavy 2, extreme 2
work_style      0.15  0.991     0.991  collaborative 2, focused_maker 2,
                                       strategic 2, executor 3, networker 2
career_stage    0.15  0.970     0.970  new_hire 2, ramping 2, established 2,
                                       senior 1, tenured 1, pre_promotion 1,
                                       exploring_exit 1
industry        0.15  0.971     0.971  startup 2, growth 2, enterprise 1,
                                       tech 2, finance 1, healthcare 1,
                                       consulting 1, remote_first 1
total           1.00  0.985     0.985

half: diversity.level is "boss\x1b[1m", which is not in the list
    write one of ic, manager, senior_manager, vp, c_level
half: diversity.load is a number
    write one of light, moderate, heavy, extreme
half: diversity.career_stage is missing
    write one of new_hire, ramping, established, senior, tenured, pre_promotion, exploring_exit
nowhere: has no object "diversity", and counts in no dimension
    add one with a value of each: "diversity": {"level": "ic", "function": "engineering", "load": "light", "work_style": "collaborative", "career_stage": "new_hire", "industry": "startup"}

most alike   p0
             p5
same rules   0 of 0, -
same values  2 of 6: level ic, work_style collaborative
$ datebook persona diversity odd/ --json > out; sqlite3 :memory: "SELECT value FROM json_each(readfile('out'), '$.unplaced')"
{"persona":"half","dimension":"level","value":"boss\u001b[1m","problem":"not_in_list"}
{"persona":"half","dimension":"load","value":null,"problem":"no_text"}
{"persona":"half","dimension":"career_stage","value":null,"problem":"missing"}
{"persona":"nowhere","dimension":null,"value":null,"problem":"no_object"}

# Personas of the database, as of any version.

$ datebook persona diversity
! datebook: there is no database datebook.db
! hint: make it with `datebook init`, or name another with --db FILE
? 4
$ datebook init -q --no-library
Made datebook.db with 0 personas.
$ datebook persona diversity; datebook persona diversity -q --json | head -c 33; echo
0 personas, 0 of them for training
{"score":null,"min_score":0.85,"p
! no personas; next: datebook persona add FILE-OR-FOLDER
$ datebook persona add -q ann.json bob.json
added   ann
added   bob
v1: 2 added, 0 changed, 0 unchanged
$ datebook persona add -q cho.json
added   cho
v2: 1 added, 0 changed, 0 unchanged
$ datebook persona diversity | head -n 1
3 personas, 3 of them for training
$ datebook persona diversity --at 1 | head -n 1
2 personas, 2 of them for training
$ datebook persona diversity ann cho dee.json | head -n 1
3 personas, 2 of them for training
$ datebook persona diversity --tier 3 | head -n 1
0 personas, 0 of them for training
! no persona is of tier 3

# More than ten shared rules, and everybody alike.

$ many() { for i in 1 2 3 4 5 6 7 8 9 10 11 12; do printf '%s"%s %d"' "$sep" "$1" $i; sep=', '; done; sep=; }
$ for p in one two; do echo '{"id": "'$p'", "name": "N", "tier": 1, "diversity": {"level": "senior_manager", "function": "customer_success", "load": "moderate", "work_style": "focused_maker", "career_stage": "pre_promotion", "industry": "remote_first"}, "importance_criteria": {"sometimes_important": ['$(many 'A pattern of which there are a dozen, number')']}}' > $p.json; done
$ datebook persona diversity one.json two.json | sed -n '/^most/,$p'
most alike   one
             two
same rules   12 of 12, 100.0%
same values  6 of 6: level senior_manager, function customer_success,
             load moderate, work_style focused_maker,
             career_stage pre_promotion, industry remote_first

LIST                                     RULE THAT BOTH HAVE
importance_criteria.sometimes_important  A pattern of which there are a dozen, …
importance_criteria.sometimes_important  A pattern of which there are a dozen, …
importance_criteria.sometimes_important  A pattern of which there are a dozen, …
importance_criteria.sometimes_important  A pattern of which there are a dozen, …
importance_criteria.sometimes_important  A pattern of which there are a dozen, …
importance_criteria.sometimes_important  A pattern of which there are a dozen, …
importance_criteria.sometimes_important  A pattern of which there are a dozen, …
importance_criteria.sometimes_important  A pattern of which there are a dozen, …
importance_criteria.sometimes_important  A pattern of which there are a dozen, …
importance_criteria.sometimes_important  A pattern of which there are a dozen, …
… and 2 more; -v shows all
$ datebook persona diversity one.json two.json -v | grep -c sometimes
12

# Bad input.

$ datebook persona diversity ann.json ann.json
! datebook: ann.json is named twice
? 3
$ datebook persona diversity ann ann
! datebook: persona "ann" is named twice
? 3
$ cp ann.json copy.json; datebook persona diversity ann.json copy.json
! datebook: copy.json: id: "ann" is also the id of ann.json
? 3
$ datebook persona diversity ann ann.json
! datebook: ann.json: id: "ann" is also the id of a persona of the database
? 3
$ datebook persona diversity nobody
! datebook: there is no persona "nobody"
! hint: `datebook persona list` lists them
? 3
$ datebook persona diversity ./nobody.json
! datebook: cannot read ./nobody.json: No such file or directory
? 3
$ datebook persona diversity ann.json --at 1
! datebook: --at goes with personas of the database
! hint: `datebook persona diversity --help` shows how it is used
? 2
$ datebook persona diversity --tier 4
! datebook: --tier takes a whole number from 1 to 3, not "4"
! hint: `datebook persona diversity --help` shows how it is used
? 2
$ for s in 1.1 -1 x nan 0.5x ''; do datebook persona diversity ann.json --min-score "$s" 2>&1 | head -n 1; done
datebook: --min-score takes a number from 0 to 1, such as 0.85, not "1.1"
datebook: --min-score takes a number from 0 to 1, such as 0.85, not "-1"
datebook: --min-score takes a number from 0 to 1, such as 0.85, not "x"
datebook: --min-score takes a number from 0 to 1, such as 0.85, not "nan"
datebook: --min-score takes a number from 0 to 1, such as 0.85, not "0.5x"
datebook: --min-score takes a number from 0 to 1, such as 0.85, not ""
