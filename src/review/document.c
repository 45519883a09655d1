/* Checking, writing and reading what all documents of reviews are made of.
 *
 * What is read may come from another file, or from somebody's editor: it is
 * right when writing it again gives the same bytes. */
#include "document.h"

#include "datebook/rules.h"

#include <math.h>
#include <string.h>
#include <utf8proc.h>

/* ---- Checks ---- */

/* What is wrong with the characters of a text; NULL for nothing. */
static const char *wrong_character(const char *text, enum document_text form)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    utf8proc_int32_t code;

    while (*at) {
        utf8proc_ssize_t size = utf8proc_iterate(at, -1, &code);
        if (size < 1)
            return "is not UTF-8";
        if (form == DOCUMENT_NOTE && code != '\n' &&
            utf8proc_category(code) == UTF8PROC_CATEGORY_CC)
            return "holds a control character";
        at += size;
    }
    return NULL;
}

bool document_check_text(const char *field, const char *text,
                         enum document_text form, struct error *err)
{
    const char *wrong = wrong_character(text, form);

    if (wrong)
        return error_set(err, ERROR_INPUT, "%s %s", field, wrong);
    if (form == DOCUMENT_ID && !*text)
        return error_set(err, ERROR_INPUT, "%s is empty", field);
    if (form == DOCUMENT_NOTE && strlen(text) > REVIEW_NOTE)
        return error_set(err, ERROR_INPUT, "%s is longer than %d bytes", field,
                         REVIEW_NOTE);
    return true;
}

/* The numbers that every reader of JSON keeps. */
static const int64_t most = (int64_t)1 << 53;

bool document_check_version(int64_t version, struct error *err)
{
    return (version >= 1 && version <= most) ||
           error_set(err, ERROR_INPUT, "version must be 1 or more, not %lld",
                     (long long)version);
}

bool document_check_values(const char *within,
                           const struct review_values *values,
                           struct error *err)
{
    int minutes = values->prep_minutes;

    if (values->importance < 0 || values->importance >= IMPORTANCE_LEVELS)
        return error_set(err, ERROR_INPUT,
                         "%simportance must be low, medium, high or critical",
                         within);
    if (minutes && (minutes < REVIEW_PREP_LEAST || minutes > REVIEW_PREP_MOST))
        return error_set(err, ERROR_INPUT,
                         "%sprep_minutes must be 0, or %d to %d, not %d",
                         within, REVIEW_PREP_LEAST, REVIEW_PREP_MOST, minutes);
    if (values->rsvp < 0 || values->rsvp >= RSVP_ANSWERS)
        return error_set(err, ERROR_INPUT,
                         "%srsvp must be accept, tentative or decline", within);
    return true;
}

/* ---- Writing ---- */

void document_put_text(struct buf *buf, const char *key, const char *text)
{
    buf_format(buf, "\"%s\":", key);
    buf_json(buf, text);
    buf_char(buf, ',');
}

void document_put_bool(struct buf *buf, const char *key, bool value)
{
    buf_format(buf, "\"%s\":%s,", key, value ? "true" : "false");
}

void document_put_int(struct buf *buf, const char *key, int64_t value)
{
    buf_format(buf, "\"%s\":%lld,", key, (long long)value);
}

void document_put_values(struct buf *buf, const struct review_values *values)
{
    document_put_text(buf, "importance",
                      importance_name((enum importance)values->importance));
    document_put_int(buf, "prep_minutes", values->prep_minutes);
    document_put_text(buf, "rsvp", rsvp_name((enum rsvp)values->rsvp));
}

void document_end(struct buf *buf, char bracket)
{
    if (!buf->failed && buf->length && buf->data[buf->length - 1] == ',')
        buf->length--;
    buf_char(buf, bracket);
}

/* ---- Reading ---- */

bool document_fail(struct document_reader *reader, const char *field,
                   const char *reason)
{
    return error_set(reader->err, ERROR_DATABASE, "%s%.64s %s", reader->within,
                     field, reason);
}

bool document_members(struct document_reader *reader,
                      const char *const *members)
{
    const cJSON *member;

    if (!cJSON_IsObject(reader->object))
        return document_fail(reader, "the document", "must be an object");
    cJSON_ArrayForEach (member, reader->object) {
        size_t i = 0;
        while (members[i] && strcmp(members[i], member->string) != 0)
            i++;
        if (!members[i])
            return document_fail(reader, member->string, "is not known");
    }
    return true;
}

bool document_open(struct document_reader *reader, struct arena *arena,
                   const struct stored_record *stored,
                   const char *const *members, struct error *err)
{
    *reader =
        (struct document_reader){.arena = arena, .stored = stored, .err = err};
    reader->object = json_parse(&reader->scratch, stored->document,
                                stored->document_length, "document", err);
    return reader->object && document_members(reader, members);
}

bool document_close(struct document_reader *reader, bool ok,
                    const struct buf *again)
{
    const struct stored_record *stored = reader->stored;
    struct error *err = reader->err;

    arena_free(&reader->scratch);
    reader->within[0] = '\0';
    if (ok && (again->length != stored->document_length ||
               memcmp(again->data, stored->document, again->length) != 0))
        ok = document_fail(reader, "the document",
                           "is not written as it must "
                           "be");
    if (ok)
        return true;
    if (err->code == ERROR_INPUT)
        err->code = ERROR_DATABASE;
    if (err->code == ERROR_DATABASE)
        error_context(err, "the review %.300s is damaged", stored->name);
    return false;
}

bool document_text_or(struct document_reader *reader, const char *field,
                      const char *otherwise, const char **text)
{
    const cJSON *value = json_member(reader->object, field);

    *text = otherwise;
    if (!value)
        return true;
    if (!cJSON_IsString(value))
        return document_fail(reader, field, "must be a text");
    *text = arena_text(reader->arena, value->valuestring, reader->err);
    return *text != NULL;
}

bool document_text(struct document_reader *reader, const char *field,
                   const char **text)
{
    if (!json_member(reader->object, field))
        return document_fail(reader, field, "is missing");
    return document_text_or(reader, field, "", text);
}

bool document_bool(struct document_reader *reader, const char *field,
                   bool *value)
{
    const cJSON *member = json_member(reader->object, field);

    *value = cJSON_IsTrue(member);
    return cJSON_IsBool(member) ||
           document_fail(reader, field, "must be true or false");
}

bool document_int(struct document_reader *reader, const char *field,
                  int64_t *value)
{
    const cJSON *member = json_member(reader->object, field);
    double given = cJSON_IsNumber(member) ? member->valuedouble : -1;

    if (!(given >= 0) || given > (double)most || trunc(given) != given)
        return document_fail(reader, field, "must be a whole number");
    *value = (int64_t)given;
    return true;
}

bool document_array(struct document_reader *reader, const char *field,
                    const cJSON **array)
{
    *array = json_member(reader->object, field);
    return cJSON_IsArray(*array) ||
           document_fail(reader, field, "must be a list");
}

bool document_texts(struct document_reader *reader, const char *field,
                    const char *const **texts, size_t *count)
{
    const cJSON *array;
    const cJSON *item;
    const char **list;

    *texts = NULL;
    *count = 0;
    if (!json_member(reader->object, field))
        return true;
    if (!document_array(reader, field, &array))
        return false;
    list = arena_zero(reader->arena, (size_t)cJSON_GetArraySize(array),
                      sizeof *list, reader->err);
    if (!list)
        return false;
    cJSON_ArrayForEach (item, array) {
        if (!cJSON_IsString(item))
            return document_fail(reader, field, "must be a list of texts");
        list[*count] =
            arena_text(reader->arena, item->valuestring, reader->err);
        if (!list[(*count)++])
            return false;
    }
    *texts = list;
    return true;
}

static int importance_named(const char *name)
{
    int i = 0;

    while (i < IMPORTANCE_LEVELS &&
           strcmp(importance_name((enum importance)i), name) != 0)
        i++;
    return i;
}

static int rsvp_named(const char *name)
{
    int i = 0;

    while (i < RSVP_ANSWERS && strcmp(rsvp_name((enum rsvp)i), name) != 0)
        i++;
    return i;
}

bool document_values(struct document_reader *reader,
                     struct review_values *values)
{
    const char *importance = "";
    const char *rsvp = "";
    int64_t minutes = 0;

    if (!document_text(reader, "importance", &importance) ||
        !document_int(reader, "prep_minutes", &minutes) ||
        !document_text(reader, "rsvp", &rsvp))
        return false;
    if (minutes > REVIEW_PREP_MOST)
        minutes = REVIEW_PREP_MOST + 1;
    values->importance = importance_named(importance);
    values->prep_minutes = (int)minutes;
    values->rsvp = rsvp_named(rsvp);
    return document_check_values(reader->within, values, reader->err);
}
