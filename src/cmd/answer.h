/* One answer of a reviewer, key by key: a state machine without a terminal.
 *
 * It asks whether the meeting is realistic, then what is said of its label.
 * Who sees the label agrees with it or corrects it, value by value, and may
 * say why.  Who is blind gives all three values, which can be saved then, is
 * shown the label, and may say why they differ.  Who decides
 * (adjudicates) can take one of the opinions that are there by its number. */
#ifndef DATEBOOK_CMD_ANSWER_H
#define DATEBOOK_CMD_ANSWER_H

#include "terminal.h"

#include "datebook/review.h"

/* What is asked about; it must outlive the answer. */
struct answer_terms {
    struct review_values label; /* that is there */
    bool blind;
    /* Reasons of the rules that fired, which can be said to be wrong: "Always
     * important: pipeline". */
    const char *const *rules;
    size_t rule_count;
    /* Opinions that can be taken whole, by number from 1; nine at most. */
    const struct opinion *const *choices;
    size_t choice_count;
};

enum answer_stage {
    ANSWER_REALISTIC,
    ANSWER_AGREES, /* or corrects */
    ANSWER_IMPORTANCE,
    ANSWER_PREP,
    ANSWER_RSVP,
    ANSWER_CAUSE,
    ANSWER_RULE,
    ANSWER_SHOWN, /* blind: the label is shown, and why may be said */
    ANSWER_FINISHED
};

struct answer {
    struct answer_terms terms;
    enum answer_stage stage;
    bool noting; /* a note is being typed, whatever the stage */
    bool realistic;
    struct review_values says;
    unsigned given; /* which values there are: bits 1 << their stage */
    enum review_cause cause;
    const char *rule; /* of terms.rules, or of a choice; NULL: none */
    char note[REVIEW_NOTE + 1];
    char typed[REVIEW_NOTE + 1]; /* the line that is being typed */
    const char *remark; /* on the last key, when there is something to say */
};

/* What a key came to. */
enum answer_result {
    ANSWER_GOES_ON,
    ANSWER_REVEALS,        /* blind: the values are there, and the label is
                              shown; a cause and a note may follow */
    ANSWER_GIVEN,          /* the answer is there */
    ANSWER_GIVEN_AND_QUIT, /* the same, and the reviewer wants to leave */
    ANSWER_SKIP,
    ANSWER_UNDO,
    ANSWER_QUIT,
    ANSWER_HELP, /* what keys there are */
    ANSWER_NEXT_PAGE,
    ANSWER_PAGE_BACK
};

void answer_start(struct answer *answer, const struct answer_terms *terms);

enum answer_result answer_feed(struct answer *answer, const struct key *key);

/* Whether the label may be seen by now. */
bool answer_shows_label(const struct answer *answer);

/* Adds what is asked now, in lines to be wrapped, without a newline at the end:
 * the cursor belongs behind it.  Safe for a terminal. */
void answer_prompt(const struct answer *answer, struct buf *out);

/* Adds what can be chosen from by number, if anything, in lines. */
void answer_choices(const struct answer *answer, struct buf *out);

/* Adds the list of all keys, in lines. */
void answer_keys(const struct answer *answer, struct buf *out);

/* Fills in what a given answer says: realistic, says, cause, rule, note, blind.
 * The texts are those of the answer and its terms. */
void answer_opinion(const struct answer *answer, struct opinion *opinion);

/* Adds "high, prep 30 minutes, accept". */
void put_values(struct buf *out, const struct review_values *values);

#endif
