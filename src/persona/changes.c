/* What differs between two persona documents, said the way its author thinks:
 * a list of patterns is a set, a priority is known by its name, and a pattern
 * may move from one level to another. */
#include "src/persona/reader.h"

#include "datebook/list.h"
#include "datebook/table.h"

#include <string.h>

/* Columns of a value that a line shows, and bytes of it that stand before a
 * difference. */
enum { SHOWN_WIDTH = 72, SHOWN_BEFORE = 24 };

struct changes {
    struct arena *arena;
    struct error *err;
    const char **lines;
    size_t count;
};

/* Where a value stands and how its lines begin: "path: added …" at the top,
 * "list \"name\": field added …" inside a named item. */
struct place {
    const char *prefix;
    const char *path;
    const char *separator;
};

static bool compare_values(struct changes *changes, const struct place *place,
                           const cJSON *old, const cJSON *new);

static bool add_line(struct changes *changes, const struct buf *line)
{
    if (!buf_ok(line, changes->err) ||
        !list_grow(changes->arena, &changes->lines, changes->count,
                   sizeof *changes->lines, changes->err))
        return false;
    changes->lines[changes->count] =
        arena_text(changes->arena, buf_string(line), changes->err);
    return changes->lines[changes->count++] != NULL;
}

/* Adds a value as it is shown: plain values and objects as JSON, a list by its
 * length. */
static bool spell(struct changes *changes, struct buf *text, const cJSON *value)
{
    if (cJSON_IsArray(value))
        buf_format(text, "a list of %d", cJSON_GetArraySize(value));
    else if (!canonical_json(changes->arena, text, value, changes->err))
        return false;
    return buf_ok(text, changes->err);
}

/* Adds a value, cut when it is long. */
static bool show(struct changes *changes, struct buf *line, const cJSON *value)
{
    struct buf text = BUF_EMPTY;
    bool ok = spell(changes, &text, value);

    if (ok)
        text_cut(line, buf_string(&text), SHOWN_WIDTH);
    buf_free(&text);
    return ok;
}

/* Where two long texts are shown from, so that what differs is seen: 0 if it is
 * from the start. */
static size_t show_from(const char *one, const char *other)
{
    struct buf cut[2] = {BUF_EMPTY, BUF_EMPTY};
    size_t from = 0;

    text_cut(&cut[0], one, SHOWN_WIDTH);
    text_cut(&cut[1], other, SHOWN_WIDTH);
    if (!strcmp(buf_string(&cut[0]), buf_string(&cut[1])))
        while (one[from] && one[from] == other[from])
            from++;
    from = from > SHOWN_BEFORE ? from - SHOWN_BEFORE : 0;
    /* A character of several bytes stays whole. */
    while (from && ((unsigned char)one[from] & 0xC0) == 0x80)
        from--;
    buf_free(&cut[0]);
    buf_free(&cut[1]);
    return from;
}

static void put_from(struct buf *line, const char *text, size_t from)
{
    buf_text(line, from ? "…" : "");
    text_cut(line, text + from, SHOWN_WIDTH - (from > 0));
}

/* Adds "VALUE -> OTHER". */
static bool show_both(struct changes *changes, struct buf *line,
                      const cJSON *value, const cJSON *other)
{
    struct buf old = BUF_EMPTY;
    struct buf new = BUF_EMPTY;
    bool ok = spell(changes, &old, value) && spell(changes, &new, other);

    if (ok) {
        size_t from = show_from(buf_string(&old), buf_string(&new));
        put_from(line, buf_string(&old), from);
        buf_text(line, " -> ");
        put_from(line, buf_string(&new), from);
    }
    buf_free(&old);
    buf_free(&new);
    return ok;
}

/* "PLACE: WHAT VALUE", or "PLACE: VALUE -> OTHER". */
static bool say(struct changes *changes, const struct place *place,
                const char *what, const cJSON *value, const cJSON *other)
{
    struct buf line = BUF_EMPTY;
    bool ok;

    buf_format(&line, "%s%s%s%s", place->prefix, place->path, place->separator,
               what);
    ok = other ? show_both(changes, &line, value, other)
               : !value || show(changes, &line, value);
    ok = ok && add_line(changes, &line);
    buf_free(&line);
    return ok;
}

/* The items of two lists, with the partner of each in the other list. */
struct pairing {
    const cJSON **old;
    const cJSON **new;
    size_t old_count;
    size_t new_count;
    size_t *partner; /* of an old item: index into new; SIZE_MAX for none */
    bool *taken;     /* of a new item */
    bool reordered;
};

typedef bool same_item(const cJSON *one, const cJSON *other);

static const cJSON **items_of(struct changes *changes, const cJSON *list,
                              size_t *count)
{
    const cJSON *item;
    const cJSON **items =
        arena_zero(changes->arena, (size_t)cJSON_GetArraySize(list),
                   sizeof *items, changes->err);

    *count = 0;
    if (items)
        cJSON_ArrayForEach (item, list)
            items[(*count)++] = item;
    return items;
}

/* Looks for a partner from where the last one was found, for most lists are
 * mostly the same. */
static void pair_items(struct pairing *pairing, same_item *same)
{
    size_t from = 0;
    size_t last = SIZE_MAX;

    for (size_t i = 0; i < pairing->old_count; i++) {
        pairing->partner[i] = SIZE_MAX;
        for (size_t n = 0; n < pairing->new_count; n++) {
            size_t at = (from + n) % pairing->new_count;
            if (pairing->taken[at] || !same(pairing->old[i], pairing->new[at]))
                continue;
            pairing->taken[at] = true;
            pairing->partner[i] = at;
            if (last != SIZE_MAX && at < last)
                pairing->reordered = true;
            last = at;
            from = at + 1;
            break;
        }
    }
}

static bool pair_lists(struct changes *changes, const cJSON *old,
                       const cJSON *new, same_item *same,
                       struct pairing *pairing)
{
    memset(pairing, 0, sizeof *pairing);
    pairing->old = items_of(changes, old, &pairing->old_count);
    pairing->new = items_of(changes, new, &pairing->new_count);
    pairing->partner = arena_zero(changes->arena, pairing->old_count,
                                  sizeof *pairing->partner, changes->err);
    pairing->taken = arena_zero(changes->arena, pairing->new_count,
                                sizeof *pairing->taken, changes->err);
    if (!pairing->old || !pairing->new || !pairing->partner || !pairing->taken)
        return false;
    pair_items(pairing, same);
    return true;
}

/* Whether everything on both sides has a partner. */
static bool all_paired(const struct pairing *pairing)
{
    bool all = pairing->old_count == pairing->new_count;

    for (size_t i = 0; i < pairing->old_count; i++)
        all = all && pairing->partner[i] != SIZE_MAX;
    return all;
}

/* The name by which an item of a list is known. */
static const char *item_name(const cJSON *item)
{
    static const char *const names[] = {"name", "priority", "id"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (json_member_text(item, names[i]))
            return json_member_text(item, names[i]);
    return NULL;
}

/* The fields of two items with the same name. */
static bool compare_named(struct changes *changes, const struct place *place,
                          const cJSON *old, const cJSON *new)
{
    struct place inner = {NULL, "", " "};
    struct buf prefix = BUF_EMPTY;
    bool ok;

    buf_format(&prefix, "%s%s ", place->prefix, place->path);
    buf_json(&prefix, item_name(old));
    buf_text(&prefix, ": ");
    inner.prefix =
        arena_text(changes->arena, buf_string(&prefix), changes->err);
    ok = buf_ok(&prefix, changes->err) && inner.prefix &&
         compare_values(changes, &inner, old, new);
    buf_free(&prefix);
    return ok;
}

/* What an item is about: its name, or of a text what stands before a bracket.
 */
static const char *subject_of(const cJSON *item, size_t *length)
{
    const char *text =
        cJSON_IsString(item) ? item->valuestring : item_name(item);
    const char *end = text && cJSON_IsString(item) ? strchr(text, '(') : NULL;

    *length = !text ? 0 : end ? (size_t)(end - text) : strlen(text);
    while (*length && text[*length - 1] == ' ')
        --*length;
    return text;
}

static bool same_subject(const cJSON *one, const cJSON *other)
{
    size_t lengths[2];
    const char *left = subject_of(one, &lengths[0]);
    const char *right = subject_of(other, &lengths[1]);

    return lengths[0] && lengths[0] == lengths[1] &&
           !memcmp(left, right, lengths[0]);
}

/* Two items about the same: the fields of objects, or one value and the other.
 */
static bool say_edit(struct changes *changes, const struct place *place,
                     const cJSON *old, const cJSON *new)
{
    return cJSON_IsObject(old) && cJSON_IsObject(new)
               ? compare_named(changes, place, old, new)
               : say(changes, place, "", old, new);
}

/* Pairs what is left of both lists where it is about the same. */
static bool pair_edits(struct changes *changes, const struct place *place,
                       struct pairing *pairing)
{
    for (size_t i = 0; i < pairing->old_count; i++)
        for (size_t n = 0;
             pairing->partner[i] == SIZE_MAX && n < pairing->new_count; n++) {
            if (pairing->taken[n] ||
                !same_subject(pairing->old[i], pairing->new[n]))
                continue;
            pairing->taken[n] = true;
            pairing->partner[i] = n;
            if (!say_edit(changes, place, pairing->old[i], pairing->new[n]))
                return false;
        }
    return true;
}

/* Says what has no partner, and whether the rest changed its order. */
static bool say_pairing(struct changes *changes, const struct place *place,
                        const struct pairing *pairing)
{
    for (size_t i = 0; i < pairing->old_count; i++)
        if (pairing->partner[i] == SIZE_MAX &&
            !say(changes, place, "removed ", pairing->old[i], NULL))
            return false;
    for (size_t i = 0; i < pairing->new_count; i++)
        if (!pairing->taken[i] &&
            !say(changes, place, "added ", pairing->new[i], NULL))
            return false;
    return !pairing->reordered || !all_paired(pairing) ||
           say(changes, place, "reordered", NULL, NULL);
}

static bool compare_sets(struct changes *changes, const struct place *place,
                         const cJSON *old, const cJSON *new)
{
    struct pairing pairing;

    return pair_lists(changes, old, new, json_same, &pairing) &&
           pair_edits(changes, place, &pairing) &&
           say_pairing(changes, place, &pairing);
}

static bool same_name(const cJSON *one, const cJSON *other)
{
    return !strcmp(item_name(one), item_name(other));
}

static bool all_named(const cJSON *list)
{
    const cJSON *item;

    cJSON_ArrayForEach (item, list)
        if (!item_name(item))
            return false;
    return true;
}

static bool compare_lists(struct changes *changes, const struct place *place,
                          const cJSON *old, const cJSON *new)
{
    struct pairing pairing;

    if (!all_named(old) || !all_named(new))
        return compare_sets(changes, place, old, new);
    if (!pair_lists(changes, old, new, same_name, &pairing))
        return false;
    for (size_t i = 0; i < pairing.old_count; i++)
        if (pairing.partner[i] != SIZE_MAX &&
            !compare_named(changes, place, pairing.old[i],
                           pairing.new[pairing.partner[i]]))
            return false;
    return say_pairing(changes, place, &pairing);
}

/* Levels of one group, among which a pattern can move. */
static bool is_rule_group(const char *path)
{
    return !strcmp(path, "importance_criteria") ||
           !strcmp(path, "rsvp_rules") || !strcmp(path, "prep_time_needs");
}

/* A list of a rule group, on both sides. */
struct level {
    const char *name;
    struct pairing pairing;
};

static bool say_move(struct changes *changes, const struct level *from,
                     const cJSON *item, const struct level *to)
{
    struct buf line = BUF_EMPTY;
    bool ok = show(changes, &line, item);

    buf_format(&line, " moved from %s to %s", from->name, to->name);
    ok = ok && add_line(changes, &line);
    buf_free(&line);
    return ok;
}

static const char *member_path(struct changes *changes,
                               const struct place *place, const char *name)
{
    return *place->path ? arena_format(changes->arena, changes->err, "%s.%s",
                                       place->path, name)
                        : name;
}

/* A move, and what was edited on the way. */
static bool say_move_and_edit(struct changes *changes,
                              const struct place *group,
                              const struct level *from, const cJSON *old,
                              const struct level *to, const cJSON *new)
{
    struct place place = *group;

    if (!say_move(changes, from, old, to))
        return false;
    if (json_same(old, new))
        return true;
    place.path = member_path(changes, group, to->name);
    return place.path && say_edit(changes, &place, old, new);
}

/* The levels of a group while patterns that left one are looked for. */
struct group {
    const struct place *place;
    struct level *levels;
    size_t count;
};

/* Finds where a pattern that left its level has come up, and pairs the two. */
static bool find_move(struct changes *changes, const struct group *group,
                      struct level *from, size_t item, same_item *same)
{
    const cJSON *old = from->pairing.old[item];

    for (size_t l = 0; l < group->count; l++) {
        struct pairing *to = &group->levels[l].pairing;
        for (size_t i = 0; i < to->new_count; i++) {
            if (to->taken[i] || !same(old, to->new[i]))
                continue;
            to->taken[i] = true;
            /* Any partner will do: it is no longer missing. */
            from->pairing.partner[item] = i;
            return say_move_and_edit(changes, group->place, from, old,
                                     &group->levels[l], to->new[i]);
        }
    }
    return true;
}

static bool find_moves(struct changes *changes, const struct group *group,
                       same_item *same)
{
    for (size_t l = 0; l < group->count; l++) {
        struct level *level = &group->levels[l];
        for (size_t i = 0; i < level->pairing.old_count; i++)
            if (level->pairing.partner[i] == SIZE_MAX &&
                !find_move(changes, group, level, i, same))
                return false;
    }
    return true;
}

static bool find_edits(struct changes *changes, const struct group *group)
{
    for (size_t l = 0; l < group->count; l++) {
        struct place place = *group->place;
        place.path = member_path(changes, group->place, group->levels[l].name);
        if (!place.path ||
            !pair_edits(changes, &place, &group->levels[l].pairing))
            return false;
    }
    return true;
}

static bool is_list_or_missing(const cJSON *value)
{
    return !value || cJSON_IsArray(value);
}

/* The lists of a group that stand on either side, old ones first. */
static bool pair_levels(struct changes *changes, const cJSON *old,
                        const cJSON *new, struct level *levels, size_t *count)
{
    const cJSON *sides[] = {old, new};
    const cJSON *child;

    *count = 0;
    for (int side = 0; side < 2; side++)
        cJSON_ArrayForEach (child, sides[side]) {
            const cJSON *before = json_member(old, child->string);
            const cJSON *after = json_member(new, child->string);
            if ((side && before) || !is_list_or_missing(before) ||
                !is_list_or_missing(after))
                continue;
            levels[*count].name = child->string;
            if (!pair_lists(changes, before, after, json_same,
                            &levels[*count].pairing))
                return false;
            (*count)++;
        }
    return true;
}

/* What is left of a level after the moves.  An empty list that came or went
 * has no items to speak of. */
static bool say_level(struct changes *changes, const struct place *place,
                      const cJSON *old, const cJSON *new,
                      const struct level *level)
{
    const cJSON *before = json_member(old, level->name);
    const cJSON *after = json_member(new, level->name);

    if (level->pairing.old_count + level->pairing.new_count == 0 &&
        (!before || !after))
        return say(changes, place, before ? "removed " : "added ",
                   before ? before : after, NULL);
    return say_pairing(changes, place, &level->pairing);
}

/* Lists that came or went whole are said item by item, as their patterns may
 * have moved. */
static bool compare_group(struct changes *changes, const struct place *place,
                          const cJSON *old, const cJSON *new)
{
    size_t most =
        (size_t)cJSON_GetArraySize(old) + (size_t)cJSON_GetArraySize(new);
    struct level *levels =
        arena_zero(changes->arena, most, sizeof *levels, changes->err);
    struct group group = {.place = place, .levels = levels};
    size_t count;

    if (!levels || !pair_levels(changes, old, new, levels, &count))
        return false;
    group.count = count;
    if (!find_moves(changes, &group, json_same) ||
        !find_edits(changes, &group) ||
        !find_moves(changes, &group, same_subject))
        return false;
    for (size_t l = 0; l < count; l++) {
        struct place inner = *place;
        inner.path = member_path(changes, place, levels[l].name);
        if (!inner.path || !say_level(changes, &inner, old, new, &levels[l]))
            return false;
    }
    return true;
}

static bool compare_member(struct changes *changes, const struct place *place,
                           const char *name, const cJSON *old, const cJSON *new)
{
    struct place inner = *place;

    inner.path = member_path(changes, place, name);
    return inner.path && compare_values(changes, &inner, old, new);
}

static bool compare_objects(struct changes *changes, const struct place *place,
                            const cJSON *old, const cJSON *new)
{
    bool group = !*place->prefix && is_rule_group(place->path);
    const cJSON *sides[] = {old, new};
    const cJSON *child;

    if (group && !compare_group(changes, place, old, new))
        return false;
    for (int side = 0; side < 2; side++)
        cJSON_ArrayForEach (child, sides[side]) {
            const cJSON *before = json_member(old, child->string);
            const cJSON *after = json_member(new, child->string);
            bool done = group && is_list_or_missing(before) &&
                        is_list_or_missing(after);
            if ((side && before) || done)
                continue;
            if (!compare_member(changes, place, child->string, before, after))
                return false;
        }
    return true;
}

/* A rule group that came or went with lists in it: said pattern by pattern. */
static bool is_whole_group(const struct place *place, const cJSON *old,
                           const cJSON *new)
{
    const cJSON *there = old ? old : new;

    return (!old || !new) && !*place->prefix && is_rule_group(place->path) &&
           cJSON_IsObject(there) && there->child;
}

static bool compare_values(struct changes *changes, const struct place *place,
                           const cJSON *old, const cJSON *new)
{
    if (json_same(old, new))
        return true;
    if (is_whole_group(place, old, new))
        return compare_objects(changes, place, old, new);
    if (!old)
        return say(changes, place, "added ", new, NULL);
    if (!new)
        return say(changes, place, "removed ", old, NULL);
    if (cJSON_IsObject(old) && cJSON_IsObject(new))
        return compare_objects(changes, place, old, new);
    if (cJSON_IsArray(old) && cJSON_IsArray(new))
        return compare_lists(changes, place, old, new);
    return say(changes, place, "", old, new);
}

bool persona_changes(struct arena *arena, const cJSON *old_tree,
                     const cJSON *new_tree, const char ***changes,
                     size_t *count, struct error *err)
{
    static const struct place top = {"", "", ": "};
    struct changes found = {arena, err, NULL, 0};

    if (!compare_values(&found, &top, old_tree, new_tree))
        return false;
    *changes = found.lines;
    *count = found.count;
    return true;
}
