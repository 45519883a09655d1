/* Coverage, overlap and conflict of rules, and how consistent labels are. */
#include "datebook/coverage.h"

#include "datebook/dataset.h"

#include "coverage_subjects.h"

#include <stdlib.h>
#include <string.h>

enum group { GROUP_IMPORTANCE, GROUP_RSVP, GROUP_PREP, GROUPS };

struct coverage_counter {
    struct arena arena;
    struct ruleset *ruleset;
    const struct persona *persona;
    struct coverage sums;
    struct subjects *subjects;
};

static enum group group_of(enum rule_kind kind)
{
    if (kind <= RULE_PRIORITY)
        return GROUP_IMPORTANCE;
    return kind <= RULE_ALWAYS_DECLINE ? GROUP_RSVP : GROUP_PREP;
}

/* The values that a rule votes for, as bits of an enumeration of its group;
 * two rules conflict when they have no value in common. */
static unsigned votes_of(enum rule_kind kind, enum importance importance)
{
    bool important = importance >= IMPORTANCE_HIGH;

    switch (kind) {
    case RULE_PRIORITY:
        return 1u << IMPORTANCE_HIGH | 1u << IMPORTANCE_CRITICAL;
    case RULE_ALWAYS_ACCEPT:
        return 1u << RSVP_ACCEPT;
    case RULE_CONDITIONAL:
        return 1u << RSVP_TENTATIVE;
    case RULE_DECLINE_BY_DEFAULT:
    case RULE_ALWAYS_DECLINE:
        return 1u << RSVP_DECLINE;
    case RULE_REQUIRES_PREP:
        return 1u << true;
    case RULE_OPTIONAL_PREP:
        return 1u << important;
    case RULE_NO_PREP:
        return 1u << false;
    default:
        return 1u << (IMPORTANCE_CRITICAL -
                      (int)(kind - RULE_ALWAYS_IMPORTANT));
    }
}

/* What fired on one meeting: how often each kind, and how many rules of each
 * group. */
struct fired {
    int64_t kinds[RULE_KINDS];
    int64_t groups[GROUPS];
};

static bool conflicts(const struct fired *fired, enum rule_kind kind,
                      enum importance importance)
{
    unsigned votes = votes_of(kind, importance);

    for (int other = 0; other < RULE_KINDS; other++)
        if (fired->kinds[other] &&
            group_of((enum rule_kind)other) == group_of(kind) &&
            !(votes_of((enum rule_kind)other, importance) & votes))
            return true;
    return false;
}

static void count_rules(struct coverage_counter *counter,
                        const struct label *label, struct fired *fired)
{
    const struct persona_rule *rules = counter->persona->rules;

    *fired = (struct fired){{0}, {0}};
    for (size_t i = 0; i < label->fired_count; i++) {
        enum rule_kind kind = rules[label->fired[i].rule].kind;
        fired->kinds[kind]++;
        fired->groups[group_of(kind)]++;
    }
    for (size_t i = 0; i < label->fired_count; i++) {
        size_t rule = label->fired[i].rule;
        struct rule_coverage *sum = &counter->sums.rules[rule];
        sum->usage.fired++;
        sum->usage.decided += label->fired[i].decided;
        sum->overlaps += fired->groups[group_of(rules[rule].kind)] > 1;
        sum->conflicts += conflicts(fired, rules[rule].kind, label->importance);
    }
}

static bool count_stored(struct coverage_counter *counter, const char *subject,
                         const struct stored_label *label,
                         const char *reasoning, const struct fired *fired,
                         struct error *err)
{
    struct consistency *sums = &counter->sums.consistency;
    bool prioritized = fired->kinds[RULE_PRIORITY] > 0;

    sums->labels++;
    sums->reasoned += *reasoning != '\0';
    sums->prioritized += prioritized;
    sums->lifted += prioritized && label->importance >= IMPORTANCE_HIGH;
    return subjects_add(counter->subjects, subject,
                        (enum importance)label->importance, err);
}

struct coverage_counter *coverage_start(struct ruleset *ruleset,
                                        const struct persona *persona,
                                        struct error *err)
{
    struct coverage_counter *counter = calloc(1, sizeof *counter);

    if (!counter) {
        error_memory(err);
        return NULL;
    }
    counter->ruleset = ruleset;
    counter->persona = persona;
    counter->subjects = subjects_new(COVERAGE_SUBJECTS, err);
    counter->sums.rules = arena_zero(&counter->arena, persona->rule_count,
                                     sizeof *counter->sums.rules, err);
    if (counter->subjects && counter->sums.rules)
        return counter;
    coverage_free(counter);
    return NULL;
}

void coverage_free(struct coverage_counter *counter)
{
    if (!counter)
        return;
    subjects_free(counter->subjects);
    arena_free(&counter->arena);
    free(counter);
}

bool coverage_meeting(struct coverage_counter *counter,
                      const struct meeting_facts *facts,
                      const struct stored_label *stored, const char *reasoning,
                      struct error *err)
{
    struct label label;
    struct fired fired;

    if (!ruleset_label(counter->ruleset, facts, &label, err))
        return false;
    counter->sums.meetings++;
    counter->sums.silent += !label.fired_count;
    count_rules(counter, &label, &fired);
    counter->sums.by_default += !fired.groups[GROUP_IMPORTANCE];
    return !stored || count_stored(counter, facts->subject, stored, reasoning,
                                   &fired, err);
}

bool coverage_result(const struct coverage_counter *counter,
                     struct arena *arena, struct coverage *coverage,
                     struct error *err)
{
    size_t count = counter->persona->rule_count;

    *coverage = counter->sums;
    coverage->rules = arena_zero(arena, count, sizeof *coverage->rules, err);
    if (!coverage->rules)
        return false;
    if (count)
        memcpy(coverage->rules, counter->sums.rules,
               count * sizeof *coverage->rules);
    subjects_count(counter->subjects, &coverage->consistency);
    return true;
}

/* ---- From the store ---- */

struct rows {
    struct cursor *facts;
    struct cursor *labels;
    struct stored_rule *rules; /* by number */
    size_t rule_count;
    struct buf reasoning;
};

/* Facts and labels in step, by key. */
static bool count_rows(struct rows *rows, struct coverage_counter *counter,
                       struct error *err)
{
    struct stored_fact fact;
    struct stored_label label = {.meeting = 0};
    bool labelled = true;
    bool more;

    for (;;) {
        const struct stored_label *own = NULL;
        if (!fact_next(rows->facts, &fact, &more, err))
            return false;
        if (!more)
            return true;
        while (labelled && label.meeting < fact.key)
            if (!label_next(rows->labels, &label, &labelled, err))
                return false;
        buf_clear(&rows->reasoning);
        if (labelled && label.meeting == fact.key) {
            own = &label;
            if (!label_reasoning(own, rows->rules, rows->rule_count,
                                 &rows->reasoning, err))
                return false;
        }
        if (!coverage_meeting(counter, &fact.facts, own,
                              buf_string(&rows->reasoning), err))
            return false;
    }
}

bool coverage_collect(struct store *store, struct arena *arena, int64_t version,
                      int64_t key, const struct persona *persona,
                      struct ruleset *ruleset, struct coverage *coverage,
                      struct error *err)
{
    struct scan scan = {.version = version, .persona = key};
    struct arena memory = ARENA_EMPTY;
    struct coverage_counter *counter = coverage_start(ruleset, persona, err);
    struct rows rows = {NULL, NULL, NULL, 0, BUF_EMPTY};
    bool ok =
        counter && (rows.facts = fact_scan(store, &scan, err)) &&
        (rows.labels = label_scan(store, &scan, err)) &&
        rule_list(store, &memory, key, &rows.rules, &rows.rule_count, err) &&
        count_rows(&rows, counter, err) &&
        coverage_result(counter, arena, coverage, err);

    cursor_close(rows.facts);
    cursor_close(rows.labels);
    buf_free(&rows.reasoning);
    arena_free(&memory);
    coverage_free(counter);
    return ok;
}
