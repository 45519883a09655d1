/* datebook requests show */
#include "requests.h"

#include "model_usage.h"

#include "datebook/chat.h"
#include "datebook/json.h"

#include <stdlib.h>
#include <string.h>

/* One request, and what became of it. */
struct shown {
    struct cli *cli;
    struct store *store;
    struct request request;
    const char *persona;
    int64_t meetings; /* that came of it */
};

/* ---- Finding ---- */

static bool read_number(struct cli *cli, int64_t *number, struct error *err)
{
    const char *text = cli->arguments[0];
    size_t digits = strspn(text, "0123456789");

    *number =
        digits && digits < 18 && !text[digits] ? strtoll(text, NULL, 10) : 0;
    return *number ||
           cli_usage(cli, err, "a request is a number, not \"%.50s\"", text);
}

static bool find(struct shown *shown, struct error *err)
{
    struct cli *cli = shown->cli;
    int64_t number;
    bool found;

    if (!read_number(cli, &number, err) ||
        !request_get(shown->store, &cli->arena, number, &shown->request, &found,
                     err))
        return false;
    if (!found) {
        error_set(err, ERROR_INPUT, "there is no request %lld",
                  (long long)number);
        return error_hint(err, "`datebook requests list` lists them");
    }
    return persona_id_of(shown->store, &cli->arena, shown->request.persona,
                         &shown->persona, err) &&
           origin_count(shown->store, number, &shown->meetings, err);
}

/* What the model said, out of the body in which it came; the body itself when
 * that is no reply. */
static const char *content_of(struct shown *shown)
{
    const struct request *request = &shown->request;
    struct chat_reply reply;
    struct error ignored;

    if (request->reply &&
        chat_read_body(&shown->cli->arena, request->status, request->reply,
                       strlen(request->reply), &chat_first_traits, &reply,
                       &ignored) &&
        reply.content)
        return reply.content;
    return request->reply;
}

/* ---- Rejected texts of it ---- */

static bool each_rejection(struct shown *shown, bool json, struct error *err)
{
    struct cursor *cursor =
        rejection_scan(shown->store, shown->request.job, err);
    struct buf *out = &shown->cli->out;
    struct rejection rejection;
    bool more = true;
    bool ok = cursor != NULL;

    while (ok && more) {
        ok = rejection_next(cursor, &rejection, &more, err);
        if (!ok || !more || rejection.request != shown->request.number)
            continue;
        if (json) {
            json_key(out, NULL);
            json_rejection(out, &rejection);
        } else {
            print_rejection(shown->cli, &rejection);
        }
    }
    cursor_close(cursor);
    return ok;
}

/* ---- Text ---- */

static void print_said(struct buf *out, const char *who, const char *text)
{
    if (!text || !*text)
        return;
    buf_format(out, "\n%s:\n", who);
    terminal_lines(out, text);
    if (text[strlen(text) - 1] != '\n')
        buf_char(out, '\n');
}

static bool print_messages(struct shown *shown, struct error *err)
{
    const char *text = shown->request.messages;
    const cJSON *messages =
        json_parse(&shown->cli->arena, text, strlen(text), "messages", err);
    const cJSON *message;

    if (!messages)
        return false;
    cJSON_ArrayForEach (message, messages) {
        const char *role = json_member_text(message, "role");
        struct buf who = BUF_EMPTY;
        terminal_text(&who, role ? role : "message");
        print_said(&shown->cli->out, buf_string(&who),
                   json_member_text(message, "content"));
        buf_free(&who);
    }
    return true;
}

static void print_head(struct shown *shown)
{
    const struct request *request = &shown->request;
    struct buf *out = &shown->cli->out;
    char hex[HASH_HEX_SIZE];

    buf_format(out, "request  %lld of ", (long long)request->number);
    if (request->job)
        buf_format(out, "job %lld", (long long)request->job);
    else
        buf_text(out, "another file");
    buf_format(out, ", %s, %s", request_kind_name(request->kind),
               request_state_name(request->state));
    if (request->parent)
        buf_format(out, ", after request %lld", (long long)request->parent);
    if (*request->note) {
        buf_text(out, ": ");
        terminal_text(out, request->note);
    }
    buf_text(out, "\nmodel    ");
    terminal_text(out, request->model);
    if (*request->remote) {
        buf_text(out, ", reply ");
        terminal_text(out, request->remote);
    }
    buf_text(out, "\npersona  ");
    terminal_text(out, shown->persona);
    hash_hex(request->persona_hash, hex);
    buf_format(out, ", document %.12s\nprompt   ", hex);
    hash_hex(request->prompt_hash, hex);
    buf_format(out, "%.12s, seed %lld\nbriefs   ", hex,
               (long long)request->seed);
    terminal_text(out, request->briefs); /* of a file that was merged, maybe */
    buf_char(out, '\n');
}

static void print_use(struct shown *shown)
{
    const struct request *request = &shown->request;
    struct cli *cli = shown->cli;
    struct buf *out = &cli->out;

    buf_format(out, "use      %s, ",
               cli_count(cli, request->tries, "try", "tries"));
    text_number(out, request->prompt_tokens);
    buf_text(out, " tokens of prompt and ");
    text_number(out, request->completion_tokens);
    buf_text(out, " of reply");
    if (request->cost >= 0) {
        buf_text(out, ", ");
        put_dollars(out, request->cost);
    }
    if (request->status)
        buf_format(out, ", HTTP %d", request->status);
    buf_format(out, "\ngave     %s\n",
               shown->meetings
                   ? cli_count(cli, shown->meetings, "meeting", "meetings")
                   : "no meeting of a version");
}

static bool print(struct shown *shown, struct error *err)
{
    struct buf *out = &shown->cli->out;
    size_t from;

    print_head(shown);
    print_use(shown);
    from = out->length;
    buf_char(out, '\n');
    if (!each_rejection(shown, false, err))
        return false;
    if (out->length == from + 1)
        out->data[--out->length] = '\0';
    print_said(out, "system", shown->request.system);
    if (!print_messages(shown, err))
        return false;
    print_said(out, "reply", content_of(shown));
    return true;
}

/* ---- JSON ---- */

static void json_hash(struct buf *out, const char *key,
                      const unsigned char hash[HASH_SIZE])
{
    char hex[HASH_HEX_SIZE];

    hash_hex(hash, hex);
    json_key(out, key);
    buf_json(out, hex);
}

static bool print_json(struct shown *shown, struct error *err)
{
    const struct request *request = &shown->request;
    struct buf *out = &shown->cli->out;

    buf_char(out, '{');
    if (!json_request(shown->cli, shown->store, request, err))
        return false;
    json_hash(out, "fingerprint", request->fingerprint);
    json_hash(out, "prompt_hash", request->prompt_hash);
    json_hash(out, "persona_hash", request->persona_hash);
    buf_format(out, ",\"most_tokens\":%lld,\"seed\":%lld",
               (long long)request->most_tokens, (long long)request->seed);
    json_key(out, "remote");
    buf_json(out, request->remote);
    json_key(out, "system");
    buf_json(out, request->system);
    json_key(out, "messages");
    buf_text(out, request->messages);
    json_key(out, "schema");
    buf_text(out,
             request->schema && *request->schema ? request->schema : "null");
    json_key(out, "reply");
    buf_json(out, request->reply);
    json_key(out, "meetings");
    buf_int(out, shown->meetings);
    json_key(out, "rejected");
    buf_char(out, '[');
    if (!each_rejection(shown, true, err))
        return false;
    buf_text(out, "]}\n");
    return true;
}

static bool run(struct cli *cli, struct error *err)
{
    struct shown shown = {.cli = cli};
    bool ok;

    shown.store = cli_open(cli, cli->database, STORE_READ, err);
    ok = shown.store && find(&shown, err) &&
         (cli->json ? print_json(&shown, err) : print(&shown, err));
    store_close(shown.store);
    if (!ok)
        buf_clear(&cli->out);
    return ok;
}

const struct command command_requests_show = {
    .name = "requests show",
    .summary = "show one request, its reply, and what came of it",
    .arguments = "NUMBER",
    .least = 1,
    .most = 1,
    .json = "{what `requests list --json` prints of one, \"fingerprint\", "
            "\"prompt_hash\", \"persona_hash\", \"most_tokens\", \"seed\", "
            "\"remote\", \"system\", \"messages\": [{\"role\", \"content\"}], "
            "\"schema\", \"reply\" (the body as it came, or null), "
            "\"meetings\" (how many came of it), \"rejected\": [{\"request\", "
            "\"brief\", \"reason\", \"text\", \"final\"}]}",
    .examples = {{"requests show 12", "the twelfth"},
                 {"requests show 12 --json", "the reply as it came"}},
    .run = run,
};
