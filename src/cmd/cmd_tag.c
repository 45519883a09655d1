/* datebook tag */
#include "keys.h"

#include <string.h>

static const char damaged[] = "damaged";

/* The id of the key that a signature says it is of; NULL for none. */
static const char *signer(struct cli *cli, const struct tag *tag,
                          struct error *err)
{
    struct signature signature;
    char id[KEY_ID_TEXT_SIZE];

    if (!tag->signature)
        return NULL;
    if (!signature_parse(&cli->arena, tag->signature, strlen(tag->signature),
                         "it", &signature, err))
        return damaged;
    key_id_text(signature.key_id, id);
    return arena_text(&cli->arena, id, err);
}

static bool print_tag_json(struct cli *cli, struct store *store,
                           const struct tag *tag, const char *key_id,
                           struct error *err)
{
    struct buf *out = &cli->out;
    const char *statement;

    if (!dataset_tag_statement(store, &cli->arena, tag->name, tag->version,
                               &statement, err))
        return false;
    json_key(out, NULL);
    buf_format(out, "{\"name\":\"%s\",\"version\":%lld,\"key_id\":", tag->name,
               (long long)tag->version);
    buf_json(out, key_id);
    if (key_id) {
        json_key(out, "statement");
        buf_json(out, statement);
        json_key(out, "signature");
        buf_json(out, tag->signature);
    }
    buf_char(out, '}');
    return true;
}

static bool print_tags(struct cli *cli, struct store *store,
                       const struct tag *tags, size_t count, struct error *err)
{
    struct buf *out = &cli->out;

    buf_text(out, cli->json ? "{\"tags\":[" : "");
    for (size_t i = 0; i < count; i++) {
        const char *key_id = signer(cli, &tags[i], err);
        if (cli->json) {
            if (!print_tag_json(cli, store, &tags[i], key_id, err))
                return false;
            continue;
        }
        buf_format(out, "v%-6lld %s", (long long)tags[i].version, tags[i].name);
        if (key_id)
            buf_format(out, "  (signature %s%s)",
                       strcmp(key_id, damaged) != 0 ? "of " : "", key_id);
        buf_char(out, '\n');
    }
    buf_text(out, cli->json ? "]}\n" : "");
    if (!count && !cli->json)
        cli_note(cli, "no tags; next: datebook tag NAME");
    return true;
}

static bool list_tags(struct cli *cli, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct tag *tags;
    size_t count;
    bool ok = store && tag_list(store, &cli->arena, &tags, &count, err) &&
              print_tags(cli, store, tags, count, err);

    store_close(store);
    return ok;
}

/* The version that the arguments name: HEAD, unless a tag that is there already
 * is to be signed. */
static bool tagged_version(struct cli *cli, struct store *store, bool sign,
                           int64_t *version, struct error *err)
{
    const char *at = cli->argument_count > 1 ? cli->arguments[1] : "HEAD";
    struct tag *tags;
    size_t count;

    if (!version_resolve(store, at, version, err) ||
        !tag_list(store, &cli->arena, &tags, &count, err))
        return false;
    for (size_t i = 0; sign && cli->argument_count == 1 && i < count; i++)
        if (!strcmp(tags[i].name, cli->arguments[0]))
            *version = tags[i].version;
    return true;
}

static bool place_tag(struct cli *cli, const struct secret_key *key,
                      int64_t *version, struct error *err)
{
    const char *name = cli->arguments[0];
    struct store *store = cli_open(cli, cli->database, STORE_WRITE, err);
    bool ok = store && tagged_version(cli, store, key, version, err);

    if (ok && key)
        ok = dataset_sign_tag(store, &cli->arena, name, *version, key, err);
    else if (ok)
        ok = tag_set(store, name, *version, NULL, err);
    store_close(store);
    return ok;
}

static bool set_tag(struct cli *cli, struct error *err)
{
    const char *name = cli->arguments[0];
    char id[KEY_ID_TEXT_SIZE] = "";
    struct secret_key key;
    int64_t version;
    bool sign;
    bool ok = option_secret_key(cli, "sign", &key, &sign, err) &&
              place_tag(cli, sign ? &key : NULL, &version, err);

    if (ok && sign)
        key_id_text(key.id, id);
    key_wipe(&key);
    cli->done = ok;
    if (!ok)
        return false;
    if (!cli->json) {
        buf_format(&cli->out, "%s is v%lld%s%s\n", name, (long long)version,
                   sign ? ", signed with " : "", id);
        return true;
    }
    buf_format(&cli->out, "{\"name\":\"%s\",\"version\":%lld", name,
               (long long)version);
    buf_format(&cli->out, sign ? ",\"key_id\":\"%s\"}\n" : "%s}\n", id);
    return true;
}

static bool delete_tag(struct cli *cli, struct error *err)
{
    const char *name = cli->arguments[0];
    struct store *store = cli_open(cli, cli->database, STORE_WRITE, err);
    bool ok = store && tag_delete(store, name, err);

    store_close(store);
    cli->done = ok;
    if (ok && cli->json)
        buf_format(&cli->out, "{\"deleted\":\"%s\"}\n", name);
    else if (ok)
        buf_format(&cli->out, "%s is no tag any more\n", name);
    return ok;
}

static bool run(struct cli *cli, struct error *err)
{
    bool list = cli_flag(cli, "list");
    bool delete = cli_flag(cli, "delete");

    if ((list || delete) && cli_flag(cli, "sign"))
        return cli_usage(cli, err, "--sign goes with the NAME of a tag to set");
    if (list && (delete || cli->argument_count))
        return cli_usage(cli, err, "--list takes no name");
    if (list)
        return list_tags(cli, err);
    if (!cli->argument_count)
        return cli_usage(cli, err, "tag needs a NAME, or --list");
    if (!delete)
        return set_tag(cli, err);
    if (cli->argument_count > 1)
        return cli_usage(cli, err, "--delete takes one name");
    return delete_tag(cli, err);
}

const struct command command_tag = {
    .name = "tag",
    .summary = "name a version, list the names, take one away",
    .arguments = "[NAME [VERSION]]",
    .most = 2,
    .details = "A tag can be used wherever a version is asked for. A name that "
               "is taken is not moved\nunless it is deleted first. Tags are "
               "not versioned. A signature says that this name is\nthis "
               "version, with this content and history; `verify --key` checks "
               "it.",
    .json =
        "{\"name\", \"version\", \"key_id\"}, {\"deleted\"}, or {\"tags\": "
        "[{\"name\",\n\"version\", \"key_id\", \"statement\", "
        "\"signature\"}]}: the last two, in minisign's format,\nof signed tags "
        "only, whose key_id is not null",
    .options = {{"list", 0, NULL, "list the tags"},
                {"delete", 0, NULL, "take the tag NAME away"},
                {"sign", 0, "KEY",
                 "sign the tag with a secret key; one that is there stays at "
                 "its version"},
                {"passphrase-file", 0, "FILE",
                 "the key's pass phrase; else it is asked for"}},
    .examples = {{"tag release-1", "name the newest version"},
                 {"tag before-edit HEAD~1", "name an older one"},
                 {"tag --list", "all names"},
                 {"tag release-1 --sign team.key", "name it and sign that"}},
    .run = run,
};
