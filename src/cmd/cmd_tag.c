/* datebook tag */
#include "cli.h"

static bool list_tags(struct cli *cli, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct tag *tags;
    size_t count;
    struct buf *out = &cli->out;
    bool ok = store && tag_list(store, &cli->arena, &tags, &count, err);

    store_close(store);
    if (!ok)
        return false;
    if (cli->json)
        buf_text(out, "{\"tags\":[");
    for (size_t i = 0; i < count; i++) {
        if (cli->json) {
            json_key(out, NULL);
            buf_format(out, "{\"name\":\"%s\",\"version\":%lld}", tags[i].name,
                       (long long)tags[i].version);
        } else {
            buf_format(out, "v%-6lld %s\n", (long long)tags[i].version,
                       tags[i].name);
        }
    }
    buf_text(out, cli->json ? "]}\n" : "");
    if (!count && !cli->json)
        cli_note(cli, "no tags; next: datebook tag NAME");
    return true;
}

static bool set_tag(struct cli *cli, struct error *err)
{
    const char *name = cli->arguments[0];
    const char *at = cli->argument_count > 1 ? cli->arguments[1] : "HEAD";
    struct store *store = cli_open(cli, cli->database, STORE_WRITE, err);
    int64_t version;
    bool ok = store && version_resolve(store, at, &version, err) &&
              tag_set(store, name, version, NULL, err);

    store_close(store);
    if (!ok)
        return false;
    if (cli->json)
        buf_format(&cli->out, "{\"name\":\"%s\",\"version\":%lld}\n", name,
                   (long long)version);
    else
        buf_format(&cli->out, "%s is v%lld\n", name, (long long)version);
    return true;
}

static bool delete_tag(struct cli *cli, struct error *err)
{
    const char *name = cli->arguments[0];
    struct store *store = cli_open(cli, cli->database, STORE_WRITE, err);
    bool ok = store && tag_delete(store, name, err);

    store_close(store);
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
               "not versioned.",
    .json = "{\"name\", \"version\"}, {\"deleted\"}, or {\"tags\": [{\"name\", "
            "\"version\"}]}",
    .options = {{"list", 0, NULL, "list the tags"},
                {"delete", 0, NULL, "take the tag NAME away"}},
    .examples = {{"tag release-1", "name the newest version"},
                 {"tag before-edit HEAD~1", "name an older one"},
                 {"tag --list", "all names"}},
    .run = run,
};
