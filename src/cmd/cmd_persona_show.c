/* datebook persona show */
#include "cli.h"

#include "datebook/review.h"

/* The character at `c` when a terminal would obey it rather than show it:
 * controls, and marks that reorder text; else 0. */
static unsigned unsafe_character(const unsigned char *c, size_t *length)
{
    unsigned code = 0;

    if ((*c < 0x20 && *c != '\n') || *c == 0x7F) {
        *length = 1;
        return *c;
    }
    if (c[0] == 0xC2 && c[1] >= 0x80 && c[1] < 0xA0) {
        *length = 2;
        return c[1];
    }
    if (c[0] != 0xE2 || (c[1] != 0x80 && c[1] != 0x81))
        return 0;
    *length = 3;
    code = 0x2000U | (c[1] & 0x3FU) << 6 | (c[2] & 0x3FU);
    return code == 0x200E || code == 0x200F ||
                   (code >= 0x202A && code <= 0x202E) ||
                   (code >= 0x2066 && code <= 0x2069)
               ? code
               : 0;
}

/* Writes such characters as JSON escapes, which mean the same. */
static void put_safely(struct buf *out, const char *text)
{
    while (*text) {
        size_t length = 1;
        unsigned code = unsafe_character((const unsigned char *)text, &length);
        if (code) {
            buf_format(out, "\\u%04x", code);
            text += length;
        } else {
            buf_char(out, *text++);
        }
    }
}

/* A remark, for the output is the document. */
static bool note_experts(struct cli *cli, struct store *store, int64_t version,
                         const char *id, struct error *err)
{
    struct persona_opinion *opinions;
    size_t exist = 0;
    size_t count;

    if (!persona_opinion_list(store, &cli->arena, version, id, &opinions,
                              &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        exist += opinions[i].exists;
    if (count)
        cli_note(cli, "reviewed by %s; %zu of %zu %s that the person exists",
                 cli_count(cli, (int64_t)count, "expert", "experts"), exist,
                 count, exist == 1 ? "says" : "say");
    return true;
}

static bool run(struct cli *cli, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct stored_persona *persona;
    int64_t version;
    bool ok;

    ok = store && cli_at(cli, store, &version, err) &&
         require_persona(cli, store, version, cli->arguments[0], &persona, err);
    if (ok) {
        /* Valid JSON by itself, so that it can be edited and added again. */
        struct buf document = BUF_EMPTY;
        json_indent(&document, persona->document, persona->document_length);
        ok = buf_ok(&document, err);
        put_safely(&cli->out, buf_string(&document));
        buf_char(&cli->out, '\n');
        buf_free(&document);
    }
    ok = ok && note_experts(cli, store, version, persona->id, err);
    store_close(store);
    return ok;
}

const struct command command_persona_show = {
    .name = "persona show",
    .summary = "print a persona's document",
    .arguments = "ID",
    .least = 1,
    .most = 1,
    .details = "The document is printed as it was added, only indented anew: "
               "edit it and give it\nto `persona add`. A remark says how many "
               "experts reviewed it, "
               "and how many of them\nsay that there is such a person.",
    .json = "the persona's document, as without --json",
    .options = {{"at", 0, "VERSION", "as of a version (default HEAD)"}},
    .examples = {{"persona show tier1_sales_manager_pipeline > me.json",
                  "take a persona as the start of another"},
                 {"persona show tier1_sales_manager_pipeline --at HEAD~1",
                  "as it was one version ago"}},
    .run = run,
};
