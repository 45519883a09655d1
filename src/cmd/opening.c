/* Opening databases for commands: how long to wait and whom to tell, what an
 * upgrade did, and whether what was read without locks stayed as it was. */
#include "cli.h"

#include "datebook/list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The names of all commands, ending at NULL: what may be told of another
 * datebook's command line. */
static const char *const *command_names(struct cli *cli, struct error *err)
{
    size_t count = 0;
    const char **names;

    while (commands[count])
        count++;
    names = arena_zero(&cli->arena, count + 1, sizeof *names, err);
    for (size_t i = 0; names && i < count; i++)
        names[i] = commands[i]->name;
    return names;
}

/* Says once, to somebody who sits there, why nothing happens. */
static bool waiting(void *context, int64_t waited, const char *holder)
{
    struct cli *cli = context;

    (void)waited;
    if (progress_interrupted())
        return false;
    if (!holder || cli->told_of_waiting)
        return true;
    cli->told_of_waiting = true;
    if (!cli->quiet && isatty(STDERR_FILENO))
        fprintf(stderr, "waiting for %s\n", holder);
    return true;
}

static bool backup_is_off(const struct cli *cli)
{
    const char *variable = getenv("DATEBOOK_MIGRATION_BACKUP");

    return cli->no_migration_backup || (variable && !strcmp(variable, "0"));
}

static void note_upgrade(struct cli *cli, const char *path,
                         const struct store_upgrade *upgrade)
{
    if (upgrade->from == upgrade->to)
        return;
    if (upgrade->backup)
        cli_note(cli,
                 "upgraded %s from schema %d to %d; the file as it was is %s",
                 path, upgrade->from, upgrade->to, upgrade->backup);
    else
        cli_note(cli, "upgraded %s from schema %d to %d, without a backup",
                 path, upgrade->from, upgrade->to);
}

static bool remember(struct cli *cli, const char *path,
                     const struct store *store, struct error *err)
{
    struct store_stamp stamp = store_stamp(store);

    if (!stamp.taken)
        return true;
    if (!list_grow(&cli->arena, &cli->readings, cli->reading_count,
                   sizeof *cli->readings, err))
        return false;
    cli->readings[cli->reading_count++] =
        (struct cli_reading){arena_text(&cli->arena, path, err), stamp};
    return cli->readings[cli->reading_count - 1].path != NULL;
}

struct store *cli_open(struct cli *cli, const char *path, enum store_mode mode,
                       struct error *err)
{
    struct store_options options = {.wait = cli->wait * 1000,
                                    .no_backup = backup_is_off(cli),
                                    .commands = command_names(cli, err),
                                    .waiting = waiting,
                                    .context = cli};
    struct store *store = NULL;

    if (options.commands)
        store = store_open_with(path, mode, &options, err);
    if (!store)
        return NULL;
    note_upgrade(cli, path, store_upgrade(store));
    if (remember(cli, path, store, err))
        return store;
    store_close(store);
    return NULL;
}

bool cli_check_readings(struct cli *cli, bool ok, struct error *err)
{
    /* What a file said that changed meanwhile may have made any other error. */
    if (!ok && (err->code == ERROR_USAGE || err->code == ERROR_INTERRUPTED))
        return false;
    for (size_t i = 0; i < cli->reading_count; i++)
        if (!store_stamp_check(&cli->readings[i].stamp, cli->readings[i].path,
                               err)) {
            buf_clear(&cli->out);
            return false;
        }
    return ok;
}
