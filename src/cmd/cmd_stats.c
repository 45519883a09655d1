/* datebook stats */
#include "cli.h"

#include "datebook/quality.h"

#include <string.h>

enum { BAR = 24 };

static void print_share(struct table *table, const char *name, int64_t part,
                        int64_t whole)
{
    struct buf number = BUF_EMPTY;
    struct buf share = BUF_EMPTY;
    struct buf bar = BUF_EMPTY;

    text_number(&number, part);
    text_percent(&share, part, whole);
    text_bar(&bar, part, whole, BAR);
    table_row(table, name, buf_string(&number), buf_string(&share),
              buf_string(&bar), NULL);
    table->failed =
        table->failed || number.failed || share.failed || bar.failed;
    buf_free(&number);
    buf_free(&share);
    buf_free(&bar);
}

static void heading(struct table *table, const char *name)
{
    if (table->row_count)
        table_row(table, "", NULL);
    table_row(table, name, NULL);
}

static bool print_shares(struct cli *cli, const struct tally *all,
                         struct error *err)
{
    static const struct table_column columns[] = {{NULL, TABLE_LEFT, 0},
                                                  {NULL, TABLE_RIGHT, 0},
                                                  {NULL, TABLE_RIGHT, 0},
                                                  {NULL, TABLE_LEFT, 0}};
    int64_t people = all->required + all->optional + all->resources;
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    heading(&table, "importance");
    for (int level = IMPORTANCE_LEVELS; level-- > 0;)
        print_share(&table, importance_name((enum importance)level),
                    all->importance[level], all->meetings);
    heading(&table, "preparation");
    print_share(&table, "needed", all->prep_needed, all->meetings);
    heading(&table, "RSVP");
    for (int answer = RSVP_ANSWERS; answer-- > 0;)
        print_share(&table, rsvp_name((enum rsvp)answer), all->rsvp[answer],
                    all->meetings);
    heading(&table, "type");
    for (int type = 0; type < EVENT_TYPES; type++)
        if (type != EVENT_SERIES_MASTER || all->types[type])
            print_share(&table, graph_type_name((enum event_type)type),
                        all->types[type], all->meetings);
    heading(&table, "attendees");
    print_share(&table, "required", all->required, people);
    print_share(&table, "optional", all->optional, people);
    print_share(&table, "resource", all->resources, people);
    heading(&table, "subjects");
    print_share(&table, "distinct-1 (words)", all->different_words, all->words);
    print_share(&table, "distinct-2 (pairs)", all->different_pairs, all->pairs);
    heading(&table, "labels");
    print_share(&table, "by default only", all->by_default, all->meetings);
    return table_print(&table, 0, &cli->out, err);
}

static bool print_personas(struct cli *cli, const struct statistics *statistics,
                           struct error *err)
{
    static const struct table_column columns[] = {
        {"PERSONA", TABLE_LEFT, 48},    {"MEETINGS", TABLE_RIGHT, 0},
        {"CRITICAL", TABLE_RIGHT, 0},   {"HIGH", TABLE_RIGHT, 0},
        {"MEDIUM", TABLE_RIGHT, 0},     {"LOW", TABLE_RIGHT, 0},
        {"PREP", TABLE_RIGHT, 0},       {"MINUTES", TABLE_RIGHT, 0},
        {"HOURS/WEEK", TABLE_RIGHT, 0}, {"DEFAULT", TABLE_RIGHT, 0}};
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < statistics->persona_count; i++) {
        const struct persona_tally *entry = &statistics->personas[i];
        const struct tally *tally = &entry->tally;
        int64_t parts[] = {
            tally->importance[IMPORTANCE_CRITICAL],
            tally->importance[IMPORTANCE_HIGH],
            tally->importance[IMPORTANCE_MEDIUM],
            tally->importance[IMPORTANCE_LOW],
            tally->prep_needed,
            tally->by_default,
        };
        const char *shares[6];
        for (int n = 0; n < 6; n++) {
            struct buf share = BUF_EMPTY;
            text_percent(&share, parts[n], tally->meetings);
            shares[n] = arena_text(&cli->arena, buf_string(&share), err);
            buf_inherit(&cli->out, &share);
            buf_free(&share);
        }
        table_row(
            &table, entry->id,
            arena_format(&cli->arena, err, "%lld", (long long)tally->meetings),
            shares[0], shares[1], shares[2], shares[3], shares[4],
            arena_format(&cli->arena, err, "%.0f", tally_prep_average(tally)),
            arena_format(&cli->arena, err, "%.1f", tally_weekly_hours(tally)),
            shares[5], NULL);
    }
    buf_char(&cli->out, '\n');
    return table_print(&table, 0, &cli->out, err);
}

static bool print(struct cli *cli, const struct statistics *statistics,
                  struct error *err)
{
    const struct tally *all = &statistics->all;

    buf_format(&cli->out, "v%lld: %s of %s\n", (long long)statistics->version,
               cli_count(cli, all->meetings, "meeting", "meetings"),
               cli_count(cli, (int64_t)statistics->persona_count, "persona",
                         "personas"));
    if (!all->meetings) {
        cli_next(cli, statistics->persona_count ? "generate --all"
                                                : "persona add FILE-OR-FOLDER");
        return true;
    }
    buf_format(&cli->out,
               "%.0f minutes of preparation where it is needed, on "
               "average\n\n",
               tally_prep_average(all));
    return print_shares(cli, all, err) && print_personas(cli, statistics, err);
}

static bool choose(struct cli *cli, struct store *store, int64_t version,
                   struct stored_persona **personas, size_t *count,
                   struct error *err)
{
    const char *id = cli_value(cli, "persona");
    int64_t tier = 0;
    size_t kept = 0;

    if (!cli_int(cli, "tier", 1, 3, &tier, err))
        return false;
    if (id && tier)
        return cli_usage(cli, err, "--persona and --tier exclude each other");
    *count = 1;
    if (id)
        return require_persona(cli, store, version, id, personas, err);
    if (!persona_list_at(store, &cli->arena, version, personas, count, err))
        return false;
    for (size_t i = 0; i < *count; i++)
        if (!tier || (*personas)[i].tier == tier)
            (*personas)[kept++] = (*personas)[i];
    *count = kept;
    return true;
}

static bool run(struct cli *cli, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct stored_persona *personas = NULL;
    struct statistics statistics;
    size_t count = 0;
    int64_t version;
    bool ok = store && cli_at(cli, store, &version, err) &&
              choose(cli, store, version, &personas, &count, err) &&
              statistics_collect(store, &cli->arena, version, 0, personas,
                                 count, &statistics, err);

    store_close(store);
    if (!ok)
        return false;
    if (!cli->json)
        return print(cli, &statistics, err);
    statistics_json(&statistics, &cli->out);
    return true;
}

const struct command command_stats = {
    .name = "stats",
    .summary = "count what is in a version",
    .arguments = "",
    .json = "{\"total_meetings\", \"importance_distribution\", "
            "\"prep_needed_count\",\n\"avg_prep_time_minutes\" (where needed), "
            "\"personas\", \"version\", \"rsvp_distribution\",\n"
            "\"type_distribution\", \"attendee_distribution\", "
            "\"labelled_by_default\",\n\"weekly_meeting_hours\", "
            "\"subject_distinct_1\", \"subject_distinct_2\",\n"
            "\"first_start\", \"last_start\", \"by_persona\"}",
    .details =
        "distinct-1 and distinct-2 of the subjects are the different words, "
        "and "
        "pairs of\nneighbouring words, divided by all of them (Li et al., "
        "2016).",
    .options = {{"at", 0, "VERSION", "as of a version (default HEAD)"},
                {"persona", 0, "ID", "of one persona"},
                {"tier", 0, "N", "of the personas of a tier"}},
    .examples = {{"stats", "everything"},
                 {"stats --tier 1 --at release-1", "a part, as it was"}},
    .run = run,
};
