/* Leaks that stop an export. */
#include "export.h"

#include <string.h>

enum { NAMED = 10, SUBJECT_WIDTH = 40 };

static bool describe(struct cli *cli, struct store *store, int64_t version,
                     int64_t key, enum part part, struct table *table,
                     const char *likeness, struct error *err)
{
    struct stored_meeting meeting;
    struct stored_fact fact = {.facts = {.subject = ""}};
    bool found;

    if (!meeting_at(store, &cli->arena, version, key, &meeting, &found, err) ||
        !fact_at(store, &cli->arena, version, key, &fact, &found, err))
        return false;
    if (!found)
        return error_set(err, ERROR_DATABASE,
                         "meeting %lld, a leak, is not there", (long long)key);
    table_row(table, likeness, part_name(part), meeting.id, fact.facts.subject,
              NULL);
    return true;
}

static bool name_leaks(struct cli *cli, struct store *store, int64_t version,
                       const struct leaks *leaks, struct error *err)
{
    static const struct table_column columns[] = {
        {NULL, TABLE_LEFT, 0},
        {NULL, TABLE_LEFT, 0},
        {NULL, TABLE_LEFT, 0},
        {NULL, TABLE_LEFT, SUBJECT_WIDTH}};
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < leaks->count && i < NAMED; i++) {
        const struct leak *leak = &leaks->leaks[i];
        const char *likeness =
            leak->exact
                ? "same"
                : arena_format(&cli->arena, err, "%.2f", leak->likeness);
        if (!likeness ||
            !describe(cli, store, version, leak->meeting, leak->part, &table,
                      likeness, err) ||
            !describe(cli, store, version, leak->twin, leak->twin_part, &table,
                      "", err))
            return false;
    }
    if (!table_print(&table, 2, &cli->notes, err))
        return false;
    if (leaks->count > NAMED)
        buf_format(&cli->notes, "  … and %zu more\n", leaks->count - NAMED);
    return true;
}

static bool refuse(struct cli *cli, struct store *store, int64_t version,
                   const struct leaks *leaks, struct error *err)
{
    const char *split = cli_value(cli, "split");
    bool one = leaks->count == 1;

    if (!name_leaks(cli, store, version, leaks, err))
        return false;
    error_set(err, ERROR_FOUND,
              "%s %s a twin in another part: the same text, or %.15g or more "
              "alike; nothing was exported",
              cli_count(cli, (int64_t)leaks->count, "meeting", "meetings"),
              one ? "has" : "have", LEAK_THRESHOLD);
    return error_hint(err,
                      "--drop-leaks leaves %s out, --allow-leaks does not look "
                      "for any%s%.64s%s",
                      one ? "it" : "them",
                      split ? "; `datebook split check " : "",
                      split ? split : "", split ? "` lists them all" : "");
}

bool export_find_leaks(struct cli *cli, struct store *store,
                       const struct export_options *options,
                       const struct export_request *request,
                       struct leaks *leaks, struct error *err)
{
    struct progress *progress;
    bool ok;

    if (options->allow_leaks)
        return true;
    progress = progress_start(cli, err);
    if (!progress)
        return false;
    ok = leaks_find(store, &cli->arena, request->version, request->division,
                    progress_monitor(progress), leaks, err);
    progress_end(progress);
    return ok && (!leaks->count || options->drop_leaks ||
                  refuse(cli, store, request->version, leaks, err));
}
