/* A dataset kept the plain way, with a full copy of itself for every version,
 * and random runs that change it and a store alike.  What the store and the
 * diff say is held against it. */
#ifndef DATEBOOK_TESTS_STORE_MODEL_H
#define DATEBOOK_TESTS_STORE_MODEL_H

#include "datebook/random.h"
#include "datebook/store.h"
#include "datebook/stored_record.h"

enum {
    MODEL_PERSONAS = 4,
    MODEL_MEETINGS = 32, /* of a persona, dead ones included */
    MODEL_RULES = 4,
    MODEL_NAMES = 3, /* of splits, and the same of reviews */
    MODEL_RECORDS = 2 * MODEL_NAMES,
    MODEL_VERSIONS = 64
};

struct model_label {
    int importance;
    int rsvp;
    int prep_minutes;
    unsigned fired; /* a bit a rule */
    unsigned decided;
};

struct model_meeting {
    bool alive;
    int name; /* of its id: its place in the calendar, and the model's skip */
    int64_t since;
    int64_t label_since;
    struct model_label label;
};

struct model_persona {
    bool alive;
    int64_t key; /* 0: never added */
    int64_t since;
    int document;
    int count; /* meetings so far; their keys count up from one */
    struct model_meeting meetings[MODEL_MEETINGS];
};

struct world {
    struct model_persona personas[MODEL_PERSONAS];
    int order[MODEL_PERSONAS]; /* by key; the first `known` */
    int known;
    int records[MODEL_RECORDS]; /* documents; 0: not there */
    int64_t records_since[MODEL_RECORDS];
};

struct model {
    struct store *store;
    struct arena *arena;
    struct random random;
    struct random record_random;
    /* For files that are told apart: how far the names of new meetings run
     * ahead of their places, and the numbers of rules. */
    int skip;
    int turn;
    int64_t head;
    struct world worlds[MODEL_VERSIONS]; /* by version */
    struct world next;                   /* of the run at hand */
    struct run *run;
};

/* Starts with the empty dataset. */
void model_start(struct model *model, struct store *store, struct arena *arena,
                 uint64_t seed);

/* One run: some random changes, and a commit or, at times, no commit. */
void model_step(struct model *model);

/* What the model writes for a persona, a meeting, a record, a label. */
void model_persona_row(int persona, int document, struct arena *arena,
                       struct stored_persona *row);
void model_meeting_row(int persona, int meeting, struct arena *arena,
                       struct stored_meeting *row, struct meeting_facts *facts);
void model_record_row(int record, int document, struct arena *arena,
                      struct stored_record *row);
size_t model_rules(const struct model_label *label,
                   unsigned char codes[MODEL_RULES]);

/* Splits come first. */
static inline enum noun model_record_noun(int record)
{
    return record < MODEL_NAMES ? NOUN_SPLIT : NOUN_REVIEW;
}

static inline int64_t model_key(const struct model_persona *persona,
                                int meeting)
{
    return (persona->key << 32) + meeting + 1;
}

/* A row that differs between two worlds. */
struct model_change {
    enum noun noun;
    int persona;
    int meeting;
    bool had;
    bool has;
    const struct model_label *old_label;
    const struct model_label *new_label;
    int record; /* all else of one but had and has is 0 */
    int old_document;
    int new_document;
};

enum {
    MODEL_CHANGES = MODEL_PERSONAS * (1 + 2 * MODEL_MEETINGS) + MODEL_RECORDS
};

/* All of them, by noun and key; records by name. */
size_t model_changes(const struct model *model, int64_t from, int64_t to,
                     struct model_change *changes);

bool model_same_label(const struct model_label *one,
                      const struct model_label *other);

#endif
