/* Error bodies, of whatever shape.
 *
 *   {"error":{"message","type","param","code"}}        OpenAI, Azure, vLLM
 *   {"error":"text"}                                   Ollama
 *   {"object":"error","message":…,"code":400}          older vLLM, Mistral
 *   {"detail":"text"}, {"detail":[{"loc","msg"}]}      FastAPI
 *   [{"error":{"code":400,"message","status"}}]        Google
 *   <html>…                                            proxies */
#include "chat_internal.h"

#include "datebook/table.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

enum { MOST_CHARACTERS = 300, MOST_DETAILS = 3, MOST_DEPTH = 4 };

/* ---- JSON that is nearly right ---- */

static bool is_hex4(const char *at, const char *end, unsigned *code)
{
    *code = 0;
    if (end - at < 6 || at[0] != '\\' || at[1] != 'u')
        return false;
    for (int i = 2; i < 6; i++) {
        unsigned char c = (unsigned char)at[i];
        if (!isxdigit(c))
            return false;
        *code = *code * 16 +
                (unsigned)(isdigit(c) ? c - '0' : tolower(c) - 'a' + 10);
    }
    return true;
}

/* Adds an escape, made good when it is a NUL or half a pair; its size. */
static size_t mend_escape(struct buf *buf, const char *at, const char *end)
{
    unsigned code;
    unsigned next;
    size_t size = end - at < 2 ? 1 : 2;

    if (!is_hex4(at, end, &code)) {
        buf_add(buf, at, size);
        return size;
    }
    if (code >= 0xD800 && code < 0xDC00 && is_hex4(at + 6, end, &next) &&
        next >= 0xDC00 && next < 0xE000) {
        buf_add(buf, at, 12);
        return 12;
    }
    if (!code || (code >= 0xD800 && code < 0xE000))
        buf_text(buf, "\\ufffd");
    else
        buf_add(buf, at, 6);
    return 6;
}

static void mend(struct buf *buf, const char *text, size_t length)
{
    const char *end = text + length;

    for (const char *at = text; at < end;) {
        utf8proc_int32_t code;
        utf8proc_ssize_t size = 1;
        if (*at == '\\') {
            at += mend_escape(buf, at, end);
            continue;
        }
        if ((unsigned char)*at >= 0x80)
            size =
                utf8proc_iterate((const utf8proc_uint8_t *)at, end - at, &code);
        if (size < 1)
            buf_text(buf, "\uFFFD");
        else
            buf_add(buf, at, (size_t)size);
        at += size < 1 ? 1 : size;
    }
}

/* An error that is not want of memory becomes the reason. */
static bool take_reason(struct arena *arena, const cJSON *tree,
                        const char **why, struct error *err)
{
    if (tree)
        return true;
    if (err->code != ERROR_INPUT)
        return false;
    *why = arena_text(arena, err->message, err);
    return *why != NULL;
}

bool chat_parse(struct arena *arena, const char *body, size_t length,
                const cJSON **tree, const char **why, struct error *err)
{
    struct buf mended = BUF_EMPTY;
    char *copy = NULL;

    *why = NULL;
    *tree = json_parse(arena, body, length, "the reply", err);
    if (*tree || err->code != ERROR_INPUT)
        return *tree != NULL;
    mend(&mended, body, length);
    if (buf_ok(&mended, err))
        copy = arena_bytes(arena, buf_string(&mended), mended.length, err);
    length = mended.length;
    buf_free(&mended);
    if (!copy)
        return false;
    *tree = json_parse(arena, copy, length, "the reply", err);
    return take_reason(arena, *tree, why, err);
}

/* ---- Pages ---- */

bool chat_is_html(const char *body, size_t length)
{
    while (length && isspace((unsigned char)*body)) {
        body++;
        length--;
    }
    return length && *body == '<';
}

/* What stands between two tags, or in the whole page without its tags. */
static void page_text(struct buf *buf, const char *page)
{
    const char *title = strcasestr(page, "<title");
    bool in_tag = false;

    if (title && (title = strchr(title, '>'))) {
        title++;
        buf_add(buf, title, strcspn(title, "<"));
    }
    if (buf->length)
        return;
    for (; *page; page++) {
        if (*page == '<')
            in_tag = true;
        if (!in_tag)
            buf_char(buf, *page);
        else if (*page == '>') {
            in_tag = false;
            buf_char(buf, ' ');
        }
    }
}

/* ---- Messages ---- */

/* "body", "seed" of a list of where; the body is always meant. */
static void add_location(struct buf *buf, const cJSON *location)
{
    const cJSON *step;
    bool first = true;

    cJSON_ArrayForEach (step, location) {
        const char *name = cJSON_GetStringValue(step);
        if (!name || (first && !strcmp(name, "body")))
            continue;
        if (!first)
            buf_char(buf, '.');
        buf_text(buf, name);
        first = false;
    }
    if (!first)
        buf_text(buf, ": ");
}

static void add_message(struct buf *buf, const cJSON *value, int depth);

static void add_first(struct buf *buf, const cJSON *list, int depth)
{
    const cJSON *item = list->child;

    for (int i = 0; item && i < MOST_DETAILS; i++, item = item->next) {
        if (i)
            buf_text(buf, "; ");
        add_message(buf, item, depth);
    }
}

/* The text that a value of any shape holds for people. */
static void add_message(struct buf *buf, const cJSON *value, int depth)
{
    static const char *const members[] = {"message", "msg", "detail", "error",
                                          "title"};

    if (cJSON_IsString(value))
        buf_text(buf, value->valuestring);
    if (depth == MOST_DEPTH)
        return;
    if (cJSON_IsArray(value))
        add_first(buf, value, depth + 1);
    if (!cJSON_IsObject(value))
        return;
    add_location(buf, json_member(value, "loc"));
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        const cJSON *child = json_member(value, members[i]);
        if (!child || cJSON_IsNull(child))
            continue;
        add_message(buf, child, depth + 1);
        return;
    }
}

/* A code that is a number, or a text that is one. */
static int number_of(const cJSON *value)
{
    double number = cJSON_IsNumber(value) ? value->valuedouble : 0;
    const char *text = cJSON_GetStringValue(value);

    if (text && strlen(text) == 3 && strspn(text, "0123456789") == 3)
        return (text[0] - '0') * 100 + (text[1] - '0') * 10 + text[2] - '0';
    return number >= 100 && number < 600 ? (int)number : 0;
}

static const char *inner_code(const cJSON *error)
{
    const char *code =
        json_member_text(json_member(error, "innererror"), "code");

    return code ? code
                : json_member_text(json_member(error, "inner_error"), "code");
}

bool chat_read_error(struct arena *arena, const cJSON *error,
                     struct chat_fault *fault, struct error *err)
{
    struct buf message = BUF_EMPTY;

    *fault = (struct chat_fault){0};
    add_message(&message, error, 0);
    fault->code = json_member_text(error, "code");
    fault->type = json_member_text(error, "type");
    fault->param = json_member_text(error, "param");
    fault->inner = inner_code(error);
    fault->number = number_of(json_member(error, "code"));
    if (!fault->number)
        fault->number = number_of(json_member(error, "status"));
    if (!message.length && fault->code)
        buf_text(&message, fault->code);
    if (buf_ok(&message, err))
        fault->message = arena_text(arena, buf_string(&message), err);
    buf_free(&message);
    return fault->message != NULL;
}

bool chat_read_fault(struct arena *arena, const cJSON *tree, const char *body,
                     size_t length, struct chat_fault *fault, struct error *err)
{
    struct buf text = BUF_EMPTY;
    const cJSON *error;
    char *copy;

    if (cJSON_IsArray(tree) && tree->child)
        tree = tree->child;
    error = json_member(tree, "error");
    if (tree)
        return chat_read_error(
            arena,
            cJSON_IsObject(error) || cJSON_IsString(error) ? error : tree,
            fault, err);
    *fault = (struct chat_fault){0};
    copy = arena_bytes(arena, body, length, err);
    if (!copy)
        return false;
    fault->message = copy;
    if (!chat_is_html(body, length))
        return true;
    page_text(&text, copy);
    if (buf_ok(&text, err))
        fault->message = arena_text(arena, buf_string(&text), err);
    else
        fault->message = NULL;
    buf_free(&text);
    return fault->message != NULL;
}

bool chat_fault_is(const struct chat_fault *fault, const char *const *codes)
{
    const char *said[] = {fault->code, fault->inner, fault->type};

    for (; *codes; codes++)
        for (size_t i = 0; i < sizeof said / sizeof *said; i++)
            if (said[i] && !strcasecmp(said[i], *codes))
                return true;
    return false;
}

/* ---- Texts for people ---- */

/* Adds a text without control characters; a run of them or of white space is
 * one space. */
static void add_line(struct buf *buf, const char *text)
{
    bool gap = false;

    while (*text) {
        utf8proc_int32_t code = (unsigned char)*text;
        utf8proc_ssize_t size = 1;
        if (code >= 0x80)
            size = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &code);
        if (size < 1) {
            size = 1;
            code = 0xFFFD; /* terminal_text makes it that */
        }
        if (code <= ' ' || (code >= 0x7F && code < 0xA0)) {
            gap = true;
        } else {
            if (gap && buf->length)
                buf_char(buf, ' ');
            gap = false;
            buf_add(buf, text, (size_t)size);
        }
        text += size;
    }
}

/* Cuts a text after so many characters, the last of them "…". */
static void cut(struct buf *buf, size_t most)
{
    size_t count = 0;
    size_t last = 0; /* where the last character starts that may stay */

    for (size_t i = 0; i < buf->length; i++) {
        if (((unsigned char)buf->data[i] & 0xC0) == 0x80)
            continue;
        if (++count == most)
            last = i;
    }
    if (count <= most)
        return;
    buf->length = last;
    buf_text(buf, "…");
}

const char *chat_clean(struct arena *arena, const char *text, struct error *err)
{
    struct buf line = BUF_EMPTY;
    struct buf safe = BUF_EMPTY;
    const char *result = NULL;

    add_line(&line, text);
    terminal_text(&safe, buf_string(&line));
    buf_inherit(&safe, &line);
    cut(&safe, MOST_CHARACTERS);
    if (buf_ok(&safe, err))
        result = arena_text(arena, buf_string(&safe), err);
    buf_free(&line);
    buf_free(&safe);
    return result;
}
