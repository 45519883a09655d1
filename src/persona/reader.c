/* Finding fields, old spellings included, and the checks of single texts. */
#include "src/persona/reader.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

/* One remark for each old spelling that exists. */
enum { REMARKS = 8 };

bool persona_reader_fail(const struct reader *reader, const char *path,
                         const char *format, ...)
{
    char reason[256];
    va_list args;

    va_start(args, format);
    vsnprintf(reason, sizeof reason, format, args);
    va_end(args);
    return error_set(reader->err, ERROR_INPUT, "%s: %s: %s", reader->source,
                     path, reason);
}

static const cJSON *member_or_null(const cJSON *object, const char *name)
{
    const cJSON *value = json_member(object, name);

    return cJSON_IsNull(value) ? NULL : value;
}

static const char *join_path(struct reader *reader, const char *place,
                             const char *name)
{
    return place
               ? arena_format(reader->arena, reader->err, "%s.%s", place, name)
               : name;
}

static bool remark(struct reader *reader, const struct field *field)
{
    struct persona *persona = reader->persona;
    const char *text = arena_format(
        reader->arena, reader->err, "reads \"%s\" as \"%s%s%s\"", field->old,
        field->place ? field->place : "", field->place ? "." : "", field->name);

    if (!text)
        return false;
    for (size_t i = 0; i < persona->remark_count; i++)
        if (!strcmp(persona->remarks[i], text))
            return true;
    if (!persona->remarks)
        persona->remarks = arena_zero(reader->arena, REMARKS,
                                      sizeof *persona->remarks, reader->err);
    if (!persona->remarks)
        return false;
    if (persona->remark_count < REMARKS)
        persona->remarks[persona->remark_count++] = text;
    return true;
}

/* Takes a field's old name from `object` when it stands there. */
static bool take_old(struct reader *reader, const cJSON *object,
                     const char *place, const struct field *field,
                     const cJSON **value, const char **path)
{
    const cJSON *old = field->old ? member_or_null(object, field->old) : NULL;
    const char *old_path;

    if (!old)
        return true;
    old_path = join_path(reader, place, field->old);
    if (!old_path)
        return false;
    if (!*value) {
        *value = old;
        *path = old_path;
        return remark(reader, field);
    }
    if (json_same(*value, old))
        return true;
    persona_reader_fail(reader, old_path,
                        "differs from %s, which means the same", *path);
    return error_hint(reader->err, "keep one of the two");
}

bool reader_field_in(struct reader *reader, const cJSON *object,
                     const char *object_path, const struct field *field,
                     const cJSON **value, const char **path)
{
    *value = member_or_null(object, field->name);
    *path = join_path(reader, object_path, field->name);
    return *path && take_old(reader, object, object_path, field, value, path);
}

bool reader_field(struct reader *reader, const struct field *field,
                  const cJSON **value, const char **path)
{
    const cJSON *tree = reader->persona->tree;
    const cJSON *object = field->place ? json_member(tree, field->place) : tree;

    if (!reader_field_in(reader, object, field->place, field, value, path))
        return false;
    return !field->place || take_old(reader, tree, NULL, field, value, path);
}

static bool is_word_character(utf8proc_int32_t code)
{
    utf8proc_category_t category = utf8proc_category(code);

    return (category >= UTF8PROC_CATEGORY_LU &&
            category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_ND &&
            category <= UTF8PROC_CATEGORY_NO);
}

/* Refuses control characters; `words` learns of any letter or digit. */
static bool scan_text(const struct reader *reader, const char *path,
                      const char *text, bool *words)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    utf8proc_int32_t code;

    while (*at) {
        utf8proc_ssize_t size = utf8proc_iterate(at, -1, &code);
        if (size < 1)
            return persona_reader_fail(reader, path, "is not UTF-8");
        if (utf8proc_category(code) == UTF8PROC_CATEGORY_CC && code != '\t' &&
            code != '\n')
            return persona_reader_fail(reader, path,
                                       "holds the control character U+%04X",
                                       (unsigned)code);
        *words = *words || is_word_character(code);
        at += size;
    }
    return true;
}

bool reader_check_words(const struct reader *reader, const char *path,
                        const char *text)
{
    bool words = false;

    if (!scan_text(reader, path, text, &words))
        return false;
    if (words)
        return true;
    return persona_reader_fail(
        reader, path,
        text[strspn(text, " \t\n")] ? "has no letter or digit" : "is empty");
}

bool reader_check_texts(const struct reader *reader, const char *path,
                        const cJSON *value)
{
    const cJSON *child;
    bool words = false;

    if (cJSON_IsString(value))
        return scan_text(reader, path, value->valuestring, &words);
    cJSON_ArrayForEach (child, value)
        if ((child->string &&
             !scan_text(reader, path, child->string, &words)) ||
            !reader_check_texts(reader, path, child))
            return false;
    return true;
}
