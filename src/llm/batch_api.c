/* Files and batches as a provider has them. */
#include "datebook/batch_api.h"

#include "datebook/json.h"
#include "datebook/table.h"
#include "src/llm/batch_http.h"

#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum {
    PAGES = 20, /* of a hundred batches, that are looked through for one */
    LONGEST_ID = 200
};

const struct batch_api_options batch_api_defaults = {
    .tries = 5, .first_ms = 500, .poll_ms = 5000, .polls = 120};

struct batch_api {
    const struct endpoint *endpoint;
    struct batch_api_options options;
    struct batch_http *http;
};

struct batch_api *batch_api_open(struct arena *arena,
                                 const struct endpoint *endpoint,
                                 const struct batch_api_options *options,
                                 const struct monitor *monitor,
                                 struct error *err)
{
    struct batch_api *api = arena_zero(arena, 1, sizeof *api, err);

    if (!api)
        return NULL;
    api->endpoint = endpoint;
    api->options = *options;
    api->http = batch_http_open(arena, endpoint, options, monitor, err);
    return api->http ? api : NULL;
}

void batch_api_close(struct batch_api *api)
{
    if (api)
        batch_http_close(api->http);
}

/* ---- Replies ---- */

static bool not_understood(const struct batch_api *api, const char *what,
                           const char *why, struct error *err)
{
    error_set(err, ERROR_ENDPOINT, "cannot %s: %s", what, why);
    return error_hint(err, "is %s an API with batches?", api->endpoint->host);
}

/* The reply as a tree; NULL for what is no object. */
static const cJSON *parse(const struct batch_api *api, struct arena *arena,
                          const struct batch_call *call,
                          const struct batch_answer *answer, struct error *err)
{
    const cJSON *tree =
        json_parse(arena, answer->body, answer->length, "the reply", err);

    if (!tree && err->code != ERROR_INPUT)
        return NULL;
    if (cJSON_IsObject(tree))
        return tree;
    (void)not_understood(api, call->what, "the reply is no JSON object", err);
    return NULL;
}

/* Ids come back as parts of URLs and of names of files. */
static bool is_plain_id(const char *id)
{
    size_t length = strlen(id);

    return length && length <= LONGEST_ID && *id != '.' && *id != '-' &&
           strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                      "0123456789_-.") == length;
}

/* An id, or "" when there is none. */
static bool read_id(const struct batch_api *api, const char *what,
                    const cJSON *object, const char *name, const char **id,
                    struct error *err)
{
    const char *text = json_member_text(object, name);

    *id = text ? text : "";
    return !**id || is_plain_id(*id) ||
           not_understood(api, what, "the reply has an id of a strange form",
                          err);
}

static bool need_id(const struct batch_api *api, const char *what,
                    const cJSON *object, const char **id, struct error *err)
{
    return read_id(api, what, object, "id", id, err) &&
           (**id || not_understood(api, what, "the reply has no id", err));
}

static const char *safe_text(struct arena *arena, const char *text,
                             struct error *err)
{
    struct buf safe = BUF_EMPTY;
    const char *copy = NULL;

    terminal_text(&safe, text);
    if (buf_ok(&safe, err))
        copy = arena_text(arena, buf_string(&safe), err);
    buf_free(&safe);
    return copy;
}

/* ---- Files ---- */

/* Most services say "processed" at once or nothing at all; Azure says "pending"
 * for a while. */
static bool read_file(const struct batch_api *api, const char *what,
                      const cJSON *tree, struct remote_file *file,
                      struct error *err)
{
    const char *status = json_member_text(tree, "status");

    *file = (struct remote_file){0};
    if (!need_id(api, what, tree, &file->id, err))
        return false;
    if (status &&
        (!strcasecmp(status, "error") || !strcasecmp(status, "failed")))
        return not_understood(api, what, "the file was refused there", err);
    file->gone = status && (!strcasecmp(status, "deleted") ||
                            !strcasecmp(status, "deleting"));
    file->ready = !file->gone &&
                  (!status || !*status || !strcasecmp(status, "processed") ||
                   !strcasecmp(status, "uploaded"));
    return true;
}

static bool check_size(const struct batch_api *api, const char *what,
                       const cJSON *tree, const char *path, struct error *err)
{
    const cJSON *bytes = json_member(tree, "bytes");
    struct stat info;

    return !cJSON_IsNumber(bytes) || !(bytes->valuedouble > 0) ||
           stat(path, &info) || bytes->valuedouble >= (double)info.st_size ||
           not_understood(api, what, "only a part of it arrived", err);
}

bool batch_api_upload(struct batch_api *api, struct arena *arena,
                      const char *path, struct remote_file *file,
                      struct error *err)
{
    struct batch_call call = {.upload = path};
    struct batch_answer answer;
    const cJSON *tree;

    call.url = endpoint_url(api->endpoint, arena, "/files", err);
    call.what = arena_format(arena, err, "upload %s", path);
    return call.url && call.what &&
           batch_http_call(api->http, arena, &call, &answer, err) &&
           (tree = parse(api, arena, &call, &answer, err)) &&
           check_size(api, call.what, tree, path, err) &&
           read_file(api, call.what, tree, file, err);
}

static bool look_at_file(struct batch_api *api, struct arena *arena,
                         struct remote_file *file, struct error *err)
{
    const char *id = file->id;
    struct batch_call call = {.may_be_gone = true};
    struct batch_answer answer;
    const char *resource = arena_format(arena, err, "/files/%s", id);
    const cJSON *tree;

    call.url =
        resource ? endpoint_url(api->endpoint, arena, resource, err) : NULL;
    call.what = arena_format(arena, err, "look at the file %s", id);
    if (!call.url || !call.what ||
        !batch_http_call(api->http, arena, &call, &answer, err))
        return false;
    if (answer.status == 404) {
        *file = (struct remote_file){.id = id, .gone = true};
        return true;
    }
    tree = parse(api, arena, &call, &answer, err);
    return tree && read_file(api, call.what, tree, file, err);
}

bool batch_api_await(struct batch_api *api, struct arena *arena,
                     struct remote_file *file, struct error *err)
{
    for (int64_t looks = 0; looks < api->options.polls; looks++) {
        if (looks && !batch_http_pause(api->http, api->options.poll_ms, err))
            return false;
        if (!look_at_file(api, arena, file, err))
            return false;
        if (file->ready || file->gone)
            return true;
    }
    error_set(err, ERROR_ENDPOINT, "the file %s is still not ready at %s",
              file->id, api->endpoint->host);
    return error_hint(err, "run the same command again later");
}

bool batch_api_download(struct batch_api *api, struct arena *arena,
                        const char *file_id, const char *path,
                        struct file_totals *totals, struct error *err)
{
    struct batch_call call = {.save = path};
    struct batch_answer answer;
    const char *resource =
        arena_format(arena, err, "/files/%s/content", file_id);

    call.url =
        resource ? endpoint_url(api->endpoint, arena, resource, err) : NULL;
    call.what = arena_format(arena, err, "download the file %s", file_id);
    if (!call.url || !call.what ||
        !batch_http_call(api->http, arena, &call, &answer, err))
        return false;
    *totals = answer.totals;
    return true;
}

/* ---- Batches ---- */

static const char *const final_states[] = {"failed", "completed", "expired",
                                           "cancelled", "canceled"};

bool batch_state_is_final(const char *state)
{
    for (size_t i = 0; i < sizeof final_states / sizeof *final_states; i++)
        if (!strcmp(state, final_states[i]))
            return true;
    return false;
}

/* "InProgress" and "In Progress" are "in_progress". */
static const char *plain_state(struct arena *arena, const char *text,
                               struct error *err)
{
    char *state = arena_text(arena, text, err);

    for (char *c = state; c && *c; c++) {
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c + 'a' - 'A');
        else if (*c == ' ' || *c == '-')
            *c = '_';
    }
    if (state && !strcmp(state, "inprogress"))
        return "in_progress";
    return state ? safe_text(arena, state, err) : NULL;
}

/* 0 for what is missing or absurd. */
static int64_t read_count(const cJSON *counts, const char *name)
{
    const cJSON *value = json_member(counts, name);

    return cJSON_IsNumber(value) && value->valuedouble >= 0 &&
                   value->valuedouble < 1e15
               ? (int64_t)value->valuedouble
               : 0;
}

/* The first of the batch's errors: "line 3: url_mismatch: …". */
static bool read_problem(struct arena *arena, const cJSON *tree,
                         const char **problem, struct error *err)
{
    const cJSON *list = json_member(json_member(tree, "errors"), "data");
    const cJSON *first = cJSON_GetArrayItem(list, 0);
    const char *code = json_member_text(first, "code");
    const char *message = json_member_text(first, "message");
    const cJSON *line = json_member(first, "line");
    const char *text;

    *problem = NULL;
    if (!message)
        message = code;
    if (!message)
        return true;
    if (cJSON_IsNumber(line) && line->valuedouble >= 0 &&
        line->valuedouble < 1e9)
        text = arena_format(arena, err, "line %d: %s", line->valueint, message);
    else
        text = message;
    *problem = text ? safe_text(arena, text, err) : NULL;
    return *problem;
}

static bool read_batch(const struct batch_api *api, struct arena *arena,
                       const char *what, const cJSON *tree,
                       struct batch_object *batch, struct error *err)
{
    const cJSON *counts = json_member(tree, "request_counts");
    const char *state = json_member_text(tree, "status");
    const char *mark =
        json_member_text(json_member(tree, "metadata"), "datebook");

    *batch = (struct batch_object){.mark = mark ? mark : ""};
    if (!need_id(api, what, tree, &batch->id, err) ||
        !read_id(api, what, tree, "output_file_id", &batch->output_id, err) ||
        !read_id(api, what, tree, "error_file_id", &batch->error_id, err) ||
        !read_problem(arena, tree, &batch->problem, err))
        return false;
    if (!state || !*state)
        return not_understood(api, what, "the reply has no status", err);
    batch->state = plain_state(arena, state, err);
    batch->total = read_count(counts, "total");
    batch->completed = read_count(counts, "completed");
    batch->failed = read_count(counts, "failed");
    return batch->state;
}

bool batch_api_get(struct batch_api *api, struct arena *arena, const char *id,
                   struct batch_object *batch, struct error *err)
{
    struct batch_call call = {.url = NULL};
    struct batch_answer answer;
    const char *resource = arena_format(arena, err, "/batches/%s", id);
    const cJSON *tree;

    call.url =
        resource ? endpoint_url(api->endpoint, arena, resource, err) : NULL;
    call.what = arena_format(arena, err, "look at the batch %s", id);
    return call.url && call.what &&
           batch_http_call(api->http, arena, &call, &answer, err) &&
           (tree = parse(api, arena, &call, &answer, err)) &&
           read_batch(api, arena, call.what, tree, batch, err);
}

/* The URL of a page of batches after the one with this id. */
static const char *page_url(struct batch_api *api, struct arena *arena,
                            const char *after, struct error *err)
{
    const char *url = endpoint_url(api->endpoint, arena, "/batches", err);

    return url ? arena_format(arena, err, "%s%climit=100%s%s", url,
                              strchr(url, '?') ? '&' : '?',
                              *after ? "&after=" : "", after)
               : NULL;
}

/* Looks for the mark on a page; `last` is where the next page starts, "" when
 * there is none. */
static bool search_page(const struct batch_api *api, struct arena *arena,
                        const char *what, const cJSON *page, const char *mark,
                        struct batch_object *batch, bool *found,
                        const char **last, struct error *err)
{
    const cJSON *data = json_member(page, "data");
    const cJSON *item;

    *last = "";
    if (!cJSON_IsArray(data))
        return not_understood(api, what, "the reply has no list", err);
    cJSON_ArrayForEach (item, data) {
        const char *is =
            json_member_text(json_member(item, "metadata"), "datebook");
        if (!read_id(api, what, item, "id", last, err))
            return false;
        if (!is || strcmp(is, mark) != 0)
            continue;
        if (!read_batch(api, arena, what, item, batch, err))
            return false;
        *found = strcmp(batch->state, "failed") != 0;
        if (*found)
            return true;
    }
    if (!cJSON_IsTrue(json_member(page, "has_more")))
        *last = "";
    return true;
}

bool batch_api_find(struct batch_api *api, struct arena *arena,
                    const char *mark, struct batch_object *batch, bool *found,
                    struct error *err)
{
    struct batch_call call = {.what = "look for an earlier batch"};
    struct batch_answer answer;
    const char *after = "";
    const cJSON *page;

    *found = false;
    for (int pages = 0; pages < PAGES && !*found; pages++) {
        call.url = page_url(api, arena, after, err);
        if (!call.url ||
            !batch_http_call(api->http, arena, &call, &answer, err) ||
            !(page = parse(api, arena, &call, &answer, err)) ||
            !search_page(api, arena, call.what, page, mark, batch, found,
                         &after, err))
            return false;
        if (!*after)
            break;
    }
    return true;
}

static const char *create_body(const struct batch_api *api, struct arena *arena,
                               const char *file_id, const char *mark,
                               struct error *err)
{
    return arena_format(
        arena, err,
        "{\"input_file_id\":\"%s\",\"endpoint\":\"%s\","
        "\"completion_window\":\"24h\",\"metadata\":{\"datebook\":\"%s\"}}",
        file_id, endpoint_batch_url(api->endpoint), mark);
}

bool batch_api_create(struct batch_api *api, struct arena *arena,
                      const char *file_id, const char *mark,
                      struct batch_object *batch, struct error *err)
{
    struct batch_call call = {.what = "create a batch", .once = true};
    struct batch_answer answer;
    struct error why;
    bool found = false;
    const cJSON *tree;

    call.url = endpoint_url(api->endpoint, arena, "/batches", err);
    call.json = create_body(api, arena, file_id, mark, err);
    if (!call.url || !call.json)
        return false;
    for (int tries = 1;; tries++) {
        if (!batch_http_call(api->http, arena, &call, &answer, err))
            return false;
        if (!answer.lost)
            break;
        why = *err;
        if (!batch_http_pause(api->http,
                              batch_http_backoff(api->http, tries, answer.wait),
                              err) ||
            !batch_api_find(api, arena, mark, batch, &found, err))
            return false;
        if (found)
            return true;
        *err = why;
        if (tries >= api->options.tries)
            return false;
    }
    tree = parse(api, arena, &call, &answer, err);
    return tree && read_batch(api, arena, call.what, tree, batch, err);
}
