/* The table of checks: names, what is counted, and the ranges of a dataset that
 * is good to train on. */
#include "datebook/validate.h"

#include "datebook/table.h"

#include <math.h>
#include <string.h>

#define EXPLAIN "explain ID"
#define DOCUMENT "sql \"SELECT document FROM meetings WHERE meeting = 'ID'\""

/* Meetings from which on a share is judged, and what only many can show. */
enum { SAMPLE_LEAST = 50, LARGE_LEAST = 1000 };

#define CHECK(id, name, about, unit, low, high, own_low, own_high, least,      \
              counts, look)                                                    \
    [CHECK_##id] = {name,  about,  unit, {low, high}, {own_low, own_high},     \
                    least, counts, look}

/* A share whose examples are meetings that belong to it, or that do not. */
#define MANY(id, name, about, low, high, own_low, own_high, look)              \
    CHECK(id, name, about, UNIT_SHARE, low, high, own_low, own_high,           \
          SAMPLE_LEAST, true, look)
#define FEW(id, name, about, low, high, own_low, own_high, look)               \
    CHECK(id, name, about, UNIT_SHARE, low, high, own_low, own_high,           \
          SAMPLE_LEAST, false, look)
#define MINUTES(id, name, about, low, high, own_low, own_high)                 \
    CHECK(id, name, about, UNIT_MINUTES, low, high, own_low, own_high,         \
          SAMPLE_LEAST, false, NULL)

/* What must not be at all. */
#define FLAW(id, name, about, look)                                            \
    CHECK(id, name, about, UNIT_COUNT, 0, 0, 0, 0, 0, true, look)

/* Of many meetings together; not of one persona's. */
#define LARGE(id, name, about, unit, low, high)                                \
    CHECK(id, name, about, unit, low, high, 1, 0, LARGE_LEAST, false, NULL)

const struct check checks[CHECKS] = {
    MANY(IMPORTANCE_CRITICAL, "importance.critical",
         "meetings labelled critical", 10, 15, 7.5, 17.5, EXPLAIN),
    MANY(IMPORTANCE_HIGH, "importance.high", "meetings labelled high", 25, 30,
         22.5, 32.5, EXPLAIN),
    MANY(IMPORTANCE_MEDIUM, "importance.medium", "meetings labelled medium", 35,
         40, 32.5, 42.5, EXPLAIN),
    MANY(IMPORTANCE_LOW, "importance.low", "meetings labelled low", 15, 20,
         12.5, 22.5, EXPLAIN),
    MANY(PREP_NEEDED, "prep.needed", "meetings that need preparation", 40, 50,
         35, 55, EXPLAIN),
    MINUTES(PREP_MINUTES, "prep.minutes",
            "preparation where it is needed, on average", 20, 30, 15, 35),
    FLAW(PREP_RANGE, "prep.range",
         "preparations shorter than 15 or longer than 90 minutes", EXPLAIN),
    FEW(TYPE_SINGLE, "type.single", "one-off meetings", 55, 65, 50, 70, NULL),
    FEW(TYPE_OCCURRENCE, "type.occurrence", "occurrences of a series", 25, 35,
        20, 40, NULL),
    FEW(TYPE_EXCEPTION, "type.exception",
        "occurrences that differ from their series", 5, 15, 0, 20, NULL),
    FEW(ATTENDEE_REQUIRED, "attendee.required",
        "entries of attendee lists: required", 65, 75, 60, 80, NULL),
    FEW(ATTENDEE_OPTIONAL, "attendee.optional",
        "entries of attendee lists: optional", 15, 25, 10, 30, NULL),
    FEW(ATTENDEE_RESOURCE, "attendee.resource",
        "entries of attendee lists: rooms", 5, 15, 0, 20, NULL),
    FEW(PEOPLE_FEW, "people.few", "meetings of 2 to 15 people", 80, INFINITY,
        60, INFINITY, EXPLAIN),
    LARGE(PEOPLE_ONE, "people.one", "meetings of one person", UNIT_COUNT, 1,
          INFINITY),
    LARGE(PEOPLE_MANY, "people.many", "meetings of 50 people and more",
          UNIT_COUNT, 1, INFINITY),
    FLAW(PEOPLE_ADDRESS, "people.address",
         "people without a name or a well-formed address", DOCUMENT),
    FLAW(PEOPLE_DOMAIN, "people.domain", "addresses that could be somebody's",
         DOCUMENT),
    FLAW(PEOPLE_NAME, "people.name", "addresses that had another name before",
         DOCUMENT),
    MANY(PEOPLE_NAMESAKE, "people.namesake",
         "meetings with somebody whose name had another address before", 0, 1,
         0, 2, DOCUMENT),
    MANY(PEOPLE_COMPANY, "people.company",
         "meetings with outsiders, but none of the company in the subject", 0,
         1, 0, 3, DOCUMENT),
    FLAW(PEOPLE_ROOM, "people.room",
         "rooms of a company from which nobody comes", DOCUMENT),
    FLAW(PEOPLE_PRESENT, "people.present", "meetings without the persona",
         NULL),
    FLAW(PEOPLE_ORGANIZER, "people.organizer", "meetings without an organizer",
         DOCUMENT),
    FLAW(PEOPLE_RESPONSE, "people.response",
         "response \"organizer\" where another organizes, or vice versa",
         DOCUMENT),
    FEW(HOURS_WEEKLY, "hours.weekly",
        "meeting time, of what the personas state", 80, 120, 80, 120, NULL),
    FLAW(HOURS_WORKING, "hours.working", "meetings outside of working hours",
         EXPLAIN),
    MANY(HOURS_OVERLAP, "hours.overlap", "meetings that overlap another", 2, 15,
         0, 21.5, EXPLAIN),
    LARGE(HOURS_WEEKDAYS, "hours.weekdays",
          "a day of Tuesday to Thursday over one of Monday and Friday",
          UNIT_RATIO, 1.05, INFINITY),
    MINUTES(DURATION_FIRST, "duration.first", "the most common length", 30, 30,
            25, 60),
    LARGE(DURATION_NEXT, "duration.next",
          "of 25 and 60 minutes, those second or third most common", UNIT_COUNT,
          2, 2),
    LARGE(DURATION_SOME, "duration.some",
          "of 45, 50, 55, 90, 120 minutes and longer, those that occur",
          UNIT_COUNT, 6, 6),
    MANY(DURATION_LONG, "duration.long", "meetings longer than two hours", 0, 5,
         0, 10, EXPLAIN),
    FEW(START_USUAL, "start.usual",
        "meetings that start at :00, :05, :30 or :35", 85, INFINITY, 70,
        INFINITY, EXPLAIN),
    FLAW(SERIES_SLOT, "series.slot",
         "meetings that start when another one of their series does", EXPLAIN),
    FLAW(SERIES_MASTER, "series.master",
         "occurrences and exceptions without seriesMasterId", DOCUMENT),
    FLAW(SERIES_SINGLE, "series.single", "one-off meetings with seriesMasterId",
         DOCUMENT),
    FLAW(ID_UNIQUE, "id.unique",
         "documents with another id than the one that the file keeps unique",
         DOCUMENT),
    FLAW(TEXT_SUBJECT, "text.subject", "meetings without a subject", EXPLAIN),
    FLAW(TEXT_UNFILLED, "text.unfilled", "texts with a { or }", EXPLAIN),
    FLAW(TEXT_DOUBLE_SPACE, "text.double_space",
         "texts with two spaces in a row", EXPLAIN),
    FLAW(TEXT_EDGE_SPACE, "text.edge_space",
         "texts that start or end with a space", EXPLAIN),
    FLAW(TEXT_ARTICLE, "text.article",
         "texts with \"a\" for \"an\", or \"an\" for \"a\"", EXPLAIN),
    FLAW(TEXT_REPEATED_WORD, "text.repeated_word",
         "texts with the same word twice in a row", EXPLAIN),
    FLAW(TEXT_CUT, "text.cut", "texts that stop in the middle", EXPLAIN),
    FLAW(TEXT_LENGTH, "text.length",
         "subjects or previews of more than 255 UTF-16 units", EXPLAIN),
    MANY(TEXT_SEASON, "text.season",
         "subjects that name a quarter or month far from their date", 0, 0.5, 0,
         1, EXPLAIN),
    FEW(VARIETY_SUBJECTS, "variety.subjects",
        "different subjects, of those of one-off meetings of a persona", 90,
        INFINITY, 90, INFINITY, EXPLAIN),
    MANY(VARIETY_NEAR_DUPLICATES, "variety.near_duplicates",
         "one-off meetings with a near-duplicate", 0, 2, 0, 4, EXPLAIN),
    FEW(HARD_ALL, "hard.all", "hard cases of any kind", 10, INFINITY, 5,
        INFINITY, NULL),
    LARGE(HARD_LEVELS, "hard.levels", "rules of several levels fire",
          UNIT_SHARE, 1, INFINITY),
    LARGE(
        HARD_KEYWORD, "hard.keyword",
        "word of an important phrase in the subject, importance low or medium",
        UNIT_SHARE, 1, INFINITY),
    LARGE(HARD_DULL, "hard.dull",
          "high or critical, and the subject does not tell", UNIT_SHARE, 1,
          INFINITY),
};

enum check_id check_named(const char *name)
{
    int id = 0;

    while (id < CHECKS && strcmp(checks[id].name, name) != 0)
        id++;
    return (enum check_id)id;
}

bool check_range_is_judged(struct check_range range)
{
    return range.low <= range.high;
}

struct check_range check_range_widened(struct check_range range)
{
    double half = (range.high - range.low) / 2;

    if (!check_range_is_judged(range) || !isfinite(half))
        return range;
    range.low = range.low > half ? range.low - half : 0;
    range.high += half;
    return range;
}

static void add_number(struct buf *buf, enum check_unit unit, double value)
{
    if (unit == UNIT_COUNT)
        text_number(buf, (int64_t)value);
    else if (unit == UNIT_RATIO)
        buf_format(buf, "%.2f", value);
    else
        buf_format(buf, "%.1f", value);
}

/* "10" for 10.0. */
static void add_bound(struct buf *buf, enum check_unit unit, double value)
{
    if (value == floor(value) && unit != UNIT_RATIO)
        text_number(buf, (int64_t)value);
    else
        add_number(buf, unit, value);
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
    if (range.low == 0 && range.high == 0) {
        buf_text(buf, "none");
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
