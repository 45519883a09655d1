/* Shared by the ways of `generate`, offline and with a model: for whom
 * meetings are made, how many, and of what kind. */
#ifndef DATEBOOK_CMD_GENERATE_H
#define DATEBOOK_CMD_GENERATE_H

#include "generate_files.h"

/* What was asked for, apart from whom. */
struct generate_wish {
    struct generate_request request;
    struct mix_wish mix;
    int64_t tier;       /* 0: none */
    const char **files; /* persona files to add first */
    size_t file_count;
    const char **ids; /* named personas */
    size_t id_count;
    const char *output; /* NULL: no files */
};

bool generate_read(struct cli *cli, struct generate_wish *wish,
                   struct error *err) CHECKED;

/* Makes the database, with the library, when there is none: the first command
 * that many people type is generate. */
bool generate_ensure_database(struct cli *cli, struct error *err) CHECKED;

/* Adds the persona files of a wish to a run, and finds everybody it is for. */
bool generate_choose(struct cli *cli, struct store *store, struct run *run,
                     struct generate_wish *wish, struct error *err) CHECKED;

/* What was asked for, as members of the options of a run. */
void generate_describe(const struct generate_request *request,
                       struct buf *options);

/* A run that holds the meetings, and what is to become of it. */
struct generate_making {
    struct store *store;
    struct run *run;
    const struct generate_request *request;
    bool combine;       /* a file for each tier as well */
    const char *output; /* folder; NULL: no files */
    const char *options;
    const char *summary;
    int64_t started;
    const struct monitor *monitor;
};

/* Seals the run, writes files, commits, and gives the files their names. */
bool generate_make(struct cli *cli, const struct generate_making *making,
                   struct generate_files *files, struct error *err) CHECKED;

/* What was made, in text and as members of an object. */
bool generate_print(struct cli *cli, int64_t version, int64_t meetings,
                    size_t personas, const struct generate_files *files,
                    struct error *err) CHECKED;
void generate_json(struct buf *out, int64_t version,
                   const struct generate_result *result, size_t personas,
                   const struct generate_files *files);

/* "200 meetings for 1 persona" */
const char *generate_count(struct cli *cli, int64_t meetings, size_t personas);

#endif
