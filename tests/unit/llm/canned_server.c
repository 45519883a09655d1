/* A thread for each connection, blocking reads and writes: what a test wants is
 * short enough to be seen to be right. */
#include "tests/unit/llm/canned_server.h"

#include <arpa/inet.h>
#include <check.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { REQUEST_SIZE = 2 << 20, LIFE = 30 };

static struct canned_counts *counts;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t enough = PTHREAD_COND_INITIALIZER;

struct request {
    int socket;
    int turn; /* on its connection, 1 for the first */
    char text[REQUEST_SIZE];
    size_t length;
    char path[128];
};

/* ---- Replies: each says whether the connection goes on ---- */

static bool send_all(int socket, const char *bytes, size_t length)
{
    while (length) {
        ssize_t sent = send(socket, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes += sent;
        length -= (size_t)sent;
    }
    return true;
}

static bool send_text(int socket, const char *text)
{
    return send_all(socket, text, strlen(text));
}

static bool reply_with(int socket, int status, const char *headers,
                       const void *body, size_t length)
{
    char head[1024];

    snprintf(head, sizeof head,
             "HTTP/1.1 %d Some Reason\r\nContent-Length: %zu\r\n%s\r\n", status,
             length, headers);
    return send_text(socket, head) && send_all(socket, body, length);
}

static bool reply_echo(struct request *request)
{
    return reply_with(request->socket, 200, "", request->text, request->length);
}

static bool reply_headers(struct request *request)
{
    static const char headers[] = "RETRY-AFTER:  7 \r\n"
                                  "retry-after-ms:250\r\n"
                                  "X-Should-Retry: true\r\n"
                                  "X-RateLimit-Limit-Requests: 500\r\n"
                                  "x-ratelimit-remaining-requests: 499\r\n"
                                  "x-ratelimit-reset-requests: 120ms\r\n"
                                  "x-ratelimit-limit-tokens: 30000\r\n"
                                  "x-ratelimit-remaining-tokens: 29000\r\n"
                                  "x-ratelimit-reset-tokens: 6m0s\r\n"
                                  "x-unknown: yes\r\n"
                                  "Date: Mon, 24 Nov 2025 16:00:00 GMT\r\n";

    /* What comes before the real head must not stay. */
    return send_text(request->socket, "HTTP/1.1 103 Early Hints\r\n"
                                      "Location: /nowhere\r\n\r\n") &&
           reply_with(request->socket, 429, headers, "no", 2);
}

static bool reply_status(struct request *request)
{
    int status = (int)strtol(request->path + strlen("/status/"), NULL, 10);

    return reply_with(request->socket, status, "", request->path,
                      strlen(request->path));
}

static bool reply_redirect(struct request *request)
{
    char header[160];

    snprintf(header, sizeof header, "Location: http://127.0.0.1:%s/echo\r\n",
             request->path + strlen("/redirect/"));
    return reply_with(request->socket, 302, header, "", 0);
}

static bool reply_cut(struct request *request)
{
    send_text(request->socket,
              "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\":");
    return false;
}

static bool reply_noise(struct request *request)
{
    send_text(request->socket, "220 \x1b[31mWelcome to the wrong port\r\n");
    return false;
}

static bool reply_nothing(struct request *request)
{
    (void)request;
    return false;
}

static bool reply_second(struct request *request)
{
    return request->turn == 1 &&
           reply_with(request->socket, 200, "", "first", 5);
}

/* Until the client ends the connection. */
static bool reply_silent(struct request *request)
{
    char byte;

    while (read(request->socket, &byte, 1) > 0)
        continue;
    return false;
}

static bool reply_slow(struct request *request)
{
    struct pollfd gone = {.fd = request->socket, .events = POLLIN};

    send_text(request->socket,
              "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    while (!poll(&gone, 1, 20))
        if (!send_text(request->socket, "x"))
            break;
    return false;
}

static bool reply_endless(struct request *request)
{
    static const char piece[65536];

    send_text(request->socket,
              "HTTP/1.1 200 OK\r\nContent-Length: 200000000\r\n\r\n");
    while (send_all(request->socket, piece, sizeof piece))
        continue;
    return false;
}

static bool reply_bomb(struct request *request)
{
    /* gzip of 65,536 times "0"; what is left out is zero. */
    static const unsigned char packed[97] = {
        0x1f, 0x8b, 0x08, 0,    0,    0,    0,           0,
        0x02, 0x03, 0xed, 0xc1, 0x81, 0,    [17] = 0x80, 0x20,
        0xa5, 0xfd, 0xe9, 0x16, 0xa9, 0x0a, 0,           [88] = 0x6a,
        0x0b, 0x51, 0x49, 0x68, 0,    0,    0x01,
    };

    return reply_with(request->socket, 200, "Content-Encoding: gzip\r\n",
                      packed, sizeof packed);
}

static bool reply_heads(struct request *request)
{
    bool more = send_text(request->socket, "HTTP/1.1 200 OK\r\n");

    while (more)
        more = send_text(request->socket, "X-More: and more and more\r\n");
    return false;
}

static bool reply_together(struct request *request)
{
    int wanted = (int)strtol(request->path + strlen("/together/"), NULL, 10);

    pthread_mutex_lock(&lock);
    counts->waiting++;
    while (counts->waiting < wanted)
        pthread_cond_wait(&enough, &lock);
    pthread_cond_broadcast(&enough);
    pthread_mutex_unlock(&lock);
    return reply_with(request->socket, 200, "", "all", 3);
}

static bool reply_after(struct request *request)
{
    long wait = strtol(request->path + strlen("/after/"), NULL, 10);

    poll(NULL, 0, (int)wait);
    return reply_with(request->socket, 200, "", "late", 4);
}

static const struct {
    const char *path; /* the beginning of it */
    bool (*reply)(struct request *request);
} replies[] = {
    {"/echo", reply_echo},       {"/headers", reply_headers},
    {"/status/", reply_status},  {"/redirect/", reply_redirect},
    {"/cut", reply_cut},         {"/nothing", reply_nothing},
    {"/noise", reply_noise},     {"/second", reply_second},
    {"/silent", reply_silent},   {"/slow", reply_slow},
    {"/endless", reply_endless}, {"/bomb", reply_bomb},
    {"/heads", reply_heads},     {"/together/", reply_together},
    {"/after/", reply_after},
};

/* ---- Requests ---- */

static size_t content_length(const char *head)
{
    const char *at = strcasestr(head, "\r\nContent-Length:");

    return at ? strtoul(at + strlen("\r\nContent-Length:"), NULL, 10) : 0;
}

/* Reads one request; false at the end of the connection. */
static bool read_request(struct request *request)
{
    const char *end = NULL;
    size_t whole = 0;

    request->length = 0;
    while (!end || request->length < whole) {
        size_t room = sizeof request->text - 1 - request->length;
        ssize_t got =
            room ? read(request->socket, request->text + request->length, room)
                 : 0;
        if (got <= 0)
            return false;
        request->length += (size_t)got;
        request->text[request->length] = '\0';
        if (!end && (end = strstr(request->text, "\r\n\r\n")))
            whole = (size_t)(end - request->text) + 4 +
                    content_length(request->text);
    }
    return sscanf(request->text, "%*s %127s", request->path) == 1;
}

static bool reply_to(struct request *request)
{
    for (size_t i = 0; i < sizeof replies / sizeof *replies; i++)
        if (!strncmp(request->path, replies[i].path, strlen(replies[i].path)))
            return replies[i].reply(request);
    return reply_with(request->socket, 404, "", "", 0);
}

static void *serve(void *context)
{
    struct request *request = context;

    while (read_request(request)) {
        counts->requests++;
        request->turn++;
        if (!reply_to(request))
            break;
    }
    close(request->socket);
    free(request);
    return NULL;
}

static void serve_all(int listener)
{
    for (;;) {
        struct request *request = calloc(1, sizeof *request);
        pthread_t thread;
        int one = 1;

        if (!request)
            _exit(1);
        request->socket = accept(listener, NULL, NULL);
        if (request->socket < 0)
            _exit(1);
        setsockopt(request->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        counts->connections++;
        if (pthread_create(&thread, NULL, serve, request))
            _exit(1);
        pthread_detach(thread);
    }
}

/* ---- The process ---- */

/* A socket on a free port. */
static int bind_any(int *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int bound = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    ck_assert_int_ge(bound, 0);
    ck_assert_int_eq(bind(bound, (struct sockaddr *)&address, size), 0);
    ck_assert_int_eq(getsockname(bound, (struct sockaddr *)&address, &size), 0);
    *port = ntohs(address.sin_port);
    return bound;
}

struct canned_server canned_start(void)
{
    struct canned_server server;
    int listener = bind_any(&server.port);

    server.counts = mmap(NULL, sizeof *server.counts, PROT_READ | PROT_WRITE,
                         MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ck_assert_ptr_ne(server.counts, MAP_FAILED);
    ck_assert_int_eq(listen(listener, 64), 0);
    server.process = fork();
    ck_assert_int_ge(server.process, 0);
    if (!server.process) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        alarm(LIFE);
        counts = server.counts;
        serve_all(listener);
    }
    close(listener);
    return server;
}

void canned_stop(struct canned_server *server)
{
    kill(server->process, SIGKILL);
    waitpid(server->process, NULL, 0);
    munmap(server->counts, sizeof *server->counts);
}

int canned_dead_port(void)
{
    int port;

    bind_any(&port); /* and never listens */
    return port;
}
