/* Answers of reviewers that come as lines of JSON, from whatever tool they were
 * given with: read, checked, and taken into a run.
 *
 * docs/reviews.md has the form of a line.  Whoever reads a file goes on after a
 * line that is wrong, so that somebody who has to mend it sees more than one
 * fault at a time; as long as there is one, nothing is taken. */
#ifndef DATEBOOK_ANSWER_LINES_H
#define DATEBOOK_ANSWER_LINES_H

#include "datebook/monitor.h"
#include "datebook/review.h"

enum {
    ANSWER_PROBLEMS = 20,         /* that are told */
    ANSWER_LINE_BYTES = 16 << 20, /* at most */
    ANSWER_LINE_AGREES = -1
};

/* One line. */
struct answer_line {
    int64_t line; /* of the file, from 1 */
    const char *sample;
    const char *reviewer;
    const char *meeting;
    const char *persona;           /* NULL: not said */
    int64_t version;               /* 0: not said */
    const struct seen_label *seen; /* NULL: not said */
    bool decision;
    bool blind;
    bool realistic;
    int importance; /* ANSWER_LINE_AGREES: that of the label; so are the others
                     */
    int prep_minutes;
    int rsvp;
    enum review_cause cause;
    const char *rule; /* NULL: none */
    const char *note; /* "" for none */
};

/* Reads a line into the arena; `scratch` is reset.  ERROR_INPUT says what is
 * wrong, without the name of the file and the number of the line. */
bool answer_line_read(struct arena *arena, struct arena *scratch,
                      const char *text, size_t length,
                      struct answer_line *answer, struct error *err) CHECKED;

/* What an answer says of a label: all of the opinion but its persona and its
 * version, which are left alone.  ERROR_INPUT for a cause where nothing is
 * corrected, and for a rule where none is said to be wrong. */
bool answer_line_opinion(const struct answer_line *answer,
                         const struct seen_label *seen, struct opinion *opinion,
                         struct error *err) CHECKED;

struct answer_problem {
    int64_t line;
    const char *text;
};

struct answer_file {
    const char *name; /* for messages */
    struct answer_line *answers;
    size_t count;
    struct answer_problem problems[ANSWER_PROBLEMS]; /* by line */
    size_t problem_count;
};

/* Reads a file, or standard input where the path is "-"; stops early when there
 * are too many problems.  Blank lines are skipped.  ERROR_INPUT when the file
 * cannot be read, or holds nothing. */
bool answer_file_read(struct arena *arena, const char *path,
                      struct answer_file *file, struct error *err) CHECKED;

struct answer_totals {
    int64_t opinions; /* that are new or other than before */
    int64_t decisions;
    int64_t replaced;   /* of both, those that took the place of another */
    int64_t unchanged;  /* answers that were there already */
    int64_t outdated;   /* of opinions and decisions, those of a label that has
                           changed since: open again */
    int64_t gone;       /* answers that were left out: no such meeting now */
    const char *sample; /* the one that was answered; NULL: many */
    const char *reviewer; /* the one that answered; NULL: many */
    int64_t samples;
    int64_t reviewers;
};

/* Puts all answers into a run, unless there are problems: those of the file, or
 * such as an unknown meeting, which are added to them.  An answer is one of the
 * label that its line tells of, else of that of its version, else of HEAD's.
 * Takes memory that follows the lines and the samples that they name. */
bool answer_file_take(struct run *run, struct store *store, struct arena *arena,
                      struct answer_file *file, const struct monitor *monitor,
                      struct answer_totals *totals, struct error *err) CHECKED;

#endif
