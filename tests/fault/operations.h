/* The commands that are tried with faults, and what each starts from. */
#ifndef DATEBOOK_TESTS_FAULT_OPERATIONS_H
#define DATEBOOK_TESTS_FAULT_OPERATIONS_H

#include <stdbool.h>
#include <stddef.h>

/* Databases to start from, each made from the one before it by a command. */
enum start {
    START_NOTHING,
    START_EMPTY,
    START_FILLED,
    START_EDITED,
    START_TWO,
    START_REVIEWED, /* what ann says is there, and more in answers.jsonl */
    START_OLD,
    START_ASKING,  /* what a model would answer is in results.jsonl */
    START_BATCHED, /* and its requests are in requests.jsonl */
    START_PARTLY,  /* and half of the answers are taken */
    STARTS
};

struct operation {
    const char *line; /* @: the folder of data; #: the id of a meeting; %: where
                         a model answers */
    enum start start;
    bool writes; /* to the database */
    int exit_code;
    const char *again; /* of one that works in steps: goes on with its job */
};

#define MODEL                                                                  \
    "--model m --all --count 4 --per-call 2 --prompts @/../../../personas"

static const struct operation operations[] = {
    {"init --no-library", START_NOTHING, true, 0, NULL},
    {"init", START_NOTHING, true, 0, NULL},
    {"persona add @/edited/first.json", START_FILLED, true, 0, NULL},
    {"persona remove first", START_FILLED, true, 0, NULL},
    {"persona review first --reviewer ann --answers @/../reviews/first.json",
     START_FILLED, true, 0, NULL},
    {"persona review first --template", START_FILLED, false, 0, NULL},
    {"-q generate --all --count 5 --seed 3", START_FILLED, true, 0, NULL},
    {"-q generate --persona @/first.json,@/second.json --count 3 "
     "--output-dir out",
     START_EMPTY, true, 0, NULL},
    {"-q relabel", START_EDITED, true, 0, NULL},
    {"relabel --dry-run", START_EDITED, true, 0, NULL},
    {"split create new --held-out-fraction 0.3 --stratify tier,function",
     START_FILLED, true, 0, NULL},
    {"split create kept --seed 5 --validation-fraction 0.2 --replace",
     START_EDITED, true, 0, NULL},
    {"split list", START_EDITED, false, 0, NULL},
    {"split show kept", START_EDITED, false, 0, NULL},
    {"--json split show kept", START_EDITED, false, 0, NULL},
    {"split check kept", START_EDITED, false, 1, NULL},
    {"--json split check kept", START_EDITED, false, 1, NULL},
    {"split remove kept", START_EDITED, true, 0, NULL},
    {"review export first", START_REVIEWED, false, 0, NULL},
    {"review export first --reviewer ann --blind", START_REVIEWED, false, 0,
     NULL},
    {"review record answers.jsonl", START_REVIEWED, true, 0, NULL},
    {"--json review record --dry-run answers.jsonl", START_REVIEWED, true, 0,
     NULL},
    {"review agreement first", START_REVIEWED, false, 0, NULL},
    {"--json review agreement first --check", START_REVIEWED, false, 1, NULL},
    {"persona agreement", START_REVIEWED, false, 0, NULL},
    {"review adjudicate first --list", START_REVIEWED, false, 1, NULL},
    {"--json review adjudicate first", START_REVIEWED, false, 1, NULL},
    {"backup copy.db", START_FILLED, false, 0, NULL},
    {"tag late HEAD", START_FILLED, true, 0, NULL},
    {"tag --delete early", START_FILLED, true, 0, NULL},
    {"restore 1", START_EDITED, true, 0, NULL},
    {"restore --persona first 2", START_EDITED, true, 0, NULL},
    {"prune --keep-last 1", START_EDITED, true, 0, NULL},
    {"merge --prefer ours other.db", START_TWO, true, 0, NULL},
    {"log", START_OLD, true, 0, NULL}, /* upgrades the file */
    {"-q --no-migration-backup relabel", START_OLD, true, 0, NULL},
    {"verify --deep", START_EDITED, false, 0, NULL},
    {"persona list", START_FILLED, false, 0, NULL},
    {"persona show first", START_FILLED, false, 0, NULL},
    {"persona lint @/first.json @/second.json", START_FILLED, false, 0, NULL},
    {"persona lint", START_FILLED, false, 0, NULL},
    {"persona coverage first", START_FILLED, false, 0, NULL},
    {"persona test first", START_FILLED, false, 0, NULL},
    {"persona diversity @/first.json @/second.json", START_FILLED, false, 1,
     NULL},
    {"--json persona diversity -v", START_FILLED, false, 1, NULL},
    {"status", START_EDITED, false, 0, NULL},
    {"diff 1 HEAD --rows", START_EDITED, false, 0, NULL},
    {"--json diff 1 HEAD", START_EDITED, false, 0, NULL},
    {"diff 1 HEAD --jsonl", START_EDITED, false, 0, NULL},
    {"history #", START_EDITED, false, 0, NULL},
    {"explain #", START_EDITED, false, 0, NULL},
    {"log", START_EDITED, false, 0, NULL},
    {"show HEAD", START_EDITED, false, 0, NULL},
    {"stats", START_EDITED, false, 0, NULL},
    {"--json stats", START_EDITED, false, 0, NULL},
    {"validate --skip text,people,hours", START_FILLED, false, 0, NULL},
    {"--json validate --skip text,people,hours -v", START_FILLED, false, 0,
     NULL},
    {"validate --only form,label,text --junit out.xml", START_FILLED, false, 0,
     NULL},
    {"validate --list", START_NOTHING, false, 0, NULL},
    {"export --drop-leaks --output out", START_FILLED, false, 0, NULL},
    {"sql 'SELECT * FROM labels'", START_FILLED, false, 0, NULL},
    {"generate --provider batch --estimate --prices "
     "@/../../../personas/models/prices.json " MODEL,
     START_FILLED, true, 0, NULL},
    {"requests list", START_BATCHED, false, 0, NULL},
    {"--json requests list --rejected", START_PARTLY, false, 0, NULL},
    {"requests show 1", START_PARTLY, false, 0, NULL},
    {"requests discard --yes", START_PARTLY, true, 0, NULL},
    {"status", START_PARTLY, false, 0, NULL},
    {"log", START_PARTLY, false, 0, NULL},
    {"-q generate --resume --partial", START_PARTLY, true, 0, NULL},
    {"-q generate --provider batch --batch-out requests.jsonl " MODEL,
     START_ASKING, true, 0, "-q generate --resume --batch-out rest.jsonl"},
    {"-q generate --batch-in results.jsonl", START_BATCHED, true, 0,
     "-q generate --batch-in results.jsonl"},
    {"-q generate --provider openai --concurrency 1 --base-url % " MODEL,
     START_ASKING, true, 0,
     "-q generate --resume --concurrency 1 --base-url %"},
};

enum { OPERATIONS = sizeof operations / sizeof *operations };

#endif
