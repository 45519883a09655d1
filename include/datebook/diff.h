/* What changed between two versions, of one file or of two.
 *
 * Rows are told apart by the ids of personas and meetings, so that two files
 * can be compared whatever their internal keys are.  A row that went and came
 * back, or changed and changed back, is no difference. */
#ifndef DATEBOOK_DIFF_H
#define DATEBOOK_DIFF_H

#include "datebook/changes.h"
#include "datebook/rules.h"

struct stored_record;

struct diff_side {
    struct store *store;
    int64_t version;
};

/* Which rows a visitor is shown; all are counted. */
enum diff_detail {
    DIFF_COUNTS,   /* none */
    DIFF_PERSONAS, /* personas */
    DIFF_NAMES,    /* personas, records, and each meeting once, itself or its
                      label */
    DIFF_ROWS      /* all */
};

struct diff_request {
    struct diff_side from;
    struct diff_side to; /* of the same store, or another one */
    enum diff_detail detail;
    bool rules;    /* count what each rule began and stopped to do */
    int64_t limit; /* show no more rows than this; 0: all */
    const char *const *personas; /* ids: only these, and no records */
    size_t persona_count;        /* 0: all */
    enum change_way way;
};

struct persona_diff {
    const char *id;
    int64_t key; /* in the file of `from`; of `to` when that has none */
    struct noun_counts counts[NOUNS]; /* without totals; records are nobody's */
};

/* What a rule does in labels that changed.  A rule decides when it decided or
 * supported the label, and not when it fired and was overruled. */
struct rule_diff {
    const char *persona;
    struct stored_rule rule;
    int64_t began_firing;
    int64_t stopped_firing;
    int64_t began_deciding;
    int64_t stopped_deciding;
};

struct diff {
    int64_t from;
    int64_t to;
    /* Of two files: the newest version up to which they are the same, 0 for
     * none; -1 when there is one file. */
    int64_t common;
    struct noun_counts counts[NOUNS]; /* without totals */
    /* Of changed labels: how many went from one value to another. */
    int64_t importance[IMPORTANCE_LEVELS][IMPORTANCE_LEVELS];
    int64_t rsvp[RSVP_ANSWERS][RSVP_ANSWERS];
    int64_t prep_gained;           /* not needed -> needed */
    int64_t prep_lost;             /* needed -> not needed */
    int64_t prep_minutes;          /* needed in both, other minutes */
    int64_t reasons;               /* other rules, whatever the values */
    int64_t reasons_only;          /* all values as before, other rules */
    int64_t rows;                  /* that would be shown without a limit */
    struct persona_diff *personas; /* by id; only those that changed */
    size_t persona_count;
    struct rule_diff *rules; /* those that changed most first */
    size_t rule_count;
};

/* One changed row; old or new is missing when it was added or removed. */
struct diff_row {
    enum noun noun;
    const char *persona; /* NULL for a record */
    const char *meeting; /* id; NULL for a persona and a record */
    bool had;
    bool has;
    const struct stored_label *old_label;
    const struct stored_label *new_label;
    const char *old_reasoning;
    const char *new_reasoning;
    const char **changes; /* of a changed persona: its fields; in
                             rows also of a changed review */
    size_t change_count;
    const struct stored_record *old_record; /* a split or a review */
    const struct stored_record *new_record;
};

/* Texts are valid during the call. */
typedef bool diff_visitor(void *context, const struct diff_row *row,
                          struct error *err);

/* Compares two versions, in either direction.
 *
 * In one file that costs what changed between them, or a scan when that is
 * cheaper, and rows come by noun and key, records by name.  Between two files
 * it costs what either changed since the last version that they share, and a
 * scan of both when they share none; rows come by noun, persona id and place in
 * the calendar, meetings of `from` first, records by name. */
bool dataset_diff(const struct diff_request *request, struct arena *arena,
                  struct diff *diff, diff_visitor *visit, void *context,
                  struct error *err) CHECKED;

bool diff_is_empty(const struct diff *diff);

/* Rows of all nouns. */
int64_t diff_row_count(const struct noun_counts counts[NOUNS]);

#endif
