/* Briefs as JSON: what the journal keeps and the model is told. */
#include "datebook/brief.h"

#include "datebook/civil.h"

/* ---- Writing ---- */

static void add_name(struct buf *buf, const char *name)
{
    buf_char(buf, ',');
    buf_json(buf, name);
    buf_char(buf, ':');
}

static void add_text(struct buf *buf, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    add_name(buf, name);
    buf_json(buf, text);
}

static void add_number(struct buf *buf, const char *name, int number)
{
    if (number <= 0)
        return;
    add_name(buf, name);
    buf_int(buf, number);
}

static void add_texts(struct buf *buf, const char *name,
                      const char *const *texts, size_t count)
{
    if (!count)
        return;
    add_name(buf, name);
    for (size_t i = 0; i < count; i++) {
        buf_char(buf, i ? ',' : '[');
        buf_json(buf, texts[i]);
    }
    buf_char(buf, ']');
}

void brief_write(struct buf *buf, const struct brief *brief)
{
    buf_text(buf, "{\"brief\":");
    buf_int(buf, brief->number);
    add_text(buf, "kind", brief->kind);
    add_text(buf, "date", brief->date);
    add_text(buf, "time", brief->time);
    add_number(buf, "minutes", brief->minutes);
    add_text(buf, "repeats", brief->repeats);
    add_text(buf, "organizer", brief->organizer);
    add_texts(buf, "people", brief->people, brief->people_count);
    add_number(buf, "more_people", brief->more_people);
    add_texts(buf, "topics", brief->topics, brief->topic_count);
    buf_char(buf, '}');
}

/* ---- Reading ---- */

/* A document that is being read. */
struct reader {
    struct arena *arena;
    const cJSON *tree;
    struct error *err;
};

static bool fail(const struct reader *reader, const char *name,
                 const char *want, const cJSON *value)
{
    return error_set(reader->err, ERROR_INPUT, "brief: %s must be %s, not %s",
                     name, want, json_kind(value));
}

/* A text that may be left out: then it is "", or NULL for `repeats`. */
static bool read_text(const struct reader *reader, const char *name,
                      const char *missing, const char **text)
{
    const cJSON *value = json_member(reader->tree, name);

    *text = missing;
    if (!value)
        return true;
    if (!cJSON_IsString(value))
        return fail(reader, name, "text", value);
    *text = value->valuestring;
    return true;
}

static bool read_number(const struct reader *reader, const char *name,
                        int64_t least, int64_t most, int64_t *number)
{
    const cJSON *value = json_member(reader->tree, name);

    *number = 0;
    if (!value && !least)
        return true;
    if (!value || !cJSON_IsNumber(value))
        return fail(reader, name, "a number", value);
    if (!(value->valuedouble >= (double)least) ||
        value->valuedouble > (double)most)
        return error_set(reader->err, ERROR_INPUT, "brief: %s is out of range",
                         name);
    *number = (int64_t)value->valuedouble;
    return true;
}

static bool read_texts(const struct reader *reader, const char *name,
                       const char *const **texts, size_t *count)
{
    const cJSON *list = json_member(reader->tree, name);
    const cJSON *item;
    const char **copies;

    *count = 0;
    *texts = NULL;
    if (!list)
        return true;
    if (!cJSON_IsArray(list))
        return fail(reader, name, "a list", list);
    copies = arena_zero(reader->arena, (size_t)cJSON_GetArraySize(list),
                        sizeof *copies, reader->err);
    if (!copies)
        return false;
    cJSON_ArrayForEach (item, list) {
        if (!cJSON_IsString(item))
            return fail(reader, name, "a list of texts", item);
        copies[(*count)++] = item->valuestring;
    }
    *texts = copies;
    return true;
}

static bool read_numbers(const struct reader *reader, struct brief *brief)
{
    int64_t minutes;
    int64_t more;

    if (!read_number(reader, "brief", 1, INT32_MAX, &brief->number) ||
        !read_number(reader, "minutes", 0, 366 * MINUTES_A_DAY, &minutes) ||
        !read_number(reader, "more_people", 0, INT32_MAX, &more))
        return false;
    brief->minutes = (int)minutes;
    brief->more_people = (int)more;
    return true;
}

bool brief_read(struct arena *arena, const char *text, size_t length,
                struct brief *brief, struct error *err)
{
    struct reader reader = {arena, NULL, err};

    reader.tree = json_parse(arena, text, length, "brief", err);
    if (!reader.tree)
        return false;
    if (!cJSON_IsObject(reader.tree))
        return error_set(err, ERROR_INPUT, "a brief must be an object, not %s",
                         json_kind(reader.tree));
    return read_numbers(&reader, brief) &&
           read_text(&reader, "kind", "", &brief->kind) &&
           read_text(&reader, "date", "", &brief->date) &&
           read_text(&reader, "time", "", &brief->time) &&
           read_text(&reader, "repeats", NULL, &brief->repeats) &&
           read_text(&reader, "organizer", "", &brief->organizer) &&
           read_texts(&reader, "people", &brief->people,
                      &brief->people_count) &&
           read_texts(&reader, "topics", &brief->topics, &brief->topic_count);
}
