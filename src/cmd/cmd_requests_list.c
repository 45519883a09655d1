/* datebook requests list */
#include "requests.h"

#include "model_usage.h"

#include <string.h>

struct listing {
    struct cli *cli;
    struct store *store;
    int64_t job;   /* 0: all */
    int state;     /* -1: all */
    int64_t limit; /* of rows on a terminal */
    int64_t count; /* that match */
};

/* ---- Options ---- */

static bool read_state(const struct cli *cli, int *state, struct error *err)
{
    const char *name = cli_value(cli, "state");
    const char *names[REQUEST_STATES];
    const char *near;

    *state = -1;
    if (!name)
        return true;
    for (int i = 0; i < REQUEST_STATES; i++) {
        names[i] = request_state_name((enum request_state)i);
        if (!strcmp(name, names[i]))
            *state = i;
    }
    if (*state >= 0)
        return true;
    near = nearest_name(name, names, REQUEST_STATES);
    cli_usage(cli, err, "no request is ever \"%.50s\"", name);
    return near ? error_hint(err, "did you mean %s?", near) : false;
}

static bool read_options(struct listing *listing, struct error *err)
{
    struct cli *cli = listing->cli;

    if (cli_flag(cli, "rejected") && cli_flag(cli, "state"))
        return cli_usage(cli, err, "--rejected and --state exclude each other");
    listing->limit = cli->json ? INT64_MAX : 50;
    return cli_int(cli, "job", 1, INT64_MAX, &listing->job, err) &&
           cli_int(cli, "limit", 1, INT64_MAX, &listing->limit, err) &&
           read_state(cli, &listing->state, err);
}

/* ---- Requests ---- */

typedef bool take_request(struct listing *listing,
                          const struct request *request, int64_t index,
                          void *context, struct error *err);

static bool scan(struct listing *listing, take_request *take, void *context,
                 struct error *err)
{
    struct cursor *cursor = request_scan(listing->store, listing->job, err);
    struct request request;
    int64_t index = 0;
    bool more = true;
    bool ok = cursor != NULL;

    while (ok && more) {
        ok = request_next(cursor, &request, &more, err);
        if (ok && more &&
            (listing->state < 0 || listing->state == (int)request.state))
            ok = take(listing, &request, index++, context, err);
    }
    cursor_close(cursor);
    listing->count = index;
    return ok;
}

static bool count_one(struct listing *listing, const struct request *request,
                      int64_t index, void *context, struct error *err)
{
    (void)listing;
    (void)request;
    (void)index;
    (void)context;
    (void)err;
    return true;
}

static const char *number(struct listing *listing, int64_t value,
                          struct error *err)
{
    return arena_format(&listing->cli->arena, err, "%lld", (long long)value);
}

static const char *dollars(struct listing *listing, int64_t cost,
                           struct error *err)
{
    struct buf buf = BUF_EMPTY;
    const char *text;

    if (cost < 0)
        return "?";
    put_dollars(&buf, cost);
    text = arena_text(&listing->cli->arena, buf_string(&buf), err);
    buf_free(&buf);
    return text;
}

/* "3,5" of the list [3,5]. */
static const char *briefs(struct listing *listing, const char *list,
                          struct error *err)
{
    size_t length = strlen(list);

    return length < 2 ? ""
                      : arena_format(&listing->cli->arena, err, "%.*s",
                                     (int)length - 2, list + 1);
}

static bool add_row(struct listing *listing, const struct request *request,
                    int64_t index, void *context, struct error *err)
{
    struct table *table = context;
    const char *persona;
    bool answered = request->prompt_tokens || request->completion_tokens;

    if (index < listing->count - listing->limit)
        return true;
    if (!persona_id_of(listing->store, &listing->cli->arena, request->persona,
                       &persona, err))
        return false;
    table_row(
        table, number(listing, request->number, err),
        request->job ? number(listing, request->job, err) : "-",
        request_kind_name(request->kind), request_state_name(request->state),
        number(listing, request->tries, err), persona,
        briefs(listing, request->briefs, err),
        answered
            ? number(listing,
                     request->prompt_tokens + request->completion_tokens, err)
            : "",
        answered ? dollars(listing, request->cost, err) : "", request->note,
        NULL);
    return true;
}

static bool print_table(struct listing *listing, struct error *err)
{
    static const struct table_column columns[] = {
        {"REQUEST", TABLE_RIGHT, 0}, {"JOB", TABLE_RIGHT, 0},
        {"KIND", TABLE_LEFT, 0},     {"STATE", TABLE_LEFT, 0},
        {"TRIES", TABLE_RIGHT, 0},   {"PERSONA", TABLE_LEFT, 40},
        {"BRIEFS", TABLE_LEFT, 24},  {"TOKENS", TABLE_RIGHT, 0},
        {"COST", TABLE_RIGHT, 0},    {"NOTE", TABLE_LEFT, 60}};
    struct cli *cli = listing->cli;
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    if (!scan(listing, count_one, NULL, err) ||
        !scan(listing, add_row, &table, err))
        return false;
    if (!listing->count) {
        buf_text(&cli->out, "no requests\n");
        return true;
    }
    if (listing->count > listing->limit)
        cli_note(cli, "%lld older; --limit N shows more",
                 (long long)(listing->count - listing->limit));
    return table_print(&table, 0, &cli->out, err);
}

static bool add_json(struct listing *listing, const struct request *request,
                     int64_t index, void *context, struct error *err)
{
    struct buf *out = &listing->cli->out;

    (void)context;
    if (index >= listing->limit)
        return true;
    json_key(out, NULL);
    buf_char(out, '{');
    if (!json_request(listing->cli, listing->store, request, err))
        return false;
    buf_char(out, '}');
    return cli_flush_long(listing->cli, err);
}

static bool print_json(struct listing *listing, struct error *err)
{
    buf_text(&listing->cli->out, "{\"requests\":[");
    if (!scan(listing, add_json, NULL, err))
        return false;
    buf_text(&listing->cli->out, "]}\n");
    return true;
}

/* ---- Rejected texts ---- */

static bool print_rejected(struct listing *listing, struct error *err)
{
    struct cli *cli = listing->cli;
    struct cursor *cursor = rejection_scan(listing->store, listing->job, err);
    struct rejection rejection;
    bool more = true;
    bool ok = cursor != NULL;
    int64_t count = 0;

    if (cli->json)
        buf_text(&cli->out, "{\"rejected\":[");
    while (ok && more && count < listing->limit) {
        ok = rejection_next(cursor, &rejection, &more, err);
        if (!ok || !more)
            break;
        count++;
        if (cli->json) {
            json_key(&cli->out, NULL);
            json_rejection(&cli->out, &rejection);
        } else {
            print_rejection(cli, &rejection);
        }
        ok = cli_flush_long(cli, err);
    }
    cursor_close(cursor);
    if (cli->json)
        buf_text(&cli->out, "]}\n");
    else if (!count)
        buf_text(&cli->out, "no text was rejected\n");
    return ok;
}

static bool run(struct cli *cli, struct error *err)
{
    struct listing listing = {.cli = cli};
    bool ok = read_options(&listing, err) &&
              (listing.store = cli_open(cli, cli->database, STORE_READ, err)) &&
              (cli_flag(cli, "rejected") ? print_rejected(&listing, err)
               : cli->json               ? print_json(&listing, err)
                                         : print_table(&listing, err));

    store_close(listing.store);
    if (!ok)
        buf_clear(&cli->out);
    return ok;
}

const struct command command_requests_list = {
    .name = "requests list",
    .summary = "list what was asked of models, and what did not do",
    .arguments = "",
    .details =
        "A request asks a model for the texts of some briefs, each a meeting "
        "or a series. It is\nwaiting, sent, answered, truncated, refused (by "
        "the model or a filter), rejected (by\nthe endpoint), failed (tried "
        "in vain) or superseded (its persona was edited before it\nwas sent). "
        "A batched one is in a batch\nfile whose results are not here yet. "
        "TOKENS are those of prompt and reply; JOB - is one of\nanother file "
        "that was merged.",
    .json = "{\"requests\": [{\"request\", \"job\", \"kind\", \"state\", "
            "\"persona\", \"model\", \"parent\", \"briefs\", \"tries\", "
            "\"status\", \"prompt_tokens\", \"cached_tokens\", "
            "\"completion_tokens\", \"cost_usd\", \"coerced\", \"note\"}]}; "
            "with --rejected {\"rejected\": [{\"request\", \"brief\", "
            "\"reason\", \"text\", \"final\"}]}",
    .options = {{"job", 0, "N", "of one job (default: all)"},
                {"state", 0, "STATE", "only those in this state"},
                {"rejected", 0, NULL,
                 "texts that did not do, and why, as they came"},
                {"limit", 0, "N", "at most so many (default 50)"}},
    .examples = {{"requests list", "the last fifty"},
                 {"requests list --state failed", "what was tried in vain"},
                 {"requests list --rejected --job 1",
                  "texts that did not do, with reasons"}},
    .run = run,
};
