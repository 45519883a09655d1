/* The history of a persona: every document that it had, and what was edited. */
#include "history.h"

/* A persona's rows, as far as they are told. */
struct biography {
    struct persona_row *rows;
    struct stretch *stretches;
    size_t count; /* of stretches */
};

static bool read_rows(const struct history *history, int64_t persona,
                      struct biography *biography, struct error *err)
{
    struct arena *arena = &history->cli->arena;
    struct span *spans;
    size_t count;

    if (!persona_rows(history->store, arena, persona, &biography->rows, &count,
                      err))
        return false;
    spans = arena_zero(arena, count, sizeof *spans, err);
    for (size_t i = 0; spans && i < count; i++)
        spans[i] = (struct span){.since = biography->rows[i].persona.since,
                                 .until = biography->rows[i].until};
    return spans &&
           history_stretches(history->store, arena, NOUN_PERSONA, spans, count,
                             history->last, &biography->stretches,
                             &biography->count, err);
}

/* The row of the stretch, or of the last one before it that has one. */
static const struct stored_persona *known_row(const struct biography *biography,
                                              size_t at)
{
    for (size_t i = at + 1; i-- > 0;)
        if (biography->stretches[i].known == KNOWN_VALUE)
            return &biography->rows[biography->stretches[i].span].persona;
    return NULL;
}

static const cJSON *read_tree(const struct history *history,
                              const struct stored_persona *persona,
                              struct error *err)
{
    return json_parse(&history->cli->arena, persona->document,
                      persona->document_length, persona->id, err);
}

/* What differs from the last document before that is known. */
static bool edits(const struct history *history,
                  const struct biography *biography, size_t at,
                  const char ***changes, size_t *count, struct error *err)
{
    const struct stored_persona *now = known_row(biography, at);
    const struct stored_persona *before =
        at ? known_row(biography, at - 1) : NULL;
    const cJSON *old_tree;
    const cJSON *new_tree;

    *changes = NULL;
    *count = 0;
    if (!before)
        return true;
    old_tree = read_tree(history, before, err);
    new_tree = old_tree ? read_tree(history, now, err) : NULL;
    return new_tree && persona_changes(&history->cli->arena, old_tree, new_tree,
                                       changes, count, err);
}

/* How many labels of the persona the version added or changed; -1 when rows of
 * it may be gone. */
static bool count_labels(const struct history *history,
                         const struct stored_persona *row, int64_t *count,
                         struct error *err)
{
    struct version version;

    *count = -1;
    if (!version_get(history->store, &history->cli->arena, row->since, &version,
                     err))
        return false;
    return version.pruned ||
           label_change_count(history->store, row->since, row->key, count, err);
}

/* ---- Text ---- */

static const char *what_happened(const struct biography *biography, size_t at)
{
    if (!at)
        return "added";
    switch (biography->stretches[at - 1].known) {
    case KNOWN_ABSENT:
        return "came back";
    case KNOWN_NOTHING:
        return "known again";
    default:
        return "changed";
    }
}

static bool print_document(const struct history *history,
                           const struct biography *biography, size_t at,
                           struct error *err)
{
    struct cli *cli = history->cli;
    const char **changes;
    int64_t labels;
    size_t count;

    if (!print_run(history, biography->stretches[at].since, err) ||
        !edits(history, biography, at, &changes, &count, err) ||
        !count_labels(history, known_row(biography, at), &labels, err))
        return false;
    put_wrapped(&cli->out, what_happened(biography, at), HISTORY_INDENT);
    for (size_t i = 0; i < count; i++)
        put_wrapped(&cli->out, changes[i], HISTORY_INDENT);
    if (labels > 0)
        put_wrapped(&cli->out,
                    cli_count(cli, labels, "label added or changed",
                              "labels added or changed"),
                    HISTORY_INDENT);
    return true;
}

static bool print(const struct history *history,
                  const struct biography *biography, struct error *err)
{
    struct buf *out = &history->cli->out;
    const struct stored_persona *newest =
        known_row(biography, biography->count - 1);

    buf_text(out, "persona ");
    terminal_text(out, history->cli->arguments[0]);
    if (newest) {
        buf_text(out, ", ");
        terminal_text(out, newest->name);
    }
    buf_text(out, "\n\n");
    for (size_t i = 0; i < biography->count; i++) {
        const struct stretch *stretch = &biography->stretches[i];
        if (stretch->known == KNOWN_VALUE) {
            if (!print_document(history, biography, i, err))
                return false;
        } else if (stretch->known == KNOWN_ABSENT) {
            if (!print_run(history, stretch->since, err))
                return false;
            put_wrapped(out, "removed", HISTORY_INDENT);
        } else {
            print_pruned(history, stretch,
                         stretch->known == KNOWN_PRESENT
                             ? "it was there; its document was pruned"
                             : "pruned: nobody knows whether it was there");
        }
    }
    return true;
}

/* ---- JSON ---- */

static bool json_document(const struct history *history,
                          const struct biography *biography, size_t at,
                          struct error *err)
{
    struct buf *out = &history->cli->out;
    const char **changes;
    int64_t labels;
    size_t count;

    if (!json_run(history, biography->stretches[at].since, err) ||
        !edits(history, biography, at, &changes, &count, err) ||
        !count_labels(history, known_row(biography, at), &labels, err))
        return false;
    json_texts(out, "fields", changes, count);
    json_key(out, "labels");
    if (labels < 0)
        buf_text(out, "null");
    else
        buf_int(out, labels);
    return true;
}

static bool print_json(const struct history *history,
                       const struct biography *biography, struct error *err)
{
    struct buf *out = &history->cli->out;

    buf_text(out, "{\"persona\":");
    buf_json(out, history->cli->arguments[0]);
    json_key(out, "version");
    buf_int(out, history->last);
    json_key(out, "documents");
    buf_char(out, '[');
    for (size_t i = 0; i < biography->count; i++) {
        json_key(out, NULL);
        buf_char(out, '{');
        json_stretch(out, &biography->stretches[i]);
        if (biography->stretches[i].known == KNOWN_VALUE &&
            !json_document(history, biography, i, err))
            return false;
        buf_char(out, '}');
    }
    buf_text(out, "]}\n");
    return true;
}

bool persona_history(const struct history *history, int64_t persona,
                     struct error *err)
{
    struct biography biography;

    if (!read_rows(history, persona, &biography, err))
        return false;
    if (!biography.count)
        return error_set(err, ERROR_INPUT,
                         "nothing is known of the persona \"%.128s\" up to "
                         "v%lld",
                         history->cli->arguments[0], (long long)history->last);
    return history->cli->json ? print_json(history, &biography, err)
                              : print(history, &biography, err);
}
