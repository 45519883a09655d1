/* What is known of a run, from its version, the journal and the table of times.
 */
#include "run_facts.h"

#include "given.h"

#include "datebook/json.h"
#include "datebook/run_time.h"

#include <stdlib.h>
#include <string.h>

/* ---- Jobs ---- */

bool run_jobs_read(struct cli *cli, struct store *store, struct run_jobs *jobs,
                   struct error *err)
{
    if (!job_list(store, &cli->arena, &jobs->jobs, &jobs->count, err))
        return false;
    jobs->totals =
        arena_zero(&cli->arena, jobs->count + 1, sizeof *jobs->totals, err);
    if (!jobs->totals)
        return false;
    for (size_t i = 0; i < jobs->count; i++)
        if (!job_totals_of(store, jobs->jobs[i].number, &jobs->totals[i], err))
            return false;
    return true;
}

static void add(struct job_totals *sum, const struct job_totals *one)
{
    sum->requests += one->requests;
    sum->calls += one->calls;
    sum->retries += one->retries;
    sum->corrections += one->corrections;
    sum->candidates += one->candidates;
    sum->rejected += one->rejected;
    sum->coerced += one->coerced;
    sum->prompt_tokens += one->prompt_tokens;
    sum->cached_tokens += one->cached_tokens;
    sum->completion_tokens += one->completion_tokens;
    sum->cost += one->cost;
    sum->unpriced += one->unpriced;
}

size_t run_jobs_sum(const struct run_jobs *jobs, int64_t last,
                    struct job_totals *sum)
{
    size_t count = 0;

    *sum = (struct job_totals){0};
    for (size_t i = 0; i < jobs->count; i++) {
        int64_t version = jobs->jobs[i].version;
        if (last ? version < 1 || version > last : version != 0)
            continue;
        add(sum, &jobs->totals[i]);
        count++;
    }
    return count;
}

static void find_job(struct cli *cli, const struct run_jobs *jobs,
                     int64_t version, struct run_facts *facts)
{
    for (size_t i = 0; i < jobs->count; i++) {
        if (jobs->jobs[i].version != version)
            continue;
        facts->job = &jobs->jobs[i];
        facts->totals = jobs->totals[i];
        facts->model =
            job_option(cli, facts->job, "model", "a model that is not known");
    }
}

/* ---- Command line and seed ---- */

static void find_words(struct cli *cli, const struct version *version,
                       struct run_facts *facts)
{
    const cJSON *began;

    if (!given_read(cli, version->options, &facts->given))
        facts->given = NULL;
    facts->resumed = facts->job && (given_value(facts->given, "resume") ||
                                    given_value(facts->given, "batch-in"));
    if (facts->resumed && given_read(cli, facts->job->options, &began))
        facts->began = began;
}

static void take_seed(struct run_facts *facts, const char *text)
{
    char *end;

    if (!text)
        return;
    facts->seed = strtoll(text, &end, 10);
    facts->has_seed = end != text && !*end;
}

/* The options of a version hold a seed that was not given as well, but as a
 * number, of which cJSON keeps 53 bits. */
static void find_seed(struct cli *cli, const struct version *version,
                      struct run_facts *facts)
{
    const double most = 9007199254740992.0;
    struct error ignored;
    const cJSON *tree;
    const cJSON *seed;

    take_seed(facts, given_value(facts->given, "seed"));
    if (!facts->has_seed && facts->job)
        take_seed(facts, job_option(cli, facts->job, "seed", NULL));
    if (facts->has_seed)
        return;
    tree = json_parse(&cli->arena, version->options, strlen(version->options),
                      "options", &ignored);
    seed = tree ? json_member(tree, "seed") : NULL;
    facts->has_seed = seed && cJSON_IsNumber(seed) && seed->valuedouble >= 0 &&
                      seed->valuedouble <= most;
    facts->seed = facts->has_seed ? (int64_t)seed->valuedouble : 0;
}

bool run_facts_read(struct cli *cli, struct store *store,
                    const struct version *version, const struct run_jobs *jobs,
                    struct run_facts *facts, struct error *err)
{
    *facts = (struct run_facts){.given = NULL};
    find_job(cli, jobs, version->number, facts);
    find_words(cli, version, facts);
    find_seed(cli, version, facts);
    return run_time_of(store, version->number, &facts->milliseconds,
                       &facts->timed, err) &&
           run_personas(store, &cli->arena, version->number, &facts->personas,
                        &facts->persona_count, err) &&
           cli_whole(cli, err);
}

/* ---- In words ---- */

void put_run_command(struct buf *out, const struct version *version,
                     const cJSON *given)
{
    struct buf line = BUF_EMPTY;

    buf_text(&line, version->command);
    given_put(&line, given);
    terminal_text(out, buf_string(&line));
    buf_inherit(out, &line);
    buf_free(&line);
}

void put_duration(struct buf *out, int64_t milliseconds)
{
    enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE };
    long long ms = milliseconds;

    if (ms < 10 * SECOND)
        buf_format(out, "%lld.%02lld s", ms / SECOND, ms % SECOND / 10);
    else if (ms < MINUTE)
        buf_format(out, "%lld.%lld s", ms / SECOND, ms % SECOND / 100);
    else if (ms < HOUR)
        buf_format(out, "%lld min %02lld s", ms / MINUTE, ms % MINUTE / SECOND);
    else
        buf_format(out, "%lld h %02lld min", ms / HOUR, ms % HOUR / MINUTE);
}

/* ---- As JSON ---- */

static void json_words(struct buf *out, const char *key, const cJSON *words)
{
    const cJSON *word;

    json_key(out, key);
    buf_text(out, words ? "[" : "null");
    cJSON_ArrayForEach (word, words) {
        json_key(out, NULL);
        buf_json(out, cJSON_IsString(word) ? word->valuestring : "");
    }
    buf_text(out, words ? "]" : "");
}

static void json_number(struct buf *out, const char *key, bool known,
                        int64_t number)
{
    json_key(out, key);
    if (known)
        buf_int(out, number);
    else
        buf_text(out, "null");
}

static void json_model(struct buf *out, const struct run_facts *facts)
{
    json_key(out, "model");
    if (!facts->job) {
        buf_text(out, "null");
        return;
    }
    buf_char(out, '{');
    json_key(out, "name");
    buf_json(out, facts->model);
    json_key(out, "job");
    buf_int(out, facts->job->number);
    json_key(out, "usage");
    writing_totals_json(out, &facts->totals);
    buf_char(out, '}');
}

void json_run_facts(struct buf *out, const struct version *version,
                    const struct run_facts *facts)
{
    json_key(out, "run");
    buf_int(out, version->number);
    json_key(out, "parent");
    buf_int(out, version->number - 1);
    json_words(out, "given", facts->given);
    json_words(out, "began", facts->began);
    json_number(out, "seed", facts->has_seed, facts->seed);
    json_number(out, "milliseconds", facts->timed, facts->milliseconds);
    json_number(out, "persona_count", !version->pruned,
                (int64_t)facts->persona_count);
    json_model(out, facts);
}
