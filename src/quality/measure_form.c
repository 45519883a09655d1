/* The form of documents: what a reader of Graph events may rely on.
 *
 * Each check counts a document once, and notes the first place where it is
 * wrong.  null is fine wherever Graph allows it, which is nearly everywhere;
 * fields that Graph does not know are fine as well. */
#include "src/quality/measure.h"

#include "src/quality/form_shapes.h"

#include <stdio.h>
#include <string.h>

/* The first flaw of each kind in a document. */
struct form {
    struct sums *sums;
    int64_t key;
    bool found[CHECKS];
};

static void flaw(struct form *form, enum check_id check, const char *field,
                 const char *what)
{
    char note[CHECK_NOTE];

    if (form->found[check])
        return;
    form->found[check] = true;
    if (what)
        snprintf(note, sizeof note, "%s: %s", field, what);
    else
        snprintf(note, sizeof note, "%s", field);
    sum_flaw(form->sums, check, form->key, note);
}

/* ---- Texts ---- */

/* Whether a text starts as a pattern in which 0 stands for any digit; what is
 * left of it. */
static const char *after_pattern(const char *text, const char *pattern)
{
    for (; *pattern; text++, pattern++)
        if (*pattern == '0' ? *text < '0' || *text > '9' : *text != *pattern)
            return NULL;
    return text;
}

static bool is_date(const char *text)
{
    const char *rest = after_pattern(text, "0000-00-00");

    return rest && !*rest;
}

static bool is_time(const char *text)
{
    const char *rest = after_pattern(text, "0000-00-00T00:00:00.0000000");
    civil_minute minute;

    return rest && !*rest && civil_parse_graph(text, &minute);
}

static bool is_stamp(const char *text)
{
    const char *rest = after_pattern(text, "0000-00-00T00:00:00");
    size_t digits;

    if (rest && *rest == '.') {
        digits = strspn(rest + 1, "0123456789");
        rest = digits && digits <= 7 ? rest + 1 + digits : NULL;
    }
    return rest && (!strcmp(rest, "Z") || !strcmp(rest, "+00:00"));
}

static bool is_written(enum form_writing writing, const char *text)
{
    switch (writing) {
    case WRITING_TIME:
        return is_time(text);
    case WRITING_STAMP:
        return is_stamp(text);
    case WRITING_DATE:
        return is_date(text);
    default:
        return true;
    }
}

static bool is_among(const char *const *values, const char *text)
{
    for (; *values; values++)
        if (!strcmp(*values, text))
            return true;
    return false;
}

static void check_text(struct form *form, const struct form_field *field,
                       const char *text)
{
    if (field->values && !is_among(field->values, text))
        flaw(form, CHECK_FORM_VALUES, field->name, text);
    if (!is_written(field->writing, text))
        flaw(form, CHECK_FORM_TIMES, field->name, text);
}

/* ---- Kinds ---- */

static bool is_of_kind(enum form_kind kind, const cJSON *value)
{
    switch (kind) {
    case KIND_TEXT:
        return cJSON_IsString(value);
    case KIND_BOOL:
        return cJSON_IsBool(value);
    case KIND_NUMBER:
        return cJSON_IsNumber(value);
    case KIND_OBJECT:
        return cJSON_IsObject(value);
    default:
        return cJSON_IsArray(value);
    }
}

static void check_object(struct form *form, const struct form_shape *shape,
                         const cJSON *object);

static void check_list(struct form *form, const struct form_field *field,
                       const cJSON *list)
{
    bool texts = field->kind == KIND_TEXTS;
    const cJSON *item;

    cJSON_ArrayForEach (item, list) {
        if (texts ? !cJSON_IsString(item) : !cJSON_IsObject(item))
            flaw(form, CHECK_FORM_TYPES, field->name, json_kind(item));
        else if (texts)
            check_text(form, field, item->valuestring);
        else if (field->shape)
            check_object(form, field->shape, item);
    }
}

static void check_field(struct form *form, const struct form_field *field,
                        const cJSON *value)
{
    if (field->kind == KIND_LABEL)
        flaw(form, CHECK_FORM_LABELS, field->name, NULL);
    else if (cJSON_IsNull(value))
        return;
    else if (!is_of_kind(field->kind, value))
        flaw(form, CHECK_FORM_TYPES, field->name, json_kind(value));
    else if (field->kind == KIND_TEXT)
        check_text(form, field, value->valuestring);
    else if (field->kind == KIND_OBJECT && field->shape)
        check_object(form, field->shape, value);
    else if (field->kind == KIND_OBJECTS || field->kind == KIND_TEXTS)
        check_list(form, field, value);
}

/* Where a field that must be there counts: of the event, or of an attendee. */
static enum check_id missing_check(const struct form_shape *shape)
{
    return shape == &form_event ? CHECK_FORM_FIELDS : CHECK_FORM_ATTENDEES;
}

/* As deep as the shapes go. */
static void check_object(struct form *form, const struct form_shape *shape,
                         const cJSON *object)
{
    bool seen[FORM_FIELDS] = {false};
    const cJSON *member;

    cJSON_ArrayForEach (member, object) {
        const struct form_field *field =
            form_field_named(shape, member->string);
        if (!field)
            continue;
        seen[field - shape->fields] = !cJSON_IsNull(member);
        check_field(form, field, member);
    }
    for (size_t i = 0; i < shape->count; i++)
        if (shape->fields[i].required && !seen[i])
            flaw(form, missing_check(shape), shape->fields[i].name,
                 "is missing");
}

/* ---- What fits together ---- */

/* Without zone data, times of two zones cannot be told apart. */
static void check_times(struct form *form, const cJSON *document)
{
    const cJSON *start = json_member(document, "start");
    const cJSON *end = json_member(document, "end");
    const char *from = json_member_text(start, "dateTime");
    const char *to = json_member_text(end, "dateTime");
    const char *zone = json_member_text(start, "timeZone");
    const char *other = json_member_text(end, "timeZone");

    if (!from || !to)
        flaw(form, CHECK_FORM_TIMES, from ? "end" : "start", "no dateTime");
    if (!zone || !*zone || !other || !*other)
        flaw(form, CHECK_FORM_ZONES, zone && *zone ? "end" : "start",
             "no timeZone");
    else if (strcmp(zone, other) != 0)
        flaw(form, CHECK_FORM_ZONES, zone, other);
    else if (from && to && is_time(from) && is_time(to) &&
             strcmp(from, to) >= 0)
        flaw(form, CHECK_FORM_ORDER, to, "is no later than the start");
}

static bool is_given(const cJSON *value)
{
    return value && !cJSON_IsNull(value);
}

/* Occurrences and exceptions follow a master and say no recurrence of their
 * own; a calendar view holds no masters, but an export may. */
static void check_series(struct form *form, const cJSON *document)
{
    const char *type = json_member_text(document, "type");
    const char *id = json_member_text(document, "id");
    const char *master = json_member_text(document, "seriesMasterId");
    bool is_master = type && !strcmp(type, "seriesMaster");
    bool recurs = is_given(json_member(document, "recurrence"));

    if (recurs != is_master)
        flaw(form, CHECK_FORM_SERIES, type ? type : "no type",
             recurs ? "with a recurrence" : "without a recurrence");
    if (is_master && master && *master)
        flaw(form, CHECK_FORM_SERIES, type, "with a seriesMasterId");
    if (master && id && !strcmp(master, id))
        flaw(form, CHECK_FORM_SERIES, "seriesMasterId", "is its own id");
}

void form_measure_meeting(struct sums *sums, const struct measured *meeting)
{
    struct form form = {.sums = sums, .key = meeting->key};

    check_object(&form, &form_event, meeting->document);
    check_times(&form, meeting->document);
    check_series(&form, meeting->document);
}
