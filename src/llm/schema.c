/* The form of a reply: as a strict JSON schema, and in words for endpoints that
 * know no schema.
 *
 * A strict schema names every property as required, allows no other, and does
 * without pattern, minimum, maximum and default, which not every endpoint
 * knows: what it cannot say is checked when the reply is read. */
#include "src/llm/prompt_internal.h"

#include "datebook/utf16.h"

#include <string.h>

/* Replies keep this order: "kind" comes before the texts that it is of. */
static const char *const text_names[] = {"brief", "kind", "subject", "preview"};
static const char *const whole_names[] = {"date", "start", "minutes",
                                          "organizer", "people"};
static const char *const person_names[] = {"name", "company", "optional"};

enum {
    TEXT_NAMES = sizeof text_names / sizeof *text_names,
    WHOLE_NAMES = sizeof whole_names / sizeof *whole_names,
    PERSON_NAMES = sizeof person_names / sizeof *person_names
};

static bool is_there(const struct kinds *kinds, const char *kind)
{
    for (size_t i = 0; i < kinds->count; i++)
        if (!strcmp(kinds->items[i], kind))
            return true;
    return false;
}

void kinds_take(struct kinds *kinds, const struct prompt_call *call)
{
    kinds->count = 0;
    for (size_t i = 0; i < call->kind_count && kinds->count < KINDS_MOST; i++)
        if (*call->kinds[i] && text_units(call->kinds[i]) <= KIND_UNITS &&
            !is_there(kinds, call->kinds[i]))
            kinds->items[kinds->count++] = call->kinds[i];
}

/* ---- Schema ---- */

static void add_kind(struct buf *buf, const struct kinds *kinds)
{
    buf_text(buf, "\"kind\":{\"type\":\"string\"");
    for (size_t i = 0; i < kinds->count; i++) {
        buf_text(buf, i ? "," : ",\"enum\":[");
        buf_json(buf, kinds->items[i]);
    }
    buf_text(buf, kinds->count ? "]}" : "}");
}

/* The end of an object: its required names, and that there are no others. */
static void add_names(struct buf *buf, const char *const *names, size_t count,
                      bool first)
{
    for (size_t i = 0; i < count; i++) {
        if (i || !first)
            buf_char(buf, ',');
        buf_json(buf, names[i]);
    }
}

static void add_required(struct buf *buf, const char *const *names,
                         size_t count, bool whole)
{
    buf_text(buf, "},\"required\":[");
    add_names(buf, names, count, true);
    if (whole)
        add_names(buf, whole_names, WHOLE_NAMES, false);
    buf_text(buf, "],\"additionalProperties\":false}");
}

static void add_whole(struct buf *buf)
{
    buf_text(buf, ",\"date\":{\"type\":\"string\"},"
                  "\"start\":{\"type\":\"string\"},"
                  "\"minutes\":{\"type\":\"integer\"},"
                  "\"organizer\":{\"type\":\"string\"},"
                  "\"people\":{\"type\":\"array\",\"items\":"
                  "{\"type\":\"object\",\"properties\":{"
                  "\"name\":{\"type\":\"string\"},"
                  "\"company\":{\"type\":[\"string\",\"null\"]},"
                  "\"optional\":{\"type\":\"boolean\"}");
    add_required(buf, person_names, PERSON_NAMES, false);
    buf_char(buf, '}');
}

void schema_write(struct buf *buf, const struct kinds *kinds, bool whole)
{
    buf_text(buf, "{\"type\":\"object\",\"properties\":{\"meetings\":"
                  "{\"type\":\"array\",\"items\":"
                  "{\"type\":\"object\",\"properties\":{"
                  "\"brief\":{\"type\":\"integer\"},");
    add_kind(buf, kinds);
    buf_text(buf, ",\"subject\":{\"type\":\"string\"},"
                  "\"preview\":{\"type\":\"string\"}");
    if (whole)
        add_whole(buf);
    add_required(buf, text_names, TEXT_NAMES, whole);
    buf_text(buf, "}},\"required\":[\"meetings\"],"
                  "\"additionalProperties\":false}");
}

/* ---- The same in words ---- */

void form_write(struct buf *buf, bool whole)
{
    buf_text(buf, "One JSON object of this form, with these names in this "
                  "order:\n\n{\"meetings\":[{\"brief\":1,\"kind\":\"…\","
                  "\"subject\":\"…\",\"preview\":\"…\"");
    if (whole)
        buf_text(buf, ",\"date\":\"2026-03-02\",\"start\":\"10:00\","
                      "\"minutes\":30,\"organizer\":\"you\",\"people\":"
                      "[{\"name\":\"…\",\"company\":null,"
                      "\"optional\":false}]");
    buf_text(buf,
             "}]}\n\n"
             "- \"brief\": the number of the brief, as it was given\n"
             "- \"kind\": one of the kinds of work above, letter for letter\n"
             "- \"subject\": one line of 3 to 100 characters\n"
             "- \"preview\": 20 to 220 characters");
    if (whole)
        buf_text(buf,
                 "\n"
                 "- \"date\": YYYY-MM-DD, in the week of the brief's date\n"
                 "- \"start\": HH:MM of a day of 24 hours\n"
                 "- \"minutes\": how long it is, 5 to 1440; it ends on the "
                 "day on which it starts\n"
                 "- \"organizer\": \"you\", or the name of one of the people\n"
                 "- \"people\": everybody else who is invited; \"company\" is "
                 "null for a colleague, \"optional\" is true or false");
}
