/* The second implementation: structured rules and what they are called. */
#include "second.h"

#include <check.h>
#include <string.h>

static bool has(const struct second_rule *rule, const char *key)
{
    return json_member(rule->rule->object, key) != NULL;
}

static int number(const struct second_rule *rule, const char *key)
{
    return json_member(rule->rule->object, key)->valueint;
}

static void read_phrase(const struct second_tools *tools, struct arena *arena,
                        const cJSON *value, const char *divider,
                        struct stems_list *list, struct buf *name)
{
    const char *text = value->valuestring;

    buf_text(name, list->count ? divider : "");
    buf_text(name, text);
    second_append(arena, list, second_cut(tools, arena, text, strlen(text)));
}

/* The phrases of a key, and "one DIVIDER other" added to the name. */
static void read_phrases(const struct second_tools *tools, struct arena *arena,
                         const cJSON *value, const char *divider,
                         struct stems_list *list, struct buf *name)
{
    const cJSON *one;

    if (cJSON_IsString(value))
        read_phrase(tools, arena, value, divider, list, name);
    else
        cJSON_ArrayForEach (one, value)
            read_phrase(tools, arena, one, divider, list, name);
}

static void comma(struct buf *name)
{
    buf_text(name, name->length ? ", " : "");
}

static void name_switch(const struct second_rule *rule, const char *key,
                        const char *yes, const char *no, struct buf *name)
{
    if (!has(rule, key))
        return;
    comma(name);
    buf_text(name,
             cJSON_IsTrue(json_member(rule->rule->object, key)) ? yes : no);
}

static void name_bounds(const struct second_rule *rule, const char *min,
                        const char *max, const char *what, struct buf *name)
{
    if (!has(rule, max) && (!has(rule, min) || !number(rule, min)))
        return;
    comma(name);
    if (!has(rule, max))
        buf_format(name, "%d+ %s", number(rule, min), what);
    else if (number(rule, max) > 0 && (!has(rule, min) || !number(rule, min)))
        buf_format(name, "up to %d %s", number(rule, max), what);
    else if (!has(rule, min) || number(rule, min) == number(rule, max))
        buf_format(name, "%d %s", number(rule, max), what);
    else
        buf_format(name, "%d-%d %s", number(rule, min), number(rule, max),
                   what);
}

void second_read_object(const struct second_tools *tools, struct arena *arena,
                        struct second_rule *rule)
{
    const cJSON *object = rule->rule->object;
    const char *given = json_member_text(object, "name");
    struct buf name = BUF_EMPTY;
    struct error err;

    read_phrases(tools, arena, json_member(object, "any"), " or ", &rule->any,
                 &name);
    if (has(rule, "all")) {
        comma(&name);
        read_phrases(tools, arena, json_member(object, "all"), " and ",
                     &rule->all, &name);
    }
    if (has(rule, "none")) {
        comma(&name);
        buf_text(&name, "without ");
        read_phrases(tools, arena, json_member(object, "none"), " or ",
                     &rule->none, &name);
    }
    name_switch(rule, "external", "external", "internal", &name);
    name_switch(rule, "one_on_one", "one-on-one", "not one-on-one", &name);
    name_switch(rule, "recurring", "recurring", "not recurring", &name);
    name_switch(rule, "organizer", "own meeting", "organized by others", &name);
    name_switch(rule, "overlaps", "overlapping", "free of overlaps", &name);
    name_bounds(rule, "attendees_min", "attendees_max", "attendees", &name);
    name_bounds(rule, "duration_min", "duration_max", "min long", &name);
    if (!name.length)
        buf_text(&name, "any meeting");
    rule->name = arena_text(arena, given ? given : buf_string(&name), &err);
    ck_assert_ptr_nonnull(rule->name);
    buf_free(&name);
    if (has(rule, "minutes"))
        rule->minutes = second_round(number(rule, "minutes"));
}

/* Whether a key is missing or says what is the case. */
static bool fits(const struct second_rule *rule, const char *key, bool is)
{
    return !has(rule, key) ||
           cJSON_IsTrue(json_member(rule->rule->object, key)) == is;
}

bool second_object_fires(const struct second_rule *rule,
                         const struct second_meeting *meeting)
{
    const struct meeting_facts *facts = meeting->facts;

    if (has(rule, "any") && !second_phrases_fire(&rule->any, meeting, false))
        return false;
    if (has(rule, "all") && !second_phrases_fire(&rule->all, meeting, true))
        return false;
    if (has(rule, "none") && second_phrases_fire(&rule->none, meeting, false))
        return false;
    if (!fits(rule, "external", facts->external) ||
        !fits(rule, "one_on_one", facts->attendees == 2) ||
        !fits(rule, "recurring", facts->recurring) ||
        !fits(rule, "organizer", facts->organizer) ||
        !fits(rule, "overlaps", facts->overlaps))
        return false;
    if (has(rule, "attendees_min") &&
        facts->attendees < number(rule, "attendees_min"))
        return false;
    if (has(rule, "attendees_max") &&
        facts->attendees > number(rule, "attendees_max"))
        return false;
    if (has(rule, "duration_min") &&
        facts->minutes < number(rule, "duration_min"))
        return false;
    return !has(rule, "duration_max") ||
           (facts->minutes > 0 &&
            facts->minutes <= number(rule, "duration_max"));
}
