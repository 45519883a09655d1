/* What the personas are as a whole: how diverse, whether those of the library
 * are there, how many of each tier. */
#include "src/quality/validate_parts.h"

#include <string.h>

static bool has_persona(const struct work *work, const char *id)
{
    for (size_t i = 0; i < work->request->persona_count; i++)
        if (!strcmp(work->request->personas[i].id, id))
            return true;
    return false;
}

static void count_missing(struct work *work)
{
    const struct thresholds *wanted = &work->request->wanted;

    for (size_t i = 0; i < wanted->library_count; i++) {
        if (has_persona(work, wanted->library[i]))
            continue;
        work->all->of[CHECK_PERSONA_LIBRARY].part++;
        sum_name(work->all, CHECK_PERSONA_LIBRARY, wanted->library[i]);
    }
}

static void count_tiers(struct work *work)
{
    for (size_t i = 0; i < work->request->persona_count; i++) {
        const struct stored_persona *persona = &work->request->personas[i];
        if (!persona->validation && persona->tier >= 1 &&
            persona->tier <= TIERS)
            work->all->of[CHECK_PERSONA_TIER_1 + persona->tier - 1].part++;
    }
}

bool validate_roster(struct work *work, struct error *err)
{
    struct diversity diversity;

    if (!diversity_result(work->diversity, &diversity, err))
        return false;
    work->all->diversity = diversity.training.score;
    count_missing(work);
    count_tiers(work);
    return true;
}
