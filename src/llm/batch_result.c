/* Lines of result files and error files, in the forms of OpenAI, Azure and
 * vLLM's run-batch. */
#include "datebook/batch_file.h"

#include "datebook/json.h"
#include "datebook/table.h"

#include <string.h>

enum { WORDS = 300 }; /* of an error, in bytes; more is cut */

/* ---- Where a value stands in a text that is known to be JSON ---- */

static const char *skip_space(const char *c, const char *end)
{
    while (c < end && strchr(" \t\r\n", *c))
        c++;
    return c;
}

static const char *skip_string(const char *c, const char *end)
{
    for (c++; c < end && *c != '"'; c++)
        if (*c == '\\')
            c++;
    return c < end ? c + 1 : end;
}

static const char *skip_value(const char *c, const char *end)
{
    int depth = 0;

    while (c < end) {
        if (*c == '"') {
            c = skip_string(c, end);
        } else {
            if (!depth && strchr(",]}", *c))
                return c;
            depth += (*c == '[' || *c == '{') - (*c == ']' || *c == '}');
            c++;
        }
        if (!depth && strchr("\"]}", c[-1]))
            return c;
    }
    return end;
}

struct slice {
    const char *text; /* NULL: there is none */
    size_t length;
};

/* The member of an object, without the white space around it. */
static struct slice find_member(struct slice object, const char *name)
{
    const char *end = object.text ? object.text + object.length : NULL;
    size_t length = strlen(name);
    const char *c = skip_space(object.text, end);

    if (c == end || *c != '{')
        return (struct slice){0};
    while ((c = skip_space(c + 1, end)) < end && *c == '"') {
        const char *key = c + 1;
        const char *key_end = skip_string(c, end) - 1;
        const char *value = skip_space(key_end + 1, end);
        value = skip_space(value + (value < end), end); /* the colon */
        c = skip_value(value, end);
        if ((size_t)(key_end - key) == length && !memcmp(key, name, length)) {
            while (c > value && strchr(" \t\r\n", c[-1]))
                c--;
            return (struct slice){value, (size_t)(c - value)};
        }
        c = skip_space(c, end);
        if (c == end || *c != ',')
            break;
    }
    return (struct slice){0};
}

static bool is_null(struct slice value)
{
    return !value.text || (value.length == 4 && !memcmp(value.text, "null", 4));
}

/* ---- Errors ---- */

/* vLLM wraps the error once more. */
static const cJSON *inner_error(const cJSON *error)
{
    const cJSON *inner = json_member(error, "error");

    return cJSON_IsObject(inner) ? inner : error;
}

static void add_words(struct buf *words, const char *text)
{
    struct buf whole = BUF_EMPTY;
    size_t length;

    terminal_text(&whole, text);
    length = whole.length;
    if (length > WORDS) {
        length = WORDS;
        while (length && ((unsigned char)whole.data[length] & 0xC0) == 0x80)
            length--;
    }
    buf_add(words, whole.data, length);
    if (length < whole.length)
        buf_text(words, "…");
    buf_inherit(words, &whole);
    buf_free(&whole);
}

/* "batch_expired: This request could not …" */
static void describe_error(struct buf *words, const cJSON *error)
{
    const cJSON *inner = inner_error(error);
    const char *code = json_member_text(inner, "code");
    const char *message = json_member_text(inner, "message");

    if (cJSON_IsString(error))
        message = cJSON_GetStringValue(error);
    if (!code)
        code = json_member_text(inner, "type");
    if (code && *code)
        add_words(words, code);
    if (code && *code && message && *message)
        buf_text(words, ": ");
    if (message && *message)
        add_words(words, message);
    if (!words->length)
        buf_text(words, "an error without words");
}

static const char *error_words(struct arena *arena, const cJSON *error,
                               struct error *err)
{
    struct buf words = BUF_EMPTY;
    const char *copy = NULL;

    describe_error(&words, error);
    if (buf_ok(&words, err))
        copy = arena_text(arena, buf_string(&words), err);
    buf_free(&words);
    return copy;
}

/* The body that an endpoint would have sent with this error. */
static bool make_body(struct arena *arena, const cJSON *error,
                      struct slice text, struct batch_result *result,
                      struct error *err)
{
    struct buf body = BUF_EMPTY;
    bool ok;

    buf_text(&body, "");
    if (inner_error(error) != error) {
        buf_add(&body, text.text, text.length);
    } else {
        buf_text(&body, cJSON_IsObject(error) ? "{\"error\":"
                                              : "{\"error\":{\"message\":");
        buf_add(&body, text.text, text.length);
        buf_text(&body, cJSON_IsObject(error) ? "}" : "}}");
    }
    ok = buf_ok(&body, err);
    result->length = body.length;
    result->body = ok ? arena_bytes(arena, body.data, body.length, err) : NULL;
    buf_free(&body);
    return result->body;
}

/* ---- Lines ---- */

/* What json_parse says of a single line, without its name and number. */
static const char *parse_problem(struct arena *arena, const char *message,
                                 struct error *err)
{
    if (!strncmp(message, "line:1:", 7))
        return arena_format(arena, err, "column %s", message + 7);
    return arena_text(arena, message, err);
}

static bool set_problem(struct batch_result *result, const char *problem)
{
    *result = (struct batch_result){.problem = problem, .body = ""};
    return problem;
}

/* 0 for what is no status of HTTP. */
static int read_status(const cJSON *response)
{
    const cJSON *status = json_member(response, "status_code");

    if (!status && json_member(response, "body"))
        return 200; /* services that only write what went well */
    if (!status || !cJSON_IsNumber(status) || !(status->valuedouble >= 100) ||
        !(status->valuedouble < 600))
        return 0;
    return (int)status->valuedouble;
}

/* Names that are spelled with escapes are the same to the tree only. */
static bool same_members(const cJSON *tree, struct slice body,
                         struct slice error)
{
    return !body.text == !json_member(json_member(tree, "response"), "body") &&
           !error.text == !json_member(tree, "error");
}

static bool read_response(struct arena *arena, const cJSON *tree,
                          struct slice line, struct batch_result *result,
                          struct error *err)
{
    const cJSON *error = json_member(tree, "error");
    struct slice body = find_member(find_member(line, "response"), "body");
    struct slice text = find_member(line, "error");
    bool failed = !is_null(text);

    if (!same_members(tree, body, text))
        return set_problem(result, "names of fields with escapes");
    result->status = read_status(json_member(tree, "response"));
    result->request_id =
        json_member_text(json_member(tree, "response"), "request_id");
    if (!is_null(body)) {
        result->body = body.text;
        result->length = body.length;
    } else if (failed && result->status < 300) {
        result->status = 0;
    } else if (failed && !make_body(arena, error, text, result, err)) {
        return false;
    }
    if (result->status)
        return true;
    if (!failed)
        return set_problem(result, "neither a reply with a status nor an "
                                   "error");
    result->error = error_words(arena, error, err);
    result->body = "";
    result->length = 0;
    return result->error;
}

bool batch_read_line(struct arena *arena, const char *line, size_t length,
                     struct batch_result *result, struct error *err)
{
    struct error parsing = {.code = ERROR_NONE};
    const cJSON *tree = json_parse(arena, line, length, "line", &parsing);
    struct slice whole = {line, length};
    const char *id = json_member_text(tree, "custom_id");

    *result = (struct batch_result){.body = ""};
    if (!tree && parsing.code != ERROR_INPUT) {
        *err = parsing;
        return false;
    }
    if (!tree)
        return set_problem(result, parse_problem(arena, parsing.message, err));
    if (!cJSON_IsObject(tree))
        return set_problem(result, "no JSON object");
    if (!id || !*id)
        return set_problem(result, "no custom_id");
    if (length >= 3 && !memcmp(line, "\xEF\xBB\xBF", 3))
        whole = (struct slice){line + 3, length - 3};
    result->custom_id = id;
    result->id = json_member_text(tree, "id");
    return read_response(arena, tree, whole, result, err);
}
