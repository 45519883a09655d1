/* The screen of a review: one meeting, the rules of its persona, its label, and
 * what is asked of it. */
#ifndef DATEBOOK_CMD_REVIEW_SCREEN_H
#define DATEBOOK_CMD_REVIEW_SCREEN_H

#include "answer.h"
#include "case_file.h"
#include "invitation.h"
#include "terminal_lines.h"

/* A meeting to be judged. */
struct review_case {
    struct case_file file;
    struct event event;
};

/* Reads a meeting of a version; ERROR_INPUT when it is not there.  What
 * review_case_close does not free lives in the arena. */
bool review_case_find(struct arena *arena, struct store *store, int64_t version,
                      const struct review_item *item, struct review_case *found,
                      struct error *err) CHECKED;
void review_case_close(struct review_case *found);

/* The reasons of the rules that fired, for struct answer_terms. */
bool review_case_reasons(struct arena *arena, const struct review_case *found,
                         const char *const **reasons, size_t *count,
                         struct error *err) CHECKED;

/* What is shown, besides what is asked. */
struct review_view {
    const char *title; /* "first: 12 of 100 done, 3 open again" */
    const struct review_case *judged;
    /* Lines above the meeting, which are wrapped: earlier opinions; NULL: none.
     * Safe for a terminal. */
    const char *above;
    const char *notice; /* above what is asked; NULL: nothing */
    bool helping;       /* the keys are listed instead of the meeting */
};

/* Adds the whole screen as terminal_show takes it: the cursor ends behind what
 * is asked.  Rules, their words, and the label are hidden as long as the answer
 * is to be given blind.  `page` says what of the body is shown: its first line
 * is kept between calls, the rest set. */
void put_review_screen(struct buf *out, const struct review_view *view,
                       const struct answer *answer, const struct look *look,
                       struct page *page);

#endif
