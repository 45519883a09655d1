/* datebook generate */
#include "generate.h"

#include "endpoint_options.h"
#include "generate_mix.h"
#include "generate_model.h"

static bool print(struct cli *cli, const struct generate_wish *wish,
                  int64_t version, const struct generate_result *result,
                  const struct generate_files *files, struct error *err)
{
    struct buf *out = &cli->out;

    generate_mix_note(cli, &result->report);
    if (!cli->json)
        return generate_print(cli, version, result->added,
                              wish->request.persona_count, files, err);
    buf_clear(out);
    buf_char(out, '{');
    generate_json(out, version, result, wish->request.persona_count, files);
    buf_text(out, "}\n");
    return true;
}

static bool generate(struct cli *cli, struct store *store, struct run *run,
                     struct generate_wish *wish, const struct monitor *monitor,
                     struct error *err)
{
    struct generate_request *request = &wish->request;
    struct generate_files files = {0};
    struct buf options = BUF_EMPTY;
    struct generate_making making = {.store = store,
                                     .run = run,
                                     .request = request,
                                     .combine =
                                         wish->tier || cli_flag(cli, "all"),
                                     .output = wish->output,
                                     .started = request->started,
                                     .monitor = monitor};
    struct generate_result result;
    bool ok = generate_choose(cli, store, run, wish, err) &&
              dataset_generate(run, store, &cli->arena, request, monitor,
                               &result, err);

    if (ok) {
        buf_char(&options, '{');
        generate_describe(request, &options);
        buf_char(&options, '}');
        making.options = buf_string(&options);
        making.summary = arena_format(
            &cli->arena, err, "%s, seed %llu",
            generate_count(cli, result.added, request->persona_count),
            (unsigned long long)request->seed);
        ok = buf_ok(&options, err) && making.summary &&
             generate_make(cli, &making, &files, err);
    }
    ok = ok && print(cli, wish, run_version(run), &result, &files, err);
    buf_free(&options);
    return ok;
}

static bool offline(struct cli *cli, struct error *err)
{
    struct store *store = NULL;
    struct run *run = NULL;
    struct progress *progress = NULL;
    struct generate_wish wish;
    bool ok;

    ok = generate_read(cli, &wish, err) &&
         (wish.request.library = data_library(cli, err)) &&
         generate_ensure_database(cli, err) &&
         (store = cli_open(cli, cli->database, STORE_WRITE, err)) &&
         (run = run_begin(store, &cli->arena, err)) &&
         (progress = progress_start(cli, err)) &&
         generate(cli, store, run, &wish, progress_monitor(progress), err);
    progress_end(progress);
    run_abandon(run);
    store_close(store);
    if (!ok)
        buf_clear(&cli->out);
    return ok;
}

static bool run(struct cli *cli, struct error *err)
{
    bool model;

    if (!model_asked(cli, &model, err))
        return false;
    return model ? generate_with_model(cli, err) : offline(cli, err);
}

const struct command command_generate = {
    .name = "generate",
    .summary = "make labelled meetings for personas",
    .arguments = "",
    .details =
        "Meetings come from the offline generator, in Microsoft Graph event "
        "form, and are\nlabelled by the persona's rules; all of them are one "
        "new version. The same seed,\npersonas and options give the same "
        "meetings; generating again goes on from there,\nwith new ids. A "
        "persona FILE that is not in the database, or differs from it, is "
        "added\nfirst, in the same version. A missing database is made, with "
        "the persona library.\nWithout --count or --weeks a persona of tier 1 "
        "gets 200 meetings, of tier 2 150,\nof tier 3 100, and a validation "
        "persona 100. Without --start a calendar begins in\nthe week after the "
        "persona's last meeting, or on a Monday of 2026 that seed and\npersona "
        "give.\n\n"
        "--output-dir also writes the new meetings to <persona "
        "id>_meetings.jsonl, those of each\ntier to tierN_combined.jsonl (with "
        "--tier and --all; never those of validation\npersonas), and "
        "statistics_YYYYMMDD_HHMMSS.json.\n\n"
        "With --provider a language model writes the texts of the simulated "
        "meetings: openai is\nany server that speaks its API, azure is Azure "
        "OpenAI, batch writes requests to files.\nKeys come from "
        "OPENAI_API_KEY, AZURE_OPENAI_API_KEY or --key-file, addresses from\n"
        "--base-url, OPENAI_BASE_URL or AZURE_OPENAI_ENDPOINT. Every reply is "
        "kept before it is\nused: whatever ends the work, --resume goes on "
        "with it and pays for nothing twice.\ndocs/models.md tells it all.",
    .json = "{\"version\", \"meetings\", \"personas\", \"missed\": "
            "[{\"persona\", \"what\", \"came\", \"least\", \"most\", "
            "\"off\", \"rules\": [{\"rule\", \"percent\"}], \"why\"}], "
            "\"files\": [{\"path\", \"rows\"}]}; with a model also \"end\", "
            "\"job\", \"model\", \"usage\": {\"calls\", \"retries\", "
            "\"prompt_tokens\", \"completion_tokens\", \"cost_usd\" …}; when "
            "it is not done {\"end\": \"budget\", \"candidates\", "
            "\"interrupted\", \"failed\", \"batch\" or \"partial\", \"why\", "
            "\"written\", \"wanted\", \"unanswered\", \"job\", \"model\", "
            "\"usage\"}, with \"files\" of --batch-out, and \"lines\", "
            "\"taken\", \"known\", \"strangers\", \"broken\", \"failed\" of "
            "--batch-in; --estimate gives {\"meetings\", \"calls\", "
            "\"prompt_tokens\", \"completion_tokens\", \"cost_usd\", "
            "\"model\", \"prices\"}",
    .options =
        {{"persona", 0, "ID|FILE,…", "for these personas"},
         {"tier", 0, "N", "for the training personas of a tier, 1 to 3"},
         {"all", 0, NULL, "for all personas, validation ones too"},
         {"count", 0, "N", "meetings for each persona (default by tier)"},
         {"weeks", 0, "N", "or as many as so many weeks hold"},
         {"seed", 0, "N", "seed of the random stream (default 1)"},
         {"start", 0, "DATE", "first day, YYYY-MM-DD"},
         {"time-zone", 0, "NAME", "of all times (default Asia/Shanghai)"},
         {"mix", 0, "LEVEL=PERCENT,…",
          "other shares of critical, high, medium, low"},
         {"prep", 0, "PERCENT", "another share of meetings with preparation"},
         {"no-mix", 0, NULL, "take meetings as they come"},
         {"output-dir", 0, "DIR", "also write JSON lines and statistics"},
         {"format", 0, "jsonl", "of --output-dir; there is only jsonl"},
         {"", 0, NULL, "Texts from a model"},
         {"provider", 0, "NAME",
          "offline (default), openai, azure, or batch for files"},
         {"model", 0, "NAME", "who writes; of Azure the deployment"},
         {"language", 0, "NAME", "of the texts (default English)"},
         {"whole-meetings", 0, NULL, "it makes times and people as well"},
         {"per-call", 0, "N", "meetings in one request (default 8)"},
         {"temperature", 0, "T", "0 to 2 (default: the model's own)"},
         {"candidates", 0, "N",
          "texts at most for each wanted one (default 3)"},
         {"prompts", 0, "FOLDER", "with prompts/*.txt in place of the usual"},
         {"", 0, NULL, "Where it answers"},
         ENDPOINT_OPTIONS,
         TRANSPORT_OPTIONS,
         {"", 0, NULL, "What it may cost"},
         {"estimate", 0, NULL, "print calls, tokens and cost; ask nothing"},
         {"max-cost", 0, "USD", "stop before the job costs more"},
         {"max-tokens", 0, "N", "stop before the job takes more"},
         {"prices", 0, "FILE", "of tokens, by model"},
         {"", 0, NULL, "Going on, and batch files"},
         {"resume", 0, NULL, "go on with the open job"},
         {"partial", 0, NULL, "make a version of what is there"},
         {"batch-out", 0, "FILE", "write requests for a batch service"},
         {"batch-in", 0, "FILE,…", "take results of a batch"},
         {"batch-errors", 0, "FILE,…", "take its files of errors, too"},
         {"again", 0, NULL, "ask again for what is in batch files"}},
    .examples = {{"generate --all", "the whole library"},
                 {"generate --persona me.json --weeks 4 --seed 7",
                  "four weeks of one persona, from its file"},
                 {"generate --all --mix critical=40,low=40 --prep 30",
                  "another mix; high and medium share 20 %"},
                 {"generate --tier 1 --count 200 --output-dir "
                  "exports/training/tier1",
                  "a tier, with files for a training job"},
                 {"generate --all --provider openai --model gpt-4o-mini "
                  "--estimate",
                  "what it would cost to have a model write"},
                 {"generate --persona me.json --provider openai --model llama "
                  "--base-url http://localhost:8000/v1",
                  "a model on this machine"},
                 {"generate --resume --max-cost 2.50", "go on, up to a price"}},
    .run = run,
};
