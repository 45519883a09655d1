/* The event loop; see loop.h.
 *
 * A connection reads a request, waits until its reply is due, writes, and reads
 * the next one.  Signals arrive only within ppoll, so none is missed. */
#include "tests/llm/loop.h"
#include "tests/llm/channel.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_CONNECTIONS = 2048, PIECE = 65536 };

enum state { READING, WAITING, WRITING, STALLED, ENDED };

struct connection {
    struct channel channel;
    enum state state;
    struct text in;
    struct request request;
    struct reply reply;
    struct wire wire;
    size_t sent;   /* of wire.bytes */
    int64_t due;   /* when to go on: WAITING, or WRITING slowly */
    int64_t began; /* writing */
    int64_t number;
};

struct loop {
    const struct service *service;
    int listener;
    struct channels *channels;
    struct connection *connections[MOST_CONNECTIONS];
    size_t count;
    int64_t end;
};

static volatile sig_atomic_t told_to_stop;

static void stop(int signal_number)
{
    (void)signal_number;
    told_to_stop = 1;
}

/* ---- Replies ---- */

static int in_flight(const struct loop *loop)
{
    int count = 0;
    for (size_t i = 0; i < loop->count; i++) {
        enum state state = loop->connections[i]->state;
        count += state == WAITING || state == WRITING || state == STALLED;
    }
    return count;
}

static void finish_reply(struct loop *loop, struct connection *c, bool whole)
{
    if (!c->number)
        return;
    loop->service->answered(loop->service->context, c->number, c->reply.status,
                            whole);
    c->number = 0;
}

static void next_request(struct connection *c)
{
    request_free(&c->request);
    reply_free(&c->reply);
    wire_free(&c->wire);
    c->sent = 0;
    c->state = READING;
}

static void answer(struct loop *loop, struct connection *c)
{
    const char *asked = request_header(&c->request, "connection");
    c->reply = (struct reply){.status = 200};
    loop->service->answer(loop->service->context, &c->request,
                          in_flight(loop) + 1, &c->reply, &c->number);
    if (asked && !strcmp(asked, "close"))
        c->reply.close = true;
    if (c->reply.manner == MANNER_CUT)
        c->reply.close = true;
    c->due = now_ms() + c->reply.delay;
    c->state = c->reply.manner == MANNER_STALL ? STALLED : WAITING;
}

/* A head that nobody understands is answered and ends the connection. */
static void refuse(struct connection *c)
{
    c->reply = (struct reply){.status = 400, .close = true};
    text_format(&c->reply.body, "{\"error\":{\"message\":\"%s\"}}",
                c->request.wrong);
    c->due = now_ms();
    c->state = WAITING;
}

static void begin_writing(struct connection *c)
{
    if (c->reply.manner == MANNER_DROP) {
        c->state = ENDED;
        return;
    }
    wire_make(&c->wire, &c->reply);
    c->sent = 0;
    c->began = now_ms();
    c->due = 0;
    c->state = WRITING;
}

/* How far `wire.bytes` may go out by now. */
static size_t allowed(const struct connection *c)
{
    if (c->reply.manner != MANNER_SLOW)
        return c->wire.bytes.length;
    int64_t passed = now_ms() - c->began;
    size_t most = c->wire.head + (size_t)(passed * c->reply.amount / 1000);
    return most < c->wire.bytes.length ? most : c->wire.bytes.length;
}

static void write_some(struct loop *loop, struct connection *c)
{
    for (;;) {
        size_t most = allowed(c);
        if (c->sent < most) {
            long length = channel_write(
                &c->channel, c->wire.bytes.bytes + c->sent, most - c->sent);
            if (length < 0)
                c->state = ENDED;
            if (length <= 0)
                return;
            c->sent += (size_t)length;
            continue;
        }
        if (most < c->wire.bytes.length) {
            c->due = now_ms() + 1000 / c->reply.amount;
            return;
        }
        c->sent = 0;
        if (!wire_next(&c->wire))
            break;
    }
    finish_reply(loop, c, c->reply.manner != MANNER_CUT);
    if (c->reply.close)
        c->state = ENDED;
    else
        next_request(c);
}

/* ---- Requests ---- */

static void read_request(struct loop *loop, struct connection *c)
{
    request_read(&c->request, &c->in);
    if (c->request.expects && c->request.phase != HTTP_WHOLE) {
        static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
        c->request.expects = false;
        if (channel_write(&c->channel, go_on, strlen(go_on)) < 0)
            c->state = ENDED;
    }
    if (c->request.phase == HTTP_WHOLE)
        answer(loop, c);
    else if (c->request.phase == HTTP_WRONG)
        refuse(c);
}

/* Reads what is there.  Also while a reply is due, for the end of the
 * connection; what comes then is kept. */
static void read_some(struct connection *c)
{
    static char piece[PIECE];
    for (;;) {
        long length = channel_read(&c->channel, piece, sizeof(piece));
        if (length < 0)
            c->state = ENDED;
        if (length <= 0)
            return;
        text_add(&c->in, piece, (size_t)length);
        if (c->in.length > 4 * PIECE)
            return;
    }
}

static void go_on(struct loop *loop, struct connection *c, bool ready)
{
    if (ready)
        read_some(c);
    if (c->state == READING && c->in.length)
        read_request(loop, c);
    if (c->state == WAITING && now_ms() >= c->due)
        begin_writing(c);
    if (c->state == WRITING && (ready || now_ms() >= c->due))
        write_some(loop, c);
}

/* ---- Connections ---- */

static void end_connection(struct loop *loop, size_t i)
{
    struct connection *c = loop->connections[i];
    finish_reply(loop, c, false);
    channel_close(&c->channel);
    text_free(&c->in);
    next_request(c);
    free(c);
    loop->connections[i] = loop->connections[--loop->count];
}

static void accept_all(struct loop *loop)
{
    while (loop->count < MOST_CONNECTIONS) {
        int fd =
            accept4(loop->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0)
            return;
        struct connection *c = new_zero(sizeof(*c));
        channel_open(&c->channel, loop->channels, fd);
        loop->connections[loop->count++] = c;
    }
}

/* The earliest time at which something is due. */
static int64_t next_due(const struct loop *loop)
{
    int64_t due = loop->end;
    for (size_t i = 0; i < loop->count; i++) {
        const struct connection *c = loop->connections[i];
        bool timed = c->state == WAITING || (c->state == WRITING && c->due);
        if (timed && c->due < due)
            due = c->due;
        if (c->state == READING && c->in.length && channel_pending(&c->channel))
            due = 0;
    }
    return due;
}

static short events_of(const struct connection *c)
{
    bool writes = c->state == WRITING && c->sent < allowed(c);
    return (short)(POLLIN | (writes || c->channel.wants_write ? POLLOUT : 0));
}

static void turn(struct loop *loop, const sigset_t *mask)
{
    static struct pollfd polled[MOST_CONNECTIONS + 1];
    size_t count = loop->count;
    for (size_t i = 0; i < count; i++)
        polled[i] = (struct pollfd){.fd = loop->connections[i]->channel.fd,
                                    .events = events_of(loop->connections[i])};
    polled[count] = (struct pollfd){.fd = loop->listener, .events = POLLIN};
    int64_t wait = next_due(loop) - now_ms();
    wait = wait < 0 ? 0 : wait;
    struct timespec time = {(time_t)(wait / 1000), wait % 1000 * 1000000};
    if (ppoll(polled, count + 1, &time, mask) < 0)
        return;
    for (size_t i = 0; i < count; i++)
        go_on(loop, loop->connections[i],
              polled[i].revents != 0 ||
                  channel_pending(&loop->connections[i]->channel));
    for (size_t i = loop->count; i-- > 0;)
        if (loop->connections[i]->state == ENDED)
            end_connection(loop, i);
    if (polled[count].revents)
        accept_all(loop);
}

/* ---- Beginning and end ---- */

static int listen_somewhere(int *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, size) != 0 ||
        listen(fd, 1024) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &size) != 0)
        give_up("cannot listen on 127.0.0.1: %s", strerror(errno));
    *port = ntohs(address.sin_port);
    return fd;
}

/* Into a fifo whose reader waits, or as a file that is whole once it is there.
 */
static void say_port(const char *path, int port)
{
    struct stat status;
    bool fifo = stat(path, &status) == 0 && S_ISFIFO(status.st_mode);
    struct text name = {0};
    text_format(&name, fifo ? "%s" : "%s.new", path);
    FILE *file = fopen(name.bytes, "w");
    if (!file || fprintf(file, "%d\n", port) < 0 || fclose(file) != 0 ||
        (!fifo && rename(name.bytes, path) != 0))
        give_up("%s: %s", path, strerror(errno));
    text_free(&name);
}

/* Ends with whoever started it, and blocks SIGTERM but for ppoll. */
static void watch_signals(sigset_t *mask)
{
    pid_t parent = getppid();
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        exit(0);
    struct sigaction action = {.sa_handler = stop};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigaddset(&blocked, SIGINT);
    sigprocmask(SIG_BLOCK, &blocked, mask);
    sigdelset(mask, SIGTERM);
    sigdelset(mask, SIGINT);
}

void loop_run(const struct loop_options *options, const struct service *service)
{
    static struct loop loop;
    sigset_t mask;
    int port = 0;
    watch_signals(&mask);
    loop.service = service;
    loop.channels = channels_open(options->tls);
    loop.listener = listen_somewhere(&port);
    loop.end = now_ms() + options->seconds * 1000;
    say_port(options->port_file, port);
    while (!told_to_stop && now_ms() < loop.end)
        turn(&loop, &mask);
    while (loop.count)
        end_connection(&loop, loop.count - 1);
    close(loop.listener);
    channels_close(loop.channels);
}
