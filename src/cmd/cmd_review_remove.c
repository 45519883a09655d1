/* datebook review remove */
#include "reviews.h"

/* A sample that is not there is told of as everywhere else. */
static bool require_sample(struct cli *cli, struct store *store,
                           int64_t version, const char *name, struct error *err)
{
    const char *record = sample_record_name(&cli->arena, name, err);
    struct stored_record *stored;
    struct review review;

    if (!record || !record_at(store, &cli->arena, NOUN_REVIEW, version, record,
                              &stored, err))
        return false;
    return stored ||
           review_load(store, &cli->arena, version, name, &review, err);
}

static bool remove_it(struct cli *cli, struct store *store, struct run *run,
                      const struct monitor *monitor, struct error *err)
{
    const char *name = cli->arguments[0];
    const char *summary;
    int64_t count;
    bool changed;

    (void)monitor;
    if (!require_sample(cli, store, run_version(run), name, err) ||
        !run_remove_sample(run, store, name, &count, err))
        return false;
    summary = arena_format(
        &cli->arena, err, "removed sample %s%s%s", name, count ? " with " : "",
        count ? cli_count(cli, count, "opinion", "opinions") : "");
    if (!summary || !finish_review(cli, run, summary, &changed, err))
        return false;
    if (!cli->json) {
        buf_format(&cli->out, "v%lld: %s\n", (long long)run_version(run),
                   summary);
        cli_note(cli, "%s in v%lld and before",
                 count ? "they stay" : "it stays",
                 (long long)run_version(run) - 1);
        return true;
    }
    buf_format(&cli->out,
               "{\"version\":%lld,\"sample\":", (long long)run_version(run));
    buf_json(&cli->out, name);
    buf_format(&cli->out, ",\"opinions\":%lld}\n", (long long)count);
    return true;
}

static bool run(struct cli *cli, struct error *err)
{
    return with_run(cli, remove_it, err);
}

const struct command command_review_remove = {
    .name = "review remove",
    .summary = "remove a sample with all that was said of it",
    .arguments = "NAME",
    .least = 1,
    .most = 1,
    .details = "The sample, the opinions and the decisions stay in the older "
               "versions, where --at finds them.",
    .json = "{\"version\", \"sample\", \"opinions\"}",
    .examples = {{"review remove first", "the sample of that name"}},
    .run = run,
};
