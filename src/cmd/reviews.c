/* Shared by the commands of reviews. */
#include "reviews.h"

bool option_reviewer(struct cli *cli, const char **reviewer, struct error *err)
{
    *reviewer = cli_value(cli, "reviewer");
    if (!*reviewer)
        return cli_usage(cli, err, "--reviewer is needed: who is answering?");
    return review_name_check("reviewer", *reviewer, err);
}

void put_review_progress(struct buf *out, const struct review *review,
                         size_t reviewer)
{
    size_t counts[REVIEW_GONE + 1] = {0};

    for (size_t i = 0; i < review->count; i++) {
        const struct review_item *item = &review->items[i];
        const struct opinion *opinion =
            reviewer < review->reviewer_count ? item->opinions[reviewer] : NULL;
        counts[review_state(item, opinion)]++;
    }
    buf_format(out, "%zu open", counts[REVIEW_OPEN]);
    if (counts[REVIEW_AGAIN])
        buf_format(out, ", %zu open again", counts[REVIEW_AGAIN]);
    buf_format(out, ", %zu done", counts[REVIEW_DONE]);
    if (counts[REVIEW_GONE])
        buf_format(out, ", %zu not there any more", counts[REVIEW_GONE]);
}

bool finish_review(struct cli *cli, struct run *run, const char *summary,
                   bool *changed, struct error *err)
{
    int64_t started;

    return civil_now(&started, err) &&
           finish_run(cli, run, "{}", summary, started, changed, err);
}
