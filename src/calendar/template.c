/* Templates are cut into slots once, when they are read, so that writing one
 * is a walk over a handful of pieces. */
#include "parts.h"

#include <ctype.h>
#include <string.h>

enum { TEMPLATE_MAX = 400 };

struct named {
    const char *name;
    enum slot_kind kind;
    int which;
};

static const struct named NAMED[] = {
    {"self", SLOT_PERSON, ROLE_SELF},
    {"manager", SLOT_PERSON, ROLE_MANAGER},
    {"report", SLOT_PERSON, ROLE_REPORT},
    {"peer", SLOT_PERSON, ROLE_PEER},
    {"executive", SLOT_PERSON, ROLE_EXECUTIVE},
    {"contact", SLOT_PERSON, ROLE_CONTACT},
    {"vendor_contact", SLOT_PERSON, ROLE_VENDOR_CONTACT},
    {"candidate", SLOT_PERSON, ROLE_CANDIDATE},
    {"company", SLOT_COMPANY, FIRM_OWN},
    {"customer", SLOT_COMPANY, FIRM_CUSTOMER},
    {"vendor", SLOT_COMPANY, FIRM_VENDOR},
    {"quarter", SLOT_DATE, DATE_QUARTER},
    {"next_quarter", SLOT_DATE, DATE_NEXT_QUARTER},
    {"last_quarter", SLOT_DATE, DATE_LAST_QUARTER},
    {"month", SLOT_DATE, DATE_MONTH},
    {"next_month", SLOT_DATE, DATE_NEXT_MONTH},
    {"last_month", SLOT_DATE, DATE_LAST_MONTH},
    {"year", SLOT_DATE, DATE_YEAR},
    {"week", SLOT_DATE, DATE_WEEK},
    {"weekday", SLOT_DATE, DATE_WEEKDAY},
    {"date", SLOT_DATE, DATE_SOON},
    {"pattern", SLOT_PHRASE, 0},
    {"rule", SLOT_PHRASE, 1},
    {"subject", SLOT_SUBJECT, 0},
};

bool is_placeholder(const char *name)
{
    for (size_t i = 0; i < sizeof NAMED / sizeof *NAMED; i++)
        if (!strcmp(NAMED[i].name, name))
            return true;
    return false;
}

/* What is known while a template is read. */
struct reading {
    const struct reader *reader;
    const char *path;
    const struct scope *scope;
};

static bool read_form(const char *text, enum form *form)
{
    if (!strcmp(text, "first"))
        *form = FORM_FIRST;
    else if (!strcmp(text, "title"))
        *form = FORM_TITLE;
    else
        return false;
    return true;
}

static bool find_name(const struct reading *reading, const char *name,
                      struct slot *slot)
{
    const struct word_list *list;

    for (size_t i = 0; i < sizeof NAMED / sizeof *NAMED; i++)
        if (!strcmp(NAMED[i].name, name)) {
            slot->kind = NAMED[i].kind;
            slot->which = NAMED[i].which;
            return (slot->kind != SLOT_PHRASE || reading->reader->phrases) &&
                   (slot->kind != SLOT_SUBJECT || reading->reader->subject);
        }
    list = scope_find(reading->scope, name);
    if (!list)
        return false;
    slot->kind = SLOT_WORD;
    slot->list = list->id;
    slot->text = list->name;
    return true;
}

static bool fail_unknown(const struct reading *reading, const char *text,
                         size_t length, const char *name)
{
    static const char where[] = "docs/archetypes.md lists the placeholders";

    data_fail(reading->reader, reading->path, "unknown placeholder {%.*s}",
              (int)(length < 80 ? length : 80), text);
    if (!is_list_name(name) || is_placeholder(name) ||
        scope_find(reading->scope, name))
        return error_hint(reading->reader->err, "%s", where);
    return error_hint(reading->reader->err,
                      "%s; \"words\" may get a list \"%s\"", where, name);
}

/* name, name2, name.form, name2.form */
static bool read_placeholder(const struct reading *reading, const char *text,
                             size_t length, struct slot *slot)
{
    char name[64] = "";
    char *dot;

    if (length >= sizeof name)
        goto unknown;
    memcpy(name, text, length);
    dot = strchr(name, '.');
    if (dot)
        *dot = '\0';
    if (*name && name[strlen(name) - 1] == '2') {
        slot->nth = 1;
        name[strlen(name) - 1] = '\0';
    }
    if (!find_name(reading, name, slot))
        goto unknown;
    if (!dot || (slot->kind == SLOT_PERSON && read_form(dot + 1, &slot->form)))
        return true;
unknown:
    return fail_unknown(reading, text, length, name);
}

static bool add_slot(const struct reading *reading, struct template *template,
                     const struct slot *slot)
{
    struct slot *slots =
        list_room(reading->reader->arena, template->slots, template->count,
                  sizeof *slots, reading->reader->err);

    if (!slots)
        return false;
    template->slots = slots;
    slots[template->count++] = *slot;
    template->needs_report |=
        slot->kind == SLOT_PERSON && slot->which == ROLE_REPORT;
    template->dated |= slot->kind == SLOT_DATE;
    template->pattern |= slot->kind == SLOT_PHRASE && slot->which == 0;
    template->rule |= slot->kind == SLOT_PHRASE && slot->which == 1;
    return true;
}

static bool check_blanks(const struct reading *reading, const char *text)
{
    const struct reader *reader = reading->reader;
    size_t length = strlen(text);

    if (!length)
        return data_fail(reader, reading->path, "is empty");
    if (length > TEMPLATE_MAX)
        return data_fail(reader, reading->path, "is longer than %d bytes",
                         TEMPLATE_MAX);
    for (size_t i = 0; i < length; i++)
        if (iscntrl((unsigned char)text[i]))
            return data_fail(reader, reading->path,
                             "holds the control character U+%04X",
                             (unsigned)(unsigned char)text[i]);
    if (isspace((unsigned char)text[0]) ||
        isspace((unsigned char)text[length - 1]))
        return data_fail(reader, reading->path, "white space at an end");
    if (strstr(text, "  "))
        return data_fail(reader, reading->path, "two spaces in a row");
    return true;
}

static bool ends_in(const struct slot *slot, const char *word)
{
    size_t length = strlen(word);

    if (slot->length < length)
        return false;
    length = slot->length - length;
    return !strncmp(slot->text + length, word, slot->length - length) &&
           (!length || strchr(" (", slot->text[length - 1]));
}

/* "a" or "an" before a placeholder: which one depends on the word.  "Series A"
 * and "Q&A" are no articles. */
static bool after_article(const struct template *template)
{
    const struct slot *last;

    if (!template->count)
        return false;
    last = &template->slots[template->count - 1];
    return last->kind == SLOT_TEXT &&
           (ends_in(last, "a ") || ends_in(last, "an ") ||
            (template->count == 1 && (!strncmp(last->text, "A {", 3) ||
                                      !strncmp(last->text, "An {", 4))));
}

static bool read_template(const struct reading *reading, const char *text,
                          struct template *template)
{
    template->source = text;
    template->place = (uint32_t)(text_hash(text) % TEMPLATE_PLACES);
    if (!check_blanks(reading, text))
        return false;
    while (*text) {
        struct slot slot = {.kind = SLOT_TEXT, .text = text};
        slot.length = strcspn(text, "{}");
        if (slot.length) {
            text += slot.length;
        } else {
            const char *end = strchr(text, '}');
            if (*text == '}' || !end)
                return data_fail(reading->reader, reading->path,
                                 "a brace without its partner");
            if (!read_placeholder(reading, text + 1, (size_t)(end - text - 1),
                                  &slot))
                return false;
            if (after_article(template))
                return data_fail(reading->reader, reading->path,
                                 "\"a\" or \"an\" before {%.*s}",
                                 (int)(end - text - 1), text + 1);
            text = end + 1;
        }
        if (!add_slot(reading, template, &slot))
            return false;
    }
    return true;
}

static bool add_template(const struct reading *reading,
                         struct templates *templates, const char *text)
{
    struct template *items =
        list_room(reading->reader->arena, templates->items, templates->count,
                  sizeof *items, reading->reader->err);

    if (!items)
        return false;
    templates->items = items;
    memset(&items[templates->count], 0, sizeof *items);
    return read_template(reading, text, &items[templates->count++]);
}

bool read_templates(const struct reader *reader, const cJSON *list,
                    const char *path, const struct scope *scope,
                    struct templates *templates)
{
    const cJSON *item;
    size_t index = 0;

    if (!cJSON_IsArray(list))
        return data_fail(reader, path, "must be a list of texts, not %s",
                         json_kind(list));
    cJSON_ArrayForEach (item, list) {
        struct reading reading = {reader, data_item(reader, path, index++),
                                  scope};
        if (!reading.path)
            return false;
        if (!cJSON_IsString(item))
            return data_fail(reader, reading.path, "must be a text, not %s",
                             json_kind(item));
        if (!add_template(&reading, templates, item->valuestring))
            return false;
    }
    return true;
}
