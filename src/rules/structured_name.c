/* What a structured rule tests, in words; the name of one that has none: "demo
 * or pilot, external, 5+ attendees". */
#include "ruleset.h"

#include <string.h>

static void part(struct buf *name)
{
    if (name->length)
        buf_text(name, ", ");
}

static void add_phrases(struct buf *name, const cJSON *value,
                        const char *before, const char *between)
{
    const cJSON *item;

    if (!value)
        return;
    part(name);
    buf_text(name, before);
    if (cJSON_IsString(value))
        buf_text(name, value->valuestring);
    cJSON_ArrayForEach (item, value) {
        buf_text(name, item->valuestring);
        if (item->next)
            buf_text(name, between);
    }
}

static void add_flag(struct buf *name, enum fact_test test, const char *yes,
                     const char *no)
{
    if (test == TEST_OFF)
        return;
    part(name);
    buf_text(name, test == TEST_TRUE ? yes : no);
}

static void add_bounds(struct buf *name, int low, int high, const char *unit)
{
    if (low <= 0 && high == INT32_MAX)
        return;
    part(name);
    if (high == INT32_MAX)
        buf_format(name, "%d+ %s", low, unit);
    else if (low == high)
        buf_format(name, "%d %s", low, unit);
    else if (low <= 0)
        buf_format(name, "up to %d %s", high, unit);
    else
        buf_format(name, "%d-%d %s", low, high, unit);
}

static void add_conditions(struct buf *name, const struct rule *rule,
                           const cJSON *object)
{
    const struct fact_tests *tests = &rule->tests;

    add_phrases(name, json_member(object, "any"), "", " or ");
    add_phrases(name, json_member(object, "all"), "", " and ");
    add_phrases(name, json_member(object, "none"), "without ", " or ");
    add_flag(name, tests->external, "external", "internal");
    add_flag(name, tests->one_on_one, "one-on-one", "not one-on-one");
    add_flag(name, tests->recurring, "recurring", "not recurring");
    add_flag(name, tests->organizer, "own meeting", "organized by others");
    add_flag(name, tests->overlaps, "overlapping", "free of overlaps");
    add_bounds(name, tests->attendees_min, tests->attendees_max, "attendees");
    add_bounds(name, tests->duration_min, tests->duration_max, "min long");
    if (!name->length && !name->failed)
        buf_text(name, "any meeting"); /* bounds of 0 and more */
}

void ruleset_conditions(const struct ruleset *ruleset, size_t rule,
                        struct buf *buf)
{
    const cJSON *object = ruleset->persona->rules[rule].object;
    struct buf conditions = BUF_EMPTY;

    if (!object)
        return;
    add_conditions(&conditions, &ruleset->rules[rule], object);
    buf_add(buf, conditions.data, conditions.length);
    buf_inherit(buf, &conditions);
    buf_free(&conditions);
}

const char *structured_name(struct arena *arena, const struct rule *rule,
                            const cJSON *object, struct error *err)
{
    struct buf name = BUF_EMPTY;
    const char *copy = NULL;

    add_conditions(&name, rule, object);
    if (buf_ok(&name, err))
        copy = arena_text(arena, buf_string(&name), err);
    buf_free(&name);
    return copy;
}
