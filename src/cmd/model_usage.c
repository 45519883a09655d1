/* Money, tokens and calls in words. */
#include "model_usage.h"

#include "datebook/json.h"

#include <string.h>

enum { DOLLAR = 1000000, CENT = DOLLAR / 100, DECIMALS = 6 };

/* Rounds to what a reader cares for: many dollars to cents, what is more than a
 * tenth of a cent to hundredths of one. */
static int64_t round_dollars(int64_t micro)
{
    int64_t unit = micro >= 10 * DOLLAR ? CENT
                   : micro >= CENT / 10 ? CENT / 100
                                        : 1;

    return (micro + unit / 2) / unit * unit;
}

void put_dollars(struct buf *buf, int64_t micro)
{
    char decimals[DECIMALS + 1];
    int64_t rounded = round_dollars(micro);
    int64_t rest = rounded % DOLLAR;
    int last = DECIMALS;

    for (int i = DECIMALS; i-- > 0; rest /= 10)
        decimals[i] = (char)('0' + rest % 10);
    while (last > 2 && decimals[last - 1] == '0')
        last--;
    decimals[last] = '\0';
    buf_char(buf, '$');
    text_number(buf, rounded / DOLLAR);
    buf_format(buf, ".%s", decimals);
}

void json_dollars(struct buf *out, const char *key, int64_t micro)
{
    json_key(out, key);
    if (micro < 0)
        buf_text(out, "null");
    else
        buf_format(out, "%lld.%06lld", (long long)(micro / DOLLAR),
                   (long long)(micro % DOLLAR));
}

static void put_tokens(struct buf *buf, const struct job_totals *totals)
{
    buf_text(buf, ", ");
    text_number(buf, totals->prompt_tokens);
    buf_text(buf, " tokens of prompts");
    if (totals->cached_tokens) {
        buf_text(buf, " (");
        text_number(buf, totals->cached_tokens);
        buf_text(buf, " cached)");
    }
    buf_text(buf, " and ");
    text_number(buf, totals->completion_tokens);
    buf_text(buf, " of replies");
}

void put_usage(struct cli *cli, struct buf *buf,
               const struct job_totals *totals)
{
    buf_text(buf, cli_count(cli, totals->calls, "call", "calls"));
    if (!totals->prompt_tokens && !totals->completion_tokens &&
        !totals->unpriced)
        return;
    put_tokens(buf, totals);
    if (totals->cost || !totals->unpriced) {
        buf_text(buf, ", ");
        put_dollars(buf, totals->cost);
    }
    if (totals->unpriced && totals->cost)
        buf_format(buf, " and what %s cost",
                   cli_count(cli, totals->unpriced, "reply without a price",
                             "replies without a price"));
    else if (totals->unpriced)
        buf_text(buf, ", cost not known");
}

static void put_part(struct buf *buf, size_t from, const char *text)
{
    if (buf->length > from)
        buf_text(buf, ", ");
    buf_text(buf, text);
}

void put_troubles(struct cli *cli, struct buf *buf,
                  const struct job_totals *totals)
{
    size_t from = buf->length;

    if (totals->retries)
        put_part(buf, from,
                 cli_count(cli, totals->retries, "retry", "retries"));
    if (totals->corrections)
        put_part(
            buf, from,
            cli_count(cli, totals->corrections, "correction", "corrections"));
    if (totals->rejected) {
        put_part(buf, from, "");
        text_number(buf, totals->rejected);
        buf_format(buf, " of %s rejected",
                   cli_count(cli, totals->candidates, "text", "texts"));
    }
    if (totals->coerced) {
        put_part(buf, from, "");
        text_number(buf, totals->coerced);
        buf_text(buf, " put right");
    }
}

static int64_t number(const cJSON *usage, const char *name, double unit)
{
    const cJSON *value = json_member(usage, name);

    return cJSON_IsNumber(value) && value->valuedouble >= 0 &&
                   value->valuedouble < 1e12
               ? (int64_t)(value->valuedouble * unit + 0.5)
               : 0;
}

void usage_read(const cJSON *usage, struct job_totals *totals)
{
    *totals = (struct job_totals){
        .requests = number(usage, "requests", 1),
        .calls = number(usage, "calls", 1),
        .retries = number(usage, "retries", 1),
        .corrections = number(usage, "corrections", 1),
        .candidates = number(usage, "candidates", 1),
        .rejected = number(usage, "rejected", 1),
        .coerced = number(usage, "coerced", 1),
        .prompt_tokens = number(usage, "prompt_tokens", 1),
        .cached_tokens = number(usage, "cached_tokens", 1),
        .completion_tokens = number(usage, "completion_tokens", 1),
        .cost = number(usage, "cost_usd", DOLLAR),
        .unpriced = number(usage, "unpriced", 1)};
}

const char *job_option(struct cli *cli, const struct job *job, const char *name,
                       const char *otherwise)
{
    struct error ignored;
    const cJSON *options = json_parse(&cli->arena, job->options,
                                      strlen(job->options), "job", &ignored);
    const char *text = options ? json_member_text(options, name) : NULL;

    return text ? text : otherwise;
}

const char *job_progress(struct cli *cli, const struct job_totals *totals)
{
    struct buf buf = BUF_EMPTY;
    struct error ignored;
    const char *text;

    text_number(&buf, totals->meetings_written);
    buf_format(&buf, " of %s",
               cli_count(cli, totals->meetings, "meeting", "meetings"));
    buf_inherit(&cli->out, &buf);
    text = arena_text(&cli->arena, buf_string(&buf), &ignored);
    buf_free(&buf);
    return text ? text : "";
}

/* ---- Results of batch files ---- */

void sum_results(struct writing_batch_result *all,
                 const struct writing_batch_result *one)
{
    all->lines += one->lines;
    all->taken += one->taken;
    all->known += one->known;
    all->strangers += one->strangers;
    all->broken += one->broken;
    all->failed += one->failed;
    if (!all->first_problem)
        all->first_problem = one->first_problem;
    if (!all->hint)
        all->hint = one->hint;
    all->totals = one->totals;
}

void note_results(struct cli *cli, const struct writing_batch_result *results)
{
    const struct {
        int64_t count;
        const char *one;
        const char *many;
    } oddities[] = {
        {results->known, "result was known", "results were known"},
        {results->failed, "request failed and waits again",
         "requests failed and wait again"},
        {results->strangers, "line is of no request of this job",
         "lines are of no request of this job"},
        {results->broken, "line could not be read", "lines could not be read"},
    };

    for (size_t i = 0; i < sizeof oddities / sizeof *oddities; i++)
        if (oddities[i].count)
            cli_note(cli, "%s",
                     cli_count(cli, oddities[i].count, oddities[i].one,
                               oddities[i].many));
    if (results->first_problem)
        cli_note(cli, "first: %s", results->first_problem);
    if (results->hint)
        cli_note(cli, "hint: %s", results->hint);
}
