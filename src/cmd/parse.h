/* The command line: which command, which options, which arguments. */
#ifndef DATEBOOK_CMD_PARSE_H
#define DATEBOOK_CMD_PARSE_H

#include "cli.h"

enum parse_result {
    PARSE_FAILED,
    PARSE_RUN,
    PARSE_HELP,     /* of cli->command */
    PARSE_OVERVIEW, /* help without a command */
    PARSE_GROUP,    /* help on the commands of cli->group */
    PARSE_VERSION
};

/* Fills the cli; on PARSE_FAILED the error is ERROR_USAGE. */
enum parse_result parse_command_line(struct cli *cli, int argc, char **argv,
                                     struct error *err);

/* Options that every command takes. */
extern const struct command_option global_options[];
enum { GLOBAL_OPTIONS = 8 };

#endif
