/* datebook verify */
#include "keys.h"

#include "datebook/export.h"

#include <string.h>
#include <unistd.h>

/* ---- Findings ---- */

/* A line each, or the elements of a JSON list, as they come. */
struct findings {
    struct cli *cli;
    int64_t count;
};

static bool print_finding(void *context, const char *finding, struct error *err)
{
    struct findings *findings = context;
    struct buf *out = &findings->cli->out;

    findings->count++;
    if (findings->cli->json) {
        json_key(out, NULL);
        buf_json(out, finding);
    } else {
        terminal_text(out, finding);
        buf_char(out, '\n');
    }
    return cli_flush_long(findings->cli, err);
}

/* What comes before and after them; `what` was checked. */
static void open_findings(struct findings *findings)
{
    buf_text(&findings->cli->out, findings->cli->json ? "{\"findings\":[" : "");
}

static void close_findings(struct findings *findings, const char *what)
{
    struct cli *cli = findings->cli;

    if (cli->json)
        buf_format(&cli->out, "],\"ok\":%s",
                   findings->count ? "false" : "true");
    else if (findings->count)
        cli_note(cli, "%s in %s",
                 cli_count(cli, findings->count, "finding", "findings"), what);
    if (findings->count)
        cli->exit_code = ERROR_FOUND;
}

/* ---- A folder ---- */

/* The versions of the database at hand that were exported as this folder; none
 * when there is no database, or one that cannot tell. */
struct origin {
    int64_t *versions;
    size_t count;
};

static struct origin find_origin(struct cli *cli,
                                 const struct export_check *check)
{
    struct origin origin = {NULL, 0};
    struct error ignored;
    struct store *store = NULL;

    if (check->has_manifest && !access(cli->database, F_OK))
        store = cli_open(cli, cli->database, STORE_READ, &ignored);
    if (store && !export_versions(store, &cli->arena, check->manifest_hash,
                                  &origin.versions, &origin.count, &ignored))
        origin.count = 0;
    store_close(store);
    return origin;
}

static const char *signature_state(const struct export_check *check, bool keyed)
{
    if (!check->has_signature)
        return "none";
    if (!keyed)
        return "unchecked";
    return check->signature_holds ? "holds" : "fails";
}

static void folder_json(struct cli *cli, const char *folder,
                        const struct export_check *check, bool keyed)
{
    struct origin origin = find_origin(cli, check);
    struct buf *out = &cli->out;
    char id[KEY_ID_TEXT_SIZE];

    key_id_text(check->key_id, id);
    json_key(out, "export");
    buf_json(out, folder);
    buf_format(out, ",\"files\":%lld,\"rows\":%lld,\"personas\":%lld,",
               (long long)check->files, (long long)check->rows,
               (long long)check->personas);
    buf_format(
        out, "\"signature\":\"%s\",\"key_id\":", signature_state(check, keyed));
    buf_json(out, check->comment ? id : NULL);
    json_key(out, "comment");
    buf_json(out, check->comment);
    json_key(out, "versions");
    buf_char(out, '[');
    for (size_t i = 0; i < origin.count; i++)
        buf_format(out, "%s%lld", i ? "," : "", (long long)origin.versions[i]);
    buf_text(out, "]}\n");
}

static void signature_text(struct cli *cli, const struct export_check *check)
{
    struct buf *out = &cli->out;
    char id[KEY_ID_TEXT_SIZE];

    key_id_text(check->key_id, id);
    if (check->signature_holds) {
        buf_format(out, "signed with %s: ", id);
        terminal_text(out, check->comment);
        buf_char(out, '\n');
    } else if (check->comment) {
        cli_note(cli,
                 "there is a signature of the key %s, which was not checked: "
                 "--key PUB checks it",
                 id);
    }
}

static void folder_text(struct cli *cli, const char *folder,
                        const struct export_check *check)
{
    struct buf *out = &cli->out;
    struct origin origin = find_origin(cli, check);

    terminal_text(out, folder);
    buf_format(out, " is whole: %s as its manifest says, ",
               cli_count(cli, check->files, "file", "files"));
    buf_format(out, "%s, %s, each on one side\n",
               cli_count(cli, check->rows, "row", "rows"),
               cli_count(cli, check->personas, "persona", "personas"));
    signature_text(cli, check);
    if (!origin.count)
        return;
    for (size_t i = 0; i < origin.count; i++)
        buf_format(out, "%sv%lld", i ? ", " : "exported from ",
                   (long long)origin.versions[i]);
    buf_text(out, " of ");
    terminal_text(out, cli->database);
    buf_char(out, '\n');
}

static bool verify_folder(struct cli *cli, const char *folder,
                          const struct public_key *key,
                          const struct monitor *monitor, struct error *err)
{
    struct findings findings = {cli, 0};
    struct export_check check;

    open_findings(&findings);
    if (!export_check_folder(&cli->arena, folder, key, print_finding, &findings,
                             monitor, &check, err))
        return false;
    close_findings(&findings, folder);
    if (cli->json)
        folder_json(cli, folder, &check, key);
    else if (!findings.count)
        folder_text(cli, folder, &check);
    return true;
}

/* ---- The database ---- */

static void database_json(struct cli *cli, enum verify_depth depth,
                          const struct verify_result *result,
                          const struct tag_check *tags, bool keyed)
{
    struct buf *out = &cli->out;

    json_key(out, "depth");
    buf_json(out, depth == VERIFY_DEEP ? "deep" : "quick");
    buf_format(out, ",\"versions\":%lld,\"kept\":%lld,\"rows\":%lld",
               (long long)result->versions, (long long)result->kept,
               (long long)result->rows);
    if (keyed)
        buf_format(out,
                   ",\"tags\":{\"signed\":%lld,\"unsigned\":%lld,"
                   "\"findings\":%lld}",
                   (long long)tags->checked, (long long)tags->unsigned_tags,
                   (long long)tags->findings);
    buf_text(out, "}\n");
}

static void database_text(struct cli *cli, enum verify_depth depth,
                          const struct verify_result *result,
                          const struct tag_check *tags, bool keyed)
{
    struct buf *out = &cli->out;

    terminal_text(out, cli->database);
    if (depth == VERIFY_DEEP)
        buf_format(out,
                   " is sound: %s in one chain, %lld hashed again from %s\n",
                   cli_count(cli, result->versions, "version", "versions"),
                   (long long)result->kept,
                   cli_count(cli, result->rows, "row", "rows"));
    else
        buf_format(out,
                   ": %s in one chain; rows were not looked at: `verify` "
                   "without --quick does that\n",
                   cli_count(cli, result->versions, "version", "versions"));
    if (keyed)
        buf_format(out, "tags: %lld signed with this key, %lld not signed\n",
                   (long long)tags->checked, (long long)tags->unsigned_tags);
}

/* A file that is so damaged that its tags cannot be read is a finding already.
 */
static bool check_tags(struct cli *cli, struct store *store,
                       const struct public_key *key, struct findings *findings,
                       struct tag_check *tags, struct error *err)
{
    struct error damage;

    if (dataset_check_tags(store, &cli->arena, key, print_finding, findings,
                           tags, err))
        return true;
    if (err->code != ERROR_DATABASE || !findings->count)
        return false;
    damage = *err;
    return print_finding(findings, damage.message, err);
}

static bool check_all(struct cli *cli, struct store *store,
                      enum verify_depth depth, const struct public_key *key,
                      const struct monitor *monitor, struct error *err)
{
    struct findings findings = {cli, 0};
    struct verify_result result;
    struct tag_check tags;

    open_findings(&findings);
    if (!store_verify(store, depth, monitor, print_finding, &findings, &result,
                      err) ||
        (key && !check_tags(cli, store, key, &findings, &tags, err)))
        return false;
    close_findings(&findings, cli->database);
    if (result.findings && !cli->json)
        cli_note(cli, "the file is damaged: go on with a backup, and keep this "
                      "one to look at");
    if (cli->json)
        database_json(cli, depth, &result, &tags, key);
    else if (!findings.count)
        database_text(cli, depth, &result, &tags, key);
    return true;
}

static bool verify_database(struct cli *cli, const struct public_key *key,
                            const struct monitor *monitor, struct error *err)
{
    enum verify_depth depth =
        cli_flag(cli, "quick") ? VERIFY_QUICK : VERIFY_DEEP;
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    bool ok = store && check_all(cli, store, depth, key, monitor, err);

    store_close(store);
    return ok;
}

/* ---- Both ---- */

static bool check_options(struct cli *cli, struct error *err)
{
    bool quick = cli_flag(cli, "quick");
    bool deep = cli_flag(cli, "deep");

    if (quick && deep)
        return cli_usage(cli, err, "either --quick or --deep");
    if (cli_flag(cli, "export") && (quick || deep))
        return cli_usage(cli, err, "--%s is of a database, not of an export",
                         quick ? "quick" : "deep");
    return true;
}

static bool run(struct cli *cli, struct error *err)
{
    const char *key_path = cli_value(cli, "key");
    const struct public_key *key = NULL;
    struct progress *progress;
    struct public_key read;
    const char *folder;
    bool ok;

    if (!check_options(cli, err) || !cli_folder(cli, "export", &folder, err) ||
        (key_path && !public_key_read(key_path, &read, err)))
        return false;
    if (key_path)
        key = &read;
    progress = progress_start(cli, err);
    if (!progress)
        return false;
    ok = folder
             ? verify_folder(cli, folder, key, progress_monitor(progress), err)
             : verify_database(cli, key, progress_monitor(progress), err);
    progress_end(progress);
    return ok;
}

const struct command command_verify = {
    .name = "verify",
    .summary = "look for damage in the database, or in an export",
    .arguments = "",
    .details =
        "Of the database: every version's hash follows from the one before, "
        "and, unless --quick,\nevery row is hashed again for every version "
        "that was kept. With --key also the\nsignatures of tags.\n\n"
        "Of an export: every file is there as the manifest says (rows, bytes, "
        "SHA-256), no other\ndata file lies beside them, no persona of one "
        "side is on the other (events and CSV name\ntheirs, training forms do "
        "not), and with --key the manifest is signed with that key.\nNeeds the "
        "folder and the key only; a database that made the export is named.\n\n"
        "Each finding is a line, and any finding is exit code 1.",
    .json =
        "{\"findings\", \"ok\", \"depth\", \"versions\", \"kept\", "
        "\"rows\"}, with --key\n\"tags\": {\"signed\", \"unsigned\", "
        "\"findings\"}; of an export {\"findings\", \"ok\",\n\"export\", "
        "\"files\", \"rows\", \"personas\", \"signature\": none, unchecked, "
        "holds or fails,\n\"key_id\", \"comment\", \"versions\"}",
    .options = {{"quick", 0, NULL, "leave the rows out"},
                {"deep", 0, NULL, "every row as well (the default)"},
                {"export", 0, "DIR", "check an export folder instead"},
                {"key", 0, "PUB", "the public key of its signature"}},
    .examples = {{"verify", "is the file as it was written?"},
                 {"verify --export exports/first", "is the folder whole?"},
                 {"verify --export exports/first --key team.pub",
                  "and did the team export it?"}},
    .run = run,
};
