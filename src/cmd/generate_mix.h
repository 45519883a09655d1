/* The mix of labels that generate is asked for, and what it came to. */
#ifndef DATEBOOK_CMD_GENERATE_MIX_H
#define DATEBOOK_CMD_GENERATE_MIX_H

#include "cli.h"

/* Reads --mix, --prep and --no-mix; *wanted is false for the last. */
bool generate_mix_read(struct cli *cli, struct mix_wish *wish, bool *wanted,
                       struct error *err) CHECKED;

/* What of it was asked for, as members of the options of a run. */
void generate_mix_describe(const struct mix_wish *wish, struct buf *options);

/* A warning for each share that is not as wanted. */
void generate_mix_note(struct cli *cli, const struct mix_report *report);

/* The same as a member "missed". */
void generate_mix_json(const struct mix_report *report, struct buf *out);

#endif
