/* Asking an expert of one persona: does this person exist, and are the rules
 * right?  The questions, what was answered so far, the keys, the screen, and
 * the file that takes a screen's place. */
#ifndef DATEBOOK_CMD_PERSONA_REVIEW_H
#define DATEBOOK_CMD_PERSONA_REVIEW_H

#include "reviews.h"
#include "terminal_lines.h"

#include "datebook/review.h"

/* ---- Questions ---- */

enum { RULE_SUBJECTS = 2 };

/* A rule as it is asked about.  Rules of a persona that read the same are one
 * question. */
struct rule_question {
    const char *rule;   /* "Requires prep: Deal reviews with leadership" */
    const char *about;  /* what those words leave out: conditions, keywords,
                           minutes; "" for nothing.  A line each */
    const char *source; /* what has to be the same for an answer to hold */
    int64_t decided;    /* labels of the persona that it decided */
    const char *subjects[RULE_SUBJECTS]; /* of such meetings; NULL: no more */
};

/* The labels of a persona, counted. */
struct asked_labels {
    int64_t all;
    int64_t importance[IMPORTANCE_LEVELS];
    int64_t prep; /* that need preparation */
    int64_t rsvp[RSVP_ANSWERS];
    bool fresh;
};

struct persona_questions {
    const struct stored_persona *stored;
    const struct persona *persona; /* of the oracle */
    struct oracle *oracle;
    int64_t version; /* that was counted */
    char rules_hash[HASH_HEX_SIZE];
    struct rule_question *rules; /* in the order of the document */
    size_t count;
    size_t *places; /* the question of each rule of the persona */
    struct asked_labels labels;
};

/* What a persona's rules are asked about.  Close them, whatever came of it. */
bool questions_read(struct persona_questions *questions, struct arena *arena,
                    const struct stored_persona *stored,
                    struct error *err) CHECKED;
void questions_close(struct persona_questions *questions);

/* Counts what the rules did to the persona's meetings of a version, in one pass
 * and in memory that does not grow with them. */
bool questions_count(struct persona_questions *questions, struct store *store,
                     struct arena *arena, int64_t version,
                     struct error *err) CHECKED;

/* The number of the question about a rule; questions->count for none. */
size_t question_of(const struct persona_questions *questions, const char *rule);

/* ---- Answers ---- */

enum verdict { UNANSWERED, SAYS_NO, SAYS_YES };

struct expert_answer {
    enum verdict verdict;
    const char *note; /* "" for none */
};

/* A way that was gone: where, and what was answered there before. */
struct expert_step {
    size_t place;
    struct expert_answer before;
};

/* Places: 0 is the person, then the rules, then the end. */
struct expert_session {
    struct arena *arena;
    size_t rules;
    struct expert_answer *answers; /* by place, without the end */
    size_t place;
    struct expert_step *steps; /* to be undone, the last one last */
    size_t step_count;
};

/* What a key comes to. */
enum expert_outcome {
    EXPERT_LOOK,   /* at the place where the session is now */
    EXPERT_KEEP,   /* the answers changed: they are to be stored */
    EXPERT_NOTE,   /* a note is wanted, for expert_note */
    EXPERT_HELP,   /* the keys are wanted */
    EXPERT_FIRST,  /* nothing else goes before the person was judged */
    EXPERT_NO_KEY, /* it means nothing here */
    EXPERT_LEAVE
};

bool expert_start(struct expert_session *session, struct arena *arena,
                  size_t rules, struct error *err) CHECKED;

/* Goes to the first place without an answer, else to the end. */
void expert_resume(struct expert_session *session);

/* Whether the session is past the last rule. */
bool expert_is_done(const struct expert_session *session);

/* How many rules have an answer. */
size_t expert_answered(const struct expert_session *session);

/* What a key does, '\0' for one that is none of the keys. */
bool expert_key(struct expert_session *session, char key,
                enum expert_outcome *outcome, struct error *err) CHECKED;

/* Notes something at the place of the session, "" to take a note back. */
bool expert_note(struct expert_session *session, const char *note,
                 enum expert_outcome *outcome, struct error *err) CHECKED;

/* The first rule that has a note and no answer, which is not stored; the count
 * of rules when there is none. */
size_t expert_lost_note(const struct expert_session *session);

/* ---- Opinions ---- */

/* What an earlier opinion means for the questions there are now. */
struct taken_over {
    bool found;   /* there was one */
    bool changed; /* of other rules: the numbers below say what became of it */
    size_t kept;
    size_t dropped;  /* answers on rules that are others now, or gone */
    int64_t version; /* that it was given on */
};

/* Adds what there is to say of it: nothing, or a sentence. */
void put_taken_over(const struct taken_over *over, struct buf *out);

/* Takes over the answers of an earlier opinion (NULL: none).  Of rules that
 * changed since, those on rules that are still the same. */
bool answers_take_over(struct expert_session *session,
                       const struct persona_questions *questions,
                       struct store *store,
                       const struct persona_opinion *opinion,
                       struct taken_over *over, struct error *err) CHECKED;

/* The answers as an opinion, in the session's arena. */
bool answers_opinion(const struct expert_session *session,
                     const struct persona_questions *questions,
                     const char *reviewer, struct persona_opinion *opinion,
                     struct error *err) CHECKED;

/* Whether two opinions say the same of the same rules, seen in whatever
 * version. */
bool opinions_same(const struct persona_opinion *one,
                   const struct persona_opinion *other);

/* ---- The screen ---- */

/* What is seen besides the session itself. */
struct expert_view {
    const char *remark; /* said above the question; "" for nothing */
    const char *typed;  /* of a note; NULL when none is being typed */
    bool keys;          /* the keys, in place of what is asked about */
    struct page page;   /* of a long text; told how much fits, and corrected
                           where it is past the end */
};

/* Adds the screen of the session's place. */
bool expert_draw(const struct expert_session *session,
                 const struct persona_questions *questions,
                 const struct look *look, struct expert_view *view,
                 struct buf *out, struct error *err) CHECKED;

/* Adds what the session came to: "3 of 12 rules answered: 2 right, 1 wrong". */
void put_expert_progress(const struct expert_session *session, struct buf *out);

/* ---- The answers file ---- */

/* Adds a document of all questions, none of them answered. */
void answers_template(const struct persona_questions *questions,
                      const char *reviewer, struct buf *out);

/* Reads such a document, named `source` in messages: what it answers takes the
 * place of what is in the session.  ERROR_INPUT with the place of what is
 * wrong, or when it is another reviewer's. */
bool answers_read(struct expert_session *session,
                  const struct persona_questions *questions,
                  const char *reviewer, const char *text, size_t length,
                  const char *source, struct error *err) CHECKED;

/* ---- A whole review ---- */

/* One review of one persona by one expert. */
struct expert_review {
    struct cli *cli;
    struct store *store;
    const char *reviewer;
    struct stored_persona *stored;
    struct persona_questions questions;
    struct expert_session session;
    struct taken_over over;
    const char *record; /* the name of the opinion */
    int64_t since;      /* the version of it that we know; 0: none */
};

/* Commits the answers as they are now; *changed is false when they are those
 * that are stored.  ERROR_INPUT when the persona's rules, or the stored
 * answers, are not those any more that the review was opened on. */
bool expert_keep(struct expert_review *review, bool *changed,
                 struct error *err) CHECKED;

/* Asks on the terminal until the expert leaves, keeping every answer, and says
 * what came of it. */
bool expert_ask(struct expert_review *review, struct error *err) CHECKED;

#endif
