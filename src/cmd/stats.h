/* `datebook stats`: what it prints. */
#ifndef DATEBOOK_CMD_STATS_H
#define DATEBOOK_CMD_STATS_H

#include "cli.h"

#include "datebook/quality.h"

/* Bars of all that was counted, if `shares`, and a table for each of the axes:
 * bits 1 << enum group_axis. */
bool print_statistics(struct cli *cli, const struct statistics *statistics,
                      unsigned axes, bool shares, struct error *err) CHECKED;

#endif
