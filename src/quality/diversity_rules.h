/* The rules of many personas as normalised texts, to see which personas have
 * how many in common.  For src/quality only. */
#ifndef DATEBOOK_QUALITY_DIVERSITY_RULES_H
#define DATEBOOK_QUALITY_DIVERSITY_RULES_H

#include "datebook/quality.h"

struct rule_pieces;

/* Texts live in the arena.  Free with rule_pieces_free; NULL is fine. */
struct rule_pieces *rule_pieces_new(struct arena *arena,
                                    struct error *err) CHECKED;
void rule_pieces_free(struct rule_pieces *pieces);

/* Takes the rules of the next persona; the first one is number 0. */
bool rule_pieces_add(struct rule_pieces *pieces, const struct persona *persona,
                     struct error *err) CHECKED;

/* Takes two personas, how many rules they share, and how many different ones
 * they have together. */
typedef void pair_visitor(void *context, size_t one, size_t other,
                          int64_t shared, int64_t rules);

/* Visits every pair once, in order, the first persona being the lower one. */
bool rule_pieces_compare(struct rule_pieces *pieces, pair_visitor *visit,
                         void *context, struct error *err) CHECKED;

/* What two personas share, in the order of the first, and *rules as above.
 * Comes after rule_pieces_compare. */
bool rule_pieces_shared(struct rule_pieces *pieces, size_t one, size_t other,
                        int64_t *rules, const struct diversity_rule **shared,
                        struct error *err) CHECKED;

#endif
