/* Options that say where a model answers, and how hard it may be asked: of
 * `generate` and of the commands of batches. */
#ifndef DATEBOOK_CMD_ENDPOINT_OPTIONS_H
#define DATEBOOK_CMD_ENDPOINT_OPTIONS_H

#include "cli.h"

#include "datebook/transport.h"

/* What cli_endpoint reads but for --model, and for keys typed as arguments,
 * which it refuses. */
/* clang-format off */
#define ENDPOINT_OPTIONS                                                       \
    {"base-url", 0, "URL", "of the API (default: the environment's)"},         \
    {"api-version", 0, "V", "of Azure's older form of URL"},                   \
    {"key-file", 0, "FILE", "holds the key (default: the environment does)"},  \
    {"ca-file", 0, "FILE", "certificates to trust in place of the system's"},  \
    {"key", 0, "KEY", NULL},                                                   \
    {"api-key", 0, "KEY", NULL}

/* What cli_transport reads. */
#define TRANSPORT_OPTIONS                                                      \
    {"concurrency", 0, "N", "requests in flight at most (default 16)"},        \
    {"rpm", 0, "N", "requests a minute at most"},                              \
    {"tpm", 0, "N", "tokens a minute at most, by estimate"},                   \
    {"timeout", 0, "SECONDS", "for all of one reply (default 600)"}
/* clang-format on */

/* The endpoint of a provider, "openai", "azure" or "batch", from options and
 * environment.  Before a key is read, this process gives up its core files; a
 * key that would go over plain http to another machine is remarked on.
 * "batch" is for writing batch files: no key is read, and --api-version means
 * Azure's older form.  To be closed by endpoint_close. */
bool cli_endpoint(struct cli *cli, const char *provider,
                  struct endpoint *endpoint, struct error *err) CHECKED;

/* The same for a model that is known already, in place of --model. */
bool cli_endpoint_of(struct cli *cli, const char *provider, const char *model,
                     struct endpoint *endpoint, struct error *err) CHECKED;

/* ERROR_USAGE when a key was typed as an argument; cli_endpoint asks first. */
bool cli_refuse_key(const struct cli *cli, struct error *err) CHECKED;

/* Caps and times from options, the rest as in transport_defaults. */
bool cli_transport(const struct cli *cli, struct transport_options *options,
                   struct error *err) CHECKED;

#endif
