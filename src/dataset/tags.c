/* Signed tags: a signature over what a name stands for. */
#include "datebook/dataset.h"

#include <string.h>

bool dataset_tag_statement(struct store *store, struct arena *arena,
                           const char *name, int64_t version,
                           const char **statement, struct error *err)
{
    struct version meant;
    char chain[HASH_HEX_SIZE];
    char content[HASH_HEX_SIZE];

    if (!version_get(store, arena, version, &meant, err))
        return false;
    hash_hex(meant.chain, chain);
    hash_hex(meant.content, content);
    *statement = arena_format(arena, err,
                              "datebook tag\nname: %s\nversion: %lld\n"
                              "chain_hash: %s\ncontent_hash: %s\n",
                              name, (long long)version, chain, content);
    return *statement != NULL;
}

bool dataset_sign_tag(struct store *store, struct arena *arena,
                      const char *name, int64_t version,
                      const struct secret_key *key, struct error *err)
{
    struct buf text = BUF_EMPTY;
    const char *statement;
    const char *comment = arena_format(arena, err, "datebook tag: %s", name);
    bool ok = comment && dataset_tag_statement(store, arena, name, version,
                                               &statement, err);

    if (ok)
        signature_make(key, statement, strlen(statement), comment, &text);
    ok = ok && buf_ok(&text, err) &&
         tag_set(store, name, version, text.data, err);
    buf_free(&text);
    return ok;
}

static bool check_signature(struct store *store, struct arena *arena,
                            const struct tag *tag, const struct public_key *key,
                            struct error *err)
{
    struct signature signature;
    const char *statement;
    const char *source = arena_format(
        arena, err, "the signature of the tag \"%.100s\"", tag->name);

    return source &&
           signature_parse(arena, tag->signature, strlen(tag->signature),
                           source, &signature, err) &&
           dataset_tag_statement(store, arena, tag->name, tag->version,
                                 &statement, err) &&
           signature_check(&signature, key, statement, strlen(statement),
                           source, err);
}

/* Anything but a failure to look is a finding. */
static bool check_tag(struct store *store, struct arena *arena,
                      const struct tag *tag, const struct public_key *key,
                      finding_visitor *visit, void *context,
                      struct tag_check *result, struct error *err)
{
    const char *finding;

    if (check_signature(store, arena, tag, key, err)) {
        result->checked++;
        return true;
    }
    if (err->code != ERROR_FOUND && err->code != ERROR_INPUT)
        return false;
    result->findings++;
    finding = arena_format(arena, err,
                           "%s; trust v%lld only when you know why, and sign "
                           "it again with `datebook tag --sign KEY %s`",
                           err->message, (long long)tag->version, tag->name);
    return finding && visit(context, finding, err);
}

bool dataset_check_tags(struct store *store, struct arena *arena,
                        const struct public_key *key, finding_visitor *visit,
                        void *context, struct tag_check *result,
                        struct error *err)
{
    struct tag *tags;
    size_t count;

    *result = (struct tag_check){0};
    if (!tag_list(store, arena, &tags, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!tags[i].signature)
            result->unsigned_tags++;
        else if (!check_tag(store, arena, &tags[i], key, visit, context, result,
                            err))
            return false;
    }
    return true;
}
