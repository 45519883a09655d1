/* One text for equal JSON values: what identifies an object rule. */
#include "src/persona/reader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_name(const void *one, const void *other)
{
    return strcmp((*(const cJSON *const *)one)->string,
                  (*(const cJSON *const *)other)->string);
}

/* The children of an object in the order of their names. */
static const cJSON **sorted_members(struct arena *arena, const cJSON *object,
                                    size_t *count, struct error *err)
{
    const cJSON *child;
    const cJSON **members;

    *count = (size_t)cJSON_GetArraySize(object);
    members = arena_zero(arena, *count, sizeof *members, err);
    if (!members)
        return NULL;
    *count = 0;
    cJSON_ArrayForEach (child, object)
        members[(*count)++] = child;
    qsort(members, *count, sizeof *members, by_name);
    return members;
}

static bool add_object(struct arena *arena, struct buf *buf,
                       const cJSON *object, struct error *err)
{
    size_t count;
    const cJSON **members = sorted_members(arena, object, &count, err);

    if (!members)
        return false;
    buf_char(buf, '{');
    for (size_t i = 0; i < count; i++) {
        if (i)
            buf_char(buf, ',');
        buf_json(buf, members[i]->string);
        buf_char(buf, ':');
        if (!canonical_json(arena, buf, members[i], err))
            return false;
    }
    buf_char(buf, '}');
    return true;
}

static bool add_list(struct arena *arena, struct buf *buf, const cJSON *list,
                     struct error *err)
{
    const cJSON *child;

    buf_char(buf, '[');
    cJSON_ArrayForEach (child, list) {
        if (child != list->child)
            buf_char(buf, ',');
        if (!canonical_json(arena, buf, child, err))
            return false;
    }
    buf_char(buf, ']');
    return true;
}

static void add_number(struct buf *buf, double number)
{
    const double exact = 1e15;

    if (fabs(number) < exact && !(floor(number) < number))
        buf_int(buf, (int64_t)number);
    else
        buf_format(buf, "%.17g", number);
}

bool canonical_json(struct arena *arena, struct buf *buf, const cJSON *value,
                    struct error *err)
{
    if (cJSON_IsObject(value))
        return add_object(arena, buf, value, err);
    if (cJSON_IsArray(value))
        return add_list(arena, buf, value, err);
    if (cJSON_IsString(value))
        buf_json(buf, value->valuestring);
    else if (cJSON_IsNumber(value))
        add_number(buf, value->valuedouble);
    else
        buf_text(buf, cJSON_IsNull(value)   ? "null"
                      : cJSON_IsTrue(value) ? "true"
                                            : "false");
    return true;
}
