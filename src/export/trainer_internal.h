/* What the files that make training records share. */
#ifndef DATEBOOK_EXPORT_TRAINER_INTERNAL_H
#define DATEBOOK_EXPORT_TRAINER_INTERNAL_H

#include "datebook/training.h"

/* A text within a JSON string. */
struct piece {
    const char *text;
    size_t length;
};

/* A rule as a reasoning names it: "Always important: pipeline". */
struct reason {
    enum rule_kind kind;
    int minutes; /* of a prep rule of the persona, else 0 */
    const char *name;
    uint32_t text;        /* reasons that read the same have the same number */
    struct piece spelled; /* for a JSON string within a JSON string */
};

struct reason_list {
    const struct reason **items;
    size_t count;
};

/* What is known of a reasoning's text in the meeting at hand. */
struct reason_mark {
    uint64_t fired;  /* the turn in which its rule last fired */
    uint64_t spoken; /* the turn in which it was last added */
};

struct trainer {
    struct arena arena;
    enum training_task task;
    const struct stored_rule *rules;
    size_t rule_count;
    struct reason *reasons;             /* of the stored rules, by number */
    struct reason_list own[RULE_KINDS]; /* the persona's, each text once */
    struct reason_mark *marks;          /* by number of text */
    uint64_t turn;                      /* of a meeting, from 1 */
    struct piece before; /* of a prompt's messages, around the meeting */
    struct piece after;
    struct buf lines;  /* the meeting */
    struct buf chosen; /* answers, for a JSON string */
    struct buf rejected;
};

/* ---- trainer_reasons.c: rules in words ---- */

bool reasons_make(struct trainer *trainer, const struct oracle *oracle,
                  struct error *err) CHECKED;

/* Whether a kind of rule decides a task's label. */
bool reason_belongs(enum training_task task, enum rule_kind kind);

/* Adds {rules}: what the persona said, as far as a task is concerned. */
void rules_describe(struct buf *buf, const struct oracle *oracle,
                    enum training_task task);

/* ---- trainer_meeting.c ---- */

/* Adds the lines of a meeting, plain text. */
void meeting_describe(struct buf *buf, const struct meeting_facts *facts);

/* ---- trainer_answers.c ---- */

/* Fills `chosen`, and with `pair` also `rejected`. */
bool answers_make(struct trainer *trainer,
                  const struct labelled_meeting *meeting, bool pair,
                  struct error *err) CHECKED;

#endif
