/* The table of checks: their names and how they are measured; and how numbers
 * and ranges are written. */
#include "datebook/validate.h"

#include "datebook/nearest.h"
#include "datebook/table.h"

#include <math.h>
#include <string.h>

#define EXPLAIN "explain ID"
#define DOCUMENT "sql \"SELECT document FROM meetings WHERE meeting = 'ID'\""

#define CHECK(id, name, unit, keys, counts, look)                              \
    [CHECK_##id] = {name, unit, keys, counts, look}

/* A share of a mix: the examples are meetings that belong to it, or that do
 * not. */
#define MANY(id, name, look) CHECK(id, name, UNIT_SHARE, false, true, look)
#define FEW(id, name, look) CHECK(id, name, UNIT_SHARE, false, false, look)

/* A share of meetings that are at fault, or that are not. */
#define FAULTY(id, name, look) CHECK(id, name, UNIT_SHARE, true, true, look)
#define SOUND(id, name, look) CHECK(id, name, UNIT_SHARE, true, false, look)

/* Meetings at fault, counted. */
#define FLAW(id, name, look) CHECK(id, name, UNIT_COUNT, true, true, look)

/* What is no matter of single meetings. */
#define NUMBER(id, name, unit) CHECK(id, name, unit, false, false, NULL)

const struct check checks[CHECKS] = {
    FLAW(FORM_DOCUMENT, "form.document", DOCUMENT),
    FLAW(FORM_FIELDS, "form.fields", DOCUMENT),
    FLAW(FORM_TYPES, "form.types", DOCUMENT),
    FLAW(FORM_VALUES, "form.values", DOCUMENT),
    FLAW(FORM_TIMES, "form.times", DOCUMENT),
    FLAW(FORM_ZONES, "form.zones", DOCUMENT),
    FLAW(FORM_ORDER, "form.order", DOCUMENT),
    FLAW(FORM_ATTENDEES, "form.attendees", DOCUMENT),
    FLAW(FORM_SERIES, "form.series", DOCUMENT),
    FLAW(FORM_LABELS, "form.labels", DOCUMENT),
    FLAW(FORM_FACTS, "form.facts", "verify"),
    FLAW(LABEL_MISSING, "label.missing", "verify"),
    SOUND(LABEL_EQUAL, "label.equal", EXPLAIN),
    SOUND(LABEL_CONSISTENT, "label.consistent", EXPLAIN),
    SOUND(LABEL_KEYWORD, "label.keyword", EXPLAIN),
    FLAW(LABEL_REASONING, "label.reasoning", EXPLAIN),
    FLAW(LABEL_PREP, "label.prep", EXPLAIN),
    MANY(IMPORTANCE_CRITICAL, "importance.critical", EXPLAIN),
    MANY(IMPORTANCE_HIGH, "importance.high", EXPLAIN),
    MANY(IMPORTANCE_MEDIUM, "importance.medium", EXPLAIN),
    MANY(IMPORTANCE_LOW, "importance.low", EXPLAIN),
    MANY(PREP_NEEDED, "prep.needed", EXPLAIN),
    NUMBER(PREP_MINUTES, "prep.minutes", UNIT_MINUTES),
    FLAW(PREP_RANGE, "prep.range", EXPLAIN),
    FEW(TYPE_SINGLE, "type.single", NULL),
    FEW(TYPE_OCCURRENCE, "type.occurrence", NULL),
    FEW(TYPE_EXCEPTION, "type.exception", NULL),
    FEW(ATTENDEE_REQUIRED, "attendee.required", NULL),
    FEW(ATTENDEE_OPTIONAL, "attendee.optional", NULL),
    FEW(ATTENDEE_RESOURCE, "attendee.resource", NULL),
    FEW(PEOPLE_FEW, "people.few", EXPLAIN),
    NUMBER(PEOPLE_ONE, "people.one", UNIT_COUNT),
    NUMBER(PEOPLE_MANY, "people.many", UNIT_COUNT),
    FLAW(PEOPLE_ADDRESS, "people.address", DOCUMENT),
    FLAW(PEOPLE_DOMAIN, "people.domain", DOCUMENT),
    FLAW(PEOPLE_NAME, "people.name", DOCUMENT),
    FAULTY(PEOPLE_NAMESAKE, "people.namesake", DOCUMENT),
    FAULTY(PEOPLE_COMPANY, "people.company", DOCUMENT),
    FLAW(PEOPLE_ROOM, "people.room", DOCUMENT),
    FLAW(PEOPLE_PRESENT, "people.present", DOCUMENT),
    FLAW(PEOPLE_ORGANIZER, "people.organizer", DOCUMENT),
    FLAW(PEOPLE_RESPONSE, "people.response", DOCUMENT),
    FEW(HOURS_WEEKLY, "hours.weekly", NULL),
    FLAW(HOURS_WORKING, "hours.working", EXPLAIN),
    MANY(HOURS_OVERLAP, "hours.overlap", EXPLAIN),
    NUMBER(HOURS_WEEKDAYS, "hours.weekdays", UNIT_RATIO),
    NUMBER(DURATION_FIRST, "duration.first", UNIT_MINUTES),
    NUMBER(DURATION_NEXT, "duration.next", UNIT_COUNT),
    NUMBER(DURATION_SOME, "duration.some", UNIT_COUNT),
    MANY(DURATION_LONG, "duration.long", EXPLAIN),
    FEW(START_USUAL, "start.usual", EXPLAIN),
    FLAW(SERIES_SLOT, "series.slot", EXPLAIN),
    FLAW(SERIES_MASTER, "series.master", DOCUMENT),
    FLAW(SERIES_SINGLE, "series.single", DOCUMENT),
    FLAW(ID_UNIQUE, "id.unique", DOCUMENT),
    FLAW(TEXT_SUBJECT, "text.subject", EXPLAIN),
    FLAW(TEXT_UNFILLED, "text.unfilled", EXPLAIN),
    FLAW(TEXT_DOUBLE_SPACE, "text.double_space", EXPLAIN),
    FLAW(TEXT_EDGE_SPACE, "text.edge_space", EXPLAIN),
    FLAW(TEXT_ARTICLE, "text.article", EXPLAIN),
    FLAW(TEXT_REPEATED_WORD, "text.repeated_word", EXPLAIN),
    FLAW(TEXT_CUT, "text.cut", EXPLAIN),
    FLAW(TEXT_LENGTH, "text.length", EXPLAIN),
    FAULTY(TEXT_SEASON, "text.season", EXPLAIN),
    SOUND(VARIETY_SUBJECTS, "variety.subjects", EXPLAIN),
    FAULTY(VARIETY_NEAR_DUPLICATES, "variety.near_duplicates", EXPLAIN),
    NUMBER(HARD_ALL, "hard.all", UNIT_SHARE),
    NUMBER(HARD_LEVELS, "hard.levels", UNIT_SHARE),
    NUMBER(HARD_KEYWORD, "hard.keyword", UNIT_SHARE),
    NUMBER(HARD_DULL, "hard.dull", UNIT_SHARE),
    FLAW(DUPLICATE_EXACT, "duplicate.exact", EXPLAIN),
    FLAW(LEAK_EXACT, "leak.exact", EXPLAIN),
    FLAW(LEAK_NEAR, "leak.near", EXPLAIN),
    NUMBER(PERSONA_DOCUMENT, "persona.document", UNIT_COUNT),
    NUMBER(PERSONA_DIVERSITY, "persona.diversity", UNIT_RATIO),
    NUMBER(PERSONA_LIBRARY, "persona.library", UNIT_COUNT),
    NUMBER(PERSONA_TIER_1, "persona.tiers.1", UNIT_COUNT),
    NUMBER(PERSONA_TIER_2, "persona.tiers.2", UNIT_COUNT),
    NUMBER(PERSONA_TIER_3, "persona.tiers.3", UNIT_COUNT),
    NUMBER(AGAINST_ALIGNMENT, "against.alignment", UNIT_SHARE),
};

enum check_id check_named(const char *name)
{
    int id = 0;

    while (id < CHECKS && strcmp(checks[id].name, name) != 0)
        id++;
    return (enum check_id)id;
}

const char *check_nearest(const char *wrong)
{
    const char *names[CHECKS];

    for (int i = 0; i < CHECKS; i++)
        names[i] = checks[i].name;
    return nearest_name(wrong, names, CHECKS);
}

const char *check_unit_name(enum check_unit unit)
{
    static const char *const names[] = {"percent", "count", "minutes", "ratio"};

    return names[unit];
}

const char *check_level_name(enum check_level level)
{
    return level == LEVEL_ERROR ? "error" : "warning";
}

bool check_range_is_judged(struct check_range range)
{
    return range.low <= range.high;
}

struct check_range check_range_widened(struct check_range range, double times)
{
    double more = (times - 1) * (range.high - range.low) / 2;

    if (!check_range_is_judged(range) || !isfinite(more))
        return range;
    range.low = range.low > more ? range.low - more : 0;
    range.high += more;
    return range;
}

static void add_number(struct buf *buf, enum check_unit unit, double value)
{
    if (unit == UNIT_COUNT)
        text_number(buf, (int64_t)value);
    else if (unit == UNIT_SHARE && value >= 99.95 && value < 100)
        buf_format(buf, "%.2f", floor(value * 100) / 100); /* not all */
    else if (unit == UNIT_RATIO)
        buf_format(buf, "%.2f", value);
    else
        buf_format(buf, "%.1f", value);
}

/* As it is, to a hundredth: "10", "7.5", "8.75". */
static void add_bound(struct buf *buf, enum check_unit unit, double value)
{
    double tenths = round(value * 100) / 10;

    if (unit == UNIT_RATIO || tenths > floor(tenths))
        buf_format(buf, "%.2f", value);
    else if (value > floor(value))
        buf_format(buf, "%.1f", value);
    else
        text_number(buf, (int64_t)value);
}

static const char *unit_text(enum check_unit unit)
{
    switch (unit) {
    case UNIT_SHARE:
        return "%";
    case UNIT_MINUTES:
        return " min";
    default:
        return "";
    }
}

void check_value_text(struct buf *buf, enum check_unit unit, double value)
{
    add_number(buf, unit, value);
    buf_text(buf, unit_text(unit));
}

void check_range_text(struct buf *buf, enum check_unit unit,
                      struct check_range range)
{
    if (!check_range_is_judged(range)) {
        buf_char(buf, '-');
        return;
    }
    if (range.low == 0 && (range.high == 0 || isinf(range.high))) {
        buf_text(buf, range.high == 0 ? "none" : "any");
        return;
    }
    if (isinf(range.high))
        buf_text(buf, "at least ");
    else if (range.low == 0)
        buf_text(buf, "at most ");
    else if (range.low < range.high) {
        add_bound(buf, unit, range.low);
        buf_text(buf, "\xE2\x80\x93");
    }
    add_bound(buf, unit, isinf(range.high) ? range.low : range.high);
    buf_text(buf, unit_text(unit));
}
