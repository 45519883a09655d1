/* A reviewer at a terminal: meetings of a sample one by one, each answer a
 * version of its own.  `review next` and `review adjudicate` differ in which
 * meetings are due and in what is said of them. */
#ifndef DATEBOOK_CMD_REVIEW_SESSION_H
#define DATEBOOK_CMD_REVIEW_SESSION_H

#include "review_answers.h"
#include "review_screen.h"

struct session_kind;

struct session {
    const struct session_kind *kind;
    struct cli *cli;
    struct terminal *terminal;
    struct answer_log log;
    bool blind;
    bool all;
    const char **passed; /* meetings that were shown and left */
    size_t passed_count;
    const char *wanted; /* the meeting to show next; NULL: the next that is due
                         */
    const char *notice; /* for the next screen */
    struct page page;
    struct arena arena; /* of the meeting at hand */
};

/* What is shown of the meeting at hand. */
struct shown {
    struct review review;
    const struct review_item *item; /* NULL: none is left */
    struct review_case judged;
    struct opinion opinion;
    const char *before; /* the document that an answer replaces */
    bool kept;          /* it was saved, and more may be said */
    struct answer_terms terms;
    const char *title;
    const char *above; /* "": nothing */
};

struct session_kind {
    /* Whether a meeting that was not passed is to be shown. */
    bool (*is_due)(const struct session *session, const struct shown *shown,
                   const struct review_item *item);
    /* Sets title, above, and what else there is to the opinion and the terms;
     * those that every session has are set. */
    bool (*describe)(struct session *session, struct shown *shown,
                     struct error *err);
    /* Before the first key; NULL: nothing. */
    void (*start)(const struct shown *shown, struct answer *answer);
    /* Says what a key stands for; NULL: for itself. */
    void (*translate)(const struct answer *answer, struct key *key);
    /* After the last meeting, with the review as it is then. */
    bool (*print_end)(struct session *session, const struct shown *shown,
                      struct error *err);
};

/* Opens the terminal, asks until nothing is left or the reviewer leaves, and
 * prints how it stands.  ERROR_USAGE without a terminal. */
bool session_hold(struct session *session, struct error *err) CHECKED;

/* The command, without "datebook ", that goes on where a session ended; NULL
 * when memory is out. */
const char *session_command(struct session *session, struct error *err) CHECKED;

#endif
