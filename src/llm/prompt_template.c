/* Templates of prompts: reading, checking and filling them. */
#include "datebook/prompt_template.h"

#include "datebook/file.h"

#include <string.h>
#include <utf8proc.h>

enum { TEXT_LIMIT = 256 * 1024 };

/* ---- Filling ---- */

size_t placeholder_at(const char *at)
{
    size_t length;

    if (*at != '{')
        return 0;
    length = strspn(at + 1, "abcdefghijklmnopqrstuvwxyz_");
    return at[1 + length] == '}' ? length : 0;
}

static const struct placeholder *
value_of(const struct placeholder *placeholders, size_t count, const char *name,
         size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(placeholders[i].name) == length &&
            !strncmp(placeholders[i].name, name, length))
            return &placeholders[i];
    return NULL;
}

void template_fill(struct buf *buf, const char *text,
                   const struct placeholder *placeholders, size_t count)
{
    while (*text) {
        size_t plain = strcspn(text, "{");
        size_t name;
        const struct placeholder *value;

        buf_add(buf, text, plain);
        text += plain;
        if (!*text)
            break;
        name = placeholder_at(text);
        value = name ? value_of(placeholders, count, text + 1, name) : NULL;
        if (value)
            buf_text(buf, value->text);
        else
            buf_add(buf, text, name ? name + 2 : 1);
        text += name ? name + 2 : 1;
    }
}

/* ---- Checking ---- */

static int line_of(const char *text, int line, const char *at)
{
    for (; text < at; text++)
        line += *text == '\n';
    return line;
}

static bool is_known(const struct template_rule *rule, const char *name,
                     size_t length)
{
    for (size_t i = 0; i < PLACEHOLDERS_MOST && rule->known[i]; i++)
        if (strlen(rule->known[i]) == length &&
            !strncmp(rule->known[i], name, length))
            return true;
    return false;
}

static bool error_unknown(const struct template_rule *rule, const char *source,
                          int line, const char *at, struct error *err)
{
    char known[256] = "";
    size_t used = 0;

    for (size_t i = 0; i < PLACEHOLDERS_MOST && rule->known[i]; i++) {
        size_t length = strlen(rule->known[i]);
        memcpy(known + used, i ? ", {" : "{", i ? 3 : 1);
        used += i ? 3 : 1;
        memcpy(known + used, rule->known[i], length);
        used += length;
        known[used++] = '}';
        known[used] = '\0';
    }
    error_set(err, ERROR_INPUT, "%s:%d: unknown placeholder %.*s", source, line,
              (int)placeholder_at(at) + 2, at);
    return error_hint(err, "%s may hold %s", rule->part ? rule->part : source,
                      known);
}

static bool check_known(const struct template_rule *rule, const char *source,
                        const char *text, int line, struct error *err)
{
    for (const char *at = strchr(text, '{'); at; at = strchr(at + 1, '{')) {
        size_t length = placeholder_at(at);
        if (length && !is_known(rule, at + 1, length))
            return error_unknown(rule, source, line_of(text, line, at), at,
                                 err);
    }
    return true;
}

static bool check_needed(const struct template_rule *rule, const char *source,
                         const char *text, int line, struct error *err)
{
    for (size_t i = 0; rule->needed[i]; i++) {
        char name[32] = "{";
        const char *at;

        strncat(name, rule->needed[i], sizeof name - 3);
        strncat(name, "}", 2);
        at = strstr(text, name);
        if (!at)
            return error_set(err, ERROR_INPUT, "%s: %s is missing%s%s", source,
                             name, rule->part ? " in " : "",
                             rule->part ? rule->part : "");
        if (rule->starts_line && !strcmp(rule->needed[i], rule->starts_line) &&
            at > text && at[-1] != '\n')
            return error_set(err, ERROR_INPUT, "%s:%d: %s must start its line",
                             source, line_of(text, line, at), name);
    }
    return true;
}

bool template_check(const struct template_rule *rule, const char *source,
                    const char *text, int line, struct error *err)
{
    if (!text[strspn(text, " \n\t")])
        return error_set(err, ERROR_INPUT, "%s%s%s is empty", source,
                         rule->part ? ": " : "", rule->part ? rule->part : "");
    for (const char *c = text; *c; c++)
        if ((unsigned char)*c < 0x20 && *c != '\n' && *c != '\t')
            return error_set(err, ERROR_INPUT, "%s:%d: a control character",
                             source, line_of(text, line, c));
    return check_known(rule, source, text, line, err) &&
           check_needed(rule, source, text, line, err);
}

/* ---- Reading ---- */

/* Line ends of other systems would make another hash of the same text. */
static size_t drop_returns(char *text, size_t length)
{
    size_t kept = 0;

    for (size_t i = 0; i < length; i++)
        if (text[i] != '\r' || text[i + 1] != '\n')
            text[kept++] = text[i];
    text[kept] = '\0';
    return kept;
}

static bool check_utf8(const char *path, const char *text, size_t length,
                       struct error *err)
{
    utf8proc_int32_t code;
    utf8proc_ssize_t size;

    for (size_t at = 0; at < length; at += (size_t)size) {
        size = utf8proc_iterate((const utf8proc_uint8_t *)text + at,
                                (utf8proc_ssize_t)(length - at), &code);
        if (size < 1 || !code)
            return error_set(err, ERROR_INPUT, "%s:%d: not a UTF-8 text", path,
                             line_of(text, 1, text + at));
    }
    return true;
}

char *template_read(struct arena *arena, const char *path, size_t *length,
                    struct error *err)
{
    char *text = file_read(arena, path, TEXT_LIMIT, length, err);

    if (!text)
        return NULL;
    if (*length >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3)) {
        text += 3;
        *length -= 3;
    }
    *length = drop_returns(text, *length);
    return check_utf8(path, text, *length, err) ? text : NULL;
}

/* ---- Tidying ---- */

void template_tidy(char *text)
{
    size_t kept = 0;
    size_t breaks = 0;

    for (const char *c = text; *c; c++) {
        if (*c == '\n') {
            breaks++;
            continue;
        }
        for (size_t i = 0; kept && i < breaks && i < 2; i++)
            text[kept++] = '\n';
        breaks = 0;
        text[kept++] = *c;
    }
    text[kept] = '\0';
}
