/* cJSON on a bump arena, with the checks that cJSON leaves out, and textual
 * passes that change white space only. */
#include "datebook/json.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* cJSON asks its hooks for memory without a context pointer. */
static _Thread_local struct {
    struct arena *arena;
    bool out_of_memory;
} parsing;

static void *node_alloc(size_t size)
{
    struct error ignored;
    void *node = arena_alloc(parsing.arena, size, &ignored);

    parsing.out_of_memory = parsing.out_of_memory || !node;
    return node;
}

static void node_free(void *node)
{
    (void)node; /* the arena frees it */
}

static void install_hooks(void)
{
    cJSON_Hooks hooks = {node_alloc, node_free};

    cJSON_InitHooks(&hooks);
}

/* "file:12:5" of a byte position. */
static bool error_at(struct error *err, const char *source, const char *text,
                     const char *at, const char *what)
{
    int line = 1;
    const char *start = text;

    for (const char *c = text; c < at; c++)
        if (*c == '\n') {
            line++;
            start = c + 1;
        }
    return error_set(err, ERROR_INPUT, "%s:%d:%d: %s", source, line,
                     (int)(at - start) + 1, what);
}

/* What is wrong with a control character; NULL for white space between tokens.
 * cJSON lets all of them through, and documents are passed on as they are. */
static const char *wrong_control(char c, bool in_string)
{
    if (!c)
        return "a NUL character, which no text can hold";
    if (!in_string)
        return strchr("\t\r\n", c) ? NULL : "not valid JSON here";
    return c == '\n' || c == '\r'
               ? "a text must end on its line"
               : "a control character, which must be escaped in a text";
}

/* The size of a character, or 0 and what is wrong with it: not UTF-8, a control
 * character that JSON does not allow, a NUL in any spelling. */
static size_t check_character(const char *c, const char *end, bool in_string,
                              const char **what)
{
    utf8proc_int32_t code;
    utf8proc_ssize_t size;

    if ((unsigned char)*c >= 0x80) {
        size = utf8proc_iterate((const utf8proc_uint8_t *)c, end - c, &code);
        *what = "not UTF-8";
        return size < 1 ? 0 : (size_t)size;
    }
    if ((unsigned char)*c < 0x20 && (*what = wrong_control(*c, in_string)))
        return 0;
    if (!in_string || *c != '\\' || end - c < 2)
        return 1;
    *what = wrong_control('\0', in_string);
    if (end - c >= 6 && !strncmp(c, "\\u0000", 6))
        return 0;
    return (unsigned char)c[1] < 0x20 ? 1 : 2;
}

static const char *first_bad_byte(const char *text, const char *end,
                                  const char **what)
{
    bool in_string = false;
    size_t size;

    for (const char *c = text; c < end; c += size) {
        in_string ^= *c == '"';
        size = check_character(c, end, in_string, what);
        if (!size)
            return c;
    }
    return NULL;
}

static int by_name(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

/* The name that two members of an object share, or NULL.  Sorted, for an
 * object may have a hundred thousand members. */
static bool doubled_member(struct arena *arena, const cJSON *object,
                           const char **name, struct error *err)
{
    size_t count = (size_t)cJSON_GetArraySize(object);
    const char **names = arena_zero(arena, count, sizeof *names, err);
    const cJSON *child;
    size_t used = 0;

    if (!names)
        return false;
    cJSON_ArrayForEach (child, object)
        if (child->string)
            names[used++] = child->string;
    if (used)
        qsort(names, used, sizeof *names, by_name);
    for (size_t i = 1; i < used && !*name; i++)
        if (!strcmp(names[i - 1], names[i]))
            *name = names[i];
    return true;
}

/* The same for every object of a tree. */
static bool doubled_name(struct arena *arena, const cJSON *value,
                         const char **name, struct error *err)
{
    const cJSON *child;

    if (cJSON_IsObject(value) && !doubled_member(arena, value, name, err))
        return false;
    cJSON_ArrayForEach (child, value)
        if (!*name && !doubled_name(arena, child, name, err))
            return false;
    return true;
}

/* The end of the string token that starts at `c`. */
static const char *string_end(const char *c, const char *end)
{
    for (c++; c < end && *c != '"'; c++)
        if (*c == '\\')
            c++;
    return c < end ? c + 1 : end;
}

static size_t digits_at(const char *c, const char *end)
{
    const char *start = c;

    while (c < end && *c >= '0' && *c <= '9')
        c++;
    return (size_t)(c - start);
}

/* The end of the number that starts at `c`, or NULL when RFC 8259 knows no such
 * number. */
static const char *number_end(const char *c, const char *end)
{
    size_t digits;

    c += *c == '-';
    digits = digits_at(c, end);
    if (!digits || (*c == '0' && digits > 1))
        return NULL;
    c += digits;
    if (c < end && *c == '.') {
        digits = digits_at(++c, end);
        if (!digits)
            return NULL;
        c += digits;
    }
    if (c < end && (*c == 'e' || *c == 'E')) {
        c++;
        c += c < end && (*c == '+' || *c == '-');
        digits = digits_at(c, end);
        if (!digits)
            return NULL;
        c += digits;
    }
    return c;
}

/* The first number of a parsed text that only cJSON takes for one: 01, 1., -.5
 */
static const char *first_bad_number(const char *text, const char *end)
{
    for (const char *c = text; c < end;) {
        const char *next = c + 1;
        if (*c == '"')
            next = string_end(c, end);
        else if (*c == '-' || (*c >= '0' && *c <= '9'))
            next = number_end(c, end);
        if (!next)
            return c;
        c = next;
    }
    return NULL;
}

/* How many lists and objects are open at `stop`. */
static int depth_at(const char *text, const char *stop)
{
    bool in_string = false;
    int depth = 0;

    for (const char *c = text; c < stop; c++) {
        if (*c == '"')
            in_string = !in_string;
        else if (in_string && *c == '\\')
            c++;
        else if (!in_string)
            depth += (*c == '[' || *c == '{') - (*c == ']' || *c == '}');
    }
    return depth;
}

static bool error_parse(const char *text, const char *end, const char *stop,
                        const char *source, struct error *err)
{
    /* cJSON stops on the last byte when it runs out of text. */
    bool cut = !stop || stop + 1 >= end;

    if (stop && depth_at(text, stop) >= CJSON_NESTING_LIMIT)
        return error_at(err, source, text, stop, "nested more than 1000 deep");
    return error_at(err, source, text, cut ? end : stop,
                    cut ? "the JSON ends too early" : "not valid JSON here");
}

static bool parse_checked(const char *text, const char *end, const char *source,
                          const cJSON **tree, struct error *err)
{
    const char *stop = NULL;
    const char *name = NULL;
    const char *number;

    *tree = cJSON_ParseWithLengthOpts(text, (size_t)(end - text), &stop, 0);
    if (parsing.out_of_memory)
        return error_memory(err);
    if (!*tree)
        return error_parse(text, end, stop, source, err);
    while (stop < end && strchr(" \t\r\n", *stop))
        stop++;
    if (stop < end)
        return error_at(err, source, text, stop, "text after the JSON value");
    number = first_bad_number(text, end);
    if (number)
        return error_at(err, source, text, number, "not a JSON number");
    if (!doubled_name(parsing.arena, *tree, &name, err))
        return false;
    if (name)
        return error_set(err, ERROR_INPUT,
                         "%s: the field \"%s\" stands twice in one object",
                         source, name);
    return true;
}

const cJSON *json_parse(struct arena *arena, const char *text, size_t length,
                        const char *source, struct error *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    const char *end = text + length;
    const char *bad;
    const char *what;
    const cJSON *tree;

    if (length >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3))
        text += 3;
    bad = first_bad_byte(text, end, &what);
    /* cJSON would skip a second mark, and json_minify keep it. */
    if (!bad && end - text >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3)) {
        bad = text;
        what = "not valid JSON here";
    }
    if (bad) {
        error_at(err, source, text, bad, what);
        return NULL;
    }
    pthread_once(&once, install_hooks);
    parsing.arena = arena;
    parsing.out_of_memory = false;
    return parse_checked(text, end, source, &tree, err) ? tree : NULL;
}

const cJSON *json_member(const cJSON *object, const char *name)
{
    return cJSON_IsObject(object)
               ? cJSON_GetObjectItemCaseSensitive(object, name)
               : NULL;
}

const char *json_member_text(const cJSON *object, const char *name)
{
    return cJSON_GetStringValue(json_member(object, name));
}

const char *json_kind(const cJSON *value)
{
    if (!value)
        return "missing";
    if (cJSON_IsString(value))
        return "text";
    if (cJSON_IsNumber(value))
        return "a number";
    if (cJSON_IsBool(value))
        return "true or false";
    if (cJSON_IsArray(value))
        return "a list";
    return cJSON_IsObject(value) ? "an object" : "null";
}

/* The same number: infinities, which stand for numbers that are too large, are
 * like each other. */
static bool same_number(double one, double other)
{
    return !(one < other) && !(one > other);
}

/* The member of a name, looked for from `hint` on: members mostly come in the
 * same order. */
static const cJSON *find_member(const cJSON *object, const cJSON *hint,
                                const char *name)
{
    for (const cJSON *member = hint; member; member = member->next)
        if (!strcmp(member->string, name))
            return member;
    for (const cJSON *member = object->child; member != hint;
         member = member->next)
        if (!strcmp(member->string, name))
            return member;
    return NULL;
}

static bool same_object(const cJSON *one, const cJSON *other)
{
    const cJSON *hint = other->child;
    const cJSON *member;

    if (cJSON_GetArraySize(one) != cJSON_GetArraySize(other))
        return false;
    cJSON_ArrayForEach (member, one) {
        const cJSON *match = find_member(other, hint, member->string);
        if (!match || !json_same(member, match))
            return false;
        hint = match->next;
    }
    return true;
}

static bool same_list(const cJSON *one, const cJSON *other)
{
    one = one->child;
    other = other->child;
    while (one && other && json_same(one, other)) {
        one = one->next;
        other = other->next;
    }
    return !one && !other;
}

bool json_same(const cJSON *one, const cJSON *other)
{
    if (!one || !other)
        return one == other;
    if ((one->type & 0xff) != (other->type & 0xff))
        return false;
    switch (one->type & 0xff) {
    case cJSON_Number:
        return same_number(one->valuedouble, other->valuedouble);
    case cJSON_String:
        return !strcmp(one->valuestring, other->valuestring);
    case cJSON_Array:
        return same_list(one, other);
    case cJSON_Object:
        return same_object(one, other);
    default:
        return true;
    }
}

void json_minify(struct buf *buf, const char *text, size_t length)
{
    const char *end = text + length;

    if (length >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3))
        text += 3;
    for (const char *c = text; c < end;) {
        const char *next = *c == '"' ? string_end(c, end) : c + 1;
        if (!strchr(" \t\r\n", *c))
            buf_add(buf, c, (size_t)(next - c));
        c = next;
    }
}

static void new_line(struct buf *buf, int depth)
{
    buf_char(buf, '\n');
    for (int i = 0; i < depth; i++)
        buf_text(buf, "  ");
}

void json_indent(struct buf *buf, const char *text, size_t length)
{
    const char *end = text + length;
    int depth = 0;
    bool just_opened = false;

    for (const char *c = text; c < end;) {
        const char *next = *c == '"' ? string_end(c, end) : c + 1;
        bool closes = *c == '}' || *c == ']';
        if (strchr(" \t\r\n", *c)) {
            c = next;
            continue;
        }
        depth -= closes;
        if (closes != just_opened)
            new_line(buf, depth);
        just_opened = *c == '{' || *c == '[';
        depth += just_opened;
        buf_add(buf, c, (size_t)(next - c));
        if (*c == ':')
            buf_char(buf, ' ');
        if (*c == ',')
            new_line(buf, depth);
        c = next;
    }
}
