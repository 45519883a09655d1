/* Strict structured output takes a small part of JSON Schema: every object is
 * closed and wants all of its properties, the root is an object, and only few
 * keywords are known.  Of services that differ the narrower limit counts. */
#include "tests/llm/schema.h"

#include <string.h>

enum { MOST_PROPERTIES = 100, MOST_LEVELS = 5, MOST_ENUM = 1000 };

struct walk {
    const cJSON *root;
    int properties;
    int choices; /* values of enums */
    struct text *why;
};

static bool wrong(struct walk *walk, const char *format, const char *what)
{
    text_puts(walk->why, "schema: ");
    /* The formats stand below, each with one %s. */
    const char *place = strstr(format, "%s");
    text_add(walk->why, format, (size_t)(place - format));
    text_puts(walk->why, what);
    text_puts(walk->why, place + 2);
    return false;
}

static bool is_one_of(const char *word, const char *const *list)
{
    for (; *list; list++)
        if (!strcmp(word, *list))
            return true;
    return false;
}

static bool check_keywords(struct walk *walk, const cJSON *schema)
{
    static const char *const known[] = {
        "type",  "properties", "required", "additionalProperties",
        "items", "enum",       "const",    "anyOf",
        "$ref",  "$defs",      "title",    "description",
        NULL};
    const cJSON *member;
    cJSON_ArrayForEach (member, schema) {
        if (!is_one_of(member->string, known))
            return wrong(walk, "keyword \"%s\" is not supported",
                         member->string);
    }
    return true;
}

static bool is_type(const cJSON *type)
{
    static const char *const types[] = {"string", "number",  "boolean",
                                        "object", "integer", "array",
                                        "null",   NULL};
    return cJSON_IsString(type) && is_one_of(type->valuestring, types);
}

static bool check_type(struct walk *walk, const cJSON *schema)
{
    const cJSON *type = cJSON_GetObjectItemCaseSensitive(schema, "type");
    if (!type || is_type(type))
        return true;
    bool fine = cJSON_IsArray(type) && cJSON_GetArraySize(type) > 0;
    const cJSON *item;
    cJSON_ArrayForEach (item, type)
        fine = fine && is_type(item);
    return fine || wrong(walk, "a type%s that there is not", "");
}

static bool has_type(const cJSON *schema, const char *name)
{
    const cJSON *type = cJSON_GetObjectItemCaseSensitive(schema, "type");
    if (cJSON_IsString(type))
        return !strcmp(type->valuestring, name);
    const cJSON *item;
    cJSON_ArrayForEach (item, type) {
        if (cJSON_IsString(item) && !strcmp(item->valuestring, name))
            return true;
    }
    return false;
}

static bool is_required(const cJSON *required, const char *name)
{
    const cJSON *item;
    cJSON_ArrayForEach (item, required) {
        if (cJSON_IsString(item) && !strcmp(item->valuestring, name))
            return true;
    }
    return false;
}

static bool check_object(struct walk *walk, const cJSON *schema)
{
    const cJSON *properties =
        cJSON_GetObjectItemCaseSensitive(schema, "properties");
    const cJSON *required =
        cJSON_GetObjectItemCaseSensitive(schema, "required");
    if (!cJSON_IsFalse(
            cJSON_GetObjectItemCaseSensitive(schema, "additionalProperties")))
        return wrong(walk, "an object without \"additionalProperties\":%s",
                     "false");
    if (!cJSON_IsObject(properties) || !cJSON_IsArray(required))
        return wrong(walk, "an object without properties and \"%s\"",
                     "required");
    const cJSON *property;
    cJSON_ArrayForEach (property, properties) {
        walk->properties++;
        if (!is_required(required, property->string))
            return wrong(walk, "\"%s\" is not required", property->string);
    }
    const cJSON *name;
    cJSON_ArrayForEach (name, required) {
        if (!cJSON_IsString(name) ||
            !cJSON_GetObjectItemCaseSensitive(properties, name->valuestring))
            return wrong(walk, "\"required\" names %s that is no property",
                         "something");
    }
    return true;
}

static bool check_choices(struct walk *walk, const cJSON *schema)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(schema, "enum");
    if (!list)
        return true;
    int count = cJSON_GetArraySize(list);
    if (!cJSON_IsArray(list) || !count)
        return wrong(walk, "an empty \"%s\"", "enum");
    walk->choices += count;
    const cJSON *one, *other;
    cJSON_ArrayForEach (one, list) {
        for (other = one->next; other; other = other->next)
            if (cJSON_Compare(one, other, 1))
                return wrong(walk, "an \"%s\" with a value twice", "enum");
    }
    return true;
}

static bool check_reference(struct walk *walk, const cJSON *schema)
{
    const cJSON *ref = cJSON_GetObjectItemCaseSensitive(schema, "$ref");
    if (!ref)
        return true;
    const char *name = cJSON_IsString(ref) ? ref->valuestring : "";
    const cJSON *definitions =
        cJSON_GetObjectItemCaseSensitive(walk->root, "$defs");
    bool found = !strcmp(name, "#") ||
                 (!strncmp(name, "#/$defs/", 8) &&
                  cJSON_GetObjectItemCaseSensitive(definitions, name + 8));
    return found || wrong(walk, "\"$ref\":\"%s\" leads nowhere", name);
}

static bool check(struct walk *walk, const cJSON *schema, int level);

static bool check_all(struct walk *walk, const cJSON *list, int level)
{
    const cJSON *item;
    cJSON_ArrayForEach (item, list) {
        if (!check(walk, item, level))
            return false;
    }
    return true;
}

/* Schemas within schemas are as deep as there are levels, which are few. */
static bool check(struct walk *walk, const cJSON *schema,
                  int level) /* NOLINT */
{
    const cJSON *items = cJSON_GetObjectItemCaseSensitive(schema, "items");
    bool object = has_type(schema, "object");
    if (!cJSON_IsObject(schema))
        return wrong(walk, "%s is no object", "a schema");
    if (level > MOST_LEVELS)
        return wrong(walk, "more than %s levels", "5");
    if (!check_keywords(walk, schema) || !check_type(walk, schema) ||
        !check_choices(walk, schema) || !check_reference(walk, schema) ||
        (object && !check_object(walk, schema)))
        return false;
    if (has_type(schema, "array") && !items)
        return wrong(walk, "an array without \"%s\"", "items");
    if (items && !check(walk, items, level + 1))
        return false;
    return check_all(walk,
                     cJSON_GetObjectItemCaseSensitive(schema, "properties"),
                     level + 1) &&
           check_all(walk, cJSON_GetObjectItemCaseSensitive(schema, "anyOf"),
                     level) &&
           check_all(walk, cJSON_GetObjectItemCaseSensitive(schema, "$defs"),
                     level);
}

bool schema_is_strict(const cJSON *schema, struct text *why)
{
    struct walk walk = {.root = schema, .why = why};
    const cJSON *type = cJSON_GetObjectItemCaseSensitive(schema, "type");
    if (!cJSON_IsString(type) || strcmp(type->valuestring, "object") != 0 ||
        cJSON_GetObjectItemCaseSensitive(schema, "anyOf"))
        return wrong(&walk, "the root is no %s", "object");
    if (!check(&walk, schema, 0))
        return false;
    if (walk.properties > MOST_PROPERTIES)
        return wrong(&walk, "more than %s properties", "100");
    if (walk.choices > MOST_ENUM)
        return wrong(&walk, "more than %s enum values", "1,000");
    return true;
}
