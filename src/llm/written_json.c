/* Written meetings as JSON for the journal, and back. */
#include "datebook/brief.h"

#include "datebook/civil.h"

#include <string.h>

static void add_text(struct buf *buf, const char *name, const char *text)
{
    if (!text)
        return;
    buf_format(buf, ",\"%s\":", name);
    buf_json(buf, text);
}

static void add_person(struct buf *buf, const struct written_person *person)
{
    buf_text(buf, "{\"name\":");
    buf_json(buf, person->name);
    buf_text(buf, ",\"company\":");
    buf_json(buf, person->company);
    buf_text(buf,
             person->optional ? ",\"optional\":true}" : ",\"optional\":false}");
}

static void add_whole(struct buf *buf, const struct written *written)
{
    add_text(buf, "date", written->date);
    buf_format(buf, ",\"start\":%d,\"minutes\":%d,\"own\":%s", written->start,
               written->minutes, written->own ? "true" : "false");
    add_text(buf, "organizer", written->organizer);
    buf_text(buf, ",\"people\":[");
    for (size_t i = 0; i < written->people_count; i++) {
        if (i)
            buf_char(buf, ',');
        add_person(buf, &written->people[i]);
    }
    buf_char(buf, ']');
}

void written_write(struct buf *buf, const struct written *written)
{
    buf_format(buf, "{\"brief\":%lld", (long long)written->brief);
    add_text(buf, "fault", written->fault);
    add_text(buf, "raw", written->raw);
    add_text(buf, "kind", written->kind);
    add_text(buf, "subject", written->subject);
    add_text(buf, "preview", written->preview);
    if (written->date)
        add_whole(buf, written);
    buf_char(buf, '}');
}

/* ---- Back ---- */

static bool fail(struct error *err, const char *name)
{
    return error_set(err, ERROR_INPUT, "written meeting: %s is wrong", name);
}

/* A text or nothing. */
static bool read_text(const cJSON *tree, const char *name, const char **text,
                      struct error *err)
{
    const cJSON *value = json_member(tree, name);

    *text = cJSON_GetStringValue(value);
    return !value || cJSON_IsNull(value) || *text || fail(err, name);
}

static bool read_number(const cJSON *tree, const char *name, int64_t least,
                        int64_t most, int64_t *number, struct error *err)
{
    const cJSON *value = json_member(tree, name);

    if (!cJSON_IsNumber(value) || !(value->valuedouble >= (double)least) ||
        value->valuedouble > (double)most)
        return fail(err, name);
    *number = (int64_t)value->valuedouble;
    return true;
}

static bool read_people(struct arena *arena, const cJSON *list,
                        struct written *written, struct error *err)
{
    struct written_person *people;
    const cJSON *item;

    if (!cJSON_IsArray(list))
        return fail(err, "people");
    people = arena_zero(arena, (size_t)cJSON_GetArraySize(list), sizeof *people,
                        err);
    if (!people)
        return false;
    cJSON_ArrayForEach (item, list) {
        struct written_person *person = &people[written->people_count++];
        person->name = json_member_text(item, "name");
        person->optional = cJSON_IsTrue(json_member(item, "optional"));
        if (!person->name)
            return fail(err, "people");
        if (!read_text(item, "company", &person->company, err))
            return false;
    }
    written->people = people;
    return true;
}

static bool read_whole(struct arena *arena, const cJSON *tree,
                       struct written *written, struct error *err)
{
    int64_t start = 0;
    int64_t minutes = 0;
    civil_day day;

    if (!written->date)
        return true;
    if (!civil_parse_date(written->date, &day))
        return fail(err, "date");
    if (!read_number(tree, "start", -1, MINUTES_A_DAY - 1, &start, err) ||
        !read_number(tree, "minutes", 0, MINUTES_A_DAY, &minutes, err) ||
        !read_text(tree, "organizer", &written->organizer, err))
        return false;
    written->start = (int)start;
    written->minutes = (int)minutes;
    written->own = cJSON_IsTrue(json_member(tree, "own"));
    return read_people(arena, json_member(tree, "people"), written, err);
}

bool written_parse(struct arena *arena, const char *text, size_t length,
                   struct written *written, struct error *err)
{
    const cJSON *tree = json_parse(arena, text, length, "written meeting", err);

    memset(written, 0, sizeof *written);
    return tree &&
           read_number(tree, "brief", 0, INT32_MAX, &written->brief, err) &&
           read_text(tree, "fault", &written->fault, err) &&
           read_text(tree, "raw", &written->raw, err) &&
           read_text(tree, "kind", &written->kind, err) &&
           read_text(tree, "subject", &written->subject, err) &&
           read_text(tree, "preview", &written->preview, err) &&
           read_text(tree, "date", &written->date, err) &&
           read_whole(arena, tree, written, err);
}
