/* Statistics on a terminal: shares with small bars, and tables of groups. */
#include "stats.h"

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

static void print_labels(struct table *table, const struct tally *all)
{
    heading(table, "importance");
    for (int level = IMPORTANCE_LEVELS; level-- > 0;)
        print_share(table, importance_name((enum importance)level),
                    all->importance[level], all->meetings);
    print_share(table, "by default only", all->by_default, all->meetings);
    heading(table, "preparation");
    print_share(table, "needed", all->prep_needed, all->meetings);
    heading(table, "RSVP");
    for (int answer = RSVP_ANSWERS; answer-- > 0;)
        print_share(table, rsvp_name((enum rsvp)answer), all->rsvp[answer],
                    all->meetings);
    heading(table, "rules");
    print_share(table, "fired at least once", all->rules_fired, all->rules);
}

static void print_people(struct table *table, const struct tally *all)
{
    int64_t entries = all->required + all->optional + all->resources;

    heading(table, "type");
    for (int type = 0; type < EVENT_TYPES; type++)
        if (type != EVENT_SERIES_MASTER || all->types[type])
            print_share(table, graph_type_name((enum event_type)type),
                        all->types[type], all->meetings);
    heading(table, "attendees");
    print_share(table, "required", all->required, entries);
    print_share(table, "optional", all->optional, entries);
    print_share(table, "resource", all->resources, entries);
    heading(table, "people in a meeting");
    for (int bin = 0; bin < PEOPLE_BINS; bin++)
        if (all->people[bin])
            print_share(table, tally_people_name(bin), all->people[bin],
                        all->meetings);
}

static void print_hours(struct table *table, struct arena *arena,
                        const struct tally *all, struct error *err)
{
    heading(table, "length");
    for (int bin = 0; bin < LENGTH_BINS; bin++)
        if (all->lengths[bin])
            print_share(table, tally_length_name(bin), all->lengths[bin],
                        all->meetings);
    heading(table, "weekday");
    for (int day = 0; day < DAYS_A_WEEK; day++)
        if (all->weekdays[day])
            print_share(table, civil_weekday_names[day], all->weekdays[day],
                        all->meetings);
    heading(table, "start");
    for (int hour = 0; hour < HOURS_A_DAY; hour++)
        if (all->hours[hour])
            print_share(table, arena_format(arena, err, "%02d:00", hour),
                        all->hours[hour], all->meetings);
}

static bool print_shares(struct cli *cli, const struct tally *all,
                         struct error *err)
{
    static const struct table_column columns[] = {{NULL, TABLE_LEFT, 0},
                                                  {NULL, TABLE_RIGHT, 0},
                                                  {NULL, TABLE_RIGHT, 0},
                                                  {NULL, TABLE_LEFT, 0}};
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    print_labels(&table, all);
    print_people(&table, all);
    print_hours(&table, &cli->arena, all, err);
    heading(&table, "subjects");
    print_share(&table, "distinct-1 (words)", all->different_words, all->words);
    print_share(&table, "distinct-2 (pairs)", all->different_pairs, all->pairs);
    return table_print(&table, 0, &cli->out, err);
}

/* ---- Groups ---- */

static const char *share_text(struct cli *cli, int64_t part, int64_t whole,
                              struct error *err)
{
    struct buf share = BUF_EMPTY;
    const char *text;

    text_percent(&share, part, whole);
    text = arena_text(&cli->arena, buf_string(&share), err);
    buf_inherit(&cli->out, &share);
    buf_free(&share);
    return text;
}

static void group_row(struct cli *cli, struct table *table, const char *name,
                      const struct tally *tally, struct error *err)
{
    struct arena *arena = &cli->arena;
    int64_t all = tally->meetings;
    struct buf count = BUF_EMPTY;

    text_number(&count, all);
    table_row(table, name, buf_string(&count),
              share_text(cli, tally->importance[IMPORTANCE_CRITICAL], all, err),
              share_text(cli, tally->importance[IMPORTANCE_HIGH], all, err),
              share_text(cli, tally->importance[IMPORTANCE_MEDIUM], all, err),
              share_text(cli, tally->importance[IMPORTANCE_LOW], all, err),
              share_text(cli, tally->prep_needed, all, err),
              arena_format(arena, err, "%.0f", tally_prep_average(tally)),
              arena_format(arena, err, "%.1f", tally_weekly_hours(tally)),
              share_text(cli, tally->by_default, all, err), NULL);
    buf_inherit(&cli->out, &count);
    buf_free(&count);
}

static bool print_groups(struct cli *cli, const struct statistics *statistics,
                         enum group_axis axis, struct error *err)
{
    struct table_column columns[] = {
        {NULL, TABLE_LEFT, 48},         {"MEETINGS", TABLE_RIGHT, 0},
        {"CRITICAL", TABLE_RIGHT, 0},   {"HIGH", TABLE_RIGHT, 0},
        {"MEDIUM", TABLE_RIGHT, 0},     {"LOW", TABLE_RIGHT, 0},
        {"PREP", TABLE_RIGHT, 0},       {"MINUTES", TABLE_RIGHT, 0},
        {"HOURS/WEEK", TABLE_RIGHT, 0}, {"DEFAULT", TABLE_RIGHT, 0}};
    static const char *const headers[GROUP_AXES] = {
        "PERSONA", "TIER",    "FUNCTION", "ROLE",   "IMPORTANCE", "TYPE",
        "MONTH",   "WEEKDAY", "START",    "LENGTH", "PEOPLE"};
    const struct tally_groups *groups = &statistics->groups[axis];
    struct table table;

    columns[0].header = headers[axis];
    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < groups->count; i++)
        group_row(cli, &table, groups->groups[i]->name,
                  &groups->groups[i]->tally, err);
    for (size_t i = 0; axis == BY_PERSONA && i < statistics->persona_count; i++)
        group_row(cli, &table, statistics->personas[i].id,
                  &statistics->personas[i].tally, err);
    buf_char(&cli->out, '\n');
    return table_print(&table, 0, &cli->out, err);
}

bool print_statistics(struct cli *cli, const struct statistics *statistics,
                      unsigned axes, bool shares, struct error *err)
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
               "average; %.1f hours a week\n%s",
               tally_prep_average(all), tally_weekly_hours(all),
               shares ? "\n" : "");
    if (shares && !print_shares(cli, all, err))
        return false;
    for (int axis = BY_PERSONA + 1; axis < GROUP_AXES; axis++)
        if (axes >> axis & 1 &&
            !print_groups(cli, statistics, (enum group_axis)axis, err))
            return false;
    return !(axes >> BY_PERSONA & 1) ||
           print_groups(cli, statistics, BY_PERSONA, err);
}
