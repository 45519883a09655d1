/* The files that generate writes beside the database. */
#ifndef DATEBOOK_CMD_GENERATE_FILES_H
#define DATEBOOK_CMD_GENERATE_FILES_H

#include "cli.h"

#include "datebook/file.h"

/* In the order in which they are listed. */
enum generate_file_kind { FILE_OF_PERSONA, FILE_OF_TIER, FILE_OF_STATISTICS };

struct generate_file {
    enum generate_file_kind kind;
    const char *path;
    struct file_writer *writer;
    struct file_totals totals;
};

struct generate_files {
    struct generate_file *files;
    size_t count;
};

/* Writes all files under temporary names; `combine`: one for each tier, too. */
bool generate_files_write(struct cli *cli, struct store *store,
                          const struct generate_request *request,
                          int64_t version, bool combine, const char *folder,
                          const struct monitor *monitor,
                          struct generate_files *files,
                          struct error *err) CHECKED;
bool generate_files_publish(struct generate_files *files,
                            struct error *err) CHECKED;
void generate_files_discard(struct generate_files *files);

bool generate_files_print(struct cli *cli, const struct generate_files *files,
                          struct error *err) CHECKED;
void generate_files_json(const struct generate_files *files, struct buf *out);

#endif
