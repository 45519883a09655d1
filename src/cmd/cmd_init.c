/* datebook init */
#include "cli.h"

static bool run(struct cli *cli, struct error *err)
{
    bool library = !cli_flag(cli, "no-library");
    struct add_totals totals;
    struct buf *out = &cli->out;

    if (!make_database(cli, library, &totals, err))
        return false;
    /* The list of what was added is for `persona list`. */
    buf_clear(out);
    if (cli->json) {
        buf_char(out, '{');
        json_key(out, "database");
        buf_json(out, cli->database);
        json_key(out, "version");
        buf_int(out, library ? 1 : 0);
        json_key(out, "personas");
        buf_int(out, totals.added);
        buf_text(out, "}\n");
        return true;
    }
    buf_text(out, "Made ");
    terminal_text(out, cli->database);
    buf_format(out, " with %s.\n",
               cli_count(cli, totals.added, "persona", "personas"));
    cli_next(cli, library ? "generate --all" : "persona add FILE-OR-FOLDER");
    return true;
}

const struct command command_init = {
    .name = "init",
    .summary = "make the database and load the persona library",
    .arguments = "",
    .details =
        "Makes the file named by --db. The library is looked for in the folder "
        "$DATEBOOK_DATA,\nthen in the source tree that the program was built "
        "in, then where it was installed.\nAn existing file is never touched.",
    .json = "{\"database\", \"version\", \"personas\"}",
    .options = {{"no-library", 0, NULL, "leave the persona library out"}},
    .examples = {{"init", "datebook.db with the library"},
                 {"--db sales.db init --no-library", "an empty database"}},
    .run = run,
};
