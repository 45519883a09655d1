/* How evenly personas are spread over what they are, and which of them stand
 * where.  The comparison of their rules is in diversity_rules.c. */
#include "diversity_rules.h"

#include "datebook/list.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NO_VALUE = -1 };

static const struct dimension_list lists[DIMENSIONS] = {
    [DIMENSION_LEVEL] = {"level",
                         20,
                         5,
                         {"ic", "manager", "senior_manager", "vp", "c_level"}},
    [DIMENSION_FUNCTION] = {"function",
                            20,
                            10,
                            {"engineering", "product", "sales", "marketing",
                             "operations", "finance", "hr", "legal", "data",
                             "customer_success"}},
    [DIMENSION_LOAD] = {"load",
                        15,
                        4,
                        {"light", "moderate", "heavy", "extreme"}},
    [DIMENSION_WORK_STYLE] = {"work_style",
                              15,
                              5,
                              {"collaborative", "focused_maker", "strategic",
                               "executor", "networker"}},
    [DIMENSION_CAREER_STAGE] = {"career_stage",
                                15,
                                7,
                                {"new_hire", "ramping", "established", "senior",
                                 "tenured", "pre_promotion", "exploring_exit"}},
    [DIMENSION_INDUSTRY] = {"industry",
                            15,
                            8,
                            {"startup", "growth", "enterprise", "tech",
                             "finance", "healthcare", "consulting",
                             "remote_first"}},
};

const struct dimension_list *diversity_list(enum dimension dimension)
{
    return &lists[dimension];
}

/* ---- One persona after the other ---- */

struct placed {
    const char *id;
    bool training;
    int values[DIMENSIONS]; /* index into the list, or NO_VALUE */
};

struct diversity_counter {
    struct arena arena;
    struct placed *placed;
    size_t count;
    struct diversity_gap *gaps;
    size_t gap_count;
    struct rule_pieces *pieces;
};

struct diversity_counter *diversity_start(struct error *err)
{
    struct diversity_counter *counter = calloc(1, sizeof *counter);

    if (!counter) {
        error_memory(err);
        return NULL;
    }
    counter->pieces = rule_pieces_new(&counter->arena, err);
    if (counter->pieces)
        return counter;
    diversity_free(counter);
    return NULL;
}

void diversity_free(struct diversity_counter *counter)
{
    if (!counter)
        return;
    rule_pieces_free(counter->pieces);
    arena_free(&counter->arena);
    free(counter);
}

static int find_value(enum dimension dimension, const char *text)
{
    for (int i = 0; i < lists[dimension].count; i++)
        if (!strcmp(lists[dimension].values[i], text))
            return i;
    return NO_VALUE;
}

static bool add_gap(struct diversity_counter *counter, const char *id,
                    enum diversity_gap_kind kind, enum dimension dimension,
                    const char *value, struct error *err)
{
    struct diversity_gap *gap;

    if (!list_grow(&counter->arena, &counter->gaps, counter->gap_count,
                   sizeof *counter->gaps, err))
        return false;
    gap = &counter->gaps[counter->gap_count++];
    *gap =
        (struct diversity_gap){.id = id, .kind = kind, .dimension = dimension};
    if (value)
        gap->value = arena_text(&counter->arena, value, err);
    return !value || gap->value;
}

static bool place(struct diversity_counter *counter, struct placed *placed,
                  enum dimension dimension, const cJSON *object,
                  struct error *err)
{
    const cJSON *member = json_member(object, lists[dimension].name);
    const char *text = cJSON_GetStringValue(member);

    placed->values[dimension] = NO_VALUE;
    if (!member || cJSON_IsNull(member))
        return add_gap(counter, placed->id, GAP_NO_VALUE, dimension, NULL, err);
    if (!text)
        return add_gap(counter, placed->id, GAP_NO_TEXT, dimension,
                       json_kind(member), err);
    placed->values[dimension] = find_value(dimension, text);
    return placed->values[dimension] != NO_VALUE ||
           add_gap(counter, placed->id, GAP_UNKNOWN, dimension, text, err);
}

bool diversity_add(struct diversity_counter *counter,
                   const struct persona *persona, struct error *err)
{
    const cJSON *object = json_member(persona->tree, "diversity");
    struct placed *placed;

    if (!list_grow(&counter->arena, &counter->placed, counter->count,
                   sizeof *counter->placed, err))
        return false;
    placed = &counter->placed[counter->count++];
    placed->id = arena_text(&counter->arena, persona->id, err);
    placed->training = persona->role != PERSONA_VALIDATION;
    if (!placed->id || !rule_pieces_add(counter->pieces, persona, err))
        return false;
    if (!cJSON_IsObject(object)) {
        for (int d = 0; d < DIMENSIONS; d++)
            placed->values[d] = NO_VALUE;
        return add_gap(counter, placed->id, GAP_NO_OBJECT, DIMENSION_LEVEL,
                       NULL, err);
    }
    for (int d = 0; d < DIMENSIONS; d++)
        if (!place(counter, placed, (enum dimension)d, object, err))
            return false;
    return true;
}

/* ---- Score ---- */

double diversity_evenness(const int64_t *counts, int count)
{
    int64_t total = 0;
    double entropy = 0;

    for (int i = 0; i < count; i++)
        total += counts[i];
    for (int i = 0; i < count; i++)
        if (counts[i] && counts[i] < total) {
            double share = (double)counts[i] / (double)total;
            entropy -= share * log(share);
        }
    return entropy / log(count);
}

bool diversity_is_crowded(const struct diversity_group *group,
                          enum dimension dimension, int value)
{
    return 4 * group->counts[dimension][value] > group->personas;
}

static void score(const struct diversity_counter *counter, bool training,
                  struct diversity_group *group)
{
    *group = (struct diversity_group){.personas = 0};
    for (size_t i = 0; i < counter->count; i++) {
        const struct placed *placed = &counter->placed[i];
        if (training && !placed->training)
            continue;
        group->personas++;
        for (int d = 0; d < DIMENSIONS; d++)
            if (placed->values[d] != NO_VALUE)
                group->counts[d][placed->values[d]]++;
    }
    for (int d = 0; d < DIMENSIONS; d++) {
        group->evenness[d] =
            diversity_evenness(group->counts[d], lists[d].count);
        group->score += lists[d].weight * group->evenness[d] / 100;
    }
}

/* ---- The two most alike ---- */

static int shared_values(const struct placed *one, const struct placed *other)
{
    int shared = 0;

    for (int d = 0; d < DIMENSIONS; d++)
        shared +=
            one->values[d] == other->values[d] && one->values[d] != NO_VALUE;
    return shared;
}

/* Whether a pair is more alike than the best one so far.  Fractions are
 * compared exactly, so that a tie is one on every machine. */
static bool is_closer(const struct diversity_pair *pair,
                      const struct diversity_pair *best)
{
    int64_t rules = pair->shared * best->rules;
    int64_t best_rules = best->shared * pair->rules;

    return rules != best_rules ? rules > best_rules
                               : pair->shared_values > best->shared_values;
}

struct search {
    const struct diversity_counter *counter;
    struct diversity *diversity;
    size_t one; /* of the best pair */
    size_t other;
};

static void consider(void *context, size_t one, size_t other, int64_t shared,
                     int64_t rules)
{
    struct search *search = context;
    const struct placed *placed = search->counter->placed;
    struct diversity_pair *best = &search->diversity->pair;
    struct diversity_pair pair = {
        /* To compare with: two without rules share 0 of 1. */
        .rules = rules ? rules : 1,
        .shared = shared,
        .shared_values = shared_values(&placed[one], &placed[other])};

    if (search->diversity->has_pair && !is_closer(&pair, best))
        return;
    search->diversity->has_pair = true;
    search->one = one;
    search->other = other;
    *best = pair;
}

static bool describe_pair(const struct search *search, struct error *err)
{
    const struct diversity_counter *counter = search->counter;
    const struct placed *one = &counter->placed[search->one];
    const struct placed *other = &counter->placed[search->other];
    struct diversity_pair *pair = &search->diversity->pair;

    pair->one = one->id;
    pair->other = other->id;
    for (int d = 0; d < DIMENSIONS; d++)
        pair->values[d] =
            one->values[d] == other->values[d] ? one->values[d] : NO_VALUE;
    return rule_pieces_shared(counter->pieces, search->one, search->other,
                              &pair->rules, &pair->shared_rules, err);
}

bool diversity_result(struct diversity_counter *counter,
                      struct diversity *diversity, struct error *err)
{
    struct search search = {.counter = counter, .diversity = diversity};

    *diversity = (struct diversity){.gaps = counter->gaps,
                                    .gap_count = counter->gap_count};
    score(counter, false, &diversity->all);
    score(counter, true, &diversity->training);
    return rule_pieces_compare(counter->pieces, consider, &search, err) &&
           (!diversity->has_pair || describe_pair(&search, err));
}
