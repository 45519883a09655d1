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

/* The part that comes after the old keys, indented by `margin`. */
static void more(struct buf *buf, const struct tally *tally, const char *margin)
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
    buf_format(buf, ",\n%s\"labelled_by_default\": %lld", margin,
               (long long)tally->by_default);
    buf_format(buf, ",\n%s\"weekly_meeting_hours\": %.1f", margin,
               tally_weekly_hours(tally));
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

static void persona(struct buf *buf, const struct persona_tally *entry,
                    const char *comma)
{
    const struct tally *tally = &entry->tally;

    buf_text(buf, "    ");
    buf_json(buf, entry->id);
    buf_format(buf,
               ": {\n      \"tier\": %d,\n      \"role\": \"%s\",\n"
               "      \"total_meetings\": %lld,\n"
               "      \"importance_distribution\": ",
               entry->tier, entry->validation ? "validation" : "train",
               (long long)tally->meetings);
    importance(buf, tally);
    buf_format(buf,
               ",\n      \"prep_needed_count\": %lld,\n"
               "      \"avg_prep_time_minutes\": %.1f,\n",
               (long long)tally->prep_needed, tally_prep_average(tally));
    more(buf, tally, "      ");
    buf_format(buf, "\n    }%s\n", comma);
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
    dates(buf, all);
    buf_text(buf, ",\n  \"by_persona\": {\n");
    for (size_t i = 0; i < statistics->persona_count; i++)
        persona(buf, &statistics->personas[i],
                i + 1 < statistics->persona_count ? "," : "");
    buf_text(buf, "  }\n}\n");
}
