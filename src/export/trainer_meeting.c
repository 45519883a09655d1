/* A meeting in lines that a person could read, made of its facts alone. */
#include "src/export/trainer_internal.h"

#include <string.h>

enum { NAMES_MOST = 12 };

/* Control characters become a space, so that no text looks like a line of its
 * own; several in a row become one, those at the ends none. */
static void add_flat(struct buf *buf, const char *text, size_t length)
{
    size_t start = buf->length;
    size_t plain = 0;

    for (size_t i = 0; i <= length; i++) {
        unsigned char c = i < length ? (unsigned char)text[i] : 0;
        if (c >= 0x20 && c != 0x7F)
            continue;
        if (i > plain && buf->length > start)
            buf_char(buf, ' ');
        buf_add(buf, text + plain, i - plain);
        plain = i + 1;
    }
}

static void add_number(struct buf *buf, int value, const char *unit)
{
    buf_int(buf, value);
    buf_text(buf, unit);
}

/* "When: Tuesday 2025-11-18 at 10:00, 30 minutes" */
static void add_time(struct buf *buf, const struct meeting_facts *facts)
{
    enum { DATE_LENGTH = 10, CLOCK_LENGTH = 5 };
    civil_day day = civil_day_of(facts->start);
    char start[GRAPH_TIME_SIZE];

    civil_format_graph(facts->start, start);
    buf_text(buf, "\nWhen: ");
    buf_text(buf, civil_weekday_names[civil_weekday(day)]);
    buf_char(buf, ' ');
    buf_add(buf, start, DATE_LENGTH);
    buf_text(buf, " at ");
    buf_add(buf, start + DATE_LENGTH + 1, CLOCK_LENGTH);
    if (facts->minutes > 0) {
        buf_text(buf, ", ");
        add_number(buf, facts->minutes, " minutes");
    }
    if (facts->recurring)
        buf_text(buf, ", one of a series");
    if (facts->overlaps)
        buf_text(buf, ", overlaps another meeting");
}

/* "People (5): Ana Ruiz, Bo Chen and 3 more" */
static void add_people(struct buf *buf, const struct meeting_facts *facts)
{
    const char *at = facts->people;
    int named = 0;

    buf_text(buf, "\nPeople (");
    add_number(buf, facts->attendees, ")");
    for (; *at && named < NAMES_MOST; named++) {
        size_t length = strcspn(at, "\n");
        buf_text(buf, named ? ", " : ": ");
        add_flat(buf, at, length);
        at += length + (at[length] == '\n');
    }
    if (named && named < facts->attendees) {
        buf_text(buf, " and ");
        add_number(buf, facts->attendees - named, " more");
    }
}

void meeting_describe(struct buf *buf, const struct meeting_facts *facts)
{
    buf_text(buf, "Subject: ");
    add_flat(buf, facts->subject, strlen(facts->subject));
    add_time(buf, facts);
    buf_text(buf, facts->organizer ? "\nOrganizer: the person"
                                   : "\nOrganizer: somebody else");
    add_people(buf, facts);
    buf_text(buf, facts->external ? "\nOther companies: yes"
                                  : "\nOther companies: no");
    if (facts->resources > 0) {
        buf_text(buf, "\nRooms: ");
        add_number(buf, facts->resources, "");
    }
    if (*facts->preview) {
        buf_text(buf, "\nPreview: ");
        add_flat(buf, facts->preview, strlen(facts->preview));
    }
}
