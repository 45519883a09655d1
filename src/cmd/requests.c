/* Requests and rejected texts, as the commands on them show them. */
#include "requests.h"

#include "model_usage.h"

bool json_request(struct cli *cli, struct store *store,
                  const struct request *request, struct error *err)
{
    struct buf *out = &cli->out;
    const char *persona;

    if (!persona_id_of(store, &cli->arena, request->persona, &persona, err))
        return false;
    json_key(out, "request");
    buf_int(out, request->number);
    json_key(out, "job");
    buf_int(out, request->job);
    json_key(out, "kind");
    buf_json(out, request_kind_name(request->kind));
    json_key(out, "state");
    buf_json(out, request_state_name(request->state));
    json_key(out, "persona");
    buf_json(out, persona);
    json_key(out, "model");
    buf_json(out, request->model);
    json_key(out, "parent");
    if (request->parent)
        buf_int(out, request->parent);
    else
        buf_text(out, "null");
    json_key(out, "briefs");
    buf_text(out, request->briefs);
    buf_format(out,
               ",\"tries\":%lld,\"status\":%d,\"prompt_tokens\":%lld,"
               "\"cached_tokens\":%lld,\"completion_tokens\":%lld",
               (long long)request->tries, request->status,
               (long long)request->prompt_tokens,
               (long long)request->cached_tokens,
               (long long)request->completion_tokens);
    json_dollars(out, "cost_usd", request->cost);
    json_key(out, "coerced");
    buf_int(out, request->coerced);
    json_key(out, "note");
    buf_json(out, request->note);
    return true;
}

void json_rejection(struct buf *out, const struct rejection *rejection)
{
    buf_format(out,
               "{\"request\":%lld,\"brief\":", (long long)rejection->request);
    if (rejection->brief)
        buf_int(out, rejection->brief);
    else
        buf_text(out, "null");
    json_key(out, "reason");
    buf_json(out, rejection->reason);
    json_key(out, "text");
    buf_json(out, rejection->text);
    json_key(out, "final");
    buf_text(out, rejection->final ? "true}" : "false}");
}

void print_rejection(struct cli *cli, const struct rejection *rejection)
{
    enum { WIDTH = 2000 };
    struct buf *out = &cli->out;
    struct buf safe = BUF_EMPTY;

    buf_format(out, "request %lld, ", (long long)rejection->request);
    if (rejection->brief)
        buf_format(out, "brief %lld", (long long)rejection->brief);
    else
        buf_text(out, "the whole reply");
    buf_text(out, rejection->final ? ": " : ", asked again: ");
    terminal_text(out, rejection->reason);
    buf_text(out, "\n    ");
    terminal_text(&safe, *rejection->text ? rejection->text : "(no text)");
    text_cut(out, buf_string(&safe), WIDTH);
    buf_char(out, '\n');
    buf_inherit(out, &safe);
    buf_free(&safe);
}
