/* The file of thresholds: what is wanted of each check, as data.
 *
 * A file that replaces some is read over what is there, so a field that it does
 * not name stays.  A name that nobody knows is refused: the range that somebody
 * meant to set would silently be another. */
#include "datebook/validate.h"

#include "datebook/file.h"
#include "datebook/json.h"
#include "datebook/nearest.h"

#include <math.h>
#include <string.h>

enum { MOST_BYTES = 1024 * 1024 };

/* Where in a file a value stands, for messages. */
struct place {
    const char *path;
    const char *check;
};

static bool wrong(const struct place *place, const char *field,
                  const char *what, struct error *err)
{
    return error_set(err, ERROR_INPUT, "%s: %s: %s: %s", place->path,
                     place->check, field, what);
}

/* ---- Fields ---- */

/* A number, or null for no end. */
static bool read_end(const struct place *place, const char *field,
                     const cJSON *value, double none, double *end,
                     struct error *err)
{
    if (cJSON_IsNull(value)) {
        *end = none;
        return true;
    }
    if (!cJSON_IsNumber(value) || !isfinite(value->valuedouble) ||
        value->valuedouble < 0)
        return wrong(place, field, "must be a number from 0, or null", err);
    *end = value->valuedouble;
    return true;
}

/* [low, high], or null where nothing is judged. */
static bool read_range(const struct place *place, const char *field,
                       const cJSON *value, struct check_range *range,
                       struct error *err)
{
    if (cJSON_IsNull(value)) {
        *range = (struct check_range){1, 0};
        return true;
    }
    if (!cJSON_IsArray(value) || cJSON_GetArraySize(value) != 2)
        return wrong(place, field, "must be [low, high], or null", err);
    if (!read_end(place, field, value->child, 0, &range->low, err) ||
        !read_end(place, field, value->child->next, INFINITY, &range->high,
                  err))
        return false;
    return range->low <= range->high ||
           wrong(place, field, "ends before it starts", err);
}

static bool read_about(struct arena *arena, const struct place *place,
                       const cJSON *value, const char **about,
                       struct error *err)
{
    const char *text = cJSON_GetStringValue(value);

    if (!text || !*text)
        return wrong(place, "about", "must be a text", err);
    *about = arena_text(arena, text, err);
    return *about != NULL;
}

static bool read_unit(const struct place *place, const cJSON *value,
                      enum check_unit unit, struct error *err)
{
    const char *text = cJSON_GetStringValue(value);

    if (text && !strcmp(text, check_unit_name(unit)))
        return true;
    return error_set(err, ERROR_INPUT, "%s: %s: unit: must be \"%s\"",
                     place->path, place->check, check_unit_name(unit));
}

static bool read_least(const struct place *place, const cJSON *value,
                       int64_t *least, struct error *err)
{
    if (!cJSON_IsNumber(value) || !(value->valuedouble >= 0) ||
        value->valuedouble > 1e15 ||
        value->valuedouble > floor(value->valuedouble))
        return wrong(place, "least", "must be a whole number from 0", err);
    *least = (int64_t)value->valuedouble;
    return true;
}

static bool read_level(const struct place *place, const cJSON *value,
                       enum check_level *level, struct error *err)
{
    const char *text = cJSON_GetStringValue(value);

    for (int i = LEVEL_ERROR; text && i <= LEVEL_WARNING; i++)
        if (!strcmp(text, check_level_name((enum check_level)i))) {
            *level = (enum check_level)i;
            return true;
        }
    return wrong(place, "level", "must be \"error\" or \"warning\"", err);
}

/* The personas that a library should have. */
static bool read_ids(struct arena *arena, const struct place *place,
                     const cJSON *value, struct thresholds *thresholds,
                     struct error *err)
{
    size_t count = 0;
    const char **ids;
    const cJSON *item;

    if (!cJSON_IsArray(value))
        return wrong(place, "ids", "must be a list of texts", err);
    ids = arena_zero(arena, (size_t)cJSON_GetArraySize(value) + 1, sizeof *ids,
                     err);
    if (!ids)
        return false;
    cJSON_ArrayForEach (item, value) {
        const char *id = cJSON_GetStringValue(item);
        if (!id)
            return wrong(place, "ids", "must be a list of texts", err);
        ids[count] = arena_text(arena, id, err);
        if (!ids[count++])
            return false;
    }
    thresholds->library = ids;
    thresholds->library_count = count;
    return true;
}

/* ---- Checks ---- */

enum field {
    FIELD_ABOUT,
    FIELD_UNIT,
    FIELD_LOW,
    FIELD_HIGH,
    FIELD_TIER,
    FIELD_PERSONA,
    FIELD_LEAST,
    FIELD_LEVEL,
    FIELD_IDS, /* of persona.library alone */
    FIELDS
};

static const char *const field_names[FIELDS] = {
    "about", "unit", "low", "high", "tier", "persona", "least", "level", "ids"};

static bool is_field_of(enum field field, enum check_id check)
{
    return field < FIELD_IDS ||
           (field == FIELD_IDS && check == CHECK_PERSONA_LIBRARY);
}

static bool read_field(struct arena *arena, const struct place *place,
                       const cJSON *value, enum check_id check,
                       struct thresholds *thresholds, struct error *err)
{
    struct threshold *threshold = &thresholds->of[check];
    const char *near;
    int field = 0;

    while (field < FIELDS && strcmp(field_names[field], value->string) != 0)
        field++;
    if (is_field_of((enum field)field, check))
        switch (field) {
        case FIELD_ABOUT:
            return read_about(arena, place, value, &threshold->about, err);
        case FIELD_UNIT:
            return read_unit(place, value, checks[check].unit, err);
        case FIELD_LOW:
            return read_end(place, "low", value, 0, &threshold->overall.low,
                            err);
        case FIELD_HIGH:
            return read_end(place, "high", value, INFINITY,
                            &threshold->overall.high, err);
        case FIELD_TIER:
            return read_range(place, "tier", value, &threshold->tier, err);
        case FIELD_PERSONA:
            return read_range(place, "persona", value, &threshold->persona,
                              err);
        case FIELD_LEAST:
            return read_least(place, value, &threshold->least, err);
        case FIELD_LEVEL:
            return read_level(place, value, &threshold->level, err);
        default:
            return read_ids(arena, place, value, thresholds, err);
        }
    near = nearest_name(value->string, field_names, FIELD_IDS);
    error_set(err, ERROR_INPUT, "%s: %s: \"%.100s\" is no field of a check",
              place->path, place->check, value->string);
    return near && error_hint(err, "did you mean %s?", near);
}

static bool read_check(struct arena *arena, const char *path,
                       const cJSON *object, struct thresholds *thresholds,
                       bool *named, struct error *err)
{
    enum check_id check = check_named(object->string);
    struct place place = {path, object->string};
    const char *near;
    const cJSON *field;

    if (check == CHECKS) {
        near = check_nearest(object->string);
        error_set(err, ERROR_INPUT, "%s: there is no check \"%.100s\"", path,
                  object->string);
        return near ? error_hint(err, "did you mean %s?", near)
                    : error_hint(err, "`datebook validate --list` lists them");
    }
    if (!cJSON_IsObject(object))
        return error_set(err, ERROR_INPUT, "%s: %s: must be an object", path,
                         object->string);
    cJSON_ArrayForEach (field, object) {
        if (!read_field(arena, &place, field, check, thresholds, err))
            return false;
    }
    named[check] = true;
    return thresholds->of[check].overall.low <=
               thresholds->of[check].overall.high ||
           wrong(&place, "high", "is less than low", err);
}

/* ---- Files ---- */

static bool read_file(struct arena *arena, const char *path,
                      struct thresholds *thresholds, bool *named,
                      struct error *err)
{
    size_t length;
    char *text = file_read(arena, path, MOST_BYTES, &length, err);
    const cJSON *tree =
        text ? json_parse(arena, text, length, path, err) : NULL;
    const cJSON *member;

    if (!tree)
        return false;
    if (!cJSON_IsObject(tree))
        return error_set(err, ERROR_INPUT, "%s: must be a JSON object", path);
    cJSON_ArrayForEach (member, tree) {
        if (strcmp(member->string, "about") != 0 &&
            strcmp(member->string, "checks") != 0)
            return error_set(err, ERROR_INPUT,
                             "%s: \"%.100s\" is no member of a file of "
                             "thresholds, which are about and checks",
                             path, member->string);
    }
    tree = json_member(tree, "checks");
    if (!cJSON_IsObject(tree))
        return error_set(err, ERROR_INPUT, "%s: checks: must be an object",
                         path);
    cJSON_ArrayForEach (member, tree) {
        if (!read_check(arena, path, member, thresholds, named, err))
            return false;
    }
    return true;
}

bool thresholds_load(struct arena *arena, const char *folder,
                     struct thresholds *thresholds, struct error *err)
{
    const char *path = arena_format(arena, err, "%s/" THRESHOLDS_FILE, folder);
    bool named[CHECKS] = {false};

    *thresholds = (struct thresholds){.library_count = 0};
    for (int i = 0; i < CHECKS; i++) {
        thresholds->of[i].tier = (struct check_range){1, 0};
        thresholds->of[i].persona = (struct check_range){1, 0};
    }
    if (!path || !read_file(arena, path, thresholds, named, err))
        return false;
    for (int i = 0; i < CHECKS; i++)
        if (!named[i] || !thresholds->of[i].about)
            return error_set(err, ERROR_INPUT, "%s: %s %s", path,
                             named[i] ? "about: is missing of the check"
                                      : "there is no check",
                             checks[i].name);
    return true;
}

bool thresholds_replace(struct arena *arena, const char *path,
                        struct thresholds *thresholds, struct error *err)
{
    bool named[CHECKS] = {false};

    return read_file(arena, path, thresholds, named, err);
}
