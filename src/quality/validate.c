/* Checks of a version: one pass over the meetings, labels and documents of each
 * persona, then one over the texts of one-off meetings of all; and what that
 * says of each persona, of each tier, and of all. */
#include "src/quality/validate_parts.h"

#include <string.h>

static const struct check_range not_judged = {1, 0};

void validate_defaults(struct validate_request *request,
                       const struct thresholds *thresholds)
{
    *request = (struct validate_request){.near_limit = NEAR_LIMIT,
                                         .wanted = *thresholds};
}

/* ---- Ranges ---- */

/* Checks of a version as a whole, made of all personas. */
static bool is_of_roster(int check)
{
    return check >= CHECK_PERSONA_DIVERSITY && check <= CHECK_PERSONA_TIER_3;
}

static bool is_of_leaks(int check)
{
    return check == CHECK_LEAK_EXACT || check == CHECK_LEAK_NEAR;
}

/* What cannot be said of these meetings is not judged. */
static void leave_out(const struct validate_request *request,
                      struct check_range ranges[CHECKS])
{
    for (int i = 0; i < CHECKS; i++)
        if ((is_of_roster(i) && !request->whole) ||
            (is_of_leaks(i) && !request->division) ||
            i == CHECK_AGAINST_ALIGNMENT)
            ranges[i] = not_judged;
}

static void ranges_of_tier(const struct validate_request *request,
                           struct check_range ranges[CHECKS])
{
    for (int i = 0; i < CHECKS; i++)
        ranges[i] = request->wanted.of[i].tier;
    leave_out(request, ranges);
}

static void ranges_of_persona(const struct validate_request *request,
                              const struct persona_validation *entry,
                              struct check_range ranges[CHECKS])
{
    for (int i = 0; i < CHECKS; i++)
        ranges[i] = request->wanted.of[i].persona;
    ranges[CHECK_HOURS_WEEKLY] = entry->weekly;
    leave_out(request, ranges);
}

/* One persona alone has the tolerance of one, and those of a tier that of a
 * tier; what is not judged of them is judged as of all. */
static void ranges_of_all(const struct work *work,
                          struct check_range ranges[CHECKS])
{
    const struct validate_request *request = work->request;
    struct check_range own[CHECKS];

    for (int i = 0; i < CHECKS; i++)
        ranges[i] = own[i] = request->wanted.of[i].overall;
    if (request->persona_count == 1)
        ranges_of_persona(request, &work->validation->personas[0], own);
    else if (request->of_tier)
        ranges_of_tier(request, own);
    for (int i = 0; i < CHECKS; i++)
        if (check_range_is_judged(own[i]))
            ranges[i] = own[i];
    leave_out(request, ranges);
}

/* ---- Judging ---- */

static void judge_personas(struct work *work)
{
    struct validation *validation = work->validation;

    for (size_t i = 0; i < validation->persona_count; i++) {
        struct persona_validation *entry = &validation->personas[i];
        struct check_range ranges[CHECKS];
        ranges_of_persona(work->request, entry, ranges);
        sums_judge(work->personas[i], work->request, ranges, &entry->group);
        sums_add(work->all, work->personas[i]);
        if (validation->persona_count == 1)
            continue;
        validation->persona_failed += entry->group.failed;
        validation->persona_warned += entry->group.warned;
    }
}

static bool judge_tier(struct work *work, int tier, struct error *err)
{
    const struct validate_request *request = work->request;
    struct validation *validation = work->validation;
    struct tier_validation *entry = &validation->tiers[validation->tier_count];
    struct sums *sums = arena_zero(work->arena, 1, sizeof *sums, err);
    struct check_range ranges[CHECKS];

    if (!sums)
        return false;
    sums->arena = work->arena;
    entry->tier = tier;
    for (size_t i = 0; i < request->persona_count; i++) {
        if (request->personas[i].tier != tier)
            continue;
        entry->personas++;
        sums_add(sums, work->personas[i]);
    }
    ranges_of_tier(request, ranges);
    sums_judge(sums, request, ranges, &entry->group);
    validation->tier_count++;
    validation->tier_failed += entry->group.failed;
    validation->tier_warned += entry->group.warned;
    return sums_ok(sums, err);
}

/* Of a single tier all is said of all, and of a tier of one persona, of that.
 */
static bool judge_tiers(struct work *work, struct error *err)
{
    const struct validate_request *request = work->request;
    int personas[TIERS + 1] = {0};
    int tiers = 0;

    for (size_t i = 0; i < request->persona_count; i++) {
        int tier = request->personas[i].tier;
        if (tier >= 1 && tier <= TIERS)
            tiers += !personas[tier]++;
    }
    for (int tier = 1; request->whole && tiers > 1 && tier <= TIERS; tier++)
        if (personas[tier] > 1 && !judge_tier(work, tier, err))
            return false;
    return true;
}

static bool judge(struct work *work, struct error *err)
{
    struct check_range ranges[CHECKS];

    judge_personas(work);
    if (!judge_tiers(work, err) ||
        (work->request->whole && !validate_roster(work, err)))
        return false;
    ranges_of_all(work, ranges);
    sums_judge(work->all, work->request, ranges, &work->validation->all);
    return sums_ok(work->all, err);
}

void validate_judge(const struct validate_request *request,
                    struct validation *validation, enum check_id check,
                    double value)
{
    struct check_result *result = &validation->all.results[check];

    *result =
        (struct check_result){.value = value,
                              .level = request->wanted.of[check].level,
                              .status = CHECK_NOT_JUDGED,
                              .wanted = request->wanted.of[check].overall};
    if (request->skip[check])
        return;
    result_judge(request, check, result);
    validation->all.asked++;
    validation->all.failed += result->status == CHECK_FAILED;
    validation->all.warned += result->status == CHECK_WARNED;
}

/* ---- All of it ---- */

static struct sums *new_sums(struct work *work, struct arena *memory,
                             struct error *err)
{
    struct sums *sums = arena_zero(memory, 1, sizeof *sums, err);

    if (sums)
        sums->arena = work->arena;
    return sums;
}

static bool make_sums(struct work *work, struct arena *memory,
                      struct error *err)
{
    size_t count = work->request->persona_count;

    work->all = new_sums(work, memory, err);
    work->personas =
        work->all ? arena_zero(memory, count, sizeof *work->personas, err)
                  : NULL;
    for (size_t i = 0; work->personas && i < count; i++) {
        work->personas[i] = new_sums(work, memory, err);
        if (!work->personas[i])
            return false;
    }
    return work->personas != NULL;
}

static bool skips_leaks(const struct validate_request *request)
{
    return !request->division ||
           (request->skip[CHECK_LEAK_EXACT] && request->skip[CHECK_LEAK_NEAR]);
}

static bool measure(struct work *work, struct error *err)
{
    const struct validate_request *request = work->request;

    for (size_t i = 0; i < request->persona_count; i++)
        if (!validate_persona(work, i, err))
            return false;
    return (request->skip[CHECK_VARIETY_NEAR_DUPLICATES] ||
            validate_near_duplicates(work, err)) &&
           (skips_leaks(request) || validate_leaks(work, err));
}

bool validate_version(struct store *store, struct arena *arena,
                      const struct validate_request *request,
                      const struct monitor *monitor,
                      struct validation *validation, struct error *err)
{
    struct arena memory = ARENA_EMPTY;
    struct work work = {.store = store,
                        .request = request,
                        .monitor = monitor,
                        .validation = validation,
                        .arena = arena};
    bool ok;

    *validation = (struct validation){.version = request->version,
                                      .persona_count = request->persona_count};
    validation->personas = arena_zero(arena, request->persona_count,
                                      sizeof *validation->personas, err);
    ok = validation->personas && make_sums(&work, &memory, err) &&
         (work.diversity = diversity_start(err)) && measure(&work, err) &&
         judge(&work, err);
    diversity_free(work.diversity);
    arena_free(&memory);
    return ok;
}
