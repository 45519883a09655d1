/* datebook persona diversity */
#include "diversity_output.h"

#include "datebook/list.h"

#include <stdlib.h>
#include <string.h>

/* Who is counted. */
struct seen {
    const char *id;
    const char *file; /* NULL: from the database */
};

struct count {
    int64_t tier; /* 0: any */
    struct diversity_counter *counter;
    struct arena scratch;
    struct seen *seen;
    size_t seen_count;
};

/* ---- Counting ---- */

/* The same persona twice would count twice. */
static bool refuse_double(const struct seen *seen, const struct seen *other,
                          struct error *err)
{
    if (strcmp(seen->id, other->id) != 0)
        return true;
    if (!seen->file)
        return error_set(err, ERROR_INPUT, "persona \"%s\" is named twice",
                         seen->id);
    if (other->file && !strcmp(seen->file, other->file))
        return error_set(err, ERROR_INPUT, "%s is named twice", seen->file);
    return error_set(err, ERROR_INPUT, "%s: id: \"%s\" is also the id of %s",
                     seen->file, seen->id,
                     other->file ? other->file : "a persona of the database");
}

static bool see(struct cli *cli, struct count *count, const char *id,
                const char *file, struct error *err)
{
    struct seen *seen;

    if (!list_grow(&cli->arena, &count->seen, count->seen_count,
                   sizeof *count->seen, err))
        return false;
    seen = &count->seen[count->seen_count];
    *seen = (struct seen){.id = arena_text(&cli->arena, id, err), .file = file};
    if (!seen->id)
        return false;
    for (size_t i = 0; i < count->seen_count; i++)
        if (!refuse_double(seen, &count->seen[i], err))
            return false;
    count->seen_count++;
    return true;
}

static bool read_stored(struct arena *arena,
                        const struct stored_persona *stored,
                        struct persona *persona, struct error *err)
{
    const char *source =
        arena_format(arena, err, "the stored persona %s", stored->id);

    if (!source)
        return false;
    if (persona_parse(arena, stored->document, stored->document_length, source,
                      persona, err))
        return true;
    /* It was checked when it was added: what is wrong is the database. */
    if (err->code == ERROR_INPUT)
        err->code = ERROR_DATABASE;
    return false;
}

static bool count_one(struct cli *cli, const struct named_persona *named,
                      void *context, struct error *err)
{
    struct count *count = context;
    struct persona persona;

    arena_reset(&count->scratch);
    if (!(named->file
              ? dataset_read_persona(&count->scratch, named->file, &persona,
                                     err)
              : read_stored(&count->scratch, named->stored, &persona, err)) ||
        !see(cli, count, persona.id, named->file, err))
        return false;
    return (count->tier && count->tier != persona.tier) ||
           diversity_add(count->counter, &persona, err);
}

/* ---- Running ---- */

static bool read_least(struct cli *cli, double *least, struct error *err)
{
    const char *text = cli_value(cli, "min-score");
    char *end = NULL;

    *least = 0.85;
    if (!text)
        return true;
    *least = strtod(text, &end);
    if (end != text && !*end && strspn(text, "0123456789.") == strlen(text) &&
        *least <= 1)
        return true;
    return cli_usage(cli, err,
                     "--min-score takes a number from 0 to 1, such as 0.85, "
                     "not \"%.50s\"",
                     text);
}

static bool print(struct cli *cli, const struct count *count, double least,
                  struct error *err)
{
    struct diversity diversity;

    if (!diversity_result(count->counter, &diversity, err))
        return false;
    if (count->tier && count->seen_count && !diversity.all.personas)
        cli_note(cli, "no persona is of tier %lld", (long long)count->tier);
    if (diversity_is_wanting(&diversity, least))
        cli->exit_code = ERROR_FOUND;
    if (!cli->json)
        return print_diversity(cli, &diversity, least, err);
    json_diversity(&cli->out, &diversity, least);
    return true;
}

static bool run(struct cli *cli, struct error *err)
{
    struct count count = {.tier = 0};
    double least;
    bool ok;

    if (!cli_int(cli, "tier", 1, 3, &count.tier, err) ||
        !read_least(cli, &least, err))
        return false;
    count.counter = diversity_start(err);
    ok = count.counter && visit_named(cli, count_one, &count, err) &&
         print(cli, &count, least, err);
    diversity_free(count.counter);
    arena_free(&count.scratch);
    return ok;
}

const struct command command_persona_diversity = {
    .name = "persona diversity",
    .summary = "score how diverse personas are, show the most alike",
    .arguments = "[ID|FILE…]",
    .most = -1,
    .details =
        "Of all personas, those named, or files: an argument with a slash or "
        "the ending\n.json is a file, or a folder of them, and needs no "
        "database. A persona says in\n\"diversity\" where it stands in six "
        "dimensions. The score of a dimension is the\nentropy of its values, "
        "from 0 (all are the same) to 1 (all are there equally often);\nthe "
        "total is their sum by weight. Exit code 1 says that the total is not "
        "above\n--min-score, that a value is missing, or that a function has "
        "more than a quarter of\nthe personas.\n\n"
        "Below stand the two personas with the largest share of rules in "
        "common (Jaccard\nindex: shared rules by different ones of the two); "
        "-v lists all that they share.",
    .json = "{\"score\", \"min_score\", \"personas\", "
            "\"training_score\", \"training_personas\",\n\"dimensions\": "
            "[{\"name\", \"weight\", \"score\", \"training_score\", "
            "\"values\": [{\"value\",\n\"personas\", "
            "\"training_personas\"}]}], \"missing\": [{\"dimension\", "
            "\"value\"}], \"crowded\":\n[{\"function\", \"personas\"}], "
            "\"unplaced\": [{\"persona\", \"dimension\", \"value\", "
            "\"problem\"}],\n\"most_alike\": {\"personas\", "
            "\"shared_rules\", \"different_rules\", \"jaccard\", "
            "\"values\":\n{…}, \"rules\": [{\"field\", \"text\"}]}}; "
            "scores of nobody and a pair of less than\ntwo are null",
    .options = {{"at", 0, "VERSION", "as of a version (default HEAD)"},
                {"tier", 0, "N", "only personas of a tier, 1 to 3"},
                {"min-score", 0, "S",
                 "what the score must be above (default 0.85)"}},
    .examples = {{"persona diversity", "all personas of the database"},
                 {"persona diversity personas/ my_persona.json",
                  "the library with one more, before it is added"}},
    .run = run,
};
