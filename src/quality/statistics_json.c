/* Statistics as JSON, with the keys that existing tools read first. */
#include "datebook/quality.h"

static void importance(struct buf *buf, const struct tally *tally)
{
    buf_text(buf, "{");
    for (int level = IMPORTANCE_LEVELS; level-- > 0;)
        buf_format(buf, "\"%s\": %lld%s",
                   importance_name((enum importance)level),
                   (long long)tally->importance[level], level ? ", " : "}");
}

static void answers(struct buf *buf, const struct tally *tally)
{
    buf_text(buf, "{");
    for (int answer = RSVP_ANSWERS; answer-- > 0;)
        buf_format(buf, "\"%s\": %lld%s", rsvp_name((enum rsvp)answer),
                   (long long)tally->rsvp[answer], answer ? ", " : "}");
}

static void types(struct buf *buf, const struct tally *tally)
{
    buf_text(buf, "{");
    for (int type = 0; type < EVENT_TYPES; type++)
        buf_format(buf, "%s\"%s\": %lld", type ? ", " : "",
                   graph_type_name((enum event_type)type),
                   (long long)tally->types[type]);
    buf_text(buf, "}");
}

static const char *weekday_name(int day)
{
    return civil_weekday_names[day];
}

static void bins(struct buf *buf, const char *margin, const char *name,
                 int count, const char *bin_name(int), const int64_t *values)
{
    buf_format(buf, ",\n%s\"%s\": {", margin, name);
    for (int i = 0; i < count; i++)
        buf_format(buf, "%s\"%s\": %lld", i ? ", " : "", bin_name(i),
                   (long long)values[i]);
    buf_char(buf, '}');
}

static void start_hours(struct buf *buf, const char *margin,
                        const struct tally *tally)
{
    buf_format(buf, ",\n%s\"start_hour_distribution\": [", margin);
    for (int hour = 0; hour < HOURS_A_DAY; hour++)
        buf_format(buf, "%s%lld", hour ? ", " : "",
                   (long long)tally->hours[hour]);
    buf_char(buf, ']');
}

static void distributions(struct buf *buf, const struct tally *tally,
                          const char *margin)
{
    buf_format(buf, "%s\"rsvp_distribution\": ", margin);
    answers(buf, tally);
    buf_format(buf, ",\n%s\"type_distribution\": ", margin);
    types(buf, tally);
    buf_format(buf,
               ",\n%s\"attendee_distribution\": {\"required\": %lld, "
               "\"optional\": %lld, \"resource\": %lld}",
               margin, (long long)tally->required, (long long)tally->optional,
               (long long)tally->resources);
    bins(buf, margin, "duration_distribution", LENGTH_BINS, tally_length_name,
         tally->lengths);
    bins(buf, margin, "people_distribution", PEOPLE_BINS, tally_people_name,
         tally->people);
    bins(buf, margin, "weekday_distribution", DAYS_A_WEEK, weekday_name,
         tally->weekdays);
    start_hours(buf, margin, tally);
}

static void defaults(struct buf *buf, const struct tally *tally,
                     const char *margin)
{
    buf_format(buf,
               ",\n%s\"labelled_by_default\": %lld,\n"
               "%s\"weekly_meeting_hours\": %.1f",
               margin, (long long)tally->by_default, margin,
               tally_weekly_hours(tally));
}

/* The part that comes after the old keys, indented by `margin`. */
static void more(struct buf *buf, const struct tally *tally, const char *margin)
{
    distributions(buf, tally, margin);
    buf_format(buf, ",\n%s\"rules\": %lld,\n%s\"rules_fired\": %lld", margin,
               (long long)tally->rules, margin, (long long)tally->rules_fired);
    defaults(buf, tally, margin);
}

/* Words are counted of a persona and of all, and not of other groups. */
static void texts(struct buf *buf, const struct tally *tally,
                  const char *margin)
{
    buf_format(buf,
               ",\n%s\"subject_distinct_1\": %.4f,\n%s\"subject_distinct_2\": "
               "%.4f",
               margin, tally_distinct_words(tally), margin,
               tally_distinct_pairs(tally));
}

static void dates(struct buf *buf, const struct tally *tally)
{
    char first[GRAPH_TIME_SIZE];
    char last[GRAPH_TIME_SIZE];

    if (!tally->meetings)
        return;
    civil_format_graph(tally->first, first);
    civil_format_graph(tally->last, last);
    buf_format(buf,
               ",\n  \"first_start\": \"%.16s\",\n  \"last_start\": \"%.16s\"",
               first, last);
}

/* What all members of a "by_…" object have, after what is theirs alone. */
static void group(struct buf *buf, const struct tally *tally,
                  const char *margin)
{
    buf_format(buf,
               "%s\"total_meetings\": %lld,\n"
               "%s\"importance_distribution\": ",
               margin, (long long)tally->meetings, margin);
    importance(buf, tally);
    buf_format(buf,
               ",\n%s\"prep_needed_count\": %lld,\n"
               "%s\"avg_prep_time_minutes\": %.1f,\n",
               margin, (long long)tally->prep_needed, margin,
               tally_prep_average(tally));
}

void tally_json(const struct tally *tally, const char *margin, struct buf *buf)
{
    group(buf, tally, margin);
    distributions(buf, tally, margin);
    defaults(buf, tally, margin);
}

static void persona(struct buf *buf, const struct persona_tally *entry,
                    const char *comma)
{
    buf_text(buf, "    ");
    buf_json(buf, entry->id);
    buf_format(buf, ": {\n      \"tier\": %d,\n      \"role\": \"%s\",\n",
               entry->tier, entry->validation ? "validation" : "train");
    group(buf, &entry->tally, "      ");
    more(buf, &entry->tally, "      ");
    texts(buf, &entry->tally, "      ");
    buf_format(buf, "\n    }%s\n", comma);
}

static void groups(struct buf *buf, enum group_axis axis,
                   const struct tally_groups *all)
{
    buf_format(buf, ",\n  \"by_%s\": {\n", group_axis_name(axis));
    for (size_t i = 0; i < all->count; i++) {
        buf_text(buf, "    ");
        buf_json(buf, all->groups[i]->name);
        buf_text(buf, ": {\n");
        group(buf, &all->groups[i]->tally, "      ");
        more(buf, &all->groups[i]->tally, "      ");
        buf_format(buf, "\n    }%s\n", i + 1 < all->count ? "," : "");
    }
    buf_text(buf, "  }");
}

void statistics_json(const struct statistics *statistics, struct buf *buf)
{
    const struct tally *all = &statistics->all;

    buf_format(buf,
               "{\n  \"total_meetings\": %lld,\n"
               "  \"importance_distribution\": ",
               (long long)all->meetings);
    importance(buf, all);
    buf_format(buf,
               ",\n  \"prep_needed_count\": %lld,\n"
               "  \"avg_prep_time_minutes\": %.1f,\n  \"personas\": [",
               (long long)all->prep_needed, tally_prep_average(all));
    for (size_t i = 0; i < statistics->persona_count; i++) {
        buf_text(buf, i ? ", " : "");
        buf_json(buf, statistics->personas[i].id);
    }
    buf_format(buf, "],\n  \"version\": %lld,\n",
               (long long)statistics->version);
    more(buf, all, "  ");
    texts(buf, all, "  ");
    dates(buf, all);
    for (int axis = BY_TIER; axis < GROUP_AXES; axis++)
        if (statistics->axes >> axis & 1)
            groups(buf, (enum group_axis)axis, &statistics->groups[axis]);
    buf_text(buf, ",\n  \"by_persona\": {\n");
    for (size_t i = 0; i < statistics->persona_count; i++)
        persona(buf, &statistics->personas[i],
                i + 1 < statistics->persona_count ? "," : "");
    buf_text(buf, "  }\n}\n");
}
