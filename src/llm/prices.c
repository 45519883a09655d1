/* The price file, and what tokens cost by it: integers only, so that sums are
 * exact. */
#include "datebook/prices.h"

#include "datebook/civil.h"
#include "datebook/file.h"
#include "datebook/json.h"

#include <math.h>
#include <string.h>

enum { MOST_BYTES = 1024 * 1024, MICRO = 1000000, MOST_DOLLARS = 1000000 };

/* ---- Reading ---- */

/* Where in a file a value stands, for messages. */
struct place {
    const char *path;
    const char *model;
};

static bool wrong(const struct place *place, const char *field,
                  const char *what, struct error *err)
{
    return error_set(err, ERROR_INPUT, "%s: models: \"%.128s\": %s: %s",
                     place->path, place->model, field, what);
}

/* Dollars as micro-dollars; `absent` when there are none, and that may be. */
static bool read_dollars(const struct place *place, const cJSON *object,
                         const char *field, int64_t absent, int64_t *value,
                         struct error *err)
{
    const cJSON *item = json_member(object, field);
    double micro;

    *value = absent;
    if (!item && absent >= 0)
        return true;
    if (!item)
        return wrong(place, field, "is missing", err);
    if (!cJSON_IsNumber(item))
        return wrong(place, field, "is not a number", err);
    if (!(item->valuedouble >= 0 && item->valuedouble <= MOST_DOLLARS))
        return wrong(place, field, "is not between 0 and 1000000 dollars", err);
    micro = item->valuedouble * MICRO;
    *value = llround(micro);
    /* What a double cannot hold exactly is off by far less. */
    if (fabs(micro - (double)*value) > 1e-3)
        return wrong(place, field, "is finer than a millionth of a dollar",
                     err);
    return true;
}

static bool read_percent(const struct place *place, const cJSON *object,
                         int64_t *percent, struct error *err)
{
    const cJSON *item = json_member(object, "batch_percent");

    *percent = 50;
    if (!item)
        return true;
    if (!cJSON_IsNumber(item) ||
        !(item->valuedouble >= 0 && item->valuedouble <= 100) ||
        item->valuedouble - floor(item->valuedouble) > 0)
        return wrong(place, "batch_percent",
                     "is not a whole number from 0 to 100", err);
    *percent = (int64_t)item->valuedouble;
    return true;
}

/* A field with a wrong name would be a price that is not counted. */
static const char *unknown_field(const cJSON *object, const char *const *known,
                                 size_t count)
{
    const cJSON *child;

    cJSON_ArrayForEach (child, object) {
        size_t i = 0;
        while (i < count && strcmp(child->string, known[i]) != 0)
            i++;
        if (i == count)
            return child->string;
    }
    return NULL;
}

static bool read_price(const char *path, const cJSON *object,
                       struct price *price, struct error *err)
{
    static const char *const known[] = {"input", "cached", "output",
                                        "batch_percent"};
    const struct place place = {path, object->string};
    const char *unknown;

    price->model = object->string;
    if (!cJSON_IsObject(object))
        return error_set(err, ERROR_INPUT,
                         "%s: models: \"%.128s\" is not an object", path,
                         object->string);
    unknown = unknown_field(object, known, sizeof known / sizeof *known);
    if (unknown)
        return error_set(err, ERROR_INPUT,
                         "%s: models: \"%.128s\": \"%.128s\" is not a field of "
                         "a price",
                         path, object->string, unknown);
    return read_dollars(&place, object, "input", -1, &price->input, err) &&
           read_dollars(&place, object, "cached", price->input, &price->cached,
                        err) &&
           read_dollars(&place, object, "output", -1, &price->output, err) &&
           read_percent(&place, object, &price->batch_percent, err);
}

/* What the file says of itself. */
static bool read_head(const char *path, const cJSON *tree,
                      struct prices *prices, struct error *err)
{
    static const char *const known[] = {"date", "source", "currency", "models"};
    const char *currency = json_member_text(tree, "currency");
    const char *unknown;
    civil_day day;

    if (!cJSON_IsObject(tree))
        return error_set(err, ERROR_INPUT, "%s: not a JSON object", path);
    unknown = unknown_field(tree, known, sizeof known / sizeof *known);
    if (unknown)
        return error_set(err, ERROR_INPUT,
                         "%s: \"%.128s\" is not a field of a price file", path,
                         unknown);
    prices->date = json_member_text(tree, "date");
    if (!prices->date || !civil_parse_date(prices->date, &day))
        return error_set(err, ERROR_INPUT,
                         "%s: date: not a date such as \"2026-11-01\"", path);
    prices->source = json_member_text(tree, "source");
    if (!prices->source)
        return error_set(err, ERROR_INPUT, "%s: source: not a text", path);
    if (!currency || strcmp(currency, "USD") != 0)
        return error_set(err, ERROR_INPUT, "%s: currency: not \"USD\"", path);
    return cJSON_IsObject(json_member(tree, "models")) ||
           error_set(err, ERROR_INPUT, "%s: models: not an object", path);
}

bool prices_read(struct arena *arena, const char *path, struct prices *prices,
                 struct error *err)
{
    size_t length;
    char *text = file_read(arena, path, MOST_BYTES, &length, err);
    const cJSON *tree =
        text ? json_parse(arena, text, length, path, err) : NULL;
    const cJSON *models;
    const cJSON *model;

    *prices = (struct prices){0};
    if (!tree || !read_head(path, tree, prices, err))
        return false;
    models = json_member(tree, "models");
    prices->items = arena_zero(arena, (size_t)cJSON_GetArraySize(models),
                               sizeof *prices->items, err);
    if (!prices->items)
        return false;
    cJSON_ArrayForEach (model, models)
        if (!read_price(path, model, &prices->items[prices->count++], err))
            return false;
    return true;
}

/* ---- Finding ---- */

/* "-2024-07-18" or "-20240718", and nothing after it. */
static bool is_dated(const char *rest)
{
    char text[DATE_SIZE];
    civil_day day;

    if (*rest++ != '-')
        return false;
    if (strlen(rest) != 8)
        return civil_parse_date(rest, &day);
    memcpy(text, rest, 4);
    text[4] = text[7] = '-';
    memcpy(text + 5, rest + 4, 2);
    memcpy(text + 8, rest + 6, 3);
    return civil_parse_date(text, &day);
}

const struct price *prices_find(const struct prices *prices, const char *model)
{
    const struct price *dated = NULL;

    for (size_t i = 0; i < prices->count; i++) {
        const struct price *item = &prices->items[i];
        size_t length = strlen(item->model);
        if (strncmp(model, item->model, length) != 0)
            continue;
        if (!model[length])
            return item;
        /* No model is two names with a date each. */
        if (is_dated(model + length))
            dated = item;
    }
    return dated;
}

/* ---- Costs ---- */

static unsigned __int128 part(int64_t tokens, int64_t price)
{
    return (unsigned __int128)(uint64_t)tokens * (uint64_t)price;
}

int64_t price_cost(const struct price *price, int64_t input, int64_t cached,
                   int64_t output, bool batch)
{
    uint64_t percent = batch ? (uint64_t)price->batch_percent : 100;
    unsigned __int128 divisor = (unsigned __int128)100 * MICRO;
    unsigned __int128 total;

    input = input < 0 ? 0 : input;
    output = output < 0 ? 0 : output;
    cached = cached < 0 ? 0 : cached > input ? input : cached;
    total = part(input - cached, price->input) + part(cached, price->cached) +
            part(output, price->output);
    total = (total * percent + divisor - 1) / divisor;
    return total > INT64_MAX ? INT64_MAX : (int64_t)total;
}
