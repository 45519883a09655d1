/* A reply that is being judged, and what follows from it. */
#ifndef DATEBOOK_DATASET_WRITING_VERDICT_H
#define DATEBOOK_DATASET_WRITING_VERDICT_H

#include "writing_internal.h"

#include "datebook/near_duplicates.h"

struct judge {
    struct store *store;
    struct arena *arena; /* of the personas */
    const struct writing_job *job;
    const struct price *price; /* NULL: nobody knows */
    bool batch;
    struct near_index *index;
    struct writing_persona *personas; /* as the job has them; opened or not */
    struct job_totals totals;
    struct arena scratch; /* of the reply at hand */
};

struct brief_group {
    struct job_brief *items;
    size_t count;
};

struct verdict {
    struct judge *judge;
    struct request request;
    const struct chat_reply *reply;
    struct writing_persona *persona;
    struct brief_group briefs; /* of the request */
    struct brief_group faulty; /* whose text is to be put right */
    struct brief_group others; /* that want another text */
    struct buf faults;         /* of the faulty ones, a line each */
};

/* Whether a reply to it would still be taken. */
bool request_is_pending(const struct request *request);

/* Whether it was sent before an edit superseded it: its reply is kept, and not
 * judged. */
bool request_is_late(const struct request *request);

/* Whether enough texts came for one brief, and none of them did. */
bool brief_is_hopeless(const struct judge *judge,
                       const struct job_brief *brief);

/* The reply again, with its faults quoted, for the briefs that are faulty. */
bool follow_with_correction(struct verdict *verdict, struct error *err) CHECKED;

/* The same request with room for a reply twice as long. */
bool follow_with_longer(struct verdict *verdict, struct error *err) CHECKED;

/* Other texts for the others that are not hopeless: in two calls when it was
 * the call as a whole that did not do. */
bool follow_with_others(struct verdict *verdict, bool split,
                        struct error *err) CHECKED;

/* Asks for what no request asks for: briefs whose texts did not do when the job
 * ended before the ones that follow were made, or that were given up and may
 * now be tried more often.  Within an open journal transaction. */
bool follow_orphans(struct judge *judge, struct error *err) CHECKED;

/* The persona of a request, opened when it is first needed. */
struct writing_persona *judge_persona(struct judge *judge, int64_t key,
                                      struct error *err) CHECKED;

#endif
