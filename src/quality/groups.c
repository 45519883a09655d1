/* Groups of meetings: found by a number that also sorts them, made when they
 * are first met. */
#include "src/quality/groups.h"

#include "datebook/list.h"

#include <string.h>

static const char *const axis_names[GROUP_AXES] = {
    [BY_PERSONA] = "persona",
    [BY_TIER] = "tier",
    [BY_FUNCTION] = "function",
    [BY_ROLE] = "role",
    [BY_IMPORTANCE] = "importance",
    [BY_TYPE] = "type",
    [BY_MONTH] = "month",
    [BY_WEEKDAY] = "weekday",
    [BY_HOUR] = "hour",
    [BY_LENGTH] = "length",
    [BY_PEOPLE] = "people",
};

const char *group_axis_name(enum group_axis axis)
{
    return axis_names[axis];
}

enum group_axis group_axis_named(const char *name)
{
    int axis = 0;

    while (axis < GROUP_AXES && strcmp(axis_names[axis], name) != 0)
        axis++;
    return (enum group_axis)axis;
}

/* ---- Keys and names ---- */

static int64_t month_of(civil_minute start)
{
    struct civil_date date = civil_to_date(civil_day_of(start));

    return (int64_t)date.year * 12 + date.month - 1;
}

static int64_t hour_of(civil_minute start)
{
    return start / 60 - (int64_t)civil_day_of(start) * 24;
}

/* The most important first. */
static int64_t key_of(enum group_axis axis, const struct meeting_facts *facts,
                      const struct stored_label *label)
{
    switch (axis) {
    case BY_IMPORTANCE:
        return label ? -(int64_t)label->importance : 1;
    case BY_TYPE:
        return facts->type;
    case BY_MONTH:
        return month_of(facts->start);
    case BY_WEEKDAY:
        return civil_weekday(civil_day_of(facts->start));
    case BY_HOUR:
        return hour_of(facts->start);
    case BY_LENGTH:
        return tally_length_bin(facts->minutes);
    default:
        return tally_people_bin(facts->attendees);
    }
}

static const char *name_of(struct arena *arena, enum group_axis axis,
                           int64_t key, struct error *err)
{
    switch (axis) {
    case BY_TIER:
        return arena_format(arena, err, "tier %lld", (long long)key);
    case BY_ROLE:
        return key ? "validation" : "train";
    case BY_IMPORTANCE:
        return key > 0 ? "not labelled"
                       : importance_name((enum importance)(-key));
    case BY_TYPE:
        return graph_type_name((enum event_type)key);
    case BY_MONTH:
        return arena_format(arena, err, "%04lld-%02lld", (long long)(key / 12),
                            (long long)(key % 12 + 1));
    case BY_WEEKDAY:
        return civil_weekday_names[key];
    case BY_HOUR:
        return arena_format(arena, err, "%02lld:00", (long long)key);
    case BY_LENGTH:
        return tally_length_name((int)key);
    default:
        return tally_people_name((int)key);
    }
}

/* ---- Groups ---- */

static bool insert(struct arena *arena, struct tally_groups *groups, size_t at,
                   struct tally_group *group, struct error *err)
{
    if (!list_grow(arena, &groups->groups, groups->count,
                   sizeof(struct tally_group *), err))
        return false;
    memmove(groups->groups + at + 1, groups->groups + at,
            (groups->count - at) * sizeof(struct tally_group *));
    groups->groups[at] = group;
    groups->count++;
    return true;
}

/* NULL when memory ran out. */
static struct tally *group_of(struct statistics *statistics,
                              struct arena *arena, enum group_axis axis,
                              int64_t key, struct error *err)
{
    struct tally_groups *groups = &statistics->groups[axis];
    struct tally_group *group;
    size_t low = 0;
    size_t high = groups->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (groups->groups[middle]->key < key)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < groups->count && groups->groups[low]->key == key)
        return &groups->groups[low]->tally;
    group = arena_zero(arena, 1, sizeof *group, err);
    if (!group)
        return NULL;
    group->key = key;
    group->name = name_of(arena, axis, key, err);
    return group->name && insert(arena, groups, low, group, err) ? &group->tally
                                                                 : NULL;
}

bool groups_count(struct statistics *statistics, struct arena *arena,
                  const struct meeting_facts *facts,
                  const struct stored_label *label,
                  const struct stored_rule *rules, size_t rule_count,
                  struct error *err)
{
    for (int axis = BY_IMPORTANCE; axis < GROUP_AXES; axis++) {
        struct tally *tally;
        if (!(statistics->axes >> axis & 1))
            continue;
        tally = group_of(statistics, arena, (enum group_axis)axis,
                         key_of((enum group_axis)axis, facts, label), err);
        if (!tally)
            return false;
        tally_count_facts(tally, facts);
        if (label)
            tally_count_label(tally, label, rules, rule_count);
    }
    return true;
}

/* ---- Groups of personas ---- */

static const char *function_of(const struct persona *persona)
{
    const char *function =
        json_member_text(json_member(persona->tree, "diversity"), "function");

    if (!function || !*function)
        function = persona->function;
    return *function ? function : "not said";
}

/* NULL when memory ran out. */
static struct tally *function_group(struct statistics *statistics,
                                    struct arena *arena, const char *name,
                                    struct error *err)
{
    struct tally_groups *groups = &statistics->groups[BY_FUNCTION];
    struct tally_group *group;
    size_t at = 0;

    while (at < groups->count && strcmp(groups->groups[at]->name, name) < 0)
        at++;
    if (at < groups->count && !strcmp(groups->groups[at]->name, name))
        return &groups->groups[at]->tally;
    group = arena_zero(arena, 1, sizeof *group, err);
    if (!group)
        return NULL;
    group->name = arena_text(arena, name, err);
    return group->name && insert(arena, groups, at, group, err) ? &group->tally
                                                                : NULL;
}

bool groups_add_persona(struct statistics *statistics, struct arena *arena,
                        const struct persona *persona,
                        const struct tally *tally, struct error *err)
{
    int64_t keys[GROUP_AXES] = {[BY_TIER] = persona->tier,
                                [BY_ROLE] =
                                    persona->role == PERSONA_VALIDATION};

    for (int axis = BY_TIER; axis <= BY_ROLE; axis++) {
        struct tally *sum;
        if (!tally->meetings || !(statistics->axes >> axis & 1))
            continue;
        sum = axis == BY_FUNCTION
                  ? function_group(statistics, arena, function_of(persona), err)
                  : group_of(statistics, arena, (enum group_axis)axis,
                             keys[axis], err);
        if (!sum)
            return false;
        tally_add(sum, tally);
    }
    return true;
}

void groups_end(struct statistics *statistics)
{
    for (int axis = BY_IMPORTANCE; axis < GROUP_AXES; axis++)
        for (size_t i = 0; i < statistics->groups[axis].count; i++)
            statistics->groups[axis].groups[i]->tally.weeks =
                statistics->all.weeks;
}
