/* A thread for each connection, and texts that nobody would call twins: words
 * made of a count. */
#include "writing_server.h"

#include <arpa/inet.h>
#include <check.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SIZE = 256 << 10, LIFE = 30, KIND = 64, WORDS = 8 };

static struct writing_counts *counts;
static writing_plan_of *plan;
static atomic_uint texts;

struct connection {
    int socket;
    char request[SIZE];
    char content[SIZE / 2];
    char reply[SIZE];
};

/* ---- Replies ---- */

static bool send_reply(struct connection *connection, int status,
                       const char *headers, const char *body)
{
    char head[256];
    size_t length = strlen(body);

    snprintf(head, sizeof head,
             "HTTP/1.1 %d Some Reason\r\nContent-Length: %zu\r\n%s\r\n", status,
             length, headers);
    return send(connection->socket, head, strlen(head), MSG_NOSIGNAL) ==
               (ssize_t)strlen(head) &&
           send(connection->socket, body, length, MSG_NOSIGNAL) ==
               (ssize_t)length;
}

static bool send_error(struct connection *connection, int status,
                       const char *headers, const char *message,
                       const char *param, const char *code)
{
    snprintf(connection->reply, sizeof connection->reply,
             "{\"error\":{\"message\":\"%s\",\"type\":\"error\","
             "\"param\":%s,\"code\":%s}}",
             message, param, code);
    return send_reply(connection, status, headers, connection->reply);
}

/* Words that no other text has: their letters are those of a hash of its
 * number. */
static void put_words(FILE *out, unsigned number)
{
    unsigned state = number * 2654435761u;

    for (int word = 0; word < WORDS; word++) {
        if (word)
            putc(' ', out);
        for (int letter = 0; letter < 5; letter++) {
            state = state * 1664525u + 1013904223u;
            putc('a' + (int)((state >> 16) % 26), out);
        }
    }
}

/* The topics of the brief that `body` is in, between which quotes and a comma
 * stand. */
static void put_topics(FILE *out, const char *body)
{
    static const char mark[] = "\\\"topics\\\":[\\\"";
    const char *end = strchr(body, '}');
    const char *at = strstr(body, mark);

    if (!end || !at || at > end)
        return;
    for (at += sizeof mark - 1; *at && strncmp(at, "\\\"]", 3) != 0; at++)
        if (strncmp(at, "\\\",\\\"", 5) != 0) {
            putc(*at, out);
        } else {
            putc(' ', out);
            at += 4;
        }
    putc(' ', out);
}

/* A text for every {"brief":N,"kind":"K" of a request, whose quotes stand
 * there escaped, as they do in the reply; all but the example's, of kind "…".
 */
static void put_texts(FILE *out, const char *body)
{
    static const char mark[] = "{\\\"brief\\\":";
    const char *comma = "";

    while ((body = strstr(body, mark))) {
        long brief;
        char kind[KIND];
        body += sizeof mark - 1;
        if (sscanf(body, "%ld,\\\"kind\\\":\\\"%63[a-z_]", &brief, kind) != 2)
            continue;
        fprintf(out,
                "%s{\\\"brief\\\":%ld,\\\"kind\\\":\\\"%s\\\","
                "\\\"subject\\\":\\\"",
                comma, brief, kind);
        put_words(out, 2 * ++texts);
        fputs("\\\",\\\"preview\\\":\\\"", out);
        put_topics(out, body);
        put_words(out, 2 * texts + 1);
        fputs("\\\"}", out);
        comma = ",";
    }
}

static bool send_texts(struct connection *connection)
{
    FILE *out = fmemopen(connection->reply, sizeof connection->reply, "w");

    if (!out)
        return false;
    fputs(
        "{\"id\":\"x\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\","
        "\"message\":{\"role\":\"assistant\",\"content\":\"{\\\"meetings\\\":[",
        out);
    put_texts(out, connection->request);
    fputs("]}\"}}],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":10,"
          "\"total_tokens\":110}}",
          out);
    return !fclose(out) && send_reply(connection, 200, "", connection->reply);
}

static void pass_gate(void)
{
    while (sem_wait(&counts->gate))
        continue;
    sem_post(&counts->gate);
}

static bool act_on(struct connection *connection, enum writing_act act)
{
    switch (act) {
    case ACT_HELD:
        pass_gate();
        break;
    case ACT_FAIL:
        return send_error(connection, 500, "", "not today", "null", "null");
    case ACT_FULL:
        return send_error(connection, 429, "retry-after-ms: 1\r\n", "too much",
                          "null", "\"rate_limit_exceeded\"");
    case ACT_SIMPLER:
        if (!strstr(connection->request, "\"temperature\":"))
            break;
        pass_gate();
        return send_error(connection, 400, "",
                          "Unsupported value: 'temperature' does not support "
                          "0.9 with this model.",
                          "\"temperature\"", "\"unsupported_value\"");
    case ACT_REJECT:
        return send_error(connection, 400, "", "not like this", "null", "null");
    case ACT_STOP:
        return send_error(connection, 401, "", "who is there", "null",
                          "\"invalid_api_key\"");
    case ACT_GOOD:
        break;
    }
    return send_texts(connection);
}

/* ---- Requests ---- */

/* Reads one request; false at the end of the connection. */
static bool read_request(struct connection *connection)
{
    static const char length_mark[] = "\r\nContent-Length:";
    size_t length = 0;
    size_t whole = 0;

    while (!whole || length < whole) {
        ssize_t got = read(connection->socket, connection->request + length,
                           SIZE - 1 - length);
        const char *end;
        const char *mark;
        if (got <= 0)
            return false;
        length += (size_t)got;
        connection->request[length] = '\0';
        end = strstr(connection->request, "\r\n\r\n");
        mark = strcasestr(connection->request, length_mark);
        if (end && mark)
            whole = (size_t)(end - connection->request) + 4 +
                    strtoul(mark + sizeof length_mark - 1, NULL, 10);
    }
    return true;
}

static void *serve(void *context)
{
    struct connection *connection = context;

    while (read_request(connection))
        if (!act_on(connection, plan(++counts->requests, connection->request)))
            break;
    close(connection->socket);
    free(connection);
    return NULL;
}

static void serve_all(int listener)
{
    for (;;) {
        struct connection *connection = calloc(1, sizeof *connection);
        pthread_t thread;
        int one = 1;

        if (!connection)
            _exit(1);
        connection->socket = accept(listener, NULL, NULL);
        if (connection->socket < 0)
            _exit(1);
        setsockopt(connection->socket, IPPROTO_TCP, TCP_NODELAY, &one,
                   sizeof one);
        if (pthread_create(&thread, NULL, serve, connection))
            _exit(1);
        pthread_detach(thread);
    }
}

/* ---- The process ---- */

static int listen_anywhere(int *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    ck_assert_int_ge(listener, 0);
    ck_assert_int_eq(bind(listener, (struct sockaddr *)&address, size), 0);
    ck_assert_int_eq(getsockname(listener, (struct sockaddr *)&address, &size),
                     0);
    ck_assert_int_eq(listen(listener, 64), 0);
    *port = ntohs(address.sin_port);
    return listener;
}

struct writing_server writing_server_start(writing_plan_of *what)
{
    struct writing_server server;
    int listener = listen_anywhere(&server.port);

    server.counts = mmap(NULL, sizeof *server.counts, PROT_READ | PROT_WRITE,
                         MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ck_assert_ptr_ne(server.counts, MAP_FAILED);
    ck_assert_int_eq(sem_init(&server.counts->gate, 1, 0), 0);
    server.process = fork();
    ck_assert_int_ge(server.process, 0);
    if (!server.process) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        alarm(LIFE);
        counts = server.counts;
        plan = what;
        serve_all(listener);
    }
    close(listener);
    return server;
}

void writing_server_stop(struct writing_server *server)
{
    kill(server->process, SIGKILL);
    waitpid(server->process, NULL, 0);
    munmap(server->counts, sizeof *server->counts);
}
