/* datebook key show */
#include "keys.h"

#include <string.h>

static bool public_half(struct cli *cli, struct public_key *half,
                        struct error *err)
{
    struct secret_key key;
    bool given;
    bool ok = option_secret_key(cli, "secret", &key, &given, err);

    if (ok && given)
        key_public(&key, half);
    if (ok && given)
        key_wipe(&key);
    return ok;
}

/* The base64 of the second line, without its end. */
static const char *base64_of(const struct buf *text)
{
    char *line = strchr(text->data, '\n') + 1;

    line[strlen(line) - 1] = '\0';
    return line;
}

static bool print(struct cli *cli, const struct public_key *key,
                  struct error *err)
{
    struct buf text = BUF_EMPTY;
    char id[KEY_ID_TEXT_SIZE];
    bool ok;

    key_id_text(key->id, id);
    public_key_text(key, &text);
    ok = buf_ok(&text, err);
    if (ok && cli->json)
        buf_format(&cli->out, "{\"key_id\":\"%s\",\"public_key\":\"%s\"}\n", id,
                   base64_of(&text));
    else if (ok)
        buf_text(&cli->out, text.data);
    buf_free(&text);
    return ok;
}

static bool run(struct cli *cli, struct error *err)
{
    bool secret = cli_flag(cli, "secret");
    struct public_key key;

    if (secret == (cli->argument_count > 0))
        return cli_usage(cli, err, "key show needs a FILE, or --secret FILE");
    if (secret ? !public_half(cli, &key, err)
               : !public_key_read(cli->arguments[0], &key, err))
        return false;
    return print(cli, &key, err);
}

const struct command command_key_show = {
    .name = "key show",
    .summary = "print a public key with its id",
    .arguments = "[FILE]",
    .most = 1,
    .details = "Prints what stands in a file such as team.pub, or the public "
               "half of a secret key: so\na lost NAME.pub can be written "
               "again.",
    .json = "{\"key_id\", \"public_key\"}",
    .options = {{"secret", 0, "FILE", "the public half of this secret key"},
                {"passphrase-file", 0, "FILE",
                 "its pass phrase; else it is asked for"}},
    .examples = {{"key show team.pub", "its id, and the key in base64"},
                 {"key show --secret team.key", "the public half again"}},
    .run = run,
};
