/* Answers of a session on a screen, each a version of its own: given, and taken
 * back.  The write lock is held while one is written, and never while somebody
 * thinks. */
#ifndef DATEBOOK_CMD_REVIEW_ANSWERS_H
#define DATEBOOK_CMD_REVIEW_ANSWERS_H

#include "reviews.h"

/* An answer as it is in the database. */
struct given_answer {
    const char *meeting;
    const char *record; /* its name */
    const char *before; /* the document that it replaced; NULL: none */
    const char *after;
};

struct answer_log {
    struct cli *cli;
    const char *sample;
    const char *reviewer;
    struct given_answer *given; /* that can be taken back, oldest first */
    size_t count;
    int64_t versions; /* that the session made */
};

/* The document under which an opinion is stored as of a version; NULL: none. */
bool stored_opinion_text(struct store *store, struct arena *arena,
                         int64_t version, const struct opinion *opinion,
                         const char **document, struct error *err) CHECKED;

/* Commits an opinion or decision on the label that was seen.  *refused says,
 * in a sentence, why it was not: the label is another one by now, or what was
 * stored of it is no longer `before`; else it is NULL.  False, as for a lock
 * that others keep: the same may be tried again. */
bool answer_save(struct answer_log *log, struct arena *arena,
                 const struct opinion *opinion, const char *before,
                 const char **refused, struct error *err) CHECKED;

/* Commits more that is said with the last answer: the two are one, and are
 * taken back together.  Else as answer_save. */
bool answer_amend(struct answer_log *log, struct arena *arena,
                  const struct opinion *opinion, const char **refused,
                  struct error *err) CHECKED;

/* Takes the last answer back: what was stored before is stored again.
 * *meeting is whose; NULL, with *refused, when there is none left or when it
 * was changed since by somebody else. */
bool answer_undo(struct answer_log *log, struct arena *arena,
                 const char **meeting, const char **refused,
                 struct error *err) CHECKED;

#endif
