/* Counting what is in a version, in one pass over extracted facts and labels.
 */
#include "datebook/quality.h"

#include "datebook/varint.h"

#include "src/quality/distinct.h"

#include <string.h>

enum { MINUTES_A_WEEK = 7 * MINUTES_A_DAY };

/* Weeks start on Mondays; 1970-01-01 was a Thursday. */
static int64_t week_of(civil_minute start)
{
    civil_minute shifted = start + 3 * MINUTES_A_DAY;
    int64_t week = shifted / MINUTES_A_WEEK;

    return shifted % MINUTES_A_WEEK < 0 ? week - 1 : week;
}

static bool decided_by_rule(const struct stored_label *label,
                            const struct stored_rule *rules, size_t rule_count)
{
    size_t at = 0;
    uint64_t code;

    while (at < label->rules_length) {
        size_t used =
            varint_get(label->rules + at, label->rules_length - at, &code);
        if (!used || code / 2 >= rule_count)
            return false;
        at += used;
        if (rules[code / 2].kind <= RULE_PRIORITY)
            return true;
    }
    return false;
}

void tally_count_facts(struct tally *tally, const struct meeting_facts *facts)
{
    if (!tally->meetings || facts->start < tally->first)
        tally->first = facts->start;
    if (!tally->meetings || facts->start > tally->last)
        tally->last = facts->start;
    tally->meetings++;
    tally->types[facts->type]++;
    tally->required += facts->required;
    tally->optional += facts->optional;
    tally->resources += facts->resources;
    tally->minutes += facts->minutes;
}

void tally_count_label(struct tally *tally, const struct stored_label *label,
                       const struct stored_rule *rules, size_t rule_count)
{
    tally->importance[label->importance]++;
    tally->rsvp[label->rsvp]++;
    tally->prep_needed += label->prep_minutes > 0;
    tally->prep_minutes += label->prep_minutes;
    tally->by_default += !decided_by_rule(label, rules, rule_count);
}

void tally_add(struct tally *sum, const struct tally *part)
{
    if (!part->meetings)
        return;
    if (!sum->meetings || part->first < sum->first)
        sum->first = part->first;
    if (!sum->meetings || part->last > sum->last)
        sum->last = part->last;
    sum->meetings += part->meetings;
    for (int i = 0; i < IMPORTANCE_LEVELS; i++)
        sum->importance[i] += part->importance[i];
    for (int i = 0; i < RSVP_ANSWERS; i++)
        sum->rsvp[i] += part->rsvp[i];
    for (int i = 0; i < EVENT_TYPES; i++)
        sum->types[i] += part->types[i];
    sum->prep_needed += part->prep_needed;
    sum->prep_minutes += part->prep_minutes;
    sum->by_default += part->by_default;
    sum->required += part->required;
    sum->optional += part->optional;
    sum->resources += part->resources;
    sum->minutes += part->minutes;
    sum->weeks += part->weeks;
}

/* The words of subjects, of one persona and of all. */
struct vocabulary {
    struct distinct_words own;
    struct distinct_words all;
};

static void count_words(struct tally *tally, const struct distinct_words *sets)
{
    tally->words = sets->word_count;
    tally->pairs = sets->pair_count;
    tally->different_words = distinct_count(&sets->words);
    tally->different_pairs = distinct_count(&sets->pairs);
}

/* Facts and labels in step, by key. */
static bool count_rows(struct cursor *facts, struct cursor *labels,
                       const struct stored_rule *rules, size_t rule_count,
                       struct vocabulary *vocabulary, struct tally *tally,
                       struct error *err)
{
    struct stored_fact fact;
    struct stored_label label = {.meeting = 0};
    bool labelled = true;
    bool more;

    for (;;) {
        if (!fact_next(facts, &fact, &more, err))
            return false;
        if (!more)
            return true;
        tally_count_facts(tally, &fact.facts);
        if (!distinct_words_add(&vocabulary->own, fact.facts.subject, err) ||
            !distinct_words_add(&vocabulary->all, fact.facts.subject, err))
            return false;
        while (labelled && label.meeting < fact.key)
            if (!label_next(labels, &label, &labelled, err))
                return false;
        if (labelled && label.meeting == fact.key)
            tally_count_label(tally, &label, rules, rule_count);
    }
}

static bool count_persona(struct store *store, int64_t version, int64_t since,
                          const struct stored_persona *persona,
                          struct vocabulary *vocabulary, struct tally *tally,
                          struct error *err)
{
    struct scan scan = {
        .version = version, .persona = persona->key, .since = since};
    struct arena memory = ARENA_EMPTY;
    struct cursor *facts = fact_scan(store, &scan, err);
    struct cursor *labels = facts ? label_scan(store, &scan, err) : NULL;
    struct stored_rule *rules;
    size_t rule_count;
    bool ok = labels &&
              rule_list(store, &memory, persona->key, &rules, &rule_count, err);

    distinct_words_clear(&vocabulary->own);
    ok = ok &&
         count_rows(facts, labels, rules, rule_count, vocabulary, tally, err);
    if (ok && tally->meetings)
        tally->weeks = week_of(tally->last) - week_of(tally->first) + 1;
    count_words(tally, &vocabulary->own);
    cursor_close(facts);
    cursor_close(labels);
    arena_free(&memory);
    return ok;
}

bool statistics_collect(struct store *store, struct arena *arena,
                        int64_t version, int64_t since,
                        const struct stored_persona *personas, size_t count,
                        struct statistics *statistics, struct error *err)
{
    struct vocabulary vocabulary = {{.word_count = 0}, {.word_count = 0}};
    bool ok = true;

    *statistics = (struct statistics){.version = version};
    statistics->personas =
        arena_zero(arena, count, sizeof *statistics->personas, err);
    if (!statistics->personas)
        return false;
    for (size_t i = 0; ok && i < count; i++) {
        struct persona_tally *entry = &statistics->personas[i];
        entry->id = personas[i].id;
        entry->tier = personas[i].tier;
        entry->validation = personas[i].validation;
        ok = count_persona(store, version, since, &personas[i], &vocabulary,
                           &entry->tally, err);
        tally_add(&statistics->all, &entry->tally);
        statistics->persona_count += ok;
    }
    count_words(&statistics->all, &vocabulary.all);
    distinct_words_free(&vocabulary.own);
    distinct_words_free(&vocabulary.all);
    return ok;
}

double tally_prep_average(const struct tally *tally)
{
    return tally->prep_needed
               ? (double)tally->prep_minutes / (double)tally->prep_needed
               : 0;
}

double tally_weekly_hours(const struct tally *tally)
{
    return tally->weeks ? (double)tally->minutes / 60 / (double)tally->weeks
                        : 0;
}

static double ratio(int64_t part, int64_t whole)
{
    return whole ? (double)part / (double)whole : 0;
}

double tally_distinct_words(const struct tally *tally)
{
    return ratio(tally->different_words, tally->words);
}

double tally_distinct_pairs(const struct tally *tally)
{
    return ratio(tally->different_pairs, tally->pairs);
}
