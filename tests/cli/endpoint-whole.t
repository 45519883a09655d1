# Whole meetings: the model says when, how long and who; what cannot be is refused.

$ . "$SOURCE/tests/llm/serve.sh"; . "$SOURCE/tests/cli/model-masked.sh"; . "$SOURCE/tests/cli/endpoint.sh"
$ datebook init -q
Made datebook.db with 8 personas.
$ p=tier1_sales_manager_pipeline

$ serve
$ ask 12 --whole-meetings --language German
v2: 12 meetings for 1 persona, labelled
writer: 2 calls, N tokens of prompts and M of replies, cost not known
$ served violations
0
$ datebook validate --only people.address,people.domain,people.name,people.room,people.present,people.organizer,people.response,hours.working,prep.range | sed 1,2d
CHECK             MEASURED  WANTED
prep.range               0  none    ok
people.address           0  none    ok
people.domain            0  none    ok
people.name              0  none    ok
people.room              0  none    ok
people.present           0  none    ok
people.organizer         0  none    ok
people.response          0  none    ok
hours.working            0  none    ok

all checks hold
# An end before the start, 3,000 people: a correction that quotes it, then others.

$ serve_stop; serve <<END
> nonsense only=minutes
> nonsense only=people
> 2x nonsense
> END
$ ask 12 --whole-meetings --seed 2 --concurrency 1 --per-call 4
v3: 12 meetings for 1 persona, labelled
writer: 7 calls, N tokens of prompts and M of replies, cost not known
3 corrections, 16 of 28 texts rejected
$ datebook requests list --rejected --job 2 | sed -n 's/^request [0-9]*, brief [0-9]*\(, asked again\)*: brief [0-9]*: //p' | sort | uniq -c | sed 's/^ *//'
4 minutes is -30, at least 5 and at most 1440
8 minutes is -30, at least 5 and at most 1440; people are 3,000, at most 500
4 people are 3,000, at most 500
$ datebook sql 'select count(*) n, min(minutes) > 0 forward, max(attendees) <= 500 known from meetings'
n	forward	known
24	1	1
$ served violations; serve_stop
0

# As other models put it.

$ serve <<END
> drift
> refusal
> END
$ ask 12 --whole-meetings --seed 3 --concurrency 1 --per-call 4
v4: 12 meetings for 1 persona, labelled
writer: 4 calls, N tokens of prompts and M of replies, cost not known
1 of 16 texts rejected, 13 put right
$ serve_stop
$ datebook verify --deep | sed 's/:.*//'
datebook.db is sound
