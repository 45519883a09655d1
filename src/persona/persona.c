/* A persona document from text to struct: identity, role, and what the
 * generator wants to know of the person. */
#include "src/persona/reader.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

enum { ID_LENGTH = 128 };

/* Whether a text can name a file and stand in a comma list. */
static bool check_id(const struct reader *reader, const char *path,
                     const char *id)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789_-.";

    if (!*id)
        return persona_reader_fail(reader, path, "is empty");
    if (id[strspn(id, allowed)]) {
        persona_reader_fail(
            reader, path,
            "may hold only letters A-Z and a-z, digits, \"_\", \"-\" and "
            "\".\"");
        return error_hint(reader->err, "files are named after it: "
                                       "tier1_sales_manager_pipeline.json");
    }
    if (!isalnum((unsigned char)*id))
        return persona_reader_fail(reader, path,
                                   "must start with a letter or a digit");
    if (strlen(id) > ID_LENGTH)
        return persona_reader_fail(reader, path, "is longer than %d characters",
                                   ID_LENGTH);
    return true;
}

/* A required text. */
static bool read_text(struct reader *reader, const struct field *field,
                      const char **text, const char **path)
{
    const cJSON *value;

    if (!reader_field(reader, field, &value, path))
        return false;
    if (!value) {
        persona_reader_fail(reader, *path, "is missing");
        return error_hint(reader->err,
                          "a persona needs \"id\", \"name\" and \"tier\"");
    }
    if (!cJSON_IsString(value))
        return persona_reader_fail(reader, *path, "must be text, and is %s",
                                   json_kind(value));
    *text = value->valuestring;
    return true;
}

static bool read_tier(struct reader *reader)
{
    static const struct field field = {NULL, "tier", NULL};
    const cJSON *value;
    const char *path;

    if (!reader_field(reader, &field, &value, &path))
        return false;
    if (!value) {
        persona_reader_fail(reader, path, "is missing");
        return error_hint(reader->err,
                          "a persona needs \"id\", \"name\" and \"tier\"");
    }
    if (!cJSON_IsNumber(value)) {
        persona_reader_fail(reader, path,
                            "must be the number 1, 2 or 3, and is %s",
                            json_kind(value));
        return error_hint(reader->err, "write \"tier\": 1, without quotes");
    }
    for (int tier = 1; tier <= 3; tier++)
        if (!(value->valuedouble < tier) && !(value->valuedouble > tier))
            reader->persona->tier = tier;
    return reader->persona->tier ||
           persona_reader_fail(reader, path, "must be 1, 2 or 3, and is %g",
                               value->valuedouble);
}

static bool read_role(struct reader *reader)
{
    const cJSON *value = json_member(reader->persona->tree, "role");
    const char *text = cJSON_GetStringValue(value);

    if (!value || cJSON_IsNull(value))
        return true;
    if (text && !strcmp(text, "validation")) {
        reader->persona->role = PERSONA_VALIDATION;
        return true;
    }
    return (text && !strcmp(text, "train")) ||
           persona_reader_fail(reader, "role",
                               "must be \"train\" or \"validation\"");
}

static bool read_gate(struct reader *reader)
{
    const cJSON *value = json_member(reader->persona->tree, "accuracy_gate");

    if (!value || cJSON_IsNull(value))
        return true;
    if (!cJSON_IsNumber(value) || value->valuedouble < 0 ||
        value->valuedouble > 1) {
        persona_reader_fail(reader, "accuracy_gate",
                            "must be a number from 0 to 1");
        return error_hint(reader->err, "85%% is 0.85");
    }
    reader->persona->accuracy_gate = value->valuedouble;
    return true;
}

/* A list of objects, which the generator reads; *list stays NULL without. */
static bool read_objects(struct reader *reader, const char *name,
                         const cJSON **list)
{
    const cJSON *value = json_member(reader->persona->tree, name);
    const cJSON *item;
    int at = 0;

    if (!value || cJSON_IsNull(value))
        return true;
    if (!cJSON_IsArray(value))
        return persona_reader_fail(reader, name,
                                   "must be a list of objects, and is %s",
                                   json_kind(value));
    cJSON_ArrayForEach (item, value) {
        if (!cJSON_IsObject(item)) {
            const char *path =
                arena_format(reader->arena, reader->err, "%s[%d]", name, at);
            return path && persona_reader_fail(reader, path,
                                               "must be an object, and is %s",
                                               json_kind(item));
        }
        at++;
    }
    *list = value;
    return true;
}

/* Text that only informs: a number is taken as text, anything else as "". */
static bool read_plain(struct reader *reader, const struct field *field,
                       const char **text)
{
    const cJSON *value;
    const char *path;

    *text = "";
    if (!reader_field(reader, field, &value, &path))
        return false;
    if (cJSON_IsString(value))
        *text = value->valuestring;
    else if (cJSON_IsNumber(value) && isfinite(value->valuedouble))
        *text = arena_format(reader->arena, reader->err, "%.15g",
                             value->valuedouble);
    return *text != NULL;
}

static bool read_person(struct reader *reader)
{
    static const struct field level = {"demographics", "level",
                                       "organizational_level"};
    static const struct field function = {"demographics", "function", NULL};
    static const struct field industry = {"demographics", "industry", NULL};
    static const struct field company = {"demographics", "company", NULL};
    struct persona *persona = reader->persona;

    return read_plain(reader, &level, &persona->level) &&
           read_plain(reader, &function, &persona->function) &&
           read_plain(reader, &industry, &persona->industry) &&
           read_plain(reader, &company, &persona->company);
}

static bool read_week(struct reader *reader)
{
    static const struct field hours = {
        "meeting_context", "weekly_meeting_hours", "weekly_meeting_load"};
    static const struct field breakdown = {
        "meeting_context", "typical_breakdown", "typical_week_breakdown"};
    struct persona *persona = reader->persona;
    const cJSON *value;
    const char *path;

    if (!reader_field(reader, &hours, &value, &path))
        return false;
    reader_hours(value, &persona->weekly_minutes_low,
                 &persona->weekly_minutes_high);
    return reader_field(reader, &breakdown, &value, &path) &&
           reader_shares(reader, value);
}

static bool read_identity(struct reader *reader)
{
    static const struct field id = {NULL, "id", "persona_id"};
    static const struct field name = {NULL, "name", "persona_name"};
    struct persona *persona = reader->persona;
    const char *path;

    return read_text(reader, &id, &persona->id, &path) &&
           check_id(reader, path, persona->id) &&
           read_text(reader, &name, &persona->name, &path) &&
           reader_check_words(reader, path, persona->name) && read_tier(reader);
}

static bool keep_document(struct reader *reader, const char *text,
                          size_t length)
{
    struct persona *persona = reader->persona;
    struct buf buf = BUF_EMPTY;

    json_minify(&buf, text, length);
    if (buf_ok(&buf, reader->err))
        persona->document = arena_bytes(reader->arena, buf_string(&buf),
                                        buf.length, reader->err);
    persona->document_length = buf.length;
    buf_free(&buf);
    return persona->document != NULL;
}

bool persona_parse(struct arena *arena, const char *text, size_t length,
                   const char *source, struct persona *persona,
                   struct error *err)
{
    struct reader reader = {arena, source, persona, err};

    memset(persona, 0, sizeof *persona);
    persona->tree = json_parse(arena, text, length, source, err);
    if (!persona->tree)
        return false;
    if (!cJSON_IsObject(persona->tree))
        return error_set(err, ERROR_INPUT,
                         "%s: a persona must be a JSON object, and this is %s",
                         source, json_kind(persona->tree));
    return read_identity(&reader) && read_role(&reader) && read_gate(&reader) &&
           read_person(&reader) && read_week(&reader) &&
           read_objects(&reader, "archetypes", &persona->archetypes) &&
           read_objects(&reader, "threads", &persona->threads) &&
           reader_rules(&reader) && keep_document(&reader, text, length);
}
