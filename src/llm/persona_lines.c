/* What a model is told of a persona, in lines. */
#include "datebook/persona_lines.h"

#include "datebook/utf16.h"

#include <ctype.h>
#include <string.h>

enum {
    PROSE_UNITS = 800, /* of one field of the persona */
    SHARES_MOST = 24
};

void prose_in_line(struct buf *buf, const char *text)
{
    size_t end = text_units_cut(text, PROSE_UNITS);
    bool space = false;
    bool started = false;

    for (size_t i = 0; i < end; i++) {
        if (isspace((unsigned char)text[i])) {
            space = true;
            continue;
        }
        if (space && started)
            buf_char(buf, ' ');
        buf_char(buf, text[i]);
        space = false;
        started = true;
    }
    if (text[end])
        buf_text(buf, " …");
}

void persona_line(struct buf *buf, const char *label, const char *text)
{
    if (!text || !text[strspn(text, " \t\r\n")])
        return;
    if (buf->length)
        buf_char(buf, '\n');
    buf_format(buf, "%s: ", label);
    prose_in_line(buf, text);
}

void persona_line_member(struct buf *buf, const char *label,
                         const cJSON *object, const char *name)
{
    const cJSON *value = json_member(object, name);
    struct buf number = BUF_EMPTY;

    if (cJSON_IsNumber(value) && value->valuedouble >= 0 &&
        value->valuedouble < 1e9) {
        buf_int(&number, (int64_t)value->valuedouble);
        persona_line(buf, label, buf_string(&number));
        buf_inherit(buf, &number);
        buf_free(&number);
    } else if (cJSON_IsString(value)) {
        persona_line(buf, label, value->valuestring);
    }
}

static void add_hours(struct buf *buf, const struct persona *persona)
{
    int low = persona->weekly_minutes_low / 60;
    int high = (persona->weekly_minutes_high + 59) / 60;

    if (!high)
        return;
    if (low < high)
        buf_format(buf, "%d to %d hours of meetings", low, high);
    else
        buf_format(buf, "%d hours of meetings", high);
}

void persona_line_week(struct buf *buf, const struct persona *persona)
{
    size_t count =
        persona->share_count < SHARES_MOST ? persona->share_count : SHARES_MOST;
    struct buf week = BUF_EMPTY;

    add_hours(&week, persona);
    for (size_t i = 0; i < count; i++) {
        const char *name = persona->shares[i].name;
        buf_text(&week, i ? ", " : week.length ? ": " : "");
        for (; *name; name++)
            buf_char(&week, *name == '_' ? ' ' : *name);
        buf_format(&week, " %d%%", persona->shares[i].percent);
    }
    persona_line(buf, "A usual week", buf_string(&week));
    buf_inherit(buf, &week);
    buf_free(&week);
}
