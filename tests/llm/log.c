/* The log is written a line at a time with one write(2), so that a reader, or
 * one that comes after a kill, finds whole lines. */
#include "tests/llm/log.h"
#include "tests/llm/shape.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_LOGGED = 1 << 20 };

struct log {
    int fd;
    int64_t began;
};

struct log *log_open(const char *path)
{
    struct log *log = new_zero(sizeof(*log));
    log->began = now_ms();
    log->fd = -1;
    if (path)
        log->fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (path && log->fd < 0)
        give_up("%s: %s", path, strerror(errno));
    return log;
}

void log_close(struct log *log)
{
    if (log->fd >= 0)
        close(log->fd);
    free(log);
}

static void put(struct log *log, struct text *line)
{
    text_puts(line, "\n");
    if (log->fd >= 0 &&
        write(log->fd, line->bytes, line->length) != (ssize_t)line->length)
        give_up("the log cannot be written: %s", strerror(errno));
    text_free(line);
}

static void add_name(struct text *line, const char *name, const char *value)
{
    text_format(line, ",\"%s\":", name);
    text_quote(line, value, strlen(value));
}

/* JSON as it came, in one line; anything else as a string. */
static void add_body(struct text *line, const struct text *body)
{
    text_puts(line, ",\"body\":");
    if (!body->length) {
        text_puts(line, "null");
        return;
    }
    if (body->length > MOST_LOGGED) {
        text_format(line, "{\"bytes\":%zu}", body->length);
        return;
    }
    cJSON *json = cJSON_ParseWithOpts(body->bytes, NULL, 1);
    if (!json || !text_is_utf8(body->bytes, body->length)) {
        text_quote(line, body->bytes, body->length);
    } else {
        size_t at = line->length;
        text_add(line, body->bytes, body->length);
        /* Between its tokens: within strings they would be escaped. */
        for (; at < line->length; at++)
            if (line->bytes[at] == '\n' || line->bytes[at] == '\r')
                line->bytes[at] = ' ';
    }
    cJSON_Delete(json);
}

void log_request(struct log *log, int64_t number, int in_flight,
                 const struct request *request)
{
    struct text line = {0};
    text_format(&line, "{\"n\":%lld,\"ms\":%lld,\"in_flight\":%d",
                (long long)number, (long long)(now_ms() - log->began),
                in_flight);
    add_name(&line, "method", request->method);
    add_name(&line, "path", request->path);
    add_name(&line, "query", request->query);
    text_puts(&line, ",\"headers\":{");
    for (size_t i = 0; i < request->header_count; i++) {
        const struct header *header = &request->headers[i];
        text_puts(&line, i ? "," : "");
        text_quote(&line, header->name, strlen(header->name));
        text_puts(&line, ":");
        text_quote(&line, header->value, strlen(header->value));
    }
    const char *bytes = request->body.length ? request->body.bytes : "";
    text_format(&line, "},\"hash\":\"%016llx\"",
                (unsigned long long)hash_of(bytes, request->body.length));
    add_body(&line, &request->body);
    text_puts(&line, "}");
    put(log, &line);
}

void log_violation(struct log *log, int64_t number, const char *why)
{
    struct text line = {0};
    text_puts(&line, "{\"violation\":");
    text_quote(&line, why, strlen(why));
    text_format(&line, ",\"n\":%lld}", (long long)number);
    put(log, &line);
}

void log_answer(struct log *log, int64_t number, int status, bool whole)
{
    struct text line = {0};
    text_format(&line,
                "{\"answered\":%lld,\"ms\":%lld,\"status\":%d,\"whole\":%s}",
                (long long)number, (long long)(now_ms() - log->began), status,
                whole ? "true" : "false");
    put(log, &line);
}

void log_batch_line(struct log *log, const char *custom_id, uint64_t hash,
                    int status)
{
    struct text line = {0};
    text_puts(&line, "{\"batch_line\":");
    text_quote(&line, custom_id, strlen(custom_id));
    text_format(&line, ",\"hash\":\"%016llx\",\"status\":%d}",
                (unsigned long long)hash, status);
    put(log, &line);
}

/* ---- The summary ---- */

struct summary {
    long chat, files, content, batches, other;
    long distinct; /* bodies of chat requests, lines of batches included */
    long answered; /* wholly */
    long broken;   /* answers that did not get through */
    long lines;    /* of batches that were run */
    long most;     /* in flight at a time */
    long violations;
    uint64_t *hashes;
    size_t count, room;
    struct text sentences;
};

static void add_hash(struct summary *summary, const char *hash)
{
    if (summary->count == summary->room) {
        summary->room = summary->room ? summary->room * 2 : 1024;
        summary->hashes =
            realloc(summary->hashes, summary->room * sizeof(*summary->hashes));
        if (!summary->hashes)
            give_up("out of memory");
    }
    summary->hashes[summary->count++] = strtoull(hash ? hash : "0", NULL, 16);
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static void count_distinct(struct summary *summary)
{
    if (summary->count)
        qsort(summary->hashes, summary->count, sizeof(*summary->hashes),
              by_value);
    for (size_t i = 0; i < summary->count; i++)
        summary->distinct += !i || summary->hashes[i] != summary->hashes[i - 1];
}

static void add_call(struct summary *summary, const cJSON *entry)
{
    const char *path = string_member(entry, "path");
    const char *last = strrchr(path, '/');
    double most = cJSON_GetNumberValue(member(entry, "in_flight"));
    if (most > (double)summary->most)
        summary->most = (long)most;
    if (strstr(path, "/chat/completions")) {
        summary->chat++;
        add_hash(summary, string_member(entry, "hash"));
    } else if (!strcmp(last, "/content")) {
        summary->content++;
    } else if (!strcmp(last, "/files")) {
        summary->files++;
    } else if (strstr(path, "/batches")) {
        summary->batches++;
    } else {
        summary->other++;
    }
}

static void add_entry(struct summary *summary, const cJSON *entry)
{
    const char *violation = string_member(entry, "violation");
    if (violation) {
        summary->violations++;
        text_format(&summary->sentences, "violation: %s\n", violation);
    } else if (member(entry, "answered")) {
        bool whole = cJSON_IsTrue(member(entry, "whole"));
        summary->answered += whole;
        summary->broken += !whole;
    } else if (member(entry, "batch_line")) {
        summary->lines++;
        add_hash(summary, string_member(entry, "hash"));
    } else if (string_member(entry, "path")) {
        add_call(summary, entry);
    }
}

static void read_log(struct summary *summary, const char *path)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    if (!file)
        give_up("%s: %s", path, strerror(errno));
    while (getline(&line, &room, file) > 0) {
        cJSON *entry = cJSON_Parse(line);
        add_entry(summary, entry);
        cJSON_Delete(entry);
    }
    free(line);
    fclose(file);
}

void log_summary(const char *path, const char *name)
{
    struct summary s = {.chat = 0};
    read_log(&s, path);
    count_distinct(&s);
    const struct {
        const char *name;
        long count;
    } counts[] = {{"calls", s.chat},           {"distinct", s.distinct},
                  {"answered", s.answered},    {"broken", s.broken},
                  {"in_flight", s.most},       {"files", s.files},
                  {"content", s.content},      {"batches", s.batches},
                  {"lines", s.lines},          {"other", s.other},
                  {"violations", s.violations}};
    bool found = !name;
    for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++) {
        if (!name)
            printf("%s %ld\n", counts[i].name, counts[i].count);
        else if (!strcmp(name, counts[i].name))
            found = printf("%ld\n", counts[i].count) > 0;
    }
    if (!found)
        give_up("there is no count %s", name);
    if (!name && s.violations)
        fputs(s.sentences.bytes, stdout);
    text_free(&s.sentences);
    free(s.hashes);
}
