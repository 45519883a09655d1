/* How `persona diversity` shows its result. */
#ifndef DATEBOOK_CMD_DIVERSITY_OUTPUT_H
#define DATEBOOK_CMD_DIVERSITY_OUTPUT_H

#include "cli.h"

#include "datebook/quality.h"

/* Whether the score is not above `least`, a value is missing, or a function
 * has too many personas. */
bool diversity_is_wanting(const struct diversity *diversity, double least);

bool print_diversity(struct cli *cli, const struct diversity *diversity,
                     double least, struct error *err) CHECKED;
void json_diversity(struct buf *out, const struct diversity *diversity,
                    double least);

#endif
