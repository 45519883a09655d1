/* datebook prune */
#include "cli.h"

#include "datebook/prune.h"

/* "5.2 MB" */
static const char *size_text(struct cli *cli, int64_t bytes, struct error *err)
{
    static const char *const units[] = {"kB", "MB", "GB", "TB"};
    double value = (double)bytes / 1000;
    size_t unit = 0;

    while (value >= 999.95 && unit + 1 < sizeof units / sizeof *units) {
        value /= 1000;
        unit++;
    }
    return arena_format(&cli->arena, err, "%.1f %s", value, units[unit]);
}

/* ---- Which versions ---- */

/* The names of the tags of a version, after `text`; tags come by version. */
static const char *add_tags(struct cli *cli, const char *text,
                            const struct tag *tags, size_t count,
                            int64_t version, struct error *err)
{
    for (size_t i = 0; text && i < count; i++)
        if (tags[i].version == version)
            text = arena_format(&cli->arena, err, "%s%stag %s", text,
                                *text ? ", " : "", tags[i].name);
    return text;
}

static const struct {
    unsigned reason;
    const char *text;
    const char *word; /* in JSON */
} reasons[] = {
    {PRUNE_HEAD, "HEAD", "head"},
    {PRUNE_LAST, "one of the last", "last"},
    {PRUNE_TAGGED, NULL, "tag"},
    /* each by its name */ {PRUNE_EXPORTED, "exported", "export"},
    {PRUNE_YOUNG, "young", "young"},
};

enum { REASONS = sizeof reasons / sizeof *reasons };

static const char *reason_text(struct cli *cli,
                               const struct prune_version *version,
                               const struct tag *tags, size_t count,
                               struct error *err)
{
    const char *text = "";

    if (version->pruned)
        return "pruned before";
    for (size_t i = 0; text && i < REASONS; i++) {
        if (!(version->reasons & reasons[i].reason))
            continue;
        text = reasons[i].text
                   ? arena_format(&cli->arena, err, "%s%s%s", text,
                                  *text ? ", " : "", reasons[i].text)
                   : add_tags(cli, text, tags, count, version->number, err);
    }
    return text;
}

/* Neighbours of which the same is said share a line; a tag has its own. */
static bool same_line(const struct prune_version *one,
                      const struct prune_version *other)
{
    return one->pruned == other->pruned &&
           (one->pruned ||
            (one->reasons == other->reasons && !(one->reasons & PRUNE_TAGGED)));
}

static const char *what_happens(const struct prune_version *version)
{
    if (version->pruned)
        return "gone";
    return version->reasons ? "stays" : "goes";
}

static const char *line_name(struct cli *cli, const struct prune_version *first,
                             const struct prune_version *last,
                             struct error *err)
{
    if (first == last)
        return arena_format(&cli->arena, err, "v%lld",
                            (long long)first->number);
    return arena_format(&cli->arena, err, "v%lld to v%lld",
                        (long long)first->number, (long long)last->number);
}

static bool print_plan(struct cli *cli, const struct prune_plan *plan,
                       const struct tag *tags, size_t tag_count,
                       struct error *err)
{
    static const struct table_column columns[] = {{"VERSIONS", TABLE_LEFT, 0},
                                                  {"", TABLE_LEFT, 0},
                                                  {"WHY", TABLE_LEFT, 60}};
    const struct prune_version *end = plan->versions + plan->count;
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (const struct prune_version *first = plan->versions; first < end;) {
        const struct prune_version *last = first;
        const char *name;
        const char *why;
        while (last + 1 < end && same_line(first, last + 1))
            last++;
        name = line_name(cli, first, last, err);
        why = reason_text(cli, first, tags, tag_count, err);
        if (!name || !why)
            return false;
        table_row(&table, name, what_happens(first), why, NULL);
        first = last + 1;
    }
    return table_print(&table, 0, &cli->out, err);
}

static void json_plan(struct buf *out, const struct prune_plan *plan)
{
    json_key(out, "versions");
    buf_char(out, '[');
    for (size_t i = 0; i < plan->count; i++) {
        const struct prune_version *version = &plan->versions[i];
        json_key(out, NULL);
        buf_format(out, "{\"version\":%lld,\"pruned\":%s,\"stays\":[",
                   (long long)version->number,
                   version->pruned ? "true" : "false");
        for (size_t r = 0; !version->pruned && r < REASONS; r++) {
            if (!(version->reasons & reasons[r].reason))
                continue;
            json_key(out, NULL);
            buf_json(out, reasons[r].word);
        }
        buf_text(out, "]}");
    }
    buf_char(out, ']');
}

/* ---- What was, or would be, done ---- */

static void json_counts_of(struct buf *out, bool dry,
                           const struct prune_plan *plan,
                           const struct prune_rows *rows)
{
    buf_format(out,
               "{\"dry_run\":%s,\"pruned\":%lld,\"kept\":%zu,\"rows\":%lld",
               dry ? "true" : "false", (long long)plan->dropped,
               plan->kept_count, (long long)rows->rows);
}

/* "17 of 20 versions: 12,345 rows" */
static const char *what_goes(struct cli *cli, const struct prune_plan *plan,
                             const struct prune_rows *rows, struct error *err)
{
    struct buf text = BUF_EMPTY;
    const char *copy = NULL;

    text_number(&text, plan->dropped);
    buf_format(&text, " of %s: %s",
               cli_count(cli, plan->dropped + (int64_t)plan->kept_count,
                         "version", "versions"),
               cli_count(cli, rows->rows, "row", "rows"));
    if (buf_ok(&text, err))
        copy = arena_text(&cli->arena, buf_string(&text), err);
    buf_free(&text);
    return copy;
}

static bool print_dry(struct cli *cli, const struct prune_plan *plan,
                      const struct prune_rows *rows, const struct tag *tags,
                      size_t tag_count, struct error *err)
{
    const char *what = what_goes(cli, plan, rows, err);
    const char *size = size_text(cli, rows->bytes, err);

    if (cli->json) {
        json_counts_of(&cli->out, true, plan, rows);
        buf_format(&cli->out, ",\"bytes_estimate\":%lld",
                   (long long)rows->bytes);
        json_plan(&cli->out, plan);
        buf_text(&cli->out, "}\n");
        return true;
    }
    if (!what || !size || !print_plan(cli, plan, tags, tag_count, err))
        return false;
    if (plan->dropped)
        buf_format(&cli->out, "would prune %s, about %s\n", what, size);
    else
        buf_text(&cli->out, "nothing to prune\n");
    return true;
}

static bool dry_run(struct cli *cli, const struct prune_request *request,
                    const struct monitor *monitor, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct prune_plan plan;
    struct prune_rows rows;
    struct tag *tags;
    size_t tag_count;
    bool ok = store && prune_plan(store, &cli->arena, request, &plan, err) &&
              prune_count(store, &plan, monitor, &rows, err) &&
              tag_list(store, &cli->arena, &tags, &tag_count, err);

    store_close(store);
    return ok && print_dry(cli, &plan, &rows, tags, tag_count, err);
}

/* What became of the space, in JSON and in words. */
static const struct {
    const char *word;
    const char *text;
} outcomes[] = {
    [RECLAIM_DONE] = {"given back", NULL},
    [RECLAIM_LATER] = {"in use", "somebody is still reading the file: the "
                                 "space comes back when they are done"},
    [RECLAIM_BUSY] = {"not given back",
                      "somebody is writing to the file: the space was not "
                      "given back; the next prune does it"},
    [RECLAIM_FULL] = {"not given back",
                      "the disk is too full for a copy of the file: the space "
                      "was not given back; the next prune does it"},
    [RECLAIM_FAILED] = {"not given back",
                        "the file could not be made smaller: the space was not "
                        "given back; the next prune tries again"},
};

struct work {
    struct prune_plan plan;
    struct prune_rows rows;
    int64_t before; /* bytes */
    int64_t after;
    enum reclaim_outcome outcome;
};

static void print_json(struct cli *cli, const struct work *work)
{
    json_counts_of(&cli->out, false, &work->plan, &work->rows);
    buf_format(&cli->out,
               ",\"bytes_before\":%lld,\"bytes_after\":%lld,\"space\":\"%s\"}"
               "\n",
               (long long)work->before, (long long)work->after,
               outcomes[work->outcome].word);
}

static bool print_text(struct cli *cli, const struct work *work,
                       struct error *err)
{
    struct buf *out = &cli->out;
    const char *what = what_goes(cli, &work->plan, &work->rows, err);
    const char *before = size_text(cli, work->before, err);
    const char *after = size_text(cli, work->after, err);

    if (!what || !before || !after)
        return false;
    if (work->plan.dropped)
        buf_format(out, "pruned %s", what);
    else
        buf_text(out, "nothing to prune");
    if (work->after < work->before)
        buf_format(out, "; the file went from %s to %s", before, after);
    else if (work->plan.dropped)
        buf_format(out, "; the file takes %s", after);
    buf_char(out, '\n');
    if (outcomes[work->outcome].text)
        buf_format(out, "%s\n", outcomes[work->outcome].text);
    return true;
}

static bool prune(struct cli *cli, const struct prune_request *request,
                  const struct monitor *monitor, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_WRITE, err);
    struct work work;
    bool ok = store && store_size(store, &work.before, err) &&
              prune_drop(store, &cli->arena, request, monitor, &work.plan,
                         &work.rows, err) &&
              store_reclaim(store, monitor, &work.outcome, err) &&
              store_size(store, &work.after, err);

    store_close(store);
    if (!ok)
        return false;
    cli->done = work.plan.dropped || work.after != work.before;
    if (!cli->json)
        return print_text(cli, &work, err);
    print_json(cli, &work);
    return true;
}

/* ---- Options ---- */

static bool read_request(struct cli *cli, struct prune_request *request,
                         struct error *err)
{
    const int64_t day = INT64_C(86400) * 1000000;
    int64_t days = 0;
    int64_t now;

    *request = (struct prune_request){.keep_since = INT64_MAX};
    if (!cli_value(cli, "keep-last") && !cli_value(cli, "older-than"))
        return cli_usage(cli, err,
                         "prune needs --keep-last N, --older-than DAYS, or "
                         "both");
    if (!cli_int(cli, "keep-last", 1, INT64_MAX, &request->keep_last, err) ||
        !cli_int(cli, "older-than", 0, 100000, &days, err) ||
        !civil_now(&now, err))
        return false;
    if (cli_value(cli, "older-than"))
        request->keep_since = now - days * day;
    return true;
}

static bool run(struct cli *cli, struct error *err)
{
    struct prune_request request;
    struct progress *progress;
    bool ok;

    if (!read_request(cli, &request, err) ||
        !(progress = progress_start(cli, err)))
        return false;
    ok = (cli_flag(cli, "dry-run") ? dry_run : prune)(
        cli, &request, progress_monitor(progress), err);
    progress_end(progress);
    if (ok && cli_flag(cli, "keep-tags"))
        cli_note(cli, "tagged versions always stay; --keep-tags changes "
                      "nothing");
    return ok;
}

const struct command command_prune = {
    .name = "prune",
    .summary = "drop what only old versions hold, and give the space back",
    .arguments = "",
    .details =
        "HEAD, tagged versions, exported versions, the last N, and versions "
        "that started in\nthe last DAYS days stay, and so does every diff "
        "between two of them. Of the others only\nwhat `log` and `show` tell "
        "stays: their rows cannot be read or restored any more.\n\nA file "
        "that was made by an older datebook is copied the first time, which "
        "needs room\nfor the copy.",
    .json = "{\"dry_run\", \"pruned\", \"kept\": versions, \"rows\", "
            "\"bytes_before\", \"bytes_after\",\n\"space\": \"given back\", "
            "\"in use\" or \"not given back\"}; with --dry-run, in place of "
            "the\nlast three, \"bytes_estimate\", \"versions\": "
            "[{\"version\", \"pruned\": before, \"stays\": [why:\n\"head\", "
            "\"last\", \"tag\", \"export\", \"young\"]}]",
    .options = {{"keep-last", 0, "N", "keep the newest N versions"},
                {"older-than", 0, "DAYS",
                 "drop only versions that are older than this"},
                {"keep-tags", 0, NULL,
                 "keep tagged versions (they are kept anyway)"},
                {"dry-run", 0, NULL,
                 "show which versions would go, and change nothing"}},
    .examples = {{"prune --keep-last 10 --dry-run", "see what would go"},
                 {"prune --keep-last 10", "drop it"},
                 {"prune --older-than 90 --keep-last 5",
                  "what is older than 90 days, but for the last five"}},
    .run = run,
};
