/* What the files that make and read splits share. */
#ifndef DATEBOOK_SPLIT_SPLIT_INTERNAL_H
#define DATEBOOK_SPLIT_SPLIT_INTERNAL_H

#include "datebook/split.h"

/* A keyed hash as a share of one, 0 … 1: depends on this id and the seed
 * alone. */
double split_share(const char *id, uint64_t seed);

/* The fold that a hash stands for. */
int split_share_fold(double share, int folds);

/* Whether a persona is held out whatever is drawn, and why; else
 * HELD_OUT_NOT. */
enum held_out_reason
split_standing_reason(const struct split_terms *terms,
                      const struct stored_persona *persona);

/* Whether the terms make sense by themselves; ERROR_INPUT names the field. */
bool split_check_terms(const struct split_terms *terms,
                       struct error *err) CHECKED;

/* Fills the draws of a split whose terms draw within strata or for folds. */
bool split_draw_together(struct arena *arena, struct split *split,
                         const struct stored_persona *personas, size_t count,
                         struct error *err) CHECKED;

#endif
