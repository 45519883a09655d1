/* What `explain` prints of a case. */
#ifndef DATEBOOK_CMD_EXPLAIN_H
#define DATEBOOK_CMD_EXPLAIN_H

#include "cli.h"

#include "case_file.h"
#include "origin.h"

bool print_explanation(struct cli *cli, const struct case_file *file,
                       struct error *err) CHECKED;
void json_explanation(struct buf *out, const struct case_file *file);

#endif
