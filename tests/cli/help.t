# Help comes from the same table as parsing; it is 79 columns wide, but for
# examples, which stand on one line to be copied.

$ datebook --help
datebook keeps a synthetic, labelled meeting dataset in one SQLite file in
which every change is a version.

usage: datebook [GLOBAL] COMMAND [OPTIONS] [ARGUMENTS]

  init               make the database and load the persona library
  persona add        add persona files, or what changed in them
  persona list       list the personas of a version
  persona show       print a persona's document
  persona remove     remove personas with their meetings and labels
  persona lint       find what is wrong with the rules of personas
  persona coverage   count on how many meetings each rule fires and decides
  persona test       show for each rule meetings that it hits and just misses
  persona diversity  score how diverse personas are, show the most alike
  persona review     ask an expert if a persona and its rules are right
  persona agreement  show whether personas exist and experts agree
  generate           make labelled meetings for personas
  requests list      list what was asked of models, and what did not do
  requests show      show one request, its reply, and what came of it
  requests discard   give up the open job and what was written for it
  batch submit       have a provider's batch service run batch files
  batch status       how far submitted batches are
  batch collect      download the results of batches that have ended
  relabel            label again what a rule edit made stale
  status             what is in HEAD, what is stale, and what to do next
  diff               show what changed between two versions
  log                list versions, newest first
  show               show one version: what it did, when, its counts and hashes
  run list           list what was done, how long it took and what it cost
  run show           show one run: what was typed, for whom, its time and cost
  tag                name a version, list the names, take one away
  history            all that a meeting and its label, or a persona, ever were
  explain            why a meeting has its label, with the words marked
  restore            bring an old version back, as a new one
  stats              count what is in a version
  validate           check that a version is good data: mix, times, texts
  review sample      draw meetings for people to judge, under a name
  review list        list the samples of a version, and how far their review is
  review show        show the meetings of a sample, and what was said of each
  review next        judge the meetings of a sample, one by one, in the terminal
  review export      print the meetings of a sample as JSON Lines
  review record      take answers that another tool wrote, as JSON Lines
  review agreement   show how far reviewers and labels agree
  review adjudicate  decide where reviewers disagree, in the terminal
  review rules       list the rules that people corrected most
  review remove      remove a sample with all that was said of it
  split create       say who trains and who is held out, under a name
  split list         list the splits of a version
  split show         show who is on which side of a split, and why
  split check        look for meetings that are on both sides of a split
  split remove       remove a named split
  export             write a folder to train on, split by persona
  sql                ask with read-only SQL, as of a version
  merge              take what other databases hold into this one
  backup             copy the database while it is in use
  verify             look for damage in the database, or in an export
  prune              drop what only old versions hold, and give the space back
  key new            make a key to sign exports and tags with
  key show           print a public key with its id

The way through: init, generate, relabel after a rule edit, diff, export.
`datebook COMMAND --help` explains one of them. A version is written 7, v7, a
tag, HEAD, or HEAD~2.
$ datebook help diff
datebook diff: show what changed between two versions

usage: datebook diff [OPTIONS] [FROM [TO]]

TO is HEAD unless named. Versions may come in either order. Version 0 is the
empty dataset. In tables, + is added, ~ changed, - removed. What changed and
changed back is no difference.

With --other, FROM (HEAD unless named) of this database is compared with TO
(HEAD unless named) of another: personas by their ids, meetings by theirs,
rules by their texts, splits and reviews by their names. Copies of one file are
compared from the last version that they share.

With --persona splits and reviews are left out: they are rows of no persona.

--by rule counts, over the labels that changed, what each rule began (+) and
stopped (-) to do: a rule fires, and decides unless it is overruled.

Options:
  --stat                    how much changed, a line for each persona
  --rows                    every row, with old and new values
  --name-only               ids of personas and meetings, names of splits and
                            reviews
  --by WHAT                 totals by persona, label, field or rule
  --jsonl                   every row as one line of JSON
  --persona ID,…            only these personas
  --limit N                 show at most N rows, names, personas or rules
  --other FILE              TO is a version of another database
  --exit-code               exit with 1 when there is a difference

Global options:
  --db FILE                 the database; else $DATEBOOK_DB, else datebook.db
  --wait SECONDS            for another writer (default 5; 0: fail at once)
  --no-migration-backup     upgrade an old file without a copy of it
  --json                    print one JSON object
  -q, --quiet               no remarks and no progress
  -v, --verbose             more detail
  -h, --help                show help
  --version                 show the version

With --json: {"from", "to", "personas", "meetings", "labels", "splits":
{"added", "changed", "removed"}, "reviews": the same, where some differ,
"transitions": [{"from", "to", "labels"}], "rsvp": [the same], "prep":
{"gained", "lost", "minutes"}, "reasons_only", "by_persona": [{"persona", the
counts, "fields": what changed in its document}]}; with --other also
"from_file", "to_file", "common" (the last version that both share, 0 for
none); with --rows "rows": [{"row", "change", "persona", "meeting", "old",
"new": {"importance", "prep_minutes", "rsvp", "reasoning"}, "fields"}] and
"rows_total"; a row of a split has "split", its name, one of a review "review",
and both have documents as "old" and "new"; --stat and --by give the counts and
their own keys: "by_persona", "transitions" to "reasons_only", "fields":
[{"field", "labels"}], or "rules": [{"persona", "field", "rule",
"began_firing", "stopped_firing", "began_deciding", "stopped_deciding"}] with
"rules_total"; --limit adds "personas_total" to "by_persona"; --name-only gives
"names", "names_total", "from", "to". --jsonl prints the elements of "rows", a
line each

Examples:
  datebook diff HEAD~1
      what the last command changed
  datebook diff v3 v7 --rows --limit 20
      row by row
  datebook diff v3 v7 --by rule
      which rules are behind it
  datebook diff v3 --persona ann --stat
      one persona, in short
  datebook diff --other copy.db
      this database and another
  datebook diff release-1 --exit-code -q
      for a script
$ datebook help diff > a; datebook diff --help > b; cmp a b
$ datebook --help diff > b; cmp a b
$ datebook diff --nonsense --help
! datebook: unknown option --nonsense
! hint: `datebook diff --help` lists the options
? 2
$ datebook help per lis | head -n 3
datebook persona list: list the personas of a version

usage: datebook persona list [OPTIONS]
$ datebook help --help | head -n 1
datebook keeps a synthetic, labelled meeting dataset in one SQLite file in
$ datebook help xyzzy
! datebook: unknown command "xyzzy"
! hint: `datebook --help` lists the commands
? 2
$ commands=$(datebook --help | sed -n 's/^  \([a-z]\+\( [a-z]\+\)*\)  .*/\1/p' | tr ' ' _)
$ for c in $commands; do datebook help $(echo $c | tr _ ' ') > $c || echo no help for $c; done
$ ls | wc -l
56
$ grep -L '^Examples:' *
$ grep -v '^  datebook ' * | sed 's/^[^:]*://' | grep '.\{80\}'
datebook persona coverage: count on how many meetings each rule fires and decides
datebook review list: list the samples of a version, and how far their review is
datebook review next: judge the meetings of a sample, one by one, in the terminal

# Two of them.

$ cat generate
datebook generate: make labelled meetings for personas

usage: datebook generate [OPTIONS]

Meetings come from the offline generator, in Microsoft Graph event form, and
are labelled by the persona's rules; all of them are one new version. The same
seed, personas and options give the same meetings; generating again goes on
from there, with new ids. A persona FILE that is not in the database, or
differs from it, is added first, in the same version. A missing database is
made, with the persona library. Without --count or --weeks a persona of tier 1
gets 200 meetings, of tier 2 150, of tier 3 100, and a validation persona 100.
Without --start a calendar begins in the week after the persona's last meeting,
or on a Monday of 2026 that seed and persona give.

--output-dir also writes the new meetings to <persona id>_meetings.jsonl, those
of each tier to tierN_combined.jsonl (with --tier and --all; never those of
validation personas), and statistics_YYYYMMDD_HHMMSS.json.

With --provider a language model writes the texts of the simulated meetings:
openai is any server that speaks its API, azure is Azure OpenAI, batch writes
requests to files. Keys come from OPENAI_API_KEY, AZURE_OPENAI_API_KEY or
--key-file, addresses from --base-url, OPENAI_BASE_URL or
AZURE_OPENAI_ENDPOINT. Every reply is kept before it is used: whatever ends the
work, --resume goes on with it and pays for nothing twice. docs/models.md tells
it all.

Options:
  --persona ID|FILE,…       for these personas
  --tier N                  for the training personas of a tier, 1 to 3
  --all                     for all personas, validation ones too
  --count N                 meetings for each persona (default by tier)
  --weeks N                 or as many as so many weeks hold
  --seed N                  seed of the random stream (default 1)
  --start DATE              first day, YYYY-MM-DD
  --time-zone NAME          of all times (default Asia/Shanghai)
  --mix LEVEL=PERCENT,…     other shares of critical, high, medium, low
  --prep PERCENT            another share of meetings with preparation
  --no-mix                  take meetings as they come
  --output-dir DIR          also write JSON lines and statistics
  --format jsonl            of --output-dir; there is only jsonl

Texts from a model:
  --provider NAME           offline (default), openai, azure, or batch for
                            files
  --model NAME              who writes; of Azure the deployment
  --language NAME           of the texts (default English)
  --whole-meetings          it makes times and people as well
  --per-call N              meetings in one request (default 8)
  --temperature T           0 to 2 (default: the model's own)
  --candidates N            texts at most for each wanted one (default 3)
  --prompts FOLDER          with prompts/*.txt in place of the usual

Where it answers:
  --base-url URL            of the API (default: the environment's)
  --api-version V           of Azure's older form of URL
  --key-file FILE           holds the key (default: the environment does)
  --ca-file FILE            certificates to trust in place of the system's
  --concurrency N           requests in flight at most (default 16)
  --rpm N                   requests a minute at most
  --tpm N                   tokens a minute at most, by estimate
  --timeout SECONDS         for all of one reply (default 600)

What it may cost:
  --estimate                print calls, tokens and cost; ask nothing
  --max-cost USD            stop before the job costs more
  --max-tokens N            stop before the job takes more
  --prices FILE             of tokens, by model

Going on, and batch files:
  --resume                  go on with the open job
  --partial                 make a version of what is there
  --batch-out FILE          write requests for a batch service
  --batch-in FILE,…         take results of a batch
  --batch-errors FILE,…     take its files of errors, too
  --again                   ask again for what is in batch files

Global options:
  --db FILE                 the database; else $DATEBOOK_DB, else datebook.db
  --wait SECONDS            for another writer (default 5; 0: fail at once)
  --no-migration-backup     upgrade an old file without a copy of it
  --json                    print one JSON object
  -q, --quiet               no remarks and no progress
  -v, --verbose             more detail
  -h, --help                show help
  --version                 show the version

With --json: {"version", "meetings", "personas", "missed": [{"persona", "what",
"came", "least", "most", "off", "rules": [{"rule", "percent"}], "why"}],
"files": [{"path", "rows"}]}; with a model also "end", "job", "model", "usage":
{"calls", "retries", "prompt_tokens", "completion_tokens", "cost_usd" …}; when
it is not done {"end": "budget", "candidates", "interrupted", "failed", "batch"
or "partial", "why", "written", "wanted", "unanswered", "job", "model",
"usage"}, with "files" of --batch-out, and "lines", "taken", "known",
"strangers", "broken", "failed" of --batch-in; --estimate gives {"meetings",
"calls", "prompt_tokens", "completion_tokens", "cost_usd", "model", "prices"}

Examples:
  datebook generate --all
      the whole library
  datebook generate --persona me.json --weeks 4 --seed 7
      four weeks of one persona, from its file
  datebook generate --all --mix critical=40,low=40 --prep 30
      another mix; high and medium share 20 %
  datebook generate --tier 1 --count 200 --output-dir exports/training/tier1
      a tier, with files for a training job
  datebook generate --all --provider openai --model gpt-4o-mini --estimate
      what it would cost to have a model write
  datebook generate --persona me.json --provider openai --model llama --base-url http://localhost:8000/v1
      a model on this machine
  datebook generate --resume --max-cost 2.50
      go on, up to a price
$ cat sql
datebook sql: ask with read-only SQL, as of a version

usage: datebook sql [OPTIONS] QUERY

Prints tab-separated rows under a line of column names. The views, as of the
version:
  personas(persona, name, tier, role, since_version, document)
  meetings(meeting, persona, subject, preview, start, minutes, type,
           attendees, external, organizer, since_version, document,
           request)
  labels(meeting, persona, importance, prep_needed, prep_minutes, rsvp,
         since_version)
  splits(name, since_version, document)
  reviews(name, kind, sample, reviewer, persona, meeting, realistic,
          importance, prep_minutes, rsvp, cause, note, since_version, document)
  runs(version, command, summary, options, started, tool, engine,
       personas, personas_added, personas_changed, personas_removed,
       meetings, meetings_added, …, labels, labels_added, …,
       splits, splits_added, …, reviews, reviews_added, …, pruned,
       content_hash, chain_hash), of the version and those before it
  requests(job, request, persona, kind, state, tries, model,
           prompt_tokens, completion_tokens, cost_usd, note), as they are now

Nothing can be written: only SELECT is let through. Bytes that are no text are
printed as x'00ff'. Ctrl-C ends a query (exit code 6); what was printed before
stays printed.

Options:
  --at VERSION              as of a version (default HEAD)

Global options:
  --db FILE                 the database; else $DATEBOOK_DB, else datebook.db
  --wait SECONDS            for another writer (default 5; 0: fail at once)
  --no-migration-backup     upgrade an old file without a copy of it
  --json                    print one JSON object
  -q, --quiet               no remarks and no progress
  -v, --verbose             more detail
  -h, --help                show help
  --version                 show the version

With --json: {"columns", "rows"}, values as text or null

Examples:
  datebook sql "SELECT importance, count(*) FROM labels GROUP BY 1"
      how many of each
  datebook sql "SELECT subject FROM meetings JOIN labels USING (meeting) WHERE importance = 'critical'" --at HEAD~1
      what was critical before the last change
  datebook sql "SELECT version, summary FROM runs WHERE labels_changed > 0"
      which runs relabelled
