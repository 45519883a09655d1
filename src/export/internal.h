/* Shared by the files that write an export. */
#ifndef DATEBOOK_EXPORT_INTERNAL_H
#define DATEBOOK_EXPORT_INTERNAL_H

#include "datebook/export.h"
#include "datebook/json.h"

/* ---- The folder: folder.c, replace.c ---- */

/* A folder that is being written beside the one that it becomes. */
struct folder {
    struct arena *arena;
    const char *named;     /* as the caller names it, for messages */
    const char *target;    /* where it really is */
    const char *temporary; /* beside it */
    int lock;              /* of the temporary one: it is not left over */
    bool made;
    bool replaces; /* an export that is there */
};

/* What tells a temporary folder from one that somebody else made. */
#define FOLDER_MARKER ".datebook-export"

/* Looks at what is there (ERROR_INPUT unless it may be replaced), clears away
 * what exports that were killed have left, and makes the temporary folder. */
bool folder_open(struct folder *folder, struct arena *arena, const char *path,
                 struct error *err) CHECKED;

/* A path in the temporary folder; its parents are made. */
const char *folder_path(struct folder *folder, const char *name,
                        struct error *err) CHECKED;

/* Writes a small file. */
bool folder_write(struct folder *folder, const char *name,
                  const struct buf *text, struct error *err) CHECKED;

/* Gives the folder its name, in place of what is there, and removes that. */
bool folder_publish(struct folder *folder, struct error *err) CHECKED;

/* Removes the folder, unless it was published. */
void folder_discard(struct folder *folder);

/* Removes a folder with all that is in it, as far as that can be. */
void folder_remove(const char *path);

/* Takes the name of a file within a folder, "data/graph/train.jsonl"; `plain`
 * is false for a link, a pipe and the like. */
typedef bool file_visitor(void *context, const char *name, bool plain,
                          struct error *err);

/* Visits every file in a folder and those below it, by name. */
bool folder_walk(struct arena *arena, const char *path, file_visitor *visit,
                 void *context, struct error *err) CHECKED;

/* Whether a manifest has an entry of this name among its files or documents, or
 * the name is one that every export has. */
bool manifest_names(const cJSON *manifest, const char *name);

/* Whether the folder may be replaced: it is empty, or an export and nothing
 * else, which *is_export tells.  ERROR_INPUT, naming what is in the way, when
 * it may not. */
bool replace_allowed(struct arena *arena, const char *path, const char *named,
                     bool *is_export, struct error *err) CHECKED;

/* Removes what exports to `target` have left when they were killed. */
void replace_clean(struct arena *arena, const char *target);

/* ---- The data files: outputs.c ---- */

struct outputs;
struct spool_file;

/* Opens a file for every shape and part that there is. */
struct outputs *outputs_open(struct folder *folder,
                             const struct export_request *request,
                             struct error *err) CHECKED;
void outputs_close(struct outputs *outputs); /* NULL is fine */

/* The file that takes the next record of a shape and a part. */
bool outputs_file(struct outputs *outputs, size_t shape, enum part part,
                  struct spool_file **file, struct error *err) CHECKED;

/* Counts the lines of a record that was added to it. */
void outputs_count(struct outputs *outputs, size_t shape, enum part part,
                   int lines);

/* Writes what is left, and says what files there are. */
bool outputs_finish(struct outputs *outputs, const struct export_file **files,
                    size_t *count, struct error *err) CHECKED;

/* ---- The pass over the meetings: pass.c ---- */

/* Writes all meetings; fills the summary but for version, files, documents. */
bool pass_all(struct store *store, struct arena *arena,
              const struct export_request *request, struct outputs *outputs,
              const struct monitor *monitor, struct export_summary *summary,
              struct error *err) CHECKED;

/* ---- Origins: origins.c ---- */

/* Counts the meetings of each model. */
struct origins {
    struct arena *arena;
    struct export_origin *list;
    size_t count;
    size_t last; /* that was counted: mostly the next one, too */
};

bool origins_count(struct origins *origins, const char *model,
                   struct error *err) CHECKED;
/* Most meetings first, then by name. */
void origins_sort(struct origins *origins);

#endif
