/* datebook review list */
#include "reviews.h"

#include <string.h>

struct listing {
    const char *name;
    struct review review;
    const char *problem; /* NULL: it can be read */
    size_t open;         /* items that nobody has a current opinion of */
    size_t disputed;
    size_t settled;
    size_t gone;
};

static bool is_open(const struct review *review, const struct review_item *item)
{
    for (size_t i = 0; i < review->reviewer_count; i++)
        if (review_state(item, item->opinions[i]) == REVIEW_DONE)
            return false;
    return review_state(item, item->decision) != REVIEW_DONE;
}

static void count_items(struct listing *entry)
{
    const struct review *review = &entry->review;

    for (size_t i = 0; i < review->count; i++) {
        const struct review_item *item = &review->items[i];
        struct review_values values;
        if (!item->key) {
            entry->gone++;
            continue;
        }
        entry->open += is_open(review, item);
        entry->disputed += review_is_disputed(review, item);
        entry->settled += review_settled(review, item, &values);
    }
}

/* A sample that somebody damaged is listed with the reason. */
static bool look_at(struct cli *cli, struct store *store, int64_t version,
                    struct listing *entry, struct error *err)
{
    if (review_load(store, &cli->arena, version, entry->name, &entry->review,
                    err)) {
        count_items(entry);
        return true;
    }
    if (err->code != ERROR_DATABASE)
        return false;
    entry->problem = arena_text(&cli->arena, err->message, err);
    return entry->problem != NULL;
}

static bool look(struct cli *cli, struct store *store, int64_t version,
                 struct listing **list, size_t *count, struct error *err)
{
    struct stored_record *records;

    if (!record_list_at(store, &cli->arena, NOUN_REVIEW, version, "sample/",
                        &records, count, err))
        return false;
    *list = arena_zero(&cli->arena, *count, sizeof **list, err);
    for (size_t i = 0; *list && i < *count; i++) {
        (*list)[i].name = records[i].name + strlen("sample/");
        if (!look_at(cli, store, version, &(*list)[i], err))
            return false;
    }
    return *list != NULL;
}

static void print_entry(struct buf *out, const struct listing *entry)
{
    const struct review *review = &entry->review;

    json_key(out, NULL);
    buf_text(out, "{\"sample\":");
    buf_json(out, entry->name);
    if (entry->problem)
        buf_text(out, ",\"drawn_from\":null,\"meetings\":null,\"open\":null,"
                      "\"disputed\":null,\"settled\":null,\"gone\":null");
    else
        buf_format(out,
                   ",\"drawn_from\":%lld,\"meetings\":%zu,\"open\":%zu,"
                   "\"disputed\":%zu,\"settled\":%zu,\"gone\":%zu",
                   (long long)review->sample.version, review->count,
                   entry->open, entry->disputed, entry->settled, entry->gone);
    json_texts(out, "reviewers", review->reviewers, review->reviewer_count);
    buf_text(out, ",\"problem\":");
    buf_json(out, entry->problem);
    buf_char(out, '}');
}

static void print_json(struct cli *cli, const struct listing *list,
                       size_t count, int64_t version)
{
    struct buf *out = &cli->out;

    buf_format(out, "{\"version\":%lld,\"samples\":[", (long long)version);
    for (size_t i = 0; i < count; i++)
        print_entry(out, &list[i]);
    buf_text(out, "]}\n");
}

static const char *number(struct cli *cli, const struct listing *entry,
                          size_t value, struct error *err)
{
    return entry->problem ? "-" : arena_format(&cli->arena, err, "%zu", value);
}

static bool print_table(struct cli *cli, const struct listing *list,
                        size_t count, struct error *err)
{
    static const struct table_column columns[] = {
        {"SAMPLE", TABLE_LEFT, REVIEW_NAME},
        {"MEETINGS", TABLE_RIGHT, 0},
        {"FROM", TABLE_RIGHT, 0},
        {"REVIEWERS", TABLE_RIGHT, 0},
        {"OPEN", TABLE_RIGHT, 0},
        {"DISPUTED", TABLE_RIGHT, 0},
        {"SETTLED", TABLE_RIGHT, 0},
        {"GONE", TABLE_RIGHT, 0}};
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const struct listing *entry = &list[i];
        const struct review *review = &entry->review;
        table_row(&table, entry->name, number(cli, entry, review->count, err),
                  entry->problem
                      ? "-"
                      : arena_format(&cli->arena, err, "v%lld",
                                     (long long)review->sample.version),
                  number(cli, entry, review->reviewer_count, err),
                  number(cli, entry, entry->open, err),
                  number(cli, entry, entry->disputed, err),
                  number(cli, entry, entry->settled, err),
                  number(cli, entry, entry->gone, err), NULL);
        if (entry->problem)
            cli_note(cli, "%s", entry->problem);
    }
    return table_print(&table, 0, &cli->out, err);
}

static bool run(struct cli *cli, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct listing *list;
    size_t count;
    int64_t version;
    bool ok = store && cli_at(cli, store, &version, err) &&
              look(cli, store, version, &list, &count, err);

    store_close(store);
    if (!ok)
        return false;
    if (cli->json)
        print_json(cli, list, count, version);
    else if (count)
        return print_table(cli, list, count, err);
    else if (cli_flag(cli, "at"))
        cli_note(cli, "no samples in v%lld", (long long)version);
    else
        cli_note(cli, "no samples; next: datebook review sample NAME --count "
                      "N");
    return true;
}

const struct command command_review_list = {
    .name = "review list",
    .summary = "list the samples of a version, and how far their review is",
    .arguments = "",
    .details =
        "FROM is the version that a sample was drawn from. Of its meetings, "
        "OPEN are those that nobody\nhas said anything of as they are now; "
        "DISPUTED those that want a decision; SETTLED those whose\nlabel "
        "is settled by a decision, or by two opinions that say the same; GONE "
        "those that are not\nthere any more.",
    .json = "{\"version\", \"samples\": [{\"sample\", \"drawn_from\", "
            "\"meetings\", \"open\", \"disputed\",\n\"settled\", \"gone\", "
            "\"reviewers\": [], \"problem\"}]}",
    .options = {{"at", 0, "VERSION", "as of a version (default HEAD)"}},
    .examples = {{"review list", "a table"},
                 {"review list --at HEAD~1 --json", "as they were"}},
    .run = run,
};
