/* datebook backup */
#include "cli.h"

static void print(struct cli *cli, const struct backup_totals *totals)
{
    const char *path = cli->arguments[0];
    struct buf *out = &cli->out;

    if (cli->json) {
        buf_text(out, "{\"file\":");
        buf_json(out, path);
        buf_format(out, ",\"version\":%lld,\"bytes\":%lld}\n",
                   (long long)totals->version, (long long)totals->bytes);
        return;
    }
    terminal_text(out, path);
    buf_format(out,
               " holds everything up to v%lld: ", (long long)totals->version);
    buf_format(out, "%s\n", cli_count(cli, totals->bytes, "byte", "bytes"));
}

static bool run(struct cli *cli, struct error *err)
{
    const char *path = cli->arguments[0];
    struct store *store = NULL;
    struct progress *progress = NULL;
    struct backup_totals totals;
    bool ok;

    if (!*path)
        return cli_usage(cli, err, "the name of FILE is empty");
    ok = (store = cli_open(cli, cli->database, STORE_READ, err)) &&
         (progress = progress_start(cli, err)) &&
         store_backup(store, path, cli_flag(cli, "force"),
                      progress_monitor(progress), &totals, err);
    progress_end(progress);
    store_close(store);
    cli->done = ok;
    if (ok)
        print(cli, &totals);
    return ok;
}

const struct command command_backup = {
    .name = "backup",
    .summary = "copy the database while it is in use",
    .arguments = "FILE",
    .least = 1,
    .most = 1,
    .details =
        "The copy is a whole database with every version, as of one moment; "
        "others may go on\nreading and writing. It is checked before it gets "
        "its name, so that there is a good\ncopy under that name or what was "
        "there before. To put it back, stop what uses the\ndatabase and name "
        "the copy with --db, or copy it over the file.",
    .json = "{\"file\", \"version\", \"bytes\"}",
    .options = {{"force", 0, NULL, "replace FILE if it is there"}},
    .examples = {{"backup friday.db", "a copy"},
                 {"backup --force latest.db", "one that replaces the last"}},
    .run = run,
};
