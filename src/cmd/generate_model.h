/* `generate` with a model: its options, its job, and its end. */
#ifndef DATEBOOK_CMD_GENERATE_MODEL_H
#define DATEBOOK_CMD_GENERATE_MODEL_H

#include "generate.h"
#include "model_usage.h"

#include "datebook/writing.h"

/* ---- Options: generate_model_options.c ---- */

enum model_way {
    WAY_OFFLINE,
    WAY_ASK,    /* a new job, asked over the network */
    WAY_BATCH,  /* a new job, written to batch files */
    WAY_RESUME, /* the open job goes on */
    WAY_TAKE    /* results of batch files come in */
};

struct model_options {
    enum model_way way;
    const char *provider; /* NULL: that of the job */
    bool estimate;
    bool partial;
    const char *output; /* folder; NULL: no files */
    const char *batch_out;
    const char **results; /* files of --batch-in, then of --batch-errors */
    size_t result_count;
    const char *prices; /* file; NULL: that of the data folder, if any */
    struct transport_options transport;
    struct writing_limits limits;
    int candidates; /* in percent of the briefs; 0: as usual, or as before */
    /* Of a new job; whom and how many come from generate_read. */
    const char *prompts; /* folder; NULL: the data folder */
    struct writing_wish wish;
};

/* Whether the options of the command line ask for a model at all; those of a
 * model without one are ERROR_USAGE. */
bool model_asked(struct cli *cli, bool *asked, struct error *err) CHECKED;

/* No file is looked at. */
bool model_options_read(struct cli *cli, struct model_options *options,
                        struct error *err) CHECKED;

/* "generate --resume" with the endpoint's options of this command line. */
const char *model_resume_command(struct cli *cli);

/* ---- The way through: generate_model.c ---- */

bool generate_with_model(struct cli *cli, struct error *err) CHECKED;

/* What all steps share. */
struct model_session {
    struct cli *cli;
    struct model_options options;
    struct store *store;
    struct progress *progress;
    struct endpoint endpoint;
    bool connected; /* the endpoint is open */
    bool combine;   /* files for each tier as well, with --output-dir */
    struct prices prices;
    const char *prices_path;   /* NULL: there are none */
    const struct price *price; /* of the model; NULL: nobody knows */
    struct prompt_texts texts; /* of a new job */
    struct writing_job job;
    int64_t sample; /* an estimate planned one in so many meetings; 0: all */
};

/* ---- Planning a new job: generate_plan.c ---- */

/* Adds the personas and plans the job, in one transaction; of an estimate
 * nothing stays.  Does what --estimate asks for. */
bool model_plan(struct model_session *session, struct generate_wish *wish,
                struct error *err) CHECKED;

bool model_read_job(struct model_session *session, int64_t number,
                    struct error *err) CHECKED;

/* The price of a model, from --prices or the data folder. */
bool model_find_price(struct model_session *session, const char *model,
                      struct error *err) CHECKED;

/* Refuses batch files that would go past --max-cost or --max-tokens. */
bool model_check_batch(struct model_session *session,
                       struct error *err) CHECKED;

/* Prints what is still to be asked and what it may cost. */
bool model_estimate(struct model_session *session, bool batch,
                    struct error *err) CHECKED;

/* ---- Collecting: generate_collect.c ---- */

/* Asks until every text is there, and makes the version. */
bool model_collect(struct model_session *session, struct error *err) CHECKED;
/* How many requests are in batch files whose results have not come in. */
bool model_count_batched(struct model_session *session, int64_t *count,
                         struct error *err) CHECKED;
/* Writes what waits as batch files. */
bool model_batch_out(struct model_session *session, struct error *err) CHECKED;
/* Takes files of results, and makes the version when that was all. */
bool model_batch_in(struct model_session *session, struct error *err) CHECKED;
/* Makes the version of what is there. */
bool model_finish(struct model_session *session, struct error *err) CHECKED;

/* ---- In words: generate_model_output.c ---- */

void model_print_estimate(struct model_session *session,
                          const struct writing_estimate *estimate,
                          const struct job_totals *totals);
bool model_print_version(struct model_session *session, int64_t version,
                         const struct generate_result *result,
                         const struct job_totals *totals,
                         const struct generate_files *files,
                         struct error *err) CHECKED;
/* Collecting ended before its end: an error, or with --json an object and an
 * exit code. */
bool model_print_end(struct model_session *session,
                     const struct writing_result *result,
                     struct error *err) CHECKED;
bool model_print_batch_out(struct model_session *session,
                           const struct batch_shard *shards, size_t count,
                           struct error *err) CHECKED;
/* After results that were not all. */
bool model_print_batch_in(struct model_session *session,
                          const struct writing_batch_result *results,
                          struct error *err) CHECKED;
/* The line of progress. */
progress_line model_put_progress;

struct model_watch {
    struct model_session *session;
    const struct writing_progress *now;
    int64_t written; /* meetings when the work began */
    int signals;     /* that were passed on */
};

#endif
