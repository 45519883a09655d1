/* Checks of a version of the dataset against what good data looks like.
 *
 * A check has a stable name ("importance.critical"), one number that is
 * measured, and a range that the number must be in: one for all meetings
 * together, a wider one for the meetings of a tier, and a wider one still for
 * those of each persona.  The ranges, and whether a failure is an error or a
 * warning, are data: personas/thresholds.json.  docs/validation.md says of each
 * check what exactly is counted. */
#ifndef DATEBOOK_VALIDATE_H
#define DATEBOOK_VALIDATE_H

#include "datebook/rules.h"
#include "datebook/store.h"

/* In the order in which they are reported. */
enum check_id {
    CHECK_FORM_DOCUMENT,
    CHECK_FORM_FIELDS,
    CHECK_FORM_TYPES,
    CHECK_FORM_VALUES,
    CHECK_FORM_TIMES,
    CHECK_FORM_ZONES,
    CHECK_FORM_ORDER,
    CHECK_FORM_ATTENDEES,
    CHECK_FORM_SERIES,
    CHECK_FORM_LABELS,
    CHECK_FORM_FACTS,
    CHECK_LABEL_MISSING,
    CHECK_LABEL_EQUAL,
    CHECK_LABEL_CONSISTENT,
    CHECK_LABEL_KEYWORD,
    CHECK_LABEL_REASONING,
    CHECK_LABEL_PREP,
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
    CHECK_DUPLICATE_EXACT,
    CHECK_LEAK_EXACT,
    CHECK_LEAK_NEAR,
    CHECK_PERSONA_DOCUMENT,
    CHECK_PERSONA_DIVERSITY,
    CHECK_PERSONA_LIBRARY,
    CHECK_PERSONA_TIER_1,
    CHECK_PERSONA_TIER_2,
    CHECK_PERSONA_TIER_3,
    CHECK_AGAINST_ALIGNMENT,
    CHECKS
};

enum check_unit {
    UNIT_SHARE,   /* percent */
    UNIT_COUNT,   /* meetings or things */
    UNIT_MINUTES, /* of time */
    UNIT_RATIO
};

/* "percent", "count", "minutes", "ratio": also in the file of thresholds. */
const char *check_unit_name(enum check_unit unit);

/* What a failure is. */
enum check_level { LEVEL_ERROR, LEVEL_WARNING };

const char *check_level_name(enum check_level level); /* "error", "warning" */

/* Both ends belong to it; infinite where there is no end.  A range that ends
 * before it starts is not judged. */
struct check_range {
    double low;
    double high;
};

/* What is code about a check. */
struct check {
    const char *name;
    enum check_unit unit;
    /* Single meetings are at fault, and each of them is kept. */
    bool keys;
    /* The examples are meetings that make the number larger; else those that
     * make it smaller. */
    bool counts_examples;
    /* What shows an example, with ID in place of its id; NULL: none is kept. */
    const char *look;
};

extern const struct check checks[CHECKS];

/* The check of a name, or CHECKS. */
enum check_id check_named(const char *name);

/* The name that a wrong one most likely meant, or NULL. */
const char *check_nearest(const char *wrong);

bool check_range_is_judged(struct check_range range);

/* A range for personas: twice the tolerance of one for all, not below 0; or one
 * and a half times, for tiers. */
struct check_range check_range_widened(struct check_range range, double times);

/* "13.8%", "24 min", "3"; and a range of such: "10–15%", "at least 80%",
 * "none", "any". */
void check_value_text(struct buf *buf, enum check_unit unit, double value);
void check_range_text(struct buf *buf, enum check_unit unit,
                      struct check_range range);

/* ---- Thresholds ---- */

/* What is data about a check. */
struct threshold {
    const char *about; /* "meetings labelled critical" */
    struct check_range overall;
    struct check_range tier;
    struct check_range persona;
    /* Of fewer meetings than this nothing is said: shares need a sample. */
    int64_t least;
    enum check_level level;
};

struct thresholds {
    struct threshold of[CHECKS];
    /* The training personas that the library should have. */
    const char *const *library;
    size_t library_count;
};

/* The name of the file in the folder of the persona library. */
#define THRESHOLDS_FILE "thresholds.json"

/* Reads the thresholds of a folder, which must name every check, or those of a
 * file that replaces some of them: what it does not name stays as it is.  Texts
 * live in the arena.  ERROR_INPUT names the file, the check and the field, with
 * the nearest name for one that is unknown. */
bool thresholds_load(struct arena *arena, const char *folder,
                     struct thresholds *thresholds, struct error *err) CHECKED;
bool thresholds_replace(struct arena *arena, const char *path,
                        struct thresholds *thresholds,
                        struct error *err) CHECKED;

/* ---- Results ---- */

enum { CHECK_EXAMPLES = 3, CHECK_NOTE = 120 };

struct check_example {
    int64_t meeting;       /* key */
    char note[CHECK_NOTE]; /* what is wrong there; "" when the name says it */
};

enum check_status {
    CHECK_PASSED,
    CHECK_FAILED,
    CHECK_WARNED,
    CHECK_NOT_JUDGED
};

struct check_result {
    enum check_status status;
    enum check_level level;
    double value;
    int64_t part; /* of a share: value is 100 * part / whole */
    int64_t whole;
    struct check_range wanted;
    /* Of what failed, or is warned of: examples, and of a check that has `keys`
     * every meeting at fault, of which the examples are the first. */
    struct check_example examples[CHECK_EXAMPLES];
    int example_count;
    const int64_t *keys;
    size_t key_count;
    /* Personas that are at fault, or missing. */
    const char *const *names;
    size_t name_count;
};

/* How a mix of several kinds, as a whole, fits the middle of what is wanted of
 * each: Pearson's chi-square, and p, the share of samples of this size from
 * just that mix which would differ as much or more. */
enum fit { FIT_IMPORTANCE, FIT_PREP, FIT_TYPE, FIT_ATTENDEE, FITS };

const char *fit_name(enum fit mix); /* "importance" … */

struct mix_fit {
    bool judged; /* else there is too little of it, or no middle */
    double chi_square;
    int freedom; /* kinds less one */
    double p;
};

/* What was measured of some meetings. */
struct group_validation {
    int64_t meetings;
    int asked; /* checks that have a range, and were not skipped */
    int failed;
    int warned;
    struct check_result results[CHECKS];
    struct mix_fit fits[FITS];
};

struct persona_validation {
    const struct stored_persona *persona;
    bool stale;                /* the labels are not those of the rules */
    struct check_range weekly; /* of hours.weekly: its own */
    struct group_validation group;
};

enum { TIERS = 3 };

struct tier_validation {
    int tier;
    int64_t personas;
    struct group_validation group;
};

struct validation {
    int64_t version;
    struct group_validation all;
    struct tier_validation tiers[TIERS]; /* when several are judged */
    size_t tier_count;
    struct persona_validation *personas; /* in the order given */
    size_t persona_count;
    int tier_failed; /* checks of all tiers together */
    int tier_warned;
    int persona_failed; /* and of all personas */
    int persona_warned;
    bool sampled;        /* near-duplicates: of a sample of meetings */
    int64_t near_tested; /* one-off meetings whose duplicates were looked for */
    int64_t leak_tested; /* meetings that were held against other parts */
};

enum { NEAR_LIMIT = 1 << 17 };

struct division;
struct validate_request;

/* Whether the checks of a mix are among those that were asked for. */
bool fit_is_asked(const struct validate_request *request, enum fit fit);

struct validate_request {
    int64_t version;
    /* Of up to this many one-off meetings all near-duplicates are looked for;
     * of more, those of a sample of about half as many to as many, among all
     * meetings. */
    int64_t near_limit;
    const struct stored_persona *personas;
    size_t persona_count;
    /* They are all that the version has: personas as a whole, tiers and leaks
     * are judged as well. */
    bool whole;
    bool of_tier; /* they are those of a tier, and judged by its ranges */
    /* Where leaks are looked for; NULL: nowhere. */
    const struct division *division;
    bool skip[CHECKS];
    struct thresholds wanted;
};

/* Every check, by these thresholds. */
void validate_defaults(struct validate_request *request,
                       const struct thresholds *thresholds);

/* Of a single persona, `all` is judged by the range of a persona, and its own
 * failures are not counted again.
 *
 * Reads the meetings of each persona once, once more where somebody is missing
 * from them, and those that are not of a series once or twice more for
 * near-duplicates.  A row that is damaged is a failure of a check, and hides
 * nothing else.  against.alignment is left for validate_judge. */
bool validate_version(struct store *store, struct arena *arena,
                      const struct validate_request *request,
                      const struct monitor *monitor,
                      struct validation *validation, struct error *err) CHECKED;

/* Judges one more number of all meetings, that was measured elsewhere. */
void validate_judge(const struct validate_request *request,
                    struct validation *validation, enum check_id check,
                    double value);

#endif
