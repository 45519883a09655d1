/* Drawing meetings and rules. */
#include "invitation.h"

#include "marks.h"
#include "terminal_lines.h"

#include "datebook/table.h"

enum { FIELD = 11 }; /* columns of the names of fields */

void put_field(struct buf *out, const char *name, const struct buf *text,
               int width)
{
    struct buf line = BUF_EMPTY;

    if (text->length) {
        buf_format(&line, "%-*s%s", FIELD, name, buf_string(text));
        wrap_text(out, buf_string(&line), width,
                  width >= 3 * FIELD ? FIELD : 2);
    }
    buf_inherit(out, &line);
    buf_inherit(out, text);
    buf_free(&line);
}

/* ---- The meeting ---- */

struct drawing {
    struct buf *out;
    const struct event *event;
    const struct meeting_facts *facts;
    const struct found_words *found;
    struct mark_style style;
    int width;
};

static void put_drawn_field(const struct drawing *drawing, const char *name,
                            const struct buf *text)
{
    put_field(drawing->out, name, text, drawing->width);
}

static void put_marks(const struct drawing *drawing, struct buf *out,
                      enum rules_text which, const char *text, size_t from,
                      size_t to)
{
    put_marked_part(out, which, text, from, to, drawing->found->matches,
                    drawing->found->count, &drawing->style);
}

static void put_subject(struct drawing *drawing)
{
    const char *subject = drawing->facts->subject;
    struct buf text = BUF_EMPTY;

    put_marks(drawing, &text, TEXT_SUBJECT, subject, 0, strlen(subject));
    wrap_text(drawing->out, text.length ? buf_string(&text) : "(no subject)",
              drawing->width, 0);
    buf_inherit(drawing->out, &text);
    buf_free(&text);
}

/* "Tuesday 6 January 2026, 10:00" */
static void put_moment(struct buf *text, civil_minute minute)
{
    civil_day day = civil_day_of(minute);
    struct civil_date date = civil_to_date(day);
    int64_t of_day = minute - (int64_t)day * MINUTES_A_DAY;

    buf_format(text, "%s %d %s %d, %02d:%02d",
               civil_weekday_names[civil_weekday(day)], date.day,
               civil_month_names[date.month - 1], date.year, (int)of_day / 60,
               (int)of_day % 60);
}

static void put_duration(struct buf *text, int minutes)
{
    int hours = minutes / 60;

    if (hours)
        buf_format(text, "%d h", hours);
    if (minutes % 60 || !hours)
        buf_format(text, "%s%d min", hours ? " " : "", minutes % 60);
}

static void put_when(struct drawing *drawing)
{
    const struct event *event = drawing->event;
    struct buf text = BUF_EMPTY;

    put_moment(&text, event->start);
    buf_text(&text, " to ");
    if (civil_day_of(event->start) == civil_day_of(event->end))
        buf_format(&text, "%02d:%02d", (int)(event->end % MINUTES_A_DAY / 60),
                   (int)(event->end % 60));
    else
        put_moment(&text, event->end);
    buf_text(&text, " (");
    put_duration(&text, drawing->facts->minutes);
    buf_text(&text, "), ");
    terminal_text(&text, event->time_zone);
    put_drawn_field(drawing, "When", &text);
    buf_free(&text);
}

/* A name, with marks if rules read it: where it stands among the people. */
static void put_name(const struct drawing *drawing, struct buf *text,
                     const char *name)
{
    const char *people = drawing->facts->people;
    size_t length = strlen(name);

    for (const char *at = people; *at && length; at += strcspn(at, "\n") + 1)
        if (!strncmp(at, name, length) && at[length] == '\n') {
            put_marks(drawing, text, TEXT_PEOPLE, people, (size_t)(at - people),
                      (size_t)(at - people) + length);
            return;
        }
    terminal_text(text, name);
}

/* A person: the name, or else the address. */
static void put_person(const struct drawing *drawing, struct buf *text,
                       const char *name, const char *address)
{
    if (name && *name)
        put_name(drawing, text, name);
    else
        terminal_text(text, address ? address : "");
}

static void put_attendees(struct drawing *drawing, const char *field,
                          enum attendee_type type)
{
    struct buf text = BUF_EMPTY;

    for (size_t i = 0; i < drawing->event->attendee_count; i++) {
        const struct attendee *attendee = &drawing->event->attendees[i];
        if (attendee->type != type)
            continue;
        buf_text(&text, text.length ? ", " : "");
        put_person(drawing, &text, attendee->name, attendee->address);
    }
    put_drawn_field(drawing, field, &text);
    buf_free(&text);
}

static void put_organizer(struct drawing *drawing)
{
    struct buf text = BUF_EMPTY;

    put_person(drawing, &text, drawing->event->organizer_name,
               drawing->event->organizer_address);
    if (drawing->facts->organizer)
        buf_text(&text, " (the persona)");
    put_drawn_field(drawing, "Organizer", &text);
    buf_free(&text);
}

/* What rules can test and no other line says. */
static void put_kind(struct drawing *drawing)
{
    static const char *const kinds[] = {
        [EVENT_SINGLE] = "no",
        [EVENT_OCCURRENCE] = "yes",
        [EVENT_EXCEPTION] = "yes, and this one was changed",
        [EVENT_SERIES_MASTER] = "yes, and this is the series",
    };
    const struct meeting_facts *facts = drawing->facts;
    struct buf text = BUF_EMPTY;

    buf_text(&text, kinds[facts->type]);
    put_drawn_field(drawing, "Recurring", &text);
    buf_clear(&text);
    if (facts->external)
        buf_text(&text, "people of more than one company");
    if (facts->overlaps)
        buf_format(&text, "%soverlaps another meeting",
                   facts->external ? "; " : "");
    put_drawn_field(drawing, "Also", &text);
    buf_free(&text);
}

static void put_preview(struct drawing *drawing)
{
    const char *preview = drawing->facts->preview;
    struct buf text = BUF_EMPTY;

    put_marks(drawing, &text, TEXT_PREVIEW, preview, 0, strlen(preview));
    if (text.length) {
        buf_char(drawing->out, '\n');
        wrap_text(drawing->out, buf_string(&text), drawing->width, 0);
    }
    buf_inherit(drawing->out, &text);
    buf_free(&text);
}

void put_invitation(struct buf *out, const struct event *event,
                    const struct meeting_facts *facts,
                    const struct found_words *found, int width, bool styled)
{
    struct drawing drawing = {
        .out = out,
        .event = event,
        .facts = facts,
        .found = found,
        .style = styled ? (struct mark_style){STYLE_MARK, STYLE_PLAIN}
                        : (struct mark_style){"[", "]"},
        .width = width,
    };

    put_subject(&drawing);
    put_when(&drawing);
    put_attendees(&drawing, "Where", ATTENDEE_RESOURCE);
    put_organizer(&drawing);
    put_attendees(&drawing, "Required", ATTENDEE_REQUIRED);
    put_attendees(&drawing, "Optional", ATTENDEE_OPTIONAL);
    put_kind(&drawing);
    put_preview(&drawing);
}

/* ---- The rules ---- */

static void put_keywords(struct buf *out, const struct persona_rule *rule)
{
    for (size_t i = 0; i < rule->keyword_count; i++) {
        buf_text(out, i ? ", " : " (");
        terminal_text(out, rule->keywords[i]);
    }
    buf_text(out, rule->keyword_count ? ")" : "");
}

/* A rule as the document has it; of a structured one what it is called, and
 * what it tests if its name does not say so. */
static void put_rule(struct buf *out, const struct persona *persona,
                     const struct ruleset *rules, size_t number)
{
    const struct persona_rule *rule = &persona->rules[number];
    const char *name = ruleset_name(rules, number);
    struct buf tests = BUF_EMPTY;

    ruleset_conditions(rules, number, &tests);
    terminal_text(out, rule->object ? name : rule->source);
    put_keywords(out, rule);
    if (tests.length && strcmp(name, buf_string(&tests)) != 0) {
        buf_text(out, " (");
        terminal_text(out, buf_string(&tests));
        buf_char(out, ')');
    }
    buf_inherit(out, &tests);
    buf_free(&tests);
}

const char *rule_part_mark(enum rule_part part)
{
    return part == RULE_DECIDED ? "» " : part == RULE_OVERRULED ? "› " : "";
}

/* The rules of the kind of rule `number`; returns the first of another. */
static size_t put_kind_of_rules(struct buf *paragraph,
                                const struct persona *persona,
                                const struct ruleset *rules,
                                const enum rule_part *parts, size_t number)
{
    enum rule_kind kind = persona->rules[number].kind;
    const char *between = " ";

    buf_format(paragraph, "%s:", rule_kind_reason(kind));
    for (; number < persona->rule_count && persona->rules[number].kind == kind;
         number++) {
        enum rule_part part = parts ? parts[number] : RULE_SILENT;
        buf_text(paragraph, between);
        buf_text(paragraph, part == RULE_DECIDED ? STYLE_STRONG : "");
        buf_text(paragraph, rule_part_mark(part));
        put_rule(paragraph, persona, rules, number);
        buf_text(paragraph, part == RULE_DECIDED ? STYLE_PLAIN : "");
        between = "; ";
    }
    return number;
}

void put_rules(struct buf *out, const struct persona *persona,
               const struct ruleset *rules, const enum rule_part *parts,
               int width)
{
    struct buf paragraph = BUF_EMPTY;

    for (size_t i = 0; i < persona->rule_count; buf_clear(&paragraph)) {
        i = put_kind_of_rules(&paragraph, persona, rules, parts, i);
        wrap_text(out, buf_string(&paragraph), width, 2);
    }
    buf_inherit(out, &paragraph);
    buf_free(&paragraph);
}
