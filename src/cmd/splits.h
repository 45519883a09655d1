/* Splits on the command line: the options that say how to split, and where the
 * personas of a version are by them. */
#ifndef DATEBOOK_CMD_SPLITS_H
#define DATEBOOK_CMD_SPLITS_H

#include "cli.h"

#include "datebook/split.h"

/* A share between 0 and 1, such as 0.2; ERROR_USAGE names the option.  A
 * missing option leaves the value as it is. */
bool option_fraction(const struct cli *cli, const char *option, double *share,
                     struct error *err) CHECKED;

/* Reads the terms of a split from the options held-out, held-out-fraction,
 * held-out-tier, stratify, folds, validation-fraction and seed, as many of them
 * as the command has.  *given is false, and the terms hold out nobody but
 * validation personas, when there is none.  Needs no database: personas are
 * checked by who has one.  Terms that exclude each other, or --split and any of
 * them, are ERROR_USAGE. */
bool split_options(struct cli *cli, struct split_terms *terms, bool *given,
                   struct error *err) CHECKED;

/* Whether the personas that terms name are in a version; ERROR_INPUT, with the
 * nearest id as a hint. */
bool split_check_names(struct cli *cli, struct store *store, int64_t version,
                       const struct split_terms *terms,
                       struct error *err) CHECKED;

/* A named split of a version, or ERROR_INPUT with the nearest name as a
 * hint. */
bool require_stored_split(struct cli *cli, struct store *store, int64_t version,
                          const char *name, struct stored_record **stored,
                          struct error *err) CHECKED;
bool require_split(struct cli *cli, struct store *store, int64_t version,
                   const char *name, struct split *split,
                   struct error *err) CHECKED;

/* Who is where, by --split NAME and --fold N, or by the options of
 * split_options, or, with none of them, by validation personas alone.  The cut
 * is made when the split wants one, with a progress line of its own: to be
 * called before progress_start.  All but the cut lives in the arena of the
 * cli.  To be closed, also when it failed.  A version without personas is
 * ERROR_INPUT: no persona is left to train on. */
bool option_division(struct cli *cli, struct store *store, int64_t version,
                     struct division *division, struct error *err) CHECKED;

/* The same of a split at hand, for one fold (0 without folds). */
bool division_open(struct cli *cli, struct store *store, int64_t version,
                   const struct split *split, int fold,
                   struct division *division, struct error *err) CHECKED;

/* Frees the cut; a division that is all zeros is fine. */
void division_close(struct division *division);

/* Remarks that a share drew nobody, if there is one and it did. */
void note_empty_draw(struct cli *cli, const struct division *division);

#endif
