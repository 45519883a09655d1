/* What is known of a run beside its version: shared by `run list` and
 * `run show`. */
#ifndef DATEBOOK_CMD_RUN_FACTS_H
#define DATEBOOK_CMD_RUN_FACTS_H

#include "model_usage.h"

struct run_facts {
    const cJSON *given; /* words of its command line; NULL: not kept */
    const cJSON *began; /* those of the command that planned its job, where that
                           was another one; else NULL */
    bool resumed;       /* its last command went on with a job */
    bool has_seed;
    int64_t seed;
    bool timed;
    int64_t milliseconds;  /* that its last command took */
    const char **personas; /* that it touched; of a pruned one not all */
    size_t persona_count;
    const struct job *job; /* that it made the version of; NULL: none */
    const char *model;
    struct job_totals totals; /* of the job, all of its commands together */
};

/* The jobs of a file, and what they came to. */
struct run_jobs {
    struct job *jobs;
    struct job_totals *totals;
    size_t count;
};

bool run_jobs_read(struct cli *cli, struct store *store, struct run_jobs *jobs,
                   struct error *err) CHECKED;

/* Adds up what was paid for, of jobs with a version from 1 to `last`, or with
 * 0 of those without one; gives how many they are. */
size_t run_jobs_sum(const struct run_jobs *jobs, int64_t last,
                    struct job_totals *sum);

bool run_facts_read(struct cli *cli, struct store *store,
                    const struct version *version, const struct run_jobs *jobs,
                    struct run_facts *facts, struct error *err) CHECKED;

/* "generate --seed 7 --persona ann" */
void put_run_command(struct buf *out, const struct version *version,
                     const cJSON *given);

/* "0.12 s", "12.3 s", "3 min 12 s", "2 h 05 min" */
void put_duration(struct buf *out, int64_t milliseconds);

/* Members "run" to "model" of an object. */
void json_run_facts(struct buf *out, const struct version *version,
                    const struct run_facts *facts);

#endif
