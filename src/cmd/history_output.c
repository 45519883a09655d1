/* What the history of a meeting and that of a persona have in common. */
#include "history.h"

#include <string.h>

enum { TERMINAL = 80 };

bool print_run(const struct history *history, int64_t version,
               struct error *err)
{
    struct buf *out = &history->cli->out;
    struct buf line = BUF_EMPTY;
    char stamp[STAMP_SIZE];
    struct version run;
    bool ok;

    if (!version_get(history->store, &history->cli->arena, version, &run, err))
        return false;
    civil_format_stamp(run.started, stamp);
    stamp[10] = ' ';
    stamp[16] = '\0';
    buf_format(&line, "v%lld  %s, %s: ", (long long)version, run.command,
               stamp);
    terminal_text(&line, run.summary);
    text_cut(out, buf_string(&line), TERMINAL - 1);
    buf_char(out, '\n');
    ok = buf_ok(&line, err);
    buf_free(&line);
    return ok;
}

void print_pruned(const struct history *history, const struct stretch *stretch,
                  const char *what)
{
    int64_t end = stretch->until ? stretch->until - 1 : history->last;
    struct buf *out = &history->cli->out;

    buf_format(out, "v%lld", (long long)stretch->since);
    if (end > stretch->since)
        buf_format(out, " to v%lld", (long long)end);
    buf_format(out, "  %s\n", what);
}

void json_stretch(struct buf *out, const struct stretch *stretch)
{
    static const char *const names[] = {
        [KNOWN_VALUE] = "value",
        [KNOWN_ABSENT] = "absent",
        [KNOWN_PRESENT] = "present",
        [KNOWN_NOTHING] = "nothing",
    };

    json_key(out, "since");
    buf_int(out, stretch->since);
    json_key(out, "until");
    if (stretch->until)
        buf_int(out, stretch->until);
    else
        buf_text(out, "null");
    json_key(out, "known");
    buf_json(out, names[stretch->known]);
}

bool json_run(const struct history *history, int64_t version, struct error *err)
{
    struct buf *out = &history->cli->out;
    char stamp[STAMP_SIZE];
    struct version run;

    if (!version_get(history->store, &history->cli->arena, version, &run, err))
        return false;
    civil_format_stamp(run.started, stamp);
    json_key(out, "by");
    buf_json(out, run.command);
    json_key(out, "started");
    buf_json(out, stamp);
    json_key(out, "summary");
    buf_json(out, run.summary);
    return true;
}

/* Up to the next space, or to the end. */
static size_t word_length(const char *text)
{
    return strcspn(text, " ");
}

void put_wrapped(struct buf *out, const char *text, int indent)
{
    struct buf safe = BUF_EMPTY;
    struct buf word = BUF_EMPTY;
    int column = 0;

    terminal_text(&safe, text);
    for (const char *at = buf_string(&safe); *at;) {
        size_t length = word_length(at);
        int width;
        buf_clear(&word);
        buf_add(&word, at, length);
        width = text_width(buf_string(&word));
        if (!column || column + 1 + width >= TERMINAL) {
            buf_format(out, "%s%*s", column ? "\n" : "", indent, "");
            column = indent;
        } else {
            buf_char(out, ' ');
            column++;
        }
        buf_text(out, buf_string(&word));
        column += width;
        at += length + strspn(at + length, " ");
    }
    buf_char(out, '\n');
    out->failed = out->failed || safe.failed || word.failed;
    buf_free(&word);
    buf_free(&safe);
}
