/* Sums, and what they say when a range is given. */
#include "src/quality/measure.h"

#include "datebook/list.h"
#include "src/quality/mix_fit.h"

#include <math.h>
#include <stdio.h>

void sum_count(struct sums *sums, enum check_id check, bool hit)
{
    sums->of[check].whole++;
    sums->of[check].part += hit;
}

static bool is_kept(const struct sum *sum, int64_t meeting)
{
    return sum->key_count && sum->keys[sum->key_count - 1] == meeting;
}

static void keep_key(struct sums *sums, struct sum *sum, int64_t meeting)
{
    struct error err;

    if (list_grow(sums->arena, &sum->keys, sum->key_count, sizeof *sum->keys,
                  &err))
        sum->keys[sum->key_count++] = meeting;
    else
        sums->out_of_memory = true;
}

void sum_example(struct sums *sums, enum check_id check, int64_t meeting,
                 const char *note)
{
    struct sum *sum = &sums->of[check];
    struct check_example *example = &sum->examples[sum->example_count];

    if (checks[check].keys) {
        if (is_kept(sum, meeting))
            return;
        keep_key(sums, sum, meeting);
    }
    if (sum->example_count == CHECK_EXAMPLES)
        return;
    example->meeting = meeting;
    snprintf(example->note, sizeof example->note, "%s", note ? note : "");
    sum->example_count++;
}

void sum_name(struct sums *sums, enum check_id check, const char *id)
{
    struct sum *sum = &sums->of[check];
    struct error err;

    if (list_grow(sums->arena, &sum->names, sum->name_count, sizeof *sum->names,
                  &err))
        sum->names[sum->name_count++] = id;
    else
        sums->out_of_memory = true;
}

bool sums_ok(const struct sums *sums, struct error *err)
{
    return !sums->out_of_memory || error_memory(err);
}

void sum_flaw(struct sums *sums, enum check_id check, int64_t meeting,
              const char *note)
{
    sums->of[check].part++;
    sum_example(sums, check, meeting, note);
}

/* The examples of a part come before its other meetings, as in the part. */
static void add_sum(struct sums *all, enum check_id check,
                    const struct sum *sum)
{
    size_t first = all->of[check].key_count;

    all->of[check].part += sum->part;
    all->of[check].whole += sum->whole;
    for (int i = 0; i < sum->example_count; i++)
        sum_example(all, check, sum->examples[i].meeting,
                    sum->examples[i].note);
    for (size_t i = all->of[check].key_count - first; i < sum->key_count; i++)
        keep_key(all, &all->of[check], sum->keys[i]);
    for (size_t i = 0; i < sum->name_count; i++)
        sum_name(all, check, sum->names[i]);
}

void sums_add(struct sums *all, const struct sums *part)
{
    for (int check = 0; check < CHECKS; check++)
        add_sum(all, (enum check_id)check, &part->of[check]);
    all->out_of_memory |= part->out_of_memory;
    all->meetings += part->meetings;
    all->timed += part->timed;
    for (int i = 0; i <= LONGEST_MEETING; i++)
        all->durations[i] += part->durations[i];
    for (int i = 0; i < 7; i++)
        all->weekdays[i] += part->weekdays[i];
}

/* ---- Values ---- */

/* The length that is the n-th most common, from 0; of equals the shorter. */
static int common_duration(const struct sums *sums, int n)
{
    bool taken[LONGEST_MEETING + 1] = {false};
    int most = 0;

    for (; n >= 0; n--) {
        most = -1;
        for (int i = 0; i <= LONGEST_MEETING; i++)
            if (!taken[i] &&
                (most < 0 || sums->durations[i] > sums->durations[most]))
                most = i;
        taken[most] = true;
    }
    return most;
}

static int next_durations(const struct sums *sums)
{
    int found = 0;

    for (int n = 1; n <= 2; n++) {
        int minutes = common_duration(sums, n);
        found += minutes == 25 || minutes == 60;
    }
    return found;
}

static int some_durations(const struct sums *sums)
{
    static const int wanted[] = {45, 50, 55, 90, 120};
    int found = 0;

    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        found += sums->durations[wanted[i]] > 0;
    for (int i = 121; i <= LONGEST_MEETING; i++)
        if (sums->durations[i])
            return found + 1;
    return found;
}

/* A day of Tuesday to Thursday, on average, over one of Monday and Friday. */
static double weekday_ratio(const int64_t days[7])
{
    int64_t middle = days[1] + days[2] + days[3];
    int64_t edges = days[0] + days[4];

    return edges ? (double)middle * 2 / (double)(edges * 3) : INFINITY;
}

static double value_of(const struct sums *sums, int check)
{
    const struct sum *sum = &sums->of[check];

    switch (check) {
    case CHECK_DURATION_FIRST:
        return common_duration(sums, 0);
    case CHECK_DURATION_NEXT:
        return next_durations(sums);
    case CHECK_DURATION_SOME:
        return some_durations(sums);
    case CHECK_HOURS_WEEKDAYS:
        return weekday_ratio(sums->weekdays);
    case CHECK_PERSONA_DIVERSITY:
        return sums->diversity;
    default:
        break;
    }
    switch (checks[check].unit) {
    case UNIT_SHARE:
        return sum->whole ? 100 * (double)sum->part / (double)sum->whole : 0;
    case UNIT_MINUTES:
        return sum->whole ? (double)sum->part / (double)sum->whole : 0;
    default:
        return (double)sum->part;
    }
}

/* ---- Judging ---- */

/* Shares of nothing are not judged; neither are those of a handful. */
static bool enough(const struct sums *sums, int check,
                   const struct threshold *wanted)
{
    if (sums->meetings < wanted->least)
        return false;
    if (check == CHECK_DURATION_FIRST)
        return sums->timed > 0;
    if (checks[check].unit == UNIT_SHARE || check == CHECK_PREP_MINUTES)
        return sums->of[check].whole > 0;
    return true;
}

static void keep_examples(const struct sum *sum, int check,
                          struct check_result *result)
{
    bool too_many = result->value > result->wanted.high;

    result->names = sum->names;
    result->name_count = sum->name_count;
    if (checks[check].counts_examples != too_many)
        return;
    result->example_count = sum->example_count;
    for (int i = 0; i < sum->example_count; i++)
        result->examples[i] = sum->examples[i];
    result->keys = sum->keys;
    result->key_count = sum->key_count;
}

void result_judge(const struct validate_request *request, enum check_id check,
                  struct check_result *result)
{
    result->level = request->wanted.of[check].level;
    if (result->value >= result->wanted.low &&
        result->value <= result->wanted.high)
        result->status = CHECK_PASSED;
    else
        result->status =
            result->level == LEVEL_ERROR ? CHECK_FAILED : CHECK_WARNED;
}

void sums_judge(const struct sums *sums, const struct validate_request *request,
                const struct check_range *ranges,
                struct group_validation *group)
{
    group->meetings = sums->meetings;
    for (int i = 0; i < CHECKS; i++) {
        const struct threshold *wanted = &request->wanted.of[i];
        struct check_result *result = &group->results[i];
        *result = (struct check_result){.status = CHECK_NOT_JUDGED,
                                        .level = wanted->level,
                                        .value = value_of(sums, i),
                                        .part = sums->of[i].part,
                                        .whole = sums->of[i].whole,
                                        .wanted = ranges[i]};
        if (request->skip[i] || !check_range_is_judged(ranges[i]))
            continue;
        group->asked++;
        if (!enough(sums, i, wanted))
            continue;
        result_judge(request, (enum check_id)i, result);
        if (result->status == CHECK_PASSED)
            continue;
        keep_examples(&sums->of[i], i, result);
        group->failed += result->status == CHECK_FAILED;
        group->warned += result->status == CHECK_WARNED;
    }
    for (int mix = 0; mix < FITS; mix++)
        group->fits[mix] = mix_fit_of(sums, (enum fit)mix, &request->wanted);
}
