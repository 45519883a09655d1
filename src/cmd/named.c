/* Arguments that name personas, of the database or of files. */
#include "cli.h"

struct visit {
    struct cli *cli;
    struct named_persona named;
    named_visitor *visit;
    void *context;
};

static bool visit_stored(struct visit *visit,
                         const struct stored_persona *stored, struct error *err)
{
    visit->named.file = NULL;
    visit->named.stored = stored;
    return visit->visit(visit->cli, &visit->named, visit->context, err);
}

static bool visit_path(struct visit *visit, const char *path, struct error *err)
{
    const char **files;
    size_t count;

    if (!persona_paths(visit->cli, &path, 1, &files, &count, err))
        return false;
    visit->named.stored = NULL;
    for (size_t i = 0; i < count; i++) {
        visit->named.file = files[i];
        if (!visit->visit(visit->cli, &visit->named, visit->context, err))
            return false;
    }
    return true;
}

static bool visit_arguments(struct visit *visit, struct error *err)
{
    struct cli *cli = visit->cli;
    struct stored_persona *persona;

    for (int i = 0; i < cli->argument_count; i++) {
        const char *argument = cli->arguments[i];
        if (names_a_file(argument)) {
            if (!visit_path(visit, argument, err))
                return false;
        } else if (!require_persona(cli, visit->named.store,
                                    visit->named.version, argument, &persona,
                                    err) ||
                   !visit_stored(visit, persona, err)) {
            return false;
        }
    }
    return true;
}

static bool visit_all(struct visit *visit, struct error *err)
{
    struct stored_persona *personas;
    size_t count;

    if (!persona_list_at(visit->named.store, &visit->cli->arena,
                         visit->named.version, &personas, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!visit_stored(visit, &personas[i], err))
            return false;
    if (!count)
        cli_note(visit->cli,
                 "no personas; next: datebook persona add FILE-OR-FOLDER");
    return true;
}

bool visit_named(struct cli *cli, named_visitor *visit, void *context,
                 struct error *err)
{
    struct visit all = {.cli = cli, .visit = visit, .context = context};
    struct named_persona *named = &all.named;
    bool files = cli->argument_count > 0;
    bool ok;

    for (int i = 0; i < cli->argument_count; i++)
        files = files && names_a_file(cli->arguments[i]);
    if (files && cli_flag(cli, "at"))
        return cli_usage(cli, err, "--at goes with personas of the database");
    if (!files) {
        named->store = cli_open(cli, cli->database, STORE_READ, err);
        if (!named->store)
            return false;
    }
    ok = (!named->store || cli_at(cli, named->store, &named->version, err)) &&
         (cli->argument_count ? visit_arguments(&all, err)
                              : visit_all(&all, err));
    store_close(named->store);
    return ok;
}
