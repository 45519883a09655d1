/* datebook export */
#include "export.h"
#include "keys.h"
#include "splits.h"

#include <unistd.h>

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

static bool refuse_stale(struct cli *cli, struct store *store,
                         const struct export_request *request,
                         struct error *err)
{
    struct stored_persona *personas;
    struct staleness staleness;
    size_t count;
    int64_t stale;

    if (!persona_list_at(store, &cli->arena, request->version, &personas,
                         &count, err) ||
        !dataset_stale(store, &cli->arena, request->version, personas, count,
                       &staleness, err))
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
              cli_count(cli, stale, "persona", "personas"),
              (long long)request->version);
    if (cli_flag(cli, "at"))
        return error_hint(err, "export them as they are with --allow-stale, or "
                               "a later version that was labelled again");
    return error_hint(err, "run `datebook relabel` first, or export them as "
                           "they are with --allow-stale");
}

/* How many labels people settled, and what to do where they did not. */
static void tell_of_reviews(struct cli *cli,
                            const struct export_summary *summary)
{
    int64_t outdated = summary->outdated;

    if (summary->corrected)
        cli_note(cli,
                 "%lld of the labels were reviewed, %lld of them corrected; "
                 "the others are the oracle's",
                 (long long)summary->reviewed, (long long)summary->corrected);
    else
        cli_note(cli,
                 "%lld of the labels were reviewed; the others are the "
                 "oracle's",
                 (long long)summary->reviewed);
    if (!summary->reviewed && !outdated)
        cli_next(cli, "review sample NAME --count 100");
    if (outdated)
        cli_note(cli,
                 "%s changed after people settled %s: open again in "
                 "`datebook review list`, and the oracle's until then",
                 cli_count(cli, outdated, "label", "labels"),
                 outdated == 1 ? "it" : "them");
}

/* An export that is whole, but hardly what was meant. */
static void warn(struct cli *cli, const struct division *division,
                 const struct export_result *result)
{
    const struct export_summary *summary = &result->summary;

    note_empty_draw(cli, division);
    if (summary->version.counts[NOUN_MEETING].total)
        for (int i = 0; i < PARTS; i++)
            if ((i != PART_VALIDATION || division->cut) &&
                !summary->parts[i].meetings)
                cli_note(cli, "%s is empty: there are no meetings for it",
                         part_name((enum part)i));
    if (summary->request->labels == LABELS_REVIEWED)
        tell_of_reviews(cli, summary);
}

/* Whether a signature goes with the export that is replaced. */
static bool was_signed(struct cli *cli, const char *folder)
{
    struct error ignored;
    const char *path =
        arena_format(&cli->arena, &ignored, "%s/manifest.json.minisig", folder);

    return path && !access(path, F_OK);
}

static bool load_reviewed(struct cli *cli, struct store *store,
                          struct export_request *request, struct error *err)
{
    struct reviewed *reviewed;

    if (request->labels != LABELS_REVIEWED)
        return true;
    reviewed = arena_zero(&cli->arena, 1, sizeof *reviewed, err);
    request->reviewed = reviewed;
    return reviewed &&
           reviewed_load(store, &cli->arena, request->version, reviewed, err);
}

static bool write_export(struct cli *cli, struct store *store,
                         const struct export_options *options,
                         struct division *division,
                         struct export_request *request, struct leaks *leaks,
                         struct export_result *result, struct error *err)
{
    struct progress *progress = NULL;
    bool ok = cli_at(cli, store, &request->version, err) &&
              check_content(cli, store, request->version, err) &&
              (request->command =
                   export_command(cli, options, request->version, err)) &&
              option_division(cli, store, request->version, division, err) &&
              refuse_stale(cli, store, request, err) &&
              load_reviewed(cli, store, request, err) &&
              export_find_leaks(cli, store, options, request, leaks, err) &&
              (progress = progress_start(cli, err));

    if (!ok)
        return false;
    request->leaks = options->allow_leaks ? NULL : leaks;
    ok = export_write(store, &cli->arena, request, options->folder,
                      progress_monitor(progress), result, err);
    progress_end(progress);
    return ok;
}

static bool export(struct cli *cli, const struct secret_key *key,
                   struct error *err)
{
    struct division division = {.train = NULL};
    struct leaks leaks = {.leaks = NULL};
    struct export_options options;
    struct export_request request;
    struct export_result result;
    struct store *store;
    bool was;
    bool ok;

    if (!export_read_options(cli, &options, err))
        return false;
    request = options.request;
    request.division = &division;
    request.sign = key;
    was = was_signed(cli, options.folder);
    store = cli_open(cli, cli->database, STORE_READ, err);
    ok = store && write_export(cli, store, &options, &division, &request,
                               &leaks, &result, err);
    store_close(store);
    if (ok) {
        export_remember(cli, &result);
        warn(cli, &division, &result);
        if (was && !key)
            cli_note(cli, "the export that was there was signed; --sign signs "
                          "this one");
        if (cli->json)
            export_json(cli, &result);
        else
            ok = export_text(cli, &result, err);
    }
    division_close(&division);
    return ok;
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
    .summary = "write a folder to train on, split by persona",
    .arguments = "",
    .details =
        "Writes a folder: data files for each form and part (train, "
        "validation, heldout), a\ndataset card, statistics, Croissant "
        "metadata, and manifest.json with the SHA-256 of\nevery file. It gets "
        "its name when it is whole, and takes the place of an export that "
        "is\nthere. The same version and options give the same bytes every "
        "time.\n\n"
        "Without --split and its options, validation personas are held out "
        "and all others\ntrain. A meeting with a twin in another part stops "
        "the export (exit code 1), and so do\nstale labels. An export is "
        "recorded in the database, for `prune` to spare its version.",
    .json =
        "{\"version\", \"folder\", \"replaced\", \"reviewed\",\n"
        "\"leaks_looked_for\", \"parts\": {PART: {\"personas\", \"meetings\", "
        "\"left_out\"}}, \"files\":\n[{\"name\", \"shape\", \"part\", "
        "\"rows\", \"bytes\", \"sha256\"}], \"documents\"}; with --labels "
        "reviewed\nalso \"corrected\" and \"outdated\"",
    .options =
        {{"output", 0, "DIR", "the folder; made when missing"},
         {"at", 0, "VERSION", "as of a version (default HEAD)"},
         {"", 0, NULL, "Who trains:"},
         {"split", 0, "NAME", "a split that `split create` made"},
         {"fold", 0, "N", "which fold of it is held out"},
         {"held-out", 0, "ID,…", "hold these personas out"},
         {"held-out-fraction", 0, "F",
          "hold out a share of the personas, between 0 and 1"},
         {"held-out-tier", 0, "T", "hold out the personas of a tier"},
         {"validation-fraction", 0, "F",
          "cut a share of the training meetings out for validation"},
         {"seed", 0, "N", "of the fractions (default 1)"},
         {"drop-leaks", 0, NULL, "leave out meetings with a twin elsewhere"},
         {"allow-leaks", 0, NULL, "do not look for such meetings"},
         {"", 0, NULL, "What is written:"},
         {"format", 0, "FORM,…",
          "graph (default), sft, dpo, trl-sft, trl-dpo, kto, csv"},
         {"task", 0, "TASK,…",
          "of training forms: importance (default), prep, rsvp"},
         {"prompt", 0, "[TASK=]FILE,…", "other prompts than the usual ones"},
         {"labels", 0, "SOURCE",
          "oracle (default), or reviewed where they are"},
         {"allow-stale", 0, NULL, "export stale labels as they are"},
         {"shard-size", 0, "N", "begin a new file after N bytes (K, M, G)"},
         {"compress", 0, "KIND", "gz or zst"},
         {"", 0, NULL, "What is said of it:"},
         {"title", 0, "TEXT", "of the dataset card"},
         {"license", 0, "ID", "such as mit or cc-by-4.0 (default other)"},
         {"creator", 0, "NAME", "who made the dataset"},
         {"url", 0, "URL", "where it is found"},
         {"sign", 0, "KEY",
          "sign the manifest with a secret key (manifest.json.minisig)"},
         {"passphrase-file", 0, "FILE",
          "the key's pass phrase; else it is asked for"}},
    .examples = {{"export --held-out-fraction 0.25 --seed 1 --output "
                  "exports/first",
                  "a quarter of the personas held out"},
                 {"export --split release --format graph,trl-dpo --task "
                  "importance,prep --drop-leaks --output exports/release",
                  "events and preference pairs by a named split, without "
                  "leaks"},
                 {"export --shard-size 500M --compress zst --output "
                  "exports/big",
                  "in compressed pieces"},
                 {"export --output exports/signed --sign team.key",
                  "signed: `verify --export` checks it with team.pub"}},
    .run = run,
};
