/* The options of a job as JSON: all that going on with it needs, and nothing of
 * endpoint, key or machine. */
#include "writing_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- Writing ---- */

static void add_share(struct buf *buf, const struct mix_share *share)
{
    buf_format(buf, "[%d,%d,%d,%d]", share->wanted, share->low, share->high,
               share->given);
}

static void add_mix(struct buf *buf, const struct mix_wish *mix)
{
    if (!mix) {
        buf_text(buf, ",\"no_mix\":true");
        return;
    }
    buf_text(buf, ",\"mix\":{\"levels\":[");
    for (int level = 0; level < IMPORTANCE_LEVELS; level++) {
        buf_text(buf, level ? "," : "");
        add_share(buf, &mix->levels[level]);
    }
    buf_text(buf, "],\"prep\":");
    add_share(buf, &mix->prep);
    buf_char(buf, '}');
}

/* A seed has 64 bits, more than every reader of JSON keeps of a number. */
static void add_generate(struct buf *buf,
                         const struct generate_request *generate)
{
    char date[DATE_SIZE];

    buf_format(buf, ",\"seed\":\"%llu\"", (unsigned long long)generate->seed);
    if (generate->count)
        buf_format(buf, ",\"count\":%lld", (long long)generate->count);
    if (generate->weeks)
        buf_format(buf, ",\"weeks\":%lld", (long long)generate->weeks);
    if (generate->has_start) {
        civil_format_date(generate->start, date);
        buf_format(buf, ",\"start\":\"%s\"", date);
    }
    buf_text(buf, ",\"time_zone\":");
    buf_json(buf, generate->time_zone);
    add_mix(buf, generate->mix);
}

static void add_home(struct buf *buf, const struct writing_home *home)
{
    buf_format(buf, "{\"key\":%lld,\"id\":", (long long)home->key);
    buf_json(buf, home->id);
    buf_text(buf, ",\"name\":");
    buf_json(buf, home->at.name);
    buf_text(buf, ",\"address\":");
    buf_json(buf, home->at.address);
    buf_text(buf, ",\"company\":");
    buf_json(buf, home->at.company);
    buf_text(buf, ",\"domain\":");
    buf_json(buf, home->at.domain);
    buf_char(buf, '}');
}

void writing_job_write(struct buf *buf, const struct writing_wish *wish,
                       const struct writing_home *homes, size_t count)
{
    struct buf texts = BUF_EMPTY;

    prompt_texts_write(&texts, wish->texts);
    buf_text(buf, "{\"provider\":");
    buf_json(buf, wish->provider);
    buf_text(buf, ",\"model\":");
    buf_json(buf, wish->model);
    buf_text(buf, ",\"endpoint\":");
    buf_json(buf, wish->endpoint ? wish->endpoint : "");
    add_generate(buf, &wish->generate);
    buf_format(buf, ",\"per_call\":%d,\"temperature\":%d,\"language\":",
               wish->per_call, wish->temperature);
    buf_json(buf, wish->language);
    buf_format(buf, ",\"whole\":%s,\"candidates\":%d,\"prompts\":",
               wish->whole ? "true" : "false", wish->candidates);
    buf_json(buf, buf_string(&texts));
    buf_format(buf, ",\"most_cost\":%lld,\"most_tokens\":\"%lld\"",
               (long long)wish->most_cost, (long long)wish->most_tokens);
    if (wish->given) {
        buf_text(buf, ",\"given\":");
        buf_text(buf, wish->given);
    }
    buf_text(buf, ",\"personas\":[");
    for (size_t i = 0; i < count; i++) {
        buf_text(buf, i ? "," : "");
        add_home(buf, &homes[i]);
    }
    buf_text(buf, "]}");
    buf_inherit(buf, &texts);
    buf_free(&texts);
}

/* ---- Reading ---- */

struct reading {
    struct arena *arena;
    const cJSON *tree;
    struct writing_job *job;
    struct error *err;
};

/* The journal's own text: what is wrong with it is damage. */
static bool broken(const struct reading *reading, const char *field)
{
    return error_set(reading->err, ERROR_DATABASE,
                     "job %lld: its options have no usable \"%s\"",
                     (long long)reading->job->job.number, field);
}

static bool read_text(const struct reading *reading, const cJSON *object,
                      const char *name, const char **text)
{
    *text = json_member_text(object, name);
    return *text || broken(reading, name);
}

/* A number; a missing one is 0. */
static int64_t number_of(const cJSON *object, const char *name)
{
    const cJSON *value = json_member(object, name);

    return cJSON_IsNumber(value) ? (int64_t)value->valuedouble : 0;
}

static bool read_share(const cJSON *list, struct mix_share *share)
{
    int numbers[4];

    if (cJSON_GetArraySize(list) != 4)
        return false;
    for (int i = 0; i < 4; i++)
        numbers[i] = (int)cJSON_GetNumberValue(cJSON_GetArrayItem(list, i));
    *share = (struct mix_share){.wanted = numbers[0],
                                .low = numbers[1],
                                .high = numbers[2],
                                .given = numbers[3] != 0};
    return true;
}

static bool read_mix(const struct reading *reading)
{
    const cJSON *object = json_member(reading->tree, "mix");
    const cJSON *levels = json_member(object, "levels");
    struct mix_wish *mix;

    if (!object)
        return true;
    mix = arena_zero(reading->arena, 1, sizeof *mix, reading->err);
    if (!mix)
        return false;
    for (int level = 0; level < IMPORTANCE_LEVELS; level++)
        if (!read_share(cJSON_GetArrayItem(levels, level), &mix->levels[level]))
            return broken(reading, "mix");
    if (!read_share(json_member(object, "prep"), &mix->prep))
        return broken(reading, "mix");
    reading->job->wish.generate.mix = mix;
    return true;
}

static bool read_generate(const struct reading *reading)
{
    struct generate_request *generate = &reading->job->wish.generate;
    const char *start = json_member_text(reading->tree, "start");
    const char *seed;

    generate->count = number_of(reading->tree, "count");
    generate->weeks = number_of(reading->tree, "weeks");
    generate->has_start = start != NULL;
    generate->started = reading->job->job.started;
    if (start && !civil_parse_date(start, &generate->start))
        return broken(reading, "start");
    if (!read_text(reading, reading->tree, "seed", &seed) ||
        !read_text(reading, reading->tree, "time_zone", &generate->time_zone))
        return false;
    generate->seed = strtoull(seed, NULL, 10);
    return read_mix(reading);
}

/* The wish points to a copy: the job may be copied. */
static bool read_texts(const struct reading *reading)
{
    struct prompt_texts *texts =
        arena_zero(reading->arena, 1, sizeof *texts, reading->err);
    const char *text;

    if (!texts || !read_text(reading, reading->tree, "prompts", &text) ||
        !prompt_texts_read(reading->arena, text, strlen(text), texts,
                           reading->err))
        return false;
    reading->job->texts = *texts;
    reading->job->wish.texts = texts;
    return true;
}

static bool read_wish(const struct reading *reading)
{
    struct writing_wish *wish = &reading->job->wish;
    const cJSON *tree = reading->tree;
    const char *tokens;

    wish->per_call = (int)number_of(tree, "per_call");
    wish->temperature = (int)number_of(tree, "temperature");
    wish->whole = cJSON_IsTrue(json_member(tree, "whole"));
    wish->candidates = (int)number_of(tree, "candidates");
    wish->most_cost = number_of(tree, "most_cost");
    if (wish->per_call < 1)
        return broken(reading, "per_call");
    if (!read_generate(reading) ||
        !read_text(reading, tree, "most_tokens", &tokens))
        return false;
    wish->most_tokens = strtoll(tokens, NULL, 10);
    return read_text(reading, tree, "provider", &wish->provider) &&
           read_text(reading, tree, "model", &wish->model) &&
           read_text(reading, tree, "endpoint", &wish->endpoint) &&
           read_text(reading, tree, "language", &wish->language) &&
           read_texts(reading);
}

static bool read_home(const struct reading *reading, const cJSON *object,
                      struct writing_home *home)
{
    home->key = number_of(object, "key");
    return (home->key > 0 || broken(reading, "key")) &&
           read_text(reading, object, "id", &home->id) &&
           read_text(reading, object, "name", &home->at.name) &&
           read_text(reading, object, "address", &home->at.address) &&
           read_text(reading, object, "company", &home->at.company) &&
           read_text(reading, object, "domain", &home->at.domain);
}

static bool read_homes(const struct reading *reading)
{
    struct writing_job *job = reading->job;
    const cJSON *list = json_member(reading->tree, "personas");
    size_t count = (size_t)cJSON_GetArraySize(list);
    const cJSON *item;

    job->homes =
        arena_zero(reading->arena, count + 1, sizeof *job->homes, reading->err);
    job->personas = arena_zero(reading->arena, count + 1, sizeof *job->personas,
                               reading->err);
    if (!job->homes || !job->personas)
        return false;
    cJSON_ArrayForEach (item, list) {
        size_t at = job->persona_count;
        if (!read_home(reading, item, &job->homes[at]))
            return false;
        job->personas[at] = job->homes[at].key;
        job->persona_count++;
    }
    return count || broken(reading, "personas");
}

bool writing_read_job(struct store *store, struct arena *arena,
                      const struct job *job, struct writing_job *result,
                      struct error *err)
{
    struct reading reading = {.arena = arena, .job = result, .err = err};
    const char *source = arena_format(arena, err, "the options of job %lld",
                                      (long long)job->number);

    (void)store;
    *result = (struct writing_job){.job = *job};
    if (!source)
        return false;
    reading.tree =
        json_parse(arena, job->options, strlen(job->options), source, err);
    if (reading.tree)
        return read_wish(&reading) && read_homes(&reading);
    if (err->code == ERROR_INPUT)
        err->code = ERROR_DATABASE;
    return false;
}
