/* Checks of a version of the dataset against what good data looks like.
 *
 * A check has a stable name ("importance.critical"), one number that is
 * measured, and a range that the number must be in: one for all meetings
 * together, and a wider one for the meetings of each persona.
 * docs/validation.md says of each check what exactly is counted. */
#ifndef DATEBOOK_VALIDATE_H
#define DATEBOOK_VALIDATE_H

#include "datebook/rules.h"
#include "datebook/store.h"

/* In the order in which they are reported. */
enum check_id {
    CHECK_IMPORTANCE_CRITICAL,
    CHECK_IMPORTANCE_HIGH,
    CHECK_IMPORTANCE_MEDIUM,
    CHECK_IMPORTANCE_LOW,
    CHECK_PREP_NEEDED,
    CHECK_PREP_MINUTES,
    CHECK_PREP_RANGE,
    CHECK_TYPE_SINGLE,
    CHECK_TYPE_OCCURRENCE,
    CHECK_TYPE_EXCEPTION,
    CHECK_ATTENDEE_REQUIRED,
    CHECK_ATTENDEE_OPTIONAL,
    CHECK_ATTENDEE_RESOURCE,
    CHECK_PEOPLE_FEW,
    CHECK_PEOPLE_ONE,
    CHECK_PEOPLE_MANY,
    CHECK_PEOPLE_ADDRESS,
    CHECK_PEOPLE_DOMAIN,
    CHECK_PEOPLE_NAME,
    CHECK_PEOPLE_NAMESAKE,
    CHECK_PEOPLE_COMPANY,
    CHECK_PEOPLE_ROOM,
    CHECK_PEOPLE_PRESENT,
    CHECK_PEOPLE_ORGANIZER,
    CHECK_PEOPLE_RESPONSE,
    CHECK_HOURS_WEEKLY,
    CHECK_HOURS_WORKING,
    CHECK_HOURS_OVERLAP,
    CHECK_HOURS_WEEKDAYS,
    CHECK_DURATION_FIRST,
    CHECK_DURATION_NEXT,
    CHECK_DURATION_SOME,
    CHECK_DURATION_LONG,
    CHECK_START_USUAL,
    CHECK_SERIES_SLOT,
    CHECK_SERIES_MASTER,
    CHECK_SERIES_SINGLE,
    CHECK_ID_UNIQUE,
    CHECK_TEXT_SUBJECT,
    CHECK_TEXT_UNFILLED,
    CHECK_TEXT_DOUBLE_SPACE,
    CHECK_TEXT_EDGE_SPACE,
    CHECK_TEXT_ARTICLE,
    CHECK_TEXT_REPEATED_WORD,
    CHECK_TEXT_CUT,
    CHECK_TEXT_LENGTH,
    CHECK_TEXT_SEASON,
    CHECK_VARIETY_SUBJECTS,
    CHECK_VARIETY_NEAR_DUPLICATES,
    CHECK_HARD_ALL,
    CHECK_HARD_LEVELS,
    CHECK_HARD_KEYWORD,
    CHECK_HARD_DULL,
    CHECKS
};

enum check_unit {
    UNIT_SHARE,   /* percent */
    UNIT_COUNT,   /* meetings or things */
    UNIT_MINUTES, /* of time */
    UNIT_RATIO
};

/* Both ends belong to it; infinite where there is no end.  A range that ends
 * before it starts is not judged. */
struct check_range {
    double low;
    double high;
};

struct check {
    const char *name;
    const char *about; /* "critical meetings, of all" */
    enum check_unit unit;
    struct check_range overall;
    struct check_range persona;
    /* Of fewer meetings than this nothing is said: shares need a sample. */
    int least;
    /* The examples are meetings that make the number larger; else those that
     * make it smaller. */
    bool counts_examples;
    /* What shows an example, with ID in place of its id; NULL: none is kept. */
    const char *look;
};

extern const struct check checks[CHECKS];

/* The check of a name, or CHECKS. */
enum check_id check_named(const char *name);

bool check_range_is_judged(struct check_range range);

/* A range for personas: twice the tolerance of one for all, not below 0. */
struct check_range check_range_widened(struct check_range range);

/* "13.8%", "24 min", "3"; and a range of such: "10–15%", "at least 80%",
 * "none". */
void check_value_text(struct buf *buf, enum check_unit unit, double value);
void check_range_text(struct buf *buf, enum check_unit unit,
                      struct check_range range);

enum { CHECK_EXAMPLES = 3, CHECK_NOTE = 120 };

struct check_example {
    int64_t meeting;       /* key */
    char note[CHECK_NOTE]; /* what is wrong there; "" when the name says it */
};

enum check_status { CHECK_PASSED, CHECK_FAILED, CHECK_NOT_JUDGED };

struct check_result {
    enum check_status status;
    double value;
    int64_t part; /* of a share: value is 100 * part / whole */
    int64_t whole;
    struct check_range wanted;
    struct check_example examples[CHECK_EXAMPLES]; /* of a failure */
    int example_count;
};

struct persona_validation {
    const struct stored_persona *persona;
    int64_t meetings;
    bool stale;                /* the labels are not those of the rules */
    struct check_range weekly; /* of hours.weekly: its own */
    struct check_result results[CHECKS];
    int failed;
};

struct validation {
    int64_t version;
    int64_t meetings;
    struct check_result all[CHECKS];
    struct persona_validation *personas; /* in the order given */
    size_t persona_count;
    int failed;          /* of `all` */
    int persona_failed;  /* of all personas together */
    bool sampled;        /* near-duplicates: of a sample of meetings */
    int64_t near_tested; /* one-off meetings whose duplicates were looked for */
};

enum { NEAR_LIMIT = 1 << 17 };

struct validate_request {
    int64_t version;
    /* Of up to this many one-off meetings all near-duplicates are looked for;
     * of more, those of a sample of about half as many to as many, among all
     * meetings. */
    int64_t near_limit;
    const struct stored_persona *personas;
    size_t persona_count;
    bool skip[CHECKS];
    struct check_range overall[CHECKS];
    struct check_range persona[CHECKS];
};

/* Every check, with the ranges of `checks`. */
void validate_defaults(struct validate_request *request);

/* Of a single persona, `all` is judged by the range of a persona, and its own
 * failures are not counted again.
 *
 * Reads the meetings of each persona once, and those that are not of a series
 * once or twice more for near-duplicates. */
bool validate_version(struct store *store, struct arena *arena,
                      const struct validate_request *request,
                      const struct monitor *monitor,
                      struct validation *validation, struct error *err) CHECKED;

#endif
