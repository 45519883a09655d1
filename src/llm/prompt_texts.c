/* Templates of prompts: reading, checking and filling them. */
#include "datebook/file.h"
#include "src/llm/prompt_internal.h"

#include <string.h>
#include <utf8proc.h>

enum { TEXT_LIMIT = 256 * 1024, TEMPLATES = 4, PLACEHOLDERS_MOST = 8 };

/* What may, and what must stand in each of the files. */
struct template_rule {
    const char *name;
    const char *known[PLACEHOLDERS_MOST];
    const char *needed[3];
};

static const struct template_rule rules[TEMPLATES] = {
    {"system",
     {"name", "persona", "company", "language", "kinds", "form"},
     {NULL}},
    {"meetings",
     {"name", "company", "language", "count", "briefs", "again"},
     {"briefs", "again"}},
    {"whole",
     {"name", "company", "language", "count", "briefs", "again"},
     {"briefs", "again"}},
    {"correction", {"faults"}, {"faults"}},
};

static const char **text_of(struct prompt_texts *texts, size_t i)
{
    const char **const fields[TEMPLATES] = {&texts->system, &texts->meetings,
                                            &texts->whole, &texts->correction};

    return fields[i];
}

/* ---- Filling ---- */

size_t placeholder_at(const char *at)
{
    size_t length;

    if (*at != '{')
        return 0;
    length = strspn(at + 1, "abcdefghijklmnopqrstuvwxyz_");
    return at[1 + length] == '}' ? length : 0;
}

static const struct slot *slot_of(const struct slot *slots, size_t count,
                                  const char *name, size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(slots[i].name) == length &&
            !strncmp(slots[i].name, name, length))
            return &slots[i];
    return NULL;
}

void template_fill(struct buf *buf, const char *text, const struct slot *slots,
                   size_t count)
{
    while (*text) {
        size_t plain = strcspn(text, "{");
        size_t name;
        const struct slot *slot;

        buf_add(buf, text, plain);
        text += plain;
        if (!*text)
            break;
        name = placeholder_at(text);
        slot = name ? slot_of(slots, count, text + 1, name) : NULL;
        if (slot)
            buf_text(buf, slot->text);
        else
            buf_add(buf, text, name ? name + 2 : 1);
        text += name ? name + 2 : 1;
    }
}

/* ---- Checking ---- */

static int line_of(const char *text, const char *at)
{
    int line = 1;

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
                          const char *text, const char *at, struct error *err)
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
    error_set(err, ERROR_INPUT, "%s:%d: unknown placeholder %.*s", source,
              line_of(text, at), (int)placeholder_at(at) + 2, at);
    return error_hint(err, "%s may hold %s", source, known);
}

static bool check_known(const struct template_rule *rule, const char *source,
                        const char *text, struct error *err)
{
    for (const char *at = strchr(text, '{'); at; at = strchr(at + 1, '{')) {
        size_t length = placeholder_at(at);
        if (length && !is_known(rule, at + 1, length))
            return error_unknown(rule, source, text, at, err);
    }
    return true;
}

/* The list of briefs starts on a line of its own: each brief is one line. */
static bool check_needed(const struct template_rule *rule, const char *source,
                         const char *text, struct error *err)
{
    for (size_t i = 0; rule->needed[i]; i++) {
        char name[32] = "{";
        const char *at;

        strncat(name, rule->needed[i], sizeof name - 3);
        strncat(name, "}", 2);
        at = strstr(text, name);
        if (!at)
            return error_set(err, ERROR_INPUT, "%s: %s is missing", source,
                             name);
        if (!strcmp(name, "{briefs}") && at > text && at[-1] != '\n')
            return error_set(err, ERROR_INPUT,
                             "%s:%d: {briefs} must start its line", source,
                             line_of(text, at));
    }
    return true;
}

static bool check_text(const struct template_rule *rule, const char *source,
                       const char *text, struct error *err)
{
    if (!text[strspn(text, " \n\t")])
        return error_set(err, ERROR_INPUT, "%s is empty", source);
    for (const char *c = text; *c; c++)
        if ((unsigned char)*c < 0x20 && *c != '\n' && *c != '\t')
            return error_set(err, ERROR_INPUT, "%s:%d: a control character",
                             source, line_of(text, c));
    return check_known(rule, source, text, err) &&
           check_needed(rule, source, text, err);
}

static void hash_texts(struct prompt_texts *texts)
{
    struct hash hash;

    hash_start(&hash);
    for (size_t i = 0; i < TEMPLATES; i++)
        hash_text(&hash, *text_of(texts, i));
    hash_end(&hash, texts->hash);
}

/* ---- Files ---- */

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
                             line_of(text, text + at));
    }
    return true;
}

static bool load_text(struct arena *arena, const char *folder,
                      const struct template_rule *rule, const char **text,
                      struct error *err)
{
    const char *path =
        arena_format(arena, err, "%s/prompts/%s.txt", folder, rule->name);
    size_t length = 0;
    char *read;

    if (!path)
        return false;
    read = file_read(arena, path, TEXT_LIMIT, &length, err);
    if (!read)
        return false;
    if (length >= 3 && !memcmp(read, "\xEF\xBB\xBF", 3)) {
        read += 3;
        length -= 3;
    }
    length = drop_returns(read, length);
    *text = read;
    return check_utf8(path, read, length, err) &&
           check_text(rule, path, read, err);
}

bool prompt_texts_load(struct arena *arena, const char *folder,
                       struct prompt_texts *texts, struct error *err)
{
    for (size_t i = 0; i < TEMPLATES; i++)
        if (!load_text(arena, folder, &rules[i], text_of(texts, i), err))
            return false;
    hash_texts(texts);
    return true;
}

/* ---- The journal ---- */

void prompt_texts_write(struct buf *buf, const struct prompt_texts *texts)
{
    struct prompt_texts copy = *texts;

    for (size_t i = 0; i < TEMPLATES; i++) {
        buf_char(buf, i ? ',' : '{');
        buf_json(buf, rules[i].name);
        buf_char(buf, ':');
        buf_json(buf, *text_of(&copy, i));
    }
    buf_char(buf, '}');
}

bool prompt_texts_read(struct arena *arena, const char *text, size_t length,
                       struct prompt_texts *texts, struct error *err)
{
    const cJSON *tree = json_parse(arena, text, length, "prompts", err);

    if (!tree)
        return false;
    for (size_t i = 0; i < TEMPLATES; i++) {
        const char *found = json_member_text(tree, rules[i].name);
        if (!found)
            return error_set(err, ERROR_INPUT, "prompts: %s is %s",
                             rules[i].name,
                             json_kind(json_member(tree, rules[i].name)));
        if (!check_text(&rules[i], rules[i].name, found, err))
            return false;
        *text_of(texts, i) = found;
    }
    hash_texts(texts);
    return true;
}
