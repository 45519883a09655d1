/* Endpoints from options and environment, and what guards their keys in this
 * process. */
#include "endpoint_options.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

enum { SECOND = 1000 /* in milliseconds */ };

bool cli_refuse_key(const struct cli *cli, struct error *err)
{
    if (!cli_flag(cli, "key") && !cli_flag(cli, "api-key"))
        return true;
    /* The message must not say what was typed. */
    error_set(err, ERROR_USAGE,
              "a key is no argument: everybody on this machine could read it");
    return error_hint(err, "put it into OPENAI_API_KEY or "
                           "AZURE_OPENAI_API_KEY, or into a file for "
                           "--key-file; the one just typed may be in the "
                           "history of your shell");
}

/* A key that a library copies on its way into a request is in memory that a
 * core file would hold.  The limit does not hold for cores that are piped to a
 * program; not being dumpable does. */
static void give_up_cores(void)
{
    struct rlimit none = {0, 0};

    (void)setrlimit(RLIMIT_CORE, &none);
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

static const char *environment(const char *name)
{
    const char *value = getenv(name);

    return value && *value ? value : NULL;
}

/* Whoever runs a batch file has the key; here stands one that is none, as the
 * usual base URL asks for one. */
static const char *environment_without_keys(const char *name)
{
    size_t length = strlen(name);

    if (length >= 4 && !strcmp(name + length - 4, "_KEY"))
        return "none";
    return environment(name);
}

static void note_plain(struct cli *cli, const struct endpoint *endpoint)
{
    if (endpoint->key && endpoint->plain && !endpoint->local)
        cli_note(cli,
                 "warning: the key goes to %s over plain http, which others "
                 "on the way can read",
                 endpoint->host);
}

static bool open_for_batch(struct cli *cli, struct endpoint_options *options,
                           struct endpoint *endpoint, struct error *err)
{
    options->provider = options->api_version ? PROVIDER_AZURE : PROVIDER_OPENAI;
    options->key_file = NULL;
    options->variable = environment_without_keys;
    return endpoint_open(&cli->arena, options, endpoint, err);
}

bool cli_endpoint_of(struct cli *cli, const char *provider, const char *model,
                     struct endpoint *endpoint, struct error *err)
{
    struct endpoint_options options = {
        .provider =
            strcmp(provider, "azure") ? PROVIDER_OPENAI : PROVIDER_AZURE,
        .base_url = cli_value(cli, "base-url"),
        .model = model,
        .api_version = cli_value(cli, "api-version"),
        .key_file = cli_value(cli, "key-file"),
        .ca_file = cli_value(cli, "ca-file"),
        .variable = environment};

    *endpoint = (struct endpoint){.provider = options.provider};
    if (!cli_refuse_key(cli, err))
        return false;
    if (!strcmp(provider, "batch"))
        return open_for_batch(cli, &options, endpoint, err);
    give_up_cores();
    if (!endpoint_open(&cli->arena, &options, endpoint, err))
        return false;
    note_plain(cli, endpoint);
    return true;
}

bool cli_endpoint(struct cli *cli, const char *provider,
                  struct endpoint *endpoint, struct error *err)
{
    return cli_endpoint_of(cli, provider, cli_value(cli, "model"), endpoint,
                           err);
}

static int64_t smaller(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

bool cli_transport(const struct cli *cli, struct transport_options *options,
                   struct error *err)
{
    const int64_t most = 1000000000;
    int64_t concurrency;
    int64_t timeout = 0;

    *options = transport_defaults;
    concurrency = options->concurrency;
    if (!cli_int(cli, "concurrency", 1, 1024, &concurrency, err) ||
        !cli_int(cli, "rpm", 1, most, &options->rpm, err) ||
        !cli_int(cli, "tpm", 1, most, &options->tpm, err) ||
        !cli_int(cli, "timeout", 1, 24 * 60 * 60, &timeout, err))
        return false;
    options->concurrency = (int)concurrency;
    /* Jobs that were started together must not retry together. */
    randombytes_buf(&options->seed, sizeof options->seed);
    if (!timeout)
        return true;
    /* A reply that is not streamed begins when all of it is thought out: who
     * has patience for the whole has it for the first byte. */
    options->whole_ms = timeout * SECOND;
    options->first_byte_ms = options->whole_ms;
    options->connect_ms = smaller(options->connect_ms, options->whole_ms);
    return true;
}
