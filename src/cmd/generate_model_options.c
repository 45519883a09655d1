/* Which options of `generate` go with which way of having a model write, and
 * what they say. */
#include "generate_model.h"

#include "endpoint_options.h"

#include <stdlib.h>
#include <string.h>

/* Ways as bits. */
enum {
    OFFLINE = 1 << WAY_OFFLINE,
    ASK = 1 << WAY_ASK,
    BATCH = 1 << WAY_BATCH,
    RESUME = 1 << WAY_RESUME,
    TAKE = 1 << WAY_TAKE,
    NEW = ASK | BATCH,
    ALWAYS = OFFLINE | NEW | RESUME | TAKE
};

static const struct {
    const char *name;
    unsigned ways;
} option_ways[] = {
    {"persona", OFFLINE | NEW},
    {"tier", OFFLINE | NEW},
    {"all", OFFLINE | NEW},
    {"count", OFFLINE | NEW},
    {"weeks", OFFLINE | NEW},
    {"seed", OFFLINE | NEW},
    {"start", OFFLINE | NEW},
    {"time-zone", OFFLINE | NEW},
    {"mix", OFFLINE | NEW},
    {"prep", OFFLINE | NEW},
    {"no-mix", OFFLINE | NEW},
    {"output-dir", OFFLINE | ASK | RESUME | TAKE},
    {"format", OFFLINE | ASK | RESUME | TAKE},
    {"provider", ALWAYS},
    {"model", NEW},
    {"language", NEW},
    {"whole-meetings", NEW},
    {"per-call", NEW},
    {"temperature", NEW},
    {"candidates", NEW | RESUME},
    {"prompts", NEW},
    {"base-url", NEW | RESUME | TAKE},
    {"api-version", NEW | RESUME | TAKE},
    {"key-file", ASK | RESUME},
    {"ca-file", ASK | RESUME},
    {"concurrency", ASK | RESUME},
    {"rpm", ASK | RESUME},
    {"tpm", ASK | RESUME},
    {"timeout", ASK | RESUME},
    {"again", RESUME},
    {"estimate", NEW | RESUME},
    {"max-cost", NEW | RESUME},
    {"max-tokens", NEW | RESUME},
    {"prices", NEW | RESUME | TAKE},
    {"resume", RESUME | TAKE},
    {"partial", RESUME | TAKE},
    {"batch-out", BATCH | RESUME | TAKE},
    {"batch-in", TAKE},
    {"batch-errors", TAKE},
};

/* ---- Which way ---- */

static bool read_provider(const struct cli *cli, const char **provider,
                          struct error *err)
{
    static const char *const names[] = {"offline", "openai", "azure", "batch"};

    *provider = cli_value(cli, "provider");
    if (!*provider)
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(*provider, names[i]))
            return true;
    return cli_usage(cli, err,
                     "--provider knows offline, openai, azure and batch, not "
                     "\"%.50s\"",
                     *provider);
}

static enum model_way way_of(const struct cli *cli, const char *provider)
{
    if (cli_flag(cli, "batch-in"))
        return WAY_TAKE;
    if (cli_flag(cli, "resume"))
        return WAY_RESUME;
    if (!provider || !strcmp(provider, "offline"))
        return WAY_OFFLINE;
    return strcmp(provider, "batch") ? WAY_ASK : WAY_BATCH;
}

/* Why an option does not go with the way that the others ask for. */
static bool misplaced(const struct cli *cli, const char *option, unsigned ways,
                      enum model_way way, struct error *err)
{
    if (way == WAY_RESUME && ways != TAKE)
        return cli_usage(cli, err,
                         "--%s does not go with --resume: the job goes on as "
                         "it was started",
                         option);
    if (way == WAY_TAKE)
        return cli_usage(cli, err,
                         "--%s does not go with --batch-in: nothing is asked",
                         option);
    if (ways == TAKE)
        return cli_usage(cli, err, "--%s goes with --batch-in", option);
    if (way == WAY_BATCH && ways & ASK)
        return cli_usage(cli, err, "--%s does not go with --provider batch",
                         option);
    if (!(ways & NEW))
        return cli_usage(cli, err, "--%s goes with --resume or --batch-in",
                         option);
    if (!(ways & ASK))
        return cli_usage(cli, err, "--%s goes with --provider batch", option);
    return cli_usage(
        cli, err, "--%s goes with --provider openai, azure or batch", option);
}

static bool check_ways(const struct cli *cli, enum model_way way,
                       struct error *err)
{
    for (size_t i = 0; i < sizeof option_ways / sizeof *option_ways; i++)
        if (!(option_ways[i].ways & 1u << way) &&
            cli_flag(cli, option_ways[i].name))
            return misplaced(cli, option_ways[i].name, option_ways[i].ways, way,
                             err);
    return true;
}

bool model_asked(struct cli *cli, bool *asked, struct error *err)
{
    const char *provider;
    enum model_way way;

    if (!cli_refuse_key(cli, err) || !read_provider(cli, &provider, err))
        return false;
    way = way_of(cli, provider);
    *asked = way != WAY_OFFLINE;
    if (*asked && provider && !strcmp(provider, "offline"))
        return cli_usage(cli, err, "--%s has no use for --provider offline",
                         way == WAY_TAKE ? "batch-in" : "resume");
    return check_ways(cli, way, err);
}

/* ---- A new job ---- */

static bool read_text(const struct cli *cli, const char *option, size_t most,
                      const char **value, struct error *err)
{
    const char *text = cli_value(cli, option);
    size_t length = text ? strlen(text) : 0;

    if (!text)
        return true;
    *value = text;
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] < ' ' || text[i] == '\x7f')
            length = 0;
    if (length && length <= most)
        return true;
    return cli_usage(cli, err,
                     "--%s takes a name of 1 to %zu bytes on one line", option,
                     most);
}

/* --model, else what the environment names. */
static bool read_model(const struct cli *cli, const char *provider,
                       const char **model, struct error *err)
{
    bool azure = !strcmp(provider, "azure");
    const char *variable = azure ? "AZURE_OPENAI_DEPLOYMENT" : "OPENAI_MODEL";
    const char *named = getenv(variable);

    if (!read_text(cli, "model", 200, model, err))
        return false;
    if (!*model && named && *named)
        *model = named;
    return *model || cli_usage(cli, err, "--provider %s needs --model %s",
                               provider, azure ? "DEPLOYMENT" : "NAME");
}

static bool read_new(struct cli *cli, struct model_options *options,
                     struct error *err)
{
    struct writing_wish *wish = &options->wish;
    int64_t per_call = 8;
    int64_t temperature = -1;

    wish->provider = options->provider;
    wish->language = "English";
    wish->whole = cli_flag(cli, "whole-meetings");
    if (!read_model(cli, options->provider, &wish->model, err) ||
        !read_text(cli, "language", 60, &wish->language, err) ||
        !cli_folder(cli, "prompts", &options->prompts, err) ||
        !cli_int(cli, "per-call", 1, 50, &per_call, err) ||
        !cli_decimal(cli, "temperature", 2, 200, &temperature, err))
        return false;
    wish->per_call = (int)per_call;
    wish->candidates = options->candidates ? options->candidates : 300;
    wish->most_cost = options->limits.most_cost;
    wish->most_tokens = options->limits.most_tokens;
    wish->temperature = (int)temperature;
    return true;
}

/* ---- All ways ---- */

static bool read_limits(const struct cli *cli, struct model_options *options,
                        struct error *err)
{
    enum { MOST_DOLLARS = 100000 };
    struct writing_limits *limits = &options->limits;
    int64_t candidates = 0;

    *limits = (struct writing_limits){
        .most_tries = 8, .drain_ms = 60000, .patience_ms = 100000};
    if (!cli_decimal(cli, "max-cost", 6, MOST_DOLLARS * (int64_t)1000000,
                     &limits->most_cost, err) ||
        !cli_int(cli, "max-tokens", 1, INT64_MAX, &limits->most_tokens, err) ||
        !cli_int(cli, "candidates", 1, 100, &candidates, err))
        return false;
    options->candidates = (int)candidates * 100;
    if (cli_flag(cli, "max-cost") && !limits->most_cost)
        return cli_usage(cli, err, "--max-cost of nothing asks for nothing");
    return true;
}

static bool add_results(struct cli *cli, const char *option,
                        struct model_options *options, struct error *err)
{
    const char *text = cli_value(cli, option);
    const char **names;
    const char **all;
    size_t count;

    if (!text)
        return true;
    if (!cli_list(cli, text, &names, &count, err))
        return false;
    if (!count)
        return cli_usage(cli, err, "--%s names no file", option);
    all = arena_zero(&cli->arena, options->result_count + count, sizeof *all,
                     err);
    if (!all)
        return false;
    for (size_t i = 0; i < options->result_count; i++)
        all[i] = options->results[i];
    for (size_t i = 0; i < count; i++)
        all[options->result_count + i] = names[i];
    options->results = all;
    options->result_count += count;
    return true;
}

/* --batch-out, and where it is wanted. */
static bool read_batch_out(struct cli *cli, struct model_options *options,
                           struct error *err)
{
    bool batch = options->provider && !strcmp(options->provider, "batch");

    options->batch_out = cli_value(cli, "batch-out");
    if (options->batch_out && !*options->batch_out)
        return cli_usage(cli, err, "--batch-out needs the name of a file");
    if (batch && !options->batch_out && !options->estimate &&
        options->way != WAY_TAKE)
        return cli_usage(cli, err, "--provider batch needs --batch-out FILE");
    if (options->batch_out && options->partial)
        return cli_usage(cli, err,
                         "--partial and --batch-out exclude each other");
    if (options->estimate && options->partial)
        return cli_usage(cli, err,
                         "--partial and --estimate exclude each other");
    return true;
}

static bool read_output(struct cli *cli, const char **folder, struct error *err)
{
    const char *format = cli_value(cli, "format");

    if (!cli_folder(cli, "output-dir", folder, err))
        return false;
    if (format && strcmp(format, "jsonl") != 0)
        return cli_usage(cli, err, "--format knows only jsonl");
    if (format && !*folder)
        return cli_usage(cli, err, "--format goes with --output-dir");
    return true;
}

bool model_options_read(struct cli *cli, struct model_options *options,
                        struct error *err)
{
    *options = (struct model_options){.estimate = cli_flag(cli, "estimate"),
                                      .partial = cli_flag(cli, "partial"),
                                      .prices = cli_value(cli, "prices")};
    if (!read_provider(cli, &options->provider, err))
        return false;
    options->way = way_of(cli, options->provider);
    return read_output(cli, &options->output, err) &&
           read_batch_out(cli, options, err) &&
           add_results(cli, "batch-in", options, err) &&
           add_results(cli, "batch-errors", options, err) &&
           read_limits(cli, options, err) &&
           cli_transport(cli, &options->transport, err) &&
           ((options->way != WAY_ASK && options->way != WAY_BATCH) ||
            read_new(cli, options, err));
}

const char *model_resume_command(struct cli *cli)
{
    static const char *const repeated[] = {
        "provider", "base-url", "api-version", "key-file", "ca-file", "prices"};
    const char *command = "generate --resume";

    for (size_t i = 0; i < sizeof repeated / sizeof *repeated; i++) {
        const char *value = cli_value(cli, repeated[i]);
        struct error ignored;
        const char *longer;
        if (!value || !strcmp(value, "batch") ||
            (!i && !cli_flag(cli, "resume")))
            continue;
        longer = arena_format(&cli->arena, &ignored, "%s --%s %s", command,
                              repeated[i], value);
        command = longer ? longer : command;
    }
    return next_command(cli, command);
}
