/* Files and batches; see batches.h.  The shapes are those of OpenAI's API
 * reference; style=azure writes what Azure's service does differently. */
#include "tests/llm/batches.h"
#include "tests/llm/answer.h"
#include "tests/llm/shape.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STORED = 256, MOST_LINES = 50000, CREATED = 1764000000 };

struct stored {
    char id[32];
    struct text bytes;
};

struct batch {
    char id[32];
    const struct stored *input;
    char *endpoint;
    cJSON *metadata;         /* NULL: none */
    const struct rule *rule; /* how it ends; NULL: well */
    long polls;              /* before it ends */
    long looks;              /* so far */
    bool ended, cancelled;
    long total, completed, failed;
    struct stored *output, *errors; /* NULL until it has ended */
};

struct batches {
    struct script *script;
    struct log *log;
    struct stored *files[MOST_STORED];
    size_t file_count;
    struct batch batches[MOST_STORED];
    size_t count;
    int64_t lines; /* run so far */
};

struct batches *batches_open(struct script *script, struct log *log)
{
    struct batches *batches = new_zero(sizeof(*batches));
    batches->script = script;
    batches->log = log;
    return batches;
}

void batches_close(struct batches *batches)
{
    for (size_t i = 0; i < batches->file_count; i++) {
        text_free(&batches->files[i]->bytes);
        free(batches->files[i]);
    }
    for (size_t i = 0; i < batches->count; i++) {
        free(batches->batches[i].endpoint);
        cJSON_Delete(batches->batches[i].metadata);
    }
    free(batches);
}

/* ---- Files ---- */

static struct stored *store(struct batches *batches)
{
    if (batches->file_count == MOST_STORED)
        give_up("too many files");
    struct stored *file = new_zero(sizeof(*file));
    batches->files[batches->file_count++] = file;
    snprintf(file->id, sizeof(file->id), "file-test%04zu", batches->file_count);
    text_add(&file->bytes, "", 0);
    return file;
}

static struct stored *find_file(const struct batches *batches, const char *id)
{
    for (size_t i = 0; i < batches->file_count; i++)
        if (!strcmp(batches->files[i]->id, id))
            return batches->files[i];
    return NULL;
}

static void no_such(struct reply *reply, const char *what)
{
    answer_error(reply, 404, what, "invalid_request_error", "id", NULL);
}

/* One part of a multipart body. */
struct part {
    char *head; /* its headers, NUL-terminated */
    const char *bytes;
    size_t length;
};

/* The next part from *at on; the body's length bounds it. */
static bool next_part(const struct text *body, const char *mark, size_t *at,
                      struct part *part)
{
    size_t size = strlen(mark);
    const char *all = body->bytes;
    if (body->length - *at < size + 2 || memcmp(all + *at, mark, size) != 0 ||
        memcmp(all + *at + size, "\r\n", 2) != 0)
        return false;
    const char *head = all + *at + size + 2;
    size_t left = body->length - (size_t)(head - all);
    const char *bytes = memmem(head, left, "\r\n\r\n", 4);
    if (!bytes)
        return false;
    part->head = new_zero((size_t)(bytes - head) + 1);
    memcpy(part->head, head, (size_t)(bytes - head));
    part->bytes = bytes + 4;
    left = body->length - (size_t)(part->bytes - all);
    struct text end = {0};
    text_format(&end, "\r\n%s", mark);
    const char *stop = memmem(part->bytes, left, end.bytes, end.length);
    text_free(&end);
    if (!stop) {
        free(part->head);
        return false;
    }
    part->length = (size_t)(stop - part->bytes);
    *at = (size_t)(stop - all) + 2;
    return true;
}

/* "--" and the boundary. */
static bool find_mark(const struct request *request, struct text *mark)
{
    const char *type = request_header(request, "content-type");
    const char *boundary = type ? strstr(type, "boundary=") : NULL;
    if (!boundary)
        return false;
    boundary += strlen("boundary=");
    boundary += *boundary == '"';
    text_puts(mark, "--");
    text_add(mark, boundary, strcspn(boundary, "\";\r\n"));
    return true;
}

static void read_parts(const struct request *request, const char *mark,
                       bool *for_batch, struct text *file, bool *has_file)
{
    struct part part;
    for (size_t at = 0; next_part(&request->body, mark, &at, &part);) {
        if (strstr(part.head, "name=\"purpose\""))
            *for_batch = part.length == 5 && !memcmp(part.bytes, "batch", 5);
        if (strstr(part.head, "name=\"file\"") &&
            strstr(part.head, "filename=\"")) {
            text_clear(file);
            text_add(file, part.bytes, part.length);
            *has_file = true;
        }
        free(part.head);
    }
}

static cJSON *describe_file(const struct stored *file)
{
    cJSON *json = cJSON_CreateObject();
    cJSON_AddStringToObject(json, "id", file->id);
    cJSON_AddStringToObject(json, "object", "file");
    cJSON_AddNumberToObject(json, "bytes", (double)file->bytes.length);
    cJSON_AddNumberToObject(json, "created_at", CREATED);
    cJSON_AddStringToObject(json, "filename", "requests.jsonl");
    cJSON_AddStringToObject(json, "purpose", "batch");
    cJSON_AddStringToObject(json, "status", "processed");
    return json;
}

void batches_upload(struct batches *batches, const struct request *request,
                    struct reply *reply, struct text *why)
{
    struct text mark = {0}, bytes = {0};
    bool for_batch = false, has_file = false;
    if (find_mark(request, &mark))
        read_parts(request, mark.bytes, &for_batch, &bytes, &has_file);
    if (!for_batch)
        text_puts(why, "an upload without purpose=batch");
    else if (!has_file)
        text_puts(why, "an upload without a file that has a name");
    else if (shape_of_batch(bytes.bytes, bytes.length, why)) {
        struct stored *file = store(batches);
        text_add(&file->bytes, bytes.bytes, bytes.length);
        answer_json(reply, describe_file(file));
    }
    text_free(&mark);
    text_free(&bytes);
}

void batches_download(struct batches *batches, const char *id,
                      struct reply *reply)
{
    const struct stored *file = find_file(batches, id);
    if (!file) {
        no_such(reply, "No such File object");
        return;
    }
    reply->type = "application/octet-stream";
    text_add(&reply->body, file->bytes.bytes, file->bytes.length);
}

/* ---- Running lines ---- */

static void add_result(struct batches *batches, const char *custom_id,
                       const struct reply *reply, struct text *out)
{
    long long number = (long long)batches->lines;
    text_format(out, "{\"id\":\"batch_req_%lld\",\"custom_id\":", number);
    text_quote(out, custom_id, strlen(custom_id));
    if (!reply) {
        text_puts(out, ",\"response\":null,\"error\":{\"code\":"
                       "\"batch_expired\",\"message\":\"This request could not "
                       "be executed before the completion window "
                       "expired.\"}}\n");
    } else if (reply->manner != MANNER_WHOLE) {
        text_puts(out, ",\"response\":null,\"error\":{\"code\":"
                       "\"request_timeout\",\"message\":\"The request took too "
                       "long.\"}}\n");
    } else {
        text_format(out,
                    ",\"response\":{\"status_code\":%d,\"request_id\":"
                    "\"req_%lld\",\"body\":",
                    reply->status, number);
        if (reply->type)
            text_quote(out, reply->body.bytes, reply->body.length);
        else
            text_add(out, reply->body.bytes, reply->body.length);
        text_puts(out, "},\"error\":null}\n");
    }
}

/* Runs a line; what came of it goes to one of two texts. */
static bool run_line(struct batches *batches, const char *bytes, size_t length,
                     bool in_time, struct text *good, struct text *bad)
{
    cJSON *line = cJSON_ParseWithLength(bytes, length);
    const char *id = string_member(line, "custom_id");
    char *body = cJSON_PrintUnformatted(member(line, "body"));
    struct reply reply = {.status = 0};
    if (!id || !body)
        give_up("a line that is no batch request");
    batches->lines++;
    if (in_time) {
        struct chat chat = {.bytes = body,
                            .length = strlen(body),
                            .body = member(line, "body"),
                            .secret = "",
                            .number = batches->lines};
        answer_chat(batches->script, &chat, &reply);
        log_batch_line(batches->log, id, hash_of(body, strlen(body)),
                       reply.status);
    }
    bool fine = reply.status == 200 && reply.manner == MANNER_WHOLE;
    add_result(batches, id, in_time ? &reply : NULL, fine ? good : bad);
    reply_free(&reply);
    free(body);
    cJSON_Delete(line);
    return fine;
}

struct lines {
    const char *starts[MOST_LINES];
    size_t lengths[MOST_LINES];
    size_t count;
};

static void cut_lines(const struct text *text, struct lines *lines)
{
    lines->count = 0;
    for (size_t at = 0; at < text->length && lines->count < MOST_LINES;) {
        const char *start = text->bytes + at;
        const char *end = memchr(start, '\n', text->length - at);
        size_t length = end ? (size_t)(end - start) : text->length - at;
        lines->starts[lines->count] = start;
        lines->lengths[lines->count++] = length;
        at += length + 1;
    }
}

/* Results come in any order: here neither the one nor the other way round. */
static size_t place_of(const char *order, size_t i, size_t count)
{
    if (order && !strcmp(order, "kept"))
        return i;
    if (order && !strcmp(order, "reversed"))
        return count - 1 - i;
    size_t half = (count + 1) / 2;
    return i % 2 ? i / 2 : half - 1 - i / 2 + count / 2;
}

/* The lines are run as they stand, as long as time lasts, and written down in
 * another order. */
static void run_lines(struct batches *batches, struct batch *batch,
                      const struct lines *lines, struct text *good,
                      struct text *bad)
{
    const char *order = rule_option(batch->rule, "order");
    long keep = (long)rule_number(batch->rule, "keep", MOST_LINES);
    struct text *goods = new_zero(2 * (lines->count + 1) * sizeof(*goods));
    struct text *bads = goods + lines->count + 1;
    for (size_t i = 0; i < lines->count; i++) {
        bool fine = run_line(batches, lines->starts[i], lines->lengths[i],
                             (long)i < keep, &goods[i], &bads[i]);
        batch->completed += fine;
        batch->failed += !fine;
    }
    for (size_t i = 0; i < lines->count; i++) {
        size_t at = place_of(order, i, lines->count);
        text_add(good, goods[at].bytes, goods[at].length);
        text_add(bad, bads[at].bytes, bads[at].length);
        text_free(&goods[at]);
        text_free(&bads[at]);
    }
    free(goods);
}

/* ---- Batches ---- */

static bool ends_as(const struct batch *batch, const char *status)
{
    const char *end = rule_option(batch->rule, "end");
    return !strcmp(end ? end : "completed", status);
}

static bool like_azure(const struct batch *batch)
{
    const char *style = rule_option(batch->rule, "style");
    return style && !strcmp(style, "azure");
}

static void end_batch(struct batches *batches, struct batch *batch)
{
    static struct lines lines;
    batch->ended = true;
    cut_lines(&batch->input->bytes, &lines);
    batch->total = (long)lines.count;
    if (ends_as(batch, "failed"))
        return;
    struct text good = {0}, bad = {0};
    run_lines(batches, batch, &lines, &good, &bad);
    if (good.length) {
        batch->output = store(batches);
        text_add(&batch->output->bytes, good.bytes, good.length);
    }
    /* Azure names an empty file of errors after a success. */
    if (bad.length || like_azure(batch)) {
        batch->errors = store(batches);
        text_add(&batch->errors->bytes, bad.bytes ? bad.bytes : "", bad.length);
    }
    text_free(&good);
    text_free(&bad);
}

static const char *status_of(const struct batch *batch)
{
    const char *end = rule_option(batch->rule, "end");
    if (batch->cancelled)
        return "cancelled";
    if (batch->ended)
        return end ? end : "completed";
    return batch->looks ? "in_progress" : "validating";
}

static void add_status(cJSON *json, const struct batch *batch)
{
    char status[32];
    snprintf(status, sizeof(status), "%s", status_of(batch));
    if (like_azure(batch))
        status[0] = (char)(status[0] - 'a' + 'A');
    cJSON_AddStringToObject(json, "status", status);
    if (like_azure(batch))
        cJSON_AddStringToObject(json, "created_at", "2025-11-24T16:00:00Z");
    else
        cJSON_AddNumberToObject(json, "created_at", CREATED);
}

static void add_errors(cJSON *json)
{
    cJSON *errors = cJSON_AddObjectToObject(json, "errors");
    cJSON_AddStringToObject(errors, "object", "list");
    cJSON *error = cJSON_CreateObject();
    cJSON_AddStringToObject(error, "code", "invalid_json_line");
    cJSON_AddStringToObject(error, "message",
                            "This line is not parseable as valid JSON.");
    cJSON_AddNullToObject(error, "param");
    cJSON_AddNumberToObject(error, "line", 1);
    cJSON_AddItemToArray(cJSON_AddArrayToObject(errors, "data"), error);
}

static cJSON *describe_batch(const struct batch *batch)
{
    cJSON *json = cJSON_CreateObject();
    cJSON_AddStringToObject(json, "id", batch->id);
    cJSON_AddStringToObject(json, "object", "batch");
    cJSON_AddStringToObject(json, "endpoint", batch->endpoint);
    if (batch->ended && ends_as(batch, "failed"))
        add_errors(json);
    else
        cJSON_AddNullToObject(json, "errors");
    cJSON_AddStringToObject(json, "input_file_id", batch->input->id);
    cJSON_AddStringToObject(json, "completion_window", "24h");
    add_status(json, batch);
    if (batch->output)
        cJSON_AddStringToObject(json, "output_file_id", batch->output->id);
    else
        cJSON_AddNullToObject(json, "output_file_id");
    if (batch->errors)
        cJSON_AddStringToObject(json, "error_file_id", batch->errors->id);
    else
        cJSON_AddNullToObject(json, "error_file_id");
    cJSON *counts = cJSON_AddObjectToObject(json, "request_counts");
    cJSON_AddNumberToObject(counts, "total", (double)batch->total);
    cJSON_AddNumberToObject(counts, "completed", (double)batch->completed);
    cJSON_AddNumberToObject(counts, "failed", (double)batch->failed);
    cJSON_AddItemToObject(json, "metadata",
                          batch->metadata ? cJSON_Duplicate(batch->metadata, 1)
                                          : cJSON_CreateNull());
    return json;
}

/* The url of the file's first line; all are the same. */
static bool has_url(const struct stored *file, const char *url)
{
    cJSON *line = cJSON_ParseWithLength(file->bytes.bytes, file->bytes.length);
    const char *of_line = string_member(line, "url");
    bool same = of_line && !strcmp(of_line, url);
    cJSON_Delete(line);
    return same;
}

static void add_batch(struct batches *batches, const struct stored *input,
                      const cJSON *body, struct reply *reply)
{
    if (batches->count == MOST_STORED)
        give_up("too many batches");
    struct batch *batch = &batches->batches[batches->count++];
    const cJSON *metadata = member(body, "metadata");
    snprintf(batch->id, sizeof(batch->id), "batch_test%04zu", batches->count);
    batch->input = input;
    batch->endpoint = new_string(string_member(body, "endpoint"));
    batch->metadata = metadata ? cJSON_Duplicate(metadata, 1) : NULL;
    batch->rule = script_next_batch(batches->script);
    batch->polls = (long)rule_number(batch->rule, "polls", 2);
    answer_json(reply, describe_batch(batch));
}

void batches_make(struct batches *batches, const struct request *request,
                  struct reply *reply, struct text *why)
{
    cJSON *body = cJSON_Parse(request->body.length ? request->body.bytes : "");
    if (shape_of_creation(body, why)) {
        const char *endpoint = string_member(body, "endpoint");
        const struct stored *input =
            find_file(batches, string_member(body, "input_file_id"));
        if (!input)
            no_such(reply, "No such File object");
        else if (!has_url(input, endpoint))
            text_format(why, "url_mismatch: the lines' url is not %s",
                        endpoint);
        else
            add_batch(batches, input, body, reply);
    }
    cJSON_Delete(body);
}

static struct batch *find_batch(struct batches *batches, const char *id)
{
    for (size_t i = 0; i < batches->count; i++)
        if (!strcmp(batches->batches[i].id, id))
            return &batches->batches[i];
    return NULL;
}

void batches_look(struct batches *batches, const char *id, struct reply *reply)
{
    struct batch *batch = find_batch(batches, id);
    if (!batch) {
        no_such(reply, "No such batch");
        return;
    }
    batch->looks++;
    if (!batch->ended && batch->looks >= batch->polls)
        end_batch(batches, batch);
    answer_json(reply, describe_batch(batch));
}

void batches_cancel(struct batches *batches, const char *id,
                    struct reply *reply)
{
    struct batch *batch = find_batch(batches, id);
    if (!batch) {
        no_such(reply, "No such batch");
        return;
    }
    if (!batch->ended) {
        end_batch(batches, batch);
        batch->cancelled = true;
    }
    answer_json(reply, describe_batch(batch));
}

void batches_list(struct batches *batches, long limit, const char *after,
                  struct reply *reply)
{
    size_t left = batches->count;
    const struct batch *before = find_batch(batches, after);
    if (before)
        left = (size_t)(before - batches->batches);
    cJSON *json = cJSON_CreateObject();
    cJSON_AddStringToObject(json, "object", "list");
    cJSON *data = cJSON_AddArrayToObject(json, "data");
    for (long shown = 0; left && shown < limit; shown++)
        cJSON_AddItemToArray(data, describe_batch(&batches->batches[--left]));
    cJSON_AddBoolToObject(json, "has_more", left > 0);
    answer_json(reply, json);
}

/* ---- Without a network ---- */

static void write_file(const char *path, const struct text *text)
{
    FILE *file = fopen(path, "wb");
    if (!file ||
        (text->length &&
         fwrite(text->bytes, 1, text->length, file) != text->length) ||
        fclose(file) != 0)
        give_up("%s: %s", path, strerror(errno));
}

void batches_run(struct batches *batches, const char *input, const char *output,
                 const char *errors)
{
    static struct lines lines;
    struct text bytes = {0}, good = {0}, bad = {0}, why = {0};
    struct batch batch = {.rule = script_next_batch(batches->script)};
    text_read(&bytes, input);
    if (!shape_of_batch(bytes.bytes, bytes.length, &why)) {
        log_violation(batches->log, 0, why.bytes);
        give_up("%s: %s", input, why.bytes);
    }
    cut_lines(&bytes, &lines);
    run_lines(batches, &batch, &lines, &good, errors ? &bad : &good);
    write_file(output, &good);
    if (errors)
        write_file(errors, &bad);
    text_free(&bytes);
    text_free(&good);
    text_free(&bad);
    text_free(&why);
}
