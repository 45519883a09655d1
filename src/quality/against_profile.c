/* A tree of names, filled by walking through events. */
#include "src/quality/against_profile.h"

#include "datebook/utf16.h"

#include <string.h>

enum { NAME_LENGTH = 64 };

void profile_start(struct profile *profile, struct arena *arena)
{
    *profile = (struct profile){.arena = arena, .root = {.path = ""}};
}

/* What export adds to an event, and what an answer adds to a single one. */
static bool is_left_out(const char *name)
{
    static const char *const names[] = {
        "importance_label", "prep_needed", "prep_time_minutes",
        "reasoning",        "persona_id",  "generation_timestamp",
        "@odata.context"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(names[i], name))
            return true;
    return false;
}

/* Graph's names are identifiers, with annotations such as "@odata.etag".
 * Anything else might be a value that somebody made a name of: an address, a
 * subject. */
static bool is_plain_name(const char *name)
{
    static const char identifier[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "abcdefghijklmnopqrstuvwxyz0123456789_";
    size_t length = strspn(name, identifier);
    const char *rest = name + length;

    if (*rest == '@') {
        if (strncmp(rest, "@odata.", 7) != 0 &&
            strncmp(rest, "@microsoft.", 11) != 0)
            return false;
        rest += 1 + strspn(rest + 1, identifier);
        while (*rest == '.')
            rest += 1 + strspn(rest + 1, identifier);
    }
    return !*rest && *name && strlen(name) <= NAME_LENGTH;
}

struct profile_node *profile_child(const struct profile_node *parent,
                                   const char *name)
{
    struct profile_node *node;

    for (node = parent->first; node; node = node->next)
        if (!strcmp(node->name, name))
            return node;
    return NULL;
}

static bool make_node(struct profile *profile, struct profile_node *parent,
                      const char *name, struct profile_node **made,
                      struct error *err)
{
    struct arena *arena = profile->arena;
    struct profile_node *node = arena_zero(arena, 1, sizeof *node, err);
    const char *dot = *parent->path && strcmp(name, "[]") != 0 ? "." : "";

    if (!node || !(node->name = arena_text(arena, name, err)) ||
        !(node->path =
              arena_format(arena, err, "%s%s%s", parent->path, dot, name)))
        return false;
    node->parent = parent;
    node->form = field_form(node->path);
    if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
    profile->fields++;
    *made = node;
    return true;
}

/* *node is NULL when there are too many fields. */
static bool find_node(struct profile *profile, struct profile_node *parent,
                      const char *name, struct profile_node **node,
                      struct error *err)
{
    struct profile_node *hint =
        parent->follow ? parent->follow->next : parent->first;

    *node =
        hint && !strcmp(hint->name, name) ? hint : profile_child(parent, name);
    if (!*node && !is_plain_name(name) && strcmp(name, "[]") != 0) {
        name = "(other name)";
        *node = profile_child(parent, name);
    }
    if (!*node && profile->fields >= PROFILE_FIELDS)
        profile->crowded = true;
    else if (!*node && !make_node(profile, parent, name, node, err))
        return false;
    if (*node)
        parent->follow = *node;
    return true;
}

static void count_length(struct field_profile *profile, const char *text)
{
    int64_t units = (int64_t)text_units(text);

    if (!profile->longest || units < profile->shortest)
        profile->shortest = units;
    if (units > profile->longest)
        profile->longest = units;
}

static void count_value(struct profile *profile, struct profile_node *node,
                        const cJSON *value)
{
    struct field_profile *of = &node->profile;

    of->events += node->latest != profile->events;
    node->latest = profile->events;
    of->values++;
    of->formats[value_format(&node->form, value)]++;
    if (cJSON_IsString(value) && *value->valuestring)
        count_length(of, value->valuestring);
}

static bool add_members(struct profile *profile, struct profile_node *parent,
                        const cJSON *value, int depth, struct error *err);

static bool add_value(struct profile *profile, struct profile_node *parent,
                      const char *name, const cJSON *value, int depth,
                      struct error *err)
{
    struct profile_node *node;

    if (!find_node(profile, parent, name, &node, err))
        return false;
    if (!node)
        return true;
    count_value(profile, node, value);
    if (!value->child)
        return true;
    if (depth < PROFILE_DEPTH)
        return add_members(profile, node, value, depth + 1, err);
    profile->crowded = true;
    return true;
}

static bool add_members(struct profile *profile, struct profile_node *parent,
                        const cJSON *value, int depth, struct error *err)
{
    const cJSON *member;

    parent->follow = NULL;
    cJSON_ArrayForEach (member, value) {
        const char *name = cJSON_IsObject(value) ? member->string : "[]";
        if (depth == 0 && is_left_out(name))
            continue;
        if (!add_value(profile, parent, name, member, depth, err))
            return false;
    }
    return true;
}

bool profile_add(struct profile *profile, const cJSON *event, struct error *err)
{
    profile->events++;
    return add_members(profile, &profile->root, event, 0, err);
}

const struct profile_node *profile_next(const struct profile_node *node)
{
    if (node->first)
        return node->first;
    while (node && !node->next)
        node = node->parent;
    return node ? node->next : NULL;
}
