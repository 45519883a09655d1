/* Sums, and what they say when a range is given. */
#include "src/quality/measure.h"

#include <math.h>
#include <stdio.h>

void sum_count(struct sums *sums, enum check_id check, bool hit)
{
    sums->of[check].whole++;
    sums->of[check].part += hit;
}

void sum_example(struct sums *sums, enum check_id check, int64_t meeting,
                 const char *note)
{
    struct sum *sum = &sums->of[check];
    struct check_example *example = &sum->examples[sum->example_count];

    if (sum->example_count == CHECK_EXAMPLES)
        return;
    example->meeting = meeting;
    snprintf(example->note, sizeof example->note, "%s", note ? note : "");
    sum->example_count++;
}

void sum_flaw(struct sums *sums, enum check_id check, int64_t meeting,
              const char *note)
{
    sums->of[check].part++;
    sum_example(sums, check, meeting, note);
}

void sums_add(struct sums *all, const struct sums *part)
{
    for (int check = 0; check < CHECKS; check++) {
        const struct sum *sum = &part->of[check];
        all->of[check].part += sum->part;
        all->of[check].whole += sum->whole;
        for (int i = 0; i < sum->example_count; i++)
            sum_example(all, (enum check_id)check, sum->examples[i].meeting,
                        sum->examples[i].note);
    }
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
static bool enough(const struct sums *sums, int check)
{
    if (sums->meetings < checks[check].least)
        return false;
    if (check == CHECK_DURATION_FIRST)
        return sums->timed > 0;
    if (checks[check].unit == UNIT_SHARE || check == CHECK_PREP_MINUTES)
        return sums->of[check].whole > 0;
    return true;
}

static void keep_examples(const struct sum *sum, bool too_many, int check,
                          struct check_result *result)
{
    if (checks[check].counts_examples != too_many)
        return;
    result->example_count = sum->example_count;
    for (int i = 0; i < sum->example_count; i++)
        result->examples[i] = sum->examples[i];
}

int sums_judge(const struct sums *sums, const struct validate_request *request,
               const struct check_range *ranges, struct check_result *results)
{
    int failed = 0;

    for (int check = 0; check < CHECKS; check++) {
        struct check_result *result = &results[check];
        *result = (struct check_result){.status = CHECK_NOT_JUDGED,
                                        .value = value_of(sums, check),
                                        .part = sums->of[check].part,
                                        .whole = sums->of[check].whole,
                                        .wanted = ranges[check]};
        if (request->skip[check] || !check_range_is_judged(ranges[check]) ||
            !enough(sums, check))
            continue;
        result->status = CHECK_PASSED;
        if (result->value >= ranges[check].low &&
            result->value <= ranges[check].high)
            continue;
        result->status = CHECK_FAILED;
        keep_examples(&sums->of[check], result->value > ranges[check].high,
                      check, result);
        failed++;
    }
    return failed;
}
