/* Meetings that a model wrote, and the request behind each. */
#include "origin.h"

bool origin_find(struct cli *cli, struct store *store, int64_t meeting,
                 struct request **request, struct error *err)
{
    struct request *row;
    int64_t number;
    bool found;

    *request = NULL;
    if (!origin_get(store, meeting, &number, err))
        return false;
    if (!number)
        return true;
    row = arena_zero(&cli->arena, 1, sizeof *row, err);
    if (!row || !request_get(store, &cli->arena, number, row, &found, err))
        return false;
    if (!found)
        return error_set(err, ERROR_DATABASE,
                         "the journal has lost request %lld",
                         (long long)number);
    *request = row;
    return true;
}

void put_origin(struct buf *out, const struct request *request, int indent)
{
    char hex[HASH_HEX_SIZE];

    terminal_text(out, request->model);
    buf_format(out, ", request %lld", (long long)request->number);
    if (request->job)
        buf_format(out, " of job %lld, ", (long long)request->job);
    else
        buf_text(out, " of another file, ");
    text_number(out, request->prompt_tokens);
    buf_text(out, " tokens of prompt and ");
    text_number(out, request->completion_tokens);
    hash_hex(request->prompt_hash, hex);
    buf_format(out, " of reply\n%*sprompt %.12s, ", indent, "", hex);
    hash_hex(request->persona_hash, hex);
    buf_format(out, "persona document %.12s, seed %lld\n", hex,
               (long long)request->seed);
}

void json_origin(struct buf *out, const struct request *request)
{
    char hex[HASH_HEX_SIZE];

    json_key(out, "written");
    if (!request) {
        buf_text(out, "null");
        return;
    }
    buf_text(out, "{\"model\":");
    buf_json(out, request->model);
    buf_format(out, ",\"request\":%lld,\"job\":%lld,\"seed\":%lld",
               (long long)request->number, (long long)request->job,
               (long long)request->seed);
    hash_hex(request->prompt_hash, hex);
    json_key(out, "prompt_hash");
    buf_json(out, hex);
    hash_hex(request->persona_hash, hex);
    json_key(out, "persona_hash");
    buf_json(out, hex);
    buf_format(out, ",\"prompt_tokens\":%lld,\"completion_tokens\":%lld}",
               (long long)request->prompt_tokens,
               (long long)request->completion_tokens);
}
