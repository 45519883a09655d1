/* The simulated calendar of one stored persona, for who makes meetings of it:
 * at once (generate.c), or after a model has written them (writing_plan.c). */
#ifndef DATEBOOK_DATASET_SIMULATE_H
#define DATEBOOK_DATASET_SIMULATE_H

#include "internal.h"

/* Takes the next meeting; `overlaps` says whether it shares time with another
 * one of its week. */
typedef bool simulated(void *context, const struct calendar *calendar,
                       const struct event *event, bool overlaps,
                       struct error *err);

struct simulation {
    struct store *store;
    const struct generate_request *request;
    const struct stored_persona *persona;
    struct oracle *oracle;
    struct mix_tally *tally; /* counts drafts */
    struct arena *memory;    /* of the persona */
    struct arena *scratch;   /* reset for each draft */
    simulated *take;
    void *context;
};

/* How many meetings a persona is to get; INT64_MAX when weeks are asked for. */
int64_t simulation_wanted(const struct generate_request *request,
                          const struct stored_persona *persona);

/* Gives the wanted meetings, in order of start. */
bool simulate(const struct simulation *simulation, uint64_t batch,
              struct error *err) CHECKED;

#endif
