/* Shared by the files that renew a job after its personas were edited: what
 * briefs should speak of now, what is asked again, what is there already. */
#ifndef DATEBOOK_DATASET_WRITING_RENEW_H
#define DATEBOOK_DATASET_WRITING_RENEW_H

#include "writing_internal.h"

/* A request of the persona at hand. */
struct asked {
    int64_t number;
    int64_t parent;
    enum request_kind kind;
    enum request_state state;
    unsigned char hash[HASH_SIZE]; /* of the document that it was made from */
    int64_t *briefs;
    size_t brief_count;
};

struct renewing {
    struct store *store;
    const struct writing_job *job;
    int64_t renewed;
    struct arena memory;  /* of the persona at hand */
    struct arena scratch; /* of a group of its briefs */
    struct writing_persona persona;
    struct asked *asked; /* by number */
    size_t asked_count;
    struct job_brief *briefs;
    size_t brief_count;
    int64_t *roots; /* the first request of each group as it is now */
    size_t root_count;
    struct error *err;
};

/* Makes the documents of briefs, in the journal and in the list, anew from what
 * they were when the job was planned: topics that no rule of the edited persona
 * knows any more are replaced.  `before` is the hash of the persona's document
 * then.  So it does not matter over which edits the persona came here. */
bool renew_topics(struct store *store, struct arena *arena,
                  const struct writing_job *job,
                  const struct writing_persona *persona,
                  const unsigned char before[HASH_SIZE],
                  const char *const *originals, struct job_brief *briefs,
                  size_t count, struct error *err) CHECKED;

/* Gives briefs without a text what the reply to a request has for them, but for
 * what was refused when it came. */
bool renew_reuse(struct renewing *renewing, const struct asked *asked) CHECKED;

#endif
