/* datebook stats */
#include "stats.h"

#include "datebook/nearest.h"

#include <string.h>

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

/* Adds a word of --by to the axes. */
static bool add_axis(struct cli *cli, const char *word, unsigned *axes,
                     struct error *err)
{
    enum group_axis axis = group_axis_named(word);
    const char *names[GROUP_AXES];
    const char *near;

    if (axis < GROUP_AXES) {
        *axes |= 1u << axis;
        return true;
    }
    for (int i = 0; i < GROUP_AXES; i++)
        names[i] = group_axis_name((enum group_axis)i);
    near = nearest_name(word, names, GROUP_AXES);
    if (near)
        return cli_usage(cli, err, "--by knows no \"%.50s\"; is it %s?", word,
                         near);
    return cli_usage(cli, err, "--by knows no \"%.50s\"", word);
}

/* Of one persona alone, a table of tiers would say nothing more. */
static bool read_axes(struct cli *cli, unsigned *axes, struct error *err)
{
    const char *text = cli_value(cli, "by");
    const char **words;
    size_t count;

    *axes = 1u << BY_PERSONA;
    if (!cli_flag(cli, "persona"))
        *axes |= 1u << BY_TIER;
    if (!text)
        return true;
    *axes = cli->json ? 1u << BY_TIER : 0;
    if (!cli_list(cli, text, &words, &count, err))
        return false;
    if (!count)
        return cli_usage(cli, err, "--by names nothing to group by");
    for (size_t i = 0; i < count; i++)
        if (!add_axis(cli, words[i], axes, err))
            return false;
    return true;
}

static bool run(struct cli *cli, struct error *err)
{
    unsigned axes;
    struct store *store = NULL;
    struct stored_persona *personas = NULL;
    struct statistics statistics;
    size_t count = 0;
    int64_t version;
    bool ok = read_axes(cli, &axes, err) &&
              (store = cli_open(cli, cli->database, STORE_READ, err)) &&
              cli_at(cli, store, &version, err) &&
              choose(cli, store, version, &personas, &count, err) &&
              statistics_collect(store, &cli->arena, version, 0, personas,
                                 count, axes, &statistics, err);

    store_close(store);
    if (!ok)
        return false;
    if (!cli->json)
        return print_statistics(cli, &statistics, axes, !cli_flag(cli, "by"),
                                err);
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
            "\"duration_distribution\",\n\"people_distribution\", "
            "\"weekday_distribution\", \"start_hour_distribution\" (24),\n"
            "\"rules\", \"rules_fired\", \"labelled_by_default\", "
            "\"weekly_meeting_hours\",\n\"subject_distinct_1\", "
            "\"subject_distinct_2\", \"first_start\", \"last_start\",\n"
            "\"by_tier\" and what else --by names, \"by_persona\"}",
    .details =
        "--by takes persona, tier, function, role, importance, type, month, "
        "weekday, hour,\nlength and people: a table for each. HOURS/WEEK is "
        "meeting time, of a persona on\naverage; DEFAULT are meetings whose "
        "importance no rule decided. A rule has fired when\na label of the "
        "version names it.\n\n"
        "distinct-1 and distinct-2 of the subjects are the different words, "
        "and "
        "pairs of\nneighbouring words, divided by all of them (Li et al., "
        "2016).",
    .options = {{"at", 0, "VERSION", "as of a version (default HEAD)"},
                {"persona", 0, "ID", "of one persona"},
                {"tier", 0, "N", "of the personas of a tier"},
                {"by", 0, "WHAT,…", "only tables, of these groups"}},
    .examples = {{"stats", "everything"},
                 {"stats --by function,hour", "who meets, and when"},
                 {"stats --tier 1 --at release-1", "a part, as it was"}},
    .run = run,
};
