/* A comparison under way, shared by the files that find rows to compare and
 * those that compare them. */
#ifndef DATEBOOK_DATASET_DIFF_INTERNAL_H
#define DATEBOOK_DATASET_DIFF_INTERNAL_H

#include "datebook/dataset.h"

enum { OLD, NEW, SIDES };

/* The persona whose rows are being compared; a key is 0 in a file that does not
 * know it. */
struct diff_persona {
    const char *id;
    int64_t keys[SIDES];
};

/* The rules of one persona in both files.  A rule of one kind and text is one
 * entry, whatever its numbers are. */
struct diff_rules {
    struct arena memory;
    const char *persona; /* whose they are; NULL for none */
    struct {
        struct stored_rule *rules;
        size_t count;
        size_t *entries; /* of each number */
    } sides[SIDES];
    size_t entry_count;
    unsigned char *marks; /* what each entry does in the two labels at hand */
    struct rule_diff *tally; /* of each entry; NULL when nobody asked */
    struct buf reasoning[SIDES];
};

struct comparison {
    const struct diff_request *request;
    struct diff_side sides[SIDES];
    struct arena *arena;  /* results */
    struct arena scratch; /* of the row at hand */
    struct diff *diff;
    diff_visitor *visit;
    void *context;
    struct diff_persona persona;
    struct persona_diff *entry; /* of that persona, once it has a change */
    struct diff_rules rules;
    int64_t base; /* of two files: from where on they are compared */
};

/* Whether the request is about this persona. */
bool diff_wants_persona(const struct comparison *work, const char *id);

/* The rows that follow are this persona's. */
void diff_enter(struct comparison *work, const struct diff_persona *persona);

/* Compare the two values of a row, of which NULL stands for none, and note what
 * differs.  The persona is the one that was entered. */
bool diff_personas(struct comparison *work, const struct stored_persona *old,
                   const struct stored_persona *new, struct error *err) CHECKED;
/* Of two meetings that differ. */
bool diff_meeting(struct comparison *work, bool had, bool has, const char *id,
                  struct error *err) CHECKED;
/* `named`: the meeting itself differs, too. */
bool diff_labels(struct comparison *work, const struct stored_label *old,
                 const struct stored_label *new, bool named,
                 struct error *err) CHECKED;

/* A split or a review. */
bool diff_record(struct comparison *work, enum noun noun,
                 const struct stored_record *old,
                 const struct stored_record *new, struct error *err) CHECKED;

/* Whether two meetings that are both alive have other documents. */
bool diff_documents(struct comparison *work, int64_t old_key, int64_t new_key,
                    bool *differ, struct error *err) CHECKED;

/* ---- diff_versions.c ---- */

/* Compares both sides when they are versions of one file. */
bool diff_versions(struct comparison *work, struct error *err) CHECKED;

/* ---- diff_rules.c ---- */

/* Whether the same rules fired, and decided, in the same order. */
bool diff_rules_same(struct comparison *work, const struct stored_label *old,
                     const struct stored_label *new, bool *same,
                     struct error *err) CHECKED;

/* Counts what rules began and stopped to do. */
bool diff_rules_count(struct comparison *work, const struct stored_label *old,
                      const struct stored_label *new,
                      struct error *err) CHECKED;

/* A label's reasons in words, valid until the next call for that side. */
const char *diff_rules_spell(struct comparison *work, int side,
                             const struct stored_label *label,
                             struct error *err) CHECKED;

/* Moves the counts of the persona at hand to the result. */
bool diff_rules_settle(struct comparison *work, struct error *err) CHECKED;
void diff_rules_sort(struct diff *diff);
void diff_rules_free(struct diff_rules *rules);

/* ---- diff_files.c ---- */

/* Compares what either file touched since a version that they share and can
 * still read. */
bool diff_files(struct comparison *work, int64_t base,
                struct error *err) CHECKED;

/* ---- diff_records.c ---- */

/* Compares splits and reviews, of one file or of two. */
bool diff_records(struct comparison *work, struct error *err) CHECKED;

#endif
