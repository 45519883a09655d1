/* A server for tests of the transport: a process of its own on 127.0.0.1 that
 * answers by the path of a request and counts what it gets. */
#ifndef DATEBOOK_TESTS_LLM_CANNED_SERVER_H
#define DATEBOOK_TESTS_LLM_CANNED_SERVER_H

#include <stdatomic.h>
#include <sys/types.h>

/* What the server has seen; in memory that it shares with the test. */
struct canned_counts {
    atomic_int connections;
    atomic_int requests;
    atomic_int waiting; /* requests that came for "/together/N" */
};

struct canned_server {
    pid_t process;
    int port;
    struct canned_counts *counts;
};

/*  /echo          the request, as it came, as the body of a 200
 *  /headers       all headers that matter, in odd spelling
 *  /status/NNN    that status, and a body that says so
 *  /redirect/PORT 302 to that port
 *  /cut           less than was promised, and the end of the connection
 *  /noise         what is not HTTP
 *  /nothing       the end of the connection at once
 *  /second        "first", and for the second request on a connection its end
 *  /silent        nothing, until the client has enough
 *  /slow          the head, and then a byte now and then without end
 *  /endless       a body without end
 *  /bomb          64 KiB of zeros, packed
 *  /heads         headers without end
 *  /together/N    a reply as soon as N such requests are here
 *  /after/N       a reply after so many milliseconds
 *
 * It ends after half a minute, or with the test. */
struct canned_server canned_start(void);
void canned_stop(struct canned_server *server);

/* A port on which nobody listens, for as long as the program runs. */
int canned_dead_port(void);

#endif
