/* A model for tests of collecting: a process of its own on 127.0.0.1 that
 * writes a text for every brief of a request, or does what the test wants of
 * this one. */
#ifndef DATEBOOK_TESTS_DATASET_WRITING_SERVER_H
#define DATEBOOK_TESTS_DATASET_WRITING_SERVER_H

#include <semaphore.h>
#include <stdatomic.h>
#include <sys/types.h>

enum writing_act {
    ACT_GOOD,
    ACT_HELD,    /* good, once the gate is open */
    ACT_FAIL,    /* 500 */
    ACT_FULL,    /* 429 that asks for a millisecond of peace */
    ACT_SIMPLER, /* 400 for the temperature, when there is one; held */
    ACT_REJECT,  /* 400 */
    ACT_STOP     /* 401 */
};

/* What to do with the N-th request, from 1. */
typedef enum writing_act writing_plan_of(int number, const char *body);

/* In memory that server and test share. */
struct writing_counts {
    atomic_int requests;
    sem_t gate; /* sem_post opens it for good */
};

struct writing_server {
    pid_t process;
    int port;
    struct writing_counts *counts;
};

/* It ends after half a minute, or with the test. */
struct writing_server writing_server_start(writing_plan_of *plan);
void writing_server_stop(struct writing_server *server);

#endif
