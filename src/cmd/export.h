/* Shared by the files of the export command. */
#ifndef DATEBOOK_CMD_EXPORT_H
#define DATEBOOK_CMD_EXPORT_H

#include "cli.h"

#include "datebook/export.h"

/* The options of the command that need no database, with the prompts that they
 * name; `shapes` are the request's. */
struct export_options {
    const char *folder;
    struct export_shape shapes[EXPORT_SHAPES];
    struct prompt prompts[TASKS];
    bool tasks[TASKS];
    bool drop_leaks;
    bool allow_leaks;
    struct export_request request; /* without version, division and leaks */
};

bool export_read_options(struct cli *cli, struct export_options *options,
                         struct error *err) CHECKED;

/* The command line as the manifest says it: options in a fixed order, the
 * version by its number, without names of folders, databases and keys. */
const char *export_command(struct cli *cli,
                           const struct export_options *options,
                           int64_t version, struct error *err) CHECKED;

/* Looks for leaks unless that is not wanted; ERROR_FOUND, after naming some,
 * when there are any and they are not to be left out. */
bool export_find_leaks(struct cli *cli, struct store *store,
                       const struct export_options *options,
                       const struct export_request *request,
                       struct leaks *leaks, struct error *err) CHECKED;

/* Remembers in the database what was exported, if it does not know it; that it
 * could not is a remark. */
void export_remember(struct cli *cli, const struct export_result *result);

void export_json(struct cli *cli, const struct export_result *result);
bool export_text(struct cli *cli, const struct export_result *result,
                 struct error *err) CHECKED;

#endif
