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

#include "datebook/stored_record.h"

enum part { PART_TRAIN, PART_VALIDATION, PART_HELD_OUT, PARTS };

/* "train", "validation", "heldout": also the names of files. */
const char *part_name(enum part part);

/* What a draw is even within: the tier, and texts of "diversity", else of
 * "demographics", as they are written; who has none is with others who have
 * none.  With several, the draw is even within the first, then, within each of
 * those, within the second, and so on in this order. */
enum stratum {
    STRATUM_TIER,
    STRATUM_FUNCTION,
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

/* Why a persona is where it is; the first that applies. */
enum held_out_reason {
    HELD_OUT_NOT, /* it trains */
    HELD_OUT_VALIDATION,
    HELD_OUT_NAMED,
    HELD_OUT_TIER,
    HELD_OUT_DRAWN,
    HELD_OUT_FOLD
};

/* "validation", "named", "tier", "drawn", "fold"; NULL for HELD_OUT_NOT. */
const char *held_out_reason_name(enum held_out_reason reason);

/* What was drawn for a persona when the split was made. */
struct split_draw {
    const char *id;
    bool held_out; /* of a share */
    int fold;      /* 1 … folds; 0 without folds */
};

struct split {
    const char *name;         /* NULL: of the command line, and never stored */
    struct split_terms terms; /* ids in order, each once; seed 1 if unused */
    struct split_draw *draws; /* by id; empty where each hash stands alone */
    size_t draw_count;
};

/* Makes a split for the personas of a version, by id, as persona_list_at gives
 * them: checks the terms (ERROR_INPUT for an unknown persona or a tier without
 * any, more folds than personas, terms that exclude each other, a name that is
 * none) and draws what must be drawn together.
 *
 * A share without strata is drawn by each persona's hash alone.  Within strata,
 * the number held out is the share of the total, rounded to the nearest, and
 * of each stratum one of the two whole numbers around the share of it (largest
 * remainders first; among equals the stratum with the least hash).  Folds
 * differ by one persona at most, in all and within each stratum.  Whoever is
 * held out for another reason takes no part.  The order of personas is that of
 * their hashes, nothing else.  All that the split holds is copied. */
bool split_make(struct arena *arena, const char *name,
                const struct split_terms *terms,
                const struct stored_persona *personas, size_t count,
                struct split *split, struct error *err) CHECKED;

/* Whether a share, the folds or the validation part use the seed. */
bool split_terms_draw(const struct split_terms *terms);

/* A split as the document that is stored, and back.  One canonical text: equal
 * splits have equal documents.  The name is not part of it.  Reading takes
 * nothing else: a text that split_write would not have written is
 * ERROR_DATABASE, which names the split and the field. */
bool split_write(const struct split *split, struct buf *document,
                 struct error *err) CHECKED;
bool split_read(struct arena *arena, const struct stored_record *stored,
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
    const int64_t *train_keys; /* of train, ascending, for division_part */
    const struct cut *cut;     /* NULL: no validation part; see cut.h */
};

/* Divides personas, by id.  A split with folds wants one of them named, one
 * without wants 0.  ERROR_INPUT when a side is empty, or a persona that the
 * split names is gone. */
bool split_divide(struct arena *arena, const struct split *split, int fold,
                  const struct stored_persona *personas, size_t count,
                  struct division *division, struct error *err) CHECKED;

/* The fold in which a persona is held out: 1 … folds, drawn or by its hash; 0
 * for one that always trains or is always held out. */
int split_fold_of(const struct split *split,
                  const struct stored_persona *persona);

/* What was drawn for a persona when the split was made; NULL when nothing was:
 * it came later, or nothing was to be drawn. */
const struct split_draw *split_draw_of(const struct split *split,
                                       const char *id);

/* The part of a meeting of a persona that is in the division. */
enum part division_part(const struct division *division, int64_t meeting);

#endif
