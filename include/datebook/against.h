/* A version of the dataset beside a real calendar: which fields a real event
 * has that ours lack, and how far the distributions are apart.
 *
 * Of the real calendar nothing is kept but names of fields, counts and
 * distributions: no subject, address, id, or other value of a field.
 * docs/against.md says exactly what is counted. */
#ifndef DATEBOOK_AGAINST_H
#define DATEBOOK_AGAINST_H

#include "datebook/calendar_file.h"
#include "datebook/store.h"

/* ---- Fields ---- */

/* What a value looks like: its JSON type, and of a text more. */
enum value_format {
    FORMAT_NULL,
    FORMAT_BOOL,
    FORMAT_WHOLE,
    FORMAT_FRACTION,
    FORMAT_LIST,
    FORMAT_EMPTY_LIST,
    FORMAT_OBJECT,
    FORMAT_EMPTY_OBJECT,
    FORMAT_TEXTS, /* from here on */
    FORMAT_EMPTY_TEXT = FORMAT_TEXTS,
    FORMAT_TIME_27,
    FORMAT_TIME_WHOLE_SECONDS,
    FORMAT_TIME_OTHER_FRACTION,
    FORMAT_STAMP_UTC,
    FORMAT_STAMP_NONE,
    FORMAT_STAMP_OFFSET,
    FORMAT_DATE,
    FORMAT_NO_TIME,
    FORMAT_ZONE_UTC,
    FORMAT_ZONE_IANA,
    FORMAT_ZONE_WINDOWS,
    FORMAT_ZONE_OTHER,
    FORMAT_ETAG,
    FORMAT_ETAG_OTHER,
    FORMAT_ID,
    FORMAT_ID_OTHER,
    FORMAT_NAME, /* of an enumeration, in Graph's spelling */
    FORMAT_NAME_CASE,
    FORMAT_NAME_UNKNOWN,
    FORMAT_ADDRESS,
    FORMAT_ADDRESS_X500,
    FORMAT_ADDRESS_OTHER,
    FORMAT_URL_OFFICE_ITEM,
    FORMAT_URL_LIVE,
    FORMAT_URL_OFFICE,
    FORMAT_URL_TEAMS,
    FORMAT_URL_HTTPS,
    FORMAT_URL_HTTP,
    FORMAT_URL_NONE,
    FORMAT_HTML,
    FORMAT_LINE,
    FORMAT_LINES_CRLF,
    FORMAT_LINES_LF,
    FORMAT_TEXT_LONG,
    VALUE_FORMATS
};

/* "27 characters", "CRLF lines" … */
const char *value_format_name(enum value_format format);

enum value_type {
    TYPE_NULL,
    TYPE_BOOL,
    TYPE_NUMBER,
    TYPE_TEXT,
    TYPE_LIST,
    TYPE_OBJECT,
    VALUE_TYPES
};

enum value_type value_format_type(enum value_format format);
const char *value_type_name(enum value_type type);

/* What one side has under a path such as "attendees[].status.response". */
struct field_profile {
    int64_t events; /* that have it at least once */
    int64_t values;
    int64_t formats[VALUE_FORMATS]; /* of the values */
    int64_t shortest;               /* of texts, in UTF-16 units */
    int64_t longest;
};

/* How many values are of a type. */
int64_t field_type_count(const struct field_profile *profile,
                         enum value_type type);

enum field_verdict {
    FIELD_ALIGNED,
    FIELD_MISSING, /* ours never have it */
    FIELD_OTHER_TYPE,
    FIELD_OTHER_FORMAT,
    FIELD_OTHER_NULLABILITY,
    FIELD_EXTRA, /* real ones never have it */
    FIELD_VERDICTS
};

/* "aligned", "other type" … */
const char *field_verdict_name(enum field_verdict verdict);

struct field_alignment {
    const char *path;
    struct field_profile real;
    struct field_profile ours;
    double matched; /* share of the real values whose type and format ours have
                       as well, 0 … 1 */
    enum field_verdict verdict;
};

/* ---- Distributions ---- */

enum distribution_id {
    DISTRIBUTION_DURATION,
    DISTRIBUTION_HOUR,
    DISTRIBUTION_WEEKDAY,
    DISTRIBUTION_ATTENDEES,
    DISTRIBUTION_ATTENDEE_TYPE,
    DISTRIBUTION_EVENT_TYPE,
    DISTRIBUTION_RECURRING,
    DISTRIBUTION_RESPONSE,
    DISTRIBUTION_SHOW_AS,
    DISTRIBUTION_LOAD,
    DISTRIBUTION_SUBJECT,
    DISTRIBUTION_PREVIEW,
    DISTRIBUTIONS
};

struct distribution_kind {
    const char *name; /* "duration" */
    const char *unit; /* "minutes"; NULL: categories */
    int values;       /* 0 … values - 1; a number past the last is the last */
    int bin;          /* values that are one bin of the Jensen-Shannon distance
                       */
    int scale;        /* values a unit: 60 for hours counted in minutes */
    int decimals;     /* with which numbers are told */
    const char *const *categories; /* their names */
};

extern const struct distribution_kind distribution_kinds[DISTRIBUTIONS];

struct distribution_comparison {
    int64_t real_count;
    int64_t our_count;
    bool compared; /* both sides have some, of one kind; else no distances */
    double jensen_shannon; /* distance, 0 … 1 */
    /* Of numbers, in the unit: */
    double wasserstein;
    double real_median;
    double our_median;
    double real_mean;
    double our_mean;
    /* Of categories, those of `values` in the kind: */
    const int64_t *real_counts;
    const int64_t *our_counts;
    const char *sentence; /* what the difference is, in plain words */
};

/* The Jensen-Shannon distance of two lists of counts: the square root of the
 * divergence
 *
 *   JSD(P, Q) = D(P || M) / 2 + D(Q || M) / 2,  M = (P + Q) / 2,
 *
 * with Kullback and Leibler's D(P || M) = sum p log2(p / m) and shares for P
 * and Q (Lin, "Divergence Measures Based on the Shannon Entropy", 1991; that
 * its root is a metric: Endres and Schindelin, "A New Metric for Probability
 * Distributions", 2003).  0: the same shares; 1: nothing in common.  NAN when
 * one side is empty.  `bin` values that follow one another are one. */
double distance_jensen_shannon(const int64_t *one, const int64_t *other,
                               int values, int bin);

/* The Wasserstein-1 distance of two histograms over 0, 1, 2 …: how far a value
 * must move on average to make one of the other, which on a line is the area
 * between the cumulative distributions, sum |F(i) - G(i)| (Vallender,
 * "Calculation of the Wasserstein Distance Between Probability Distributions
 * on the Line", 1974).  In values; NAN when one side is empty. */
double distance_wasserstein(const int64_t *one, const int64_t *other,
                            int values);

/* ---- The whole ---- */

/* Findings about the real file, of one kind together. */
struct against_finding {
    enum calendar_severity severity;
    const char *field;
    const char *text;
    int64_t count;
    int64_t index; /* of the first */
    int64_t line;
};

enum { AGAINST_FINDINGS = 48 };

struct against_side {
    int64_t events;
    int64_t timed;     /* with a start and an end that can be read */
    int64_t all_day;   /* these have no length, hour or load */
    int64_t two_zones; /* start and end in different zones: the same */
    int64_t in_utc;    /* both in UTC */
    int64_t zones;     /* different names of zones; 9 stands for more than 8 */
    int64_t weeks;     /* that the load is of */
    bool crowded;      /* fields past the 500th were not counted */
};

struct against {
    struct calendar_summary file;
    struct against_finding *findings; /* errors first, then by place */
    size_t finding_count;
    int64_t other_findings; /* of more kinds than are kept */
    struct against_side real;
    struct against_side ours;
    struct field_alignment *fields; /* those of real events as they have them,
                                       then the extra ones */
    size_t field_count;
    int64_t verdicts[FIELD_VERDICTS];
    bool scored;
    double score; /* percent: the mean of `matched` over the fields of real
                     events, each by how many real events have it; 100 when all
                     that a real event has is in ours, with its type and
                     format */
    bool hours_comparable; /* not all real times are in UTC */
    struct distribution_comparison distributions[DISTRIBUTIONS];
};

/* Reads the file and all meetings of personas as of a version, each once.
 * ERROR_INPUT for a file that is no calendar.  Without events on one side
 * nothing is scored or compared. */
bool against_compare(struct store *store, struct arena *arena, int64_t version,
                     const struct stored_persona *personas, size_t count,
                     const char *path, const struct monitor *monitor,
                     struct against *result, struct error *err) CHECKED;

#endif
