/* Checking one meeting of a reply: what its texts may be, and what its faults
 * are called. */
#include "src/llm/written_internal.h"

#include "datebook/table.h"
#include "datebook/utf16.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

enum {
    FAULTS_MOST = 1500, /* bytes for one brief */
    QUOTED_UNITS = 60,
    TEXT_UNITS = 255, /* Graph cuts both texts there */
    SUBJECT_LEAST = 3,
    PREVIEW_LEAST = 10
};

/* ---- Faults ---- */

void reading_fault(struct reading *reading, const char *format, ...)
{
    struct buf *faults = &reading->faults;
    char text[512];
    va_list arguments;

    if (faults->length > FAULTS_MOST)
        return;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (faults->length)
        buf_text(faults, "; ");
    else
        buf_format(faults, "brief %lld: ", (long long)reading->brief->number);
    buf_text(faults, text);
}

static bool is_control(utf8proc_int32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 ||
           code == 0x2029;
}

static utf8proc_ssize_t next_code(const char *at, utf8proc_int32_t *code)
{
    utf8proc_ssize_t size =
        utf8proc_iterate((const utf8proc_uint8_t *)at, -1, code);

    if (size > 0)
        return size;
    *code = 0xFFFD;
    return 1;
}

const char *reading_quote(struct reading *reading, const char *text)
{
    struct buf quoted = BUF_EMPTY;
    size_t end = text_units_cut(text, QUOTED_UNITS);
    const char *copy = NULL;

    buf_char(&quoted, '"');
    for (size_t at = 0; at < end;) {
        utf8proc_int32_t code;
        size_t size = (size_t)next_code(text + at, &code);
        if (is_control(code))
            buf_format(&quoted, "\\u%04X", (unsigned)code);
        else if (code == 0xFFFD)
            buf_text(&quoted, "\uFFFD");
        else
            buf_add(&quoted, text + at, size);
        at += size;
    }
    buf_text(&quoted, text[end] ? "…\"" : "\"");
    if (buf_ok(&quoted, reading->err))
        copy = arena_bytes(reading->arena, buf_string(&quoted), quoted.length,
                           reading->err);
    buf_free(&quoted);
    reading->failed = reading->failed || !copy;
    return copy ? copy : "";
}

const char *reading_show(struct reading *reading, const cJSON *value)
{
    const char *text;

    if (cJSON_IsString(value))
        return reading_quote(reading, value->valuestring);
    if (cJSON_IsBool(value))
        return cJSON_IsTrue(value) ? "true" : "false";
    if (!cJSON_IsNumber(value))
        return json_kind(value);
    text =
        arena_format(reading->arena, reading->err, "%.15g", value->valuedouble);
    reading->failed = reading->failed || !text;
    return text ? text : "";
}

/* ---- Members ---- */

/* The bytes of a blank at `at`; 0 for anything else. */
static size_t blank_at(const char *at, bool lines)
{
    if (*at == ' ' || (lines && strchr("\t\r\n", *at) && *at))
        return 1;
    return !strncmp(at, "\xC2\xA0", 2) ? 2 : 0;
}

/* Copies with single spaces and none at the ends. */
static size_t copy_line(char *to, const char *text, bool lines)
{
    size_t length = 0;

    while (*text) {
        size_t blank = blank_at(text, lines);
        if (!blank) {
            to[length++] = *text++;
            continue;
        }
        if (length && to[length - 1] != ' ')
            to[length++] = ' ';
        text += blank;
    }
    while (length && to[length - 1] == ' ')
        length--;
    to[length] = '\0';
    return length;
}

static bool has_control(const char *text)
{
    utf8proc_int32_t code;

    for (; *text; text += next_code(text, &code)) {
        utf8proc_int32_t here;
        next_code(text, &here);
        if (is_control(here))
            return true;
    }
    return false;
}

/* Whether the spaces of a text were put right: line ends of a preview that
 * became one space each are nothing to speak of. */
static bool is_changed(const char *before, const char *after)
{
    for (; *before && *after; before++, after++)
        if (*before != *after && !(*before == '\n' && *after == ' '))
            return true;
    return *before || *after;
}

char *reading_line(struct reading *reading, const cJSON *object,
                   const char *name, const char *what, bool lines)
{
    const cJSON *value = json_member(object, name);
    char *line;

    if (!cJSON_IsString(value)) {
        if (value)
            reading_fault(reading, "%s is %s, not text", what,
                          json_kind(value));
        else
            reading_fault(reading, "%s is missing", what);
        return NULL;
    }
    line = arena_text(reading->arena, value->valuestring, reading->err);
    if (!line) {
        reading->failed = true;
        return NULL;
    }
    copy_line(line, value->valuestring, lines);
    if (!lines && strpbrk(line, "\r\n")) {
        reading_fault(reading, "%s %s has more than one line", what,
                      reading_show(reading, value));
        return NULL;
    }
    if (has_control(line)) {
        reading_fault(reading, "%s %s holds a control character", what,
                      reading_show(reading, value));
        return NULL;
    }
    reading->coerced += is_changed(value->valuestring, line);
    return line;
}

/* "30", "30 min", "30 minutes" */
static bool number_of_text(const char *text, int64_t *number)
{
    static const char *const units[] = {"", "min", "mins", "minutes"};
    bool negative;
    size_t digits;

    text += strspn(text, " ");
    negative = *text == '-';
    text += negative;
    digits = strspn(text, "0123456789");
    if (!digits || digits > 9)
        return false;
    *number = 0;
    for (size_t i = 0; i < digits; i++)
        *number = *number * 10 + (text[i] - '0');
    if (negative)
        *number = -*number;
    text += digits;
    text += strspn(text, " ");
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (!strcmp(text, units[i]))
            return true;
    return false;
}

bool reading_number(struct reading *reading, const cJSON *value,
                    int64_t *number)
{
    if (cJSON_IsNumber(value)) {
        if (!(fabs(value->valuedouble) < 1e15))
            return false;
        *number = (int64_t)value->valuedouble;
        return !(value->valuedouble < (double)*number) &&
               !(value->valuedouble > (double)*number);
    }
    if (!cJSON_IsString(value) || !number_of_text(value->valuestring, number))
        return false;
    reading->coerced++;
    return true;
}

/* ---- Kind ---- */

static bool is_between(char c)
{
    return c == ' ' || c == '_' || c == '-';
}

/* The next letter of a kind, folded; a run of what stands between words is one
 * space, and nothing at the end. */
static char next_letter(const char **at)
{
    if (!is_between(**at))
        return **at ? (char)tolower((unsigned char)*(*at)++) : '\0';
    while (is_between(**at))
        ++*at;
    return **at ? ' ' : '\0';
}

bool kind_is_like(const char *one, const char *other)
{
    while (is_between(*one))
        one++;
    while (is_between(*other))
        other++;
    for (;;) {
        char c = next_letter(&one);
        if (c != next_letter(&other))
            return false;
        if (!c)
            return true;
    }
}

/* The kind that was told and is meant; NULL: none. */
static const char *told_kind(struct reading *reading, const char *text)
{
    const struct kinds *kinds = reading->kinds;

    for (size_t i = 0; i < kinds->count; i++)
        if (!strcmp(kinds->items[i], text))
            return kinds->items[i];
    for (size_t i = 0; i < kinds->count; i++)
        if (kind_is_like(kinds->items[i], text)) {
            reading->coerced++;
            return kinds->items[i];
        }
    return NULL;
}

static void check_kind(struct reading *reading, struct written *written)
{
    const cJSON *value = json_member(reading->tree, "kind");
    int coerced = reading->coerced;
    const char *text =
        reading_line(reading, reading->tree, "kind", "kind", false);

    if (!text)
        return;
    written->kind = told_kind(reading, text);
    if (!written->kind && reading->brief->kind &&
        !strcmp(text, reading->brief->kind))
        written->kind = text;
    if (!written->kind && !reading->kinds->count && *text &&
        text_units(text) <= KIND_UNITS)
        written->kind = text;
    if (reading->coerced > coerced)
        reading->coerced = coerced + 1;
    if (!written->kind)
        reading_fault(reading, "kind %s is none of the kinds",
                      reading_show(reading, value));
}

/* ---- Texts ---- */

/* A subject in quotation marks, which belong to the sentence that named it. */
static char *unquote(struct reading *reading, char *text)
{
    size_t length = strlen(text);

    if (length < 2 || text[0] != '"' || text[length - 1] != '"' ||
        memchr(text + 1, '"', length - 2))
        return text;
    text[length - 1] = '\0';
    reading->coerced++;
    return text + 1;
}

static bool check_length(struct reading *reading, const char *name,
                         const char *text, size_t least, size_t most)
{
    size_t units = text_units(text);
    struct buf number = BUF_EMPTY;

    if (!units) {
        reading_fault(reading, "%s is empty", name);
        return false;
    }
    if (units >= least && units <= most)
        return true;
    text_number(&number, (int64_t)units);
    if (units > most)
        reading_fault(reading, "%s is %s characters long, at most %zu", name,
                      buf_string(&number), most);
    else
        reading_fault(reading, "%s %s is %s characters long, at least %zu",
                      name, reading_quote(reading, text), buf_string(&number),
                      least);
    buf_free(&number);
    return false;
}

static void check_content(struct reading *reading, const char *name,
                          const char *text)
{
    char domain[DOMAIN_SIZE];
    const char *slot = text_slot(text);

    if (!text_has_letter(text))
        reading_fault(reading, "%s %s holds no letter", name,
                      reading_quote(reading, text));
    if (slot)
        reading_fault(reading, "%s has an empty slot at %s", name,
                      reading_quote(reading, slot));
    if (text_names_domain(text, domain))
        reading_fault(reading,
                      "%s names %s, which may be a real address; leave it "
                      "out, or let it end in .example",
                      name, reading_quote(reading, domain));
}

static void check_subject(struct reading *reading, struct written *written)
{
    char *text =
        reading_line(reading, reading->tree, "subject", "subject", false);

    if (!text)
        return;
    text = unquote(reading, text);
    if (!check_length(reading, "subject", text, SUBJECT_LEAST, TEXT_UNITS))
        return;
    check_content(reading, "subject", text);
    if ((written->kind && kind_is_like(text, written->kind)) ||
        (reading->brief->kind && kind_is_like(text, reading->brief->kind)))
        reading_fault(reading, "subject %s is merely the kind",
                      reading_quote(reading, text));
    written->subject = text;
}

/* Cuts a text that is too long after a sentence, or between words. */
static void cut(char *text)
{
    size_t end = text_units_cut(text, TEXT_UNITS);
    size_t at;

    for (at = end; at > 1; at--)
        if (strchr(".?!", text[at - 1]) && text[at] == ' ')
            break;
    if (at < end / 3)
        for (at = end; at > 1 && text[at] != ' '; at--)
            ;
    if (at <= 1)
        at = end;
    while (at && strchr(" ,;:-", text[at - 1]))
        at--;
    text[at] = '\0';
}

static void check_preview(struct reading *reading, struct written *written)
{
    char *text =
        reading_line(reading, reading->tree, "preview", "preview", true);

    if (!text)
        return;
    if (text_units(text) > TEXT_UNITS) {
        cut(text);
        reading->coerced++;
    }
    if (!check_length(reading, "preview", text, PREVIEW_LEAST, TEXT_UNITS))
        return;
    check_content(reading, "preview", text);
    written->preview = text;
}

static void check_topics(struct reading *reading, const struct written *written)
{
    const struct brief *brief = reading->brief;

    if (!written->subject || !written->preview)
        return;
    for (size_t i = 0; i < brief->topic_count; i++)
        if (!text_holds(reading, written->subject, brief->topics[i]) &&
            !text_holds(reading, written->preview, brief->topics[i]))
            reading_fault(reading, "neither subject nor preview holds %s",
                          reading_quote(reading, brief->topics[i]));
}

void check_texts(struct reading *reading, struct written *written)
{
    check_kind(reading, written);
    check_subject(reading, written);
    check_preview(reading, written);
    check_topics(reading, written);
}
