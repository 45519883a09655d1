/* Where the persona library is, and adding personas from files. */
#include "cli.h"

#include "version.h"

#include "datebook/file.h"
#include "datebook/list.h"
#include "datebook/validate.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The library in the folder of the program itself without its last two parts:
 * the source tree, for a program that was built in it.  "" when there is none:
 * beside ~/bin may be a ~/personas of somebody's own. */
static const char *tree_folder(struct cli *cli, struct error *err)
{
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    const char *folder;
    const char *archetypes;
    char *slash;

    if (length < 0)
        return "";
    path[length] = '\0';
    for (int i = 0; i < 2; i++) {
        slash = strrchr(path, '/');
        if (!slash)
            return "";
        *slash = '\0';
    }
    folder = arena_format(&cli->arena, err, "%s/personas", path);
    archetypes = arena_format(&cli->arena, err, "%s/personas/archetypes", path);
    if (!folder || !archetypes)
        return NULL;
    return file_is_folder(archetypes) ? folder : "";
}

const char *data_folder(struct cli *cli, struct error *err)
{
    const char *named = getenv("DATEBOOK_DATA");
    const char *tree;

    if (named && *named) {
        if (file_is_folder(named))
            return named;
        error_set(err, ERROR_INPUT,
                  "DATEBOOK_DATA names %s, which is no folder", named);
        return NULL;
    }
    tree = tree_folder(cli, err);
    if (!tree)
        return NULL;
    if (*tree)
        return tree;
    if (file_is_folder(DATEBOOK_DATA_FOLDER))
        return DATEBOOK_DATA_FOLDER;
    error_set(err, ERROR_INPUT, "the persona library is not in %s",
              DATEBOOK_DATA_FOLDER);
    error_hint(err, "install datebook, or name the library's folder in "
                    "DATEBOOK_DATA");
    return NULL;
}

struct calendar_library *data_library(struct cli *cli, struct error *err)
{
    const char *folder = cli->library ? NULL : data_folder(cli, err);

    if (folder)
        cli->library = calendar_library_load(&cli->arena, folder, err);
    return cli->library;
}

struct thresholds *data_thresholds(struct cli *cli, struct error *err)
{
    const char *folder = data_folder(cli, err);
    struct thresholds *thresholds =
        folder ? arena_zero(&cli->arena, 1, sizeof *thresholds, err) : NULL;

    return thresholds && thresholds_load(&cli->arena, folder, thresholds, err)
               ? thresholds
               : NULL;
}

bool data_check(struct cli *cli, const struct persona *persona,
                const char *file, struct error *err)
{
    struct calendar_library *library;

    if (!persona->archetypes && !json_member(persona->tree, "words") &&
        !persona->threads)
        return true;
    library = data_library(cli, err);
    return library && calendar_check(&cli->arena, persona, library, file, err);
}

bool names_a_file(const char *text)
{
    size_t length = strlen(text);

    return strchr(text, '/') ||
           (length > 5 && !strcmp(text + length - 5, ".json"));
}

static bool add_path(struct cli *cli, const char ***files, size_t *count,
                     const char *path, struct error *err)
{
    if (!path || !list_grow(&cli->arena, files, *count, sizeof **files, err))
        return false;
    (*files)[(*count)++] = path;
    return true;
}

/* The library's folder holds a file that is no persona. */
static bool add_folder(struct cli *cli, const char ***files, size_t *count,
                       const char *folder, struct error *err)
{
    const char **names;
    size_t found;
    size_t before = *count;

    if (!file_list(&cli->arena, folder, ".json", &names, &found, err))
        return false;
    for (size_t i = 0; i < found; i++)
        if (strcmp(names[i], THRESHOLDS_FILE) != 0 &&
            !add_path(cli, files, count,
                      arena_format(&cli->arena, err, "%s/%s", folder, names[i]),
                      err))
            return false;
    if (*count > before)
        return true;
    return error_set(err, ERROR_INPUT, "the folder %s holds no .json file",
                     folder);
}

bool persona_paths(struct cli *cli, const char *const *paths, int count,
                   const char ***files, size_t *file_count, struct error *err)
{
    *files = NULL;
    *file_count = 0;
    for (int i = 0; i < count; i++)
        if (!*paths[i])
            return cli_usage(cli, err, "a PATH is empty");
        else if (!(file_is_folder(paths[i])
                       ? add_folder(cli, files, file_count, paths[i], err)
                       : add_path(cli, files, file_count, paths[i], err)))
            return false;
    return true;
}

static void print_change(struct cli *cli, const struct persona *persona,
                         const struct put_result *result)
{
    if (cli->json)
        return;
    buf_format(&cli->out, "%s %s\n",
               result->outcome == PUT_ADDED ? "added  " : "changed",
               persona->id);
    for (size_t i = 0; i < result->change_count; i++) {
        buf_text(&cli->out, "        ");
        terminal_text(&cli->out, result->changes[i]);
        buf_char(&cli->out, '\n');
    }
}

/* How many labels an edit has made stale. */
static bool count_stale(struct cli *cli, struct store *store, struct run *run,
                        const struct put_result *result,
                        struct add_totals *totals, struct error *err)
{
    struct stored_persona *stored;
    int64_t labels;
    bool fresh;

    if (!persona_at_key(store, &cli->arena, run_version(run), result->key,
                        &stored, err) ||
        !dataset_labels_are_fresh(store, run_version(run), stored, &fresh, err))
        return false;
    if (fresh)
        return true;
    if (!label_count(store, result->key, &labels, err))
        return false;
    totals->stale_labels += labels;
    return true;
}

static bool refuse_double(struct error *err, const char *const *files,
                          const struct persona *personas, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (!strcmp(files[i], files[at]))
            return error_set(err, ERROR_INPUT, "%s is named twice", files[at]);
        else if (!strcmp(personas[i].id, personas[at].id))
            return error_set(err, ERROR_INPUT,
                             "%s: id: \"%s\" is also the id of %s", files[at],
                             personas[at].id, files[i]);
    return true;
}

static bool add_one(struct cli *cli, struct store *store, struct run *run,
                    const char *file, const struct persona *persona,
                    struct add_totals *totals, struct error *err)
{
    struct put_result result;

    for (size_t i = 0; i < persona->remark_count; i++)
        cli_note(cli, "%s: %s", file, persona->remarks[i]);
    if (!dataset_put_persona(run, store, &cli->arena, persona, &result, err))
        return error_context(err, "%s", file);
    totals->added += result.outcome == PUT_ADDED;
    totals->changed += result.outcome == PUT_CHANGED;
    totals->unchanged += result.outcome == PUT_UNCHANGED;
    if (result.outcome == PUT_UNCHANGED)
        return true;
    print_change(cli, persona, &result);
    return result.outcome == PUT_ADDED ||
           count_stale(cli, store, run, &result, totals, err);
}

bool add_personas(struct cli *cli, struct store *store, struct run *run,
                  const char *const *files, size_t count,
                  struct add_totals *totals, struct error *err)
{
    struct persona *personas =
        arena_zero(&cli->arena, count, sizeof *personas, err);

    *totals = (struct add_totals){0};
    totals->ids = arena_zero(&cli->arena, count, sizeof *totals->ids, err);
    if (!personas || !totals->ids)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!dataset_read_persona(&cli->arena, files[i], &personas[i], err) ||
            !refuse_double(err, files, personas, i) ||
            !data_check(cli, &personas[i], files[i], err))
            return false;
    for (size_t i = 0; i < count; i++)
        if (!add_one(cli, store, run, files[i], &personas[i], totals, err))
            return false;
        else
            totals->ids[i] = personas[i].id;
    return true;
}

void note_stale(struct cli *cli, const struct add_totals *totals)
{
    if (totals->stale_labels)
        cli_note(cli, "%s now stale; next: %s",
                 cli_count(cli, totals->stale_labels, "label is", "labels are"),
                 next_command(cli, "relabel"));
}

bool require_persona(struct cli *cli, struct store *store, int64_t version,
                     const char *id, struct stored_persona **persona,
                     struct error *err)
{
    struct stored_persona *all;
    const char **ids;
    size_t count;
    int64_t head;
    const char *near;

    if (!persona_at(store, &cli->arena, version, id, persona, err))
        return false;
    if (*persona)
        return true;
    if (!version_head(store, &head, err) ||
        !persona_list_at(store, &cli->arena, version, &all, &count, err))
        return false;
    ids = arena_zero(&cli->arena, count, sizeof *ids, err);
    if (!ids)
        return false;
    for (size_t i = 0; i < count; i++)
        ids[i] = all[i].id;
    near = nearest_name(id, ids, count);
    /* A run asks for the version that it is about to make. */
    if (version < head)
        error_set(err, ERROR_INPUT, "there is no persona \"%.128s\" in v%lld",
                  id, (long long)version);
    else
        error_set(err, ERROR_INPUT, "there is no persona \"%.128s\"", id);
    if (near)
        return error_hint(err, "did you mean %s?", near);
    if (version < head)
        return error_hint(err, "`datebook persona list --at %lld` lists them",
                          (long long)version);
    return error_hint(err, "`datebook persona list` lists them");
}

bool argument_personas(struct cli *cli, struct store *store, int64_t version,
                       struct stored_persona **personas, size_t *count,
                       struct error *err)
{
    struct stored_persona *persona;

    *count = (size_t)cli->argument_count;
    *personas = arena_zero(&cli->arena, *count, sizeof **personas, err);
    for (size_t i = 0; *personas && i < *count; i++) {
        if (!require_persona(cli, store, version, cli->arguments[i], &persona,
                             err))
            return false;
        (*personas)[i] = *persona;
    }
    return *personas != NULL;
}
