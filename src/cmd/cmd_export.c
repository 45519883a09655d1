/* datebook export */
#include "keys.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool read_fraction(struct cli *cli, struct split_request *request,
                          struct error *err)
{
    const char *text = cli_value(cli, "held-out-fraction");
    char *end = NULL;

    request->has_fraction = text != NULL;
    if (!text)
        return !cli_flag(cli, "seed") ||
               cli_usage(cli, err, "--seed goes with --held-out-fraction");
    request->fraction = strtod(text, &end);
    if (end != text && !*end && strspn(text, "0123456789.") == strlen(text) &&
        request->fraction > 0 && request->fraction < 1)
        return true;
    return cli_usage(cli, err,
                     "--held-out-fraction takes a share between 0 and 1, such "
                     "as 0.2, not \"%.50s\"",
                     text);
}

static bool read_request(struct cli *cli, const struct secret_key *key,
                         struct split_request *request, struct error *err)
{
    const char *names = cli_value(cli, "held-out");
    const char **ids;

    *request = (struct split_request){.seed = 1, .sign = key};
    request->stale_allowed = cli_flag(cli, "allow-stale");
    if (!cli_flag(cli, "output"))
        return cli_usage(cli, err, "export needs --output DIR");
    if (names && !cli_list(cli, names, &ids, &request->held_out_count, err))
        return false;
    request->held_out = names ? ids : NULL;
    if (names && !request->held_out_count)
        return cli_usage(cli, err, "--held-out names no persona");
    return read_fraction(cli, request, err) &&
           cli_seed(cli, &request->seed, err);
}

/* A version without personas is refused; one without meetings makes empty
 * files, as it must, but is hardly meant. */
static bool check_content(struct cli *cli, struct store *store, int64_t number,
                          struct error *err)
{
    struct version version;

    if (!version_get(store, &cli->arena, number, &version, err))
        return false;
    if (!version.counts[NOUN_PERSONA].total) {
        error_set(err, ERROR_INPUT, "there is no persona in v%lld",
                  (long long)number);
        return error_hint(err, "add some with `datebook persona add`");
    }
    if (!version.counts[NOUN_MEETING].total)
        cli_note(cli, "there is no meeting in v%lld", (long long)number);
    return true;
}

/* Here rather than in the split, for the hint at the nearest id. */
static bool check_names(struct cli *cli, struct store *store, int64_t version,
                        const struct split_request *request, struct error *err)
{
    struct stored_persona *persona;

    for (size_t i = 0; i < request->held_out_count; i++)
        if (!require_persona(cli, store, version, request->held_out[i],
                             &persona, err))
            return false;
    return true;
}

static bool refuse_stale(struct cli *cli, struct store *store, int64_t version,
                         const struct split_request *request, struct error *err)
{
    struct stored_persona *personas;
    struct staleness staleness;
    size_t count;
    int64_t stale;

    if (!persona_list_at(store, &cli->arena, version, &personas, &count, err) ||
        !dataset_stale(store, &cli->arena, version, personas, count, &staleness,
                       err))
        return false;
    stale = staleness.personas;
    if (!stale)
        return true;
    if (request->stale_allowed) {
        cli_note(cli, "the labels of %s are stale",
                 cli_count(cli, stale, "persona", "personas"));
        return true;
    }
    error_set(err, ERROR_FOUND, "the labels of %s are stale in v%lld",
              cli_count(cli, stale, "persona", "personas"), (long long)version);
    if (cli_flag(cli, "at"))
        return error_hint(err, "export them as they are with --allow-stale, or "
                               "a later version that was labelled again");
    return error_hint(err, "run `datebook relabel` first, or export them as "
                           "they are with --allow-stale");
}

/* ---- The record ---- */

/* Whether the file knows already that this manifest is of this version. */
static bool is_recorded(struct cli *cli, struct store *store,
                        const unsigned char manifest_hash[HASH_SIZE],
                        int64_t version, bool *recorded, struct error *err)
{
    int64_t *versions;
    size_t count;

    *recorded = false;
    if (!export_versions(store, &cli->arena, manifest_hash, &versions, &count,
                         err))
        return false;
    for (size_t i = 0; i < count; i++)
        *recorded = *recorded || versions[i] == version;
    return true;
}

static bool write_record(struct cli *cli,
                         const unsigned char manifest_hash[HASH_SIZE],
                         int64_t version, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_WRITE, err);
    int64_t started;
    bool ok = store && civil_now(&started, err) &&
              export_record(store, manifest_hash, version, started, err);

    store_close(store);
    return ok;
}

/* The files are published: that the record could not be written is told, and
 * no error. */
static void record(struct cli *cli, int64_t version,
                   const unsigned char manifest_hash[HASH_SIZE])
{
    struct error err;

    if (write_record(cli, manifest_hash, version, &err))
        return;
    cli_note(cli,
             "the export is not recorded, so `prune` does not know of it: %s",
             err.message);
    if (err.code == ERROR_DATABASE)
        cli_note(cli, "to keep what it was made from: %s v%lld",
                 next_command(cli, "tag NAME"), (long long)version);
}

/* ---- Output ---- */

/* An export that is whole, but hardly what was meant. */
static void warn(struct cli *cli, const struct halves *split,
                 const struct split_request *request,
                 const struct halves_export *result)
{
    size_t drawn = 0;

    for (size_t i = 0; i < split->held_out_count; i++)
        drawn += !split->held_out[i].validation;
    if (request->has_fraction && !drawn)
        cli_note(cli,
                 "the fraction drew none of %s: only validation personas are "
                 "held out; another --seed draws others",
                 cli_count(cli, (int64_t)split->train_count, "training persona",
                           "training personas"));
    for (int i = 0; i < EXPORT_DATA_FILES; i++)
        if (!result->files[i].totals.lines)
            cli_note(cli, "%s is empty: its personas have no meetings",
                     result->files[i].path);
    if (result->signature_removed)
        cli_note(cli,
                 "removed %s.minisig, which was of the export before; --sign "
                 "signs this one",
                 result->files[EXPORT_MANIFEST].path);
}

static void print_json(struct cli *cli, int64_t version,
                       const struct halves *split,
                       const struct halves_export *result)
{
    struct buf *out = &cli->out;

    buf_format(out,
               "{\"version\":%lld,\"train_personas\":%zu,"
               "\"held_out_personas\":%zu,\"files\":[",
               (long long)version, split->train_count, split->held_out_count);
    for (int i = 0; i < EXPORT_FILES; i++) {
        const struct file_totals *totals = &result->files[i].totals;
        if (!result->files[i].path)
            continue;
        json_key(out, NULL);
        buf_text(out, "{\"path\":");
        buf_json(out, result->files[i].path);
        buf_format(out, ",\"rows\":%lld,\"bytes\":%lld,\"blake2b\":\"%s\"}",
                   (long long)totals->lines, (long long)totals->bytes,
                   totals->hash);
    }
    buf_text(out, "]}\n");
}

static bool print_text(struct cli *cli, int64_t version,
                       const struct halves *split,
                       const struct halves_export *result, struct error *err)
{
    static const struct table_column columns[] = {
        {NULL, TABLE_LEFT, 0}, {NULL, TABLE_RIGHT, 0}, {NULL, TABLE_RIGHT, 0}};
    struct table table;
    size_t personas[] = {split->train_count, split->held_out_count};

    buf_format(&cli->out, "Exported v%lld\n", (long long)version);
    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (int i = 0; i < EXPORT_DATA_FILES; i++)
        table_row(&table, result->files[i].path,
                  cli_count(cli, result->files[i].totals.lines, "meeting",
                            "meetings"),
                  cli_count(cli, (int64_t)personas[i], "persona", "personas"),
                  NULL);
    table_row(&table, result->files[EXPORT_MANIFEST].path, NULL);
    if (result->files[EXPORT_SIGNATURE].path)
        table_row(&table, result->files[EXPORT_SIGNATURE].path, NULL);
    return table_print(&table, 2, &cli->out, err);
}

static bool export(struct cli *cli, const struct secret_key *key,
                   struct error *err)
{
    struct store *store = NULL;
    struct progress *progress = NULL;
    struct split_request request;
    struct halves_export result;
    struct halves split;
    const char *folder;
    int64_t version;
    bool recorded;
    bool ok;

    ok = read_request(cli, key, &request, err) &&
         cli_folder(cli, "output", &folder, err) &&
         (store = cli_open(cli, cli->database, STORE_READ, err)) &&
         cli_at(cli, store, &version, err) &&
         check_content(cli, store, version, err) &&
         check_names(cli, store, version, &request, err) &&
         dataset_split(store, &cli->arena, version, &request, &split, err) &&
         refuse_stale(cli, store, version, &request, err) &&
         (progress = progress_start(cli, err)) &&
         dataset_export(store, &cli->arena, version, &split, &request, folder,
                        progress_monitor(progress), &result, err) &&
         is_recorded(cli, store, result.manifest_hash, version, &recorded, err);
    progress_end(progress);
    store_close(store);
    if (!ok)
        return false;
    if (!recorded)
        record(cli, version, result.manifest_hash);
    warn(cli, &split, &request, &result);
    if (!cli->json)
        return print_text(cli, version, &split, &result, err);
    print_json(cli, version, &split, &result);
    return true;
}

/* A key that cannot be used is told before anything is written. */
static bool run(struct cli *cli, struct error *err)
{
    struct secret_key key;
    bool given;
    bool ok = option_secret_key(cli, "sign", &key, &given, err) &&
              export(cli, given ? &key : NULL, err);

    key_wipe(&key);
    cli->done = ok;
    return ok;
}

const struct command command_export = {
    .name = "export",
    .summary = "write train and held-out JSON lines, split by persona",
    .arguments = "",
    .details =
        "Writes train.jsonl, heldout.jsonl and manifest.json (content hash, "
        "split, rows and\nBLAKE2b of each file). Validation personas are "
        "always held out, and no persona is\non both sides. The fraction is "
        "drawn by a keyed hash of each persona's id, so that a\nnew persona "
        "moves no other. The same content and split give the same bytes every "
        "time, from\nwhichever file. Stale labels are refused with exit code "
        "1. "
        "An export is recorded in the\ndatabase, for `prune` to spare its "
        "version.",
    .json = "{\"version\", \"train_personas\", \"held_out_personas\", "
            "\"files\": [{\"path\", \"rows\",\n\"bytes\", \"blake2b\"}]}",
    .options = {{"held-out", 0, "ID,…", "hold these personas out"},
                {"held-out-fraction", 0, "F",
                 "hold out a share of the personas, between 0 and 1"},
                {"seed", 0, "N", "of the fraction (default 1)"},
                {"output", 0, "DIR", "the folder; made when missing"},
                {"at", 0, "VERSION", "as of a version (default HEAD)"},
                {"allow-stale", 0, NULL, "export stale labels as they are"},
                {"sign", 0, "KEY",
                 "sign the manifest with a secret key (manifest.json.minisig)"},
                {"passphrase-file", 0, "FILE",
                 "the key's pass phrase; else it is asked for"}},
    .examples = {{"export --held-out-fraction 0.25 --seed 1 --output "
                  "exports/first",
                  "a quarter of the personas held out"},
                 {"export --held-out tier3_legal_counsel_risk --at release-1 "
                  "--output exports/release-1",
                  "one persona held out, of a tagged version"},
                 {"export --output exports/second --sign team.key",
                  "signed: `verify --export` checks it with team.pub"}},
    .run = run,
};
