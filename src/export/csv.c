/* Labelled meetings as comma-separated values, as RFC 4180 has them. */
#include "datebook/graph.h"
#include "datebook/training.h"

#include <string.h>
#include <utf8proc.h>

const char *const csv_columns[] = {"id",
                                   "persona_id",
                                   "subject",
                                   "start",
                                   "minutes",
                                   "type",
                                   "organizer",
                                   "people",
                                   "required",
                                   "optional",
                                   "resources",
                                   "external",
                                   "recurring",
                                   "preview",
                                   "importance_label",
                                   "prep_needed",
                                   "prep_time_minutes",
                                   "rsvp",
                                   "reasoning",
                                   "generation_timestamp",
                                   NULL};

enum { MINUTE_LENGTH = 16 }; /* YYYY-MM-DDTHH:MM */

/* ---- Fields ---- */

/* Whether eight bytes are ASCII without a NUL or a quote, for a byte has its
 * high bit set here when it is one of these or above.  (Subtracting may mark a
 * byte after such a one as well.) */
static bool eight_plain(const char *at)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t bytes;

    memcpy(&bytes, at, sizeof bytes);
    return !((bytes | (bytes - ones) | ((bytes ^ ones * '"') - ones)) &
             ones * 0x80);
}

/* The size of a character that a field holds as it is; 0 for a quote, for a
 * NUL, and for what is not UTF-8. */
static size_t plain_size(const char *at, size_t left)
{
    utf8proc_int32_t code;
    utf8proc_ssize_t size;

    if ((unsigned char)*at < 0x80)
        return *at && *at != '"';
    size = utf8proc_iterate((const utf8proc_uint8_t *)at,
                            (utf8proc_ssize_t)left, &code);
    return size > 0 ? (size_t)size : 0;
}

static void add_escaped(struct buf *out, const char *bytes, size_t length)
{
    size_t plain = 0;

    for (size_t i = 0; i < length;) {
        size_t size = length - i >= 8 && eight_plain(bytes + i)
                          ? 8
                          : plain_size(bytes + i, length - i);
        if (!size) {
            buf_add(out, bytes + plain, i - plain);
            buf_text(out, bytes[i] == '"' ? "\"\"" : "\uFFFD");
            plain = i + 1;
        }
        i += size ? size : 1;
    }
    buf_add(out, bytes + plain, length - plain);
}

static bool needs_quotes(const char *bytes, size_t length)
{
    return memchr(bytes, ',', length) || memchr(bytes, '"', length) ||
           memchr(bytes, '\n', length) || memchr(bytes, '\r', length);
}

static void add_field(struct buf *out, const char *bytes, size_t length)
{
    bool quotes = needs_quotes(bytes, length);

    if (quotes)
        buf_char(out, '"');
    add_escaped(out, bytes, length);
    if (quotes)
        buf_char(out, '"');
}

/* What follows the first field of a line. */
static void add_bytes(struct buf *out, const char *bytes, size_t length)
{
    buf_char(out, ',');
    add_field(out, bytes, length);
}

static void add_text(struct buf *out, const char *text)
{
    add_bytes(out, text, strlen(text));
}

static void add_number(struct buf *out, int value)
{
    buf_char(out, ',');
    buf_int(out, value);
}

static void add_flag(struct buf *out, bool value)
{
    buf_text(out, value ? ",true" : ",false");
}

/* ---- Lines ---- */

void csv_add_header(struct buf *out)
{
    for (size_t i = 0; csv_columns[i]; i++) {
        if (i)
            buf_char(out, ',');
        buf_text(out, csv_columns[i]);
    }
    buf_add(out, "\r\n", 2);
}

static void add_facts(struct buf *out, const struct meeting_facts *facts)
{
    char start[GRAPH_TIME_SIZE];

    civil_format_graph(facts->start, start);
    add_text(out, facts->subject);
    add_bytes(out, start, MINUTE_LENGTH);
    add_number(out, facts->minutes);
    add_text(out, graph_type_name(facts->type));
    add_text(out, facts->organizer ? "self" : "other");
    add_number(out, facts->attendees);
    add_number(out, facts->required);
    add_number(out, facts->optional);
    add_number(out, facts->resources);
    add_flag(out, facts->external);
    add_flag(out, facts->recurring);
    add_text(out, facts->preview);
}

bool csv_add(const struct csv_meeting *meeting, struct buf *out,
             struct error *err)
{
    const struct labelled_meeting *labelled = &meeting->labelled;
    const struct stored_label *label = labelled->label;

    add_field(out, labelled->id, strlen(labelled->id));
    add_text(out, meeting->persona_id);
    add_facts(out, labelled->facts);
    add_text(out, importance_name((enum importance)label->importance));
    add_flag(out, label->prep_minutes > 0);
    add_number(out, label->prep_minutes);
    add_text(out, rsvp_name((enum rsvp)label->rsvp));
    add_bytes(out, labelled->reasoning, labelled->reasoning_length);
    add_text(out, meeting->stamp);
    buf_add(out, "\r\n", 2);
    return buf_ok(out, err);
}
