/* Splits: who trains and who is held out.
 *
 * A split holds out whole personas.  Validation personas are held out by every
 * split; of the others those that are named, those of a tier, a share of them,
 * or one fold of several.  A share is drawn by a keyed hash of the persona's
 * id, so that a persona that comes or goes moves no other.  Where the draw has
 * to look at several personas, to be even within strata or folds, it is made
 * once, when the split is created, and written down for each of them; who comes
 * later is drawn by the hash alone.
 *
 * Of the meetings of training personas, a share may be cut out for validation:
 * see cut.h. */
#ifndef DATEBOOK_SPLIT_H
#define DATEBOOK_SPLIT_H

#include "datebook/stored_split.h"

enum part { PART_TRAIN, PART_VALIDATION, PART_HELD_OUT, PARTS };

/* "train", "validation", "heldout": also the names of files. */
const char *part_name(enum part part);

/* What a draw is even within. */
enum stratum {
    STRATUM_TIER,
    STRATUM_FUNCTION, /* of "diversity", else of "demographics" */
    STRATUM_LEVEL,
    STRATUM_INDUSTRY,
    STRATA
};

/* "tier" …; STRATA for a word that is none. */
const char *stratum_name(enum stratum stratum);
enum stratum stratum_named(const char *name);

enum { SPLIT_FOLDS = 100, SPLIT_NAME = 64 };

/* What was asked for. */
struct split_terms {
    const char *const *held_out; /* persona ids */
    size_t held_out_count;
    int held_out_tier;          /* 0: none */
    double fraction;            /* of who may train, to hold out; 0: none */
    unsigned strata;            /* bits 1 << enum stratum */
    int folds;                  /* 2 … SPLIT_FOLDS; 0: none */
    double validation_fraction; /* of training meetings; 0: none */
    uint64_t seed;
};

/* Why a persona is where it is. */
enum held_out_reason {
    HELD_OUT_NOT, /* it trains */
    HELD_OUT_VALIDATION,
    HELD_OUT_NAMED,
    HELD_OUT_TIER,
    HELD_OUT_DRAWN,
    HELD_OUT_FOLD
};

/* What was drawn for a persona when the split was made. */
struct split_draw {
    const char *id;
    bool held_out; /* of a share */
    int fold;      /* 1 … folds; 0 without folds */
};

struct split {
    const char *name; /* NULL: of the command line, and never stored */
    struct split_terms terms;
    struct split_draw *draws; /* by id; empty where each hash stands alone */
    size_t draw_count;
};

/* Makes a split for the personas of a version: checks the terms (ERROR_INPUT
 * for an unknown persona, more folds than personas, terms that exclude each
 * other) and draws what must be drawn together. */
bool split_make(struct arena *arena, const char *name,
                const struct split_terms *terms,
                const struct stored_persona *personas, size_t count,
                struct split *split, struct error *err) CHECKED;

/* A split as the document that is stored, and back.  One canonical text: equal
 * splits have equal documents.  The name is not part of it. */
bool split_write(const struct split *split, struct buf *document,
                 struct error *err) CHECKED;
bool split_read(struct arena *arena, const struct stored_split *stored,
                struct split *split, struct error *err) CHECKED;

struct cut;

/* Who is where, of the personas of a version. */
struct division {
    const struct split *split;
    int fold;                     /* the one that is held out; 0: no folds */
    struct stored_persona *train; /* by id */
    size_t train_count;
    struct stored_persona *held_out; /* by id */
    enum held_out_reason *reasons;   /* of those */
    size_t held_out_count;
    const struct cut *cut; /* NULL: no validation part; see cut.h */
};

/* Divides personas.  A split with folds wants one of them named, one without
 * wants 0.  ERROR_INPUT when a side is empty, or a persona that the split names
 * is gone. */
bool split_divide(struct arena *arena, const struct split *split, int fold,
                  const struct stored_persona *personas, size_t count,
                  struct division *division, struct error *err) CHECKED;

/* The fold in which a persona is held out: 1 … folds, drawn or by its hash; 0
 * for one that always trains or is always held out. */
int split_fold_of(const struct split *split,
                  const struct stored_persona *persona);

/* The part of a meeting of a persona that is in the division. */
enum part division_part(const struct division *division, int64_t meeting);

#endif
